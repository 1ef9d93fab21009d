//! Mistakes in what is neither rule nor problem: drills, the tutorial, kinds, what is usual around them, and plans of mutants.
//! Each is told where it stands, whatever else is wrong beside it. And what expressions of rules find, in words.

use sysdrill::assess::mutation::Plan;
use sysdrill::catalog::{Catalog, EMBEDDED, load};
use sysdrill::notation::yaml::{self, Content, Limits, Node};
use sysdrill::rubric::Pattern;
use sysdrill::source::{Issue, Issues, Source};

/// Lines with a word of each complaint, in the order of the text.
type Told = &'static [(usize, &'static str)];

/// A file, its text, and what is told of it.
const FILES: &[(&str, &str, Told)] = &[
    (
        "rubrics/drills.yaml",
        "\
reed: {estimate: x}
read: {estimate: nowhere/at-all, los: scaling/estimation, store: [a]}
stores:
  - {id: a, need: n, why: w, reference: databases/nowhere, fits: {kind: kache, replicsa: 2}, because: [no-such], words: ['(']}
  - {ned: n}
  - a store
designs:
  - {id: d, lesson: [l], reference: caching/cache-aside, design: {components: {web: clent}, flows: {f: web -> api}}}
  - {id: e, lesson: l, reference: caching/cache-aside, design: 'web -> api'}
  - {id: f}
",
        &[
            (1, "unknown key `reed` of the drills | did you mean `read`?"),
            (2, "unknown page of the reference `nowhere/at-all`"),
            (2, "unknown key `los` of the pages to read | did you mean `loss`?"),
            (2, "a list where a text is expected"),
            (4, "unknown page of the reference `databases/nowhere`"),
            (4, "unknown kind `kache` | did you mean `cache`?"),
            (4, "`replicsa`"),
            (4, "unknown concept `no-such`"),
            (4, "not a regular expression"),
            (5, "a need without `id`, `why`, `reference` and `fits` | add `id: ...`"),
            (5, "unknown key `ned` of a need | did you mean `need`?"),
            (6, "a text where a need should stand"),
            (8, "a list where a text is expected"),
            (8, "unknown kind or technology `clent` | did you mean `client`?"),
            (8, "unknown component `api`"),
            (9, "a small design without a flow | add `flows:"),
            (10, "a small design without `lesson`, `reference` and `design`"),
        ],
    ),
    (
        "rubrics/tutorial.yaml",
        "\
tutorial:
  problem: {id: toy, titel: Toy, prompt: p, facts: [{id: a, asks: ['('], answer: y}]}
  lessons:
    - {id: one, say: s, try: t, done: d, otherwise: o, until: {flaw: {}}, step: scal, typed: '['}
    - {id: two, say: s, try: t, done: d, otherwise: o}
    - {say: s, until: {component: {kind: kache}}}
    - lesson
",
        &[
            (2, "unknown key `titel` of a problem | did you mean `title`?"),
            (2, "not a regular expression"),
            (4, "unknown condition `flaw` | did you mean `flow`?"),
            (4, "unknown step `scal` | did you mean `scale`?"),
            (4, "not a regular expression"),
            (5, "a lesson that waits for nothing | add `typed`, `until` or `step`"),
            (6, "a lesson without `id`, `try`, `done` and `otherwise`"),
            (6, "unknown kind `kache` | did you mean `cache`?"),
            (7, "a text where a lesson should stand"),
        ],
    ),
    (
        "rubrics/talk.yaml",
        "\
talk:
  filers: [um]
  describing: {artcles: [the]}
  questions: {alike: words}
  giving_up: ['(']
  asides:
    - {say: Hello}
    - {heard: hi, then: nothing}
",
        &[
            (2, "unknown key `filers` of the talk | did you mean `fillers`?"),
            (3, "unknown key `artcles` of lists of words | did you mean `articles`?"),
            (5, "not a regular expression"),
            (7, "an aside without `heard`"),
            (8, "`nothing`"),
        ],
    ),
    (
        "rubrics/kinds.yaml",
        "\
kinds:
  - {id: a, parent: nobody, spreads: perhaps, delivers: all, shape: round, usual: {latency: {from: 5/s, to: 1ms}}}
  - {parent: client, tittle: t}
  - {id: b, usual: {latencyy: {}}, names: {x: y}}
  - kind
",
        &[
            (2, "unknown parent `nobody` | parents come before their children"),
            (2, "`perhaps` is neither yes nor no"),
            (2, "unknown delivers `all`"),
            (2, "unknown shape `round`"),
            (2, "a range without `source`"),
            (2, "`5/s` is not a duration"),
            (3, "a kind without `id` | add `id: ...`"),
            (3, "unknown key `tittle` of a kind | did you mean `title`?"),
            (4, "unknown key `latencyy`"),
            (4, "a map where a text is expected"),
            (5, "a text where a kind should stand"),
        ],
    ),
    (
        "rubrics/figures.yaml",
        "\
figures: [{id: a, names: ['('], dimension: sice}, {title: t, per: x}]
slips: [{factor: x}, {title: t, factr: 8}]
",
        &[
            (1, "not a regular expression: unclosed group"),
            (1, "unknown dimension `sice` | did you mean `size`?"),
            (1, "a figure without `id`"),
            (1, "unknown name `x`"),
            (2, "a slip without `title`"),
            (2, "unknown name `x`"),
            (2, "unknown key `factr` of a slip | did you mean `factor`?"),
        ],
    ),
];

