//! Drills of stores: what is needed is told, a store and a reason are asked.
//!
//! Knows how a store is named in an answer; which store serves what is the catalog's business.

use super::card::{Answer, Card, Drill, Sort, Verdict};
use crate::assess;
use crate::catalog::{Catalog, Need};
use crate::coach::reply::Reply;
use crate::model::vocabulary::Meaning;
use crate::model::{Component, Design, Kind, Tech, Vocabulary};
use crate::notation::design::decision_from_text;
use crate::rubric::{Selector, Trace};

/// Two needs are asked together where at least so many technologies serve both, so that there is a choice.
const LEAST_CHOICE: usize = 2;

/// A group of words is no longer than the longest name of a technology.
const LONGEST_NAME: usize = 4;

/// A card for each need, and for each pair of needs that make sense together and that one store can serve.
pub(super) fn cards(catalog: &Catalog) -> Vec<Card> {
    let needs = &catalog.drills().needs;
    let mut names: Vec<String> = needs.iter().map(|need| need.id.clone()).collect();
    for need in needs {
        let others = needs.iter().filter(|other| need.with.contains(&other.id));
        for other in others {
            let (first, second) = (serving(catalog, need), serving(catalog, other));
            let both = first
                .iter()
                .zip(&second)
                .filter(|(a, b)| **a && **b)
                .count();
            if both >= LEAST_CHOICE {
                names.push(format!("{}+{}", need.id, other.id));
            }
        }
    }
    let card = |about| Card {
        sort: Sort::Store,
        about,
        problem: None,
    };
    names.into_iter().map(card).collect()
}

/// Which technologies serve a need, in the catalog's order.
fn serving(catalog: &Catalog, need: &Need) -> Vec<bool> {
    let vocabulary = &catalog.knowledge.vocabulary;
    let all = vocabulary.technologies.all();
    all.map(|technology| {
        vocabulary
            .technologies
            .named(&technology.id)
            .is_some_and(|tech| technology_fits(catalog, &need.fits, tech))
    })
    .collect()
}

/// One need or two as a question.
pub(super) fn drill(catalog: &Catalog, card: &Card) -> Option<Drill> {
    let all = &catalog.drills().needs;
    let position = |name: &str| all.iter().position(|need| need.id == name);
    let wanted: Vec<usize> = card.about.split('+').map(position).collect::<Option<_>>()?;
    let needs: Vec<&Need> = wanted.iter().filter_map(|at| all.get(*at)).collect();
    let texts: Vec<&str> = needs.iter().map(|need| need.text.as_str()).collect();
    let page = match needs.as_slice() {
        [only] => only.page.clone(),
        _ => catalog.drills().store_page.clone(),
    };
    let mut solution: Vec<String> = needs.iter().map(|need| need.why.clone()).collect();
    solution.push(format!(
        "It is served by {}.",
        some_that_fit(catalog, &needs)
    ));
    Some(Drill {
        question: vec![Reply::Says(format!(
            "You need a store {}. Which do you take, and why? `X because ...`",
            texts.join("; and ")
        ))],
        answer: Answer::Store { needs: wanted },
        solution,
        page,
    })
}

/// At most so many stores are named that serve a need.
const MOST_NAMED: usize = 6;

fn some_that_fit(catalog: &Catalog, needs: &[&Need]) -> String {
    let vocabulary = &catalog.knowledge.vocabulary;
    let all = vocabulary.technologies.all();
    let fitting = all.filter(|technology| {
        vocabulary
            .technologies
            .named(&technology.id)
            .is_some_and(|tech| {
                needs
                    .iter()
                    .all(|need| technology_fits(catalog, &need.fits, tech))
            })
    });
    let names: Vec<&str> = fitting.map(|technology| technology.name.as_str()).collect();
    let more = names.len().saturating_sub(MOST_NAMED);
    let some: Vec<&str> = names.into_iter().take(MOST_NAMED).collect();
    if more > 0 {
        format!("{} and {more} more that the catalog knows", some.join(", "))
    } else {
        some.join(", ")
    }
}

const WHICH: &str = "Which store is that? Name a technology or a kind, such as in `X because ...`.";

/// Whether an answer names a store that serves the needs, and has a reason.
pub(super) fn judge(catalog: &Catalog, needs: &[usize], text: &str) -> Verdict {
    let vocabulary = &catalog.knowledge.vocabulary;
    let all = &catalog.drills().needs;
    let is_store = |(_, meaning): &(String, Meaning)| {
        let mut needs = all.iter();
        needs.any(|need| !matches!(fits(catalog, &need.fits, *meaning), Fit::No))
    };
    // "kafka: each group has its own offsets" has its reason behind the colon.
    let head = text.split_once(':').map_or("", |(head, _)| head);
    let chosen = choice(text);
    let mut heard = named(head, vocabulary)
        .chain(named(&chosen, vocabulary))
        .peekable();
    let Some((first, _)) = heard.peek().cloned() else {
        return Verdict::Unclear(WHICH.to_owned());
    };
    let Some((name, meaning)) = heard.find(is_store) else {
        return Verdict::Unclear(format!("I hear `{first}`, which is no store. {WHICH}"));
    };
    let needs: Vec<&Need> = needs.iter().filter_map(|at| all.get(*at)).collect();
    for need in &needs {
        match fits(catalog, &need.fits, meaning) {
            Fit::Yes => {}
            Fit::No | Fit::Depends if serves_as_said(catalog, need, meaning, text) => {}
            Fit::Depends => {
                let words =
                    format!("Some of the kind of {name} serve that and some don't: name one.");
                return Verdict::Unclear(words);
            }
            Fit::No => {
                return Verdict::NotYet(format!("{name} is not a store {}.", need.text));
            }
        }
    }
    if needs.iter().any(|need| is_a_reason(catalog, need, text)) {
        Verdict::Right(format!("{name} serves that, and the reason is one."))
    } else {
        Verdict::NotYet(format!("{name} serves that. Why? What in it does?"))
    }
}

