//! Boards, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

/// What is drawn: the title, boxes, arrows, texts beside them and complaints.
fn drawn_of(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        let shown = shown::in_full(diagram, |shape| shape.label.line());
        let remarks = diagram.remarks.iter().map(|text| format!("# {text}"));
        shown.into_iter().chain(remarks).collect()
    })
}

#[test]
fn boxes_lie_in_boxes_and_are_connected() {
    let text = "# links\ndirection: right\n\"\"\"\na: remark\n\"\"\"\nuser: End user {shape: person}\n\
        app: App {\n  api: \"API\\nGo\"; 'web.site' {\n    style.multiple: true\n  }\n  api -> _.store.db: reads {style.stroke-dash: 3}\n}\n\
        store.db: Links DB\nSTORE.db.shape: cylinder\nstore.Jobs {shape: queue}\n\
        user -> app.\"web.site\" -> app.api: HTTPS\napp.api <-> store.jobs\nstore.jobs -- app # line\nuser<-app.api: \"says: hi\"\n";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "End user as person",
            "API Go in App",
            "web.site in App x2",
            "Links DB as cylinder in store",
            "Jobs as queue in store",
            "API Go ~> Links DB reads",
            "End user -> web.site HTTPS",
            "web.site -> API Go HTTPS",
            "API Go <-> Jobs",
            "Jobs -- [App]",
            "End user <- API Go says: hi",
        ]
    );
}

#[test]
fn what_is_said_later_and_of_classes_and_names_counts() {
    let text = "vars: {team: Links; deep: {name: Redis}}\nclasses: {db: {shape: cylinder; style: {stroke-dash: 0}}; later.style.stroke-dash: 5}\n\
        a: ${team} API\nb: ${deep.name} ${none} {class: [other; db]; icon: https://icons.example/dev%2Fredis-logo.svg}\n\
        a -> b: {class: later}\na -> b: two\na -> c\na -> d\n(a -> b)[0]: first\n(a -> b)[1].style.stroke-dash: 3\n(a -> c)[*]: {style.opacity: 0}\n\
        (a -> b)[2]: x\nd: null\nbox.(e -> f)[0].label: nothing\n(a -> d)[0]: null\nx: {style.opacity: 0}\n";
    assert_eq!(
        drawn_of(text),
        [
            "Links API",
            "Redis ${none} as cylinder <redis logo>",
            "c",
            "e in box",
            "f in box",
            "Links API ~> Redis ${none} first",
            "Links API ~> Redis ${none} two",
            "! there is no such connection",
            "! there is no such connection",
        ]
    );
}

#[test]
fn texts_columns_and_pictures_are_no_boxes() {
    let text = "name: |md\n  # Links\n| {near: top-center}\nlegend: Legend {near: bottom-right; s -> t: sync}\nhub: Hub {near: top-left}\nhub -> orders.user\n\
        orders: {shape: sql_table; id: int {constraint: primary_key}; user: int}\nnote: Be quick {shape: text}\n\
        tools: Tools {a: |md\n    - lists `x`\n    - counts\n  |\n}\ngo: Engine {icon: {shape: image; icon: ./go.svg}; pic: {shape: image; icon: ./rust.svg}}\n\
        db: Store {shape: cylinder; t1: rows}\nmix: {why: |md because |; app: ||md\n  ### App | x\n  Runs\n|| }\nhub -> go\ngo -> db\n";
    assert_eq!(
        drawn_of(text),
        [
            "= Links",
            "Hub",
            "orders as cylinder",
            "Tools lists x counts",
            "Engine pic <rust>",
            "Store rows as cylinder",
            "App | x Runs in mix",
            "Hub -> orders",
            "Hub -> Engine pic",
            "Engine pic -> Store rows",
            "# Legend",
            "# Be quick",
            "# because",
        ]
    );
}

#[test]
fn what_is_left_out_is_told() {
    let text = "...@shared\n...${x}\na: @other\na -> b\n*.style.fill: red\n*.shape: queue\n* -> b\n(* -> *)[*].style.stroke: red\n**: {&shape: x; shape: person}\n\
        layers: {x: {y}}\n-> b\n}\nc: x y\"z\" {d} e\n_: up\n";
    assert_eq!(
        drawn_of(text),
        [
            "a",
            "b",
            "a -> b",
            "! `...@shared` is left out: what it stands for is not in this text",
            "! `...${x}` is left out: what it stands for is not in this text",
            "! `@other` is left out: what it stands for is not in this text",
            "! a pattern is left out: write it for each box",
            "! a pattern is left out: write it for each box",
            "! a pattern is left out: write it for each box",
            "! `layers` are left out: they are pictures of their own",
            "! a line that is not understood",
            "! a line that is not understood",
            "! a line that is not understood",
        ]
    );
}

#[test]
fn what_is_no_board_is_told() {
    for (text, expected) in [
        ("a: {b", "! `}` is missing"),
        ("a: \"b", "! a text that does not end"),
        ("'a", "! a text that does not end"),
        ("a: |md x", "! a text between bars that does not end"),
        ("a.class: [x; y", "! a list that does not end"),
        ("\"\"\" a", "! a remark that does not end"),
        (
            "shape: sequence_diagram\na -> b",
            "! a sequence diagram shows who says what in turn, and no components",
        ),
    ] {
        assert_eq!(drawn_of(text), [expected], "{text}");
    }
    let deep = "a: {".repeat(100);
    assert_eq!(drawn_of(&deep), ["! braces nest more than 64 deep"]);
    let row = "a -> ".repeat(300);
    assert_eq!(drawn_of(&row), ["! more than 256 connections in a row"]);
    let path = "a.".repeat(100) + "b";
    assert_eq!(drawn_of(&path)[1], "! boxes nest more than 32 deep");
}

#[test]
fn only_its_own_texts_are_boards() {
    for text in [
        "a -> b: {style.opacity: 1}\nx: {shape: person}",
        "vars: {x: 1}\na <- b",
    ] {
        assert!(is_one(text), "{text}");
    }
    for text in [
        "Use a -> b to say so: it is shorter. Then go on.",
        "A -> B : hello",
        "@startuml\nA -> B\nclass: x\n@enduml",
        "digraph { a -> b [shape=box]; direction: x }",
        "flowchart LR\n  a --> b\n  style a fill:#fff",
        "workspace {\n  a -> b \"label: x\"\n  class: y\n}",
        "connections:\n  - a -> b\nclass: x",
        "a -> b\nshape: {",
    ] {
        assert!(!is_one(text), "{text}");
    }
}

#[test]
fn a_board_cut_anywhere_is_read_as_far_as_it_goes() {
    let text = "a: \"x\\\"\" {b.'c': |`md \u{e9} `| {near: top-left}; _.d -> b: ${e} f\\\n g}\n(a -> b)[*].style: {x: [1; \"2\"]}\n...@z\n\"\"\" r \"\"\" k # c\n&f: 1";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        read(&text[..end], &mut Issues::default());
        let _ = is_one(&text[end..]);
    }
}
