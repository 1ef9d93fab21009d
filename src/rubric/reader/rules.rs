//! Rule files: named selectors, named conditions, rules.
//!
//! Knows the keys of a rule; the examples under `tests` are read when they are run.

use std::sync::Arc;

use super::super::condition::Condition;
use super::super::features;
use super::super::mistake::MISTAKE;
use super::super::noun::Noun;
use super::super::predicates;
use super::super::rule::{Rule, RuleFile};
use super::super::selector::Selector;
use super::super::template::Template;
use super::bindings::nouns;
use super::mistakes::where_mistaken;
use super::occasions::OCCASION;
use super::origin::Origin;
use super::{RuleReader, UseSite};
use crate::model::{Attribute, Level, Severity, Step, Value, spelling};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, all_of, one_or_many, text_of};

/// The keys of a rule file.
pub const RULE_FILE: &[Key] = &[
    Key::new(
        "selectors",
        Shape::Named(&Shape::Either(&[
            Shape::Of(Term::Selector("component")),
            Shape::Of(Term::ForEach),
        ])),
        "Selectors by name, for `use`: of components, or of what stands before them as in `for_each`.",
    ),
    Key::new(
        "conditions",
        Shape::Named(&Shape::Of(Term::Condition)),
        "Conditions by name, for `use`.",
    ),
    Key::new("rules", Shape::List(&Shape::Map(RULE)), "The rules."),
    Key::new(
        "occasions",
        Shape::List(&Shape::Map(OCCASION)),
        "What is said of acceptances that no longer hold.",
    ),
];

const RULE: &[Key] = &[
    Key::needed("id", Shape::Text, "Lower-case words joined by hyphens."),
    Key::needed("title", Shape::Text, "What is wrong, in a line."),
    Key::needed(
        "step",
        Shape::Of(Term::Step),
        "The step whose points it is worth.",
    ),
    Key::needed(
        "severity",
        Shape::Of(Term::Severity),
        "How grave it is to miss it.",
    ),
    Key::needed(
        "weight",
        Shape::Text,
        "Its share of the points of its step, from 1 to 10; 0 moves no marks.",
    ),
    Key::new(
        "levels",
        Shape::Many(&Shape::Of(Term::Level)),
        "The levels that it is asked of; all where left out.",
    ),
    Key::new(
        "literal",
        Shape::YesNo,
        "The design is read in its own words alone, and not in those that rules know for the same.",
    ),
    Key::new(
        "when",
        Shape::Of(Term::Condition),
        "What has to hold for it to be asked.",
    ),
    Key::new(
        "for_each",
        Shape::Of(Term::ForEach),
        "What it is asked of, one by one; the design where left out.",
    ),
    Key::new(
        "unless",
        Shape::Of(Term::Condition),
        "Where this holds of a subject, the rule is not asked of it: what is wrong there is another rule's.",
    ),
    Key::new(
        "expect",
        Shape::Of(Term::Condition),
        "What has to hold for it to be met; every rule has this or `mistaken`.",
    ),
    Key::new(
        "mistaken",
        Shape::Map(MISTAKE),
        "In place of `expect`: what is wrong to say, and what puts it right.",
    ),
    Key::new(
        "open",
        Shape::Of(Term::Condition),
        "Where this holds, it is not stated in place of missed: it may be said in words that no rule knows.",
    ),
    Key::needed(
        "message",
        Shape::Text,
        "What is said where it is missed; `{{component.id}}` and the like are filled in.",
    ),
    Key::new("strength", Shape::Text, "What is said where it is met."),
    Key::needed("why", Shape::Text, "Why it matters."),
    Key::needed("fix", Shape::Text, "What to do."),
    Key::needed("ask", Shape::Text, "What the interviewer asks."),
    Key::new(
        "change",
        Shape::Named(&Shape::Text),
        "The attributes that mend it when the subject states them.",
    ),
    Key::new(
        "reference",
        Shape::Of(Term::Page),
        "The page of the reference to read: `topic/page`.",
    ),
    Key::new(
        "replaces",
        Shape::Many(&Shape::Of(Term::Rule)),
        "General rules that it takes the place of for its problem.",
    ),
    Key::needed("tests", Shape::Map(TESTS), "Examples, which are run."),
];

