//! What a condition is asked in: a subject, the knowledge that rules share, the problem, the level, and what `for_each`
//! has bound.
//!
//! Knows everything that a rule may ask; answers nothing by itself.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::concept::{self, Concept, Concepts, Language};
use super::condition::Condition;
use super::evidence;
use super::figure::{self, Expected, FigureFact, Figures};
use super::finder::{Finder, Finders, Start, Starts};
use super::glossary::Glossary;
use super::name::Name;
use super::noun::Noun;
use super::passage::{self, Passage, Role, Topics};
use super::problem::Problem;
use super::rule::Rule;
use super::selector::Selector;
use crate::analysis::{Findings, NOTHING, Study, Subject, Truth};
use crate::model::{Level, Place, Tech, Vocabulary};

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
    /// What answers to the interviewer's questions are recorded under.
    pub topics: Topics,
    /// Named selectors, by what they select and by name.
    pub selectors: BTreeMap<(Noun, String), Arc<Selector>>,
    /// Named conditions.
    pub conditions: BTreeMap<String, Arc<Condition>>,
    /// How the wordings of concepts begin.
    pub finders: Finders,
}

impl Knowledge {
    /// The names of the selectors of subjects of a noun, in order.
    pub fn selectors_of(&self, noun: Noun) -> impl Iterator<Item = &str> {
        let of_noun = self.selectors.keys().filter(move |(of, _)| *of == noun);
        of_noun.map(|(_, name)| name.as_str())
    }
}

/// What is computed once for a design, at the first question that needs it.
#[derive(Debug, Default)]
pub struct Memo {
    texts: OnceCell<Texts>,
    /// Of the concepts that the rules for the problem ask for.
    mentions: OnceCell<Mentions>,
    /// Of all concepts, where any other is asked for.
    all_mentions: OnceCell<Mentions>,
    figures: OnceCell<Vec<FigureFact>>,
    /// For each estimate of the problem, by position, what it should be.
    pub(super) expected: OnceCell<Vec<OnceCell<Expected>>>,
    /// For each named selector and subject whether it is selected.
    selected: OnceCell<Selected>,
    /// For each named condition whether it holds.
    held: OnceCell<Vec<Cell<Option<Truth>>>>,
    /// The technologies that each decision names in its choice.
    chosen: OnceCell<Vec<Vec<Tech>>>,
    analyses: Findings,
}

/// The texts of a design.
#[derive(Debug)]
struct Texts {
    all: Vec<Passage>,
    /// How many are read by rules; behind them stands what decisions reject.
    own: usize,
}

/// What named selectors answer of subjects, as far as somebody asked.
#[derive(Debug)]
struct Selected {
    /// How many answers each selector has room for: there are no more subjects of any noun.
    each: usize,
    answers: Vec<Cell<Option<Truth>>>,
}

/// So many letters around a mention are no more than an article: "a trie".
const ARTICLE: usize = 4;

/// Where some concepts are mentioned.
#[derive(Debug)]
struct Mentions {
    finder: Arc<Finder>,
    /// Where wordings can begin in the passages.
    starts: Starts,
    /// For each concept, by its number, where it is mentioned; found when a rule asks.
    of: Vec<OnceCell<Mentioned>>,
}

impl Mentions {
    /// What a finder finds in some texts.
    fn of<'t>(finder: Arc<Finder>, texts: impl Iterator<Item = &'t str>) -> Self {
        Self {
            starts: finder.starts(texts),
            of: vec![OnceCell::new(); finder.concepts()],
            finder,
        }
    }

    /// Where the concept with a number is mentioned.
    fn of_concept(&self, number: usize) -> Option<&Mentioned> {
        let mentioned = self.of.get(number)?.get_or_init(|| {
            let starts = self.finder.of_concept(number, &self.starts);
            let unknown = vec![Cell::new(None); starts.len()];
            Mentioned {
                starts,
                meant: unknown.clone(),
                literally: unknown,
                rejected: OnceCell::new(),
            }
        });
        Some(mentioned)
    }
}

/// Where a concept is mentioned.
#[derive(Clone, Debug)]
struct Mentioned {
    /// Where mentions can begin, passage by passage.
    starts: Vec<Start>,
    /// Whether the passage of a start mentions the concept and means it; kept with the first start of each passage and
    /// found when a rule asks.
    meant: Vec<Cell<Option<bool>>>,
    /// The same of the words of the design alone.
    literally: Vec<Cell<Option<bool>>>,
    /// The words by which decisions reject it, where none chooses it.
    rejected: OnceCell<Vec<String>>,
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
    /// Whether texts are read in the words of the design alone.
    pub literal: bool,
}

