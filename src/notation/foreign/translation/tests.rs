//! Diagrams, and the designs that they become.

use super::*;
use crate::model::Outline;
use crate::model::Usual;
use crate::model::kind::{Delivery, Forwarding, KindInfo};
use crate::notation::foreign::diagram::Frame;
use crate::notation::foreign::{Arrow, Heads, Label};

fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    let rows = [
        ("person", Outline::Person, "user", true, false),
        (Vocabulary::ANYTHING, Outline::Box, "api", false, false),
        ("store", Outline::Cylinder, "db", false, true),
    ];
    for (id, shape, name, origin, holds_data) in rows {
        vocabulary.kinds.add(KindInfo {
            id: id.to_owned(),
            title: id.to_owned(),
            parent: None,
            group: false,
            names: vec![name.to_owned()],
            first: Vec::new(),
            forwarding: Forwarding::All,
            delivery: None::<Delivery>,
            origin,
            provided: false,
            holds_data,
            stateful: false,
            bypassed: false,
            remote: false,
            usual: Usual::default(),
            shape,
            lineage: Vec::new(),
            words: Default::default(),
        });
    }
    vocabulary
}

/// A diagram of boxes, frames (by the box that lies in each) and arrows.
fn diagram(boxes: &[&str], arrows: &[(usize, usize, Heads)]) -> Diagram {
    let boxes = boxes.iter();
    let boxes = boxes.map(|name| Shape::new(String::new(), Label::of(name), Span::default()));
    let arrows = arrows.iter().map(|(from, to, heads)| Arrow {
        from: End::Shape(*from),
        to: End::Shape(*to),
        heads: *heads,
        is_dashed: false,
        label: Label::default(),
        span: Span::default(),
    });
    Diagram {
        boxes: boxes.collect(),
        arrows: arrows.collect(),
        ..Diagram::default()
    }
}

fn told(diagram: &Diagram) -> (Vec<String>, Vec<String>) {
    let vocabulary = vocabulary();
    let design = translate(diagram, &vocabulary).design;
    let components = design.components.iter().map(|one| {
        let kind = &vocabulary.kinds.info(one.kind).id;
        let many = one.attributes.iter().map(|(attribute, value)| match value {
            Value::Count(number) => format!(" {}={number}", attribute.row().name),
            _ => String::new(),
        });
        format!("{}:{kind}{}", one.id, many.collect::<String>())
    });
    let calls = design.connections.iter();
    let calls = calls.map(|one| format!("{} -> {}", design.id(one.from), design.id(one.to)));
    (components.collect(), calls.collect())
}

#[test]
fn a_box_is_what_its_words_say() {
    let (components, _) = told(&diagram(
        &[
            "End user",
            "Links API x3",
            "Users DB<br/>primary",
            "Blob \u{1f4be}",
        ],
        &[],
    ));
    assert_eq!(
        components,
        [
            "end-user:person",
            "links-api:service replicas=3",
            "users-db:store",
            "blob:service"
        ]
    );
}

#[test]
fn whoever_keeps_data_is_called_where_heads_do_not_say() {
    for (heads, expected) in [
        (Heads::End, "db -> api"),
        (Heads::Start, "api -> db"),
        (Heads::Both, "api -> db"),
        (Heads::Neither, "api -> db"),
    ] {
        let (_, calls) = told(&diagram(&["DB", "API"], &[(0, 1, heads)]));
        assert_eq!(calls, [expected], "{heads:?}");
    }
    let answered = diagram(
        &["User", "API", "DB"],
        &[
            (0, 1, Heads::End),
            (1, 2, Heads::End),
            (2, 1, Heads::End),
            (1, 0, Heads::End),
        ],
    );
    assert_eq!(told(&answered).1, ["user -> api", "api -> db"]);
}

