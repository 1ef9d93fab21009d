//! Diagrams fenced in Markdown, each with the heading that it stands below.
//!
//! Knows headings and fences; knows nothing of what stands in them.

use crate::source::Span;

/// A piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub span: Span,
    /// The last heading before it.
    pub heading: Option<String>,
}

/// The fenced blocks of some languages, and those without one that are of their sort; all of a text that is of their sort
/// itself.
pub fn blocks(text: &str, languages: &[&str], is_one: impl Fn(&str) -> bool) -> Vec<Block> {
    if is_one(text) {
        let span = Span::new(0, text.len());
        return vec![Block {
            span,
            heading: None,
        }];
    }
    let mut found = Vec::new();
    let (mut at, mut heading, mut open) = (0, None, None::<Fence>);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        match &open {
            Some(fence) if fence.is_closed_by(bare) => {
                let span = Span::new(fence.start, at);
                let inside = text.get(span.start..span.end).unwrap_or_default();
                let is_named = languages.contains(&fence.language.as_str());
                if is_named || fence.language.is_empty() && is_one(inside) {
                    found.push(Block {
                        span,
                        heading: heading.clone(),
                    });
                }
                open = None;
            }
            Some(_) => {}
            None if bare.starts_with('#') => {
                let words = bare.trim_start_matches('#').trim();
                heading = Some(words.to_owned()).filter(|words| !words.is_empty());
            }
            None => open = Fence::opened_by(bare, at + line.len()),
        }
        at += line.len();
    }
    found
}

/// A fence that is open.
struct Fence {
    mark: char,
    length: usize,
    language: String,
    /// Where what it holds begins.
    start: usize,
}

impl Fence {
    fn opened_by(line: &str, start: usize) -> Option<Self> {
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let rest = line.trim_start_matches(mark);
        let length = line.len() - rest.len();
        let word = rest.trim().trim_matches(['{', '}', '.']);
        let word = word.split([' ', ',', '{']).next().unwrap_or_default();
        (length >= 3).then(|| Self {
            mark,
            length,
            language: word.to_lowercase(),
            start,
        })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_below_their_headings() {
        let text = "# A\ntext\n```mermaid\nx1\n```\n## B\n~~~~\nx2\n~~~\nx3\n~~~~\n```rust\nx4\n```\n```\nno\n```\n";
        let blocks = blocks(text, &["mermaid"], |text| text.starts_with('x'));
        let shown: Vec<(Option<&str>, &str)> = blocks
            .iter()
            .map(|block| {
                (
                    block.heading.as_deref(),
                    &text[block.span.start..block.span.end],
                )
            })
            .collect();
        assert_eq!(shown, [(Some("A"), "x1\n"), (Some("B"), "x2\n~~~\nx3\n")]);
        assert_eq!(
            super::blocks("x\n```mermaid\n```", &[], |text| text.starts_with('x')).len(),
            1
        );
    }
}
