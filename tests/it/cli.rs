//! The command line as other programs see it: exit codes, streams, the same bytes every time.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use sysdrill::report::REPORTERS;

const GOOD: &str = "problems/url-shortener/references/postgres-counter.design.yaml";
const BAD: &str = "problems/url-shortener/fixtures/hash-without-retry.design.yaml";

/// The program in the project's folder, without the user's environment.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(arguments);
    command
}

fn sysdrill(arguments: &[&str]) -> Output {
    program(arguments).output().expect("an end")
}

fn code(arguments: &[&str]) -> Option<i32> {
    sysdrill(arguments).status.code()
}

/// What the program writes to standard output.
pub fn out(arguments: &[&str]) -> String {
    String::from_utf8(sysdrill(arguments).stdout).expect("text")
}

#[test]
fn exit_codes_say_well_findings_trouble_or_nothing() {
    let empty = tempfile::tempdir().expect("a folder");
    let broken = empty.path().join("broken.design.yaml");
    std::fs::write(&broken, "sysdrill: 1\nlevel: junior\n").expect("written");
    let broken = broken.display().to_string();
    let nothing = tempfile::tempdir().expect("a folder");
    assert_eq!(code(&["check", GOOD]), Some(0));
    assert_eq!(code(&["check", BAD]), Some(1));
    assert_eq!(code(&["check", "--fail-on", "never", BAD]), Some(0));
    assert_eq!(code(&["check", "--min-score", "100", GOOD]), Some(1));
    assert_eq!(code(&["rubric", "concepts", "retries"]), Some(0));
    assert_eq!(code(&["rubric", "concepts", "qzqz"]), Some(3));
    assert_eq!(code(&["rules", "qzqz"]), Some(3));
    let some = out(&["rules", "Caching", "major"]);
    assert!(
        some.lines().count() > 2 && some.lines().count() < 20,
        "{some}"
    );
    let all = |line: &str| !line.starts_with("  ") || line.contains(" major ");
    assert!(some.lines().all(all), "{some}");
    assert_eq!(code(&["check", &broken]), Some(2));
    assert_eq!(code(&["check", &broken, BAD]), Some(2));
    assert_eq!(code(&["check", "--exit-zero", &broken]), Some(0));
    assert_eq!(code(&["check", "no-such-file.design.yaml"]), Some(2));
    assert_eq!(
        code(&["check", &nothing.path().display().to_string()]),
        Some(3)
    );
    assert_eq!(code(&["check", "--no-such-flag"]), Some(2));
    assert_eq!(code(&["explain", "no-such-rule"]), Some(2));
}

#[test]
fn a_bad_file_does_not_hide_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("a.design.yaml"),
        "sysdrill: 1\ncomponents: {a: nonsense}\n",
    )
    .expect("written");
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join(GOOD),
        folder.path().join("b.design.yaml"),
    )
    .expect("copied");
    let report = out(&[
        "check",
        "--format",
        "json",
        &folder.path().display().to_string(),
    ]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["designs"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["errors"][0]["location"]["line"], 2);
    assert_eq!(report["summary"]["errors"], 1);
}

