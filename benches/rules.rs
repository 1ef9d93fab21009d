//! What own rules cost: loading them and judging by them, with 500, 1,000 and 2,000 beside the built-in ones. Run with
//! `cargo bench --bench rules`; what a rule costs should not grow with how many there are.
//!
//! `cargo bench --bench rules -- write FILE COUNT` writes such rules to a file, and measures nothing.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock, writes one long text, and prints"
)]

mod designs;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use sysdrill::assess;
use sysdrill::catalog::{Catalog, EMBEDDED, load};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

const DESIGNS: usize = 200;
const ROUNDS: usize = 5;
const PATH: &str = "rubrics/general/own.yaml";

/// What rules ask, each of something else: the beginning of a key, with `NUMBER` for what makes it differ from the others.
const QUESTIONS: &[&str] = &[
    "for_each: {component: {kind: service}}\n    expect: {this: {replicas: {at_least: NUMBER}}}",
    "for_each: {connection: {from: {kind: compute}, to: {kind: datastore}}}\n    expect: {this: {timeout: {stated: yes, below: NUMBERms}}}",
    "when: {component: {kind: cache}}\n    expect: {any: [{text: {says: [eviction, ttl], in: [decisions, answers]}}, {component: {kind: cache, ttl: {below: NUMBERs}}}]}",
    "for_each: {flow: {kind: read, rate: {at_least: NUMBER/s}}}\n    expect: {path: {from: client, to: {kind: datastore}, through: {kind: cache}}}",
    "when: {section: {name: decisions, count: {at_least: 1}}}\n    expect: {text: {matches: 'run ?book NUMBER', in: [decisions, notes]}}",
    "for_each: {component: {kind: datastore, not: {replicas: {at_least: NUMBER}}}}\n    expect: {any: [{this: {managed: yes}}, {text: {says: replication}}]}",
];

/// A file of so many rules.
fn rules(count: usize) -> String {
    let mut text = String::from("rules:\n");
    for (number, question) in QUESTIONS.iter().cycle().take(count).enumerate() {
        let question = question.replace("NUMBER", &(1 + number % 97).to_string());
        let _ = write!(
            text,
            "  - id: own-{number}\n    title: Rule {number}\n    step: detailed\n    severity: minor\n    weight: 1\n    {question}\n    \
             message: m\n    why: w\n    fix: f\n    ask: a\n    tests: {{passes: [\"web -> api\"], fails: [\"web -> api\"]}}\n"
        );
    }
    text
}

/// The best time of several rounds.
fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut timed = || {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    (0..ROUNDS).map(|_| timed()).min().unwrap_or_default()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [write, file, count, ..] = arguments.as_slice()
        && write == "write"
    {
        let text = rules(count.parse().expect("a number"));
        std::fs::write(file, text).expect("a file");
        return;
    }
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let limits = Limits::default();
    let texts = (0..DESIGNS).map(designs::design);
    let designs: Vec<_> = texts
        .map(|text| read(&text, vocabulary, &limits).design)
        .collect();
    println!("own rules     loading   judging a design");
    for count in [0, 500, 1_000, 2_000] {
        let text = rules(count);
        let own = [(PATH, text.as_str())];
        let loading = best(|| load(EMBEDDED, &own));
        let catalog = load(EMBEDDED, &own).catalog;
        let judging = best(|| {
            for design in &designs {
                black_box(assess::assess(design, &catalog, None));
            }
        });
        let each = judging / u32::try_from(DESIGNS).unwrap_or(u32::MAX);
        println!("{count:>9} {loading:>11.1?} {each:>18.1?}");
    }
}
