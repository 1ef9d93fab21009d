//! Where people run it: the files that other programs read are what those expect.

use std::path::Path;
use std::process::Command;

use clap::{CommandFactory, Parser};
use serde_json::Value;
use sysdrill::cli::Arguments;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
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
