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

/// The design after some lines typed one after the other.
fn design_after(problem: &str, lines: &[&str]) -> sysdrill::model::Design {
    let options = Options {
        problem: problem.to_owned(),
        untimed: true,
        ..Options::default()
    };
    let (mut session, _) = Session::begin(Catalog::embedded(), options).expect("a problem");
    for line in lines {
        let line = Line::Text((*line).to_owned());
        session.turn(&Event {
            at: Duration::ZERO,
            line,
        });
    }
    session.design().clone()
}

/// What was told of a figure gives way to the candidate's own under another name, whichever comes first.
#[test]
fn one_figure_has_one_value_and_the_candidates_own_counts() {
    let asked = "how many uploads per day?";
    let own = "assume uploads_per_day = 500k";
    let names = |lines: [&str; 2]| -> Vec<String> {
        let design = design_after("video-streaming", &lines);
        let all = design.requirements.assumptions.into_iter();
        let all = all.map(|one| one.name);
        all.filter(|name| name.contains("uploads")).collect()
    };
    for lines in [[asked, own], [own, asked]] {
        assert_eq!(names(lines), ["uploads_per_day"], "{lines:?}");
    }
    // What is the same is no other value, and stays.
    let same = names([asked, "assume uploads_per_day = 100k"]);
    assert_eq!(same, ["daily_uploads", "uploads_per_day"]);
}

/// An app before a load balancer is what people hold in their hands; anywhere else it is a service.
#[test]
fn an_app_at_the_head_of_a_chain_is_a_client() {
    for (line, is_client) in [
        ("app -> lb -> api", true),
        ("app -> gateway", true),
        ("food-app -> cdn -> lb", true),
        ("app -> db", false),
        ("web -> app -> lb", false),
        ("app:service -> lb", false),
    ] {
        let design = design_after("news-feed", &["next", "next", "next", "next", line]);
        let app = design.components.iter().find(|one| one.id.ends_with("app"));
        let app = app.unwrap_or_else(|| panic!("{line}: {:?}", design.components));
        let kinds = &Catalog::embedded().knowledge.vocabulary.kinds;
        assert_eq!(kinds.info(app.kind).origin, is_client, "{line}");
    }
}
