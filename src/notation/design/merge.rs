//! A piece of a design file on top of a design: what it names anew takes the place of what was there, the rest stays.
//!
//! Knows which entries go by a name and which are known by what they say; judges nothing.

use super::read::read_onto;
use super::{Reading, normal_name};
use crate::model::{Answer, Decision, Design, Endpoint, Requirements, Vocabulary};
use crate::notation::yaml::Limits;

/// Reads some keys of a design file on top of a design. Components, connections, figures, flows, tables and answers go by
/// their names and ends: what is there already is stated anew. Lists get what they have not yet. A component without a kind
/// keeps what else is stated of the one that is there. The problem, the level, the author and the record of practice stay.
///
/// What can't be read is an issue at its place in the piece, and the rest is merged.
#[must_use]
pub fn merge(text: &str, design: &Design, vocabulary: &Vocabulary, limits: &Limits) -> Reading {
    let reading = read_onto(text, design, vocabulary, limits);
    Reading {
        design: merged(design.clone(), reading.design),
        ..reading
    }
}

/// The piece has all components and connections of the design already, and those alone.
fn merged(design: Design, piece: Design) -> Design {
    Design {
        title: piece.title.or(design.title),
        requirements: requirements(design.requirements, piece.requirements),
        estimates: named(design.estimates, piece.estimates, |estimate| {
            normal_name(&estimate.name)
        }),
        components: piece.components,
        connections: piece.connections,
        flows: named(design.flows, piece.flows, |flow| flow.id.clone()),
        api: named(design.api, piece.api, operation),
        data: named(design.data, piece.data, |entity| entity.name.clone()),
        decisions: named(design.decisions, piece.decisions, topic),
        answers: named(design.answers, piece.answers, |answer: &Answer| {
            answer.topic.to_lowercase()
        }),
        allow: added(design.allow, piece.allow),
        platform: piece.platform.or(design.platform),
        ..design
    }
}

fn requirements(design: Requirements, piece: Requirements) -> Requirements {
    Requirements {
        functional: added(design.functional, piece.functional),
        non_functional: added(design.non_functional, piece.non_functional),
        out_of_scope: added(design.out_of_scope, piece.out_of_scope),
        questions: added(design.questions, piece.questions),
        assumptions: named(design.assumptions, piece.assumptions, |assumption| {
            normal_name(&assumption.name)
        }),
    }
}

fn operation(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.method, endpoint.path)
}

/// Decisions without a topic are known by what was chosen.
fn topic(decision: &Decision) -> String {
    let name = decision.topic.as_ref().unwrap_or(&decision.choice);
    name.to_lowercase()
}

/// Entries that go by a name: a new one takes the place of the one before.
fn named<T>(mut all: Vec<T>, new: Vec<T>, name: impl Fn(&T) -> String) -> Vec<T> {
    for entry in new {
        let own = name(&entry);
        match all.iter_mut().find(|known| name(known) == own) {
            Some(known) => *known = entry,
            None => all.push(entry),
        }
    }
    all
}

/// Entries that are known by what they say.
fn added<T: PartialEq>(mut all: Vec<T>, new: Vec<T>) -> Vec<T> {
    for entry in new {
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::notation::design::read;

    fn vocabulary() -> &'static Vocabulary {
        &Catalog::embedded().knowledge.vocabulary
    }

    fn merged_into(design: &str, piece: &str) -> Reading {
        let base = read(design, vocabulary(), &Limits::default());
        assert!(base.issues.is_empty(), "{:?}", base.issues);
        merge(piece, &base.design, vocabulary(), &Limits::default())
    }

    const DESIGN: &str = "sysdrill: 1\nproblem: p\nrequirements: {functional: [a]}\nestimates: {w: 5/s, r: w * 10}\n\
                          components: {api: {kind: service, replicas: 3, zones: 2}, db: sql_db}\n\
                          connections: [api -> db]\nanswers: {Caching: none}\n";

    #[test]
    fn what_is_named_anew_takes_its_place_and_the_rest_stays() {
        let piece = "problem: q\nrequirements: {functional: [a, b]}\nestimates: {r: w * 20}\n\
                     components:\n  api: {replicas: 6}\n  cache: cache\nconnections:\n  - api -> cache\n  - api -> db: {timeout: 1s}\n\
                     answers: {caching: aside}\n";
        let Reading { design, issues, .. } = merged_into(DESIGN, piece);
        assert!(issues.is_empty(), "{issues:?}");
        let text = crate::notation::design::write(&design, vocabulary());
        for part in [
            "problem: p",
            "- a\n",
            "- b\n",
            "r: w * 20",
            "api: {kind: service, replicas: 6, zones: 2}",
            "cache: cache",
            "timeout: 1s",
            "caching: aside",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(design.connections.len(), 2);
        let again = read(&text, vocabulary(), &Limits::default());
        assert!(again.issues.is_empty(), "{:?}", again.issues);
        assert_eq!(again.design, design);
    }

    #[test]
    fn mistakes_stand_at_their_place_in_the_piece() {
        let piece =
            "components:\n  lb: load_balancerr\nconnections:\n  - api -> nothing\n  - api -> db\n";
        let Reading { issues, .. } = merged_into(DESIGN, piece);
        let told: Vec<&str> = issues.iter().map(|issue| issue.message.as_str()).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(
            issues[0].span.start,
            piece.find("load_balancerr").expect("there")
        );
        assert_eq!(issues[1].span.start, piece.find("nothing").expect("there"));
    }
}
