//! Sums as people say them: "10M users times 5 uploads is 50M a day" as the line that states the figure.
//!
//! Knows which of the sums in a sentence is meant; knows no figure of a problem, and records nothing.

use super::amounts::{Sentence, is_one_of};
use super::names;
use super::numbers::number_in_words;
use super::sum::Sum;
use crate::model::quantity::Dimension;
use crate::model::{Figure, Quantity};

/// A sum that was said.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::coach) struct Said {
    /// What it may be called, the best first.
    pub names: Vec<String>,
    /// As an expression.
    pub text: String,
    /// What it is worth.
    pub figure: Figure,
    /// Nothing is worked out: it is a single amount.
    pub is_single: bool,
    /// What the speaker says it comes to, where that is something else.
    pub instead_of: Option<String>,
    /// A sum or a rate of which the speaker says what it comes to.
    pub is_reckoned: bool,
}

impl Said {
    /// Whether it is a number and nothing more.
    fn is_number(&self) -> bool {
        self.is_single && self.figure.quantity.dimension == Dimension::NUMBER
    }

    /// Whether it has a name of its own, and not just that of its kind.
    pub fn is_named(&self) -> bool {
        let dimension = self.figure.quantity.dimension;
        let mut usual = [true, false]
            .map(|by_day| names::of_kind(dimension, by_day))
            .into_iter();
        usual.all(|usual| self.names.first().map(String::as_str) != usual)
    }

    /// Whether it is a time between two of the same, which says what a part does.
    pub fn is_interval(&self) -> bool {
        let name = self.names.first();
        self.is_single && name.is_some_and(|name| name.ends_with(names::INTERVAL))
    }
}

/// What is said to come out may differ by so much; people round.
const ROUNDED: f64 = 0.3;

/// The sum that a sentence says: what is worked out with words for it, two amounts of which the third comes, or else its first
/// amount.
pub(in crate::coach) fn said(line: &str) -> Option<Said> {
    let sentence = Sentence::of_sums(line);
    let sums = sums(&sentence);
    let worked_out = sums.iter().find(|sum| sum.amounts.len() > 1);
    let worked_out = worked_out.and_then(Sum::told);
    // What comes to something else may be a part of the sum that is meant.
    let fits = worked_out
        .as_ref()
        .is_some_and(|said| said.instead_of.is_none());
    let related = if fits { None } else { related(&sums) };
    // "For 5 years it's 730 TB" says how much that is, and how long only by the way.
    let single = || {
        let telling = || sums.iter().filter(|sum| sum.is_telling());
        let first = telling().find(|sum| !sum.is_by_the_way());
        first.or_else(|| telling().next())?.told()
    };
    let told = power(&sentence).or(related).or(worked_out).or_else(single);
    let is_sum = told.as_ref().is_some_and(|said| !said.is_number());
    let told = if is_sum {
        told
    } else {
        peak(&sentence).or(told)
    };
    told.filter(|said| !said.names.is_empty())
}

/// What the figure of a power is called: so many there are of an alphabet and a length.
const POWER: &str = "combinations";

/// The power that a sentence works out: "62^7 is 3.5 trillion, so seven characters do".
fn power(sentence: &Sentence<'_>) -> Option<Said> {
    let words = (0..sentence.len()).map(|at| sentence.word(at));
    let mut powers = words.filter_map(|word| {
        let (base, exponent) = word.split_once('^')?;
        let value = base.parse::<f64>().ok()?.powi(exponent.parse().ok()?);
        Some((value, word))
    });
    let (value, text) = powers.next()?;
    Some(Said {
        names: vec![POWER.to_owned()],
        figure: Figure::parse(&format!("{value:.0}")).ok()?,
        text,
        is_single: false,
        instead_of: None,
        is_reckoned: true,
    })
}

/// Words that speak of the peak, and what its figure is called.
const PEAKS: &str = "peak peaks burst bursts spike spikes rush";
const PEAK_FACTOR: &str = "peak_factor";