#[test]
fn the_report_has_the_keys_of_version_1() {
    let report = out(&["check", "--format", "json", BAD]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"]["name"], "sysdrill");
    let design = &report["designs"][0];
    for key in [
        "path",
        "problem",
        "title",
        "author",
        "level",
        "score",
        "findings",
        "strengths",
        "analysis",
    ] {
        assert!(design.get(key).is_some(), "designs[0].{key}");
    }
    for key in [
        "percent",
        "earned",
        "possible",
        "band",
        "capped_by",
        "steps",
    ] {
        assert!(design["score"].get(key).is_some(), "score.{key}");
    }
    for key in [
        "rule",
        "severity",
        "step",
        "title",
        "message",
        "subjects",
        "location",
        "why",
        "fix",
        "ask",
        "reference",
        "allowed",
        "owner",
        "until",
    ] {
        assert!(
            design["findings"][0].get(key).is_some(),
            "findings[0].{key}"
        );
    }
    assert_eq!(
        design["analysis"]["single_points_of_failure"][1]["component"],
        "links"
    );
}

const EXAMPLE: &str = "docs/example.design.yaml";

#[test]
fn the_report_carries_what_was_computed() {
    let report = out(&["check", "--format", "json", EXAMPLE]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let analysis = &report["designs"][0]["analysis"];
    let flow = &analysis["flows"][0];
    assert_eq!(flow["id"], "redirect");
    for key in [
        "availability",
        "latency_p50_ms",
        "latency_p99_ms",
        "breaks_at_load",
    ] {
        assert!(flow[key].is_number(), "{key}: {flow}");
    }
    assert!(flow["availability_bounds"][0].as_f64() <= flow["availability_bounds"][1].as_f64());
    assert!(flow["minimal_cuts"].is_array() && flow["bottleneck"].is_string());
    let load = analysis["load"].as_array().expect("a list");
    let factors: Vec<f64> = load
        .iter()
        .filter_map(|load| load["factor"].as_f64())
        .collect();
    assert_eq!(factors, [1.0, 10.0, 100.0]);
    let api = load[0]["components"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|c| c["id"] == "api");
    let api = api.expect("the service");
    assert!(
        api["rate_per_s"].is_number() && api["utilisation"].is_number(),
        "{api}"
    );
}

#[test]
fn analyze_shows_before_and_after_and_unfolds_its_figures() {
    let now = out(&["analyze", EXAMPLE]);
    for word in [
        "redirect",
        "availability",
        "p99",
        "breaks at",
        "Load",
        "Single failures",
    ] {
        assert!(now.contains(word), "{word}\n{now}");
    }
    let after = out(&[
        "analyze",
        EXAMPLE,
        "--kill",
        "cache",
        "--load",
        "10x",
        "--latency",
        "links=+50ms",
    ]);
    assert!(
        after.contains("what if: kill cache, load 10x, latency links=+50ms"),
        "{after}"
    );
    assert!(after.contains("->"), "{after}");
    let lost = out(&["analyze", EXAMPLE, "--kill", "lb"]);
    let table = lost.split("Single failures after the change").nth(1);
    assert!(
        table.is_some_and(|table| table.contains("down") && !table.contains(" up ")),
        "{lost}"
    );
    let unfolded = out(&["analyze", EXAMPLE, "--explain"]);
    for word in [
        "utilisation of api",
        "replicas / capacity of one instance",
        "Erlang C",
        "assumed:",
    ] {
        assert!(unfolded.contains(word), "{word}\n{unfolded}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let silent = folder.path().join("silent.design.yaml");
    let text = "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\n\
        flows: {open: web -> api}\n";
    std::fs::write(&silent, text).expect("written");
    let silent = out(&["analyze", &silent.display().to_string()]);
    assert!(
        silent.contains("  api       not stated\n"),
        "nothing is reckoned of a rate that nobody states: {silent}"
    );
    let json = out(&["analyze", EXAMPLE, "--kill", "zone:1", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(json["designs"][0]["what_if"]["analysis"]["flows"][0]["id"].is_string());
    assert!(
        !json["designs"][0]["analysis"]["failures"]
            .as_array()
            .expect("a list")
            .is_empty()
    );
}

#[test]
fn what_can_t_be_changed_is_said_with_its_cure() {
    for arguments in [
        ["--kill", "lnks"],
        ["--kill", "zone:9"],
        ["--kill", "region:2"],
        ["--load", "fast"],
        ["--latency", "links=blue"],
        ["--latency", "links=50"],
    ] {
        let [flag, value] = arguments;
        let output = sysdrill(&["analyze", EXAMPLE, flag, value]);
        assert_eq!(output.status.code(), Some(2), "{flag} {value}");
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(
            said.contains("error: ") && said.contains("help: "),
            "{said}"
        );
    }
    assert_eq!(code(&["analyze", "no-such-file.design.yaml"]), Some(2));
}

#[test]
fn the_points_of_the_steps_add_up_to_the_score() {
    let report: serde_json::Value = serde_json::from_str(&ONE_THREAD[1]).expect("JSON");
    let designs = report["designs"].as_array().expect("designs");
    assert!(designs.len() >= 5);
    for design in designs {
        let score = &design["score"];
        let sum = |key: &str| -> f64 {
            score["steps"]
                .as_array()
                .expect("steps")
                .iter()
                .filter_map(|step| step[key].as_f64())
                .sum()
        };
        let earned = score["earned"].as_f64().expect("a number")
            + score["hints"].as_f64().expect("a number");
        assert!((sum("earned") - earned).abs() < 0.01, "{}", design["path"]);
        assert!(
            (sum("possible") - score["possible"].as_f64().expect("a number")).abs() < 0.01,
            "{}",
            design["path"]
        );
    }
}

/// What one thread says of the designs of a problem, in three formats.
static ONE_THREAD: LazyLock<[String; 3]> = LazyLock::new(|| said_by("1"));

/// The same by so many threads.
fn said_by(threads: &str) -> [String; 3] {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (json, markdown) = (file("json"), file("markdown"));
    let outputs = [format!("json={json}"), format!("markdown={markdown}")];
    let [as_json, as_markdown] = outputs.each_ref();
    let human = out(&[
        "check",
        "--jobs",
        threads,
        "--output",
        as_json,
        "--output",
        as_markdown,
        "problems/rate-limiter",
    ]);
    let written = |path: &str| std::fs::read_to_string(path).expect("a report");
    [human, written(&json), written(&markdown)]
}

#[test]
fn every_run_writes_the_same_bytes_whatever_the_number_of_threads() {
    let several = said_by("5");
    for (one, other) in ONE_THREAD.iter().zip(&several) {
        assert!(!one.is_empty() && one == other, "{one}\n{other}");
    }
}

#[test]
fn nothing_but_the_report_is_on_standard_output_and_no_colours_without_a_terminal() {
    let report = out(&["check", BAD]);
    assert!(!report.contains('\u{1b}'));
    let missing = sysdrill(&["check", "no-such-file.design.yaml"]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no-such-file.design.yaml"));
}

#[test]
fn standard_input_is_a_design_under_the_name_of_a_dash() {
    let design = File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(BAD)).expect("a design");
    let output = program(&["check", "-"])
        .stdin(design)
        .output()
        .expect("an end");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("<stdin>:"));
}

#[test]
fn every_format_goes_to_its_file_at_once_and_changes_no_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = folder.path().display().to_string();
    for (path, exit) in [(BAD, Some(1)), (nothing.as_str(), Some(3))] {
        let file = |name: &str| folder.path().join(name);
        let outputs: Vec<String> = REPORTERS
            .iter()
            .map(|format| format!("{}={}", format.name, file(format.name).display()))
            .collect();
        let mut arguments = vec!["check", path, "--format", "github", "--statistics"];
        for output in &outputs {
            arguments.extend(["--output", output]);
        }
        assert_eq!(code(&arguments), exit, "{path}");
        for format in REPORTERS {
            let written = std::fs::read_to_string(file(format.name)).expect("a report");
            let may_be_empty = exit == Some(3) && ["human", "markdown"].contains(&format.name);
            assert!(!written.is_empty() || may_be_empty, "{}", format.name);
            if format.name == "json" {
                let report: serde_json::Value = serde_json::from_str(&written).expect("JSON");
                let rows = report["statistics"].as_array().expect("statistics");
                assert_eq!(rows.is_empty(), exit == Some(3));
            }
        }
    }
}

#[test]
fn a_file_that_is_named_in_several_ways_is_checked_once() {
    let roundabout = format!("tests/../{GOOD}");
    let report = out(&[
        "check",
        "--format",
        "json",
        GOOD,
        &format!("./{GOOD}"),
        &roundabout,
    ]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("a report");
    assert_eq!(report["summary"]["designs"], 1);
    assert_eq!(report["designs"][0]["path"], GOOD);
}

/// Devices and links are written to, not replaced, and what is lost is told.
#[cfg(target_os = "linux")]
#[test]
fn reports_go_where_they_are_sent_or_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("real.json"), "").expect("written");
    std::os::unix::fs::symlink("real.json", at("link.json")).expect("a link");
    let output = |file: &std::path::Path| format!("json={}", file.display());
    let run = sysdrill(&[
        "check",
        "--quiet",
        "--output",
        &output(&at("link.json")),
        GOOD,
    ]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(at("link.json").is_symlink());
    let report = std::fs::read_to_string(at("real.json")).expect("a report");
    assert!(report.ends_with("}\n"), "{report}");
    let both = out(&[
        "check",
        "--format",
        "gitlab",
        "--output",
        "json=/dev/stdout",
        GOOD,
    ]);
    assert!(
        both.starts_with('[') && both.contains(report.trim()),
        "{both}"
    );
    let full = sysdrill(&["check", "--output", "json=/dev/full", GOOD]);
    assert_eq!(full.status.code(), Some(2), "{full:?}");
    let device = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let lost = program(&["check", GOOD])
        .stdout(device)
        .output()
        .expect("an end");
    assert_eq!(lost.status.code(), Some(2), "{lost:?}");
    let said = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(
        said.contains("standard output did not take all of it: no space left"),
        "{said}"
    );
    let dash = sysdrill(&["check", "--output", "json=-", GOOD]);
    assert_eq!(dash.status.code(), Some(2), "{dash:?}");
}

#[test]
fn a_diagram_is_what_the_name_of_its_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let drawn = |name: &str, more: &[&str]| {
        let path = folder.path().join(name).display().to_string();
        let run = sysdrill(&[&["diagram", GOOD, "-o", &path], more].concat());
        (
            run.status.code(),
            std::fs::read(path).unwrap_or_default(),
            run,
        )
    };
    assert!(drawn("a.svg", &[]).1.starts_with(b"<svg"));
    assert!(drawn("a.PNG", &[]).1.starts_with(b"\x89PNG"));
    assert!(drawn("a.gv", &["--format", "svg"]).1.starts_with(b"<svg"));
    let tree = drawn("tree", &[]);
    assert!(tree.0 == Some(0) && !tree.1.is_empty() && !tree.1.starts_with(b"<"));
    let (code, file, run) = drawn("a.jpg", &[]);
    assert_eq!((code, file.len()), (Some(2), 0), "{run:?}");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(
        said.contains("no drawing is a `.jpg`") && said.contains(".svg, .png"),
        "{said}"
    );
}

#[test]
fn a_class_that_is_not_there_leaves_a_site_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site").display().to_string();
    assert_eq!(code(&["grade", GOOD, "--out", &site]), Some(0));
    let index = || std::fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    let before = index();
    assert_eq!(code(&["grade", "no-such-class", "--out", &site]), Some(2));
    assert_eq!(index(), before);
}

#[test]
fn rules_that_can_t_be_read_fail_their_tests() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("general")).expect("a folder");
    let file = folder.path().join("general/own.yaml");
    std::fs::write(file, "rules: [{id: own}]\n").expect("written");
    let run = sysdrill(&["rubric", "test", &folder.path().display().to_string()]);
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("a rule without `title`"), "{said}");
}

