//! Where the value of a name comes from, and which names an expression asks for.
//!
//! Must not know what names stand for: a scope is asked.

use super::arithmetic::Quantity;
use super::error::ExpressionError;
use super::figure::evaluate;
use super::lexer::{self, Kind, Token};
use super::simple::simple;
use super::unit::{self, Meaning};
use crate::model::spelling;

/// The names that an expression may use.
///
/// A figure's own name should be left out of the scope that its expression is worked out in: then
/// `message: 1 KB/message` and `users: 100M users` have plain counting nouns in them.
pub trait Scope {
    /// The value of a name, in base units; none when it is unknown or has no value.
    /// How loosely names are compared is the scope's business.
    fn lookup(&self, name: &str) -> Option<Quantity>;

    /// All names there are, with or without a value; errors suggest them, and they can't be nouns.
    fn names(&self) -> Vec<String>;

    /// Whether a name is one of them.
    fn has(&self, name: &str) -> bool {
        let is_same = |other: &String| folded(other) == folded(name);
        self.names().iter().any(is_same)
    }
}

/// The scope without any names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoNames;

impl Scope for NoNames {
    fn lookup(&self, _name: &str) -> Option<Quantity> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The names that an expression may look up, each once, in the order of the text.
///
/// Words that turn out to be counting nouns after a `/` are among them, since only a scope can
/// tell; words after numbers and after `to` are not. A text that can't be read has none.
#[must_use]
pub fn names_in(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (token, _) in name_tokens(text) {
        let word = token.text(text);
        if !names.iter().any(|name| name == word) {
            names.push(word.to_owned());
        }
    }
    names
}

/// An expression with other words in place of the names that have some.
pub fn with_names<'w>(text: &str, words: impl Fn(&str) -> Option<&'w str>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for (token, _) in name_tokens(text) {
        if let Some(words) = words(token.text(text)) {
            written.push_str(text.get(end..token.start).unwrap_or_default());
            written.push_str(words);
            end = token.end;
        }
    }
    written.push_str(text.get(end..).unwrap_or_default());
    written
}

/// The words of a text that may be names, each with what stands before it.
fn name_tokens(text: &str) -> Vec<(Token, Option<Token>)> {
    let tokens = if text.len() > lexer::LONGEST || simple(text).is_some() {
        Vec::new()
    } else {
        lexer::tokens(text).unwrap_or_default()
    };
    let mut names = Vec::new();
    let mut before: Option<Token> = None;
    let mut after_operand = false;
    for token in tokens {
        let word = token.text(text);
        if token.kind == Kind::To {
            break;
        }
        if token.kind == Kind::Word && !after_operand && may_be_name(word, before) {
            names.push((token, before));
        }
        let times = after_operand && is_times_sign(word);
        after_operand = !times && ends_operand(token.kind);
        before = Some(token);
    }
    names
}

/// The complaints about the names of an expression that a scope does not have, where nothing else is wrong with it as far as
/// can be seen: prose has many words that are no names.
#[must_use]
pub fn unknown_names(text: &str, scope: &dyn Scope) -> Vec<ExpressionError> {
    if evaluate(text, &Pretended(scope)).is_err() {
        return Vec::new();
    }
    let names = name_tokens(text).into_iter();
    // A word that nobody knows is a noun there.
    let names = names.filter(|(_, before)| !before.is_some_and(divides));
    let unknown = names.filter(|(token, _)| !declares(scope, token.text(text)));
    unknown
        .map(|(token, _)| no_value(text, token, scope))
        .collect()
}

/// A scope in which whatever has no value is one.
struct Pretended<'s>(&'s dyn Scope);

impl Scope for Pretended<'_> {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        self.0.lookup(name).or(Some(Quantity::number(1.0)))
    }

    fn names(&self) -> Vec<String> {
        self.0.names()
    }

    fn has(&self, name: &str) -> bool {
        self.0.has(name)
    }
}

/// Whether a word where an operand starts may be a name: after a `/`, units come first.
fn may_be_name(word: &str, before: Option<Token>) -> bool {
    let is_unit = || {
        matches!(
            unit::meaning(word),
            Meaning::Unit(_) | Meaning::Magnitude(_)
        )
    };
    !(before.is_some_and(divides) && is_unit())
}

const fn divides(token: Token) -> bool {
    matches!(token.kind, Kind::Slash | Kind::Per)
}

/// Whether the letter x stands between two factors, as in `10 x 30 B`.
pub(super) fn is_times_sign(word: &str) -> bool {
    word.eq_ignore_ascii_case("x")
}

