//! Merging keeps every word, and mistakes are told where they stand.

use proptest::prelude::*;

use super::*;
use crate::source::Source;

const FINGERPRINT: &str = "0123456789abcdef0123456789abcdef";

fn found(number: u8, severity: Severity) -> Found {
    Found {
        rule: format!("rule-{}", number % 5),
        about: vec![format!("part {number}")],
        severity,
        says: format!("part {number}: it's not so: #{number}"),
        fingerprint: format!("{number:032x}"),
    }
}

fn some_found() -> impl Strategy<Value = Vec<Found>> {
    let one = (0..24_u8, prop::sample::select(Severity::ALL));
    prop::collection::vec(
        one.prop_map(|(number, severity)| found(number, severity)),
        0..10,
    )
}

fn some_words() -> impl Strategy<Value = Vec<(usize, &'static str)>> {
    let word = prop::sample::select(vec![
        "verdict: accept",
        "verdict: reject\n    reason: |\n      no: # not so\n\n      it is not",
        "verdict: change # unsure\n    severity: note\n    reason: 'mild: it''s fine'",
        "verdict: change\n    credit: 50%\n    reason: half",
        "verdict: undecided\n    # I'll come back to this",
    ]);
    prop::collection::vec((0..12_usize, word), 0..8)
}

/// A mentor writes words on some findings into the file.
fn spoken(text: &str, words: &[(usize, &str)]) -> String {
    const BLANK: &str = "verdict: undecided\n    reason: \"\"";
    let mut parts: Vec<String> = text.split(BLANK).map(str::to_owned).collect();
    let last = parts.pop().unwrap();
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        let word = words.iter().find(|(of, _)| *of == at);
        text.push_str(part);
        text.push_str(word.map_or(BLANK, |(_, word)| word));
    }
    text + &last
}

fn clean(text: &str) -> Review {
    let (review, issues) = read(text);
    assert!(issues.is_empty(), "{issues:?} in\n{text}");
    review
}

fn decided(review: &Review) -> Vec<Decision> {
    let words = review.findings.iter().filter(|one| one.is_decided());
    words
        .map(|one| Decision {
            gone: None,
            ..one.clone()
        })
        .collect()
}

fn first(found: &[Found]) -> String {
    let design = Said {
        value: "a.design.yaml".to_owned(),
        ..Said::default()
    };
    let empty = write(&Review {
        design,
        ..Review::default()
    });
    merged(&empty, &clean(&empty), found, FINGERPRINT).text
}

proptest! {
    #![proptest_config(crate::same_cases(96))]

    #[test]
    fn merging_keeps_every_word_and_does_so_once(
        before in some_found(),
        after in some_found(),
        words in some_words(),
        same_design: bool,
    ) {
        let text = spoken(&first(&before), &words);
        let review = clean(&text);
        let print = if same_design { FINGERPRINT } else { "fedcba9876543210fedcba9876543210" };
        let changed = merged(&text, &review, &after, print);
        prop_assert!(!changed.anew, "{text}\n{}", changed.text);
        let again = clean(&changed.text);
        prop_assert_eq!(decided(&review), decided(&again));
        for line in text.lines().filter(|line| line.contains("come back") || line.contains("unsure")) {
            prop_assert!(changed.text.contains(line), "{}", changed.text);
        }
        for found in &after {
            let listed = again.findings.iter().filter(|one| one.found.fingerprint == found.fingerprint);
            prop_assert_eq!(listed.count(), 1);
        }
        let gone = again.findings.iter().filter(|one| one.gone.is_some());
        for one in gone {
            prop_assert!(after.iter().all(|found| found.fingerprint != one.found.fingerprint));
            prop_assert_eq!(one.gone, Some(if same_design { Gone::Rules } else { Gone::Design }));
        }
        let twice = merged(&changed.text, &again, &after, print);
        prop_assert_eq!(&twice.text, &changed.text);
        prop_assert_eq!(twice.new, 0);
        let back = merged(&changed.text, &again, &before, FINGERPRINT);
        prop_assert!(clean(&back.text).findings.iter().filter(|one| before.contains(&one.found)).all(|one| one.gone.is_none()));
    }

    #[test]
    fn what_was_written_is_read_back(found in some_found(), words in some_words()) {
        let review = clean(&spoken(&first(&found), &words));
        let text = write(&review);
        prop_assert_eq!(write(&clean(&text)), text);
    }
}

#[test]
fn the_mentors_layout_lasts() {
    let text = "sysdrill_review: 1 # mine\r\ndesign: 'a.design.yaml'\r\n\r\nfindings:\r\n-   rule: rule-1\r\n    found: major\r\n    \
        fingerprint: \"00000000000000000000000000000001\"\r\n    verdict: reject\r\n    reason: no\r\n    # really\r\ncomments: []\r\n";
    let changed = merged(
        text,
        &clean(text),
        &[found(2, Severity::Minor)],
        FINGERPRINT,
    );
    assert!(!changed.anew, "{}", changed.text);
    assert_eq!((changed.new, changed.gone), (1, 1));
    let expected = format!(
        "sysdrill_review: 1 # mine\r\ndesign: 'a.design.yaml'\r\nfingerprint: {FINGERPRINT}\r\n\r\nfindings:\r\n-   rule: rule-1\r\n    \
        found: major\r\n    fingerprint: \"00000000000000000000000000000001\"\r\n    gone: design\r\n    verdict: reject\r\n    \
        reason: no\r\n    # really\r\n\r\n- rule: rule-2\r\n  about: [part 2]\r\n  found: minor\r\n  says: \"part 2: it's not so: #2\"\r\n  \
        fingerprint: \"00000000000000000000000000000002\"\r\n  verdict: undecided\r\n  reason: \"\"\r\ncomments: []\r\n"
    );
    assert_eq!(changed.text, expected);
}

