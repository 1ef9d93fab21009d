//! The interviewer breaks things: picks what hurts this design most, shows what is left of each journey, and strikes again
//! after every repair.
//!
//! Knows attacks and their words; what they do is computed by the analyses. In an exam nothing is shown before the end.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::agenda::{Asked, Question};
use crate::analysis::assumption;
use crate::analysis::{Attack, Blow, Fate, Key, LOADS, Sort, attacks, strike, survived};
use crate::assess::{self, Attacked};
use crate::coach::dice;
use crate::coach::reply::{Listing, Reply};
use crate::coach::session::Session;
use crate::model::spelling::enumerated;
use crate::model::{Attribute, Design, Quality, Step};
use crate::report::{attack_in_words, fate_in_words, is_untold, survived_of};

/// An attack, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::coach) struct Strike {
    /// The change as people write it.
    pub order: String,
    /// What it left of each flow when it struck first; empty before.
    pub first: Vec<Blow>,
    /// What it left when it struck last.
    pub last: Vec<Blow>,
}

impl Strike {
    /// Whether all that was not survived when it struck last can't be told.
    pub fn is_open(&self) -> bool {
        is_untold(&self.last)
    }
}

/// So many attacks; the rest of the step is for questions that words answer.
const MOST_ATTACKS: usize = 3;

/// The attacks that hurt this design most, one of a sort; among those that hurt alike the seed decides.
pub(super) fn plan(session: &Session<'_>) -> Vec<Question> {
    let all = assess::ask(&session.state.design, session.catalog, None, |asked| {
        attacks(&asked.scene.study())
    });
    let seed = session.options.seed;
    let mut worst: BTreeMap<Sort, Attack> = BTreeMap::new();
    let worth = |attack: &Attack| {
        let hurt = (attack.worst(), attack.damage());
        (
            hurt,
            Reverse(load_first(attack)),
            dice::roll(seed, &attack.order),
        )
    };
    for attack in all.into_iter().filter(|attack| !attack.blows.is_empty()) {
        let known = worst.get(&attack.sort);
        if known.is_none_or(|known| worth(known) < worth(&attack)) {
            worst.insert(attack.sort, attack);
        }
    }
    let mut chosen: Vec<Attack> = worst.into_values().collect();
    chosen.sort_by_key(|attack| (attack.is_survived(), dice::roll(seed, &attack.order)));
    chosen.truncate(MOST_ATTACKS);
    chosen
        .iter()
        .enumerate()
        .map(|(at, attack)| question(at + 1, attack))
        .collect()
}

/// Of two loads that break alike, the smaller says more.
fn load_first(attack: &Attack) -> usize {
    attack.order.len()
}

fn question(number: usize, attack: &Attack) -> Question {
    // Words of the topic are words of the candidate's file: what is struck must not be heard as their answer.
    let topic = format!("attack {number}");
    Question {
        strike: Some(Strike {
            order: attack.order.clone(),
            first: Vec::new(),
            last: Vec::new(),
        }),
        ..Question::new(topic, Step::Scale, announcement(attack))
    }
}

/// What is said when it strikes.
fn announcement(attack: &Attack) -> String {
    let what = attack.order.split(' ').nth(1).unwrap_or_default();
    match attack.sort {
        Sort::Machine => {
            let id = what.trim_end_matches("=1");
            format!("One machine of `{id}` dies at your peak, the one that leads if any does.")
        }
        Sort::Whole => format!("`{what}` is gone at your peak, all of it."),
        Sort::Zone => {
            let zone = what.replace(':', " ");
            format!("All of {zone} goes dark at your peak.")
        }
        Sort::Load => format!("The load grows to {what} of what you stated, on every journey."),
    }
}

/// The attacks that were made, as the design file keeps them.
pub(in crate::coach) fn orders(session: &Session<'_>) -> Vec<String> {
    let questions = session.state.questions.iter();
    let strikes = questions.filter(|question| question.asked != Asked::Waiting);
    strikes
        .filter_map(|question| Some(question.strike.as_ref()?.order.clone()))
        .collect()
}

/// After the interview: how the design fares under the attacks now, and how it fared when they struck first.
pub(in crate::coach) fn fared(session: &Session<'_>, attacks: &[Attacked]) -> Option<Listing> {
    let questions = session.state.questions.iter();
    let strikes: Vec<&Strike> = questions
        .filter_map(|question| question.strike.as_ref())
        .collect();
    let row = |attacked: &Attacked| {
        let now = attack_in_words(attacked);
        let first = strikes.iter().find(|strike| strike.order == attacked.order);
        let fallen = first.is_some_and(|strike| !survived(&strike.first));
        let gone = first.map(|strike| gone(&strike.first, attacked.blows.as_deref()));
        let gone = gone.unwrap_or_default();
        let text = match (fallen, attacked.is_survived()) {
            _ if !gone.is_empty() => {
                format!("{now}, but {} is not stated any more", enumerated(&gone))
            }
            (true, true) => "repaired, and survived when it struck again".to_owned(),
            (false, false) if attacked.blows.is_some() => {
                format!("survived at first, and then no more; {now}")
            }
            _ => now,
        };
        (attacked.order.clone(), text)
    };
    let rows: Vec<_> = attacks.iter().map(row).collect();
    let title = format!("Attacks: {}", survived_of(attacks));
    (!rows.is_empty()).then(|| Listing::new(title, rows))
}

