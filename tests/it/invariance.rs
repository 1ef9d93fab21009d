//! What must not change a judgement: names, order, the form that a design is written in, parts that nothing calls; and what
//! must: the problem that it answers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sysdrill::analysis::Subject;
use sysdrill::assess::{self, Outcome, Verdict, ask};
use sysdrill::catalog::{Catalog, EMBEDDED, embedded_text};
use sysdrill::model::{
    Attribute, Attributes, Component, Connection, Design, Kind, Level, Severity, Value,
};
use sysdrill::notation::design::{read, write};
use sysdrill::notation::yaml::Limits;
use sysdrill::rubric::Rule;
use sysdrill::source::Source;

/// A reference and what the rules say of it.
pub(super) struct Reference {
    pub(super) name: &'static str,
    pub(super) design: Design,
    pub(super) verdict: Verdict,
}

/// Every reference, judged once for all tests.
pub(super) static REFERENCES: LazyLock<Vec<Reference>> = LazyLock::new(|| {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    EMBEDDED
        .iter()
        .filter(|(path, _)| path.contains("/references/"))
        .map(|(name, text)| {
            let reading = read(text, vocabulary, &Limits::default());
            assert!(reading.issues.is_empty(), "{name}: {:?}", reading.issues);
            let design = reading.design;
            let verdict = judged(&design);
            Reference {
                name,
                design,
                verdict,
            }
        })
        .collect()
});

pub(super) fn judged_by(design: &Design, catalog: &Catalog) -> Verdict {
    ask(design, catalog, Some(Level::Senior), |asked| {
        asked.verdict()
    })
}

fn judged(design: &Design) -> Verdict {
    judged_by(design, Catalog::embedded())
}

/// What was found, without the names of the parts.
fn faults(verdict: &Verdict) -> BTreeSet<(String, Severity)> {
    let missed = verdict.findings.iter();
    missed
        .filter(|finding| finding.outcome == Outcome::Missed)
        .map(|finding| (finding.rule.clone(), finding.severity))
        .collect()
}

#[test]
fn other_ids_another_order_and_the_form_that_practice_writes_are_judged_alike() {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    for reference in REFERENCES.iter() {
        let changed = write(&turned(&renamed(&reference.design)), vocabulary);
        let after = judged(&read(&changed, vocabulary, &Limits::default()).design);
        let (name, before) = (reference.name, &reference.verdict);
        assert_eq!(faults(before), faults(&after), "{name}");
        let (before, after) = (before.score.percent, after.score.percent);
        assert!(
            (before - after).abs() < 1e-6,
            "{name}: {before} became {after}"
        );
    }
}

