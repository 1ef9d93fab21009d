//! Rule files and problem packs, read: every mistake with its place.
//!
//! Knows the keys; knows no rule and no problem.

mod bindings;
mod concepts;
mod figures;
mod keys;
mod language;
mod levels;
mod mistakes;
mod occasions;
mod origin;
mod pack;
mod rules;
mod talk;

use std::ops::Range;

pub use keys::{CONCEPT_FILE, DIMENSIONS, FIGURE_FILE, HINT, PROBLEM};
pub use language::LANGUAGE;
pub use origin::Origin;
pub use rules::RULE_FILE;
pub use talk::TALK_FILE;

use super::name::Name;
use super::noun::Noun;
use super::pattern::Pattern;
use super::satisfiable::Unmatched;
use super::selector::Selector;
use crate::model::quantity::Dimension;
use crate::model::{Vocabulary, spelling};
use crate::notation::yaml::{Fields, Node, all_of, one_or_many, text_of};
use crate::source::{Issues, Span};

/// A name used in a rule that has to be defined somewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UseSite {
    /// A concept.
    Concept(String),
    /// A named selector of subjects of a noun.
    Selector(Noun, String),
    /// A named condition.
    Condition(String),
    /// A figure.
    Figure(String),
    /// A page of the reference.
    Page(String),
    /// A rule.
    Rule(String),
    /// A problem.
    Problem(String),
}

impl UseSite {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Concept(name)
            | Self::Selector(_, name)
            | Self::Condition(name)
            | Self::Figure(name)
            | Self::Page(name)
            | Self::Rule(name)
            | Self::Problem(name) => name,
        }
    }
}

/// The names that a file uses and defines.
#[derive(Debug, Default)]
pub struct Names {
    /// Those that have to be defined somewhere, with the places of their use.
    pub uses: Vec<(UseSite, Span)>,
    /// Those that a file read closely defines, with their places.
    pub defined: Vec<(UseSite, Span)>,
    /// Names that stand for what has names in it, with their places and which of the uses are theirs.
    pub made: Vec<(UseSite, Span, Range<usize>)>,
    /// Those of what is defined and can't be read: to use them is no second mistake.
    pub broken: Vec<UseSite>,
    /// Formulas of estimates: the figure that each is for, its text and its place.
    pub formulas: Vec<(String, String, Span)>,
    /// Names of figures with the dimension that a file gives or needs them, and the places.
    pub measured: Vec<(String, Dimension, Span)>,
    /// What problems assume when they are asked.
    pub assumed: Vec<Assumed>,
    /// Words that people have others for, each with its place and that of all of them.
    pub called: Vec<(String, Span, Span)>,
}

/// What the answer to a question makes a design assume.
#[derive(Debug)]
pub struct Assumed {
    /// The name, of a figure or of anything else.
    pub name: String,
    /// Where the name stands.
    pub of: Span,
    /// Where the value stands.
    pub value: Span,
    /// Whether the value can be reckoned with.
    pub is_figure: bool,
}

impl Names {
    /// Takes in the names of another.
    pub fn append(&mut self, other: &mut Self) {
        let before = self.uses.len();
        let made = other.made.drain(..);
        self.made.extend(made.map(|(site, at, uses)| {
            let uses = uses.start + before..uses.end + before;
            (site, at, uses)
        }));
        self.uses.append(&mut other.uses);
        self.defined.append(&mut other.defined);
        self.broken.append(&mut other.broken);
        self.formulas.append(&mut other.formulas);
        self.measured.append(&mut other.measured);
        self.assumed.append(&mut other.assumed);
        self.called.append(&mut other.called);
    }
}

/// What the readers of rules share.
pub struct RuleReader<'r> {
    /// Kinds and technologies, which are read before any rule.
    pub vocabulary: &'r Vocabulary,
    /// Where complaints go.
    pub issues: &'r mut Issues,
    /// The innermost noun that the rule being read binds.
    pub(super) bound: Option<Noun>,
    /// All that the rule being read binds so far; none outside of rules, where any rule may use what is read.
    pub(super) nouns: Option<Vec<Noun>>,
    /// The names that were met.
    pub names: Names,
    /// Whether regular expressions are compiled and tests are looked at, to complain of broken ones.
    pub strict: bool,
}