#[test]
fn a_list_in_brackets_is_written_anew_and_says_so() {
    let text = format!(
        "{{sysdrill_review: 1, design: a, findings: [{{rule: r, found: note, fingerprint: {FINGERPRINT}, verdict: accept}}]}}"
    );
    let changed = merged(
        &text,
        &clean(&text),
        &[found(1, Severity::Note)],
        FINGERPRINT,
    );
    assert!(changed.anew);
    let again = clean(&changed.text);
    assert_eq!((again.findings.len(), decided(&again).len()), (2, 1));
}

#[test]
fn every_mistake_has_its_place_and_its_cure() {
    let text = "sysdrill_review: 2\ndesign: ../a\ncomplete: perhaps\noverall: 120\nmarks: {scale: much, depth: 3}\nmentr: me\n\
        findings:\n  - {rule: r, found: grave, fingerprint: 12, verdict: acept}\n  \
        - {rule: r, found: note, fingerprint: 0123456789abcdef0123456789abcdef, verdict: reject}\n  \
        - {rule: r, found: note, fingerprint: 0123456789abcdef0123456789abcdef, verdict: accept, severity: minor}\n  \
        - {rule: r, found: note, fingerprint: 0123456789abcdef0123456789abcdef, verdict: change, reason: so}\n\
        added:\n  - {step: step9, severity: minor, message: ' ', weight: -1}\n\
        comments:\n  - {line: 0, text: x}\n  - text\n";
    let expected = [
        "1:18 unknown format `2`; this program reads format 1",
        "2:9 `../a` is no file name; a file name alone: a review lies beside its design",
        "3:11 `perhaps` is neither yes nor no; write `yes` or `no`",
        "4:10 `120` is no percentage; a number from 0 to 100",
        "5:16 `much` is no percentage; a number from 0 to 100",
        "5:22 unknown key `depth` of `marks`; one of `requirements`, `estimation`, `high_level`, `detailed`, `scale`",
        "6:1 unknown key `mentr` of a review; did you mean `mentor`?",
        "8:22 unknown found `grave`; one of `note`, `minor`, `major`, `blocker`",
        "8:42 this is no fingerprint; 32 hexadecimal digits, as the JSON report has them",
        "8:55 unknown verdict `acept`; did you mean `accept`?",
        "9:84 `reject` without a reason; add `reason: ...`: candidates read it, and rules are mended by it",
        "10:102 a severity with `verdict: accept`; write `verdict: change`, or remove it",
        "11:84 a change that changes nothing; add `severity: minor` or `credit: 50%`",
        "13:12 unknown step `step9`; one of `requirements`, `estimation`, `high_level`, `detailed`, `scale`",
        "13:46 an empty text; write a word or remove the entry",
        "13:58 `-1` is no weight; a number from 0 to 50",
        "15:12 `0` is no line; the number of a line of the design file, from 1",
        "16:5 a text where a comment should stand, a map of keys and values; write `key: value`, each on a line of its own",
    ];
    assert_eq!(complaints(text), expected);
}

#[test]
fn a_mistake_hides_no_other_and_brings_none_along() {
    for (finding, expected) in [
        (
            "{rule: r, found: note, verdict: reject, credit: lots}",
            &[
                "without `fingerprint`",
                "a credit with",
                "`reject` without",
                "`lots` is no",
            ][..],
        ),
        (
            "{rule: [r], found: grave, verdict: change, gone: why}",
            &[
                "without `fingerprint`",
                "a list",
                "unknown found",
                "changes nothing",
                "`change` without",
                "unknown gone",
            ],
        ),
        (
            "{rule: r, found: note, fingerprint: 0123456789abcdef0123456789abcdef, verdict: acept, credit: 50}",
            &["unknown verdict"],
        ),
        (
            "{rule: r, found: note, fingerprint: 0123456789abcdef0123456789abcdef, verdict: change, severity: grave, reason: x}",
            &["unknown severity"],
        ),
    ] {
        let text = format!("sysdrill_review: 1\ndesign: a\nfindings: [{finding}]\n");
        let told = complaints(&text);
        let is_told = |words: &&&str| told.iter().any(|one| one.contains(**words));
        assert_eq!(
            expected.iter().filter(is_told).count(),
            expected.len(),
            "{finding}: {told:#?}"
        );
        assert_eq!(told.len(), expected.len(), "{finding}: {told:#?}");
    }
}

fn complaints(text: &str) -> Vec<String> {
    let source = Source::new("a.review.yaml", text);
    let (_, issues) = read(text);
    let told = issues.iter().map(|issue| {
        let at = source.position(issue.span.start);
        let help = issue.help.as_deref().unwrap_or("no cure");
        format!("{}:{} {}; {help}", at.line, at.column, issue.message)
    });
    told.collect()
}
