//! What is typed behind a flag, as the value that it stands for, or what could have been typed instead.
//!
//! Knows the words of the tables; knows no flag.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::drawing::DRAWINGS;
use crate::model::{Level, Severity, spelling};
use crate::notation::config::NEVER;
use crate::notation::design;
use crate::notation::foreign::NOTATIONS;
use crate::report::{Joining, REPORTERS};

/// The least severity that fails; none for never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold(pub Option<Severity>);

/// The names of the formats, with what each is for.
pub(super) fn formats() -> PossibleValuesParser {
    let values = REPORTERS.iter();
    values
        .map(|format| PossibleValue::new(format.name).help(format.doc))
        .into()
}

/// The names of the notations of other tools, with what each is.
pub fn notations() -> PossibleValuesParser {
    let values = NOTATIONS.iter();
    values
        .map(|notation| PossibleValue::new(notation.name).help(notation.doc))
        .into()
}

pub(super) fn drawing_name(typed: &str) -> Result<String, String> {
    let names: Vec<&str> = DRAWINGS.iter().map(|drawing| drawing.name).collect();
    if names.contains(&typed) {
        Ok(typed.to_owned())
    } else {
        Err(format!("one of {}", names.join(", ")))
    }
}

pub(super) fn output(typed: &str) -> Result<(String, PathBuf), String> {
    let (format, file) = typed
        .split_once('=')
        .ok_or("write FORMAT=FILE, such as json=report.json")?;
    if file.is_empty() {
        return Err("no file after the `=`".to_owned());
    }
    if REPORTERS.iter().all(|row| row.name != format) {
        let names: Vec<&str> = REPORTERS.iter().map(|row| row.name).collect();
        return Err(format!("no format `{format}`; one of {}", names.join(", ")));
    }
    Ok((format.to_owned(), PathBuf::from(file)))
}

/// A number that a score can be below: what is no number would never fail.
pub(super) fn percentage(typed: &str) -> Result<f64, String> {
    let number = typed.trim_end_matches('%').parse();
    number
        .ok()
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| "a percentage from 0 to 100, such as 70".to_owned())
}

/// A threshold by the word of a severity, or `never`.
///
/// # Errors
/// With the words there are.
pub fn threshold(typed: &str) -> Result<Threshold, String> {
    if typed == NEVER {
        return Ok(Threshold(None));
    }
    let words = Severity::ALL.iter().map(|one| one.word());
    let words: Vec<&str> = words.chain([NEVER]).collect();
    let unknown = || spelling::one_of(typed, &words);
    let severity = Severity::from_word(typed).ok_or_else(unknown)?;
    Ok(Threshold(Some(severity)))
}

pub(super) fn day(typed: &str) -> Result<String, String> {
    if design::is_date(typed) {
        Ok(typed.to_owned())
    } else {
        Err("a day such as 2027-06-30".to_owned())
    }
}

/// A level by its word.
///
/// # Errors
/// With the words there are.
pub fn level(typed: &str) -> Result<Level, String> {
    Level::from_word(typed).ok_or_else(|| "one of mid, senior, staff".to_owned())
}

/// How attempts are told, by its word.
pub(super) fn joining(typed: &str) -> Result<Joining, String> {
    let all = Joining::ALL.iter();
    let found = all.clone().find(|(word, _)| *word == typed);
    let words: Vec<&str> = all.map(|(word, _)| *word).collect();
    found
        .map(|(_, joining)| *joining)
        .ok_or_else(|| format!("one of {}", words.join(", ")))
}

/// Deeper nesting than this would cost more stack than a thread has.
pub(super) fn depth(typed: &str) -> Result<usize, String> {
    typed
        .parse()
        .ok()
        .filter(|depth| (1..=128).contains(depth))
        .ok_or_else(|| "a number from 1 to 128".to_owned())
}
