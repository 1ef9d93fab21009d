//! Graphs, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

fn drawn_of(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        shown::plain(diagram, |shape| shape.label.line())
    })
}

#[test]
fn a_graph_has_nodes_clusters_and_edges() {
    let text = "// links\nstrict digraph \"Links\" {\n# a line\n  rankdir=LR; node [shape=box]\n  edge [style=solid]\n  user [label=\"End user\\nweb\"];\n\
        subgraph cluster_app { label=\"App\"; graph [x=y]; api [label=<<b>API</b><br/>Go>]; db:port:n [shape=cylinder, label=\"Links \" + \"DB\"] }\n\
        /* db2 */ user -> api -> {db cache} [label=reads style=dashed]\n  {rank=same; user; api}\n  api -> db [dir=both]; a -> b [style=invis]\n  user -> db [lhead=cluster_app]\n}\n";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "End user web",
            "API Go in App",
            "Links DB as cylinder in App",
            "cache",
            "a",
            "b",
            "End user web ~> API Go reads",
            "API Go ~> Links DB reads",
            "API Go ~> cache reads",
            "API Go <-> Links DB",
            "End user web -> [App]",
        ]
    );
}

#[test]
fn records_defaults_and_lines_are_read() {
    let text = "graph{edge[dir=back]a[shape=record label=\"{<p>Orders|v2}\"]b[image=\"img/aws_lambda.png\",label=\"\"]a--b\"c -- d\"}";
    assert_eq!(
        drawn_of(text),
        ["Orders v2", "b", "c -- d", "Orders v2 <- b"]
    );
    assert_eq!(
        drawn_of("graph{a--b--c}"),
        ["a", "b", "c", "a -- b", "b -- c"]
    );
    let turned = "digraph { edge [dir=back] a -> b -> c }";
    assert_eq!(drawn_of(turned), ["a", "b", "c", "a -> b", "b -> c"]);
}

#[test]
fn what_is_no_graph_is_told() {
    for (text, expected) in [
        ("digraph { a -> }", "! no node where one should stand"),
        ("digraph { a -> b", "! `}` is missing"),
        ("digraph { a [label=\"x }", "! a text that does not end"),
        ("digraph { a [label=x", "! `]` is missing"),
        ("digraph { ( }", "! a sign that graphs do not have"),
        ("digraph", "! `{` is missing"),
    ] {
        assert_eq!(drawn_of(text), [expected], "{text}");
    }
    let deep = format!("digraph {}", "{".repeat(100));
    assert_eq!(drawn_of(&deep), ["! subgraphs nest more than 64 deep"]);
    assert!(!is_one("graph TD\nA --> B{x}"));
}

#[test]
fn a_graph_cut_anywhere_is_read_as_far_as_it_goes() {
    let text = "digraph g {subgraph cluster_a {label=<a<b>>; \"x\\\"\" -> {b;c}[a=b]}/* c */ a:b:c -- d // e\n}";
    for end in 0..=text.len() {
        read(&text[..end], &mut Issues::default());
        let _ = is_one(&text[end..]);
    }
}
