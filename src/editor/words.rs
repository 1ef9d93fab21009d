//! Cards of words: kinds, technologies, rules, problems, keys and pages of the reference.
//!
//! Knows what the catalog and the tables know of each; knows no text.

use super::card::Card;
use crate::assess::stands_for;
use crate::catalog::{Catalog, Fit};
use crate::model::quantity::Dimension;
use crate::model::spelling::counted;
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Kind, Quality, Range, Tech, ValueType};
use crate::report;
use crate::rubric::{Problem, Rule};

/// Names that a row lists at most.
const MOST: usize = 12;

/// What a word for a component stands for.
pub(super) fn meaning(word: &str, catalog: &Catalog) -> Option<Card> {
    Some(match catalog.knowledge.vocabulary.meaning(word)? {
        Meaning::Kind(kind) => kind_card(kind, catalog),
        Meaning::Tech(tech) => tech_card(tech, catalog),
    })
}

fn kind_card(kind: Kind, catalog: &Catalog) -> Card {
    let vocabulary = &catalog.knowledge.vocabulary;
    let info = vocabulary.kinds.info(kind);
    let above = info.lineage.iter().filter(|other| **other != kind);
    let above: Vec<&str> = above
        .map(|kind| vocabulary.kinds.info(*kind).id.as_str())
        .collect();
    let technologies = vocabulary.technologies.all();
    let made = technologies.filter(|technology| vocabulary.kinds.is_a(technology.kind, kind));
    let made: Vec<&str> = made.map(|technology| technology.id.as_str()).collect();
    let card = Card::new(&info.id, "a kind")
        .with_words(&info.title)
        .with_row("one of", above.join(", "));
    let card = usual_rows(card, |quality| vocabulary.usual(kind, None, quality));
    let card = card.with_row("technologies", some_of(&made));
    with_page(card, &[&info.title, &info.id], catalog)
}

fn tech_card(tech: Tech, catalog: &Catalog) -> Card {
    let vocabulary = &catalog.knowledge.vocabulary;
    let info = vocabulary.technologies.info(tech);
    let also = info.also.iter();
    let also: Vec<&str> = also
        .map(|kind| vocabulary.kinds.info(*kind).id.as_str())
        .collect();
    let aliases: Vec<&str> = info.aliases.iter().map(String::as_str).collect();
    let kind = vocabulary.kinds.info(info.kind);
    let card = Card::new(&info.name, &kind.id)
        .with_words(&kind.title)
        .with_row("serves as", also.join(", "))
        .with_row("called", some_of(&aliases));
    let card = card.with_row("usually", properties(tech, catalog));
    let card = usual_rows(card, |quality| {
        vocabulary.usual(info.kind, Some(tech), quality)
    });
    with_page(card, &[&info.name, &info.id], catalog)
}

/// What a technology is like, where nothing else is stated.
pub(super) fn properties(tech: Tech, catalog: &Catalog) -> String {
    let info = catalog.knowledge.vocabulary.technologies.info(tech);
    let properties = info.properties().iter();
    let properties: Vec<String> = properties
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    properties.join(", ")
}

/// What is usual of one node, a row each with its source.
pub(super) fn usual_rows<'r>(card: Card, range: impl Fn(Quality) -> Option<&'r Range>) -> Card {
    Quality::ALL.iter().fold(card, |card, quality| {
        let words = range(*quality).map(usual).unwrap_or_default();
        card.with_row(&format!("usual {}", quality.title()), words)
    })
}

/// A usual range with its source.
fn usual(range: &Range) -> String {
    let (from, to) = (&range.from.text, &range.to.text);
    let both = if from == to {
        from.clone()
    } else {
        format!("{from} to {to}")
    };
    format!("{both}; {}", range.source)
}

/// With the page of the reference that one of some names leads to.
fn with_page(card: Card, names: &[&str], catalog: &Catalog) -> Card {
    let named = |name: &&str| {
        let found = catalog.pages.find(name);
        let best = found.first().filter(|(fit, _)| *fit == Fit::Named);
        best.map(|(_, page)| page.id.clone())
    };
    match names.iter().find_map(named) {
        Some(page) => card.with_row("read", format!("sysdrill ref {page}")),
        None => card,
    }
}

