//! Files that something is written to: never over what people wrote by hand.
//!
//! Knows such files by their names and their first keys; writes nothing.

use std::path::Path;

use super::obstacle::Obstacle;
use super::{files, settings};
use crate::report::plain;

/// Bytes that are looked at for the key that marks a file.
const MOST: u64 = 1 << 16;

/// What people write by hand, by the key that marks it.
const MARKED: [(&str, &str); 2] = [("sysdrill:", "a design"), ("sysdrill_review:", "a review")];

/// The key that marks a baseline.
const BASELINE: &str = "sysdrill_baseline:";

/// Why nothing is written over a file that is there: a design, a review or a configuration. Nor is a file made that would be
/// taken for standard input.
pub fn by_hand(file: &Path) -> Option<Obstacle> {
    if file.as_os_str() == files::STDIN {
        let help = "what goes to no file goes to standard output".to_owned();
        return Some(Obstacle::Words("`-` is no file".to_owned(), Some(help)));
    }
    if !files::is_there(file) {
        return None;
    }
    let named = if files::is_design(file) {
        Some("a design")
    } else if files::is_review(file) {
        Some("a review")
    } else if settings::is_configuration(file) {
        Some("a configuration")
    } else {
        let mut marked = MARKED.into_iter();
        marked.find_map(|(mark, what)| has(file, mark).then_some(what))
    };
    named.map(|what| refusal(file, &format!("is {what}")))
}

/// Why no baseline is written over a file that is there: it is none, and not empty.
pub fn other_than_a_baseline(file: &Path) -> Option<Obstacle> {
    let is_free = || files::beginning(file, MOST).trim().is_empty();
    let is_other = files::is_there(file) && !is_free() && !has(file, BASELINE);
    is_other.then(|| refusal(file, "is no baseline"))
}

fn refusal(file: &Path, why: &str) -> Obstacle {
    let complaint = format!(
        "{} {why}, and stays as it is",
        plain::line(&files::name(file))
    );
    Obstacle::Words(complaint, Some("name another file to write to".to_owned()))
}

/// Whether a line of a file begins with a key.
fn has(file: &Path, mark: &str) -> bool {
    let text = files::beginning(file, MOST);
    let text = text.trim_start_matches('\u{feff}');
    text.lines().any(|line| line.starts_with(mark))
}
