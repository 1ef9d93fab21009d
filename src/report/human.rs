//! The report for people at a terminal: the score, then what is wrong with its lines, then what is open and what is good.
//!
//! Knows words and layout; colours are escape codes that the command line strips where nobody sees them.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};

use super::attacked::{attack_in_words, survived_of};
use super::frames::{self, Frame, Paint, painted};
use super::summary::NOTHING_JUDGED;
use super::{Checked, Reporter, Statistics, Style, Summary, plain};
use crate::assess::{Assessment, Finding, Outcome, Score, StepScore, round};
use crate::catalog::Band;
use crate::model::spelling::{counted, enumerated};
use crate::model::{Place, Severity};
use crate::source::Issue;

/// Writes designs as they come.
#[derive(Debug, Default)]
pub(super) struct Human {
    seen: usize,
    /// The designs that fail, each in a line with what it fails by.
    below: String,
}

/// A design as it is shown, whatever stands above it.
pub(super) fn draft(checked: &Checked, style: Style) -> String {
    let mut text = String::new();
    for issue in &checked.issues {
        text.push_str(&issue_text(issue, checked, style.paint));
    }
    let is_silent = style.totals_alone || (style.quiet && checked.is_well());
    let assessment = checked.assessment.as_ref();
    if let Some(assessment) = assessment.filter(|_| !is_silent) {
        head(&mut text, checked, assessment, style.paint);
        write_score(&mut text, &assessment.score, style);
        write_gate(&mut text, checked, style.paint);
        if !style.quiet {
            write_lessons(&mut text, assessment);
        }
        write_findings(&mut text, checked, assessment, style);
    }
    text
}

impl Reporter for Human {
    fn design(&mut self, checked: &Checked, mut draft: String) -> String {
        let objections = checked.objections();
        if !objections.is_empty() {
            let path = plain::line(&checked.source.name);
            let _ = writeln!(self.below, "  {path}: {}", objections.join("; "));
        }
        if !draft.is_empty() {
            self.seen += 1;
            if self.seen > 1 {
                draft.insert(0, '\n');
            }
        }
        draft
    }

    fn end(&mut self, summary: &Summary) -> String {
        let mut text = String::new();
        if let Some(statistics) = &summary.statistics {
            text.push_str(&statistics_table(statistics));
        }
        if summary.designs + summary.errors < 2 {
            return text;
        }
        let mut parts = vec![format!(
            "{} checked",
            counted(summary.designs, "design", "designs")
        )];
        if summary.failed > 0 {
            parts.push(format!("{} below the bar", summary.failed));
        }
        if summary.errors > 0 {
            parts.push(format!(
                "{} could not be checked",
                counted(summary.errors, "file", "files")
            ));
        }
        let colon = if self.below.is_empty() { "" } else { ":" };
        let _ = writeln!(text, "\n{}{colon}", enumerated(&parts));
        text + &self.below
    }
}

/// What each rule found, a line each.
fn statistics_table(statistics: &Statistics) -> String {
    let rows = statistics.rows();
    if rows.is_empty() {
        return "no findings\n".to_owned();
    }
    let mut text = format!(
        "{:>6} {:>10} {:>8} {:>7}  {:<8} rule\n",
        "missed", "not stated", "accepted", "designs", "severity"
    );
    for (rule, count) in rows {
        let severity = count.severity.map_or("", Severity::word);
        let _ = writeln!(
            text,
            "{:>6} {:>10} {:>8} {:>7}  {severity:<8} {rule}: {}",
            count.missed,
            count.not_stated,
            count.allowed,
            count.designs,
            plain::line(&count.title)
        );
    }
    text
}

fn issue_text(issue: &Issue, checked: &Checked, paint: Paint) -> String {
    frames::issue_frame(issue, &checked.source, paint)
}

const BOLD: Ansi = Ansi::new().bold();
const DIM: Ansi = Ansi::new().dimmed();

fn band_style(band: Band) -> Ansi {
    let colour = match band {
        Band::StrongHire | Band::Hire => AnsiColor::Green,
        Band::Lean => AnsiColor::Yellow,
        Band::NoHire => AnsiColor::Red,
    };
    colour.on_default().bold()
}

fn head(text: &mut String, checked: &Checked, assessment: &Assessment, paint: Paint) {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(checked.head.title.as_deref().map(plain::line));
    parts.extend(checked.head.author.as_deref().map(plain::line));
    parts.extend(checked.head.problem.clone());
    parts.push(assessment.level.word().to_owned());
    parts.extend(
        assessment
            .today
            .as_deref()
            .map(|day| format!("as of {day}")),
    );
    let path = painted(&plain::line(&checked.source.name), BOLD, paint);
    push(text, &format!("{path}: {}\n", parts.join(", ")));
}

fn push(text: &mut String, piece: &str) {
    text.push_str(piece);
}

/// The score: total, band, and a line for each step.
pub fn write_score(text: &mut String, score: &Score, style: Style) {
    if !score.is_judged() {
        let total = painted(NOTHING_JUDGED, BOLD, style.paint);
        return push(text, &format!("  {total}: no rule applies\n"));
    }
    let total = format!("{}% {}", score.percent, score.band.title());
    let total = painted(&total, band_style(score.band), style.paint);
    let mut sum = format!("{} of {} points", score.earned, score.possible);
    if score.hints > 0.0 {
        let _ = write!(sum, ", {} off for hints", score.hints);
    }
    push(
        text,
        &format!("  {total}  {}\n", painted(&sum, DIM, style.paint)),
    );
    if let Some(cap) = &score.cap {
        push(text, &format!("  capped by {}\n", cap.reason()));
    }
    for step in &score.steps {
        step_line(text, step, style);
    }
}

