//! What can be typed where, in texts that are written.

use proptest::prelude::*;

use super::*;

/// What can be typed at the mark of a text: the way, the role, and what is typed.
fn at_mark(marked: &str) -> Option<String> {
    let byte = marked.find('¦').unwrap();
    let text = marked.replace('¦', "");
    let slot = slot(&text, byte)?;
    let steps = slot.path.iter().map(|step| match step {
        Step::Key(key) => format!("/{key}"),
        Step::Item => "/-".to_owned(),
    });
    let path: String = steps.collect();
    Some(format!(
        "{path} {:?} {:?}",
        slot.role,
        slice(&text, slot.typed)
    ))
}

#[test]
fn every_spot_of_a_text_that_is_written_has_its_way() {
    for (text, expected) in [
        ("¦", " Either \"\""),
        ("comp¦", " Either \"comp\""),
        ("a: 1\n¦", " Either \"\""),
        ("level: ¦", "/level Value \"\""),
        ("level: sen¦\nx: y", "/level Value \"sen\""),
        ("a:\n  b:\n    c: 1\n    ¦", "/a/b Either \"\""),
        ("a:\n  b:\n    c: 1\n  ¦", "/a Either \"\""),
        ("a:\n  b: {c: d, e¦", "/a/b Key \"e\""),
        ("a:\n  b: {c: d, ¦}\n  z: 1", "/a/b Key \"\""),
        ("a:\n  b: {c: d e¦", "/a/b/c Value \"d e\""),
        ("a:\n  b: {c: ¦\n  z: 1", "/a/b/c Value \"\""),
        ("a:\n  b: {c: {d: [¦", "/a/b/c/d/- Either \"\""),
        ("a: [b, c¦", "/a/- Either \"c\""),
        ("a: [b -> ¦", "/a/- Either \"b -> \""),
        ("a:\n  - b -> c¦", "/a/- Either \"b -> c\""),
        ("a:\n  - b -> ¦\n", "/a/- Either \"b -> \""),
        ("a:\n- ¦", "/a/- Either \"\""),
        ("a:\n  - b: 1\n    ¦", "/a/- Either \"\""),
        ("a:\n  - b -> c: {¦", "/a/-/b -> c Key \"\""),
        ("a:\n  - {b: x}\n  - ¦", "/a/- Either \"\""),
        ("a: {b: [x\nc: ¦", "/c Value \"\""),
        ("a: {\n  b: x,\n  ¦\n}", "/a Key \"\""),
        ("\"a\": 'b¦", "/a Value \"b\""),
        ("a:\r\n  b: ¦\r\n", "/a/b Value \"\""),
    ] {
        assert_eq!(at_mark(text).as_deref(), Some(expected), "{text:?}");
    }
}

#[test]
fn words_that_mean_nothing_are_no_spot() {
    for text in [
        "# a¦",
        "a: b # c¦",
        "a: |\n  b¦",
        "a: >-\n  b: ¦",
        "a:¦",
        "a: {b:¦",
        "a: {b: c} ¦",
        "a: 'b'¦",
        "a: {b: c, # d¦",
    ] {
        assert_eq!(at_mark(text), None, "{text:?}");
    }
}

#[test]
fn a_bracket_that_nobody_closes_hides_nothing_below() {
    let text = "a: {b: [c\nd:\n  e: 1\n";
    let sketch = Sketch::of(text);
    let keys: Vec<&str> = sketch.keys(text, None).map(|(_, key)| key).collect();
    assert_eq!(keys, ["a", "d"]);
    assert_eq!(
        sketch.value(
            text,
            sketch.key(text, sketch.key(text, None, "d"), "e").unwrap()
        ),
        Some("1")
    );
}

proptest! {
    #![proptest_config(crate::same_cases(256))]

    #[test]
    fn whatever_is_written_is_sketched(text in "[a:{},\\[\\] \n\t'\"#|>é-]{0,60}") {
        let sketch = Sketch::of(&text);
        for (at, piece) in sketch.pieces.iter().enumerate() {
            prop_assert!(text.get(piece.span.start..piece.span.end).is_some(), "{piece:?}");
            prop_assert!(piece.above.is_none_or(|above| above < at));
            prop_assert!(sketch.whole(at).end <= text.len());
        }
        for (byte, _) in text.char_indices() {
            if let Some(slot) = slot(&text, byte) {
                prop_assert!(slot.typed.start <= byte && slot.typed.end == byte);
                prop_assert!(slot.above.is_none_or(|above| above < sketch.pieces.len()));
            }
        }
    }
}
