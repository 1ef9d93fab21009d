//! Small drawings and what they show.

use super::*;
use crate::notation::foreign::shown;

/// A drawing of cells, which are written without their tags: `v id parent x y width height style|label`,
/// `e id from to style|label`.
fn file(cells: &[&str]) -> String {
    let mut text =
        "<mxfile><diagram name=\"Links\"><mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>"
            .to_owned();
    for cell in cells {
        let (head, label) = cell.split_once('|').expect("a label");
        let words: Vec<&str> = head.split(' ').collect();
        let style = words.last().expect("a style");
        let label = label.replace('&', "&amp;").replace('<', "&lt;");
        text += &match words.as_slice() {
            ["v", id, parent, x, y, width, height, ..] => format!(
                "<mxCell id=\"{id}\" value=\"{label}\" style=\"{style}\" vertex=\"1\" parent=\"{parent}\"><mxGeometry x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" as=\"geometry\"/></mxCell>"
            ),
            ["e", id, from, to, ..] => format!(
                "<mxCell id=\"{id}\" value=\"{label}\" style=\"{style}\" edge=\"1\" parent=\"1\" {} {}><mxGeometry relative=\"1\" as=\"geometry\">{}{}</mxGeometry></mxCell>",
                bound("source", from),
                bound("target", to),
                free("sourcePoint", from),
                free("targetPoint", to)
            ),
            _ => panic!("{cell}"),
        };
    }
    text + "</root></mxGraphModel></diagram></mxfile>"
}

fn bound(key: &str, end: &str) -> String {
    if end.contains(',') {
        return String::new();
    }
    format!("{key}=\"{end}\"")
}

fn free(role: &str, end: &str) -> String {
    match end.split_once(',') {
        Some((x, y)) => format!("<mxPoint x=\"{x}\" y=\"{y}\" as=\"{role}\"/>"),
        None => String::new(),
    }
}

/// What a text draws: boxes with their frames, arrows with their labels, remarks.
fn drawn(text: &str) -> Vec<String> {
    let mut issues = Issues::default();
    let diagrams = read(text, &mut issues);
    let drawn = diagrams.iter().flat_map(shown);
    drawn.chain(shown::complaints(issues)).collect()
}

fn shown(diagram: &Diagram) -> Vec<String> {
    let frame = |at: usize| diagram.frames[at].label.line();
    let boxes = diagram.boxes.iter().map(|shape| {
        let outline = shape
            .outline
            .map(|outline| format!(" as {}", outline.word()));
        let hint = shape.hint.as_ref().map(|hint| format!(" ({hint})"));
        let copies = (shape.copies > 1).then(|| format!(" x{}", shape.copies));
        let within = shape.frame.map(|at| format!(" in {}", frame(at)));
        let aside = [outline, hint, copies, within].into_iter().flatten();
        format!("{}{}", shape.label.line(), aside.collect::<String>())
    });
    let arrows = shown::arrows(diagram, |shape| shape.label.name.clone());
    let remarks = diagram.remarks.iter().map(|remark| format!("# {remark}"));
    boxes.chain(arrows).chain(remarks).collect()
}

fn check(cells: &[&str], expected: &[&str]) {
    assert_eq!(drawn(&file(cells)), expected, "{cells:#?}");
}

#[test]
fn a_page_has_boxes_arrows_and_a_title() {
    let cells = [
        "v u 1 0 0 30 60 shape=umlActor;html=1|User",
        "v a 1 100 0 120 60 rounded=0|<div><b>Links API</b></div><div>Go</div>",
        "v d 1 300 0 60 80 shape=cylinder3|Links&nbsp;DB",
        "v q 1 300 200 60 30 shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.sqs|Clicks",
        "e 10 u a html=1|HTTPS",
        "e 11 a d startArrow=classic|",
        "e 12 a q dashed=1|",
        "v 13 12 0 0 10 10 edgeLabel|clicks",
        "e 14 q d endArrow=none|",
    ];
    check(
        &cells,
        &[
            "User as person",
            "Links API Go",
            "Links DB as cylinder",
            "Clicks (sqs)",
            "User -> Links API HTTPS",
            "Links API <-> Links DB",
            "Links API ~> Clicks clicks",
            "Clicks -- Links DB",
        ],
    );
    let diagrams = read(&file(&cells), &mut Issues::default());
    let titles = diagrams.iter().map(|diagram| diagram.title.as_deref());
    assert_eq!(titles.collect::<Vec<_>>(), [Some("Links")]);
    let span = diagrams[0].boxes[0].span;
    assert!(file(&cells)[span.start..span.end].starts_with("<mxCell id=\"u\""));
}

#[test]
fn frames_are_what_others_lie_in() {
    check(
        &[
            "v f 1 0 0 400 300 fillColor=none|Cloud",
            "v g f 20 40 200 200 swimlane|",
            "v t g 10 5 60 20 text|App tier",
            "v a g 20 60 80 40 rounded=1|API",
            "v b 1 250 100 80 40 rounded=1|Cache",
            "v c 1 500 100 80 40 rounded=1|Client",
            "e 10 c f |",
            "e 11 a b |",
        ],
        &[
            "API in App tier",
            "Cache in Cloud",
            "Client",
            "Client -> [Cloud]",
            "API -> Cache",
        ],
    );
}

