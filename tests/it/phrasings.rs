//! Questions as people ask them, against what each problem's interviewer understands of them.
//!
//! Those that a problem gives as examples (`asked`, `unanswerable`) have been learned from; the share that is understood
//! stands in docs/practice.md: `DOCS=write cargo test --test it phrasings` writes it anew. `tests/phrasings/PROBLEM.txt` has
//! others, a question a line after the facts that answer it, that nothing was learned from: how well the interviewer listens
//! to what it never heard. `PHRASINGS=show` tells what was not understood.

use std::collections::BTreeMap;
use std::time::Duration;

use sysdrill::catalog::Catalog;
use sysdrill::coach::{Event, Line, Options, Reply, Session};
use sysdrill::rubric::Problem;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/phrasings");

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/practice.md");

/// What stands before the table of shares.
const MARK: &str = "| problem | questions | understood |\n";

/// Below this share an interviewer does not listen.
const LEAST: f64 = 0.9;

/// Below this share of questions that nothing was learned from it does not understand but remember.
const LEAST_UNHEARD: f64 = 0.8;

/// So many questions may be answered with something else: the words of some speak for a fact that they are not about.
const MOST_WRONG: usize = 3;

/// A question with the facts that answer it; none where nothing is known.
struct Asked<'t> {
    facts: Vec<&'t str>,
    question: &'t str,
}

/// How many were asked and understood.
#[derive(Clone, Copy, Default)]
struct Tally {
    asked: usize,
    understood: usize,
}

impl Tally {
    fn count(&mut self, understood: bool) {
        self.asked += 1;
        self.understood += usize::from(understood);
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of questions")]
    fn share(self) -> f64 {
        self.understood as f64 / self.asked.max(1) as f64
    }

    fn percent(self) -> String {
        format!("{:.0}%", (self.share() * 100.0).floor())
    }
}

fn parsed(text: &str) -> Vec<Asked<'_>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('|'))
        .map(|(facts, question)| Asked {
            facts: facts
                .trim()
                .split('/')
                .filter(|fact| *fact != "-")
                .collect(),
            question: question.trim(),
        })
        .collect()
}

/// What comes back for the first line of an interview.
fn replies(problem: &Problem, catalog: &Catalog, line: &str) -> Vec<Reply> {
    let options = Options {
        problem: problem.id.clone(),
        untimed: true,
        ..Options::default()
    };
    let (mut session, _) = Session::begin(catalog, options).expect("a problem");
    session.turn(&Event {
        at: Duration::ZERO,
        line: Line::Text(line.to_owned()),
    })
}

/// The facts that an interviewer tells when asked.
fn told(problem: &Problem, catalog: &Catalog, question: &str) -> Vec<String> {
    let replies = replies(problem, catalog, question);
    let fact = |reply: &Reply| match reply {
        Reply::Says(words) => problem
            .facts
            .iter()
            .find(|fact| words.ends_with(&fact.answer)),
        _ => None,
    };
    let told = replies.iter().filter_map(fact);
    told.map(|fact| fact.id.clone()).collect()
}

fn is_right(asked: &Asked<'_>, told: &[String]) -> bool {
    told.is_empty() == asked.facts.is_empty() && !is_wrong(asked, told)
}

fn is_wrong(asked: &Asked<'_>, told: &[String]) -> bool {
    told.iter()
        .any(|fact| !asked.facts.contains(&fact.as_str()))
}

/// The questions that a problem gives as examples, each with all facts that give it.
fn examples(problem: &Problem) -> Vec<Asked<'_>> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for fact in &problem.facts {
        for question in &fact.asked {
            all.entry(question).or_default().push(&fact.id);
        }
    }
    let nothing = problem.unanswerable.iter();
    all.extend(nothing.map(|question| (question.as_str(), Vec::new())));
    let asked = |(question, facts)| Asked { facts, question };
    all.into_iter().map(asked).collect()
}

