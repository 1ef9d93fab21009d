//! Everything that reads what strangers write, each as a function of bytes that must return: no panic, no hang. Fuzzing
//! calls them with what it makes up, and a test of the program with what fuzzing kept.

use std::borrow::Cow;
use std::time::Duration;

use sysdrill::assess;
use sysdrill::catalog::{self, Catalog};
use sysdrill::coach::{Event, Line, Options, Session};
use sysdrill::editor::{Draft, of_checked};
use sysdrill::model::Severity;
use sysdrill::model::quantity::{NoNames, evaluate};
use sysdrill::notation::foreign::{NOTATIONS, translate};
use sysdrill::notation::yaml::{Content, Limits, Node, parse_events, scan};
use sysdrill::notation::{arrows, baseline, config, design, review};
use sysdrill::report::{Document, check_text};
use sysdrill::source::{Gravity, Issues, Source, Span};

/// A reader: it must return from any bytes.
pub type Reader = fn(&[u8]);

/// The readers by name, which is also that of the folder in `fuzz/corpus`.
pub const READERS: &[(&str, Reader)] = &[
    ("design", design_file),
    ("rubric", rubric_file),
    ("arrows", arrow_form),
    ("expression", expression),
    ("config", configuration),
    ("baseline", baseline_file),
    ("review", review_file),
    ("diagram", diagram_file),
    ("interview", interview),
    ("subset", common_yaml),
];

/// Smaller than the program's limits, so that an input that reaches one is small too.
const LIMITS: Limits = Limits {
    bytes: 1 << 16,
    depth: 40,
    nodes: 5_000,
    components: 200,
    raised: false,
};

/// A design, read and judged where it can be.
fn design_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let catalog = Catalog::embedded();
    written(text, catalog);
    let reading = design::read(text, &catalog.knowledge.vocabulary, &LIMITS);
    if reading
        .issues
        .iter()
        .all(|issue| issue.gravity != Gravity::Error)
    {
        let _ = assess::assess(&reading.design, catalog, None);
    }
}

/// A design as an editor has it: something is asked about places all over it, and whatever is to be changed lies in it.
fn written(text: &str, catalog: &Catalog) {
    let draft = Draft::new(text, Document::Design, catalog);
    let lies_in_it = |span: Span| text.get(span.start..span.end).is_some();
    let checked = check_text(Source::new("a", text), catalog, None, &LIMITS);
    let remarks = of_checked(&checked, catalog);
    let step = text.len() / 8 + 1;
    for (byte, _) in text.char_indices().step_by(step) {
        let proposals = draft.proposals(byte);
        assert!(proposals.is_none_or(|proposals| lies_in_it(proposals.replaced)));
        assert!(
            draft
                .hover(byte, Some(&checked))
                .is_none_or(|(span, _)| lies_in_it(span))
        );
        let renamed = draft.renamed(byte, "other").unwrap_or_default();
        assert!(renamed.into_iter().all(|(span, _)| lies_in_it(span)));
        let _ = draft.rule_at(byte);
    }
    let fixes = draft.fixes(Span::new(0, text.len()), &remarks, Some(&checked));
    let edits = fixes.iter().flat_map(|fix| &fix.edits);
    assert!(edits.into_iter().all(|(span, _)| lies_in_it(*span)));
    assert!(draft.outline().iter().all(|entry| lies_in_it(entry.whole)));
}

/// Paths of all sorts of content that a user's folder may hold; at most [`MOST_CHOICES`].
const CONTENT: &[&str] = &[
    "rubrics/general/own.yaml",
    "rubrics/concepts/own.yaml",
    "rubrics/technologies/own.yaml",
    "rubrics/figures.yaml",
    "rubrics/scoring.yaml",
    "rubrics/language.yaml",
    "rubrics/platform.yaml",
    "rubrics/kinds.yaml",
    "rubrics/reference/own.yaml",
    "problems/own/problem.yaml",
    "rubrics/talk.yaml",
    "rubrics/drills.yaml",
    "rubrics/tutorial.yaml",
];

/// What a first byte can choose among, more than there is: what was kept goes on choosing the same when something is added.
const MOST_CHOICES: u8 = 16;

/// A file of rules, concepts, a problem or other content; the first byte says which.
fn rubric_file(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let Some(path) = CONTENT.get(usize::from(*first % MOST_CHOICES)) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let kinds = catalog::embedded_text("rubrics/kinds.yaml").unwrap_or_default();
    let loaded = catalog::load(&[("rubrics/kinds.yaml", kinds)], &[(path, text)]);
    for (source, issues) in &loaded.mistakes {
        for issue in issues {
            let _ = source.position(issue.span.start);
        }
    }
}

/// Arrows, as they are drawn in examples and at the prompt.
fn arrow_form(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = arrows::parse_chain(text);
    let node = Node {
        span: Span::new(0, text.len()),
        content: Content::Scalar {
            text: Cow::Borrowed(text),
            verbatim: true,
        },
    };
    let _ = design::read_fragment(&node, &Catalog::embedded().knowledge.vocabulary);
}

