//! What checking costs, and where: 1,000 varied designs of about 7 KB, one thread, each the best of several rounds. Run with
//! `cargo bench --bench check`; compare the ratios of one run, for machines differ and are shared.
//!
//! `cargo bench --bench check -- write FOLDER COUNT` writes such designs, a thousand a folder, and measures nothing.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, and writes one long text"
)]

mod designs;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use granit_parser::Parser;
use sysdrill::assess;
use sysdrill::catalog::{Catalog, EMBEDDED, load};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::{self, Limits};
use sysdrill::report::{self, Reporter, Style, check_text};
use sysdrill::source::{Issues, Source};

const DESIGNS: usize = 1_000;
const ROUNDS: usize = 5;

/// The time of something done to each of some items: for each the best of several rounds, so that what else the machine
/// does counts as little as may be.
fn best<T>(items: &[T], mut run: impl FnMut(&T)) -> Duration {
    let mut timed = |item: &T| {
        let start = Instant::now();
        run(item);
        start.elapsed()
    };
    let best_of = |item: &T| (0..ROUNDS).map(|_| timed(item)).min().unwrap_or_default();
    items.iter().map(best_of).sum()
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
    let load = best(&[()], |()| {
        black_box(load(EMBEDDED, &[]));
    });
    println!("loading the catalog: {load:?}");
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let limits = Limits::default();
    let events = best(&texts, |text| {
        black_box(Parser::new_from_str(text).count());
    });
    let tree = best(&texts, |text| {
        black_box(yaml::parse(text, &limits, &mut Issues::default()));
    });
    let reading = best(&texts, |text| {
        black_box(read(text, vocabulary, &limits));
    });
    let designs: Vec<_> = texts
        .iter()
        .map(|text| read(text, vocabulary, &limits).design)
        .collect();
    let judging = best(&designs, |design| {
        black_box(assess::assess(design, catalog, None));
    });
    let format = report::format("json").expect("a format");
    let mut reporter: Box<dyn Reporter> = (format.reporter)(Style::default());
    black_box(reporter.begin(catalog));
    let whole = best(&texts, |text| {
        let source = Source::new("a.design.yaml", text.clone());
        let checked = check_text(source, catalog, None, &limits);
        let draft = (format.draft)(&checked, Style::default());
        black_box(reporter.design(&checked, draft));
    });
    let rows = [
        ("events", events),
        ("tree", tree),
        ("reading", reading),
        ("judging", judging),
        ("check to JSON", whole),
    ];
    print(&rows, events, whole);
}

/// Each step with its share of the whole and beside the events.
#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn print(rows: &[(&str, Duration)], events: Duration, whole: Duration) {
    for (name, time) in rows {
        let each = *time / u32::try_from(DESIGNS).unwrap_or(u32::MAX);
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        println!(
            "{name:<14} {each:>10.1?} a design, {share:>5.1}% of a check, {:.2}x the events",
            time.as_secs_f64() / events.as_secs_f64()
        );
    }
}
