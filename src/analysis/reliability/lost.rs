//! What can be lost, and which losses take a part down.
//!
//! Knows instances, the zones they stand in, and how many are needed; knows no structure and no probability.

use std::collections::BTreeMap;

/// How a part can be lost, for cut sets: it is down when fewer than `needed` of its instances are up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number of its variable in the structure.
    pub variable: usize,
    /// Its instances by failure domain.
    pub up: Vec<Place>,
    /// How many of them must be up.
    pub needed: u64,
}

/// Instances of a part that stand in one place. They are interchangeable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The zone that is lost as a whole. None: they stand in no zone that can be lost.
    pub zone: Option<usize>,
    /// How many they are.
    pub instances: u64,
}

/// One thing lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// One instance of a part.
    Instance {
        /// The variable of the part.
        variable: usize,
        /// Where the instance stood.
        zone: Option<usize>,
    },
    /// All instances in a zone, of every part.
    Zone(usize),
}

/// Multisets of losses, each sorted.
pub(super) type Family = Vec<Vec<Loss>>;

/// A loss that takes instances of a part, and how often it can happen.
#[derive(Clone, Copy)]
struct Choice {
    loss: Loss,
    takes: u128,
    times: u128,
}

impl Part {
    /// Whether enough instances are up after losses.
    pub(super) fn is_up_after(&self, lost: &[Loss]) -> bool {
        let left: u128 = self
            .places()
            .into_iter()
            .map(|(zone, instances)| {
                let whole = zone.is_some_and(|zone| lost.contains(&Loss::Zone(zone)));
                let one = self.instance(zone);
                let single = lost.iter().filter(|loss| **loss == one).count();
                let single = u128::try_from(single).unwrap_or(u128::MAX);
                if whole {
                    0
                } else {
                    instances.saturating_sub(single)
                }
            })
            .sum();
        left >= u128::from(self.needed)
    }

    /// The minimal multisets of at most `order` losses that take it down. None if the steps left are too few; they are
    /// taken from `steps`.
    pub(super) fn minimal_losses(&self, order: usize, steps: &mut usize) -> Option<Family> {
        let all: u128 = self.places().values().sum();
        let needed = u128::from(self.needed);
        if all < needed {
            return Some(vec![Vec::new()]);
        }
        if needed == 0 {
            return Some(Vec::new());
        }
        grow(&self.choices(), all - needed + 1, order, steps)
    }

    fn places(&self) -> BTreeMap<Option<usize>, u128> {
        let mut places = BTreeMap::new();
        for place in self.up.iter().filter(|place| place.instances > 0) {
            *places.entry(place.zone).or_insert(0) += u128::from(place.instances);
        }
        places
    }

    fn instance(&self, zone: Option<usize>) -> Loss {
        Loss::Instance {
            variable: self.variable,
            zone,
        }
    }

    /// What can be lost of it, in order.
    fn choices(&self) -> Vec<Choice> {
        let places = self.places();
        let single = places.iter().map(|(&zone, &instances)| Choice {
            loss: self.instance(zone),
            takes: 1,
            times: instances,
        });
        let whole = places.iter().filter_map(|(zone, &instances)| {
            Some(Choice {
                loss: Loss::Zone((*zone)?),
                takes: instances,
                times: 1,
            })
        });
        single.chain(whole).collect()
    }
}

/// Losses that do not take enough yet.
#[derive(Clone, Default)]
struct Partial {
    chosen: Vec<Choice>,
    next: usize,
    taken: u128,
}

/// The minimal multisets that take `enough` instances, by adding one loss after the other in order. What is enough is not
/// added to: every proper part of a minimal multiset is too little.
fn grow(choices: &[Choice], enough: u128, order: usize, steps: &mut usize) -> Option<Family> {
    let largest = choices.iter().map(|choice| choice.takes).max().unwrap_or(0);
    let mut found = Vec::new();
    let mut open = vec![Partial::default()];
    while let Some(partial) = open.pop() {
        let room = order.saturating_sub(partial.chosen.len());
        let reach = largest.saturating_mul(u128::try_from(room).unwrap_or(u128::MAX));
        if partial.taken.saturating_add(reach) < enough {
            continue;
        }
        for (number, choice) in choices.iter().enumerate().skip(partial.next) {
            *steps = steps.checked_sub(1)?;
            if !partial.admits(choice) {
                continue;
            }
            let grown = partial.with(number, *choice);
            if grown.taken < enough {
                open.push(grown);
            } else if grown.is_minimal(enough) {
                found.push(grown.chosen.iter().map(|choice| choice.loss).collect());
            }
        }
    }
    Some(found)
}

impl Partial {
    /// Whether a loss can be added: instances that are left, in a zone that is.
    fn admits(&self, choice: &Choice) -> bool {
        let same = self
            .chosen
            .iter()
            .filter(|chosen| chosen.loss == choice.loss);
        let times = u128::try_from(same.count()).unwrap_or(u128::MAX);
        let is_gone = |chosen: &Choice| match (chosen.loss, choice.loss) {
            (Loss::Instance { zone, .. }, Loss::Zone(lost)) => zone == Some(lost),
            _ => false, // zones come behind instances
        };
        times < choice.times && !self.chosen.iter().any(is_gone)
    }

    fn with(&self, number: usize, choice: Choice) -> Self {
        let mut chosen = self.chosen.clone();
        chosen.push(choice);
        Self {
            chosen,
            next: number,
            taken: self.taken + choice.takes,
        }
    }

    /// Whether it would be too little without the loss that takes least.
    fn is_minimal(&self, enough: u128) -> bool {
        let least = self.chosen.iter().map(|choice| choice.takes).min();
        self.taken - least.unwrap_or(0) < enough
    }
}
