//! Diagrams of other tools: the same system drawn in each of them is the same design, and what the program draws itself is read
//! back as it was.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use sysdrill::catalog::Catalog;
use sysdrill::drawing::{Draw, Picture, drawing};
use sysdrill::model::{Attribute, Design, Vocabulary};
use sysdrill::notation::design;
use sysdrill::notation::foreign::{NOTATIONS, notation, notation_of, translate};
use sysdrill::notation::yaml::Limits;
use sysdrill::source::Issues;

fn vocabulary() -> &'static Vocabulary {
    &Catalog::embedded().knowledge.vocabulary
}

fn sysdrill(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sysdrill"))
        .current_dir(folder)
        .env_clear()
        .args(arguments)
        .output()
        .expect("an end")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// The design of the only diagram of a text.
fn imported(format: &str, text: &str) -> Design {
    let mut issues = Issues::default();
    let diagrams = (notation(format).expect(format).read)(text, &mut issues);
    assert!(issues.is_empty(), "{format}: {:?}", issues.into_sorted());
    let [diagram] = diagrams.as_slice() else {
        panic!("{format}: one diagram, and not {diagrams:?}");
    };
    translate(diagram, vocabulary()).design
}

/// What is drawn, by the names that people see: components with what they are and how many, and calls.
fn drawn(design: &Design) -> BTreeSet<String> {
    let name = |at: usize| {
        let component = &design.components[at];
        let shown = component
            .title
            .as_ref()
            .unwrap_or(&component.id)
            .to_lowercase();
        shown
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let components = design.components.iter().enumerate().map(|(at, component)| {
        let kind = &vocabulary().kinds.info(component.kind).id;
        let tech = component
            .tech
            .map(|tech| vocabulary().technologies.info(tech).id.as_str());
        let replicas = component.attributes.count(Attribute::Replicas).unwrap_or(1);
        format!("{}: {kind} {} x{replicas}", name(at), tech.unwrap_or("-"))
    });
    let calls = design.connections.iter().map(|one| {
        let arrow = if one.asynchronous { "~>" } else { "->" };
        format!("{} {arrow} {}", name(one.from), name(one.to))
    });
    components.chain(calls).collect()
}

/// The same system in notations that people type: the name of each, a name of a file, and the drawing.
const WRITTEN: &[(&str, &str, &str)] = &[
    (
        "mermaid",
        "links.mmd",
        "flowchart LR\n  user([User]) --> lb[Load balancer<br/>nginx]\n  lb --> api1[API 1] & api2[API 2]\n  api1 & api2 --> db[(Links DB<br/>Cassandra, 6 nodes)]\n  api1 & api2 -.-> clicks[\"Clicks (Kafka)\"]\n",
    ),
    (
        "dot",
        "links.gv",
        "digraph {\n  user [label=User]; lb [label=\"Load balancer\\nnginx\"]\n  api1 [label=\"API 1\"]; api2 [label=\"API 2\"]\n  db [shape=cylinder, label=\"Links DB\\nCassandra, 6 nodes\"]\n  clicks [label=\"Clicks (Kafka)\"]\n  user -> lb -> {api1 api2} -> db\n  {api1 api2} -> clicks [style=dashed]\n}\n",
    ),
    (
        "d2",
        "links.d2",
        "user: User\nlb: Load balancer\\nnginx\napi1: API 1\napi2: API 2\ndb: Links DB\\nCassandra, 6 nodes {shape: cylinder}\nclicks: \"Clicks (Kafka)\"\nuser -> lb\nlb -> api1 -> db\nlb -> api2 -> db\napi1 -> clicks: {style.stroke-dash: 3}\napi2 -> clicks: {style.stroke-dash: 3}\n",
    ),
    (
        "mermaid",
        "links.mmd",
        "C4Container\n  Person(user, \"User\")\n  Container(lb, \"Load balancer\", \"nginx\")\n  Container(api1, \"API 1\")\n  Container(api2, \"API 2\")\n  ContainerDb(db, \"Links DB\", \"Cassandra, 6 nodes\")\n  ContainerQueue(clicks, \"Clicks (Kafka)\")\n  Rel(user, lb, \"\")\n  Rel(lb, api1, \"\")\n  Rel(lb, api2, \"\")\n  Rel(api1, db, \"\")\n  Rel_Back(db, api2, \"\")\n  Rel(api1, clicks, \"Adds\", \"async\")\n  Rel(api2, clicks, \"Adds\", \"async\")\n",
    ),
    (
        "plantuml",
        "links.puml",
        "@startuml\nactor User as user\nrectangle \"Load balancer\\nnginx\" as lb\n[API 1] as api1\n[API 2] as api2\ndatabase \"Links DB\\nCassandra, 6 nodes\" as db\nqueue \"Clicks (Kafka)\" as clicks\nuser --> lb\nlb -down-> api1\nlb -down-> api2\napi1 --> db\ndb <-- api2\napi1 ..> clicks\napi2 ..> clicks\n@enduml\n",
    ),
    (
        "structurizr",
        "links.dsl",
        "workspace {\n  model {\n    user = person \"User\"\n    links = softwareSystem \"Links\" {\n      lb = container \"Load balancer\" \"\" \"nginx\"\n      api1 = container \"API 1\"\n      api2 = container \"API 2\"\n      db = container \"Links DB\" \"\" \"Cassandra, 6 nodes\"\n      clicks = container \"Clicks (Kafka)\"\n    }\n    user -> lb\n    lb -> api1\n    lb -> api2\n    api1 -> db\n    api2 -> db\n    api1 -> clicks \"\" \"\" \"Asynchronous\"\n    api2 -> clicks \"\" \"\" \"Asynchronous\"\n  }\n}\n",
    ),
    (
        "likec4",
        "links.c4",
        "specification {\n  element actor { style { shape person } }\n  element system\n  element part\n  relationship async { line dashed }\n}\nmodel {\n  user = actor 'User'\n  links = system 'Links' {\n    lb = part 'Load balancer' { technology 'nginx' }\n    api1 = part 'API 1'\n    api2 = part 'API 2'\n    db = part 'Links DB' '' 'Cassandra, 6 nodes'\n    clicks = part 'Clicks (Kafka)'\n    lb -> api1\n    lb -> api2\n    api1 -> db\n    api2 -> db\n    api1 -[async]-> clicks\n    api2 -[async]-> clicks\n  }\n  user -> links.lb\n}\n",
    ),
];

/// Boxes of the same system on a board: what is written on them.
const BOXES: [&str; 6] = [
    "User",
    "Load balancer\nnginx",
    "API 1",
    "API 2",
    "Links DB\nCassandra, 6 nodes",
    "Clicks (Kafka)",
];

/// Its arrows, and whether they are dashed.
const ARROWS: [(i32, i32, bool); 7] = [
    (0, 1, false),
    (1, 2, false),
    (1, 3, false),
    (2, 4, false),
    (3, 4, false),
    (2, 5, true),
    (3, 5, true),
];

/// Where a box stands on a board.
fn place(at: i32) -> (i32, i32) {
    (300 * at, 200 * (at % 3))
}

/// The same system drawn in Excalidraw.
fn excalidraw() -> String {
    let boxes = (0..).zip(BOXES).flat_map(|(at, text)| {
        let (x, y) = place(at);
        let shape = serde_json::json!({"id": format!("b{at}"), "type": "rectangle", "x": x, "y": y, "width": 160, "height": 80,
            "boundElements": [{"id": format!("t{at}"), "type": "text"}]});
        let text = serde_json::json!({"id": format!("t{at}"), "type": "text", "x": x + 10, "y": y + 10, "width": 100, "height": 50,
            "text": text, "originalText": text, "containerId": format!("b{at}")});
        [shape, text]
    });
    let arrows = ARROWS.iter().enumerate().map(|(at, (from, to, is_dashed))| {
        let ((x, y), (end_x, end_y)) = (place(*from), place(*to));
        serde_json::json!({"id": format!("a{at}"), "type": "arrow", "x": x + 160, "y": y + 40, "width": 100, "height": 100,
            "points": [[0, 0], [end_x - x - 160, end_y - y]], "endArrowhead": "arrow",
            "strokeStyle": if *is_dashed { "dashed" } else { "solid" },
            "startBinding": {"elementId": format!("b{from}")}, "endBinding": {"elementId": format!("b{to}")}})
    });
    let elements: Vec<serde_json::Value> = boxes.chain(arrows).collect();
    serde_json::json!({"type": "excalidraw", "version": 2, "elements": elements}).to_string()
}

/// The same system drawn in draw.io.
fn drawio() -> String {
    let boxes = (0..).zip(BOXES).map(|(at, text)| {
        let (x, y) = place(at);
        let text = text.replace('\n', "&lt;br&gt;");
        format!("<mxCell id=\"b{at}\" value=\"{text}\" style=\"rounded=1;html=1;\" vertex=\"1\" parent=\"1\"><mxGeometry x=\"{x}\" y=\"{y}\" width=\"160\" height=\"80\" as=\"geometry\"/></mxCell>")
    });
    let arrows = ARROWS.iter().enumerate().map(|(at, (from, to, is_dashed))| {
        let dashed = u8::from(*is_dashed);
        format!("<mxCell id=\"a{at}\" style=\"dashed={dashed};\" edge=\"1\" parent=\"1\" source=\"b{from}\" target=\"b{to}\"><mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>")
    });
    let cells: String = boxes.chain(arrows).collect();
    format!(
        "<mxfile><diagram name=\"Page-1\"><mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>{cells}</root></mxGraphModel></diagram></mxfile>"
    )
}

#[test]
fn the_same_system_is_the_same_design_in_every_notation() {
    let expected = [
        "user: client - x1",
        "loadbalancer: load_balancer nginx x1",
        "api: service - x2",
        "linksdb: wide_column_db cassandra x6",
        "clicks: event_stream kafka x1",
        "user -> loadbalancer",
        "loadbalancer -> api",
        "api -> linksdb",
        "api ~> clicks",
    ];
    let expected: BTreeSet<String> = expected.map(str::to_owned).into();
    let (board, page) = (excalidraw(), drawio());
    let drawings = [
        ("excalidraw", "links.excalidraw", board.as_str()),
        ("drawio", "links.drawio", page.as_str()),
    ];
    let same = [WRITTEN, &drawings].concat();
    for (format, file, text) in &same {
        assert_eq!(drawn(&imported(format, text)), expected, "{format}");
        assert_eq!(
            notation_of(file, text).map(|it| it.name),
            Some(*format),
            "by its text"
        );
        assert_eq!(
            notation_of(file, "").map(|it| it.name),
            Some(*format),
            "by its name"
        );
    }
    let compose = "services:\n  api: {image: example/api, depends_on: [cache], environment: {DB: \"cassandra://links:9042\"}, scale: 3}\n  cache: {image: \"redis:8\"}\n  links: {image: cassandra}\n";
    let expected = [
        "api: service - x3",
        "cache: cache redis x1",
        "links: wide_column_db cassandra x1",
        "api -> cache",
        "api -> links",
    ];
    assert_eq!(
        drawn(&imported("compose", compose)),
        expected.map(str::to_owned).into()
    );
}

#[test]
fn things_of_c4_are_what_their_macros_and_technologies_say() {
    let text = "@startuml\nPerson(agent, \"Service Agent\", \"Answers calls\")\nSystem_Ext(mail, \"Post System\", \"Sends mail\")\nSystem_Ext(pay, \"Stripe\")\nContainer(a, \"Links\", \"Go\", \"Redis holds no part of it\")\nContainer(b, \"Hot links\", \"\", \"Redis cluster, in front of the database\")\n@enduml";
    let design = imported("plantuml", text);
    let kinds = design.components.iter().map(|one| {
        let tech = one.tech_text.as_deref().unwrap_or("-");
        format!(
            "{}: {} {tech}",
            one.id,
            vocabulary().kinds.info(one.kind).id
        )
    });
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [
            "service-agent: client -",
            "post-system: external_service -",
            "stripe: payment_provider stripe",
            "links: service golang",
            "hot-links: cache redis",
        ]
    );
}

#[test]
fn what_is_drawn_here_is_read_back() {
    let catalog = Catalog::embedded();
    for reference in &catalog.references {
        let reading = design::read(&reference.text, vocabulary(), &Limits::default());
        for format in ["mermaid", "dot"] {
            let Draw::Text(draw) = drawing(format).expect(format).draw else {
                panic!("{format} is text");
            };
            let text = draw(&Picture::plain(&reading.design, vocabulary())).expect("a picture");
            let mut back = imported(format, &text);
            // A title can name what the design does not say to use.
            for (one, other) in back.components.iter_mut().zip(&reading.design.components) {
                one.tech = one.tech.filter(|_| other.tech.is_some());
            }
            assert_eq!(
                drawn(&back),
                drawn(&reading.design),
                "{} of {} as {format}",
                reference.name,
                reference.problem
            );
            let written = design::write(&back, vocabulary());
            let again = design::read(&written, vocabulary(), &Limits::default());
            assert!(again.issues.is_empty(), "{written}\n{:?}", again.issues);
        }
    }
}

#[test]
fn calls_beside_each_other_and_signs_in_groups_are_read_back() {
    let text = "sysdrill: 1\ncomponents: {web: client, api: {kind: service, group: 'a&b; c'}, db: postgres}\n\
        connections: [web -> api -> db, api ~> db]\n";
    let design = design::read(text, vocabulary(), &Limits::default()).design;
    for format in ["mermaid", "dot"] {
        let Draw::Text(draw) = drawing(format).expect(format).draw else {
            panic!("{format} is text");
        };
        let text = draw(&Picture::plain(&design, vocabulary())).expect("a picture");
        let back = imported(format, &text);
        assert_eq!(drawn(&back), drawn(&design), "{text}");
        assert_eq!(back.connections.len(), 3, "{text}");
        assert_eq!(
            back.components[1].group.as_deref(),
            Some("a&b; c"),
            "{text}"
        );
    }
}

#[test]
fn arrows_that_are_all_dashed_are_told() {
    for text in [
        "flowchart LR\n  web -.-> q[(Kafka)] -.-> w -.-> s\n",
        "digraph { edge [style=dashed]; web -> q; q -> w; w -> s }",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let format = if text.starts_with("digraph") {
            "dot"
        } else {
            "mermaid"
        };
        std::fs::write(folder.path().join("a.txt"), text).expect("written");
        let output = sysdrill(folder.path(), &["import", "a.txt", "--from", format]);
        assert!(
            err(&output).contains("all arrows are dashed") && err(&output).contains("write `~>`"),
            "{output:?}"
        );
    }
}

#[test]
fn a_line_below_a_name_says_how_many_there_are() {
    let by = |line: &str| format!("flowchart LR\n  a[API] --> b[\"Postgres<br/>{line}\"]\n");
    for line in ["x3", "\u{d7}3", "3x", "(x3)", "3 nodes"] {
        let design = imported("mermaid", &by(line));
        let written = design::write(&design, vocabulary());
        assert!(
            written.contains("replicas: 3}") && !written.contains("notes"),
            "{line}: {written}"
        );
    }
}

#[test]
fn a_number_that_tells_copies_apart_names_no_product() {
    let text =
        "flowchart LR\n  web[Web] --> api[API]\n  api --> one[(db1)]\n  api --> two[(db2)]\n";
    let design = imported("mermaid", text);
    let db = design.components.last().expect("a database");
    assert_eq!(design.components.len(), 3, "{:?}", design.components);
    assert_eq!((db.id.as_str(), db.tech), ("db", None));
    assert_eq!(db.attributes.count(Attribute::Replicas), Some(2));
    // Nor where nothing is known of those beside it.
    let text = "flowchart LR\n  lb[LB] --> s1 & s2 & s3\n  s1 & s2 & s3 --> db[(DB)]\n";
    let design = imported("mermaid", text);
    let servers: Vec<_> = design
        .components
        .iter()
        .map(|it| {
            (
                it.id.as_str(),
                it.tech,
                it.attributes.count(Attribute::Replicas),
            )
        })
        .filter(|(id, ..)| id.starts_with('s'))
        .collect();
    assert_eq!(servers, [("s", None, Some(3))]);
}

#[test]
fn every_notation_is_documented_and_drawn_in_a_test() {
    let docs =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/importing.md"))
            .expect("the page");
    let tried = WRITTEN.iter().map(|(name, ..)| *name);
    let tried: Vec<&str> = tried.chain(["excalidraw", "drawio", "compose"]).collect();
    for notation in NOTATIONS {
        assert!(
            tried.contains(&notation.name),
            "{} is in no test here",
            notation.name
        );
        let ends: Vec<String> = notation
            .ends
            .iter()
            .map(|end| format!("`.{end}`"))
            .collect();
        let row = format!(
            "| `{}` | {} ({}) |",
            notation.name,
            notation.doc,
            ends.join(", ")
        );
        assert!(docs.contains(&row), "docs/importing.md lacks {row}");
    }
}

#[test]
fn a_diagram_becomes_a_file_and_what_was_taken_for_granted_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "# Plan\n```mermaid\ngraph LR\na[Thing] --> b[API]\n```\n## Rest\n```mermaid\ngraph LR\nx[User] --> y[API] --> z[Kafka / Pulsar]\n!\n```\n";
    std::fs::write(folder.path().join("plan.md"), text).expect("written");
    let output = sysdrill(
        folder.path(),
        &[
            "import",
            "plan.md",
            "--problem",
            "chat",
            "-o",
            "a.design.yaml",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let made = std::fs::read_to_string(folder.path().join("a.design.yaml")).expect("a design");
    assert_eq!(
        made,
        "sysdrill: 1\nproblem: chat\ntitle: Rest\n\ncomponents:\n  user: client\n  api: service\n  kafka-pulsar: kafka\n\nconnections:\n  - user -> api -> kafka-pulsar\n"
    );
    let told = err(&output);
    for line in [
        "plan.md: 3 components and 2 connections of diagram 2 of 2",
        "plan.md:3: diagram 1: Plan, 1 arrow",
        "plan.md:9: `Kafka / Pulsar` is taken for Apache Kafka: it names Apache Pulsar as well",
        "plan.md:10: a line that is not understood",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    let first = sysdrill(folder.path(), &["import", "plan.md", "--diagram", "1"]);
    assert!(
        err(&first).contains("plan.md:4: `Thing` is taken for"),
        "{first:?}"
    );
    let again = sysdrill(folder.path(), &["import", "plan.md", "-o", "a.design.yaml"]);
    assert_eq!(again.status.code(), Some(2), "nothing is written over");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.design.yaml")).expect("a design"),
        made
    );
}

#[test]
fn what_can_not_be_read_is_told_with_its_cure() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text, arguments, complaint) in [
        ("a.txt", "hello", &[][..], "a.txt: no diagram that is known"),
        ("a.mmd", "graph LR\n", &[], "nothing is drawn there"),
        (
            "b.mmd",
            "sequenceDiagram\n",
            &[],
            "`sequenceDiagram` shows no components",
        ),
        (
            "a.dot",
            "digraph { a -> }",
            &[],
            "no node where one should stand",
        ),
        (
            "c.mmd",
            "graph LR\na --> b",
            &["--diagram", "2"],
            "there is no diagram 2",
        ),
        (
            "c.mmd",
            "graph LR\na --> b",
            &["--problem", "chatt"],
            "unknown problem `chatt`",
        ),
        (
            "c.mmd",
            "graph LR\na --> b",
            &["--from", "visio"],
            "invalid value 'visio'",
        ),
        (
            "compose.yaml",
            "services:\n  a: [image: x\n",
            &[],
            "not YAML",
        ),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
        let output = sysdrill(folder.path(), &[&["import", name], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{name}: {output:?}");
        assert!(output.stdout.is_empty(), "{name}");
        assert!(err(&output).contains(complaint), "{name}: {}", err(&output));
    }
    let missing = sysdrill(folder.path(), &["import", "none.mmd"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn labels_of_strangers_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        "graph LR\na[\"x\u{1b}[31m: {y} # z\"] -->|\"- [ ] \u{202e}\"| b[\"yes\"] --> c[\"'\"]\n";
    std::fs::write(folder.path().join("a.mmd"), text).expect("written");
    let output = sysdrill(folder.path(), &["import", "a.mmd"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!err(&output).contains('\u{1b}'), "{output:?}");
    let written = String::from_utf8(output.stdout).expect("text");
    assert!(
        !written.contains('\u{1b}') && !written.contains('\u{202e}'),
        "{written}"
    );
    let reading = design::read(&written, vocabulary(), &Limits::default());
    assert!(reading.issues.is_empty(), "{written}\n{:?}", reading.issues);
    assert_eq!(reading.design.components.len(), 3);
}
