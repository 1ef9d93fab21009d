//! What a condition is asked in: a subject, the knowledge that rules share, the problem, the level, and what `for_each`
//! has bound.
//!
//! Knows everything that a rule may ask; answers nothing by itself.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::concept::{self, Concept, Concepts, Language};
use super::condition::Condition;
use super::figure::{self, FigureFact, Figures};
use super::finder::Finder;
use super::noun::Noun;
use super::passage::{self, Passage};
use super::problem::Problem;
use super::selector::Selector;
use crate::analysis::{Findings, NOTHING, Study, Subject};
use crate::model::{Level, Place, Vocabulary};

/// What rules share.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Kinds and technologies.
    pub vocabulary: Vocabulary,
    /// What people say.
    pub concepts: Concepts,
    /// How people deny.
    pub language: Language,
    /// What estimates are made of.
    pub figures: Figures,
    /// What answers to the interviewer's questions are recorded under: words that the candidate has not said.
    pub topics: BTreeSet<String>,
    /// Named component selectors.
    pub selectors: BTreeMap<String, Selector>,
    /// Named conditions.
    pub conditions: BTreeMap<String, Condition>,
    /// How the wordings of all concepts begin, found when the first text is read.
    pub(super) finder: OnceLock<Finder>,
}

/// What is computed once for a design, at the first question that needs it.
#[derive(Debug, Default)]
pub struct Memo {
    passages: OnceCell<Vec<Passage>>,
    candidates: OnceCell<BTreeMap<String, Vec<usize>>>,
    mentions: RefCell<BTreeMap<String, Vec<usize>>>,
    figures: OnceCell<Vec<FigureFact>>,
    analyses: Findings,
}

/// What `for_each` has bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The flow, which narrows paths, components and connections to it.
    pub flow: Option<usize>,
    /// The innermost subject.
    pub subject: Option<(Noun, usize)>,
}

/// The place where a condition is asked.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'s> {
    /// The design with its facts.
    pub subject: &'s Subject<'s>,
    /// What rules share.
    pub knowledge: &'s Knowledge,
    /// The problem that the design answers, where it is known.
    pub problem: Option<&'s Problem>,
    /// The level that it is judged at.
    pub level: Level,
    /// What was computed before.
    pub memo: &'s Memo,
    /// What `for_each` has bound.
    pub bound: Bound,
}

impl<'s> Scene<'s> {
    /// The same scene with something bound.
    #[must_use]
    pub const fn with(self, bound: Bound) -> Self {
        Self { bound, ..self }
    }

    /// The analyses of the design as it stands.
    #[must_use]
    pub fn study(&self) -> Study<'s> {
        Study::new(self.subject, &NOTHING, &self.memo.analyses)
    }

    /// Every text of the design.
    #[must_use]
    pub fn passages(&self) -> &'s [Passage] {
        self.memo
            .passages
            .get_or_init(|| passage::passages(self.subject.design, &self.knowledge.topics))
    }

    /// The passages that mention a concept and mean it, by position.
    #[must_use]
    pub fn mentions(&self, concept: &str) -> Vec<usize> {
        if let Some(known) = self.memo.mentions.borrow().get(concept) {
            return known.clone();
        }
        let found = self.knowledge.concepts.0.get(concept);
        let mentions: Vec<usize> = found.map(|found| self.search(found)).unwrap_or_default();
        self.memo
            .mentions
            .borrow_mut()
            .insert(concept.to_owned(), mentions.clone());
        mentions
    }

    /// The passages that mention a concept, among those that can.
    fn search(&self, concept: &Concept) -> Vec<usize> {
        let all = &self.knowledge.concepts;
        let candidates = self.memo.candidates.get_or_init(|| {
            let finder = self.knowledge.finder.get_or_init(|| Finder::new(all));
            let found = finder.candidates(self.passages());
            found
                .into_iter()
                .map(|(id, passages)| (id.to_owned(), passages))
                .collect()
        });
        let language = &self.knowledge.language;
        let is_meant = |at: &usize| {
            self.passages().get(*at).is_some_and(|passage| {
                let clauses = || {
                    passage
                        .clauses
                        .get_or_init(|| language.clauses(&passage.plain))
                };
                concept::means(concept, &passage.plain, clauses)
            })
        };
        let passages = candidates.get(&concept.id).into_iter().flatten().copied();
        passages.filter(is_meant).collect()
    }

    /// The figures that the design states, estimates first.
    #[must_use]
    pub fn figures(&self) -> &'s [FigureFact] {
        self.memo.figures.get_or_init(|| {
            figure::stated(self.subject.design, &self.knowledge.figures, self.problem)
        })
    }

    /// The bound subject of a noun, if the innermost is one.
    #[must_use]
    pub fn bound_to(&self, noun: Noun) -> Option<usize> {
        match noun {
            Noun::Flow => self.bound.flow,
            _ => self
                .bound
                .subject
                .filter(|(bound, _)| *bound == noun)
                .map(|(_, at)| at),
        }
    }

    /// The component that a word such as `$component` or `$source` stands for here.
    #[must_use]
    pub fn bound_component(&self, word: &str) -> Option<usize> {
        let design = self.subject.design;
        match word {
            "$component" => self.bound_to(Noun::Component),
            "$source" => design
                .connections
                .get(self.bound_to(Noun::Connection)?)
                .map(|connection| connection.from),
            "$target" => design
                .connections
                .get(self.bound_to(Noun::Connection)?)
                .map(|connection| connection.to),
            "$store" => design
                .data
                .get(self.bound_to(Noun::Entity)?)
                .and_then(|entity| entity.store),
            _ => None,
        }
    }

    /// Where the innermost subject stands.
    #[must_use]
    pub fn place(&self) -> Place {
        match self.bound.subject {
            Some((noun, at)) => noun.place(self, at),
            None => Place::Design,
        }
    }
}
