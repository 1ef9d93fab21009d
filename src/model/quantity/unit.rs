//! The words for units and for powers of ten.
//!
//! Knows spellings and sizes. Must not know where in an expression a word stands: whether `B` is
//! billion or bytes is decided there.

use std::borrow::Cow;

use super::arithmetic::Quantity;
use super::dimension::Dimension;

/// A unit that a result is shown in, such as `MB/s`.
#[derive(Clone, PartialEq, Debug)]
pub struct Unit {
    /// How it is written: `TB`, `requests/s`, `/day`, `%`.
    pub symbol: String,
    /// One of it, in base units.
    pub one: Quantity,
}

/// What a word stands for, when it is no name.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Meaning {
    /// One of a unit, in base units.
    Unit(Quantity),
    /// A power of ten after a number, by its exponent.
    Magnitude(i32),
    /// Nearly a unit, or one that people use in two senses; the help says which to write.
    Unclear(String),
    /// Anything else: a noun or a name.
    Free,
}

/// What a word stands for. `B` is one byte here.
pub(super) fn meaning(word: &str) -> Meaning {
    common(word).unwrap_or_else(|| looked_up(word))
}

/// The same of the words that people write most, which are found at once.
pub(super) fn common(word: &str) -> Option<Meaning> {
    Some(match word {
        "k" | "K" => Meaning::Magnitude(3),
        "M" => Meaning::Magnitude(6),
        "T" => Meaning::Magnitude(12),
        "s" => Meaning::Unit(Quantity::duration(1.0)),
        "ms" => Meaning::Unit(Quantity::duration(1e-3)),
        "min" => Meaning::Unit(Quantity::duration(MINUTE)),
        "h" => Meaning::Unit(Quantity::duration(HOUR)),
        "day" | "days" => Meaning::Unit(Quantity::duration(DAY)),
        "month" => Meaning::Unit(Quantity::duration(30.0 * DAY)),
        "year" | "years" => Meaning::Unit(Quantity::duration(365.0 * DAY)),
        "B" => Meaning::Unit(Quantity::size(1.0)),
        "KB" => Meaning::Unit(Quantity::size(1e3)),
        "MB" => Meaning::Unit(Quantity::size(1e6)),
        "GB" => Meaning::Unit(Quantity::size(1e9)),
        "TB" => Meaning::Unit(Quantity::size(1e12)),
        _ => return None,
    })
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

fn looked_up(word: &str) -> Meaning {
    let folded = &*folded(word);
    if let Some(exponent) = magnitude(word, folded) {
        return Meaning::Magnitude(exponent);
    }
    if let Some(help) = unclear(word, folded) {
        return Meaning::Unclear(help);
    }
    if let Some(one) = timed(folded).or_else(|| sized(word, folded)) {
        return Meaning::Unit(one);
    }
    match oversized(word).or_else(|| misspelled(folded)) {
        Some(unit) => Meaning::Unclear(format!("did you mean `{unit}`?")),
        None => Meaning::Free,
    }
}

/// A word in lower case.
fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Whether a unit is one of those that count in powers of 1,024.
pub(super) fn is_binary(one: Quantity) -> bool {
    one.dimension == Dimension::SIZE && one.value > 1.0 && one.value.log2().fract() == 0.0
}

/// The unit that a word most likely stands for, or none when nothing comes near.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let typed = word.to_lowercase();
    let allowed = (typed.chars().count() / 3).clamp(1, 3);
    let candidates = COMMON.iter().chain(LONG).map(|unit| {
        let distance = strsim::osa_distance(&typed, &unit.to_lowercase());
        (distance, *unit)
    });
    candidates
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, unit)| unit)
}

/// Units of few letters, as they are suggested.
const COMMON: &[&str] = &[
    "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "bytes", "bits", "Kbit",
    "Mbit", "Gbit", "Kbps", "Mbps", "Gbps", "ms", "s", "sec", "min", "h", "hours", "day", "days",
    "week", "weeks", "month", "year", "years", "qps", "rps", "tps", "rpm",
];

/// Units of so many letters that a word one letter off is a slip of the hand and no noun.
const LONG: &[&str] = &[
    "second",
    "seconds",
    "minute",
    "minutes",
    "months",
    "milliseconds",
    "millisecond",
    "microseconds",
    "microsecond",
    "nanoseconds",
    "nanosecond",
    "kilobytes",
    "kilobyte",
    "megabytes",
    "megabyte",
    "gigabytes",
    "gigabyte",
    "terabytes",
    "terabyte",
    "petabytes",
    "petabyte",
    "exabytes",
    "exabyte",
    "megabits",
    "gigabits",
];

/// Units of five letters, of which the first is a sign that a word one letter off is a slip too.
const SHORTER: &[&str] = &["month", "years", "hours", "weeks"];

/// Words that are one letter off and are none.
const NOUNS: &[&str] = &["mouth", "weeds", "yearn", "hourly"];

