//! How far the rules and mentors agree, and mentors among themselves, so that a mentor can tune a rubric.
//!
//! Knows what counts as a rating; the coefficients are in files of their own. What cannot be told from so few ratings, or
//! from ratings that do not differ, is not stated.

mod alpha;
mod kappa;
mod mentors;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use mentors::{AmongMentors, Pair};

use super::{Assessment, Finding, round};
use crate::catalog::Catalog;
use crate::model::{Severity, Step};
use crate::notation::review::{Decision, Gone, Review};

/// Ratings below which no coefficient is stated.
pub const FEWEST: usize = 10;

/// None and the severities: the categories of a rating, in order.
const CATEGORIES: usize = Severity::ALL.len() + 1;

/// A review with what the rules say of its design.
#[derive(Clone, Copy, Debug)]
pub struct Reviewed<'a> {
    /// The position of the design among all; two can be called the same.
    pub at: usize,
    /// What the design is called.
    pub design: &'a str,
    /// Who reviewed it.
    pub mentor: &'a str,
    /// What the rules say.
    pub assessment: &'a Assessment,
    /// What the mentor says.
    pub review: &'a Review,
    /// Whether the design is still as the review last saw it.
    pub is_current: bool,
}

/// A coefficient with the bounds of its 95% confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The coefficient: 1 is full agreement, 0 what chance would give.
    pub value: f64,
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// Why a coefficient is not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unstated {
    /// There are fewer than [`FEWEST`] ratings.
    Few,
    /// One side says the same of all.
    OneSided,
}

impl Unstated {
    /// In words.
    #[must_use]
    pub fn reason(self) -> String {
        match self {
            Self::Few => format!("fewer than {FEWEST}"),
            Self::OneSided => "a side that says the same of all".to_owned(),
        }
    }

    /// The word in reports for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Few => "few",
            Self::OneSided => "one-sided",
        }
    }
}

/// Something that the rules and a mentor both rated; nothing where they find nothing wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The design.
    pub design: String,
    /// The mentor.
    pub mentor: String,
    /// The rule; none for what no rule was made for.
    pub rule: Option<String>,
    /// What it is about.
    pub about: Vec<String>,
    /// Whose marks it moves; none where the rule does not exist any more.
    pub step: Option<Step>,
    /// How grave the rules call it.
    pub engine: Option<Severity>,
    /// How grave the mentor calls it.
    pub word: Option<Severity>,
    /// The mentor's reason.
    pub reason: String,
}

/// How far ratings agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// The ratings.
    pub ratings: usize,
    /// Those in which either side finds something.
    pub found: usize,
    /// Those that are the same.
    pub agreed: usize,
    /// Those in which the rules are graver than the mentor.
    pub graver: usize,
    /// Those in which they are milder.
    pub milder: usize,
    /// The quadratic weighted kappa.
    pub kappa: Result<Measured, Unstated>,
}

/// A rule that mentors disagreed with.
#[derive(Clone, Debug, PartialEq)]
pub struct Disputed {
    /// The rule; none for what no rule was made for.
    pub rule: Option<String>,
    /// The squared distances between both sides, in severities, added up.
    pub distance: usize,
    /// What was rated otherwise, the farthest apart first.
    pub cases: Vec<Rated>,
}

/// How marks of the rules and of mentors lie to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// The step; none for the whole.
    pub step: Option<Step>,
    /// The designs with a mark by a mentor, each mentor's apart.
    pub marks: usize,
    /// The mean of the rules' marks, in percent; none without marks.
    pub engine: Option<f64>,
    /// The mean of the mentors' marks, in percent.
    pub mentors: Option<f64>,
    /// The intraclass correlation, for absolute agreement.
    pub correlation: Result<f64, Unstated>,
}

