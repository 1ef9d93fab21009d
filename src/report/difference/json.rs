//! Two designs beside each other for other tools. Keys may be added, never renamed or dropped.
//!
//! Knows the keys; scores and findings are those of the report of one design.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Comparison, rule_of};
use crate::assess::{Moved, RuleScore, Strength, round};
use crate::model::difference::{Changed, Edit, Entry, Section};
use crate::report::Checked;
use crate::report::json::{FindingView, ScoreView, ToolView, VERSION, finding, score, tool};

/// What differs, as JSON, version 1.
///
/// # Panics
/// Never: all keys are texts.
#[must_use]
pub fn json(comparison: &Comparison<'_>) -> String {
    let text = serde_json::to_string_pretty(&view(comparison));
    text.expect("views have string keys and finite numbers") + "\n"
}

/// Two designs with what differs.
#[derive(Debug, Serialize)]
pub(in crate::report) struct View<'a> {
    version: u32,
    tool: ToolView,
    before: SideView<'a>,
    after: SideView<'a>,
    renamed: &'a BTreeMap<String, String>,
    sections: Vec<SectionView<'a>>,
    findings: FindingsView<'a>,
    strengths: StrengthsView<'a>,
    points: Vec<MovedView<'a>>,
}

#[derive(Debug, Serialize)]
struct SideView<'a> {
    path: &'a str,
    problem: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    level: &'static str,
    score: ScoreView<'a>,
}

#[derive(Debug, Serialize)]
struct SectionView<'a> {
    section: &'static str,
    added: Vec<EntryView<'a>>,
    removed: Vec<EntryView<'a>>,
    changed: Vec<ChangedView<'a>>,
}

#[derive(Debug, Serialize)]
struct EntryView<'a> {
    name: &'a str,
    facts: BTreeMap<&'a str, &'a str>,
}

#[derive(Debug, Serialize)]
struct ChangedView<'a> {
    name: &'a str,
    edits: Vec<EditView<'a>>,
}

#[derive(Debug, Serialize)]
struct EditView<'a> {
    key: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FindingsView<'a> {
    added: Vec<FindingView<'a>>,
    removed: Vec<FindingView<'a>>,
    changed: Vec<PairView<'a>>,
    same: usize,
}

#[derive(Debug, Serialize)]
struct PairView<'a> {
    before: FindingView<'a>,
    after: FindingView<'a>,
}

#[derive(Debug, Serialize)]
struct StrengthsView<'a> {
    added: Vec<StrengthView<'a>>,
    removed: Vec<StrengthView<'a>>,
}

#[derive(Debug, Serialize)]
struct StrengthView<'a> {
    rule: &'a str,
    step: &'static str,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct MovedView<'a> {
    rule: &'a str,
    step: &'static str,
    before: Option<EarnedView>,
    after: Option<EarnedView>,
}

#[derive(Debug, Serialize)]
struct EarnedView {
    earned: f64,
    weight: f64,
}

/// The view of a comparison.
pub(in crate::report) fn view<'a>(comparison: &Comparison<'a>) -> View<'a> {
    let Comparison {
        before,
        after,
        design,
        verdict,
    } = *comparison;
    let side = |checked: &'a Checked, judged: &'a crate::assess::Assessment| SideView {
        path: &checked.source.name,
        problem: checked.head.problem.as_deref(),
        title: checked.head.title.as_deref(),
        author: checked.head.author.as_deref(),
        level: judged.level.word(),
        score: score(&judged.score),
    };
    View {
        version: VERSION,
        tool: tool(),
        before: side(before, verdict.before),
        after: side(after, verdict.after),
        renamed: &design.renamed,
        sections: design.sections.iter().map(section).collect(),
        findings: findings(comparison),
        strengths: StrengthsView {
            added: verdict.gained.iter().map(|it| strength(it)).collect(),
            removed: verdict.lost.iter().map(|it| strength(it)).collect(),
        },
        points: verdict.points.iter().map(moved).collect(),
    }
}

fn section(section: &Section) -> SectionView<'_> {
    SectionView {
        section: section.name,
        added: section.added.iter().map(entry).collect(),
        removed: section.removed.iter().map(entry).collect(),
        changed: section.changed.iter().map(changed).collect(),
    }
}

fn entry(entry: &Entry) -> EntryView<'_> {
    let facts = entry.facts.iter();
    EntryView {
        name: &entry.name,
        facts: facts
            .map(|fact| (fact.key.as_str(), fact.text.as_str()))
            .collect(),
    }
}

fn changed(changed: &Changed) -> ChangedView<'_> {
    ChangedView {
        name: &changed.name,
        edits: changed.edits.iter().map(edit).collect(),
    }
}

fn edit(edit: &Edit) -> EditView<'_> {
    EditView {
        key: &edit.key,
        before: edit.before.as_deref(),
        after: edit.after.as_deref(),
    }
}

fn findings<'a>(comparison: &Comparison<'a>) -> FindingsView<'a> {
    let Comparison {
        before,
        after,
        verdict,
        ..
    } = *comparison;
    let pair = |(old, new): &(&'a _, &'a _)| PairView {
        before: finding(before, old),
        after: finding(after, new),
    };
    FindingsView {
        added: verdict.came.iter().map(|it| finding(after, it)).collect(),
        removed: verdict.went.iter().map(|it| finding(before, it)).collect(),
        changed: verdict.changed.iter().map(pair).collect(),
        same: verdict.same,
    }
}

fn strength(strength: &Strength) -> StrengthView<'_> {
    StrengthView {
        rule: &strength.rule,
        step: strength.step.word(),
        message: &strength.message,
    }
}

fn moved<'a>(moved: &Moved<'a>) -> MovedView<'a> {
    let earned = |rule: &RuleScore| EarnedView {
        earned: round(rule.earned, 2),
        weight: rule.weight,
    };
    MovedView {
        rule: rule_of(moved),
        step: moved.step.word(),
        before: moved.before.map(earned),
        after: moved.after.map(earned),
    }
}
