//! The model of a file: its elements, each within another, their relationships, and what runs in each environment.
//!
//! Knows what statements make and which element a name means; what is drawn of it is another's business.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Kinds, Said, words};
use super::{DEPLOYMENT, MODEL, SPECIFICATION};
use crate::notation::foreign::scopes::Scopes;
use crate::notation::foreign::statements::{Statement, Word};
use crate::source::{Issues, Span};

/// All that a file says.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub elements: Vec<Element>,
    pub relations: Vec<Relation>,
    pub kinds: Kinds,
    /// How many of each element there are: the most that one environment has.
    pub copies: BTreeMap<usize, u64>,
    names: Scopes,
}

/// An element of the model.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The word of the file for what it is; empty where that stands in another file.
    pub kind: String,
    pub id: String,
    pub within: Option<usize>,
    pub said: Said,
    pub span: Span,
}

/// A relationship between elements.
#[derive(Debug)]
pub(super) struct Relation {
    pub from: usize,
    pub to: usize,
    pub kind: Option<String>,
    pub said: Said,
    pub span: Span,
}

/// A relationship as written: its ends may be elements that are made further down.
struct Written<'s> {
    /// The element that it is written in, where nothing stands before the arrow.
    from: Option<&'s Word>,
    to: &'s Word,
    kind: Option<String>,
    said: Said,
    scope: Option<usize>,
    span: Span,
}

/// Words for the element that a relationship is written in.
const THIS: &[&str] = &["this", "it"];

/// What runs an element somewhere.
const INSTANCE: &str = "instanceof";

impl Model {
    pub fn of(statements: &[Statement], issues: &mut Issues) -> Self {
        let mut model = Self::default();
        let below = |keyword: &'static str| {
            let blocks = statements.iter().filter(move |block| block.is(keyword));
            blocks.flat_map(Statement::body)
        };
        for block in statements.iter().filter(|block| block.is(SPECIFICATION)) {
            model.kinds.take_in(block.body());
        }
        let mut written = Vec::new();
        // Elements may be extended before they are made.
        let mut extended = Vec::new();
        for statement in below(MODEL) {
            if statement.is(EXTEND) {
                extended.push(statement);
            } else {
                model.statement(statement, None, &mut written, issues);
            }
        }
        for statement in extended {
            let Some(name) = statement.words.get(1) else {
                unread(statement.span, issues);
                continue;
            };
            let element = model.named_or_made_up(name, None, statement.span, issues);
            model.take_in(statement.body(), Some(element), &mut written, issues);
        }
        model.join(written, issues);
        for statement in below(DEPLOYMENT) {
            let mut running = BTreeMap::new();
            model.count(std::slice::from_ref(statement), &mut running);
            for (element, count) in running {
                let most = model.copies.entry(element).or_default();
                *most = count.max(*most);
            }
        }
        model
    }

    fn take_in<'s>(
        &mut self,
        statements: &'s [Statement],
        scope: Option<usize>,
        written: &mut Vec<Written<'s>>,
        issues: &mut Issues,
    ) {
        for statement in statements {
            self.statement(statement, scope, written, issues);
        }
    }

    /// A relationship, what is said of the element around, or an element.
    fn statement<'s>(
        &mut self,
        statement: &'s Statement,
        scope: Option<usize>,
        written: &mut Vec<Written<'s>>,
        issues: &mut Issues,
    ) {
        if let Some(relation) = relation(statement, scope) {
            written.push(relation);
            return;
        }
        let mut aside = Said::default();
        let around = scope.and_then(|at| self.elements.get_mut(at));
        let said = around.map_or(&mut aside, |element| &mut element.said);
        if said.take_line(statement) {
            return;
        }
        let Some((id, kind, texts)) = declared(&statement.words) else {
            unread(statement.span, issues);
            return;
        };
        let mut said = Said::default();
        said.take_texts(texts);
        let at = self.add(Element {
            kind: kind.to_owned(),
            id: id.to_owned(),
            within: scope,
            said,
            span: statement.span,
        });
        self.take_in(statement.body(), Some(at), written, issues);
    }

    fn add(&mut self, element: Element) -> usize {
        let at = self.elements.len();
        self.names.add(&element.id, at, [element.within]);
        self.elements.push(element);
        at
    }

    /// An element and those around it, from the innermost out.
    pub fn around(&self, within: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let outer = |at: &usize| self.elements.get(*at).and_then(|element| element.within);
        std::iter::successors(within, outer)
    }

    /// The element of a name; models stand in several files, so that one is made of a name that is not known.
    fn named_or_made_up(
        &mut self,
        name: &Word,
        scope: Option<usize>,
        span: Span,
        issues: &mut Issues,
    ) -> usize {
        if let Some(known) = self.names.named(&name.text, self.around(scope)) {
            return known;
        }
        let written = &name.text;
        let message = format!("`{written}` is made in another file: its name is all that is known");
        issues.warning(span, message, None);
        let last = written.rsplit('.').next().unwrap_or_default();
        let mut element = Element {
            id: last.to_owned(),
            span,
            ..Element::default()
        };
        element.said.title = Some(words(last));
        self.add(element)
    }

    fn join(&mut self, written: Vec<Written<'_>>, issues: &mut Issues) {
        for relation in written {
            let Written { scope, span, .. } = relation;
            let mut end = |word: Option<&Word>| match word {
                Some(word) if !THIS.contains(&word.lower().as_str()) => {
                    Some(self.named_or_made_up(word, scope, span, issues))
                }
                _ => scope,
            };
            let (Some(from), Some(to)) = (end(relation.from), end(Some(relation.to))) else {
                unread(span, issues);
                continue;
            };
            self.relations.push(Relation {
                from,
                to,
                kind: relation.kind,
                said: relation.said,
                span,
            });
        }
    }

    /// Counts what runs in the nodes of a deployment.
    fn count(&self, statements: &[Statement], running: &mut BTreeMap<usize, u64>) {
        for statement in statements {
            let mut words = statement.words.iter();
            if words.any(|word| word.lower() == INSTANCE)
                && let Some(of) = words.next()
                && let Some(element) = self.names.named(&of.text, std::iter::empty())
            {
                *running.entry(element).or_default() += 1;
            }
            self.count(statement.body(), running);
        }
    }

    /// The elements that others lie in.
    pub fn outer(&self) -> BTreeSet<usize> {
        let outer = self.elements.iter().filter_map(|element| element.within);
        outer.collect()
    }
}

