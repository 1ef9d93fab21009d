//! `sysdrill diagram`: a design as a picture.
//!
//! Knows arguments and files; how a design is drawn is the drawing's business.

use super::arguments::Diagram;
use super::opened::{self, Opened};
use super::{Exit, files, screen, target};
use crate::assess;
use crate::drawing::{self, Draw, Picture};
use crate::report::{self, plain};

/// Runs the command.
pub fn run(diagram: &Diagram) -> Exit {
    let Some(opened) = opened::open(&diagram.file, &diagram.own, diagram.limits) else {
        return Exit::Trouble;
    };
    let Opened {
        catalog, design, ..
    } = &opened;
    let mut picture = Picture::plain(design, &catalog.knowledge.vocabulary);
    if diagram.findings {
        let assessment = assess::assess(design, catalog, None);
        picture.marks = report::marks(&assessment, design);
    }
    deliver(diagram, &picture)
}

/// Draws, and writes to where it is wanted.
fn deliver(diagram: &Diagram, picture: &Picture<'_>) -> Exit {
    let Some(format) = drawing::drawing(&diagram.format) else {
        return Exit::Trouble;
    };
    let drawn = match format.draw {
        Draw::Text(draw) => draw(picture).map(|text| {
            let text = plain::lines(text.trim_end_matches('\n'));
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
