//! Drills of failures: what stops a journey when it is lost, what gives in first under more load, and what the interviewers
//! of the problems ask about things that break.
//!
//! Knows how analyses are asked; computes nothing itself.

use std::collections::BTreeSet;

use super::card::{Answer, Card, Drill, Sort, Verdict};
use super::{hearing, shown};
use crate::analysis::{Detail, Truth};
use crate::assess;
use crate::catalog::{Catalog, Fit, SmallDesign};
use crate::coach::interviewer::enough;
use crate::coach::reply::Reply;
use crate::drawing;
use crate::model::Step;
use crate::model::spelling::enumerated;
use crate::rubric::{Probe, Problem};

/// What cards about losses and about load begin with, which no slug of a problem is.
const LOSS: &str = "loss of";
const LOAD: &str = "load on";

/// The cards of small designs and of the problems' questions about failures.
pub(super) fn cards(catalog: &Catalog) -> Vec<Card> {
    let card = |about: String, problem: Option<&Problem>| Card {
        sort: Sort::Failure,
        about,
        problem: problem.map(|problem| problem.id.clone()),
    };
    let mut cards = Vec::new();
    for small in &catalog.drills().designs {
        cards.push(card(format!("{LOSS} {}", small.id), None));
        if narrowest(catalog, small).is_some() {
            cards.push(card(format!("{LOAD} {}", small.id), None));
        }
    }
    for problem in &catalog.problems {
        let asked = problem.probes.iter().filter(|probe| is_askable(probe));
        cards
            .extend(asked.map(|probe| card(format!("{}/{}", problem.id, probe.id), Some(problem))));
    }
    cards
}

/// Whether a question can be asked without a design.
fn is_askable(probe: &Probe) -> bool {
    let is_plain = !probe.ask.text().contains("{{");
    probe.step == Step::Scale && is_plain && !probe.looks_for.is_empty() && !probe.good.is_empty()
}

/// A card as a question.
pub(super) fn drill(catalog: &Catalog, card: &Card) -> Option<Drill> {
    let small = |id: &str| catalog.drills().designs.iter().find(|small| small.id == id);
    if let Some(id) = card.about.strip_prefix(LOSS) {
        return loss(catalog, small(id.trim_start())?);
    }
    if let Some(id) = card.about.strip_prefix(LOAD) {
        return load(catalog, small(id.trim_start())?);
    }
    let (slug, id) = card.about.split_once('/')?;
    let problem = catalog.problem(slug)?;
    let probe = problem.probes.iter().find(|probe| probe.id == id)?;
    Some(Drill {
        question: vec![Reply::Says(format!(
            "{}. {}",
            problem.title,
            probe.ask.text()
        ))],
        answer: Answer::Words {
            looks_for: probe.looks_for.clone(),
        },
        solution: vec![format!("A good answer: {}", probe.good.trim())],
        page: page(catalog, problem, &probe.looks_for)?,
    })
}

/// The page on the first concept that has one, or else on the problem.
fn page(catalog: &Catalog, problem: &Problem, concepts: &[String]) -> Option<String> {
    let titles = concepts
        .iter()
        .filter_map(|id| catalog.knowledge.concepts.0.get(id))
        .map(|concept| concept.title.as_str());
    let names = concepts.iter().map(String::as_str).chain(titles);
    names
        .chain([problem.id.as_str(), problem.title.as_str()])
        .find_map(|name| {
            let (fit, page) = catalog.pages.find(name).into_iter().next()?;
            (fit == Fit::Named).then(|| page.id.clone())
        })
}

