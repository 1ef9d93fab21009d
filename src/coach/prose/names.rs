//! What an amount or a sum in a sentence may be called.
//!
//! Knows the words around amounts; knows no figure of a problem.

use std::ops::Range;

use super::amounts::{Sentence, is_one_of};
use crate::coach::figures;
use crate::model::quantity::Dimension;

/// Words between a name and its amount.
const VERBS: &str = "is are about be does for handles has holds max maximum serves takes =";

/// Words in front of a name that are none of it.
const NO_NAMES: &str = "a about also an and approximately around assume at be each every for get gives guess have i id if ill is it its let lets like make makes maybe need of ok on one our roughly say so some suppose takes that thats the then there think thus to us we well will with would are was has than means makes equals its totals which what where below under up should must can could may might they";

/// A name has no more words than this.
const MOST_WORDS: usize = 3;

/// The words of its clause before an amount, as a name: `memory` of "so memory is about 10 GB".
pub(super) fn before(sentence: &Sentence<'_>, amount: usize) -> Option<String> {
    let ends = |at: &usize| sentence.ends_clause(*at) && !sentence.ends_with(*at, ':');
    let begins = (0..amount.saturating_sub(1)).rev().find(ends);
    let begins = begins.map_or(0, |at| at + 1);
    let words: Vec<String> = (begins..amount).map(|at| sentence.word(at)).collect();
    let is_verb = |word: &String| is_one_of(word, VERBS);
    let is_said = words.iter().any(is_verb)
        || amount
            .checked_sub(1)
            .is_some_and(|at| sentence.ends_with(at, ':'));
    let named = words.into_iter().take_while(|word| !is_verb(word));
    let named: Vec<String> = named.filter(|word| !is_one_of(word, NO_NAMES)).collect();
    let name = named.join("_");
    (is_said && named.len() <= MOST_WORDS && figures::is_name(&name)).then_some(name)
}

/// Words before the name of what a size is of.
const OF_EACH: &str = "each every per a an average avg";

/// Words between what a size is of and the size.
const UP_TO_SIZE: &str =
    "is are like about around roughly maybe approximately approx probably has takes weighs be at =";

/// The figure that the size of each thing is: `message_size` of "each message is about 200 bytes", `chunk_size` of "chunks of
/// 8 MB".
pub(super) fn of_each(sentence: &Sentence<'_>, amount: usize) -> Option<String> {
    let is_between = |at: &usize| {
        let word = sentence.word(*at);
        !sentence.ends_clause(*at)
            && (is_one_of(&word, UP_TO_SIZE) || !word.contains(char::is_alphanumeric))
    };
    let named = (0..amount).rev().find(|at| !is_between(at))?;
    let of = sentence.word(named) == "of" && named + 1 == amount;
    let last = if of { named.checked_sub(1)? } else { named };
    let word = sentence.word(last);
    let is_thing = |word: &str| {
        word.len() > 2 && word.chars().all(char::is_alphabetic) && !is_one_of(word, NO_NAMES)
    };
    let first = last.checked_sub(1).map(|at| sentence.word(at));
    let second = last.checked_sub(2).map(|at| sentence.word(at));
    let is_led = |word: &Option<String>| word.as_ref().is_some_and(|word| is_one_of(word, OF_EACH));
    let thing = match (first, second) {
        _ if sentence.ends_clause(last) || !is_thing(&word) => return None,
        (first, _) if of || is_led(&first) => word,
        (Some(first), second) if is_led(&second) && is_thing(&first) => format!("{first}_{word}"),
        _ => return None,
    };
    let thing = singular(&thing);
    Some(if thing.ends_with("size") {
        thing
    } else {
        format!("{thing}_size")
    })
}

/// What a size is of that is named right before it, where its clause begins so: `payload_size` of "payload 2 KB",
/// `metadata_per_object` of "metadata 1 KB per object".
pub(super) fn of_sized(
    sentence: &Sentence<'_>,
    amount: usize,
    each: Option<&String>,
) -> Option<String> {
    let at = amount.checked_sub(1)?;
    let lead = at.checked_sub(1);
    let begins = lead.is_none_or(|lead| {
        sentence.ends_clause(lead) || is_one_of(&sentence.word(lead), "a and our so the then with")
    });
    let thing = sentence.word(at);
    let mut others = [
        NO_NAMES,
        OF_EACH,
        UP_TO_SIZE,
        "keep store save send use add",
    ]
    .into_iter();
    let is_thing = thing.len() > 2
        && thing.chars().all(char::is_alphabetic)
        && !others.any(|words| is_one_of(&thing, words));
    let thing = (begins && is_thing && !sentence.ends_clause(at)).then_some(thing)?;
    Some(match each {
        Some(each) => format!("{thing}_per_{each}"),
        None if is_one_of(&thing, WHOLES) => thing,
        None => format!("{}_size", singular(&thing)),
    })
}

/// The singular of a noun, as far as its ending says it.
pub(super) fn singular(noun: &str) -> String {
    let stem = noun.strip_suffix('s').unwrap_or(noun);
    let hushed = stem
        .strip_suffix('e')
        .filter(|stem| stem.ends_with(['x', 'h', 's']));
    match stem.strip_suffix("ie") {
        Some(stem) => format!("{stem}y"),
        None => hushed.unwrap_or(stem).to_owned(),
    }
}

