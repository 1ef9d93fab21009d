//! Finding designs below folders, each once and in order.
//!
//! Knows folders and ignore files; opens no design.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{STDIN, is_design, real_place, within, words};

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
