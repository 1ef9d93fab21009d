//! Models, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

/// What is drawn: boxes, arrows and complaints.
fn drawn_of(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        shown::in_full(diagram, |shape| shape.label.name.clone())
    })
}

#[test]
fn elements_lie_in_each_other_and_are_joined() {
    let text = "// the kinds
specification {
  element actor { style { shape person } }
  element system
  element topic {
    notation 'Event stream'
    style { shape queue }
    technology \"Kafka\"
  }
  element store { style { shape storage } }
  relationship async { line dotted }
  relationship uses
}
model {
  rider = actor 'Rider' 'Asks for rides' { -> rides.api 'asks' }
  rides = system {
    title: 'Rides'
    #core, #next
    api = container 'API' {
      technology 'Go'
      hidden = component 'Matcher' {
        -> this 'nothing'
        -> trips.rows 'reads' { technology 'SQL' }
      }
    }
    topic moves 'Moves' { icon https://x.org/kafka.svg }
    api -[async]-> moves
    trips = store 'Trips' 'Where they go' 'Postgres' { table rows }
  }
  rider .uses rides
  rider -> rides.trips
}
views { view index { include *, rides.* -> * with { color red } } }
";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "Rider as person <actor>",
            "API Go in Rides",
            "Moves Kafka as queue in Rides <kafka>",
            "Trips Postgres as cylinder in Rides <store>",
            "Rider -> API asks",
            "API -> Trips reads SQL",
            "API ~> Moves async",
            "Rider -> Trips",
        ]
    );
}

#[test]
fn a_container_with_more_than_components_is_a_frame() {
    let model = |kind: &str| {
        format!(
            "model {{ cloud = container 'Cloud' {{\n a = {kind} 'A'\n b = component 'B'\n a -> b\n }} }}"
        )
    };
    assert_eq!(drawn_of(&model("component")), ["Cloud"]);
    assert_eq!(
        drawn_of(&model("service")),
        ["A in Cloud <service>", "B in Cloud", "A -> B"]
    );
}

#[test]
fn what_another_file_makes_has_its_name() {
    let text = "model {
  extend cloud.next { backend = app 'Backend' { -> amazon.rdsMain 'reads' } }
  lost -> backend
}
deployment {
  environment prod {
    zone a { instanceOf backend }
    zone b { two = instanceOf backend }
  }
  environment test { instanceOf cloud.next.backend }
}";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "Backend in next x2",
            "lost",
            "rds Main",
            "lost -> Backend",
            "Backend -> rds Main reads",
            "! `cloud.next` is made in another file: its name is all that is known",
            "! `amazon.rdsMain` is made in another file: its name is all that is known",
            "! `lost` is made in another file: its name is all that is known",
        ]
    );
}

#[test]
fn a_description_is_told_by_its_first_lines() {
    let text = "model { a = external-system 'A' { description '''\n  # Of A\n\n  It is **theirs**:\n  bought.\n\n  | x |\n ''' } }";
    let diagrams = read(text, &mut Issues::default());
    let shape = &diagrams[0].boxes[0];
    assert_eq!(shape.about.as_deref(), Some("It is theirs: bought."));
    assert!(shape.is_of_others);
}

#[test]
fn what_is_no_model_is_told() {
    for (text, expected) in [
        ("model {", "! `}` is missing"),
        ("model { a = x 'y }", "! a text that does not end"),
        ("model {\n what\n}", "! a line that is not understood"),
        ("model {\n 'a' -> b\n}", "! a line that is not understood"),
        ("model {\n -> b\n}", "! a line that is not understood"),
        ("model {\n extend\n}", "! a line that is not understood"),
    ] {
        let drawn = drawn_of(text);
        assert!(drawn.iter().any(|line| line == expected), "{text}");
    }
    for text in [
        "workspace { model { } }",
        "model: { a -> b }",
        "views { }",
        "model",
    ] {
        assert!(!is_one(text), "{text}");
    }
}

#[test]
fn a_model_cut_anywhere_is_read_as_far_as_it_goes() {
    let text = "specification { element a { notation \"\"\"x\u{e9}\n\"\"\" } }\nmodel {\u{b}a = b 'c\\'' \"d\n\" {\n#e\n-[f]-> g .h i {\ntitle: 'j'\n}\n}\nextend k { l m 'n' }\n} // o\n/* p */\ndeployment { q { r = instanceOf a } }";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        read(&text[..end], &mut Issues::default());
        let _ = is_one(&text[end..]);
    }
}
