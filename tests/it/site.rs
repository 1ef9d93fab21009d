//! A class as a site: nothing that strangers write becomes markup, nobody is named who must not be, and own templates work or
//! are told what is wrong with them. That the pages work in a browser is looked at by `tests/browser`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use sysdrill::catalog::Catalog;
use sysdrill::notation::yaml::Limits;
use sysdrill::report::{
    Attempt, Checked, Joining, PARTS, ReferenceDesign, SiteContext, Submission, TemplateFault,
    Templates, anonymous, check_text, number_of, put_together, site,
};
use sysdrill::source::Source;

/// A mark in every field that people fill in, which would be an element and an event if it were not escaped.
const HOSTILE: &str = r#"
sysdrill: 1
problem: url-shortener
title: "=1+1 <pwn onload=alert(1)>'\"</title></script></style>"
author: "@SUM(1) <pwn>\"'"
requirements:
  functional: ["<pwn> shorten links", "{{title}} {{{style}}}"]
  non_functional: ["<pwn>"]
  out_of_scope: ["<pwn>"]
  questions: ["<pwn>"]
  assumptions: {"<pwn>": 100M/month}
estimates: {"<pwn onclick>": 100M/month}
components:
  web: {kind: client, title: "<pwn>", group: "</g><pwn>", tags: ["<pwn>"], notes: "<pwn>"}
  db: {kind: sql_db, tech: "<pwn onload='x'>", title: "'\"><pwn>"}
connections:
  - web -> db: {label: "<pwn>\" onclick=\"x", protocol: "<pwn>"}
flows:
  "<pwn>": {path: web -> db, kind: read, rate: 1k/s, availability: 99.9%}
api: ["GET /<pwn> {<pwn>} -> 200 {<pwn>}"]
data: {"<pwn>": {store: db, key: "<pwn>", fields: ["<pwn>"]}}
decisions: [{topic: "<pwn>", choice: "<pwn>", over: "<pwn>", because: "<pwn>"}]
answers: {"<pwn>": "<pwn>\u001b[2J\u202e"}
allow: [{rule: nothing-measured, reason: "<pwn>"}]
"#;

fn checked(name: &str, text: &str) -> Checked {
    let limits = Limits::default();
    check_text(Source::new(name, text), Catalog::embedded(), None, &limits)
}

/// Good designs to set beside those of a class.
fn references() -> Vec<ReferenceDesign> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("problems/url-shortener/references");
    let name = "postgres-counter.design.yaml";
    let text = std::fs::read_to_string(path.join(name)).expect("a reference");
    vec![ReferenceDesign::read(name, &text, Catalog::embedded())]
}

fn made(
    class: &[Checked],
    templates: &Templates,
    anonymous: bool,
) -> Result<Vec<(String, String)>, TemplateFault> {
    let submitted = class.iter().map(|checked| Submission {
        path: checked.source.name.clone(),
        author: checked.head.author.clone(),
        problem: checked.head.problem.clone(),
        started: None,
    });
    let submitted: Vec<Submission> = submitted.collect();
    let context = SiteContext {
        catalog: Catalog::embedded(),
        references: &references(),
        anonymous,
        limits: Limits::default(),
        attempts: &put_together(&submitted, Joining::Stated),
        given: &[],
    };
    site(class, templates, &context)
}

/// The files of a site with the built-in templates.
fn files(class: &[Checked]) -> Vec<(String, String)> {
    let templates = Templates::new(&[]).expect("the built-in templates");
    made(class, &templates, false).expect("a site")
}

pub(super) fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    let found = files.iter().find(|(other, _)| other == name);
    found.map_or_else(|| panic!("no {name}"), |(_, text)| text.as_str())
}

/// The tags of a page, styles and scripts left out.
pub(super) fn tags(page: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("the end of a tag");
        tags.push(tag);
        let raw = ["style", "script"].iter().find(|name| tag == **name);
        rest = raw.map_or(after, |name| {
            let end = after.find(&format!("</{name}>")).expect("its end");
            &after[end..]
        });
    }
    tags
}

/// A design that is like all others of its kind, whoever it is from.
fn near(author: &str) -> String {
    let text = include_str!("../../docs/example.design.yaml");
    let said =
        "answers:\n  hostile: \"one two <pwn onclick=x> three four five six </td><pwn> seven\"";
    let text = text.replace("answers:", said);
    text.replace("candidate-17", author)
}

