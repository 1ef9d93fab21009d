//! The figures that a sentence says, as lines that state them.
//!
//! Knows sums, and the names that are free for them; states nothing.

use super::{Proposal, listed};
use crate::coach::commands::Shelf;
use crate::coach::interviewer;
use crate::coach::prose::{self, Said};
use crate::coach::session::Session;
use crate::coach::sketch;
use crate::model::Step;
use crate::model::quantity::Dimension;
use crate::notation::design::{normal_name, stated_figures};

/// A figure that is corrected before it was written down.
pub(super) fn waiting(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let said = prose::said(line).filter(|said| said.is_single && talk.changing.corrects(line))?;
    let name = said
        .names
        .iter()
        .find(|name| session.offers.has_figure(session.talk(), name))?;
    let command = if session.state.step == Step::Requirements {
        "assume "
    } else {
        ""
    };
    let line = format!("{command}{name} = {}", said.text);
    let words = format!("In place of what you said before: `{line}`; `yes` writes it down.");
    Some(Proposal::new(vec![line], words))
}

/// The figures that a sentence says: a sum, or the numbers in it. A single number may be what is taken as given.
pub(super) fn figure(session: &Session<'_>, line: &str, given: bool) -> Option<Proposal> {
    let text = read(session, line);
    let said = prose::said(&text).filter(|said| !is_in_two_parts(&said.text))?;
    let is_early = session.state.step < Step::HighLevel;
    // How often a part does something, and how many there are of it, is said of that part, once there are some.
    if !is_early && (said.is_interval() || (!said.is_reckoned && sketch::states(session, &text))) {
        return None;
    }
    let talk = session.talk();
    let assumed = said.is_single && (given || talk.assumes(line));
    // Later on, a number that is told in passing works out nothing: "lease chunks of 1000 tokens".
    let is_bare = said.figure.quantity.dimension == Dimension::NUMBER || !said.is_named();
    if !is_early && said.is_single && is_bare && !assumed {
        return None;
    }
    let mut all = prose::listed(&text);
    if !said.is_single || !all.contains(&said) {
        return Some(as_figure(session, &said, assumed));
    }
    // "Each video is 500 MB, so that's 50 TB a day": where the first stands written, the second is meant.
    all.retain(|said| !is_stated(session, said));
    match all.as_slice() {
        [_, _, ..] if is_early => as_figures(session, &all, assumed),
        [one, ..] => Some(as_figure(session, one, assumed)),
        [] => Some(as_figure(session, &said, assumed)),
    }
}

/// What somebody works out in the first step already, though it has what qualities have: "20M rides a day is 230/s".
pub(super) fn reckoned(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let requires = talk.requirement(line).map(|(command, _)| command);
    let is_free = requires.is_none_or(|command| command == Shelf::Quality.word());
    let said = prose::said(&read(session, line)).filter(|said| is_free && said.is_reckoned)?;
    (said.figure.quantity.dimension != Dimension::DURATION)
        .then(|| figure(session, line, true))
        .flatten()
}

/// A sentence as it is read for figures: written out.
pub(super) fn read(session: &Session<'_>, line: &str) -> String {
    let talk = session.talk();
    let text = talk.written_out(line).unwrap_or_else(|| line.to_owned());
    shares_apart(&ratios_in_signs(&text))
}

/// A sentence in which ratios in words have their sign: "reads are 2 to 1".
fn ratios_in_signs(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let mut text = line.to_owned();
    for three in words.windows(3) {
        if let [one, "to", other] = three
            && one.parse::<u16>().is_ok()
            && other.trim_end_matches([',', '.', ';']) == "1"
        {
            text = text.replacen(&three.join(" "), &format!("{one}:{other}"), 1);
        }
    }
    text
}

/// A sentence in which percentages are written as one word, and stand apart: "80 % reads 20 % writes" is a list.
fn shares_apart(line: &str) -> String {
    let line = line.replace(" %", "%");
    let is_share = |word: &str| {
        let number = word.strip_suffix('%').unwrap_or_default();
        number.parse::<f64>().is_ok()
    };
    let words: Vec<&str> = line.split(' ').collect();
    let before_next = |at: usize| {
        let ends = [at.checked_sub(1), Some(at + 1)];
        ends.iter().all(|at| {
            at.and_then(|at| words.get(at))
                .is_some_and(|word| is_share(word))
        })
    };
    let apart = words.iter().enumerate().map(|(at, word)| {
        let comma = if before_next(at) && word.ends_with(char::is_alphabetic) {
            ","
        } else {
            ""
        };
        format!("{word}{comma}")
    });
    apart.collect::<Vec<String>>().join(" ")
}

/// Whether a number is a whole in two parts, "80/20", and no quotient.
fn is_in_two_parts(text: &str) -> bool {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(one, other)| {
        Some((
            one.trim().parse::<u8>().ok()?,
            other.trim().parse::<u8>().ok()?,
        ))
    });
    parts.is_some_and(|(one, other)| one.checked_add(other) == Some(100))
}

/// Figures that are taken as given, said so.
pub(super) fn assumed(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    if !talk.assumes(line) {
        return None;
    }
    let all = prose::listed(&read(session, line));
    if all.len() < 2 {
        let said = prose::said(&read(session, line)).filter(|said| said.is_single)?;
        // How fast something has to be is no figure to work with.
        let is_wish = said.figure.quantity.dimension == Dimension::DURATION
            && talk.requirement(line).is_some();
        if is_wish && !said.is_named() {
            return None;
        }
        return Some(as_figure(session, &said, true));
    }
    let new: Vec<Said> = all
        .into_iter()
        .filter(|said| !is_stated(session, said))
        .collect();
    as_figures(session, &new, true)
}

