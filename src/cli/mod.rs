//! The command line: arguments, files, threads, exit codes. All input and output of the program is below this module.
//!
//! Knows the world outside; judges nothing itself.

mod analyze;
mod arguments;
mod baseline;
mod bench;
mod browse;
mod charset;
mod check;
mod concepts;
mod crew;
mod diagram;
mod diff;
mod files;
mod grade;
mod heirs;
mod import;
mod lsp;
mod man;
mod mutate;
mod new;
mod obstacle;
mod opened;
pub mod practice;
mod progress;
mod reviews;
mod rubrics;
mod screen;
mod settings;
mod signals;
mod since;
mod target;
mod watch;

use std::process::ExitCode;

use clap::Parser;

pub use arguments::{Arguments, Command};

/// How a command ended; the same codes for every command and format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Well,
    /// Findings at or above the threshold, or a score below the gate.
    Findings,
    /// Something could not be checked, or was used wrongly.
    Trouble,
    /// Nothing matched, so nothing was checked.
    Nothing,
    /// An editor was gone without a word, which its protocol has a code of its own for.
    Abandoned,
}

impl Exit {
    /// The number that the process ends with.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Findings | Self::Abandoned => 1,
            Self::Trouble => 2,
            Self::Nothing => 3,
        }
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    signals::outlive_full_files();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let wrong = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if wrong {
                Exit::Trouble.code()
            } else {
                Exit::Well.code()
            });
        }
    };
    let exit = dispatch(arguments);
    let exit = if screen::is_all_sent() {
        exit
    } else {
        Exit::Trouble
    };
    ExitCode::from(exit.code())
}

fn dispatch(arguments: Arguments) -> Exit {
    match arguments.command {
        Command::Practice(practice) => practice::run(&practice),
        Command::Drill(drills) => practice::drill::run(&drills),
        Command::Progress(progress) => practice::drill::progress(&progress),
        Command::Check(check) => check::run(&check),
        Command::Analyze(analyze) => analyze::run(&analyze),
        Command::Diagram(diagram) => diagram::run(&diagram),
        Command::Diff(diff) => diff::run(&diff),
        Command::New(new) => new::run(&new),
        Command::Import(import) => import::run(&import),
        Command::Grade(grade) => grade::run(&grade),
        Command::Problems(own) => browse::problems(&own),
        Command::Rules(rules) => browse::rules(&rules),
        Command::Explain(explain) => browse::explain(&explain),
        Command::Ref(words) => browse::reference(&words),
        Command::Rubric(rubric) => rubrics::run(&rubric),
        Command::Config(show) => settings::config(&show),
        Command::Schema(schema) => browse::schema(&schema),
        Command::Lsp(lsp) => lsp::run(&lsp),
        Command::Completions(completions) => browse::completions(&completions),
        Command::Man(man) => man::run(&man),
    }
}