/// Adds to an element that is made elsewhere.
const EXTEND: &str = "extend";

/// The identifier, the kind and the texts of an element: `id = kind 'Title'` or `kind id 'Title'`.
fn declared(words: &[Word]) -> Option<(&str, &str, &[Word])> {
    let (id, kind, texts) = match words {
        [id, sign, kind, texts @ ..] if sign.is("=") => (id, kind, texts),
        [kind, id, texts @ ..] => (id, kind, texts),
        _ => return None,
    };
    let is_name = |word: &Word| {
        let mut letters = word.text.chars();
        !word.is_quoted && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    (is_name(id) && is_name(kind)).then_some((&id.text, &kind.text, texts))
}

/// The relationship of a statement, where it is one: `a -> b 'uses'`, `a -[kind]-> b`, `a .kind b`, or `-> b` within an
/// element.
fn relation(statement: &Statement, scope: Option<usize>) -> Option<Written<'_>> {
    let words = statement.words.as_slice();
    let (from, kind, to, texts) = match words {
        [sign, to, texts @ ..] if arrow(sign).is_some() => (None, arrow(sign)?, to, texts),
        [from, sign, to, texts @ ..] => (Some(from), arrow(sign)?, to, texts),
        _ => return None,
    };
    if to.is_quoted || from.is_some_and(|from| from.is_quoted) {
        return None;
    }
    let mut said = Said::default();
    said.take_texts(texts);
    for line in statement.body() {
        said.take_line(line);
    }
    Some(Written {
        from,
        to,
        kind: Some(kind.to_owned()).filter(|kind| !kind.is_empty()),
        said,
        scope,
        span: statement.span,
    })
}

/// The kind of relationship that a word between two names stands for, empty where it says none.
fn arrow(word: &Word) -> Option<&str> {
    if word.is_quoted {
        return None;
    }
    let text = word.text.as_str();
    let of_kind = text
        .strip_prefix("-[")
        .and_then(|rest| rest.strip_suffix("]->"));
    let kind = of_kind.or_else(|| text.strip_prefix('.'));
    kind.filter(|kind| !kind.is_empty())
        .or_else(|| (text == "->").then_some(""))
}

fn unread(span: Span, issues: &mut Issues) {
    let help =
        "it is left out; elements are written `id = kind 'Title'`, relationships `a -> b 'uses'`";
    issues.warning(span, "a line that is not understood", help.to_owned());
}