impl<'r> RuleReader<'r> {
    /// A reader that puts its complaints into `issues`.
    pub fn new(vocabulary: &'r Vocabulary, issues: &'r mut Issues, strict: bool) -> Self {
        Self {
            vocabulary,
            issues,
            bound: None,
            nouns: None,
            names: Names::default(),
            strict,
        }
    }

    /// Complains of a word that stands for no such thing, and proposes the nearest one that does.
    pub fn unknown(&mut self, node: &Node<'_>, what: &str, word: &str, known: &[&str]) {
        let help = spelling::did_you_mean(word, known);
        self.issues
            .error(node.span, format!("unknown {what} `{word}`"), help);
    }

    /// The value of a key that has to be there; complains where it is not.
    pub fn needed<'n, 't>(&mut self, fields: &Fields<'n, 't>, key: &str) -> Option<&'n Node<'t>> {
        let node = fields.get(key);
        if node.is_none() {
            self.issues.missing(fields.span, fields.what, key);
        }
        node
    }

    /// The text of a key that has to be there and to say something.
    pub fn worded(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<String> {
        let text = fields.required(key, self.issues)?;
        if let (true, Some(node)) = (self.strict, fields.get(key)) {
            self.complain_of_nothing(&text, node.span);
        }
        Some(text)
    }

    /// Complains of a text that says nothing.
    pub(super) fn complain_of_nothing(&mut self, text: &str, span: Span) {
        if text.trim().is_empty() {
            let help = "write what people are to read here".to_owned();
            self.issues.error(span, "an empty text", help);
        }
    }

    /// The entries of a map under a key, whose names are the author's own.
    pub(super) fn named<'n, 't>(
        &mut self,
        fields: &Fields<'n, 't>,
        (key, what): (&str, &'n str),
    ) -> &'n [(Node<'t>, Node<'t>)] {
        let node = fields.get(key);
        let named = node.and_then(|node| Fields::of(node, what, self.issues));
        named.map_or(&[], |named| named.entries())
    }

    /// Notes what the id of something defines.
    pub(super) fn defines(&mut self, site: UseSite, fields: &Fields<'_, '_>) {
        if let (true, Some(node)) = (self.strict, fields.get("id")) {
            self.names.defined.push((site, node.span));
        }
    }

    /// Notes that what goes by a name is made of all that was used since there were so many uses.
    pub(super) fn made(&mut self, site: UseSite, at: Span, before: usize) {
        let uses = before..self.names.uses.len();
        // What one's own file says anew takes the place of what it said before, be it that it uses nothing now.
        if self.strict || !uses.is_empty() {
            self.names.made.push((site, at, uses));
        }
    }

    /// What was read under a name; where it can't be, the name is known as that of something broken.
    pub(super) fn or_broken<T>(&mut self, read: Option<T>, site: Option<UseSite>) -> Option<T> {
        if read.is_none() {
            self.names.broken.extend(site);
        }
        read
    }

    /// The items of a list, or what stands alone; complains of a list of nothing, which nothing is ever one of.
    pub(super) fn some_of<'n, 't>(&mut self, node: &'n Node<'t>) -> &'n [Node<'t>] {
        let items = one_or_many(node);
        if self.strict && items.is_empty() {
            let help = "name something, or remove the key".to_owned();
            self.issues.error(node.span, "a list of nothing", help);
        }
        items
    }

    /// A whole number.
    pub(super) fn count(&mut self, node: &Node<'_>) -> Option<usize> {
        let text = text_of(node, self.issues)?;
        let count = text.trim().parse().ok();
        if count.is_none() {
            let help = "write a number such as `2`".to_owned();
            self.issues
                .error(node.span, format!("`{text}` is no whole number"), help);
        }
        count
    }

    /// A regular expression.
    pub fn pattern(&mut self, node: &Node<'_>) -> Option<Pattern> {
        let text = text_of(node, self.issues)?;
        self.checked(Pattern::new(text), node)
    }

