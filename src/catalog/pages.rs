//! The quick reference: pages of one screen, found by whatever people call what they are about.
//!
//! Knows pages and words; the pages are data, and are read when the first of them is asked for.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::late::Late;
use crate::model::spelling::{self, words};
use crate::notation::yaml::{self, Fields, Key, Limits, Node, Shape};
use crate::rubric::UseSite;
use crate::source::{Issues, Span};

/// A page of the reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its name: `topic/page`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The title of its topic.
    pub topic: String,
    /// What else people call what it is about.
    pub terms: Vec<String>,
    /// What it says: lines that fit a screen.
    pub text: String,
    /// Figures worth knowing, each with where it comes from.
    pub numbers: Vec<(String, String)>,
    /// The pages to read next.
    pub see: Vec<String>,
    /// What the page rests on.
    pub sources: Vec<String>,
}

/// How well a page answers a question: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The words are the page's name, title, or one of its terms.
    Named,
    /// Every word begins a word of the name, the title or one term.
    Titled,
    /// The words stand in its text as they are.
    Said,
    /// Every word stands somewhere in its text.
    Mentioned,
}

/// The pages, unread until the first one is asked for.
#[derive(Debug, Default)]
pub struct Pages {
    read: Late<Vec<Page>>,
    /// What each page is searched by.
    plain: OnceLock<Vec<Plain>>,
}

/// A page in plain words, made once for all searches.
#[derive(Debug)]
struct Plain {
    names: Vec<String>,
    /// Text and figures, with a space at either end.
    text: String,
}

impl Pages {
    /// Takes the text of a file of pages.
    pub(super) fn add(&mut self, text: impl Into<Cow<'static, str>>) {
        self.read.add(text.into());
        self.plain = OnceLock::new();
    }

    /// Every page, by topic, in the order of the files.
    pub fn all(&self) -> &[Page] {
        self.read.get(|texts| {
            let mut pages: Vec<Page> = Vec::new();
            for text in texts {
                for page in read(text, &mut Issues::default(), &mut Vec::new()) {
                    match pages.iter_mut().find(|other| other.id == page.id) {
                        Some(other) => *other = page,
                        None => pages.push(page),
                    }
                }
            }
            pages
        })
    }

    /// The pages that speak of something, the best first; in their order where they fit alike.
    #[must_use]
    pub fn find(&self, words: &str) -> Vec<(Fit, &Page)> {
        let wanted = plain(words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let pages = self.all();
        let plain = self
            .plain
            .get_or_init(|| pages.iter().map(Page::in_plain_words).collect());
        let mut found: Vec<(Fit, &Page)> = pages
            .iter()
            .zip(plain)
            .filter_map(|(page, plain)| Some((plain.fit(&wanted)?, page)))
            .collect();
        found.sort_by_key(|(fit, _)| *fit);
        found
    }

    /// Whether words are the name of a page, its title or one of its terms.
    #[must_use]
    pub fn has(&self, words: &str) -> bool {
        let found = self.find(words);
        found.first().is_some_and(|(fit, _)| *fit == Fit::Named)
    }

    /// Whether a text has the name of a page, its title or one of its terms in it.
    #[must_use]
    pub fn is_named_in(&self, id: &str, text: &str) -> bool {
        let text = format!(" {} ", plain(text));
        let page = self.all().iter().find(|page| page.id == id);
        let named = |name: &str| text.contains(&format!(" {} ", plain(name)));
        page.is_some_and(|page| page.names().any(named))
    }

    /// What was perhaps meant by words that lead nowhere.
    #[must_use]
    pub fn nearest(&self, words: &str) -> Option<String> {
        let names = self.all().iter().flat_map(Page::names);
        spelling::nearest(words, names).map(str::to_owned)
    }
}

impl Page {
    /// The name without its topic, the title, and the terms.
    fn names(&self) -> impl Iterator<Item = &str> {
        let short = self.id.rsplit('/').next().unwrap_or(&self.id);
        [self.id.as_str(), short, self.title.as_str()]
            .into_iter()
            .chain(self.terms.iter().map(String::as_str))
    }

