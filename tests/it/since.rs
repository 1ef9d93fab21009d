//! `--since`: only what changed is checked, and what can't be said is an error with its cure.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const DESIGN: &str =
    "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\n";

/// A repository with designs a, b and c in it, committed.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(
        folder.path(),
        &["init", "--quiet", "--initial-branch", "main"],
    );
    for name in ["a", "b", "sub/c"] {
        design(folder.path(), name, "");
    }
    commit(folder.path(), "first");
    folder
}

fn design(folder: &Path, name: &str, more: &str) {
    let path = folder.join(format!("{name}.design.yaml"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, format!("{DESIGN}{more}")).expect("written");
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "a"),
        ("GIT_AUTHOR_EMAIL", "a@b"),
        ("GIT_COMMITTER_NAME", "a"),
        ("GIT_COMMITTER_EMAIL", "a@b"),
    ] {
        command.env(name, value);
    }
    let output = command.output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sysdrill"))
        .current_dir(folder)
        .args(["check", "--format", "json", "--fail-on", "never"])
        .args(arguments)
        .output()
        .expect("an end")
}

/// The designs that are checked, with the exit code.
fn checked(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let output = check(folder, arguments);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let designs = report["designs"].as_array().expect("a list").iter();
    let paths = designs.map(|design| design["path"].as_str().expect("a path").to_owned());
    (output.status.code(), paths.collect())
}

#[test]
fn what_was_changed_added_or_renamed_since_the_revision_is_checked_and_nothing_else() {
    let folder = repository();
    let root = folder.path();
    assert_eq!(checked(root, &[".", "--since", "main"]), (Some(0), vec![]));
    design(root, "a", "title: another\n");
    assert_eq!(
        checked(root, &[".", "--since", "main"]).1,
        ["./a.design.yaml"]
    );
    // In an index, in a commit, under a new name, unknown to git, ignored by it: all of them are otherwise than on main.
    git(root, &["switch", "--quiet", "--create", "work"]);
    commit(root, "second");
    git(root, &["mv", "sub/c.design.yaml", "sub/moved.design.yaml"]);
    design(root, "ignored", "");
    fs::write(root.join(".gitignore"), "ignored*\n").expect("written");
    design(root, "sub/new", "");
    let asked = ["ignored.design.yaml", ".", "--since", "main"];
    let found = [
        "./a.design.yaml",
        "./sub/moved.design.yaml",
        "./sub/new.design.yaml",
        "ignored.design.yaml",
    ];
    let (code, mut paths) = checked(root, &asked);
    paths.sort();
    assert_eq!((code, paths), (Some(0), found.map(str::to_owned).to_vec()));
    // The same from another folder.
    assert_eq!(
        checked(&root.join("sub"), &[".", "--since", "main"]).1,
        ["./moved.design.yaml", "./new.design.yaml"]
    );
}

#[test]
fn no_design_that_changed_is_well_and_no_design_at_all_is_nothing() {
    let folder = repository();
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    let since = |path: &str| checked(folder.path(), &[path, "--since", "main"]);
    assert_eq!(since("sub"), (Some(0), vec![]));
    assert_eq!(since("empty"), (Some(3), vec![]));
}

#[test]
fn what_others_did_since_then_is_no_change() {
    let folder = repository();
    let root = folder.path();
    git(root, &["switch", "--quiet", "--create", "work"]);
    design(root, "b", "title: mine\n");
    commit(root, "mine");
    git(root, &["switch", "--quiet", "main"]);
    design(root, "a", "title: theirs\n");
    commit(root, "theirs");
    git(root, &["switch", "--quiet", "work"]);
    assert_eq!(
        checked(root, &[".", "--since", "main"]).1,
        ["./b.design.yaml"]
    );
}

#[test]
fn what_can_t_be_said_is_trouble_with_its_cure() {
    let folder = repository();
    let root = folder.path();
    let outside = tempfile::tempdir().expect("a folder");
    design(outside.path(), "a", "");
    git(root, &["switch", "--quiet", "--orphan", "apart"]);
    design(root, "a", "");
    commit(root, "apart");
    let cases: [(&Path, [&str; 2], &str, &str); 5] = [
        (
            root,
            [".", "nowhere"],
            "unknown revision `nowhere`",
            "origin/main",
        ),
        (
            root,
            [".", "--help"],
            "unknown revision `--help`",
            "origin/main",
        ),
        (root, [".", "main"], "no commit in common", "fetch-depth: 0"),
        (
            root,
            ["-", "main"],
            "standard input has no history",
            "leave --since out",
        ),
        (
            outside.path(),
            [".", "main"],
            "in no git repository",
            "leave it out",
        ),
    ];
    for (folder, [path, revision], message, help) in cases {
        let since = format!("--since={revision}");
        let output = check(folder, &[path, &since]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(message) && said.contains(help), "{said}");
        assert!(output.stdout.is_empty());
    }
}