fn misspelled(typed: &str) -> Option<&'static str> {
    let off = |unit: &&&str| unit.len().abs_diff(typed.len());
    let first = |word: &str| word.chars().next();
    let shorter = SHORTER
        .iter()
        .filter(|unit| first(unit) == first(typed) && !NOUNS.contains(&typed));
    LONG.iter()
        .chain(shorter)
        .filter(|unit| off(unit) <= 1 && agree_at_both_ends(typed, unit))
        .filter(|unit| strsim::osa_distance(typed, unit) == 1)
        .min_by_key(off)
        .copied()
}

/// The size that a word in capitals begins with, which one letter more makes none: `GBB`, `GBs`.
fn oversized(word: &str) -> Option<&'static str> {
    let last = word.chars().next_back()?;
    let stem = word
        .strip_suffix(last)
        .filter(|_| matches!(last, 's' | 'S' | 'b' | 'B'))?;
    let sizes = COMMON.iter().filter(|unit| unit.ends_with('B'));
    sizes.copied().find(|unit| *unit == stem)
}

/// Whether two words could be one edit apart; most nouns are told from units by this alone, which
/// is much faster than their distance.
fn agree_at_both_ends(one: &str, other: &str) -> bool {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let at_start = one.chars().zip(other.chars()).take_while(same).count();
    let at_end = one
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(same)
        .count();
    at_start + at_end + 2 >= one.len().max(other.len())
}

/// Exponents of ten as words; letters only in the case that people mean them in.
fn magnitude(word: &str, folded: &str) -> Option<i32> {
    let letter = match word {
        "k" | "K" => Some(3),
        "M" => Some(6),
        "T" => Some(12),
        _ => None,
    };
    letter.or_else(|| {
        Some(match folded {
            "hundred" => 2,
            "thousand" | "thousands" => 3,
            "lakh" | "lakhs" => 5,
            "million" | "millions" | "mil" | "mio" | "mln" | "mn" => 6,
            "crore" | "crores" => 7,
            "billion" | "billions" | "bil" | "bln" | "bn" => 9,
            "trillion" | "trillions" | "trn" | "tn" => 12,
            _ => return None,
        })
    })
}

/// Words that are used in two senses, each a large factor from the other.
fn unclear(word: &str, folded: &str) -> Option<String> {
    let help = match word {
        "b" => "write `bits` or `bytes`, or `B` attached to the number for billion",
        "t" => "write `T` for trillion",
        "g" | "G" => "write `GB` for bytes or `B` attached to the number for billion",
        "p" | "P" => "write `PB` for bytes",
        "mm" | "MM" => "write `M` for million",
        _ => return unclear_bits(word, folded),
    };
    Some(help.to_owned())
}

/// Lines are told in bits, `kb/s` too, and files in bytes: in small letters nobody knows which.
pub(super) fn unclear_a_second(word: &str) -> Option<String> {
    let stem = word.strip_suffix('b').filter(|stem| !stem.is_empty())?;
    let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    prefix(stem).filter(|_| is_small)?;
    let big = stem.to_uppercase().replace('I', "i");
    Some(format!(
        "write `{big}B/s` for bytes or `{big}bit/s` for bits"
    ))
}

/// `Gb` is gigabits in books and gigabytes in chats; so is `MBPS`.
fn unclear_bits(word: &str, folded: &str) -> Option<String> {
    let (stem, per_second) = match folded.strip_suffix("ps") {
        Some(stem) => (stem, true),
        None => (folded, false),
    };
    prefix(stem.strip_suffix('b')?).filter(|factor| *factor > 1.0)?;
    let letter = word.chars().nth(stem.chars().count() - 1)?;
    let is_clear = if per_second {
        word.ends_with("bps") || word.ends_with("Bps")
    } else {
        letter == 'B' || word == folded
    };
    if is_clear {
        return None;
    }
    let big = stem.strip_suffix('b')?.to_uppercase().replace('I', "i");
    let (bytes, bits) = if per_second {
        (format!("{big}B/s"), format!("{big}bit/s"))
    } else {
        (format!("{big}B"), format!("{big}bit"))
    };
    Some(format!("write `{bytes}` for bytes or `{bits}` for bits"))
}

/// Durations and rates; case is forgiven, except that `M` is million.
fn timed(folded: &str) -> Option<Quantity> {
    let seconds = match folded {
        "ns" | "nsec" | "nanosecond" | "nanoseconds" => 1e-9,
        "us" | "µs" | "μs" | "usec" | "microsecond" | "microseconds" => 1e-6,
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "wk" | "week" | "weeks" => 7.0 * DAY,
        "month" | "months" => 30.0 * DAY,
        "y" | "yr" | "yrs" | "year" | "years" => 365.0 * DAY,
        "qps" | "rps" | "tps" | "iops" => return Some(Quantity::rate(1.0)),
        "qpm" | "rpm" => return Some(Quantity::rate(1.0 / MINUTE)),
        _ => return None,
    };
    Some(Quantity::duration(seconds))
}

