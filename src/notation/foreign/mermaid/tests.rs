//! Flowcharts, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

/// What a text draws: boxes with their frames, and arrows with their labels.
fn drawn(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        shown::plain(diagram, |shape| shape.label.name.clone())
    })
}

#[test]
fn a_flowchart_has_boxes_frames_and_arrows() {
    let text = "---\ntitle: Links\n---\n%% a comment\ngraph TD;\n  U([User]) --> LB{Load balancer}\n\
        subgraph app tier - stateless\n    LB -->|\"HTTP\"| A[\"API<br/>(Go)\"] & B[API 2]:::hot\n  end\n\
        A -- reads --> DB[(Links DB)]\n  B -. async .-> Q[[Queue]]\n  B ==> DB; A --- DB\n  A <--> C\n  classDef hot fill:#f00\n  style A fill:#fff\n";
    assert_eq!(
        drawn(text),
        [
            "User",
            "Load balancer in app tier - stateless",
            "API (Go) in app tier - stateless",
            "API 2 in app tier - stateless",
            "Links DB as cylinder",
            "Queue",
            "C",
            "User -> Load balancer",
            "Load balancer -> API HTTP",
            "Load balancer -> API 2 HTTP",
            "API -> Links DB reads",
            "API 2 ~> Queue async",
            "API 2 -> Links DB",
            "API -- Links DB",
            "API <-> C",
        ]
    );
}

#[test]
fn arrows_can_be_written_in_many_ways() {
    for (arrow, expected) in [
        ("-->", "A -> B"),
        ("---->", "A -> B"),
        ("-.->", "A ~> B"),
        ("-..->", "A ~> B"),
        ("==>", "A -> B"),
        ("--x", "A -> B"),
        ("<-->", "A <-> B"),
        ("<-.->", "A <-> B"),
        ("---", "A -- B"),
        ("-.-", "A -- B"),
        ("-- a-b to c -->", "A -> B a-b to c"),
        ("-- \"x: y\" -->", "A -> B x: y"),
        ("-. x .->", "A ~> B x"),
        ("== x ==>", "A -> B x"),
        ("-->|x y|", "A -> B x y"),
        ("--> |x|", "A -> B x"),
        ("-.->|\"x, y\"|", "A ~> B x, y"),
        ("-->\n", "A -> B"),
    ] {
        let lines = drawn(&format!("flowchart LR\nA {arrow} B"));
        assert_eq!(lines, ["A", "B", expected], "{arrow}");
        let close = drawn(&format!("flowchart LR\nA{arrow} B"));
        assert_eq!(close, lines, "A{arrow} B");
    }
    assert_eq!(drawn("graph LR\nA ~~~ B"), ["A", "B"]);
    assert_eq!(
        drawn("graph LR\nuser-db-->x.y"),
        ["user-db", "x.y", "user-db -> x.y"]
    );
}

#[test]
fn subgraphs_nest_and_take_arrows() {
    let text = "graph LR\nA --> one\nsubgraph one[\"First (x)\"]\n subgraph \"In (it)\"\n  B\n end\n C --> B\nend\nsubgraph two\nend\nC --> two\nclass A big\n";
    assert_eq!(
        drawn(text),
        [
            "A",
            "B in In (it)",
            "C in First (x)",
            "A -> [First (x)]",
            "C -> B",
            "C -> [two]"
        ]
    );
}

#[test]
fn labels_hold_brackets_and_words_of_the_notation() {
    let text = "graph TB\na[\"end (x) [y] --> z\"] --> b(f(x) and g)\nc[a / b]]\nend1 --> style2[Class; end]\nd@{ shape: cyl, label: \"Users\" }\nsubgraphs --> classes\n";
    assert_eq!(
        drawn(text),
        [
            "end (x) [y] --> z",
            "f(x) and g",
            "a / b",
            "end1",
            "Class; end",
            "Users as cylinder",
            "subgraphs",
            "classes",
            "end (x) [y] --> z -> f(x) and g",
            "end1 -> Class; end",
            "subgraphs -> classes",
        ]
    );
}

