//! Problem packs, figures, concepts and the words of negation.
//!
//! Knows their keys; knows no problem.

use std::collections::BTreeSet;
use std::slice;

use super::super::concept::{Concept, Language, Numbers};
use super::super::condition::Condition;
use super::super::features::read_dimension;
use super::super::figure::{FigureDef, Figures, Role, Slip};
use super::super::listening::Listening;
use super::super::pattern::Pattern;
use super::super::problem::{
    DeepDive, Expectation, Fact, FlowTemplate, Hint, Probe, Problem, Topic, Twist,
};
use super::super::reading::OtherReading;
use super::super::template::Template;
use super::keys::{
    CONCEPT, CONCEPT_FILE, DEEP_DIVE, EXPECTATION, FACT, FIGURE, FIGURE_FILE, FLOW, HINT, LANGUAGE,
    NEGATIONS, NUMBERS, PROBE, PROBLEM, QUESTIONS, RANGE, READING, REQUIREMENTS, SLIP, TOPIC,
    TWIST,
};
use super::{RuleReader, UseSite};
use crate::model::quantity::{self, Dimension};
use crate::model::{Figure, FlowKind, Level, Quantity, Step, spelling};
use crate::notation::yaml::{Content, Fields, Node, all_of, list_of, one_or_many, text_of};