/// What is a size of its own, and no thing that has one.
const WHOLES: &str = "storage memory disk total cache bandwidth size traffic";

/// Whose number is told: `user` of "each user follows 200 people".
pub(super) fn subject_of_each(sentence: &Sentence<'_>, amount: usize) -> Option<String> {
    let ends = |at: &usize| sentence.ends_clause(*at);
    let begins = (0..amount.checked_sub(1)?).rev().find(ends);
    let begins = begins.map_or(0, |at| at + 1);
    let each = (begins..amount).find(|at| is_one_of(&sentence.word(*at), "each every"))?;
    let thing = sentence.word(each + 1);
    let is_thing = thing.len() > 2
        && thing.chars().all(char::is_alphabetic)
        && !is_one_of(&thing, NO_NAMES)
        && each + 2 < amount;
    is_thing.then_some(thing)
}

/// What the size of each of something is called that was named before: "500 bytes each", "each about 500 bytes".
pub(super) fn each(sentence: &Sentence<'_>, amount: &Range<usize>) -> Option<String> {
    let behind = amount.end;
    let is_each = |word: &str| is_one_of(word, "each apiece");
    let is_it = is_each(&sentence.word(behind)) && !sentence.ends_clause(behind - 1);
    // "Each" of a clause that goes on with what they do begins it.
    let goes_on = !is_one_of(&sentence.word(behind + 1), "so thats that and");
    let is_last = is_it && (sentence.ends_clause(behind) || !goes_on);
    let mut before = (0..amount.start).rev().map(|at| sentence.word(at));
    let near = before.find(|word| !is_one_of(word, UP_TO_SIZE));
    let is_first = near.is_some_and(|word| is_each(&word));
    (is_last || is_first).then(|| "average_size".to_owned())
}

/// What a time between two of the same is called: `poll_interval` of "gateways poll every 10s".
pub(super) fn interval(sentence: &Sentence<'_>, amount: usize) -> Option<String> {
    let every = amount.checked_sub(1)?;
    if !is_one_of(&sentence.word(every), "every each") {
        return None;
    }
    let mut before = (0..every).rev().map(|at| sentence.word(at));
    // "Everyone posts once every two days" posts.
    let verb = before.find(|word| !is_one_of(word, "once about only"));
    let is_name = |verb: &String| {
        verb.len() > 2
            && !is_one_of(verb, NO_NAMES)
            && !is_one_of(verb, "them")
            && figures::is_name(verb)
    };
    let verb = verb.filter(is_name);
    Some(verb.map_or_else(|| INTERVAL.to_owned(), |verb| format!("{verb}_{INTERVAL}")))
}

/// What the time is called for which something is kept.
pub(super) fn kept(sentence: &Sentence<'_>, amount: usize) -> Option<String> {
    let led = "for it them em all everything";
    let is_led = amount
        .checked_sub(1)
        .is_some_and(|at| is_one_of(&sentence.word(at), led));
    let keeps = |at: usize| {
        is_one_of(
            &sentence.word(at),
            "keep keeps kept retain retained store stored",
        )
    };
    (is_led && (0..amount).any(keeps)).then(|| "retention".to_owned())
}

/// What ends the name of a time between two of the same.
pub(super) const INTERVAL: &str = "interval";

/// What figures of a kind are called; none where nobody has a word for it.
pub(super) const fn of_kind(dimension: Dimension, by_the_day: bool) -> Option<&'static str> {
    match dimension {
        Dimension::RATE => Some("rate"),
        Dimension::SIZE => Some("storage"),
        Dimension::THROUGHPUT if by_the_day => Some("bytes_per_day"),
        Dimension::THROUGHPUT => Some("bandwidth"),
        Dimension::DURATION => Some("time"),
        Dimension::NUMBER => Some("number"),
        _ => None,
    }
}

/// Marks and words between the two that a ratio is of.
const RATIO_OF: &[&str] = &[" to ", "/", ":", " vs ", "-to-", " per "];

/// What a ratio is called by the two words beside it: `reads_to_writes` of "100:1 reads to writes" and "read/write is 100:1".
pub(super) fn of_ratio(sentence: &Sentence<'_>, number: &Range<usize>) -> Option<String> {
    let last = number.end.checked_sub(1)?;
    let joined = |words: Vec<String>| words.join(" ");
    let before = joined((0..number.start).map(|at| sentence.word(at)).collect());
    let end = (last..sentence.len()).find(|at| sentence.ends_clause(*at));
    let behind = number.end..end.map_or(sentence.len(), |end| end + 1);
    let behind = joined(behind.map(|at| sentence.word(at)).collect());
    let mut found = RATIO_OF.iter().find_map(|mark| behind.split_once(mark));
    found = found.or_else(|| RATIO_OF.iter().find_map(|mark| before.rsplit_once(mark)));
    let (one, other) = found?;
    let (one, other) = (one.rsplit(' ').next()?, other.split(' ').next()?);
    let is_thing = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
    (is_thing(one) && is_thing(other)).then(|| format!("{one}_to_{other}"))
}
