//! Lines that meet or turn at dots: what they come to is arrows between boxes.
//!
//! Knows edges and dots; knows no places.

use std::collections::BTreeMap;

use super::sheet::{Role, Sheet};
use super::ways::Way;
use crate::notation::foreign::diagram::Heads;

/// Arrows that lines which meet come to at most.
const MOST: usize = 100;

/// An end of lines that meet: what is there, whether they have a head there, and by which of them.
type Tip = (usize, bool, usize);

/// The edges with those that meet at dots as arrows from box to box.
pub(super) fn straightened(sheet: &Sheet<'_>, ways: &[Way]) -> Vec<Way> {
    let is_bend = |at: usize| sheet.get(at).is_some_and(|one| one.role == Role::Bend);
    let groups = groups(ways, is_bend);
    let mut tips: BTreeMap<usize, Vec<Tip>> = BTreeMap::new();
    let mut straight = Vec::new();
    for (number, way) in ways.iter().enumerate() {
        let at_start = matches!(way.heads, Heads::Start | Heads::Both);
        let at_end = matches!(way.heads, Heads::End | Heads::Both);
        let group = |bend: usize| groups.get(&bend).copied().unwrap_or(bend);
        match (is_bend(way.from), is_bend(way.to)) {
            (false, false) => straight.push(way.clone()),
            (true, true) => {}
            (false, true) => {
                let tip = (way.from, at_start, number);
                tips.entry(group(way.to)).or_default().push(tip);
            }
            (true, false) => {
                let tip = (way.to, at_end, number);
                tips.entry(group(way.from)).or_default().push(tip);
            }
        }
    }
    for tips in tips.values() {
        straight.extend(joined(tips, ways));
    }
    straight
}

/// Of each dot, the one that stands for all with which it is joined.
fn groups(ways: &[Way], is_bend: impl Fn(usize) -> bool) -> BTreeMap<usize, usize> {
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for way in ways {
        if is_bend(way.from) && is_bend(way.to) {
            beside.entry(way.from).or_default().push(way.to);
            beside.entry(way.to).or_default().push(way.from);
        }
    }
    let mut groups = BTreeMap::new();
    for first in beside.keys() {
        let mut open = vec![*first];
        while let Some(at) = open.pop() {
            if groups.contains_key(&at) {
                continue;
            }
            groups.insert(at, *first);
            open.extend(beside.get(&at).into_iter().flatten());
        }
    }
    groups
}

/// The arrows between the ends of lines that meet: from those without a head to those with one.
fn joined(tips: &[Tip], ways: &[Way]) -> Vec<Way> {
    let (heads, tails): (Vec<&Tip>, Vec<&Tip>) = tips.iter().partition(|tip| tip.1);
    let is_directed = !heads.is_empty() && !tails.is_empty();
    let (from, to) = if is_directed {
        (tails, heads)
    } else {
        (tips.iter().collect(), tips.iter().collect())
    };
    let pairs = from
        .iter()
        .flat_map(|from| to.iter().map(move |to| (from, to)));
    let pairs = pairs.filter(|(from, to)| from.0 != to.0 && (is_directed || from.2 < to.2));
    let joined = pairs.filter_map(|(from, to)| {
        let (first, last) = (ways.get(from.2)?, ways.get(to.2)?);
        let mut way = last.clone();
        (way.from, way.to) = (from.0, to.0);
        way.is_dashed |= first.is_dashed;
        way.heads = Heads::of(from.1, to.1);
        if way.label.is_empty() {
            way.label = first.label.clone();
        }
        Some(way)
    });
    joined.take(MOST).collect()
}
