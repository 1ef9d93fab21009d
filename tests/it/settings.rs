//! What a team says once for all of its designs: the configuration, what it comes to, baselines, and the example of a
//! platform team's repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::*;
use sysdrill::assess::stands_for;
use sysdrill::notation::yaml::Limits;
use sysdrill::notation::{baseline, config};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/platform")
}

/// The program in a folder, without the user's environment.
fn sysdrill(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sysdrill"))
        .current_dir(folder)
        .env_clear()
        .args(arguments)
        .output()
        .expect("an end")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(&out(output)).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// A copy of the example that a test may change.
fn copied() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder") {
            let path = entry.expect("an entry").path();
            let target = to.join(path.file_name().expect("a name"));
            if path.is_dir() {
                copy(&path, &target);
            } else {
                std::fs::copy(&path, target).expect("copied");
            }
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    copy(&example(), folder.path());
    folder
}

/// The rules that a design of a report is at fault by, with whether that is accepted.
fn faults(report: &serde_json::Value, path: &str) -> Vec<(String, bool)> {
    let designs = report["designs"].as_array().expect("designs");
    let design = designs.iter().find(|design| design["path"] == path);
    let design = design.unwrap_or_else(|| panic!("{path} in {report}"));
    let findings = design["findings"].as_array().expect("findings").iter();
    let faults = findings.filter(|finding| finding["outcome"] == "missed");
    let told = faults.map(|finding| {
        let rule = finding["rule"].as_str().expect("a rule").to_owned();
        (rule, !finding["allowed"].is_null())
    });
    told.collect()
}

fn fault(rule: &str, accepted: bool) -> (String, bool) {
    (rule.to_owned(), accepted)
}

#[test]
fn the_example_of_a_platform_team_passes_and_fails_as_it_says() {
    let run = sysdrill(
        &example(),
        &["check", "--today", "2026-12-01", "--format", "json"],
    );
    assert_eq!(run.status.code(), Some(1), "{run:?}");
    assert_eq!(err(&run), "");
    let report = json(&run);
    assert_eq!(
        report["summary"],
        serde_json::json!({"designs": 5, "failed": 2, "errors": 0})
    );
    let of = |path: &str| faults(&report, path);
    assert_eq!(of("designs/orders.design.yaml"), []);
    assert_eq!(
        of("designs/reports.design.yaml"),
        [
            fault("acme-foreign-database", false),
            fault("acme-store-states-its-copies", true)
        ]
    );
    assert_eq!(
        of("designs/stock.design.yaml"),
        [fault("acme-around-the-gateway", true)]
    );
    assert_eq!(
        of("designs/payments/charge.design.yaml"),
        [fault("acme-names-its-team", false)]
    );
    assert!(of("designs/drafts/search.design.yaml").len() >= 3);
    for (path, text) in designs() {
        let says = text.starts_with("# Passes");
        assert!(says || text.starts_with("# Fails"), "{path} says which");
        let passes = !["/reports.design.yaml", "/charge.design.yaml"]
            .iter()
            .any(|name| path.ends_with(name));
        assert_eq!(says, passes, "{path}");
    }
    let later = sysdrill(
        &example(),
        &[
            "check",
            "--today",
            "2027-04-01",
            "--format",
            "json",
            "designs/reports.design.yaml",
        ],
    );
    let later = faults(&json(&later), "designs/reports.design.yaml");
    assert!(
        later.contains(&fault("allowance-past-its-day", false)),
        "{later:?}"
    );
    assert!(
        later.contains(&fault("acme-store-states-its-copies", false)),
        "{later:?}"
    );
    let examples = sysdrill(&example(), &["rubric", "test", "."]);
    assert!(examples.status.success(), "{}", out(&examples));
}

/// The designs of the example, with their texts.
fn designs() -> Vec<(String, String)> {
    let folder = example().join("designs");
    let folders = [
        folder.clone(),
        folder.join("payments"),
        folder.join("drafts"),
    ];
    let files = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let files = files.map(|entry| entry.expect("an entry").path());
    let files: Vec<(String, String)> = files
        .filter(|path| path.is_file())
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a design");
            (path.display().to_string(), text)
        })
        .collect();
    assert_eq!(files.len(), 5);
    files
}

