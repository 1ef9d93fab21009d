//! Interviews as texts: what was typed, and below each line what came back, compared to the letter.
//!
//! A line `[prompt] > text` is typed; `@ 2m30s` sets the time since the start; `#` begins a remark; `options` says how the
//! session is held; `⏎` ends a line of a paste, and `✎` begins what an editor leaves. Everything else is what came back. `TRANSCRIPTS=write cargo test --test it transcripts` writes them anew.

use std::time::Duration;

use sysdrill::assess;
use sysdrill::catalog::{Band, Catalog};
use sysdrill::coach::{Event, Finish, Line, Options, Reply, Session, report_html, report_markdown};
use sysdrill::model::{Level, Part, Place};
use sysdrill::notation::design;
use sysdrill::notation::yaml::Limits;
use sysdrill::report::{looked_up, plain};
use sysdrill::source::Gravity;

/// Where transcripts are kept.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts");

/// Where a line ends of several that come at once.
const BREAK: char = '⏎';

/// What stands before a design that comes from an editor.
const EDITED: &str = "✎ ";

#[test]
fn a_good_interview_ends_in_a_hire() {
    let ending = replay("good");
    assert!(
        ending.is_some_and(|(band, percent)| band >= Band::Hire && percent >= 75.0),
        "{ending:?}"
    );
}

#[test]
fn a_weak_interview_ends_without_one() {
    let ending = replay("weak");
    assert!(
        ending.is_some_and(|(band, _)| band == Band::NoHire),
        "{ending:?}"
    );
}

#[test]
fn a_lost_beginner_is_shown_the_way_in_each_step() {
    assert!(replay("lost").is_some());
}

#[test]
fn undo_reaches_across_steps() {
    assert!(replay("undo").is_none());
}

#[test]
fn an_exam_gives_nothing_away() {
    assert!(replay("exam").is_some());
}

#[test]
fn the_clock_nudges_and_never_blocks() {
    assert!(replay("overtime").is_none());
}

#[test]
fn every_part_of_a_design_can_be_stated_shown_and_taken_back() {
    assert!(replay("parts").is_none());
}

#[test]
fn several_lines_at_once_are_taken_as_what_they_are() {
    assert!(replay("pastes").is_none());
}

#[test]
fn slips_are_mended_and_short_questions_answered() {
    assert!(replay("slips").is_none());
}

#[test]
fn who_talks_in_sentences_gets_everywhere() {
    assert!(replay("spoken").is_none());
}

#[test]
fn notes_are_taken_as_people_write_them_on_paper() {
    assert!(replay("notes").is_none());
}

#[test]
fn who_types_in_haste_is_heard() {
    assert!(replay("hasty").is_none());
}

#[test]
fn a_nervous_candidate_is_answered_as_a_person_would() {
    assert!(replay("talk").is_none());
}

#[test]
fn headings_arrows_and_names_are_taken_as_people_write_them() {
    replay("written");
}

#[test]
fn what_is_said_in_sentences_is_offered_as_lines() {
    assert!(replay("prose").is_none());
}

#[test]
fn orders_and_second_thoughts_change_what_is_meant_and_answer_nothing() {
    assert!(replay("second-thoughts").is_none());
}

#[test]
fn lists_answers_and_offers_are_kept_whatever_words_they_begin_with() {
    assert!(replay("kept").is_some());
}

#[test]
fn what_is_wrong_in_the_field_is_asked_about_and_told() {
    assert!(replay("mistakes").is_some());
}

/// What the interviews of a sort on every problem end with, in percent.
fn ends_of(sort: &str) -> Vec<(String, f64)> {
    let problems = &Catalog::embedded().problems;
    let ended = problems.iter().map(|problem| {
        let name = format!("{}-{sort}", problem.id);
        let (_, percent) = replay(&name).expect("an interview that ends");
        (name, percent)
    });
    ended.collect()
}

#[test]
fn a_strong_candidate_does_well_on_every_problem() {
    for (name, percent) in ends_of("good") {
        assert!(percent >= 85.0, "{name}: {percent}");
    }
}

#[test]
fn a_typical_beginner_stays_well_below_a_pass_on_every_problem() {
    for (name, percent) in ends_of("weak") {
        assert!(percent > 15.0 && percent <= 50.0, "{name}: {percent}");
    }
}

#[test]
fn a_fair_design_in_a_muddle_lands_between_them_on_every_problem() {
    for (name, percent) in ends_of("chaotic") {
        assert!(percent > 60.0 && percent < 85.0, "{name}: {percent}");
    }
}

