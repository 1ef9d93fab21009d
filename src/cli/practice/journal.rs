#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "journals live here"
)]
//! The journal of a session: a header, then a line of JSON for each event, on disk before the next prompt.
//!
//! Knows files; the shape of their lines stands beside it, and what an event does is the coach's business.

mod lines;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use serde::Serialize;

use lines::{Contents, Entry, length, read};
pub(super) use lines::{Header, Replay};

use super::Refusal;
use super::calendar::Moment;
use crate::cli::files::words;
use crate::coach::Event;

/// The folder of journals below the folder for data.
const FOLDER: &str = "practice";

const ENDING: &str = "jsonl";

/// A journal that is being written; without a file when it can't be. Copies write to the same one.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    /// Where it is, for the way back.
    pub path: Option<PathBuf>,
    log: Rc<RefCell<Log>>,
}

/// How far a journal is written.
#[derive(Debug, Default)]
struct Log {
    file: Option<File>,
    /// The bytes that are on disk for good.
    length: u64,
    /// Whole lines that did not get there yet.
    waiting: Vec<u8>,
    /// The lines of the block that is being typed.
    open: String,
    news: Option<News>,
}

/// What there is to be told of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// There is none, for the reason given.
    Lost(String),
    /// It could not be written for the reason given, and will be when that is possible again.
    Behind(String),
    /// What was missing is written.
    CaughtUp,
}

impl Journal {
    /// Begins a journal in a file of its own. A session goes on without one when none can be written.
    pub fn create(folder: Result<PathBuf, String>, header: &Header, now: &Moment) -> Self {
        let created = folder.and_then(|folder| create(&folder.join(FOLDER), header, now));
        match created {
            Ok((file, path)) => {
                let mut journal = Self::at(file, path, 0, String::new());
                journal.append(header);
                journal
            }
            Err(trouble) => Self {
                path: None,
                log: Rc::new(RefCell::new(Log {
                    news: Some(News::Lost(trouble)),
                    ..Log::default()
                })),
            },
        }
    }

    fn at(file: File, path: PathBuf, length: u64, open: String) -> Self {
        let log = Log {
            file: Some(file),
            length,
            open,
            ..Log::default()
        };
        Self {
            path: Some(path),
            log: Rc::new(RefCell::new(log)),
        }
    }

    /// Writes an event down; it is on disk when this returns.
    pub fn note(&mut self, event: &Event) {
        if event.line.ends_block() {
            self.log.borrow_mut().open.clear();
        }
        self.append(&Entry::of(event));
    }

    /// Writes down the lines of a block that goes on; they are on disk when this returns.
    pub fn note_block(&mut self, at: Duration, text: &str) {
        let before = std::mem::replace(&mut self.log.borrow_mut().open, text.to_owned());
        if before != text {
            self.append(&Entry::of_block(at, &before, text));
        }
    }

    /// Writes down that the design is saved in another file from now on.
    pub fn note_file(&mut self, out: &Path) {
        self.append(&Entry::Out {
            out: out.to_owned(),
        });
    }

    /// Writes down what was saved, by its mark.
    pub fn note_saved(&mut self, mark: &str) {
        self.append(&Entry::Saved {
            saved: mark.to_owned(),
        });
    }

    /// Writes down that the session is over, so that it is not resumed.
    pub fn close(&mut self) {
        self.append(&Entry::Over { over: true });
    }

    /// Whether all lines are on disk.
    pub fn is_kept(&self) -> bool {
        let log = self.log.borrow();
        log.file.is_some() && log.waiting.is_empty()
    }

    /// What has happened to it, told once.
    pub fn news(&mut self) -> Option<News> {
        self.log.borrow_mut().news.take()
    }

    fn append<T: Serialize>(&mut self, entry: &T) {
        self.log.borrow_mut().append(entry);
    }
}

impl Log {
    /// Adds a line, after those that wait. Where the disk is full it waits with them.
    fn append<T: Serialize>(&mut self, entry: &T) {
        let Some(file) = &mut self.file else { return };
        let was_behind = !self.waiting.is_empty();
        let written = line(entry).and_then(|line| {
            self.waiting.extend(line);
            write_at(file, self.length, &self.waiting)
        });
        match written {
            Ok(()) => {
                self.length += length(&self.waiting);
                self.waiting.clear();
                self.news = was_behind.then_some(News::CaughtUp);
            }
            Err(error) if !was_behind => self.news = Some(News::Behind(words(&error))),
            Err(_) => {}
        }
    }
}

fn line<T: Serialize>(entry: &T) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    Ok(line)
}

