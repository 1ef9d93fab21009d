//! Which kinds, technologies, concepts, figures, rules and problems there are: the embedded ones, overlaid by the user's.
//!
//! Knows folders by their place in the tree; is given texts and opens no file.

mod asked;
mod drills;
mod embedded;
mod formulas;
mod late;
mod load;
mod pages;
mod scoring;
mod search;
mod tutorial;
mod usual;
mod words;

pub use drills::{DRILL_FILE, DrillFile, Need, SmallDesign};
pub use embedded::{EMBEDDED, embedded_for, embedded_text, is_embedded};
pub use load::{Loaded, is_content, load};
pub use pages::{Fit, PAGE_FILE, Page, Pages};
pub use scoring::{Band, SCORING, Scoring};
pub use search::Found;
pub use tutorial::{Lesson, TUTORIAL_FILE, Tutorial};
pub use usual::RANGE;
pub use words::{KIND_FILE, TECHNOLOGY, TECHNOLOGY_FILE};

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use asked::Lists;

use crate::model::{Level, Step, spelling};
use crate::notation::yaml::{self, Node};
use crate::rubric::{Knowledge, Problem, Rule, RuleReader, Talk};
use crate::source::Issues;
use late::Late;

/// Everything that judging needs.
#[derive(Debug, Default)]
pub struct Catalog {
    /// What rules share.
    pub knowledge: Knowledge,
    /// The rules: general ones first, then those of problems, in the order of their files.
    pub rules: Vec<Rule>,
    /// How rules add up.
    pub scoring: Scoring,
    /// The problems, by slug.
    pub problems: Vec<Problem>,
    talk: Late<Talk>,
    drills: Late<DrillFile>,
    tutorial: Late<Option<Tutorial>>,
    /// The quick reference.
    pub pages: Pages,
    /// Designs that answer a problem well, each in its own way.
    pub references: Vec<Reference>,
    /// Which of the rules are asked of which designs, noted at the first question: rules are not changed after that.
    asked: OnceLock<Lists>,
}

/// A design that answers a problem well, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The slug of the problem.
    pub problem: String,
    /// What it is called among those of its problem.
    pub name: String,
    /// The design file.
    pub text: Cow<'static, str>,
}

impl Catalog {
    /// What is embedded in the program, read when first asked for.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load(EMBEDDED, &[]).catalog);
        &CATALOG
    }

    /// The words of a talk, whatever it is about; read when first asked for.
    pub fn talk(&self) -> &Talk {
        self.talk.get(|texts| {
            let mut last = Talk::default();
            self.each_of(texts, |node, reader| {
                if let Some(talk) = reader.talk_file(node) {
                    last = talk;
                }
            });
            last
        })
    }

    /// What short drills ask beside what is made from all this; read when first asked for.
    pub fn drills(&self) -> &DrillFile {
        self.drills.get(|texts| {
            let mut drills = DrillFile::default();
            self.each_of(texts, |node, reader| drills.read(node, reader));
            drills
        })
    }

    /// The tutorial; read when first asked for.
    pub fn tutorial(&self) -> Option<&Tutorial> {
        let tutorial = self.tutorial.get(|texts| {
            let mut last = None;
            self.each_of(texts, |node, reader| {
                last = tutorial::read(node, reader).or(last.take());
            });
            last
        });
        tutorial.as_ref()
    }

    /// Reads texts whose mistakes were told before.
    fn each_of(
        &self,
        texts: &[Cow<'static, str>],
        mut read: impl FnMut(&Node<'_>, &mut RuleReader<'_>),
    ) {
        for text in texts {
            let mut issues = Issues::default();
            if let Some(node) = yaml::parse(text, &load::LIMITS, &mut issues) {
                let vocabulary = &self.knowledge.vocabulary;
                read(&node, &mut RuleReader::new(vocabulary, &mut issues, false));
            }
        }
    }

    /// The problem with a slug, that of the tutorial included.
    #[must_use]
    pub fn problem(&self, slug: &str) -> Option<&Problem> {
        let known = self.problems.iter().find(|problem| problem.id == slug);
        let toy = || {
            let toy = self.tutorial().map(|tutorial| &tutorial.problem);
            toy.filter(|problem| problem.id == slug)
        };
        known.or_else(toy)
    }

    /// What was perhaps meant by a slug that no problem has.
    #[must_use]
    pub fn problem_meant(&self, slug: &str) -> Option<String> {
        let known: Vec<&str> = self
            .problems
            .iter()
            .map(|problem| problem.id.as_str())
            .collect();
        spelling::did_you_mean(slug, &known)
    }

    /// The rule with an id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The rules that can apply to a design: those of its problem and of its level, without the general ones that a rule of
    /// the problem replaces.
    pub fn rules_for(&self, problem: Option<&str>, level: Level) -> impl Iterator<Item = &Rule> {
        let lists = self.asked.get_or_init(|| Lists::of(&self.rules));
        let list = lists.list(&self.rules, problem, level);
        list.iter().filter_map(|at| self.rules.get(*at))
    }

    /// The minutes of a step of a problem.
    #[must_use]
    pub fn minutes(&self, problem: &Problem, step: Step) -> u64 {
        let of = |minutes: &[(Step, u64)]| {
            minutes
                .iter()
                .find(|(other, _)| *other == step)
                .map(|(_, minutes)| *minutes)
        };
        of(&problem.minutes)
            .or_else(|| of(&self.scoring.minutes))
            .unwrap_or(8)
    }
}
