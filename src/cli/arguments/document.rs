//! The sorts of files that have a schema, as they are typed.
//!
//! Knows their words; knows no schema.

use crate::report::Document;

/// A sort of file that has a schema.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum DocumentName {
    /// A design file.
    Design,
    /// A problem.yaml.
    Problem,
    /// Any file of a folder of rubrics.
    Rubric,
    /// The JSON report of `check` and `analyze`.
    Report,
    /// A sysdrill.yaml.
    Config,
    /// A mentor's review of a design.
    Review,
}

impl From<DocumentName> for Document {
    fn from(name: DocumentName) -> Self {
        match name {
            DocumentName::Design => Self::Design,
            DocumentName::Problem => Self::Problem,
            DocumentName::Rubric => Self::Rubric,
            DocumentName::Report => Self::Report,
            DocumentName::Config => Self::Config,
            DocumentName::Review => Self::Review,
        }
    }
}
