//! The levels at which a condition can hold, by what it says of levels: where none is left, it never does.
//!
//! Knows `level` and composition; knows no other question.

use super::RuleReader;
use crate::model::Level;
use crate::notation::yaml::{Content, Fields, Node, one_or_many};
use crate::source::Span;

/// A set of levels, in their order.
type Levels = Vec<Level>;

impl RuleReader<'_> {
    /// Complains of the part of a condition that leaves none of the levels that the parts before it leave.
    pub(in crate::rubric) fn check_levels(&mut self, condition: &Node<'_>) {
        if !self.strict {
            return;
        }
        let mut left = all();
        for (span, of_part) in parts(condition) {
            // What never holds by itself was told where it stands.
            if of_part.is_empty() {
                return;
            }
            left.retain(|level| of_part.contains(level));
            if left.is_empty() {
                let message = "no level is left, and this never holds";
                let help = "leave out what asks for another level, or say `any` of them".to_owned();
                self.issues.error(span, message, help);
                return;
            }
        }
    }

    /// Complains of a rule that applies at none of the levels that it is asked of.
    pub(super) fn check_levels_of(&mut self, rule: &Fields<'_, '_>, asked: &[Level]) {
        let Some(when) = rule.get("when").filter(|_| self.strict) else {
            return;
        };
        let left = left(when);
        let never = !left.is_empty() && !asked.iter().any(|level| left.contains(level));
        if never && !asked.is_empty() {
            let words: Vec<&str> = left.iter().map(|level| level.word()).collect();
            let message = "the rule is asked of none of the levels at which `when` can hold";
            let help = format!("write `levels: [{}]`, or leave it out", words.join(", "));
            self.issues.error(when.span, message, help);
        }
    }
}

fn all() -> Levels {
    Level::ALL.to_vec()
}

/// The parts of a condition that all have to hold, each with the levels at which it can.
fn parts(condition: &Node<'_>) -> Vec<(Span, Levels)> {
    match &condition.content {
        Content::List(items) => items.iter().map(|item| (item.span, left(item))).collect(),
        _ => {
            let entries = condition.entries().iter();
            let parts = entries.map(|(key, value)| {
                let levels = left_by(key.text().unwrap_or_default(), value);
                (Span::new(key.span.start, value.span.end), levels)
            });
            parts.collect()
        }
    }
}

/// The levels at which a condition can hold.
fn left(condition: &Node<'_>) -> Levels {
    let mut left = all();
    for (_, of_part) in parts(condition) {
        left.retain(|level| of_part.contains(level));
    }
    left
}

fn left_by(key: &str, value: &Node<'_>) -> Levels {
    let items = one_or_many(value).iter();
    match key {
        "level" => named(value),
        "all" => left(value),
        "any" => {
            let of_items: Vec<Levels> = items.map(left).collect();
            let mut some = all();
            some.retain(|level| of_items.iter().any(|levels| levels.contains(level)));
            some
        }
        // Of a condition that asks for more than the level, the rest may be what does not hold.
        "not" => match value.entries() {
            [(key, levels)] if key.text() == Some("level") => {
                let mut others = all();
                let named = named(levels);
                others.retain(|level| !named.contains(level));
                others
            }
            _ => all(),
        },
        _ => all(),
    }
}

/// The levels of a list; all where one is no level, which is told where it is read.
fn named(node: &Node<'_>) -> Levels {
    let words = one_or_many(node).iter();
    let read: Option<Levels> = words.map(|item| Level::from_word(item.text()?)).collect();
    read.filter(|levels| !levels.is_empty()).unwrap_or_else(all)
}
