//! Clauses of a text, what denies in them, and how far a denial reaches.
//!
//! Knows where subjects end and lists begin; its words are data, and it knows no concept.

use std::ops::Range;

use super::concept::{ENDS, Language, overlap, stands};
use super::finder::Finder;
use super::pattern::Pattern;

/// How far denials reach, and what says nothing by itself.
#[derive(Debug)]
pub struct Reach {
    /// What denies the subject that it stands behind, and nothing else: a pattern of whole words.
    pub subject: Pattern,
    /// What begins a clause without a subject, and denies the sentence before.
    pub sentence: Pattern,
    /// What begins a value that denies what it is the value of.
    pub value: Pattern,
    /// What joins one subject to another.
    pub joined: Pattern,
    /// What stands between a subject and what is told of it.
    pub attached: Pattern,
    /// What opens a list of terms.
    pub opening: Pattern,
    /// What joins the terms of a list that has no commas.
    pub beside: Pattern,
    /// What a bare list of terms doesn't have: a pattern of whole words.
    pub telling: Pattern,
}

impl Default for Reach {
    fn default() -> Self {
        let nothing = || Pattern::new("$^");
        Self {
            subject: Pattern::words(["$^".to_owned()]),
            sentence: nothing(),
            value: nothing(),
            joined: nothing(),
            attached: nothing(),
            opening: nothing(),
            beside: nothing(),
            telling: nothing(),
        }
    }
}

/// A clause of a text.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    span: Range<usize>,
    /// What denies what follows it.
    before: Vec<Range<usize>>,
    /// What denies what stands before it.
    after: Vec<Range<usize>>,
    /// What those deny, each up to where its denial ends.
    denied: Vec<Denied>,
}

/// A part of a text that is denied, and where the denial ends.
type Denied = (Range<usize>, usize);

impl Clause {
    /// All that denies in it.
    pub(super) fn denials(&self) -> impl Iterator<Item = &Range<usize>> {
        self.before.iter().chain(&self.after)
    }

    /// Whether it begins with a denial: it then has no subject of its own.
    fn begins_denying(&self, text: &str) -> bool {
        let words = text.get(self.span.clone()).unwrap_or_default();
        let start = self.span.end - words.trim_start().len();
        self.denials().any(|denial| denial.start == start)
    }
}

/// The numbers of the patterns of a language in its finder.
const BEFORE: usize = 0;
const AFTER: usize = 1;
const SUBJECT: usize = 2;
const AFFIRMING: usize = 3;

/// So many words are a member of a list where others follow; more are a clause of their own.
const SHORT: usize = 3;

impl Language {
    /// The clauses of a plain text, with what denies in them; none where nothing does.
    #[must_use]
    pub(super) fn clauses(&self, text: &str) -> Vec<Clause> {
        if !self.can_deny(text) {
            return Vec::new();
        }
        let mut clauses = Vec::new();
        let mut start = 0;
        for end in self.clause_end.ranges(text) {
            clauses.push(self.clause(start..end.start, text));
            start = end.end;
        }
        clauses.push(self.clause(start..text.len(), text));
        self.deny_sentences(&mut clauses, text);
        clauses
    }

    /// Denials are searched in the clause alone, for some stand only at the end of one.
    fn clause(&self, span: Range<usize>, text: &str) -> Clause {
        let words = text.get(span.clone()).unwrap_or_default();
        let finder = self.finder();
        let starts = finder.starts(std::iter::once(words));
        let ranges = |number, pattern| stands(pattern, words, &finder.of_concept(number, &starts));
        let mut before = ranges(BEFORE, &self.before);
        let mut after = ranges(AFTER, &self.after);
        let mut subject = ranges(SUBJECT, &self.reach.subject);
        if !(before.is_empty() && after.is_empty() && subject.is_empty()) {
            let affirming = ranges(AFFIRMING, &self.affirming);
            let is_meant = |denial: &Range<usize>| !affirming.iter().any(|it| overlap(denial, it));
            before.retain(is_meant);
            after.retain(is_meant);
            subject.retain(is_meant);
            // "are skipped" denies what stands before it, and not what "skipped" would.
            before.retain(|denial| !subject.iter().any(|it| overlap(denial, it)));
        }
        let placed = |it: &Range<usize>| it.start + span.start..it.end + span.start;
        let mut denied = Vec::new();
        for (denial, alone) in after
            .iter()
            .map(|denial| (denial, false))
            .chain(subject.iter().map(|denial| (denial, true)))
        {
            let words = words.get(..denial.start).unwrap_or_default();
            let subjects = self.subjects(words, alone);
            denied.extend(
                subjects
                    .iter()
                    .map(|it| (placed(it), denial.end + span.start)),
            );
        }
        Clause {
            before: before.iter().map(placed).collect(),
            after: after.iter().chain(&subject).map(placed).collect(),
            denied,
            span,
        }
    }

