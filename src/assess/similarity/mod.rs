//! Designs of different people that are near-identical: who drew the same graph whatever it is called, and who says the same
//! things in the same words. A hint to look at both, and no verdict.
//!
//! How much two designs share is a share of marks: of the drawing, by the colours that refinement gives to components
//! (Weisfeiler and Leman 1968; as features of graphs in Shervashidze et al., JMLR 12, 2011), and of the text, by runs of words
//! (Broder 1997; Schleimer, Wilkerson and Aiken, SIGMOD 2003). What was given to everybody counts nothing, and a mark that
//! others of the class have too counts the less, the more they are.
//!
//! Knows designs and whose they are; knows no rules, no points and no lines.

mod marks;
mod shared;
mod words;

pub use shared::{Common, Phrase, Same};

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Design;

/// Marks that more people than this have are nobody's own: they count nothing.
const COMMON: usize = 100;

/// A class is taken to be of so many people at least.
const SMALL: usize = 6;

/// Marks of a sort that are kept of a design, at most: those with the least hashes, which are as good as a sample.
const MOST_MARKS: usize = 4096;

/// The share of marks from which on drawings are near-identical.
const LIKE_DRAWINGS: f64 = 0.5;

/// The share of marks from which on texts are.
const LIKE_TEXTS: f64 = 0.4;

/// From these shares on, two designs are that are alike in both.
const LIKE_BOTH: [f64; 2] = [0.35, 0.3];

/// What is weighed below these is too little to be told from chance, whatever the share: marks of the drawing, of the text.
const LEAST: [f64; 2] = [30.0, 20.0];

/// A design that was handed in, and the number of the person who did.
#[derive(Clone, Copy, Debug)]
pub struct Handed<'a> {
    /// The design.
    pub design: &'a Design,
    /// Whose it is: a person's own attempts are not compared.
    pub person: usize,
}

/// What everybody was given, which is no likeness where two have it: the problem, a skeleton, references, a handout.
#[derive(Clone, Debug, Default)]
pub struct Given {
    drawn: BTreeSet<u64>,
    said: BTreeSet<u64>,
}

impl Given {
    /// Takes in a text, in whatever form.
    pub fn text(&mut self, text: &str) {
        self.said.extend(words::runs_of(text));
    }

    /// Takes in a design.
    pub fn design(&mut self, design: &Design) {
        self.drawn.extend(marks::marks(design));
        self.said.extend(words::marks(design));
    }
}

/// How alike two designs are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The position of the first in the class.
    pub first: usize,
    /// That of the second.
    pub second: usize,
    /// The share of marks of both drawings that they have in common, weighed; 0 to 1.
    pub drawing: f64,
    /// The share of the marks of the lesser text that both have, weighed; 0 to 1.
    pub text: f64,
    /// What both have, weighed: marks of the drawing, of the text.
    pub weight: [f64; 2],
}

impl Likeness {
    /// Whether two people should hardly have come to it apart.
    #[must_use]
    pub fn is_near(&self) -> bool {
        let [drawn, said] = self.weight;
        let [least_drawn, least_said] = LEAST;
        let [drawing, text] = LIKE_BOTH;
        let drawn = drawn >= least_drawn;
        let said = said >= least_said;
        drawn && self.drawing >= LIKE_DRAWINGS
            || said && self.text >= LIKE_TEXTS
            || drawn && said && self.drawing >= drawing && self.text >= text
    }

    /// What pairs are ordered by.
    #[must_use]
    pub fn rank(&self) -> f64 {
        self.drawing + self.text
    }
}

/// Designs of one problem, ready to be compared.
pub struct Class<'a> {
    designs: &'a [Handed<'a>],
    drawn: Index,
    said: Index,
    given: &'a Given,
}

impl<'a> Class<'a> {
    /// Takes the marks of all designs.
    #[must_use]
    pub fn of(designs: &'a [Handed<'a>], given: &'a Given) -> Self {
        let people: Vec<usize> = designs.iter().map(|one| one.person).collect();
        let marks = |of: fn(&Design) -> Vec<u64>, given| {
            let marks: Vec<Vec<u64>> = designs.iter().map(|one| of(one.design)).collect();
            Index::of(&marks, &people, given)
        };
        Self {
            designs,
            drawn: marks(marks::marks, &given.drawn),
            said: marks(words::marks, &given.said),
            given,
        }
    }

    /// For each two people that have marks in common, their two designs that are most alike; the most alike first.
    #[must_use]
    pub fn pairs(&self) -> Vec<Likeness> {
        let mut best: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
        for (first, one) in self.designs.iter().enumerate() {
            let (drawings, texts) = (self.drawn.shared(first), self.said.shared(first));
            let others = self.designs.iter().enumerate().skip(first + 1);
            for (second, other) in others.filter(|(_, other)| other.person != one.person) {
                let shared = [at(&drawings, second), at(&texts, second)];
                let Some(likeness) = self.likeness(first, second, shared) else {
                    continue;
                };
                let people = (one.person.min(other.person), one.person.max(other.person));
                let known = best.entry(people).or_insert(likeness);
                if likeness.rank() > known.rank() {
                    *known = likeness;
                }
            }
        }
        let mut all: Vec<Likeness> = best.into_values().collect();
        all.sort_by(|one, other| {
            let by_rank = other.rank().total_cmp(&one.rank());
            by_rank.then((one.first, one.second).cmp(&(other.first, other.second)))
        });
        all
    }

    /// How alike two designs are that share something.
    fn likeness(&self, first: usize, second: usize, shared: [Shared; 2]) -> Option<Likeness> {
        let [drawing, text] = shared;
        (drawing.weight > 0.0 || text.weight > 0.0).then(|| Likeness {
            first,
            second,
            drawing: self.drawn.of_both(first, second, drawing),
            text: self.said.of_lesser(first, second, text),
            weight: [drawing.weight, text.weight],
        })
    }

    /// What two designs have in common.
    #[must_use]
    pub fn common(&self, first: usize, second: usize) -> Common {
        let designs = [first, second].map(|at| self.designs.get(at).map(|one| one.design));
        let [Some(one), Some(other)] = designs else {
            return Common::default();
        };
        shared::common(one, other, &|mark| {
            !self.given.said.contains(&mark) && self.said.is_rare(mark)
        })
    }
}