/// The flows that were struck first and are not stated any more: to drop a journey is no repair.
fn gone(first: &[Blow], now: Option<&[Blow]>) -> Vec<String> {
    let now = now.unwrap_or_default();
    let is_gone = |blow: &&Blow| !now.iter().any(|other| other.flow == blow.flow);
    let gone = first.iter().filter(is_gone);
    gone.map(|blow| blow.flow.clone()).collect()
}

/// A component goes by another name: what strikes it goes along.
pub(in crate::coach) fn renamed(session: &mut Session<'_>, old: &str, new: &str) {
    let questions = session.state.questions.iter_mut();
    for strike in questions.filter_map(|question| question.strike.as_mut()) {
        let target = strike.order.strip_prefix("kill ");
        let rest = target.and_then(|target| target.strip_prefix(old));
        if let Some(rest @ ("" | "=1")) = rest {
            strike.order = format!("kill {new}{rest}");
        }
    }
}

/// What is said where an attack finds no target.
fn nothing_to_strike(order: &str) -> (Vec<Reply>, bool) {
    let words = format!("There is nothing left to strike: `{order}` finds no target any more.");
    (vec![Reply::Says(words)], true)
}

/// What an attack does to a design. None where what it kills is not drawn any more.
fn struck(session: &Session<'_>, design: &Design, order: &str) -> Option<Vec<Blow>> {
    assess::ask(design, session.catalog, None, |asked| {
        strike(order, &asked.scene.study()).ok()
    })
}

/// Strikes for the first time: what is left of each journey, and whether all of them survive.
pub(super) fn first(session: &mut Session<'_>, at: usize) -> Option<(Vec<Reply>, bool)> {
    let question = session.state.questions.get(at)?;
    let order = question.strike.as_ref()?.order.clone();
    let Some(blows) = struck(session, &session.state.design, &order) else {
        return Some(nothing_to_strike(&order));
    };
    let strike = session.state.questions.get_mut(at)?.strike.as_mut()?;
    strike.first.clone_from(&blows);
    strike.last.clone_from(&blows);
    if session.options.exam {
        let ask = "What happens, and what do you do about it?".to_owned();
        return Some((vec![Reply::Says(ask)], false));
    }
    let stands = survived(&blows);
    let rows = blows
        .iter()
        .map(|blow| (blow.flow.clone(), fate_in_words(&blow.fate)));
    let rows = without_repeats(rows.collect());
    let verdict = if stands {
        "Your design survives that."
    } else if is_untold(&blows) {
        "State it, and I strike again; or tell me why it may stay open. `next` leaves it."
    } else {
        "Repair it, and I strike again; or tell me why it may stay. `next` leaves it."
    };
    let mut replies = vec![Reply::listing("What is left", rows)];
    replies.extend(assumed(session, &blows));
    replies.push(Reply::Says(verdict.to_owned()));
    Some((replies, stands))
}

/// What is shorter may be said again.
const LONG: usize = 30;

/// Rows in which what was just said of another flow is not said again at length.
fn without_repeats(mut rows: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut before = String::new();
    for (_, words) in &mut rows {
        if *words == before && words.len() > LONG {
            "the same".clone_into(words);
        } else {
            before.clone_from(words);
        }
    }
    rows
}

/// Where what decides is no figure of the candidate's.
fn assumed(session: &Session<'_>, blows: &[Blow]) -> Option<Reply> {
    let design = &session.state.design;
    let id = blows.iter().find_map(|blow| match &blow.fate {
        Fate::Overloaded { component, .. } => Some(component),
        _ => None,
    })?;
    let at = design.component(id)?;
    let capacity = Attribute::Capacity;
    if design
        .components
        .get(at)?
        .attributes
        .get(capacity)
        .is_some()
    {
        return None;
    }
    let key = Key::Component(Quality::Capacity, at);
    let (usual, _) = assumption::basis(key, session.vocabulary(), design);
    let words = format!(
        "`{id}` states no capacity; {usual} for each was taken, as is usual. `set {id} capacity=...` states what one of yours serves."
    );
    Some(Reply::Note(words))
}