#[test]
fn the_effective_configuration_says_where_each_value_comes_from_and_reads_as_one() {
    let folder = example();
    let all = out(&sysdrill(&folder, &["config"]));
    for line in [
        "designs: [designs/]                          # sysdrill.yaml:",
        "level: senior                                # sysdrill.yaml:",
        "allowances: yes                              # default",
        "# otherwise for designs/payments/: sysdrill.yaml:",
    ] {
        assert!(all.contains(line), "{line}\n{all}");
    }
    let one = sysdrill(
        &folder.join("designs"),
        &[
            "config",
            "payments/charge.design.yaml",
            "--level",
            "mid",
            "--ignore",
            "acme-names,topic:upkeep",
        ],
    );
    let one = out(&one);
    for line in [
        "fail_on: minor                               # ../sysdrill.yaml:",
        "allowances: no                               # ../sysdrill.yaml:",
        "level: mid                                   # --level",
        "ignore: [acme-names, topic:upkeep]           # --ignore",
    ] {
        assert!(one.contains(line), "{line}\n{one}");
    }
    for text in [&all, &one] {
        let (_, issues) = config::read(text, &Limits::default());
        assert!(issues.is_empty(), "{issues:?}\n{text}");
    }
    let repository = copied();
    let inner = repository.path().join("inner");
    std::fs::create_dir_all(inner.join(".git")).expect("a folder");
    let apart = out(&sysdrill(&inner, &["config"]));
    assert!(
        apart.starts_with("# no sysdrill.yaml"),
        "a repository is its own: {apart}"
    );
    let none = out(&sysdrill(&folder, &["config", "--no-config"]));
    assert!(
        none.contains("fail_on: major                               # default"),
        "{none}"
    );
}

