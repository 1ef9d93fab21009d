//! What attacks leave of a design, in words and as keys of the JSON report.
//!
//! Knows words; computes nothing.

use serde::Serialize;

use crate::analysis::{Blow, Fate};
use crate::assess::Attacked;
use crate::model::Quantity;
use crate::model::quantity::Style;
use crate::model::spelling::enumerated;

/// What is left of a flow.
#[must_use]
pub fn fate_in_words(fate: &Fate) -> String {
    let factor = |value: f64| Style::Factor.show(Quantity::number(value));
    match fate {
        Fate::Stands => "works as before".to_owned(),
        Fate::Degraded => "works, with a part of it gone".to_owned(),
        Fate::Overloaded {
            component,
            share,
            at_least,
            full_at,
            before,
        } => {
            let (least, by) = if *at_least {
                ("at least ", "by")
            } else {
                ("", "at")
            };
            let full = full_at.map_or_else(String::new, |at| format!(", full {by} {}", factor(at)));
            let when = if *before {
                " at its peak without that, too"
            } else {
                ""
            };
            format!(
                "fails{when}: {component} gets {least}{} of what it serves{full}",
                factor(*share)
            )
        }
        Fate::Open(facts) if facts.is_empty() => "can't be told from what is stated".to_owned(),
        Fate::Open(facts) => format!("can't be told: {} not stated", by_sort(facts)),
        Fate::Down(parts) if parts.is_empty() => "down".to_owned(),
        Fate::Down(parts) => format!("down, for want of {}", enumerated(parts)),
    }
}

/// An attack in a line: whether the design survives it, and which flows do not.
#[must_use]
pub fn attack_in_words(attacked: &Attacked) -> String {
    let Some(blows) = &attacked.blows else {
        return "no target is drawn any more".to_owned();
    };
    let lost = alike(blows.iter().filter(|blow| !blow.fate.is_survived()));
    let mut lost: Vec<String> = lost
        .iter()
        .map(|(fate, flows)| match flows.as_slice() {
            [flow] => format!("{flow} {fate}"),
            _ => format!("{} {}", enumerated(flows), several(fate)),
        })
        .collect();
    let more = lost.len().saturating_sub(MOST_FATES);
    lost.truncate(MOST_FATES);
    lost.extend((more > 0).then(|| format!("and {more} more")));
    match (lost.is_empty(), is_untold(blows)) {
        (true, _) => "survived".to_owned(),
        (false, true) => format!("open: {}", lost.join("; ")),
        (false, false) => format!("not survived: {}", lost.join("; ")),
    }
}

/// How a flow fares, of several.
fn several(fate: &str) -> String {
    match fate.strip_prefix("fails at its peak") {
        Some(rest) => format!("fail at their peak{rest}"),
        None => fate.replacen("fails:", "fail:", 1),
    }
}

/// So many fates of flows are told of an attack.
const MOST_FATES: usize = 3;

/// The flows that fare alike, with how they fare.
fn alike<'b>(blows: impl Iterator<Item = &'b Blow>) -> Vec<(String, Vec<&'b str>)> {
    grouped(blows.map(|blow| (fate_in_words(&blow.fate), blow.flow.as_str())))
}

/// What comes under each key, the keys in the order in which they come first.
fn grouped<K: PartialEq, T>(pairs: impl Iterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut all: Vec<(K, Vec<T>)> = Vec::new();
    for (key, one) in pairs {
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, ones)) => ones.push(one),
            None => all.push((key, vec![one])),
        }
    }
    all
}

/// So many names are told of a sort of facts, and one more where it is the last.
const MOST_NAMES: usize = 3;

/// The first of several names, and how many more there are.
fn first_of(names: &[&str]) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    if more < 2 {
        return enumerated(names);
    }
    let first: Vec<&str> = names.iter().take(MOST_NAMES).copied().collect();
    format!("{} and {more} more", first.join(", "))
}

/// Facts with what they are of, each sort of fact once: "replicas of a and b; zones of a".
fn by_sort(facts: &[String]) -> String {
    let sorts = facts
        .iter()
        .map(|fact| fact.split_once(" of ").unwrap_or((fact, "")));
    let sorts = grouped(sorts);
    let sorts = sorts.iter().map(|(sort, of)| match of.as_slice() {
        [""] => (*sort).to_owned(),
        of => format!("{sort} of {}", first_of(of)),
    });
    sorts.collect::<Vec<_>>().join("; ")
}

/// Whether all that is not survived can't be told.
#[must_use]
pub fn is_untold(blows: &[Blow]) -> bool {
    let mut lost = blows.iter().filter(|blow| !blow.fate.is_survived());
    lost.all(|blow| matches!(blow.fate, Fate::Open(_)))
}

/// How many of the attacks are survived, and of how many that can't be told: "1 of 3 survived, 2 open".
#[must_use]
pub fn survived_of(attacks: &[Attacked]) -> String {
    let survived = attacks.iter().filter(|attack| attack.is_survived()).count();
    let untold = |attack: &&Attacked| {
        let mut blows = attack.blows.iter();
        !attack.is_survived() && blows.any(|blows| is_untold(blows))
    };
    let open = match attacks.iter().filter(untold).count() {
        0 => String::new(),
        open => format!(", {open} open"),
    };
    format!("{survived} of {} survived{open}", attacks.len())
}

/// An attack of the JSON report.
#[derive(Debug, Serialize)]
pub(super) struct AttackView<'a> {
    attack: &'a str,
    survived: bool,
    summary: String,
    flows: Vec<BlowView<'a>>,
}

#[derive(Debug, Serialize)]
struct BlowView<'a> {
    flow: &'a str,
    fate: &'static str,
    text: String,
}

/// The attacks as keys.
pub(super) fn views(attacks: &[Attacked]) -> Vec<AttackView<'_>> {
    attacks.iter().map(view).collect()
}

fn view(attacked: &Attacked) -> AttackView<'_> {
    AttackView {
        attack: &attacked.order,
        survived: attacked.is_survived(),
        summary: attack_in_words(attacked),
        flows: attacked.blows.iter().flatten().map(blow).collect(),
    }
}

fn blow(blow: &Blow) -> BlowView<'_> {
    BlowView {
        flow: &blow.flow,
        fate: blow.fate.word(),
        text: fate_in_words(&blow.fate),
    }
}
