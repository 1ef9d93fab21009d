#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "journals live here"
)]
//! The journal of a session: a header, then a line of JSON for each event, on disk before the next prompt.
//!
//! Knows files and the shape of their lines; what an event does is the coach's business. A last line that was torn by a
//! crash is dropped; journals of an unknown format are refused.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::calendar::Moment;
use crate::cli::files::words;
use crate::coach::{Event, Line, Options};
use crate::model::Level;

/// The format that is written.
const FORMAT: u32 = 1;

/// The folder of journals below the folder for data.
const FOLDER: &str = "practice";

const ENDING: &str = "jsonl";

/// The first line of a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the options of a session"
)]
pub(super) struct Header {
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
enum Entry {
    Line { at_ms: u64, line: String },
    Key { at_ms: u64, key: Key },
    Over { over: bool },
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Key {
    Interrupt,
    End,
}

/// What a journal says: how the session is held, and what has happened.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    /// How the session is held.
    pub header: Header,
    /// What has happened.
    pub events: Vec<Event>,
}

/// A journal that is being written; without a file when it can't be.
#[derive(Debug)]
pub(super) struct Journal {
    file: Option<File>,
    /// Where it is, for the way back.
    pub path: Option<PathBuf>,
    /// Why it can't be written, until that was told.
    trouble: Option<String>,
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

impl Journal {
    /// Begins a journal in a file of its own. A session goes on without one when none can be written.
    pub fn create(folder: Result<PathBuf, String>, header: &Header, now: &Moment) -> Self {
        let created = folder.and_then(|folder| create(&folder.join(FOLDER), header, now));
        match created {
            Ok((file, path)) => Self {
                file: Some(file),
                path: Some(path),
                trouble: None,
            },
            Err(trouble) => Self {
                file: None,
                path: None,
                trouble: Some(trouble),
            },
        }
    }

    /// Writes an event down; it is on disk when this returns.
    pub fn note(&mut self, event: &Event) {
        let at_ms = u64::try_from(event.at.as_millis()).unwrap_or(u64::MAX);
        self.append(&match &event.line {
            Line::Text(line) => Entry::Line {
                at_ms,
                line: line.clone(),
            },
            Line::Interrupt => Entry::Key {
                at_ms,
                key: Key::Interrupt,
            },
            Line::End => Entry::Key {
                at_ms,
                key: Key::End,
            },
        });
    }

    /// Writes down that the session is over, so that it is not resumed.
    pub fn close(&mut self) {
        self.append(&Entry::Over { over: true });
    }

    /// Why lines are not kept, told once.
    pub fn trouble(&mut self) -> Option<String> {
        self.trouble.take()
    }

