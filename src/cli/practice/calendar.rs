#![expect(clippy::disallowed_types, reason = "this is where the clock is read")]
//! The clock: when a session began, and how long it has been going on.
//!
//! Knows the calendar; knows no session.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A moment in universal time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    seconds: u64,
    nanoseconds: u32,
}

/// The day that it is in universal time: `2026-11-20`.
pub fn today() -> String {
    written(now().day())
}

/// A day, counted from 1970-01-01, as it is written: `2026-11-20`.
pub(super) fn written(day: u32) -> String {
    let (year, month, day) = date(u64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

/// A clock that goes on from a time that has passed already.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stopwatch {
    start: Instant,
    before: Duration,
}

/// The moment that it is.
pub(super) fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Moment {
        seconds: since.as_secs(),
        nanoseconds: since.subsec_nanos(),
    }
}

impl Stopwatch {
    /// Starts, as if some time had passed.
    pub fn start(before: Duration) -> Self {
        Self {
            start: Instant::now(),
            before,
        }
    }

    /// What it shows.
    pub fn elapsed(&self) -> Duration {
        self.before + self.start.elapsed()
    }
}

impl Moment {
    /// `2026-11-20T18:02:11Z`
    pub fn rfc3339(&self) -> String {
        let (year, month, day) = self.date();
        let (hour, minute, second) = self.time();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// `20261120-180211`: sorts as time goes.
    pub fn in_file_names(&self) -> String {
        let (year, month, day) = self.date();
        let (hour, minute, second) = self.time();
        format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}")
    }

    /// The day, counted from 1970-01-01.
    pub fn day(&self) -> u32 {
        u32::try_from(self.seconds / 86_400).unwrap_or(u32::MAX)
    }

    /// A number that is hardly ever the same twice.
    pub fn as_seed(&self) -> u64 {
        (self.seconds ^ u64::from(self.nanoseconds)) % 1_000_000
    }

    fn time(self) -> (u64, u64, u64) {
        let of_day = self.seconds % 86_400;
        (of_day / 3_600, of_day / 60 % 60, of_day % 60)
    }

    fn date(self) -> (u64, u64, u64) {
        date(self.seconds / 86_400)
    }
}

/// The civil date, by Howard Hinnant's `civil_from_days` (chrono-Compatible Low-Level Date Algorithms, 2013), which
/// counts years from March so that the leap day comes last.
fn date(day: u64) -> (u64, u64, u64) {
    let days = day + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_calendars_have_them() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_197_731, "2026-11-20T18:02:11Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(
                Moment {
                    seconds,
                    nanoseconds: 0
                }
                .rfc3339(),
                expected
            );
        }
    }
}
