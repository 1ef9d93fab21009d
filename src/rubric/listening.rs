//! What a question is about: which of the facts that an interviewer knows its words speak of, weighed against all others.
//!
//! Knows words, their stems and what means the same; knows no problem. A fact is known by its name, by the words of the
//! patterns that ask for it, of its answer, and of questions that were asked for it; a word tells the more, the fewer facts
//! it is known from (naive Bayes with the mean of all facts as what is to be expected: Manning, Raghavan, Schütze,
//! Introduction to Information Retrieval, 2008, chapter 13).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::problem::Fact;
use crate::model::spelling::{self, words};

/// What the words of questions mean, whatever they are about.
#[derive(Debug, Default)]
pub struct Listening {
    /// Texts of words that every question may have.
    furniture: Vec<String>,
    /// Texts of words that mean the same.
    alike: Vec<String>,
    /// The words, told apart when the first question is heard.
    meaning: OnceLock<Meaning>,
}

#[derive(Debug)]
struct Meaning {
    furniture: BTreeSet<String>,
    /// The classes that a stem belongs to.
    classes: BTreeMap<String, Vec<String>>,
}

/// How much a source of words tells of a fact.
const NAME: f64 = 3.0;
const PATTERN: f64 = 0.7;
const ANSWER: f64 = 0.8;
const EXAMPLE: f64 = 0.3;
const OF_NOTHING: f64 = 1.0;

/// How much evidence the mean of all facts counts as: what a fact lacks is not yet ruled out.
const PRIOR: f64 = 1.0;

/// No more than so much speaks against a fact by one word.
const MOST_AGAINST: f64 = -1.5;

/// What a word of a fact counts for the mean at most.
const MOST_IN_MEAN: f64 = 1.5;

/// The facts of a problem as words.
#[derive(Debug, Default)]
pub struct Profiles {
    facts: Vec<Profile>,
    /// Questions that nothing is known of.
    nothing: Profile,
    /// How often a word is to be expected of any fact.
    mean: BTreeMap<String, f64>,
    /// Words as they are written, by which slips of the pen are known: of facts, of questions for them, of any question.
    written: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Profile {
    words: BTreeMap<String, f64>,
    evidence: f64,
}

/// What the words of a question say.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// What speaks for each fact, in their order: the logarithm of how much more likely its words are than for any fact.
    pub evidence: Vec<f64>,
    /// What speaks for a question that nothing is known of.
    pub nothing: f64,
    /// The share of the words that any fact is known by.
    pub known: f64,
}

impl Listening {
    /// Words of furniture, and classes of words that mean the same.
    #[must_use]
    pub const fn new(furniture: Vec<String>, alike: Vec<String>) -> Self {
        Self {
            furniture,
            alike,
            meaning: OnceLock::new(),
        }
    }

    /// Whether a question and a text have a meaning in common.
    #[must_use]
    pub fn has_one_of(&self, question: &str, text: &str) -> bool {
        let told = self.meanings(text);
        self.meanings(question)
            .iter()
            .any(|meaning| told.contains(meaning))
    }

    /// Whether a fact has all words of a text, as they are and not only in other words.
    #[must_use]
    pub fn has_words_of(&self, text: &str, fact: &Fact) -> bool {
        let furniture = &self.meaning().furniture;
        let patterns = fact.asks.iter().map(|ask| literals(ask.text()));
        let own: Vec<String> = patterns.collect();
        let own = own
            .iter()
            .chain(&fact.asked)
            .chain([&fact.answer, &fact.id]);
        let own: BTreeSet<String> = own
            .flat_map(|text| words(text))
            .map(|word| stem(&word))
            .collect();
        let said = words(text);
        let mut said = said.iter().filter(|word| !furniture.contains(*word));
        said.all(|word| own.contains(&stem(word)))
    }

    fn meaning(&self) -> &Meaning {
        self.meaning
            .get_or_init(|| Meaning::of(&self.furniture, &self.alike))
    }

    /// All words that it knows.
    fn written(&self) -> BTreeSet<String> {
        let texts = self.furniture.iter().chain(&self.alike);
        texts.flat_map(|text| words(text)).collect()
    }

