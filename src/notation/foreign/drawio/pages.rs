//! The pages of a file: written out, packed, or in the `content` of a picture.
//!
//! Knows encodings and the XML around pages; knows not what is in cells.

use std::borrow::Cow;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;
use roxmltree::{Document, Node, ParsingOptions};

use super::cells::{Cell, cells};
use crate::source::{Issues, Span};

/// A page of a file.
pub(super) struct Page {
    /// Its name, where somebody gave it one.
    pub title: Option<String>,
    pub span: Span,
    pub cells: Vec<Cell>,
}

/// Bytes of an unpacked page at most.
const MOST_BYTES: usize = 16 << 20;

/// Elements and texts of a file at most.
const MOST_NODES: u32 = 500_000;

/// What to do about a file that can't be read.
const CURE: &str = "save the drawing anew with draw.io";

/// Reads the pages of a file.
pub(super) fn pages(text: &str, issues: &mut Issues) -> Vec<Page> {
    let mut pages = Vec::new();
    read(text, None, issues, &mut pages);
    pages
}

/// Reads a text that is a file, a model alone, or a picture with one of them. `place` is where it stands, if that is not
/// the file itself.
fn read(text: &str, place: Option<Span>, issues: &mut Issues, pages: &mut Vec<Page>) {
    let text = without_doctype(text);
    let document = match parsed(&text) {
        Ok(document) => document,
        Err((span, message)) => return issues.error(place.unwrap_or(span), message, cure()),
    };
    let root = document.root_element();
    let span = place.unwrap_or_else(|| span_of(root));
    match root.tag_name().name() {
        "mxfile" => {
            for diagram in root.children().filter(|node| node.has_tag_name("diagram")) {
                page(diagram, place, issues, pages);
            }
        }
        "mxGraphModel" => pages.push(Page {
            title: None,
            span,
            cells: cells(root, place),
        }),
        "svg" if place.is_none() => match root.attribute_node("content") {
            Some(content) => {
                let range = content.range();
                let span = Span::new(range.start, range.end);
                read(content.value(), Some(span), issues, pages);
            }
            None => issues.error(span, "a picture without its drawing", cure()),
        },
        _ => issues.error(span, "no drawing of draw.io", cure()),
    }
}

fn cure() -> String {
    CURE.to_owned()
}

/// Reads a page, packed or not.
fn page(diagram: Node<'_, '_>, place: Option<Span>, issues: &mut Issues, pages: &mut Vec<Page>) {
    let span = place.unwrap_or_else(|| span_of(diagram));
    let title = diagram.attribute("name").filter(|name| !is_numbered(name));
    let title = title.map(str::to_owned);
    let mut models = diagram.children();
    let model = models.find(|node| node.has_tag_name("mxGraphModel"));
    if let Some(model) = model {
        let cells = cells(model, place);
        return pages.push(Page { title, span, cells });
    }
    let written = diagram.text().unwrap_or_default().trim();
    if written.is_empty() {
        return;
    }
    let Some(unpacked) = unpacked(written) else {
        return issues.error(span, "a packed page that can't be unpacked", cure());
    };
    match parsed(&unpacked) {
        Ok(document) => pages.push(Page {
            title,
            span,
            cells: cells(document.root_element(), Some(span)),
        }),
        Err((_, message)) => issues.error(span, format!("in a packed page, {message}"), cure()),
    }
}

/// Whether nobody gave a page a name.
fn is_numbered(name: &str) -> bool {
    let number = name.strip_prefix("Page-");
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit())) || name.is_empty()
}

fn span_of(node: Node<'_, '_>) -> Span {
    let range = node.range();
    Span::new(range.start, range.end)
}

/// Reads XML; or says where it breaks off, and why.
fn parsed(text: &str) -> Result<Document<'_>, (Span, String)> {
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        let lines = text.split_inclusive('\n');
        let row = usize::try_from(at.row).unwrap_or(1).saturating_sub(1);
        let column = usize::try_from(at.col).unwrap_or(1).saturating_sub(1);
        let before: usize = lines.clone().take(row).map(str::len).sum();
        let line = lines.clone().nth(row).unwrap_or_default();
        let column = line
            .char_indices()
            .nth(column)
            .map_or(line.len(), |(at, _)| at);
        let start = (before + column).min(text.len());
        let message = match error {
            roxmltree::Error::NodesLimitReached => {
                format!("more than {MOST_NODES} elements: no drawing that people make is as large")
            }
            error => format!("broken XML: {error}"),
        };
        (Span::new(start, start), message)
    })
}

