//! Pairs of near-identical designs, each with what the two share: a hint to look at both.
//!
//! Knows candidates and what they were given; how likeness is measured is the business of `assess::similarity`.

mod written;

pub(super) use written::{json, markdown, table};

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::class::{LinkView, link};
use super::{Candidate, SiteContext};
use crate::assess::similarity::{Class, Common, Given, Handed, Likeness, Same};
use crate::assess::{Finding, Outcome, round};
use crate::model::spelling::{counted, enumerated};
use crate::model::{Component, Part, Place, Step};
use crate::report::plain::shortened;
use crate::report::{Checked, blank_design};

/// Pairs that are shown, at most: the most alike.
const MOST_PAIRS: usize = 200;

/// Components of a pair that are shown, at most.
const MOST_COMPONENTS: usize = 200;

/// Letters of a quote, at most.
const LONGEST: usize = 400;

/// A text that everybody was given: what two have of it is no likeness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenText {
    /// The slug of the problem that it belongs to; all of them where there is none.
    pub problem: Option<String>,
    /// The text.
    pub text: String,
}

/// The near-identical designs of a class, the most alike first.
#[derive(Default)]
pub(super) struct Similar<'a> {
    pub(super) pairs: Vec<Pair<'a>>,
    /// How many more there are than are shown.
    pub(super) more: usize,
}

/// Two near-identical designs.
pub(super) struct Pair<'a> {
    first: &'a Candidate<'a>,
    second: &'a Candidate<'a>,
    likeness: Likeness,
    common: Common,
    /// Estimates that are wrong in the same way: the rule, and what it says.
    mistakes: Vec<&'a Finding>,
    /// The name of its page.
    page: String,
}

/// Finds the near-identical designs among those of each problem.
pub(super) fn find<'a>(candidates: &'a [Candidate<'a>], context: &SiteContext<'_>) -> Similar<'a> {
    let mut problems: BTreeMap<Option<&str>, Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in candidates {
        let problem = candidate.checked.head.problem.as_deref();
        problems.entry(problem).or_default().push(candidate);
    }
    let mut found: Vec<Pair<'a>> = Vec::new();
    let mut more = 0;
    for (problem, designs) in problems {
        let given = given(problem, context);
        let handed: Vec<Handed<'_>> = designs
            .iter()
            .map(|one| Handed {
                design: &one.design,
                person: one.attempt.candidate,
            })
            .collect();
        let class = Class::of(&handed, &given);
        let near = class.pairs().into_iter().filter(Likeness::is_near);
        let near: Vec<Likeness> = near.collect();
        more += near.len().saturating_sub(MOST_PAIRS);
        found.extend(near.into_iter().take(MOST_PAIRS).filter_map(|likeness| {
            let first = *designs.get(likeness.first)?;
            let second = *designs.get(likeness.second)?;
            Some(Pair {
                first,
                second,
                likeness,
                common: class.common(likeness.first, likeness.second),
                mistakes: mistakes(first, second),
                page: String::new(),
            })
        }));
    }
    found.sort_by(|one, other| other.likeness.rank().total_cmp(&one.likeness.rank()));
    more += found.len().saturating_sub(MOST_PAIRS);
    found.truncate(MOST_PAIRS);
    for (at, pair) in found.iter_mut().enumerate() {
        pair.page = format!("similar-{:02}.html", at + 1);
    }
    Similar { pairs: found, more }
}

/// What everybody who answered a problem was given.
fn given(problem: Option<&str>, context: &SiteContext<'_>) -> Given {
    let mut given = Given::default();
    given.text(&blank_design(
        problem.and_then(|slug| context.catalog.problem(slug)),
    ));
    for one in context.given {
        if one.problem.is_none() {
            given.design(&super::read(&one.text, context));
        }
        if one.problem.is_none() || one.problem.as_deref() == problem {
            given.text(&one.text);
        }
    }
    for reference in context
        .references
        .iter()
        .filter(|it| it.problem() == problem)
    {
        given.design(&reference.design);
    }
    given
}