impl<'s> Scene<'s> {
    /// The same scene in which a rule is asked.
    #[must_use]
    pub const fn of(self, rule: &Rule) -> Self {
        Self {
            literal: rule.literal,
            ..self
        }
    }

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

    /// Every text of the design that can be evidence.
    #[must_use]
    pub fn passages(&self) -> &'s [Passage] {
        let texts = self.texts();
        texts.all.get(..texts.own).unwrap_or_default()
    }

    fn texts(&self) -> &'s Texts {
        self.memo.texts.get_or_init(|| {
            let design = self.subject.design;
            let mut all = passage::passages(design, &self.knowledge.topics);
            // A box that nothing joins with what users do shows nothing, whatever is written on it.
            all.retain(|it| {
                !it.component(design)
                    .is_some_and(|at| self.subject.is_apart(at))
            });
            let (language, called) = (&self.knowledge.language, self.called());
            let own = evidence::weigh(&mut all, design, language);
            for it in &mut all {
                it.reword(language, called);
            }
            Texts { all, own }
        })
    }

    /// What people call the things of the problem by other words.
    fn called(&self) -> Option<&'s Glossary> {
        self.problem.map(|problem| &problem.called)
    }

    /// A name in the words that rules know; none where it has no others.
    pub(super) fn reworded(&self, name: &str) -> Option<String> {
        if self.literal {
            return None;
        }
        let name = concept::plain(name);
        self.knowledge.language.reworded(&name, self.called())
    }

    /// The passages that mention a concept and mean it, by position.
    #[must_use]
    pub fn mentions(&self, concept: &str) -> Vec<usize> {
        let knowledge = self.knowledge;
        let number = knowledge.finders.number(concept, &knowledge.concepts);
        let is_own = |passage: &Passage| passage.role != Role::Rejected;
        let all = number.map(|number| self.said(concept, number, is_own));
        all.into_iter().flatten().collect()
    }

    /// The first of the passages to read that mentions a concept and means it.
    pub(super) fn saying(
        &self,
        concept: &Name<usize>,
        reads: impl Fn(&Passage) -> bool,
    ) -> Option<&'s Passage> {
        let knowledge = self.knowledge;
        let number = concept.meaning(|id| knowledge.finders.number(id, &knowledge.concepts));
        let at = self.said(concept.text(), *number?, reads).next()?;
        self.passages().get(at)
    }

    /// The words by which decisions reject a concept that none chooses.
    pub(super) fn rejected(&self, concept: &Name<usize>) -> &'s [String] {
        let knowledge = self.knowledge;
        let number = concept.meaning(|id| knowledge.finders.number(id, &knowledge.concepts));
        let found = number.and_then(|number| Some((*number, self.mentioned(*number)?)));
        let Some((number, mentioned)) = found else {
            return &[];
        };
        mentioned.rejected.get_or_init(|| {
            let id = concept.text();
            let in_role = |role| self.said(id, number, move |it: &Passage| it.role == role);
            let wordings = knowledge.concepts.0.get(id).map(|it| &it.wordings);
            let whole = |at: usize| {
                let own = self.texts().all.get(at).map_or("", Passage::own_words);
                let starts = mentioned.starts.iter();
                let here = starts.filter(|start| start.passage as usize == at);
                let here: Vec<Start> = here.copied().collect();
                let mut stands = concept::stands(wordings?, own, &here).into_iter();
                let range = stands.find(|range| range.len() + ARTICLE >= own.len())?;
                own.get(range).map(str::to_owned)
            };
            let words: Vec<String> = in_role(Role::Rejected).filter_map(whole).collect();
            if words.is_empty() || in_role(Role::Choice).next().is_some() {
                return Vec::new();
            }
            words
        })
    }

    /// The passages to read that mention the concept with a number and mean it, by position.
    fn said(
        &self,
        concept: &str,
        number: usize,
        reads: impl Fn(&Passage) -> bool,
    ) -> impl Iterator<Item = usize> {
        let mentioned = self.mentioned(number);
        let starts = mentioned.map_or(&[][..], |mentioned| &mentioned.starts);
        let found = OnceCell::new();
        let mut first = 0;
        let of_passages = starts.chunk_by(|a, b| a.passage == b.passage);
        of_passages.filter_map(move |starts| {
            let memo = mentioned.and_then(|mentioned| {
                let memos = if self.literal {
                    &mentioned.literally
                } else {
                    &mentioned.meant
                };
                memos.get(first)
            });
            first += starts.len();
            let at = starts.first()?.passage as usize;
            let passage = self.texts().all.get(at).filter(|passage| reads(passage))?;
            let known = memo.and_then(Cell::get);
            let is_meant = known.unwrap_or_else(|| {
                let concept = found.get_or_init(|| self.knowledge.concepts.0.get(concept));
                concept.is_some_and(|concept| self.means(concept, passage, starts))
            });
            if let Some(memo) = memo {
                memo.set(Some(is_meant));
            }
            is_meant.then_some(at)
        })
    }

    /// Where the concept with a number is mentioned.
    fn mentioned(&self, number: usize) -> Option<&'s Mentioned> {
        let (concepts, finders) = (&self.knowledge.concepts, &self.knowledge.finders);
        let texts = || self.texts().all.iter().map(|it| it.plain.as_str());
        let mut mentions = self.memo.mentions.get_or_init(|| {
            let problem = self.problem.map(|problem| problem.id.as_str());
            Mentions::of(finders.usual(problem, concepts, texts()), texts())
        });
        if !mentions.finder.asks(number) {
            let all = || Mentions::of(finders.all(concepts), texts());
            mentions = self.memo.all_mentions.get_or_init(all);
        }
        mentions.of_concept(number)
    }

    /// Whether a passage mentions a concept and means it, given where mentions can begin.
    fn means(&self, concept: &Concept, passage: &Passage, starts: &[Start]) -> bool {
        let language = &self.knowledge.language;
        let text = &passage.plain;
        let clauses = || passage.clauses.get_or_init(|| language.clauses(text));
        let read = if self.literal {
            passage.own_words()
        } else {
            text
        };
        concept::means_at(concept, read, starts, clauses) && !passage.is_against(concept)
    }

    /// Whether a subject is selected by the named selector with a number. Where nothing is bound and nobody asks what was
    /// seen, that is the same for all rules.
    pub(super) fn selected(
        &self,
        number: usize,
        subject: usize,
        select: impl FnOnce() -> Truth,
    ) -> Truth {
        let all = self.memo.selected.get_or_init(|| {
            let counts = Noun::ALL.iter().map(|noun| noun.count(self));
            let each = counts.max().unwrap_or_default();
            let answers = vec![Cell::new(None); each * self.knowledge.selectors.len()];
            Selected { each, answers }
        });
        self.once(all.answers.get(number * all.each + subject), select)
    }

    /// The same of the named condition with a number.
    pub(super) fn held(&self, number: usize, ask: impl FnOnce() -> Truth) -> Truth {
        let conditions = self.knowledge.conditions.len();
        let all = &self.memo.held;
        let all = all.get_or_init(|| vec![Cell::new(None); conditions]);
        self.once(all.get(number), ask)
    }

    fn once(&self, memo: Option<&Cell<Option<Truth>>>, ask: impl FnOnce() -> Truth) -> Truth {
        let is_same = self.bound == Bound::default() && !self.literal;
        let memo = memo.filter(|_| is_same);
        if let Some(known) = memo.and_then(Cell::get) {
            return known;
        }
        let answer = ask();
        if let Some(memo) = memo {
            memo.set(Some(answer));
        }
        answer
    }

    /// The figures that the design states, estimates first.
    #[must_use]
    pub fn figures(&self) -> &'s [FigureFact] {
        self.memo.figures.get_or_init(|| {
            figure::stated(self.subject.design, &self.knowledge.figures, self.problem)
        })
    }

    /// The technologies that a decision names in its choice.
    #[must_use]
    pub(super) fn chosen(&self, decision: usize) -> &'s [Tech] {
        let all = self.memo.chosen.get_or_init(|| {
            let decisions = self.subject.design.decisions.iter();
            let technologies = &self.subject.vocabulary.technologies;
            let named = decisions.map(|decision| technologies.named_in(&decision.choice));
            named.collect()
        });
        all.get(decision).map(Vec::as_slice).unwrap_or_default()
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
