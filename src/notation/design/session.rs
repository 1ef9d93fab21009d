//! What practice notes of an interview.
//!
//! Knows keys and units; what it means for the score is not known here.

use super::reader::Reader;
use crate::model::quantity::Dimension;
use crate::model::{SessionRecord, Step};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, text_of};

/// The keys of what practice notes.
pub(super) const SESSION: &[Key] = &[
    Key::new("started", Shape::Text, "When the interview began."),
    Key::new(
        "spent",
        Shape::Of(Term::Steps),
        "The time that each step took.",
    ),
    Key::new("hints", Shape::Text, "How many hints were taken."),
    Key::new(
        "attacks",
        Shape::Many(&Shape::Text),
        "What the interviewer broke, such as kill zone:1.",
    ),
];

impl Reader<'_> {
    pub(super) fn session(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the session", &mut self.issues) else {
            return;
        };
        fields.known(SESSION, &mut self.issues);
        let mut session = SessionRecord {
            started: fields.text("started", &mut self.issues),
            attacks: fields.texts("attacks", &mut self.issues),
            ..SessionRecord::default()
        };
        if let Some(node) = fields.get("hints") {
            session.hints = self.hints(node).unwrap_or(0);
        }
        if let Some(spent) = fields
            .get("spent")
            .and_then(|node| Fields::of(node, "the time spent", &mut self.issues))
        {
            let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
            spent.only(&words, &mut self.issues);
            for step in Step::ALL {
                let time = spent
                    .get(step.word())
                    .and_then(|node| self.figure_of(node, Dimension::DURATION, "4m10s"));
                session.spent.extend(time.map(|time| (*step, time)));
            }
        }
        self.design.session = Some(session);
    }

    fn hints(&mut self, node: &Node<'_>) -> Option<u64> {
        let text = text_of(node, &mut self.issues)?;
        let number = text.parse().ok();
        if number.is_none() {
            let help = "write a whole number".to_owned();
            self.issues
                .error(node.span, format!("`{text}` is no number of hints"), help);
        }
        number
    }
}
