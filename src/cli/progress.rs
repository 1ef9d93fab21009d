//! How far a long run is: a line on standard error that is written over again and again, at a terminal alone.
//!
//! Knows the clock and numbers; knows not what is counted.

#![expect(
    clippy::disallowed_types,
    reason = "a rate needs a clock, and the command line is its home"
)]

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::screen;

/// A run that ends sooner says nothing of how far it is.
const PATIENCE: Duration = Duration::from_millis(700);

/// The time from line to line.
const PAUSE: Duration = Duration::from_millis(100);

/// How far a run is.
#[derive(Debug)]
pub struct Progress {
    total: usize,
    start: Instant,
    /// How many are done, and when that was last said.
    done: Mutex<(usize, Option<Instant>)>,
    shown: bool,
}

impl Progress {
    /// A run over so many things.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            start: Instant::now(),
            done: Mutex::default(),
            shown: screen::can_write_over(),
        }
    }

    /// One more is done. Threads may say so at the same time.
    pub fn one_done(&self) {
        if !self.shown {
            return;
        }
        let Ok(mut done) = self.done.lock() else {
            return;
        };
        done.0 += 1;
        let now = Instant::now();
        let is_due = done.1.is_none_or(|last| now - last >= PAUSE);
        if now - self.start >= PATIENCE && is_due {
            done.1 = Some(now);
            screen::status(&line(done.0, self.total, now - self.start));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            screen::end_status();
        }
    }
}

/// `320 of 1000 designs, 250/s`.
fn line(done: usize, total: usize, time: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 designs")]
    let rate = done as f64 / time.as_secs_f64().max(0.001);
    format!("{done} of {total} designs, {rate:.0}/s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_many_of_how_many_and_how_fast() {
        let two_seconds = Duration::from_secs(2);
        assert_eq!(line(320, 1000, two_seconds), "320 of 1000 designs, 160/s");
        assert_eq!(line(1, 3, Duration::ZERO), "1 of 3 designs, 1000/s");
    }
}
