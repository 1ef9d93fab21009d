//! The marks of a text: runs of words, whatever their case and what stands between them.
//!
//! Knows what people write in a design; knows no drawing.

use super::{fewest, hash};
use crate::model::{Design, Part, Place};
use crate::rubric::{Topics, passages};

/// Words of a run. Five in a row are seldom the same by chance, and few sentences of a design are shorter.
pub(super) const RUN: usize = 5;

/// Letters from which on a statement of less than three words is a mark: in some scripts nothing parts the words.
const LONG: usize = 16;

/// What somebody wrote in one place.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) place: Place,
    pub(super) text: String,
    /// The words in lower case, each with where it begins and ends in the text.
    pub(super) words: Vec<(String, usize, usize)>,
}

impl Statement {
    fn new(place: Place, text: String) -> Self {
        Self {
            place,
            words: words(&text),
            text,
        }
    }

    /// The marks of the statement in order: that of each run, or of the whole where it is shorter than one.
    pub(super) fn marks(&self) -> Vec<u64> {
        let words: Vec<&str> = self.words.iter().map(|(word, ..)| word.as_str()).collect();
        if words.len() >= RUN {
            return words.windows(RUN).map(hash).collect();
        }
        let letters: usize = words.iter().map(|word| word.len()).sum();
        let is_telling = words.len() >= 3 || letters >= LONG;
        is_telling
            .then(|| hash(words.as_slice()))
            .into_iter()
            .collect()
    }

    /// The text from one word to another.
    pub(super) fn quote(&self, first: usize, count: usize) -> &str {
        let start = self.words.get(first).map_or(0, |(_, start, _)| *start);
        let last = self.words.get(first + count.saturating_sub(1));
        let end = last.map_or(self.text.len(), |(.., end)| *end);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// All that is said in a design: sentences, and how figures were reckoned.
pub(super) fn statements(design: &Design) -> Vec<Statement> {
    let said = passages(design, &Topics::default()).into_iter();
    let said = said.map(|passage| Statement::new(passage.place, passage.text));
    let reckoned = design.estimates.iter().enumerate().map(|(at, estimate)| {
        let place = Place::Entry(Part::Estimates, at);
        Statement::new(place, estimate.figure.text.clone())
    });
    said.chain(reckoned).collect()
}

/// The marks of a design, in order and each once.
pub(super) fn marks(design: &Design) -> Vec<u64> {
    let statements = statements(design);
    fewest(statements.iter().flat_map(Statement::marks).collect())
}

/// Every mark that a statement can have whose words stand in a text in this order.
pub(super) fn runs_of(text: &str) -> Vec<u64> {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(|(word, ..)| word.as_str()).collect();
    let lengths = 1..=RUN;
    lengths
        .flat_map(|length| words.windows(length).map(hash).collect::<Vec<_>>())
        .collect()
}

fn words(text: &str) -> Vec<(String, usize, usize)> {
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(start) = position(text, rest, char::is_alphanumeric) {
        let end = position(text, start, |c| !c.is_alphanumeric()).unwrap_or(text.len());
        let word = text.get(start..end).unwrap_or_default();
        words.push((word.to_lowercase(), start, end));
        rest = end;
    }
    words
}

/// Where a character begins from a byte on.
fn position(text: &str, from: usize, is: impl Fn(char) -> bool) -> Option<usize> {
    let found = text.get(from..)?.find(is)?;
    Some(from + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_make_no_difference() {
        let marks = |text: &str| Statement::new(Place::Design, text.to_owned()).marks();
        assert_eq!(
            marks("A link, taken down, MUST stop."),
            marks("a link taken-down must stop")
        );
        assert_eq!(marks("a b c d e f").len(), 2);
        assert_eq!(marks("Redis").len(), 0, "too little");
        assert_eq!(marks("一つの接続は一度だけ").len(), 1);
        let given = runs_of("problem: {title: Codes from a ticket office, for all}");
        assert!(
            marks("from a ticket office")
                .iter()
                .all(|mark| given.contains(mark))
        );
    }

    #[test]
    fn a_quote_is_the_text_as_it_was_written() {
        let said = Statement::new(Place::Design, "Ah: A link, taken down!".to_owned());
        assert_eq!(said.quote(1, 3), "A link, taken");
    }
}