/// The text with spaces for the line that says what SVG is; one that declares more is left as it is, and refused.
fn without_doctype(text: &str) -> Cow<'_, str> {
    let found = text.find("<!DOCTYPE ").and_then(|start| {
        let length = text.get(start..)?.find('>')? + 1;
        let declared = text.get(start..start + length)?;
        (!declared.contains('[')).then_some((start, declared))
    });
    let Some((start, declared)) = found else {
        return Cow::Borrowed(text);
    };
    let (before, after) = text.split_at(start);
    let after = after.get(declared.len()..).unwrap_or_default();
    Cow::Owned(format!("{before}{}{after}", " ".repeat(declared.len())))
}

/// The XML of a packed page: escaped like an address, deflated, and written in 64 letters.
fn unpacked(written: &str) -> Option<String> {
    if written.starts_with('<') {
        return Some(written.to_owned());
    }
    if written.starts_with("%3C") {
        return unescaped(written.as_bytes());
    }
    let letters: String = written.split_whitespace().collect();
    let packed = STANDARD.decode(letters).ok()?;
    let mut plain = Vec::new();
    let most = u64::try_from(MOST_BYTES).ok()?;
    let mut decoder = DeflateDecoder::new(packed.as_slice()).take(most + 1);
    decoder.read_to_end(&mut plain).ok()?;
    if plain.len() > MOST_BYTES {
        return None;
    }
    unescaped(&plain)
}

/// A text without `%3C` and the like.
fn unescaped(escaped: &[u8]) -> Option<String> {
    let mut plain = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(byte.unwrap_or(*first));
        let length = if byte.is_some() { 2 } else { 0 };
        rest = after.get(length..).unwrap_or_default();
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// Packs a page as draw.io does.
    fn packed(model: &str) -> String {
        let escaped = model.bytes().fold(String::new(), |mut all, byte| {
            all += &format!("%{byte:02X}");
            all
        });
        let mut packer =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(escaped.as_bytes()).expect("memory");
        STANDARD.encode(packer.finish().expect("memory"))
    }

    fn read(text: &str) -> (Vec<Option<String>>, Vec<String>) {
        let mut issues = Issues::default();
        let pages = pages(text, &mut issues);
        let titles = pages.into_iter().map(|page| page.title);
        let issues = issues.into_sorted().into_iter();
        (
            titles.collect(),
            issues.map(|issue| issue.message).collect(),
        )
    }

    const MODEL: &str = "<mxGraphModel><root><mxCell id=\"0\"/></root></mxGraphModel>";

    #[test]
    fn pages_are_read_in_every_encoding() {
        let escaped = MODEL.replace('<', "&lt;").replace('"', "&quot;");
        let both = format!(
            "<mxfile><diagram name=\"A\">{MODEL}</diagram><diagram name=\"Page-2\">\n{}\n</diagram></mxfile>",
            packed(MODEL)
        );
        for (text, expected) in [
            (MODEL.to_owned(), vec![None]),
            (both, vec![Some("A".to_owned()), None]),
            (
                format!("<mxfile><diagram name=\"B\">{escaped}</diagram></mxfile>"),
                vec![Some("B".to_owned())],
            ),
            (
                format!(
                    "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"a\" \"b\">\n<svg content=\"{escaped}\"><g/></svg>"
                ),
                vec![None],
            ),
        ] {
            let (titles, issues) = read(&text);
            assert_eq!((titles, issues), (expected, Vec::<String>::new()), "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_told() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><mxfile>&a;</mxfile>";
        for (text, expected) in [
            ("<mxfile><diagram>", "broken XML"),
            ("<svg/>", "a picture without its drawing"),
            ("<html/>", "no drawing of draw.io"),
            (bomb, "broken XML"),
            ("<mxfile><diagram>!!</diagram></mxfile>", "a packed page"),
            ("<mxfile><diagram>AAAA</diagram></mxfile>", "a packed page"),
            (
                "<mxfile><diagram>&lt;a</diagram></mxfile>",
                "in a packed page, broken XML",
            ),
        ] {
            let (_, issues) = read(text);
            let is_told = issues.iter().any(|issue| issue.starts_with(expected));
            assert!(is_told, "{text}: {issues:?}");
        }
    }

    #[test]
    fn a_page_that_is_packed_to_burst_is_refused() {
        let text = format!(
            "<mxfile><diagram>{}</diagram></mxfile>",
            packed(&"a".repeat(MOST_BYTES))
        );
        assert_eq!(read(&text).1, ["a packed page that can't be unpacked"]);
        let many = "<a/>".repeat(600_000);
        let (_, issues) = read(&format!("<mxfile>{many}</mxfile>"));
        assert!(issues.iter().any(|issue| issue.starts_with("more than")));
    }
}
