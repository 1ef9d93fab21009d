//! Help with writing: proposals, what is known of a word, where names stand, another name; in texts that are broken as a
//! text is while it is written, and beyond ASCII.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use sysdrill::catalog::Catalog;
use sysdrill::editor::Draft;
use sysdrill::report::Document;
use sysdrill::source::Span;

use super::client::{self, Editor};
use crate::same_cases;

const DESIGN: &str = "sysdrill: 1\ntitle: Läden 🏪\ncomponents:\n  web: client\n  🏪: x\n  api: {kind: service, replicas: 3}\n  \
    größe: {tech: redis}\nconnections:\n  - web -> api -> größe # 🏪\n  - {from: api, to: größe}\n\
    flows: {öffnen: {path: web -> api -> größe, rate: 90/s}}\ndecisions: [größe over disks because fast]\n";

/// The labels that are proposed where the text has a mark, which is taken out.
fn proposed(
    editor: &mut Editor,
    document: &mut client::Document,
    old: &str,
    marked: &str,
) -> Vec<(String, Value)> {
    let typed = marked.replace('¦', "");
    editor.edit(document, old, &typed);
    let before = marked.split('¦').next().expect("a mark");
    let start = document.text.find(&typed).expect("the text");
    let position = document.position(start + before.len());
    let list = editor.ask(
        "textDocument/completion",
        &json!({"textDocument": {"uri": document.uri}, "position": position}),
    );
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let item = |item: &Value| {
        assert_eq!(
            item["textEdit"]["range"]["end"],
            position_or_later(&item["textEdit"]["range"]["end"], &position)
        );
        (
            item["label"].as_str().expect("a label").to_owned(),
            item["textEdit"].clone(),
        )
    };
    items.iter().map(item).collect()
}

/// An edit ends where something is typed, or behind it on the same line.
fn position_or_later(end: &Value, typed: &Value) -> Value {
    let column = |at: &Value| at["character"].as_u64();
    assert!(
        end["line"] == typed["line"] && column(end) >= column(typed),
        "{end} {typed}"
    );
    end.clone()
}

#[test]
fn a_text_is_gone_on_with_while_it_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let mut document = editor.show(&folder.path().join("a.design.yaml"), DESIGN);
    for (old, marked, label) in [
        ("  🏪: x", "  🏪: {tech: red¦", "redis"),
        ("  🏪: {tech: red", "  🏪: {tech: redis, strat¦", "strategy"),
        (
            "  🏪: {tech: redis, strat",
            "  🏪: {tech: redis, strategy: ¦",
            "cache_aside",
        ),
        ("größe # 🏪", "größe -> ¦", "api"),
        ("{from: api, to: größe}", "{from: api, to: grö¦", "größe"),
        ("rate: 90/s}}", "lat¦", "latency"),
        (
            "decisions: [",
            "allow: [{rule: store-on-one¦\ndecisions: [",
            "store-on-one-machine",
        ),
    ] {
        let found = proposed(&mut editor, &mut document, old, marked);
        let item = found.iter().find(|(found, _)| found == label);
        let (_, edit) = item.unwrap_or_else(|| panic!("{marked}: {found:?}"));
        let side = |side: &str| document.byte(&edit["range"][side]);
        let replaced = &document.text[side("start")..side("end")];
        assert!(label.starts_with(replaced), "{marked}: {replaced}");
    }
    let other = editor.show(&folder.path().join("other.yaml"), "serv\n");
    let nothing = editor.about("textDocument/completion", &other, "serv", 4);
    assert_eq!(nothing, Value::Null);
    assert_eq!(
        editor.about("textDocument/hover", &other, "serv", 1),
        Value::Null
    );
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn a_component_is_known_wherever_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let text = DESIGN.replace("  🏪: x\n", "");
    let document = editor.show(&folder.path().join("a.design.yaml"), &text);
    let definition = json!({"uri": document.uri, "range": {"start": document.at("größe: {"), "end": document.at(": {tech: redis}")}});
    for piece in [
        "größe: {",
        "größe # ",
        "größe}\nflows",
        "größe, rate",
        "größe over",
    ] {
        let hover = editor.about("textDocument/hover", &document, piece, 2);
        let card = hover["contents"]["value"].as_str().expect("a card");
        assert!(card.starts_with("**größe** (redis, cache)"), "{card}");
        assert!(
            card.contains("- load: 90/s") && card.contains("- flows: öffnen"),
            "{card}"
        );
        assert_eq!(hover["contents"]["kind"], "markdown");
        assert_eq!(hover["range"]["start"], document.at(piece));
        let found = editor.about("textDocument/definition", &document, piece, 1);
        assert_eq!(found, definition, "{piece}");
    }
    assert_eq!(editor.close(), Some(0));
}

