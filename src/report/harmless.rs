//! Views as JSON in one line, with escapes in place of what a terminal or a runner of build jobs would obey.
//!
//! Knows what harms; knows no view. Writing JSON is the library's business.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::drawing::markup::is_harmful;

/// A view as JSON, after a text of ours that stands before it; there is room for so many bytes before more is looked for.
pub(super) fn json_after<T: Serialize + ?Sized>(head: &str, view: &T, room: usize) -> String {
    let mut json = Vec::with_capacity(room);
    json.extend_from_slice(head.as_bytes());
    view.serialize(&mut Serializer::with_formatter(&mut json, Harmless))
        .expect("views have string keys");
    String::from_utf8(json).expect("texts are written whole")
}

/// JSON without a space, and with more escapes than JSON asks for.
struct Harmless;

impl Formatter for Harmless {
    /// What needs no escape in JSON. Most of it does no harm either, which is seen by many bytes at once.
    fn write_string_fragment<W>(&mut self, json: &mut W, text: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        if is_plain(text.as_bytes()) {
            return json.write_all(text.as_bytes());
        }
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let is_command = c == '#' && rest.as_str().starts_with('#');
            if !is_command && !is_harmful(c) {
                json.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(json, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

/// Whether all of a text that needs no escape in JSON does no harm either, whatever stands beside it.
fn is_plain(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks::<8>();
    let all = |word: &[u8; 8]| is_plain_word(u64::from_le_bytes(*word));
    words.iter().all(all)
        && match text.last_chunk() {
            // Some bytes are looked at twice, which is sooner done than one by one.
            Some(last) => all(last),
            None => rest.iter().all(|byte| is_plain_byte(*byte)),
        }
}

/// Whether a byte is a character of ASCII that does no harm: JSON has an escape for each control but the last.
const fn is_plain_byte(byte: u8) -> bool {
    byte < 0x7f && byte != b'#'
}

/// The same of eight bytes at once. As long as no byte has its highest bit, one more gives that bit to the last control
/// alone, and one less to what is nothing; and to the bytes before one, at times, which makes no difference to the answer.
const fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let delete = word.wrapping_add(ONES);
    let hash = (word ^ (ONES * b'#' as u64)).wrapping_sub(ONES);
    (word | delete | hash) & (ONES * 0x80) == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn written(view: &(impl Serialize + ?Sized)) -> String {
        json_after("", view, 0)
    }

    #[derive(serde::Serialize)]
    struct View<'a> {
        text: &'a str,
        none: Option<u8>,
        pair: [Option<f64>; 2],
        nested: Vec<Value>,
        yes: bool,
    }

    proptest! {
        #![proptest_config(crate::same_cases(256))]

        #[test]
        fn it_is_what_the_usual_writer_gives_but_for_escapes(text in "\\PC{0,40}", number in any::<f64>(), small in any::<i32>(), count in any::<i64>()) {
            let view = View {
                text: &text,
                none: None,
                pair: [Some(number), None],
                nested: vec![json!({ text.as_str(): count }), json!([]), json!({})],
                yes: true,
            };
            let usual = serde_json::to_string(&view).unwrap();
            let harmless = written(&view);
            prop_assert!(!harmless.contains("##"));
            prop_assert_eq!(
                serde_json::from_str::<Value>(&harmless).unwrap(),
                serde_json::from_str::<Value>(&usual).unwrap()
            );
            for whole in [f64::from(small), f64::from(small) * 1e6, number.trunc()] {
                prop_assert_eq!(written(&whole), serde_json::to_string(&whole).unwrap());
            }
            if !usual.contains("##") && !usual.chars().any(is_harmful) {
                prop_assert_eq!(harmless, usual);
            }
        }
    }

    #[test]
    fn eight_bytes_are_plain_where_each_of_them_is() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut text = *b"ab ~!$[]";
                text[at] = byte;
                assert_eq!(is_plain(&text), is_plain_byte(byte), "{byte} at {at}");
                assert_eq!(is_plain(&text[at..]), is_plain_byte(byte));
            }
        }
    }

    #[test]
    fn json_with_escapes_is_the_same_json() {
        let hostile =
            "##[x]###\u{1b}\u{7f}\u{9b}31m\u{202e}\u{2028}\u{ffff}\n\r\t\u{8}\u{c}\0\"\\é#";
        let written = written(hostile);
        assert!(
            !written.contains("##") && !written.chars().any(is_harmful),
            "{written}"
        );
        let read: String = serde_json::from_str(&written).unwrap();
        assert_eq!(read, hostile);
        let usual = serde_json::to_string("\0\u{1f}\n\r\t\u{8}\u{c}\"\\é#").unwrap();
        assert_eq!(self::written("\0\u{1f}\n\r\t\u{8}\u{c}\"\\é#"), usual);
    }
}
