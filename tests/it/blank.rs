//! What `sysdrill new` writes: for every problem and for none, a design that reads without mistakes, with its comments and
//! without.

use std::process::Command;

use sysdrill::catalog::Catalog;
use sysdrill::model::Design;
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;
use sysdrill::report::blank_design;
use sysdrill::rubric::Problem;

/// Blank designs of all problems, and the one for any other system.
fn blanks() -> Vec<(Option<&'static Problem>, String)> {
    let problems = Catalog::embedded().problems.iter().map(Some);
    let all = problems.chain([None]);
    all.map(|problem| (problem, blank_design(problem)))
        .collect()
}

fn design(text: &str) -> Design {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let reading = read(text, vocabulary, &Limits::default());
    assert!(reading.issues.is_empty(), "{text}\n{:#?}", reading.issues);
    reading.design
}

/// The text with every line taken in that can be: what begins with one `#`.
fn uncommented(text: &str) -> String {
    let lines = text
        .lines()
        .skip(1)
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with('#') => rest.strip_prefix(' ').unwrap_or(rest),
            _ => line,
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_blank_design_reads_without_mistakes_and_so_do_its_examples() {
    for (problem, text) in blanks() {
        assert!(
            text.starts_with("# yaml-language-server: $schema="),
            "{text}"
        );
        assert!(!text.contains("##: "), "a mark is left\n{text}");
        let blank = design(&text);
        let slug = problem.map(|problem| problem.id.clone());
        assert_eq!(blank.problem, slug);
        assert!(blank.components.is_empty() && blank.flows.is_empty());
        let full = design(&uncommented(&text));
        assert!(full.components.len() >= 5 && full.connections.len() >= 5);
        assert!(!full.estimates.is_empty() && !full.answers.is_empty() && !full.data.is_empty());
        let flows: Vec<&str> = full.flows.iter().map(|flow| flow.id.as_str()).collect();
        let wanted: Vec<&str> = match problem {
            Some(problem) => problem.flows.iter().map(|flow| flow.id.as_str()).collect(),
            None => vec!["read", "publish"],
        };
        assert_eq!(flows, wanted);
    }
}

#[test]
fn a_blank_design_says_what_the_problem_asks_for_and_gives_nothing_away() {
    for (problem, text) in blanks() {
        let Some(problem) = problem else { continue };
        let said = text.lines().map(|line| line.trim_start_matches(['#', ' ']));
        let said = said.collect::<Vec<_>>().join(" ");
        let has =
            |wanted: &str| said.contains(&wanted.split_whitespace().collect::<Vec<_>>().join(" "));
        assert!(has(&problem.prompt), "{}\n{said}", problem.prompt);
        for hint in &problem.hints {
            let [question, _, answer] = &hint.grades;
            assert!(has(question), "{question}\n{said}");
            assert!(!has(answer), "{answer}");
        }
        for topic in problem.functional.iter().chain(&problem.non_functional) {
            assert!(has(&topic.id), "{}", topic.id);
        }
    }
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.design.yaml");
    let new = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
        let output = command
            .arg("new")
            .args(arguments)
            .arg("-o")
            .arg(&file)
            .output();
        output.expect("an end").status.code()
    };
    let slug = Catalog::embedded().problems[0].id.as_str();
    assert_eq!(new(&["no-such-problem"]), Some(2));
    assert_eq!(new(&[slug]), Some(0));
    let written = std::fs::read_to_string(&file).expect("a design");
    assert_eq!(design(&written).problem.as_deref(), Some(slug));
    assert_eq!(new(&[]), Some(2));
    assert_eq!(std::fs::read_to_string(&file).expect("a design"), written);
}