/// Estimates that are wrong in both in the same way.
fn mistakes<'a>(first: &Candidate<'a>, second: &Candidate<'_>) -> Vec<&'a Finding> {
    let wrong = |finding: &&Finding| {
        let is_figure = matches!(finding.place, Place::Entry(Part::Estimates, _));
        finding.outcome == Outcome::Missed && finding.step == Step::Estimation && is_figure
    };
    let findings = second.assessment.findings.iter();
    let theirs: BTreeSet<(&str, &str)> = findings
        .filter(wrong)
        .map(|finding| (finding.rule.as_str(), finding.message.as_str()))
        .collect();
    let ours = first.assessment.findings.iter().filter(wrong);
    ours.filter(|finding| theirs.contains(&(finding.rule.as_str(), finding.message.as_str())))
        .collect()
}

/// Whom somebody's designs are near-identical to.
pub(super) fn names(similar: &Similar<'_>, candidate: &Candidate<'_>) -> String {
    let rows = list_of(similar, candidate).map(|list| list.pairs);
    let rows = rows.into_iter().flatten();
    let names: Vec<String> = rows.map(|row| row.second.name).collect();
    names.join("; ")
}

/// The pairs that somebody is of, whichever of their attempts it is.
fn of_candidate<'s>(
    similar: &'s Similar<'_>,
    candidate: &Candidate<'_>,
) -> impl Iterator<Item = &'s Pair<'s>> {
    let person = candidate.attempt.candidate;
    let pairs = similar.pairs.iter();
    pairs.filter(move |pair| {
        let both = [pair.first, pair.second].map(|one| one.attempt.candidate);
        both.contains(&person)
    })
}

/// Pairs as a list.
#[derive(Debug, Serialize)]
pub(super) struct SimilarView {
    pairs: Vec<RowView>,
    more: usize,
}

#[derive(Debug, Serialize)]
struct RowView {
    page: String,
    first: LinkView,
    second: LinkView,
    problem: String,
    drawing: String,
    text: String,
    shares: String,
}

/// The view of all pairs; none where there are none.
pub(super) fn list(similar: &Similar<'_>) -> Option<SimilarView> {
    let pairs: Vec<RowView> = similar.pairs.iter().map(row).collect();
    let more = similar.more;
    (!pairs.is_empty()).then_some(SimilarView { pairs, more })
}

/// The view of the pairs that somebody is of, their own design first.
pub(super) fn list_of(similar: &Similar<'_>, candidate: &Candidate<'_>) -> Option<SimilarView> {
    let pairs = of_candidate(similar, candidate).map(|pair| {
        let mut row = row(pair);
        if pair.first.attempt.candidate != candidate.attempt.candidate {
            std::mem::swap(&mut row.first, &mut row.second);
        }
        row
    });
    let pairs: Vec<RowView> = pairs.collect();
    (!pairs.is_empty()).then_some(SimilarView { pairs, more: 0 })
}

fn row(pair: &Pair<'_>) -> RowView {
    RowView {
        page: pair.page.clone(),
        first: attempt_link(pair.first),
        second: attempt_link(pair.second),
        problem: pair.first.checked.head.problem.clone().unwrap_or_default(),
        drawing: percent(pair.likeness.drawing),
        text: percent(pair.likeness.text),
        shares: pair.shares(),
    }
}

fn percent(share: f64) -> String {
    format!("{}%", round(share * 100.0, 0))
}

/// A link to a candidate, with the number of the attempt where there are several.
fn attempt_link(candidate: &Candidate<'_>) -> LinkView {
    let mut link = link(candidate);
    if candidate.attempt.of > 1 {
        link.name = format!("{}, attempt {}", link.name, candidate.attempt.number);
    }
    link
}

