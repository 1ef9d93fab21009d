//! A sum in a sentence: the amounts that it joins, what it comes to, and what it may be called.
//!
//! Knows words between amounts; knows not which sum of a sentence is meant.

use super::amounts::{Amount, Sentence, is_one_of};
use super::names;
use super::numbers::is_in_bits;
use super::sums::{Said, factor_at, is_rounded, is_worth};
use crate::model::Figure;
use crate::model::quantity::Dimension;

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

/// Signs that join what stands behind them even to what a comma parts from it.
const GOING_ON: [&str; 5] = ["*", "×", "x", "times", "/"];

/// Words that multiply where an amount follows at once: "6 billion links at 500 bytes".
const MULTIPLYING: &str = "at of for over with";

/// Words that divide where a time follows at once: "a ping each 4 seconds".
const DIVIDING: &str = "each every per";

/// Words between a sum and what it comes to.
const RESULTS: &str =
    "= is are its makes gives so thats equals -> => → ≈ ~ hence means roughly about";

/// Words that may stand before an amount.
const BEFORE_AMOUNTS: &str = "a about an around by maybe roughly say some the";

/// So many words may stand between an amount and the operator behind it.
pub(super) const REACH: usize = 3;

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
    /// The word behind it.
    pub end: usize,
}

impl<'s, 't> Sum<'s, 't> {
    pub(super) fn at(sentence: &'s Sentence<'t>, first: Amount) -> Self {
        let single = Self {
            sentence,
            text: first.text.clone(),
            end: first.words.end,
            amounts: vec![first],
            claim: None,
            has_words: true,
        };
        let mut sum = single.going_on();
        // "1M/day * 365 = 365M rows * 1KB = 365 GB" goes on behind what the first of it comes to.
        while let Some(end) = sum.agreed() {
            let longer = Self { end, ..sum.clone() }.going_on();
            if longer.amounts.len() == sum.amounts.len() {
                break;
            }
            sum = longer;
        }
        sum.by_claim().unwrap_or(sum)
    }

    /// With the amounts that follow, and what it comes to.
    fn going_on(mut self) -> Self {
        while let Some((sign, next)) = self.operator() {
            // Bits are worth an eighth of a byte: who divides them by eight says so once more.
            let is_in_bytes = sign == "/"
                && next.text == "8"
                && self.amounts.iter().any(|it| is_in_bits(&it.text));
            if !is_in_bytes {
                let text = format!("{} {sign} {}", self.text, next.text);
                if Figure::parse(&text).is_err() {
                    break;
                }
                self.text = text;
            }
            self.end = next.words.end;
            self.amounts.push(next);
        }
        let mut behind = self.end..self.sentence.len();
        let result = behind.find(|at| is_one_of(&self.sentence.word(*at), RESULTS));
        self.claim = result.and_then(|at| self.sentence.next_amount(at));
        self.by_calendar().unwrap_or(self)
    }

    /// The word behind what it comes to, where that is right.
    fn agreed(&self) -> Option<usize> {
        let (claim, value) = (self.claim.as_ref()?, self.value()?.quantity);
        let is_right = is_worth(claim.figure.quantity, value);
        (self.amounts.len() > 1 && is_right).then_some(claim.words.end)
    }

    /// This amount with another, where that comes to a third.
    pub(super) fn with(&self, sign: &str, other: &Self, result: &Amount) -> Option<Self> {
        let text = format!("{} {sign} {}", self.text, other.text);
        let value = Figure::parse(&text).ok()?.quantity;
        // "200M users, 10 loads each = 2B a day" is told by the time.
        let by_time = || result.by_time().map(|(number, _)| number);
        let is_it = is_worth(value, result.figure.quantity)
            || by_time().is_some_and(|number| is_worth(value, number));
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
            end: result.words.end,
        })
    }

    /// Whether it says of what it is, which a number alone does not: "dau is 5M" gives it a name.
    pub(super) fn is_telling(&self) -> bool {
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
    pub(super) fn is_by_the_way(&self) -> bool {
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

    pub(super) fn value(&self) -> Option<Figure> {
        Figure::parse(&self.text).ok()
    }

    /// The operator behind the sum so far, and the amount that it joins.
    fn operator(&self) -> Option<(&'static str, Amount)> {
        let sentence = self.sentence;
        let mut at = self.end;
        let mut last = at + REACH;
        while at <= last {
            let word = sentence.word(at);
            // "10 TB a day, x 365": no clause begins with such a sign.
            if sentence.ends_clause(at - 1) && !GOING_ON.contains(&word.as_str()) {
                return None;
            }
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
            } else if sentence.amount_at(at).is_some() {
                return None;
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
    pub(super) fn told(&self) -> Option<Said> {
        let text = self.by_time().unwrap_or_else(|| self.text.clone());
        let figure = Figure::parse(&text).ok()?;
        let peak = self.peak(figure.quantity.dimension);
        let is_sum = self.amounts.len() > 1;
        let instead_of = self.claim.as_ref().filter(|claim| {
            let (claimed, value) = (claim.figure.quantity, figure.quantity);
            is_sum && claimed.dimension == value.dimension && !is_worth(claimed, value)
        });
        let is_reckoned = self.claim.as_ref().is_some_and(|claim| {
            let dimension = claim.figure.quantity.dimension;
            let is_it = dimension == figure.quantity.dimension;
            is_it && (is_sum || dimension == Dimension::RATE)
        });
        Some(Said {
            names: self.names(figure.quantity.dimension),
            instead_of: instead_of.map(Amount::as_said),
            text: format!("{text}{peak}"),
            figure,
            is_single: self.amounts.len() == 1,
            is_reckoned,
        })
    }

    /// "10M * 5 is 50M a day" is a rate, though no operand says so, and what is divided by the seconds of a day is one.
    fn by_time(&self) -> Option<String> {
        if self.is_by_the_second() {
            return Some(format!("{} / second", self.text));
        }
        let claim = self.claim.as_ref()?;
        let (number, time) = claim.by_time()?;
        let by_time = format!("{} / {time}", self.text);
        let figure = Figure::parse(&by_time).ok()?;
        let value = self.value()?.quantity;
        let is_same = is_rounded(number.value, value.value)
            || self.is_result(claim) && number.dimension == value.dimension;
        let is_said = is_same && figure.quantity.dimension == claim.figure.quantity.dimension;
        is_said.then_some(by_time)
    }

    /// Whether a sign says at once that an amount is what it comes to.
    fn is_result(&self, claim: &Amount) -> bool {
        let is_sign = is_one_of(&self.sentence.word(self.end), "= ≈ → =>");
        is_sign && claim.words.start == self.end + 1 && self.amounts.len() > 1
    }

    /// Whether it is a number that is divided by the seconds of a day, and nothing else by what it comes to.
    fn is_by_the_second(&self) -> bool {
        let is_number = |figure: &Figure| figure.quantity.dimension == Dimension::NUMBER;
        let claim = self.claim.as_ref().map(|claim| &claim.figure);
        self.text.ends_with(" / 86400")
            && self.value().as_ref().is_some_and(is_number)
            && claim.is_none_or(|it| is_number(it) || it.quantity.dimension == Dimension::RATE)
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
