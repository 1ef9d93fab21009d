#![expect(clippy::disallowed_types, reason = "what was practised is kept here")]
//! What was practised: a line of JSON for each interview and each drill, added to the end of a file.
//!
//! Knows the file and the shape of its lines; what follows from them is the coach's business. Two sessions may add lines at
//! once. A line that was torn by a crash is left out, and said to be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalog::Band;
use crate::cli::files::words;
use crate::coach::drill::{Grade, Review};
use crate::coach::progress::{Attempt, Entry};
use crate::model::{Level, Step};

/// The format that is written.
const FORMAT: u32 = 1;

/// The file below the folder for data.
const FILE: &str = "progress.jsonl";

/// A file longer than this is none of ours.
const MOST_BYTES: u64 = 32 << 20;

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Head {
        progress: u32,
    },
    Attempt {
        day: u32,
        problem: String,
        level: String,
        percent: f64,
        band: Option<String>,
        steps: Vec<(String, f64)>,
        missed: Vec<(String, Vec<String>)>,
    },
    Review {
        day: u32,
        card: String,
        grade: String,
    },
}

/// Reads what was practised; nothing where there is no file yet. The second is how many lines can't be read.
///
/// # Errors
/// In words, when the file can't be read or is of another format.
pub(super) fn read(folder: &Path) -> Result<(Vec<Entry>, usize), String> {
    let path = folder.join(FILE);
    let failed = |reason: String| format!("{}: {reason}", path.display());
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
        Err(error) => return Err(failed(words(&error))),
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(words(&error)))?;
    let mut entries = Vec::new();
    let mut unread = 0;
    let lines = bytes.split(|byte| *byte == b'\n');
    for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
        match serde_json::from_slice(line) {
            Ok(Line::Head { progress }) if progress != FORMAT => {
                let reason =
                    format!("of format {progress}; this program reads and writes format {FORMAT}");
                return Err(failed(reason));
            }
            Ok(line) => entries.extend(entry(line)),
            Err(_) => unread += 1,
        }
    }
    Ok((entries, unread))
}

/// Adds entries; they are on disk when this returns.
///
/// # Errors
/// In words, when they can't be written.
pub(super) fn add(folder: &Path, entries: &[Entry]) -> Result<(), String> {
    if entries.is_empty() {
        return Ok(());
    }
    let path = folder.join(FILE);
    write(folder, &path, entries).map_err(|error| format!("{}: {}", path.display(), words(&error)))
}

fn write(folder: &Path, path: &PathBuf, entries: &[Entry]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)?;
    // Others that add lines wait; a file system without locks is no reason to do without.
    let _ = file.lock();
    let mut text = Vec::new();
    let length = file.seek(SeekFrom::End(0))?;
    if length == 0 {
        push(&mut text, &Line::Head { progress: FORMAT })?;
    } else {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != [b'\n'] {
            // What a crash has torn must not run into the next line.
            text.push(b'\n');
        }
    }
    for entry in entries {
        push(&mut text, &line(entry))?;
    }
    file.write_all(&text)?;
    file.sync_data()
}

fn push(text: &mut Vec<u8>, line: &Line) -> io::Result<()> {
    text.extend(serde_json::to_vec(line)?);
    text.push(b'\n');
    Ok(())
}

fn line(entry: &Entry) -> Line {
    match entry {
        Entry::Review(review) => Line::Review {
            day: review.day,
            card: review.card.clone(),
            grade: review.grade.word().to_owned(),
        },
        Entry::Attempt(attempt) => Line::Attempt {
            day: attempt.day,
            problem: attempt.problem.clone(),
            level: attempt.level.word().to_owned(),
            percent: attempt.percent,
            band: attempt.band.map(|band| band.word().to_owned()),
            steps: attempt
                .steps
                .iter()
                .map(|(step, percent)| (step.word().to_owned(), *percent))
                .collect(),
            missed: attempt.missed.clone(),
        },
    }
}

fn entry(line: Line) -> Option<Entry> {
    match line {
        Line::Head { .. } => None,
        Line::Review { day, card, grade } => Some(Entry::Review(Review {
            card,
            day,
            grade: Grade::from_word(&grade)?,
        })),
        Line::Attempt {
            day,
            problem,
            level,
            percent,
            band,
            steps,
            missed,
        } => {
            let of = |word: &str| Band::ALL.iter().find(|band| band.word() == word).copied();
            let step = |word: &str| Step::ALL.iter().find(|step| step.word() == word).copied();
            Some(Entry::Attempt(Attempt {
                day,
                problem,
                level: Level::from_word(&level).unwrap_or_default(),
                percent,
                band: band.as_deref().and_then(of),
                steps: steps
                    .iter()
                    .filter_map(|(word, percent)| Some((step(word)?, *percent)))
                    .collect(),
                missed,
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(card: &str) -> Entry {
        Entry::Review(Review {
            card: card.to_owned(),
            day: 20_000,
            grade: Grade::Hard,
        })
    }

    #[test]
    fn what_was_added_is_read_back_and_a_torn_line_is_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let attempt = Entry::Attempt(Attempt {
            day: 20_000,
            problem: "p".to_owned(),
            level: Level::Staff,
            percent: 61.25,
            band: Some(Band::Lean),
            steps: vec![(Step::Scale, 50.0)],
            missed: vec![("r".to_owned(), vec!["db".to_owned()])],
        });
        add(folder.path(), std::slice::from_ref(&attempt)).expect("written");
        add(folder.path(), &[review("a")]).expect("written");
        let path = folder.path().join(FILE);
        let mut file = OpenOptions::new().append(true).open(&path).expect("a file");
        file.write_all(b"{\"day\":2,\"ca").expect("written");
        drop(file);
        add(folder.path(), &[review("b")]).expect("written");
        let (entries, unread) = read(folder.path()).expect("read");
        assert_eq!(entries, [attempt, review("a"), review("b")]);
        assert_eq!(unread, 1);
    }

    #[test]
    fn another_format_is_refused_and_no_file_is_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read(folder.path()), Ok((Vec::new(), 0)));
        let path = folder.path().join(FILE);
        let mut file = OpenOptions::new()
            .create_new(true)
            .append(true)
            .open(&path)
            .expect("a file");
        file.write_all(b"{\"progress\":9}\n").expect("written");
        assert!(read(folder.path()).is_err_and(|reason| reason.contains("format 9")));
    }

    #[test]
    fn two_who_add_at_once_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        std::thread::scope(|scope| {
            for name in ["a", "b"] {
                let folder = folder.path();
                scope.spawn(move || {
                    for _ in 0..20 {
                        add(folder, &[review(name)]).expect("written");
                    }
                });
            }
        });
        let (entries, unread) = read(folder.path()).expect("read");
        assert_eq!((entries.len(), unread), (40, 0));
    }
}
