//! Operations of an interface in a sentence: "POST /v1/links takes the URL and returns 201" as the line that lists it.
//!
//! Knows methods, paths and codes; knows no design.

use std::iter::Peekable;
use std::str::SplitWhitespace;

/// The methods that operations have.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// The `api` lines of a sentence, in its order.
pub(in crate::coach) fn operations(line: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut has_code = true;
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let path = words.peek().map(|path| bare(path));
        let path = path.filter(|path| path.starts_with('/') && path.len() > 1);
        if let (true, Some(path)) = (METHODS.contains(&word), path) {
            let _ = words.next();
            found.push(format!("api {word} {path}{}", body(&mut words)));
            has_code = false;
        } else if let (Some(last), false, true) = (found.last_mut(), has_code, is_code(word)) {
            last.push_str(&format!(" -> {}{}", bare(word), body(&mut words)));
            has_code = true;
        }
    }
    found
}

/// What is sent or comes back, `{name, size}`, where it follows at once and is closed.
fn body(words: &mut Peekable<SplitWhitespace<'_>>) -> String {
    let mut ahead = words.clone();
    let mut text = String::new();
    while let Some(word) = ahead
        .next()
        .filter(|word| !text.is_empty() || word.starts_with('{'))
    {
        text.push(' ');
        text.push_str(word);
        if let Some(end) = text.rfind('}').filter(|_| opened(&text) == 0) {
            *words = ahead;
            text.truncate(end + 1);
            return text;
        }
    }
    String::new()
}

/// How many braces of a text are open at its end.
fn opened(text: &str) -> usize {
    text.matches('{')
        .count()
        .saturating_sub(text.matches('}').count())
}

/// Whether a line begins with a method and a path: whatever follows, it is about an operation of the interface.
pub(in crate::coach) fn begins_with_operation(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_method = words.next().is_some_and(|word| METHODS.contains(&word));
    is_method && words.next().is_some_and(|path| path.starts_with('/'))
}

/// What stands between what is sent and what comes back.
const ANSWERS: [&str; 2] = ["->", "→"];

/// What comes back is told in so many words, and a story in more.
const MOST_WORDS: usize = 8;

/// Whether a line is an operation and nothing else: `POST /v1/files {name} -> 201 {id}`.
pub(in crate::coach) fn is_operation(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    let is_begun = begins_with_operation(line) && words.nth(1).is_some();
    let _ = body(&mut words);
    let behind: Vec<&str> = words.collect();
    let text = behind.join(" ");
    let mut answers = ANSWERS.iter().filter_map(|arrow| text.strip_prefix(arrow));
    let is_answer = |answer: &str| {
        let begins = |c: char| c.is_ascii_digit() || c == '{' || c == '[';
        // "GET /files -> gateway -> store" is the way of a call.
        answer.trim_start().starts_with(begins)
            && !ANSWERS.iter().any(|arrow| answer.contains(arrow))
    };
    let is_told = behind.is_empty() || answers.any(is_answer);
    is_begun && is_told && behind.len() <= MOST_WORDS
}

/// Whether a line begins with an operation.
pub(in crate::coach) fn begins_with_method(line: &str) -> bool {
    let first = line.split_whitespace().next();
    first.is_some_and(|word| METHODS.contains(&word))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| ",.;:!?()\"'".contains(c))
}

/// Whether a word is a code of an answer, such as 201.
fn is_code(word: &str) -> bool {
    let bare = bare(word);
    bare.len() == 3
        && bare.starts_with(['2', '3', '4', '5'])
        && bare.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_in_a_sentence_are_lines() {
        let text = "POST /v1/links takes a URL and returns 201, GET /{code} answers 302, and DELETE is for owners";
        assert_eq!(
            operations(text),
            ["api POST /v1/links -> 201", "api GET /{code} -> 302"]
        );
        assert!(operations("we GET 200 answers a second").is_empty());
        assert_eq!(
            operations(
                "POST /v1/files {name, size} gives 201 {id}, and GET /v1/files?after={id} 200"
            ),
            [
                "api POST /v1/files {name, size} -> 201 {id}",
                "api GET /v1/files?after={id} -> 200"
            ]
        );
    }

    #[test]
    fn operations_alone_are_told_from_sentences_about_them() {
        for line in [
            "GET /v1/files/{id}",
            "GET /v1/files/{id} -> 200",
            "POST /v1/files {name, size} -> 201 {id} | 409",
            "DELETE /v1/files/{id} → 204",
        ] {
            assert!(is_operation(line), "{line}");
        }
        for line in [
            "GET /v1/files/{id} is cached for a minute",
            "POST /v1/files {name} returns an address to upload to",
            "GET the file",
            "GET /v1/files -> gateway -> store",
            "get /v1/files",
            "GET /v1/files -> 200 and then the client asks for each of them one after the other",
        ] {
            assert!(!is_operation(line), "{line}");
        }
    }
}
