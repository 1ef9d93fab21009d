//! What trees are read from which texts, and what is said of those that are none.

use super::*;

fn read(text: &str) -> (Option<Node<'_>>, Vec<String>) {
    let mut issues = Issues::default();
    let node = parse(text, &Limits::default(), &mut issues);
    let messages = issues
        .into_sorted()
        .into_iter()
        .map(|issue| issue.message)
        .collect();
    (node, messages)
}

#[test]
fn every_value_keeps_its_bytes() {
    let text = "é: 'x y'\nlist: [a, \"b\"]\n";
    let (node, issues) = read(text);
    assert!(issues.is_empty(), "{issues:?}");
    let node = node.expect("a map");
    let quoted = node
        .entries()
        .first()
        .map(|(_, value)| value.span)
        .expect("an entry");
    assert_eq!(text.get(quoted.start..quoted.end), Some("x y"));
}

#[test]
fn duplicate_keys_are_named_with_the_line_of_the_first() {
    let (_, issues) = read("a: 1\nb: 2\na: 3\n");
    assert_eq!(issues, ["duplicate key `a`, first on line 1"]);
}

#[test]
fn what_a_merge_key_stands_for_is_taken_as_meant() {
    let (node, issues) = read("a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\ne: {<<: [*a, {f: 4}]}\n");
    let helpless = "merge keys are not supported";
    assert_eq!(issues, [helpless, helpless]);
    let node = node.expect("a map");
    let words = |at: usize| -> Vec<String> {
        let entries = node.entries().get(at).expect("an entry").1.entries();
        let text = |node: &Node<'_>| node.text().expect("a text").to_owned();
        let words = entries.iter();
        words.map(|(key, value)| text(key) + &text(value)).collect()
    };
    assert_eq!(words(1), ["c3", "b1"]);
    assert_eq!(words(2), ["b1", "c2", "f4"]);
}

#[test]
fn an_alias_bomb_is_stopped_by_the_number_of_values() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..12 {
        let refs = vec![format!("*a{}", i - 1); 10].join(", ");
        text.push_str(&format!("a{i}: &a{i} [{refs}]\n"));
    }
    let (_, issues) = read(&text);
    assert!(
        issues
            .iter()
            .any(|issue| issue.contains("values, counting what aliases repeat")),
        "{issues:?}"
    );
}

#[test]
fn a_hundred_thousand_brackets_are_stopped_by_the_depth() {
    let (_, issues) = read(&"[".repeat(100_000));
    assert_eq!(issues.len(), 1, "{issues:?}");
}

#[test]
fn an_alias_within_its_own_anchor_is_an_error() {
    let (_, issues) = read("a: &x [1, *x]\n");
    assert_eq!(issues.len(), 1, "{issues:?}");
}

#[test]
fn what_is_no_yaml_has_its_cure() {
    for (text, cure) in [
        ("a:\n\tb: 1\n", "not with tabs"),
        ("a: b\n\tc: 1\n", "not with tabs"),
        ("a: *b\n", "begins with `*`"),
        ("a: *.example.com\n", "begins with `*`"),
        ("a: @b\n", "such as `@`"),
        ("a: {b: >\n  c}\n", "in quotes"),
        ("a: !b c\n", "begins with `!`"),
        ("a: [!b/c, d]\n", "begins with `!`"),
        ("a: \"c:\\d\"\n", "written twice"),
        ("a: b: c\n", "contains `: `"),
        ("- {a: b: c, d: e}\n", "contains `: `"),
        ("- {a: b c: d}\n", "set the comma"),
        ("a: [b\n", "not closed"),
        ("a: 1\n b: 2\n", "indentation"),
        ("a: {x: 1}\n b: {y: 2}\n", "indentation"),
        ("a: [b\nc: d\n", "not closed"),
        ("- {a: 1}\n  b: 2\n", "begin an entry of the list"),
        ("a:\n  - {b: 1}\n  c: 2\n", "begin an entry of the list"),
        ("a:\n  - b\n  -c -> d\n", "a dash and a space"),
    ] {
        let mut issues = Issues::default();
        let _ = parse(text, &Limits::default(), &mut issues);
        let issues = issues.into_sorted();
        let help = issues.first().and_then(|issue| issue.help.as_deref());
        assert!(
            help.is_some_and(|help| help.contains(cure)),
            "{text}: {issues:?}"
        );
    }
}

#[test]
fn a_merge_that_was_not_finished_is_told_where_it_begins() {
    for (text, line) in [
        (
            "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n",
            2,
        ),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n", 1),
        ("a:\n  - 1\n=======\n  - 2\n>>>>>>> theirs\n", 3),
        ("a: |\n  text\n<<<<<<< HEAD\n  one\n>>>>>>> theirs\n", 3),
        ("a: {b: 1}\n>>>>>>> theirs\n", 2),
    ] {
        let mut issues = Issues::default();
        let _ = parse(text, &Limits::default(), &mut issues);
        let issues = issues.into_sorted();
        let told = issues.first().map(|issue| {
            let before = text.get(..issue.span.start).unwrap_or_default();
            (issue.message.as_str(), before.matches('\n').count() + 1)
        });
        let message = "a merge that was not finished: both sides stand here";
        assert_eq!(told, Some((message, line)), "{text}");
    }
}

#[test]
fn a_line_of_equal_signs_in_what_can_be_read_is_a_text() {
    let (_, issues) = read("a: |\n  title\n  =======\nb: 1\n");
    assert!(issues.is_empty(), "{issues:?}");
}