    /// The pattern, unless it is broken and that matters now.
    pub(super) fn checked(&mut self, pattern: Pattern, node: &Node<'_>) -> Option<Pattern> {
        let mistake = self.strict.then(|| pattern.mistake()).flatten();
        if let Some(mistake) = mistake {
            let help = r"a sign that stands for itself has a backslash before it: `\(`, `\.`, `\+`";
            self.issues.error(
                node.span,
                format!("not a regular expression: {mistake}"),
                help.to_owned(),
            );
            return None;
        }
        if self.strict {
            self.tell_unmatched(&pattern, node);
        }
        Some(pattern)
    }

    /// Complains of an expression that no text matches, and warns of a part that none does.
    fn tell_unmatched(&mut self, pattern: &Pattern, node: &Node<'_>) {
        let help = r"such as `$` before more text, or `\b` between two letters or two signs";
        match pattern.unmatched() {
            Some(Unmatched::Whole) => {
                let message = "no text can match this";
                self.issues.error(node.span, message, help.to_owned());
            }
            Some(Unmatched::Part(read)) => {
                let message = format!("the part of this that would read `{read}` can never match");
                self.issues.warning(node.span, message, help.to_owned());
            }
            None => {}
        }
    }

    /// Names of concepts, one or several.
    pub fn concepts(&mut self, node: &Node<'_>) -> Vec<String> {
        let mut concepts = Vec::new();
        for item in self.some_of(node) {
            if let Some(concept) = text_of(item, self.issues) {
                let site = UseSite::Concept(concept.to_owned());
                self.names.uses.push((site, item.span));
                concepts.push(concept.to_owned());
            }
        }
        concepts
    }

    /// The same to ask for.
    pub(super) fn named_concepts(&mut self, node: &Node<'_>) -> Vec<Name<usize>> {
        let concepts = self.concepts(node);
        concepts.into_iter().map(Name::new).collect()
    }

    /// Wordings, one or several, as a pattern of whole words.
    pub fn wordings(&mut self, node: &Node<'_>) -> Option<Pattern> {
        let wordings = one_or_many(node).iter().map(|item| {
            let text = text_of(item, self.issues)?.to_owned();
            if self.strict {
                self.checked(Pattern::words([text.clone()]), item)?;
            }
            Some(text)
        });
        all_of(wordings).map(Pattern::words)
    }

    /// A selector of components.
    pub fn selector_of_components(&mut self, node: &Node<'_>) -> Option<Selector> {
        Selector::read(Noun::Component, node, self)
    }

    pub(super) fn uses_selector(&mut self, noun: Noun, name: &str, span: Span) {
        self.names
            .uses
            .push((UseSite::Selector(noun, name.to_owned()), span));
    }

    pub(super) fn uses_condition(&mut self, name: &str, span: Span) {
        self.names
            .uses
            .push((UseSite::Condition(name.to_owned()), span));
    }

    /// Pages are read when somebody asks for one, so that only what is read closely has its pages looked up.
    pub fn page(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<String> {
        let page = fields.text(key, self.issues)?;
        if self.strict {
            let span = fields.get(key).map_or(fields.span, |node| node.span);
            self.names.uses.push((UseSite::Page(page.clone()), span));
        }
        Some(page)
    }

    /// Problems are not all read where one design is judged, so that only what is read closely has them looked up.
    pub(super) fn uses_problem(&mut self, slug: &str, span: Span) {
        if self.strict {
            let site = UseSite::Problem(slug.to_owned());
            self.names.uses.push((site, span));
        }
    }

    /// Notes of which dimension a figure is taken to be.
    pub(super) fn measures(&mut self, name: &str, dimension: Dimension, span: Span) {
        if self.strict {
            self.names.measured.push((name.to_owned(), dimension, span));
        }
    }

    pub(super) fn uses_figure(&mut self, name: &str, span: Span) {
        self.names
            .uses
            .push((UseSite::Figure(name.to_owned()), span));
    }
}
