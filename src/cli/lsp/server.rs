//! The session: its beginning and its end, the open documents, and what is to be said.
//!
//! Knows in which order things may happen; what is asked and answered stands in the table of methods.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lsp_types::{Diagnostic, InitializeParams, InitializeResult, MarkupKind, ServerInfo, Uri};
use serde_json::{Value, json};

use super::answers::View;
use super::document::Document;
use super::methods::{self, NOTICES, REQUESTS};
use super::room::Rooms;
use super::text::Columns;
use super::wire::{self, Fault, Incoming};
use super::{Lsp, remarks, uri};
use crate::cli::Exit;
use crate::editor::Draft;

/// Where the session is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Nothing is agreed on yet.
    #[default]
    Before,
    /// Documents come and go.
    Open,
    /// The editor has said that it will end.
    Over,
}

/// A session.
#[derive(Debug)]
pub struct Server {
    phase: Phase,
    /// What columns count.
    pub columns: Columns,
    /// The open documents by their addresses.
    pub documents: BTreeMap<String, Document>,
    /// What they are judged with.
    pub rooms: Rooms,
    /// Documents that are not judged as they are now.
    unjudged: BTreeSet<String>,
    /// The editor shows Markdown.
    markdown: bool,
    /// The editor tells of files that change when it is asked to.
    watches: bool,
    said: Vec<Value>,
}

impl Server {
    /// A session that has not begun.
    pub fn new(lsp: &Lsp) -> Self {
        Self {
            phase: Phase::default(),
            columns: Columns::default(),
            documents: BTreeMap::new(),
            rooms: Rooms::new(lsp),
            unjudged: BTreeSet::new(),
            markdown: true,
            watches: false,
            said: Vec::new(),
        }
    }

