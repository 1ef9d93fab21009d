//! An open document: its text as the editor has it, what sort of file it is, and what is said of it.
//!
//! Knows how a sort of file is judged; knows no message.

use std::path::PathBuf;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::room::{Room, Sort};
use super::text::{Columns, Text};
use super::uri;
use crate::editor::{self, Remark};
use crate::report::Checked;

/// An open document.
#[derive(Debug)]
pub struct Document {
    /// Its address.
    pub uri: Uri,
    /// The editor's number of the text.
    pub version: i32,
    /// Its file, where it is one.
    pub path: Option<PathBuf>,
    /// The text.
    pub text: Text,
    /// Something was said of it.
    pub has_remarks: bool,
    /// None where the text has changed since.
    judged: Option<Judged>,
}

/// What is said of a text.
#[derive(Debug)]
struct Judged {
    remarks: Vec<Remark>,
    /// The judgement of a design.
    checked: Option<Checked>,
}

impl Document {
    /// A document that is opened.
    pub fn new(item: TextDocumentItem) -> Self {
        Self {
            path: uri::path(item.uri.as_str()),
            uri: item.uri,
            version: item.version,
            text: Text::new(item.text),
            has_remarks: false,
            judged: None,
        }
    }

    /// Takes changes, each to the text that those before it left.
    pub fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        columns: Columns,
    ) {
        for change in changes {
            match change.range {
                Some(range) => self.text.change(range, &change.text, columns),
                None => self.text = Text::new(change.text),
            }
        }
        self.version = version;
        self.judged = None;
    }

    /// What sort of file it is.
    pub fn sort(&self, room: &Room) -> Sort {
        room.sort(self.path.as_deref(), self.text.content())
    }

    /// The judgement of the text, where it is a design that was judged.
    pub fn checked(&self) -> Option<&Checked> {
        self.judged.as_ref()?.checked.as_ref()
    }

    /// What is said of the text, once it was judged.
    pub fn remarks(&self) -> &[Remark] {
        let judged = self.judged.as_ref();
        judged.map_or(&[], |judged| &judged.remarks)
    }

    /// Has the text judged, where it is not yet.
    pub fn judge(&mut self, room: &Room) {
        if self.judged.is_none() {
            self.judge_anew(room);
        }
    }

    /// Has the text judged, which files beside it may have a say in.
    pub fn judge_anew(&mut self, room: &Room) {
        let text = self.text.content();
        let (remarks, checked) = match self.sort(room) {
            Sort::Design => {
                let checked = room.judge(text, self.path.as_deref());
                let mut remarks = room.obstacles();
                remarks.extend(editor::of_checked(&checked, room.catalog()));
                (remarks, Some(checked))
            }
            Sort::Configuration(path) => (room.configuration(&path, text), None),
            Sort::Review => (room.review(text, self.path.as_deref()), None),
            Sort::Content(path) => (room.content(&path, text), None),
            Sort::Other => (Vec::new(), None),
        };
        self.judged = Some(Judged { remarks, checked });
    }
}
