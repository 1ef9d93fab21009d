//! `sysdrill grade`: a class of designs as a site.
//!
//! Knows arguments, files and threads; what stands in a site is the report's business.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::arguments::{Grade, TermFlags};
use super::check::unread;
use super::reviews::{self, Reviews};
use super::settings::Settings;
use super::{Exit, files, mutate, rubrics, screen};
use crate::catalog::Catalog;
use crate::model::spelling::counted;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report::{
    self, Attempt, Checked, GivenText, Paint, ReferenceDesign, SiteContext, Submission,
    TemplateFault, Templates,
};
use crate::source::{Gravity, Issue, Source, Span};

/// Runs the command.
pub fn run(grade: &Grade) -> Exit {
    let flags = TermFlags {
        frame: grade.frame.clone(),
        ..TermFlags::default()
    };
    let (Ok(templates), Some(settings)) = (templates(grade), Settings::of(&flags, &grade.own))
    else {
        return Exit::Trouble;
    };
    let Some(own) = rubrics::texts_of(&settings) else {
        return Exit::Trouble;
    };
    let catalog = rubrics::catalog_for(&own, None).filter(|catalog| settings.agrees_with(catalog));
    let Some(catalog) = catalog else {
        return Exit::Trouble;
    };
    let (paths, troubles) = settings.designs(&grade.paths);
    for (path, reason) in &troubles {
        screen::error(&format!("{path}: {reason}"), None);
    }
    if paths.is_empty() {
        return nobody(&troubles);
    }
    let reviews = Reviews::beside(&paths);
    let (class, attempts) = judged(&paths, grade, &settings, &catalog, &reviews);
    let is_trouble = !troubles.is_empty() || reviews.has_troubles();
    let judged: Vec<_> = paths.iter().cloned().zip(&class).collect();
    reviews.show_issues(&judged);
    if grade.reviews.agreement {
        let told = reviews::tell_agreement(&grade.reviews, (&reviews, &judged), &catalog);
        return told.max(exit(!unreadable(&paths, &class) && !is_trouble));
    }
    if grade.reviews.review {
        let is_written = reviews::write(&grade.reviews, &reviews, &judged);
        return exit(!unreadable(&paths, &class) && is_written && !is_trouble);
    }
    let Some(given) = given(grade, &own) else {
        return Exit::Trouble;
    };
    let context = SiteContext {
        catalog: &catalog,
        references: &references(&own, &catalog),
        anonymous: grade.anonymous,
        limits: Limits::from(grade.limits),
        attempts: &attempts,
        given: &given,
    };
    let written = report::site(&class, &templates, &context)
        .map_err(|fault| show(grade, &fault))
        .and_then(|site| written(grade, &site));
    if written.is_err() {
        return Exit::Trouble;
    }
    told(grade, &class);
    exit(!unreadable(&paths, &class) && !is_trouble)
}

/// The end of a run without a design. A class of nobody must not take the place of the site of an earlier run.
fn nobody(troubles: &[(String, String)]) -> Exit {
    if !troubles.is_empty() {
        return Exit::Trouble;
    }
    let help = "design files end in .design.yaml or .design.yml";
    screen::error("no design file found", Some(help));
    Exit::Nothing
}

const fn exit(all_well: bool) -> Exit {
    if all_well { Exit::Well } else { Exit::Trouble }
}

/// Writes the files of a site; what goes wrong is said.
fn written(grade: &Grade, site: &[(String, String)]) -> Result<(), ()> {
    files::write_site(&grade.out, site).map_err(|reason| {
        screen::error(&format!("the site was not written: {reason}"), None);
    })
}

/// Says where the site is.
fn told(grade: &Grade, class: &[Checked]) {
    let judged = class.iter().filter(|one| one.assessment.is_some()).count();
    let index = grade.out.join(report::INDEX);
    screen::out(&format!(
        "{} judged: {}\n",
        counted(judged, "design", "designs"),
        index.display()
    ));
}

/// Says what could not be checked; whether there is any of it.
fn unreadable(paths: &[PathBuf], class: &[Checked]) -> bool {
    let mut any = false;
    for (path, checked) in paths.iter().zip(class).filter(|(_, one)| one.has_errors()) {
        any = true;
        // The mentor knows the file; the site need not.
        let source = Source::new(files::name(path), checked.source.text.clone());
        rubrics::show(&source, &checked.issues);
    }
    any
}

/// The references of the built-in problems and of own ones.
fn references(own: &[(String, String)], catalog: &Catalog) -> Vec<ReferenceDesign> {
    let named = rubrics::all_texts(own)
        .filter_map(|(path, text)| Some((mutate::reference(path, &|_| true)?, text)));
    named
        .map(|(name, text)| ReferenceDesign::read(&name, text, catalog))
        .collect()
}

