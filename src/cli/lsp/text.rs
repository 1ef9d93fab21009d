//! The text of a document as the editor has it: its lines, the columns that editors count in, and changes to parts of it.
//!
//! Knows bytes and code units; knows no format. Lines end as the protocol has it: with `\n`, `\r\n` or `\r`.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::Span;

/// What the columns of positions count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Columns {
    /// What a client and this server both count in: bytes where it can be had.
    pub fn agreed(offered: &[PositionEncodingKind]) -> Self {
        let offers = |kind: &PositionEncodingKind| offered.contains(kind);
        if offers(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offers(&PositionEncodingKind::UTF32) && !offers(&PositionEncodingKind::UTF16) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// The name in the protocol.
    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    const fn of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A mark at the start of some files, which is no part of their text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text with its lines.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// With the byte order mark, where there is one.
    whole: String,
    starts: Vec<usize>,
}

impl Text {
    /// A text.
    pub fn new(whole: String) -> Self {
        Self {
            starts: line_starts(&whole),
            whole,
        }
    }

    /// What stands in it, without a byte order mark. Spans are of this.
    pub fn content(&self) -> &str {
        self.whole
            .strip_prefix(BYTE_ORDER_MARK)
            .unwrap_or(&self.whole)
    }

    fn mark(&self) -> usize {
        self.whole.len() - self.content().len()
    }

    /// The byte at a position of the editor; beyond the end of a line that end, beyond the last line the end of all.
    pub fn byte(&self, position: Position, columns: Columns) -> usize {
        self.whole_byte(position, columns)
            .saturating_sub(self.mark())
    }

    fn whole_byte(&self, position: Position, columns: Columns) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else {
            return self.whole.len();
        };
        let next = self.starts.get(line.saturating_add(1));
        let end = next.copied().unwrap_or(self.whole.len());
        let line = self.whole.get(start..end).unwrap_or_default();
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let (mut column, mut byte) = (0, start);
        for c in line.trim_end_matches(['\r', '\n']).chars() {
            column += columns.of(c);
            if column > wanted {
                break;
            }
            byte += c.len_utf8();
        }
        byte
    }

    /// The position of a byte.
    pub fn position(&self, byte: usize, columns: Columns) -> Position {
        let byte = byte.saturating_add(self.mark()).min(self.whole.len());
        let after = self.starts.partition_point(|start| *start <= byte);
        let line = after.saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.whole.get(start..byte).unwrap_or_default();
        let column: usize = before.chars().map(|c| columns.of(c)).sum();
        Position::new(small(line), small(column))
    }

    /// The range of a span.
    pub fn range(&self, span: Span, columns: Columns) -> Range {
        Range::new(
            self.position(span.start, columns),
            self.position(span.end.max(span.start), columns),
        )
    }

    /// The span of a range; one that ends before it starts is empty.
    pub fn span(&self, range: Range, columns: Columns) -> Span {
        let start = self.byte(range.start, columns);
        Span::new(start, self.byte(range.end, columns).max(start))
    }

    /// Puts words in place of a range.
    pub fn change(&mut self, range: Range, words: &str, columns: Columns) {
        let start = self.whole_byte(range.start, columns);
        let end = self.whole_byte(range.end, columns).max(start);
        let mut whole = std::mem::take(&mut self.whole);
        whole.replace_range(start..end, words);
        *self = Self::new(whole);
    }
}

/// Numbers of lines and columns; what is beyond 32 bits is beyond any editor.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0)
        .chain(ends.map(|(at, _)| at + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Columns; 3] = [Columns::Utf8, Columns::Utf16, Columns::Utf32];

    #[test]
    fn columns_are_counted_as_agreed() {
        let text = Text::new("a: é\r\n🚀b: c\rx".to_owned());
        let at = text.content().find('b').unwrap();
        for (columns, column) in [(Columns::Utf8, 4), (Columns::Utf16, 2), (Columns::Utf32, 1)] {
            assert_eq!(text.position(at, columns), Position::new(1, column));
            assert_eq!(text.byte(Position::new(1, column), columns), at);
        }
        assert_eq!(
            text.position(text.content().len() - 1, Columns::Utf16).line,
            2
        );
    }

    #[test]
    fn a_column_within_a_character_is_its_start() {
        let text = Text::new("🚀b".to_owned());
        assert_eq!(text.byte(Position::new(0, 1), Columns::Utf16), 0);
        assert_eq!(text.byte(Position::new(0, 3), Columns::Utf8), 0);
    }

    #[test]
    fn what_lies_beyond_is_the_end() {
        let text = Text::new("ab\r\nc".to_owned());
        for columns in ALL {
            assert_eq!(text.byte(Position::new(0, 99), columns), 2);
            assert_eq!(text.byte(Position::new(9, 0), columns), 5);
            assert_eq!(text.byte(Position::new(u32::MAX, u32::MAX), columns), 5);
        }
    }

    #[test]
    fn a_byte_order_mark_is_a_column_and_no_text() {
        let text = Text::new("\u{feff}a: b".to_owned());
        assert_eq!(text.content(), "a: b");
        assert_eq!(text.position(3, Columns::Utf16), Position::new(0, 4));
        assert_eq!(text.byte(Position::new(0, 4), Columns::Utf16), 3);
        assert_eq!(text.byte(Position::new(0, 0), Columns::Utf16), 0);
    }

    #[test]
    fn bytes_are_agreed_on_where_they_are_offered() {
        use PositionEncodingKind as Kind;
        assert_eq!(Columns::agreed(&[]), Columns::Utf16);
        assert_eq!(Columns::agreed(&[Kind::UTF16, Kind::UTF8]), Columns::Utf8);
        assert_eq!(Columns::agreed(&[Kind::UTF32]), Columns::Utf32);
        assert_eq!(Columns::agreed(&[Kind::UTF32, Kind::UTF16]), Columns::Utf16);
    }

    proptest! {
        #![proptest_config(crate::same_cases(256))]

        #[test]
        fn every_character_is_found_again(text in "[a-zé🚀\r\n\u{feff}]{0,40}") {
            let text = Text::new(text);
            for columns in ALL {
                for (at, c) in text.content().char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                    prop_assert_eq!(text.byte(text.position(at, columns), columns), at, "{:?} {}", columns, c);
                }
            }
        }

        #[test]
        fn a_change_is_one_of_the_text(text in "[aé🚀\r\n]{0,20}", words in "[b日\n]{0,5}", from in 0_usize..20, to in 0_usize..20) {
            let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (from.min(chars.len() - 1), to.min(chars.len() - 1));
            let (start, end) = (chars[from.min(to)], chars[from.max(to)]);
            let is_within_an_end = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
            prop_assume!(!is_within_an_end(start) && !is_within_an_end(end));
            let mut expected = text.clone();
            expected.replace_range(start..end, &words);
            for columns in ALL {
                let mut changed = Text::new(text.clone());
                let range = changed.range(Span::new(start, end), columns);
                changed.change(range, &words, columns);
                prop_assert_eq!(&changed.whole, &expected);
                prop_assert_eq!(&changed.starts, &line_starts(&expected));
            }
        }
    }
}
