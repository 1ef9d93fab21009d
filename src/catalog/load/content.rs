//! Which path holds what, and what lies where nothing is looked for.
//!
//! Knows paths; knows nothing of what is read there.

use crate::catalog::words;
use crate::notation::mark;
use crate::source::{Issue, Issues, Source, Span};

/// What a path holds, and in which order it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Content {
    Kinds,
    Platform,
    Technologies,
    Language,
    Concepts,
    Figures,
    Scoring,
    Problem,
    Rules,
    Talk,
    Drills,
    Tutorial,
    Pages,
    Reference,
}

/// How files of rubrics could be called, and are not.
const YML: &str = ".yml";

/// Files that lie beside rubrics and are read by others: what mutation breaks, what it may, settings and baselines.
const BESIDE: &[&str] = &[
    "mutation.yaml",
    "equivalents.yaml",
    mark::CONFIGURATION,
    "baseline.yaml",
];

impl Content {
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        // A design may be called so, nothing else.
        if path.ends_with(YML) && !matches!(parts.as_slice(), ["problems", _, "references", _]) {
            return None;
        }
        match parts.as_slice() {
            ["rubrics", "kinds.yaml"] => Some(Self::Kinds),
            ["rubrics", "platform.yaml"] => Some(Self::Platform),
            ["rubrics", "language.yaml"] => Some(Self::Language),
            ["rubrics", "figures.yaml"] => Some(Self::Figures),
            ["rubrics", "scoring.yaml"] => Some(Self::Scoring),
            ["rubrics", "talk.yaml"] => Some(Self::Talk),
            ["rubrics", "drills.yaml"] => Some(Self::Drills),
            ["rubrics", "tutorial.yaml"] => Some(Self::Tutorial),
            ["rubrics", "technologies", _] => Some(Self::Technologies),
            ["rubrics", "concepts", _] => Some(Self::Concepts),
            ["rubrics", "general" | "problems", _] => Some(Self::Rules),
            ["rubrics", "reference", _] => Some(Self::Pages),
            ["problems", _, "problem.yaml"] => Some(Self::Problem),
            ["problems", _, "references", file] => mark::DESIGN.stem(file).map(|_| Self::Reference),
            _ => None,
        }
    }

    /// The keys of a trusted file whose values nothing is made of here: tests of its own, and what is read late.
    pub(super) fn unread(self) -> Vec<&'static str> {
        match self {
            Self::Technologies => words::traits(),
            Self::Rules => vec!["tests"],
            Self::Concepts => vec!["hits", "misses"],
            _ => Vec::new(),
        }
    }
}

/// Whether an own file is one of rubrics or problems, be it that it lies where nothing is looked for.
#[must_use]
pub fn is_content(path: &str) -> bool {
    Content::of(path).is_some() || !is_of_others(path)
}

/// Whether a file is none of those that rubrics and problems are made of.
fn is_of_others(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_of_content = ["rubrics/", "problems/"]
        .iter()
        .any(|top| path.starts_with(top));
    !is_of_content
        || path.split('/').any(|part| part.starts_with('.'))
        || [mark::DESIGN, mark::REVIEW]
            .iter()
            .any(|mark| mark.stem(name).is_some())
        || BESIDE.contains(&name)
}

/// A warning of an own file that nothing reads, as it lies where nothing is looked for.
pub(super) fn misplaced((path, text): &(&str, &str)) -> Option<(Source, Vec<Issue>)> {
    if is_of_others(path) || Content::of(path).is_some() {
        return None;
    }
    let mut issues = Issues::default();
    let (why, help) = if path.ends_with(YML) {
        ("files of rubrics end in `.yaml`", "rename it")
    } else {
        (
            "it lies in none of the folders of rubrics",
            "rules belong into `general/` or `problems/`, the rest into `concepts/`, `technologies/` and `reference/`",
        )
    };
    let message = format!("nothing is read of this file, for {why}");
    issues.warning(Span::new(0, 0), message, help.to_owned());
    let source = Source::new((*path).to_owned(), (*text).to_owned());
    Some((source, issues.into_sorted()))
}