/// What the design fails by, where it does.
fn write_gate(text: &mut String, checked: &Checked, paint: Paint) {
    let objections = checked.objections();
    if !objections.is_empty() {
        let style = AnsiColor::Red.on_default().bold();
        let title = painted("below the bar", style, paint);
        push(text, &format!("  {title}: {}\n", objections.join("; ")));
    }
}

/// So many findings can be taken in at once; of more, those are named that cost most.
const FEW: usize = 3;

/// By what there is most to gain, where many things are wrong.
fn write_lessons(text: &mut String, assessment: &Assessment) {
    let lessons = assessment.lessons();
    if lessons.len() <= FEW {
        return;
    }
    let most = lessons.iter().take(FEW).map(|lesson| {
        let cost = round(lesson.cost, 1);
        format!("{} ({cost})", lesson.finding.rule)
    });
    let most: Vec<String> = most.collect();
    push(text, &format!("  most points: {}\n", most.join(", ")));
}

fn step_line(text: &mut String, step: &StepScore, style: Style) {
    if step.possible <= 0.0 {
        push(
            text,
            &format!(
                "    {:<21} {}\n",
                step.step.title(),
                painted("no rule applies", DIM, style.paint)
            ),
        );
        return;
    }
    let points = format!("{:>5} / {}", step.earned, step.possible);
    push(
        text,
        &format!(
            "    {:<21} {} {points}\n",
            step.step.title(),
            bar(step.percent() / 100.0, 12)
        ),
    );
    if !style.points {
        return;
    }
    for rule in &step.rules {
        let earned = format!("{:>5} / {:<3}", round(rule.earned, 2), rule.weight);
        push(text, &format!("      {earned} {}\n", rule.rule));
    }
}

/// A bar of so many characters, filled by a share.
#[must_use]
pub fn bar(share: f64, width: usize) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0 to width"
    )]
    let filled = (share.clamp(0.0, 1.0) * width as f64).round() as usize;
    format!(
        "[{}{}]",
        "#".repeat(filled),
        ".".repeat(width.saturating_sub(filled))
    )
}

/// The findings in their order, then what is open, then what is good.
pub fn write_findings(text: &mut String, checked: &Checked, assessment: &Assessment, style: Style) {
    let (grave, notes): (Vec<&Finding>, Vec<&Finding>) = assessment
        .findings
        .iter()
        .partition(|finding| finding.severity > Severity::Note);
    for finding in grave {
        if style.quiet && finding.allowed.is_some() {
            continue;
        }
        push(text, "\n");
        push(text, &finding_frame(finding, checked, style.paint));
    }
    if style.quiet {
        return;
    }
    let (remarks, open): (Vec<&Finding>, Vec<&Finding>) = notes
        .into_iter()
        .partition(|finding| finding.outcome == Outcome::Missed);
    listing(
        text,
        "Notes",
        remarks.iter().map(|finding| note_line(finding, checked)),
        style.paint,
    );
    listing(
        text,
        "Not stated",
        checked.inferred().into_iter().chain(open_lines(&open)),
        style.paint,
    );
    let strengths = assessment
        .strengths
        .iter()
        .map(|strength| plain::line(&strength.message));
    listing(text, "Good", strengths, style.paint);
    let attacks = assessment.attacks.iter();
    let attacks = attacks.map(|attack| {
        let outcome = attack_in_words(attack);
        plain::line(&format!("{}: {outcome}", attack.order))
    });
    let title = format!("Attacks: {}", survived_of(&assessment.attacks));
    listing(text, &title, attacks, style.paint);
}

fn listing(text: &mut String, title: &str, lines: impl Iterator<Item = String>, paint: Paint) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    push(text, &format!("\n{}\n", painted(title, BOLD, paint)));
    for line in lines {
        push(text, &format!("  - {line}\n"));
    }
}

fn finding_frame(finding: &Finding, checked: &Checked, paint: Paint) -> String {
    let mut below: Vec<(&'static str, String)> = Vec::new();
    if !finding.grounds.is_empty() {
        below.push(("given", finding.grounds.join("; ")));
    }
    if !finding.seen.is_empty() {
        below.push(("because", finding.seen.join("; ")));
    }
    below.push(("why", finding.why.clone()));
    below.push(("help", finding.fix.clone()));
    if let Some(page) = &finding.reference {
        below.push(("read", format!("sysdrill ref {page}")));
    }
    if let Some(accepted) = &finding.allowed {
        below.push(("accepted", accepted.to_string()));
    }
    frames::frame(
        &Frame {
            severity: finding.severity,
            id: Some(&finding.rule),
            title: &finding.message,
            span: checked.span(finding.place),
            is_of_all: finding.place == Place::Design,
            below,
        },
        &checked.source,
        paint,
    )
}

fn note_line(finding: &Finding, checked: &Checked) -> String {
    let line = checked.region(checked.span(finding.place)).start.line;
    format!(
        "{} ({}, line {line})",
        plain::line(&finding.message),
        finding.rule
    )
}

/// What is open, gathered by the fact that is missing: one line a fact, with the rules that wait for it.
fn open_lines(open: &[&Finding]) -> Vec<String> {
    let mut by_fact: Vec<(String, Vec<&str>)> = Vec::new();
    for finding in open {
        let fact = if finding.missing.is_empty() {
            finding.message.clone()
        } else {
            enumerated(&finding.missing)
        };
        match by_fact.iter_mut().find(|(other, _)| *other == fact) {
            Some((_, rules)) if !rules.contains(&finding.rule.as_str()) => {
                rules.push(&finding.rule);
            }
            Some(_) => {}
            None => by_fact.push((fact, vec![&finding.rule])),
        }
    }
    by_fact
        .into_iter()
        .map(|(fact, rules)| format!("{} ({})", plain::line(&fact), rules.join(", ")))
        .collect()
}