const TESTS: &[Key] = &[
    Key::needed(
        "passes",
        Shape::List(&Shape::Of(Term::Fragment)),
        "Designs that it has nothing against.",
    ),
    Key::needed(
        "fails",
        Shape::List(&Shape::Of(Term::Fragment)),
        "Designs that it finds fault with.",
    ),
    Key::new(
        "unstated",
        Shape::List(&Shape::Of(Term::Fragment)),
        "Designs that say too little for it.",
    ),
];

impl RuleReader<'_> {
    /// Reads a rule file.
    pub fn rule_file(&mut self, node: &Node<'_>, origin: &Origin<'_>) -> RuleFile {
        let mut file = RuleFile::default();
        let Some(fields) = Fields::of(node, "a rule file", self.issues) else {
            return file;
        };
        fields.known(RULE_FILE, self.issues);
        for (key, value) in self.named(&fields, ("selectors", "the selectors")) {
            let name = key.text().unwrap_or_default().to_owned();
            let before = self.names.uses.len();
            let (noun, selector) = self.named_selector(value);
            let site = UseSite::Selector(noun, name.clone());
            self.made(site.clone(), key.span, before);
            let selector = self.or_broken(selector, Some(site));
            file.selectors
                .extend(selector.map(|it| ((noun, name), Arc::new(it))));
        }
        for (key, value) in self.named(&fields, ("conditions", "the conditions")) {
            let name = key.text().unwrap_or_default().to_owned();
            let before = self.names.uses.len();
            let condition = Condition::read(value, self);
            self.made(UseSite::Condition(name.clone()), key.span, before);
            let condition = self.or_broken(condition, Some(UseSite::Condition(name.clone())));
            file.conditions
                .extend(condition.map(|it| (name, Arc::new(it))));
        }
        for node in fields.list("rules", self.issues) {
            let rule = self.rule_alone(node, origin);
            file.rules.extend(self.or_broken(rule, rule_named(node)));
        }
        for node in fields.list("occasions", self.issues) {
            let rule = self.occasion(node, origin);
            file.rules.extend(self.or_broken(rule, rule_named(node)));
        }
        file
    }

    /// A selector that gets a name, and what it selects: components, or what stands before it as in `for_each`.
    fn named_selector(&mut self, node: &Node<'_>) -> (Noun, Option<Selector>) {
        let (noun, node) = match node.entries() {
            [(key, value)] => match key.text().and_then(Noun::from_word) {
                Some(noun) => (noun, value),
                None => (Noun::Component, node),
            },
            _ => (Noun::Component, node),
        };
        (noun, Selector::read(noun, node, self))
    }

    /// A rule, in which nothing is bound that others bind.
    fn rule_alone(&mut self, node: &Node<'_>, origin: &Origin<'_>) -> Option<Rule> {
        (self.bound, self.nouns) = (None, Some(Vec::new()));
        let rule = self.rule(node, origin);
        (self.bound, self.nouns) = (None, None);
        rule
    }

    fn rule(&mut self, node: &Node<'_>, origin: &Origin<'_>) -> Option<Rule> {
        let fields = Fields::of(node, "a rule", self.issues)?;
        fields.known(RULE, self.issues);
        let id = fields.required("id", self.issues);
        self.check_id(&fields, id.as_deref());
        let title = self.worded(&fields, "title");
        let step = self.term(&fields, "step", Step::ALL, Step::word, Step::from_word);
        let severity = self.severity(&fields);
        let weight = self.weight(&fields);
        let levels = self.levels(&fields);
        let literal = fields.yes_no("literal", self.issues).unwrap_or(false);
        let when = fields.get("when").map(|node| Condition::read(node, self));
        let mistaken = fields.get("mistaken");
        let mistake = mistaken.map(|node| self.mistake(node, &fields));
        let nouns = nouns(&fields);
        self.nouns = Some(nouns.clone());
        let for_each = fields.get("for_each").map(|node| self.for_each(node));
        self.bound = self.innermost(&fields, &nouns)?;
        let unless = fields.get("unless").map(|node| Condition::read(node, self));
        let expect = self.expected(&fields, mistake.as_ref());
        let open = fields.get("open").map(|node| Condition::read(node, self));
        let message = self.words(&fields, "message", &nouns);
        let strength = fields.get("strength");
        let strength = strength.map(|node| Template::read(node, &nouns, self));
        let why = self.worded(&fields, "why");
        let fix = self.words(&fields, "fix", &nouns);
        let ask = self.words(&fields, "ask", &nouns);
        let change = fields.get("change").map(|node| self.change(node));
        let replaces = self.replaced(&fields);
        let reference = self.page(&fields, "reference");
        self.check_examples(&fields);
        let mistake = transposed(mistake)?;
        Some(Rule {
            id: id?,
            title: title?,
            topic: origin.topic.to_owned(),
            problem: origin.problem.map(str::to_owned),
            step: step?,
            severity: severity?,
            weight: weight?,
            levels,
            occasion: None,
            when: where_mistaken(transposed(when)?, mistake.as_ref()),
            mistake,
            literal,
            for_each: transposed(for_each)?,
            unless: transposed(unless)?,
            expect: expect?,
            open: transposed(open)?,
            message: message?,
            strength: transposed(strength)?,
            why: why?,
            fix: fix?,
            change: transposed(change)?.unwrap_or_default(),
            ask: ask?,
            replaces,
            reference,
            file: origin.path.to_owned(),
            line: origin.line(node.span.start),
        })
    }

    /// The innermost of what a rule binds, if it binds anything. Where `for_each` can't be read, all else would be complained of
    /// for what it was to bind.
    #[expect(
        clippy::option_option,
        reason = "bound or not, or nobody can say which"
    )]
    fn innermost(&mut self, fields: &Fields<'_, '_>, nouns: &[Noun]) -> Option<Option<Noun>> {
        if nouns.is_empty() && fields.get("for_each").is_some() {
            self.check_examples(fields);
            return None;
        }
        Some(nouns.last().copied())
    }

    /// The rules that a rule takes the place of.
    fn replaced(&mut self, fields: &Fields<'_, '_>) -> Vec<String> {
        let nodes = fields.get("replaces").map(one_or_many).unwrap_or_default();
        let mut replaced = Vec::new();
        let before = self.names.uses.len();
        for node in nodes {
            let Some(id) = text_of(node, self.issues) else {
                continue;
            };
            self.names
                .uses
                .push((UseSite::Rule(id.to_owned()), node.span));
            replaced.push(id.to_owned());
        }
        let id = fields.get("id").and_then(|node| node.text());
        let site = UseSite::Rule(id.unwrap_or_default().to_owned());
        self.made(site, fields.span, before);
        replaced
    }

    fn levels(&mut self, fields: &Fields<'_, '_>) -> Vec<Level> {
        let levels = match fields.get("levels") {
            Some(node) => predicates::levels(node, self),
            None => Level::ALL.to_vec(),
        };
        self.check_levels_of(fields, &levels);
        levels
    }

    /// Attributes of the subject that mend it.
    fn change(&mut self, node: &Node<'_>) -> Option<Vec<(Attribute, Value)>> {
        let fields = Fields::of(node, "a change", self.issues)?;
        let Some(bearer) = self.bound.and_then(features::bearer) else {
            let help = "add `for_each: {component: ...}`".to_owned();
            self.issues
                .error(node.span, "a change of what has no attributes", help);
            return None;
        };
        let known: Vec<&str> = Attribute::of(bearer)
            .map(|attribute| attribute.row().name)
            .collect();
        fields.only(&known, self.issues);
        all_of(fields.entries().iter().map(|(key, value)| {
            let attribute = Attribute::named(key.text()?, bearer)?;
            match attribute.row().value.parse(text_of(value, self.issues)?) {
                Ok(value) => Some((attribute, value)),
                Err(error) => {
                    self.issues.error(value.span, error.message, error.help);
                    None
                }
            }
        }))
    }

    /// A text with placeholders that has to be there.
    fn words(&mut self, fields: &Fields<'_, '_>, key: &str, nouns: &[Noun]) -> Option<Template> {
        let node = self.needed(fields, key)?;
        Template::read(node, nouns, self)
    }

    pub(super) fn severity(&mut self, fields: &Fields<'_, '_>) -> Option<Severity> {
        let all = Severity::ALL;
        self.term(fields, "severity", all, Severity::word, Severity::from_word)
    }

    pub(super) fn check_id(&mut self, fields: &Fields<'_, '_>, id: Option<&str>) {
        let (Some(id), Some(node)) = (id, fields.get("id")) else {
            return;
        };
        self.defines(UseSite::Rule(id.to_owned()), fields);
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.chars().all(fits) || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
            let help = "lower-case words joined by hyphens: `no-cache-on-hot-reads`".to_owned();
            self.issues
                .error(node.span, format!("`{id}` can't be the id of a rule"), help);
        }
    }

    pub(super) fn term<T: Copy>(
        &mut self,
        fields: &Fields<'_, '_>,
        key: &str,
        all: &[T],
        word: fn(T) -> &'static str,
        from: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = fields.required(key, self.issues)?;
        let found = from(&typed);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|value| word(*value)).collect();
            let span = fields.get(key).map_or(fields.span, |node| node.span);
            self.issues.error(
                span,
                format!("unknown {key} `{typed}`"),
                spelling::did_you_mean(&typed, &words),
            );
        }
        found
    }

    fn weight(&mut self, fields: &Fields<'_, '_>) -> Option<f64> {
        let typed = fields.required("weight", self.issues)?;
        let weight = typed
            .parse::<u8>()
            .ok()
            .filter(|weight| (0..=10).contains(weight));
        if weight.is_none() {
            let span = fields.get("weight").map_or(fields.span, |node| node.span);
            self.issues.error(
                span,
                format!("`{typed}` is no weight"),
                "a whole number from 1 to 10; 0 moves no marks".to_owned(),
            );
        }
        weight.map(f64::from)
    }

    fn check_examples(&mut self, fields: &Fields<'_, '_>) {
        if !self.strict {
            return;
        }
        let Some(node) = self.needed(fields, "tests") else {
            return;
        };
        let Some(tests) = Fields::of(node, "the examples of a rule", self.issues) else {
            return;
        };
        tests.known(TESTS, self.issues);
        for key in ["passes", "fails"] {
            let is_mistyped = self.issues.is_meant(tests.span, key);
            if tests.list(key, self.issues).is_empty() && !is_mistyped {
                let help = "a rule is known by what it lets pass and what it finds".to_owned();
                self.issues
                    .error(tests.span, format!("a rule without `{key}` examples"), help);
            }
        }
    }
}

fn rule_named(node: &Node<'_>) -> Option<UseSite> {
    let mut keys = node.entries().iter();
    let (_, id) = keys.find(|(key, _)| key.text() == Some("id"))?;
    id.text().map(|id| UseSite::Rule(id.to_owned()))
}

/// A key that is not there is fine; one that could not be read is not.
#[expect(
    clippy::option_option,
    reason = "there and read, there and broken, not there"
)]
fn transposed<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(value) => Some(value),
    }
}
