//! The surroundings: the folder for data, the file that the design is saved in.
//!
//! Knows paths and the environment; reads and writes nothing.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::Refusal;
use super::calendar::Moment;

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

/// The file that the design is saved in. A session never writes over a file that was there before it.
///
/// # Errors
/// When the file that was asked for exists already.
pub(super) fn design_file(
    given: Option<&Path>,
    problem: &str,
    now: &Moment,
) -> Result<PathBuf, Refusal> {
    if let Some(given) = given {
        if given.exists() {
            let help = "choose another name, or move that file away".to_owned();
            return Err(Refusal::new(
                format!("{} exists already", given.display()),
                help,
            ));
        }
        return Ok(absolute(given));
    }
    let stem = format!("{problem}-{}", now.in_file_names());
    let names = (1..1000).map(|n| {
        if n == 1 {
            stem.clone()
        } else {
            format!("{stem}-{n}")
        }
    });
    let mut free = names
        .map(|name| PathBuf::from(format!("{name}.design.yaml")))
        .filter(|path| !path.exists());
    Ok(absolute(&free.next().unwrap_or_else(|| {
        PathBuf::from(format!("{stem}.design.yaml"))
    })))
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
