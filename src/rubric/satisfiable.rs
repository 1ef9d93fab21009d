//! Whether a regular expression can match anything, and whether each part of it can: `5%\b$` finds nothing in any text.
//!
//! Knows automata and what stands beside a place in a text; knows not what expressions are for.

use std::collections::{BTreeMap, BTreeSet};

use regex_automata::nfa::thompson::{NFA, State, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;

/// What of an expression can never match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unmatched {
    /// All of it.
    Whole,
    /// A part that would read this character.
    Part(String),
}

/// What stands on one side of a place in a text, as far as assertions tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// The text begins or ends here.
    Edge,
    /// A character of a word.
    Word,
    /// The end of a line.
    Line,
    /// Any other of ASCII.
    Other,
    /// Of a character beyond ASCII, which may be of a word or not.
    Beyond,
}

const SIDES: [Side; 5] = [
    Side::Edge,
    Side::Word,
    Side::Line,
    Side::Other,
    Side::Beyond,
];

/// A set of sides: a bit for each.
type Sides = u8;
const ANY: Sides = 0b1_1111;

impl Side {
    const fn bit(self) -> Sides {
        1 << self as u8
    }

    const fn of(byte: u8) -> Self {
        match byte {
            b'\n' | b'\r' => Self::Line,
            0x80.. => Self::Beyond,
            _ if byte.is_ascii_alphanumeric() || byte == b'_' => Self::Word,
            _ => Self::Other,
        }
    }

    /// Whether it can be of a word, and whether it can be of none.
    const fn of_word(self) -> (bool, bool) {
        match self {
            Self::Word => (true, false),
            Self::Beyond => (true, true),
            _ => (false, true),
        }
    }
}

/// A state of the automaton with what was read last, and with what may be read next by what was asserted since.
type Place = (StateID, Side, Sides);

/// What of an expression can never match, if anything; nothing is said of one that is too large.
pub(super) fn unmatched(expression: &str) -> Option<Unmatched> {
    let nfa = automaton(expression)?;
    let mut walk = Walk::new(&nfa);
    walk.run()?;
    let useful = walk.useful();
    if useful.is_empty() {
        return Some(Unmatched::Whole);
    }
    let mut dead = written(&nfa);
    dead.retain(|state| !useful.contains(state));
    let mut read = dead
        .iter()
        .filter_map(|state| reads(nfa.state(*state)).next());
    read.next().map(|first| Unmatched::Part(shown(first)))
}

/// The states of the expression as it is written, whatever it asserts; others let a search begin anywhere.
fn written(nfa: &NFA) -> BTreeSet<StateID> {
    let mut seen = BTreeSet::new();
    let mut open = vec![nfa.start_anchored()];
    while let Some(state) = open.pop() {
        if seen.insert(state) {
            open.extend(next(nfa.state(state)));
        }
    }
    seen
}

/// Where a state leads.
fn next(state: &State) -> Vec<StateID> {
    match state {
        State::Look { next, .. } | State::Capture { next, .. } => vec![*next],
        State::Union { alternates } => alternates.to_vec(),
        State::BinaryUnion { alt1, alt2 } => vec![*alt1, *alt2],
        reading => reads(reading).map(|transition| transition.next).collect(),
    }
}

/// The automaton of an expression as patterns read it.
fn automaton(expression: &str) -> Option<NFA> {
    let unicode = !expression.is_ascii();
    let config = syntax::Config::new()
        .case_insensitive(true)
        .unicode(unicode)
        .utf8(false);
    NFA::compiler()
        .syntax(config)
        .configure(NFA::config().utf8(false))
        .build(expression)
        .ok()
}

/// The ranges of bytes that a state reads, with where they lead.
fn reads(state: &State) -> Box<dyn Iterator<Item = Transition> + '_> {
    match state {
        State::ByteRange { trans } => Box::new(std::iter::once(*trans)),
        State::Sparse(sparse) => Box::new(sparse.transitions.iter().copied()),
        State::Dense(dense) => Box::new((0..=u8::MAX).filter_map(|byte| {
            let next = dense.matches_byte(byte)?;
            Some(Transition {
                start: byte,
                end: byte,
                next,
            })
        })),
        _ => Box::new(std::iter::empty()),
    }
}

fn shown(transition: Transition) -> String {
    let letter = char::from(transition.start).to_ascii_lowercase();
    letter.escape_default().to_string()
}

/// More places than this are not walked.
const MOST: usize = 400_000;

/// All places of an automaton that can be reached from its start.
struct Walk<'n> {
    nfa: &'n NFA,
    open: Vec<Place>,
    /// From where each place was reached.
    from: BTreeMap<Place, Vec<Place>>,
    ends: Vec<Place>,
}