impl Pair<'_> {
    /// What the two share, in a sentence.
    fn shares(&self) -> String {
        let all = [self.first, self.second].map(|one| one.design.components.len());
        let components = counted(self.common.components.len(), "component", "components");
        let phrases = &self.common.phrases;
        let longest = phrases.first().map_or(0, |phrase| phrase.words);
        let mut parts = vec![format!("{components} (of {} and {})", all[0], all[1])];
        if longest > 0 {
            let number = counted(phrases.len(), "phrase", "phrases");
            parts.push(format!("{number} of up to {longest} words"));
        }
        if !self.mistakes.is_empty() {
            let number = counted(self.mistakes.len(), "mistake", "mistakes");
            parts.push(format!("{number} in estimates"));
        }
        enumerated(&parts)
    }
}

/// The page of a pair.
#[derive(Debug, Serialize)]
pub(super) struct PairView {
    page_title: String,
    row: RowView,
    sourced: bool,
    components: Vec<SameView>,
    more: usize,
    phrases: Vec<PhraseView>,
    mistakes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SameView {
    first: String,
    second: String,
    what: String,
    stated: String,
    like: &'static str,
}

#[derive(Debug, Serialize)]
struct PhraseView {
    words: usize,
    first: QuoteView,
    second: QuoteView,
}

/// Words of a design with their line.
#[derive(Clone, Debug, Serialize)]
struct QuoteView {
    line: usize,
    text: String,
}

/// The view of a pair on a page of its own.
pub(super) fn page(pair: &Pair<'_>, context: &SiteContext<'_>) -> (String, PairView) {
    let row = row(pair);
    let view = PairView {
        page_title: format!("{} and {}", row.first.name, row.second.name),
        row,
        sourced: !context.anonymous,
        components: pair.components(context),
        more: pair.common.components.len().saturating_sub(MOST_COMPONENTS),
        phrases: pair.phrases(),
        mistakes: pair.mistakes.iter().map(|it| it.message.clone()).collect(),
    };
    (pair.page.clone(), view)
}

impl Pair<'_> {
    fn components(&self, context: &SiteContext<'_>) -> Vec<SameView> {
        let same = self.common.components.iter().take(MOST_COMPONENTS);
        same.filter_map(|same| {
            let component = self.first.design.components.get(same.first)?;
            Some(SameView {
                first: component.id.clone(),
                second: self.second.design.id(same.second).to_owned(),
                what: what(component, context),
                stated: same.stated.join(", "),
                like: like(same),
            })
        })
        .collect()
    }

    fn phrases(&self) -> Vec<PhraseView> {
        let phrases = self.common.phrases.iter();
        phrases
            .map(|phrase| PhraseView {
                words: phrase.words,
                first: quote(self.first.checked, &phrase.first),
                second: quote(self.second.checked, &phrase.second),
            })
            .collect()
    }
}

/// How alike two components are.
const fn like(same: &Same) -> &'static str {
    match (same.is_whole, same.is_around) {
        (true, true) => "the same, calls and callers too",
        (true, false) => "the same",
        (false, _) => "the same place",
    }
}

/// The technology or the kind of a component.
fn what(component: &Component, context: &SiteContext<'_>) -> String {
    let kinds = &context.catalog.knowledge.vocabulary.kinds;
    let kind = &kinds.info(component.kind).id;
    component.tech_text.clone().unwrap_or_else(|| kind.clone())
}

/// Words with the line on which they begin, or else on which their entry does.
fn quote(checked: &Checked, (place, text): &(Place, String)) -> QuoteView {
    let span = checked.span(*place);
    let source = &checked.source.text;
    let within = source.get(span.start..span.end).unwrap_or_default();
    let start = span.start + within.find(text.as_str()).unwrap_or(0);
    QuoteView {
        line: checked.source.position(start).line,
        text: shortened(text, LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_with_the_line_on_which_they_begin() {
        let text = "sysdrill: 1\nanswers:\n  store: >\n    first line\n    and the second\n";
        let catalog = crate::catalog::Catalog::embedded();
        let source = crate::source::Source::new("one", text);
        let limits = crate::notation::yaml::Limits::default();
        let checked = crate::report::check_text(source, catalog, None, &limits);
        let place = Place::Entry(Part::Answers, 0);
        let line = |said: &str| quote(&checked, &(place, said.to_owned())).line;
        assert_eq!((line("and the second"), line("not there")), (5, 3));
    }
}