/// Strikes again after a change of the design: what has changed, and whether all journeys survive now.
pub(super) fn again(session: &mut Session<'_>, at: usize) -> Option<(Vec<Reply>, bool)> {
    let strike = session.state.questions.get(at)?.strike.as_ref()?;
    let (order, before) = (strike.order.clone(), strike.last.clone());
    let Some(blows) = struck(session, &session.state.design, &order) else {
        return Some(nothing_to_strike(&order));
    };
    let gone = gone(&strike.first, Some(&blows));
    session
        .state
        .questions
        .get_mut(at)?
        .strike
        .as_mut()?
        .last
        .clone_from(&blows);
    if session.options.exam {
        return None;
    }
    let stands = survived(&blows) && gone.is_empty();
    let mut rows = changed(&before, &blows);
    rows = without_repeats(rows);
    let dropped = |flow: String| (flow, "not stated any more, which is no repair".to_owned());
    rows.extend(gone.into_iter().map(dropped));
    if rows.is_empty() && !stands {
        let words = format!("`{order}` again: nothing has changed.");
        return Some((vec![Reply::Note(words)], false));
    }
    let verdict = if stands {
        "Now it survives."
    } else {
        "Not all of it stands yet."
    };
    let mut replies = vec![
        Reply::listing(format!("`{order}` again"), rows),
        Reply::Says(verdict.to_owned()),
    ];
    replies.extend(beyond(session, &order).filter(|_| stands));
    Some((replies, stands))
}

/// What a load that is survived would become at the next factor.
fn beyond(session: &Session<'_>, order: &str) -> Option<Reply> {
    let at = LOADS
        .iter()
        .position(|factor| order == format!("load {factor}"))?;
    let more = LOADS.get(at + 1)?;
    let blows = struck(session, &session.state.design, &format!("load {more}"))?;
    let fallen = blows.iter().find(|blow| !blow.fate.is_survived());
    let words = fallen.map_or_else(
        || format!("It would survive {more} as well."),
        |blow| format!("At {more} {} {}.", blow.flow, fate_in_words(&blow.fate)),
    );
    Some(Reply::Note(words))
}

/// The flows that fare otherwise now, with what was left of them before.
fn changed(before: &[Blow], now: &[Blow]) -> Vec<(String, String)> {
    let was = |flow: &str| before.iter().find(|blow| blow.flow == flow);
    let row = |blow: &Blow| {
        let was = was(&blow.flow).map(|blow| fate_in_words(&blow.fate));
        let is = fate_in_words(&blow.fate);
        match was {
            Some(was) if was == is => None,
            Some(was) => Some((blow.flow.clone(), format!("{is} (before: {was})"))),
            None => Some((blow.flow.clone(), is)),
        }
    };
    now.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::Catalog;
    use crate::coach::{Event, Line, Options};

    /// Types lines into a session; what came back is gathered.
    fn typed(exam: bool, seed: u64, lines: &[&str]) -> (Vec<Reply>, Vec<String>) {
        let catalog = Catalog::embedded();
        let options = Options {
            problem: catalog.problems.first().expect("a problem").id.clone(),
            seed,
            exam,
            untimed: true,
            ..Options::default()
        };
        let (mut session, _) = Session::begin(catalog, options).expect("a session");
        let drawn = [
            "web -> api x2 -> db:sql_db",
            "flow read = web -> api -> db kind=read rate=5000/s",
        ];
        let on = ["next step"; 6];
        let mut replies = Vec::new();
        for line in drawn.iter().chain(&on).chain(lines) {
            let line = Line::Text((*line).to_owned());
            replies.extend(session.turn(&Event {
                at: Duration::ZERO,
                line,
            }));
        }
        (replies, orders(&session))
    }

    fn titles(replies: &[Reply]) -> Vec<&str> {
        replies
            .iter()
            .filter_map(|reply| match reply {
                Reply::Listing(listing) => Some(listing.title.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn what_is_left_is_shown_at_once_and_again_after_each_repair_but_not_in_an_exam() {
        let repairs = ["set db replicas=3 zones=3", "set api replicas=90 zones=3"];
        let (replies, orders) = typed(false, 1, &repairs);
        let shown = titles(&replies);
        assert!(shown.contains(&"What is left"), "{shown:?}");
        assert!(
            shown.iter().any(|title| title.ends_with(" again")),
            "{shown:?}"
        );
        assert!(!orders.is_empty());
        let (replies, orders) = typed(true, 1, &repairs);
        assert!(titles(&replies).is_empty(), "{replies:?}");
        assert_eq!(orders.len(), 1, "an exam waits for the candidate");
    }

    #[test]
    fn a_journey_that_is_dropped_is_no_repair_and_a_new_name_no_escape() {
        let lines = ["rm read", "undo", "rename db store", "rename api front"];
        let (replies, orders) = typed(false, 4, &lines);
        let survives = replies.iter().filter(
            |reply| matches!(reply, Reply::Says(words) if words.starts_with("Now it survives")),
        );
        assert_eq!(survives.count(), 0, "{replies:?}");
        let old = |order: &&String| order.contains("db") || order.contains("api");
        assert_eq!(orders.iter().find(old), None, "{orders:?}");
    }

    #[test]
    fn the_seed_decides_what_is_struck_first() {
        let first = |seed| typed(false, seed, &[]).1;
        assert_eq!(first(4), first(4));
        let different: std::collections::BTreeSet<_> = (0..20).map(first).collect();
        assert!(different.len() > 1, "{different:?}");
    }
}