/// How many times the mean the peak is, where nothing else is told: "peak is maybe 3x", "burst about double".
fn peak(sentence: &Sentence<'_>) -> Option<Said> {
    let mut words = 0..sentence.len();
    words.find(|at| is_one_of(&sentence.word(*at), PEAKS))?;
    let factor = words.find_map(|at| factor_at(sentence, at))?;
    let text = format!("{factor}x");
    Some(Said {
        names: vec![PEAK_FACTOR.to_owned()],
        figure: Figure::parse(&text).ok()?,
        text,
        is_single: true,
        instead_of: None,
        is_reckoned: false,
    })
}

/// "3x", "2-3x", "3 times" and "double" as a number; not "times 3", which multiplies.
pub(super) fn factor_at(sentence: &Sentence<'_>, at: usize) -> Option<String> {
    let word = sentence.word(at);
    let number = word.strip_suffix('x').unwrap_or(&word);
    // Of a range the most.
    let number = number
        .rsplit('-')
        .next()
        .unwrap_or(number)
        .trim_start_matches('~');
    let is_factor = word.ends_with('x')
        || (sentence.word(at + 1) == "times" && sentence.amount_at(at + 2).is_none());
    let digits = match (number, word.as_str()) {
        (_, "double" | "twice") => return Some("2".to_owned()),
        (_, "triple") => return Some("3".to_owned()),
        (number, _) => number_in_words(number).unwrap_or(number),
    };
    (is_factor && digits.parse::<f64>().is_ok()).then(|| digits.to_owned())
}

/// The single amounts that a sentence lists, each with what it may be called: "500 bytes a record and five years of retention".
/// What is told again by another time, or only by the way, is none of them.
pub(in crate::coach) fn listed(line: &str) -> Vec<Said> {
    let sentence = Sentence::of_sums(line);
    let sums = sums(&sentence);
    let is_list = sums.iter().all(|sum| sum.amounts.len() == 1);
    let telling = sums.iter().filter(|sum| is_list && sum.is_telling());
    let mut all: Vec<Said> = Vec::new();
    for sum in telling {
        let Some(said) = sum.told() else { continue };
        let is_passing = sum.is_by_the_way() && !said.is_named();
        let (name, worth) = (said.names.first(), said.figure.quantity);
        let is_again = |other: &Said| {
            let known = other.figure.quantity;
            let is_same = is_worth(worth, known);
            name == other.names.first() || (is_same && !said.is_named())
        };
        let is_new = name.is_some() && !is_passing && !all.iter().any(is_again);
        all.extend(is_new.then_some(said));
    }
    // "150 chunks for a 5 min video" says how long by the way, too.
    let is_time = |said: &Said| said.figure.quantity.dimension == Dimension::DURATION;
    if all.iter().any(Said::is_named) {
        all.retain(|said| said.is_named() || !is_time(said));
    }
    all
}

/// What a sentence comes to that answers for a figure of a dimension: the last that is said.
pub(in crate::coach) fn comes_to(line: &str, dimension: Dimension) -> Option<Figure> {
    let sentence = Sentence::of_sums(line);
    let values = sums(&sentence)
        .into_iter()
        .rev()
        .filter_map(|sum| sum.value());
    values
        .into_iter()
        .find(|figure: &Figure| figure.quantity.dimension == dimension)
}

/// The sums and the single amounts of a sentence.
fn sums<'s, 't>(sentence: &'s Sentence<'t>) -> Vec<Sum<'s, 't>> {
    let mut sums = Vec::new();
    let mut from = 0;
    while let Some(first) = sentence.next_amount(from) {
        let sum = Sum::at(sentence, first);
        from = sum.end;
        sums.push(sum);
    }
    sums
}

/// Two amounts without a word between them that says what becomes of them, and a third that says it: "a post is 1 KB and we get
/// 100M a day, 100 GB a day".
fn related(sums: &[Sum<'_, '_>]) -> Option<Said> {
    let singles = || sums.iter().enumerate();
    singles().find_map(|(at, first)| {
        singles().skip(at + 1).find_map(|(next, second)| {
            let result = sums.get(next + 1)?.amounts.first()?;
            ["*", "/"]
                .iter()
                .find_map(|sign| first.with(sign, second, result)?.told())
        })
    })
}

/// Whether one number is another but for rounding.
pub(in crate::coach) fn is_rounded(one: f64, other: f64) -> bool {
    (one - other).abs() <= ROUNDED * one.abs().max(other.abs())
}

