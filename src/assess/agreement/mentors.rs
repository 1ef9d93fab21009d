//! How far mentors agree among themselves, on the designs that several of them reviewed.
//!
//! Knows reviews; the rules have no say here.

use std::collections::{BTreeMap, BTreeSet};

use super::{CATEGORIES, Measured, Reviewed, Unstated, alpha, kappa, rank, round};
use crate::notation::review::Gone;

/// Two mentors.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
    /// Findings that both decided on.
    pub ratings: usize,
    /// Those that both rate the same.
    pub agreed: usize,
    /// The quadratic weighted kappa.
    pub kappa: Result<Measured, Unstated>,
    /// Marks that both gave, for the whole or a step of a design.
    pub marks: usize,
    /// How much higher the marks of the second are in the mean, in percent; none without marks.
    pub difference: Option<f64>,
}

/// All mentors.
#[derive(Clone, Debug, PartialEq)]
pub struct AmongMentors {
    /// Each two who reviewed the same design.
    pub pairs: Vec<Pair>,
    /// Findings that two or more decided on.
    pub ratings: usize,
    /// Krippendorff's alpha of these, with squared distances of severities.
    pub alpha: Result<f64, Unstated>,
    /// Marks that two or more gave.
    pub marks: usize,
    /// Krippendorff's alpha of these.
    pub alpha_of_marks: Result<f64, Unstated>,
}

/// What each mentor says of each thing, by what it is.
type Said<'a, T> = BTreeMap<(usize, String), BTreeMap<&'a str, T>>;

/// How far mentors agree; none where nobody reviewed what somebody else did.
pub(super) fn among(reviews: &[Reviewed<'_>]) -> Option<AmongMentors> {
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (at, one) in reviews.iter().enumerate() {
        let others = reviews.iter().skip(at + 1);
        for other in others.filter(|other| other.at == one.at) {
            let (first, second) = (one.mentor.min(other.mentor), one.mentor.max(other.mentor));
            pairs.insert((first, second));
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let (ratings, marks) = (ratings(reviews), marks(reviews));
    let of_ratings = units(&ratings, |rank| kappa::count(*rank));
    let of_marks = units(&marks, |mark| *mark);
    let pair = |(one, other): (&str, &str)| pair(one, other, &ratings, &marks);
    Some(AmongMentors {
        pairs: pairs.into_iter().map(pair).collect(),
        ratings: of_ratings.len(),
        alpha: alpha::alpha(&of_ratings, alpha::squared),
        marks: of_marks.len(),
        alpha_of_marks: alpha::alpha(&of_marks, alpha::squared),
    })
}

/// What several mentors speak of, each with all that is said of it.
fn units<T>(said: &Said<'_, T>, number: fn(&T) -> f64) -> Vec<Vec<f64>> {
    let several = said.values().filter(|by| by.len() > 1);
    several
        .map(|by| by.values().map(number).collect())
        .collect()
}

/// The rank of each decision.
fn ratings<'a>(reviews: &[Reviewed<'a>]) -> Said<'a, usize> {
    let mut said = Said::new();
    for one in reviews {
        for decision in &one.review.findings {
            let Some(word) = decision
                .word()
                .filter(|_| decision.gone != Some(Gone::Design))
            else {
                continue;
            };
            let of = (one.at, decision.found.fingerprint.clone());
            let all = said.entry(of).or_default();
            all.insert(one.mentor, rank(word));
        }
    }
    said
}

fn marks<'a>(reviews: &[Reviewed<'a>]) -> Said<'a, f64> {
    let mut said = Said::new();
    for one in reviews {
        let steps = one.review.marks.iter();
        let steps = steps.map(|(step, mark)| (step.word(), *mark));
        let overall = one.review.overall.map(|mark| ("overall", mark));
        for (what, mark) in overall.into_iter().chain(steps) {
            let all = said.entry((one.at, what.to_owned())).or_default();
            all.insert(one.mentor, mark);
        }
    }
    said
}

fn pair(one: &str, other: &str, ratings: &Said<'_, usize>, marks: &Said<'_, f64>) -> Pair {
    let (ratings, marks) = (both(ratings, one, other), both(marks, one, other));
    let sum: f64 = marks.iter().map(|(one, other)| other - one).sum();
    let mean = || round(sum / kappa::count(marks.len()), 1);
    Pair {
        one: one.to_owned(),
        other: other.to_owned(),
        ratings: ratings.len(),
        agreed: ratings.iter().filter(|(one, other)| one == other).count(),
        kappa: kappa::kappa(&ratings, CATEGORIES, kappa::quadratic),
        marks: marks.len(),
        difference: (!marks.is_empty()).then(mean),
    }
}

/// What two say of the same things.
fn both<T: Copy>(said: &Said<'_, T>, one: &str, other: &str) -> Vec<(T, T)> {
    let both = said
        .values()
        .map(|by| Some((*by.get(one)?, *by.get(other)?)));
    both.flatten().collect()
}
