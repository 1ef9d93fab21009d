//! Files that something is written to: never over what people wrote by hand or decided on.
//!
//! Knows such files by their names and their marks; writes nothing.

use std::path::Path;

use super::obstacle::Obstacle;
use super::{files, settings};
use crate::notation::mark;
use crate::report::plain;

/// Bytes that are looked at for the key that marks a file.
const MOST: u64 = 1 << 16;

/// Why nothing is written over a file that is there: a design, a review, a baseline or a configuration. Nor is a file made that
/// would be taken for standard input.
pub fn by_hand(file: &Path) -> Option<Obstacle> {
    if file.as_os_str() == files::STDIN {
        let help = "what goes to no file goes to standard output".to_owned();
        return Some(Obstacle::Words("`-` is no file".to_owned(), Some(help)));
    }
    if !files::is_there(file) {
        return None;
    }
    let named = if files::is_design(file) {
        Some(mark::DESIGN.what)
    } else if files::is_review(file) {
        Some(mark::REVIEW.what)
    } else if settings::is_configuration(file) {
        Some("a configuration")
    } else {
        let text = files::beginning(file, MOST);
        let mut marks = mark::MARKS.iter();
        marks.find_map(|mark| mark.stands_in(&text).then_some(mark.what))
    };
    named.map(|what| refusal(file, &format!("is {what}")))
}

/// Why no baseline is written over a file that is there: it is none, and not empty.
pub fn other_than_a_baseline(file: &Path) -> Option<Obstacle> {
    let text = files::beginning(file, MOST);
    let is_free = text.trim().is_empty() || mark::BASELINE.stands_in(&text);
    let is_other = files::is_there(file) && !is_free;
    is_other.then(|| refusal(file, "is no baseline"))
}

fn refusal(file: &Path, why: &str) -> Obstacle {
    let complaint = format!(
        "{} {why}, and stays as it is",
        plain::line(&files::name(file))
    );
    Obstacle::Words(complaint, Some("name another file to write to".to_owned()))
}
