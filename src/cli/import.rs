//! `sysdrill import`: a design file from a diagram of another tool.
//!
//! Knows arguments and files; how diagrams are read, and what is made of them, is the notations' business.

use std::cmp::Reverse;
use std::path::PathBuf;

use clap::Args;

use super::arguments::{OwnContent, notations};
use super::obstacle::{Obstacle, told};
use super::{Exit, files, rubrics, screen, target};
use crate::catalog::Catalog;
use crate::model::spelling::counted;
use crate::notation::design;
use crate::notation::foreign::{self, Diagram, NOTATIONS, Notation, Translation};
use crate::report::plain;
use crate::source::{Gravity, Issues, Source};

/// `sysdrill import`.
#[derive(Debug, Args)]
pub struct Import {
    /// A diagram of another tool; - is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How it is written. Where left out, what its text and its name say.
    #[arg(long, value_name = "FORMAT", value_parser = notations())]
    pub from: Option<String>,
    /// Which diagram of a file that has several, counted from 1; the one with the most arrows where left out.
    #[arg(long, value_name = "N")]
    pub diagram: Option<usize>,
    /// The problem that it answers.
    #[arg(long, value_name = "PROBLEM")]
    pub problem: Option<String>,
    /// Write to a file that is not there yet, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// Bytes of a file at most: pictures that are part of a drawing may be large.
const MOST_BYTES: usize = 16 << 20;

/// Runs the command.
pub fn run(import: &Import) -> Exit {
    let Some(catalog) = rubrics::catalog(&import.own) else {
        return Exit::Trouble;
    };
    let Some(source) = told(opened(import, &catalog)) else {
        return Exit::Trouble;
    };
    let Some(diagrams) = diagrams(import, &source) else {
        return Exit::Trouble;
    };
    let Some((number, diagram)) = told(chosen(&diagrams, import.diagram)) else {
        return Exit::Trouble;
    };
    let mut made = foreign::translate(diagram, &catalog.knowledge.vocabulary);
    made.design.problem.clone_from(&import.problem);
    let text = design::write(&made.design, &catalog.knowledge.vocabulary);
    match &import.output {
        None => screen::out(&text),
        Some(path) => {
            if let Err(reason) = files::create(path, &text) {
                screen::error(&reason, Some("nothing was written"));
                return Exit::Trouble;
            }
        }
    }
    tell(&source, &made, number, &diagrams);
    Exit::Well
}

/// The text of the file, once it is known that all else is right.
fn opened(import: &Import, catalog: &Catalog) -> Result<Source, Obstacle> {
    if let Some(slug) = &import.problem
        && catalog.problem(slug).is_none()
    {
        let meant = catalog.problem_meant(slug);
        let help = meant.unwrap_or_else(|| "`sysdrill problems` lists them".to_owned());
        return Err(Obstacle::Words(
            format!("unknown problem `{slug}`"),
            Some(help),
        ));
    }
    if let Some(refusal) = import.output.as_deref().and_then(target::by_hand) {
        return Err(refusal);
    }
    let name = files::name(&import.file);
    let text = files::bounded(
        &import.file,
        MOST_BYTES,
        "no diagram that people draw is as long",
    );
    let text = text.map_err(|reason| Obstacle::Words(format!("{name}: {reason}"), None))?;
    Ok(Source::new(name, text))
}

/// All diagrams of a file; none where it has mistakes, which are told.
fn diagrams(import: &Import, source: &Source) -> Option<Vec<Diagram>> {
    let notation = told(notation(import, source))?;
    let mut issues = Issues::default();
    let mut diagrams = (notation.read)(&source.text, &mut issues);
    diagrams.retain(|diagram| !diagram.is_empty());
    let issues = issues.into_sorted();
    let shown = issues
        .iter()
        .filter(|issue| diagrams.is_empty() || issue.gravity == Gravity::Error);
    let shown: Vec<_> = shown.cloned().collect();
    let errors = rubrics::show(source, &shown);
    if errors == 0 {
        for issue in &issues {
            at(source, issue.span.start, &issue.message);
        }
    }
    if diagrams.is_empty() && shown.is_empty() {
        let help = format!("`{}` is read as {}", source.name, notation.doc);
        screen::error("nothing is drawn there", Some(&help));
    }
    (errors == 0 && !diagrams.is_empty()).then_some(diagrams)
}

/// How the file is written.
fn notation(import: &Import, source: &Source) -> Result<&'static Notation, Obstacle> {
    let named = import.from.as_deref();
    let found = match named {
        Some(name) => foreign::notation(name),
        None => foreign::notation_of(&source.name, &source.text),
    };
    found.ok_or_else(|| {
        let known = NOTATIONS.iter();
        let known: Vec<String> = known
            .map(|it| format!("`{}`: {}", it.name, it.doc))
            .collect();
        let help = format!(
            "name its format by --from, if it is one of {}",
            known.join("; ")
        );
        let name = plain::line(&source.name);
        Obstacle::Words(format!("{name}: no diagram that is known"), Some(help))
    })
}

/// The diagram that is wanted, and its number from 1.
fn chosen(diagrams: &[Diagram], wanted: Option<usize>) -> Result<(usize, &Diagram), Obstacle> {
    let mut numbered = (1..).zip(diagrams);
    let found = match wanted {
        Some(wanted) => numbered.find(|(number, _)| *number == wanted),
        None => numbered.max_by_key(|(number, diagram)| (diagram.arrows.len(), Reverse(*number))),
    };
    found.ok_or_else(|| {
        let there = counted(diagrams.len(), "diagram", "diagrams");
        let complaint = format!("there is no diagram {}", wanted.unwrap_or_default());
        Obstacle::Words(complaint, Some(format!("the file has {there}")))
    })
}

/// Says what was read, what else there is, and what was taken for granted.
fn tell(source: &Source, made: &Translation, number: usize, diagrams: &[Diagram]) {
    let design = &made.design;
    let components = counted(design.components.len(), "component", "components");
    let connections = counted(design.connections.len(), "connection", "connections");
    let of = match diagrams.len() {
        1 => String::new(),
        all => format!(" of diagram {number} of {all}, as `--diagram` chooses"),
    };
    let name = plain::line(&source.name);
    screen::trouble(&format!("{name}: {components} and {connections}{of}"));
    for (other, diagram) in (1..).zip(diagrams).filter(|(other, _)| *other != number) {
        let title = diagram.title.as_deref().unwrap_or("without a title");
        let arrows = counted(diagram.arrows.len(), "arrow", "arrows");
        at(
            source,
            diagram.span.start,
            &format!("diagram {other}: {title}, {arrows}"),
        );
    }
    for remark in &made.remarks {
        at(source, remark.span.start, &remark.text);
    }
    let beside = diagrams
        .get(number.wrapping_sub(1))
        .map(|diagram| diagram.remarks.as_slice());
    if let [first, ..] = beside.unwrap_or_default() {
        let texts = counted(beside.unwrap_or_default().len(), "text", "texts");
        let words: Vec<&str> = first.split_whitespace().take(6).collect();
        let first = words.join(" ");
        let told = format!("{name}: {texts} beside the drawing left out, from \"{first} ...\" on");
        screen::trouble(&plain::line(&told));
    }
    screen::trouble(
        "requirements, estimates, flows and decisions are in no drawing: state them before `sysdrill check`",
    );
}

/// Says something about a place of the file.
fn at(source: &Source, byte: usize, text: &str) {
    let line = source.position(byte).line;
    let text = plain::line(&format!("{}:{line}: {text}", source.name));
    screen::trouble(&text);
}
