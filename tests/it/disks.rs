//! Nothing is lost where nothing can be written: full disks, folders that take no files, journals of earlier programs.

use std::path::{Path, PathBuf};

use super::journal::{Practice, journals, run};

/// Journals as earlier programs have written them, and as this one does.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journals");

#[test]
fn journals_of_every_format_are_read() {
    let entries = std::fs::read_dir(FOLDER).expect("the folder of journals");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 3);
    for path in paths {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::copy(&path, folder.path().join("old.jsonl")).expect("a copy");
        let arguments = ["--out", "d.yaml", "--resume", "old.jsonl"];
        let resumed = run(folder.path(), &arguments, "save\n");
        let complaints = String::from_utf8_lossy(&resumed.stderr);
        assert_eq!(
            resumed.status.code(),
            Some(0),
            "{}: {complaints}",
            path.display()
        );
        let saved = std::fs::read_to_string(folder.path().join("d.yaml")).expect("a design");
        for part in ["shorten a long URL", "web -> api -> db"] {
            assert!(saved.contains(part), "{}: {saved}", path.display());
        }
    }
}

/// What the program says on standard error whose files can't grow beyond a block, and how it ends.
#[cfg(unix)]
fn cramped(folder: &Path, lines: &str) -> (Option<i32>, String) {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let mut child = Command::new("sh")
        .env_clear()
        .current_dir(folder)
        .args([
            "-c",
            "ulimit -f 1 && exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_sysdrill"),
        ])
        .args([
            "practice",
            "url-shortener",
            "--data-dir",
            "data",
            "--out",
            "d.yaml",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(lines.as_bytes()).expect("written");
    drop(input);
    let output = child.wait_with_output().expect("an end");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// A full disk: here a limit on files, at which a program without care is killed by a signal.
#[test]
#[cfg(unix)]
fn where_the_journal_has_no_room_the_session_goes_on_and_says_so_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = format!("must one\n{}must two\nsave\n", "time\n".repeat(60));
    let (code, complaints) = cramped(folder.path(), &lines);
    assert_eq!(code, Some(0), "{complaints}");
    assert_eq!(
        complaints
            .matches("the journal can't be written: file too large")
            .count(),
        1,
        "{complaints}"
    );
    assert!(
        complaints.contains("keeps the design elsewhere"),
        "{complaints}"
    );
    let saved = std::fs::read_to_string(folder.path().join("d.yaml")).expect("a design");
    assert!(
        saved.contains("- one\n") && saved.contains("- two\n"),
        "{saved}"
    );
    // What did get there is whole, and goes on from there.
    let resumed = run(folder.path(), &["--resume", "--out", "e.yaml"], "save\n");
    assert_eq!(resumed.status.code(), Some(0));
    let resumed = std::fs::read_to_string(folder.path().join("e.yaml")).expect("a design");
    assert!(resumed.contains("- one\n"), "{resumed}");
    assert_eq!(journals(folder.path()).len(), 1);
}

#[test]
#[cfg(unix)]
fn a_design_for_which_there_is_no_room_is_told_where_to_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: String = (0..40)
        .map(|at| format!("must do the thing number {at}\n"))
        .collect();
    let (code, complaints) = cramped(folder.path(), &format!("{lines}save\n"));
    assert_eq!(code, Some(2), "{complaints}");
    assert!(
        complaints.contains("the design could not be saved"),
        "{complaints}"
    );
    assert!(
        complaints.contains("save it elsewhere: `save /another"),
        "{complaints}"
    );
    assert!(!folder.path().join("d.yaml").exists());
}

#[test]
fn a_design_is_saved_elsewhere_and_stays_there_after_a_pause() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.yaml"), "mine").expect("written");
    // A folder that is gone takes no files, not even from root.
    let gone = folder.path().join("gone");
    std::fs::create_dir(&gone).expect("a folder");
    let arguments = ["url-shortener", "--out", "gone/d.yaml"];
    let mut session = Practice::start(folder.path(), &arguments);
    session.type_in(&["must one"], 1);
    std::fs::remove_dir(&gone).expect("removed");
    let (code, complaints) = session.end("save\nsave mine.yaml\nsave other.yaml\nquit\n");
    assert_eq!(code, Some(0), "{complaints}");
    assert!(complaints.contains("could not be saved"), "{complaints}");
    assert!(
        complaints.contains("mine.yaml exists already"),
        "{complaints}"
    );
    let output = run(folder.path(), &["--resume"], "must two\nsave\n");
    assert_eq!(output.status.code(), Some(0));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a text");
    assert_eq!(read("mine.yaml"), "mine");
    assert!(read("other.yaml").contains("- two\n"));
}

#[test]
fn a_file_that_cannot_be_written_is_not_where_the_design_is_saved_from_then_on() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.yaml"), "mine").expect("written");
    let output = run(
        folder.path(),
        &["url-shortener", "--out", "z.design.yaml"],
        "must one\nsave mine.yaml/x\nsave mine.yaml\nquit\n",
    );
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{complaints}");
    assert_eq!(complaints.matches("could not be saved").count(), 1);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a text");
    assert!(read("z.design.yaml").contains("- one\n"));
    let resumed = run(folder.path(), &["--resume"], "must two\nfinish\nfinish\n");
    assert_eq!(resumed.status.code(), Some(0));
    assert!(read("z.design.yaml").contains("- two\n"));
    assert_eq!(read("mine.yaml"), "mine");
}
