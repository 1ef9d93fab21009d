//! What the analyses cost: linear ones on layered designs of 10^3 to 10^6 connections, exact availability on ladders and
//! grids with the size where it turns to bounds, and the whole overview of an ordinary design. Run with
//! `cargo bench --bench analyze`; compare the ratios of one run, for machines differ and are shared.

#![expect(
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark reads the clock and prints"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use sysdrill::analysis::{Detail, Findings, NOTHING, Overview, Sizes, Stance, Study, Subject};
use sysdrill::catalog::Catalog;
use sysdrill::model::{Component, Connection, Design, Figure, Flow, FlowKind, Kind, Route};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

fn main() {
    let catalog = Catalog::embedded();
    linear(catalog);
    exact(catalog);
    ordinary(catalog);
}

fn kind(catalog: &Catalog, id: &str) -> Kind {
    catalog
        .knowledge
        .vocabulary
        .kinds
        .named(id)
        .expect("a kind")
}

fn made(catalog: &Catalog, components: usize, edges: Vec<(usize, usize)>, route: Route) -> Design {
    let service = kind(catalog, "service");
    let client = kind(catalog, "client");
    let component = |at: usize| {
        let kind = if at == 0 { client } else { service };
        Component::new(format!("c{at}"), kind)
    };
    let connection = |(from, to)| Connection::new(from, to, false);
    Design {
        components: (0..components).map(component).collect(),
        connections: edges.into_iter().map(connection).collect(),
        flows: vec![Flow {
            kind: Some(FlowKind::Read),
            rate: Figure::parse("1000/s").ok(),
            ..Flow::new("f".to_owned(), route)
        }],
        ..Design::default()
    }
}

/// Flows, what they need, load and limits: layers of components, each calling four of the next.
fn linear(catalog: &Catalog) {
    println!("connections   flows + load   per connection");
    for connections in [1_000, 10_000, 100_000, 1_000_000] {
        let layers = 10;
        let width = connections / 4 / (layers - 1);
        let mut edges: Vec<(usize, usize)> = (0..width).map(|at| (0, 1 + at)).collect();
        for layer in 0..layers - 1 {
            for at in 0..width {
                let from = 1 + layer * width + at;
                edges
                    .extend((0..4).map(|next| {
                        (from, 1 + (layer + 1) * width + (at * 7 + next * 13) % width)
                    }));
            }
        }
        let count = edges.len();
        let design = made(catalog, 1 + layers * width, edges, Route::From(0));
        let ((), time) = timed(|| {
            let subject = Subject::new(&design, &catalog.knowledge.vocabulary, Vec::new());
            let found = Findings::default();
            let study = Study::new(&subject, &NOTHING, &found);
            black_box(study.loads(Stance::Usual).average.len());
            black_box(study.limit(0).bottleneck);
        });
        let each = time.as_secs_f64() * 1e9 / count as f64;
        println!("{count:>11}   {time:>12.2?}   {each:>8.0} ns");
    }
}

/// Two-terminal availability on 2 x n ladders and n x n grids.
fn exact(catalog: &Catalog) {
    println!("\ngraph            time   exact");
    for rungs in [10, 100, 1_000, 4_000] {
        let mut edges = vec![(0, 1), (0, 2)];
        for rung in 0..rungs - 1 {
            let (left, right) = (2 * rung + 1, 2 * rung + 2);
            edges.extend([
                (left, left + 2),
                (right, right + 2),
                (left, right),
                (right, left),
            ]);
        }
        shown(catalog, &format!("ladder 2x{rungs}"), 2 * rungs + 1, edges);
    }
    for side in [4, 6, 8, 9, 10, 11, 12] {
        let at = |row: usize, column: usize| 1 + row * side + column;
        let mut edges = vec![(0, 1)];
        for row in 0..side {
            for column in 0..side {
                if column + 1 < side {
                    edges.extend([
                        (at(row, column), at(row, column + 1)),
                        (at(row, column + 1), at(row, column)),
                    ]);
                }
                if row + 1 < side {
                    edges.extend([
                        (at(row, column), at(row + 1, column)),
                        (at(row + 1, column), at(row, column)),
                    ]);
                }
            }
        }
        shown(
            catalog,
            &format!("grid {side}x{side}"),
            side * side + 1,
            edges,
        );
    }
}

fn shown(catalog: &Catalog, name: &str, components: usize, edges: Vec<(usize, usize)>) {
    let to = components - 1;
    let design = made(catalog, components, edges, Route::Between { from: 0, to });
    let subject = Subject::new(&design, &catalog.knowledge.vocabulary, Vec::new());
    let found = Findings::default();
    let study = Study::new(&subject, &NOTHING, &found);
    let (reckoning, time) = timed(|| study.availability(0));
    let is_exact = study
        .needs(0)
        .is_some_and(sysdrill::analysis::Needs::is_exact);
    let gap = reckoning
        .best
        .zip(reckoning.worst)
        .map(|(best, worst)| best - worst);
    println!(
        "{name:<12} {time:>10.2?}   {}",
        if is_exact {
            "yes".to_owned()
        } else {
            format!(
                "bounds, {:.2e} apart with the assumed ranges",
                gap.unwrap_or(f64::NAN)
            )
        }
    );
}

/// Everything that a report carries of the example.
fn ordinary(catalog: &Catalog) {
    let text = include_str!("../docs/example.design.yaml");
    let design = read(text, &catalog.knowledge.vocabulary, &Limits::default()).design;
    let of = |detail: Detail| {
        let ((), time) = timed(|| {
            for _ in 0..20 {
                let subject = Subject::new(&design, &catalog.knowledge.vocabulary, Vec::new());
                let found = Findings::default();
                let study = Study::new(&subject, &NOTHING, &found);
                black_box(Overview::of(&study, &Sizes::default(), detail));
            }
        });
        time / 20
    };
    println!(
        "\nthe example: {:.2?} in brief, {:.2?} in full",
        of(Detail::Brief),
        of(Detail::Full)
    );
}
