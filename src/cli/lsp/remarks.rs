//! Remarks as diagnostics of the protocol.
//!
//! Knows both shapes; decides nothing.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString,
};

use super::document::Document;
use super::text::Columns;
use crate::editor::{Remark, Weight};

/// The diagnostics of a document.
pub fn shown(remarks: &[Remark], document: &Document, columns: Columns) -> Vec<Diagnostic> {
    let shown = |remark: &Remark| {
        let related = remark.related.iter();
        let related = related.map(|(span, message)| DiagnosticRelatedInformation {
            location: Location::new(document.uri.clone(), document.text.range(*span, columns)),
            message: message.clone(),
        });
        let related: Vec<_> = related.collect();
        Diagnostic {
            range: document.text.range(remark.span, columns),
            severity: Some(severity(remark.weight)),
            code: remark.rule.clone().map(NumberOrString::String),
            source: Some("sysdrill".to_owned()),
            message: remark.message.clone(),
            related_information: (!related.is_empty()).then_some(related),
            tags: remark.is_needless.then(|| vec![DiagnosticTag::UNNECESSARY]),
            ..Diagnostic::default()
        }
    };
    remarks.iter().map(shown).collect()
}

const fn severity(weight: Weight) -> DiagnosticSeverity {
    match weight {
        Weight::Error => DiagnosticSeverity::ERROR,
        Weight::Warning => DiagnosticSeverity::WARNING,
        Weight::Information => DiagnosticSeverity::INFORMATION,
        Weight::Hint => DiagnosticSeverity::HINT,
    }
}
