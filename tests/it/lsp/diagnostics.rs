//! What is shown of files while they are written: the same that `check` says.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Document, Editor};

/// The design in a folder as `check` finds it: line, column and rule of every finding that is not accepted, in their order.
fn checked(folder: &Path, name: &str) -> Vec<(u64, u64, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_sysdrill"))
        .current_dir(folder)
        .env_clear()
        .args(["check", "--format", "json", "--today", "2026-06-01", name])
        .output()
        .expect("an end");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["designs"][0]["findings"]
        .as_array()
        .expect("findings");
    let told = findings
        .iter()
        .filter(|finding| finding["allowed"].is_null());
    let told = told.map(|finding| {
        let place = |key: &str| finding["location"][key].as_u64().expect("a number");
        let rule = finding["rule"].as_str().expect("a rule");
        (place("line"), place("column"), rule.to_owned())
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

/// The same of what an editor is told.
fn shown(diagnostics: &[Value]) -> Vec<(u64, u64, String)> {
    let shown = diagnostics.iter().map(|one| {
        let place = |key: &str| one["range"]["start"][key].as_u64().expect("a number") + 1;
        let rule = one["code"].as_str().unwrap_or_else(|| panic!("{one}"));
        (place("line"), place("character"), rule.to_owned())
    });
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown
}

fn messages(diagnostics: &[Value]) -> Vec<&str> {
    let messages = diagnostics.iter().map(|one| one["message"].as_str());
    messages
        .map(|message| message.expect("a message"))
        .collect()
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("written");
    path
}

const WEAK: &str = "sysdrill: 1\ntitle: Läden 🏪\ncomponents: {web: client, größe: {tech: postgres, replicas: 1}}\n\
    connections: [web -> größe]\nflows: {save: {path: web -> größe, kind: write, rate: 900/s, availability: 99.99%}}\n";

/// A folder in which designs are judged by rules of its own; and those rules.
fn configured() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder");
    let config = "level: staff\noverrides: [{designs: drafts/, select: [acme, topic:databases]}]\n\
        rubrics: own\nbaseline: known.yaml\n";
    written(&root, "sysdrill.yaml", config);
    written(&root, ".git/HEAD", "");
    let rules = written(&root, "own/general/acme.yaml", RULES);
    written(&root, "known.yaml", "sysdrill_baseline: 1\ndesigns: {}\n");
    (folder, rules)
}

#[test]
fn an_editor_is_told_what_check_says() {
    let (folder, _) = configured();
    let root = folder.path().canonicalize().expect("a folder");
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(project.join(name)).expect("a design");
    let example = read("docs/example.design.yaml");
    let bare = read("problems/rate-limiter/fixtures/weak.design.yaml");
    let designs = [
        ("example.design.yaml", example.as_str()),
        ("bare.design.yaml", bare.as_str()),
        ("weak.design.yaml", WEAK),
        ("drafts/weak.design.yaml", WEAK),
    ];
    let mut editor = Editor::open(&root, &["utf-32"]);
    let mut related = 0;
    for (name, text) in designs {
        let path = written(&root, name, text);
        let document = editor.show(&path, text);
        let diagnostics = editor.diagnostics(&document);
        assert!(!diagnostics.is_empty(), "{name}");
        assert_eq!(shown(&diagnostics), checked(&root, name), "{name}");
        let evidence = diagnostics
            .iter()
            .filter_map(|one| one["relatedInformation"].as_array());
        related += evidence
            .flatten()
            .filter(|one| one["location"]["uri"] == document.uri)
            .count();
        let sources = diagnostics.iter().filter(|one| one["source"] == "sysdrill");
        assert_eq!(sources.count(), diagnostics.len());
    }
    assert!(
        related > 0,
        "what decided a finding is shown where it stands"
    );
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn what_is_accepted_is_not_said_and_what_is_saved_beside_a_design_counts_at_once() {
    let (folder, rules) = configured();
    let root = folder.path().canonicalize().expect("a folder");
    let mut editor = Editor::open(&root, &["utf-32"]);
    let accepted = format!("{WEAK}allow: [{{rule: acme-has-an-owner, reason: ours}}]\n");
    let path = written(&root, "allowed.design.yaml", &accepted);
    let document = editor.show(&path, &accepted);
    let defined = editor.about("textDocument/definition", &document, "acme-has", 3);
    assert_eq!(defined["uri"], format!("file://{}", rules.display()));
    assert_eq!(
        defined["range"]["start"],
        json!({"line": 1, "character": 0})
    );
    let diagnostics = editor.diagnostics(&document);
    assert_eq!(shown(&diagnostics), checked(&root, "allowed.design.yaml"));
    assert!(
        diagnostics
            .iter()
            .all(|one| one["code"] != "acme-has-an-owner")
    );
    std::fs::write(
        &rules,
        RULES.replace("acme-has-an-owner", "acme-has-a-name"),
    )
    .expect("written");
    editor.tell("workspace/didChangeWatchedFiles", &json!({"changes": []}));
    let diagnostics = editor.diagnostics(&document);
    assert_eq!(shown(&diagnostics), checked(&root, "allowed.design.yaml"));
    assert!(
        diagnostics
            .iter()
            .any(|one| one["code"] == "acme-has-a-name")
    );
    let needless = diagnostics
        .iter()
        .find(|one| one["tags"] == json!([1]))
        .expect("an unused acceptance");
    assert_eq!(needless["range"]["start"]["line"], 5);
    // A configuration that can't be used stands in the way of every design.
    written(&root, "sysdrill.yaml", "levle: staff\n");
    editor.tell(
        "textDocument/didSave",
        &json!({"textDocument": {"uri": document.uri}}),
    );
    let diagnostics = editor.diagnostics(&document);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    let said = messages(&diagnostics)[0];
    assert!(
        said.contains("sysdrill.yaml:1:1: unknown key `levle`"),
        "{said}"
    );
    assert_eq!(editor.close(), Some(0));
}

const RULES: &str = "rules:
  - id: acme-has-an-owner
    title: Nobody owns it
    step: detailed
    severity: minor
    weight: 0
    for_each: {component: {kind: datastore}}
    expect: {this: {group: {stated: yes}}}
    message: '{{component.id}} has no owner'
    why: Somebody has to be called.
    fix: State its group.
    ask: Who owns it?
    tests:
      passes: [{components: {web: client, db: {tech: postgres, group: us}}, connections: [web -> db]}]
      fails: ['web -> db:postgres']
";

#[test]
fn reviews_are_read_and_held_against_their_designs() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder");
    let design =
        "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\n";
    written(&root, "a.design.yaml", design);
    let mut editor = Editor::open(&root, &["utf-8"]);
    let text = "sysdrill_review: 1\ndesign: b.design.yaml\nmarks: {scal: 50}\ncomments:\n  - {component: apy, line: 9, text: x}\n";
    let mut review = editor.show(&root.join("a.review.yaml"), text);
    let said = |editor: &mut Editor, review: &Document| -> Vec<String> {
        let diagnostics = editor.diagnostics(review);
        let lines = diagnostics.iter().map(|one| &one["range"]["start"]["line"]);
        let said = messages(&diagnostics).into_iter().zip(lines);
        said.map(|(message, line)| format!("{line} {message}"))
            .collect()
    };
    let broken = ["2 unknown key `scal` of `marks`\nhelp: did you mean `scale`?"];
    assert_eq!(said(&mut editor, &review), broken);
    editor.edit(&mut review, "scal", "scale");
    let absent = "1 there is no `b.design.yaml` beside this review\nhelp: a review lies in the folder of its design";
    assert_eq!(said(&mut editor, &review), [absent]);
    editor.edit(&mut review, "b.design", "a.design");
    let odd = [
        "4 no component `apy` in the design\nhelp: did you mean `api`?",
        "4 no line 9 in the design\nhelp: it has 3",
    ];
    assert_eq!(said(&mut editor, &review), odd);
    let known = editor.about("textDocument/hover", &review, "marks", 1);
    assert!(known.to_string().contains("marks"), "{known}");
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn mistakes_stand_where_they_are_in_the_columns_that_were_agreed_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.design.yaml");
    for (encoding, column) in [("utf-16", 36), ("utf-8", 40), ("utf-32", 35)] {
        let mut editor = Editor::open(folder.path(), &[encoding]);
        let text = "\u{feff}sysdrill: 1\r\ncomponents: {a: {title: é🏪é, kind: x}}\r\n";
        let document = editor.show(&path, text);
        let diagnostics = editor.diagnostics(&document);
        let odd = diagnostics.iter().find(|one| {
            let said = one["message"].as_str().expect("a message");
            said.contains("unknown kind `x`")
        });
        let odd = odd.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let at = |side: &str| odd["range"][side]["character"].as_u64();
        assert_eq!(odd["range"]["start"]["line"], 1);
        assert_eq!(
            (at("start"), at("end")),
            (Some(column), Some(column + 1)),
            "{encoding}"
        );
        assert_eq!(odd["severity"], 1);
        assert_eq!(editor.close(), Some(0));
    }
}

#[test]
fn changes_are_followed_piece_by_piece_and_what_is_closed_is_forgotten() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let mut document = editor.show(&folder.path().join("new.design.yaml"), WEAK);
    let whole = editor.diagnostics(&document);
    assert!(whole.iter().any(|one| one["severity"] == 1), "{whole:?}");
    for (old, new, said) in [
        ("🏪", "🏪🏪 und: mehr", "not YAML"),
        ("🏪🏪 und: mehr", "🏪", ""),
        ("web -> größe]", "web -> größ]", "unknown component `größ`"),
        ("größ]", "größe]", ""),
        (
            "connections: [",
            "conections: [",
            "unknown key `conections` of a design\nhelp: did you mean `connections`?",
        ),
        ("conections", "connections", ""),
    ] {
        editor.edit(&mut document, old, new);
        let diagnostics = editor.diagnostics(&document);
        let found = messages(&diagnostics)
            .iter()
            .any(|message| message.contains(said));
        assert!(found, "{old} {new}: {diagnostics:?}");
        if said.is_empty() {
            assert_eq!(diagnostics, whole, "{old} {new}");
        }
    }
    // Text that is changed again at once is not judged in between.
    for (old, new) in [("900/s", "1/s"), ("1/s,", "2/s,"), ("2/s", "900/s")] {
        editor.edit(&mut document, old, new);
    }
    assert_eq!(editor.diagnostics(&document), whole);
    let (other, close) = ("textDocument/didChange", "textDocument/didClose");
    editor.tell(other, &json!({"textDocument": {"uri": document.uri, "version": 90},
        "contentChanges": [{"range": {"start": {"line": 7000, "character": 9}, "end": {"line": 1, "character": 2}}, "text": "\nsession: {hints: 1}\n"}]}));
    document.version = 90;
    assert!(!editor.diagnostics(&document).is_empty());
    editor.tell(close, &json!({"textDocument": {"uri": document.uri}}));
    assert!(editor.diagnostics(&document).is_empty());
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn configurations_and_own_rules_are_looked_at_and_other_yaml_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder");
    written(&root, ".git/HEAD", "");
    let config = written(
        &root,
        "sysdrill.yaml",
        "rubrics: own\ndesigns: [architecture/*.yaml]\n",
    );
    let rules = written(&root, "own/general/acme.yaml", RULES);
    let mut editor = Editor::open(&root, &["utf-16"]);
    let other = editor.show(
        &root.join("docker-compose.yaml"),
        "services: {web: {image: x}\n",
    );
    let said = |editor: &mut Editor, document: &Document| {
        let diagnostics = editor.diagnostics(document);
        let first = diagnostics.first().expect("something");
        let line = first["range"]["start"]["line"].as_u64().expect("a line");
        format!("{line}: {}", first["message"].as_str().expect("a message"))
    };
    let text = "rubrics: own\nignore: [acme-has-no-owner]\n";
    let document = editor.show(&config, text);
    assert!(
        said(&mut editor, &document)
            .starts_with("1: `acme-has-no-owner` stands for no rule\nhelp: did you mean")
    );
    let mut document = editor.show(&rules, &RULES.replace("severity: minor", "severity: minro"));
    assert!(said(&mut editor, &document).starts_with("4: "));
    editor.edit(&mut document, "minro", "minor");
    assert!(editor.diagnostics(&document).is_empty());
    editor.edit(&mut document, "web -> db:postgres'", "web -> cdn'");
    assert!(said(&mut editor, &document).starts_with("14: "));
    // A design by who names it, and one by the mark in its text.
    std::fs::create_dir(root.join("architecture")).expect("a folder");
    let named = editor.show(&root.join("architecture/shop.yaml"), "title: no mark\n");
    assert!(said(&mut editor, &named).contains("not marked as a design"));
    let unsaved = Document {
        uri: "untitled:1".to_owned(),
        version: 1,
        text: String::new(),
    };
    editor.tell(
        "textDocument/didOpen",
        &json!({"textDocument":
        {"uri": unsaved.uri, "languageId": "yaml", "version": 1, "text": "# new\nsysdrill: 2\n"}}),
    );
    assert!(said(&mut editor, &unsaved).contains("unknown format `2`"));
    let huge = format!("sysdrill: 1\ntitle: {}\n", "x".repeat(2 << 20));
    let huge = editor.show(&root.join("huge.design.yaml"), &huge);
    assert!(said(&mut editor, &huge).contains("more than the limit"));
    let deep = format!("sysdrill: 1\ncomponents: {}", "[".repeat(50_000));
    let deep = editor.show(&root.join("deep.design.yaml"), &deep);
    assert!(said(&mut editor, &deep).contains("deep"));
    editor.tell(
        "textDocument/didClose",
        &json!({"textDocument": {"uri": other.uri}}),
    );
    assert_eq!(editor.ask("shutdown", &Value::Null), Value::Null);
    assert_eq!(
        editor.told("textDocument/publishDiagnostics"),
        0,
        "nothing of what is none of its business"
    );
}
