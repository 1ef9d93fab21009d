//! Operations of an interface in a sentence: "POST /v1/links takes the URL and returns 201" as the line that lists it.
//!
//! Knows methods, paths and codes; knows no design.

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
            found.push(format!("api {word} {path}"));
            has_code = false;
        } else if let (Some(last), false, true) = (found.last_mut(), has_code, is_code(word)) {
            last.push_str(&format!(" -> {}", bare(word)));
            has_code = true;
        }
    }
    found
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
    }
}
