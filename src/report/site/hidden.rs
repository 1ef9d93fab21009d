//! Whose a design is, hidden in what is shown of it. It is judged as it stands before that: a name can be part of any word.
//!
//! Knows names, words and the keys that tell of people; what is shown where is the business of the pages.

use crate::assess::Assessment;
use crate::catalog::Catalog;
use crate::model::{Design, Vocabulary};
use crate::notation::design;
use crate::notation::yaml::{self, Content, Edit, Limits, Node};
use crate::report::{Checked, read_alone};
use crate::source::{Gravity, Issue, Issues, Source, Span};

/// What stands in place of a name.
const HIDDEN: &str = "(the author)";

/// The keys of a design whose values tell whose it is.
const TELLING: [&str; 2] = ["author", "title"];

/// The signs of arrows: a text with one is read, and no prose.
const ARROWS: [&str; 2] = ["->", "~>"];

/// In which values of a text a name is blotted out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// In all but keys.
    Wide,
    /// Not in arrows and single words either, each of which can be the name of a part.
    Prose,
    /// In comments alone.
    Comments,
}

/// A design as it is shown without its author: the values of `author` and `title` are gone, and the author's name is blotted
/// out of what was written, of what the rules say of it, and of what mentors say. Lines keep their numbers.
#[must_use]
pub fn anonymous(judged: Checked, catalog: &Catalog, limits: &Limits) -> Checked {
    let author = judged.head.author.clone().unwrap_or_default();
    let name = Name::of(&author);
    let text = hidden(&judged.source.text, &name, catalog, limits);
    let source = Source::new(judged.source.name.as_str(), text);
    let mut shown = read_alone(source, catalog, limits).judged_as(judged);
    for issue in &mut shown.issues {
        name.blot(&mut issue.message);
        issue.help.iter_mut().for_each(|help| name.blot(help));
    }
    if let Some(assessment) = &mut shown.assessment {
        blot(assessment, &name);
    }
    for reviewed in &mut shown.reviews {
        reviewed.review.each_text(|text| name.blot(text));
    }
    shown
}

/// Blots a name out of what is quoted of a design. Why something matters and what to do about it are the rules' own words.
fn blot(assessment: &mut Assessment, name: &Name) {
    for finding in &mut assessment.findings {
        name.blot(&mut finding.message);
        let evidence = finding.evidence.iter_mut().map(|(_, text)| text);
        let lists = [
            &mut finding.grounds,
            &mut finding.seen,
            &mut finding.missing,
        ];
        let texts = lists.into_iter().flatten().chain(evidence);
        texts.for_each(|text| name.blot(text));
        if let Some(accepted) = &mut finding.allowed {
            name.blot(&mut accepted.reason);
            accepted.owner.iter_mut().for_each(|text| name.blot(text));
        }
    }
    for strength in &mut assessment.strengths {
        name.blot(&mut strength.message);
    }
}

/// The text without what tells whose it is, which draws and counts what it did before: a name is left where blotting it out
/// would make another design.
fn hidden(text: &str, name: &Name, catalog: &Catalog, limits: &Limits) -> String {
    let mut issues = Issues::default();
    let Some(root) = yaml::parse(text, limits, &mut issues) else {
        return text.to_owned();
    };
    let vocabulary = &catalog.knowledge.vocabulary;
    let before = shape(text, vocabulary, limits);
    let mut hidden = String::new();
    for reach in [Reach::Wide, Reach::Prose, Reach::Comments] {
        hidden = yaml::edited(text, &edits(text, &root, name, reach));
        if shape(&hidden, vocabulary, limits) == before {
            break;
        }
    }
    hidden
}

/// What a text draws and states, and how many mistakes are in it.
fn shape(text: &str, vocabulary: &Vocabulary, limits: &Limits) -> (Vec<String>, Vec<usize>) {
    let reading = design::read(text, vocabulary, limits);
    let is_error = |issue: &&Issue| issue.gravity == Gravity::Error;
    let errors = reading.issues.iter().filter(is_error).count();
    let design: Design = reading.design;
    let components = design.components.iter();
    let connections = design.connections.iter();
    let flows = design.flows.iter();
    let drawn = components
        .map(|one| format!("{} {:?} {:?}", one.id, one.kind, one.tech))
        .chain(connections.map(|one| format!("{} {} {}", one.from, one.to, one.asynchronous)))
        .chain(flows.map(|one| format!("{} {:?} {:?}", one.id, one.route, one.rate)))
        .chain(
            design
                .data
                .iter()
                .map(|one| format!("{} {:?}", one.name, one.store)),
        )
        .chain(design.estimates.iter().map(|one| one.name.clone()));
    let counts = vec![
        errors,
        design.api.len(),
        design.decisions.len(),
        design.answers.len(),
        design.allow.len(),
    ];
    (drawn.collect(), counts)
}