    /// The meanings of a text, each once: classes of words, stems of words without a class, and how it asks.
    fn meanings(&self, text: &str) -> BTreeSet<String> {
        let words = words(text);
        let Meaning { furniture, classes } = self.meaning();
        let mut meanings = BTreeSet::new();
        for word in words.iter().filter(|word| !furniture.contains(*word)) {
            let stem = stem(word);
            match classes.get(&stem) {
                Some(classes) => meanings.extend(classes.iter().cloned()),
                None => drop(meanings.insert(stem)),
            }
        }
        let pairs = words.iter().zip(words.iter().skip(1));
        for (_, how) in pairs.filter(|(first, _)| *first == "how") {
            let asks = HOW.iter().find(|(words, _)| words.contains(&how.as_str()));
            meanings.extend(asks.map(|(_, meaning)| (*meaning).to_owned()));
        }
        meanings
    }
}

impl Meaning {
    fn of(furniture: &[String], alike: &[String]) -> Self {
        let mut meaning = Self {
            furniture: furniture.iter().flat_map(|line| words(line)).collect(),
            classes: BTreeMap::new(),
        };
        for class in alike {
            let Some(name) = words(class).into_iter().next() else {
                continue;
            };
            for word in words(class) {
                let classes = meaning.classes.entry(stem(&word)).or_default();
                let class = format!("={name}");
                if !classes.contains(&class) {
                    classes.push(class);
                }
            }
        }
        meaning
    }
}

/// What a question asks for that begins with "how".
const HOW: &[(&[&str], &str)] = &[
    (&["many"], "#count"),
    (&["big", "large", "long"], "#size"),
    (&["fast", "quick", "quickly", "soon", "snappy"], "#fast"),
    (&["often", "frequent", "frequently"], "#often"),
];

impl Profiles {
    /// The facts by their words.
    #[must_use]
    pub fn of(facts: &[Fact], unanswerable: &[String], listening: &Listening) -> Self {
        let profiles: Vec<Profile> = facts
            .iter()
            .map(|fact| Profile::of(fact, listening))
            .collect();
        let nothing = Profile::of_questions(unanswerable, listening);
        let mut mean: BTreeMap<String, f64> = BTreeMap::new();
        let share = 1.0 / f64::from(u32::try_from(profiles.len().max(1)).unwrap_or(u32::MAX));
        for profile in profiles.iter().chain([&nothing]) {
            for (word, weight) in &profile.words {
                let expected = weight.min(MOST_IN_MEAN) / (profile.evidence + PRIOR);
                *mean.entry(word.clone()).or_default() += expected * share;
            }
        }
        Self {
            facts: profiles,
            nothing,
            mean,
            written: facts
                .iter()
                .flat_map(written)
                .chain(listening.written())
                .collect(),
        }
    }

    /// A question with its slips of the pen corrected; none where there are none. A word is one that nobody knows and that
    /// lacks little to one of those that a fact is known by.
    #[must_use]
    pub fn spelt(&self, question: &str) -> Option<String> {
        let mut spelt = question.to_lowercase();
        for word in words(question)
            .into_iter()
            .filter(|word| !self.written.contains(word))
        {
            if let Some(meant) = spelling::slip(&word, self.written.iter().map(String::as_str)) {
                spelt = spelt.replace(&word, meant);
            }
        }
        (spelt != question.to_lowercase()).then_some(spelt)
    }

    /// What a question says.
    #[must_use]
    pub fn hear(&self, question: &str, listening: &Listening) -> Heard {
        let meanings = listening.meanings(question);
        let known = meanings.iter().filter(|word| self.mean.contains_key(*word));
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let speaks = |profile: &Profile| {
            let words = meanings.iter().filter_map(|word| {
                let expected = *self.mean.get(word)?;
                let weight = profile.words.get(word).copied().unwrap_or_default();
                let likely = (weight + PRIOR * expected) / (profile.evidence + PRIOR);
                Some((likely / expected).ln().max(MOST_AGAINST))
            });
            words.sum()
        };
        Heard {
            evidence: self.facts.iter().map(speaks).collect(),
            nothing: speaks(&self.nothing),
            known: count(known.count()) / count(meanings.len().max(1)),
        }
    }
}

impl Profile {
    fn of(fact: &Fact, listening: &Listening) -> Self {
        let mut profile = Self::default();
        let mut patterns = BTreeSet::new();
        for ask in &fact.asks {
            patterns.extend(listening.meanings(&literals(ask.text())));
        }
        profile.add(listening.meanings(&fact.id), NAME);
        profile.add(patterns, PATTERN);
        profile.add(listening.meanings(&fact.answer), ANSWER);
        profile.learn(&fact.asked, EXAMPLE, listening);
        profile
    }

