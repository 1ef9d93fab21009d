//! Two designs beside each other: what is otherwise in the second, in what is drawn and said, and in what the rules make of
//! it.
//!
//! Knows differences as blocks of lines, from which each format is made; knows no paths beyond their names.

mod json;
mod markdown;
mod text;

pub use json::json;
pub(super) use json::{View, view};
pub use markdown::markdown;
pub use text::text;

use super::Checked;
use crate::assess::{AssessmentDifference, Finding, Moved, Outcome, RuleScore, StepScore, round};
use crate::model::Difference;
use crate::model::difference::{Edit, Entry, Section};
use crate::model::spelling::{counted, enumerated};

/// Two designs, both judged, with what differs.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The first.
    pub before: &'a Checked,
    /// The second.
    pub after: &'a Checked,
    /// What is drawn and said otherwise.
    pub design: &'a Difference,
    /// What the rules say otherwise.
    pub verdict: &'a AssessmentDifference<'a>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Change {
    Added,
    Removed,
    Edited,
}

/// Keys of the one fact that an estimate, an assumption or an answer is.
const SOLE: [&str; 2] = ["value", "text"];

/// Lines under a title.
pub(in crate::report) struct Block {
    pub(in crate::report) title: String,
    pub(in crate::report) lines: Vec<Line>,
    /// What is said below the lines.
    pub(in crate::report) rest: Option<String>,
    /// The lines are faults: it is good when they go.
    pub(in crate::report) of_faults: bool,
}

/// What became of an entry, its name and what there is to say of it.
pub(in crate::report) struct Line {
    pub(in crate::report) change: Change,
    pub(in crate::report) name: String,
    pub(in crate::report) detail: String,
}

/// Characters of a fact that are shown; the JSON has all of them.
const LONGEST: usize = 160;

/// What the second of two designs has otherwise, a row for each entry: the section, and the sign, the name and the facts.
#[must_use]
pub fn changes(design: &Difference) -> Vec<(String, String)> {
    let renamed = std::iter::once(renamed(design));
    let blocks = renamed.chain(design.sections.iter().map(section));
    let rows = blocks.flat_map(|block| {
        let lines = block.lines.into_iter();
        lines.map(move |line| {
            let text = format!("{} {}", line.change.sign(), line.text());
            (block.title.clone(), text)
        })
    });
    rows.collect()
}

impl Comparison<'_> {
    /// Nothing differs that a report would show.
    fn is_empty(&self) -> bool {
        self.design.is_empty() && self.verdict.before.score == self.verdict.after.score
    }

    /// What differs, in what is drawn and said and in what the rules make of it.
    pub(in crate::report) fn blocks(&self) -> Vec<Block> {
        let design =
            std::iter::once(renamed(self.design)).chain(self.design.sections.iter().map(section));
        let verdict = [self.points(), self.good(), self.findings()];
        let blocks = design.chain(verdict);
        blocks.filter(|block| !block.lines.is_empty()).collect()
    }

    fn findings(&self) -> Block {
        let verdict = self.verdict;
        let line = |change| {
            move |finding: &&Finding| Line {
                change,
                name: finding.rule.clone(),
                detail: format!("{}, {}", standing(finding), finding.message),
            }
        };
        let mut lines: Vec<Line> = verdict.went.iter().map(line(Change::Removed)).collect();
        lines.extend(verdict.came.iter().map(line(Change::Added)));
        lines.extend(verdict.changed.iter().map(|(before, after)| Line {
            change: Change::Edited,
            name: after.rule.clone(),
            detail: format!(
                "{} -> {}, {}",
                standing(before),
                standing(after),
                after.message
            ),
        }));
        let same = counted(verdict.same, "finding is", "findings are");
        Block {
            rest: (verdict.same > 0).then(|| format!("{same} in both")),
            of_faults: true,
            ..Block::new("Findings", lines)
        }
    }

    fn good(&self) -> Block {
        let verdict = self.verdict;
        let lost = verdict.lost.iter().map(|it| (Change::Removed, it));
        let gained = verdict.gained.iter().map(|it| (Change::Added, it));
        let lines = lost.chain(gained).map(|(change, strength)| Line {
            change,
            name: strength.message.clone(),
            detail: String::new(),
        });
        Block::new("Good", lines.collect())
    }

    fn points(&self) -> Block {
        let points = self.verdict.points.iter();
        let lines = points.map(|moved| Line {
            change: Change::Edited,
            name: rule_of(moved).to_owned(),
            detail: format!("{} -> {}", earned(moved.before), earned(moved.after)),
        });
        Block::new("What rules earned of their weight", lines.collect())
    }

    /// The steps that any rule applies to, before and after.
    pub(in crate::report) fn steps(&self) -> impl Iterator<Item = (&StepScore, &StepScore)> {
        let before = self.verdict.before.score.steps.iter();
        let pairs = before.zip(&self.verdict.after.score.steps);
        pairs.filter(|(before, after)| before.possible > 0.0 || after.possible > 0.0)
    }
}