/// Several figures, each under a name of its own.
fn as_figures(session: &Session<'_>, all: &[Said], assumed: bool) -> Option<Proposal> {
    let command = if assumed { "assume " } else { "" };
    let mut lines: Vec<String> = ratio_of_shares(session, all, command).into_iter().collect();
    let all = if lines.is_empty() { all } else { &[] };
    for said in all {
        let is_free = |name: &&String| {
            let begins = format!("{command}{name} = ");
            lines.iter().all(|line| !line.starts_with(&begins))
        };
        let names: Vec<String> = said.names.iter().filter(is_free).cloned().collect();
        lines.push(as_line(session, said, &names, assumed));
    }
    let words = format!("Not written down yet. {} `yes` does that.", listed(&lines));
    (!lines.is_empty()).then_some(Proposal::new(lines, words))
}

/// Two shares of the whole as the ratio that problems know: `reads_to_writes = 90:10` of "90% reads, 10% writes".
fn ratio_of_shares(session: &Session<'_>, all: &[Said], command: &str) -> Option<String> {
    let [one, other] = all else { return None };
    let share = |said: &Said| {
        let text = said.text.strip_suffix('%')?.trim();
        Some((said.names.first()?.clone(), text.parse::<u8>().ok()?))
    };
    let (one, other) = (share(one)?, share(other)?);
    if one.1.checked_add(other.1) != Some(100) {
        return None;
    }
    let mut pairs = [(&one, &other), (&other, &one)].into_iter();
    pairs.find_map(|((one, more), (other, less))| {
        let name = format!("{one}_to_{other}");
        interviewer::figure_meant(session, &name)?;
        Some(format!("{command}{name} = {more}:{less}"))
    })
}

fn as_figure(session: &Session<'_>, said: &Said, assumed: bool) -> Proposal {
    let line = as_line(session, said, &said.names, assumed);
    let shown = said.figure.shown();
    let value = match &said.instead_of {
        Some(claim) => format!(", which is {shown}, not {claim}"),
        None if said.is_single => String::new(),
        None => format!(", which is {shown}"),
    };
    let words =
        format!("Not written down yet. As a figure that is `{line}`{value}; `yes` writes it down.");
    let lines = vec![line];
    Proposal::new(lines, words)
}

fn as_line(session: &Session<'_>, said: &Said, names: &[String], assumed: bool) -> String {
    let names = share_names(session, said, &ratio_names(session, said, names));
    let name = free_name(session, &names);
    let command = if assumed { "assume " } else { "" };
    format!("{command}{name} = {}", said.text)
}

/// What ending says that a figure is how much more there is of something.
const RATIO: &str = "_ratio";

/// The names of a ratio of which one side is said, where that has a name: "reads are 10:1". Reads alone are none.
fn ratio_names(session: &Session<'_>, said: &Said, names: &[String]) -> Vec<String> {
    let is_ratio = said.is_single && said.text.contains(':');
    let first = names
        .first()
        .filter(|name| is_ratio && session.talk().turning.contains(name));
    let own = first.map(|name| format!("{name}{RATIO}"));
    let own = own.filter(|name| interviewer::figure_meant(session, name).is_some());
    own.into_iter().chain(names.iter().cloned()).collect()
}

/// What endings say that a figure is a part of the whole.
const SHARES: [&str; 2] = ["share", "fraction"];

/// The names of a percentage: such as problems know for a share, and none that is of something else, for `reads` are no 90%.
fn share_names(session: &Session<'_>, said: &Said, names: &[String]) -> Vec<String> {
    let is_share = said.is_single && said.text.ends_with('%');
    let Some(first) = names.first().filter(|_| is_share) else {
        return names.to_vec();
    };
    let is_meant = |name: &String| interviewer::figure_meant(session, name).is_some();
    let shares = SHARES.map(|ending| format!("{first}_{ending}"));
    let known = shares.iter().find(|name| is_meant(name));
    let own = known.or_else(|| shares.first().filter(|_| is_meant(first)));
    let all = own.into_iter().chain(names);
    all.cloned().collect()
}

/// The first name that no figure has; what is stated, or waits to be, is not stated anew by a guess.
fn free_name(session: &Session<'_>, names: &[String]) -> String {
    let stated = stated_figures(&session.state.design);
    let is_free = |name: &&String| {
        let own = normal_name(name);
        stated.iter().all(|(other, _)| *other != own)
            && !session.offers.has_figure(session.talk(), name)
    };
    let first = names.first().map_or("figure", String::as_str);
    names
        .iter()
        .find(is_free)
        .cloned()
        .or_else(|| {
            let mut others = (2..).map(|number: usize| format!("{first}_{number}"));
            others.find(|name| is_free(&name))
        })
        .unwrap_or_default()
}

/// Whether a figure stands with that value under the name that it would get.
fn is_stated(session: &Session<'_>, said: &Said) -> bool {
    let own = said.names.first().map(|name| normal_name(name));
    let stated = stated_figures(&session.state.design);
    stated
        .iter()
        .any(|(name, quantity)| Some(name) == own.as_ref() && *quantity == said.figure.quantity)
}