/// How many of some questions are understood, and those that are answered with something else.
#[expect(
    clippy::print_stderr,
    reason = "what was not understood is shown when asked for"
)]
fn tally(problem: &Problem, catalog: &Catalog, asked: &[Asked<'_>]) -> (Tally, Vec<String>) {
    let show = super::is_asked("PHRASINGS", "show");
    let mut all = Tally::default();
    let mut wrong = Vec::new();
    for asked in asked {
        let told = told(problem, catalog, asked.question);
        let right = is_right(asked, &told);
        all.count(right);
        let line = format!(
            "{}: {} -> {told:?}, not {:?}",
            problem.id, asked.question, asked.facts
        );
        if show && !right {
            eprintln!("{line}");
        }
        wrong.extend(is_wrong(asked, &told).then_some(line));
    }
    (all, wrong)
}

#[test]
fn the_interviewer_understands_what_it_has_learned_from() {
    let catalog = Catalog::embedded();
    let mut rows = Vec::new();
    let mut wrong = Vec::new();
    for problem in &catalog.problems {
        let asked = examples(problem);
        let unanswerable = asked.iter().filter(|asked| asked.facts.is_empty()).count();
        assert!(asked.len() >= 30 && unanswerable >= 3, "{}", problem.id);
        let (all, others) = tally(problem, catalog, &asked);
        wrong.extend(others);
        rows.push((problem.id.clone(), all));
    }
    hold(&rows);
    assert!(wrong.len() <= MOST_WRONG, "{wrong:#?}");
}

#[test]
fn a_question_after_two_facts_is_answered_by_both() {
    let catalog = Catalog::embedded();
    for problem in &catalog.problems {
        for question in [
            "any SLA?",
            "what are the SLOs?",
            "non-functional requirements?",
        ] {
            let told = told(problem, catalog, question);
            assert_eq!(told.len(), 2, "{}: {question} -> {told:?}", problem.id);
        }
    }
}

/// The words that an interviewer answers a line with.
fn answer(problem: &str, line: &str) -> String {
    let catalog = Catalog::embedded();
    let problem = catalog.problem(problem).expect(problem);
    let replies = replies(problem, catalog, line).into_iter();
    let words = replies.filter_map(|reply| match reply {
        Reply::Says(words) => Some(words),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_figure_to_be_confirmed_is_confirmed_or_corrected() {
    for (problem, question, begins) in [
        ("chat", "50M people a day, right?", "Yes. Fifty million"),
        (
            "chat",
            "so 100M daily users I guess?",
            "Not quite. Fifty million",
        ),
        (
            "search-autocomplete",
            "5 suggestions, right?",
            "Not quite. Ten",
        ),
        (
            "search-autocomplete",
            "would 200 ms be ok?",
            "Not quite. A list",
        ),
        (
            "chat",
            "10 wombats a day, right?",
            "Nothing speaks against it: `assume wombats = 10/day`",
        ),
        (
            "news-feed",
            "is 500M users a reasonable number?",
            "Not quite. Two hundred million",
        ),
        (
            "chat",
            "would half a second of delay be fine?",
            "Yes. From one",
        ),
    ] {
        let said = answer(problem, question);
        assert!(said.starts_with(begins), "{question} {said}");
    }
}

#[test]
fn each_of_several_questions_is_answered_and_a_forgotten_mark_does_not_matter() {
    let catalog = Catalog::embedded();
    for (problem, question, facts) in [
        (
            "search-autocomplete",
            "so how many searches a day do we have and how fast must suggestions appear?",
            ["latency", "searches"],
        ),
        (
            "chat",
            "how many messages a day and how long do we keep them",
            ["history", "messages"],
        ),
        (
            "news-feed",
            "is following mutual? and do posts have photos",
            ["graph", "media"],
        ),
    ] {
        let problem = catalog.problem(problem).expect(problem);
        let mut told = told(problem, catalog, question);
        told.sort();
        assert_eq!(told, facts, "{question}");
    }
    assert!(
        answer("chat", "who owns the office building").contains("assume"),
        "handed back"
    );
}

#[test]
fn opinions_and_what_to_ask_are_no_facts_and_nothing_to_assume() {
    for (question, part) in [
        ("what do you think of a token bucket?", "Yours to choose"),
        ("is mongo a good choice here?", "Yours to choose"),
        ("what else should I ask?", "would change your drawing"),
        ("how did you calculate that?", "From what you stated"),
        ("how many questions are left?", "which of how many"),
        ("what would happen without redis?", "whatif kill"),
    ] {
        let said = answer("rate-limiter", question);
        assert!(said.contains(part), "{question} {said}");
    }
}

#[test]
fn the_interviewer_understands_what_it_never_heard_or_turns_it_around() {
    let catalog = Catalog::embedded();
    let mut total = Tally::default();
    let mut wrong = Vec::new();
    for problem in &catalog.problems {
        let path = format!("{FOLDER}/{}.txt", problem.id);
        let text = std::fs::read_to_string(&path).expect(&path);
        let asked = parsed(&text);
        for asked in &asked {
            for fact in &asked.facts {
                let known = problem.facts.iter().any(|known| known.id == *fact);
                assert!(known, "{}: no fact {fact}", problem.id);
            }
            let learned = examples(problem)
                .iter()
                .any(|example| example.question == asked.question);
            assert!(
                !learned,
                "{}: {} was learned from",
                problem.id, asked.question
            );
        }
        let (all, others) = tally(problem, catalog, &asked);
        total.asked += all.asked;
        total.understood += all.understood;
        wrong.extend(others);
    }
    assert!(total.asked >= 90);
    assert!(total.share() >= LEAST_UNHEARD, "{}", total.percent());
    assert!(wrong.len() <= MOST_WRONG, "{wrong:#?}");
}

/// Holds the shares against the document, or writes them there.
fn hold(rows: &[(String, Tally)]) {
    let document = std::fs::read_to_string(DOCUMENT).expect(DOCUMENT);
    let (before, after) = document.split_once(MARK).expect("a table of shares");
    let table_end = after.find("\n\n").expect("text after the table");
    let (table, rest) = after.split_at(table_end);
    let row = |(id, all): &(String, Tally)| format!("| {id} | {} | {} |", all.asked, all.percent());
    let written: Vec<String> = rows.iter().map(row).collect();
    let written = format!("| --- | ---: | ---: |\n{}", written.join("\n"));
    if super::is_asked("DOCS", "write") {
        std::fs::write(DOCUMENT, format!("{before}{MARK}{written}{rest}")).expect(DOCUMENT);
        return;
    }
    for (id, all) in rows {
        assert!(all.share() >= LEAST, "{id}: {}", all.percent());
    }
    assert_eq!(
        table, written,
        "`DOCS=write cargo test --test it phrasings` writes what is understood"
    );
}