    fn append(&mut self, entry: &Entry) {
        let Some(file) = &mut self.file else { return };
        if let Err(error) = write_line(file, entry) {
            self.file = None;
            self.trouble = Some(words(&error));
        }
    }
}

fn write_line<T: Serialize>(file: &mut File, entry: &T) -> io::Result<()> {
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()
}

fn create(folder: &Path, header: &Header, now: &Moment) -> Result<(File, PathBuf), String> {
    let failed = |path: &Path, error: &io::Error| format!("{}: {}", path.display(), words(error));
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let stem = format!(
        "{}-{}-{}",
        now.in_file_names(),
        header.problem,
        std::process::id()
    );
    let mut number = 1;
    loop {
        let again = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let path = folder.join(format!("{stem}{again}.{ENDING}"));
        match OpenOptions::new().append(true).create_new(true).open(&path) {
            Ok(mut file) => {
                // A file system without locks is no reason to do without a journal.
                let _ = file.try_lock();
                write_line(&mut file, header).map_err(|error| failed(&path, &error))?;
                return Ok((file, path));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => {
                number += 1;
            }
            Err(error) => return Err(failed(&path, &error)),
        }
    }
}

/// Opens a journal to go on with.
///
/// # Errors
/// When it can't be read, is no journal, is of another format, or belongs to a session that is still going on.
pub(super) fn reopen(path: &Path) -> Result<(Replay, Journal), Refusal> {
    let refused = |reason: String| Refusal::new(format!("{}: {reason}", path.display()), None);
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .open(path)
        .map_err(|error| refused(words(&error)))?;
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(refused("its session is still going on".to_owned()));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)
        .map_err(|error| refused(words(&error)))?;
    let Contents {
        replay,
        over,
        length,
    } = read(&bytes).map_err(refused)?;
    if over {
        let help = "start a new one without --resume".to_owned();
        return Err(Refusal::new(
            format!("{}: this session is finished", path.display()),
            help,
        ));
    }
    // What a crash has torn must not run into the next line.
    file.set_len(length)
        .map_err(|error| refused(words(&error)))?;
    Ok((
        replay,
        Journal {
            file: Some(file),
            path: Some(path.to_owned()),
            trouble: None,
        },
    ))
}

/// Opens the newest journal of a session that is neither finished nor still going on.
///
/// # Errors
/// When there is none.
pub(super) fn newest(
    folder: Result<PathBuf, String>,
    problem: Option<&str>,
) -> Result<(Replay, Journal), Refusal> {
    let folder = folder
        .map_err(|reason| Refusal::new(reason, "name the journal: --resume FILE".to_owned()))?
        .join(FOLDER);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .collect();
    paths.sort();
    let fits = |replay: &Replay| problem.is_none_or(|problem| replay.header.problem == problem);
    let mut open = paths
        .iter()
        .rev()
        .filter_map(|path| reopen(path).ok())
        .filter(|(replay, _)| fits(replay));
    open.next().ok_or_else(|| {
        let help = format!(
            "journals are kept in {}; start a session without --resume",
            folder.display()
        );
        Refusal::new("there is no unfinished session", help)
    })
}

struct Contents {
    replay: Replay,
    over: bool,
    /// The bytes up to the end of the last whole line.
    length: u64,
}

fn read(bytes: &[u8]) -> Result<Contents, String> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let version: Version =
        serde_json::from_slice(first).map_err(|_| "no journal of a session".to_owned())?;
    if version.journal != FORMAT {
        return Err(format!(
            "a journal of format {}; this program reads format {FORMAT}",
            version.journal
        ));
    }
    let header: Header =
        serde_json::from_slice(first).map_err(|error| format!("line 1: {error}"))?;
    let mut all = Contents {
        replay: Replay {
            header,
            events: Vec::new(),
        },
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

fn length(line: &[u8]) -> u64 {
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
            Entry::Key {
                at_ms,
                key: Key::Interrupt,
            } => (at_ms, Line::Interrupt),
            Entry::Key {
                at_ms,
                key: Key::End,
            } => (at_ms, Line::End),
            Entry::Over { over } => {
                self.over = over;
                return;
            }
        };
        self.replay.events.push(Event {
            at: Duration::from_millis(at_ms),
            line,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::practice::calendar;

    fn header() -> Header {
        Header::new(
            &Options {
                problem: "p".to_owned(),
                ..Options::default()
            },
            Path::new("/tmp/x.design.yaml"),
        )
    }

    fn text(line: &str) -> Event {
        Event {
            at: Duration::from_millis(1500),
            line: Line::Text(line.to_owned()),
        }
    }

    #[test]
    fn what_was_noted_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::create(Ok(folder.path().to_owned()), &header(), &calendar::now());
        let events = [
            text("must é \u{1b}"),
            Event {
                at: Duration::from_secs(2),
                line: Line::Interrupt,
            },
        ];
        for event in &events {
            journal.note(event);
        }
        drop(journal);
        let (replay, _) = newest(Ok(folder.path().to_owned()), Some("p"))
            .unwrap_or_else(|refusal| panic!("{}", refusal.message));
        assert_eq!(replay.events, events);
        assert_eq!(replay.header.options().problem, "p");
    }

    #[test]
    fn a_torn_last_line_is_dropped_and_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::create(Ok(folder.path().to_owned()), &header(), &calendar::now());
        journal.note(&text("one"));
        let path = journal.path.clone().expect("a path");
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(&path).expect("a file");
        file.write_all(b"{\"at_ms\":2,\"line\":\"tw")
            .expect("written");
        drop(file);
        let (replay, mut journal) =
            reopen(&path).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        assert_eq!(replay.events, [text("one")]);
        journal.note(&text("two"));
        drop(journal);
        let (replay, _) = reopen(&path).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        assert_eq!(replay.events, [text("one"), text("two")]);
    }

    #[test]
    fn finished_foreign_and_running_sessions_are_not_resumed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::create(Ok(folder.path().to_owned()), &header(), &calendar::now());
        let path = journal.path.clone().expect("a path");
        assert!(reopen(&path).is_err_and(|refusal| refusal.message.contains("going on")));
        journal.close();
        drop(journal);
        assert!(reopen(&path).is_err_and(|refusal| refusal.message.contains("finished")));
        fs::write(&path, "{\"journal\": 99}\n").expect("written");
        assert!(reopen(&path).is_err_and(|refusal| refusal.message.contains("format 99")));
        fs::write(&path, "hello\n").expect("written");
        assert!(reopen(&path).is_err());
    }

    #[test]
    fn where_nothing_can_be_written_the_session_goes_on_and_says_so_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let blocked = folder.path().join("file");
        fs::write(&blocked, "").expect("written");
        let mut journal = Journal::create(Ok(blocked), &header(), &calendar::now());
        journal.note(&text("one"));
        assert!(journal.trouble().is_some());
        assert!(journal.trouble().is_none());
    }
}
