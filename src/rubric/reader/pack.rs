//! Problem packs, figures, concepts and the words of negation.
//!
//! Knows their keys; knows no problem.

use super::super::concept::{Concept, Language, Numbers};
use super::super::condition::Condition;
use super::super::figure::{FigureDef, Figures, Role, Slip};
use super::super::listening::Listening;
use super::super::noun::Noun;
use super::super::pattern::Pattern;
use super::super::problem::{
    DeepDive, Expectation, Fact, FlowTemplate, Hint, Probe, Problem, Topic, Twist,
};
use super::super::selector::Selector;
use super::super::template::Template;
use super::RuleReader;
use super::keys::{
    CONCEPT, CONCEPT_FILE, DEEP_DIVE, DIMENSIONS, EXPECTATION, FACT, FIGURE, FIGURE_FILE, FLOW,
    HINT, LANGUAGE, NEGATIONS, NUMBERS, PROBE, PROBLEM, QUESTIONS, RANGE, REQUIREMENTS, SLIP,
    TOPIC, TWIST,
};
use crate::model::quantity::{self, Dimension};
use crate::model::{Figure, FlowKind, Level, Step, spelling};
use crate::notation::yaml::{Fields, Node, list_of, one_or_many, text_of, texts_of};

impl RuleReader<'_> {
    /// Reads a problem pack.
    pub fn problem(&mut self, node: &Node<'_>) -> Option<Problem> {
        let fields = Fields::of(node, "a problem", self.issues)?;
        fields.known(PROBLEM, self.issues);
        let mut problem = Problem {
            id: fields.required("id", self.issues)?,
            title: fields.required("title", self.issues)?,
            prompt: fields.required("prompt", self.issues)?,
            ..Problem::default()
        };
        if let Some(minutes) = fields.get("minutes") {
            problem.minutes = self.minutes(minutes);
        }
        problem.facts = self.each(&fields, "facts", Self::fact);
        problem.unanswerable = fields.texts("unanswerable", self.issues);
        if let Some(requirements) = fields
            .get("requirements")
            .and_then(|node| Fields::of(node, "the requirements", self.issues))
        {
            requirements.known(REQUIREMENTS, self.issues);
            problem.functional = self.each(&requirements, "functional", Self::topic);
            problem.non_functional = self.each(&requirements, "non_functional", Self::topic);
        }
        problem.figures = self.each(&fields, "figures", Self::figure);
        problem.estimates = self.each(&fields, "estimates", Self::expectation);
        problem.flows = self.each(&fields, "flows", Self::flow_template);
        problem.deep_dives = self.each(&fields, "deep_dives", Self::deep_dive);
        problem.probes = self.each(&fields, "probes", Self::probe);
        problem.twists = self.each(&fields, "twists", Self::twist);
        problem.hints = self.hints(&fields);
        problem.expectations = self.expectations(&fields);
        Some(problem)
    }

    fn each<T>(
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
        let asks = fields.get("asks").map(one_or_many).unwrap_or_default();
        let asks = asks.iter().filter_map(|item| self.pattern(item)).collect();
        Some(Fact {
            id: fields.required("id", self.issues)?,
            asks,
            asked: fields.texts("asked", self.issues),
            answer: fields.required("answer", self.issues)?,
            assume: self.assumed(&fields),
        })
    }

    /// Figures by name, as written.
    fn assumed(&mut self, fields: &Fields<'_, '_>) -> Vec<(String, String)> {
        let mut assumed = Vec::new();
        for (key, value) in fields.get("assume").map(Node::entries).unwrap_or_default() {
            let text = text_of(value, self.issues).map(str::to_owned);
            assumed.extend(text.map(|text| (key.text().unwrap_or_default().to_owned(), text)));
        }
        assumed
    }

    fn twist(&mut self, node: &Node<'_>) -> Option<Twist> {
        let fields = Fields::of(node, "a change", self.issues)?;
        fields.known(TWIST, self.issues);
        let (assume, must) = (self.assumed(&fields), fields.texts("must", self.issues));
        if assume.is_empty() && must.is_empty() {
            let help = "write `assume: {name: value}` or `must: [...]`".to_owned();
            self.issues
                .error(node.span, "a change that changes nothing", help);
        }
        Some(Twist {
            id: fields.required("id", self.issues)?,
            say: fields.required("say", self.issues)?,
            assume,
            must,
            ask: fields.required("ask", self.issues)?,
            looks_for: fields
                .get("looks_for")
                .map(|node| self.concepts(node))
                .unwrap_or_default(),
            good: fields.required("good", self.issues)?,
        })
    }

    fn topic(&mut self, node: &Node<'_>) -> Option<Topic> {
        let fields = Fields::of(node, "a requirement", self.issues)?;
        fields.known(TOPIC, self.issues);
        let says = fields
            .get("says")
            .map(|node| self.concepts(node))
            .unwrap_or_default();
        Some(Topic {
            id: fields.required("id", self.issues)?,
            text: fields.required("text", self.issues)?,
            core: fields.yes_no("core", self.issues).unwrap_or(false),
            says,
        })
    }

    /// A figure with the names that people give it.
    fn figure(&mut self, node: &Node<'_>) -> Option<FigureDef> {
        let fields = Fields::of(node, "a figure", self.issues)?;
        fields.known(FIGURE, self.issues);
        let id = fields.required("id", self.issues)?;
        let title = fields
            .text("title", self.issues)
            .unwrap_or_else(|| id.replace('_', " "));
        let dimension = fields.get("dimension").and_then(|node| {
            let word = text_of(node, self.issues)?;
            let dimension = Dimension::from_name(word);
            if dimension.is_none() {
                self.issues.error(
                    node.span,
                    format!("unknown dimension `{word}`"),
                    spelling::did_you_mean(word, DIMENSIONS),
                );
            }
            dimension
        });
        let mut names = fields.texts("names", self.issues);
        names.push(id.clone());
        let names = self.checked(Pattern::whole(&names), fields.get("names").unwrap_or(node))?;
        let per = fields
            .get("per")
            .and_then(|node| self.plain_figure(node))
            .map(|figure| figure.quantity);
        Some(FigureDef {
            id,
            title,
            dimension,
            names,
            peak_of: fields.text("peak_of", self.issues),
            role: fields.get("role").and_then(|node| self.role(node)),
            per,
        })
    }

    fn role(&mut self, node: &Node<'_>) -> Option<Role> {
        let word = text_of(node, self.issues)?;
        let found = Role::WORDS.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known: Vec<&str> = Role::WORDS.iter().map(|(word, _)| *word).collect();
            let help = spelling::did_you_mean(word, &known);
            self.issues
                .error(node.span, format!("unknown role `{word}`"), help);
        }
        found.map(|(_, role)| *role)
    }

    fn expectation(&mut self, node: &Node<'_>) -> Option<Expectation> {
        let fields = Fields::of(node, "an estimate of a problem", self.issues)?;
        fields.known(EXPECTATION, self.issues);
        let id = fields.required("id", self.issues)?;
        if let Some(node) = fields.get("id") {
            self.uses_figure(&id, node.span);
        }
        let formula = fields.text("formula", self.issues);
        if let (Some(text), Some(node)) = (&formula, fields.get("formula")) {
            for name in quantity::names_in(text) {
                self.uses_figure(&name, node.span);
            }
        }
        let sane = fields.get("sane").and_then(|node| self.range(node));
        let tolerance = fields
            .get("tolerance")
            .and_then(|node| self.plain_figure(node))
            .map(|figure| figure.quantity.value);
        Some(Expectation {
            id,
            formula,
            sane,
            tolerance,
            why: fields.text("why", self.issues).unwrap_or_default(),
        })
    }

    fn plain_figure(&mut self, node: &Node<'_>) -> Option<Figure> {
        let text = text_of(node, self.issues)?;
        Figure::parse(text)
            .map_err(|error| {
                self.issues
                    .error(node.part(&error.span), error.message, error.help);
            })
            .ok()
    }

    fn range(&mut self, node: &Node<'_>) -> Option<(Figure, Figure)> {
        let fields = Fields::of(node, "a range", self.issues)?;
        fields.known(RANGE, self.issues);
        let from = fields
            .get("from")
            .and_then(|node| self.plain_figure(node))?;
        let to = fields.get("to").and_then(|node| self.plain_figure(node))?;
        Some((from, to))
    }

    fn flow_template(&mut self, node: &Node<'_>) -> Option<FlowTemplate> {
        let fields = Fields::of(node, "a flow of a problem", self.issues)?;
        fields.known(FLOW, self.issues);
        let kind = match fields.text("kind", self.issues).as_deref() {
            Some("read") => Some(FlowKind::Read),
            Some("write") => Some(FlowKind::Write),
            _ => None,
        };
        let rate = fields.text("rate", self.issues);
        if let (Some(rate), Some(node)) = (&rate, fields.get("rate")) {
            self.uses_figure(rate, node.span);
        }
        Some(FlowTemplate {
            id: fields.required("id", self.issues)?,
            kind,
            from: Selector::read(Noun::Component, fields.get("from")?, self)?,
            to: Selector::read(Noun::Component, fields.get("to")?, self)?,
            rate,
        })
    }

    fn condition(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Condition> {
        fields.get(key).and_then(|node| Condition::read(node, self))
    }

    fn deep_dive(&mut self, node: &Node<'_>) -> Option<DeepDive> {
        let fields = Fields::of(node, "a deep dive", self.issues)?;
        fields.known(DEEP_DIVE, self.issues);
        Some(DeepDive {
            id: fields.required("id", self.issues)?,
            title: fields.required("title", self.issues)?,
            when: self.condition(&fields, "when"),
            ask: fields
                .get("ask")
                .and_then(|node| Template::read(node, &[], self))?,
            looks_for: fields
                .get("looks_for")
                .map(|node| self.concepts(node))
                .unwrap_or_default(),
            good: fields.required("good", self.issues)?,
        })
    }

    fn probe(&mut self, node: &Node<'_>) -> Option<Probe> {
        let fields = Fields::of(node, "a probe", self.issues)?;
        fields.known(PROBE, self.issues);
        let word = fields.required("step", self.issues)?;
        Some(Probe {
            id: fields.required("id", self.issues)?,
            step: self.step(&word, fields.get("step")?)?,
            when: self.condition(&fields, "when"),
            ask: fields
                .get("ask")
                .and_then(|node| Template::read(node, &[], self))?,
            looks_for: fields
                .get("looks_for")
                .map(|node| self.concepts(node))
                .unwrap_or_default(),
            good: fields.required("good", self.issues)?,
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
        for (key, value) in fields.get("hints").map(Node::entries).unwrap_or_default() {
            let Some(step) = self.step(key.text().unwrap_or_default(), key) else {
                continue;
            };
            for item in list_of(value, self.issues) {
                hints.extend(self.hint(step, item));
            }
        }
        hints
    }

    fn hint(&mut self, step: Step, node: &Node<'_>) -> Option<Hint> {
        let fields = Fields::of(node, "a hint", self.issues)?;
        fields.known(HINT, self.issues);
        let grades = [
            fields.required("nudge", self.issues)?,
            fields.required("pointer", self.issues)?,
            fields.required("answer", self.issues)?,
        ];
        Some(Hint {
            id: fields.required("id", self.issues)?,
            step,
            unless: self.condition(&fields, "unless"),
            grades,
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

    /// Reads the file of general figures and slips.
    pub fn figures(&mut self, node: &Node<'_>) -> Figures {
        let Some(fields) = Fields::of(node, "the figures", self.issues) else {
            return Figures::default();
        };
        fields.known(FIGURE_FILE, self.issues);
        Figures {
            general: self.each(&fields, "figures", Self::figure),
            slips: self.each(&fields, "slips", Self::slip),
        }
    }

    fn slip(&mut self, node: &Node<'_>) -> Option<Slip> {
        let fields = Fields::of(node, "a slip", self.issues)?;
        fields.known(SLIP, self.issues);
        let factor = fields
            .get("factor")
            .and_then(|node| self.plain_figure(node))?
            .quantity
            .value;
        Some(Slip {
            factor,
            title: fields.required("title", self.issues)?,
        })
    }

    /// Reads a file of concepts.
    pub fn concept_file(&mut self, node: &Node<'_>) -> Vec<Concept> {
        let Some(fields) = Fields::of(node, "a file of concepts", self.issues) else {
            return Vec::new();
        };
        fields.known(CONCEPT_FILE, self.issues);
        self.each(&fields, "concepts", Self::concept)
    }

    fn concept(&mut self, node: &Node<'_>) -> Option<Concept> {
        let fields = Fields::of(node, "a concept", self.issues)?;
        fields.known(CONCEPT, self.issues);
        let id = fields.required("id", self.issues)?;
        let title = fields.required("title", self.issues)?;
        let wordings = Pattern::words(fields.texts("wordings", self.issues));
        let wordings = self.checked(wordings, fields.get("wordings").unwrap_or(node))?;
        let not = match fields.get("not") {
            Some(node) => {
                let pattern = Pattern::words(texts_of(node, self.issues));
                Some(self.checked(pattern, node)?)
            }
            None => None,
        };
        let (hits, misses) = (
            fields.texts("hits", self.issues),
            fields.texts("misses", self.issues),
        );
        if self.strict && hits.is_empty() {
            self.issues.error(
                node.span,
                format!("concept `{id}` without `hits`"),
                "add a phrase that mentions it".to_owned(),
            );
        }
        Some(Concept {
            id,
            title,
            wordings,
            not,
            hits,
            misses,
        })
    }

    /// Reads the words of negation.
    pub fn language(&mut self, node: &Node<'_>) -> Option<Language> {
        let fields = Fields::of(node, "the language", self.issues)?;
        fields.known(LANGUAGE, self.issues);
        let negations = Fields::of(fields.get("negations")?, "the negations", self.issues)?;
        negations.known(NEGATIONS, self.issues);
        let words = |node: Option<&Node<'_>>, reader: &mut Self| {
            let texts = node
                .map(|node| texts_of(node, reader.issues))
                .unwrap_or_default();
            (!texts.is_empty()).then(|| Pattern::words(texts))
        };
        let clauses = fields.texts("clauses", self.issues);
        let questions = fields.get("questions");
        let questions = questions.and_then(|node| Fields::of(node, "questions", self.issues));
        let listening = questions.map(|questions| {
            questions.known(QUESTIONS, self.issues);
            let furniture = questions.texts("furniture", self.issues);
            Listening::new(furniture, questions.texts("alike", self.issues))
        });
        let numbers = fields.get("numbers");
        let numbers = numbers.and_then(|node| Fields::of(node, "numbers", self.issues));
        let numbers = numbers.map(|numbers| {
            numbers.known(NUMBERS, self.issues);
            Numbers {
                asked: words(numbers.get("asked"), self),
                given: words(numbers.get("given"), self),
            }
        });
        let mut language = Language::new(
            words(negations.get("before"), self)?,
            words(negations.get("after"), self)?,
            words(fields.get("not_negating"), self)?,
            Pattern::new(clauses.join("|")),
        );
        language.listening = listening.unwrap_or_default();
        language.numbers = numbers.unwrap_or_default();
        Some(language)
    }
}
