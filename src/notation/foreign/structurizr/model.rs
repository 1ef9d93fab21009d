//! The model of a workspace: its elements, each within another, and the relationships between them.
//!
//! Knows what statements make and which element a name means; what is drawn of it is another's business.

use std::collections::{BTreeMap, BTreeSet};

use super::keywords::{Keywords, Kind, Said};
use super::styles::Styles;
use crate::notation::foreign::label::{cut, in_words};
use crate::notation::foreign::scopes::Scopes;
use crate::notation::foreign::stand_ins::filled;
use crate::notation::foreign::statements::{Statement, Word};
use crate::source::{Issues, Span};

/// All that a file says.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub title: Option<String>,
    pub elements: Vec<Element>,
    pub relations: Vec<Relation>,
    pub styles: Styles,
    keywords: Keywords,
    constants: BTreeMap<String, String>,
    names: Scopes,
    /// Parts of the model stand in other files.
    is_part: bool,
}

/// An element of the model, or of a deployment.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub kind: Kind,
    /// What is written on it; of an instance, the identifier of what it is one of.
    pub name: String,
    pub id: String,
    pub within: Option<usize>,
    pub said: Said,
    pub span: Span,
}

/// A relationship as written.
#[derive(Debug)]
pub(super) struct Relation {
    pub from: Word,
    pub to: Word,
    pub scope: Option<usize>,
    pub said: Said,
    pub span: Span,
}

/// Letters of a constant, which may stand in many places.
const MOST_SHARED: usize = 256;

/// The element that a relationship is written in.
const THIS: &str = "this";

/// Statements that say nothing of what there is.
const ASIDE: &[&str] = &[
    "properties",
    "perspectives",
    "url",
    "healthcheck",
    "branding",
    "terminology",
    "deploymentgroup",
    "!docs",
    "!adrs",
    "!decisions",
    "!documentation",
    "!identifiers",
    "!impliedrelationships",
];

impl Model {
    pub fn of(statements: &[Statement], issues: &mut Issues) -> Self {
        let mut model = Self::default();
        model.take_in(statements, None, issues);
        model
    }

    fn take_in(&mut self, statements: &[Statement], scope: Option<usize>, issues: &mut Issues) {
        for statement in statements {
            let words = self.words(statement);
            let keyword = statement.keyword();
            match keyword.as_str() {
                "workspace" => self.workspace(statement, &words, issues),
                "model" => self.take_in(statement.body(), scope, issues),
                "views" => self.styles.take_in(statement.body()),
                "archetypes" => {
                    for archetype in statement.body() {
                        if archetype.keyword().starts_with('!') {
                            self.take_in(std::slice::from_ref(archetype), scope, issues);
                        } else {
                            self.keywords.take_in(archetype);
                        }
                    }
                }
                "!const" | "!constant" | "!var" => {
                    if let [_, name, value, ..] = words.as_slice() {
                        let value = cut(&value.text, MOST_SHARED).to_owned();
                        self.constants.insert(name.text.clone(), value);
                    }
                }
                "!include" => self.elsewhere(statement, issues),
                "!extend" | "!element" | "!ref" => {
                    let meant = words.get(1).and_then(|word| self.named(word, scope));
                    match meant.or_else(|| self.made_up(words.get(1)?, statement.span, issues)) {
                        Some(meant) => self.take_in(statement.body(), Some(meant), issues),
                        None => unread(statement.span, issues),
                    }
                }
                _ if ASIDE.contains(&keyword.as_str()) => {}
                _ if keyword.starts_with('!') => {
                    let message = format!("`{keyword}` is left out");
                    let help = "what it does to the model is not known here".to_owned();
                    issues.warning(statement.span, message, help);
                }
                _ => self.statement(statement, &words, scope, issues),
            }
        }
    }

    /// The words of a statement, with constants in place of their names.
    fn words(&self, statement: &Statement) -> Vec<Word> {
        let words = statement.words.iter().map(|word| Word {
            text: filled(&word.text, &self.constants),
            is_quoted: word.is_quoted,
        });
        words.collect()
    }

    fn workspace(&mut self, statement: &Statement, words: &[Word], issues: &mut Issues) {
        match words {
            [_, extends, ..] if extends.lower() == "extends" => self.elsewhere(statement, issues),
            [_, name, ..] => self.title = Some(name.text.clone()),
            _ => {}
        }
        for line in statement.body() {
            if let ("name", [_, name, ..]) = (line.keyword().as_str(), line.words.as_slice()) {
                self.title = Some(name.text.clone());
            }
        }
        // A word alone with braces holds settings, unless it is one that holds elements or looks.
        let is_setting = |line: &Statement| {
            let keyword = line.keyword();
            let holds = matches!(&*keyword, "model" | "views" | "archetypes");
            let is_block = line.words.len() == 1 && line.body.is_some() && !holds;
            is_block || matches!(&*keyword, "name" | "description")
        };
        for line in statement.body().iter().filter(|line| !is_setting(line)) {
            self.take_in(std::slice::from_ref(line), None, issues);
        }
    }

