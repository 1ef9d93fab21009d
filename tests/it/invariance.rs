//! What must not change a judgement: names, order, the form that a design is written in, parts that nothing calls; and what
//! must: the problem that it answers.

use std::collections::BTreeSet;

use sysdrill::assess::{Assessment, Outcome, assess};
use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::model::{Attribute, Component, Design, Level, Severity, Value};
use sysdrill::notation::design::{read, write};
use sysdrill::notation::yaml::Limits;

/// Every reference with its name.
fn references(catalog: &Catalog) -> Vec<(String, Design)> {
    EMBEDDED
        .iter()
        .filter(|(path, _)| path.contains("/references/"))
        .map(|(path, text)| {
            let reading = read(text, &catalog.knowledge.vocabulary, &Limits::default());
            ((*path).to_owned(), reading.design)
        })
        .collect()
}

fn judged(design: &Design, catalog: &Catalog) -> Assessment {
    assess(design, catalog, Some(Level::Senior))
}

/// What was found, without the names of the parts.
fn faults(assessment: &Assessment) -> BTreeSet<(String, Severity)> {
    let missed = assessment.findings.iter();
    missed
        .filter(|finding| finding.outcome == Outcome::Missed)
        .map(|finding| (finding.rule.clone(), finding.severity))
        .collect()
}

/// The same judgement: the same faults, and the same score to a millionth of a point.
fn assert_same(name: &str, before: &Assessment, after: &Assessment) {
    assert_eq!(faults(before), faults(after), "{name}");
    let (before, after) = (before.score.percent, after.score.percent);
    assert!(
        (before - after).abs() < 1e-6,
        "{name}: {before} became {after}"
    );
}

#[test]
fn other_ids_are_judged_alike() {
    let catalog = Catalog::embedded();
    for (name, design) in references(&catalog) {
        let mut renamed = design.clone();
        let new = |id: &str| format!("part-{}", id.len() * 31 + usize::from(id.as_bytes()[0]));
        let other = |id: &str| {
            let at = design.component(id).expect("a component");
            format!("{}-{at}", new(id))
        };
        let follow = |value: Option<&Value>| match value {
            Some(Value::Word(id)) if design.component(id).is_some() => Some(other(id)),
            _ => None,
        };
        for part in &mut renamed.components {
            part.id = other(&part.id);
            if let Some(id) = follow(part.attributes.get(Attribute::DeadLetter)) {
                part.attributes.set(Attribute::DeadLetter, Value::Word(id));
            }
        }
        for edge in &mut renamed.connections {
            if let Some(id) = follow(edge.attributes.get(Attribute::OnMiss)) {
                edge.attributes.set(Attribute::OnMiss, Value::Word(id));
            }
        }
        let (before, after) = (judged(&design, &catalog), judged(&renamed, &catalog));
        assert_same(&name, &before, &after);
    }
}

#[test]
fn another_order_is_judged_alike() {
    let catalog = Catalog::embedded();
    for (name, design) in references(&catalog) {
        let mut turned = design.clone();
        turned.connections.reverse();
        turned.estimates.reverse();
        turned.flows.reverse();
        turned.api.reverse();
        turned.data.reverse();
        turned.decisions.reverse();
        turned.answers.reverse();
        turned.requirements.functional.reverse();
        turned.requirements.non_functional.reverse();
        turned.requirements.assumptions.reverse();
        let (before, after) = (judged(&design, &catalog), judged(&turned, &catalog));
        assert_same(&name, &before, &after);
    }
}

#[test]
fn the_form_that_practice_writes_is_judged_alike() {
    let catalog = Catalog::embedded();
    for (name, design) in references(&catalog) {
        let text = write(&design, &catalog.knowledge.vocabulary);
        let again = read(&text, &catalog.knowledge.vocabulary, &Limits::default()).design;
        let (before, after) = (judged(&design, &catalog), judged(&again, &catalog));
        assert_same(&name, &before, &after);
    }
}

#[test]
fn a_part_that_nothing_calls_earns_nothing() {
    let catalog = Catalog::embedded();
    for (name, design) in references(&catalog) {
        for kind in ["cache", "message_queue", "cdn", "metrics"] {
            let mut more = design.clone();
            let kind = catalog
                .knowledge
                .vocabulary
                .kinds
                .named(kind)
                .expect("a kind");
            let first = more.components.first().expect("a component").clone();
            more.components.push(Component {
                id: "decoration".to_owned(),
                kind,
                tech: None,
                tech_text: None,
                title: None,
                notes: None,
                attributes: sysdrill::model::Attributes::default(),
                ..first
            });
            let (before, after) = (judged(&design, &catalog), judged(&more, &catalog));
            assert!(
                after.score.percent <= before.score.percent + 1e-9,
                "{name} gains by a part that nothing calls"
            );
        }
    }
}

#[test]
fn a_good_answer_to_one_problem_fails_every_other() {
    let catalog = Catalog::embedded();
    let mut pass = Vec::new();
    for (name, design) in references(&catalog) {
        for problem in &catalog.problems {
            if design.problem.as_ref() == Some(&problem.id) {
                continue;
            }
            let mut strange = design.clone();
            strange.problem = Some(problem.id.clone());
            let score = judged(&strange, &catalog).score;
            if score.band.word() != "no_hire" {
                pass.push(format!("{name} as {}: {}%", problem.id, score.percent));
            }
        }
    }
    assert!(pass.is_empty(), "{pass:#?}");
}
