//! JSON Schemas of the files that people write, for editors and other tools: made from the tables that the readers complain
//! by, and from the catalog, whose names are suggested; and that of the report.
//!
//! Knows how shapes are said in JSON Schema; which keys there are stands in the tables.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::report_schema;
use crate::assess::mutation::PLAN_FILE;
use crate::assess::words_for;
use crate::catalog::{
    Catalog, DRILL_FILE, KIND_FILE, PAGE_FILE, RANGE, SCORING, TECHNOLOGY, TECHNOLOGY_FILE,
    TUTORIAL_FILE,
};
use crate::model::attribute::Bearer;
use crate::model::{Attribute, FlowKind, Level, Quality, Severity, Step, Surrounding, ValueType};
use crate::notation::config::{CONFIG, LAYER};
use crate::notation::design::{ARROWS, ASYNC, COMPONENT, DESIGN, ENDS, FORMAT};
use crate::notation::review::REVIEW;
use crate::notation::yaml::{Key, Shape, Term};
use crate::rubric::{
    COMPARISON, CONCEPT_FILE, FIGURE_FILE, HINT, LANGUAGE, Noun, PREDICATES, PROBLEM, RULE_FILE,
    Role, TALK_FILE, bearer, feature_names,
};

/// A sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A design.
    Design,
    /// A problem.
    Problem,
    /// Any file of a folder of rubrics: rules, concepts, figures, technologies, pages, ...
    Rubric,
    /// The JSON report.
    Report,
    /// A configuration.
    Config,
    /// A mentor's review of a design.
    Review,
}

/// The JSON Schema (2020-12) of a sort of file.
#[must_use]
pub fn schema(document: Document, catalog: &Catalog) -> String {
    let mut text = format!("{:#}", schema_value(document, catalog));
    text.push('\n');
    text
}

/// The same as a value.
#[must_use]
pub fn schema_value(document: Document, catalog: &Catalog) -> Value {
    let mut writer = Writer {
        catalog,
        terms: BTreeMap::new(),
    };
    let (title, mut root) = match document {
        Document::Design => ("A design", writer.map(&[DESIGN])),
        Document::Problem => ("A problem", writer.map(&[PROBLEM])),
        Document::Rubric => ("A file of a rubric", writer.rubric_file()),
        Document::Report => ("A JSON report", report_schema::report()),
        Document::Config => ("A configuration", writer.map(&[CONFIG, LAYER])),
        Document::Review => ("A review of a design", writer.map(&[REVIEW])),
    };
    root.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    root.insert("title".to_owned(), json!(title));
    let terms: Map<String, Value> = writer.terms.into_values().collect();
    if !terms.is_empty() {
        root.insert("$defs".to_owned(), Value::Object(terms));
    }
    Value::Object(root)
}

/// Writes shapes, and keeps the definitions of the terms that they use.
struct Writer<'c> {
    catalog: &'c Catalog,
    terms: BTreeMap<Term, (String, Value)>,
}

