//! What editors ask and tell: a row for each method, and what is promised at the beginning.
//!
//! Knows the protocol's names and shapes; what the answers say is the floor below's business.

use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Initialized, Notification,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest,
    PrepareRenameRequest, References, Rename, Request,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    HoverProviderCapability, OneOf, RenameOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answers;
use super::document::Document;
use super::server::Server;
use super::text::Columns;
use super::wire::Fault;

/// How something is answered.
type Answer = fn(&mut Server, Value) -> Result<Value, Fault>;

/// How something is taken that is not answered.
type Take = fn(&mut Server, Value);

/// What is answered while the session is open.
pub const REQUESTS: &[(&str, Answer)] = &[
    (Completion::METHOD, answers::completion),
    (HoverRequest::METHOD, answers::hover),
    (GotoDefinition::METHOD, answers::definition),
    (References::METHOD, answers::references),
    (PrepareRenameRequest::METHOD, answers::prepare_rename),
    (Rename::METHOD, answers::rename),
    (DocumentSymbolRequest::METHOD, answers::symbols),
    (CodeActionRequest::METHOD, answers::actions),
];

/// What is taken while the session is open.
pub const NOTICES: &[(&str, Take)] = &[
    (Initialized::METHOD, |server, _| server.ask_to_be_told()),
    (DidOpenTextDocument::METHOD, open),
    (DidChangeTextDocument::METHOD, change),
    (DidSaveTextDocument::METHOD, |server, _| {
        server.all_are_changed();
    }),
    (DidCloseTextDocument::METHOD, close),
    (DidChangeWatchedFiles::METHOD, |server, _| {
        server.all_are_changed();
    }),
];

/// What the editor may count on.
pub fn capabilities(columns: Columns) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(columns.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                ..TextDocumentSyncOptions::default()
            },
        )),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([" ", ">", "{", "[", ","].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// Parameters as a method has them.
///
/// # Errors
/// With what they have otherwise.
pub fn read<T: DeserializeOwned>(params: Value) -> Result<T, Fault> {
    serde_json::from_value(params)
        .map_err(|error| Fault::new(Fault::INVALID_PARAMS, error.to_string()))
}

/// An answer as JSON.
///
/// # Errors
/// Never: what is answered has texts as keys.
pub fn written(answer: impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(answer)
        .map_err(|error| Fault::new(Fault::REQUEST_FAILED, error.to_string()))
}

fn open(server: &mut Server, params: Value) {
    let Ok(params) = read::<DidOpenTextDocumentParams>(params) else {
        return;
    };
    let document = Document::new(params.text_document);
    let address = document.uri.as_str().to_owned();
    server.is_changed(&address);
    server.documents.insert(address, document);
}

fn change(server: &mut Server, params: Value) {
    let Ok(params) = read::<DidChangeTextDocumentParams>(params) else {
        return;
    };
    let columns = server.columns;
    let address = params.text_document.uri.as_str();
    if let Some(document) = server.documents.get_mut(address) {
        document.change(
            params.text_document.version,
            params.content_changes,
            columns,
        );
        server.is_changed(address);
    }
}

fn close(server: &mut Server, params: Value) {
    if let Ok(params) = read::<DidCloseTextDocumentParams>(params) {
        server.forget(&params.text_document.uri);
    }
}
