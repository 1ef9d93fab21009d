//! Minimal cut sets: which losses stop a structure.
//!
//! Knows structures and what can be lost; knows no probability.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::groups;
use super::lost::{Family, Loss, Part};
use super::multisets::{Multiset, join, minimal};
use super::reduction::reduced;
use super::structure::{Gate, Structure};

/// How many multisets may be looked at in all: well below a second.
const MOST_WORK: usize = 1_000_000;

/// How many losses may be tried to find what takes down the parts.
const MOST_LOSSES: usize = 500_000;

/// How many gates and connections may be looked at to make sure of cuts where not all were found.
const MOST_CHECKING: usize = 5_000_000;

/// What stops a structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Multisets of losses that stop it while none of their proper parts does, each sorted: losing two instances of one
    /// part in one zone lists the same loss twice. By length, then by loss.
    pub minimal: Vec<Vec<Loss>>,
    /// Whether these are all within the order. Those listed are minimal in any case.
    pub complete: bool,
}

/// The minimal cuts of at most `order` losses, where no gate has more than `most` of them. A variable without a part can't
/// be lost; of several parts with one variable the last counts.
///
/// By gates (MOCUS: Fussell & Vesely, *A new methodology for obtaining cut sets for fault trees*, 1972): a conjunction
/// fails with any gate below, alternatives with all of them; what contains another set or exceeds the order is dropped. As
/// failing is the complement of a least fixed point, gates in cycles start from failing always and lose what does not hold.
pub fn minimal_cuts(structure: &Structure, parts: &[Part], order: usize, most: usize) -> Cuts {
    let gates = reduced(structure);
    let mut search = Search::new(&gates, parts, order, most);
    for group in groups(&gates) {
        search.solve(&group);
    }
    let found = search.named(search.families.first());
    if search.complete {
        return Cuts {
            minimal: found,
            complete: true,
        };
    }
    let single = search.names.iter().map(|loss| vec![*loss]);
    Cuts {
        minimal: checked(&gates, parts, order, single.chain(found)),
        complete: false,
    }
}

struct Search<'g> {
    gates: &'g [Gate],
    order: usize,
    most: usize,
    /// All losses in order: multisets speak of their places, which are ordered alike.
    names: Vec<Loss>,
    /// What takes down each variable.
    variables: BTreeMap<usize, Vec<Multiset>>,
    /// What stops each gate, as far as known.
    families: Vec<Vec<Multiset>>,
    work: usize,
    complete: bool,
}

impl<'g> Search<'g> {
    fn new(gates: &'g [Gate], parts: &[Part], order: usize, most: usize) -> Self {
        let mut search = Self {
            gates,
            order,
            most,
            names: Vec::new(),
            variables: BTreeMap::new(),
            families: vec![vec![Vec::new()]; gates.len()],
            work: MOST_WORK,
            complete: true,
        };
        let lost = search.lost(parts);
        let names: BTreeSet<Loss> = lost.values().flatten().flatten().copied().collect();
        search.names = names.into_iter().collect();
        for (variable, family) in lost {
            let numbered = family.iter().map(|losses| search.numbered(losses));
            let family = minimal(numbered.collect());
            let family = search.limited(family);
            search.variables.insert(variable, family);
        }
        search
    }

    /// What takes down each variable of the structure that can be lost.
    fn lost(&mut self, parts: &[Part]) -> BTreeMap<usize, Family> {
        let parts: BTreeMap<usize, &Part> =
            parts.iter().map(|part| (part.variable, part)).collect();
        let mut lost = BTreeMap::new();
        let mut steps = MOST_LOSSES;
        for gate in self.gates {
            let Gate::Up(variable) = gate else { continue };
            let Some(part) = parts.get(variable) else {
                continue;
            };
            let family = part.minimal_losses(self.order, &mut steps);
            self.complete &= family.is_some();
            lost.insert(*variable, family.unwrap_or_default());
        }
        lost
    }

    fn numbered(&self, losses: &[Loss]) -> Multiset {
        let number = |loss: &Loss| self.names.binary_search(loss).ok();
        losses.iter().filter_map(number).collect()
    }

    fn named(&self, family: Option<&Vec<Multiset>>) -> Family {
        let name = |number: &usize| self.names.get(*number).copied();
        let named = |set: &Multiset| set.iter().filter_map(name).collect();
        family.into_iter().flatten().map(named).collect()
    }

    /// Takes work from what is left. Whether it sufficed.
    fn spend(&mut self, work: usize) -> bool {
        self.work = self.work.saturating_sub(work);
        self.complete &= self.work > 0;
        self.work > 0
    }