/// Writes bytes behind so many that are good; what an earlier try has left there goes.
fn write_at(file: &mut File, length: u64, bytes: &[u8]) -> io::Result<()> {
    if file.metadata()?.len() != length {
        file.set_len(length)?;
    }
    file.write_all(bytes)?;
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
            Ok(file) => {
                // A file system without locks is no reason to do without a journal.
                let _ = file.try_lock();
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
    let open = replay.open.clone();
    Ok((replay, Journal::at(file, path.to_owned(), length, open)))
}

/// The files that sessions save to which are still going on, as far as their journals can be read.
pub(super) fn claimed(folder: &Result<PathBuf, String>) -> BTreeSet<PathBuf> {
    let journals = folder.iter().flat_map(|folder| all(&folder.join(FOLDER)));
    let headers = journals.filter_map(|path| header_of(held(&path)?));
    headers.map(|header| header.out).collect()
}

/// A journal, where another process holds its session.
fn held(path: &Path) -> Option<File> {
    let file = File::open(path).ok()?;
    let is_held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
    is_held.then_some(file)
}

/// What a journal begins with, where that can be read: what is locked can't be everywhere.
fn header_of(mut file: File) -> Option<Header> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    Some(read(&bytes).ok()?.replay.header)
}

/// The journals of a folder.
fn all(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
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
    let mut paths: Vec<PathBuf> = all(&folder).collect();
    paths.sort();
    let fits = |replay: &Replay| problem.is_none_or(|problem| replay.header.problem == problem);
    let mut open = paths
        .iter()
        .rev()
        .filter_map(|path| reopen(path).ok())
        .filter(|(replay, _)| fits(replay));
    if let Some(opened) = open.next() {
        return Ok(opened);
    }
    if let Some(path) = paths.iter().rev().find(|path| is_going_on(path, problem)) {
        let message = format!("{}: its session is still going on", path.display());
        let help = "go on where it is open, or start another one without --resume".to_owned();
        return Err(Refusal::new(message, help));
    }
    let help = format!(
        "journals are kept in {}; start a session without --resume",
        folder.display()
    );
    Err(Refusal::new("there is no unfinished session", help))
}

/// Whether another process holds the session of a journal, which is one of a problem where that is named.
fn is_going_on(path: &Path, problem: Option<&str>) -> bool {
    let is_of = |header: Header| problem.is_none_or(|problem| header.problem == problem);
    held(path).is_some_and(|file| header_of(file).is_none_or(is_of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::practice::calendar;
    use crate::coach::{Line, Options};

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
            Event {
                at: Duration::from_secs(3),
                line: Line::Pasted("a -> b\nb -> c".to_owned()),
            },
            Event {
                at: Duration::from_secs(4),
                line: Line::Edited("sysdrill: 1\n".to_owned()),
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
    fn lines_of_a_block_are_kept_until_it_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::create(Ok(folder.path().to_owned()), &header(), &calendar::now());
        let path = journal.path.clone().expect("a path");
        let at = Duration::from_secs(3);
        for text in [
            "components:",
            "components:\n  api: service",
            "components:\n  api: worker",
        ] {
            journal.note_block(at, text);
            drop(std::mem::replace(
                &mut journal,
                Journal::create(Err(String::new()), &header(), &calendar::now()),
            ));
            let (replay, again) =
                reopen(&path).unwrap_or_else(|refusal| panic!("{}", refusal.message));
            assert_eq!((replay.open.as_str(), replay.at), (text, at));
            journal = again;
        }
        let key = |line| Event { at, line };
        journal.note(&key(Line::End));
        journal.note_block(at, "components:\n  api: worker\n  db: sql_db");
        journal.note(&key(Line::Dropped));
        drop(journal);
        let text = fs::read_to_string(&path).expect("a text");
        assert!(text.contains(r#""more":"  db: sql_db""#), "{text}");
        let (replay, _) = reopen(&path).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        assert_eq!(replay.open, "");
        assert_eq!(replay.events, [key(Line::End), key(Line::Dropped)]);
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
        assert!(matches!(journal.news(), Some(News::Lost(_))));
        assert!(journal.news().is_none());
    }
    #[test]
    fn what_a_full_disk_refused_is_written_when_there_is_room_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal =
            Journal::create(Ok(folder.path().to_owned()), &header(), &calendar::now());
        journal.note(&text("one"));
        let path = journal.path.clone().expect("a path");
        // Nothing can be written to a file that is open for reading alone.
        let readable = File::open(&path).expect("a file");
        let good = journal.log.borrow_mut().file.replace(readable);
        journal.note(&text("two"));
        assert!(matches!(journal.news(), Some(News::Behind(_))));
        journal.note(&text("three"));
        assert_eq!(journal.news(), None);
        assert!(!journal.is_kept());
        journal.log.borrow_mut().file = good;
        // Half of a line got there before the disk was full.
        let mut torn = OpenOptions::new().append(true).open(&path).expect("a file");
        torn.write_all(b"{\"at_ms\":2,").expect("written");
        journal.note(&text("four"));
        assert_eq!(journal.news(), Some(News::CaughtUp));
        drop(journal);
        let (replay, _) = reopen(&path).unwrap_or_else(|refusal| panic!("{}", refusal.message));
        assert_eq!(replay.events, ["one", "two", "three", "four"].map(text));
    }
}
