//! Lines that meet or turn at dots: what they come to is arrows between boxes.
//!
//! Knows lines and dots; knows no places.

use std::collections::BTreeMap;

use super::diagram::Heads;
use super::label::Label;

/// Arrows that lines which meet come to at most.
const MOST: usize = 100;

/// A line between boxes and dots, as their positions.
#[derive(Clone, Debug)]
pub(super) struct Bent {
    /// The line as drawn, or the last of those that it is made of.
    pub of: usize,
    pub from: usize,
    pub to: usize,
    pub heads: Heads,
    pub is_dashed: bool,
    pub label: Label,
}

/// An end of lines that meet: what is there, whether they have a head there, and by which of them.
type Tip = (usize, bool, usize);

/// The lines with those that meet at dots as arrows from box to box.
pub(super) fn straightened(lines: &[Bent], is_dot: impl Fn(usize) -> bool) -> Vec<Bent> {
    let groups = groups(lines, &is_dot);
    let mut tips: BTreeMap<usize, Vec<Tip>> = BTreeMap::new();
    let mut straight = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let at_start = matches!(line.heads, Heads::Start | Heads::Both);
        let at_end = matches!(line.heads, Heads::End | Heads::Both);
        let group = |dot: usize| groups.get(&dot).copied().unwrap_or(dot);
        match (is_dot(line.from), is_dot(line.to)) {
            (false, false) => straight.push(line.clone()),
            (true, true) => {}
            (false, true) => {
                let tip = (line.from, at_start, number);
                tips.entry(group(line.to)).or_default().push(tip);
            }
            (true, false) => {
                let tip = (line.to, at_end, number);
                tips.entry(group(line.from)).or_default().push(tip);
            }
        }
    }
    for tips in tips.values() {
        straight.extend(joined(tips, lines));
    }
    straight
}

/// Of each dot, the one that stands for all with which it is joined.
fn groups(lines: &[Bent], is_dot: impl Fn(usize) -> bool) -> BTreeMap<usize, usize> {
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for line in lines {
        if is_dot(line.from) && is_dot(line.to) {
            beside.entry(line.from).or_default().push(line.to);
            beside.entry(line.to).or_default().push(line.from);
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
fn joined(tips: &[Tip], lines: &[Bent]) -> Vec<Bent> {
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
        let (first, last) = (lines.get(from.2)?, lines.get(to.2)?);
        let mut line = last.clone();
        (line.from, line.to) = (from.0, to.0);
        line.is_dashed |= first.is_dashed;
        line.heads = Heads::of(from.1, to.1);
        if line.label.is_empty() {
            line.label = first.label.clone();
        }
        Some(line)
    });
    joined.take(MOST).collect()
}