impl RuleReader<'_> {
    /// Reads a problem pack.
    pub fn problem(&mut self, node: &Node<'_>) -> Option<Problem> {
        let fields = Fields::of(node, "a problem", self.issues)?;
        fields.known(PROBLEM, self.issues);
        let id = fields.required("id", self.issues);
        let title = fields.required("title", self.issues);
        let prompt = fields.required("prompt", self.issues);
        let mut problem = Problem::default();
        if let Some(minutes) = fields.get("minutes") {
            problem.minutes = self.minutes(minutes);
        }
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
        let asks = fields.get("asks").map(one_or_many).unwrap_or_default();
        let asks = asks.iter().filter_map(|item| self.pattern(item)).collect();
        let (asked, assume) = (fields.texts("asked", self.issues), self.assumed(&fields));
        let id = fields.required("id", self.issues);
        let answer = fields.required("answer", self.issues);
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
            let text = text_of(value, self.issues).map(str::to_owned);
            assumed.extend(text.map(|text| (key.text().unwrap_or_default().to_owned(), text)));
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
        let mut text = |key| fields.required(key, self.issues);
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
        let text = fields.required("text", self.issues);
        Some(Topic {
            id: id?,
            text: text?,
            core,
            says,
        })
    }

    /// A figure with the names that people give it.
    fn figure(&mut self, node: &Node<'_>) -> Option<FigureDef> {
        let fields = Fields::of(node, "a figure", self.issues)?;
        fields.known(FIGURE, self.issues);
        let id = fields.required("id", self.issues);
        let site = id.clone().map(UseSite::Figure);
        let title = fields.text("title", self.issues);
        let dimension = fields.get("dimension");
        let dimension = dimension.and_then(|node| read_dimension(node, self));
        let names = fields.get("names").map(one_or_many).unwrap_or_default();
        let names = all_of(names.iter().map(|item| {
            let name = text_of(item, self.issues)?.to_owned();
            self.checked(Pattern::whole(slice::from_ref(&name)), item)?;
            Some(name)
        }));
        let names = names.map(|mut names| {
            names.extend(id.clone());
            Pattern::whole(&names)
        });
        let per = fields
            .get("per")
            .and_then(|node| self.plain_figure(node))
            .map(|figure| figure.quantity);
        let peak_of = fields.text("peak_of", self.issues);
        let role = fields.get("role").and_then(|node| self.role(node));
        let (id, names) = self.or_broken(id.zip(names), site)?;
        Some(FigureDef {
            title: title.unwrap_or_else(|| id.replace('_', " ")),
            id,
            dimension,
            names,
            peak_of,
            role,
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
        let id = fields.required("id", self.issues);
        if let (Some(id), Some(node)) = (&id, fields.get("id")) {
            self.uses_figure(id, node.span);
        }
        let formula = fields.text("formula", self.issues);
        if let (Some(text), Some(node)) = (&formula, fields.get("formula")) {
            for name in quantity::names_in(text) {
                self.uses_figure(&name, node.span);
            }
            if self.strict {
                let of = id.clone().unwrap_or_default();
                self.names.formulas.push((of, text.clone(), node.span));
            }
        }
        let sane = fields.get("sane").and_then(|node| self.range(node));
        let tolerance = fields
            .get("tolerance")
            .and_then(|node| self.tolerance(node));
        let why = fields.text("why", self.issues).unwrap_or_default();
        Some(Expectation {
            id: id?,
            formula,
            sane,
            tolerance,
            why,
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

    /// A distance as a share of what is right.
    fn tolerance(&mut self, node: &Node<'_>) -> Option<f64> {
        let figure = self.plain_figure(node)?;
        let text = node.text().unwrap_or_default();
        let Quantity { value, dimension } = figure.quantity;
        if dimension != Dimension::NUMBER || value <= 0.0 || (value > 1.0 && !text.contains('%')) {
            let help = "write a percentage above 0%, such as `20%`".to_owned();
            self.issues
                .error(node.span, format!("`{text}` is no tolerance"), help);
            return None;
        }
        Some(value)
    }

    fn range(&mut self, node: &Node<'_>) -> Option<(Figure, Figure)> {
        let fields = Fields::of(node, "a range", self.issues)?;
        fields.known(RANGE, self.issues);
        let mut end = |key| {
            let node = self.needed(&fields, key)?;
            self.plain_figure(node)
        };
        let (from, to) = (end("from"), end("to"));
        let (from, to) = from.zip(to)?;
        let (least, most) = (from.quantity, to.quantity);
        let help = match (least.dimension == most.dimension, least.value <= most.value) {
            (true, true) => return Some((from, to)),
            (true, false) => "write the lower one under `from`".to_owned(),
            (false, _) => {
                "write two figures of one sort, such as `{from: 1/s, to: 100/s}`".to_owned()
            }
        };
        let message = format!("nothing is between `{}` and `{}`", from.text, to.text);
        self.issues.error(node.span, message, help);
        None
    }

    fn flow_template(&mut self, node: &Node<'_>) -> Option<FlowTemplate> {
        let fields = Fields::of(node, "a flow of a problem", self.issues)?;
        fields.known(FLOW, self.issues);
        let kind = fields.word("kind", FlowKind::WORDS, FlowKind::from_word, self.issues);
        let rate = fields.text("rate", self.issues);
        if let (Some(rate), Some(node)) = (&rate, fields.get("rate")) {
            self.uses_figure(rate, node.span);
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
        let mut text = |key| fields.required(key, self.issues);
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
        let mut text = |key| fields.required(key, self.issues);
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
        let mut text = |key| fields.required(key, self.issues);
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

    /// Reads the file of general figures and slips.
    pub fn figures(&mut self, node: &Node<'_>) -> Figures {
        let Some(fields) = Fields::of(node, "the figures", self.issues) else {
            return Figures::default();
        };
        fields.known(FIGURE_FILE, self.issues);
        Figures {
            general: self.each(&fields, "figures", Self::figure),
            slips: self.each(&fields, "slips", Self::slip),
            readings: self.each(&fields, "readings", Self::other_reading),
        }
    }

    fn other_reading(&mut self, node: &Node<'_>) -> Option<OtherReading> {
        let fields = Fields::of(node, "a reading", self.issues)?;
        fields.known(READING, self.issues);
        let dimension = fields.get("dimension");
        let dimension = dimension.and_then(|node| read_dimension(node, self));
        let in_place_of = match fields.get("in_place_of") {
            Some(node) => self.plain_figure(node).map(|figure| figure.quantity),
            None => Some(Quantity::number(1.0)),
        };
        let mut bounds = |key| fields.get(key).map(|node| self.range(node));
        let operand = match (bounds("multiplies_by"), bounds("divides_by")) {
            (Some(bounds), None) => bounds.map(|bounds| (false, bounds)),
            (None, Some(bounds)) => bounds.map(|bounds| (true, bounds)),
            _ => {
                let help =
                    "write `multiplies_by: {from: .., to: ..}` or `divides_by: {from: .., to: ..}`";
                self.issues
                    .error(node.span, "a reading by no operand", help.to_owned());
                None
            }
        };
        let named = match fields.get("named") {
            Some(node) => self.wordings(node).map(Some),
            None => Some(None),
        };
        let title = fields.required("title", self.issues);
        let (divides, (from, to)) = operand?;
        Some(OtherReading {
            title: title?,
            dimension,
            divides,
            bounds: from.quantity.value..=to.quantity.value,
            in_place_of: in_place_of?,
            named: named?,
        })
    }

    fn slip(&mut self, node: &Node<'_>) -> Option<Slip> {
        let fields = Fields::of(node, "a slip", self.issues)?;
        fields.known(SLIP, self.issues);
        let factor = self.needed(&fields, "factor");
        let factor = factor.and_then(|node| self.plain_figure(node));
        let title = fields.required("title", self.issues);
        Some(Slip {
            factor: factor?.quantity.value,
            title: title?,
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
        let id = fields.required("id", self.issues);
        let title = fields.required("title", self.issues);
        let wordings = self.needed(&fields, "wordings");
        let wordings = wordings.and_then(|node| self.wordings(node));
        let not = match fields.get("not") {
            Some(node) => self.wordings(node).map(Some),
            None => Some(None),
        };
        let (hits, misses) = (
            fields.texts("hits", self.issues),
            fields.texts("misses", self.issues),
        );
        if self.strict && hits.is_empty() {
            let help = "add a phrase that mentions it".to_owned();
            self.issues
                .error(node.span, "a concept without `hits`", help);
        }
        let site = id.clone().map(UseSite::Concept);
        if let Some(site) = site.clone() {
            self.defines(site, &fields);
        }
        let read = || {
            Some(Concept {
                id: id?,
                title: title?,
                wordings: wordings?,
                not: not?,
                hits,
                misses,
            })
        };
        self.or_broken(read(), site)
    }

    /// Reads the words of negation.
    pub fn language(&mut self, node: &Node<'_>) -> Option<Language> {
        let fields = Fields::of(node, "the language", self.issues)?;
        fields.known(LANGUAGE, self.issues);
        let negations = self.needed(&fields, "negations");
        let negations = negations.and_then(|node| Fields::of(node, "the negations", self.issues));
        if let Some(negations) = &negations {
            negations.known(NEGATIONS, self.issues);
        }
        let mut words = |fields: &Fields<'_, '_>, key| {
            let node = self.needed(fields, key)?;
            self.wordings(node)
        };
        let denials = negations.map(|negations| {
            let before = words(&negations, "before");
            before.zip(words(&negations, "after"))
        });
        let affirming = words(&fields, "not_negating");
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
            let mut words = |key| numbers.get(key).and_then(|node| self.wordings(node));
            Numbers {
                asked: words("asked"),
                given: words("given"),
            }
        });
        let talk = fields.get("talk").and_then(|node| self.talk(node));
        let (before, after) = denials??;
        let mut language =
            Language::new(before, after, affirming?, Pattern::new(clauses.join("|")));
        language.listening = listening.unwrap_or_default();
        language.numbers = numbers.unwrap_or_default();
        language.talk = talk.unwrap_or_default();
        Some(language)
    }
}
