//! A design file that a command is about, opened: read without a mistake, with the catalog that it is judged by.
//!
//! Knows arguments and files, and says on standard error what stands in the way; what becomes of the design is the command's
//! business.

use std::path::Path;

use super::arguments::{LimitFlags, OwnContent};
use super::rubrics::Texts;
use super::settings::Settings;
use super::{files, rubrics, screen};
use crate::catalog::Catalog;
use crate::model::Design;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::source::Source;

/// A design with its text and its catalog.
pub struct Opened {
    /// The text.
    pub source: Source,
    /// What is known of its problem.
    pub catalog: Catalog,
    /// The design.
    pub design: Design,
}

/// The text of a file; none where it can't be read, which is told.
pub fn source(path: &Path, limits: &Limits) -> Option<Source> {
    let name = files::name(path);
    match files::text(path, limits.bytes) {
        Ok(text) => Some(Source::new(name, text)),
        Err(reason) => {
            screen::error(&format!("{name}: {reason}"), None);
            None
        }
    }
}

/// Opens a file; none where it can't be read or has mistakes, which are told.
pub fn open(path: &Path, own: &OwnContent, limits: LimitFlags) -> Option<Opened> {
    opened(path, &rubrics::texts(own)?, limits, false)
}

/// The same for a judgement: with the own content that settings name, and none where they speak of rules that there are not.
pub fn open_judged(path: &Path, settings: &Settings, limits: LimitFlags) -> Option<Opened> {
    // What is said of rules by name is held against all of them.
    let is_whole = settings.names_rules();
    let opened = opened(path, &rubrics::texts_of(settings)?, limits, is_whole)?;
    settings.agrees_with(&opened.catalog).then_some(opened)
}

fn opened(path: &Path, own: &Texts, limits: LimitFlags, is_whole: bool) -> Option<Opened> {
    let limits = Limits::from(limits);
    let source = source(path, &limits)?;
    let slug = design::problem_named(&source.text, &limits).filter(|_| !is_whole);
    let catalog = rubrics::catalog_for(own, slug.as_deref())?;
    let reading = design::read(&source.text, &catalog.knowledge.vocabulary, &limits);
    let errors = rubrics::show(&source, &reading.issues);
    (errors == 0).then_some(Opened {
        source,
        catalog,
        design: reading.design,
    })
}
