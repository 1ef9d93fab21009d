//! Charts of C4 in Mermaid.
//!
//! Knows lines; macros are read by their own module.

use crate::notation::foreign::c4::{Call, draw};
use crate::notation::foreign::cursor::Cursor;
use crate::notation::foreign::diagram::Diagram;
use crate::notation::foreign::named::{Board, leave_out};
use crate::source::{Issues, Span};

/// Reads a chart from behind its first line.
pub(super) fn read(mut cursor: Cursor<'_>, span: Span, issues: &mut Issues) -> Diagram {
    let mut board = Board::default();
    cursor.skip_line();
    while !cursor.is_done() {
        cursor.skip_spaces();
        let line = cursor.line().trim_end();
        if let Some(rest) = line.strip_prefix('}') {
            board.close();
            cursor.at += line.len() - rest.len();
        } else if line.is_empty() || line.starts_with("%%") || line.starts_with("acc") {
            cursor.skip_line();
        } else if let Some(title) = line.strip_prefix("title ") {
            board.entitle(title);
            cursor.skip_line();
        } else if let Some(call) = Call::of(cursor.rest())
            && draw(
                &call,
                cursor.span(cursor.at, cursor.at + line.len()),
                &mut board,
            )
        {
            cursor.at += call.length;
        } else {
            leave_out(
                &mut cursor,
                "it is left out; relations are written `Rel(a, b, \"calls\")`",
                issues,
            );
        }
    }
    board.finish(span)
}
