//! What was said of a thing, taken out: a design that lacks it would not praise it.
//!
//! Knows texts and where sentences end; which concepts are meant is told to it.

use crate::model::Design;
use crate::rubric::{Concept, Knowledge, Problem, Scene};

/// What is not to be said.
pub(super) struct Speech<'k> {
    knowledge: &'k Knowledge,
    problem: Option<&'k Problem>,
    concepts: Vec<&'k Concept>,
}

impl<'k> Speech<'k> {
    /// The concepts with some ids.
    pub(super) fn of<'i>(scene: &Scene<'k>, ids: impl Iterator<Item = &'i str>) -> Self {
        let (knowledge, problem) = (scene.knowledge, scene.problem);
        let concepts = ids.filter_map(|id| knowledge.concepts.0.get(id)).collect();
        Self {
            knowledge,
            problem,
            concepts,
        }
    }

    fn is_in(&self, text: &str) -> bool {
        let language = &self.knowledge.language;
        let called = self.problem.map(|problem| &problem.called);
        self.concepts
            .iter()
            .any(|concept| language.mentions_in(concept, text, called))
    }

    /// The text without the sentences that say it.
    fn out_of(&self, text: &str) -> String {
        if !self.is_in(text) {
            return text.to_owned();
        }
        let kept: Vec<&str> = sentences(text)
            .into_iter()
            .filter(|sentence| !self.is_in(sentence))
            .collect();
        let left = kept.concat();
        // What only the whole says goes as a whole.
        if self.is_in(&left) {
            String::new()
        } else {
            left.trim().to_owned()
        }
    }

    fn out_of_all(&self, texts: &mut Vec<String>) {
        texts.retain(|text| !self.is_in(text));
    }

    fn out_of_some(&self, text: &mut Option<String>) {
        *text = text
            .take()
            .map(|text| self.out_of(&text))
            .filter(|text| !text.is_empty());
    }
}

/// Pieces that end with a full stop or a semicolon and a space.
fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let ends = [". ", "; ", ".\n", ";\n"];
    while let Some(at) = ends.iter().filter_map(|end| rest.find(end)).min() {
        let (piece, after) = rest.split_at(at + 2);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// The design without a word on what is not to be said; decisions and answers of which nothing is left go.
pub(super) fn silence(mut design: Design, gone: &Speech<'_>) -> Design {
    if gone.concepts.is_empty() {
        return design;
    }
    gone.out_of_all(&mut design.requirements.functional);
    gone.out_of_all(&mut design.requirements.non_functional);
    design.decisions.retain_mut(|decision| {
        decision.choice = gone.out_of(&decision.choice);
        gone.out_of_some(&mut decision.topic);
        gone.out_of_some(&mut decision.because);
        !decision.choice.is_empty()
    });
    design.answers.retain_mut(|answer| {
        answer.text = gone.out_of(&answer.text);
        // A topic without an answer says nothing, and with one it says as much as the answer.
        !answer.text.is_empty() && !gone.is_in(&answer.topic)
    });
    for component in &mut design.components {
        gone.out_of_some(&mut component.notes);
        gone.out_of_some(&mut component.title);
    }
    design
}
