//! The texts of own rubrics, problems and templates.
//!
//! Knows where they stand in the tree of the built-in ones; reads nothing into them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{text, words};

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