/// How far the rules and mentors agree on some designs.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The designs with a review.
    pub designs: usize,
    /// The mentors, by name.
    pub mentors: Vec<String>,
    /// Findings that no mentor's word is given on yet; they count for nothing.
    pub undecided: usize,
    /// All ratings.
    pub whole: Tally,
    /// Those of each step.
    pub steps: Vec<(Step, Tally)>,
    /// Those of each rule, by id.
    pub rules: Vec<(String, Tally)>,
    /// What is disputed, the most first.
    pub disputed: Vec<Disputed>,
    /// The marks, for the whole and for each step.
    pub marks: Vec<Marks>,
    /// Between mentors; none where nobody reviewed the same design as somebody else.
    pub among: Option<AmongMentors>,
}

impl Agreement {
    /// Computes the agreement of reviews with what the rules say.
    #[must_use]
    pub fn of(reviews: &[Reviewed<'_>], catalog: &Catalog) -> Self {
        let rated: Vec<Rated> = reviews.iter().flat_map(|one| rated(one, catalog)).collect();
        let designs: BTreeSet<usize> = reviews.iter().map(|one| one.at).collect();
        let mentors: BTreeSet<&str> = reviews.iter().map(|one| one.mentor).collect();
        let of_step = |step: &Step| {
            let of_step = rated.iter().filter(|one| one.step == Some(*step));
            (*step, tally(of_step))
        };
        let mut rules: BTreeMap<&String, Vec<&Rated>> = BTreeMap::new();
        for one in &rated {
            if let Some(rule) = &one.rule {
                rules.entry(rule).or_default().push(one);
            }
        }
        let of_rule = |(rule, of): (&String, Vec<&Rated>)| (rule.clone(), tally(of.into_iter()));
        let steps = Step::ALL.iter().copied().map(Some);
        Self {
            designs: designs.len(),
            mentors: mentors.into_iter().map(str::to_owned).collect(),
            undecided: reviews.iter().map(|one| one.review.undecided()).sum(),
            whole: tally(rated.iter()),
            steps: Step::ALL.iter().map(of_step).collect(),
            rules: rules.into_iter().map(of_rule).collect(),
            disputed: disputed(&rated),
            marks: std::iter::once(None)
                .chain(steps)
                .map(|step| marks(reviews, step))
                .collect(),
            among: mentors::among(reviews),
        }
    }
}

/// The rank of a rating: 0 is none.
pub(super) fn rank(severity: Option<Severity>) -> usize {
    let position = |severity| Severity::ALL.iter().position(|one| *one == severity);
    severity.and_then(position).map_or(0, |at| at + 1)
}

fn tally<'r>(ratings: impl Iterator<Item = &'r Rated>) -> Tally {
    let pairs = ratings.map(|one| (rank(one.engine), rank(one.word)));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    let number = |is: fn(&(usize, usize)) -> bool| pairs.iter().filter(|pair| is(pair)).count();
    Tally {
        ratings: pairs.len(),
        found: number(|pair| *pair != (0, 0)),
        agreed: number(|(engine, word)| engine == word),
        graver: number(|(engine, word)| engine > word),
        milder: number(|(engine, word)| engine < word),
        kappa: kappa::kappa(&pairs, CATEGORIES, kappa::quadratic),
    }
}

/// Everything that both rated: what was decided on, what the mentor added, and, where the mentor has said everything, the
/// rules that both find nothing wrong by.
fn rated(reviewed: &Reviewed<'_>, catalog: &Catalog) -> Vec<Rated> {
    let findings = reviewed.assessment.findings.iter();
    let now: BTreeMap<String, &Finding> = findings
        .map(|finding| (finding.fingerprint(), finding))
        .collect();
    let new = |rule: Option<&String>, step: Option<Step>| Rated {
        design: reviewed.design.to_owned(),
        mentor: reviewed.mentor.to_owned(),
        rule: rule.cloned(),
        about: Vec::new(),
        step,
        engine: None,
        word: None,
        reason: String::new(),
    };
    let decided = reviewed.review.findings.iter().filter_map(|decision| {
        let word = decision.word()?;
        let found = now.get(&decision.found.fingerprint).copied();
        let engine = engine(decision, found, reviewed.is_current)?;
        let rule = &decision.found.rule;
        let step = found.map(|finding| finding.step);
        let step = step.or_else(|| catalog.rule(rule).map(|rule| rule.step));
        Some(Rated {
            about: decision.found.about.clone(),
            engine,
            word,
            reason: decision.reason.clone(),
            ..new(Some(rule), step)
        })
    });
    let added = reviewed.review.added.iter().map(|added| Rated {
        about: added
            .about
            .component
            .iter()
            .map(|id| id.value.clone())
            .collect(),
        word: Some(added.severity),
        reason: added.message.clone(),
        ..new(
            added.rule.as_ref().map(|rule| &rule.value),
            Some(added.step),
        )
    });
    let mut rated: Vec<Rated> = decided.chain(added).collect();
    if reviewed.review.complete {
        let silent = silent(reviewed, &rated);
        rated.extend(
            silent
                .into_iter()
                .map(|(rule, step)| new(Some(rule), Some(step))),
        );
    }
    rated
}