fn loss(catalog: &Catalog, small: &SmallDesign) -> Option<Drill> {
    let flow = small.design.flows.first()?;
    let vocabulary = &catalog.knowledge.vocabulary;
    let mut question = shown::design(&small.design, vocabulary);
    question.push(Reply::Says(format!(
        "Machines burn one at a time. The loss of a single one of which components stops `{}`? Name them, or say `none`.",
        flow.id
    )));
    let mut because = Vec::new();
    let mut right = BTreeSet::new();
    assess::ask(&small.design, catalog, None, |asked| {
        let subject = asked.scene.subject;
        for (at, component) in small.design.components.iter().enumerate() {
            let stops = subject.is_single_point_of_failure(at, 0, &mut Vec::new());
            let words = drawing::what(component, vocabulary);
            let verb = if stops == Truth::Yes {
                "stops it"
            } else {
                "does not stop it"
            };
            because.push((
                component.id.clone(),
                format!("{} ({words}) {verb}", component.id),
            ));
            if stops == Truth::Yes {
                right.insert(component.id.clone());
            }
        }
    });
    let solution = if right.is_empty() {
        "No single machine stops it.".to_owned()
    } else {
        let names: Vec<&String> = right.iter().collect();
        format!("It stops with a machine of {}.", enumerated(&names))
    };
    Some(Drill {
        question,
        answer: Answer::Names {
            known: ids(small),
            right,
            because,
        },
        solution: vec![solution, small.lesson.clone()],
        page: if small.page.is_empty() {
            catalog.drills().loss_page.clone()
        } else {
            small.page.clone()
        },
    })
}

fn load(catalog: &Catalog, small: &SmallDesign) -> Option<Drill> {
    let (narrowest, factor) = narrowest(catalog, small)?;
    let flow = small.design.flows.first()?;
    let mut question = shown::design(&small.design, &catalog.knowledge.vocabulary);
    question.push(Reply::Says(format!(
        "The load of `{}` grows and nothing else changes. Which component is full first?",
        flow.id
    )));
    let word = format!("{factor:.1}");
    let word = word.trim_end_matches(".0");
    Some(Drill {
        question,
        answer: Answer::Names {
            known: ids(small),
            right: BTreeSet::from([narrowest.clone()]),
            because: Vec::new(),
        },
        solution: vec![
            format!("{narrowest} is full at {word} times this load."),
            small.lesson.clone(),
        ],
        page: small.page.clone(),
    })
}

/// The component of the first flow that is full first, and at how many times the load; none where that is not certain.
fn narrowest(catalog: &Catalog, small: &SmallDesign) -> Option<(String, f64)> {
    assess::ask(&small.design, catalog, None, |asked| {
        let overview = asked.overview(Detail::Brief);
        let flow = overview.flows.into_iter().next()?;
        let (worst, best) = (flow.breaks_at.worst?, flow.breaks_at.best?);
        let certain = (worst - best).abs() < 1e-9 * best;
        flow.bottleneck.filter(|_| certain).map(|name| (name, best))
    })
}

fn ids(small: &SmallDesign) -> Vec<String> {
    let components = small.design.components.iter();
    components.map(|component| component.id.clone()).collect()
}

/// What is said by who means that nothing stops a journey.
const NONE: [&str; 4] = ["none", "nothing", "no", "nobody"];

/// Whether an answer names the right components.
pub(super) fn judge_names(
    right: &BTreeSet<String>,
    known: &[String],
    because: &[(String, String)],
    text: &str,
) -> Verdict {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let named: BTreeSet<String> = known
        .iter()
        .filter(|id| words.contains(&id.to_lowercase().as_str()))
        .cloned()
        .collect();
    let says_none = words.first().is_some_and(|word| NONE.contains(word));
    if named.is_empty() && !says_none {
        return Verdict::Unclear(format!("Name some of {}, or `none`.", known.join(", ")));
    }
    if named == *right {
        return Verdict::Right("Right.".to_owned());
    }
    let explained = |id: &String| {
        let found = because.iter().find(|(other, _)| other == id);
        found.map_or_else(|| format!("{id} is not it"), |(_, words)| words.clone())
    };
    let wrong: Vec<String> = named.difference(right).map(explained).collect();
    Verdict::NotYet(if wrong.is_empty() {
        "That is not all.".to_owned()
    } else {
        format!("{}.", enumerated(&wrong))
    })
}

/// Whether an answer in words has what is looked for.
pub(super) fn judge_words(catalog: &Catalog, looks_for: &[String], text: &str) -> Verdict {
    let heard = hearing::meant_in(catalog, looks_for, text);
    let list = heard.join("; ");
    if heard.len() >= enough(looks_for.len()) {
        Verdict::Right(format!("Heard: {list}."))
    } else if heard.is_empty() {
        Verdict::NotYet(
            "What happens exactly, one step after the other, and what is done about it?".to_owned(),
        )
    } else {
        Verdict::NotYet(format!("Heard: {list}. What else?"))
    }
}
