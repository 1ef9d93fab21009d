//! A page of the quick reference as text for a terminal.
//!
//! Knows how a page looks; what it says is data.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Page};

/// The widest line of a page.
pub const PAGE_WIDTH: usize = 80;

/// A page with its figures, its sources, the pages to read next and the rules that send people here.
#[must_use]
pub fn page_text(page: &Page, catalog: &Catalog) -> String {
    let mut text = format!("{} ({})\n\n", page.title, page.id);
    for line in page.text.lines() {
        text.push_str(line);
        text.push('\n');
    }
    if !page.numbers.is_empty() {
        text.push_str("\nNumbers\n");
        for (number, source) in &page.numbers {
            hanging(&mut text, "- ", &format!("{number} [{source}]"));
        }
    }
    text.push('\n');
    let rules: Vec<&str> = catalog
        .rules
        .iter()
        .filter(|rule| rule.reference.as_deref() == Some(page.id.as_str()))
        .map(|rule| rule.id.as_str())
        .collect();
    let more = rules.len().saturating_sub(MOST_HITS);
    let mut some = rules
        .into_iter()
        .take(MOST_HITS)
        .collect::<Vec<_>>()
        .join(", ");
    if more > 0 {
        let _ = write!(some, " and {more} more; `sysdrill rules` lists them");
    }
    for (label, words) in [
        ("See ", page.see.join(", ")),
        ("Rules ", some),
        ("From ", page.sources.join("; ")),
    ] {
        if !words.is_empty() {
            hanging(&mut text, label, &words);
        }
    }
    text
}

/// Words behind a label, later lines indented to its width.
fn hanging(text: &mut String, label: &str, words: &str) {
    let indent = " ".repeat(label.len());
    let options = textwrap::Options::new(PAGE_WIDTH)
        .initial_indent(label)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let _ = writeln!(text, "{}", textwrap::fill(words, options));
}

/// At most so many rules or further pages are named below a page, or listed.
const MOST_HITS: usize = 12;

/// What the reference has on some words: the page that fits best with the names of others, or a list where several fit alike.
///
/// # Errors
/// Where nothing fits: what was perhaps meant.
pub fn looked_up(words: &str, catalog: &Catalog) -> Result<String, String> {
    let found = catalog.pages.find(words);
    let Some((best, first)) = found.first() else {
        return Err(catalog.pages.nearest(words.trim()).map_or_else(
            || "`ref` alone lists the pages".to_owned(),
            |name| format!("did you mean `{name}`?"),
        ));
    };
    let alike = found.iter().filter(|(fit, _)| fit == best).count();
    if alike > 1 {
        let rows = found.iter().take(MOST_HITS).map(|(_, page)| row(page));
        let more = found.len().saturating_sub(MOST_HITS);
        let mut text = format!("On {}:\n{}", words.trim(), rows.collect::<String>());
        if more > 0 {
            let _ = writeln!(text, "  and {more} more; say it with another word");
        }
        return Ok(text);
    }
    let mut text = page_text(first, catalog);
    let others = found.iter().skip(1).take(MOST_HITS);
    let others: Vec<&str> = others
        .map(|(_, page)| page.id.as_str())
        .filter(|id| !first.see.iter().any(|seen| seen == id))
        .collect();
    if !others.is_empty() {
        hanging(&mut text, "Also ", &others.join(", "));
    }
    Ok(text)
}

/// The pages by topic.
#[must_use]
pub fn contents(catalog: &Catalog) -> String {
    let mut text = String::new();
    let mut topic = "";
    for page in catalog.pages.all() {
        if page.topic != topic {
            topic = &page.topic;
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{topic}");
        }
        text.push_str(&row(page));
    }
    text
}

fn row(page: &Page) -> String {
    format!("  {:<40} {}\n", page.id, page.title)
}
