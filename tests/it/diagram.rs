//! Pictures: every format draws every reference, SVG is well-formed whatever strangers write, and those in the documentation
//! are what the program draws.

use std::path::{Path, PathBuf};

use sysdrill::assess::assess;
use sysdrill::catalog::Catalog;
use sysdrill::drawing::{self, DRAWINGS, Draw, Drawing, Picture, drawing};
use sysdrill::model::Design;
use sysdrill::notation::design;
use sysdrill::notation::yaml::Limits;
use sysdrill::report::marks;

fn read(text: &str, catalog: &Catalog) -> Design {
    let reading = design::read(text, &catalog.knowledge.vocabulary, &Limits::default());
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    reading.design
}

/// The picture of a design with its findings.
fn drawn(name: &str, design: &Design, catalog: &Catalog) -> String {
    let mut picture = Picture::plain(design, &catalog.knowledge.vocabulary);
    picture.marks = marks(&assess(design, catalog, None), design);
    let format = drawing(name).expect(name);
    letters(format, &picture).expect(name)
}

/// What a format of letters draws.
fn letters(format: &Drawing, picture: &Picture<'_>) -> Option<String> {
    match format.draw {
        Draw::Text(draw) => Some(draw(picture).expect("a picture")),
        Draw::Bytes(_) => None,
    }
}

