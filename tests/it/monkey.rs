//! Nonsense, by the thousand: whatever is typed, the session answers, keeps its state and could be saved.
//! `MONKEYS=500 cargo test --test it monkey` lets more of them type.

use std::time::Duration;

use sysdrill::catalog::Catalog;
use sysdrill::coach::commands::{COMMANDS, FORMS};
use sysdrill::coach::{Completing, Event, Line, Options, Reply, Session};
use sysdrill::model::{Attribute, Step};
use sysdrill::notation::design;
use sysdrill::notation::yaml::Limits;
use sysdrill::source::Gravity;

/// Pieces that lines are made of, beside the words of the tables.
const PIECES: &[&str] = &[
    "web",
    "lb",
    "api",
    "cache",
    "db",
    "queue",
    "worker",
    "foo",
    "->",
    "~>",
    "→",
    "<-",
    ",",
    ";",
    ":",
    "=",
    "==",
    "?",
    "!",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "x3",
    "x0",
    "x99999999999999999999",
    "100M/month",
    "5 GB",
    "3/s",
    "99.9%",
    "-1",
    "0",
    "1e308",
    "62^7",
    "100:1",
    "peak",
    "peak 3x",
    "because",
    "over",
    "kind=read",
    "kind=",
    "rate=5/s",
    "rate=read_qps",
    "store",
    "key",
    "fields",
    "read_qps",
    "write_qps",
    "dau",
    "yes",
    "no",
    "null",
    "~",
    "- a",
    "# b",
    "'",
    "\"",
    "\"\"\"",
    "components:",
    "`",
    "\\",
    "\u{0}",
    "\u{1b}[2J",
    "\u{7f}",
    "\u{202e}",
    "\u{200b}",
    "é",
    "日本語",
    "🦀",
    "a\tb",
    "%",
    "&x",
    "*x",
    "!!str",
    "---",
    "...",
    "POST /v1/urls",
    "GET /{code} -> 302",
    "how many users",
    "cancel",
    "service",
    "from web to db",
    "any",
    "all",
    "2",
    "1",
];

/// A whole design, to be damaged.
const DESIGN: &str = include_str!("../../docs/example.design.yaml");

/// A small generator; the same seed gives the same nonsense.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).expect("a number"))
            .expect("a small number")
    }

    fn pick<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.roll(all.len())]
    }
}

fn words() -> Vec<&'static str> {
    let commands = COMMANDS.iter().map(|command| command.name);
    let attributes = Attribute::ALL.iter().map(|attribute| attribute.row().name);
    commands
        .chain(attributes)
        .chain(PIECES.iter().copied())
        .collect()
}

fn nonsense(dice: &mut Dice, words: &[&str]) -> Line {
    match dice.roll(40) {
        0 => return Line::Interrupt,
        1 => return Line::End,
        2 => return Line::Text("🦀é".repeat(dice.roll(300_000))),
        3 => return Line::Text("a, b, c, d ".repeat(dice.roll(200)) + "-> x, y, z"),
        4 => return Line::Edited(damaged(dice, words)),
        5 => return Line::Pasted(damaged(dice, words).replace("sysdrill: 1", "")),
        6 | 7 => {
            let lines = (0..dice.roll(6) + 2).map(|_| one_line(dice, words));
            return Line::Pasted(lines.collect::<Vec<_>>().join("\n"));
        }
        _ => {}
    }
    Line::Text(one_line(dice, words))
}

/// A design file with a piece of it taken out, or nonsense put in.
fn damaged(dice: &mut Dice, words: &[&str]) -> String {
    let mut lines: Vec<&str> = DESIGN.lines().collect();
    for _ in 0..dice.roll(3) {
        let at = dice.roll(lines.len());
        match dice.roll(3) {
            0 => lines.truncate(at.max(1)),
            1 => lines[at] = dice.pick(words),
            _ => drop(lines.remove(at)),
        }
    }
    lines.join("\n")
}

fn one_line(dice: &mut Dice, words: &[&str]) -> String {
    let example = |at: usize| {
        COMMANDS
            .get(at)
            .map(|command| command.example)
            .or(FORMS.first().map(|form| form.example))
    };
    let mut line = match dice.roll(3) {
        0 => example(dice.roll(COMMANDS.len()))
            .unwrap_or_default()
            .to_owned(),
        1 => format!("{} ", COMMANDS[dice.roll(COMMANDS.len())].name),
        _ => String::new(),
    };
    for _ in 0..dice.roll(9) {
        line.push_str(dice.pick(words));
        if dice.roll(3) > 0 {
            line.push(' ');
        }
    }
    line
}

