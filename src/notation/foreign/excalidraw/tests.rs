//! Drawings written for the purpose, and what is read of them.

use super::*;
use crate::notation::foreign::shown;
use crate::source::Gravity;

/// What a text draws: boxes with outline, copies and frame, arrows with their labels, what else was read, and complaints.
fn read_as(text: &str) -> Vec<String> {
    let mut issues = Issues::default();
    let diagrams = read(text, &mut issues);
    let mut lines = Vec::new();
    for diagram in &diagrams {
        let frame = |at: usize| format!("[{}]", diagram.frames[at].label.line());
        for shape in &diagram.boxes {
            let outline = shape.outline.map(|it| format!(" as {}", it.word()));
            let copies = (shape.copies > 1).then(|| format!(" x{}", shape.copies));
            let within = shape.frame.map(|at| format!(" in {}", frame(at)));
            let said = [outline, copies, within].into_iter().flatten();
            lines.push(format!(
                "{}{}",
                shape.label.line(),
                said.collect::<String>()
            ));
        }
        lines.extend(shown::arrows(diagram, |shape| shape.label.name.clone()));
        lines.extend(diagram.title.iter().map(|title| format!("# {title}")));
        lines.extend(diagram.remarks.iter().map(|remark| format!("// {remark}")));
    }
    lines.extend(shown::complaints(issues));
    lines
}

/// A file of elements, each given as the inside of its object.
fn file(elements: &[String]) -> String {
    let elements: Vec<String> = elements.iter().map(|one| format!("{{{one}}}")).collect();
    let elements = elements.join(",\n");
    format!("{{\"type\": \"excalidraw\", \"version\": 2,\n\"elements\": [\n{elements}\n]}}")
}

fn drawn(elements: &[String]) -> Vec<String> {
    read_as(&file(elements))
}

fn shape(kind: &str, id: &str, (x, y, width, height): (i32, i32, i32, i32)) -> String {
    format!(
        r#""id": "{id}", "type": "{kind}", "x": {x}, "y": {y}, "width": {width}, "height": {height}"#
    )
}

fn rect(id: &str, place: (i32, i32, i32, i32)) -> String {
    shape("rectangle", id, place)
}