impl Writer<'_> {
    fn shape(&mut self, shape: Shape) -> Value {
        match shape {
            Shape::Text => text(),
            Shape::YesNo => {
                let words = ["yes", "no", "true", "false", "on", "off"];
                json!({"anyOf": [{"enum": words}, in_other_letters(&words), {"enum": [true, false]}]})
            }
            Shape::Word(words) => json!({ "enum": words }),
            Shape::Many(item) => one_or_many(&self.shape(*item)),
            Shape::List(item) => json!({"type": "array", "items": self.shape(*item)}),
            Shape::Map(keys) => Value::Object(self.map(&[keys])),
            Shape::Joined(tables) => Value::Object(self.map(tables)),
            Shape::Named(value) => {
                json!({"type": "object", "additionalProperties": self.shape(*value)})
            }
            Shape::By(names, value) => {
                let (names, value) = (self.term(names), self.shape(*value));
                json!({"type": "object", "propertyNames": names, "additionalProperties": value})
            }
            Shape::Either(shapes) => {
                let shapes: Vec<Value> = shapes.iter().map(|shape| self.shape(*shape)).collect();
                json!({ "anyOf": shapes })
            }
            Shape::Of(term) => self.term(term),
            Shape::Any => json!({}),
        }
    }

    /// A map of the keys of tables.
    fn map(&mut self, tables: &[&[Key]]) -> Map<String, Value> {
        let keys = tables.iter().copied().flatten();
        let properties = keys.map(|key| (key.name.to_owned(), self.key(key)));
        let mut object = object(properties.collect());
        let needed: Vec<&str> = tables
            .iter()
            .copied()
            .flatten()
            .filter(|key| key.is_needed)
            .map(|key| key.name)
            .collect();
        if !needed.is_empty() {
            object.insert("required".to_owned(), json!(needed));
        }
        object
    }

    fn key(&mut self, key: &Key) -> Value {
        let value = self.shape(key.shape);
        described(value, key.about)
    }

    /// A map of the keys of tables and of others, none of which has to be there.
    fn open_map(&mut self, keys: &[Key], others: Vec<(String, Value)>) -> Value {
        let properties = keys.iter().map(|key| (key.name.to_owned(), self.key(key)));
        let properties: Map<String, Value> = properties.chain(others).collect();
        Value::Object(object(properties))
    }

    /// A file of a folder of rubrics: no key stands in files of two sorts.
    fn rubric_file(&mut self) -> Map<String, Value> {
        let mut keys = Vec::new();
        for table in [
            RULE_FILE,
            CONCEPT_FILE,
            FIGURE_FILE,
            TECHNOLOGY_FILE,
            KIND_FILE,
            PAGE_FILE,
            LANGUAGE,
            TALK_FILE,
            SCORING,
            DRILL_FILE,
            PLAN_FILE,
            TUTORIAL_FILE,
        ] {
            keys.extend(table.iter().map(|key| Key {
                is_needed: false,
                ..*key
            }));
        }
        let range = Shape::Map(RANGE);
        keys.extend(
            Surrounding::ALL
                .iter()
                .map(|what| Key::new(what.word(), range, what.title())),
        );
        self.map(&[keys.as_slice()])
    }

    /// A reference to a term, which is defined when it is first met.
    fn term(&mut self, term: Term) -> Value {
        let name = name(term);
        let reference = json!({"$ref": format!("#/$defs/{name}")});
        if !self.terms.contains_key(&term) {
            self.terms.insert(term, (name.clone(), Value::Null));
            let definition = self.definition(term);
            self.terms.insert(term, (name, definition));
        }
        reference
    }

    fn definition(&mut self, term: Term) -> Value {
        match term {
            Term::Format => json!({"enum": [FORMAT, FORMAT.parse::<u32>().ok()]}),
            Term::Level => words(Level::ALL, Level::word),
            Term::Step => words(Step::ALL, Step::word),
            Term::Severity => words(Severity::ALL, Severity::word),
            Term::Role => json!({"enum": Role::WORDS.map(|(word, _)| word)}),
            Term::Steps => self.by_word(Step::ALL, Step::word, Shape::Text),
            Term::Hints => self.by_word(Step::ALL, Step::word, Shape::List(&Shape::Map(HINT))),
            Term::Expectations => self.by_word(Level::ALL, Level::word, Shape::Many(&Shape::Text)),
            Term::Kind
            | Term::Kinds
            | Term::Tech
            | Term::Problem
            | Term::Concept
            | Term::Page
            | Term::Figure
            | Term::NamedCondition
            | Term::NamedSelector(_)
            | Term::Rule
            | Term::Rules => self.names(term),
            Term::Id | Term::Chain | Term::Subject => text(),
            Term::Component | Term::Connection | Term::Fragment => self.piece(term),
            Term::Condition => {
                let predicates = PREDICATES.iter().map(|row| {
                    (
                        row.name.to_owned(),
                        described(self.shape(row.shape), row.doc),
                    )
                });
                let one = object(predicates.collect());
                let reference = self.term(Term::Condition);
                json!({"anyOf": [one, {"type": "array", "items": reference}]})
            }
            Term::Selector(noun) => self.selector(noun),
            Term::ForEach => {
                let nouns = Noun::ALL.iter().map(|noun| {
                    let word = noun.word();
                    (word.to_owned(), self.term(Term::Selector(word)))
                });
                Value::Object(object(nouns.collect()))
            }
            Term::Comparison => {
                let values = self.shape(Shape::Many(&Shape::Text));
                json!({"anyOf": [values, self.open_map(COMPARISON, Vec::new())]})
            }
            Term::Usual => {
                let usual = self.qualities();
                Value::Object(object(usual.into_iter().collect()))
            }
            Term::Technology => {
                let mut long = self.map(&[TECHNOLOGY]);
                let usual = self.qualities();
                if let Some(Value::Object(properties)) = long.get_mut("properties") {
                    properties.extend(usual);
                }
                Value::Object(long)
            }
        }
    }

    /// What designs are made of.
    fn piece(&mut self, term: Term) -> Value {
        match term {
            Term::Component => {
                let attributes = self.attributes(Bearer::Component);
                let long = self.open_map(COMPONENT, attributes);
                json!({"anyOf": [self.term(Term::Kind), self.term(Term::Tech), long]})
            }
            Term::Connection => {
                let mut long = self.map(&[ENDS, &[ASYNC]]);
                if let Some(Value::Object(properties)) = long.get_mut("properties") {
                    properties.extend(self.attributes(Bearer::Connection));
                }
                let attributes = self.attributes(Bearer::Connection);
                let chain = self.open_map(&[ASYNC], attributes);
                let chain = json!({"type": "object", "additionalProperties": chain});
                json!({"anyOf": [self.term(Term::Chain), long, chain]})
            }
            _ => {
                let mut piece = self.map(&[DESIGN, &[ARROWS]]);
                piece.remove("required");
                json!({"anyOf": [text(), piece]})
            }
        }
    }

    /// What selects subjects of a noun, and says how many of them there are to be.
    fn selector(&mut self, word: &str) -> Value {
        let Some(noun) = Noun::from_word(word) else {
            return json!({});
        };
        let comparison = self.term(Term::Comparison);
        let own = self.term(Term::Selector(noun.word()));
        let several = json!({"type": "array", "items": own});
        let named = one_or_many(&self.term(Term::NamedSelector(noun.word())));
        let mut properties = Map::new();
        for (key, value) in [
            ("any", several.clone()),
            ("all", several),
            ("not", own),
            ("use", named),
            ("on", json!({})),
            ("count", comparison.clone()),
        ] {
            properties.insert(key.to_owned(), value);
        }
        for name in feature_names(noun) {
            let attribute = bearer(noun).and_then(|bearer| Attribute::named(name, bearer));
            let value = match (attribute, feature(noun, name)) {
                (Some(attribute), _) => described(comparison.clone(), attribute.row().doc),
                (None, Some(shape)) => self.shape(shape),
                (None, None) => json!({}),
            };
            properties.entry(name.to_owned()).or_insert(value);
        }
        json!({"anyOf": [text(), object(properties)]})
    }

    fn by_word<T: Copy>(&mut self, all: &[T], word: fn(T) -> &'static str, shape: Shape) -> Value {
        let value = self.shape(shape);
        let properties = all.iter().map(|one| (word(*one).to_owned(), value.clone()));
        Value::Object(object(properties.collect()))
    }

    fn qualities(&mut self) -> Vec<(String, Value)> {
        let range = self.shape(Shape::Map(RANGE));
        Quality::ALL
            .iter()
            .map(|quality| {
                let about = described(range.clone(), quality.title());
                (quality.word().to_owned(), about)
            })
            .collect()
    }

    fn attributes(&mut self, bearer: Bearer) -> Vec<(String, Value)> {
        let attribute = |attribute: Attribute| {
            let row = attribute.row();
            let value = self.value(row.value);
            (row.name.to_owned(), described(value, row.doc))
        };
        Attribute::of(bearer).map(attribute).collect()
    }

    /// What the value of an attribute looks like; figures may have units, which is text.
    fn value(&mut self, of: ValueType) -> Value {
        match of {
            ValueType::Count { least } => {
                json!({"anyOf": [{"type": "integer", "minimum": least}, {"type": "string"}]})
            }
            ValueType::Number => {
                json!({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})
            }
            ValueType::YesNo => self.shape(Shape::YesNo),
            ValueType::Choice(words) => {
                json!({"anyOf": [{ "enum": words }, in_other_letters(words)]})
            }
            ValueType::Names => json!({"anyOf": [text(), {"type": "array", "items": text()}]}),
            ValueType::Needs => suggested(of.words()),
            ValueType::YesOrComponent => {
                json!({"anyOf": [{"enum": of.words()}, self.term(Term::Id), text()]})
            }
            ValueType::Component => self.term(Term::Id),
            ValueType::Rate | ValueType::Duration | ValueType::Percent | ValueType::Text => text(),
        }
    }

    /// Names of the catalog that a term stands for, as an editor suggests them: of rules all words that stand for some, too.
    fn names(&self, term: Term) -> Value {
        let knowledge = &self.catalog.knowledge;
        let kinds = &knowledge.vocabulary.kinds;
        match term {
            Term::Kind => suggested(&kinds.component_ids()),
            Term::Kinds => suggested_of(kinds.all().map(|kind| kinds.info(kind).id.as_str())),
            Term::Tech => {
                let all = knowledge.vocabulary.technologies.all();
                suggested_of(all.map(|technology| technology.id.as_str()))
            }
            Term::Problem => {
                let problems = self.catalog.problems.iter();
                suggested_of(problems.map(|problem| problem.id.as_str()))
            }
            Term::Concept => suggested_of(knowledge.concepts.0.keys().map(String::as_str)),
            Term::Page => {
                let pages = self.catalog.pages.all().iter();
                suggested_of(pages.map(|page| page.id.as_str()))
            }
            Term::Figure => {
                let general = knowledge.figures.general.iter();
                suggested_of(general.map(|figure| figure.id.as_str()))
            }
            Term::NamedCondition => suggested_of(knowledge.conditions.keys().map(String::as_str)),
            Term::NamedSelector(word) => {
                let noun = Noun::from_word(word).into_iter();
                suggested_of(noun.flat_map(|noun| knowledge.selectors_of(noun)))
            }
            Term::Rules => {
                let words = words_for(&self.catalog.rules);
                suggested_of(words.iter().map(String::as_str))
            }
            _ => suggested_of(self.catalog.rules.iter().map(|rule| rule.id.as_str())),
        }
    }
}

