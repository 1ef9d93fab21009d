//! Texts of PlantUML: what a reader sees, without markup, and the icons that stand in them.
//!
//! Knows markup; knows not what the words stand for.

use crate::notation::foreign::label::{Label, in_words};

/// What the name of a macro that draws an icon ends with.
const ICON: &str = "IMG";

/// A text as a label, with the words of the icon in it.
pub(super) fn label(text: &str) -> (Label, Option<String>) {
    let (text, icon) = without_icons(text);
    let lines = text
        .replace("\\n", "\n")
        .replace("\\l", "\n")
        .replace("\\t", " ");
    let lines = lines
        .lines()
        .map(|line| line.trim().trim_matches('=').to_owned());
    let lines: Vec<String> = lines.map(|line| without_italics(&line)).collect();
    (Label::of(&lines.join("\n")), icon)
}

/// A text without macros such as `$LambdaIMG()` and sprites such as `<$cloud>`, and what the first of them shows.
fn without_icons(text: &str) -> (String, Option<String>) {
    let (mut plain, mut icon) = (String::with_capacity(text.len()), None);
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        let inner = from.get(1..).unwrap_or_default();
        let end = inner.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        let (name, behind) = inner.split_at(end.unwrap_or(inner.len()));
        let behind_call = behind
            .strip_prefix('(')
            .and_then(|call| call.split_once(')'));
        let sprite = before.strip_suffix('<').zip(behind.split_once('>'));
        match (behind_call, sprite) {
            (Some((_, behind)), _) => {
                plain.push_str(before);
                icon = icon.or_else(|| Some(in_words(name.strip_suffix(ICON)?)));
                rest = behind;
            }
            (None, Some((before, (_, behind)))) => {
                plain.push_str(before);
                rest = behind;
            }
            (None, None) => {
                plain.push_str(before);
                plain.push('$');
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    (plain, icon)
}

/// A line without the slashes around what is slanted; those of an address stay.
fn without_italics(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for (at, part) in line.split("//").enumerate() {
        if at > 0 && plain.ends_with(':') {
            plain.push_str("//");
        }
        plain.push_str(part);
    }
    plain
}