    fn elsewhere(&mut self, statement: &Statement, issues: &mut Issues) {
        self.is_part = true;
        let file = statement.words.last();
        let file = file.map(|word| word.text.as_str()).unwrap_or_default();
        let message = format!("`{file}` is left out: it is another file");
        let help = "put its statements here to have its elements".to_owned();
        issues.warning(statement.span, message, help);
    }

    /// An element, a relationship, or what is said of the element around.
    fn statement(
        &mut self,
        statement: &Statement,
        words: &[Word],
        scope: Option<usize>,
        issues: &mut Issues,
    ) {
        let (id, line) = match words {
            [id, sign, line @ ..] if sign.is("=") => (id.text.as_str(), line),
            line => ("", line),
        };
        if let Some(relation) = self.relation(statement, line, scope) {
            self.relations.push(relation);
            return;
        }
        let Some((first, after)) = line.split_first() else {
            return;
        };
        let word = first.lower();
        if let Some((kind, mut said)) = self.keywords.element(&word) {
            let Some((name, after)) = after.split_first() else {
                // A keyword for the group below which others stand may have no name.
                return self.take_in(statement.body(), scope, issues);
            };
            self.keywords.take_words(&word, after, &mut said);
            let element = Element {
                kind,
                name: name.text.clone(),
                id: id.to_owned(),
                within: scope,
                said,
                span: statement.span,
            };
            let at = self.add(element);
            return self.take_in(statement.body(), Some(at), issues);
        }
        let around = scope.and_then(|at| self.elements.get_mut(at));
        let mut said = Said::default();
        if around.is_some_and(|element| element.said.take_line(statement))
            || said.take_line(statement)
            || ASIDE.contains(&word.as_str())
        {
            return;
        }
        unread(statement.span, issues);
    }

    /// The relationship of a line, where it is one: `a -> b "uses" "HTTPS"`, or `-> b` within an element.
    fn relation(
        &self,
        statement: &Statement,
        line: &[Word],
        scope: Option<usize>,
    ) -> Option<Relation> {
        let this = Word {
            text: THIS.to_owned(),
            is_quoted: false,
        };
        let (from, mut said, to, after) = match line {
            [arrow, to, after @ ..] if self.keywords.arrow(arrow).is_some() => {
                (&this, self.keywords.arrow(arrow)?, to, after)
            }
            [from, arrow, to, after @ ..] => (from, self.keywords.arrow(arrow)?, to, after),
            _ => return None,
        };
        said.take_words_of_arrow(after);
        for line in statement.body() {
            said.take_line(line);
        }
        Some(Relation {
            from: from.clone(),
            to: to.clone(),
            scope,
            said,
            span: statement.span,
        })
    }

    fn add(&mut self, element: Element) -> usize {
        let at = self.elements.len();
        // A group is no part of the names of what lies in it, or it is.
        let mut within = vec![element.within];
        for outer in self.around(element.within) {
            match self.elements.get(outer) {
                Some(group) if group.kind == Kind::Group => within.push(group.within),
                _ => break,
            }
        }
        self.names.add(&element.id, at, within);
        self.elements.push(element);
        at
    }

    /// An element and those around it, from the innermost out.
    pub fn around(&self, within: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let outer = |at: &usize| self.elements.get(*at).and_then(|element| element.within);
        std::iter::successors(within, outer)
    }

    /// The element that a name means within another.
    pub fn named(&self, word: &Word, scope: Option<usize>) -> Option<usize> {
        if word.text.to_lowercase() == THIS {
            return scope;
        }
        self.names.named(&word.text, self.around(scope))
    }

    /// An element for a name that another file makes.
    fn made_up(&mut self, word: &Word, span: Span, issues: &mut Issues) -> Option<usize> {
        if !self.is_part || word.text.contains('*') || word.text.contains('=') {
            return None;
        }
        let name = &word.text;
        let message = format!("`{name}` is made in another file: its name is all that is known");
        issues.warning(span, message, None);
        let last = name.rsplit('.').next().unwrap_or_default();
        Some(self.add(Element {
            name: in_words(last),
            id: last.to_owned(),
            span,
            ..Element::default()
        }))
    }

    /// The ends of all relationships, as elements; what joins names that are not there is told.
    pub fn ends(&mut self, issues: &mut Issues) -> Vec<Option<(usize, usize)>> {
        let mut ends = Vec::new();
        let mut told = BTreeSet::new();
        for relation in std::mem::take(&mut self.relations) {
            let mut end = |word: &Word| {
                let found = self.named(word, relation.scope);
                let found = found.or_else(|| self.made_up(word, relation.span, issues));
                if found.is_none() && told.insert(word.text.clone()) {
                    let message = format!("`{}` is not there", word.text);
                    let help = "the relationship is left out; names stand before `=`".to_owned();
                    issues.warning(relation.span, message, help);
                }
                found
            };
            ends.push(end(&relation.from).zip(end(&relation.to)));
            self.relations.push(relation);
        }
        ends
    }
}

fn unread(span: Span, issues: &mut Issues) {
    let help = "it is left out; elements are written `id = container \"Name\"`, relationships `a -> b \"Uses\"`";
    issues.warning(span, "a line that is not understood", help.to_owned());
}
