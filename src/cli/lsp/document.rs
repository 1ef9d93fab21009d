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
    /// Something is said of it.
    pub has_remarks: bool,
    /// The judgement of this very text.
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
            checked: None,
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
        self.checked = None;
    }

    /// What sort of file it is.
    pub fn sort(&self, room: &Room) -> Sort {
        room.sort(self.path.as_deref(), self.text.content())
    }

    /// The judgement of the text, where it is a design that was judged.
    pub const fn checked(&self) -> Option<&Checked> {
        self.checked.as_ref()
    }

    /// Has the text judged, where it is a design that is not yet.
    pub fn judge(&mut self, room: &Room) {
        if self.checked.is_none() && self.sort(room) == Sort::Design {
            let checked = room.judge(self.text.content(), self.path.as_deref());
            self.checked = Some(checked);
        }
    }

    /// What is said of it now, judged anew: files beside it may have changed.
    pub fn remarks(&mut self, room: &Room) -> Vec<Remark> {
        self.checked = None;
        self.judge(room);
        let text = self.text.content();
        match self.sort(room) {
            Sort::Design => {
                let checked = self.checked.iter();
                let found = checked.flat_map(|checked| editor::of_checked(checked, room.catalog()));
                room.obstacles().into_iter().chain(found).collect()
            }
            Sort::Configuration(path) => room.configuration(&path, text),
            Sort::Content(path) => room.content(&path, text),
            Sort::Other => Vec::new(),
        }
    }
}
