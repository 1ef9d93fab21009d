//! `--watch` at a pseudo-terminal: what is saved is checked again, until Ctrl-C.

use super::terminal::{CTRL_C, Terminal};

const DESIGN: &str =
    "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\n";
const WEAK: &str = "sysdrill: 1\ncomponents: {web: client, db: {tech: postgres, replicas: 1}}\nconnections: [web -> db]\n\
    flows: {save: {path: web -> db, kind: write, rate: 900/s, availability: 99.99%}}\n";

#[test]
fn what_is_saved_is_checked_again_and_a_screen_that_can_be_is_wiped() {
    for (kind, wipes) in [("xterm-256color", true), ("dumb", false)] {
        let folder = tempfile::tempdir().expect("a folder");
        let save = |name: &str, text: &str, title: &str| {
            let path = folder.path().join(format!("{name}.design.yaml"));
            std::fs::write(path, format!("{text}title: {title}\n")).expect("written");
        };
        save("a", DESIGN, "First");
        let arguments = ["check", "--watch", "."];
        let mut terminal = Terminal::start(folder.path(), &arguments, &[("TERM", kind)]);
        terminal.wrote("First", 1);
        terminal.wrote("watching 1 design; Ctrl-C ends", 1);
        save("a", DESIGN, "Second");
        terminal.wrote("Second", 1);
        terminal.wrote("watching 1 design; Ctrl-C ends", 2);
        assert!(!(wipes && terminal.text().contains("First")));
        save("b", WEAK, "Third one");
        terminal.wrote("Third one", 1);
        terminal.wrote("watching 2 designs; Ctrl-C ends", 1);
        terminal.keys(CTRL_C);
        let raw = terminal.raw();
        assert_eq!(raw.contains("\u{1b}[2J"), wipes, "{raw}");
        assert!(wipes || !raw.contains('\u{1b}'), "{raw}");
        assert_eq!(terminal.end().0, 1, "the code of the last round");
    }
}

#[test]
fn a_configuration_that_is_new_counts_from_then_on() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.design.yaml"), WEAK).expect("written");
    let mut terminal = Terminal::start(folder.path(), &["check", "--watch", "."], &[]);
    terminal.wrote("minor[nothing-measured]", 1);
    terminal.wrote("watching 1 design; Ctrl-C ends", 1);
    let settings = folder.path().join("sysdrill.yaml");
    std::fs::write(&settings, "ignore: nothing-measured\n").expect("written");
    terminal.wrote("watching 1 design; Ctrl-C ends", 2);
    assert_eq!(terminal.raw().matches("minor[nothing-measured]").count(), 1);
    std::fs::remove_file(settings).expect("gone");
    terminal.wrote("minor[nothing-measured]", 2);
    terminal.wrote("watching 1 design; Ctrl-C ends", 3);
    terminal.keys(CTRL_C);
    assert_eq!(terminal.end().0, 1);
}