/// A text of 20 points; each letter is 10 wide.
fn text(words: &str, (x, y): (i32, i32)) -> String {
    let longest = words.lines().map(|line| line.chars().count()).max();
    let width = 10 * i32::try_from(longest.unwrap_or(0)).expect("short");
    let height = 25 * i32::try_from(words.lines().count()).expect("few");
    let words = words.replace('\n', "\\n");
    let place = shape("text", &format!("t{x},{y}"), (x, y, width, height));
    format!(r#"{place}, "fontSize": 20, "text": "{words}""#)
}

fn on(container: &str, words: &str) -> String {
    format!(
        r#"{}, "containerId": "{container}""#,
        text(words, (-500, -500))
    )
}

/// A box of 100 by 60 with words tied to it.
fn named(words: &str, (x, y): (i32, i32)) -> [String; 2] {
    [rect(words, (x, y, 100, 60)), on(words, words)]
}

/// A line of whatever kind from a point by some way, with more keys.
fn line(kind: &str, (x, y): (i32, i32), (dx, dy): (i32, i32), more: &str) -> String {
    let place = shape(kind, &format!("{kind}{x},{y}"), (x, y, dx.abs(), dy.abs()));
    format!(r#"{place}, "points": [[0, 0], [{dx}, {dy}]]{more}"#)
}

fn arrow(from: (i32, i32), way: (i32, i32)) -> String {
    line("arrow", from, way, "")
}

fn bound(from: &str, to: &str, more: &str) -> String {
    let tied = format!(
        r#", "startBinding": {{"elementId": "{from}"}}, "endBinding": {{"elementId": "{to}", "gap": 1}}{more}"#
    );
    line("arrow", (9000, 9000), (10, 10), &tied)
}

fn all(parts: &[&[String]]) -> Vec<String> {
    parts.concat()
}

fn grouped(elements: Vec<String>, group: &str) -> Vec<String> {
    let group = |one: String| format!(r#"{one}, "groupIds": ["{group}"]"#);
    elements.into_iter().map(group).collect()
}

/// A drum: an ellipse on two lines.
fn drum(id: &str, (x, y): (i32, i32)) -> Vec<String> {
    let strokes = vec![
        shape("ellipse", id, (x, y, 60, 15)),
        line("line", (x, y + 7), (0, 70), ""),
        line("line", (x + 60, y + 7), (0, 70), ""),
    ];
    grouped(strokes, id)
}

#[test]
fn tied_arrows_join_what_they_are_tied_to() {
    let (api, db) = (named("API", (0, 0)), named("Users DB", (300, 0)));
    for (more, expected) in [
        ("", "API -> Users DB"),
        (r#", "endArrowhead": "triangle_outline""#, "API -> Users DB"),
        (
            r#", "startArrowhead": "dot", "endArrowhead": "arrow""#,
            "API -> Users DB",
        ),
        (r#", "startArrowhead": "arrow""#, "API <-> Users DB"),
        (
            r#", "startArrowhead": "arrow", "endArrowhead": null"#,
            "API <- Users DB",
        ),
        (r#", "endArrowhead": null"#, "API -- Users DB"),
        (r#", "strokeStyle": "dashed""#, "API ~> Users DB"),
        (r#", "strokeStyle": "dotted""#, "API ~> Users DB"),
    ] {
        let lines = drawn(&all(&[&api, &db, &[bound("API", "Users DB", more)]]));
        assert_eq!(lines, ["API", "Users DB", expected], "{more}");
    }
    let spoken = all(&[
        &api,
        &db,
        &[bound("API", "Users DB", ""), on("arrow9000,9000", "reads")],
    ]);
    assert_eq!(drawn(&spoken), ["API", "Users DB", "API -> Users DB reads"]);
}

#[test]
fn loose_arrows_join_what_they_come_near_to() {
    let boxes = all(&[&named("API", (0, 0)), &named("DB", (300, 0))]);
    for (from, way, expected) in [
        ((100, 30), (200, 0), &["API -> DB"][..]),
        ((130, 30), (140, 0), &["API -> DB"]),
        ((50, 30), (290, 10), &["API -> DB"]),
        ((290, 20), (-185, 0), &["DB -> API"]),
        (
            (100, 30),
            (120, 0),
            &["! an arrow of `API` that ends at nothing is left out"],
        ),
        ((10, 10), (60, 20), &[]),
        (
            (0, 500),
            (200, 0),
            &["! an arrow that ends at nothing is left out"],
        ),
    ] {
        let lines = drawn(&all(&[&boxes, &[arrow(from, way)]]));
        assert_eq!(lines[..2], ["API", "DB"]);
        assert_eq!(lines[2..], *expected, "{from:?} {way:?}");
    }
    for (from, way, expected) in [
        ((105, 30), (190, 0), &["API -- DB"][..]),
        ((130, 30), (140, 0), &[]),
        ((200, -300), (0, 900), &[]),
    ] {
        let lines = drawn(&all(&[&boxes, &[line("line", from, way, "")]]));
        assert_eq!(lines[2..], *expected, "{from:?} {way:?}");
    }
}

#[test]
fn a_free_text_is_what_it_stands_at() {
    let lone = [rect("a", (0, 0, 100, 60)), rect("b", (300, 0, 100, 60))];
    let joined = bound("a", "b", "");
    let with = |texts: &[String]| drawn(&all(&[&lone, std::slice::from_ref(&joined), texts]));
    for (api, db, what) in [
        ((20, 20), (320, 20), "inside"),
        ((20, 65), (330, 62), "below"),
        ((20, -30), (330, -30), "above"),
        ((20, 20), (405, 20), "beside"),
    ] {
        let lines = with(&[text("API", api), text("DB", db)]);
        assert_eq!(lines, ["API", "DB", "API -> DB"], "{what}");
    }
    let made_with = [
        text("API", (20, 20)),
        text("DB", (340, 20)),
        text("Postgres", (310, 66)),
    ];
    assert_eq!(with(&made_with), ["API", "DB Postgres", "API -> DB"]);
    let far = [
        text("API", (20, 20)),
        text("DB", (340, 20)),
        text("far off", (0, 400)),
    ];
    assert_eq!(with(&far), ["API", "DB", "API -> DB", "// far off"]);
    let title = format!(
        r#"{}, "fontSize": 36"#,
        text("Links", (150, -200)).replace(r#", "fontSize": 20"#, "")
    );
    let headed = [text("API", (20, 20)), text("DB", (340, 20)), title];
    assert_eq!(with(&headed), ["API", "DB", "API -> DB", "# Links"]);
}

#[test]
fn a_free_text_stands_along_an_arrow_or_at_its_tip() {
    let boxes = all(&[&named("API", (0, 0)), &named("DB", (400, 0))]);
    let along = [arrow((100, 30), (300, 0)), text("reads", (220, 0))];
    assert_eq!(
        drawn(&all(&[&boxes, &along])),
        ["API", "DB", "API -> DB reads"]
    );
    let tip = [text("Clients", (-300, 20)), arrow((-225, 30), (220, 0))];
    assert_eq!(
        drawn(&all(&[&boxes, &tip])),
        ["API", "DB", "Clients", "Clients -> API"]
    );
}

#[test]
fn a_group_is_one_thing_unless_it_holds_several() {
    let api = named("API", (0, 0));
    let captioned = all(&[
        &api,
        &drum("db", (300, 0)),
        &[text("Users", (305, 85)), arrow((100, 30), (195, 0))],
    ]);
    assert_eq!(
        drawn(&captioned),
        ["API", "Users as cylinder", "API -> Users"]
    );
    let inside = [
        bound("API", "db", ""),
        line(
            "arrow",
            (310, 20),
            (40, 0),
            r#", "endArrowhead": null, "groupIds": ["db"]"#,
        ),
    ];
    let icon = all(&[
        &api,
        &drum("db", (300, 0)),
        &grouped(vec![text("Users", (305, 85)), text("<", (320, 40))], "db"),
        &inside,
    ]);
    assert_eq!(drawn(&icon), ["API", "Users as cylinder", "API -> Users"]);
    let joined = all(&[&api, &named("DB", (300, 0)), &[bound("API", "DB", "")]]);
    assert_eq!(drawn(&grouped(joined, "g")), ["API", "DB", "API -> DB"]);
    let pair = all(&[&api, &named("Feed", (300, 0))]);
    assert_eq!(drawn(&grouped(pair, "g")), ["API", "Feed"]);
    let lone = [shape("ellipse", "e", (0, 0, 80, 80)), on("e", "Users")];
    assert_eq!(drawn(&lone), ["Users"]);
}

#[test]
fn stacked_copies_are_one_box() {
    let stack = |dx: i32, words: &[&str]| {
        let mut elements = Vec::new();
        for (at, words) in (0..).zip(words) {
            elements.push(rect(&at.to_string(), (at * dx, at * 8, 100, 60)));
            if !words.is_empty() {
                elements.push(on(&at.to_string(), words));
            }
        }
        drawn(&elements)
    };
    assert_eq!(stack(80, &["Redis", "Redis", "Redis"]), ["Redis x3"]);
    assert_eq!(stack(8, &["", "", "Runner"]), ["Runner x3"]);
    assert_eq!(stack(80, &["API", "Feed"]), ["API", "Feed"]);
    assert_eq!(stack(130, &["API", "API"]), ["API", "API"]);
}

#[test]
fn a_box_around_others_is_a_frame() {
    let inner = all(&[&named("API", (50, 50)), &named("Feed", (250, 50))]);
    let around = [rect("app", (0, 0, 400, 200)), text("App tier", (10, 5))];
    let user = all(&[&named("User", (0, 400)), &[bound("User", "app", "")]]);
    assert_eq!(
        drawn(&all(&[&around, &inner, &user])),
        [
            "API in [App tier]",
            "Feed in [App tier]",
            "User",
            "User -> [App tier]"
        ]
    );
    let own = format!(
        r#"{}, "name": "VPC""#,
        shape("frame", "f", (-50, -50, 500, 300))
    );
    assert_eq!(
        drawn(&all(&[&inner, &around, &[own]])),
        ["API in [App tier]", "Feed in [App tier]"]
    );
    let strokes = [rect("x", (10, 10, 20, 10)), rect("y", (10, 35, 20, 10))];
    assert_eq!(
        drawn(&all(&[&strokes, &named("Server", (0, 0))])),
        ["Server"]
    );
}

#[test]
fn notes_are_no_boxes() {
    let needs = "Needs:\n- links\n- stats\n- 100M users\n- 5 years\n- 200 ms";
    let api = named("API", (600, 0));
    assert_eq!(
        drawn(&all(&[
            &api,
            &[rect("n", (0, 0, 300, 200)), text(needs, (10, 10))]
        ])),
        [
            "API",
            "// Needs:; - links; - stats; - 100M users; - 5 years; - 200 ms"
        ]
    );
    assert_eq!(drawn(&[rect("empty", (0, 0, 10, 10))]), [""; 0]);
    let gone = format!(r#"{}, "isDeleted": true"#, rect("gone", (0, 0, 100, 60)));
    let pictures = [
        gone,
        shape("image", "i", (0, 300, 50, 50)),
        shape("image", "j", (0, 600, 50, 50)),
        text("Client", (0, 355)),
        shape("freedraw", "f", (0, 0, 5, 5)),
    ];
    assert_eq!(
        drawn(&all(&[&api, &pictures])),
        [
            "API",
            "Client",
            "! images without words and arrows are left out: 1",
            "! strokes by hand are left out: 1"
        ]
    );
}

#[test]
fn a_note_of_obsidian_holds_a_drawing() {
    let json = file(&named("API", (0, 0)));
    let head = "---\nexcalidraw-plugin: parsed\ntags: [excalidraw]\n---\n# Text Elements\nAPI ^x\n%%\n# Drawing\n";
    assert_eq!(read_as(&format!("{head}```json\n{json}\n```\n%%")), ["API"]);
    assert_eq!(
        read_as(&format!("{head}```compressed-json\nN4KAkARA\n```\n%%")),
        ["! a drawing that is compressed"]
    );
    assert!(is_one(head) && is_one(&json));
    assert!(!is_one("{\"elements\": []}") && !is_one("# excalidraw"));
}

#[test]
fn mistakes_are_told_with_their_places() {
    for (text, place, said) in [
        ("{\"elements\": [{]}", 15, "key must be a string"),
        (
            "{\n\"elements\":\n[1]}",
            15,
            "invalid type: integer `1`, expected struct Element",
        ),
        ("", 0, "EOF while parsing a value"),
    ] {
        let mut issues = Issues::default();
        assert!(read(text, &mut issues).is_empty());
        let issue = issues.into_sorted().remove(0);
        assert_eq!(issue.gravity, Gravity::Error);
        assert!(issue.message.ends_with(said), "{}", issue.message);
        assert_eq!(issue.span.start, place, "{text}");
    }
    let many: Vec<String> = (0..=5000)
        .map(|at| rect(&at.to_string(), (at, at, 9, 9)))
        .collect();
    assert_eq!(
        drawn(&many),
        ["! 5001 elements are more than can be told apart"]
    );
}

#[test]
fn a_message_names_the_line_of_the_words() {
    let elements = all(&[&named("API", (0, 0)), &named("DB", (300, 0))]);
    let json = file(&elements);
    let diagrams = read(&json, &mut Issues::default());
    let boxes = diagrams[0].boxes.iter();
    let spans = boxes.map(|shape| json[..shape.span.start].lines().count());
    assert_eq!(spans.collect::<Vec<usize>>(), [4, 6]);
}

#[test]
fn a_drawing_that_makes_no_sense_is_read_as_far_as_it_goes() {
    let odd = [
        r#""id": "a", "type": "rectangle", "x": 1e308, "width": -1e308, "height": 1e300, "groupIds": ["g", "g"]"#,
        r#""id": "a", "type": "text", "containerId": "a", "text": "A""#,
        r#""id": "b", "type": "text", "containerId": "c", "text": "B""#,
        r#""id": "c", "type": "text", "containerId": "b", "text": "C""#,
        r#""id": "d", "type": "arrow", "points": [], "startBinding": {"elementId": "d"}"#,
        r#""id": "e", "type": "arrow", "points": [[0], [1, 2, 3]], "endBinding": {}"#,
        r#""type": "line", "points": [[0, 0], [1, 1], [2, 2], [0, 0]], "groupIds": null, "x": null"#,
        r#""id": "f", "type": "hologram""#,
        "",
    ];
    let odd: Vec<String> = odd.iter().map(|one| (*one).to_owned()).collect();
    drawn(&odd);
}

#[test]
fn a_drawing_cut_anywhere_is_no_trouble() {
    let drawing = file(&all(&[
        &named("API", (0, 0)),
        &drum("db", (300, 0)),
        &[bound("API", "db", "")],
    ]));
    for end in 0..drawing.len() {
        let cut = &drawing[..end];
        let _ = is_one(cut);
        let mut issues = Issues::default();
        read(cut, &mut issues);
        let place = issues.into_sorted().remove(0).span.start;
        assert!(place <= end);
        read(&drawing[end..], &mut Issues::default());
    }
}