#[test]
fn nothing_that_strangers_write_becomes_markup() {
    let broken = "sysdrill: 1\ncomponents: {\"<pwn>\": \"<pwn>\"}\n";
    let class = [
        checked("<pwn>.design.yaml", HOSTILE),
        checked("b<pwn>.design.yaml", broken),
        checked("one.design.yaml", &near("'<pwn onload=x> one'")),
        checked("two.design.yaml", &near("'<pwn onload=x> two'")),
    ];
    assert!(class[0].assessment.is_some(), "{:?}", class[0].issues);
    let files = files(&class);
    let pages = files
        .iter()
        .filter(|(name, _)| name.split('.').next_back() == Some("html"));
    let mut count = 0;
    for (name, page) in pages {
        count += 1;
        let tags = tags(page);
        for tag in &tags {
            let outside: String = tag.split('"').step_by(2).collect();
            assert!(
                !tag.contains("pwn") || outside.find("pwn").is_none(),
                "{name}: {tag}"
            );
            assert!(!outside.contains(" on"), "{name}: {tag}");
        }
        for element in ["script", "style"] {
            let number = tags.iter().filter(|tag| **tag == element).count();
            assert_eq!(number, 1, "{name}: {element}");
        }
        assert!(page.contains("&lt;pwn"), "{name}");
        assert!(
            !page.contains('\u{1b}') && !page.contains('\u{202e}'),
            "{name}"
        );
        assert!(
            !page.contains("http://") || page.contains("http://www.w3.org/2000/svg"),
            "{name}"
        );
        assert!(page.contains("default-src &#39;none&#39;"), "{name}");
    }
    assert_eq!(
        count, 5,
        "the class, three candidates, and two that are alike"
    );
    let csv = file(&files, "results.csv");
    let row = csv.lines().nth(1).expect("a row");
    assert!(row.starts_with("\"'@SUM(1)"), "{row}");
    serde_json::from_str::<serde_json::Value>(file(&files, "results.json")).expect("JSON");
}

const NAMED: &str = "sysdrill: 1\ntitle: Zebulon's shop\nauthor: Zebulon Quux\nanswers:\n  why: Zebulon Quux thinks so\n";

#[test]
fn nobody_is_named_in_an_anonymous_site() {
    let open = files(&[checked("zebulon.design.yaml", NAMED)]);
    assert!(file(&open, "index.html").contains("Zebulon Quux"));
    assert!(
        open.iter()
            .any(|(name, _)| name == "candidate-zebulon.html")
    );
    let (catalog, limits) = (Catalog::embedded(), Limits::default());
    let source = Source::new(number_of(&Attempt::only(0)), NAMED);
    let judged = check_text(source, catalog, None, &limits);
    let class = [anonymous(judged, catalog, &limits)];
    let templates = Templates::new(&[]).expect("the built-in templates");
    let hidden = made(&class, &templates, true).expect("a site");
    for (name, text) in &hidden {
        let all = format!("{name} {text}").to_lowercase();
        assert!(
            !all.contains("zebulon") && !all.contains("quux"),
            "{name}: {text}"
        );
    }
    assert!(file(&hidden, "candidate-01.html").contains("candidate-01"));
}

#[test]
fn a_name_that_is_part_of_other_words_changes_no_score() {
    let example = include_str!("../../docs/example.design.yaml");
    let (catalog, limits) = (Catalog::embedded(), Limits::default());
    let templates = Templates::new(&[]).expect("the built-in templates");
    for author in ["in", "lin", "api", "db"] {
        let text = example.replace("candidate-17", author);
        let text = text.replace(
            "answers:",
            &format!("answers:\n  who: {author} thinks so\n"),
        );
        let source = || Source::new(number_of(&Attempt::only(0)), text.as_str());
        let open = check_text(source(), catalog, None, &limits);
        let hidden = anonymous(
            check_text(source(), catalog, None, &limits),
            catalog,
            &limits,
        );
        let score = |checked: &Checked| checked.assessment.as_ref().map(|it| it.score.clone());
        assert!(score(&open).is_some(), "{author}: {:?}", open.issues);
        assert_eq!(score(&hidden), score(&open), "{author}");
        assert!(!hidden.source.text.contains(&format!("{author} thinks so")));
        let pages = made(&[hidden], &templates, true).expect("a site");
        let before = files(&[open]);
        let drawn = |files: &[(String, String)]| {
            let pages = files
                .iter()
                .filter(|(name, _)| name.starts_with("candidate"));
            let all: String = pages.map(|(_, text)| text.as_str()).collect();
            all.matches("data-component=").count()
        };
        assert_eq!(drawn(&pages), drawn(&before), "{author}");
    }
}