/// Whether a store serves a need in the way that an answer says: one whose reads need no leader, by quorums.
fn serves_as_said(catalog: &Catalog, need: &Need, meaning: Meaning, text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut ways = need.or.iter().filter(|(says, _)| says.is_match(&lower));
    ways.any(|(_, wanted)| matches!(fits(catalog, wanted, meaning), Fit::Yes))
}

fn is_a_reason(catalog: &Catalog, need: &Need, text: &str) -> bool {
    let knowledge = &catalog.knowledge;
    let concepts = need.because.iter();
    let mut concepts = concepts.filter_map(|id| knowledge.concepts.0.get(id));
    concepts.any(|concept| knowledge.language.mentions(concept, text))
        || need
            .words
            .as_ref()
            .is_some_and(|words| words.is_match(&text.to_lowercase()))
}

/// The part of an answer that names what is taken: `X` of `X over Y because Z`.
fn choice(text: &str) -> String {
    let chosen = decision_from_text(text).choice;
    let lower = chosen.to_lowercase();
    let end = [" instead of ", " rather than ", ", not ", " and not "]
        .iter()
        .filter_map(|word| lower.find(word))
        .min();
    chosen
        .get(..end.unwrap_or(chosen.len()))
        .unwrap_or(&chosen)
        .to_owned()
}

/// The technologies and kinds that a text names, longer names first.
fn named<'t>(
    text: &'t str,
    vocabulary: &'t Vocabulary,
) -> impl Iterator<Item = (String, Meaning)> + 't {
    let inner = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | '+' | '/');
    let words: Vec<&str> = text
        .split(inner)
        .map(|word| word.trim_matches(['.', '-', '/']))
        .filter(|word| !word.is_empty())
        .collect();
    (0..words.len()).filter_map(move |start| {
        (1..=LONGEST_NAME).rev().find_map(|length| {
            let group = words.get(start..start + length)?.join(" ");
            meaning(&group, vocabulary).map(|meaning| (group, meaning))
        })
    })
}

fn meaning(words: &str, vocabulary: &Vocabulary) -> Option<Meaning> {
    let lower = words.to_lowercase();
    let kinds = &vocabulary.kinds;
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let is_called = |kind: &Kind| {
        let info = kinds.info(*kind);
        let called = |name: &str| name == lower || name == singular;
        !info.group && (called(&info.title) || info.names.iter().any(|name| called(name)))
    };
    vocabulary
        .meaning(words)
        .or_else(|| kinds.all().find(is_called).map(Meaning::Kind))
}

enum Fit {
    Yes,
    No,
    /// Some technologies of the kind do.
    Depends,
}

fn fits(catalog: &Catalog, wanted: &Selector, meaning: Meaning) -> Fit {
    let vocabulary = &catalog.knowledge.vocabulary;
    let kind = match meaning {
        Meaning::Tech(tech) if technology_fits(catalog, wanted, tech) => return Fit::Yes,
        Meaning::Tech(_) => return Fit::No,
        Meaning::Kind(kind) => kind,
    };
    if component_fits(catalog, wanted, kind, None) {
        return Fit::Yes;
    }
    let all = vocabulary.technologies.all();
    let of_kind = all.filter(|technology| vocabulary.kinds.is_a(technology.kind, kind));
    let techs = of_kind.filter_map(|technology| vocabulary.technologies.named(&technology.id));
    let answers: Vec<bool> = techs
        .map(|tech| technology_fits(catalog, wanted, tech))
        .collect();
    let fitting = answers.iter().filter(|fits| **fits).count();
    if fitting * 2 > answers.len() {
        Fit::Yes
    } else if fitting > 0 {
        Fit::Depends
    } else {
        Fit::No
    }
}

/// Whether a technology serves a need as any of the kinds that it can serve as.
fn technology_fits(catalog: &Catalog, wanted: &Selector, tech: Tech) -> bool {
    let technology = catalog.knowledge.vocabulary.technologies.info(tech);
    std::iter::once(&technology.kind)
        .chain(&technology.also)
        .any(|kind| component_fits(catalog, wanted, *kind, Some(tech)))
}

fn component_fits(catalog: &Catalog, wanted: &Selector, kind: Kind, tech: Option<Tech>) -> bool {
    let design = Design {
        components: vec![Component {
            tech,
            kind_stated: true,
            ..Component::new("store".to_owned(), kind)
        }],
        ..Design::default()
    };
    assess::ask(&design, catalog, None, |asked| {
        wanted.matches(&asked.scene, 0, &mut Trace::off()).is_yes()
    })
}
