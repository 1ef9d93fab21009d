//! Answers: what the floor below says of a text, in the protocol's shapes and the editor's columns.
//!
//! Knows both shapes; decides nothing of what is said.

use std::collections::BTreeMap;

use lsp_types::{
    CodeActionKind, CodeActionParams, CompletionItem, CompletionItemKind, CompletionList,
    CompletionParams, CompletionTextEdit, DocumentSymbol, DocumentSymbolParams,
    DocumentSymbolResponse, Documentation, GotoDefinitionParams, Hover, HoverContents, HoverParams,
    Location, MarkupContent, MarkupKind, Position, Range, ReferenceParams, RenameParams,
    SymbolKind, TextDocumentPositionParams, TextEdit, Uri,
};
use serde_json::{Value, json};

use super::document::Document;
use super::methods::{read, written};
use super::remarks;
use super::room::Room;
use super::server::Server;
use super::text::Columns;
use super::uri;
use super::wire::Fault;
use crate::editor::{Card, Draft, Entry, Fix, Mention, Proposal, Proposals, Thing};
use crate::rubric::Rule;
use crate::source::Span;

/// A document that something is asked about.
pub struct View<'v> {
    /// The document.
    pub document: &'v Document,
    /// What it is judged with.
    pub room: &'v Room,
    /// Its text.
    pub draft: Draft<'v>,
    /// What columns count.
    pub columns: Columns,
    /// Cards may be written as Markdown.
    pub markdown: bool,
}

impl View<'_> {
    fn byte(&self, position: Position) -> usize {
        self.document.text.byte(position, self.columns)
    }

    /// Where a span is.
    pub fn range(&self, span: Span) -> Range {
        self.document.text.range(span, self.columns)
    }

    fn location(&self, span: Span) -> Location {
        Location::new(self.document.uri.clone(), self.range(span))
    }

    /// Where a rule of one's own is written.
    fn location_of(&self, rule: &Rule) -> Option<Location> {
        let file = uri::address(&self.room.file_of(rule)?)?;
        let line = u32::try_from(rule.line.saturating_sub(1)).ok()?;
        let start = Position::new(line, 0);
        Some(Location::new(file.parse().ok()?, Range::new(start, start)))
    }

    /// Words in place of spans of the document.
    pub fn edit(&self, edits: impl IntoIterator<Item = (Span, String)>) -> Value {
        let edits = edits.into_iter();
        let edits: Vec<TextEdit> = edits
            .map(|(span, words)| TextEdit::new(self.range(span), words))
            .collect();
        let changes = BTreeMap::from([(self.document.uri.as_str(), edits)]);
        json!({ "changes": changes })
    }

    fn card(&self, card: &Card) -> MarkupContent {
        if self.markdown {
            MarkupContent {
                kind: MarkupKind::Markdown,
                value: card.markdown(),
            }
        } else {
            MarkupContent {
                kind: MarkupKind::PlainText,
                value: card.text(),
            }
        }
    }
}

/// Asks something of a document and a position in it.
fn asked<T: serde::Serialize>(
    server: &mut Server,
    at: &TextDocumentPositionParams,
    answer: impl FnOnce(&View<'_>, usize) -> Option<T>,
) -> Result<Value, Fault> {
    let found = server.view(&at.text_document.uri, |view| {
        answer(view, view.byte(at.position))
    });
    written(found.flatten())
}

/// `textDocument/completion`
pub fn completion(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: CompletionParams = read(params)?;
    asked(server, &params.text_document_position, |view, byte| {
        let proposals = view.draft.proposals(byte)?;
        Some(completions(&proposals, view))
    })
}

/// What fits what is typed so far: more may fit something else, so that the editor is to ask again.
fn completions(proposals: &Proposals, view: &View<'_>) -> CompletionList {
    let range = view.range(proposals.replaced);
    let all = proposals.all.iter().enumerate();
    CompletionList {
        is_incomplete: true,
        items: all
            .map(|(at, proposal)| completion_item(proposal, at, range))
            .collect(),
    }
}

fn completion_item(proposal: &Proposal, at: usize, range: Range) -> CompletionItem {
    let about = (!proposal.about.is_empty()).then(|| proposal.about.clone());
    CompletionItem {
        label: proposal.label.clone(),
        kind: Some(match proposal.thing {
            Thing::Key => CompletionItemKind::PROPERTY,
            Thing::Word => CompletionItemKind::ENUM_MEMBER,
            Thing::Sort => CompletionItemKind::CLASS,
            Thing::Name => CompletionItemKind::VARIABLE,
            Thing::Content => CompletionItemKind::REFERENCE,
        }),
        documentation: about.map(Documentation::String),
        sort_text: Some(format!("{at:05}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            range,
            proposal.written.clone(),
        ))),
        ..CompletionItem::default()
    }
}

