//! The scanner for common YAML against the event parser: it gives the same tree or none, and where the event parser
//! complains it gives none.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;
use sysdrill::notation::yaml::{
    Content, Limits, Node, Sketch, Sort, parse, parse_events, parse_without, scan,
};
use sysdrill::source::Issues;

use crate::{is_asked, same_cases};

/// Limits that no file of the project reaches.
const WIDE: Limits = Limits {
    bytes: 8 << 20,
    depth: 64,
    nodes: 1_000_000,
    components: 10_000,
    raised: false,
};

/// Pieces of which a text is made or into which it is changed: all that means something to YAML, and what looks like it.
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\n  ", "\n    ", "\n\n", "- ", "-", ": ", ":", ":\n", "a", "b: c", "a: ",
    "key", "~", "null", "#", " # c", "[", "]", "{", "}", ", ", ",", "\"", "'", "''", "\\", "\\\"",
    "\\n", "|", ">", "|\n", ">-\n", "|-\n  ", "? ", "?", "&a ", "*a", "!t ", "%", "@", "`", "---",
    "...", "\n---\n", "\t", "\r\n", "é", "\u{85}", "\u{2028}", "\u{feff}", "<<: ", "1", "=",
    "- - ", "[a, b]", "{a: b}", "\"q\"", "'q'", "\u{0}", "\u{7f}", "x: y: z", "a:b", "http://x",
    "(", "-1", ".",
];

/// Whether the scanner took a text. Fails where it says something else than the event parser.
fn is_taken(text: &str, limits: &Limits) -> bool {
    let Some(scanned) = scan(text, limits) else {
        return false;
    };
    let mut issues = Issues::default();
    let parsed = parse_events(text, limits, &mut issues);
    let issues = issues.into_sorted();
    assert!(issues.is_empty(), "{issues:?} in {text:?}");
    assert_eq!(Some(scanned), parsed, "{text:?}");
    true
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            yaml_files(&path, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            files.push(path);
        }
    }
}

/// The YAML files of the project.
fn texts() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["docs", "problems", "rubrics"] {
        yaml_files(&root.join(folder), &mut files);
    }
    files.sort();
    let text = |path: &PathBuf| fs::read_to_string(path).expect("a text");
    files
        .iter()
        .map(|path| (path.clone(), text(path)))
        .collect()
}

#[test]
fn the_files_of_the_project_are_read_the_same_way_by_scanner_and_parser() {
    let all = texts();
    let left: Vec<_> = all
        .iter()
        .filter(|(_, text)| !is_taken(text, &WIDE))
        .map(|(path, _)| path)
        .collect();
    assert!(
        left.is_empty(),
        "{} of {} are not in the subset: {left:#?}",
        left.len(),
        all.len()
    );
}