fn told(issues: &[Issue], source: &Source) -> Vec<(usize, String)> {
    let told = issues.iter().map(|issue| {
        let line = source.position(issue.span.start).line;
        let help = issue.help.as_deref().unwrap_or_default();
        (line, format!("{} | {help}", issue.message))
    });
    told.collect()
}

/// What of a table is not told as it says, be it that it is missing or too much.
fn differing(name: &str, told: &[(usize, String)], expected: Told) -> Option<String> {
    let fits = |((line, said), (at, words)): (&(usize, String), &(usize, &str))| {
        line == at && said.contains(words)
    };
    let same = told.len() == expected.len() && told.iter().zip(expected).all(fits);
    (!same).then(|| format!("{name}: {told:#?}"))
}

#[test]
fn no_mistake_of_a_file_of_data_hides_another_of_it() {
    let wrong = FILES.iter().filter_map(|(path, text, expected)| {
        let mistakes = load(EMBEDDED, &[(path, text)]).mistakes;
        let here = mistakes.iter().find(|(source, _)| source.name == *path);
        let told = here.map(|(source, issues)| told(issues, source));
        differing(path, &told.unwrap_or_default(), expected)
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_mistake_of_a_plan_of_mutants_hides_another_of_it() {
    let text = "\
mutation:
  - {operator: drop-componnt, worse: {kind: kache}, silences: [no-such], because: b}
  - {operator: drop-component, worse: {kind: kache, on_flow: {kind: reed}}, silences: [timeout, no-such]}
  - {operater: one-zone, worse: {flaw: {}}}
  - {operator: one-replica, because: b}
  - {operator: one-replica, because: b}
  - one-zone
plan: x
";
    let mut issues = Issues::default();
    let _ = Plan::read(text, &Catalog::embedded().knowledge, &mut issues);
    let source = Source::new("rubrics/mutation.yaml", text);
    let told = told(&issues.into_sorted(), &source);
    let expected: Told = &[
        (
            2,
            "unknown operator `drop-componnt` | did you mean `drop-component`?",
        ),
        (2, "unknown concept `no-such`"),
        (3, "an operator without `because`"),
        (3, "unknown kind `kache`"),
        (3, "unknown value `reed`"),
        (3, "unknown concept `no-such`"),
        (4, "an operator without `because`"),
        (
            4,
            "unknown key `operater` of an operator | did you mean `operator`?",
        ),
        (6, "`one-replica` stands twice"),
        (7, "a text where an operator should stand"),
        (8, "unknown key `plan` of a plan of mutants"),
    ];
    assert_eq!(differing("the plan", &told, expected), None);
}

/// The expressions of the rubrics: what stands under `matches`, wherever it is.
fn expressions(node: &Node<'_>, all: &mut Vec<String>) {
    match &node.content {
        Content::Map(entries) => {
            for (key, value) in entries {
                let of_rule = key.text() == Some("matches");
                all.extend(value.text().filter(|_| of_rule).map(str::to_owned));
                expressions(value, all);
            }
        }
        Content::List(items) => items.iter().for_each(|item| expressions(item, all)),
        _ => {}
    }
}

/// The texts that a sample stands for: `expir…` for `expir` and for `expires`.
fn meant(sample: &str) -> [String; 3] {
    let with = |rest: &str| {
        sample
            .replace(" … ", &format!(" {rest} "))
            .replace('…', rest)
    };
    [
        with(""),
        with("s"),
        sample.replace(" … ", " ").replace('…', "s"),
    ]
}

#[test]
fn what_a_rule_looks_for_is_shown_by_samples_that_it_would_find() {
    let rubrics = EMBEDDED
        .iter()
        .filter(|(path, _)| path.starts_with("rubrics/"));
    let mut all = Vec::new();
    for (_, text) in rubrics {
        let node = yaml::parse(
            text,
            &Limits {
                bytes: 1 << 23,
                nodes: 1_000_000,
                ..Limits::default()
            },
            &mut Issues::default(),
        );
        expressions(&node.expect("a tree"), &mut all);
    }
    assert!(all.len() > 150, "{}", all.len());
    for expression in &all {
        let pattern = Pattern::new(expression.as_str());
        let shown = pattern.samples().unwrap_or_default();
        let samples: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        assert!(!samples.is_empty(), "nothing is shown of {expression}");
        for sample in samples {
            let finds = meant(sample).iter().any(|text| pattern.is_match(text));
            assert!(finds, "`{sample}` is no match of {expression}");
        }
    }
}
