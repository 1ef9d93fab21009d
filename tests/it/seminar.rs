//! A class with several attempts of one candidate, `examples/seminar`, by the command itself: how they are put together, and what
//! is told of them in every format.

use std::path::Path;

use serde_json::Value;
use sysdrill::catalog::Catalog;
use sysdrill::report::{Document, schema};

use super::site::file;
use super::validator::Validator;

/// The files of a site of the seminar.
fn graded(arguments: &[&str]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site").display().to_string();
    let mut words = vec!["grade", "examples/seminar", "--out", &out];
    words.extend(arguments);
    super::cli::out(&words);
    let entries = std::fs::read_dir(Path::new(&out)).expect("the site");
    let files = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("a text");
        (name.into_owned(), text)
    });
    files.collect()
}

/// The column of a table, by its head, with the first one before each.
fn column<'t>(table: &'t str, head: &str) -> Vec<(&'t str, &'t str)> {
    let mut rows = table.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let heads = rows.next().expect("a head");
    let at = heads.iter().position(|other| *other == head).expect(head);
    rows.map(|row| (row[0], row[at])).collect()
}

fn report(files: &[(String, String)]) -> Value {
    serde_json::from_str(file(files, "results.json")).expect("JSON")
}

#[test]
fn attempts_of_a_candidate_stand_beside_each_other_in_every_format() {
    let files = graded(&["--no-config"]);
    let index = file(&files, "index.html");
    assert!(index.contains("6 candidates: from"), "each counts once");
    assert!(index.contains("1 by the author that they state and 1 by the names of their files"));
    assert!(index.contains("aria-label=\"Scores from attempt to attempt: "));
    assert!(index.contains("candidate-mia-3.html") && !index.contains("candidate-mia.html"));

    let latest = file(&files, "candidate-mia-3.html");
    for told in [
        "This is attempt 3 of 3.",
        "in the order in which their sessions began",
        "<span class=\"change added\">added</span> <b>lb -&gt; api</b>",
        "read_qps</b>: 40k/s -&gt; 100M/month * 100",
        "From attempt 2 to 3: score +",
        "<span class=\"change resolved\">resolved</span>",
        "findings are in both",
    ] {
        assert!(latest.contains(told), "{told}");
    }
    let first = file(&files, "candidate-mia.html");
    assert!(first.contains("<a href=\"candidate-mia-3.html\">To the latest</a>"));
    assert!(!first.contains("From attempt"), "nothing led to it");
    assert!(file(&files, "candidate-mia-2.md").contains("## mia.design.yaml → mia.2.design.yaml"));

    let table = file(&files, "results.csv");
    let attempts = column(table, "attempt");
    let of_mia = [("Mia", "2"), ("Mia", "3"), ("Mia", "1")];
    assert_eq!(attempts.get(..3), Some(of_mia.as_slice()));
    assert_eq!(column(table, "day").get(3), Some(&("noah", "2026-03-02")));
    let report = report(&files);
    let series = report["attempts"].as_array().expect("series");
    let told: Vec<_> = series
        .iter()
        .map(|one| (one["joined_by"].as_str(), one["ordered_by"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("author"), Some("session")),
            (Some("file_name"), Some("file_name"))
        ]
    );
    assert_eq!(series[0]["changes"].as_array().map(Vec::len), Some(2));
    let schema = Validator::read(&schema(Document::Report, Catalog::embedded()));
    let found = schema.complaints(&report);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn near_identical_designs_are_pointed_out_with_what_they_share() {
    let files = graded(&["--no-config"]);
    let index = file(&files, "index.html");
    assert!(index.contains("look at both") && index.contains("href=\"similar-01.html\""));
    assert!(!files.iter().any(|(name, _)| name == "similar-02.html"));
    for page in ["candidate-omar.html", "candidate-pia.html"] {
        assert!(file(&files, page).contains("similar-01.html"), "{page}");
    }
    assert!(!file(&files, "candidate-quinn.html").contains("similar-01.html"));
    let page = file(&files, "similar-01.html");
    let line = |name: &str, text: &str| {
        let design = std::fs::read_to_string(format!("examples/seminar/{name}.design.yaml"));
        let design = design.expect("a design");
        let line = design.lines().position(|line| line.contains(text));
        let line = line.expect(text) + 1;
        format!("<a href=\"candidate-{name}.html#L{line}\">line {line}</a> <q>{text}</q>")
    };
    for told in [
        "<th scope=\"row\">cache</th><th scope=\"row\">shelf</th><td>memcached</td>",
        "the same, calls and callers too",
        &line(
            "omar",
            "a link that its owner took down must stop working at once",
        ),
        &line(
            "pia",
            "of ten thousand codes, so that it is asked a few times an hour",
        ),
    ] {
        assert!(page.contains(told), "{told}");
    }
    assert!(file(&files, "similar.csv").contains("Omar,Pia,url-shortener,100%,"));
    assert!(file(&files, "similar.md").contains("## Omar and Pia"));
    assert_eq!(
        column(file(&files, "results.csv"), "similar_to")[5],
        ("Omar", "Pia")
    );
    // A review for a candidate names nobody else.
    assert!(!file(&files, "candidate-omar.md").contains("Pia"));
    let report = report(&files);
    let pair = &report["similar"][0];
    assert_eq!(pair["components"].as_array().map(Vec::len), Some(7));
    assert_eq!(pair["components"][1]["second"], "shelf");

    // What everybody was given makes nobody more alike.
    let given = graded(&[
        "--no-config",
        "--handout",
        "examples/seminar/pia.design.yaml",
    ]);
    assert!(!file(&given, "index.html").contains("similar-01.html"));
}

#[test]
fn attempts_of_one_person_share_a_number_where_nobody_is_named() {
    let files = graded(&["--no-config", "--anonymous"]);
    let table = file(&files, "results.csv");
    let names: Vec<_> = column(table, "attempt");
    assert_eq!(names[0], ("candidate-01", "2"));
    assert_eq!(names[2], ("candidate-01", "1"));
    assert_eq!(names[3], ("candidate-02", "1"));
    file(&files, "candidate-01-attempt-3.html");
    assert!(file(&files, "similar.md").contains("## candidate-03 and candidate-04"));
    for (name, text) in &files {
        let all = format!("{name} {text}").to_lowercase();
        for person in ["mia", "noah", "omar", "quinn", "ravi"] {
            assert!(!all.contains(person), "{name}: {person}");
        }
    }
    let apart = graded(&["--no-config", "--attempts", "never"]);
    assert_eq!(report(&apart)["attempts"], Value::Array(Vec::new()));
    assert!(file(&apart, "index.html").contains("9 candidates: from"));
}
