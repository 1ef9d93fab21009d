//! More than a line at the terminal: pastes, blocks, texts over several lines, the design in an editor.

use std::path::Path;

use super::journal::run;
use super::terminal::{CTRL_C, Terminal};

/// An editor that does what `edits` says with the file, which comes behind its own arguments.
fn editor(folder: &Path, script: &str) {
    std::fs::write(
        folder.join("editor.sh"),
        "[ \"$1\" = 'with space' ] || exit 9\nfile=$2\n. ./edits\n",
    )
    .expect("written");
    std::fs::write(folder.join("edits"), script).expect("written");
}

const EDITOR: &[(&str, &str)] = &[
    ("EDITOR", "sh editor.sh 'with space'"),
    ("PATH", "/usr/bin:/bin"),
];

/// Changes the file; `sed -i` is not the same everywhere.
fn sed(change: &str) -> String {
    format!("sed '{change}' \"$file\" > changed && mv changed \"$file\"\n")
}

#[test]
fn a_design_is_edited_and_nothing_is_lost_by_mistakes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &["url-shortener", "--seed", "1"], EDITOR);
    terminal.prompt();
    terminal.line("web -> api x3 -> db", "2 new arrows");
    editor(
        folder.path(),
        &sed("s/x*replicas: 3/replicas: 5, colour: red/"),
    );
    terminal.line("edit", "1 mistake in your edit; nothing was taken");
    terminal.see("replicas: 5, colour: red");
    terminal.line("show", "api (service ×3)");
    editor(folder.path(), "exit 3\n");
    terminal.line("edit", "ended with exit status: 3; nothing was taken");
    editor(folder.path(), &sed("s/, colour: red//"));
    terminal.line("edit", "replicas 3 -> 5");
    terminal.line("undo", "undone: edit");
    terminal.line("redo", "done again: edit");
    editor(folder.path(), "");
    terminal.line("edit", "Nothing was changed.");
    terminal.line("edit discard", "There is no edit that waits.");
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
    let left = std::fs::read_dir(folder.path().join("data/practice")).expect("a folder");
    assert_eq!(left.count(), 1, "the journal, and no file of an edit");
    let resumed = run(folder.path(), &["--resume", "--out", "d.yaml"], "save\n");
    assert_eq!(resumed.status.code(), Some(0));
    let saved = std::fs::read_to_string(folder.path().join("d.yaml")).expect("a design");
    assert!(saved.contains("replicas: 5"), "{saved}");
}

#[test]
fn without_a_terminal_or_an_editor_there_is_a_word_on_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(
        folder.path(),
        &["url-shortener", "--out", "d.yaml"],
        "edit\nmust one\nsave\n",
    );
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        complaints.contains("`edit` needs a terminal"),
        "{complaints}"
    );
    assert!(folder.path().join("d.yaml").exists());
    let environment = [("VISUAL", "no-such-editor; touch hacked")];
    let mut terminal = Terminal::open(folder.path(), &["url-shortener"], &environment);
    terminal.prompt();
    terminal.line("edit", "the editor `no-such-editor;` can't be started");
    terminal.see("set VISUAL or EDITOR");
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
    assert!(!folder.path().join("hacked").exists());
}

#[test]
fn pastes_are_taken_as_what_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &["url-shortener", "--seed", "1"], &[]);
    terminal.prompt();
    terminal.paste("web -> lb -> api x3\n# the stores\napi -> flurb, cache\ncache -> -> x\n");
    terminal.see("`flurb`: what kind?");
    terminal.prompt();
    // The rest of the paste waits for the answer.
    terminal.line("sql_db", "line 4: a name is missing here");
    terminal.paste("components:\n  flurb: {replicas: 2}\n  metrics: prometheus\nconnections:\n  - api ~> metricks\n\n");
    terminal.see("nothing was taken");
    terminal.see("the block:5:12");
    terminal.prompt();
    terminal.paste("components:\n  flurb: {replicas: 2}\n  metrics: prometheus\nconnections:\n  - api ~> metrics\n\n");
    terminal.see("~ flurb: replicas not stated -> 2");
    terminal.prompt();
    // Typed, not pasted: the block goes on until an empty line, the text until its end.
    terminal.keys("flows:\r  open: web -> lb -> api\r");
    terminal.see("an empty line ends the block");
    terminal.keys("\r");
    terminal.see("+ open: path web -> lb -> api");
    terminal.prompt();
    for answer in [
        "No requirement is written down yet",
        "2/5 Estimation",
        "No figure is worked out yet",
        "3/5 High-level",
        "(1/",
    ] {
        terminal.line("next step", answer);
    }
    terminal.paste("The first line says what happens,\nand then out of it comes the second.\nWhat remains is the third.\n");
    terminal.see("answer recorded");
    terminal.prompt();
    terminal.keys("answer hot keys: \"\"\"\r  some are cached\r  near the reader\r\"\"\"\r");
    terminal.see("hot keys");
    terminal.prompt();
    terminal.keys("answer cold keys: they are read \\\rfrom the store\r");
    terminal.see("cold keys");
    terminal.prompt();
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
    let resumed = run(folder.path(), &["--resume", "--out", "d.yaml"], "save\n");
    assert_eq!(resumed.status.code(), Some(0));
    let saved = std::fs::read_to_string(folder.path().join("d.yaml")).expect("a design");
    for part in [
        "flurb: {kind: sql_db, replicas: 2}",
        "open: web -> lb -> api",
        "The first line says what happens, and then out of it comes the second. What remains is the third.",
        "some are cached near the reader",
        "they are read from the store",
    ] {
        assert!(saved.contains(part), "{part}: {saved}");
    }
}

#[test]
fn a_window_of_another_size_is_drawn_for_its_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &["url-shortener", "--seed", "1"], &[]);
    terminal.prompt();
    terminal.line(
        "web -> lb -> api -> cache, store:sql_db, queue",
        "5 new arrows",
    );
    terminal.keys("sho");
    terminal.see("> sho");
    terminal.resize(50, 200);
    terminal.keys("w\r");
    terminal.see("├─> store");
    terminal.prompt();
    terminal.resize(24, 40);
    terminal.keys("help\r");
    terminal.see("help NAME");
    terminal.prompt();
    let widest = terminal
        .text()
        .lines()
        .map(|line| line.chars().count())
        .max();
    assert!(
        widest.is_some_and(|widest| widest <= 40),
        "{}",
        terminal.text()
    );
    terminal.keys(CTRL_C);
    terminal.see("Leave?");
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_dumb_terminal_is_spoken_to_in_plain_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = [("TERM", "dumb"), ("LANG", "C")];
    let mut terminal = Terminal::open(folder.path(), &["url-shortener"], &environment);
    terminal.prompt();
    terminal.keys("web -> api x3 -> db\n");
    terminal.see("2 new arrows");
    terminal.keys("components:\n  metrics: prometheus\n\n");
    terminal.see("+ metrics: kind metrics");
    terminal.keys("show\n");
    terminal.see("`-> api (service x3)");
    terminal.keys(&format!("must {}\n", "long ".repeat(300)));
    terminal.see("must 1:");
    let long = format!("must {}\n", "far too long ".repeat(400));
    for part in long.as_bytes().chunks(1000) {
        terminal.keys(&String::from_utf8_lossy(part));
    }
    terminal.see("a line of more than 4000 bytes");
    terminal.keys("quit\n");
    let raw = terminal.raw();
    assert_eq!(terminal.end().0, 0);
    assert!(raw.is_ascii() && !raw.contains('\u{1b}'), "{raw:?}");
}