    fn of_questions(questions: &[String], listening: &Listening) -> Self {
        let mut profile = Self::default();
        profile.learn(questions, OF_NOTHING, listening);
        profile
    }

    fn learn(&mut self, questions: &[String], weight: f64, listening: &Listening) {
        for question in questions {
            self.add(listening.meanings(question), weight);
        }
    }

    fn add(&mut self, words: BTreeSet<String>, weight: f64) {
        for word in words {
            *self.words.entry(word).or_default() += weight;
        }
        self.evidence += weight;
    }
}

/// The words by which a fact is known, as they are written.
fn written(fact: &Fact) -> BTreeSet<String> {
    let asks = fact.asks.iter().map(|ask| literals(ask.text()));
    let texts = asks
        .chain(fact.asked.iter().cloned())
        .chain([fact.answer.clone()]);
    texts.flat_map(|text| words(&text)).collect()
}

/// The letters of a regular expression that stand for themselves, as far as they are words of three letters and more.
fn literals(pattern: &str) -> String {
    let mut text = String::new();
    let mut letters = pattern.chars();
    let mut in_set = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let _ = letters.next();
                text.push(' ');
            }
            '[' => in_set = true,
            ']' => {
                in_set = false;
                text.push(' ');
            }
            _ if in_set => {}
            // `users?` is `users`.
            '?' => {}
            letter if letter.is_alphabetic() => text.push(letter),
            _ => text.push(' '),
        }
    }
    let long = text.split_whitespace().filter(|word| word.len() >= 3);
    long.collect::<Vec<_>>().join(" ")
}

/// Endings that say nothing of what a word is about, the longest first, with what takes their place.
const ENDINGS: &[(&str, &str)] = &[
    ("ations", "at"),
    ("ation", "at"),
    ("ities", "it"),
    ("ity", "it"),
    ("ies", "y"),
    ("ings", ""),
    ("ing", ""),
    ("edly", ""),
    ("ers", "er"),
    ("ed", ""),
    ("ly", ""),
    ("es", ""),
    ("s", ""),
];

/// A word without what changes with its place in a sentence.
fn stem(word: &str) -> String {
    let cut = ENDINGS.iter().find_map(|(ending, instead)| {
        let stem = word.strip_suffix(ending)?;
        (stem.chars().count() >= 3).then(|| format!("{stem}{instead}"))
    });
    let mut stem = cut.unwrap_or_else(|| word.to_owned());
    if stem.len() > 4 && stem.ends_with('e') {
        stem.pop();
    }
    let mut last = stem.chars().rev();
    if stem.len() > 4 && last.next() == last.next() {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubric::Pattern;

    fn fact(id: &str, asks: &[&str], answer: &str) -> Fact {
        Fact {
            id: id.to_owned(),
            asks: asks.iter().map(|ask| Pattern::new(*ask)).collect(),
            asked: Vec::new(),
            answer: answer.to_owned(),
            assume: Vec::new(),
        }
    }

    fn listening() -> Listening {
        Listening::new(
            vec!["how do we is the a what to".to_owned()],
            vec![
                "erase: delete remove".to_owned(),
                "fast: quick latency".to_owned(),
            ],
        )
    }

    fn best(question: &str) -> Option<usize> {
        let facts = [
            fact("latency", &[r"\bp9\d|fast(er)?"], "Within 100 ms."),
            fact(
                "deletes",
                &["(can|may) .* deleted?"],
                "Authors may delete a post.",
            ),
            fact("size", &["how (big|large)"], "A kilobyte."),
        ];
        let heard = Profiles::of(&facts, &[], &listening()).hear(question, &listening());
        let most = heard.evidence.iter().copied().fold(0.0_f64, f64::max);
        heard
            .evidence
            .iter()
            .position(|each| *each > 0.0 && *each >= most)
    }

    #[test]
    fn words_that_mean_the_same_tell_the_same() {
        assert_eq!(best("removing posts"), Some(1));
        assert_eq!(best("is it quickly there"), Some(0));
        assert_eq!(best("what is the weather"), None);
    }

    #[test]
    fn stems_are_the_same_for_the_forms_of_a_word() {
        for (one, other) in [
            ("deleted", "deletes"),
            ("stopping", "stopped"),
            ("notifications", "notification"),
            ("cities", "city"),
            ("stored", "stores"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn patterns_give_the_words_that_stand_in_them() {
        assert_eq!(
            literals(r"\bpeaks?\b|how (big|large).{0,20}[xyz] p9\d"),
            "peaks how big large"
        );
    }
}
