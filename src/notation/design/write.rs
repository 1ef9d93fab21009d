//! A design to text, as a person would have written it: the keys in the format's order, terse forms wherever they say
//! everything, nothing for what is empty.
//!
//! Knows the order of the keys and the parts that are figures and words; how YAML is laid out is `yaml`'s business.

mod components;
mod connections;
mod entries;
mod flows;

pub use components::attribute_value;
pub use entries::allowance;

use crate::model::{Design, Estimate, Figure, Requirements, Vocabulary};
use crate::notation::yaml::{self, Layout, Yaml};

use super::read::FORMAT;

/// Writes a design file.
///
/// Reading it gives an equal design and no new mistakes, if names are unique within each part, as they are in every
/// design that was read: ids of components and flows, names of figures and tables. What no file can say is brought
/// into a form that one can: answers to one topic are joined, a technology under a name that the catalog does not have
/// is written by its id.
#[must_use]
pub fn write(design: &Design, vocabulary: &Vocabulary) -> String {
    let mut text = yaml::entry("sysdrill", &Yaml::bare(FORMAT));
    for (key, value) in head(design) {
        text.push_str(&yaml::entry(key, &value));
    }
    for (key, value) in parts(design, vocabulary) {
        text.push('\n');
        text.push_str(&yaml::entry(key, &value));
    }
    text
}

/// A key with its value.
type Entry = (&'static str, Yaml);

fn head(design: &Design) -> impl Iterator<Item = Entry> {
    [
        words("problem", design.problem.as_ref()),
        words("title", design.title.as_ref()),
        words("author", design.author.as_ref()),
        design
            .level
            .map(|level| ("level", Yaml::text(level.word()))),
    ]
    .into_iter()
    .flatten()
}

fn parts(design: &Design, vocabulary: &Vocabulary) -> impl Iterator<Item = Entry> {
    [
        filled("requirements", requirements(&design.requirements)),
        filled("estimates", estimates(&design.estimates)),
        filled("components", components::components(design, vocabulary)),
        filled("connections", connections::connections(design)),
        filled("flows", flows::flows(design)),
        filled("api", entries::api(&design.api)),
        filled("data", entries::data(design)),
        filled("decisions", entries::decisions(&design.decisions)),
        filled("answers", entries::answers(&design.answers)),
        filled("allow", entries::allow(&design.allow)),
        design
            .platform
            .as_ref()
            .map(|platform| ("platform", entries::platform(platform))),
        design
            .session
            .as_ref()
            .map(|session| ("session", entries::session(session))),
    ]
    .into_iter()
    .flatten()
}

fn requirements(requirements: &Requirements) -> Yaml {
    let lines = |words: &[String]| Yaml::texts(Layout::Lines, words);
    let out_of_scope = Yaml::texts(Layout::Fitting, &requirements.out_of_scope);
    let entries = [
        filled("functional", lines(&requirements.functional)),
        filled("non_functional", lines(&requirements.non_functional)),
        filled("out_of_scope", out_of_scope),
        filled("questions", lines(&requirements.questions)),
        filled("assumptions", assumptions(requirements)),
    ];
    Yaml::map(Layout::Lines, entries.into_iter().flatten())
}

fn assumptions(requirements: &Requirements) -> Yaml {
    let entries = requirements.assumptions.iter().map(|assumption| {
        let text = &assumption.text;
        let value = match assumption.figure {
            Some(_) => Yaml::bare(text),
            None => Yaml::text(text),
        };
        (&assumption.name, value)
    });
    Yaml::map(Layout::Fitting, entries)
}

fn estimates(estimates: &[Estimate]) -> Yaml {
    let entries = estimates.iter().map(|estimate| {
        let value = Yaml::bare(&estimate.figure.text);
        let value = match &estimate.peak {
            Some(peak) => {
                let entries = [("value", value), ("peak", Yaml::bare(&peak.text))];
                Yaml::map(Layout::Fitting, entries)
            }
            None => value,
        };
        (&estimate.name, value)
    });
    Yaml::map(Layout::Lines, entries)
}

/// A part or a collection, unless it is empty.
fn filled(key: &'static str, value: Yaml) -> Option<Entry> {
    (!value.is_empty()).then_some((key, value))
}

/// Words, where they are stated.
fn words(key: &'static str, words: Option<&String>) -> Option<Entry> {
    words.map(|words| (key, Yaml::text(words)))
}

/// A figure, where it is stated.
fn figure(key: &'static str, figure: Option<&Figure>) -> Option<Entry> {
    figure.map(|figure| (key, Yaml::bare(&figure.text)))
}

/// A map of the entries that are stated, in brackets while it fits.
fn stated<const N: usize>(entries: [Option<Entry>; N]) -> Yaml {
    Yaml::map(Layout::Fitting, entries.into_iter().flatten())
}

/// One name alone, several as a list.
fn one_or_list(names: &[String]) -> Yaml {
    match names {
        [name] => Yaml::text(name),
        _ => Yaml::texts(Layout::Fitting, names),
    }
}