/// A rule: what it finds, why that matters, and what to do.
pub(super) fn rule(id: &str, catalog: &Catalog) -> Option<Card> {
    let rule: &Rule = catalog.rule(id)?;
    let levels: Vec<&str> = rule.levels.iter().map(|level| level.word()).collect();
    let page = rule.reference.as_ref();
    let card = Card::new(&rule.id, rule.severity.word())
        .with_words(&rule.title)
        .with_words(&rule.why)
        .with_row("fix", rule.fix.text())
        .with_row("the interviewer asks", rule.ask.text())
        .with_row("step", rule.step.title())
        .with_row("levels", levels.join(", "))
        .with_row("topic", rule.topic.as_str())
        .with_row(
            "read",
            page.map(|page| format!("sysdrill ref {page}"))
                .unwrap_or_default(),
        );
    Some(card)
}

/// A problem as the interviewer tells it.
pub(super) fn problem(slug: &str, catalog: &Catalog) -> Option<Card> {
    let problem: &Problem = catalog.problem(slug)?;
    let must: Vec<&str> = problem
        .functional
        .iter()
        .map(|topic| topic.text.as_str())
        .collect();
    let card = Card::new(&problem.title, &problem.id)
        .with_words(&problem.prompt)
        .with_row("must", must.join("; "))
        .with_row("practise", format!("sysdrill practice {}", problem.id));
    Some(card)
}

/// A word that stands for a rule or several.
pub(super) fn rules(word: &str, catalog: &Catalog) -> Option<Card> {
    rule(word, catalog).or_else(|| {
        let meant = catalog.rules.iter().filter(|rule| stands_for(word, rule));
        let ids: Vec<&str> = meant.map(|rule| rule.id.as_str()).collect();
        let sort = counted(ids.len(), "rule", "rules");
        (!ids.is_empty()).then(|| Card::new(word, &sort).with_words(&some_of(&ids)))
    })
}

/// A kind or a family of kinds, by its id.
pub(super) fn kind(id: &str, catalog: &Catalog) -> Option<Card> {
    let kind = catalog.knowledge.vocabulary.kinds.named(id)?;
    Some(kind_card(kind, catalog))
}

/// A page of the reference.
pub(super) fn page(id: &str, catalog: &Catalog) -> Option<Card> {
    let page = catalog.pages.all().iter().find(|page| page.id == id)?;
    let mut card = Card::new(&page.title, "a page of the reference");
    card.lines = report::page_text(page, catalog);
    Some(card)
}

/// A figure that problems and rules name.
pub(super) fn figure(id: &str, catalog: &Catalog) -> Option<Card> {
    let mut figures = catalog.knowledge.figures.general.iter();
    let figure = figures.find(|figure| figure.id == id)?;
    let sort = figure.dimension.map(Dimension::name).unwrap_or_default();
    Some(Card::new(id, &sort).with_words(&figure.title))
}

/// A concept by its id.
pub(super) fn concept_named(id: &str, catalog: &Catalog) -> Option<Card> {
    let known = catalog.knowledge.concepts.0.get(id)?;
    Some(concept(id, &known.title, catalog))
}

/// An attribute: what it means and what its value looks like.
pub(super) fn attribute(attribute: Attribute, range: Option<&Range>) -> Card {
    let row = attribute.row();
    let example = match row.value {
        ValueType::Text | ValueType::Names => String::new(),
        value => value.example(),
    };
    let label = if row.value.words().is_empty() {
        "such as"
    } else {
        "one of"
    };
    let words = match row.value {
        ValueType::Choice(words) => words.join(", "),
        ValueType::YesNo => row.value.words().join(", "),
        ValueType::Needs => format!("{}, or a number", row.value.words().join(", ")),
        ValueType::YesOrComponent => format!("{}, or a component", row.value.words().join(", ")),
        _ => example,
    };
    Card::new(row.name, "an attribute")
        .with_words(row.doc)
        .with_row(label, words)
        .with_row("usual here", range.map(usual).unwrap_or_default())
}

/// A concept that a text speaks of, with its page of the reference and the rules that lead there.
pub(super) fn concept(id: &str, title: &str, catalog: &Catalog) -> Card {
    let mut card = Card::new(title, "a concept");
    let found = [title, id].into_iter().find_map(|name| {
        let found = catalog.pages.find(name);
        let named = found.first().filter(|(fit, _)| *fit <= Fit::Titled);
        named.map(|(_, page)| *page)
    });
    if let Some(page) = found {
        card.lines = report::page_text(page, catalog);
    }
    card
}

fn some_of(names: &[&str]) -> String {
    let more = names.len().saturating_sub(MOST);
    let some = names.get(..names.len() - more).unwrap_or(names).join(", ");
    if more > 0 {
        format!("{some} and {more} more")
    } else {
        some
    }
}
