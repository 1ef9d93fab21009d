//! Which paths a list of patterns is about, as ignore files have it: `drafts/`, `*.design.yaml`, `!old`.
//!
//! Knows patterns; opens no file.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::notation::config::Said;
use crate::source::Issues;

/// Patterns of paths below a folder.
#[derive(Debug)]
pub struct Globs {
    all: Gitignore,
    /// Those that take paths in.
    each: Vec<Said<String>>,
}

impl Globs {
    /// Reads patterns; complains of broken ones, and of those that leave the folder.
    pub fn read(patterns: &[Said<String>], issues: &mut Issues) -> Self {
        let mut builder = builder();
        let mut each = Vec::new();
        for pattern in patterns {
            let glob = pattern.value.as_str();
            if glob.split('/').any(|part| part == "..") {
                let help = "patterns start from the folder of the configuration".to_owned();
                let message = format!("`{glob}` leaves the folder");
                issues.error(pattern.span, message, help);
            } else if let Err(error) = builder.add_line(None, glob) {
                let help = "`*` is any name, `**` any folders, `drafts/` a folder".to_owned();
                let message = format!("`{glob}` is no pattern of paths: {error}");
                issues.error(pattern.span, message, help);
            } else if !glob.starts_with('!') {
                each.push(pattern.clone());
            }
        }
        let all = built(&builder);
        Self { all, each }
    }

    /// The patterns that take in none of some paths below the folder.
    pub fn idle<'a>(&'a self, paths: &'a [String]) -> impl Iterator<Item = &'a Said<String>> {
        self.each.iter().filter(|pattern| {
            let glob = alone(&pattern.value);
            !paths.iter().any(|path| takes(&glob, path))
        })
    }

    /// Whether a path below the folder is meant, or a folder that it is in.
    pub fn fits(&self, path: &str) -> bool {
        takes(&self.all, path)
    }

    /// Whether a path is meant itself, and not by a folder that it is in.
    pub fn names(&self, path: &str) -> bool {
        self.all.matched(path, false).is_ignore()
    }
}

fn takes(glob: &Gitignore, path: &str) -> bool {
    let is_below = !path.starts_with('/') && !path.starts_with("..");
    is_below && glob.matched_path_or_any_parents(path, false).is_ignore()
}

fn builder() -> GitignoreBuilder {
    let mut builder = GitignoreBuilder::new("");
    builder.allow_unclosed_class(false);
    builder
}

/// A pattern that was read before.
fn alone(glob: &str) -> Gitignore {
    let mut builder = builder();
    let _ = builder.add_line(None, glob);
    built(&builder)
}

fn built(builder: &GitignoreBuilder) -> Gitignore {
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn globs(patterns: &[&str]) -> (Globs, usize) {
        let said = |pattern: &&str| Said {
            value: (*pattern).to_owned(),
            span: Span::default(),
        };
        let patterns: Vec<_> = patterns.iter().map(said).collect();
        let mut issues = Issues::default();
        let globs = Globs::read(&patterns, &mut issues);
        (globs, issues.len())
    }

    #[test]
    fn patterns_mean_what_they_mean_in_ignore_files() {
        for (patterns, path, fits) in [
            (&["drafts/"] as &[&str], "drafts/a.design.yaml", true),
            (&["drafts/"], "team/drafts/deep/a.design.yaml", true),
            (&["/drafts/"], "team/drafts/a.design.yaml", false),
            (&["team/*/final"], "team/a/final/b.design.yaml", true),
            (&["team/*/final"], "x/team/a/final/b.design.yaml", false),
            (&["*.design.yaml"], "deep/er/a.design.yaml", true),
            (
                &["designs/**", "!designs/old/**"],
                "designs/old/a.yaml",
                false,
            ),
            (
                &["designs/**", "!designs/old/**"],
                "designs/new/a.yaml",
                true,
            ),
            (&["**"], "../elsewhere.design.yaml", false),
            (&["**"], "/elsewhere.design.yaml", false),
            (&[], "a.design.yaml", false),
        ] {
            let (globs, complaints) = globs(patterns);
            assert_eq!(complaints, 0, "{patterns:?}");
            assert_eq!(globs.fits(path), fits, "{patterns:?} {path}");
        }
    }

    #[test]
    fn patterns_that_take_in_nothing_are_known() {
        let (globs, _) = globs(&["designs/", "design/", "!designs/old/", "designs/old/"]);
        let paths = ["designs/a.design.yaml".to_owned(), "b.yaml".to_owned()];
        let idle = globs.idle(&paths).map(|pattern| pattern.value.as_str());
        assert_eq!(idle.collect::<Vec<_>>(), ["design/", "designs/old/"]);
    }

    #[test]
    fn what_is_no_pattern_or_leaves_the_folder_is_said() {
        assert_eq!(globs(&["a[", "../x/**", "ok/"]).1, 2);
    }
}
