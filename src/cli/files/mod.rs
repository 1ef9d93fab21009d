//! Files: finding designs, reading texts with a limit, writing reports whole or not at all. The only home of `std::fs`,
//! beside the practice session's journal.
//!
//! Knows paths; knows no format.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is their home"
)]

mod content;
mod search;
mod write;

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use crate::notation::mark::{self, Mark};
use crate::source::Span;
pub use content::{
    LONGEST_TEMPLATE, problem_place, problem_texts, rubric_place, rubric_texts, template_texts,
    yaml_below,
};
pub use search::{designs, meant};
pub use write::{create, write, write_site};

/// A name that is standard input.
pub const STDIN: &str = "-";

/// Whether a path has the name of a design file.
#[must_use]
pub fn is_design(path: &Path) -> bool {
    is_called(path, mark::DESIGN)
}

/// Whether a path has the name of a review file.
#[must_use]
pub fn is_review(path: &Path) -> bool {
    is_called(path, mark::REVIEW)
}

fn is_called(path: &Path, mark: Mark) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    mark.stem(&name).is_some()
}

/// The review files of a folder, in the order of their names.
///
/// # Errors
/// With the reason in words.
pub fn reviews(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = Path::new(".").join(folder);
    let entries = fs::read_dir(&folder).map_err(|error| words(&error))?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
    let names = names.map(PathBuf::from);
    let mut names: Vec<PathBuf> = names.filter(|name| is_review(name)).collect();
    names.sort();
    Ok(names)
}

/// The nearest file of a name: in a folder, or one around it up to the root of a repository. The folder where the program
/// runs is the empty path.
pub fn upwards(from: &Path, name: &str) -> Option<PathBuf> {
    const MOST: usize = 64;
    let mut folder = from.to_path_buf();
    for _ in 0..MOST {
        let file = folder.join(name);
        if file.is_file() {
            return Some(file);
        }
        let here = Path::new(".").join(&folder);
        let is_last = here.join(".git").exists() || here.canonicalize().ok()?.parent().is_none();
        if is_last {
            return None;
        }
        if folder.is_absolute() {
            folder.pop();
        } else {
            folder.push("..");
        }
    }
    None
}

/// The path of a file without links and detours; none where it is not there.
pub fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Whether a path is a file.
pub fn is_there(path: &Path) -> bool {
    path.is_file()
}

/// Whether a path is a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The path of a file as seen from a folder, with slashes; none where the folder is not there, or that of the file. The file
/// may be still to come.
pub fn relative(folder: &Path, file: &Path) -> Option<String> {
    let folder = Path::new(".").join(folder).canonicalize().ok()?;
    let file = match file.canonicalize() {
        Ok(file) => file,
        Err(_) => real_place(file).ok()?,
    };
    let common = folder
        .components()
        .zip(file.components())
        .take_while(|(one, other)| one == other)
        .count();
    let up = folder.components().skip(common).map(|_| Path::new(".."));
    let down = file.components().skip(common);
    let path: PathBuf = up
        .map(Path::as_os_str)
        .chain(down.map(Component::as_os_str))
        .collect();
    Some(slashed(&path))
}

/// The path of a file below a folder, with slashes; none where it is not below it, or can't be found.
pub fn below(folder: &Path, file: &Path) -> Option<String> {
    relative(folder, file).filter(|path| !path.starts_with(".."))
}

/// The path below a folder, with slashes, of what was found from there.
pub fn within(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    slashed(below.strip_prefix(".").unwrap_or(below))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Where a file is when links to folders are followed; a link that is the file itself is not.
///
/// # Errors
/// In words, when its folder can't be found.
pub fn real_place(path: &Path) -> Result<PathBuf, String> {
    let path = std::path::absolute(path).map_err(|error| words(&error))?;
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err("no file".to_owned());
    };
    let folder = fs::canonicalize(folder).map_err(|error| words(&error))?;
    Ok(folder.join(name))
}

/// Where writing to a path ends up, by which two names of one file are known; the file may be still to come. What writes to a
/// stream of the system replaces nothing, and its name is its own.
pub fn destination(path: &Path) -> PathBuf {
    if write::is_stream(path) {
        return path.to_path_buf();
    }
    let place = real(path).or_else(|| real_place(path).ok());
    place.unwrap_or_else(|| path.to_path_buf())
}

/// When a file was written and how long it is, by which a change is noticed.
pub type Stamp = (SystemTime, u64);

/// The stamp of a file, where it can be looked at.
#[must_use]
pub fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// What a path is called in reports.
#[must_use]
pub fn name(path: &Path) -> String {
    if path.as_os_str() == STDIN {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    }
}

/// The text of a file, which may have so many bytes at most; one byte more is read to notice.
///
/// # Errors
/// In words, when it can't be read or is no UTF-8.
pub fn text(path: &Path, most: usize) -> Result<String, String> {
    bounded(path, most, "raise the limit with --max-bytes")
}

/// The same with the cure of a file that is longer.
///
/// # Errors
/// As above.
pub fn bounded(path: &Path, most: usize, cure: &str) -> Result<String, String> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == STDIN {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        // To open a pipe would be to wait for somebody who writes to it.
        let kind = fs::metadata(path).map_err(|error| words(&error))?;
        if !kind.is_file() {
            return Err("no file that can be read".to_owned());
        }
        // Room for all of it and one byte more lets it be read at once, and its end be seen.
        let room = usize::try_from(kind.len().saturating_add(1).min(limit));
        bytes.reserve(room.unwrap_or_default());
        fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| words(&error))?;
    if bytes.len() > most {
        return Err(format!("more than {most} bytes; {cure}"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..at).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default());
        let column = column.chars().count() + 1;
        format!(
            "not UTF-8: line {line}, column {column} has a byte that is no text; save the file as UTF-8"
        )
    })
}

/// A file that is no UTF-8, with signs in place of what is no text, and where the first of them stands. None of other files.
#[must_use]
pub fn patched(path: &Path, most: usize) -> Option<(String, Span)> {
    let kind = fs::metadata(path).ok()?;
    let fits = usize::try_from(kind.len()).is_ok_and(|bytes| bytes <= most);
    let file = (kind.is_file() && fits).then(|| fs::File::open(path).ok());
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    file??.take(limit).read_to_end(&mut bytes).ok()?;
    let at = str::from_utf8(&bytes).err()?.valid_up_to();
    let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some((text, Span::new(at, end)))
}

/// How a file begins, as far as it can be read.
pub fn beginning(path: &Path, most: u64) -> String {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    let _ = read.ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An error of the system as a lower-case fragment without its number.
#[must_use]
pub fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}