/// A figure or an expression; what comes of it is shown and read again.
fn expression(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(figure) = evaluate(text, &NoNames) {
        let _ = figure.shown();
        let _ = figure.quantity.to_string();
    }
}

/// A `sysdrill.yaml`.
fn configuration(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = config::read(text, &LIMITS);
    }
}

/// A baseline; what is read of it without a complaint and written is read again and written the same.
fn baseline_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (entries, issues) = baseline::read(text);
    if issues.is_empty() {
        let written = baseline::write(&entries);
        let (again, complaints) = baseline::read(&written);
        assert!(complaints.is_empty(), "{complaints:?}");
        assert_eq!(baseline::write(&again), written);
    }
}

/// A review; what is read of it without a complaint keeps all of the mentor's words when findings are merged into it, and
/// merging them once more changes nothing.
fn review_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (before, issues) = review::read(text);
    if !issues.is_empty() {
        return;
    }
    let found = |fingerprint: &str| review::Found {
        rule: "some-rule".to_owned(),
        about: vec!["a: part".to_owned()],
        severity: Severity::Major,
        says: "it's #1".to_owned(),
        fingerprint: fingerprint.to_owned(),
    };
    let known = before.findings.iter().step_by(2);
    let known = known.map(|one| found(&one.found.fingerprint));
    let now: Vec<review::Found> = known.chain([found(PRINT)]).collect();
    let merged = review::merged(text, &before, &now, PRINT);
    let (after, issues) = review::read(&merged.text);
    assert!(issues.is_empty(), "{issues:?} in {:?}", merged.text);
    let reasons = |review: &review::Review| -> Vec<String> {
        let decided = review.findings.iter().filter(|one| one.is_decided());
        decided.map(|one| one.reason.clone()).collect()
    };
    assert_eq!(reasons(&before), reasons(&after));
    let again = review::merged(&merged.text, &after, &now, PRINT);
    assert_eq!(again.text, merged.text);
}

/// A fingerprint.
const PRINT: &str = "0123456789abcdef0123456789abcdef";

/// A diagram of another tool, in the notation that the first byte says; the design that is made of it is read without a
/// complaint and written the same.
fn diagram_file(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let Some(notation) = NOTATIONS.get(usize::from(*first % MOST_CHOICES)) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    for drawn in (notation.read)(text, &mut Issues::default()) {
        let written = design::write(&translate(&drawn, vocabulary).design, vocabulary);
        let reading = design::read(&written, vocabulary, &Limits::default());
        let issues = reading.issues;
        assert!(issues.is_empty(), "{issues:?} in {written:?}");
        assert_eq!(design::write(&reading.design, vocabulary), written);
    }
}

/// Lines of an interview that are typed before it is long enough.
const MOST_LINES: usize = 40;

/// What stands in a line for the end of one where several come at once.
const BREAK: char = '\u{c}';

/// An interview on the problem that the first byte chooses, in which each line is typed. Whatever that is, the file that
/// would be saved now says the same when it is read.
fn interview(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let catalog = Catalog::embedded();
    let Some(problem) = catalog.problems.get(usize::from(*first % MOST_CHOICES)) else {
        return;
    };
    let options = Options {
        problem: problem.id.clone(),
        seed: u64::from(*first),
        exam: *first / MOST_CHOICES % 4 == 1,
        twist: *first / MOST_CHOICES % 2 == 1,
        untimed: *first < 128,
        ..Options::default()
    };
    let Ok((mut session, _)) = Session::begin(catalog, options) else {
        return;
    };
    let mut at = Duration::ZERO;
    for typed in text.lines().take(MOST_LINES) {
        let line = if typed.contains(BREAK) {
            Line::Pasted(typed.replace(BREAK, "\n"))
        } else {
            Line::Text(typed.to_owned())
        };
        at += Duration::from_secs(7);
        let _ = session.turn(&Event { at, line });
        let _ = session.prompt(at);
        saved(&session, catalog);
        if session.is_over() {
            return;
        }
    }
}

/// The file of a session reads back.
fn saved(session: &Session<'_>, catalog: &Catalog) {
    let vocabulary = &catalog.knowledge.vocabulary;
    let design = session.design();
    let text = design::write(&design, vocabulary);
    let reading = design::read(&text, vocabulary, &Limits::default());
    let mut issues = reading.issues.iter();
    assert!(
        issues.all(|issue| issue.gravity != Gravity::Error),
        "{:?} in {text}",
        reading.issues
    );
    assert_eq!(reading.design, design);
}

/// The scanner for common YAML, which says what the event parser says or nothing.
fn common_yaml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Some(scanned) = scan(text, &LIMITS) else {
        return;
    };
    let mut issues = Issues::default();
    let parsed = parse_events(text, &LIMITS, &mut issues);
    assert!(issues.is_empty(), "{:?} in {text:?}", issues.into_sorted());
    assert_eq!(Some(scanned), parsed, "{text:?}");
}
