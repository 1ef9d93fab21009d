//! The rubrics notice what an expert calls worse: every reference broken in every way, and the survivors as documented.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sysdrill::assess::mutation::{Mutant, OPERATORS, PLAN, Plan, equivalents, mutants};
use sysdrill::catalog::{Catalog, EMBEDDED, embedded_text};
use sysdrill::model::Level;
use sysdrill::source::Issues;

use super::invariance::REFERENCES;

/// Of so many mutants one is judged, unless all are asked for.
const SAMPLE: usize = 4;

/// Of the mutants that are no equivalents, the share that has to be noticed.
const LEAST: f64 = 0.98;

fn excused() -> BTreeSet<(String, String)> {
    let mut issues = Issues::default();
    let files = EMBEDDED
        .iter()
        .filter(|(path, _)| path.ends_with("/equivalents.yaml"));
    let all: Vec<_> = files
        .flat_map(|(_, text)| equivalents(text, &mut issues))
        .collect();
    assert!(issues.is_empty(), "{:?}", issues.into_sorted());
    assert!(all.iter().all(|equal| equal.because.len() > 20));
    all.into_iter()
        .map(|equal| (equal.reference, equal.mutant))
        .collect()
}

/// The name of a reference in lists of mutants: `problem/file`.
fn short(path: &str) -> String {
    let name = path.replace("problems/", "").replace("/references/", "/");
    name.replace(".design.yaml", "")
}

/// What the document says: a row for each operator, then the survivors of each reference.
fn told(found: &BTreeMap<String, Vec<Mutant>>, excused: &BTreeSet<(String, String)>) -> String {
    let is_excused =
        |name: &String, mutant: &Mutant| excused.contains(&(name.clone(), mutant.key()));
    let all = || {
        let of = |(name, mutants): (&'_ String, &'_ Vec<Mutant>)| {
            let name = name.clone();
            let mutants = mutants.clone().into_iter();
            mutants
                .map(move |mutant| (name.clone(), mutant))
                .collect::<Vec<_>>()
        };
        found.iter().flat_map(of)
    };
    let mut text = String::from(
        "| operator | what it does | made | noticed | equivalent | survived |\n| --- | --- | ---: | ---: | ---: | ---: |\n",
    );
    let mut sums = [0_usize; 4];
    for operator in OPERATORS {
        let mut row = [0_usize; 4];
        for (name, mutant) in all().filter(|(_, mutant)| mutant.operator == operator.name) {
            let kind = if mutant.is_noticed() {
                1
            } else if is_excused(&name, &mutant) {
                2
            } else {
                3
            };
            for at in [0, kind] {
                row[at] += 1;
                sums[at] += 1;
            }
        }
        let [made, noticed, equal, survived] = row;
        text.push_str(&format!(
            "| `{}` | {} | {made} | {noticed} | {equal} | {survived} |\n",
            operator.name, operator.doc
        ));
    }
    let [made, noticed, equal, survived] = sums;
    text.push_str(&format!(
        "| all | | {made} | {noticed} | {equal} | {survived} |\n\n## Survivors\n\n"
    ));
    for (name, mutants) in found {
        let left: Vec<String> = mutants
            .iter()
            .filter(|mutant| !mutant.is_noticed() && !is_excused(name, mutant))
            .map(|mutant| format!("`{}`", mutant.key()))
            .collect();
        if !left.is_empty() {
            text.push_str(&format!("- {name}: {}\n", left.join(", ")));
        }
    }
    text
}

#[test]
fn what_an_expert_calls_worse_is_noticed_and_what_survives_is_documented() {
    let catalog = Catalog::embedded();
    let mut issues = Issues::default();
    let plan = embedded_text(PLAN).expect("the plan of mutants");
    let plan = Plan::read(plan, &catalog.knowledge, &mut issues);
    assert!(issues.is_empty(), "{:?}", issues.into_sorted());
    let all = super::is_asked("MUTANTS", "all");
    let survey = |(at, reference): (usize, &super::invariance::Reference)| {
        let wanted = |number: usize| all || (number + at).is_multiple_of(SAMPLE);
        let level = Some(Level::Senior);
        let found = mutants(&reference.design, catalog, &plan, level, &wanted);
        (short(reference.name), found)
    };
    let found: BTreeMap<String, Vec<Mutant>> =
        REFERENCES.par_iter().enumerate().map(survey).collect();
    let excused = excused();
    let document = include_str!("../../docs/mutation.md");
    let (mut judged, mut survived) = (0.0, 0.0);
    for (name, mutants) in &found {
        for mutant in mutants {
            let key = mutant.key();
            if excused.contains(&(name.clone(), key.clone())) {
                assert!(!mutant.is_noticed(), "{name}: {key} is excused for nothing");
                continue;
            }
            judged += 1.0;
            survived += if mutant.is_noticed() { 0.0 } else { 1.0 };
            let known = document.lines().any(|line| {
                line.starts_with(&format!("- {name}: ")) && line.contains(&format!("`{key}`"))
            });
            let writes = super::is_asked("DOCS", "write");
            assert!(
                writes || known != mutant.is_noticed(),
                "docs/mutation.md is not current, {name}: {key}: MUTANTS=all DOCS=write cargo test --test it mutants"
            );
        }
    }
    assert!(judged > 200.0, "{judged}");
    if all {
        let share = 1.0 - survived / judged;
        assert!(share >= LEAST, "{share}");
        let told = told(&found, &excused);
        super::docs::ends_with(
            "mutation.md",
            "cargo test --test it mutants`. -->\n\n",
            &told,
        );
    }
}