/// What a feature of selectors is asked for by, where that is a name or another selector.
fn feature(noun: Noun, name: &str) -> Option<Shape> {
    const COMPONENTS: Shape = Shape::Of(Term::Selector("component"));
    Some(match (noun, name) {
        (Noun::Component, "kind") => Shape::Many(&Shape::Of(Term::Kinds)),
        (Noun::Component, "tech") => Shape::Many(&Shape::Of(Term::Tech)),
        (Noun::Component, "calls" | "called_by")
        | (Noun::Connection, "from" | "to")
        | (Noun::Flow, "includes")
        | (Noun::Entity, "store") => COMPONENTS,
        (Noun::Component, "stores") => Shape::Of(Term::Selector("entity")),
        (Noun::Component | Noun::Connection, "on_flow") => Shape::Of(Term::Selector("flow")),
        (Noun::Flow, "kind") => Shape::Either(&[
            Shape::Many(&Shape::Word(FlowKind::WORDS)),
            Shape::Of(Term::Comparison),
        ]),
        (Noun::Decision, "says") => Shape::Many(&Shape::Of(Term::Concept)),
        (Noun::Figure, "name") => Shape::Many(&Shape::Of(Term::Figure)),
        _ => return None,
    })
}

/// A map of no other keys than these.
fn object(properties: Map<String, Value>) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("additionalProperties".to_owned(), json!(false));
    object
}