#[test]
fn the_nearest_configuration_counts_and_flags_count_before_it() {
    let folder = example().join("designs/drafts");
    let check = |more: &[&str]| {
        let arguments = [&["check", "search.design.yaml"], more].concat();
        sysdrill(&folder, &arguments).status.code()
    };
    assert_eq!(check(&[]), Some(0), "drafts never fail");
    assert_eq!(check(&["--fail-on", "major"]), Some(1));
    assert_eq!(
        check(&["--fail-on", "major", "--ignore", "acme-around,acme-store"]),
        Some(0)
    );
    assert_eq!(check(&["--min-score", "100"]), Some(1));
    let explained = sysdrill(&folder, &["explain", "acme-foreign-database"]);
    assert!(out(&explained).contains("another team"), "{explained:?}");
    let nothing = sysdrill(&folder, &["check", "--no-config"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(err(&nothing).contains("designs: designs/"));
}

#[test]
fn mistakes_of_a_configuration_are_said_with_place_and_cure() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sysdrill.yaml");
    let cases = [
        (
            "levle: mid\n",
            &["sysdrill.yaml:1:1", "did you mean `level`?"] as &[&str],
        ),
        (
            "levle: mid\nselect: [store-on-one-machin]\noverrides: [{designs: x/, ignore: nope}]\n",
            &[
                "did you mean `level`?",
                "did you mean `store-on-one-machine`?",
                "`nope` stands for no rule",
            ],
        ),
        (
            "select: [store-on-one-machin]\n",
            &["sysdrill.yaml:1:10", "did you mean `store-on-one-machine`?"],
        ),
        (
            "designs: ['a[']\n",
            &["sysdrill.yaml:1:12", "no pattern of paths"],
        ),
        (
            "overrides: [{designs: ../x}]\n",
            &["sysdrill.yaml:1:23", "leaves the folder"],
        ),
        (
            "rubrics: nowhere\nproblems: neither\nbaseline: never.yaml\n",
            &[
                "sysdrill.yaml:1:10",
                "`nowhere` is no folder",
                "sysdrill.yaml:2:11",
                "`neither` is no folder",
                "sysdrill.yaml:3:11",
                "--write-baseline never.yaml",
            ],
        ),
        (
            "designs: {a: b}\n",
            &["sysdrill.yaml:1:10", "a map where a text is expected"],
        ),
        ("a: &a [*a]\n", &["sysdrill.yaml:1:"]),
    ];
    for (text, said) in cases {
        std::fs::write(&file, text).expect("written");
        let run = sysdrill(folder.path(), &["check", "."]);
        assert_eq!(run.status.code(), Some(2), "{text} {run:?}");
        for words in said {
            assert!(
                err(&run).contains(words),
                "{text} does not say {words}\n{}",
                err(&run)
            );
        }
    }
    std::fs::write(&file, vec![b'#'; (1 << 20) + 1]).expect("written");
    let run = sysdrill(folder.path(), &["config"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(err(&run).contains("more than 1048576 bytes"), "{run:?}");
}

#[test]
fn what_people_wrote_is_never_written_over() {
    let folder = copied();
    let folder = folder.path();
    std::fs::copy(
        folder.join("designs/orders.design.yaml"),
        folder.join("odd.yaml"),
    )
    .expect("copied");
    std::fs::write(folder.join("a.review.yaml"), "sysdrill_review: 1\n").expect("written");
    let design = "designs/orders.design.yaml";
    for (arguments, said) in [
        (
            &["check", "--output", "json=odd.yaml", "odd.yaml"][..],
            "odd.yaml is a design",
        ),
        (
            &["check", "--output", "json=sysdrill.yaml"],
            "sysdrill.yaml is a configuration",
        ),
        (
            &["check", "--output", "html=a.review.yaml"],
            "a.review.yaml is a review",
        ),
        (&["check", "--write-baseline", design], "is no baseline"),
        (
            &["diagram", design, "--format", "svg", "-o", design],
            "is a design",
        ),
    ] {
        let run = sysdrill(folder, arguments);
        assert_eq!(run.status.code(), Some(2), "{run:?}");
        assert!(err(&run).contains(said), "{run:?}");
        assert!(err(&run).contains("help: name another file"), "{run:?}");
    }
    let there = std::fs::read(folder.join(design)).expect("there");
    assert_eq!(there, std::fs::read(example().join(design)).expect("there"));
    std::fs::write(folder.join("new.yaml"), "").expect("written");
    for file in ["new.yaml", "new.yaml", "baseline.yaml"] {
        let run = sysdrill(
            folder,
            &["check", "--quiet", "--write-baseline", file, design],
        );
        assert_eq!(run.status.code(), Some(0), "{run:?}");
    }
}

#[test]
fn a_picture_marks_what_is_found_on_the_same_terms() {
    const FAULT: &str = "store-on-one-machine";
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    let design = format!(
        "sysdrill: 1\ncomponents: {{web: client, api: service, users: {{tech: postgres, replicas: 1}}}}\n\
         connections: [web -> api -> users]\n\
         flows: {{sign_in: {{path: web -> api -> users, rate: 50/s, availability: 99.99%}}}}\n\
         allow: [{{rule: {FAULT}, reason: until the move, until: 2027-06-30}}]\n"
    );
    write("a.design.yaml", &design);
    let drawn = |more: &[&str]| {
        let run = sysdrill(
            folder,
            &[&["diagram", "a.design.yaml", "--findings"], more].concat(),
        );
        (run.status.code(), out(&run))
    };
    let later = &["--today", "2027-07-01"];
    let (accepted, expired) = (drawn(&["--today", "2027-06-30"]), drawn(later));
    assert_ne!(accepted, expired);
    assert_eq!(accepted.0, Some(0));
    write("sysdrill.yaml", &format!("ignore: {FAULT}\n"));
    assert_eq!(drawn(later), accepted);
    assert_eq!(drawn(&["--no-config", later[0], later[1]]), expired);
    write("sysdrill.yaml", "baseline: known.yaml\n");
    let known = &[
        "check",
        "a.design.yaml",
        "--write-baseline",
        "known.yaml",
        "--no-allow",
    ];
    assert_eq!(sysdrill(folder, known).status.code(), Some(0));
    assert!(expired.1.contains("major") && !drawn(later).1.contains("major"));
    write("sysdrill.yaml", "ignore: no-such-rule\n");
    assert_eq!(drawn(&[]).0, Some(2));
}

#[test]
fn patterns_that_are_about_no_design_are_told_and_the_others_count() {
    let folder = copied();
    let folder = folder.path();
    let text = "designs: [designs/, design/, 'designs\\drafts']\nselect: acme\nrubrics: rubrics\nfail_on: never\n\
        overrides:\n  - {designs: designs/payment/, fail_on: minor}\n  - {designs: '/designs/drafts/', level: mid}\n";
    std::fs::write(folder.join("sysdrill.yaml"), text).expect("written");
    let run = sysdrill(folder, &["check", "--quiet"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let said = err(&run);
    for words in ["`design/` is about no design", "sysdrill.yaml:1:21"] {
        assert!(said.contains(words), "{said}");
    }
    assert!(said.contains("`designs/payment/` is about no design"));
    assert!(said.contains("write `/` between folders"), "{said}");
    assert_eq!(said.matches("is about no design").count(), 3, "{said}");
    let named = sysdrill(folder, &["check", "--quiet", "designs/drafts"]);
    assert!(!err(&named).contains("is about no design"), "{named:?}");
    std::fs::create_dir(folder.join("below")).expect("a folder");
    let below = sysdrill(&folder.join("below"), &["check", "--quiet"]);
    assert_eq!(err(&below).matches("is about no design").count(), 3);
}

#[test]
fn what_writes_a_baseline_is_no_flag_of_a_command_that_checks_nothing() {
    for flags in [
        &["--write-baseline", "known.yaml"][..],
        &["--update-baseline"],
    ] {
        let run = sysdrill(&example(), &[&["config"], flags].concat());
        assert_eq!(run.status.code(), Some(2), "{run:?}");
        assert!(err(&run).contains("unexpected argument"), "{run:?}");
    }
}

#[test]
fn a_baseline_lets_what_is_known_pass_and_nothing_else() {
    let folder = copied();
    let folder = folder.path();
    let check = |arguments: &[&str]| {
        sysdrill(
            folder,
            &[&["check", "--today", "2026-12-01"], arguments].concat(),
        )
    };
    let written = check(&["--quiet", "--write-baseline", "baseline.yaml"]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    assert!(err(&written).contains("known from now on"));
    assert_eq!(check(&["--quiet"]).status.code(), Some(0));
    let design = folder.join("designs/orders.design.yaml");
    let good = std::fs::read_to_string(&design).expect("a design");
    let moved = good
        .replace("components:\n", "\n# moved\n\ncomponents:\n")
        .replace(", zones: 3, failover", ", failover");
    std::fs::write(&design, moved).expect("written");
    let new = check(&["--format", "json"]);
    assert_eq!(new.status.code(), Some(1));
    assert_eq!(json(&new)["summary"]["failed"], 1);
    std::fs::write(&design, good).expect("written");
    let mended = folder.join("designs/payments/charge.design.yaml");
    let text = std::fs::read_to_string(&mended).expect("a design");
    std::fs::write(
        &mended,
        text.replace("retry: worker", "retry: {kind: worker, group: payments}"),
    )
    .expect("written");
    std::fs::remove_file(folder.join("designs/stock.design.yaml")).expect("removed");
    let stale = check(&["--format", "json"]);
    assert_eq!(stale.status.code(), Some(0), "what is stale is a note");
    let found = faults(&json(&stale), "designs/payments/charge.design.yaml");
    assert_eq!(found, [fault("baseline-out-of-date", false)]);
    assert!(
        err(&stale).contains("not there any more\n  designs/stock.design.yaml: 1 finding\n"),
        "{}",
        err(&stale)
    );
    let updated = check(&["--update-baseline", "--quiet", "designs/payments"]);
    assert!(err(&updated).contains("2 taken out"), "{}", err(&updated));
    let after = check(&["--format", "json"]);
    assert_eq!((after.status.code(), err(&after).as_str()), (Some(0), ""));
    assert_eq!(
        faults(&json(&after), "designs/payments/charge.design.yaml"),
        []
    );
    assert_eq!(
        check(&["--no-config", "--update-baseline", "designs"])
            .status
            .code(),
        Some(2)
    );
}

/// A check of a folder on a day on which nothing accepted is over.
fn check_quietly(folder: &Path, arguments: &[&str]) -> Output {
    let check = ["check", "--today", "2026-12-01", "-q"];
    sysdrill(folder, &[&check, arguments].concat())
}

#[test]
fn a_baseline_that_a_part_of_the_designs_writes_keeps_what_it_knows_of_the_others() {
    let folder = copied();
    let folder = folder.path();
    let check = |arguments: &[&str]| check_quietly(folder, arguments);
    let whole = check(&["--write-baseline", "baseline.yaml"]);
    assert_eq!(whole.status.code(), Some(0), "{whole:?}");
    let known = std::fs::read_to_string(folder.join("baseline.yaml")).expect("a baseline");
    let part = check(&["--write-baseline", "baseline.yaml", "designs/payments"]);
    assert!(
        err(&part).contains(" of designs that were not in this run"),
        "{}",
        err(&part)
    );
    let now = std::fs::read_to_string(folder.join("baseline.yaml")).expect("a baseline");
    assert_eq!(now, known);
    assert_eq!(check(&[]).status.code(), Some(0));
    // Of what can't be read nothing is known, and it is written anew.
    std::fs::write(
        folder.join("baseline.yaml"),
        "sysdrill_baseline: 1\nnonsense: [\n",
    )
    .expect("written");
    let anew = check(&["--write-baseline", "baseline.yaml", "designs/payments"]);
    assert_eq!(anew.status.code(), Some(0), "{anew:?}");
}

#[test]
fn a_design_under_another_name_stays_known_once_the_baseline_is_updated() {
    let folder = copied();
    let folder = folder.path();
    let check = |arguments: &[&str]| check_quietly(folder, arguments);
    let written = check(&["--write-baseline", "baseline.yaml"]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    let known = std::fs::read_to_string(folder.join("baseline.yaml")).expect("a baseline");
    // One moves with its folder, one has another name, one is gone for good.
    let designs = folder.join("designs");
    std::fs::create_dir(designs.join("money")).expect("a folder");
    for (old, new) in [
        ("payments/charge", "money/charge"),
        ("reports", "statements"),
    ] {
        let path = |name: &str| designs.join(format!("{name}.design.yaml"));
        std::fs::rename(path(old), path(new)).expect("moved");
    }
    std::fs::remove_file(designs.join("stock.design.yaml")).expect("removed");
    let renamed = check(&[]);
    assert_eq!(renamed.status.code(), Some(1), "nothing passes unseen");
    let told = err(&renamed);
    for said in [
        "baseline.yaml: 3 designs that it knows are not there any more\n",
        ", all of them in designs/money/charge.design.yaml\n",
        ", all of them in designs/statements.design.yaml\n",
        "designs/stock.design.yaml: 1 finding\n",
        "help: --update-baseline knows them under the new name, and takes the others out",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let scores = check(&["--min-score", "100", "--write-baseline", "other.yaml"]);
    assert_eq!(scores.status.code(), Some(1), "a baseline lifts no score");
    assert!(
        err(&scores).contains("by the score all the same"),
        "{scores:?}"
    );
    let updated = check(&["--update-baseline"]);
    let told = err(&updated);
    assert_eq!(updated.status.code(), Some(0), "{updated:?}");
    assert!(
        told.contains("1 taken out") && told.contains(", 2 designs under their new names"),
        "{told}"
    );
    assert_eq!(check(&[]).status.code(), Some(0));
    let now = std::fs::read_to_string(folder.join("baseline.yaml")).expect("a baseline");
    let prints = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("fingerprint:"));
        lines
            .map(str::to_owned)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert!(
        prints(&now).is_subset(&prints(&known)),
        "nothing is added: {now}"
    );
}

/// Lines that a configuration may have, and some that it may not.
const LINES: [&str; 16] = [
    "designs: [a/, '!b']",
    "level: staff",
    "fail_on: never",
    "min_score: 70%",
    "select: [a, topic:b]",
    "ignore: c",
    "severity: {a: note}",
    "allowances: no",
    "overrides: [{designs: x/, level: mid}]",
    "baseline: b.yaml",
    "? [a]: b",
    "overrides:\n  - designs: [y]\n    severity: [a]",
    "severity: {[a]: {b: c}}",
    "sysdrill_baseline: 1",
    "designs: {p: [{rule: r, about: [a], fingerprint: 00000000000000000000000000000000}]}",
    "x: &x [*x, *y]",
];

proptest! {
    #![proptest_config(super::same_cases(192))]

    /// Whatever is in the files of strangers: every complaint has a place in the text, and nothing panics.
    #[test]
    fn hostile_files_are_refused_with_places(
        lines in prop::collection::vec(prop::sample::select(LINES.as_slice()), 0..8),
        noise in "\\PC{0,24}|[\\x00-\\x20:\\[\\]{}&*!|>'\"#-]{0,24}",
        at in 0.0..1.0_f64,
    ) {
        let mut text = lines.join("\n");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in the text")]
        let at = (at * text.len() as f64) as usize;
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.insert_str(at, &noise);
        let issues = [config::read(&text, &Limits::default()).1, baseline::read(&text).1];
        for issue in issues.iter().flatten() {
            prop_assert!(issue.span.start <= issue.span.end && issue.span.end <= text.len(), "{issue:?}");
            prop_assert!(!issue.message.is_empty());
        }
    }
}

#[test]
fn the_documentation_has_every_key() {
    let row = |key: &sysdrill::notation::yaml::Key| format!("| `{}` | {} |\n", key.name, key.about);
    let rows: String = config::CONFIG.iter().map(row).collect();
    let terms: String = config::LAYER.iter().map(row).collect();
    let head = "| key | what it says |\n| --- | --- |\n";
    let expected =
        format!("\n{head}{rows}\nAt the top and in each entry of `overrides`:\n\n{head}{terms}");
    super::docs::ends_with(
        "config.md",
        "cargo test --test it settings`. -->\n",
        &expected,
    );
}

#[test]
fn the_documented_configuration_is_one_and_names_rules_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/config.md")).expect("the document");
    let block = text
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let block = block.expect("a block");
    let (read, issues) = config::read(block, &Limits::default());
    assert!(issues.is_empty(), "{issues:?}");
    // What is said of it points at what stands there.
    let mut places = 0;
    for line in text.lines() {
        let Some((said, place)) = line.split_once(" # sysdrill.yaml:") else {
            continue;
        };
        let (key, value) = said.split_once(": ").expect("a key");
        let (row, column) = place.split_once(':').expect("a column");
        let number = |text: &str| text.parse::<usize>().expect("a number") - 1;
        let written = block.lines().nth(number(row)).expect("a line");
        let (before, after) = written.split_at(number(column));
        assert!(
            before.ends_with(&format!("{key}: ")) && after.starts_with(value.trim()),
            "{line}"
        );
        places += 1;
    }
    assert_eq!(places, 3);
    let ignored = read.terms.ignore.expect("ignored rules").value;
    let rules = &sysdrill::catalog::Catalog::embedded().rules;
    for word in ignored {
        assert!(
            rules.iter().any(|rule| stands_for(&word.value, rule)),
            "{}",
            word.value
        );
    }
    let guide = std::fs::read_to_string(root.join("docs/platform.md")).expect("the document");
    for rule in rules.iter().filter(|rule| rule.occasion.is_some()) {
        assert!(
            guide.contains(&format!("`{}`", rule.id)),
            "docs/platform.md does not name {}",
            rule.id
        );
    }
    for (path, _) in designs() {
        let name = path.rsplit('/').next().expect("a name");
        assert!(
            guide.contains(name),
            "docs/platform.md does not name {name}"
        );
    }
}

#[test]
fn a_configuration_that_is_nearer_to_a_design_and_not_read_is_told() {
    let folder = copied();
    let nested = folder.path().join("designs/payments/sysdrill.yaml");
    std::fs::write(nested, "fail_on: never\n").expect("written");
    let run = |arguments: &[&str]| err(&sysdrill(folder.path(), arguments));
    let told = "warning: designs/payments/sysdrill.yaml is not read, for one configuration";
    let usual = run(&["check", "--quiet"]);
    assert_eq!(usual.matches(told).count(), 1, "{usual}");
    assert!(usual.contains("`overrides`"), "{usual}");
    // Where none holds, there is none to say it in.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let design = folder.path().join("designs/orders.design.yaml");
    let far = sysdrill(elsewhere.path(), &["check", &design.display().to_string()]);
    let far = err(&far);
    assert!(
        far.contains("neither here nor in a folder around") && !far.contains("overrides"),
        "{far}"
    );
    for silent in [
        &["check", "--quiet", "designs/orders.design.yaml"] as &[&str],
        &["check", "--quiet", "--config", "sysdrill.yaml"],
    ] {
        assert_eq!(run(silent), "", "{silent:?}");
    }
}