#[test]
fn examples_that_do_otherwise_are_told_with_their_file_and_what_the_rule_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("ours/general");
    std::fs::create_dir_all(&rules).expect("a folder");
    let rule = "
rules:
  - id: own-service-alone
    title: A service is alone
    step: scale
    severity: minor
    weight: 1
    when: {component: {kind: cache}}
    for_each: {component: {kind: service}}
    expect: {this: {replicas: {at_least: 2}}}
    message: '{{component.id}} is alone.'
    why: One is none.
    fix: Add another.
    ask: How many?
    tests:
      passes: ['web -> api x1, z-service x2, user-service -> redis']
      fails:
        - 'web -> api x2 -> redis'
        - {arrows: web -> api x1, components: {c: redis}}
        - 'web -> redis'
";
    std::fs::write(rules.join("own.yaml"), rule).expect("written");
    std::fs::write(folder.path().join("sysdrill.yaml"), "rubrics: ours\n").expect("written");
    // Where no folder is named, the rules that the configuration names are tested.
    let run = program(&["rubric", "test"])
        .current_dir(folder.path())
        .output()
        .expect("an end");
    let said = String::from_utf8_lossy(&run.stdout).replace('\\', "/");
    for words in [
        " --> ours/general/own.yaml:16:",
        "the rule is missed for api, \"api is alone.\" (replicas of api is 1 (looked for at least 2)); \
         is met for z-service (replicas of z-service is 2 (looked for at least 2)); is not stated for user-service, ",
        "the rule is met for api (replicas of api is 2 ",
        "the rule does not apply, for `when` does not hold; nothing is connected with c, and what is alone does not count",
        "the rule does not apply, for nothing is what `for_each` looks for",
        "4 examples of 1 rule: 0 passed, 4 failed",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn the_load_at_which_something_saturates_is_told_as_a_factor() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("general");
    std::fs::create_dir(&rules).expect("a folder");
    let rule = "
rules:
  - id: own-room
    title: There is little room
    step: scale
    severity: minor
    weight: 1
    for_each: {component: {kind: service}}
    expect: {saturates_at: {at_least: 3x}}
    message: '{{component.id}} has little room.'
    why: Load grows.
    fix: Add another.
    ask: How much?
    tests:
      passes: [{components: {web: client, api: {kind: service, replicas: 4, capacity: 100/s}}, arrows: web -> api, flows: {f: {path: web -> api, rate: 160/s}}}]
      fails: [{components: {web: client, api: {kind: service, replicas: 8, capacity: 100/s}}, arrows: web -> api, flows: {f: {path: web -> api, rate: 200/s}}}]
";
    std::fs::write(rules.join("own.yaml"), rule).expect("written");
    let run = sysdrill(&["rubric", "test", &folder.path().display().to_string()]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    for words in [
        "the factor of the load at which it saturates is 2.5x (looked for at least 3x)",
        "the factor of the load at which it saturates is 4x (looked for at least 3x)",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_folder_without_a_rubric_is_none() {
    for (folder, said) in [
        ("tests/it", "no rubric in it"),
        (GOOD, "a file; name the folder"),
        ("no-such", "no such folder"),
    ] {
        let run = sysdrill(&["rubric", "lint", folder]);
        assert_eq!(run.status.code(), Some(2), "{run:?}");
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(told.contains(said), "{folder}: {told}");
    }
}

#[test]
fn what_would_switch_a_gate_off_or_lose_a_report_is_refused() {
    for wrong in [
        ["--min-score", "nan"],
        ["--min-score", "101"],
        ["--min-score", "-1"],
        ["--output", "sarif="],
        ["--output", "xml=a.xml"],
        ["--format", "xml"],
    ] {
        assert_eq!(
            code(&["check", wrong[0], wrong[1], GOOD]),
            Some(2),
            "{wrong:?}"
        );
    }
    let negative = sysdrill(&["check", "--min-score", "-1", GOOD]);
    let said = String::from_utf8_lossy(&negative.stderr).into_owned();
    assert!(said.contains("from 0 to 100"), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let design = std::fs::read_to_string(GOOD).expect("a design");
    std::fs::write(folder.path().join("a.design.yaml"), design).expect("written");
    let there = |arguments: &[&str]| {
        let run = program(&[&["check", "a.design.yaml"], arguments].concat())
            .current_dir(folder.path())
            .output()
            .expect("an end");
        (run.status.code(), folder.path().join("r").exists())
    };
    for twice in [
        ["--output", "json=r", "--output", "sarif=r"],
        ["--output", "json=r", "--output", "sarif=./r"],
        ["--write-baseline", "r", "--output", "json=./r"],
    ] {
        assert_eq!(there(&twice), (Some(2), false), "{twice:?}");
    }
    let streams = there(&["--output", "json=/dev/null", "--output", "sarif=r"]);
    assert_eq!(streams, (Some(0), true));
}

#[test]
fn no_report_and_no_picture_takes_the_place_of_a_baseline() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let known = at("known.yaml");
    assert_eq!(code(&["check", GOOD, "--write-baseline", &known]), Some(0));
    let before = std::fs::read_to_string(&known).expect("a baseline");
    let report = format!("json={known}");
    for wrong in [
        &["check", GOOD, "--baseline", &known, "--output", &report][..],
        &["diagram", GOOD, "--format", "svg", "-o", &known],
    ] {
        let run = sysdrill(wrong);
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{told}");
        assert!(told.contains("is a baseline, and stays"), "{told}");
        let now = std::fs::read_to_string(&known).expect("a baseline");
        assert_eq!(now, before, "{wrong:?}");
    }
    // A newer baseline takes its place all the same.
    assert_eq!(code(&["check", GOOD, "--write-baseline", &known]), Some(0));
}

#[test]
fn explaining_a_rule_shows_why_and_fix() {
    let catalog = sysdrill::catalog::Catalog::embedded();
    let rule = catalog.rules.first().expect("a rule");
    let text = out(&["explain", &rule.id]);
    for part in [
        rule.title.as_str(),
        "Why",
        "Fix",
        "As written",
        "passes:",
        "fails:",
    ] {
        assert!(text.contains(part), "{}: no {part} in\n{text}", rule.id);
    }
    let near = sysdrill(&["explain", &format!("{}x", rule.id)]);
    assert!(String::from_utf8_lossy(&near.stderr).contains(&format!("did you mean `{}`", rule.id)));
}

#[test]
fn flows_that_were_inferred_are_named_and_no_rate_is_asked_of_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.design.yaml").display().to_string();
    let text = "sysdrill: 1\ncomponents: {web: client, api: service, db: postgres}\nconnections: [web -> api -> db]\n";
    std::fs::write(&path, text).expect("written");
    for format in ["human", "markdown", "html", "sarif", "junit", "github"] {
        let said = out(&["check", &path, "--format", format]);
        let inferred = "flows, so these were inferred: web to db";
        assert!(said.contains(inferred), "{format}: {said}");
    }
    let quiet = out(&["check", &path, "--quiet"]);
    assert!(!quiet.contains("inferred"), "{quiet}");
    let said = out(&["analyze", &path]);
    assert!(said.contains("Not stated: rate of web to db."), "{said}");
    let json = out(&["analyze", &path, "--format", "json"]);
    assert!(
        !json.contains("\"rate of \""),
        "every rate is of a flow: {json}"
    );
}

#[test]
fn bits_are_taken_for_bytes_where_there_are_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.design.yaml").display().to_string();
    for (figure, is_said) in [("write_qps: 309/s", false), ("storage: 24 TB", true)] {
        let text = format!(
            "sysdrill: 1\nproblem: url-shortener\nrequirements: {{assumptions: {{new_urls: 100M/month, record_size: 500 B, retention: 5 years}}}}\n\
            estimates: {{{figure}}}\ncomponents: {{web: client}}\n"
        );
        std::fs::write(&path, text).expect("written");
        let said = out(&["check", &path]);
        assert!(said.contains("times too high"), "{figure}: {said}");
        assert_eq!(said.contains("bits for bytes"), is_said, "{figure}: {said}");
    }
}

#[test]
fn a_design_to_which_no_rule_applies_is_not_called_bad() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.design.yaml");
    let text = "sysdrill: 1\ncomponents: {web: client}\nanswers: {a: b}\n";
    std::fs::write(&file, text).expect("written");
    let file = file.display().to_string();
    for format in ["human", "markdown", "html"] {
        let said = out(&["check", "--no-config", &file, "--format", format]);
        assert!(said.contains("nothing could be judged"), "{said}");
        assert!(!said.contains("no hire"), "{said}");
    }
    let gated = out(&["check", "--no-config", &file, "--min-score", "50"]);
    assert!(
        gated.contains("nothing could be judged, at least 50% wanted"),
        "{gated}"
    );
    let report = out(&["check", "--no-config", &file, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["designs"][0]["score"]["percent"], 0.0);
    assert_eq!(report["designs"][0]["score"]["possible"], 0.0);
    let site = folder.path().join("site");
    let site_name = site.display().to_string();
    out(&["grade", &file, "--out", &site_name]);
    let index = std::fs::read_to_string(site.join("index.html")).expect("a page");
    assert!(index.contains("nothing to judge"), "{index}");
}
