#![expect(
    clippy::disallowed_methods,
    reason = "the text that is edited lies in a file of its own"
)]
//! The candidate's editor: a text goes out in a file and comes back when the editor ends.
//!
//! Knows the environment, processes and files; knows no design. The command is split into words and started as it is: no
//! shell reads it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::files;
use crate::cli::signals::CtrlC;

/// The variables that name an editor, the first that says something counts.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];

/// What is tried where nothing is named: what a beginner gets out of again comes first.
const USUAL: &[&str] = if cfg!(windows) {
    &["notepad"]
} else {
    &["nano", "vi"]
};

/// A text longer than this is no design.
const MOST_BYTES: usize = 1 << 20;

/// Why nothing came back.
pub(super) struct Trouble {
    pub message: String,
    pub help: String,
}

/// A file with a text, and how it is called in an editor.
pub(super) struct Draft {
    text: String,
    path: PathBuf,
}

impl Draft {
    /// Writes a text into a file of its own, in a folder where it is found again should everything break down.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn of(text: &str, folder: Option<&Path>) -> Result<Self, Trouble> {
        let elsewhere = std::env::temp_dir();
        let folder = folder.unwrap_or(&elsewhere);
        let path = written(text, folder).or_else(|_| written(text, &elsewhere));
        let path = path.map_err(|error| Trouble {
            message: format!("no file for the editor: {}", files::words(&error)),
            help: "a block of YAML can be typed or pasted here instead, such as `components: {api: service}`".to_owned(),
        })?;
        Ok(Self {
            text: text.to_owned(),
            path,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the candidate edit it; none when nothing was changed. What can't be taken stays in its file.
    ///
    /// # Errors
    /// When no editor can be started, when it fails, or when the file can't be read afterwards.
    pub fn edited(&self, ctrl_c: &CtrlC) -> Result<Option<String>, Trouble> {
        let (named, commands) = editors();
        let mut status = Err(io::ErrorKind::NotFound.into());
        let mut tried = String::new();
        for words in &commands {
            let Some((program, arguments)) = words.split_first() else {
                continue;
            };
            tried.clone_from(program);
            let mut command = Command::new(program);
            command.args(arguments).arg(&self.path);
            status = ctrl_c.left_to(|| command.status());
            if !status
                .as_ref()
                .is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
            {
                break;
            }
        }
        let status = status.map_err(|error| {
            self.remove();
            Trouble {
                message: format!(
                    "the editor `{tried}` can't be started: {}",
                    files::words(&error)
                ),
                help: if named {
                    "set VISUAL or EDITOR to one that is there, such as `nano` or `code --wait`"
                        .to_owned()
                } else {
                    "name one in VISUAL or EDITOR, such as `EDITOR=nano sysdrill practice --resume`"
                        .to_owned()
                },
            }
        })?;
        let text = files::text(&self.path, MOST_BYTES);
        if !status.success() {
            let untouched = text.is_ok_and(|text| text == self.text);
            if untouched {
                self.remove();
            }
            return Err(Trouble {
                message: format!("`{tried}` ended with {status}; nothing was taken"),
                help: if untouched {
                    "the design stays as it is; `edit` tries again".to_owned()
                } else {
                    format!("what you wrote is in {}", self.path.display())
                },
            });
        }
        let text = text.map_err(|reason| Trouble {
            message: format!("what was edited can't be read: {reason}"),
            help: format!("it is in {}; nothing was taken", self.path.display()),
        })?;
        Ok((text != self.text).then_some(text))
    }

    /// Takes the file away, once what was in it is kept elsewhere.
    pub fn remove(&self) {
        // A file that stays behind hurts nobody.
        let _ = fs::remove_file(&self.path);
    }
}

fn written(text: &str, folder: &Path) -> io::Result<PathBuf> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("edit-").suffix(".design.yaml");
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    let (_, path) = file.keep()?;
    Ok(path)
}

/// The editors to try, each as words, and whether the candidate has named one.
fn editors() -> (bool, Vec<Vec<String>>) {
    let variable = |name: &&str| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    match VARIABLES.iter().find_map(variable) {
        Some(named) => (true, vec![words(&named)]),
        None => {
            let usual = USUAL.iter().map(|name| vec![(*name).to_owned()]);
            (false, usual.collect())
        }
    }
}

/// The words of a command as a shell would see them: quotes keep spaces, and nothing else means anything. On Windows a
/// backslash is part of a path.
fn words(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            (None | Some('"'), '\\') if !cfg!(windows) => {
                word.get_or_insert_default().extend(letters.next());
            }
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_words_and_nothing_more() {
        for (command, expected) in [
            ("vi", vec!["vi"]),
            ("code --wait", vec!["code", "--wait"]),
            ("'/opt/my editor/ed' -n", vec!["/opt/my editor/ed", "-n"]),
            ("ed \"a b\" ''", vec!["ed", "a b", ""]),
            (
                "vi; rm -rf $HOME `x`",
                vec!["vi;", "rm", "-rf", "$HOME", "`x`"],
            ),
        ] {
            assert_eq!(words(command), expected, "{command}");
        }
    }
}