/// Whether two quantities of a dimension are the same but for rounding.
pub(super) fn is_worth(one: Quantity, other: Quantity) -> bool {
    one.dimension == other.dimension && is_rounded(one.value, other.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        said(text).map_or_else(String::new, |said| {
            let name = said.names.first().cloned().unwrap_or_default();
            let claim = said
                .instead_of
                .map_or_else(String::new, |claim| format!(" not {claim}"));
            format!("{name} = {}{claim}", said.text)
        })
    }

    /// What is said, and the line that it is.
    const SAID: &str = "
        reads are 100 times writes so 3.9k per second | reads = 3.9k/second
        each feed keeps 500 ids of 8 bytes, 200M users, so 800 GB of memory | storage = 500 * 8 bytes * 200M
        reads are 200M * 10 = 2B a day which is 23k per second, peak 3x | reads = 200M * 10 / day peak 3x
        we have 2B messages per day, each 300 bytes, that is 600 GB daily | bytes_per_day = 2B/day * 300 bytes
        so 10M users times 5 uploads is 50M a day, roughly 600/s | uploads = 10M * 5 / day
        memory is 100 million keys times 100 bytes, that's 10 GB | memory = 100 million * 100 bytes
        storage: 100M distinct queries x 30 bytes = 3 GB | storage = 100M * 30 bytes
        traffic per day: 400k * 86400 = 35 billion checks | traffic_per_day = 400k * 86400
        thats 5 billion * 6 / 86400 = 350k per second | rate = 5 billion * 6 / 86400 / second
        egress is 100M viewers x 30 min x 4 Mbps | egress = 100M * 30 min * 4 Mbps
        so 400k requests per second on average, peak is maybe 3 times | requests = 400k/second peak 3x
        I guess storage is about 5 GB total with overhead | storage = 5 GB
        i will assume that one counter takes about 100 bytes | counter = 100 bytes
        100M keys times 64 bytes is 64 GB | storage = 100M * 64 bytes not 64 GB
        2M uploads a day at 10 MB for 5 years | storage = 2M/day * 10 MB * 5 years
        6 billion links over 5 years at 500 bytes each gives 3 TB | storage = 6 billion * 500 bytes
        we keep 16M records of 1 KB for 30 days so 480 GB | storage = 16M * 1 KB / day * 30 days
        1M drivers with a ping each 4 seconds is 250k writes per second | writes = 1M / 4 seconds
        each post is 1KB so 100M posts a day is 100 GB per day | bytes_per_day = 1KB * 100M/day
        a redis node does 100k ops per second so we'd need about 12 nodes | redis_node = 100k/second
        100m users each sends 40 msgs per day | msgs = 100M * 40/day
        we keep 500 bytes per record | record_size = 500 bytes
        so the dau is about 5M | dau = 5M
        the dau is 5M, I think | dau = 5M
        at 1.2M per second and 100k per second for a node we need 12 nodes | nodes = 1.2M/second / 100k/second
        each message ~200 bytes | message_size = 200 bytes
        each ping like 100 bytes so 25 MB/s | ping_size = 100 bytes
        an average video is 500 MB | video_size = 500 MB
        we split the upload into chunks of 8MB | chunk_size = 8MB
        for 5 years its 730 TB | storage = 730 TB
        we keep it for 5 years | retention = 5 years
        peak is maybe 3x | peak_factor = 3x
        peak probably 3 times average | peak_factor = 3x
        rush hour is 2-3x | peak_factor = 3x
        burst maybe double | peak_factor = 2x
        gateways poll every 10s | poll_interval = 10s
        1M uploads/day is about 12 per sec | uploads = 1M/day
        should be under 5ms overhead i guess | time = 5ms
        1M/s over 50 gateways is 20k each | rate_per_gateway = 1M/s / 50
        10M connections across 200 gateways gives 50k per box | connections_per_gateway = 10M / 200
        10M open sockets across 200 boxes = 50k each | sockets_per_box = 10M / 200
        10 TB over 20 shards is 500 GB each | storage_per_shard = 10 TB / 20
        1M/s over 50 gateways | rate = 1M/s
        1B users eventually | users = 1B
        100B per message so 200 GB a day | message_size = 100 B
        a ping is like 100B | ping_size = 100 B
        500B each so 50GB a month | average_size = 500 B
        200M dau, 10 feed loads each = 2B a day | loads = 200M * 10 / day
        each user follows 200 people on avg | people_per_user = 200
        each user sends 40 messages a day | messages_per_user = 40/day
        group size max 500 | group_size = 500
        we keep em 30 days | retention = 30 days
        metadata 1KB per object means 100TB | metadata_per_object = 1KB
        payload 2KB so 500GB/day | payload_size = 2KB
        reads 100x writes so 12k/s | reads_to_writes = 100x
        each ~500B | average_size = 500 B
        100M keys times 64B is 6.4 GB | storage = 100M * 64 B
        20M rides per day / 86400 = 230/s | rides = 20M/day
        7 chars base62 gives 3.5T combos | chars = 7
        with 5 renditions its more like 600TB | renditions = 5
        everyone posts once every two days | posts_interval = 2 days
        i'd say 100:1 reads to writes | reads_to_writes = 100:1
        read/write is 100:1 | read_to_write = 100:1
        peak is four times that | peak_factor = 4x
        10M DAU x 5 videos x 10 min x 5 Mbps / 8 = 18.75 PB/day | bandwidth = 10M * 5 * 10 min * 5 Mbps / day
        5 Mbps / 8 * 3600 s = 2.25 GB per hour | bandwidth = 5 Mbps * 3600 s / hour
        100 000 videos × 500 MB = 50 TB | storage = 100000 * 500 MB
        storage is 100M*500B*12*5 = 3TB | storage = 100M * 500 B * 12 * 5
        10M/86400=116/s | rate = 10M / 86400 / second
        4B/86400 is about 46k | rate = 4B / 86400 / second
        10M users * 2 posts / 86400 = 2310 posts per second | posts = 10M * 2 / 86400 / second not 2.31k/s
        300M DAU * 10 feed reads = 3B reads/day = 35k rps | reads = 300M * 10 / day
        that's 10 TB per day, x365 x5 = 18PB | storage = 10 TB / day * 365 days * 5
        36 GB per day times 365 is 13 TB | storage = 36 GB / day * 365 days
        storage: 1M/day * 365 * 5 = 1.8B rows * 1KB = 1.8TB | storage = 1M/day * 365 days * 5 * 1KB
        100M new links a month x 12 x 5 = 6B links | links = 100M/month * 12 months * 5
        roughly 1 upload per second (100k / 86400 ~ 1.16) | rate = 100k / 86400 / second
        20k/s x4 keystrokes = 80k/s | keystrokes = 20k/s * 4
        about 23k msgs/s (50M * 40 / 86400) | rate = 50M * 40 / 86400 / second
        2B * 300 B = 600 MB per day | bandwidth = 2B * 300 B / day not 600 MB/day
        50 000 servers * 10 KB = 500 MB | storage = 50000 * 10 KB
        50M users × 40 msgs = 2B msgs/day | msgs = 50M * 40 / day
        100M*0.1/86400 ≈ 115 qps | rate = 100M * 0.1 / 86400 / second
        100M*100/30/86400 ≈ 3900 qps | rate = 100M * 100 / 30 / 86400 / second
        4 Mbps / 8 = 500 KB/s | bandwidth = 4 Mbps
        1k QPS * 100 bytes = 100 KB/s, ~8.6 GB/day | bandwidth = 1k QPS * 100 bytes
        100M new per month -> 40/s writes, 100:1 reads so 4k/s | reads = 100M/month * 100:1
    ";

    #[test]
    fn sums_are_told_as_the_figures_that_they_are() {
        let cases = SAID.lines().filter_map(|line| line.split_once(" | "));
        let wrong = cases.filter(|(text, expected)| line(text) != *expected);
        let wrong: Vec<String> = wrong
            .map(|(text, expected)| format!("{}: {}, not {expected}", text.trim(), line(text)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(said("nothing to work out"), None);
    }

    #[test]
    fn what_a_sentence_comes_to_is_what_it_says_last() {
        let text =
            "1B times 300 bytes is 300 GB a day, times 365 times 5 = around 550 TB, for 5 years";
        let figure = comes_to(text, Dimension::SIZE);
        assert_eq!(figure.map(|figure| figure.text), Some("550 TB".to_owned()));
        assert_eq!(comes_to(text, Dimension::RATE), None);
    }
}
