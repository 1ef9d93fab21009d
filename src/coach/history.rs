//! What a session is at a moment, and the moments before and after: undo and redo.
//!
//! Knows lines as names of changes; knows not what a line does.

use std::collections::BTreeSet;

use super::interviewer::{Question, Twisted};
use crate::model::{Design, Step};

/// What lines change: everything that `undo` takes back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    /// The design so far.
    pub design: Design,
    /// The step that the interview is in.
    pub step: Step,
    /// What the interviewer has asked or is going to ask.
    pub questions: Vec<Question>,
    /// The facts that were told, by id.
    pub told: BTreeSet<String>,
    /// Questions of the candidate that nothing was made of yet.
    pub asked: Vec<String>,
    /// The change that has come in the middle of the interview.
    pub twist: Option<Twisted>,
}

/// A state, with the line that led away from it.
#[derive(Clone, Debug)]
struct Moment {
    state: State,
    line: String,
}

/// The moments before and after.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
}

/// So many changes can be taken back.
const LONGEST: usize = 500;

impl History {
    /// Notes the state before a line that changed it.
    pub fn note(&mut self, before: State, line: &str) {
        if self.past.len() == LONGEST {
            self.past.remove(0);
        }
        self.past.push(Moment {
            state: before,
            line: line.to_owned(),
        });
        self.future.clear();
    }

    /// The line that made the last change, where there is one to take back.
    pub fn last(&self) -> Option<&str> {
        self.past.last().map(|moment| moment.line.as_str())
    }

    /// Goes back before the last change; gives back the line that made it.
    pub fn undo(&mut self, now: &mut State) -> Option<String> {
        step(&mut self.past, &mut self.future, now)
    }

    /// Goes forward again.
    pub fn redo(&mut self, now: &mut State) -> Option<String> {
        step(&mut self.future, &mut self.past, now)
    }
}

fn step(from: &mut Vec<Moment>, to: &mut Vec<Moment>, now: &mut State) -> Option<String> {
    let Moment { state, line } = from.pop()?;
    let left = std::mem::replace(now, state);
    to.push(Moment {
        state: left,
        line: line.clone(),
    });
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(title: &str) -> State {
        State {
            design: Design {
                title: Some(title.to_owned()),
                ..Design::default()
            },
            step: Step::Requirements,
            questions: Vec::new(),
            told: BTreeSet::new(),
            asked: Vec::new(),
            twist: None,
        }
    }

    #[test]
    fn undo_and_redo_are_each_others_way_back() {
        let mut history = History::default();
        history.note(state("a"), "to b");
        history.note(state("b"), "to c");
        let mut now = state("c");
        assert_eq!(history.undo(&mut now).as_deref(), Some("to c"));
        assert_eq!(history.undo(&mut now).as_deref(), Some("to b"));
        assert_eq!(now, state("a"));
        assert_eq!(history.undo(&mut now), None);
        assert_eq!(history.redo(&mut now).as_deref(), Some("to b"));
        assert_eq!(history.redo(&mut now).as_deref(), Some("to c"));
        assert_eq!(now, state("c"));
    }

    #[test]
    fn a_new_change_leaves_nothing_to_redo() {
        let mut history = History::default();
        history.note(state("a"), "to b");
        let mut now = state("b");
        let _ = history.undo(&mut now);
        history.note(state("a"), "to d");
        assert_eq!(history.redo(&mut now), None);
    }
}