/// Sizes and throughputs: a prefix and `B`, `bytes`, `bits` or `bps`.
fn sized(word: &str, folded: &str) -> Option<Quantity> {
    let one = |stem: &str, bytes: f64| prefix(stem).map(|factor| factor * bytes);
    let size = |ending: &str, bytes: f64| one(folded.strip_suffix(ending)?, bytes);
    if let Some(bytes) = size("bps", if word.ends_with("Bps") { 1.0 } else { 0.125 }) {
        return Some(Quantity::throughput(bytes));
    }
    let endings = [
        ("bytes", 1.0),
        ("byte", 1.0),
        ("bits", 0.125),
        ("bit", 0.125),
        ("b", 1.0),
    ];
    let bytes = endings
        .iter()
        .find_map(|(ending, bytes)| size(ending, *bytes))?;
    Some(Quantity::size(bytes))
}

/// What a lower-case prefix multiplies by; 1 for none at all.
fn prefix(word: &str) -> Option<f64> {
    Some(match word {
        "" => 1.0,
        "k" | "kilo" => 1e3,
        "m" | "mega" => 1e6,
        "g" | "giga" => 1e9,
        "t" | "tera" => 1e12,
        "p" | "peta" => 1e15,
        "e" | "exa" => 1e18,
        "ki" | "kibi" => 1_024.0,
        "mi" | "mebi" => 1_048_576.0,
        "gi" | "gibi" => 1_073_741_824.0,
        "ti" | "tebi" => 1_099_511_627_776.0,
        "pi" | "pebi" => 1_125_899_906_842_624.0,
        "ei" | "exbi" => 1_152_921_504_606_846_976.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_as_large_as_they_should_be() {
        let table = [
            ("B", Quantity::size(1.0)),
            ("kB", Quantity::size(1e3)),
            ("kb", Quantity::size(1e3)),
            ("GiB", Quantity::size(1_073_741_824.0)),
            ("Gbit", Quantity::size(1.25e8)),
            ("exabytes", Quantity::size(1e18)),
            ("mbps", Quantity::throughput(125_000.0)),
            ("Gbps", Quantity::throughput(1.25e8)),
            ("GBps", Quantity::throughput(1e9)),
            ("µs", Quantity::duration(1e-6)),
            ("μs", Quantity::duration(1e-6)),
            ("Month", Quantity::duration(2_592_000.0)),
            ("year", Quantity::duration(31_536_000.0)),
            ("QPS", Quantity::rate(1.0)),
            ("rpm", Quantity::rate(1.0 / 60.0)),
        ];
        for (word, one) in table {
            assert_eq!(meaning(word), Meaning::Unit(one), "{word}");
        }
    }

    #[test]
    fn common_words_mean_what_is_looked_up() {
        for word in [
            "k", "K", "M", "T", "s", "ms", "min", "h", "day", "days", "month", "year", "years",
            "B", "KB", "MB", "GB", "TB",
        ] {
            assert_eq!(common(word), Some(looked_up(word)), "{word}");
        }
    }

    #[test]
    fn million_and_minute_differ_by_case_alone() {
        assert_eq!(meaning("M"), Meaning::Magnitude(6));
        assert_eq!(meaning("m"), Meaning::Unit(Quantity::duration(60.0)));
    }

    #[test]
    fn words_in_two_senses_ask_for_another() {
        let table = [
            ("Gb", "write `GB` for bytes or `Gbit` for bits"),
            ("Mib", "write `MiB` for bytes or `Mibit` for bits"),
            ("MBPS", "write `MB/s` for bytes or `Mbit/s` for bits"),
            ("seconsd", "did you mean `seconds`?"),
            ("mont", "did you mean `month`?"),
            ("yaers", "did you mean `years`?"),
            ("GBs", "did you mean `GB`?"),
            ("TBB", "did you mean `TB`?"),
            ("t", "write `T` for trillion"),
        ];
        for (word, help) in table {
            assert_eq!(meaning(word), Meaning::Unclear(help.to_owned()), "{word}");
        }
    }

    #[test]
    fn nouns_are_left_alone() {
        for word in [
            "users", "mouth", "hosts", "weekends", "requests", "hits", "records", "messages",
            "ops", "gps", "bites", "Straßen",
        ] {
            assert_eq!(meaning(word), Meaning::Free, "{word}");
        }
    }

    #[test]
    fn every_suggested_unit_is_one() {
        for word in COMMON.iter().chain(LONG) {
            assert!(matches!(meaning(word), Meaning::Unit(_)), "{word}");
        }
    }

    #[test]
    fn a_slip_finds_its_unit() {
        assert_eq!(nearest("TBB"), Some("TB"));
        assert_eq!(nearest("terrabytes"), Some("terabytes"));
        assert_eq!(nearest("bananas"), None);
    }
}
