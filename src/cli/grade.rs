//! `sysdrill grade`: a class of designs as a site.
//!
//! Knows arguments, files and threads; what stands in a site is the report's business.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::arguments::Grade;
use super::{Exit, files, rubrics, screen};
use crate::catalog::Catalog;
use crate::model::spelling::counted;
use crate::notation::yaml::Limits;
use crate::report::{self, Checked, Paint, SiteOptions, TemplateFault, Templates};
use crate::source::{Gravity, Issue, Source, Span};

/// Runs the command.
pub fn run(grade: &Grade) -> Exit {
    let Ok(templates) = templates(grade) else {
        return Exit::Trouble;
    };
    let Some(catalog) = rubrics::catalog(&grade.own) else {
        return Exit::Trouble;
    };
    let (paths, troubles) = files::designs(&grade.paths);
    if paths.is_empty() && troubles.is_empty() {
        let help = "design files end in .design.yaml or .design.yml";
        screen::error("no design file found", Some(help));
        return Exit::Nothing;
    }
    let unread = troubles.iter().map(|(path, reason)| {
        screen::error(&format!("{path}: {reason}"), None);
        Checked::unreadable(&name(Path::new(path), &grade.paths), reason.clone())
    });
    let mut class: Vec<Checked> = unread.collect();
    class.extend(judged(&paths, grade, &catalog));
    let options = SiteOptions {
        anonymous: grade.anonymous,
        limits: Limits::from(grade.limits),
    };
    let site = match report::site(&class, &catalog, &templates, options) {
        Ok(site) => site,
        Err(fault) => {
            show(grade, &fault);
            return Exit::Trouble;
        }
    };
    if let Err(reason) = files::write_site(&grade.out, &site) {
        screen::error(&format!("the site was not written: {reason}"), None);
        return Exit::Trouble;
    }
    told(grade, &class)
}

/// Says where the site is, and what could not be checked.
fn told(grade: &Grade, class: &[Checked]) -> Exit {
    let judged = class.iter().filter(|one| one.assessment.is_some()).count();
    let index = grade.out.join(report::INDEX);
    screen::out(&format!(
        "{} judged: {}\n",
        counted(judged, "design", "designs"),
        index.display()
    ));
    let mut exit = Exit::Well;
    for checked in class.iter().filter(|checked| checked.has_errors()) {
        exit = Exit::Trouble;
        for issue in &checked.issues {
            let shown = report::issue_frame(issue, &checked.source, Paint::Colour);
            screen::trouble(&shown);
        }
    }
    exit
}

/// Judges the designs, in their order.
fn judged(paths: &[PathBuf], grade: &Grade, catalog: &Catalog) -> Vec<Checked> {
    let limits = Limits::from(grade.limits);
    let judge = |path: &PathBuf| {
        let name = name(path, &grade.paths);
        match files::text(path, limits.bytes) {
            Ok(text) => report::check_text(Source::new(name, text), catalog, grade.level, &limits),
            Err(reason) => Checked::unreadable(&name, reason),
        }
    };
    let threads = grade.jobs.unwrap_or(0);
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| paths.par_iter().map(judge).collect()),
        Err(_) => paths.iter().map(judge).collect(),
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