/// The names of the elements of an XML text, in order of their ends. Panics where the text is not well-formed.
fn elements(xml: &str) -> Vec<String> {
    let mut open = Vec::new();
    let mut closed = Vec::new();
    let mut pieces = xml.split('<');
    let head = pieces.next().unwrap_or_default();
    assert!(
        head.trim().is_empty(),
        "text before the first element: {head}"
    );
    for piece in pieces {
        let (tag, text) = piece.split_once('>').expect("the end of a tag");
        assert!(!text.contains('>'), "{text}");
        for entity in text.split('&').skip(1) {
            assert!(entity.contains(';'), "{text}");
        }
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{piece}");
            closed.push(name.to_owned());
        } else {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            if tag.ends_with('/') {
                closed.push(name.to_owned());
            } else {
                open.push(name.to_owned());
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    closed
}

const KNOWN: [&str; 9] = [
    "svg", "title", "desc", "style", "g", "rect", "path", "circle", "text",
];

/// Every file of a folder of the project, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_format_draws_a_reference_of_every_problem_the_same_again() {
    let catalog = Catalog::embedded();
    for problem in &catalog.problems {
        let files = files(&format!("problems/{}/references", problem.id));
        let file = files.first().expect("a reference");
        let design = read(&std::fs::read_to_string(file).expect("a text"), catalog);
        for format in DRAWINGS {
            let picture = Picture::plain(&design, &catalog.knowledge.vocabulary);
            let Some(text) = letters(format, &picture) else {
                continue;
            };
            for component in &design.components {
                let name = component.title.as_ref().unwrap_or(&component.id);
                let first = name.split(' ').next().unwrap_or_default();
                let seen = text.contains(&component.id) || text.contains(first);
                assert!(seen, "{}: no {name} in {}", problem.id, format.name);
            }
            if format.name == "svg" {
                elements(&text);
            } else {
                assert_eq!(Some(text), letters(format, &picture));
            }
        }
    }
}

/// The pixels of a PNG, and how wide and high it is.
fn pixels(png: &[u8]) -> (Vec<[u8; 4]>, [u32; 2]) {
    let map = resvg::tiny_skia::Pixmap::decode_png(png).expect("a PNG");
    let pixel = |pixel: &resvg::tiny_skia::PremultipliedColorU8| {
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    };
    let all = map.pixels().iter().map(pixel).collect();
    (all, [map.width(), map.height()])
}

#[test]
fn a_png_is_the_svg_in_the_font_of_the_program() {
    let catalog = Catalog::embedded();
    let Draw::Bytes(draw) = drawing("png").expect("a format").draw else {
        panic!("PNG is no text");
    };
    // What is written beside names needs letters, and nothing else of such a picture is as dark.
    let of = |title: &str| {
        let text =
            format!("{{sysdrill: 1, components: {{a: {{kind: service, title: \"{title}\"}}}}}}");
        let design = read(&text, catalog);
        let picture = Picture::plain(&design, &catalog.knowledge.vocabulary);
        let svg = drawing::svg(&picture).expect("an SVG");
        let png = draw(&picture).expect("a PNG");
        let (pixels, size) = pixels(&png);
        for (side, length) in ["width", "height"].iter().zip(size) {
            let told = svg.split(&format!(" {side}=\"")).nth(1).expect(side);
            let told = told.split('"').next().expect("a number").parse::<u32>();
            assert_eq!(told.map(|told| 2 * told), Ok(length), "{side}");
        }
        assert_eq!(pixels.first(), Some(&[255, 255, 255, 255]), "paper");
        let ink = pixels
            .iter()
            .filter(|pixel| pixel[..3].iter().all(|part| *part < 0x40));
        (ink.count(), png)
    };
    let (few, _) = of("i");
    let (many, png) = of("Wide Mouths");
    assert!(few > 10 && many > 5 * few, "{few} {many}");
    assert_eq!(png, of("Wide Mouths").1, "the same again");
    assert!(
        of("\\u65e5\\u672c").0 > 0,
        "letters that the font has not are boxes"
    );
}

const HOSTILE: &str = r#"
sysdrill: 1
title: "</title><script>alert(1)</script>"
components:
  a: {kind: service, title: "\"><script>alert(2)</script>", group: "</g>&lt;\" onload=\"alert(3)", notes: "]]>"}
  b: {kind: sql_db, tech: "x' y=\"1\" \\\" ] }; evil [label=\"", title: "\u202eend\nsubgraph #quot; `%%{init}%%`"}
  end: {kind: message_queue}
connections:
  - a -> b: {label: "\"|<img src=x onerror=alert(4)>|\\"}
  - a ~> end
"#;

#[test]
fn nothing_that_strangers_write_becomes_markup() {
    let catalog = Catalog::embedded();
    let design = read(HOSTILE, catalog);
    let svg = drawn("svg", &design, catalog);
    for element in elements(&svg) {
        assert!(KNOWN.contains(&element.as_str()), "{element}");
    }
    assert!(!svg.contains('\u{202e}') && svg.contains("&lt;script&gt;"));
    let mermaid = drawn("mermaid", &design, catalog);
    for line in mermaid.lines() {
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
        assert!(
            !line.contains("%%") && !line.contains('<') || line.contains("<br>"),
            "{line}"
        );
    }
    assert!(!mermaid.contains("<script") && !mermaid.contains("<img") && !mermaid.contains('`'));
    let dot = drawn("dot", &design, catalog);
    for line in dot.lines() {
        let unescaped = line.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(unescaped.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn findings_are_marked_on_their_components() {
    let catalog = Catalog::embedded();
    let text = include_str!("../../docs/example.design.yaml");
    let design = read(text, catalog);
    let found = marks(&assess(&design, catalog, None), &design);
    let (at, first) = found
        .components
        .iter()
        .next()
        .expect("a finding on a component");
    let svg = drawn("svg", &design, catalog);
    let id = design.id(*at);
    let group = svg
        .lines()
        .find(|line| line.contains(&format!("data-component=\"{id}\"")))
        .expect("the component");
    assert!(
        group.contains(&first[0].key) && group.contains("class=\"badge\""),
        "{group}"
    );
    assert!(drawn("text", &design, catalog).contains(" ! "));
    assert!(drawn("mermaid", &design, catalog).contains(&format!("class c{at} ")));
}

#[test]
fn the_pictures_in_the_documentation_are_what_is_drawn() {
    let catalog = Catalog::embedded();
    let mut files = files("docs/pictures");
    files.retain(|path| path.to_string_lossy().ends_with(".design.yaml"));
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a design");
        let design = read(&text, catalog);
        let picture = Picture::plain(&design, &catalog.knowledge.vocabulary);
        let svg = drawing::svg(&picture).expect("a picture");
        elements(&svg);
        let path = file.display().to_string().replace(".design.yaml", ".svg");
        if super::is_asked("DOCS", "write") {
            std::fs::write(&path, &svg).expect("written");
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == svg,
            "{path}: DOCS=write cargo test --test it diagram"
        );
    }
}