impl<'n> Walk<'n> {
    fn new(nfa: &'n NFA) -> Self {
        let starts = SIDES.map(|side| (nfa.start_anchored(), side, ANY));
        Self {
            nfa,
            open: starts.to_vec(),
            from: starts
                .into_iter()
                .map(|start| (start, Vec::new()))
                .collect(),
            ends: Vec::new(),
        }
    }

    /// Walks on until every place is known; none where they are too many.
    fn run(&mut self) -> Option<()> {
        while let Some(place) = self.open.pop() {
            if self.from.len() > MOST {
                return None;
            }
            self.step(place);
        }
        Some(())
    }

    fn step(&mut self, place: Place) {
        let (state, before, after) = place;
        match self.nfa.state(state) {
            State::Look { look, next } => {
                let holds = |side: &Side| after & side.bit() != 0 && can_hold(*look, before, *side);
                let left = SIDES.iter().filter(|side| holds(side));
                let left = left.fold(0, |all, side| all | side.bit());
                if left != 0 {
                    self.reach((*next, before, left), place);
                }
            }
            State::Match { .. } => self.ends.push(place),
            reading @ (State::ByteRange { .. } | State::Sparse(_) | State::Dense(_)) => {
                self.read(reading, place);
            }
            other => {
                for next in next(other) {
                    self.reach((next, before, after), place);
                }
            }
        }
    }

    fn read(&mut self, state: &State, place: Place) {
        for transition in reads(state) {
            let bytes = transition.start..=transition.end;
            let read = bytes.fold(0, |all, byte| all | Side::of(byte).bit());
            for side in SIDES {
                if read & place.2 & side.bit() != 0 {
                    self.reach((transition.next, side, ANY), place);
                }
            }
        }
    }

    fn reach(&mut self, place: Place, from: Place) {
        let known = self.from.entry(place).or_insert_with(|| {
            self.open.push(place);
            Vec::new()
        });
        known.push(from);
    }

    /// The states on a way to a match.
    fn useful(&self) -> BTreeSet<StateID> {
        let mut seen: BTreeSet<Place> = BTreeSet::new();
        let mut open = self.ends.clone();
        while let Some(place) = open.pop() {
            if seen.insert(place) {
                open.extend(self.from.get(&place).into_iter().flatten().copied());
            }
        }
        seen.into_iter().map(|(state, ..)| state).collect()
    }
}

/// Whether an assertion can hold between two sides.
fn can_hold(look: Look, before: Side, after: Side) -> bool {
    let ((word, none), (next_word, next_none)) = (before.of_word(), after.of_word());
    match look {
        Look::Start => before == Side::Edge,
        Look::End => after == Side::Edge,
        Look::StartLF | Look::StartCRLF => matches!(before, Side::Edge | Side::Line),
        Look::EndLF | Look::EndCRLF => matches!(after, Side::Edge | Side::Line),
        Look::WordAscii | Look::WordUnicode => word && next_none || none && next_word,
        Look::WordAsciiNegate | Look::WordUnicodeNegate => word && next_word || none && next_none,
        Look::WordStartAscii | Look::WordStartUnicode => none && next_word,
        Look::WordEndAscii | Look::WordEndUnicode => word && next_none,
        Look::WordStartHalfAscii | Look::WordStartHalfUnicode => none,
        Look::WordEndHalfAscii | Look::WordEndHalfUnicode => next_none,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_text_can_match_is_told() {
        for expression in [
            r"\b5%\b$",
            "$^a",
            r"a\bb",
            "x[^\\s\\S]",
            r"^\B$x",
            r" \b ",
            r"\w\b{start}",
        ] {
            assert_eq!(
                unmatched(expression),
                Some(Unmatched::Whole),
                "{expression}"
            );
        }
    }

    #[test]
    fn a_part_that_no_text_can_match_is_told_by_what_it_would_read() {
        for (expression, part) in [
            (r"\b(lru|5%$\b|lfu)\b", "5"),
            ("lru( $^cache)?", " "),
            (r"(a\bb|c)d", "a"),
        ] {
            let expected = Some(Unmatched::Part(part.to_owned()));
            assert_eq!(unmatched(expression), expected, "{expression}");
        }
    }

    #[test]
    fn what_some_text_can_match_is_left_alone() {
        for expression in [
            "",
            "lru",
            r"\b(?:cache[- ]aside|lru)\b",
            r"(?:\b|\b{start-half})(?:\d+ ?%|c\+\+)(?:\b|\b{end-half})",
            r"(^|[^\w.])\d+(k|m)?([^\w]|$)",
            r"^(?:reads?( a second)?)$",
            r"(is|are) [^.;]{0,40}\b(down|away)",
            "caché|é\\b",
            r"(a+)+$",
            "(unclosed",
        ] {
            assert_eq!(unmatched(expression), None, "{expression}");
        }
    }
}