#[test]
fn what_is_no_flowchart_is_told_and_what_is_odd_is_left_out() {
    assert_eq!(
        drawn("sequenceDiagram\nA->>B: x"),
        ["! `sequenceDiagram` shows no components"]
    );
    assert_eq!(
        drawn("graph LR\nA --> B\nA --> \n!!\nB --> C"),
        [
            "A",
            "B",
            "C",
            "A -> B",
            "B -> C",
            "! a line that is not understood"
        ]
    );
    assert_eq!(drawn("graph LR"), [""; 0]);
    let both =
        "# Flow\n```mermaid\nsequenceDiagram\nA->>B: x\n```\n```mermaid\ngraph LR\nA-->B\n```\n";
    assert_eq!(drawn(both), ["A", "B", "A -> B"]);
}

#[test]
fn a_chart_cut_anywhere_is_read_as_far_as_it_goes() {
    let text = "---\ntitle: x\n---\nflowchart LR\nsubgraph a[\"b\"]\n A[(x)] -- y --> B{{\"z\"}} & C@{ shape: cyl }\nend\nA -.->|w| B:::c;\n";
    for end in 0..text.len() {
        read(&text[..end], &mut Issues::default());
        read(&text[end..], &mut Issues::default());
    }
}

#[test]
fn a_chart_of_c4_has_boxes_frames_and_arrows() {
    let text = "C4Container\n  title Links\n  %% a comment\n  Person(u, \"User\")\n  Container_Boundary(b, \"Links\") {\n    Container(api, \"API\", \"Go\")\n    ContainerDb(db, \"Links DB\")\n  }\n  what is this\n\n  Rel(u, api, \"Opens\")\n  Rel_Back(db, api, \"Reads\", \"TCP\")\n  UpdateLayoutConfig($c4ShapeInRow=\"3\")\n";
    assert_eq!(
        drawn(text),
        [
            "User as person",
            "API Go in Links",
            "Links DB as cylinder in Links",
            "User -> API Opens",
            "Links DB <- API Reads TCP",
            "! a line that is not understood",
        ]
    );
    let diagrams = read(text, &mut Issues::default());
    assert_eq!(diagrams[0].title.as_deref(), Some("Links"));
}

#[test]
fn an_architecture_has_services_groups_and_junctions() {
    let text = "architecture-beta\n  title Links\n  group eu(cloud)[EU region]\n  group data(database)[Data] in eu\n  service api(server)[API] in eu\n  service db(logos:aws-dynamodb)[Links] in data\n  service app(Mobile App)\n  service one-way\n  junction j in eu\n  junction k\n  app:R --> L:api\n  api:B <--> db:T\n  api{group}:R -[reads]-> L:one-way\n  app:R -- L:j\n  j:R -- L:k\n  k:R --> L:db\n  k:T --> B:one-way\n  api :R: db\n";
    assert_eq!(
        drawn(text),
        [
            "API in EU region",
            "Links in Data",
            "Mobile App",
            "one-way",
            " in EU region",
            "",
            "Mobile App -> API",
            "API <-> Links",
            "API -> one-way reads",
            "Mobile App -> Links",
            "Mobile App -> one-way",
            "! a line that is not understood",
        ]
    );
    let diagrams = read(text, &mut Issues::default());
    assert_eq!(diagrams[0].boxes[1].hint.as_deref(), Some("aws dynamodb"));
    assert_eq!(diagrams[0].frames[1].within, Some(0));
}

#[test]
fn more_arrows_than_are_read_are_an_error_and_not_left_out() {
    let names = |from: usize, many: usize| {
        let names: Vec<String> = (from..from + many).map(|at| format!("n{at}")).collect();
        names.join(" & ")
    };
    let chart = |many: usize| format!("graph LR\n{} --> {}\n", names(0, many), names(1000, 200));
    let complaints = |text: &str| {
        let told = drawn(text).into_iter();
        told.filter(|line| line.starts_with('!'))
            .collect::<Vec<_>>()
    };
    assert!(complaints(&chart(100)).is_empty());
    assert_eq!(complaints(&chart(101)), ["! more than 20000 arrows"]);
    let again = format!("{}n0 --> n1 --> n2\nn0 --> n3\n", chart(100));
    assert_eq!(complaints(&again), ["! more than 20000 arrows"]);
}
