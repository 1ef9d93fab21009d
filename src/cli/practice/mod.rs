//! `sysdrill practice`: the terminal around an interview. Lines come in, replies go out, and every line is on disk before
//! the next prompt.
//!
//! Knows the keyboard, the screen, the clock and files; what lines mean is the coach's business.

mod calendar;
pub mod drill;
mod editor;
mod folder;
mod input;
mod journal;
mod menu;
mod paging;
mod records;
mod rendering;
mod stage;

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{OwnContent, level};
use super::rubrics::{self, Texts};
use super::{Exit, files, screen};
use crate::catalog::{Catalog, is_embedded};
use crate::coach::Options;
use crate::model::Level;
use input::Input;
use journal::{Header, Journal, Replay};
use menu::Choice;
use stage::Stage;

pub(super) use calendar::today;

/// `sysdrill practice`.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Practice {
    /// The problem, such as url-shortener; a menu where left out.
    pub problem: Option<String>,
    /// The level to interview for: mid, senior or staff.
    #[arg(long, default_value = "senior", value_parser = level)]
    pub level: Level,
    /// Which of equally good questions are asked; the same number asks the same.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Learn the commands in ten minutes, on a toy problem.
    #[arg(long, conflicts_with_all = ["problem", "exam", "resume"])]
    pub tutorial: bool,
    /// No feedback and no hints before the end.
    #[arg(long)]
    pub exam: bool,
    /// One requirement changes in the middle of the interview.
    #[arg(long)]
    pub twist: bool,
    /// Keep no time.
    #[arg(long)]
    pub untimed: bool,
    /// Go on with the last unfinished session, or with the one of a journal.
    #[arg(long, value_name = "JOURNAL", num_args = 0..=1)]
    pub resume: Option<Option<PathBuf>>,
    /// Where the design is saved; a name with the problem and the time where left out.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Where the report is written at the end, beside what the terminal shows: Markdown, or HTML for a name in .html.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Where journals and the history of lines are kept; the platform's folder for data where left out.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// Runs the command.
pub fn run(practice: &Practice) -> Exit {
    match held(practice) {
        Ok(exit) => exit,
        Err(Refusal { message, help }) => {
            screen::error(&message, help.as_deref());
            Exit::Trouble
        }
    }
}

fn held(practice: &Practice) -> Result<Exit, Refusal> {
    practice
        .report
        .as_deref()
        .map_or(Ok(()), folder::report_file)?;
    let Some(own) = rubrics::texts(&practice.own) else {
        return Ok(Exit::Trouble);
    };
    let folder = folder::data(practice.data_dir.as_deref());
    let unfinished = match &practice.resume {
        Some(named) => Some(resumed(practice, named.as_deref(), folder.clone(), &own)?),
        None => None,
    };
    let slug = match &unfinished {
        Some((replay, _)) => Some(replay.header.problem.as_str()),
        None => practice.problem.as_deref(),
    };
    let Some(catalog) = rubrics::catalog_for(&own, slug) else {
        return Ok(Exit::Trouble);
    };
    let mut input = Input::open(folder.as_deref().ok());
    let opened = match unfinished {
        Some(opened) => Some(opened),
        None => begun(practice, folder.clone(), &catalog, &mut input)?,
    };
    let Some((replay, journal)) = opened else {
        return Ok(Exit::Well);
    };
    let stage = Stage::open(&catalog, replay, journal, folder, &mut input)
        .map_err(|unknown| Refusal::new(unknown.message, unknown.help))?;
    Ok(stage.reporting_to(practice.report.clone()).run(&mut input))
}

/// Why no session can be held.
pub(super) struct Refusal {
    message: String,
    help: Option<String>,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// What to replay, which is nothing for a new session, and where to write.
type Opened = (Replay, Journal);

/// A new session; none when the candidate leaves at the menu.
fn begun(
    practice: &Practice,
    folder: Result<PathBuf, String>,
    catalog: &Catalog,
    input: &mut Input<'_>,
) -> Result<Option<Opened>, Refusal> {
    let chosen = match (&practice.problem, practice.tutorial) {
        (_, true) => Choice::Tutorial,
        (Some(problem), _) => Choice::Problem(problem.clone()),
        (None, _) => {
            let past = drill::past(folder.as_deref().ok());
            match menu::choose(catalog, &past, is_first(&folder), input) {
                Some(choice) => choice,
                None => return Ok(None),
            }
        }
    };
    let tutorial = matches!(chosen, Choice::Tutorial);
    let problem = match (chosen, catalog.tutorial()) {
        (Choice::Problem(problem), _) => problem,
        (Choice::Tutorial, Some(tutorial)) => tutorial.problem.id.clone(),
        (Choice::Tutorial, None) => return Err(Refusal::new("there is no tutorial", None)),
    };
    if catalog.problem(&problem).is_none() {
        let help = catalog.problem_meant(&problem);
        return Err(Refusal::new(format!("unknown problem `{problem}`"), help));
    }
    let now = calendar::now();
    let claimed = journal::claimed(&folder);
    let out = folder::design_file(practice.out.as_deref(), &problem, &now, &claimed)?;
    folder::apart(practice.report.as_deref(), &out)?;
    let options = Options {
        problem,
        level: practice.level,
        seed: practice.seed.unwrap_or_else(|| input.seed()),
        exam: practice.exam,
        twist: practice.twist,
        untimed: practice.untimed || !input.is_terminal(),
        tutorial,
        author: None,
        started: Some(now.rfc3339()),
    };
    let header = Header::new(&options, &out);
    let journal = Journal::create(folder, &header, &now);
    Ok(Some((Replay::new(header), journal)))
}

/// Whether nothing was practised here before, as far as can be seen.
fn is_first(folder: &Result<PathBuf, String>) -> bool {
    folder.as_ref().is_ok_and(|folder| !folder.exists())
}

/// A session that goes on: that of a journal, or the newest. `--resume SLUG` means the newest of that problem.
fn resumed(
    practice: &Practice,
    named: Option<&Path>,
    folder: Result<PathBuf, String>,
    own: &Texts,
) -> Result<Opened, Refusal> {
    let slug = named.and_then(Path::to_str).filter(|slug| {
        let path = format!("problems/{slug}/problem.yaml");
        is_embedded(slug) || own.iter().any(|(other, _)| *other == path)
    });
    let claimed = journal::claimed(&folder);
    let opened = match named {
        Some(path) if path.exists() || slug.is_none() => journal::reopen(path),
        _ => journal::newest(folder, slug.or(practice.problem.as_deref())),
    };
    let (mut replay, journal) = opened?;
    let there = files::destination(&replay.header.out);
    let others = |out: &&PathBuf| files::destination(&folder::absolute(out)) != there;
    if let Some(out) = practice.out.as_ref().filter(others) {
        replay.header.out = folder::named(out, &claimed)?;
        (replay.is_saved, replay.mark) = (false, None);
    }
    folder::apart(practice.report.as_deref(), &replay.header.out)?;
    Ok((replay, journal))
}
