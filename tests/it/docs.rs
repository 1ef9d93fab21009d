//! The documentation says what is there: parts of it are written from the tables and the data, and examples run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use sysdrill::catalog::Catalog;
use sysdrill::report::{PARTS, rules_markdown};

/// A part of a document, from a mark to the end, is what the program has; `DOCS=write` writes it.
pub(super) fn ends_with(document: &str, mark: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(document);
    let written = std::fs::read_to_string(&path).expect(document);
    let (head, part) = written
        .split_once(mark)
        .expect("the mark before what is written");
    if super::is_asked("DOCS", "write") {
        std::fs::write(&path, format!("{head}{mark}{expected}")).expect(document);
    } else {
        assert!(
            part == expected,
            "docs/{document} is not current: DOCS=write cargo test --test it docs commands"
        );
    }
}

#[test]
fn every_rule_stands_in_its_document() {
    let rules = rules_markdown(Catalog::embedded().rules.iter());
    ends_with("rules.md", "sysdrill rules --markdown`. -->\n", &rules);
}

/// Handlebars' own words and helpers.
const OF_HANDLEBARS: &str =
    "if each else with this unless len prose lookup inline eq gt not and or as";

#[test]
fn what_templates_of_a_site_show_stands_in_their_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/templates.md")).expect("a document");
    let documented: BTreeSet<&str> = text.split('`').skip(1).step_by(2).collect();
    let tags = Regex::new(r"\{\{\{?[#/]?([^}]*)\}\}").expect("an expression");
    let mut shown = BTreeSet::new();
    for part in PARTS {
        assert!(documented.contains(part), "{part}");
        let path = root.join("templates/site").join(part);
        let Ok(template) = std::fs::read_to_string(path) else {
            continue;
        };
        let tags = tags.captures_iter(&template);
        // Parts of templates have names of their own.
        for tag in tags.filter(|tag| !tag[1].starts_with('>')) {
            let words = tag[1].split_whitespace();
            let names = words.flat_map(|word| word.split(['.', '/', '(', ')', '=']));
            shown.extend(names.map(str::to_owned));
        }
    }
    let others: BTreeSet<&str> = OF_HANDLEBARS.split(' ').collect();
    let is_name = |name: &&String| {
        let mut bytes = name.bytes();
        bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let names = shown.iter().filter(|name| !name.is_empty()).filter(is_name);
    let missing: Vec<&String> = names
        .filter(|name| !documented.contains(name.as_str()) && !others.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(shown.len() > 100, "{shown:?}");
}

/// The files of `docs/writing-rubrics.md`: blocks that begin with a comment that names one.
fn files(text: &str) -> Vec<(&str, &str)> {
    text.split("```yaml\n# ")
        .skip(1)
        .filter_map(|block| {
            let (block, _) = block.split_once("```")?;
            block.split_once('\n')
        })
        .filter(|(name, _)| name.starts_with("rubrics/") || name.starts_with("problems/"))
        .collect()
}

#[test]
fn the_examples_for_authors_of_rubrics_work() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/writing-rubrics.md");
    let text = std::fs::read_to_string(document).expect("the document");
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(&text);
    assert!(files.len() >= 4, "{files:?}");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_sysdrill"))
            .args(arguments)
            .arg(folder.path())
            .output()
            .expect("an end")
    };
    for command in ["lint", "test"] {
        let output = run(&["rubric", command]);
        assert!(output.status.success(), "{command}: {output:?}");
    }
    let rubrics = folder.path().join("rubrics");
    let listed = |folder: &Path| {
        Command::new(env!("CARGO_BIN_EXE_sysdrill"))
            .args(["problems", "--rubrics"])
            .arg(&rubrics)
            .arg("--problems")
            .arg(folder)
            .output()
            .expect("an end")
    };
    let own = listed(&folder.path().join("problems"));
    assert!(String::from_utf8_lossy(&own.stdout).contains("parking"));
    let none = listed(&rubrics);
    assert_eq!(none.status.code(), Some(2), "{none:?}");
    let design = folder
        .path()
        .join("problems/parking/references/one-table.design.yaml");
    let design = design.display().to_string();
    let output = run(&["check", &design, "--rubrics"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("parking"),
        "{said}"
    );
    std::fs::remove_file(&design).expect("the reference is gone");
    let output = run(&["rubric", "mutate", "parking", "--rubrics"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(3)
            && said.contains("problems/parking/references/NAME.design.yaml"),
        "{said}"
    );
}

#[test]
fn what_the_readme_shows_is_what_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect(path);
    let checked = Command::new(env!("CARGO_BIN_EXE_sysdrill"))
        .args(["check", "docs/example.design.yaml"])
        .current_dir(root)
        .output()
        .expect("an end");
    let checked = String::from_utf8(checked.stdout).expect("a text");
    let interview = read("tests/transcripts/good.txt");
    let readme = read("README.md");
    let blocks = readme.split("```text\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split_once("```"));
    let shown: Vec<&str> = blocks
        .map(|(block, _)| block)
        .filter(|block| !block.starts_with("$ "))
        .collect();
    assert_eq!(shown.len(), 2, "an interview and a finding");
    for piece in shown.iter().flat_map(|block| block.split("...\n")) {
        assert!(
            interview.contains(piece) || checked.contains(piece),
            "comes out nowhere:\n{piece}"
        );
    }
}
