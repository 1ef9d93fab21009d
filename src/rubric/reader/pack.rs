//! Problem packs.
//!
//! Knows their keys; knows no problem.

use std::collections::BTreeSet;

use super::super::condition::Condition;
use super::super::glossary::Glossary;
use super::super::problem::{DeepDive, Fact, FlowTemplate, Hint, Probe, Problem, Topic, Twist};
use super::super::template::Template;
use super::keys::{DEEP_DIVE, FACT, FLOW, HINT, PROBE, PROBLEM, REQUIREMENTS, TOPIC, TWIST};
use super::{Assumed, RuleReader};
use crate::model::quantity::Dimension;
use crate::model::{Figure, FlowKind, Level, Step, spelling};
use crate::notation::yaml::{Content, Fields, Node, list_of, one_or_many, text_of, texts_of};

impl RuleReader<'_> {
    /// Reads a problem pack.
    pub fn problem(&mut self, node: &Node<'_>) -> Option<Problem> {
        let fields = Fields::of(node, "a problem", self.issues)?;
        fields.known(PROBLEM, self.issues);
        let id = fields.required("id", self.issues);
        let title = self.worded(&fields, "title");
        let prompt = self.worded(&fields, "prompt");
        let mut problem = Problem::default();
        if let Some(minutes) = fields.get("minutes") {
            problem.minutes = self.minutes(minutes);
        }
        problem.called = self.called(&fields);
        problem.facts = self.each_once(&fields, "facts", Self::fact);
        problem.unanswerable = fields.texts("unanswerable", self.issues);
        if let Some(requirements) = fields
            .get("requirements")
            .and_then(|node| Fields::of(node, "the requirements", self.issues))
        {
            requirements.known(REQUIREMENTS, self.issues);
            problem.functional = self.each_once(&requirements, "functional", Self::topic);
            problem.non_functional = self.each_once(&requirements, "non_functional", Self::topic);
        }
        problem.figures = self.each_once(&fields, "figures", Self::figure);
        problem.estimates = self.each_once(&fields, "estimates", Self::expectation);
        problem.flows = self.each_once(&fields, "flows", Self::flow_template);
        problem.deep_dives = self.each_once(&fields, "deep_dives", Self::deep_dive);
        problem.probes = self.each_once(&fields, "probes", Self::probe);
        problem.twists = self.each_once(&fields, "twists", Self::twist);
        problem.hints = self.hints(&fields);
        problem.expectations = self.expectations(&fields);
        Some(Problem {
            id: id?,
            title: title?,
            prompt: prompt?,
            ..problem
        })
    }

    /// What people call things by other words; a word that stands for two things is told.
    pub(super) fn called(&mut self, fields: &Fields<'_, '_>) -> Glossary {
        let mut entries: Vec<(String, Vec<String>)> = Vec::new();
        let mut known = BTreeSet::new();
        for (key, others) in self.named(fields, ("called", "what things are called")) {
            for other in one_or_many(others) {
                let text = other
                    .text()
                    .filter(|text| !known.insert((*text).to_owned()));
                if let Some(text) = text {
                    let message = format!("`{text}` stands twice under `called`");
                    let help = "leave it with the word that it stands for".to_owned();
                    self.issues.error(other.span, message, help);
                }
            }
            let word = key.text().unwrap_or_default().to_owned();
            if let (true, Some(block)) = (self.strict, fields.get("called")) {
                self.names.called.push((word.clone(), key.span, block.span));
            }
            entries.push((word, texts_of(others, self.issues)));
        }
        Glossary::new(entries)
    }

    /// The entries of a list, whose ids have to differ.
    fn each_once<T>(
        &mut self,
        fields: &Fields<'_, '_>,
        key: &str,
        read: fn(&mut Self, &Node<'_>) -> Option<T>,
    ) -> Vec<T> {
        if let (true, Some(Content::List(items))) =
            (self.strict, fields.get(key).map(|node| &node.content))
        {
            self.ids_once(items, key);
        }
        self.each(fields, key, read)
    }

    /// Complains of entries of a list that have the id of another: the first would be all that is ever met.
    fn ids_once(&mut self, items: &[Node<'_>], list: &str) {
        let mut known = BTreeSet::new();
        let entries = items.iter().flat_map(Node::entries);
        for (_, id) in entries.filter(|(key, _)| key.text() == Some("id")) {
            if let Some(text) = id.text().filter(|text| !known.insert((*text).to_owned())) {
                let message = format!("the id `{text}` stands twice under `{list}`");
                let help = "give one of them another id".to_owned();
                self.issues.error(id.span, message, help);
            }
        }
    }

    pub(super) fn each<T>(
        &mut self,
        fields: &Fields<'_, '_>,
        key: &str,
        read: fn(&mut Self, &Node<'_>) -> Option<T>,
    ) -> Vec<T> {
        let items = fields
            .get(key)
            .map(|node| list_of(node, self.issues))
            .unwrap_or_default();
        items.iter().filter_map(|item| read(self, item)).collect()
    }

    /// Minutes a step.
    pub fn minutes(&mut self, node: &Node<'_>) -> Vec<(Step, u64)> {
        let Some(fields) = Fields::of(node, "the minutes", self.issues) else {
            return Vec::new();
        };
        let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
        fields.only(&words, self.issues);
        let mut minutes = Vec::new();
        for step in Step::ALL {
            let Some(node) = fields.get(step.word()) else {
                continue;
            };
            match text_of(node, self.issues).and_then(|text| text.parse().ok()) {
                Some(number) => minutes.push((*step, number)),
                None => self.issues.error(
                    node.span,
                    "no number of minutes",
                    "write a whole number".to_owned(),
                ),
            }
        }
        minutes
    }

    fn fact(&mut self, node: &Node<'_>) -> Option<Fact> {
        let fields = Fields::of(node, "a fact", self.issues)?;
        fields.known(FACT, self.issues);
        let wordings = fields.get("asks").map(one_or_many).unwrap_or_default();
        let asks = wordings
            .iter()
            .filter_map(|item| self.pattern(item))
            .collect();
        let (asked, assume) = (fields.texts("asked", self.issues), self.assumed(&fields));
        if self.strict && asked.is_empty() && wordings.is_empty() {
            let help = "write the questions that it answers: `asks: ['how many users']`".to_owned();
            let message = "a fact that nobody can ask for";
            self.issues.error(fields.span, message, help);
        }
        let id = fields.required("id", self.issues);
        let answer = self.worded(&fields, "answer");
        Some(Fact {
            id: id?,
            asks,
            asked,
            answer: answer?,
            assume,
        })
    }

    /// Figures by name, as written.
    fn assumed(&mut self, fields: &Fields<'_, '_>) -> Vec<(String, String)> {
        let mut assumed = Vec::new();
        for (key, value) in self.named(fields, ("assume", "the assumed figures")) {
            let name = key.text().unwrap_or_default();
            let Some(text) = text_of(value, self.issues) else {
                continue;
            };
            let figure = Figure::parse(text).ok();
            if self.strict {
                let (value, of) = (value.span, key.span);
                self.names.assumed.push(Assumed {
                    name: name.to_owned(),
                    of,
                    value,
                    is_figure: figure.is_some(),
                });
            }
            // What is a plain number may be so many a second, or a person's.
            let dimension = figure.map(|figure| figure.quantity.dimension);
            if let Some(dimension) = dimension.filter(|it| *it != Dimension::NUMBER) {
                self.measures(name, dimension, value.span);
            }
            assumed.push((name.to_owned(), text.to_owned()));
        }
        assumed
    }

    fn twist(&mut self, node: &Node<'_>) -> Option<Twist> {
        let fields = Fields::of(node, "a change", self.issues)?;
        fields.known(TWIST, self.issues);
        let (assume, must) = (self.assumed(&fields), fields.texts("must", self.issues));
        if fields.get("assume").is_none() && fields.get("must").is_none() {
            let help = "write `assume: {name: value}` or `must: [...]`".to_owned();
            self.issues
                .error(node.span, "a change that changes nothing", help);
        }
        let looks_for = self.looks_for(&fields);
        let mut text = |key| self.worded(&fields, key);
        let (id, say, ask, good) = (text("id"), text("say"), text("ask"), text("good"));
        Some(Twist {
            id: id?,
            say: say?,
            assume,
            must,
            ask: ask?,
            looks_for,
            good: good?,
        })
    }

    /// The concepts of a good answer.
    fn looks_for(&mut self, fields: &Fields<'_, '_>) -> Vec<String> {
        let node = fields.get("looks_for");
        node.map(|node| self.concepts(node)).unwrap_or_default()
    }

    /// The question of a problem that has to be there.
    fn ask(&mut self, fields: &Fields<'_, '_>) -> Option<Template> {
        let node = self.needed(fields, "ask")?;
        Template::read(node, &[], self)
    }

    fn topic(&mut self, node: &Node<'_>) -> Option<Topic> {
        let fields = Fields::of(node, "a requirement", self.issues)?;
        fields.known(TOPIC, self.issues);
        let says = fields
            .get("says")
            .map(|node| self.concepts(node))
            .unwrap_or_default();
        let core = fields.yes_no("core", self.issues).unwrap_or(false);
        let id = fields.required("id", self.issues);
        let text = self.worded(&fields, "text");
        Some(Topic {
            id: id?,
            text: text?,
            core,
            says,
        })
    }

    fn flow_template(&mut self, node: &Node<'_>) -> Option<FlowTemplate> {
        let fields = Fields::of(node, "a flow of a problem", self.issues)?;
        fields.known(FLOW, self.issues);
        let kind = fields.word("kind", FlowKind::WORDS, FlowKind::from_word, self.issues);
        let rate = fields.text("rate", self.issues);
        if let (Some(rate), Some(node)) = (&rate, fields.get("rate")) {
            self.uses_figure(rate, node.span);
            self.measures(rate, Dimension::RATE, node.span);
        }
        let id = fields.required("id", self.issues);
        let mut end = |key| {
            let node = self.needed(&fields, key)?;
            self.selector_of_components(node)
        };
        let (from, to) = (end("from"), end("to"));
        Some(FlowTemplate {
            id: id?,
            kind,
            from: from?,
            to: to?,
            rate,
        })
    }

    fn condition(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Condition> {
        fields.get(key).and_then(|node| Condition::read(node, self))
    }

    fn deep_dive(&mut self, node: &Node<'_>) -> Option<DeepDive> {
        let fields = Fields::of(node, "a deep dive", self.issues)?;
        fields.known(DEEP_DIVE, self.issues);
        let (when, ask) = (self.condition(&fields, "when"), self.ask(&fields));
        let looks_for = self.looks_for(&fields);
        let mut text = |key| self.worded(&fields, key);
        let (id, title, good) = (text("id"), text("title"), text("good"));
        Some(DeepDive {
            id: id?,
            title: title?,
            when,
            ask: ask?,
            looks_for,
            good: good?,
        })
    }

    fn probe(&mut self, node: &Node<'_>) -> Option<Probe> {
        let fields = Fields::of(node, "a probe", self.issues)?;
        fields.known(PROBE, self.issues);
        let step = self.needed(&fields, "step").and_then(|node| {
            let word = text_of(node, self.issues)?;
            self.step(word, node)
        });
        let (when, ask) = (self.condition(&fields, "when"), self.ask(&fields));
        let looks_for = self.looks_for(&fields);
        let mut text = |key| self.worded(&fields, key);
        let (id, good) = (text("id"), text("good"));
        Some(Probe {
            id: id?,
            step: step?,
            when,
            ask: ask?,
            looks_for,
            good: good?,
        })
    }

    /// The step that a word of a node names.
    pub fn step(&mut self, word: &str, node: &Node<'_>) -> Option<Step> {
        let step = Step::from_word(word);
        if step.is_none() {
            let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
            self.issues.error(
                node.span,
                format!("unknown step `{word}`"),
                spelling::did_you_mean(word, &words),
            );
        }
        step
    }

    fn hints(&mut self, fields: &Fields<'_, '_>) -> Vec<Hint> {
        let mut hints = Vec::new();
        for (key, value) in self.named(fields, ("hints", "the hints")) {
            let step = self.step(key.text().unwrap_or_default(), key);
            if let (true, Content::List(items)) = (self.strict, &value.content) {
                self.ids_once(items, "hints");
            }
            for item in list_of(value, self.issues) {
                hints.extend(self.hint(step, item));
            }
        }
        hints
    }

    fn hint(&mut self, step: Option<Step>, node: &Node<'_>) -> Option<Hint> {
        let fields = Fields::of(node, "a hint", self.issues)?;
        fields.known(HINT, self.issues);
        let unless = self.condition(&fields, "unless");
        let mut text = |key| self.worded(&fields, key);
        let (id, nudge, pointer) = (text("id"), text("nudge"), text("pointer"));
        let answer = text("answer");
        Some(Hint {
            id: id?,
            step: step?,
            unless,
            grades: [nudge?, pointer?, answer?],
        })
    }

    fn expectations(&mut self, fields: &Fields<'_, '_>) -> Vec<(Level, Vec<String>)> {
        let Some(levels) = fields
            .get("expectations")
            .and_then(|node| Fields::of(node, "the expectations", self.issues))
        else {
            return Vec::new();
        };
        let words: Vec<&str> = Level::ALL.iter().map(|level| level.word()).collect();
        levels.only(&words, self.issues);
        Level::ALL
            .iter()
            .map(|level| (*level, levels.texts(level.word(), self.issues)))
            .collect()
    }
}