#[test]
fn words_beside_and_on_a_box_are_its_label() {
    check(
        &[
            "v i 1 0 0 60 60 shape=image;image=img/redis.png|",
            "v t 1 -10 65 80 20 text|Hot links",
            "v e 1 200 0 100 60 rounded=0|",
            "v s 1 210 20 80 20 text|Load<br>balancer",
            "v n 1 500 500 400 200 text|Reads are many times as frequent as writes, therefore links are kept in memory",
            "e 10 t s |",
            "v l 1 110 20 60 20 text|GET",
        ],
        &[
            "Hot links (redis)",
            "Load balancer",
            "Hot links -> Load GET",
            "# Reads are many times as frequent as writes, therefore links are kept in memory",
        ],
    );
}

#[test]
fn ends_without_a_box_are_bound_to_the_nearest() {
    check(
        &[
            "v a 1 0 0 100 60 rounded=0|API",
            "v d 1 300 0 100 60 shape=cylinder|DB",
            "v f 1 500 0 300 300 fillColor=none|Pool",
            "v w f 100 100 100 60 rounded=0|Worker",
            "e 10 115,30 290,30 |",
            "e 11 a 498,20 |",
            "e 12 a 900,900 |",
        ],
        &[
            "API",
            "DB as cylinder",
            "Worker in Pool",
            "API -> DB",
            "API -> [Pool]",
            "! arrows without a box at both ends, which are left out: 1",
        ],
    );
}

#[test]
fn cards_shadows_and_numbers_are_no_boxes_of_their_own() {
    check(
        &[
            "v c 1 0 0 180 60 rounded=1|",
            "v i c 10 10 30 30 shape=mxgraph.gcp2.cloud_sql|Links",
            "v s 1 310 10 100 60 rounded=0|",
            "v w 1 300 0 100 60 rounded=0|Worker",
            "v n 1 240 0 30 30 ellipse|2.",
            "e 10 s c |",
            "e 11 zz c |",
        ],
        &[
            "Links (cloud sql)",
            "Worker x2",
            "Worker -> Links",
            "! arrows without a box at both ends, which are left out: 1",
        ],
    );
}

#[test]
fn lines_that_meet_at_dots_are_arrows_between_boxes() {
    check(
        &[
            "v a 1 0 0 100 60 rounded=0|API",
            "v b 1 300 0 100 60 rounded=0|Cache",
            "v c 1 300 200 100 60 rounded=0|DB",
            "v x 1 200 30 8 8 ellipse|",
            "v y 1 200 230 8 8 ellipse|",
            "e 10 a x endArrow=none|reads",
            "e 11 x b |",
            "e 12 x y endArrow=none|",
            "e 13 y c dashed=1|",
        ],
        &[
            "API",
            "Cache",
            "DB",
            "API -> Cache reads",
            "API ~> DB reads",
        ],
    );
}

#[test]
fn what_stands_around_a_cell_fills_its_label() {
    let text = "<mxGraphModel><root><mxCell id=\"0\"/><object id=\"a\" placeholders=\"1\" c4Name=\"Shop\" c4Type=\"Container\" label=\"%c4Name% [%c4Type%] 100%\"><mxCell vertex=\"1\" parent=\"0\" style=\"\"><mxGeometry width=\"100\" height=\"50\"/></mxCell></object></root></mxGraphModel>";
    assert_eq!(drawn(text), ["Shop [Container] 100%"]);
    assert!(is_one(text) && is_one("<?xml?>\n<mxfile>"));
    assert!(is_one("<svg content=\"&lt;mxfile"));
    assert!(!is_one("graph LR\nA[<mxfile>]") && !is_one("<svg>"));
}

#[test]
fn a_hostile_page_is_read_or_refused() {
    let many: Vec<String> = (0..=MOST)
        .map(|at| format!("v {at}x 1 0 0 9 9 |b"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(
        drawn(&file(&many)),
        [format!(
            "! {} cells on one page, where {MOST} are read at most",
            MOST + 1
        )]
    );
    let circle = [
        "v a b NaN inf 1e999 -60 rounded=0|A",
        "v b a 1e308 500 100 60 rounded=0|B",
        "v c c 0 0 100 60 rounded=0|C",
        "e e a b |",
        "e g g e |",
    ];
    assert!(drawn(&file(&circle)).contains(&"A -> B".to_owned()));
    let deep: Vec<String> = (0..1000)
        .map(|at| format!("v n{} n{at} 0 0 9 9 |", at + 1))
        .collect();
    let deep: Vec<&str> = deep.iter().map(String::as_str).collect();
    drawn(&file(&deep));
}

#[test]
fn a_file_cut_anywhere_is_told_and_does_no_harm() {
    let text = file(&[
        "v a 1 0 0 120 60 rounded=0|<b>\u{e4}</b>",
        "e 11 a 1,2 startArrow=classic|x",
    ]);
    for end in text.char_indices().map(|(at, _)| at) {
        let mut issues = Issues::default();
        read(&text[..end], &mut issues);
        assert!(!issues.is_empty(), "{end}");
        read(&text[end..], &mut issues);
    }
}