    fn in_plain_words(&self) -> Plain {
        let numbers: Vec<&str> = self.numbers.iter().map(|(text, _)| text.as_str()).collect();
        let said = plain(&format!("{} {}", self.text, numbers.join(" ")));
        Plain {
            names: self.names().map(plain).collect(),
            text: format!(" {said} "),
        }
    }
}

impl Plain {
    /// How well the page answers words in their plain form.
    fn fit(&self, wanted: &str) -> Option<Fit> {
        if self.names.iter().any(|name| name == wanted) {
            return Some(Fit::Named);
        }
        let begins = |word: &str, text: &str| text.split(' ').any(|part| part.starts_with(word));
        if self
            .names
            .iter()
            .any(|name| wanted.split(' ').all(|word| begins(word, name)))
        {
            return Some(Fit::Titled);
        }
        if self.text.contains(&format!(" {wanted} ")) {
            return Some(Fit::Said);
        }
        wanted
            .split(' ')
            .all(|word| self.text.contains(&format!(" {word}")))
            .then_some(Fit::Mentioned)
    }
}

/// Small letters and digits with single spaces between words, so that `cache-aside`, `Cache Aside` and `cache_aside` are
/// one; signs that are part of a name (`c++`, `r/w`) end words like any other.
fn plain(text: &str) -> String {
    words(text).join(" ")
}

/// The keys of a topic of the reference.
pub const PAGE_FILE: &[Key] = &[
    Key::needed(
        "topic",
        Shape::Text,
        "The first half of the names of its pages.",
    ),
    Key::needed("title", Shape::Text, "What the topic is called."),
    Key::needed("pages", Shape::List(&Shape::Map(PAGE)), "Its pages."),
];

const PAGE: &[Key] = &[
    Key::needed("id", Shape::Text, "The second half of its name."),
    Key::needed("title", Shape::Text, "What it is about."),
    Key::new(
        "terms",
        Shape::Many(&Shape::Text),
        "What else people call that.",
    ),
    Key::needed("text", Shape::Text, "Lines that fit a screen."),
    Key::new(
        "numbers",
        Shape::List(&Shape::Map(NUMBER)),
        "Figures worth knowing.",
    ),
    Key::new("see", Shape::Many(&Shape::Text), "The pages to read next."),
    Key::new("sources", Shape::Many(&Shape::Text), "What it rests on."),
];

const NUMBER: &[Key] = &[
    Key::needed("text", Shape::Text, "The figure in a line."),
    Key::needed("source", Shape::Text, "Where it is from."),
];

/// Limits for files of pages.
const LIMITS: Limits = Limits {
    bytes: 4 << 20,
    depth: 16,
    nodes: 200_000,
    components: 10_000,
    raised: false,
};

/// Reads a file of pages; complains of what is no page, and notes the pages that it names.
pub(super) fn read(text: &str, issues: &mut Issues, uses: &mut Vec<(UseSite, Span)>) -> Vec<Page> {
    let Some(node) = yaml::parse(text, &LIMITS, issues) else {
        return Vec::new();
    };
    let Some(fields) = Fields::of(&node, "a topic of the reference", issues) else {
        return Vec::new();
    };
    fields.known(PAGE_FILE, issues);
    let topic = fields.required("topic", issues);
    let title = fields.required("title", issues);
    let of = topic.zip(title);
    let (topic, title) = of
        .as_ref()
        .map_or(("", ""), |(topic, title)| (topic, title));
    let pages = fields.list("pages", issues).iter();
    let pages = pages.filter_map(|node| page(node, topic, title, issues, uses));
    let pages: Vec<Page> = pages.collect();
    of.map(|_| pages).unwrap_or_default()
}

fn page(
    node: &Node<'_>,
    topic: &str,
    topic_title: &str,
    issues: &mut Issues,
    uses: &mut Vec<(UseSite, Span)>,
) -> Option<Page> {
    let fields = Fields::of(node, "a page", issues)?;
    fields.known(PAGE, issues);
    let mut text = |key| fields.required(key, issues);
    let (id, title, words) = (text("id"), text("title"), text("text"));
    let mut numbers = Vec::new();
    for number in fields.list("numbers", issues) {
        let Some(fields) = Fields::of(number, "a number", issues) else {
            continue;
        };
        fields.known(NUMBER, issues);
        let text = fields.required("text", issues);
        numbers.extend(text.zip(fields.required("source", issues)));
    }
    let see = fields.texts("see", issues);
    let place = fields.get("see").map_or(fields.span, |node| node.span);
    uses.extend(see.iter().map(|seen| (UseSite::Page(seen.clone()), place)));
    let terms = fields.texts("terms", issues);
    let sources = fields.texts("sources", issues);
    Some(Page {
        id: format!("{topic}/{}", id?),
        topic: topic_title.to_owned(),
        title: title?,
        terms,
        text: words?.trim_end().to_owned(),
        numbers,
        see,
        sources,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Pages {
        let mut pages = Pages::default();
        pages.add(
            "topic: things\ntitle: Things\npages:\n\
             - {id: red-ball, title: Red ball, terms: [crimson sphere], text: It rolls down hills.}\n\
             - {id: box, title: Box, text: It holds a red ball and other things.}\n",
        );
        pages
    }

    fn found(words: &str) -> Vec<(Fit, String)> {
        let pages = pages();
        let found = pages.find(words);
        found
            .into_iter()
            .map(|(fit, page)| (fit, page.id.clone()))
            .collect()
    }

    #[test]
    fn a_page_goes_by_its_name_its_title_and_its_terms_however_they_are_written() {
        for words in ["red-ball", "things/red-ball", "RED BALL", "crimson_sphere"] {
            assert_eq!(
                found(words).first(),
                Some(&(Fit::Named, "things/red-ball".to_owned())),
                "{words}"
            );
        }
    }

    #[test]
    fn what_is_named_comes_before_what_is_only_said() {
        let both = found("red ball");
        assert_eq!(both.len(), 2);
        assert_eq!(both[1], (Fit::Said, "things/box".to_owned()));
        assert_eq!(
            found("holds things").first().map(|hit| hit.0),
            Some(Fit::Mentioned)
        );
        assert_eq!(
            found("sph crim").first().map(|hit| hit.0),
            Some(Fit::Titled)
        );
        assert_eq!(found("quark"), Vec::new());
        assert_eq!(found(" - "), Vec::new());
    }

    #[test]
    fn a_later_page_takes_the_place_of_an_earlier_one() {
        let mut pages = pages();
        let own = "topic: things\ntitle: Own\npages: [{id: box, title: Crate, text: Ours.}]\n";
        pages.add(own);
        assert_eq!(pages.all().len(), 2);
        let found = pages.find("things/box");
        assert_eq!(
            found.first().map(|(_, page)| page.title.as_str()),
            Some("Crate")
        );
    }
}
