//! Standard output and standard error. A closed pipe is not an error: nobody reads any more, so nothing more is said.
//!
//! Knows streams; knows no content.

use std::io::Write;

use crate::report::plain;

/// Writes to standard output; colours are stripped where nobody sees them.
pub fn out(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Writes a line to standard error.
pub fn trouble(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Writes `error: ...` with a cure to standard error; names of files can be as hostile as their content.
pub fn error(message: &str, help: Option<&str>) {
    trouble(&format!("error: {}", plain::lines(message)));
    if let Some(help) = help {
        trouble(&format!("help: {}", plain::lines(help)));
    }
}
