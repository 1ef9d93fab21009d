//! What holds for one design when the file, its overrides and the command line have said what they say, and who said it.
//!
//! Knows the order in which they count; knows no rule.

use std::collections::BTreeMap;

use crate::assess::Choice;
use crate::cli::arguments::TermFlags;
use crate::model::{Level, Severity};
use crate::notation::config::{Layer, Said};
use crate::source::Span;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// A flag.
    Flag(&'static str),
    /// A place of the configuration.
    File(Span),
}

/// A value with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Valued<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Valued<T> {
    const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

/// What a design is judged by and must reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Effective {
    /// The level; the design's own where none.
    pub level: Valued<Option<Level>>,
    /// The least severity that fails; none for never.
    pub fail_on: Valued<Option<Severity>>,
    /// The least score.
    pub min_score: Valued<Option<f64>>,
    /// The rules that count.
    pub select: Valued<Vec<String>>,
    /// The rules that don't.
    pub ignore: Valued<Vec<String>>,
    /// How grave rules are here.
    pub severity: BTreeMap<String, Valued<Severity>>,
    /// Whether the design may accept findings.
    pub allowances: Valued<bool>,
}

/// What fails where nobody says anything.
pub const FAILS: Severity = Severity::Major;

impl Effective {
    /// What layers of the file say, the last of them first, and what flags say before all of them.
    pub fn of(layers: &[&Layer], flags: &TermFlags) -> Self {
        let [select, ignore] = lists(layers, flags);
        let mut severity = BTreeMap::new();
        for (rule, word) in layers.iter().flat_map(|layer| &layer.severity) {
            let value = Valued::new(*word, Origin::File(rule.span));
            severity.insert(rule.value.clone(), value);
        }
        let fail_on = flags.fail_on.map(|threshold| threshold.0);
        Self {
            level: last(layers, |layer| layer.level.as_ref())
                .flagged(flags.frame.level, "--level")
                .optional(),
            fail_on: last(layers, |layer| layer.fail_on.as_ref())
                .flagged(fail_on, "--fail-on")
                .or(Some(FAILS)),
            min_score: last(layers, |layer| layer.min_score.as_ref())
                .flagged(flags.min_score, "--min-score")
                .optional(),
            select,
            ignore,
            severity,
            allowances: last(layers, |layer| layer.allowances.as_ref())
                .flagged(flags.no_allow.then_some(false), "--no-allow")
                .or(true),
        }
    }

    /// Which rules count, and how much.
    pub fn choice(&self) -> Choice {
        let severity = self.severity.iter();
        Choice {
            select: self.select.value.clone(),
            ignore: self.ignore.value.clone(),
            severity: severity
                .map(|(rule, severity)| (rule.clone(), severity.value))
                .collect(),
        }
    }
}

/// A value that somebody may have said.
struct Perhaps<T>(Option<Valued<T>>);

impl<T> Perhaps<T> {
    fn flagged(self, value: Option<T>, flag: &'static str) -> Self {
        match value {
            Some(value) => Self(Some(Valued::new(value, Origin::Flag(flag)))),
            None => self,
        }
    }

    fn or(self, default: T) -> Valued<T> {
        self.0
            .unwrap_or_else(|| Valued::new(default, Origin::Default))
    }

    fn optional(self) -> Valued<Option<T>> {
        match self.0 {
            Some(Valued { value, origin }) => Valued::new(Some(value), origin),
            None => Valued::new(None, Origin::Default),
        }
    }
}

/// What the last layer says that says anything.
fn last<T: Clone>(layers: &[&Layer], said: impl Fn(&Layer) -> Option<&Said<T>>) -> Perhaps<T> {
    let said = layers.iter().rev().find_map(|layer| said(layer));
    Perhaps(said.map(|said| Valued::new(said.value.clone(), Origin::File(said.span))))
}

/// The rules that count and those that don't. Who selects rules on the command line means those, whatever the file ignores.
fn lists(layers: &[&Layer], flags: &TermFlags) -> [Valued<Vec<String>>; 2] {
    let words = |said: Perhaps<Vec<Said<String>>>| {
        let Valued { value, origin } = said.or(Vec::new());
        Valued::new(value.into_iter().map(|said| said.value).collect(), origin)
    };
    let flag = |words: &[String], name| {
        (!words.is_empty()).then(|| Valued::new(words.to_vec(), Origin::Flag(name)))
    };
    let select = flag(&flags.select, "--select");
    let ignore = flag(&flags.ignore, "--ignore");
    let ignore = ignore.or_else(|| {
        let selected = select.is_some();
        selected.then(|| Valued::new(Vec::new(), Origin::Flag("--select")))
    });
    [
        select.unwrap_or_else(|| words(last(layers, |layer| layer.select.as_ref()))),
        ignore.unwrap_or_else(|| words(last(layers, |layer| layer.ignore.as_ref()))),
    ]
}
