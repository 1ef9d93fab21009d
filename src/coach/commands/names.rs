//! Names of several words in a drawing, as people write them: `load balancer -> chat servers`.
//!
//! Knows where names stand between arrows; draws nothing.

use super::attributes::replicas;
use crate::coach::session::Session;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Vocabulary};
use crate::notation::arrows;

/// A name has no more words than this; more are a sentence.
const MOST_WORDS: usize = 3;

/// What stands between names.
const SEPARATORS: &[&str] = &["->", "~>", ARROW, ",", "(", ")", "|"];

/// The arrow that is a sign of its own.
const ARROW: &str = "→";

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

/// The arrow of other notations that people draw at any length.
const LONG_ARROW: &str = "-->";

/// Other arrows of other notations, the longest first, with ours.
const FOREIGN: &[(&str, &str)] = &[
    ("==>", "->"),
    ("=>", "->"),
    ("–>", "->"),
    ("—>", "->"),
    ("-.->", "~>"),
    ("~~>", "~>"),
];

/// A drawing with other signs than ours, `web --> db (postgres)`, in ours; none where it is in ours, or can't be.
pub(super) fn in_our_signs(session: &Session<'_>, line: &str) -> Option<String> {
    // A name that ends in a hyphen is none: `web-->api` is an arrow, too.
    if arrows::parse_chain(line).is_ok() && !line.contains(LONG_ARROW) {
        return None;
    }
    let mut ours = line.to_owned();
    // `--->` has a long arrow in it once more.
    while ours.contains(LONG_ARROW) {
        ours = ours.replace(LONG_ARROW, "->");
    }
    for (foreign, own) in FOREIGN {
        ours = ours.replace(foreign, own);
    }
    let vocabulary = session.vocabulary();
    let ours = with_kinds(&ours, |word| vocabulary.meaning(word).is_some());
    let can_be_drawn = |line: &str| {
        arrows::has_arrow(line)
            && (arrows::parse_chain(line).is_ok() || joined(session, line).is_some())
    };
    (ours != line && can_be_drawn(&ours)).then_some(ours)
}

/// `db (postgres)` as `db:postgres`, where what stands in brackets behind a name says what it is.
fn with_kinds(line: &str, is_kind: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, inside, after)) = bracket(rest) {
        let follows_a_name = before.trim_end().ends_with(arrows::is_id_char);
        if follows_a_name && is_kind(inside.trim()) {
            text.push_str(&format!("{}:{}", before.trim_end(), inside.trim()));
        } else {
            text.push_str(&format!("{before}({inside})"));
        }
        rest = after;
    }
    text + rest
}

/// The text before the first bracket, in it, and behind it.
fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    Some((before, inside, after))
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
        ARROW => " -> ".to_owned(),
        _ => format!(" {separator} "),
    }
}

/// What stands between two separators, with its first words joined; what else it says of itself follows them.
fn one_name(segment: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    let words: Vec<&str> = segment.split_whitespace().collect();
    let is_word = |word: &&&str| arrows::is_id(word) && replicas(word).is_none() && !is_times(word);
    let mut count = words.iter().take_while(is_word).count();
    // The last word may say what it is: `trie cache:redis`.
    let says = words.get(count).and_then(|word| word.split_once(':'));
    let last = says.filter(|(name, what)| arrows::is_id(name) && arrows::is_id(what));
    count += usize::from(last.is_some());
    if count < 2 {
        return Some(with_replicas(&words));
    }
    let (name, others) = words.split_at_checked(count)?;
    let name = name.join("-");
    let is_known = last.is_some() || known(&name);
    // "Redis timeout 5ms" states something, and names nothing.
    let states = words.windows(2).skip(1).any(|pair| match pair {
        [word, value] => is_attribute(word) && value.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    });
    if count > MOST_WORDS || !is_known || states {
        return None;
    }
    Some(
        [name, with_replicas(others)]
            .join(" ")
            .trim_end()
            .to_owned(),
    )
}

fn is_attribute(word: &str) -> bool {
    let mut bearers = [Bearer::Component, Bearer::Connection].into_iter();
    bearers.any(|bearer| Attribute::named(word, bearer).is_some())
}

/// The sign before a number of replicas.
fn is_times(word: &str) -> bool {
    ["x", "×", "*"].contains(&word)
}

/// Words with the number of replicas as arrows have it: `x 20` is `x20`.
fn with_replicas(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words {
        let is_count = word.parse::<u32>().is_ok() && (text == "x" || text.ends_with(" x"));
        let space = if text.is_empty() || is_count { "" } else { " " };
        text.push_str(space);
        text.push_str(if is_times(word) { "x" } else { word });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_behind_a_name_say_what_it_is_and_others_stay() {
        let is_kind = |word: &str| ["postgres", "cache"].contains(&word);
        for (line, ours) in [
            ("web -> db (postgres) -> x", "web -> db:postgres -> x"),
            ("web -> redis(cache)", "web -> redis:cache"),
            ("web -> (api | admin)", "web -> (api | admin)"),
            ("web -> db (the big one)", "web -> db (the big one)"),
        ] {
            assert_eq!(with_kinds(line, is_kind), ours);
        }
    }

    #[test]
    fn the_words_of_a_name_are_joined_and_what_follows_it_stays() {
        let known = |name: &str| ["load-balancer", "chat-servers"].contains(&name);
        let name = |segment: &str| one_name(segment, known);
        assert_eq!(name("load balancer"), Some("load-balancer".to_owned()));
        assert_eq!(name("chat servers x3"), Some("chat-servers x3".to_owned()));
        assert_eq!(name("chat servers x 3"), Some("chat-servers x3".to_owned()));
        assert_eq!(name("db × 2"), Some("db x2".to_owned()));
        assert_eq!(
            name("trie cache:redis"),
            Some("trie-cache:redis".to_owned())
        );
        assert_eq!(name("db"), Some("db".to_owned()));
        assert_eq!(name("then it fails"), None);
        assert_eq!(name("load balancer timeout 5ms"), None);
    }
}
