//! `sysdrill diagram`: a design as a picture.
//!
//! Knows arguments and files; how a design is drawn is the drawing's business.

use super::arguments::Diagram;
use super::{Exit, files, rubrics, screen};
use crate::assess;
use crate::drawing::{self, Picture};
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report::{self, Paint, plain};
use crate::source::{Gravity, Source};

/// Runs the command.
pub fn run(diagram: &Diagram) -> Exit {
    let Some(own) = rubrics::texts(&diagram.own) else {
        return Exit::Trouble;
    };
    let limits = Limits::from(diagram.limits);
    let name = files::name(&diagram.file);
    let text = match files::text(&diagram.file, limits.bytes) {
        Ok(text) => text,
        Err(reason) => {
            screen::error(&format!("{name}: {reason}"), None);
            return Exit::Trouble;
        }
    };
    let source = Source::new(name, text);
    let slug = design::problem_named(&source.text, &limits);
    let Some(catalog) = rubrics::catalog_for(&own, slug.as_deref()) else {
        return Exit::Trouble;
    };
    let vocabulary = &catalog.knowledge.vocabulary;
    let reading = design::read(&source.text, vocabulary, &limits);
    for issue in &reading.issues {
        screen::trouble(&report::issue_frame(issue, &source, Paint::Colour));
    }
    if reading
        .issues
        .iter()
        .any(|issue| issue.gravity == Gravity::Error)
    {
        return Exit::Trouble;
    }
    let mut picture = Picture::plain(&reading.design, vocabulary);
    if diagram.findings {
        let assessment = assess::assess(&reading.design, &catalog, None);
        picture.marks = report::marks(&assessment, &reading.design);
    }
    deliver(diagram, &picture)
}

/// Draws, and writes to where it is wanted.
fn deliver(diagram: &Diagram, picture: &Picture<'_>) -> Exit {
    let Some(format) = drawing::drawing(&diagram.format) else {
        return Exit::Trouble;
    };
    let drawn = match (format.draw)(picture) {
        Ok(drawn) => drawn,
        Err(error) => {
            let help = "`--format text`, `mermaid` and `dot` have no limit";
            screen::error(&error.to_string(), Some(help));
            return Exit::Trouble;
        }
    };
    let drawn = format!("{}\n", plain::lines(drawn.trim_end_matches('\n')));
    match &diagram.output {
        None => screen::out(&drawn),
        Some(path) => {
            if let Err(reason) = files::write(path, &drawn) {
                screen::error(&format!("the picture was not written: {reason}"), None);
                return Exit::Trouble;
            }
        }
    }
    Exit::Well
}