/// What is changed of a text.
fn edits(text: &str, root: &Node<'_>, name: &Name, reach: Reach) -> Vec<Edit> {
    let mut kept = Vec::new();
    let mut edits = Vec::new();
    let entries = match &root.content {
        Content::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    for (key, value) in entries {
        if key.text().is_some_and(|key| TELLING.contains(&key)) {
            edits.extend(emptied(text, key, value));
        } else {
            kept.push(key.span);
            keep(value, reach, &mut kept);
        }
    }
    kept.extend(edits.iter().map(|(span, _)| *span));
    kept.sort_unstable();
    let is_free = |span: &Span| {
        let next = kept.partition_point(|one| one.end <= span.start);
        kept.get(next).is_none_or(|one| one.start >= span.end)
    };
    let found = name.found(text);
    let found = found.into_iter().filter(|words| words.iter().all(is_free));
    edits.extend(found.flat_map(blotted));
    edits
}

/// Collects the values in which nothing is changed.
fn keep(node: &Node<'_>, reach: Reach, kept: &mut Vec<Span>) {
    match &node.content {
        Content::Null => {}
        Content::Scalar { text, .. } => {
            let is_word = !text.trim().contains(char::is_whitespace);
            let is_read = ARROWS.iter().any(|arrow| text.contains(arrow));
            let is_kept = match reach {
                Reach::Wide => false,
                Reach::Prose => is_word || is_read,
                Reach::Comments => true,
            };
            if is_kept {
                kept.push(node.span);
            }
        }
        Content::List(nodes) => nodes.iter().for_each(|node| keep(node, reach, kept)),
        Content::Map(entries) => {
            for (key, value) in entries {
                kept.push(key.span);
                keep(value, reach, kept);
            }
        }
    }
}

/// The value of a key made an empty text, with everything between the two; the lines that it stood on stay. What is empty
/// already stays as it is.
fn emptied(text: &str, key: &Node<'_>, value: &Node<'_>) -> Option<Edit> {
    if value.content == Content::Null {
        return None;
    }
    let start = yaml::outer(text, key).end;
    let colon = start + text.get(start..)?.find(':')? + 1;
    let end = yaml::outer(text, value).end.max(colon);
    let lines = text.get(colon..end)?.matches('\n').count();
    Some((Span::new(colon, end), format!(" ''{}", "\n".repeat(lines))))
}

/// The words of a name replaced; what stands between them goes too, but for the ends of lines.
fn blotted(words: Vec<Span>) -> impl Iterator<Item = Edit> {
    let first = words.first().copied();
    let stands_in = move |span: Span| if Some(span) == first { HIDDEN } else { "" };
    words
        .into_iter()
        .map(move |span| (span, stands_in(span).to_owned()))
}

/// The name of an author, by its words.
struct Name<'a> {
    words: Vec<&'a str>,
}

impl<'a> Name<'a> {
    fn of(author: &'a str) -> Self {
        Self {
            words: author.split_whitespace().collect(),
        }
    }

    /// Blots the name out of a text.
    fn blot(&self, text: &mut String) {
        let found = self.found(text);
        if !found.is_empty() {
            let edits: Vec<Edit> = found.into_iter().flat_map(blotted).collect();
            *text = yaml::edited(text, &edits);
        }
    }

    /// Where the name stands in a text, in capitals or not, each time with the places of its words.
    fn found(&self, text: &str) -> Vec<Vec<Span>> {
        let mut found = Vec::new();
        let mut free = 0;
        for (at, _) in text.char_indices() {
            if at < free || is_joined_before(text, at) {
                continue;
            }
            if let Some(words) = self.at(text, at) {
                free = words.last().map_or(at, |word| word.end);
                found.push(words);
            }
        }
        found
    }

    /// The places of its words, where it begins at a place.
    fn at(&self, text: &str, at: usize) -> Option<Vec<Span>> {
        let mut at = at;
        let mut places = Vec::new();
        for word in &self.words {
            if !places.is_empty() {
                let rest = text.get(at..)?;
                let next = rest.trim_start();
                at += rest.len() - next.len();
            }
            let end = at + same_start(text.get(at..)?, word)?;
            if is_joined_before(text, end) {
                return None;
            }
            places.push(Span::new(at, end));
            at = end;
        }
        (!places.is_empty()).then_some(places)
    }
}

