//! A class of designs as a site of static pages: an index of all candidates and a page for each, with nothing to load from
//! elsewhere, so that it opens from a disk.
//!
//! Knows assessments and texts; knows no folders and no clocks. Whatever candidates wrote is escaped by the templates.

mod analyses;
mod candidate;
mod class;
mod csv;
mod names;
mod plots;
mod policy;
mod templates;

pub use templates::{PARTS, TemplateFault, Templates};

use super::{Checked, Reporter, Style, Summary, format};
use crate::assess::Assessment;
use crate::catalog::Catalog;
use crate::model::Design;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::source::Source;

/// The page of all candidates.
pub const INDEX: &str = "index.html";

/// What a site is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct SiteOptions {
    /// Candidates are numbered; what they are called, and their files, is not told.
    pub anonymous: bool,
    /// The limits that the designs were read within.
    pub limits: Limits,
}

/// A candidate of the class, judged.
struct Candidate<'a> {
    /// What it is called.
    name: String,
    /// The name of its page, without an ending.
    stem: String,
    checked: &'a Checked,
    assessment: &'a Assessment,
    design: Design,
}

impl Candidate<'_> {
    fn page(&self) -> String {
        format!("{}.html", self.stem)
    }
}

/// Makes the files of a site: each with its name and its text.
///
/// # Errors
/// When a template is broken, or asks for something that there is not.
pub fn site(
    class: &[Checked],
    catalog: &Catalog,
    templates: &Templates,
    options: SiteOptions,
) -> Result<Vec<(String, String)>, TemplateFault> {
    let hidden: Vec<Checked>;
    let class = if options.anonymous {
        hidden = names::without(class, catalog, &options.limits);
        &hidden
    } else {
        class
    };
    let candidates = candidates(class, catalog, &options);
    let mut files = vec![(
        INDEX.to_owned(),
        templates.index(&class::view(class, &candidates))?,
    )];
    for (at, candidate) in candidates.iter().enumerate() {
        let view = candidate::view(at, candidate, &candidates, catalog, &options);
        files.push((candidate.page(), templates.candidate(&view)?));
        let review = reported("markdown", std::slice::from_ref(candidate.checked), catalog);
        files.push((format!("{}.md", candidate.stem), review));
    }
    files.push(("results.csv".to_owned(), csv::table(&candidates)));
    files.push(("results.json".to_owned(), reported("json", class, catalog)));
    Ok(files)
}

/// Those that could be judged.
fn candidates<'a>(
    class: &'a [Checked],
    catalog: &Catalog,
    options: &SiteOptions,
) -> Vec<Candidate<'a>> {
    let mut taken = names::Taken::default();
    let judged = class
        .iter()
        .filter_map(|checked| Some((checked, checked.assessment.as_ref()?)));
    judged
        .map(|(checked, assessment)| Candidate {
            name: names::name(checked),
            stem: taken.stem(&checked.source.name),
            checked,
            assessment,
            design: read(&checked.source, catalog, &options.limits),
        })
        .collect()
}

fn read(source: &Source, catalog: &Catalog, limits: &Limits) -> Design {
    design::read(&source.text, &catalog.knowledge.vocabulary, limits).design
}

/// Designs in one of the formats of `check`.
fn reported(name: &str, class: &[Checked], catalog: &Catalog) -> String {
    let Some(format) = format(name) else {
        return String::new();
    };
    let mut reporter: Box<dyn Reporter> = (format.reporter)(Style::default());
    let mut text = reporter.begin(catalog);
    let mut summary = Summary::default();
    for checked in class {
        text.push_str(&reporter.design(checked));
        if checked.has_errors() {
            summary.errors += 1;
        } else {
            summary.designs += 1;
        }
    }
    text.push_str(&reporter.end(&summary));
    text
}
