//! Where lines come from: a person at a terminal, with editing, completion and history; or a script, read as it is.
//!
//! Knows the keyboard (the home of the line editor); knows not what lines mean.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::calendar;
use super::rendering::{DIM, PROMPT, painted};
use crate::coach::{Completing, LONGEST_LINE};

/// The name of the file with the lines of earlier sessions.
const HISTORY: &str = "history";

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Lines; several when they were pasted.
    Lines(Vec<String>),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D, or the end of a script.
    End,
    /// The terminal is gone.
    Gone(String),
}

/// Where lines come from.
pub(super) enum Input<'c> {
    /// A terminal.
    Terminal {
        /// The editor of lines.
        editor: Box<Editor<Assistant<'c>, FileHistory>>,
        /// Where lines are kept for the next session.
        history: Option<PathBuf>,
    },
    /// Anything else.
    Script,
}

/// The width where there is no terminal to ask.
const USUAL_WIDTH: usize = 80;

impl<'c> Input<'c> {
    /// Standard input, whatever it is.
    pub fn open(folder: Option<&Path>) -> Self {
        if !io::stdin().is_terminal() {
            return Self::Script;
        }
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .auto_add_history(true)
            .build();
        let Ok(mut editor) = Editor::with_config(config) else {
            return Self::Script;
        };
        let history = folder.map(|folder| folder.join(HISTORY));
        if let Some(path) = &history {
            // The first session has no history yet.
            let _ = editor.load_history(path);
        }
        Self::Terminal {
            editor: Box::new(editor),
            history,
        }
    }

    /// Whether a person sits there.
    pub const fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal { .. })
    }

    /// A seed for a session that names none: scripts always get the same.
    pub fn seed(&self) -> u64 {
        if self.is_terminal() {
            calendar::now().as_seed()
        } else {
            0
        }
    }

    /// Lets whoever takes the lines complete them.
    pub fn assist(&mut self, session: Rc<RefCell<dyn Completing + 'c>>) {
        if let Self::Terminal { editor, .. } = self {
            editor.set_helper(Some(Assistant { session }));
        }
    }

    /// How many columns there are.
    pub fn width(&mut self) -> usize {
        match self {
            Self::Terminal { editor, .. } => editor
                .dimensions()
                .map_or(USUAL_WIDTH, |(columns, _)| usize::from(columns)),
            Self::Script => USUAL_WIDTH,
        }
    }

    /// Waits for what comes next. A script sees no prompt.
    pub fn next(&mut self, prompt: &str) -> Typed {
        match self {
            Self::Script => script_line(),
            Self::Terminal { editor, history } => {
                let typed = editor.readline(&(prompt, painted(prompt, PROMPT)));
                if let Some(path) = history.as_deref().filter(|_| typed.is_ok()) {
                    // A history that can't be kept is no reason to stop an interview.
                    let _ = editor.append_history(path);
                }
                sorted(typed)
            }
        }
    }
}

fn sorted(typed: Result<String, ReadlineError>) -> Typed {
    match typed {
        Ok(text) => Typed::Lines(text.split(['\n', '\r']).map(shortened).collect()),
        Err(ReadlineError::Interrupted) => Typed::Interrupt,
        Err(ReadlineError::Eof) => Typed::End,
        Err(ReadlineError::Signal(_)) => Typed::Lines(Vec::new()),
        Err(error) => Typed::Gone(error.to_string()),
    }
}

/// A line of standard input, whatever its bytes are.
fn script_line() -> Typed {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_until(b'\n', &mut bytes) {
        Ok(0) => Typed::End,
        Ok(_) => {
            let text = String::from_utf8_lossy(&bytes);
            Typed::Lines(vec![shortened(text.trim_end_matches(['\n', '\r']))])
        }
        Err(error) => Typed::Gone(error.to_string()),
    }
}

/// A line that is too long for a session is kept no longer than it takes to be refused.
fn shortened(line: &str) -> String {
    line.char_indices()
        .take_while(|(at, _)| *at <= LONGEST_LINE)
        .map(|(_, c)| c)
        .collect()
}

/// Completes lines and shows how commands go on.
pub(super) struct Assistant<'c> {
    session: Rc<RefCell<dyn Completing + 'c>>,
}

impl Helper for Assistant<'_> {}

impl Validator for Assistant<'_> {}

impl Completer for Assistant<'_> {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.session.borrow().complete(line, cursor))
    }
}

impl Hinter for Assistant<'_> {
    type Hint = Usage;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<Usage> {
        let usage = self.session.borrow().usage(line);
        usage.filter(|_| cursor == line.len()).map(Usage)
    }
}

/// How a command goes on: shown, never taken over.
pub(super) struct Usage(&'static str);

impl rustyline::hint::Hint for Usage {
    fn display(&self) -> &str {
        self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Highlighter for Assistant<'_> {
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(painted(hint, DIM))
    }
}
