//! Rules that ask nothing of designs: what is said of acceptances that no longer hold.
//!
//! Knows the keys of an occasion; when it comes is the business of what judges.

use super::super::condition::Condition;
use super::super::occasion::Occasion;
use super::super::rule::Rule;
use super::super::template::Template;
use super::RuleReader;
use super::origin::Origin;
use crate::model::{Level, Step};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term};

/// The keys of an occasion.
pub(super) const OCCASION: &[Key] = &[
    Key::needed("id", Shape::Text, "Lower-case words joined by hyphens."),
    Key::needed("of", Shape::Word(Occasion::WORDS), "When it is said."),
    Key::needed("title", Shape::Text, "What is wrong, in a line."),
    Key::needed("step", Shape::Of(Term::Step), "Where reports list it."),
    Key::needed("severity", Shape::Of(Term::Severity), "How grave it is."),
    Key::needed(
        "message",
        Shape::Text,
        "What is said; `{{rule}}`, `{{subject}}` and the like are filled in.",
    ),
    Key::needed("why", Shape::Text, "Why it matters."),
    Key::needed("fix", Shape::Text, "What to do."),
    Key::needed("ask", Shape::Text, "The question to the owner."),
];

impl RuleReader<'_> {
    /// A rule that asks nothing of designs.
    pub(super) fn occasion(&mut self, node: &Node<'_>, origin: &Origin<'_>) -> Option<Rule> {
        let fields = Fields::of(node, "an occasion", self.issues)?;
        fields.known(OCCASION, self.issues);
        let id = fields.required("id", self.issues);
        self.check_id(&fields, id.as_deref());
        let all = Occasion::ALL;
        let occasion = self.term(&fields, "of", all, Occasion::word, Occasion::from_word);
        let mut words = |key| {
            let node = self.needed(&fields, key)?;
            Template::read_words(node, occasion?.placeholders(), self)
        };
        let (message, fix, ask) = (words("message"), words("fix"), words("ask"));
        let title = fields.required("title", self.issues);
        let step = self.term(&fields, "step", Step::ALL, Step::word, Step::from_word);
        let severity = self.severity(&fields);
        let why = fields.required("why", self.issues);
        Some(Rule {
            id: id?,
            title: title?,
            topic: origin.topic.to_owned(),
            problem: origin.problem.map(str::to_owned),
            step: step?,
            severity: severity?,
            weight: 0.0,
            levels: Level::ALL.to_vec(),
            occasion: Some(occasion?),
            mistake: None,
            literal: false,
            when: None,
            for_each: None,
            unless: None,
            expect: Condition::all(Vec::new()),
            open: None,
            message: message?,
            strength: None,
            why: why?,
            fix: fix?,
            change: Vec::new(),
            ask: ask?,
            replaces: Vec::new(),
            reference: None,
            file: origin.path.to_owned(),
            line: origin.line(node.span.start),
        })
    }
}
