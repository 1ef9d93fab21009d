//! Placeholder until the terminal layer of the interview is in place.

use clap::Args;

use super::Exit;

/// `sysdrill practice`.
#[derive(Debug, Args)]
pub struct Practice {
    /// The problem.
    pub problem: Option<String>,
}

/// Runs the command.
pub fn run(_practice: &Practice) -> Exit {
    Exit::Trouble
}