fn one_or_many(item: &Value) -> Value {
    json!({"anyOf": [item, {"type": "array", "items": item}]})
}

/// Whatever stands in one piece: an editor may take `3` and `yes` for more than text, the readers do not.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Value {
    let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
    json!({ "enum": words })
}

/// The same of names one by one.
fn suggested_of<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    suggested(&names.collect::<Vec<_>>())
}

/// Any text, some of which an editor can offer.
fn suggested(names: &[&str]) -> Value {
    json!({"anyOf": [{"enum": names}, text()]})
}

/// Words as readers take them, too: in small or capital letters, and with a hyphen or a space where they have `_`. An
/// editor offers the plain words that stand beside them. Words have no characters that mean something in a pattern.
fn in_other_letters(words: &[&str]) -> Value {
    let letter = |c: char| match c {
        '_' => "[- _]".to_owned(),
        c if c.is_ascii_alphabetic() => {
            format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())
        }
        c => c.to_string(),
    };
    let word = |word: &&str| word.chars().map(letter).collect::<String>();
    let words: Vec<String> = words.iter().map(word).collect();
    json!({"type": "string", "pattern": format!("^({})$", words.join("|"))})
}

fn described(mut value: Value, about: &str) -> Value {
    if let Value::Object(object) = &mut value {
        object.insert("description".to_owned(), json!(about));
    }
    value
}

fn name(term: Term) -> String {
    match term {
        Term::Selector(noun) => format!("{noun}_selector"),
        Term::NamedSelector(noun) => format!("named_{noun}_selector"),
        other => format!("{other:?}").to_lowercase(),
    }
}