/// The same design under other names.
pub(super) fn renamed(design: &Design) -> Design {
    let mut renamed = design.clone();
    let other = |id: &str| {
        let at = design.component(id).expect("a component");
        format!("part-{at}")
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
    renamed
}

/// The same design in another order.
pub(super) fn turned(design: &Design) -> Design {
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
    turned
}

/// Beside every arrow one of the other sort between the same parts: which of them a journey takes follows from what they state.
#[test]
fn of_two_arrows_between_the_same_parts_the_order_does_not_say_which_counts() {
    for reference in REFERENCES.iter() {
        let mut more = reference.design.clone();
        for edge in &reference.design.connections {
            let other = Connection::new(edge.from, edge.to, !edge.asynchronous);
            more.connections.push(other);
        }
        let mut other = more.clone();
        other.connections.reverse();
        let (before, after) = (judged(&more), judged(&other));
        let name = reference.name;
        assert_eq!(faults(&before), faults(&after), "{name}");
        let (before, after) = (before.score.percent, after.score.percent);
        assert!(
            (before - after).abs() < 1e-6,
            "{name}: {before} became {after}"
        );
    }
}

#[test]
fn a_journey_takes_the_arrow_that_is_for_it() {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let judged = |arrows: [&str; 3], hop: &str, kind: &str| {
        let text = format!(
            "sysdrill: 1\ncomponents: {{a: client, web: {{kind: service, replicas: 4}}, pg: {{kind: sql_db, replicas: 2}}}}\n\
            connections: [{}]\nflows: {{use: {{path: a -> web {hop} pg, kind: {kind}, rate: 40/s, availability: 99.9%}}}}\n",
            arrows.join(", ")
        );
        let reading = read(&text, vocabulary, &Limits::default());
        assert!(reading.issues.is_empty(), "{:?}\n{text}", reading.issues);
        let subject = Subject::new(&reading.design, vocabulary, Vec::new());
        let calls = &subject.flows.first().expect("a flow").journey.calls;
        let call = calls.iter().find(|call| call.from == 1).expect("a call");
        call.asynchronous
    };
    let (user, own, loose) = ("a -> web", "web -> pg: {only: writes}", "web ~> pg");
    for arrows in [[user, own, loose], [loose, own, user]] {
        assert!(!judged(arrows, "->", "write"), "{arrows:?}");
        assert!(judged(arrows, "~>", "write"), "{arrows:?}");
        assert!(judged(arrows, "->", "read"), "{arrows:?}");
    }
}

/// The kinds of such parts take turns; `PAIRS=all` adds each to every reference.
#[test]
fn of_two_estimates_of_one_figure_the_order_does_not_say_which_counts() {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let judged = |estimates: &str| {
        let text = format!(
            "sysdrill: 1\nproblem: url-shortener\nestimates: {{{estimates}}}\n\
            components: {{web: client, api: service, db: sql_db}}\nconnections: [web -> api -> db]\n"
        );
        let reading = read(&text, vocabulary, &Limits::default());
        assert!(reading.issues.is_empty(), "{:?}", reading.issues);
        let verdict = super::invariance::judged(&reading.design);
        (faults(&verdict), verdict.score.earned.to_bits())
    };
    for [one, other] in [
        ["write_qps: 100M/month", "writes_per_second: 4000/s"],
        ["writes_per_second: 4000/s", "shortens_per_second: 40/s"],
    ] {
        let (before, after) = (format!("{one}, {other}"), format!("{other}, {one}"));
        assert_eq!(judged(&before), judged(&after), "{before}");
    }
}

#[test]
fn a_part_that_nothing_calls_earns_nothing() {
    let kinds = &Catalog::embedded().knowledge.vocabulary.kinds;
    let all = super::is_asked("PAIRS", "all");
    let parts = ["cache", "message_queue", "cdn", "metrics"];
    for (turn, reference) in REFERENCES.iter().enumerate() {
        for (at, kind) in parts.into_iter().enumerate() {
            if !all && at != turn % parts.len() {
                continue;
            }
            let mut more = reference.design.clone();
            let first = more.components.first().expect("a component").clone();
            more.components.push(Component {
                id: "decoration".to_owned(),
                kind: kinds.named(kind).expect("a kind"),
                tech: None,
                tech_text: None,
                title: None,
                notes: None,
                attributes: Attributes::default(),
                ..first
            });
            assert!(
                judged(&more).score.percent <= reference.verdict.score.percent + 1e-9,
                "{} gains by a {kind} that nothing calls",
                reference.name
            );
        }
    }
}

/// Boxes that lead to each other and that nobody who uses the system comes to: of every kind one that is called, and one that
/// calls where it is no system of somebody else's, which may well call in.
fn with_an_island(design: &Design) -> Design {
    let kinds = &Catalog::embedded().knowledge.vocabulary.kinds;
    let worker = kinds.named("worker").expect("a kind");
    let mut more = design.clone();
    let mut draw = |from: Kind, to: Kind| {
        let at = more.components.len();
        for (kind, end) in [(from, "a"), (to, "b")] {
            let component = Component::new(format!("island-{at}-{end}"), kind);
            more.components.push(component);
        }
        more.connections.push(Connection::new(at, at + 1, false));
    };
    for kind in kinds.all() {
        let info = kinds.info(kind);
        if info.group || info.origin {
            continue;
        }
        draw(worker, kind);
        if !(info.provided && info.remote) {
            draw(kind, worker);
        }
    }
    more
}

/// Whether somebody who uses the system is drawn and joined with it.
fn has_users(design: &Design) -> bool {
    let kinds = &Catalog::embedded().knowledge.vocabulary.kinds;
    let mut ends = design.connections.iter().map(|edge| edge.from);
    ends.any(|at| kinds.info(design.components[at].kind).origin)
}

/// Good designs and bad ones of every problem; what the bad ones are found fault with stands whatever lies beside them.
#[test]
fn boxes_that_nobody_comes_to_mend_nothing() {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let mut wrong = Vec::new();
    for problem in &Catalog::embedded().problems {
        for path in super::content::designs(&format!("problems/{}/fixtures", problem.id)) {
            let text = std::fs::read_to_string(&path).expect("a design");
            let design = read(&text, vocabulary, &Limits::default()).design;
            if !has_users(&design) {
                continue;
            }
            let (before, after) = (judged(&design), judged(&with_an_island(&design)));
            let (lost, kept) = (faults(&before), faults(&after));
            let name = path.display();
            wrong.extend(
                lost.difference(&kept)
                    .map(|(rule, _)| format!("{name}: {rule} is gone")),
            );
            let (before, after) = (before.score.percent, after.score.percent);
            if after > before + 1e-9 {
                wrong.push(format!("{name}: {before} became {after}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Who says the kind and leaves the technology open has said less, and nothing wrong. What a provider runs keeps its name,
/// which says that it grows by itself.
#[test]
fn a_kind_in_place_of_its_technology_is_no_fault() {
    let technologies = &Catalog::embedded().knowledge.vocabulary.technologies;
    for reference in REFERENCES.iter() {
        let mut open = reference.design.clone();
        for part in &mut open.components {
            if part
                .tech
                .is_some_and(|tech| technologies.info(tech).is_managed())
            {
                continue;
            }
            part.tech = None;
            part.tech_text = None;
            part.kind_stated = true;
        }
        let before = faults(&reference.verdict);
        let new: Vec<_> = faults(&judged(&open))
            .difference(&before)
            .cloned()
            .collect();
        assert!(new.is_empty(), "{}: {new:?}", reference.name);
    }
}

/// All pairs of problems; which of a problem's references answers the other one takes turns, `PAIRS=all` lets each answer all.
#[test]
fn a_good_answer_to_one_problem_fails_every_other() {
    let problems = &Catalog::embedded().problems;
    let all = super::is_asked("PAIRS", "all");
    let mut pass = Vec::new();
    let mut tried = 0;
    for answered in problems {
        let own = |reference: &&Reference| reference.design.problem.as_ref() == Some(&answered.id);
        let own: Vec<&Reference> = REFERENCES.iter().filter(own).collect();
        let others = problems.iter().filter(|other| other.id != answered.id);
        for (turn, asked) in others.enumerate() {
            for (at, reference) in own.iter().enumerate() {
                if !all && at != turn % own.len() {
                    continue;
                }
                let mut strange = reference.design.clone();
                strange.problem = Some(asked.id.clone());
                let score = judged(&strange).score;
                tried += 1;
                if score.band.word() != "no_hire" {
                    let (name, percent) = (reference.name, score.percent);
                    pass.push(format!("{name} as {}: {percent}%", asked.id));
                }
            }
        }
    }
    assert!(tried >= 72, "{tried} pairs");
    assert!(pass.is_empty(), "{pass:#?}");
}

/// A rule that says what to state is believed: stating it mends what the rule finds and spoils nothing.
#[test]
fn what_mends_a_finding_raises_no_other() {
    let catalog = Catalog::embedded();
    let changing: Vec<&Rule> = catalog
        .rules
        .iter()
        .filter(|rule| !rule.change.is_empty())
        .collect();
    assert!(
        changing.len() >= 12,
        "{} rules say what to state",
        changing.len()
    );
    let files: BTreeSet<&str> = changing.iter().map(|rule| rule.file.as_str()).collect();
    let mut tried = 0;
    for file in files {
        let text = embedded_text(file).expect("the file of a rule");
        let (examples, broken) = assess::examples(&Source::new(file, text), catalog);
        assert!(broken.is_empty(), "{file}: {broken:?}");
        for example in examples.iter().filter(|example| example.wanted == "fails") {
            let rule = catalog.rule(&example.rule).expect("the rule of an example");
            if rule.change.is_empty() {
                continue;
            }
            tried += 1;
            let mended = assess::mended(example.design.clone(), rule, catalog);
            let before = faults(&judged(&example.design));
            let after = faults(&judged(&mended));
            let raised: Vec<_> = after.difference(&before).collect();
            assert!(raised.is_empty(), "{}: {raised:?}", rule.id);
            assert!(after.iter().all(|(id, _)| *id != rule.id), "{}", rule.id);
        }
    }
    assert!(tried >= 2 * changing.len(), "{tried} examples");
}