fn at(all: &[Shared], at: usize) -> Shared {
    all.get(at).copied().unwrap_or_default()
}

/// What two designs share: the weight of their common marks, and what these would weigh if but one of them had them.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    weight: f64,
    alone: f64,
}

/// The marks of a class, and who has them.
struct Index {
    /// How many people there are.
    class: usize,
    /// The marks, in order.
    known: Vec<u64>,
    /// For each design the positions of its marks among `holders`.
    marks: Vec<Vec<usize>>,
    /// For each mark the designs that have it, in order.
    holders: Vec<Vec<usize>>,
    /// For each mark the number of people who have it.
    people: Vec<usize>,
    /// The number of people whose mark is worth telling of two of them.
    rare: usize,
    /// What the marks of each design weigh beside a design that has none of them.
    whole: Vec<f64>,
}

impl Index {
    fn of(class: &[Vec<u64>], people: &[usize], given: &BTreeSet<u64>) -> Self {
        let mut by_mark: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (at, marks) in class.iter().enumerate() {
            for mark in marks.iter().filter(|mark| !given.contains(mark)) {
                by_mark.entry(*mark).or_default().push(at);
            }
        }
        let count = |holders: &Vec<usize>| {
            let holders = holders.iter().filter_map(|at| people.get(*at));
            holders.collect::<BTreeSet<_>>().len()
        };
        let everybody = people.iter().collect::<BTreeSet<_>>().len();
        let mut index = Self {
            class: everybody,
            known: Vec::new(),
            rare: 2 + everybody / 10,
            marks: vec![Vec::new(); class.len()],
            holders: Vec::new(),
            people: Vec::new(),
            whole: vec![0.0; class.len()],
        };
        for (mark, holders) in by_mark {
            let count = count(&holders);
            if count > COMMON {
                continue;
            }
            for at in &holders {
                if let (Some(marks), Some(whole)) =
                    (index.marks.get_mut(*at), index.whole.get_mut(*at))
                {
                    marks.push(index.holders.len());
                    *whole += weight(count + 1, everybody);
                }
            }
            index.known.push(mark);
            index.holders.push(holders);
            index.people.push(count);
        }
        index
    }

    /// Whether but few people have a mark.
    fn is_rare(&self, mark: u64) -> bool {
        let at = self.known.binary_search(&mark).ok();
        let people = at.and_then(|at| self.people.get(at));
        people.is_some_and(|people| *people <= self.rare)
    }

    /// What a design shares with each that stands behind it.
    fn shared(&self, first: usize) -> Vec<Shared> {
        let mut shared = vec![Shared::default(); self.marks.len()];
        for mark in self.marks.get(first).into_iter().flatten() {
            let (Some(holders), Some(people)) = (self.holders.get(*mark), self.people.get(*mark))
            else {
                continue;
            };
            for second in holders.iter().rev().take_while(|second| **second > first) {
                if let Some(shared) = shared.get_mut(*second) {
                    shared.weight += weight(*people, self.class);
                    shared.alone += weight(people + 1, self.class);
                }
            }
        }
        shared
    }

    /// The marks that two designs share of all that they have.
    fn of_both(&self, first: usize, second: usize, shared: Shared) -> f64 {
        let own = self.own(first, shared) + self.own(second, shared);
        ratio(shared.weight, own + shared.weight)
    }

    /// The marks that two designs share of all that the lesser has.
    fn of_lesser(&self, first: usize, second: usize, shared: Shared) -> f64 {
        let own = self.own(first, shared).min(self.own(second, shared));
        ratio(shared.weight, own + shared.weight)
    }

    /// What a design has alone.
    fn own(&self, at: usize, shared: Shared) -> f64 {
        let whole = self.whole.get(at).copied().unwrap_or(0.0);
        (whole - shared.alone).max(0.0)
    }
}

/// The weight of a mark that so many of a class have, as inverse document frequency (Spärck Jones 1972): 1 where two have it,
/// 0 where all have. In a small class it is not told what is common: none counts for less than six.
fn weight(people: usize, class: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let class = number(class.max(SMALL));
    let weight = (class / number(people.max(2))).ln() / (class / 2.0).ln();
    weight.max(0.0)
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The marks with the least hashes, in order and each once.
fn fewest(mut marks: Vec<u64>) -> Vec<u64> {
    marks.sort_unstable();
    marks.dedup();
    marks.truncate(MOST_MARKS);
    marks
}

/// A hash that is the same in every run.
fn hash<T: std::hash::Hash + ?Sized>(thing: &T) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}
