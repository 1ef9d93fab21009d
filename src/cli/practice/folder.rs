//! The surroundings: the folder for data, the files that the design and the report are written to.
//!
//! Knows paths, the environment and what is there; what is written is the session's business.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::Refusal;
use super::calendar::Moment;
use crate::assess::fingerprint;
use crate::cli::obstacle::Obstacle;
use crate::cli::{files, target};
use crate::model::Vocabulary;
use crate::notation::design;
use crate::notation::mark::DESIGN;
use crate::notation::yaml::Limits;

/// The folder for journals and history: the one that was given, or the platform's.
///
/// # Errors
/// In words, when the platform has none because nobody has a home.
pub(super) fn data(given: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let strategy =
        etcetera::choose_base_strategy().map_err(|_| "no home directory is known".to_owned())?;
    Ok(strategy.data_dir().join("sysdrill"))
}

/// The file that the design is saved in. A session never writes over a file that was there before it, nor to one where
/// another session saves that is still going on.
///
/// # Errors
/// When the file that was asked for is there already, another session's, or in no folder.
pub(super) fn design_file(
    given: Option<&Path>,
    problem: &str,
    now: &Moment,
    claimed: &BTreeSet<PathBuf>,
) -> Result<PathBuf, Refusal> {
    if let Some(given) = given {
        return named(given, claimed);
    }
    let stem = format!("{problem}-{}", now.in_file_names());
    let first = absolute(Path::new(&format!("{stem}.design.yaml")));
    let mut free = numbered(&first).filter(|path| !path.exists() && !claimed.contains(path));
    Ok(free.next().unwrap_or_else(|| first.clone()))
}

/// A file by its name.
///
/// # Errors
/// As above.
pub(super) fn named(given: &Path, claimed: &BTreeSet<PathBuf>) -> Result<PathBuf, Refusal> {
    let path = absolute(given);
    let refused = |why: &str, help: &str| {
        let message = format!("{} {why}", given.display());
        Err(Refusal::new(message, help.to_owned()))
    };
    if path.exists() {
        return refused(
            "exists already",
            "choose another name, or move that file away",
        );
    }
    if claimed.contains(&path) {
        return refused(
            "is where another session saves, which is still going on",
            "choose another name",
        );
    }
    in_a_folder(given)?;
    Ok(path)
}

/// Whether a file can be in the folder that its path says.
///
/// # Errors
/// When that is no folder.
fn in_a_folder(given: &Path) -> Result<(), Refusal> {
    let path = absolute(given);
    let is_folder = path.parent().is_some_and(files::is_folder);
    if is_folder {
        return Ok(());
    }
    let message = format!("{}: its folder is not there", given.display());
    Err(Refusal::new(
        message,
        "make the folder, or name a file elsewhere".to_owned(),
    ))
}

/// Whether a report can be written where that is asked for.
///
/// # Errors
/// When it would take the place of what is no report, or when there is no such folder.
pub(super) fn report_file(given: &Path) -> Result<(), Refusal> {
    if let Some(Obstacle::Words(message, help)) = target::by_hand(given) {
        return Err(Refusal::new(message, help));
    }
    if files::is_folder(given) {
        let message = format!("{} is a folder", given.display());
        return Err(Refusal::new(
            message,
            "name a file for the report".to_owned(),
        ));
    }
    in_a_folder(given)
}

/// Whether the report goes elsewhere than the design.
///
/// # Errors
/// When one would take the place of the other.
pub(super) fn apart(report: Option<&Path>, out: &Path) -> Result<(), Refusal> {
    let place = files::destination(out);
    let same = report.filter(|report| files::destination(&absolute(report)) == place);
    same.map_or(Ok(()), |report| {
        let message = format!("the report and the design both go to {}", report.display());
        Err(Refusal::new(
            message,
            "name another file for one of them".to_owned(),
        ))
    })
}

/// Writes a design to a file that is not there yet: the one that is named or, where that was taken meanwhile, the next that
/// is free. The file that it was.
///
/// # Errors
/// In words.
pub(super) fn create(out: &Path, text: &str) -> Result<PathBuf, String> {
    for path in numbered(out) {
        match files::create(&path, text) {
            Ok(()) => return Ok(path),
            Err(_) if path.exists() => {}
            // Not every file system can tell a file that is there from a new one while it writes.
            Err(_) => return files::write(&path, text).map(|()| path),
        }
    }
    Err(format!("{}: exists already", out.display()))
}

/// Whether a file holds the design of a session, as far as the moment tells at which that began.
pub(super) fn is_of_session(path: &Path, started: Option<&str>, vocabulary: &Vocabulary) -> bool {
    let limits = Limits::default();
    let text = files::text(path, limits.bytes).unwrap_or_default();
    let session = design::read(&text, vocabulary, &limits).design.session;
    let began = session.and_then(|session| session.started);
    started.is_some() && began.as_deref() == started
}

/// A mark by which a text is known again.
pub(super) fn mark(text: &str) -> String {
    fingerprint([text])
}

/// Whether a file is as it was saved, by the mark of that; nobody has changed what is not there or was never marked.
pub(super) fn is_as_saved(path: &Path, saved: Option<&str>) -> bool {
    let limits = Limits::default();
    let text = saved.and_then(|saved| Some((saved, files::text(path, limits.bytes).ok()?)));
    text.is_none_or(|(saved, text)| mark(&text) == saved)
}

/// A file and names beside it: `a.design.yaml`, `a-2.design.yaml` and so on.
fn numbered(first: &Path) -> impl Iterator<Item = PathBuf> {
    let name = first.file_name().unwrap_or_default().to_string_lossy();
    let stem = DESIGN.stem(&name).map(str::len);
    let stem = stem.or_else(|| name.rfind('.').filter(|at| *at > 0));
    let (stem, ending) = name.split_at(stem.unwrap_or(name.len()));
    let (stem, ending) = (stem.to_owned(), ending.to_owned());
    let others = (2..1000).map(move |n| first.with_file_name(format!("{stem}-{n}{ending}")));
    std::iter::once(first.to_path_buf()).chain(others)
}

/// A path that means the same from wherever a session is resumed.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A path as it is typed from here.
pub(super) fn short(path: &Path) -> &Path {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok())
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_design_goes_to_the_next_free_name_and_over_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for (first, second) in [
            ("a.design.yaml", "a-2.design.yaml"),
            ("b.yaml", "b-2.yaml"),
            (".c", ".c-2"),
        ] {
            assert_eq!(create(&at(first), "one").as_ref(), Ok(&at(first)));
            assert_eq!(create(&at(first), "two").as_ref(), Ok(&at(second)));
            let text = |name: &str| files::text(&at(name), 9);
            assert_eq!(text(first).as_deref(), Ok("one"));
            assert_eq!(text(second).as_deref(), Ok("two"));
        }
        assert!(create(&at("none/a.yaml"), "one").is_err());
    }
}
