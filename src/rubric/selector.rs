//! Selectors: maps of features that all hold of one component, connection, flow, ...; and their composition.
//!
//! Knows composition; each feature stands in the table of its noun.

use super::features::{self, Feature};
use super::name::{Name, numbered};
use super::noun::Noun;
use super::predicates;
use super::reader::RuleReader;
use super::scene::Scene;
use super::trace::Trace;
use crate::analysis::Truth;
use crate::model::value::yes_no;
use crate::model::{Kind, Tech, spelling};
use crate::notation::yaml::{Content, Fields, Node, all_of, list_of, one_or_many, text_of};

/// A question about one subject, by its position.
pub type Test = Box<dyn Fn(&Scene<'_>, usize, &mut Trace) -> Truth + Send + Sync>;

/// Tests that all have to hold.
pub struct Selector {
    noun: Noun,
    tests: Vec<Test>,
    /// Components that nothing joins with what users do are looked at too.
    pub with_isolated: bool,
}

impl std::fmt::Debug for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} with {} tests", self.noun.word(), self.tests.len())
    }
}

impl Selector {
    /// Reads a selector. A plain word selects components of a kind.
    pub fn read(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        match &node.content {
            Content::Scalar { text, .. } if noun == Noun::Component => word(text, node, reader),
            Content::Scalar { .. } | Content::List(_) => {
                no_map(noun, node, reader);
                None
            }
            _ => {
                let what = format!("a selector of {}", noun.several());
                let fields = Fields::of(node, &what, reader.issues)?;
                Self::from_fields(noun, &fields, &[], reader)
            }
        }
    }

    /// The selector among the keys of a map that has others too, which are named.
    pub(super) fn from_fields(
        noun: Noun,
        fields: &Fields<'_, '_>,
        others: &[&str],
        reader: &mut RuleReader<'_>,
    ) -> Option<Self> {
        let entries = fields.entries().iter();
        let keyed = entries.map(|(key, value)| (key.text().unwrap_or_default(), key, value));
        let own = keyed.filter(|(name, ..)| !others.contains(name));
        let tests = all_of(own.map(|(name, key, value)| match name {
            "any" => any(noun, value, reader),
            "all" => all(noun, value, reader),
            "not" => Self::read(noun, value, reader).map(negated),
            "use" => named(noun, value, reader),
            _ => feature(noun, name, key, value, others, reader),
        }));
        match noun {
            Noun::Component if reader.strict => check_agreement(fields, reader),
            Noun::Figure => check_measures(fields, reader),
            _ => {}
        }
        Some(Self {
            noun,
            tests: tests?,
            with_isolated: asks_for(fields, "isolated") || asks_for(fields, "apart"),
        })
    }

    /// Whether a subject is selected.
    pub fn matches(&self, scene: &Scene<'_>, at: usize, trace: &mut Trace) -> Truth {
        let mut truth = Truth::Yes;
        for test in &self.tests {
            truth = truth.and(test(scene, at, trace));
            if truth.is_no() {
                return Truth::No;
            }
        }
        truth
    }

    /// The subjects that match or may match, each with the answer. Components that nothing joins with what users do are
    /// passed over, with their connections, unless the selector asks for them.
    pub fn select<'s>(
        &'s self,
        scene: &'s Scene<'_>,
        whole: bool,
    ) -> impl Iterator<Item = (usize, Truth)> + 's {
        let mut trace = Trace::off();
        let counts = |at: &usize| match self.noun {
            Noun::Component => self.with_isolated || !scene.subject.is_apart(*at),
            Noun::Connection => {
                let connection = scene.subject.design.connections.get(*at);
                connection.is_none_or(|connection| !scene.subject.is_apart(connection.from))
            }
            _ => true,
        };
        self.noun
            .domain(scene, whole)
            .filter(move |at| counts(at))
            .map(move |at| (at, self.matches(scene, at, &mut trace)))
            .filter(|(_, truth)| !truth.is_no())
    }
}

/// Complains of a text or a list in place of a selector.
fn no_map(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) {
    let words: Option<Vec<&str>> = one_or_many(node).iter().map(Node::text).collect();
    let features = features::names(noun);
    let help = match (words, features.iter().find(|name| **name == "kind")) {
        (Some(words), Some(key)) if node.text().is_none() => {
            format!("write `{{{key}: [{}]}}`", words.join(", "))
        }
        (Some(words), Some(key)) => format!("write `{{{key}: {}}}`", words.join(" ")),
        (Some(words), None) => {
            let key = features.first().copied().unwrap_or_default();
            format!(
                "write `{{{key}: {}}}`, or another key with a value",
                words.join(" ")
            )
        }
        (None, _) => "write `{any: [...]}` around selectors of which one has to match".to_owned(),
    };
    let message = format!(
        "{} in place of a selector of {}",
        node.sort(),
        noun.several()
    );
    reader.issues.error(node.span, message, help);
}