/// Replays a transcript; gives back how it ended, if it did.
fn replay(name: &str) -> Option<(Band, f64)> {
    let path = format!("{FOLDER}/{name}.txt");
    let expected = std::fs::read_to_string(&path).expect(&path);
    let catalog = Catalog::embedded();
    let mut stage = Stage::open(catalog, &expected);
    for line in expected.lines() {
        stage.line(line);
    }
    if super::is_asked("TRANSCRIPTS", "write") {
        std::fs::write(&path, &stage.text).expect(&path);
    } else {
        assert_same(&stage.text, &expected, name);
    }
    stage.ending
}

fn assert_same(actual: &str, expected: &str, name: &str) {
    for (number, (actual, expected)) in actual.lines().zip(expected.lines()).enumerate() {
        assert_eq!(
            actual,
            expected,
            "tests/transcripts/{name}.txt:{}",
            number + 1
        );
    }
    assert_eq!(
        actual.lines().count(),
        expected.lines().count(),
        "tests/transcripts/{name}.txt: length"
    );
}

/// Several lines from one of a transcript.
fn several(text: &str) -> String {
    text.replace(BREAK, "\n")
}

/// A session with the text of what happens on it.
struct Stage<'c> {
    catalog: &'c Catalog,
    session: Session<'c>,
    text: String,
    at: Duration,
    ending: Option<(Band, f64)>,
    begun: bool,
}

impl<'c> Stage<'c> {
    fn open(catalog: &'c Catalog, transcript: &str) -> Self {
        let line = transcript
            .lines()
            .find_map(|line| line.strip_prefix("options "))
            .unwrap_or_default();
        let (session, replies) = Session::begin(catalog, options(line)).expect("a known problem");
        let mut welcome = String::new();
        for reply in &replies {
            show(reply, "", &mut welcome);
        }
        Self {
            catalog,
            session,
            text: welcome,
            at: Duration::ZERO,
            ending: None,
            begun: false,
        }
    }

    fn line(&mut self, line: &str) {
        if line.starts_with('#') || line.is_empty() {
            let welcome = std::mem::take(&mut self.text);
            self.text = if self.begun {
                format!("{welcome}{line}\n")
            } else {
                format!("{line}\n{welcome}")
            };
        } else if line.starts_with("options ") {
            let welcome = std::mem::take(&mut self.text);
            let (head, welcome) = welcome.split_at(welcome.find("  ").unwrap_or(0));
            self.text = format!("{head}{line}\n{welcome}");
            self.begun = true;
        } else if let Some(time) = line.strip_prefix("@ ") {
            self.at = seconds(time);
            self.text.push_str(&format!("{line}\n"));
        } else if let Some(typed) = typed(line) {
            self.type_in(typed);
        }
    }

    fn type_in(&mut self, typed: &str) {
        self.text.push_str(self.session.prompt(self.at).trim_end());
        self.text.push_str(
            &format!(" {typed}\n")
                .replace("  \n", "\n")
                .replace(" \n", "\n"),
        );
        let line = match typed {
            "^C" => Line::Interrupt,
            "^D" => Line::End,
            text if text.starts_with(EDITED) => {
                Line::Edited(several(text.trim_start_matches(EDITED)))
            }
            text if text.contains(BREAK) => Line::Pasted(several(text)),
            text => Line::Text(text.to_owned()),
        };
        for reply in self.session.turn(&Event { at: self.at, line }) {
            show(&reply, typed, &mut self.text);
            if let Reply::Finished(finish) = &reply {
                let told = finish
                    .checked
                    .assessment
                    .as_ref()
                    .map(|assessment| assessment.score.percent);
                let (band, percent) = same_as_check(&finish.text, self.catalog);
                assert_eq!(
                    told,
                    Some(percent),
                    "the score that was told is the score of the file"
                );
                self.ending = Some((band, percent));
                assert_teaches(finish, self.catalog);
            }
        }
        assert_reads_back(&self.session, self.catalog, typed);
    }
}

/// Whatever was typed, the file that would be saved now says the same and has no mistake.
fn assert_reads_back(session: &Session<'_>, catalog: &Catalog, typed: &str) {
    let vocabulary = &catalog.knowledge.vocabulary;
    let text = design::write(&session.design(), vocabulary);
    let reading = design::read(&text, vocabulary, &Limits::default());
    let errors: Vec<_> = reading
        .issues
        .iter()
        .filter(|issue| issue.gravity == Gravity::Error)
        .collect();
    assert!(errors.is_empty(), "after {typed:?}: {errors:?}\n{text}");
    assert_eq!(reading.design, session.design(), "after {typed:?}");
}

