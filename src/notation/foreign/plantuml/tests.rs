//! Diagrams of PlantUML, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

/// What a text draws: boxes with their frames, arrows with their labels, and what was said of it.
fn drawn(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        shown::plain(diagram, |shape| shape.label.name.clone())
    })
}

#[test]
fn elements_are_declared_in_many_ways() {
    for (line, expected) in [
        ("component API", "API"),
        ("component \"Web API\" as api <<Go>> #red", "Web API Go"),
        ("component api as \"Web API\"", "Web API"),
        ("[Web API] as api", "Web API"),
        ("component [Web API]", "Web API"),
        ("() \"Web API\" as api", "Web API"),
        (
            "database \"Links\\nCassandra\" as db",
            "Links Cassandra as cylinder",
        ),
        ("queue clicks", "clicks as queue"),
        ("actor :A user: as u", "A user as person"),
        (":User:", "User as person"),
        ("node links-db-1", "links-db-1"),
        (
            "rectangle \"==API\\n<size:10>[Container: Go]</size>\" <<a.b>> as a.b",
            "API [Container: Go]",
        ),
        (
            "rectangle \"$LambdaIMG()\\nObject\\ncreated\" as l",
            "Object created",
        ),
        (
            "file \"//slanted// at https://x.org\" as f",
            "slanted at https://x.org",
        ),
        ("component c [\nWeb\nAPI\n]", "Web API"),
        (
            "VPCNATGateway(nat, \"NAT gateway\", \"\") #Transparent",
            "NAT gateway",
        ),
        ("SimpleStorageService(s3)", "Simple Storage Service"),
    ] {
        assert_eq!(
            drawn(&format!("@startuml\n{line}\n@enduml\n")),
            [expected],
            "{line}"
        );
    }
    let icons = read(
        "@startuml\nrectangle \"$APIGatewayIMG()\\nEntry\" as e\n@enduml",
        &mut Issues::default(),
    );
    assert_eq!(icons[0].boxes[0].hint.as_deref(), Some("API Gateway"));
}

#[test]
fn arrows_can_be_written_in_many_ways() {
    for (arrow, expected) in [
        ("-->", "a -> b"),
        ("->", "a -> b"),
        ("->>", "a -> b"),
        ("-right->", "a -> b"),
        ("-[#red,thickness=2]down->", "a -> b"),
        ("-d[#blue]->", "a -> b"),
        ("..>", "a ~> b"),
        (".u.>", "a ~> b"),
        (".[#707070,thickness=2].>", "a ~> b"),
        ("-[dashed]->", "a ~> b"),
        ("==>", "a -> b"),
        ("--|>", "a -> b"),
        ("<--", "a <- b"),
        ("<|..", "a <- b"),
        ("<-->", "a <-> b"),
        ("--", "a -- b"),
        ("o--", "a -- b"),
        ("*-->", "a -> b"),
        ("--o", "a -- b"),
        ("-(0-", "a -- b"),
    ] {
        let lines = drawn(&format!("@startuml\n[a]\n[b]\n[a] {arrow} [b]\n@enduml"));
        assert_eq!(lines, ["a", "b", expected], "{arrow}");
    }
    assert_eq!(
        drawn("@startuml\n[a]\n[b]\na -[hidden]-> b\n@enduml"),
        ["a", "b"]
    );
    assert_eq!(
        drawn("@startuml\nx.y .> \"z 1\" : \"<color:#777>says\\n[TCP]\"\nx.y--> (w)\n@enduml"),
        ["x.y", "z 1", "w", "x.y ~> z 1 says [TCP]", "x.y -> w"]
    );
}

#[test]
fn frames_hold_what_is_declared_in_them() {
    let text = "@startuml Links\n!include <C4/C4_Container>\n!define ICONS https://x.org\n!include ICONS/all.puml\nskinparam rectangle {\n  BorderColor #fff\n}\ntitle\nLinks, as drawn\nend title\n' a comment\n/' some\nmore '/\nleft to right direction\n\
        actor User as u\ncloud \"EU\" {\n  package eu-1 {\n    [API] as api\n  }\n  together {\n    database db\n  }\n  AWSCloudGroup(aws) {\n    Lambda(fn, \"Count\", \"Python\", \"counts\")\n  }\n}\nnote right of api: fast\nnote left\n  u --> nobody\nend note\nu --> api\napi --> db\n\"eu-1\" ..> fn\nRel(fn, db, \"Adds\", \"TCP\")\nhide stereotype\n@enduml\n\
        @startuml\n[b] --> [c]\n@enduml";
    assert_eq!(
        drawn(text),
        [
            "User as person",
            "API in eu-1",
            "db as cylinder in EU",
            "Count Python in AWS Cloud",
            "User -> API",
            "API -> db",
            "[eu-1] ~> Count",
            "Count -> db Adds TCP",
            "b",
            "c",
            "b -> c",
        ]
    );
}

#[test]
fn words_of_other_diagrams_are_names_and_notes_here() {
    let text = "@startuml\n[a] as box\nnote left of box\nstart with the\nclass of calls\nend note\ncomponent b [\nmap\nstate\n]\nbox -> b\n@enduml";
    assert_eq!(drawn(text), ["a", "map state", "a -> map"]);
}

#[test]
fn what_is_left_out_is_told() {
    assert_eq!(
        drawn("@startuml\n!include other.puml\n[a]\nwhat is this\na ->\nlegend\n[b]\n@enduml"),
        [
            "a",
            "! what `other.puml` draws is left out",
            "! a line that is not understood",
            "! a line that is not understood",
            "! nothing ends this, so that all below is left out",
        ]
    );
    assert_eq!(
        drawn("@startuml\nparticipant A\nA -> B: x\n@enduml"),
        ["! `participant` is of a diagram that shows no components"]
    );
    assert_eq!(
        drawn("@startuml\nwhat is this\nA <|-- B\nclass A {\n+run()\n}\n@enduml"),
        ["! `class` is of a diagram that shows no components"]
    );
    assert!(is_one("' made by hand\n\n@startuml x\n"));
    assert!(!is_one("# Text\n```\n@startuml\n```\n"));
}

#[test]
fn a_diagram_cut_anywhere_is_read_as_far_as_it_goes() {
    let text = "@startuml\nrectangle \"$AIMG()\\n==x\" <<y>> as a {\n [b] as c #red\n}\nc -[#a]u-> a : \"<$s> //x//\"\nRel(a, c, \"x\", $tags=\"y\")\nnote left\nx\nend note\ncomponent d [\ne\n]\n@enduml\n";
    for end in 0..text.len() {
        read(&text[..end], &mut Issues::default());
        read(&text[end..], &mut Issues::default());
    }
}
