//! `sysdrill diagram`: a design as a picture.
//!
//! Knows arguments and files; how a design is drawn is the drawing's business.

use std::ffi::OsStr;
use std::path::Path;

use super::arguments::{Diagram, TermFlags};
use super::baseline::Ledger;
use super::bench::Bench;
use super::obstacle::{Obstacle, told};
use super::opened::{self, Opened};
use super::settings::Settings;
use super::{Exit, charset, files, screen, target};
use crate::assess;
use crate::drawing::{self, DRAWINGS, Draw, Drawing, Marks, Picture};
use crate::notation::yaml::Limits;
use crate::report::{self, plain};

/// Runs the command.
pub fn run(diagram: &Diagram) -> Exit {
    let drawn = if diagram.findings {
        judged(diagram)
    } else {
        let opened = opened::open(&diagram.file, &diagram.own, diagram.limits);
        opened.map(|opened| (opened, Marks::default()))
    };
    let Some((
        Opened {
            catalog, design, ..
        },
        marks,
    )) = &drawn
    else {
        return Exit::Trouble;
    };
    let picture = Picture {
        marks: marks.clone(),
        ..Picture::plain(design, &catalog.knowledge.vocabulary)
    };
    deliver(diagram, &picture)
}

/// The design with what is found, on the terms on which `check` judges it.
fn judged(diagram: &Diagram) -> Option<(Opened, Marks)> {
    let flags = TermFlags {
        frame: diagram.frame.clone(),
        ..TermFlags::default()
    };
    let settings = Settings::of(&flags, &diagram.own)?;
    let ledger = told(Ledger::of(&settings))?;
    let opened = opened::open_judged(&diagram.file, &settings, diagram.limits)?;
    let bench = Bench {
        settings: &settings,
        catalog: &opened.catalog,
        ledger: ledger.as_ref(),
        limits: Limits::from(diagram.limits),
    };
    let (terms, _) = bench.terms(Some(&diagram.file));
    let assessment = assess::assess_on(&opened.design, &opened.catalog, &terms);
    let marks = report::marks(&assessment, &opened.design);
    Some((opened, marks))
}

/// Draws, and writes to where it is wanted.
fn deliver(diagram: &Diagram, picture: &Picture<'_>) -> Exit {
    let Some(format) = told(wanted(diagram)) else {
        return Exit::Trouble;
    };
    let drawn = match format.draw {
        Draw::Text(draw) => draw(picture).map(|text| {
            let text = plain::lines(text.trim_end_matches('\n'));
            let is_seen = diagram.output.is_none() && screen::is_terminal();
            let text = if is_seen && !charset::speaks_unicode() {
                charset::ascii(&text)
            } else {
                text
            };
            format!("{text}\n").into_bytes()
        }),
        Draw::Bytes(_) if diagram.output.is_none() && screen::is_terminal() => {
            let help = "--output FILE";
            screen::error("a terminal shows no picture", Some(help));
            return Exit::Trouble;
        }
        Draw::Bytes(draw) => draw(picture),
    };
    let drawn = match drawn {
        Ok(drawn) => drawn,
        Err(error) => {
            let help = "`--format text`, `mermaid` and `dot` have no limit";
            screen::error(&error.to_string(), Some(help));
            return Exit::Trouble;
        }
    };
    match &diagram.output {
        None => screen::bytes(&drawn),
        Some(path) => {
            if let Some(refusal) = target::by_hand(path) {
                refusal.tell();
                return Exit::Trouble;
            }
            if let Err(reason) = files::write(path, &drawn) {
                screen::error(&format!("the picture was not written: {reason}"), None);
                return Exit::Trouble;
            }
        }
    }
    Exit::Well
}

/// The format that is asked for by name, or by how the name of the file ends.
///
/// # Errors
/// Where no format has files that end so: text in a file that says it is a photo helps nobody.
fn wanted(diagram: &Diagram) -> Result<&'static Drawing, Obstacle> {
    let file = diagram.output.as_deref();
    let end = file.and_then(Path::extension).map(OsStr::to_string_lossy);
    let found = match (&diagram.format, &end) {
        (Some(name), _) => drawing::drawing(name),
        (None, Some(end)) => drawing::drawing_ending(end),
        (None, None) => DRAWINGS.first(),
    };
    found.ok_or_else(|| {
        let ends = DRAWINGS.iter().flat_map(|drawing| drawing.ends);
        let ends: Vec<String> = ends.map(|end| format!(".{end}")).collect();
        let help = format!("end it in one of {}, or name a --format", ends.join(", "));
        let end = end.unwrap_or_default();
        Obstacle::Words(
            format!("no drawing is a `.{}`", plain::line(&end)),
            Some(help),
        )
    })
}