/// Three things to work on at most, each with a page that there is; and the same report as Markdown.
fn assert_teaches(finish: &Finish, catalog: &Catalog) {
    let document = report_markdown(finish);
    for listing in &finish.report {
        let title = plain::markdown(&listing.title);
        assert!(document.contains(&format!("## {title}")), "{document}");
    }
    let page = report_html(finish);
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    let drawn = finish.text.contains("components:");
    assert_eq!(page.contains("<svg"), drawn, "{page}");
    let lessons = finish.report.last().expect("a report");
    if !lessons.title.starts_with("Three") {
        return;
    }
    assert!(lessons.rows.len() <= 3, "{lessons:?}");
    for (_, text) in &lessons.rows {
        let page = text.split_once("Read `ref ").map(|(_, rest)| rest);
        let page = page
            .and_then(|rest| rest.split('`').next())
            .unwrap_or_default();
        assert!(looked_up(page, catalog).is_ok(), "{text}");
    }
}

/// The score of the saved file, as `sysdrill check` gives it.
fn same_as_check(text: &str, catalog: &Catalog) -> (Band, f64) {
    let reading = design::read(text, &catalog.knowledge.vocabulary, &Limits::default());
    let score = assess::assess(&reading.design, catalog, None).score;
    assert_ne!(
        reading.places.span(Place::Part(Part::Functional)).end,
        0,
        "{text}"
    );
    (score.band, score.percent)
}

fn options(line: &str) -> Options {
    let mut options = Options {
        untimed: true,
        ..Options::default()
    };
    for word in line.split_whitespace() {
        match word.split_once('=') {
            Some(("problem", slug)) => options.problem = slug.to_owned(),
            Some(("seed", seed)) => options.seed = seed.parse().expect("a number"),
            Some(("level", level)) => options.level = Level::from_word(level).expect("a level"),
            Some(("author", author)) => options.author = Some(author.to_owned()),
            _ if word == "exam" => options.exam = true,
            _ if word == "twist" => options.twist = true,
            _ if word == "timed" => options.untimed = false,
            _ => panic!("unknown option {word}"),
        }
    }
    options
}

/// `2m30s`.
fn seconds(time: &str) -> Duration {
    let (minutes, seconds) = time.split_once('m').unwrap_or(("0", time));
    let number = |text: &str| text.trim_end_matches('s').parse::<u64>().unwrap_or(0);
    Duration::from_secs(60 * number(minutes) + number(seconds))
}

/// What was typed at a prompt.
fn typed(line: &str) -> Option<&str> {
    let after = line.strip_prefix('[').map_or(Some(line), |rest| {
        rest.split_once("] ").map(|(_, after)| after)
    })?;
    let typed = after.strip_prefix('>')?;
    Some(typed.strip_prefix(' ').unwrap_or(typed))
}

fn show(reply: &Reply, typed: &str, text: &mut String) {
    let mut say = |line: String| text.push_str(&format!("  {}\n", line.trim_end()));
    match reply {
        Reply::Heading(words) => say(format!("== {words}")),
        Reply::Says(words) => say(format!("Interviewer: {words}")),
        Reply::Echo(words) => say(format!("ok: {words}")),
        Reply::Note(words) => say(format!("note: {words}")),
        Reply::Trouble(trouble) => {
            say(format!("error: {}", trouble.message));
            if let Some(span) = &trouble.span {
                let line = trouble.line.as_deref().unwrap_or(typed);
                let marked = line.get(span.clone()).unwrap_or("OUTSIDE");
                say(format!("  at: {marked}"));
            }
            if let Some(help) = &trouble.help {
                say(format!("  help: {help}"));
            }
        }
        Reply::Picture(lines) => lines.lines().for_each(|line| say(format!("| {line}"))),
        Reply::Listing(listing) => {
            say(listing.title.clone());
            for (left, right) in &listing.rows {
                say(format!("  {left:<16} {right}"));
            }
        }
        Reply::Save { .. } => say("(saved)".to_owned()),
        Reply::Finished(finish) => {
            let band = finish
                .checked
                .assessment
                .as_ref()
                .map(|assessment| assessment.score.band.title());
            say(format!(
                "(finished: {})",
                band.unwrap_or("could not be read")
            ));
            let titles: Vec<&str> = finish
                .report
                .iter()
                .map(|listing| listing.title.as_str())
                .collect();
            say(format!("(report: {})", titles.join(", ")));
        }
        Reply::Quit => say("(left)".to_owned()),
        Reply::Edit { .. } => say("(an editor opens)".to_owned()),
    }
}