impl Block {
    fn new(title: &str, lines: Vec<Line>) -> Self {
        Self {
            title: title.to_owned(),
            lines,
            rest: None,
            of_faults: false,
        }
    }
}

impl Line {
    /// The name with the detail behind it.
    fn text(&self) -> String {
        let parts = [self.name.as_str(), &self.detail];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(": ")
    }
}

impl Change {
    const fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Edited => '~',
        }
    }

    /// The word for it.
    pub(in crate::report) const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Edited => "changed",
        }
    }
}

fn renamed(design: &Difference) -> Block {
    let lines = design.renamed.iter().map(|(before, after)| Line {
        change: Change::Edited,
        name: before.clone(),
        detail: format!("now {after}"),
    });
    Block::new("Renamed components", lines.collect())
}

fn section(section: &Section) -> Block {
    let entry = |change| {
        move |entry: &Entry| Line {
            change,
            name: cut(&entry.name),
            detail: stated(entry),
        }
    };
    let mut lines: Vec<Line> = section.removed.iter().map(entry(Change::Removed)).collect();
    lines.extend(section.added.iter().map(entry(Change::Added)));
    for changed in &section.changed {
        let edits: Vec<String> = changed.edits.iter().map(edited).collect();
        lines.push(Line {
            change: Change::Edited,
            name: cut(&changed.name),
            detail: edits.join("; "),
        });
    }
    let title = section.name.replace('_', " ");
    let mut letters = title.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let title: String = first.into_iter().chain(letters).collect();
    Block::new(&title, lines)
}

/// `kind service, replicas 3`.
pub(super) fn stated(entry: &Entry) -> String {
    let facts = entry.facts.iter();
    let facts: Vec<String> = facts
        .map(|fact| format!("{}{}", label(&fact.key), cut(&fact.text)))
        .collect();
    facts.join(", ")
}

/// A key before its text; what an entry is but one of needs none.
fn label(key: &str) -> String {
    if SOLE.contains(&key) {
        String::new()
    } else {
        format!("{key} ")
    }
}

pub(super) fn edited(edit: &Edit) -> String {
    let key = label(&edit.key);
    match (
        edit.before.as_deref().map(cut),
        edit.after.as_deref().map(cut),
    ) {
        (Some(before), Some(after)) if before == after => format!("{key}{after}, worked out anew"),
        (Some(before), Some(after)) => format!("{key}{before} -> {after}"),
        (Some(before), None) => format!("{key}{before} -> not stated"),
        (None, after) => format!("{key}not stated -> {}", after.unwrap_or_default()),
    }
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// How grave a finding is: `major`, `not stated`, `minor (accepted)`.
fn standing(finding: &Finding) -> String {
    let word = match finding.outcome {
        Outcome::NotStated => "not stated",
        _ => finding.severity.word(),
    };
    let accepted = finding.allowed.as_ref().map_or("", |_| " (accepted)");
    format!("{word}{accepted}")
}

fn rule_of<'a>(moved: &Moved<'a>) -> &'a str {
    let rule = moved.after.or(moved.before);
    rule.map_or("", |rule| rule.rule.as_str())
}

fn earned(rule: Option<&RuleScore>) -> String {
    rule.map_or_else(
        || "did not apply".to_owned(),
        |rule| format!("{} of {}", round(rule.earned, 2), rule.weight),
    )
}

/// `12 of 15`, or that no rule applies.
pub(in crate::report) fn points(step: &StepScore) -> String {
    if step.possible > 0.0 {
        format!("{} of {}", step.earned, step.possible)
    } else {
        "no rule applies".to_owned()
    }
}

/// How much more the second is: `+1.5`, `-3`, `±0`.
pub(in crate::report) fn more(before: f64, after: f64) -> String {
    let more = round(after - before, 2);
    if more > 0.0 {
        format!("+{more}")
    } else if more < 0.0 {
        more.to_string()
    } else {
        "±0".to_owned()
    }
}

/// In a sentence what came and went, for the end of a report.
pub(in crate::report) fn summary(comparison: &Comparison<'_>) -> String {
    let verdict = comparison.verdict;
    let came = counted(verdict.came.len(), "new finding", "new findings");
    let went = format!("{} gone", verdict.went.len());
    let percent = more(verdict.before.score.percent, verdict.after.score.percent);
    format!("score {percent}, {}", enumerated(&[came, went]))
}
