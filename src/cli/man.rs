//! `sysdrill man`: manual pages, from the same table as the help.
//!
//! Knows the commands by their table; where a page is kept is the packager's business.

use clap::{Args, Command, CommandFactory};

use super::arguments::Arguments;
use super::{Exit, screen};
use crate::model::spelling;

/// `sysdrill man`.
#[derive(Debug, Args)]
pub struct Man {
    /// The command, such as check; the program as a whole where left out.
    pub command: Option<String>,
}

/// Runs the command.
pub fn run(man: &Man) -> Exit {
    let mut program = Arguments::command();
    program.build();
    let Some(asked) = &man.command else {
        return page(program);
    };
    let found = program
        .get_subcommands()
        .find(|command| command.get_name() == asked);
    if let Some(command) = found.cloned() {
        return page(command);
    }
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    let help = spelling::did_you_mean(asked, &names);
    screen::error(&format!("unknown command `{asked}`"), help.as_deref());
    Exit::Trouble
}

fn page(command: Command) -> Exit {
    let mut bytes = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut bytes);
    if written.is_err() {
        return Exit::Trouble;
    }
    screen::out(&String::from_utf8_lossy(&bytes));
    Exit::Well
}