    /// What is to be said, once.
    pub fn said(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.said)
    }

    /// How the session ended: well where that was announced.
    pub const fn exit(&self) -> Exit {
        match self.phase {
            Phase::Over => Exit::Well,
            Phase::Before | Phase::Open => Exit::Abandoned,
        }
    }

    /// Takes what came in; whether that was the end.
    pub fn take(&mut self, incoming: Incoming) -> bool {
        let message = match incoming {
            Incoming::Message(message) => message,
            Incoming::Fault(fault) => {
                self.said.push(wire::answer(&Value::Null, Err(fault)));
                return false;
            }
        };
        let id = message
            .get("id")
            .filter(|id| id.is_number() || id.is_string());
        let params = message.get("params").cloned().unwrap_or(Value::Null);
        match (message.get("method").and_then(Value::as_str), id) {
            (Some("exit"), None) => return true,
            (Some(method), None) => self.notice(method, params),
            (Some(method), Some(id)) => {
                let outcome = self.answer(method, params);
                self.said.push(wire::answer(id, outcome));
            }
            (None, _) if message.get("result").is_some() || message.get("error").is_some() => {}
            (None, _) => {
                let fault = Fault::new(Fault::INVALID_REQUEST, "no message: it has no method");
                self.said.push(wire::answer(&Value::Null, Err(fault)));
            }
        }
        false
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Fault> {
        match (self.phase, method) {
            (Phase::Before, "initialize") => self.begin(params),
            (Phase::Before, _) => Err(Fault::new(
                Fault::NOT_INITIALIZED,
                "`initialize` comes first",
            )),
            (Phase::Open, "initialize") => Err(Fault::new(
                Fault::INVALID_REQUEST,
                "the session has begun already",
            )),
            (Phase::Open, "shutdown") => {
                self.phase = Phase::Over;
                Ok(Value::Null)
            }
            (Phase::Open, method) => {
                let row = REQUESTS.iter().find(|(name, _)| *name == method);
                let unknown =
                    || Fault::new(Fault::METHOD_NOT_FOUND, format!("no method `{method}`"));
                let (_, answer) = row.ok_or_else(unknown)?;
                answer(self, params)
            }
            (Phase::Over, _) => Err(Fault::new(Fault::INVALID_REQUEST, "the session is over")),
        }
    }

    /// Takes something that is not answered. What is not understood is not heard: there is nobody to say so to.
    fn notice(&mut self, method: &str, params: Value) {
        if self.phase != Phase::Open {
            return;
        }
        if let Some((_, take)) = NOTICES.iter().find(|(name, _)| *name == method) {
            take(self, params);
        }
    }

    fn begin(&mut self, params: Value) -> Result<Value, Fault> {
        let params: InitializeParams = methods::read(params)?;
        let general = params.capabilities.general.unwrap_or_default();
        self.columns = Columns::agreed(&general.position_encodings.unwrap_or_default());
        let watched = params.capabilities.workspace.unwrap_or_default();
        let watched = watched.did_change_watched_files;
        let hovers = params.capabilities.text_document.unwrap_or_default().hover;
        let hovers = hovers.and_then(|hovers| hovers.content_format);
        self.markdown = hovers.is_none_or(|kinds| kinds.contains(&MarkupKind::Markdown));
        self.watches = watched.and_then(|watched| watched.dynamic_registration) == Some(true);
        let folders = params.workspace_folders.unwrap_or_default();
        let root = folders
            .first()
            .and_then(|folder| uri::path(folder.uri.as_str()));
        self.rooms.root = root.unwrap_or_else(|| PathBuf::from("."));
        self.phase = Phase::Open;
        methods::written(InitializeResult {
            capabilities: methods::capabilities(self.columns),
            server_info: Some(ServerInfo {
                name: "sysdrill".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    /// Asks to be told of files that decide how designs are judged.
    pub fn ask_to_be_told(&mut self) {
        if !self.watches {
            return;
        }
        let watchers = json!([{"globPattern": "**/*.{yaml,yml}"}]);
        let registration = json!({"id": "files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers}});
        self.said.push(
            json!({"jsonrpc": "2.0", "id": "files", "method": "client/registerCapability",
            "params": {"registrations": [registration]}}),
        );
    }

    /// Has a document judged again, when there is time.
    pub fn is_changed(&mut self, address: &str) {
        self.unjudged.insert(address.to_owned());
    }

    /// Has every document judged again.
    pub fn all_are_changed(&mut self) {
        self.unjudged.extend(self.documents.keys().cloned());
    }

    /// Takes a document away, and what was said of it.
    pub fn forget(&mut self, uri: &Uri) {
        self.unjudged.remove(uri.as_str());
        if let Some(document) = self.documents.remove(uri.as_str())
            && document.has_remarks
        {
            self.publish(uri, None, &[]);
        }
    }

    /// Whether a document is not judged as it is now.
    pub fn has_unjudged(&self) -> bool {
        !self.unjudged.is_empty()
    }

    /// Judges one of the documents that are not judged as they are now.
    pub fn judge_one(&mut self) {
        let Some(address) = self.unjudged.pop_first() else {
            return;
        };
        let Some(document) = self.documents.get_mut(&address) else {
            return;
        };
        let room = self.rooms.of(document.path.as_deref());
        document.judge_anew(room);
        let shown = remarks::shown(document.remarks(), document, self.columns);
        let is_news = !shown.is_empty() || document.has_remarks;
        document.has_remarks = !shown.is_empty();
        if is_news {
            let (uri, version) = (document.uri.clone(), document.version);
            self.publish(&uri, Some(version), &shown);
        }
    }

    fn publish(&mut self, uri: &Uri, version: Option<i32>, diagnostics: &[Diagnostic]) {
        let mut params = json!({"uri": uri.as_str(), "diagnostics": diagnostics});
        if let (Some(version), Value::Object(params)) = (version, &mut params) {
            params.insert("version".to_owned(), json!(version));
        }
        self.said
            .push(wire::notice("textDocument/publishDiagnostics", &params));
    }

    /// Looks at a document; nothing where it is not open, or none of this program's business.
    pub fn view<T>(&mut self, uri: &Uri, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        let document = self.documents.get(uri.as_str())?;
        let room = self.rooms.of(document.path.as_deref());
        let sort = document.sort(room).document()?;
        let draft = Draft::new(document.text.content(), sort, room.catalog());
        Some(look(&View {
            document,
            room,
            draft,
            columns: self.columns,
            markdown: self.markdown,
        }))
    }

    /// Has a document judged as it is now, for what is asked about it.
    pub fn judge(&mut self, uri: &Uri) {
        if let Some(document) = self.documents.get_mut(uri.as_str()) {
            document.judge(self.rooms.of(document.path.as_deref()));
        }
    }
}
