//! What checking costs, and where: 1,000 varied designs of about 7 KB, one thread, best of several rounds. Run with
//! `cargo bench --bench check`; compare the ratios of one run, for machines differ and are shared.
//!
//! `cargo bench --bench check -- write FOLDER COUNT` writes such designs, a thousand a folder, and measures nothing.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock, and writes one long text"
)]

mod designs;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use granit_parser::Parser;
use sysdrill::assess;
use sysdrill::catalog::Catalog;
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::{self, Limits};
use sysdrill::report::{self, Reporter, Style, Summary, check_text};
use sysdrill::source::{Issues, Source};

const DESIGNS: usize = 1_000;
const ROUNDS: usize = 3;

fn best(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
    }
    best
}

/// Writes designs to files, a thousand to a folder.
fn write_designs(folder: &Path, count: usize) {
    for number in 0..count {
        let below = folder.join(format!("{:03}", number / 1_000));
        if number.is_multiple_of(1_000) {
            std::fs::create_dir_all(&below).expect("a folder");
        }
        let file = below.join(format!("{number:06}.design.yaml"));
        std::fs::write(file, designs::design(number)).expect("a file");
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [write, folder, count, ..] = arguments.as_slice()
        && write == "write"
    {
        write_designs(Path::new(folder), count.parse().expect("a number"));
        return;
    }
    let texts: Vec<String> = (0..DESIGNS).map(designs::design).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!(
        "{DESIGNS} designs, {} bytes each on average",
        bytes / DESIGNS
    );
    let load = best(|| {
        black_box(Catalog::embedded());
    });
    println!("loading the catalog: {load:?}");
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let limits = Limits::default();
    let events = best(|| {
        for text in &texts {
            black_box(Parser::new_from_str(text).count());
        }
    });
    let tree = best(|| {
        for text in &texts {
            black_box(yaml::parse(text, &limits, &mut Issues::default()));
        }
    });
    let reading = best(|| {
        for text in &texts {
            black_box(read(text, vocabulary, &limits));
        }
    });
    let designs: Vec<_> = texts
        .iter()
        .map(|text| read(text, vocabulary, &limits).design)
        .collect();
    let judging = best(|| {
        for design in &designs {
            black_box(assess::assess(design, catalog, None));
        }
    });
    let whole = best(|| {
        black_box(report_all(&texts, catalog, &limits));
    });
    let rows = [
        ("events", events),
        ("tree", tree),
        ("reading", reading),
        ("judging", judging),
        ("check to JSON", whole),
    ];
    for (name, time) in rows {
        let each = time / u32::try_from(DESIGNS).unwrap_or(u32::MAX);
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        println!(
            "{name:<14} {each:>10.1?} a design, {share:>5.1}% of a check, {:.2}x the events",
            time.as_secs_f64() / events.as_secs_f64()
        );
    }
}

fn report_all(texts: &[String], catalog: &Catalog, limits: &Limits) -> usize {
    let format = report::format("json").expect("a format");
    let mut reporter: Box<dyn Reporter> = (format.reporter)(Style::default());
    let mut length = reporter.begin(catalog).len();
    for text in texts {
        let checked = check_text(
            Source::new("a.design.yaml", text.clone()),
            catalog,
            None,
            limits,
        );
        length += reporter.design(&checked).len();
    }
    length + reporter.end(&Summary::default()).len()
}
