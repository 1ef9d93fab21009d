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
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::calendar;
use super::rendering::{DIM, PROMPT, painted};
use crate::cli::screen;
use crate::coach::{Completing, LONGEST_LINE, LONGEST_PASTE};
use crate::report::plain;

/// The name of the file with the lines of earlier sessions.
const HISTORY: &str = "history";

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Lines; several when they were pasted.
    Lines(Vec<String>),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-C in a block of several lines.
    Dropped,
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
        /// The lines of a block to go on with.
        begun: String,
    },
    /// Anything else.
    Script {
        /// Who takes the lines.
        taker: Option<Taker<'c>>,
        /// As above.
        begun: String,
        /// Bytes that are no text were told of.
        is_told: bool,
    },
}

/// Who takes lines, and keeps those of a block that has not ended.
#[derive(Clone)]
pub(super) struct Taker<'c> {
    /// Knows how lines go on.
    pub session: Rc<RefCell<dyn Completing + 'c>>,
    /// Writes down a block as far as it has come.
    pub keep: Rc<dyn Fn(&str)>,
}

impl Taker<'_> {
    /// Whether a text is not whole yet; it is kept then.
    fn waits_for(&self, text: &str) -> bool {
        let waits = self.session.borrow().waits_for(text).is_some();
        if waits {
            (self.keep)(text);
        }
        waits
    }
}

/// The width where there is no terminal to ask.
const USUAL_WIDTH: usize = 80;

impl<'c> Input<'c> {
    /// Standard input, whatever it is.
    pub fn open(folder: Option<&Path>) -> Self {
        if !io::stdin().is_terminal() {
            return Self::script();
        }
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .auto_add_history(true)
            .build();
        let Ok(mut editor) = Editor::with_config(config) else {
            return Self::script();
        };
        let history = folder.map(|folder| folder.join(HISTORY));
        if let Some(path) = &history {
            // The first session has no history yet.
            let _ = editor.load_history(path);
        }
        Self::Terminal {
            editor: Box::new(editor),
            history,
            begun: String::new(),
        }
    }

    const fn script() -> Self {
        Self::Script {
            taker: None,
            begun: String::new(),
            is_told: false,
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

    /// Lets whoever takes the lines complete and keep them.
    pub fn assist(&mut self, taker: Taker<'c>) {
        match self {
            Self::Terminal { editor, .. } => editor.set_helper(Some(Assistant {
                taker,
                block: RefCell::default(),
            })),
            Self::Script { taker: before, .. } => *before = Some(taker),
        }
    }

    /// Goes on with a block whose first lines were typed before.
    pub fn go_on(&mut self, lines: &str) {
        let (Self::Terminal { begun, .. } | Self::Script { begun, .. }) = self;
        lines.clone_into(begun);
    }

    /// How many columns there are, and how many rows where what is written is seen on them.
    pub fn size(&mut self) -> (usize, Option<usize>) {
        let Self::Terminal { editor, .. } = self else {
            return (USUAL_WIDTH, None);
        };
        let seen = io::stdout().is_terminal();
        editor
            .dimensions()
            .map_or((USUAL_WIDTH, None), |(columns, rows)| {
                let rows = Some(usize::from(rows)).filter(|rows| seen && *rows > 0);
                (usize::from(columns), rows)
            })
    }

    /// Waits for what comes next. A script sees no prompt.
    pub fn next(&mut self, prompt: &str) -> Typed {
        match self {
            Self::Script {
                taker,
                begun,
                is_told,
            } => {
                let begun = std::mem::take(begun);
                let waits = |text: &str| taker.as_ref().is_some_and(|taker| taker.waits_for(text));
                script_lines(&begun, is_told, waits)
            }
            Self::Terminal {
                editor,
                history,
                begun,
            } => {
                let block = std::mem::take(begun);
                let shown = (prompt, painted(prompt, PROMPT));
                let typed = if block.is_empty() {
                    editor.readline(&shown)
                } else {
                    editor.readline_with_initial(&shown, (&format!("{block}\n"), ""))
                };
                let noted = editor.helper().map(|assistant| assistant.block.take());
                let block = noted.filter(|noted| !noted.is_empty()).unwrap_or(block);
                if matches!(typed, Err(ReadlineError::Interrupted)) && !block.is_empty() {
                    // A block that was left out by mistake is as near as the line before.
                    let _ = editor.add_history_entry(block);
                    return Typed::Dropped;
                }
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
        Ok(text) => {
            let text = text.replace("\r\n", "\n");
            Typed::Lines(text.split(['\n', '\r']).map(shortened).collect())
        }
        Err(ReadlineError::Interrupted) => Typed::Interrupt,
        Err(ReadlineError::Eof) => Typed::End,
        Err(ReadlineError::Signal(_)) => Typed::Lines(Vec::new()),
        Err(error) => Typed::Gone(error.to_string()),
    }
}

/// A line of standard input, whatever its bytes are, with those that it waits for.
fn script_lines(begun: &str, is_told: &mut bool, waits: impl Fn(&str) -> bool) -> Typed {
    let begun = Some(begun).filter(|begun| !begun.is_empty());
    let begun = begun.into_iter().flat_map(|begun| begun.split('\n'));
    let mut lines: Vec<String> = begun.map(str::to_owned).collect();
    loop {
        let mut bytes = Vec::new();
        match io::stdin().lock().read_until(b'\n', &mut bytes) {
            Ok(0) if lines.is_empty() => return Typed::End,
            Ok(0) => return Typed::Lines(lines),
            Ok(_) => {
                let text = String::from_utf8_lossy(&bytes);
                // Editors of some systems put a mark at the beginning of a file.
                let line = shortened(
                    text.trim_start_matches('\u{feff}')
                        .trim_end_matches(['\n', '\r']),
                );
                if matches!(text, Cow::Owned(_)) && !std::mem::replace(is_told, true) {
                    screen::trouble(&format!(
                        "warning: not all of the lines is UTF-8: `{}`\nhelp: what can't be read is taken for \u{fffd}; \
                         save the script as UTF-8",
                        plain::line(&line)
                    ));
                }
                lines.push(line);
            }
            Err(error) => return Typed::Gone(error.to_string()),
        }
        let text = lines.join("\n");
        if text.len() > LONGEST_PASTE || !waits(&text) {
            return Typed::Lines(lines);
        }
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
    taker: Taker<'c>,
    /// The lines of the block that is being typed.
    block: RefCell<String>,
}

impl Helper for Assistant<'_> {}

/// Enter goes on in the next line while something is open.
impl Validator for Assistant<'_> {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        if self.taker.waits_for(context.input()) {
            context.input().clone_into(&mut self.block.borrow_mut());
            return Ok(ValidationResult::Incomplete);
        }
        self.block.take();
        Ok(ValidationResult::Valid(None))
    }
}

impl Completer for Assistant<'_> {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        // Of several lines the one with the cursor is completed.
        let (before, _) = line.split_at_checked(cursor).unwrap_or((line, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = line.get(start..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let (at, words) = self.taker.session.borrow().complete(line, cursor - start);
        Ok((start + at, words))
    }
}

impl Hinter for Assistant<'_> {
    type Hint = Usage;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<Usage> {
        if cursor != line.len() {
            return None;
        }
        let session = self.taker.session.borrow();
        // On an empty last line it is still to be said that this line ends it.
        let waits = session.waits_for(line.trim_end_matches('\n'));
        let waits = waits.filter(|_| line.contains('\n'));
        waits.or_else(|| session.usage(line)).map(Usage)
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
