//! Sums that are understood by what they are said to come to: what falls to each of several, bytes told from billions, and a rate
//! told by another time.
//!
//! Knows amounts and a claim; knows no name.

use super::amounts::{Amount, is_one_of};
use super::numbers::{before_b, in_bytes};
use super::sum::{REACH, Sum};
use super::sums::is_rounded;
use crate::model::Figure;
use crate::model::quantity::Dimension;

/// How many of a time are usual in a sum, and that time in several: 365 of what comes in a day are days.
const CALENDAR: &[(&str, &[&str], &str)] = &[
    ("second", &["60", "3600", "86400"], "seconds"),
    ("minute", &["60", "1440"], "minutes"),
    ("hour", &["24"], "hours"),
    ("day", &["7", "30", "31", "90", "180", "365", "366"], "days"),
    ("week", &["52"], "weeks"),
    ("month", &["12"], "months"),
];

/// Words before those that something falls upon.
const SPREADING: &str = "over across among between on";

impl Sum<'_, '_> {
    /// The sum that is meant by what it comes to, where the words alone say another.
    pub(super) fn by_claim(&self) -> Option<Self> {
        self.spread()
            .or_else(|| self.in_bytes())
            .or_else(|| self.as_first())
    }

    /// "36 GB per day times 365": a number of days, by what comes in one and by what is said to come of it.
    pub(super) fn by_calendar(&self) -> Option<Self> {
        let value = self.value()?.quantity.dimension;
        let whole = Dimension {
            time: value.time + 1,
            ..value
        };
        let claimed = self
            .claim
            .as_ref()
            .map(|claim| claim.figure.quantity.dimension);
        if value.time >= 0 || claimed.is_some_and(|claimed| claimed != whole) {
            return None;
        }
        let timed = self.amounts.iter().find_map(|amount| {
            let (_, time) = amount.text.rsplit_once('/')?;
            let one = Figure::parse(&format!("1 {}", time.trim())).ok()?.quantity;
            let is_one = |(unit, _, _): &&(&str, &[&str], &str)| {
                Figure::parse(&format!("1 {unit}")).is_ok_and(|unit| unit.quantity == one)
            };
            CALENDAR.iter().find(is_one)
        });
        let (_, numbers, several) = timed?;
        let counts = |amount: &&Amount| amount.noun.is_none() && numbers.contains(&&*amount.text);
        let number = &self.amounts.iter().skip(1).find(counts)?.text;
        let factor = format!(" * {number}");
        let mut found = self.text.match_indices(&factor);
        let (at, _) = found.find(|(at, _)| {
            let behind = self.text.get(at + factor.len()..).unwrap_or_default();
            behind.is_empty() || behind.starts_with(' ')
        })?;
        let mut text = self.text.clone();
        text.insert_str(at + factor.len(), &format!(" {several}"));
        Figure::parse(&text).is_ok().then(|| Self {
            text,
            ..self.clone()
        })
    }

    /// "1M/s over 50 gateways is 20k each": what falls to each of several.
    fn spread(&self) -> Option<Self> {
        let ([first], Some(claim)) = (self.amounts.as_slice(), &self.claim) else {
            return None;
        };
        let sentence = self.sentence;
        let near = first.words.end..=first.words.end + REACH;
        let mut near = near.take_while(|at| !sentence.ends_clause(at - 1));
        let over = near.find(|at| is_one_of(&sentence.word(*at), SPREADING))?;
        let several = self.amount_behind(over)?;
        let text = format!("{} / {}", first.text, several.text);
        let (value, claimed) = (Figure::parse(&text).ok()?, &claim.figure);
        let is_it = |claimed: &Figure| is_rounded(value.quantity.value, claimed.quantity.value);
        // "20k each" of what comes in a second are as many in a second.
        let by_time = || {
            let (_, time) = first.text.rsplit_once('/')?;
            Figure::parse(&format!("{} / {}", claim.text, time.trim())).ok()
        };
        let is_several = several.noun.is_some()
            && several.figure.quantity.dimension == Dimension::NUMBER
            && (is_it(claimed) || by_time().is_some_and(|claimed| is_it(&claimed)));
        is_several.then(|| Self {
            text,
            end: several.words.end,
            amounts: vec![first.clone(), several],
            has_words: true,
            ..self.clone()
        })
    }

    /// "100M keys times 64B is 6.4 GB": by what it comes to, the last `B` are bytes.
    fn in_bytes(&self) -> Option<Self> {
        let claimed = self.claim.as_ref()?.figure.quantity.dimension;
        let number = self
            .amounts
            .iter()
            .rev()
            .find(|amount| before_b(&amount.text).is_some())?;
        let size = in_bytes(before_b(&number.text)?);
        let at = self.text.rfind(&number.text)?;
        let mut text = self.text.clone();
        text.replace_range(at..at + number.text.len(), &size);
        let figure = Figure::parse(&text).ok()?;
        let is_size = claimed.size != 0 && self.value()?.quantity.dimension.size == 0;
        (is_size && figure.quantity.dimension.size == claimed.size && self.amounts.len() > 1).then(
            || Self {
                text,
                ..self.clone()
            },
        )
    }

    /// "20M rides per day / 86400 = 230/s" is the first amount by another time.
    fn as_first(&self) -> Option<Self> {
        let (first, claim) = (self.amounts.first()?, self.claim.as_ref()?);
        let (one, claimed) = (first.figure.quantity, claim.figure.quantity);
        let is_same = |value: f64| is_rounded(value, claimed.value);
        let is_it = self.amounts.len() > 1
            && one.dimension == Dimension::RATE
            && claimed.dimension == one.dimension
            && is_same(one.value)
            && !is_same(self.value()?.quantity.value);
        is_it.then(|| Self {
            text: first.text.clone(),
            end: first.words.end,
            amounts: vec![first.clone()],
            ..self.clone()
        })
    }
}
