//! What a candidate said, drew or stated at a place of the design, in one line.
//!
//! Knows places and how things read; knows no rule, and nothing of the design file's form.

use super::sheet;
use crate::drawing::what;
use crate::model::{Design, Part, Place, Vocabulary};

/// Quotes are cut after so many characters.
const LONGEST: usize = 110;

/// The words at a place, introduced by how they came there; nothing where there are none.
pub(super) fn quoted(design: &Design, vocabulary: &Vocabulary, place: Place) -> String {
    let Some((part, at)) = entry(place) else {
        return String::new();
    };
    let words = words(design, vocabulary, part, at).unwrap_or_default();
    introduced(part, &words)
}

/// A sentence from a place, introduced in the same way.
pub(super) fn quoted_sentence(place: Place, sentence: &str) -> String {
    entry(place).map_or_else(String::new, |(part, _)| introduced(part, sentence))
}

fn introduced(part: Part, words: &str) -> String {
    let words = shortened(words.trim());
    if words.is_empty() {
        return words;
    }
    match part {
        Part::Components | Part::Connections => format!(" You drew {words}."),
        Part::Estimates | Part::Assumptions | Part::Flows | Part::Api | Part::Data => {
            format!(" You stated {words}.")
        }
        Part::Questions => format!(" You asked: \"{words}\""),
        Part::Functional
        | Part::NonFunctional
        | Part::OutOfScope
        | Part::Decisions
        | Part::Answers
        | Part::Allow => format!(" You wrote: \"{words}\"."),
    }
}

/// The entry that a place is or belongs to; of a part the first one.
fn entry(place: Place) -> Option<(Part, usize)> {
    let mut around = std::iter::successors(Some(place), |place| place.outer());
    around.find_map(|place| match place {
        Place::Entry(part, at) => Some((part, at)),
        Place::Part(part) => Some((part, 0)),
        _ => None,
    })
}

fn words(design: &Design, vocabulary: &Vocabulary, part: Part, at: usize) -> Option<String> {
    let requirements = &design.requirements;
    let of_list = |list: &[String]| list.get(at).cloned();
    let stated = |(name, text): (&String, &String)| format!("`{name} = {text}`");
    match part {
        Part::Functional => of_list(&requirements.functional),
        Part::NonFunctional => of_list(&requirements.non_functional),
        Part::OutOfScope => of_list(&requirements.out_of_scope),
        Part::Questions => of_list(&requirements.questions),
        Part::Assumptions => {
            let assumption = requirements.assumptions.get(at)?;
            Some(stated((&assumption.name, &assumption.text)))
        }
        Part::Estimates => {
            let estimate = design.estimates.get(at)?;
            Some(stated((&estimate.name, &estimate.figure.text)))
        }
        Part::Components => {
            let component = design.components.get(at)?;
            let (id, what) = (&component.id, what(component, vocabulary));
            let stated = sheet::stated_of(component);
            let beside = if stated.is_empty() { "" } else { "; " };
            Some(format!("`{id}` ({what}{beside}{stated})"))
        }
        Part::Connections => {
            let edge = design.connections.get(at)?;
            let arrow = if edge.asynchronous { "~>" } else { "->" };
            let (from, to) = (design.id(edge.from), design.id(edge.to));
            Some(format!("`{from} {arrow} {to}`"))
        }
        Part::Flows => {
            let flow = design.flows.get(at)?;
            let words = sheet::flow_in_words(flow, design);
            Some(format!("`{} = {words}`", flow.id))
        }
        Part::Api => {
            let endpoint = sheet::endpoint_in_words(design.api.get(at)?);
            Some(format!("`{endpoint}`"))
        }
        Part::Data => {
            let entity = sheet::entity_in_words(design.data.get(at)?, design);
            Some(format!("`{entity}`"))
        }
        Part::Decisions => Some(sheet::decision_in_words(design.decisions.get(at)?)),
        Part::Answers => Some(design.answers.get(at)?.text.clone()),
        Part::Allow => None,
    }
}

/// A text from the first of its sentences that something holds of, where all of it is too long to be quoted.
pub(super) fn from_sentence(text: &str, holds: impl Fn(&str) -> bool) -> &str {
    if text.chars().count() <= LONGEST {
        return text;
    }
    let ends = text.match_indices([' ', '\n']).map(|(at, _)| at);
    let ends = ends.filter(|at| {
        let before = text.get(..*at).unwrap_or_default();
        before.ends_with(['.', '!', '?', ';'])
    });
    let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut sentences = starts.iter().zip(ends);
    let found = sentences.find(|(from, to)| text.get(**from..*to).is_some_and(&holds));
    found
        .and_then(|(from, _)| text.get(*from..))
        .map_or(text, str::trim_start)
}

/// A text that ends at a word, however long it was.
pub(super) fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text.trim_end_matches(['.', ';']).to_owned();
    };
    let (kept, _) = text.split_at(end);
    let kept = kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept);
    let closed = if text.starts_with('`') { "`" } else { "" };
    format!("{} ...{closed}", kept.trim_end_matches([',', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_quoted_from_where_it_says_something() {
        let text = format!(
            "We hash it, {}. It answers 302. All count.",
            "and so on ".repeat(12)
        );
        let found = from_sentence(&text, |sentence| sentence.contains("302"));
        assert_eq!(found, "It answers 302. All count.");
        assert_eq!(from_sentence(&text, |_| false), text);
        assert_eq!(
            from_sentence("One. Two.", |text| text.contains("Two")),
            "One. Two."
        );
    }

    #[test]
    fn long_words_are_cut_between_two_of_them() {
        let text = "word ".repeat(40);
        let cut = shortened(text.trim());
        assert!(cut.ends_with("word ..."), "{cut}");
        assert!(cut.len() <= LONGEST + 4, "{cut}");
        assert_eq!(shortened("short."), "short");
    }
}
