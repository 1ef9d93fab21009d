//! The quick reference: pages fit a screen, lead to each other, and are found by the words of the trade.

use sysdrill::catalog::{Catalog, Fit};
use sysdrill::report::{PAGE_WIDTH, looked_up, page_text};

/// Lines of a page's own text, and of the page with its figures, links and sources.
const MOST_LINES: (usize, usize) = (18, 40);

#[test]
fn every_page_fits_a_screen_and_says_what_it_rests_on() {
    let catalog = Catalog::embedded();
    let pages = catalog.pages.all();
    assert!(pages.len() >= 60, "{} pages", pages.len());
    for page in pages {
        let lines = page.text.lines().count();
        assert!(lines <= MOST_LINES.0, "{}: {lines} lines", page.id);
        let shown = page_text(page, catalog);
        let lines = shown.lines().count();
        assert!(lines <= MOST_LINES.1, "{}: {lines} lines in all", page.id);
        for line in shown.lines() {
            assert!(line.chars().count() <= PAGE_WIDTH, "{}: {line}", page.id);
        }
        assert!(!page.sources.is_empty(), "{} has no source", page.id);
    }
}

#[test]
fn every_page_is_shown_by_its_name() {
    let catalog = Catalog::embedded();
    for page in catalog.pages.all() {
        let shown = looked_up(&page.id, catalog).expect("a page");
        assert!(shown.starts_with(&page.title), "{}: {shown}", page.id);
    }
}

#[test]
fn the_words_of_the_trade_lead_to_pages() {
    let catalog = Catalog::embedded();
    let terms: Vec<&str> = include_str!("reference_terms.txt").lines().collect();
    assert!(terms.len() >= 300, "{} terms", terms.len());
    let lost: Vec<&str> = terms
        .into_iter()
        .filter(|term| {
            let best = catalog.pages.find(term).first().map(|(fit, _)| *fit);
            !matches!(best, Some(Fit::Named | Fit::Titled))
        })
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn a_misspelt_word_gets_help() {
    let catalog = Catalog::embedded();
    let help = looked_up("cache-asied", catalog).expect_err("no such page");
    assert!(help.contains("`cache-aside`"), "{help}");
}
