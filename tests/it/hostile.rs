//! Files that were made to do harm, or that nobody meant to be read: each gets its own message, and the others are checked
//! all the same.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::readers::READERS;

const GOOD: &str = include_str!("../../docs/example.design.yaml");

fn check(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
    command.env_clear().arg("check").args(arguments);
    command
}

/// The message of each file that could not be checked.
fn messages(report: &Output) -> Vec<(String, String)> {
    let report: Value = serde_json::from_slice(&report.stdout).expect("a report");
    let errors = report["errors"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let name = |path: String| path.rsplit('/').next().unwrap_or_default().to_owned();
    errors
        .map(|error| (name(text(&error["path"])), text(&error["message"])))
        .collect()
}

/// Aliases of aliases: a text of half a kilobyte that stands for a billion values.
fn bomb() -> String {
    let mut text = String::from("sysdrill: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    text
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.join(format!("{name}.design.yaml")), text).expect("written");
}

#[test]
fn hostile_files_are_named_with_what_is_wrong_and_the_others_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    write(here, "good", GOOD);
    write(here, "bomb", bomb());
    write(here, "deep", "[".repeat(100_000));
    write(here, "deep-map", "{a: ".repeat(100_000));
    write(
        here,
        "deep-block",
        (0..900)
            .map(|at| format!("{}a:\n", " ".repeat(at)))
            .collect::<String>(),
    );
    write(here, "latin", b"sysdrill: 1\ntitle: caf\xe9\n");
    write(here, "nul", "sysdrill: 1\ntitle: a\0b\n");
    write(here, "empty", "");
    write(here, "list", "- sysdrill: 1\n");
    write(
        here,
        "many",
        format!(
            "sysdrill: 1\nanswers:\n{}",
            (0..150_000)
                .map(|at| format!("  k{at}: \n"))
                .collect::<String>()
        ),
    );
    let large = fs::File::create(here.join("large.design.yaml")).expect("a file");
    large.set_len(1 << 30).expect("a gigabyte of nothing");
    fs::create_dir(here.join("folder.design.yaml")).expect("a folder");
    let mut expected = vec![
        ("bomb", "values, counting what aliases repeat"),
        ("deep", "nested more than"),
        ("deep-map", "nested more than"),
        ("deep-block", "nested more than"),
        ("latin", "not UTF-8: a byte that is no text"),
        ("nul", "a NUL character"),
        ("empty", "an empty file"),
        ("list", "a list where a design"),
        ("many", "the limit"),
        ("large", "more than"),
    ];
    expected.extend(unix_only(here));
    let report = check(&["--format", "json", &here.display().to_string()])
        .output()
        .expect("an end");
    assert_eq!(report.status.code(), Some(2), "{report:?}");
    let messages = messages(&report);
    for (name, words) in &expected {
        let file = format!("{name}.design.yaml");
        let hit = |(path, message): &&(String, String)| *path == file && message.contains(words);
        assert!(
            messages.iter().any(|error| hit(&error)),
            "{file}: {words}: {messages:#?}"
        );
    }
    let report: Value = serde_json::from_slice(&report.stdout).expect("a report");
    assert_eq!(report["summary"]["designs"], 1, "the good one");
    assert_eq!(report["summary"]["errors"], expected.len());
}

#[test]
fn what_is_no_text_has_its_place_in_every_report() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "latin", b"sysdrill: 1\ntitle: caf\xe9\n");
    let here = folder.path().display().to_string();
    let report = check(&["--format", "json", &here])
        .output()
        .expect("an end");
    let report: Value = serde_json::from_slice(&report.stdout).expect("a report");
    let place = &report["errors"][0]["location"];
    assert_eq!(place["line"], 2);
    assert_eq!(place["column"], 11);
    let report = check(&["--format", "github", &here])
        .output()
        .expect("an end");
    let said = String::from_utf8_lossy(&report.stdout).into_owned();
    assert!(said.contains("line=2,endLine=2,col=11"), "{said}");
}

/// A link in a circle, one to nowhere, as a file is that vanishes, and a pipe that nobody writes to.
#[cfg(unix)]
fn unix_only(here: &Path) -> Vec<(&'static str, &'static str)> {
    use std::os::unix::fs::symlink;
    symlink(here, here.join("circle")).expect("a link");
    symlink("gone", here.join("gone.design.yaml")).expect("a link");
    symlink("self.design.yaml", here.join("self.design.yaml")).expect("a link");
    let pipe = here.join("pipe.design.yaml");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|made| made.success()), "a pipe");
    vec![
        ("gone", "no such file"),
        ("self", "symbolic links"),
        ("pipe", "no file that can be read"),
    ]
}

#[cfg(not(unix))]
fn unix_only(_: &Path) -> Vec<(&'static str, &'static str)> {
    Vec::new()
}

#[test]
fn several_at_once_write_the_same_report_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "good", GOOD);
    let report = folder.path().join("report.json");
    let output = format!("json={}", report.display());
    let design = folder.path().join("good.design.yaml").display().to_string();
    let start = || -> Child {
        check(&["--output", &output, "--exit-zero", &design])
            .stdout(Stdio::null())
            .spawn()
            .expect("a start")
    };
    let running: Vec<Child> = (0..3).map(|_| start()).collect();
    for mut child in running {
        assert_eq!(child.wait().expect("an end").code(), Some(0));
    }
    let text = fs::read_to_string(&report).expect("a report");
    let report: Value = serde_json::from_str(&text).expect("a whole one");
    assert_eq!(report["summary"]["designs"], 1);
    let left = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 2, "nothing but the design and its report");
}

#[test]
fn every_reader_returns_from_all_that_fuzzing_kept() {
    for (name, read) in READERS {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/corpus")
            .join(name);
        let mut files: Vec<_> = fs::read_dir(&corpus)
            .unwrap_or_else(|error| panic!("{}: {error}", corpus.display()))
            .map(|entry| entry.expect("an entry").path())
            .collect();
        files.sort();
        assert!(files.len() > 10, "{name} has hardly a corpus");
        for file in files {
            read(&fs::read(file).expect("bytes"));
        }
    }
}
