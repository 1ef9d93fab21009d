//! The files that are part of the program.
//!
//! Knows paths and texts; `build.rs` makes the table.

/// Every embedded file: its path from the project's root, and its text; sorted by path.
pub const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of an embedded file.
#[must_use]
pub fn embedded_text(path: &str) -> Option<&'static str> {
    let at = EMBEDDED
        .binary_search_by_key(&path, |(name, _)| name)
        .ok()?;
    EMBEDDED.get(at).map(|(_, text)| *text)
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
