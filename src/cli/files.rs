//! Files: finding designs, reading texts with a limit, writing reports whole or not at all. The only home of `std::fs`,
//! beside the practice session's journal.
//!
//! Knows paths; knows no format.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is their home"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use ignore::WalkBuilder;

use crate::notation::mark::{self, Mark};

/// A name that is standard input.
pub const STDIN: &str = "-";

/// The design files below the given paths, each once, in the order of their names; and what could not be searched.
pub fn designs(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<(String, String)>) {
    let mut found = Vec::new();
    let mut troubles = Vec::new();
    for path in paths {
        if path.as_os_str() == STDIN || path.is_file() {
            found.push(path.clone());
        } else if path.is_dir() {
            search(path, &is_design, &mut found, &mut troubles);
        } else {
            troubles.push((path.display().to_string(), reason(path)));
        }
    }
    if paths.len() > 1 {
        // `a`, `./a` and `x/../a` are one file, named as it was first.
        let mut seen = BTreeSet::new();
        found.retain(|path| seen.insert(real_place(path).unwrap_or_else(|_| path.clone())));
    }
    found.sort();
    (found, troubles)
}

/// Why a path is neither a file nor a folder.
fn reason(path: &Path) -> String {
    match fs::metadata(path) {
        Ok(_) => "neither a file nor a directory".to_owned(),
        Err(error) => words(&error),
    }
}

/// The files of a folder that are meant, each once, in the order of their names; and what could not be searched. What is
/// meant is asked with the path below the folder, and whether its name is one of a design.
pub fn meant(
    folder: &Path,
    is_meant: &dyn Fn(&str, bool) -> bool,
) -> (Vec<PathBuf>, Vec<(String, String)>) {
    let (mut found, mut troubles) = (Vec::new(), Vec::new());
    let fits = |path: &Path| is_meant(&within(folder, path), is_design(path));
    let start = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    search(start, &fits, &mut found, &mut troubles);
    for path in &mut found {
        if let Ok(short) = path.strip_prefix(".") {
            *path = short.to_path_buf();
        }
    }
    found.sort();
    (found, troubles)
}

fn search(
    folder: &Path,
    fits: &dyn Fn(&Path) -> bool,
    found: &mut Vec<PathBuf>,
    troubles: &mut Vec<(String, String)>,
) {
    for entry in WalkBuilder::new(folder)
        .follow_links(false)
        .require_git(false)
        .build()
    {
        match entry {
            Ok(entry)
                if fits(entry.path()) && entry.file_type().is_some_and(|kind| !kind.is_dir()) =>
            {
                found.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => troubles.push((folder.display().to_string(), error.to_string())),
        }
    }
}

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

/// How a file begins, as far as it can be read.
pub fn beginning(path: &Path, most: u64) -> String {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    let _ = read.ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Every file of a folder of rubrics, by the path that the catalog knows it under, in order.
///
/// # Errors
/// With the path and the reason of the first that can't be read.
pub fn rubric_texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    content(folder, rubric_place)
}

/// The same of a folder of problems.
///
/// # Errors
/// As for rubrics, and when there is no problem in it.
pub fn problem_texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let texts = content(folder, problem_place)?;
    let is_problem = |path: &str| path.ends_with("/problem.yaml") && path.matches('/').count() == 2;
    if texts.iter().any(|(path, _)| is_problem(path)) {
        Ok(texts)
    } else {
        Err(format!(
            "{}: no problem in it; each is a folder with a problem.yaml",
            folder.display()
        ))
    }
}

/// Every YAML file below a folder, in order; the error of what can't be searched.
pub fn yaml_below(folder: &Path) -> impl Iterator<Item = Result<PathBuf, String>> {
    let mut walk = WalkBuilder::new(folder);
    let walk = walk.standard_filters(false).sort_by_file_name(Ord::cmp);
    let paths = walk.build().map(|entry| match entry {
        Ok(entry) => Ok(entry.into_path()),
        Err(error) => Err(error.to_string()),
    });
    let is_yaml = |path: &Path| {
        let end = path.extension();
        end.is_some_and(|end| end == "yaml" || end == "yml")
    };
    paths.filter(move |path| {
        path.as_ref()
            .map_or(true, |path| is_yaml(path) && path.is_file())
    })
}

/// The same files as texts, under the path that is made of their own below the folder.
fn content(folder: &Path, place: impl Fn(&str) -> String) -> Result<Vec<(String, String)>, String> {
    if !folder.is_dir() {
        let what = if folder.is_file() {
            "a file; name the folder"
        } else {
            "no such folder"
        };
        return Err(format!("{}: {what}", folder.display()));
    }
    let mut files = Vec::new();
    for path in yaml_below(folder) {
        let path = path?;
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        let text =
            text(&path, 8 << 20).map_err(|reason| format!("{}: {reason}", path.display()))?;
        files.push((place(&name), text));
    }
    Ok(files)
}