    /// What some words before a denial have for its subject: what stands behind the last comma, and the members of a list
    /// before it. Of what denies its subject alone, also no further than to what joins whole clauses, and without what is
    /// told of it.
    fn subjects(&self, words: &str, alone: bool) -> Vec<Range<usize>> {
        let commas = words.match_indices(", ");
        let mut breaks: Vec<(Range<usize>, bool)> =
            commas.map(|(at, _)| (at..at + 1, false)).collect();
        if alone {
            let joined = self.reach.joined.ranges(words);
            breaks.extend(joined.into_iter().map(|it| (it, true)));
            breaks.sort_by_key(|(it, _)| it.start);
        }
        let is_blank = |piece: &str| piece.trim().is_empty();
        let is_short = |piece: &str| piece.split_whitespace().count() <= SHORT;
        let (mut subjects, mut end, mut is_list) = (Vec::new(), words.len(), !alone);
        for (at, is_joining) in breaks.into_iter().rev().chain([(0..0, false)]) {
            let range = at.end..end.max(at.end);
            let piece = words.get(range.clone()).unwrap_or_default();
            if is_blank(piece) {
                if subjects.is_empty() {
                    // What stands between two commas parts the subject from what is said of it.
                    return std::iter::once(0..words.len()).collect();
                }
            } else if subjects.is_empty() || is_list && is_short(piece) {
                subjects.push(self.head(range, piece, alone));
            } else {
                break;
            }
            is_list |= is_joining;
            end = at.start;
        }
        subjects
    }

    /// A piece without what is told of its subject, where that is wanted.
    fn head(&self, range: Range<usize>, piece: &str, alone: bool) -> Range<usize> {
        let blank = piece.len() - piece.trim_start().len();
        let attached = if alone {
            self.reach.attached.ranges(piece)
        } else {
            Vec::new()
        };
        let first = attached.into_iter().find(|it| it.start > blank);
        first.map_or(range.clone(), |it| range.start..range.start + it.start)
    }

    /// Lets a clause that begins with a denial and has no subject deny what stands before it.
    fn deny_sentences(&self, clauses: &mut [Clause], text: &str) {
        for at in 1..clauses.len() {
            let (earlier, rest) = clauses.split_at_mut(at);
            let Some(clause) = rest.first().filter(|it| it.begins_denying(text)) else {
                continue;
            };
            let words = text.get(clause.span.clone()).unwrap_or_default();
            if !self.reach.sentence.is_match(words) {
                continue;
            }
            let mut next = clause.span.start;
            let mut is_first = true;
            for one in earlier.iter_mut().rev() {
                let gap = text.get(one.span.end..next).unwrap_or_default();
                if !is_first && gap.contains(ENDS) {
                    break;
                }
                one.denied.push((one.span.clone(), text.len() + 1));
                // In brackets it speaks of what stands before those alone.
                if is_first && !gap.contains(ENDS) {
                    break;
                }
                next = one.span.start;
                is_first = false;
            }
        }
    }

    /// Whether anything can deny in a text.
    fn can_deny(&self, text: &str) -> bool {
        let finder = self.finder();
        let starts = finder.starts(std::iter::once(text));
        let can_stand = |number| !finder.of_concept(number, &starts).is_empty();
        [BEFORE, AFTER, SUBJECT].into_iter().any(can_stand)
    }

    fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| {
            let subject = &self.reach.subject;
            let patterns = [&self.before, &self.after, subject, &self.affirming];
            Finder::new(patterns.into_iter().map(Some), None)
        })
    }
}

/// Whether a mention is denied: by what stands before it in its clause, or as the subject of what stands behind it.
pub(super) fn is_denied(mention: &Range<usize>, clauses: &[Clause]) -> bool {
    let first = clauses
        .iter()
        .rfind(|clause| clause.span.start <= mention.start);
    let last = clauses.iter().find(|clause| clause.span.end >= mention.end);
    let before = first.is_some_and(|clause| {
        clause
            .before
            .iter()
            .any(|denial| denial.end <= mention.start)
    });
    // What reaches over the end of a clause is no subject of the next one: "pages us if it fails".
    let last = last.filter(|clause| clause.span.start <= mention.start);
    let is_subject = |(subject, end): &Denied| overlap(subject, mention) && *end > mention.end;
    before || last.is_some_and(|clause| clause.denied.iter().any(is_subject))
}
