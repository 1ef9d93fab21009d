//! The files that are part of the program.
//!
//! Knows paths and texts; `build.rs` makes the table.

/// Every embedded file: its path from the project's root, and its text; sorted by path.
pub static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of an embedded file.
#[must_use]
pub fn embedded_text(path: &str) -> Option<&'static str> {
    let at = EMBEDDED
        .binary_search_by_key(&path, |(name, _)| name)
        .ok()?;
    EMBEDDED.get(at).map(|(_, text)| *text)
}

/// The embedded files that designs for one problem are judged by: all but those of the other problems. Everything, where
/// there is no such problem.
#[must_use]
pub fn embedded_for(problem: &str) -> Vec<(&'static str, &'static str)> {
    let is_known = is_embedded(problem);
    let files = EMBEDDED.iter().copied();
    files
        .filter(|(path, _)| !is_known || problem_of(path).is_none_or(|slug| slug == problem))
        .collect()
}

/// Whether a problem is among the embedded ones.
#[must_use]
pub fn is_embedded(problem: &str) -> bool {
    embedded_text(&format!("problems/{problem}/problem.yaml")).is_some()
}

/// The one problem that a file is for.
fn problem_of(path: &str) -> Option<&str> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["problems", slug, ..] => Some(*slug),
        ["rubrics", "problems", file] => file.strip_suffix(".yaml"),
        ["rubrics", "concepts", file] => {
            file.strip_suffix(".yaml").filter(|slug| is_embedded(slug))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_by_its_path() {
        for (path, text) in EMBEDDED {
            assert_eq!(embedded_text(path), Some(*text), "{path}");
        }
    }
}
