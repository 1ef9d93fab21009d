//! What a condition is asked in: a subject, the knowledge that rules share, the problem, the level, and what `for_each`
//! has bound.
//!
//! Knows everything that a rule may ask; answers nothing by itself.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::concept::{self, Concepts, Language};
use super::condition::Condition;
use super::figure::{self, FigureFact, Figures};
use super::finder::{Finder, Finders, Start};
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
    /// How the wordings of concepts begin.
    pub finders: Finders,
}

/// What is computed once for a design, at the first question that needs it.
#[derive(Debug, Default)]
pub struct Memo {
    passages: OnceCell<Vec<Passage>>,
    /// For each concept that the rules for the problem ask for, by its number.
    mentions: OnceCell<Vec<Mentions>>,
    /// For each concept, where any other is asked for.
    all_mentions: OnceCell<Vec<Mentions>>,
    figures: OnceCell<Vec<FigureFact>>,
    analyses: Findings,
}

/// Where a concept is mentioned.
#[derive(Debug)]
struct Mentions {
    /// Where a mention can begin.
    candidates: Vec<Start>,
    /// The passages that mention it and mean it, by position; found when a rule asks.
    meant: OnceCell<Vec<usize>>,
}

impl Mentions {
    const fn among(candidates: Vec<Start>) -> Self {
        Self {
            candidates,
            meant: OnceCell::new(),
        }
    }
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
    pub fn mentions(&self, concept: &str) -> &'s [usize] {
        let (concepts, finders) = (&self.knowledge.concepts, &self.knowledge.finders);
        let problem = self.problem.map(|problem| problem.id.as_str());
        let usual = finders.usual(problem, concepts);
        if let Some(number) = usual.number(concept) {
            return self.found(usual, number, &self.memo.mentions, concept);
        }
        let all = finders.all(concepts);
        match all.number(concept) {
            Some(number) => self.found(all, number, &self.memo.all_mentions, concept),
            None => &[],
        }
    }

    /// The same for the concept with a number.
    fn found(
        &self,
        finder: &Finder,
        number: usize,
        memo: &'s OnceCell<Vec<Mentions>>,
        concept: &str,
    ) -> &'s [usize] {
        let all = memo.get_or_init(|| {
            let candidates = finder.candidates(self.passages());
            candidates.into_iter().map(Mentions::among).collect()
        });
        let mentions = all.get(number);
        mentions.map_or(&[], |mentions| self.meant(concept, mentions))
    }

    /// The passages that mention a concept, among those that can.
    fn meant(&self, concept: &str, mentions: &'s Mentions) -> &'s [usize] {
        if mentions.candidates.is_empty() {
            return &[];
        }
        mentions.meant.get_or_init(|| {
            let Some(concept) = self.knowledge.concepts.0.get(concept) else {
                return Vec::new();
            };
            let language = &self.knowledge.language;
            let in_one = mentions.candidates.chunk_by(|a, b| a.passage == b.passage);
            let meant = in_one.filter_map(|starts| {
                let at = starts.first()?.passage;
                let passage = self.passages().get(at)?;
                let text = &passage.plain;
                let clauses = || passage.clauses.get_or_init(|| language.clauses(text));
                concept::means_at(concept, text, starts, clauses).then_some(at)
            });
            meant.collect()
        })
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
