//! Rules after what is wrong to say: what they expect, when they apply, and what does not go with that.
//!
//! Knows how such a rule is put together; what a mistake is stands in its own file.

use std::sync::Arc;

use super::super::condition::Condition;
use super::super::mistake::Mistake;
use super::RuleReader;
use crate::notation::yaml::{Fields, Node};

impl RuleReader<'_> {
    /// What a good design shows: what the rule expects, or that nobody is mistaken.
    pub(super) fn expected(
        &mut self,
        rule: &Fields<'_, '_>,
        mistake: Option<&Option<Arc<Mistake>>>,
    ) -> Option<Condition> {
        if let Some(mistake) = mistake {
            return mistake.as_ref().map(Mistake::is_absent);
        }
        let node = self.needed(rule, "expect")?;
        Condition::read(node, self)
    }

    /// What a rule finds mistaken: that is all that it expects, and of the design as a whole.
    pub(super) fn mistake(
        &mut self,
        node: &Node<'_>,
        rule: &Fields<'_, '_>,
    ) -> Option<Arc<Mistake>> {
        let others = ["expect", "for_each", "unless", "strength"];
        let mut others = others
            .into_iter()
            .filter_map(|key| Some((key, rule.get(key)?)));
        if let Some((key, other)) = others.next() {
            let help = "a rule with `mistaken` finds fault with words, and with nothing else";
            let message = format!("`{key}` beside `mistaken`");
            self.issues.error(other.span, message, help.to_owned());
            return None;
        }
        Mistake::read(node, self)
    }
}

/// When a rule applies: one after a mistake only where that stands, so that nobody earns by what they do not say.
pub(super) fn where_mistaken(
    when: Option<Condition>,
    mistake: Option<&Arc<Mistake>>,
) -> Option<Condition> {
    match mistake {
        None => when,
        Some(mistake) => {
            let all = when.into_iter().chain([mistake.stands()]);
            Some(Condition::all(all.collect()))
        }
    }
}