#[test]
fn whoever_is_drawn_as_a_person_is_one_and_a_sentence_is_a_note() {
    let mut drawn = diagram(&["Billing API", "Billing API", "Who knows"], &[]);
    drawn.boxes[1].outline = Some(Outline::Person);
    drawn.boxes[2].about = Some("Keeps users, links".to_owned());
    let vocabulary = vocabulary();
    let made = translate(&drawn, &vocabulary).design;
    let kinds = made
        .components
        .iter()
        .map(|one| &vocabulary.kinds.info(one.kind).id)
        .cloned();
    assert_eq!(kinds.collect::<Vec<_>>(), ["service", "person", "service"]);
    assert_eq!(
        made.components[2].notes.as_deref(),
        Some("Keeps users, links")
    );
}

#[test]
fn dashes_say_something_where_some_arrows_have_none() {
    let arrows = [(0, 1, Heads::End), (1, 2, Heads::End), (1, 3, Heads::End)];
    let mut drawn = diagram(&["User", "API", "DB", "Other"], &arrows);
    let asynchronous = |drawn: &Diagram| -> Vec<bool> {
        let made = translate(drawn, &vocabulary()).design;
        made.connections
            .iter()
            .map(|one| one.asynchronous)
            .collect()
    };
    drawn
        .arrows
        .iter_mut()
        .for_each(|arrow| arrow.is_dashed = true);
    assert_eq!(asynchronous(&drawn), [false, false, false]);
    drawn.arrows[0].is_dashed = false;
    assert_eq!(asynchronous(&drawn), [false, true, true]);
    drawn.arrows.truncate(2);
    drawn.arrows[0].is_dashed = true;
    assert_eq!(asynchronous(&drawn), [true, true]);
}

#[test]
fn copies_with_the_same_neighbours_are_one_component() {
    let arrows = [
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 4),
        (2, 4),
        (3, 5),
        (1, 5),
        (2, 5),
    ];
    let arrows = arrows.map(|(from, to)| (from, to, Heads::End));
    let drawn = diagram(
        &[
            "User",
            "API 1",
            "API 2",
            "API 3",
            "DB shard 1",
            "DB shard 2",
        ],
        &arrows,
    );
    let (components, calls) = told(&drawn);
    assert_eq!(
        components,
        [
            "user:person",
            "api:service replicas=2",
            "api-3:service",
            "db-shard-1:store",
            "db-shard-2:store"
        ]
    );
    assert_eq!(
        calls,
        [
            "user -> api",
            "user -> api-3",
            "api -> db-shard-1",
            "api-3 -> db-shard-2",
            "api -> db-shard-2"
        ]
    );
    let shards = [(0, 1), (0, 2)].map(|(from, to)| (from, to, Heads::End));
    let (components, _) = told(&diagram(&["API", "DB shard 1", "DB shard 2"], &shards));
    assert_eq!(components, ["api:service", "db-shard:store shards=2"]);
}

#[test]
fn an_arrow_at_a_frame_is_drawn_to_its_outer_boxes() {
    let mut drawn = diagram(
        &["User", "API", "Feed API", "DB"],
        &[(0, 1, Heads::End), (1, 2, Heads::End), (0, 3, Heads::End)],
    );
    drawn.frames = vec![
        Frame {
            label: Label::of("App"),
            ..Frame::default()
        },
        Frame {
            label: Label::of("DB"),
            ..Frame::default()
        },
    ];
    for at in [1, 2] {
        drawn.boxes[at].frame = Some(0);
    }
    drawn.arrows[0].to = End::Frame(0);
    drawn.arrows[2].from = End::Frame(0);
    drawn.arrows[2].to = End::Frame(1);
    let (components, calls) = told(&drawn);
    assert_eq!(
        components,
        [
            "user:person",
            "api:service",
            "feed-api:service",
            "db:store",
            "db-2:store"
        ]
    );
    assert_eq!(
        calls,
        ["user -> api", "api -> feed-api", "feed-api -> db-2"]
    );
}