fn begin(catalog: &Catalog, seed: u64) -> Session<'_> {
    let mut problems = catalog.problems.iter().cycle();
    let problem = problems.nth(usize::try_from(seed).expect("small"));
    let options = Options {
        problem: problem.expect("a problem").id.clone(),
        seed,
        exam: seed.is_multiple_of(5),
        twist: seed.is_multiple_of(3),
        untimed: seed.is_multiple_of(2),
        ..Options::default()
    };
    Session::begin(catalog, options).expect("a session").0
}

#[test]
fn whatever_is_typed_the_session_goes_on_and_its_file_reads_back() {
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let words = words();
    let (mut lines, mut accepted) = (0, 0);
    for seed in 1..=monkeys() {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut session = begin(catalog, seed);
        let mut now = Duration::ZERO;
        for _ in 0..300 {
            let line = nonsense(&mut dice, &words);
            if session.is_over() {
                session.rejoin();
            }
            now += Duration::from_millis(u64::try_from(dice.roll(20_000)).expect("a number"));
            let event = Event { at: now, line };
            let replies = session.turn(&event);
            lines += 1;
            accepted += usize::from(replies.iter().any(|reply| matches!(reply, Reply::Echo(_))));
            check_spans(&replies, &event);
            let shown = format!("{:.200}", format!("{:?}", event.line));
            let _ = session.prompt(now);
            let text = design::write(&session.design(), vocabulary);
            let reading = design::read(&text, vocabulary, &Limits::default());
            let errors: Vec<_> = reading
                .issues
                .iter()
                .filter(|issue| issue.gravity == Gravity::Error)
                .collect();
            assert!(errors.is_empty(), "after {shown}: {errors:?}\n{text}");
            assert_eq!(reading.design, session.design(), "after {shown}");
        }
    }
    assert!(
        lines >= 3_000 && accepted * 10 > lines,
        "{accepted} of {lines} lines meant something"
    );
}

/// How many sessions of nonsense are held.
fn monkeys() -> u64 {
    std::env::var("MONKEYS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(12)
}

/// Places in a line that a complaint points at lie in the line.
fn check_spans(replies: &[Reply], event: &Event) {
    for reply in replies {
        let Reply::Trouble(trouble) = reply else {
            continue;
        };
        let ((Some(line), _) | (None, Line::Text(line))) = (&trouble.line, &event.line) else {
            continue;
        };
        let Some(span) = &trouble.span else { continue };
        // The session reads lines without control characters and the space around them.
        let clean: String = line
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        assert!(
            clean.trim().get(span.clone()).is_some(),
            "{span:?} in {line:?}: {}",
            trouble.message
        );
    }
}

#[test]
fn the_same_lines_give_the_same_replies() {
    let catalog = Catalog::embedded();
    let words = words();
    let play = || {
        let mut dice = Dice(99);
        let mut session = begin(catalog, 7);
        let mut said = String::new();
        for at in 0..200_u64 {
            let line = nonsense(&mut dice, &words);
            let replies = session.turn(&Event {
                at: Duration::from_secs(at),
                line,
            });
            said.push_str(&format!("{replies:?}\n"));
            if session.is_over() {
                session.rejoin();
            }
        }
        said
    };
    assert_eq!(play(), play());
}

#[test]
fn every_command_answers_at_every_step() {
    let catalog = Catalog::embedded();
    for step in Step::ALL {
        for command in COMMANDS {
            let mut session = begin(catalog, 3);
            for _ in 0..40 {
                if session.step() == *step {
                    break;
                }
                let _ = session.turn(&Event {
                    at: Duration::ZERO,
                    line: Line::Text("next".to_owned()),
                });
            }
            assert_eq!(session.step(), *step, "`next` leads everywhere");
            for line in [
                command.name.to_owned(),
                command.example.to_owned(),
                format!("{} ?", command.name),
            ] {
                let line = Line::Text(line);
                let replies = session.turn(&Event {
                    at: Duration::ZERO,
                    line,
                });
                assert!(
                    !replies.is_empty() || session.is_over(),
                    "{} at {step}",
                    command.name
                );
            }
        }
    }
}

#[test]
fn lines_are_completed_wherever_the_cursor_stands() {
    let catalog = Catalog::embedded();
    let words = words();
    let mut dice = Dice(5);
    let session = begin(catalog, 2);
    for _ in 0..3_000 {
        let line = one_line(&mut dice, &words);
        let line: String = line.chars().take(300).collect();
        let cursor = dice.roll(line.len() + 2);
        let (start, found) = session.complete(&line, cursor);
        assert!(
            line.is_char_boundary(start.min(line.len())),
            "{line:?} at {cursor}"
        );
        let typed = line
            .get(start..cursor.min(line.len()))
            .unwrap_or_default()
            .to_lowercase();
        assert!(
            found
                .iter()
                .all(|word| word.to_lowercase().starts_with(&typed)),
            "{line:?} at {cursor}: {found:?}"
        );
    }
}
