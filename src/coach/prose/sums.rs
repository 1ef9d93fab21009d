//! Sums as people say them: "10M users times 5 uploads is 50M a day" as the line that states the figure.
//!
//! Knows words between amounts; knows no figure of a problem, and records nothing.

use super::amounts::{Amount, Sentence, is_one_of, number_in_words};
use super::names;
use crate::model::Figure;
use crate::model::quantity::Dimension;

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

/// Words that join two amounts, and the sign that they are.
const OPERATORS: &[(&str, &str)] = &[
    ("*", "*"),
    ("×", "*"),
    ("x", "*"),
    ("times", "*"),
    ("multiplied", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("divided", "/"),
    ("+", "+"),
    ("plus", "+"),
    ("-", "-"),
    ("minus", "-"),
];

/// Words that multiply where an amount follows at once: "6 billion links at 500 bytes".
const MULTIPLYING: &str = "at of for over with";

/// Words that divide where a time follows at once: "a ping each 4 seconds".
const DIVIDING: &str = "each every per";

/// Words between a sum and what it comes to.
const RESULTS: &str = "= is are its makes gives so thats equals -> => hence means roughly about";

/// Words that may stand before an amount.
const BEFORE_AMOUNTS: &str = "a about an around by maybe roughly say some the";

/// So many words may stand between an amount and the operator behind it.
pub(super) const REACH: usize = 3;

/// What is said to come out may differ by so much; people round.
const ROUNDED: f64 = 0.3;

/// The sum that a sentence says: what is worked out with words for it, two amounts of which the third comes, or else its first
/// amount.
pub(in crate::coach) fn said(line: &str) -> Option<Said> {
    let sentence = Sentence::of(line);
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
    let told = related.or(worked_out).or_else(single);
    let is_sum = told.as_ref().is_some_and(|said| !said.is_number());
    let told = if is_sum {
        told
    } else {
        peak(&sentence).or(told)
    };
    told.filter(|said| !said.names.is_empty())
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
fn factor_at(sentence: &Sentence<'_>, at: usize) -> Option<String> {
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
    let sentence = Sentence::of(line);
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
            let is_same =
                is_rounded(worth.value, known.value) && worth.dimension == known.dimension;
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
    let sentence = Sentence::of(line);
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
        from = sum.end();
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

/// A sum in a sentence.
#[derive(Clone)]
pub(super) struct Sum<'s, 't> {
    pub sentence: &'s Sentence<'t>,
    pub text: String,
    pub amounts: Vec<Amount>,
    /// What it comes to, in the words of the speaker.
    pub claim: Option<Amount>,
    /// Words say what becomes of the amounts; otherwise that was found by what comes of them.
    pub has_words: bool,
}

impl<'s, 't> Sum<'s, 't> {
    fn at(sentence: &'s Sentence<'t>, first: Amount) -> Self {
        let mut sum = Self {
            sentence,
            text: first.text.clone(),
            amounts: vec![first],
            claim: None,
            has_words: true,
        };
        while let Some((sign, next)) = sum.operator() {
            let text = format!("{} {sign} {}", sum.text, next.text);
            if Figure::parse(&text).is_err() {
                break;
            }
            sum.text = text;
            sum.amounts.push(next);
        }
        let end = sum.end();
        let result = (end..sentence.len()).find(|at| is_one_of(&sentence.word(*at), RESULTS));
        sum.claim = result.and_then(|at| sentence.next_amount(at));
        sum.by_claim().unwrap_or(sum)
    }

    /// This amount with another, where that comes to a third.
    fn with(&self, sign: &str, other: &Self, result: &Amount) -> Option<Self> {
        let text = format!("{} {sign} {}", self.text, other.text);
        let (value, claimed) = (Figure::parse(&text).ok()?.quantity, result.figure.quantity);
        let is_worth =
            value.dimension == claimed.dimension && is_rounded(value.value, claimed.value);
        // "200M users, 10 loads each = 2B a day" is told by the time.
        let by_time = || {
            let (number, _) = result.text.rsplit_once('/')?;
            let number = Figure::parse(number.trim()).ok()?.quantity;
            Some(number.dimension == value.dimension && is_rounded(value.value, number.value))
        };
        let is_it = is_worth || by_time().unwrap_or_default();
        let changes = |sum: &Self| {
            sum.value()
                .is_some_and(|figure| (figure.quantity.value - 1.0).abs() > f64::EPSILON)
        };
        (is_it && changes(self) && changes(other)).then(|| Self {
            sentence: self.sentence,
            text,
            amounts: self.amounts.iter().chain(&other.amounts).cloned().collect(),
            claim: Some(result.clone()),
            has_words: false,
        })
    }

    /// Whether it says of what it is, which a number alone does not: "dau is 5M" gives it a name.
    fn is_telling(&self) -> bool {
        let first = self.amounts.first();
        first.is_some_and(|amount| {
            amount.noun.is_some()
                || amount.figure.quantity.dimension != Dimension::NUMBER
                || self.ratio().is_some()
                || self.ends_with(amount)
                    && names::before(self.sentence, amount.words.start).is_some()
        })
    }

    /// What a ratio is called.
    fn ratio(&self) -> Option<String> {
        let [amount] = self.amounts.as_slice() else {
            return None;
        };
        let times = || {
            let before = amount.words.start.checked_sub(1)?;
            let (one, other) = (self.sentence.word(before), amount.noun.as_ref()?);
            let is_it = amount.text.ends_with('x') && one.len() > 3 && one.ends_with('s');
            is_it.then(|| format!("{one}_to_{other}"))
        };
        if let Some(name) = times() {
            return Some(name);
        }
        let is_ratio = amount.text.contains(':');
        is_ratio
            .then(|| names::of_ratio(self.sentence, &amount.number))
            .flatten()
    }

    /// Whether it says how long something goes on that is told by another amount: "for 5 years it's 730 TB".
    fn is_by_the_way(&self) -> bool {
        let [amount] = self.amounts.as_slice() else {
            return false;
        };
        let before = amount.words.start.checked_sub(1);
        amount.figure.quantity.dimension == Dimension::DURATION
            && before.is_some_and(|at| is_one_of(&self.sentence.word(at), "for over after within"))
    }

    /// Whether nothing of its clause stands behind an amount.
    fn ends_with(&self, amount: &Amount) -> bool {
        let end = amount.words.end;
        end >= self.sentence.len() || end > 0 && self.sentence.ends_clause(end - 1)
    }

    fn end(&self) -> usize {
        self.amounts.last().map_or(0, |amount| amount.words.end)
    }

    pub(super) fn value(&self) -> Option<Figure> {
        Figure::parse(&self.text).ok()
    }

    /// The operator behind the sum so far, and the amount that it joins.
    fn operator(&self) -> Option<(&'static str, Amount)> {
        let sentence = self.sentence;
        let mut at = self.end();
        let mut last = at + REACH;
        while at <= last && !sentence.ends_clause(at - 1) {
            let word = sentence.word(at);
            if is_one_of(&word, RESULTS) {
                return None;
            }
            if let Some((_, sign)) = OPERATORS.iter().find(|(known, _)| *known == word) {
                return Some((sign, self.amount_behind(at)?));
            }
            if let Some(next) = self.each_of(at) {
                return Some(("*", next));
            }
            if let Some(next) = self.amount_behind(at) {
                let joined = self.joined_by(&word, &next);
                if joined.is_some() || !is_one_of(&word, MULTIPLYING) {
                    return joined.map(|sign| (sign, next));
                }
                // "6 billion links over 5 years" says when, and the sum goes on.
                at = next.words.end;
                last = at + REACH;
            } else {
                at += 1;
            }
        }
        None
    }

    /// The sign that a word is which joins an amount at once: a time multiplies only what is told by the time.
    fn joined_by(&self, word: &str, next: &Amount) -> Option<&'static str> {
        let is_time = next.figure.quantity.dimension == Dimension::DURATION;
        let is_by_time = self.value()?.quantity.dimension.time < 0;
        if is_one_of(word, DIVIDING) {
            return is_time.then_some("/");
        }
        match (is_one_of(word, MULTIPLYING), is_time) {
            (true, true) if is_by_time => Some("*"),
            // What is kept for days is what comes in a day.
            (true, true) if word == "for" && next.text.ends_with("days") => Some("/ day *"),
            (true, false) if word != "over" => Some("*"),
            _ => None,
        }
    }

    /// What each of the things counted before does by the time: "100M users each send 40 messages a day".
    fn each_of(&self, at: usize) -> Option<Amount> {
        if self.value()?.quantity.dimension != Dimension::NUMBER || self.sentence.word(at) != "each"
        {
            return None;
        }
        let near = at + 1..=at + REACH;
        let is_result = |at: &usize| is_one_of(&self.sentence.word(*at), RESULTS);
        let mut near = near.take_while(|at| !is_result(at) && !self.sentence.ends_clause(at - 1));
        let next = near.find_map(|at| self.sentence.amount_at(at))?;
        (next.figure.quantity.dimension.time < 0).then_some(next)
    }

    pub(super) fn amount_behind(&self, at: usize) -> Option<Amount> {
        let mut next = at + 1;
        while is_one_of(&self.sentence.word(next), BEFORE_AMOUNTS) && next < at + REACH {
            next += 1;
        }
        self.sentence.amount_at(next)
    }

    /// The sum by the time that the speaker gives the result by, and under a name.
    fn told(&self) -> Option<Said> {
        let text = self.by_time().unwrap_or_else(|| self.text.clone());
        let figure = Figure::parse(&text).ok()?;
        let peak = self.peak(figure.quantity.dimension);
        let is_sum = self.amounts.len() > 1;
        let instead_of = self.claim.as_ref().filter(|claim| {
            let (claimed, value) = (claim.figure.quantity, figure.quantity);
            is_sum
                && claimed.dimension == value.dimension
                && !is_rounded(claimed.value, value.value)
        });
        let is_reckoned = self.claim.as_ref().is_some_and(|claim| {
            let dimension = claim.figure.quantity.dimension;
            let is_it = dimension == figure.quantity.dimension;
            is_it && (is_sum || dimension == Dimension::RATE)
        });
        Some(Said {
            names: self.names(figure.quantity.dimension),
            instead_of: instead_of.map(|claim| claim.figure.shown()),
            text: format!("{text}{peak}"),
            figure,
            is_single: self.amounts.len() == 1,
            is_reckoned,
        })
    }

    /// "10M * 5 is 50M a day" is a rate, though no operand says so.
    fn by_time(&self) -> Option<String> {
        let claim = self.claim.as_ref()?;
        let (_, time) = claim.text.rsplit_once('/')?;
        let by_time = format!("{} / {}", self.text, time.trim());
        let figure = Figure::parse(&by_time).ok()?;
        let worth =
            |one: &Figure, other: &Figure| is_rounded(one.quantity.value, other.quantity.value);
        let number = claim
            .text
            .rsplit_once('/')
            .and_then(|(number, _)| Figure::parse(number.trim()).ok())?;
        let is_said = worth(&number, &self.value()?)
            && figure.quantity.dimension == claim.figure.quantity.dimension;
        is_said.then_some(by_time)
    }

    /// ` peak 3x`, where that is said of a rate.
    fn peak(&self, dimension: Dimension) -> String {
        let is_rate = dimension == Dimension::RATE;
        let words = 0..self.sentence.len();
        let peak = words
            .clone()
            .find(|at| self.sentence.word(*at).starts_with("peak"));
        let factor = words.clone().find_map(|at| factor_at(self.sentence, at));
        match (peak, factor) {
            (Some(_), Some(factor)) if is_rate => format!(" peak {factor}x"),
            _ => String::new(),
        }
    }

    /// What falls to each of several is called by both: `connections_per_gateway`.
    fn per_each(&self) -> Option<String> {
        let [first, several] = self.amounts.as_slice() else {
            return None;
        };
        let things = several
            .noun
            .as_ref()
            .filter(|_| self.text.contains(" / "))?;
        let is_number = several.figure.quantity.dimension == Dimension::NUMBER;
        let claimed = self.claim.as_ref().and_then(|claim| claim.noun.as_ref());
        if !is_number || claimed.is_some() {
            return None;
        }
        let dimension = first.figure.quantity.dimension;
        let what = first
            .noun
            .clone()
            .or_else(|| names::of_kind(dimension, false).map(str::to_owned))?;
        Some(format!("{what}_per_{}", names::singular(things)))
    }

    /// What it may be called, the best name first: the words before it, what is counted, or the kind of figure that it is.
    fn names(&self, dimension: Dimension) -> Vec<String> {
        let first = self.amounts.first().filter(|_| self.has_words);
        let subject = first.and_then(|first| names::before(self.sentence, first.words.start));
        let claim = self.claim.as_ref();
        let value = self.value().map_or(0.0, |figure| figure.quantity.value);
        // "7 letters give 3.5T codes" says two things.
        let claim = claim.filter(|claim| {
            let claimed = claim.figure.quantity;
            let is_it = self.amounts.len() > 1 || is_rounded(claimed.value, value);
            claimed.dimension == dimension && is_it
        });
        let things = claim.into_iter().chain(self.amounts.iter().rev());
        // Of keys times bytes come no keys.
        let is_counted = dimension.size == 0 && dimension.time <= 0;
        let things = things
            .filter_map(|amount| amount.noun.clone())
            .filter(|_| is_counted);
        let is_single = self.amounts.len() == 1;
        let kind = names::of_kind(dimension, self.text.contains("day"))
            .filter(|_| dimension != Dimension::NUMBER || !is_single);
        let owner = first.filter(|_| is_single).and_then(|first| {
            let of_size = self.sentence.owner(first, "per a an each every");
            match dimension {
                Dimension::SIZE => of_size.map(|noun| format!("{noun}_size")),
                Dimension::DURATION => self.sentence.owner(first, "of"),
                _ => None,
            }
        });
        let each = first
            .filter(|_| is_single)
            .and_then(|first| match dimension {
                Dimension::SIZE => names::of_each(self.sentence, first.words.start)
                    .or_else(|| {
                        let each = self.sentence.owner(first, "per a an each every");
                        names::of_sized(self.sentence, first.words.start, each.as_ref())
                    })
                    .or_else(|| names::each(self.sentence, &first.words)),
                Dimension::DURATION => names::interval(self.sentence, first.words.start)
                    .or_else(|| names::kept(self.sentence, first.words.start)),
                _ => None,
            });
        let of_each = first
            .filter(|first| is_single && first.noun.is_some())
            .and_then(|first| {
                let noun = first.noun.as_ref()?;
                let thing = names::subject_of_each(self.sentence, first.words.start)?;
                Some(format!("{noun}_per_{thing}"))
            });
        let all = (self.ratio().into_iter())
            .chain(self.per_each())
            .chain(of_each.filter(|_| is_counted))
            .chain(each)
            .chain(subject)
            .chain(owner)
            .chain(things)
            .chain(kind.map(str::to_owned));
        all.collect()
    }
}

pub(super) fn is_rounded(one: f64, other: f64) -> bool {
    (one - other).abs() <= ROUNDED * one.abs().max(other.abs())
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
    ";

    #[test]
    fn sums_are_told_as_the_figures_that_they_are() {
        for (text, expected) in SAID.lines().filter_map(|line| line.split_once(" | ")) {
            assert_eq!(line(text), expected, "{text}");
        }
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