    /// The first sets of a family, no more than allowed.
    fn limited(&mut self, mut family: Vec<Multiset>) -> Vec<Multiset> {
        self.complete &= family.len() <= self.most;
        family.truncate(self.most);
        family
    }

    /// Solves gates that ask for each other, in both directions by turns until nothing changes.
    fn solve(&mut self, group: &[usize]) {
        if let [gate] = group {
            // One that asks for itself too: what stops it if it works by nothing but the others.
            self.refresh(*gate);
            return;
        }
        loop {
            let mut changed = false;
            for &gate in group.iter().rev().chain(group) {
                changed |= self.refresh(gate);
            }
            if !changed || self.work == 0 {
                return;
            }
        }
    }

    /// Computes a gate from what is known of those below. Whether that changed it.
    fn refresh(&mut self, number: usize) -> bool {
        if !self.spend(1) {
            return false;
        }
        let family = match self.gates.get(number) {
            Some(Gate::Up(variable)) => self.variables.get(variable).cloned().unwrap_or_default(),
            Some(Gate::All(below)) => self.union(below),
            Some(Gate::Any(below)) => self.product(below),
            None => return false,
        };
        let family = self.limited(family);
        match self.families.get_mut(number) {
            Some(known) if *known != family => {
                *known = family;
                true
            }
            _ => false,
        }
    }

    fn family(&self, gate: usize) -> &[Multiset] {
        self.families.get(gate).map_or(&[], Vec::as_slice)
    }

    /// What stops any of the gates.
    fn union(&mut self, below: &[usize]) -> Vec<Multiset> {
        let mut union = Vec::new();
        for &gate in below {
            if !self.spend(1 + self.family(gate).len()) {
                break;
            }
            union.extend_from_slice(self.family(gate));
        }
        minimal(union)
    }

    /// What stops all of the gates. Those with few sets come first, for a product stays empty once it is.
    fn product(&mut self, below: &[usize]) -> Vec<Multiset> {
        let mut below = below.to_vec();
        below.sort_by_key(|gate| self.family(*gate).len());
        let mut product = vec![Vec::new()];
        for gate in below {
            let pairs = product.len().saturating_mul(self.family(gate).len());
            if product.is_empty() || !self.spend(1 + pairs) {
                break;
            }
            product = self.joined(&product, gate);
        }
        product
    }

    fn joined(&mut self, product: &[Multiset], gate: usize) -> Vec<Multiset> {
        let family = self.family(gate);
        let pairs = product.iter().flat_map(|one| {
            let with = |other: &Multiset| join(one, other, self.order);
            family.iter().filter_map(with)
        });
        let joined = minimal(pairs.collect());
        self.limited(joined)
    }
}

/// The minimal cuts among multisets of losses that may be neither, as far as can be afforded.
fn checked(
    gates: &[Gate],
    parts: &[Part],
    order: usize,
    candidates: impl Iterator<Item = Vec<Loss>>,
) -> Vec<Vec<Loss>> {
    let structure = Structure {
        gates: gates.to_vec(),
        root: 0,
    };
    let parts: BTreeMap<usize, &Part> = parts.iter().map(|part| (part.variable, part)).collect();
    let stops = |lost: &[Loss]| {
        let is_up = |variable: usize| {
            parts
                .get(&variable)
                .is_none_or(|part| part.is_up_after(lost))
        };
        !structure.works(&is_up)
    };
    let connections: usize = gates.iter().map(|gate| gate.below().len()).sum();
    let each = (gates.len() + connections).saturating_mul(order.saturating_add(2));
    let affordable = MOST_CHECKING / each;
    let mut cuts: Vec<Vec<Loss>> = candidates
        .filter(|lost| lost.len() <= order)
        .take(affordable.max(1))
        .filter(|lost| stops(lost))
        .map(|lost| without_idle(lost, &stops))
        .collect();
    cuts.sort_unstable_by(|one, other| one.len().cmp(&other.len()).then_with(|| one.cmp(other)));
    cuts.dedup();
    cuts
}

/// A minimal cut inside a cut: without each loss that is not needed.
fn without_idle(mut lost: Vec<Loss>, stops: &dyn Fn(&[Loss]) -> bool) -> Vec<Loss> {
    for place in (0..lost.len()).rev() {
        let mut fewer = lost.clone();
        fewer.remove(place);
        if stops(&fewer) {
            lost = fewer;
        }
    }
    lost
}