#[test]
fn a_page_shows_findings_with_quotes_and_what_they_are_about() {
    let text = include_str!("../../docs/example.design.yaml");
    let class = [
        checked("one.design.yaml", text),
        checked("two.design.yaml", &text.replace("author: ", "author: not ")),
    ];
    let files = files(&class);
    assert_eq!(files, self::files(&class));
    let page = file(&files, "candidate-one.html");
    let assessment = class[0].assessment.as_ref().expect("judged");
    let count = page.matches("<article class=\"finding").count();
    assert_eq!(count, assessment.findings.len());
    let line = text
        .lines()
        .position(|line| line.contains("cache: {"))
        .expect("a line")
        + 1;
    assert!(page.contains(&format!("<a href=\"#L{line}\">line {line}</a>")));
    assert!(page.contains(&format!("<li id=\"L{line}\">")));
    assert!(page.contains("data-component=\"cache\" data-findings=\"finding-"));
    assert!(
        page.contains("Beside the nearest reference") && page.contains("Only in the reference")
    );
    assert!(page.contains("class=\"state down\"") && page.contains("candidate-two.html"));
    let index = file(&files, "index.html");
    assert!(index.contains("2 candidates: from") && index.contains("2 of 2"));
}

#[test]
fn own_templates_replace_parts_and_broken_ones_are_shown_where_they_are() {
    let text = include_str!("../../docs/example.design.yaml");
    let class = [
        checked("a.design.yaml", NAMED),
        checked("a.2.design.yaml", NAMED),
        checked("b.design.yaml", text),
        checked("c.design.yaml", &text.replace("author: ", "author: not ")),
    ];
    let own = |name: &str, text: &str| Templates::new(&[(name.to_owned(), text.to_owned())]);
    for part in PARTS {
        let templates = own(part, "/* mine */").expect(part);
        let made = made(&class, &templates, false).expect(part);
        assert!(
            made.iter().any(|(_, text)| text.contains("/* mine */")),
            "{part}"
        );
    }
    let broken = own("class.html.hbs", "<p>\n  {{#if a}}\n</p>").expect_err("not closed");
    assert_eq!(
        (broken.part.as_str(), broken.line),
        ("class.html.hbs", Some(3))
    );
    assert!(broken.column.is_some(), "{broken:?}");
    let unknown = own("candidate.html.hbs", "<p>\n{{nmae}}</p>").expect("a template");
    let unknown = made(&class, &unknown, false).expect_err("no such name");
    assert_eq!(
        (unknown.part.as_str(), unknown.line),
        ("candidate.html.hbs", Some(2))
    );
    assert!(unknown.message.contains("nmae"), "{unknown:?}");
    let stray = own("clas.html.hbs", "").expect_err("no part");
    assert!(
        stray.message.contains("did you mean `class.html.hbs`?"),
        "{stray:?}"
    );
}

#[test]
fn the_example_class_has_every_band_and_two_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/class");
    let mut bands = BTreeSet::new();
    let mut problems = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the class") {
        let path = entry.expect("an entry").path();
        if !path.display().to_string().ends_with(".design.yaml") {
            continue; // a mentor's review
        }
        let text = std::fs::read_to_string(&path).expect("a design");
        let checked = checked("one", &text);
        let errors = &checked.issues;
        let assessment = checked
            .assessment
            .unwrap_or_else(|| panic!("{path:?}: {errors:?}"));
        bands.insert(assessment.score.band.word());
        problems.extend(checked.head.problem);
    }
    assert_eq!(
        (bands.len(), problems.len()),
        (4, 2),
        "{bands:?} {problems:?}"
    );
}

#[test]
fn a_site_is_written_whole_over_an_earlier_one_and_over_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
        let output = command
            .env_clear()
            .current_dir(folder.path())
            .arg("grade")
            .args(arguments)
            .output();
        let output = output.expect("an end");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let write = |path: &Path, text: &str| std::fs::write(path, text).expect("written");
    std::fs::create_dir_all(at("class/ben")).expect("a folder");
    std::fs::create_dir_all(at("mine")).expect("a folder");
    write(&at("class/a.design.yaml"), NAMED);
    write(&at("class/ben/try.design.yaml"), NAMED);
    assert_eq!(run(&["class"]).0, Some(0));
    let index = std::fs::read_to_string(at("site/index.html")).expect("the index");
    assert!(!index.contains(&folder.path().display().to_string()));
    assert!(at("site/candidate-ben-try.html").is_file());
    std::fs::remove_file(at("class/ben/try.design.yaml")).expect("gone");
    write(
        &at("class/bad.design.yaml"),
        "sysdrill: 1\ncomponents: {a: nonsense}\n",
    );
    write(&at("mine/class.html.hbs"), "<p>\n{{#if}\n");
    let (code, said) = run(&["class", "--template", "mine"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("class.html.hbs:2:"), "{said}");
    assert!(at("site/candidate-ben-try.html").is_file());
    let (code, said) = run(&["class"]);
    assert!(code == Some(2) && said.contains("nonsense"), "{said}");
    assert!(at("site/candidate-a.html").is_file() && !at("site/candidate-ben-try.html").exists());
    let (code, said) = run(&["class", "--out", "class"]);
    assert!(code == Some(2) && said.contains("not empty"), "{said}");
    assert_eq!(run(&["mine"]).0, Some(3));
}
