//! What the judgement says to the candidate: what went well with their own lines, three things to work on, what else cost
//! marks, and how the design reads at each level.
//!
//! Knows an assessment and the text that it is of; judges nothing.

use std::collections::BTreeSet;

use super::interviewer;
use super::quotation::{quoted, quoted_sentence};
use super::reply::Listing;
use super::session::Session;
use crate::assess::{self, Assessment, Finding, Lesson, Outcome, Strength, round};
use crate::model::{Level, Place};

/// Three things are what somebody can work on until next time.
const MOST_LESSONS: usize = 3;

/// At most so many other findings are told.
const MOST_OTHERS: usize = 7;

/// At most so many facts are named that would have decided something.
const MOST_OPEN: usize = 5;

/// At most so many strengths are told.
const MOST_STRENGTHS: usize = 8;

/// At most so many demands of the next level are told.
const MOST_DEMANDS: usize = 4;

/// What went well, each with the candidate's own line.
pub(super) fn strengths(session: &Session<'_>, assessment: &Assessment) -> Listing {
    let mut rows: Vec<(String, String)> =
        assess::ask(&session.design(), session.catalog, None, |asked| {
            let all = assessment.strengths.iter();
            let row = |strength: &Strength| {
                let (place, sentence) = asked.behind(strength);
                // What is wrong is told below: nobody is praised with it.
                if interviewer::is_mistaken(session, asked, place) {
                    return None;
                }
                let quote = match sentence {
                    Some(sentence) => quoted_sentence(place, &sentence),
                    None => quoted(asked.scene.subject.design, session.vocabulary(), place),
                };
                Some(("good".to_owned(), format!("{}{quote}", strength.message)))
            };
            all.filter_map(row).collect()
        });
    let more = rows.len().saturating_sub(MOST_STRENGTHS);
    rows.truncate(MOST_STRENGTHS);
    rows.extend((more > 0).then(|| ("...".to_owned(), format!("and {more} more"))));
    Listing::new("What went well", rows)
}

/// Three things to work on, each with the own line, what would have flipped the mark, and the page to read; and the
/// rest.
pub(super) fn to_work_on(session: &Session<'_>, assessment: &Assessment) -> [Listing; 2] {
    let design = session.design();
    let all = assessment.lessons();
    let (three, others) = all.split_at(all.len().min(MOST_LESSONS));
    let rows = three.iter().zip(1..).map(|(lesson, number)| {
        let (finding, cost) = (lesson.finding, round(lesson.cost, 1));
        // Where nothing is at fault but something is missing, no line shows it.
        let at_fault = matches!(finding.place, Place::Entry(..)) && !finding.subjects.is_empty();
        let quote = at_fault.then(|| quoted(&design, session.vocabulary(), finding.place));
        let quote = quote.unwrap_or_default();
        let read = finding
            .reference
            .as_ref()
            .map_or_else(String::new, |page| format!(" Read `ref {page}`."));
        let text = format!(
            "{} ({}, {cost} {}).{quote} What flips it: {}{read}",
            finding.message.trim_end_matches('.'),
            finding.severity.word(),
            points(cost),
            finding.fix.trim()
        );
        (number.to_string(), text)
    });
    // What was said wrongly has a part of its own.
    let is_told =
        |lesson: &&Lesson<'_>| interviewer::rule_after(session, &lesson.finding.rule).is_some();
    let others: Vec<&Lesson<'_>> = others.iter().filter(|lesson| !is_told(lesson)).collect();
    let rest = others.iter().take(MOST_OTHERS).map(|lesson| {
        let finding = lesson.finding;
        let text = format!("{} {}", finding.message.trim(), finding.fix.trim());
        (finding.severity.word().to_owned(), text)
    });
    let mut rest: Vec<(String, String)> = rest.collect();
    let more = others.len().saturating_sub(MOST_OTHERS);
    if more > 0 {
        let text = format!("and {more} more, which `sysdrill check` shows with their lines");
        rest.push(("...".to_owned(), text));
    }
    [
        Listing::new("What else cost marks, and what flips it", rest),
        Listing::new("Three things to work on", rows.collect()),
    ]
}

fn points(number: f64) -> &'static str {
    let is_one = (number - 1.0).abs() < f64::EPSILON;
    if is_one { "point" } else { "points" }
}

/// Facts that would have decided something.
pub(super) fn not_stated(assessment: &Assessment) -> Listing {
    let findings = assessment.findings.iter();
    let open = findings.filter(|finding| finding.outcome == Outcome::NotStated);
    // Several rules may lack the same fact.
    let mut told = BTreeSet::new();
    let rows = open
        .map(|finding| &finding.message)
        .filter(|message| told.insert(*message))
        .take(MOST_OPEN)
        .map(|message| ("open".to_owned(), message.clone()));
    Listing::new("Not stated", rows.collect())
}

/// How the design reads at each level, and what the next one asks that is not there yet.
pub(super) fn levels(session: &Session<'_>, assessment: &Assessment) -> Listing {
    let design = session.design();
    let own = assessment.level;
    let verdict = |level: Level| {
        assess::ask(&design, session.catalog, Some(level), |asked| {
            asked.verdict()
        })
    };
    let mut rows = Vec::new();
    let mut next = None;
    for level in Level::ALL {
        let judged = verdict(*level);
        let (percent, band) = (judged.score.percent, judged.score.band.title());
        let mark = if *level == own { ", your level" } else { "" };
        rows.push((level.word().to_owned(), format!("{percent}%, {band}{mark}")));
        if *level > own && next.is_none() {
            next = Some((*level, judged.findings));
        }
    }
    if let Some((level, findings)) = next {
        rows.extend(demands(session, assessment, level, &findings));
    }
    Listing::new("By level", rows)
}

/// What a level asks beyond the own one: its own rules that are missed, then what it is expected to show.
fn demands(
    session: &Session<'_>,
    assessment: &Assessment,
    level: Level,
    findings: &[Finding],
) -> Vec<(String, String)> {
    let known = |finding: &&Finding| {
        let mut own = assessment.findings.iter();
        own.any(|other| other.rule == finding.rule)
    };
    let missed = findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::Missed && !known(finding));
    let missed = missed.map(|finding| finding.message.clone());
    let expected = session.problem.expectations.iter();
    let expected = expected
        .filter(|(other, _)| *other == level)
        .flat_map(|(_, texts)| texts.iter().cloned());
    let word = format!("{} asks", level.word());
    missed
        .chain(expected)
        .take(MOST_DEMANDS)
        .map(|text| (word.clone(), text))
        .collect()
}