/// How grave the rules call something now; nothing where that says nothing of the rules: the design accepts it, or is
/// another one than the mentor decided on.
#[expect(
    clippy::option_option,
    reason = "not rated is other than rated as none"
)]
fn engine(
    decision: &Decision,
    found: Option<&Finding>,
    is_current: bool,
) -> Option<Option<Severity>> {
    match found {
        Some(finding) if finding.allowed.is_some() => None,
        Some(finding) => Some(Some(finding.severity)),
        None if decision.gone == Some(Gone::Design) || !is_current => None,
        None => Some(None),
    }
}

/// The rules that apply, found nothing, and were not named by the mentor.
fn silent<'a>(reviewed: &Reviewed<'a>, rated: &[Rated]) -> Vec<(&'a String, Step)> {
    let findings = reviewed.assessment.findings.iter();
    let found: BTreeSet<&String> = findings.map(|finding| &finding.rule).collect();
    let named: BTreeSet<&String> = rated.iter().filter_map(|one| one.rule.as_ref()).collect();
    let steps = reviewed.assessment.score.steps.iter();
    let rules = steps.flat_map(|step| step.rules.iter().map(|rule| (&rule.rule, step.step)));
    let rules = rules.filter(|(rule, _)| !found.contains(rule) && !named.contains(rule));
    rules.collect()
}

fn disputed(rated: &[Rated]) -> Vec<Disputed> {
    let distance = |one: &Rated| rank(one.engine).abs_diff(rank(one.word)).pow(2);
    let mut rules: BTreeMap<Option<&String>, Vec<Rated>> = BTreeMap::new();
    for one in rated.iter().filter(|one| one.engine != one.word) {
        rules
            .entry(one.rule.as_ref())
            .or_default()
            .push(one.clone());
    }
    let of_rule = |(rule, mut cases): (Option<&String>, Vec<Rated>)| {
        cases.sort_by_key(|one| std::cmp::Reverse(distance(one)));
        Disputed {
            rule: rule.cloned(),
            distance: cases.iter().map(distance).sum(),
            cases,
        }
    };
    let mut disputed: Vec<Disputed> = rules.into_iter().map(of_rule).collect();
    disputed.sort_by_key(|one| std::cmp::Reverse((one.distance, one.cases.len())));
    disputed
}

fn marks(reviews: &[Reviewed<'_>], step: Option<Step>) -> Marks {
    let pairs = reviews.iter().filter_map(|one| {
        let score = &one.assessment.score;
        let Some(step) = step else {
            return Some(vec![score.percent, one.review.overall?]);
        };
        Some(vec![score.percent_of(step)?, *one.review.marks.get(&step)?])
    });
    let pairs: Vec<Vec<f64>> = pairs.collect();
    let mean = |at: usize| {
        let sum: f64 = pairs.iter().filter_map(|pair| pair.get(at)).sum();
        (!pairs.is_empty()).then(|| round(sum / kappa::count(pairs.len()), 1))
    };
    Marks {
        step,
        marks: pairs.len(),
        engine: mean(0),
        mentors: mean(1),
        correlation: alpha::icc(&pairs, FEWEST),
    }
}
