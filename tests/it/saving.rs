//! What a session writes takes the place of nothing: neither its design nor its report, nor what another session saves.

use std::collections::BTreeSet;
use std::path::Path;

use super::journal::{Practice, journals, run};

const PROBLEM: &str = "url-shortener";

/// How a session ends that is asked for with arguments and gets lines, and what it says on standard error.
fn held(folder: &Path, arguments: &[&str], lines: &str) -> (Option<i32>, String) {
    let output = run(folder, arguments, lines);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

/// The names of files that end so.
fn names(folder: &Path, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(ending)).collect()
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("a text")
}

#[test]
fn a_report_takes_the_place_of_no_design_and_goes_where_there_is_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mine = "sysdrill: 1\n";
    std::fs::write(folder.join("mine.design.yaml"), mine).expect("written");
    for (out, report, said) in [
        ("a.yaml", "mine.design.yaml", "is a design, and stays"),
        ("a.yaml", "a.yaml", "both go to a.yaml"),
        ("a.yaml", "./a.yaml", "both go to ./a.yaml"),
        ("a.yaml", "none/r.md", "its folder is not there"),
        ("a.yaml", ".", "is a folder"),
        ("none/a.yaml", "r.md", "its folder is not there"),
    ] {
        let (code, told) = held(folder, &[PROBLEM, "--out", out, "--report", report], "");
        assert_eq!(code, Some(2), "{report}: {told}");
        assert!(told.contains(said), "{report}: {told}");
    }
    assert!(!folder.join("data").exists(), "no session was begun");
    assert_eq!(text(folder, "mine.design.yaml"), mine);
    let finish = "must one\nsave r.md\nfinish\nfinish\n";
    let arguments = [PROBLEM, "--out", "a.yaml", "--report", "r.md"];
    let (code, told) = held(folder, &arguments, finish);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("both go to r.md"), "{told}");
    assert!(text(folder, "a.yaml").starts_with("sysdrill: 1\n"));
    assert!(text(folder, "r.md").starts_with('#'));
    let again = [PROBLEM, "--out", "b.yaml", "--report", "r.md"];
    assert_eq!(
        held(folder, &again, "must two\nfinish\nfinish\n").0,
        Some(0)
    );
}

#[test]
fn a_report_that_is_lost_is_trouble() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let gone = folder.join("gone");
    std::fs::create_dir(&gone).expect("a folder");
    let arguments = [PROBLEM, "--out", "a.yaml", "--report", "gone/r.md"];
    let mut session = Practice::start(folder, &arguments);
    session.type_in(&["must one"], 1);
    std::fs::remove_dir(&gone).expect("removed");
    let (code, said) = session.end("finish\nfinish\n");
    assert!(said.contains("the report could not be saved"), "{said}");
    assert_eq!(code, Some(2), "{said}");
    assert!(folder.join("a.yaml").exists());
}

#[test]
fn sessions_of_the_same_moment_save_in_files_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut sessions: Vec<Practice> = (0..4)
        .map(|_| Practice::start(folder, &[PROBLEM]))
        .collect();
    for (at, session) in sessions.iter_mut().enumerate() {
        session.type_in(&[&format!("must do {at}")], 1);
    }
    assert_eq!(names(folder, ".yaml"), [""; 0], "nothing was saved yet");
    for session in sessions {
        assert_eq!(session.end("save\nsave\n").0, Some(0));
    }
    let saved = names(folder, ".design.yaml");
    let said: BTreeSet<String> = saved
        .iter()
        .flat_map(|name| {
            let text = text(folder, name);
            let said = text.lines().filter(|line| line.contains("- do "));
            said.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!((saved.len(), said.len()), (4, 4), "{saved:?} {said:?}");
}

#[test]
fn a_name_that_a_running_session_has_taken_is_told_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut first = Practice::start(folder, &[PROBLEM, "--out", "a.yaml"]);
    first.type_in(&["must one"], 1);
    let (code, said) = held(folder, &[PROBLEM, "--out", "./a.yaml"], "");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is where another session saves"), "{said}");
    // One that came by the name later finds out when it saves.
    let mut second = Practice::start(folder, &[PROBLEM]);
    second.type_in(&["must two"], 1);
    assert_eq!(first.end("save\n").0, Some(0));
    assert_eq!(second.end("save a.yaml\nsave\n").0, Some(0));
    assert!(text(folder, "a.yaml").contains("- one\n"));
    let others = names(folder, ".design.yaml");
    assert!(text(folder, &others[0]).contains("- two\n"), "{others:?}");
    assert_eq!(names(folder, "a.yaml"), ["a.yaml"]);
}

#[test]
fn who_goes_on_writes_over_no_other_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mine = "sysdrill: 1\n";
    std::fs::write(folder.join("mine.design.yaml"), mine).expect("written");
    assert_eq!(
        held(folder, &[PROBLEM, "--out", "a.yaml"], "must one\n").0,
        Some(0)
    );
    let there = ["--resume", "--out", "mine.design.yaml"];
    let (code, said) = held(folder, &there, "");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("mine.design.yaml exists already"), "{said}");
    assert_eq!(text(folder, "mine.design.yaml"), mine);
    // Its own file is no other one, whether it is named or not, and neither is one that it has moved to.
    let own = ["--resume", "--out", "./a.yaml"];
    assert_eq!(held(folder, &own, "must two\nsave\n").0, Some(0));
    assert_eq!(held(folder, &own, "must three\nsave\n").0, Some(0));
    assert!(text(folder, "a.yaml").contains("- three\n"));
    let moved = ["--resume", "--out", "b.yaml"];
    assert_eq!(held(folder, &moved, "save\n").0, Some(0));
    assert_eq!(held(folder, &moved, "must four\nsave\n").0, Some(0));
    assert!(text(folder, "b.yaml").contains("- four\n"));
    assert!(!text(folder, "a.yaml").contains("- four\n"));
    // What somebody has changed by hand since stays.
    let by_hand = format!("{}# mine\n", text(folder, "b.yaml"));
    std::fs::write(folder.join("b.yaml"), &by_hand).expect("written");
    let (code, said) = held(folder, &["--resume"], "must five\nsave\nsave\n");
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(text(folder, "b.yaml"), by_hand);
    assert!(text(folder, "b-2.yaml").contains("- five\n"));
    // What somebody else has put where the session was to save stays as well.
    let mut killed = Practice::start(folder, &["chat", "--out", "c.yaml"]);
    killed.type_in(&["must one"], 1);
    killed.kill();
    std::fs::write(folder.join("c.yaml"), mine).expect("written");
    assert_eq!(held(folder, &["--resume", "chat"], "save\n").0, Some(0));
    assert_eq!(text(folder, "c.yaml"), mine);
    assert!(text(folder, "c-2.yaml").contains("- one\n"));
    assert_eq!(journals(folder).len(), 2);
}
