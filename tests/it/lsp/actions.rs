//! Cures that the editor applies: each is what its finding or mistake asks for, and leaves the rest of the text as it stands.

use serde_json::{Value, json};

use super::client::{Document, Editor};

const DESIGN: &str = "# 🏪 ours\nsysdrill: 1\ncomponents: # größer\n  web: client\n  api: {kind: service,   replicsa: 3} # two  spaces\n  \
    'größe': \"redis\"\nconnections:\n  - web -> api -> größe # stays\n  - größe -> store\n\
    flows: {save: {path: web -> api, kind: write, rate: 900/s, availability: 99.99%}}\n";

/// The titles of what can be done at a piece of the text, with the text afterwards.
fn actions(editor: &mut Editor, document: &Document, piece: &str) -> Vec<(String, String)> {
    let range = json!({"start": document.at(piece), "end": document.at(piece)});
    let asked = json!({"textDocument": {"uri": document.uri}, "range": range, "context": {"diagnostics": []}});
    let found = editor.ask("textDocument/codeAction", &asked);
    let found = found.as_array().expect("a list");
    let done = |action: &Value| {
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["diagnostics"][0]["source"], "sysdrill");
        let title = action["title"].as_str().expect("a title").to_owned();
        (title, document.edited(&action["edit"]))
    };
    found.iter().map(done).collect()
}

/// The text after the one action whose title begins so.
fn after(editor: &mut Editor, document: &Document, piece: &str, title: &str) -> String {
    let found = actions(editor, document, piece);
    let wanted = found.iter().find(|(found, _)| found.starts_with(title));
    let (_, text) = wanted.unwrap_or_else(|| panic!("{title}: {found:#?}"));
    text.clone()
}

#[test]
fn mistakes_are_mended_byte_by_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let mut document = editor.show(&folder.path().join("a.design.yaml"), DESIGN);
    let mended = after(&mut editor, &document, "replicsa", "Write `replicas`");
    assert_eq!(mended, DESIGN.replace("replicsa", "replicas"));
    editor.edit(&mut document, "replicsa", "replicas");
    let added = after(&mut editor, &document, "store\n", "Add `store: ");
    let (before, rest) = document.text.split_once("connections:").expect("a part");
    let word = added
        .strip_prefix(before)
        .and_then(|added| added.strip_suffix(&format!("connections:{rest}")));
    let word = word.expect("nothing else is changed").trim();
    assert!(word.starts_with("store: "), "{added}");
    editor.edit(
        &mut document,
        "connections:",
        &format!("  {word}\nconnections:"),
    );
    let diagnostics = editor.diagnostics(&document);
    assert!(
        diagnostics.iter().all(|one| one["code"].is_string()),
        "{diagnostics:#?}"
    );
    let only = json!({"textDocument": {"uri": document.uri}, "context": {"diagnostics": [], "only": ["refactor"]},
        "range": {"start": document.at("api: "), "end": document.at("api: ")}});
    assert_eq!(editor.ask("textDocument/codeAction", &only), json!([]));
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn findings_are_answered_or_accepted_with_a_reason_and_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let text = DESIGN
        .replace("replicsa", "replicas")
        .replace("größe -> store", "api -> db")
        .replace(
            "  'größe'",
            "  db: {tech: postgres, replicas: 1}\n  'größe'",
        )
        .replace("path: web -> api,", "path: web -> api -> db,");
    let document = editor.show(&folder.path().join("a.design.yaml"), &text);
    let diagnostics = editor.diagnostics(&document);
    let (mut accepted, mut answered) = (0, 0);
    for one in diagnostics.iter().filter(|one| one["severity"] != 4) {
        let rule = one["code"].as_str().expect("a rule");
        let line = one["range"]["start"].clone();
        let byte = document.byte(&line);
        let piece = document.text[byte..].to_owned();
        for (title, text) in actions(&mut editor, &document, &piece) {
            let is_acceptance = title.starts_with(&format!("Accept `{rule}`"));
            if !is_acceptance && !title.starts_with("State `") {
                continue;
            }
            let mut next = editor.show(&folder.path().join("next.design.yaml"), &text);
            if is_acceptance {
                assert_eq!(text.matches("reason: \"\"").count(), 1, "{text}");
                let refused = editor.diagnostics(&next);
                assert!(
                    refused.iter().any(|one| one["message"]
                        .as_str()
                        .is_some_and(|said| said.starts_with("accepted without a reason"))),
                    "{refused:?}"
                );
                editor.edit(&mut next, "reason: \"\"", "reason: agreed");
                accepted += 1;
            } else {
                answered += 1;
            }
            let left = editor.diagnostics(&next);
            let is_same =
                |other: &&Value| other["code"] == one["code"] && other["message"] == one["message"];
            let gone = !left.iter().any(|other| is_same(&other));
            assert!(!is_acceptance || gone, "{title}: {left:#?}");
            assert!(
                left.iter().all(|one| one["code"].is_string()),
                "{title}: {text}"
            );
        }
    }
    assert!(
        accepted >= 3 && answered >= 1,
        "{accepted} accepted, {answered} answered"
    );
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn an_acceptance_of_nothing_is_taken_out_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let text = "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\nallow:\n  \
        - {rule: no-such-rule, reason: old} # gone\n  - rule: no-such-rule-either\n    reason: old\ntitle: x\n";
    let mut document = editor.show(&folder.path().join("a.design.yaml"), text);
    let left = after(
        &mut editor,
        &document,
        "{rule: no-such",
        "Take this acceptance out",
    );
    assert_eq!(
        left,
        text.replace("  - {rule: no-such-rule, reason: old} # gone\n", "")
    );
    editor.edit(
        &mut document,
        "  - {rule: no-such-rule, reason: old} # gone\n",
        "",
    );
    let left = after(
        &mut editor,
        &document,
        "rule: no-such-rule-either",
        "Take this acceptance out",
    );
    assert_eq!(
        left,
        text.split("allow:").next().expect("a part").to_owned() + "title: x\n"
    );
    let config = "levle: mid\n";
    let config = editor.show(&folder.path().join("sysdrill.yaml"), config);
    assert_eq!(
        after(&mut editor, &config, "levle", "Write `level`"),
        "level: mid\n"
    );
    assert_eq!(editor.close(), Some(0));
}
