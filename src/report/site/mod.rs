//! A class of designs as a site of static pages: an index of all candidates and a page for each, with nothing to load from
//! elsewhere, so that it opens from a disk.
//!
//! Knows assessments and texts; knows no folders and no clocks. Whatever candidates wrote is escaped by the templates.

mod analyses;
mod attempts;
mod candidate;
mod class;
mod csv;
mod hidden;
mod mentors;
mod names;
mod nearest;
mod plots;
mod series;
mod similar;
mod templates;
mod words;

pub use hidden::anonymous;
pub use names::number_of;
pub use nearest::ReferenceDesign;
pub use series::{Attempt, Joined, Joining, Submission, attempts as put_together};
pub use similar::GivenText;
pub use templates::{PARTS, TemplateFault, Templates};

use std::collections::BTreeMap;

use super::{Checked, Draft, Reporter, Style, Summary, format, json};
use crate::assess::Assessment;
use crate::catalog::Catalog;
use crate::model::Design;
use crate::notation::design;
use crate::notation::yaml::Limits;

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
    /// Where each design of the class stands among those of its candidate; none where each is of another.
    pub attempts: &'a [Attempt],
    /// What everybody was given to start from.
    pub given: &'a [GivenText],
}

/// A candidate of the class, judged: one of several attempts, where there are any.
struct Candidate<'a> {
    /// The position in the class.
    at: usize,
    attempt: Attempt,
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
    let (mut candidates, earlier) = candidates(class, context);
    let people = candidates.len();
    candidates.extend(earlier);
    let series = attempts::all(&candidates, context.catalog);
    let latest = candidates.get(..people).unwrap_or_default();
    let similar = similar::find(&candidates, context);
    let index = templates.index(&class::view(class, latest, &series, &similar))?;
    let mut files = vec![(INDEX.to_owned(), index)];
    for (at, candidate) in candidates.iter().enumerate() {
        let own = series.get(&candidate.attempt.candidate);
        let place = candidate::PlaceInClass {
            at,
            latest,
            own,
            similar: &similar,
        };
        let view = candidate::view(candidate, &place, context);
        files.push((candidate.page(), templates.candidate(&view)?));
        let review = reported("markdown", std::slice::from_ref(candidate.checked), context);
        let changes = own.map(|series| attempts::markdown(series, candidate));
        let review = review + &changes.unwrap_or_default();
        files.push((format!("{}.md", candidate.stem), review));
    }
    files.extend(words::table(&candidates).map(|table| ("reviews.csv".to_owned(), table)));
    for pair in &similar.pairs {
        let (name, view) = similar::page(pair, context);
        files.push((name, templates.pair(&view)?));
    }
    let tables = [
        ("results.csv", csv::table(&candidates, &series, &similar)),
        ("similar.csv", similar::table(&similar)),
        ("similar.md", similar::markdown(&similar)),
    ];
    files.extend(tables.map(|(name, text)| (name.to_owned(), text)));
    let more = vec![
        ("attempts", attempts::json(&series)),
        ("similar", similar::json(&similar)),
        ("similar_more", similar.more.to_string()),
    ];
    let report = Box::new(json::Json::with(more));
    let draft = |checked: &Checked, _| json::draft(checked);
    let report = fed(report, draft, class, context);
    files.push(("results.json".to_owned(), report));
    Ok(files)
}

/// Those that could be judged: the latest attempt of each, then the attempts before.
fn candidates<'a>(
    class: &'a [Checked],
    context: &SiteContext<'_>,
) -> (Vec<Candidate<'a>>, Vec<Candidate<'a>>) {
    let mut taken = names::Taken::default();
    let judged = class
        .iter()
        .enumerate()
        .filter_map(|(at, checked)| Some((at, checked, checked.assessment.as_ref()?)));
    let candidates: Vec<Candidate<'_>> = judged
        .map(|(at, checked, assessment)| {
            let attempt = attempt(context, at);
            let mut design = read(&checked.source.text, context);
            if context.anonymous {
                (design.author, design.title) = (None, None);
            }
            Candidate {
                at,
                name: names::name(checked, &attempt, context.anonymous),
                attempt,
                stem: taken.stem(&checked.source.name),
                checked,
                assessment,
                design,
            }
        })
        .collect();
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for attempt in candidates.iter().map(|one| &one.attempt) {
        let number = last.entry(attempt.candidate).or_default();
        *number = attempt.number.max(*number);
    }
    let is_latest =
        |one: &Candidate<'_>| last.get(&one.attempt.candidate) == Some(&one.attempt.number);
    candidates.into_iter().partition(is_latest)
}

fn attempt(context: &SiteContext<'_>, at: usize) -> Attempt {
    let told = context.attempts.get(at).cloned();
    told.unwrap_or_else(|| Attempt::only(at))
}

fn read(text: &str, context: &SiteContext<'_>) -> Design {
    let vocabulary = &context.catalog.knowledge.vocabulary;
    design::read(text, vocabulary, &context.limits).design
}

/// Designs in one of the formats of `check`.
fn reported(name: &str, class: &[Checked], context: &SiteContext<'_>) -> String {
    let format = format(name);
    format.map_or_else(String::new, |format| {
        let reporter = (format.reporter)(Style::default());
        fed(reporter, format.draft, class, context)
    })
}

/// What a reporter makes of designs.
fn fed(
    mut reporter: Box<dyn Reporter>,
    draft: Draft,
    class: &[Checked],
    context: &SiteContext<'_>,
) -> String {
    let mut text = reporter.begin(context.catalog);
    let mut summary = Summary::default();
    for checked in class {
        text.push_str(&reporter.design(checked, draft(checked, Style::default())));
        summary.count(checked);
    }
    text.push_str(&reporter.end(&summary));
    text
}