#[test]
fn a_component_is_found_and_named_anew_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut editor = Editor::open(folder.path(), &["utf-16"]);
    let text = DESIGN.replace("  🏪: x\n", "");
    let document = editor.show(&folder.path().join("a.design.yaml"), &text);
    let uses = |editor: &mut Editor, with: bool| {
        let asked = json!({"textDocument": {"uri": document.uri}, "position": document.at("größe # "),
            "context": {"includeDeclaration": with}});
        editor
            .ask("textDocument/references", &asked)
            .as_array()
            .map(Vec::len)
    };
    assert_eq!(
        (uses(&mut editor, true), uses(&mut editor, false)),
        (Some(4), Some(3))
    );
    let prepared = editor.about("textDocument/prepareRename", &document, "größe, rate", 3);
    assert_eq!(prepared["placeholder"], "größe");
    assert_eq!(
        editor.about("textDocument/prepareRename", &document, "title", 1),
        Value::Null
    );
    let rename = |name: &str| json!({"textDocument": {"uri": document.uri}, "position": document.at("größe # "), "newName": name});
    let edit = editor.ask("textDocument/rename", &rename("maße"));
    let edited = document.edited(&edit);
    assert_eq!(
        edited,
        text.replace("größe", "maße")
            .replace("maße over", "größe over")
    );
    let taken = editor.answer("textDocument/rename", &rename("web"));
    assert_eq!(taken["error"]["code"], -32803, "{taken}");
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        &json!({"textDocument": {"uri": document.uri}}),
    );
    let names = symbols
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["name"].as_str().expect("a name"));
    assert_eq!(
        names.collect::<Vec<_>>(),
        [
            "sysdrill",
            "title",
            "components",
            "connections",
            "flows",
            "decisions"
        ]
    );
    assert_eq!(symbols[2]["children"][2]["detail"], "redis");
    assert_eq!(editor.close(), Some(0));
}

/// What somebody may type.
const PIECES: &[&str] = &[
    "", "{", "[", "- ", ": ", "\"", "'", " -> ", "|", "\n", "\n  x: ", "é🏪", "#", "&a *a", "\t",
];

/// A reference as somebody may leave it while he writes: cut off, with something else in its middle.
fn texts() -> impl Strategy<Value = (String, usize)> {
    let all = &Catalog::embedded().references;
    (
        0..all.len(),
        any::<Index>(),
        any::<Index>(),
        select(PIECES),
        any::<bool>(),
    )
        .prop_map(|(which, from, to, piece, cut)| {
            let text = &all[which].text;
            let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let (from, to) = (*from.get(&bytes), *to.get(&bytes));
            let (from, to) = (from.min(to), from.max(to));
            let rest = if cut { "" } else { &text[to..] };
            (
                format!("{}{piece}{rest}", &text[..from]),
                from + piece.len(),
            )
        })
}

proptest! {
    #![proptest_config(same_cases(48))]

    /// Whatever is asked where somebody writes is answered, with spans of that very text.
    #[test]
    fn whatever_is_typed_the_editor_is_answered((text, byte) in texts()) {
        let draft = Draft::new(&text, Document::Design, Catalog::embedded());
        let lies_in_it = |span: Span| text.get(span.start..span.end).is_some();
        if let Some(proposals) = draft.proposals(byte) {
            prop_assert!(lies_in_it(proposals.replaced) && proposals.replaced.start <= byte && byte <= proposals.replaced.end);
        }
        if let Some((span, _)) = draft.hover(byte, None) {
            prop_assert!(lies_in_it(span));
        }
        prop_assert!(draft.mentions().iter().all(|mention| lies_in_it(mention.span)));
        for entry in draft.outline() {
            prop_assert!(lies_in_it(entry.whole) && entry.whole.start <= entry.head.start && entry.head.end <= entry.whole.end);
        }
    }
}