fn ends_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Number(_) | Kind::Word | Kind::Percent | Kind::Close
    )
}

/// Whether a scope has a name, be it without a value.
pub(super) fn declares(scope: &dyn Scope, word: &str) -> bool {
    scope.lookup(word).is_some() || scope.has(word)
}

/// The complaint about a word that stands where only a name can stand, and has no value.
pub(super) fn no_value(text: &str, token: Token, scope: &dyn Scope) -> ExpressionError {
    let word = token.text(text);
    let error = |message: String| ExpressionError::new(token.span(), message);
    if declares(scope, word) {
        let help = "it has an error of its own, or depends on this figure";
        return error(format!("`{word}` has no value")).with_help(help);
    }
    if let Meaning::Unit(_) | Meaning::Magnitude(_) = unit::meaning(word) {
        return error(format!("`{word}` has no number before it"))
            .with_help(format!("write `1 {word}`"));
    }
    error(format!("unknown name `{word}`")).with_help(known_names(text, token, scope))
}

/// The name that was meant, or else a few of those there are.
fn known_names(text: &str, token: Token, scope: &dyn Scope) -> String {
    const SHOWN: usize = 6;
    let names = scope.names();
    let nearest = spaced(text, token, &names)
        .or_else(|| nearest(&hyphenated(text, token), &names))
        .or_else(|| nearest(token.text(text), &names));
    if let Some(name) = nearest {
        return format!("did you mean `{name}`?");
    }
    if names.is_empty() {
        return "no names are known here; write a number, such as `100M/month`".to_owned();
    }
    let listed: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(SHOWN);
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("known names: {}{rest}", listed.join(", "))
}

/// The word together with what hangs on to it by hyphens: names have underscores in expressions.
fn hyphenated(text: &str, token: Token) -> String {
    let rest = text.get(token.start..).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
    let whole = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    whole.trim_end_matches('-').to_owned()
}

/// The name that the word and those after it are, written apart; the longest one.
fn spaced<'a>(text: &str, token: Token, names: &'a [String]) -> Option<&'a String> {
    let rest = text.get(token.start..).unwrap_or_default();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ' ')));
    let words = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut joined = (2..=words.len()).rev().filter_map(|count| {
        let typed = folded(&words.get(..count)?.join(" "));
        names.iter().find(|name| folded(name) == typed)
    });
    joined.next()
}

fn nearest<'a>(typed: &str, names: &'a [String]) -> Option<&'a String> {
    let typed = folded(typed);
    let allowed = (typed.chars().count() / 3).clamp(1, 4);
    let distances = names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&typed, &folded(name)), name));
    let near = distances.filter(|(distance, _)| *distance <= allowed);
    near.min().map(|(_, name)| name)
}

fn folded(name: &str) -> String {
    spelling::snake(name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_way_to_words_as_a_whole() {
        let words = |name: &str| (name == "size").then_some("2 KB");
        let text = with_names("size * writes / record_size + size", words);
        assert_eq!(text, "2 KB * writes / record_size + 2 KB");
    }

    #[test]
    fn names_stand_where_operands_start() {
        let table: [(&str, &[&str]); 9] = [
            ("read_qps * 3", &["read_qps"]),
            ("100M users * 10 requests/day", &[]),
            ("20% of (storage + cache) * storage", &["storage", "cache"]),
            ("total / record_size", &["total", "record_size"]),
            ("2 KB/request", &["request"]),
            ("5 x peak", &["peak"]),
            ("-base to TB/base", &["base"]),
            ("qps per server", &["qps", "server"]),
            ("5 $", &[]),
        ];
        for (text, names) in table {
            assert_eq!(names_in(text), names, "{text}");
        }
    }

    #[test]
    fn every_unknown_name_is_complained_of_where_the_rest_is_right() {
        let table: [(&str, &[&str]); 5] = [
            ("reads * 3 + writes", &["reads", "writes"]),
            ("2 * users / day", &["users"]),
            ("reads * foo/request", &["reads", "foo"]),
            ("about 5 users and (growing", &[]),
            ("reads * (3 + 5 MB)", &[]),
        ];
        for (text, unknown) in table {
            let found = unknown_names(text, &NoNames);
            let found: Vec<&str> = found
                .iter()
                .map(|error| &text[error.span.clone()])
                .collect();
            assert_eq!(found, unknown, "{text}");
        }
    }

    #[test]
    fn the_nearest_name_wins_over_the_first() {
        let names = ["read_rps".to_owned(), "read_qps".to_owned()];
        assert_eq!(nearest("read_qpss", &names), Some(&names[1]));
        assert_eq!(nearest("banana", &names), None);
    }
}