/// What everybody was given to start from: the problems, their references, and handouts. A handout that can't be read is
/// complained of.
fn given(grade: &Grade, own: &[(String, String)]) -> Option<Vec<GivenText>> {
    let of_problems = rubrics::all_texts(own).filter_map(|(path, text)| {
        let (slug, file) = path.strip_prefix("problems/")?.split_once('/')?;
        let is_given = file == "problem.yaml" || mutate::reference(path, &|_| true).is_some();
        is_given.then(|| GivenText {
            problem: Some(slug.to_owned()),
            text: text.to_owned(),
        })
    });
    let mut given: Vec<GivenText> = of_problems.collect();
    for path in &grade.handout {
        match files::text(path, Limits::from(grade.limits).bytes) {
            Ok(text) => given.push(GivenText {
                problem: None,
                text,
            }),
            Err(reason) => {
                screen::error(&format!("{}: {reason}", files::name(path)), None);
                return None;
            }
        }
    }
    Some(given)
}

/// Judges the designs on their own terms, in their order; with where each stands among those of its candidate.
fn judged(
    paths: &[PathBuf],
    grade: &Grade,
    settings: &Settings,
    catalog: &Catalog,
    reviews: &Reviews,
) -> (Vec<Checked>, Vec<Attempt>) {
    let limits = Limits::from(grade.limits);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(grade.jobs.unwrap_or(0));
    let read = |path: &PathBuf| {
        let text = files::text(path, limits.bytes);
        let submitted = submission(name(path, &grade.paths), text.as_deref(), catalog, &limits);
        (text, submitted)
    };
    let judge = |path: &Path, named: String, text: Result<String, String>, words| match text {
        Ok(text) => {
            let terms = settings.terms(&settings.effective(Some(path)));
            let source = Source::new(named, text);
            let checked = report::check_on_terms(source, catalog, &terms, &limits);
            checked.with_reviews(words, catalog, &terms, &limits)
        }
        Err(reason) => unread(path, &named, reason, limits.bytes),
    };
    let work = || {
        let (texts, class): (Vec<_>, Vec<_>) = paths.par_iter().map(read).unzip();
        let attempts = report::put_together(&class, grade.attempts);
        let all = paths.par_iter().zip(texts).zip(class).zip(&attempts);
        let checked = all.map(|(((path, text), submitted), attempt)| {
            let said = |text: &String| reviews.words(path, text);
            let words = text.as_ref().map(said).unwrap_or_default();
            if !grade.anonymous {
                return judge(path, submitted.path, text, words);
            }
            let judged = judge(path, report::number_of(attempt), text, words);
            report::anonymous(judged, catalog, &limits)
        });
        (checked.collect(), attempts)
    };
    match pool.build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// What tells whose a design is and when it was made.
fn submission(
    path: String,
    text: Result<&str, &String>,
    catalog: &Catalog,
    limits: &Limits,
) -> Submission {
    let vocabulary = &catalog.knowledge.vocabulary;
    let design = text.map(|text| design::read(text, vocabulary, limits).design);
    let design = design.unwrap_or_default();
    Submission {
        path,
        author: design.author,
        problem: design.problem,
        started: design.session.and_then(|session| session.started),
    }
}

/// What a design is called in the site: its path below the folder that was given, or else its file alone. Where that folder
/// lies is told to nobody.
fn name(path: &Path, given: &[PathBuf]) -> String {
    let below = given.iter().find_map(|folder| {
        let below = path.strip_prefix(folder).ok()?;
        (!below.as_os_str().is_empty()).then_some(below)
    });
    let file = path.file_name().map(Path::new);
    let name = below.or(file).unwrap_or(path);
    files::name(name).replace('\\', "/")
}

/// The templates, with those of a folder over the built-in ones. What is wrong is said.
fn templates(grade: &Grade) -> Result<Templates, ()> {
    let own = match &grade.template {
        None => Vec::new(),
        Some(folder) => files::template_texts(folder).map_err(|reason| {
            screen::error(&reason, None);
        })?,
    };
    Templates::new(&own).map_err(|fault| show(grade, &fault))
}

/// Shows what is wrong with a template where it stands.
fn show(grade: &Grade, fault: &TemplateFault) {
    let path = grade
        .template
        .as_deref()
        .map(|folder| folder.join(&fault.part));
    let name = path
        .as_ref()
        .map_or(fault.part.clone(), |path| files::name(path));
    let text = path.and_then(|path| files::text(&path, files::LONGEST_TEMPLATE).ok());
    let source = Source::new(name, text.unwrap_or_default());
    let at = fault
        .line
        .map(|line| byte(&source.text, line, fault.column.unwrap_or(1)));
    let issue = Issue {
        gravity: Gravity::Error,
        span: at.map_or(Span::default(), |at| Span::new(at, at)),
        message: fault.message.clone(),
        help: None,
    };
    screen::trouble(&report::issue_frame(&issue, &source, Paint::Colour));
}

/// The byte at a line and a column, both from 1.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n');
    let start: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest.char_indices().nth(column.saturating_sub(1));
    start + within.map_or(0, |(at, _)| at)
}
