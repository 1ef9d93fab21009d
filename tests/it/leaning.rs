//! Questions that lean on the one before ("and for writes?"): answered with its subject, or asked back where there is none.

use std::time::Duration;

use sysdrill::catalog::Catalog;
use sysdrill::coach::{Event, Line, Options, Reply, Session};

const LINES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/phrasings/leaning.txt");

/// Below this share an interviewer does not follow.
const LEAST: f64 = 0.9;

/// What is said last where some lines are typed one after the other.
fn last_said(problem: &str, lines: &[&str]) -> String {
    let options = Options {
        problem: problem.to_owned(),
        untimed: true,
        ..Options::default()
    };
    let (mut session, _) = Session::begin(Catalog::embedded(), options).expect("a problem");
    let mut last = String::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let line = Line::Text((*line).to_owned());
        let replies = session.turn(&Event {
            at: Duration::ZERO,
            line,
        });
        let said = replies.into_iter().filter_map(|reply| match reply {
            Reply::Says(words) => Some(words),
            _ => None,
        });
        last = said.collect::<Vec<_>>().join(" ");
    }
    last
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "counts of lines")]
fn a_question_that_leans_on_another_has_its_subject() {
    let text = std::fs::read_to_string(LINES).expect("questions");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let (mut asked, mut missed) = (0, Vec::new());
    for line in lines {
        let [problem, first, second, fact] = line.split('|').map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("{line}");
        };
        let facts = &Catalog::embedded()
            .problem(problem)
            .expect("a problem")
            .facts;
        let wanted = match fact {
            "?" => "Of what?",
            id => {
                let mut facts = facts.iter();
                let fact = facts.find(|fact| fact.id == id).expect("a fact");
                fact.answer.as_str()
            }
        };
        let said = last_said(problem, &[first, second]);
        asked += 1;
        if !said.contains(wanted) {
            missed.push(format!("{line}: {said}"));
        }
    }
    let share = 1.0 - missed.len() as f64 / f64::from(asked);
    assert!(
        share >= LEAST && asked >= 40,
        "{share} {}",
        missed.join("\n")
    );
}

#[test]
fn what_stands_between_ends_the_subject_and_asides_do_not() {
    let [first, second] = ["how many users do we have?", "per day or per second?"];
    let said = |lines: &[&str]| last_said("chat", lines);
    assert!(said(&[first, second]).starts_with("As I said: "));
    assert!(said(&[first, "ok", second]).starts_with("As I said: "));
    assert!(said(&[first, "assume zones = 2", second]).starts_with("Of what?"));
}