/// `textDocument/hover`
pub fn hover(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: HoverParams = read(params)?;
    let at = params.text_document_position_params;
    server.judge(&at.text_document.uri);
    asked(server, &at, |view, byte| {
        let (span, card) = view.draft.hover(byte, view.document.checked())?;
        Some(Hover {
            contents: HoverContents::Markup(view.card(&card)),
            range: Some(view.range(span)),
        })
    })
}

/// `textDocument/definition`
pub fn definition(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: GotoDefinitionParams = read(params)?;
    let at = params.text_document_position_params;
    asked(server, &at, |view, byte| {
        let component = view.draft.component_at(byte).and_then(|mention| {
            let mut mentions = view.draft.mentions_of(mention.id).into_iter();
            mentions.find(|mention| mention.is_definition)
        });
        match component {
            Some(definition) => Some(view.location(definition.span)),
            None => view.location_of(view.draft.rule_at(byte)?),
        }
    })
}

/// `textDocument/references`
pub fn references(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: ReferenceParams = read(params)?;
    let with_definition = params.context.include_declaration;
    asked(server, &params.text_document_position, |view, byte| {
        let id = view.draft.component_at(byte)?.id;
        let mentions = view.draft.mentions_of(id).into_iter();
        let wanted = mentions.filter(|mention| with_definition || !mention.is_definition);
        let found: Vec<Location> = wanted.map(|mention| view.location(mention.span)).collect();
        Some(found)
    })
}

/// `textDocument/prepareRename`
pub fn prepare_rename(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let at: TextDocumentPositionParams = read(params)?;
    asked(server, &at, |view, byte| {
        let Mention { span, id, .. } = view.draft.mention_at(byte)?;
        Some(json!({"range": view.range(span), "placeholder": id}))
    })
}

/// `textDocument/rename`
pub fn rename(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: RenameParams = read(params)?;
    let at = &params.text_document_position;
    let renamed = server.view(&at.text_document.uri, |view| {
        let edits = view.draft.renamed(view.byte(at.position), &params.new_name);
        edits.map(|edits| view.edit(edits))
    });
    let edit = renamed.transpose();
    edit.map(Option::unwrap_or_default)
        .map_err(|reason| Fault::new(Fault::REQUEST_FAILED, reason))
}

/// `textDocument/documentSymbol`
pub fn symbols(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: DocumentSymbolParams = read(params)?;
    let uri: &Uri = &params.text_document.uri;
    let symbols = server.view(uri, |view| {
        let outline = view.draft.outline();
        outline.iter().map(|entry| symbol(entry, view)).collect()
    });
    written(symbols.map(DocumentSymbolResponse::Nested))
}

fn symbol(entry: &Entry, view: &View<'_>) -> DocumentSymbol {
    let inner: Vec<DocumentSymbol> = entry
        .inner
        .iter()
        .map(|entry| symbol(entry, view))
        .collect();
    let is_part = !inner.is_empty();
    #[expect(deprecated, reason = "the shape has a field that nobody sets any more")]
    DocumentSymbol {
        name: entry.name.clone(),
        detail: (!entry.detail.is_empty()).then(|| entry.detail.clone()),
        kind: if is_part {
            SymbolKind::NAMESPACE
        } else {
            SymbolKind::FIELD
        },
        tags: None,
        deprecated: None,
        range: view.range(entry.whole),
        selection_range: view.range(entry.head),
        children: is_part.then_some(inner),
    }
}

/// `textDocument/codeAction`
pub fn actions(server: &mut Server, params: Value) -> Result<Value, Fault> {
    let params: CodeActionParams = read(params)?;
    let uri = &params.text_document.uri;
    let only = params.context.only.unwrap_or_default();
    let is_wanted =
        |kind: &CodeActionKind| *kind == CodeActionKind::EMPTY || *kind == CodeActionKind::QUICKFIX;
    if !only.is_empty() && !only.iter().any(is_wanted) {
        return Ok(json!([]));
    }
    server.judge(uri);
    let actions = server.view(uri, |view| {
        let span = view.document.text.span(params.range, view.columns);
        let (remarks, checked) = (view.document.remarks(), view.document.checked());
        let fixes = view.draft.fixes(span, remarks, checked);
        fixes.iter().map(|fix| action(fix, view)).collect()
    });
    Ok(actions.map_or_else(|| json!([]), Value::Array))
}

fn action(fix: &Fix, view: &View<'_>) -> Value {
    let cures = std::slice::from_ref(&fix.cures);
    json!({
        "title": fix.title,
        "kind": CodeActionKind::QUICKFIX,
        "diagnostics": remarks::shown(cures, view.document, view.columns),
        "isPreferred": fix.is_preferred,
        "edit": view.edit(fix.edits.iter().cloned()),
    })
}
