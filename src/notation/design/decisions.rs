//! What was decided, and what was answered.
//!
//! Knows the terse form of a decision; knows not what a good one is.

use super::reader::Reader;
use crate::model::{Answer, Decision, Part, Place};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, list_of, one_or_many, text_of};

/// The keys of a decision in its long form.
pub(super) const DECISION: &[Key] = &[
    Key::new("topic", Shape::Text, "What is decided."),
    Key::needed("choice", Shape::Text, "What was chosen."),
    Key::new("over", Shape::Text, "What was not."),
    Key::new("because", Shape::Text, "Why."),
];

impl Reader<'_> {
    pub(super) fn decisions(&mut self, node: &Node<'_>) {
        for item in list_of(node, &mut self.issues) {
            self.places.note(
                Place::Entry(Part::Decisions, self.design.decisions.len()),
                item.span,
            );
            let decision = match &item.content {
                Content::Map(_) => self.long_decision(item),
                _ => text_of(item, &mut self.issues).map(decision_from_text),
            };
            self.design.decisions.extend(decision);
        }
    }

    fn long_decision(&mut self, item: &Node<'_>) -> Option<Decision> {
        let fields = Fields::of(item, "a decision", &mut self.issues)?;
        fields.known(DECISION, &mut self.issues);
        let choice = fields.required("choice", &mut self.issues);
        let mut text = |key| fields.text(key, &mut self.issues);
        let (topic, over, because) = (text("topic"), text("over"), text("because"));
        Some(Decision {
            topic,
            choice: choice?,
            over,
            because,
        })
    }

    pub(super) fn answers(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the answers", &mut self.issues) else {
            return;
        };
        for (key, value) in fields.entries() {
            let span = crate::source::Span::new(key.span.start, value.span.end);
            self.places
                .note(Place::Entry(Part::Answers, self.design.answers.len()), span);
            let texts: Vec<String> = one_or_many(value)
                .iter()
                .filter_map(|item| text_of(item, &mut self.issues).map(str::to_owned))
                .collect();
            let topic = key.text().unwrap_or_default().to_owned();
            self.design.answers.push(Answer {
                topic,
                text: texts.join("\n"),
            });
        }
    }
}

/// Reads the terse form of a decision: `[TOPIC:] CHOICE [over ALTERNATIVE] [because REASON]`.
#[must_use]
pub fn decision_from_text(text: &str) -> Decision {
    let (head, because) = cut(text, " because ");
    let (head, over) = cut(head, " over ");
    let (topic, choice) = match head.split_once(": ") {
        Some((topic, choice)) => (Some(topic.trim().to_owned()), choice),
        None => (None, head),
    };
    Decision {
        topic,
        choice: choice.trim().to_owned(),
        over,
        because,
    }
}

fn cut<'t>(text: &'t str, word: &str) -> (&'t str, Option<String>) {
    let lower = text.to_ascii_lowercase();
    match lower.find(word) {
        Some(at) => (
            text.get(..at).unwrap_or_default(),
            Some(
                text.get(at + word.len()..)
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            ),
        ),
        None => (text, None),
    }
}
