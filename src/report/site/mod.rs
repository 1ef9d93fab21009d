//! A class of designs as a site of static pages: an index of all candidates and a page for each, with nothing to load from
//! elsewhere, so that it opens from a disk.
//!
//! Knows assessments and texts; knows no folders and no clocks. Whatever candidates wrote is escaped by the templates.

mod analyses;
mod candidate;
mod class;
mod csv;
mod names;
mod nearest;
mod plots;
mod templates;

pub use names::anonymous;
pub use nearest::ReferenceDesign;
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

/// What a site is made with.
#[derive(Clone, Copy, Debug)]
pub struct SiteContext<'a> {
    /// What the designs were judged by.
    pub catalog: &'a Catalog,
    /// Good designs to set beside them.
    pub references: &'a [ReferenceDesign],
    /// The texts are those of numbered candidates, and are not shown as a whole.
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
    templates: &Templates,
    context: &SiteContext<'_>,
) -> Result<Vec<(String, String)>, TemplateFault> {
    let candidates = candidates(class, context);
    let index = templates.index(&class::view(class, &candidates))?;
    let mut files = vec![(INDEX.to_owned(), index)];
    for (at, candidate) in candidates.iter().enumerate() {
        let view = candidate::view(at, candidate, &candidates, context);
        files.push((candidate.page(), templates.candidate(&view)?));
        let review = reported(
            "markdown",
            std::slice::from_ref(candidate.checked),
            context.catalog,
        );
        files.push((format!("{}.md", candidate.stem), review));
    }
    files.push(("results.csv".to_owned(), csv::table(&candidates)));
    files.push((
        "results.json".to_owned(),
        reported("json", class, context.catalog),
    ));
    Ok(files)
}

/// Those that could be judged.
fn candidates<'a>(class: &'a [Checked], context: &SiteContext<'_>) -> Vec<Candidate<'a>> {
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
            design: read(&checked.source, context),
        })
        .collect()
}

fn read(source: &Source, context: &SiteContext<'_>) -> Design {
    let vocabulary = &context.catalog.knowledge.vocabulary;
    design::read(&source.text, vocabulary, &context.limits).design
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
        summary.count(checked);
    }
    text.push_str(&reporter.end(&summary));
    text
}
