//! Standard output and standard error. A closed pipe is not an error: nobody reads any more, so nothing more is said. What a
//! full disk does not take is one, which is told at the end.
//!
//! Knows streams; knows no content.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use terminal_size::{Height, Width, terminal_size_of};

use super::files;
use crate::report::{self, plain};

/// Whether a status is on the last line of the terminal, which makes way for whatever else is said.
static HAS_STATUS: AtomicBool = AtomicBool::new(false);

/// Why standard output did not take something.
static LOST: OnceLock<String> = OnceLock::new();

fn sent(result: io::Result<()>) {
    let lost = result.err().filter(|it| it.kind() != ErrorKind::BrokenPipe);
    if let Some(error) = lost {
        let _ = LOST.set(files::words(&error));
    }
}

/// Sends what is still to be sent; tells of what standard output did not take, and whether it took everything.
pub fn is_all_sent() -> bool {
    sent(stdout().flush());
    if let Some(reason) = LOST.get() {
        error(
            &format!("standard output did not take all of it: {reason}"),
            None,
        );
    }
    LOST.get().is_none()
}

/// Writes to standard output; colours are stripped where nobody sees them.
pub fn out(text: &str) {
    if !text.is_empty() && stdout().is_terminal() {
        end_status();
    }
    let is_coloured = memchr::memchr(0x1b, text.as_bytes()).is_some();
    if !is_coloured {
        bytes(text.as_bytes());
    } else if AutoStream::choice(&stdout()) == ColorChoice::Never {
        // Stripped as a whole, for the stream that strips writes each piece between two colours by itself.
        bytes(strip_str(text).to_string().as_bytes());
    } else {
        sent(anstream::stdout().lock().write_all(text.as_bytes()));
    }
}

/// Writes to standard output what people read: a terminal has no line that is wider than it is, if words allow it.
pub fn prose(text: &str) {
    match columns(terminal_size_of(stdout())) {
        Some(columns) => out(&report::folded(text, columns)),
        None => out(text),
    }
}

/// How many columns a stream has, where it is a terminal.
fn columns(size: Option<(Width, Height)>) -> Option<usize> {
    size.map(|(width, _)| usize::from(width.0))
}

/// Writes bytes to standard output as they are.
pub fn bytes(bytes: &[u8]) {
    sent(stdout().lock().write_all(bytes));
}

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    stdout().is_terminal()
}

/// Writes a line to standard error.
pub fn trouble(text: &str) {
    end_status();
    let text = match columns(terminal_size_of(stderr())) {
        Some(columns) => Cow::Owned(report::folded(text, columns)),
        None => Cow::Borrowed(text),
    };
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Writes `error: ...` with a cure to standard error; names of files can be as hostile as their content.
pub fn error(message: &str, help: Option<&str>) {
    trouble(&format!("error: {}", plain::lines(message)));
    if let Some(help) = help {
        trouble(&format!("help: {}", plain::lines(help)));
    }
}

/// Whether standard error is a terminal on which a line can be written over.
pub fn can_write_over() -> bool {
    stderr().is_terminal() && !is_dumb()
}

/// Shows how far things are on the last line of the terminal, in place of what stood there.
pub fn status(text: &str) {
    HAS_STATUS.store(true, Ordering::SeqCst);
    let mut terminal = stderr().lock();
    let _ = write!(terminal, "{WIPE}{text}").and_then(|()| terminal.flush());
}

/// Wipes the status away, where there is one.
pub fn end_status() {
    if HAS_STATUS.swap(false, Ordering::SeqCst) {
        let _ = write!(stderr().lock(), "{WIPE}");
    }
}

/// Wipes the screen, where standard output is one; what was on it can still be scrolled back to.
pub fn clear() {
    if stdout().is_terminal() && !is_dumb() {
        let _ = write!(stdout().lock(), "\u{1b}[2J\u{1b}[H");
    }
}

/// To the first column, and nothing behind it.
const WIPE: &str = "\r\u{1b}[K";

/// A terminal that can do nothing but print, or none that is known.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term == "dumb") && !cfg!(windows)
}
