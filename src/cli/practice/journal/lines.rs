//! The lines of a journal: a header, then an event in each, as JSON.
//!
//! Knows their shape; knows no file. A last line that was torn by a crash is dropped; journals of an unknown format are
//! refused.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::coach::{Event, Line, Options};
use crate::model::Level;

/// The format that is written: the third, which has the lines of a block before that ends. In the second several lines can
/// be one entry.
const FORMAT: u32 = 3;

/// The oldest format that is read: it has neither, and says nothing of twists and tutorials.
const OLDEST: u32 = 1;

/// The first line of a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the options of a session"
)]
pub(in crate::cli::practice) struct Header {
    journal: u32,
    /// Its problem's slug.
    pub problem: String,
    level: String,
    seed: u64,
    exam: bool,
    #[serde(default)]
    twist: bool,
    untimed: bool,
    /// Journals of before there was a tutorial say nothing of it.
    #[serde(default)]
    tutorial: bool,
    author: Option<String>,
    started: Option<String>,
    /// Where the design is saved.
    pub out: PathBuf,
}

/// A line of a journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    Line {
        at_ms: u64,
        line: String,
    },
    Pasted {
        at_ms: u64,
        pasted: String,
    },
    Edited {
        at_ms: u64,
        edited: String,
    },
    Key {
        at_ms: u64,
        key: Key,
    },
    /// A block that has begun: its lines so far.
    Open {
        at_ms: u64,
        open: String,
    },
    /// The next line of it.
    More {
        at_ms: u64,
        more: String,
    },
    /// Where the design is saved from now on.
    Out {
        out: PathBuf,
    },
    /// What was saved there, by its mark.
    Saved {
        saved: String,
    },
    Over {
        over: bool,
    },
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Key {
    Interrupt,
    Drop,
    End,
}

/// What a journal says: how the session is held, and what has happened.
#[derive(Clone, Debug)]
pub(in crate::cli::practice) struct Replay {
    /// How the session is held.
    pub header: Header,
    /// What has happened.
    pub events: Vec<Event>,
    /// Whether it is noted that the design was saved where the header says; earlier programs noted that of other files alone.
    pub is_saved: bool,
    /// The mark of what was saved last; earlier programs noted none.
    pub mark: Option<String>,
    /// The block that was being typed at the end; empty where there was none.
    pub open: String,
    /// The time of the last of all.
    pub at: Duration,
}

impl Replay {
    /// Nothing has happened.
    pub fn new(header: Header) -> Self {
        Self {
            header,
            events: Vec::new(),
            is_saved: false,
            mark: None,
            open: String::new(),
            at: Duration::ZERO,
        }
    }
}

impl Header {
    /// The header of a session.
    pub fn new(options: &Options, out: &Path) -> Self {
        Self {
            journal: FORMAT,
            problem: options.problem.clone(),
            level: options.level.word().to_owned(),
            seed: options.seed,
            exam: options.exam,
            twist: options.twist,
            untimed: options.untimed,
            tutorial: options.tutorial,
            author: options.author.clone(),
            started: options.started.clone(),
            out: out.to_owned(),
        }
    }

    /// How the session is held.
    pub fn options(&self) -> Options {
        Options {
            problem: self.problem.clone(),
            level: Level::from_word(&self.level).unwrap_or_default(),
            seed: self.seed,
            exam: self.exam,
            twist: self.twist,
            untimed: self.untimed,
            tutorial: self.tutorial,
            author: self.author.clone(),
            started: self.started.clone(),
        }
    }
}

impl Entry {
    /// The line that notes an event.
    pub fn of(event: &Event) -> Self {
        let at_ms = milliseconds(event.at);
        match &event.line {
            Line::Text(line) => Entry::Line {
                at_ms,
                line: line.clone(),
            },
            Line::Pasted(lines) => Entry::Pasted {
                at_ms,
                pasted: lines.clone(),
            },
            Line::Edited(text) => Entry::Edited {
                at_ms,
                edited: text.clone(),
            },
            Line::Interrupt => Entry::Key {
                at_ms,
                key: Key::Interrupt,
            },
            Line::Dropped => Entry::Key {
                at_ms,
                key: Key::Drop,
            },
            Line::End => Entry::Key {
                at_ms,
                key: Key::End,
            },
        }
    }