/// A tree as words, without the entries of some keys.
fn words_without(node: &Node<'_>, unread: &[&str]) -> String {
    let words = |node| words_without(node, unread);
    match &node.content {
        Content::Null => "~".to_owned(),
        Content::Scalar { text, .. } => format!("{text:?}"),
        Content::List(items) => {
            let items: Vec<String> = items.iter().map(words).collect();
            format!("[{}]", items.join(", "))
        }
        Content::Map(entries) => {
            let is_read =
                |(key, _): &&(Node<'_>, Node<'_>)| !unread.contains(&key.text().unwrap_or(""));
            let entries = entries.iter().filter(is_read);
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{}: {}", words(key), words(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[test]
fn what_is_passed_over_takes_nothing_else_with_it() {
    let unread = &["tests", "hits", "misses", "facts", "capacity"];
    let mut passed = 0;
    for (path, text) in texts() {
        let mut issues = Issues::default();
        let whole = parse(&text, &WIDE, &mut issues).expect("a tree");
        let part = parse_without(&text, &WIDE, unread, &mut issues).expect("a tree");
        // In brackets everything is read.
        let (expected, read) = (words_without(&whole, unread), words_without(&part, unread));
        assert_eq!(read, expected, "{}", path.display());
        passed += words_without(&whole, &[]).len() - words_without(&part, &[]).len();
    }
    assert!(passed > 100_000, "{passed}");
}

/// Where the keys of a tree stand, each with the number of steps to it.
fn keys(node: &Node<'_>, depth: usize, found: &mut Vec<(usize, usize)>) {
    for (key, value) in node.entries() {
        found.push((key.span.start, depth));
        keys(value, depth + 1, found);
    }
    if let Content::List(items) = &node.content {
        for item in items {
            keys(item, depth + 1, found);
        }
    }
}

#[test]
fn what_is_sketched_of_the_files_of_the_project_is_what_the_parser_reads() {
    let mut compared = 0;
    for (path, text) in texts() {
        let tree = parse(&text, &WIDE, &mut Issues::default());
        let mut expected = Vec::new();
        keys(&tree.expect("a tree"), 0, &mut expected);
        expected.sort_unstable();
        let sketch = Sketch::of(&text);
        let found = sketch.pieces.iter().filter(|piece| piece.sort == Sort::Key);
        let mut found: Vec<(usize, usize)> = found
            .map(|key| (key.span.start, sketch.path(&text, key.above).len()))
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{}", path.display());
        compared += expected.len();
    }
    assert!(compared > 10_000, "{compared} keys");
}

#[test]
fn what_is_at_a_limit_is_left_to_the_parser_with_its_complaints() {
    let text = "a: [b, {c: [d]}]\n";
    let taken = |nodes, depth| {
        is_taken(
            text,
            &Limits {
                nodes,
                depth,
                ..WIDE
            },
        )
    };
    assert!(taken(8, 4));
    assert!(!taken(7, 4));
    assert!(!taken(8, 3));
    let deep = format!("{}x{}", "[".repeat(5_000), "]".repeat(5_000));
    let limits = Limits {
        depth: 100_000,
        ..WIDE
    };
    assert!(!is_taken(&deep, &limits));
}

/// Cases of each property: a few hundred, or as many as are asked for.
fn cases() -> u32 {
    if is_asked("CASES", "all") {
        200_000
    } else {
        1_500
    }
}

#[test]
fn what_fuzzing_found_is_left_to_the_parser() {
    assert!(!is_taken("a:\n- \n b", &WIDE));
}

#[test]
fn every_form_of_the_subset_is_taken() {
    for text in [
        "a: b",
        "a:\n- b\n- c: d\n  e: f\ng: h\n",
        "- - a\n  - b\n- c\n",
        "a: \"b\\n\\\"\" # c\n'd': 'e''f'\n",
        "# c\n\na: |\n  b\n\n   c\n\nd: >-\n  e\n  f\ng: [a,\n  b]\n",
        "{a: {b: [c]}}",
        "a: ~\nb: null\n",
        "a b: c#d\n",
        "plain",
    ] {
        assert!(is_taken(text, &WIDE), "{text:?}");
    }
}

proptest! {
    #![proptest_config(same_cases(cases()))]

    #[test]
    fn any_text_is_read_the_same_way_or_left_to_the_parser(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14),
    ) {
        is_taken(&pieces.concat(), &WIDE);
    }

    #[test]
    fn a_changed_file_is_read_the_same_way_or_left_to_the_parser(
        file in any::<Index>(),
        lines in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), 0..4_usize, prop::sample::select(PIECES)), 1..4),
    ) {
        let text = piece_of(file.get::<String>(files()), lines);
        let mut chars: Vec<char> = text.chars().collect();
        for (at, removed, piece) in changes {
            let at = at.index(chars.len() + 1);
            let end = (at + removed).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        is_taken(&chars.into_iter().collect::<String>(), &WIDE);
    }
}

fn files() -> &'static [String] {
    static FILES: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    FILES.get_or_init(|| texts().into_iter().map(|(_, text)| text).collect())
}

/// A dozen lines of a text.
fn piece_of(text: &str, lines: Index) -> String {
    let all: Vec<&str> = text.lines().collect();
    let start = lines.index(all.len().saturating_sub(12).max(1));
    all.iter()
        .skip(start)
        .take(12)
        .map(|line| format!("{line}\n"))
        .collect()
}
