//! Entries of a design as lists of facts, and the facts in which two entries differ.
//!
//! Knows texts and what they mean; knows not where an entry stands in a design.

use crate::model::Figure;

/// One thing that a design states of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: the key in a design file.
    pub key: String,
    /// Equal for texts that say the same.
    meaning: String,
    /// The text as written.
    pub text: String,
}

/// An entry of a section: a component, a connection, an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Equal for entries of two designs that are about the same thing.
    pub(super) key: String,
    /// What is stated of it, in the order of the design file.
    pub facts: Vec<Fact>,
    /// What people call it; empty where a section is but one thing.
    pub name: String,
}

/// A fact that differs; none where one side does not state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it is about.
    pub key: String,
    /// The text before.
    pub before: Option<String>,
    /// The text after.
    pub after: Option<String>,
}

impl Entry {
    pub(super) fn new(name: impl Into<String>, facts: impl IntoIterator<Item = Fact>) -> Self {
        let name = name.into();
        Self {
            key: name.clone(),
            facts: facts.into_iter().collect(),
            name,
        }
    }

    /// What its facts mean, whatever their wording.
    pub(super) fn meanings(&self) -> Vec<(String, String)> {
        let facts = self.facts.iter();
        facts
            .map(|fact| (fact.key.clone(), fact.meaning.clone()))
            .collect()
    }

    /// The same entry, known by another key than its name.
    pub(super) fn known_as(self, key: String) -> Self {
        Self { key, ..self }
    }
}

impl Fact {
    /// Words that mean what they say.
    pub(super) fn words(key: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::meaning(key, text.clone(), text)
    }

    /// Words with what they mean.
    pub(super) fn meaning(
        key: impl Into<String>,
        text: impl Into<String>,
        meaning: impl Into<String>,
    ) -> Self {
        Self {
            key: key.into(),
            meaning: meaning.into(),
            text: text.into(),
        }
    }

    /// A figure, which means its worth: `4k/s` is `4000/s`.
    pub(super) fn figure(key: impl Into<String>, figure: &Figure) -> Self {
        Self::meaning(key, figure.text.clone(), worth(figure))
    }

    /// Words whose order means nothing.
    pub(super) fn set(key: impl Into<String>, words: &[String]) -> Self {
        let mut sorted = words.to_vec();
        sorted.sort();
        Self::meaning(key, words.join(", "), sorted.join("\n"))
    }
}

/// Twelve digits with the dimension: two ways to reckon the same differ behind that.
#[must_use]
pub fn worth(figure: &Figure) -> String {
    let quantity = figure.quantity;
    format!("{:.11e} {}", quantity.value, quantity.dimension.name())
}

/// The facts in which two entries differ: first those of the second in its order, then what it states no more.
pub(super) fn edits(before: &[Fact], after: &[Fact]) -> Vec<Edit> {
    let of = |facts: &[Fact], key: &str| facts.iter().find(|fact| fact.key == key).cloned();
    let stated = after.iter().filter_map(|fact| {
        let old = of(before, &fact.key);
        let same = old.as_ref().is_some_and(|old| old.meaning == fact.meaning);
        (!same).then(|| Edit {
            key: fact.key.clone(),
            before: old.map(|old| old.text),
            after: Some(fact.text.clone()),
        })
    });
    let gone = before.iter().filter(|fact| of(after, &fact.key).is_none());
    let gone = gone.map(|fact| Edit {
        key: fact.key.clone(),
        before: Some(fact.text.clone()),
        after: None,
    });
    stated.chain(gone).collect()
}
