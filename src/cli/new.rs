//! `sysdrill new`: a design file to fill in.
//!
//! Knows where it goes; what is in it is the report floor's business.

use std::path::PathBuf;

use clap::Args;

use super::arguments::OwnContent;
use super::{Exit, files, rubrics, screen};
use crate::report;

/// `sysdrill new`.
#[derive(Debug, Args)]
pub struct New {
    /// The problem that it answers.
    pub problem: Option<String>,
    /// Write to a file that is not there yet, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// Runs the command.
pub fn run(new: &New) -> Exit {
    let Some(catalog) = rubrics::catalog(&new.own) else {
        return Exit::Trouble;
    };
    let problem = new
        .problem
        .as_deref()
        .map(|slug| (slug, catalog.problem(slug)));
    if let Some((slug, None)) = problem {
        let meant = catalog.problem_meant(slug);
        let help = meant.unwrap_or_else(|| "`sysdrill problems` lists them".to_owned());
        screen::error(&format!("unknown problem `{slug}`"), Some(&help));
        return Exit::Trouble;
    }
    let text = report::blank_design(problem.and_then(|(_, problem)| problem));
    let Some(path) = &new.output else {
        screen::out(&text);
        return Exit::Well;
    };
    if let Err(reason) = files::create(path, &text) {
        screen::error(&reason, Some("nothing was written"));
        return Exit::Trouble;
    }
    let name = path.display();
    if files::is_design(path) {
        screen::trouble(&format!(
            "{name} is there to be filled in; `sysdrill check {name}` scores it"
        ));
    } else {
        screen::trouble(&format!(
            "{name} is there to be filled in; folders are searched for names that end in .design.yaml"
        ));
    }
    Exit::Well
}
