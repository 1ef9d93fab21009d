//! Views as JSON in one line, with escapes in place of what a terminal or a runner of build jobs would obey. It is what
//! serde's own writer gives, with those escapes, in a third of the time: keys of views are written as they are, and texts
//! are looked at by many bytes at once.
//!
//! Knows JSON; knows no view.

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    Serializer,
};
use serde_json::Error;

use crate::drawing::markup::is_harmful;

/// A view as JSON, after a text of ours that stands before it; there is room for so many bytes before more is looked for.
pub(super) fn json_after<T: Serialize + ?Sized>(head: &str, view: &T, room: usize) -> String {
    let mut json = Json(Vec::with_capacity(room));
    json.word(head);
    view.serialize(&mut json)
        .expect("views have string keys and no variants with content");
    String::from_utf8(json.0).expect("texts are written whole")
}

/// What is written so far.
struct Json(Vec<u8>);

/// A list or a map that is open.
struct Open<'j> {
    json: &'j mut Json,
    is_empty: bool,
    close: u8,
}

impl Json {
    fn word(&mut self, word: &str) {
        self.0.extend_from_slice(word.as_bytes());
    }

    /// A number, as serde's own writer spells it.
    fn number(&mut self, number: impl Serialize) -> Result<(), Error> {
        serde_json::to_writer(&mut self.0, &number)
    }

    fn text(&mut self, text: &str) {
        self.0.push(b'"');
        if is_plain(text.as_bytes()) {
            self.word(text);
        } else {
            self.escaped(text);
        }
        self.0.push(b'"');
    }

    fn escaped(&mut self, text: &str) {
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match c {
                '"' => self.word("\\\""),
                '\\' => self.word("\\\\"),
                '\u{8}' => self.word("\\b"),
                '\t' => self.word("\\t"),
                '\n' => self.word("\\n"),
                '\u{c}' => self.word("\\f"),
                '\r' => self.word("\\r"),
                '#' if rest.as_str().starts_with('#') => self.word("\\u0023"),
                ' '..='~' => self.0.extend(u8::try_from(c)),
                c if is_harmful(c) => self.word(&format!("\\u{:04x}", u32::from(c))),
                c => self.word(c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    fn open(&mut self, open: u8, close: u8) -> Open<'_> {
        self.0.push(open);
        Open {
            json: self,
            is_empty: true,
            close,
        }
    }
}

/// Whether a text can stand between quotes as it is.
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

/// Whether a byte is a character that needs no escape, whatever stands beside it.
const fn is_plain_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'!' | b'$'..=b'[' | b']'..=b'~')
}

/// The same of eight bytes at once. As long as no byte has its highest bit, a byte that is smaller than what is taken from it
/// gets that bit; and so do the bytes before one, at times, which makes no difference to the answer.
const fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES * 0x80;
    const fn each(byte: u8) -> u64 {
        ONES * byte as u64
    }
    let control = word.wrapping_sub(each(b' '));
    // `"` and `#` differ in their last bit.
    let quote_or_hash = ((word | ONES) ^ each(b'#')).wrapping_sub(ONES);
    let backslash = (word ^ each(b'\\')).wrapping_sub(ONES);
    let delete = (word ^ each(0x7f)).wrapping_sub(ONES);
    (word | control | quote_or_hash | backslash | delete) & HIGH == 0
}

impl Open<'_> {
    fn comma(&mut self) {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.json.0.push(b',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        self.comma();
        item.serialize(&mut *self.json)
    }

    fn close(self) {
        self.json.0.push(self.close);
    }
}

impl SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        self.item(item)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeTuple for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        self.item(item)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        let start = self.json.0.len();
        key.serialize(&mut *self.json)?;
        match self.json.0.get(start) {
            Some(b'"') => Ok(()),
            _ => Err(Error::custom("a key that is no text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.json.0.push(b':');
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Error;

    /// Keys of views are our own words.
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        debug_assert!(is_plain(key.as_bytes()), "{key}");
        self.comma();
        self.json.0.push(b'"');
        self.json.word(key);
        self.json.word("\":");
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

/// A number that is whole, as most are, and not large.
fn small(value: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is lost is seen in the next line"
    )]
    let whole = value as u32;
    (f64::from(whole).to_bits() == value.to_bits()).then_some(whole)
}

/// What no view has.
fn never<T>() -> Result<T, Error> {
    Err(Error::custom("no view has bytes or variants with content"))
}

impl<'j> Serializer for &'j mut Json {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'j>;
    type SerializeTuple = Open<'j>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Open<'j>;
    type SerializeStruct = Open<'j>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.word(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.number(value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        match small(value) {
            Some(whole) => {
                self.number(whole)?;
                self.word(".0");
                Ok(())
            }
            None => self.number(value),
        }
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.text(value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        never()
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.word("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        never()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'j>, Error> {
        Ok(self.open(b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'j>, Error> {
        Ok(self.open(b'[', b']'))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        never()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        never()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'j>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'j>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        never()
    }
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
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