/// How many bytes of a text are a word, in capitals or not.
fn same_start(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in word.chars() {
        let (_, c) = rest.next()?;
        if c != wanted && !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.next().map_or(text.len(), |(at, _)| at))
}

/// Whether what stands before and behind a place of a text is one word: letters, digits and underscores, with a hyphen between
/// them or none.
fn is_joined_before(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    let mut before = before.chars().rev();
    let mut behind = behind.chars();
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let stands_alone = |c: Option<char>| c.is_some_and(stands_alone);
    match (before.next(), behind.next()) {
        (Some('-'), next) => is_part(next) && is_part(before.next()),
        (last, Some('-')) => is_part(last) && is_part(behind.next()),
        (last, next) => {
            is_part(last) && is_part(next) && !stands_alone(last) && !stands_alone(next)
        }
    }
}

/// Whether a letter is of a script that puts no spaces around names: those of East and Southeast Asia.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, author: &str) -> String {
        let mut text = text.to_owned();
        Name::of(author).blot(&mut text);
        text
    }

    #[test]
    fn names_are_whole_words_in_capitals_or_not() {
        for (text, author, expected) in [
            (
                "Lin says lin's links",
                "lin",
                "(the author) says (the author)'s links",
            ),
            (
                "lin-cache, lin_id, Linda, pre-lin",
                "Lin",
                "lin-cache, lin_id, Linda, pre-lin",
            ),
            (
                "by LIN - and lin.",
                "Lin",
                "by (the author) - and (the author).",
            ),
            (
                "so Ada  Byron\n  thinks",
                "ada byron",
                "so (the author)  \n  thinks",
            ),
            (
                "so Ada\n  Byron thinks",
                "Ada Byron",
                "so (the author)\n   thinks",
            ),
            ("Ada thinks", "Ada Byron", "Ada thinks"),
            ("李明认为", "李明", "(the author)认为"),
            ("ÉMILE", "émile", "(the author)"),
            ("nobody", "", "nobody"),
        ] {
            assert_eq!(without(text, author), expected);
        }
    }

    fn shown(text: &str) -> Checked {
        let (catalog, limits) = (Catalog::embedded(), Limits::default());
        let source = Source::new("candidate-01", text);
        let judged = crate::report::check_text(source, catalog, None, &limits);
        let before = judged.assessment.as_ref().map(|it| it.score.clone());
        let lines = judged.source.text.lines().count();
        let shown = anonymous(judged, catalog, &limits);
        assert_eq!(shown.assessment.as_ref().map(|it| it.score.clone()), before);
        assert_eq!(shown.source.text.lines().count(), lines);
        assert_eq!((&shown.head.author, &shown.head.title), (&None, &None));
        shown
    }

    #[test]
    fn author_and_title_are_hidden_however_they_are_written() {
        for head in [
            "sysdrill: 1\ntitle: Secret\nauthor: Ana\n",
            "sysdrill: 1\n\"title\": Secret\n'author' : 'Ana'\n",
            "{sysdrill: 1, title: Secret, author: \"Ana\", answers: {why: Ana says so}}\n",
            "sysdrill: 1\ntitle: >\n  Secret\n  secret\nauthor:\n  Ana\nanswers: {who: ANA}\n",
            "sysdrill: 1\nauthor: Ana # Ana\ntitle: |-\n  Secret: a\n\n  b secret\n\nanswers:\n  why: so\n",
            "sysdrill: 1\ntitle: \"Secret\n  secret\"\nauthor: Ana\n",
            "sysdrill: 1\ntitle: ''\nauthor: Ana\n# by Ana\n",
        ] {
            let shown = shown(head);
            let text = shown.source.text.to_lowercase();
            assert!(!shown.has_errors(), "{text}\n{:?}", shown.issues);
            assert!(!text.contains("secret"), "{text}");
            assert!(!text.contains("ana"), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_also_one_of_a_part_leaves_the_design_as_it_is() {
        let text = "sysdrill: 1\nauthor: lin\ncomponents:\n  web: client\n  lin: service\n  links: postgres\n\
            connections: [web -> lin -> links]\ndata: {link: {store: links, key: code}}\nanswers: {why: Lin thinks so}\n";
        let one = shown(text);
        assert!(one.assessment.is_some());
        assert!(one.source.text.contains("web -> lin -> links"));
        assert!(one.source.text.contains("(the author) thinks so"));
        // Where it is a word of a value, and not of a key.
        let other = shown(
            &text
                .replace("lin -> links]", "links]")
                .replace("store: links", "store: lin"),
        );
        assert!(other.source.text.contains("store: lin,"));
        assert!(other.source.text.contains("(the author) thinks so"));
    }
}
