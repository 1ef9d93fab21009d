//! Names of several words in a drawing, as people write them: `load balancer -> chat servers`.
//!
//! Knows where names stand between arrows; draws nothing.

use super::attributes::replicas;
use crate::coach::session::Session;
use crate::model::Vocabulary;
use crate::notation::arrows;

/// A name has no more words than this; more are a sentence.
const MOST_WORDS: usize = 3;

/// What stands between names.
const SEPARATORS: &[&str] = &["->", "~>", ",", "(", ")", "|"];

/// A line of arrows with the words of each name joined, where it can be read in no other way and every name that was made so
/// is drawn already or says what it is.
pub(super) fn joined(session: &Session<'_>, line: &str) -> Option<String> {
    if !arrows::has_arrow(line) || arrows::parse_chain(line).is_ok() {
        return None;
    }
    let known = |name: &str| {
        let vocabulary: &Vocabulary = session.vocabulary();
        session.state.design.component(name).is_some() || vocabulary.classify(name).is_some()
    };
    let mut joined = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (end, separator) = next_separator(rest);
        let (segment, after) = rest.split_at_checked(end)?;
        joined.push_str(&one_name(segment.trim(), known)?);
        joined.push_str(&spaced(separator));
        rest = after.strip_prefix(separator)?;
    }
    arrows::parse_chain(&joined).is_ok().then_some(joined)
}

/// Where the next separator stands, and which it is; the end of the text, where there is none.
fn next_separator(text: &str) -> (usize, &'static str) {
    let found = SEPARATORS.iter();
    let found = found.filter_map(|separator| Some((text.find(separator)?, *separator)));
    found.min().unwrap_or((text.len(), ""))
}

/// A separator as it stands between names.
fn spaced(separator: &str) -> String {
    match separator {
        "" | "(" | ")" => separator.to_owned(),
        "," => ", ".to_owned(),
        _ => format!(" {separator} "),
    }
}

/// What stands between two separators, with its first words joined; what else it says of itself follows them.
fn one_name(segment: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    let words: Vec<&str> = segment.split_whitespace().collect();
    let is_word = |word: &&&str| arrows::is_id(word) && replicas(word).is_none();
    let count = words.iter().take_while(is_word).count();
    if count < 2 {
        return Some(segment.to_owned());
    }
    let (name, others) = words.split_at_checked(count)?;
    let name = name.join("-");
    if count > MOST_WORDS || !known(&name) {
        return None;
    }
    let others = others.iter().map(|other| format!(" {other}"));
    Some(format!("{name}{}", others.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_name_are_joined_and_what_follows_it_stays() {
        let known = |name: &str| ["load-balancer", "chat-servers"].contains(&name);
        let name = |segment: &str| one_name(segment, known);
        assert_eq!(name("load balancer"), Some("load-balancer".to_owned()));
        assert_eq!(name("chat servers x3"), Some("chat-servers x3".to_owned()));
        assert_eq!(name("db"), Some("db".to_owned()));
        assert_eq!(name("then it fails"), None);
    }
}