    /// The line that notes how far a block has come: all of it, or the line behind what is noted already.
    pub fn of_block(at: Duration, noted: &str, text: &str) -> Self {
        let at_ms = milliseconds(at);
        let more = text
            .strip_prefix(noted)
            .filter(|_| !noted.is_empty())
            .and_then(|rest| rest.strip_prefix('\n'));
        match more {
            Some(more) => Self::More {
                at_ms,
                more: more.to_owned(),
            },
            None => Self::Open {
                at_ms,
                open: text.to_owned(),
            },
        }
    }
}

fn milliseconds(at: Duration) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(u64::MAX)
}

/// What is read of a journal.
pub(super) struct Contents {
    pub replay: Replay,
    pub over: bool,
    /// The bytes up to the end of the last whole line.
    pub length: u64,
}

/// Reads all of a journal.
///
/// # Errors
/// When it is none, is of another format, or is damaged elsewhere than at its end.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, String> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let version: Version =
        serde_json::from_slice(first).map_err(|_| "no journal of a session".to_owned())?;
    if !(OLDEST..=FORMAT).contains(&version.journal) {
        return Err(format!(
            "a journal of format {}; this program reads {OLDEST} to {FORMAT}",
            version.journal
        ));
    }
    let header: Header =
        serde_json::from_slice(first).map_err(|error| format!("line 1: {error}"))?;
    let mut all = Contents {
        replay: Replay::new(header),
        over: false,
        length: length(first),
    };
    let lines: Vec<&[u8]> = lines.collect();
    for (at, line) in lines.iter().enumerate() {
        match serde_json::from_slice(line)
            .ok()
            .filter(|_| line.ends_with(b"\n"))
        {
            Some(entry) => all.take(entry),
            // Only the last line can have been torn.
            None if at + 1 == lines.len() => break,
            None => return Err(format!("line {} is damaged", at + 2)),
        }
        all.length += length(line);
    }
    Ok(all)
}

/// The length of a text in a file.
pub(super) fn length(line: &[u8]) -> u64 {
    u64::try_from(line.len()).unwrap_or(u64::MAX)
}

/// What every format begins with.
#[derive(Deserialize)]
struct Version {
    journal: u32,
}

impl Contents {
    fn take(&mut self, entry: Entry) {
        let (at_ms, line) = match entry {
            Entry::Line { at_ms, line } => (at_ms, Line::Text(line)),
            Entry::Pasted { at_ms, pasted } => (at_ms, Line::Pasted(pasted)),
            Entry::Edited { at_ms, edited } => (at_ms, Line::Edited(edited)),
            Entry::Key {
                at_ms,
                key: Key::Interrupt,
            } => (at_ms, Line::Interrupt),
            Entry::Key {
                at_ms,
                key: Key::End,
            } => (at_ms, Line::End),
            Entry::Key {
                at_ms,
                key: Key::Drop,
            } => (at_ms, Line::Dropped),
            Entry::Open { at_ms, open } => {
                self.replay.at = Duration::from_millis(at_ms);
                self.replay.open = open;
                return;
            }
            Entry::More { at_ms, more } => {
                self.replay.at = Duration::from_millis(at_ms);
                self.replay.open.push('\n');
                self.replay.open.push_str(&more);
                return;
            }
            Entry::Out { out } => {
                self.replay.header.out = out;
                self.replay.is_saved = true;
                return;
            }
            Entry::Saved { saved } => {
                self.replay.mark = Some(saved);
                return;
            }
            Entry::Over { over } => {
                self.over = over;
                return;
            }
        };
        if line.ends_block() {
            self.replay.open.clear();
        }
        self.replay.at = Duration::from_millis(at_ms);
        self.replay.events.push(Event {
            at: self.replay.at,
            line,
        });
    }
}
