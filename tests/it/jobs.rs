//! Where people run it: the files that other programs read are what those expect, their scripts run, and the commands of
//! `docs/ci.md` are ones that sysdrill has.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{CommandFactory, Parser};
use serde_json::Value;
use sysdrill::cli::Arguments;

const GOOD: &str =
    "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\n";
const BAD: &str = "sysdrill: 1\ncomponents: {web: client, db: {tech: postgres, replicas: 1}}\nconnections: [web -> db]\n\
    flows: {save: {path: web -> db, kind: write, rate: 900/s, availability: 99.99%}}\n";

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// A scratch folder with a good design and a bad one under a name that a shell would take apart.
fn scratch() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("good.design.yaml"), GOOD).expect("written");
    fs::write(folder.path().join(HOSTILE), BAD).expect("written");
    folder
}

const HOSTILE: &str = "b $(touch pwned); 'x.design.yaml";

/// Runs a script as jobs do, in a folder, with sysdrill on the path; gives back the code.
fn shell(script: &str, folder: &Path, variables: &BTreeMap<String, String>) -> Option<i32> {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_sysdrill"));
    let own = binary.parent().expect("a folder").display().to_string();
    let output = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{own}:/usr/bin:/bin"))
        .envs(variables)
        .output()
        .expect("sh");
    output.status.code()
}

/// The action with its inputs, some of them set.
fn action(folder: &Path, set: &[(&str, &str)]) -> Option<i32> {
    let action = yaml(&text("action.yml"));
    let steps = action["runs"]["steps"].as_array().expect("steps");
    let step = steps
        .iter()
        .find(|step| step["id"] == "check")
        .expect("a step");
    let script = step["run"].as_str().expect("a script");
    assert!(
        !script.contains("${{"),
        "an input becomes a part of the script"
    );
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in step["env"].as_object().expect("variables") {
        let input = value
            .as_str()
            .expect("a text")
            .trim_start_matches("${{ inputs.")
            .trim_end_matches(" }}");
        let given = set
            .iter()
            .find(|(name, _)| *name == input)
            .map(|(_, value)| *value);
        let default = action["inputs"][input]["default"]
            .as_str()
            .expect("a default");
        variables.insert(name.clone(), given.unwrap_or(default).to_owned());
    }
    for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
        variables.insert(name.to_owned(), folder.join(name).display().to_string());
    }
    variables.insert("RUNNER_TEMP".to_owned(), folder.display().to_string());
    shell(script, folder, &variables)
}

#[test]
fn the_action_checks_what_it_is_given_and_inputs_are_no_commands() {
    let folder = scratch();
    let place = folder.path();
    let written = |name: &str| fs::read_to_string(place.join(name)).unwrap_or_default();
    assert_eq!(action(place, &[]), Some(1));
    assert!(written("GITHUB_OUTPUT").contains("exit-code=1"));
    assert!(written("GITHUB_STEP_SUMMARY").contains("## "));
    let two = format!("good.design.yaml\n{HOSTILE}\n");
    let sarif = [
        ("paths", two.as_str()),
        ("fail-on", "never"),
        ("sarif", "report.sarif"),
    ];
    assert_eq!(action(place, &sarif), Some(0));
    assert!(yaml(&written("report.sarif"))["runs"].is_array());
    let hostile = [
        ("paths", "good.design.yaml"),
        ("fail-on", "$(touch pwned)"),
        ("level", "`touch pwned`"),
    ];
    assert_eq!(action(place, &hostile), Some(2));
    assert_eq!(action(place, &[("paths", "--help")]), Some(2));
    assert!(!place.join("pwned").exists());
}

#[test]
fn the_job_for_gitlab_writes_its_reports() {
    let folder = scratch();
    let job = yaml(&text("ci/gitlab.yml"))["sysdrill"].take();
    let script: Vec<&str> = job["script"]
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let variables = job["variables"].as_object().expect("variables").iter();
    let variables =
        variables.map(|(name, value)| (name.clone(), value.as_str().expect("a text").to_owned()));
    assert_eq!(
        shell(&script.join("\n"), folder.path(), &variables.collect()),
        Some(1)
    );
    for report in job["artifacts"]["reports"]
        .as_object()
        .expect("reports")
        .values()
    {
        let report = report.as_str().expect("a file");
        assert!(folder.path().join(report).exists(), "{report}");
    }
}

#[test]
fn hooks_find_designs_by_their_names_and_call_a_command_that_there_is() {
    let hooks = yaml(&text(".pre-commit-hooks.yaml"));
    for hook in hooks.as_array().expect("hooks") {
        let entry = hook["entry"].as_str().expect("an entry");
        let command = entry.split(' ').chain(["a.design.yaml"]);
        assert!(Arguments::try_parse_from(command).is_ok(), "{entry}");
        assert_eq!(hook["files"], r"\.design\.ya?ml$");
        for key in ["id", "name", "language"] {
            assert!(hook[key].is_string(), "{key}");
        }
    }
}

/// The command of sysdrill that a line calls, at its start or behind a pipe.
fn called(line: &str) -> Option<&str> {
    let calls = line.trim_start_matches("$ ").split(" | ");
    let mut own = calls.filter(|call| call.starts_with("sysdrill "));
    own.next()?.split(" > ").next()
}

#[test]
fn the_snippets_of_the_documentation_are_what_they_say() {
    let document = text("docs/ci.md");
    let blocks: Vec<&str> = document.split("```").skip(1).step_by(2).collect();
    let mut commands = 0;
    for block in blocks {
        let (language, body) = block.split_once('\n').expect("a language");
        match language {
            "yaml" => assert!(!yaml(body).is_null(), "{body}"),
            _ => {
                for line in body.lines() {
                    let Some(command) = called(line) else {
                        continue;
                    };
                    commands += 1;
                    let read = Arguments::try_parse_from(command.split(' '));
                    assert!(read.is_ok(), "{line}: {}", read.expect_err("a complaint"));
                }
            }
        }
    }
    assert!(commands >= 5, "{commands} commands");
}

#[test]
fn images_are_built_by_the_oldest_rust_that_will_do() {
    let manifest = text("Cargo.toml");
    let msrv = manifest
        .split("rust-version = \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let image = format!("FROM rust:{}-slim", msrv.expect("an MSRV"));
    assert!(text("Dockerfile").contains(&image), "{image}");
}

#[test]
fn every_command_has_a_manual_page_in_which_each_of_its_options_stands() {
    let mut program = Arguments::command();
    program.build();
    let page = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
        let output = command.arg("man").args(arguments).output().expect("an end");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("text"),
        )
    };
    let (code, whole) = page(&[]);
    assert_eq!(code, Some(0));
    for command in program.get_subcommands().filter(|it| !it.is_hide_set()) {
        let name = format!("sysdrill\\-{}(1)", command.get_name());
        assert!(whole.contains(&name), "{name}\n{whole}");
    }
    let check = program.find_subcommand("check").expect("a command");
    let (code, manual) = page(&["check"]);
    assert_eq!(code, Some(0));
    for option in check.get_arguments().filter_map(|it| it.get_long()) {
        let option = format!("\\-\\-{}", option.replace('-', "\\-"));
        assert!(manual.contains(&option), "{option}\n{manual}");
    }
    assert_eq!(page(&["chek"]).0, Some(2));
}
