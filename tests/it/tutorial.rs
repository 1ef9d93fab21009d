//! The tutorial: each lesson's own line does it, other lines are forgiven, and nobody gets lost.

use std::time::Duration;

use sysdrill::catalog::Catalog;
use sysdrill::coach::{Event, Interview, Line, Options, Reply};

fn begun() -> (Interview<'static>, Vec<Reply>) {
    let catalog = Catalog::embedded();
    let tutorial = catalog.tutorial().expect("a tutorial");
    let options = Options {
        problem: tutorial.problem.id.clone(),
        tutorial: true,
        untimed: true,
        ..Options::default()
    };
    Interview::begin(catalog, options).unwrap_or_else(|error| panic!("{}", error.message))
}

fn say(interview: &mut Interview<'_>, line: &str) -> Vec<Reply> {
    interview.turn(&Event {
        at: Duration::ZERO,
        line: Line::Text(line.to_owned()),
    })
}

/// The headings of lessons among replies.
fn lessons(replies: &[Reply]) -> Vec<String> {
    let heading = |reply: &Reply| match reply {
        Reply::Heading(text) if text.starts_with("Tutorial") => Some(text.clone()),
        _ => None,
    };
    replies.iter().filter_map(heading).collect()
}

fn lines() -> impl Iterator<Item = &'static str> {
    let tutorial = Catalog::embedded().tutorial().expect("a tutorial");
    tutorial
        .lessons
        .iter()
        .map(|lesson| lesson.example.as_str())
}

#[test]
fn every_lesson_is_done_by_its_own_line_and_by_none_before_it() {
    let (mut interview, replies) = begun();
    let total = lines().count();
    assert!(total >= 15, "{total} lessons");
    assert_eq!(lessons(&replies), [format!("Tutorial 1/{total}")]);
    for (at, line) in lines().enumerate() {
        let replies = say(&mut interview, line);
        let trouble = replies
            .iter()
            .any(|reply| matches!(reply, Reply::Trouble(_)));
        assert!(!trouble, "{line}: {replies:?}");
        if at + 1 < total {
            assert_eq!(
                lessons(&replies),
                [format!("Tutorial {}/{total}", at + 2)],
                "{line}"
            );
        } else {
            let finished = replies.iter().find_map(|reply| match reply {
                Reply::Finished(finish) => Some(finish),
                _ => None,
            });
            let finish = finished.expect("a report");
            assert!(!finish.checked.has_errors(), "{:?}", finish.checked.issues);
        }
    }
    assert!(interview.is_over());
}

#[test]
fn other_lines_are_forgiven_at_every_lesson_and_answered_with_what_is_waited_for() {
    let (mut interview, _) = begun();
    for line in lines() {
        if line == "finish" {
            break;
        }
        for other in ["help", "next step", "back", "finish", "finish"] {
            if line.split(' ').next() == other.split(' ').next() {
                continue;
            }
            let replies = say(&mut interview, other);
            assert_eq!(lessons(&replies), Vec::<String>::new(), "{line}: {other}");
            assert!(!interview.is_over(), "{line}: {other}");
            let example = format!("Such as: `{line}`");
            let says =
                |reply: &Reply| matches!(reply, Reply::Note(text) if text.contains(&example));
            assert!(replies.iter().any(says), "{line}: {other}: {replies:?}");
        }
        let replies = say(&mut interview, line);
        assert_eq!(lessons(&replies).len(), 1, "{line}: {replies:?}");
    }
}

#[test]
fn who_says_do_it_sees_it_done() {
    let (mut interview, _) = begun();
    for _ in lines() {
        say(&mut interview, "do it");
    }
    assert!(interview.is_over());
}