/// Notes of which dimension the named figures are taken to be.
fn check_measures(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
    let names = fields.get("name").map(one_or_many).unwrap_or_default();
    let names = names.iter().filter_map(|item| item.text());
    let names: Vec<String> = names.map(str::to_owned).collect();
    predicates::measure(&names, fields, reader);
}

/// Warns of technologies of which none is of the kinds beside them: a design that says both is warned of it.
fn check_agreement(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
    let words = |key| {
        let items = fields.get(key).map(one_or_many).unwrap_or_default();
        items.iter().filter_map(|item| item.text())
    };
    let vocabulary = reader.vocabulary;
    let kinds: Vec<Kind> = words("kind")
        .filter_map(|word| vocabulary.kinds.named(word))
        .collect();
    let technologies: Vec<Tech> = words("tech")
        .filter_map(|word| vocabulary.technologies.named(word))
        .collect();
    let fits = |tech: &Tech| {
        let mut kinds = kinds.iter();
        kinds.any(|kind| vocabulary.can_serve_as(*tech, *kind))
    };
    let Some((first, node)) = technologies.first().zip(fields.get("tech")) else {
        return;
    };
    if kinds.is_empty() || technologies.iter().any(fits) {
        return;
    }
    let info = vocabulary.technologies.info(*first);
    let kind = &vocabulary.kinds.info(info.kind).id;
    let message = format!("`{}` is of none of these kinds", info.id);
    let help = format!("write `kind: {kind}`, or leave one of both out");
    reader.issues.warning(node.span, message, help);
}

/// Whether a key is there and says yes: to rule something out is not to ask for it.
fn asks_for(fields: &Fields<'_, '_>, key: &str) -> bool {
    let text = fields.get(key).and_then(|node| node.text());
    text.and_then(yes_no) == Some(true)
}

fn word(text: &str, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Selector> {
    let tests: Vec<Test> = if text.starts_with('$') {
        vec![features::bound_word(text, node, reader)?]
    } else {
        vec![features::kind_test(node, reader)?]
    };
    Some(Selector {
        noun: Noun::Component,
        tests,
        with_isolated: false,
    })
}

fn feature(
    noun: Noun,
    name: &str,
    key: &Node<'_>,
    value: &Node<'_>,
    others: &[&str],
    reader: &mut RuleReader<'_>,
) -> Option<Test> {
    let table = features::of(noun);
    if let Some(Feature { read, .. }) = table.iter().find(|feature| feature.name == name) {
        return read(value, reader);
    }
    if let Some(test) = features::attribute_test(noun, name, value, reader) {
        return test;
    }
    let mut known = features::names(noun);
    known.extend(others);
    known.extend(["any", "all", "not", "use"]);
    let help = spelling::did_you_mean(name, &known).or_else(|| of_another(noun, name));
    reader.issues.error(
        key.span,
        format!("unknown key `{name}` of a selector of {}", noun.several()),
        help,
    );
    None
}

/// Whose key it is that a selector of another noun has, or what there is instead.
fn of_another(noun: Noun, name: &str) -> Option<String> {
    let has = |other: &&Noun| **other != noun && features::names(**other).contains(&name);
    let other = Noun::ALL.iter().find(has)?;
    let (word, several) = (other.word(), other.several());
    Some(format!(
        "it is asked of {several}: `{word}: {{..., {name}: ...}}`"
    ))
}

fn any(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let selectors = several(noun, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let mut truth = Truth::No;
        for selector in &selectors {
            truth = truth.or(selector.matches(scene, at, trace));
            if truth.is_yes() {
                break;
            }
        }
        truth
    }))
}

fn all(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let selectors = several(noun, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        selectors.iter().fold(Truth::Yes, |truth, selector| {
            truth.and(selector.matches(scene, at, trace))
        })
    }))
}

fn several(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Vec<Selector>> {
    let _ = reader.some_of(node);
    let items = list_of(node, reader.issues).iter();
    all_of(items.map(|item| Selector::read(noun, item, reader)))
}

fn negated(selector: Selector) -> Test {
    Box::new(move |scene, at, trace| !selector.matches(scene, at, trace))
}

fn named(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let names = all_of(one_or_many(node).iter().map(|item| {
        let name = text_of(item, reader.issues)?.to_owned();
        reader.uses_selector(noun, &name, item.span);
        Some(Name::new(name))
    }))?;
    Some(Box::new(move |scene, at, trace| {
        let all = &scene.knowledge.selectors;
        let look_up = |text: &str| numbered(all, |(of, name)| *of == noun && name == text);
        let known = names.iter().filter_map(|name| name.meaning(look_up));
        known.fold(Truth::Yes, |truth, (number, selector)| {
            let answer = if trace.is_on() {
                selector.matches(scene, at, trace)
            } else {
                scene.selected(*number, at, || selector.matches(scene, at, trace))
            };
            truth.and(answer)
        })
    }))
}