/// Where a file of a folder of problems stands in the tree of the built-in ones.
pub fn problem_place(name: &str) -> String {
    format!("problems/{name}")
}

/// Where a file of a folder of rubrics stands in the tree of the built-in ones. The folder is one like `rubrics`, or one
/// that holds `rubrics` and `problems`.
pub fn rubric_place(name: &str) -> String {
    let is_of_a_problem = name.starts_with("problems/") && name.matches('/').count() > 1;
    if is_of_a_problem || name.starts_with("rubrics/") {
        name.to_owned()
    } else {
        format!("rubrics/{name}")
    }
}

/// Bytes of a template at most.
pub const LONGEST_TEMPLATE: usize = 1 << 20;

/// The files of a folder of templates, by their names and in their order; those that begin with a dot are the system's.
///
/// # Errors
/// With the path and the reason of the first that can't be read.
pub fn template_texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let failed = |error: &io::Error| format!("{}: {}", folder.display(), words(error));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_file() && !name.starts_with('.') {
            let text = text(&path, LONGEST_TEMPLATE)
                .map_err(|reason| format!("{}: {reason}", path.display()))?;
            files.push((name.into_owned(), text));
        }
    }
    files.sort();
    Ok(files)
}

/// The list of the files that make up a site, by which a folder is known to be one.
const MANIFEST: &str = ".sysdrill-site";

/// Writes the files of a site. A folder that holds anything else is left alone; what an earlier site had and this one has
/// not is taken away.
///
/// # Errors
/// With the reason in words.
pub fn write_site(folder: &Path, files: &[(String, String)]) -> Result<(), String> {
    let failed = |error: &io::Error| format!("{}: {}", folder.display(), words(error));
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let manifest = folder.join(MANIFEST);
    let is_empty = fs::read_dir(folder)
        .map_err(|error| failed(&error))?
        .next()
        .is_none();
    if !is_empty && !manifest.is_file() {
        let folder = folder.display();
        return Err(format!(
            "{folder}: not empty, and no site of an earlier run; give a new folder with --out"
        ));
    }
    let earlier = text(&manifest, 8 << 20).unwrap_or_default();
    let names = files.iter().map(|(name, _)| name.as_str());
    let list: String = names.flat_map(|name| [name, "\n"]).collect();
    write(&manifest, &list)?;
    for (name, text) in files {
        write(&folder.join(name), text)?;
    }
    let is_plain = |name: &&str| !name.contains(['/', '\\']) && !name.starts_with('.');
    let is_gone = |name: &&str| !files.iter().any(|(kept, _)| kept == name);
    for name in earlier.lines().filter(is_plain).filter(is_gone) {
        let _ = fs::remove_file(folder.join(name));
    }
    Ok(())
}

/// Writes a file as a whole: it is there complete, or as it was before. A link stays one, and devices and pipes take the text
/// as they do.
///
/// # Errors
/// With the reason in words.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    let content = content.as_ref();
    let written = if is_stream(path) {
        let stream = fs::OpenOptions::new().append(true).open(path);
        stream.and_then(|mut stream| stream.write_all(content))
    } else {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        written(&target, content).and_then(|file| Ok(file.persist(&target).map(drop)?))
    };
    written.map_err(|error| format!("{}: {}", path.display(), words(&error)))
}

/// Whether a path is a device or a pipe, or leads to whatever a stream of this process is, such as `/dev/stdout`.
fn is_stream(path: &Path) -> bool {
    let is_of_the_system = path.starts_with("/dev") || path.starts_with("/proc");
    let kind = fs::metadata(path);
    kind.is_ok_and(|kind| is_of_the_system || !kind.is_file() && !kind.is_dir())
}

/// Writes a file that is not there yet, as a whole.
///
/// # Errors
/// With the reason in words, one of which is that it is there already.
pub fn create(path: &Path, text: &str) -> Result<(), String> {
    let written = written(path, text.as_bytes());
    let written = written.and_then(|file| Ok(file.persist_noclobber(path)?));
    written
        .map(drop)
        .map_err(|error| format!("{}: {}", path.display(), words(&error)))
}

/// A file beside the one that it is to become.
fn written(path: &Path, content: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = temporary(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A file that others may read as the user's settings have it: whoever uploads a report need not be who wrote it.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
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
