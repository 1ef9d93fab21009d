//! The law of the house: a module uses only modules on lower floors, libraries live in their homes, rules are data.

use std::fs;
use std::path::{Path, PathBuf};

use sysdrill::model::attribute::Bearer;
use sysdrill::model::{Attribute, ValueType};
use sysdrill::report::REPORTERS;

/// The floors, from the lowest. A module may use those before it.
const FLOORS: [&str; 13] = [
    "model", "source", "notation", "graph", "drawing", "analysis", "rubric", "catalog", "assess",
    "report", "coach", "editor", "cli",
];

/// Libraries that are used in one place alone, with that place.
const HOMES: [(&str, &[&str]); 14] = [
    ("petgraph", &["src/graph.rs"]),
    ("graphlay", &["src/drawing/layout.rs"]),
    ("resvg", &["src/drawing/png.rs"]),
    ("dejavu", &["src/drawing/png.rs"]),
    (
        "handlebars",
        &["src/report/templates.rs", "src/report/site/templates.rs"],
    ),
    ("granit_parser", &["src/notation/yaml/tree/"]),
    ("roxmltree", &["src/notation/foreign/drawio/"]),
    ("base64", &["src/notation/foreign/drawio/"]),
    ("flate2", &["src/notation/foreign/drawio/"]),
    ("annotate_snippets", &["src/report/frames.rs"]),
    ("rustyline", &["src/cli/"]),
    ("clap", &["src/cli/"]),
    ("lsp_types", &["src/cli/lsp/"]),
    ("regex", &["src/rubric/pattern/"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its path from the root and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path
                .strip_prefix(root())
                .expect("below the root")
                .display()
                .to_string();
            files.push((name, fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// The code of a file without its unit tests and comments.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or(text);
    before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_module_uses_only_modules_on_lower_floors() {
    let floor = |module: &str| FLOORS.iter().position(|name| *name == module);
    let mut breaches = Vec::new();
    for (path, text) in sources("src") {
        let module = path
            .trim_start_matches("src/")
            .split(['/', '.'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let Some(own) = floor(&module) else { continue };
        for used in code(&text).split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if floor(&used).is_some_and(|other| other > own) {
                breaches.push(format!("{path} uses {used}"));
            }
        }
        assert!(
            !code(&text).contains("crate::{"),
            "{path}: write one `use crate::module` a module"
        );
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_floor_is_declared_in_order() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("the library");
    let declared: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(declared, FLOORS);
}

#[test]
fn libraries_stay_in_their_homes() {
    for (library, homes) in HOMES {
        for (path, text) in sources("src") {
            let used = code(&text).contains(&format!("{library}::"));
            let at_home = homes.iter().any(|home| path.starts_with(home));
            assert!(
                !used || at_home,
                "{path} uses {library}, whose home is {homes:?}"
            );
        }
    }
}

#[test]
fn every_file_opens_with_what_it_knows() {
    for (path, text) in sources("src") {
        let opens = text.starts_with("//!") || text.starts_with("#![expect");
        assert!(opens, "{path} does not open with `//!`");
        assert!(
            text.lines().count() <= 700,
            "{path} has grown past what one file can hold"
        );
    }
}

#[test]
fn no_rule_problem_technology_or_concept_is_named_in_rust() {
    let catalog = sysdrill::catalog::Catalog::embedded();
    let rules = catalog.rules.iter().map(|rule| rule.id.clone());
    let problems = catalog.problems.iter().map(|problem| problem.id.clone());
    let technologies = catalog
        .knowledge
        .vocabulary
        .technologies
        .all()
        .map(|technology| technology.id.clone());
    let concepts = catalog.knowledge.concepts.0.keys().cloned();
    let kinds: Vec<String> = catalog
        .knowledge
        .vocabulary
        .kinds
        .all()
        .map(|kind| catalog.knowledge.vocabulary.kinds.info(kind).id.clone())
        .collect();
    let attributes: Vec<String> = Attribute::ALL
        .iter()
        .flat_map(|attribute| {
            let row = attribute.row();
            let choices = if let ValueType::Choice(words) = row.value {
                words
            } else {
                &[]
            };
            std::iter::once(row.name).chain(choices.iter().copied())
        })
        .map(str::to_owned)
        .collect();
    let names: Vec<String> = rules
        .chain(problems)
        .chain(technologies)
        .chain(concepts)
        .collect();
    for (path, text) in sources("src") {
        for quoted in literals(&code(&text)) {
            let is_word_of_the_language = kinds.contains(&quoted) || attributes.contains(&quoted);
            // Formats are called after who reads them, and stand in their table alone.
            let is_format =
                path == "src/report/mod.rs" && REPORTERS.iter().any(|format| format.name == quoted);
            // The contract names the keys of the JSON report, some of them as people name a concept.
            let is_key = path.starts_with("src/report/report_schema");
            // What attributes are called elsewhere stands in their table; some of it is a concept as well.
            let is_attribute = path == "src/model/attribute.rs"
                && [Bearer::Component, Bearer::Connection]
                    .iter()
                    .any(|bearer| Attribute::meant(&quoted, *bearer).is_some());
            assert!(
                is_word_of_the_language
                    || is_format
                    || is_key
                    || is_attribute
                    || !names.contains(&quoted),
                "{path} names \"{quoted}\", which is data"
            );
        }
    }
}

/// The texts between double quotes on one line.
fn literals(code: &str) -> Vec<String> {
    code.lines()
        .flat_map(|line| {
            line.split('"')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|text| !text.is_empty())
        .collect()
}

#[test]
fn the_msrv_is_the_same_everywhere() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let msrv = manifest
        .split("rust-version = \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("an MSRV");
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    assert!(
        readme.contains(&format!("Rust {msrv}")),
        "README.md does not state Rust {msrv}"
    );
}
