//! The real program at a pseudo-terminal: what a person sees who types, completes, interrupts and leaves.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const TAB: &str = "\t";
pub(super) const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";
const CTRL_U: &str = "\u{15}";
const UP: &str = "\u{1b}[A";

/// The program with a screen.
pub(super) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Practice.
    pub(super) fn open(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let practice = ["practice", "--data-dir", "data"];
        Self::start(folder, &[&practice, arguments].concat(), environment)
    }

    /// Any command.
    pub(super) fn start(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let size = PtySize {
            rows: 40,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sysdrill"));
        command.env_clear();
        command.cwd(folder);
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")]
            .iter()
            .chain(environment)
        {
            command.env(name, value);
        }
        command.args(arguments);
        let child = pair.slave.spawn_command(command).expect("a process");
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its input");
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(40, 80, 1000);
        Self {
            child,
            keyboard,
            bytes,
            screen,
            raw: Vec::new(),
            master: pair.master,
        }
    }

    pub(super) fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("typed");
        self.keyboard.flush().expect("typed");
    }

    /// Pastes lines as terminals mark them, and sends them off.
    pub(super) fn paste(&mut self, lines: &str) {
        self.keys(&format!("\u{1b}[200~{lines}\u{1b}[201~\r"));
    }

    /// Types a line and waits until it was answered and the prompt is back.
    pub(super) fn line(&mut self, line: &str, answer: &str) {
        self.keys(&format!("{line}\r"));
        self.see(answer);
        self.prompt();
    }

    /// Gives the terminal another size, as a window that is drawn larger.
    pub(super) fn resize(&mut self, rows: u16, cols: u16) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).expect("another size");
        self.screen.screen_mut().set_size(rows, cols);
    }

    pub(super) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// All that was written so far.
    pub(super) fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend(bytes);
        self.screen.process(bytes);
    }

    /// Waits until a text was written so many times, wherever it is by now.
    pub(super) fn wrote(&mut self, text: &str, times: usize) {
        let deadline = Instant::now() + super::PATIENCE;
        while self.raw().matches(text).count() < times {
            self.read_until(deadline, text);
        }
    }

    fn read_until(&mut self, deadline: Instant, what: &str) {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.bytes.recv_timeout(left) {
            Ok(bytes) => self.take(&bytes),
            Err(_) => panic!("no {what} on the screen:\n{}", self.text()),
        }
    }

    /// Waits until a text is on the screen.
    pub(super) fn see(&mut self, text: &str) {
        self.until(text, |screen| screen.contains(text));
    }

    /// Waits until the cursor stands behind a prompt.
    pub(super) fn prompt(&mut self) {
        self.until("a prompt", |screen| {
            screen
                .lines()
                .last()
                .is_some_and(|line| line.trim_end().ends_with("] >"))
        });
    }

    pub(super) fn until(&mut self, what: &str, holds: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + super::PATIENCE;
        while !holds(self.text().trim_end()) {
            self.read_until(deadline, what);
        }
    }

    pub(super) fn end(mut self) -> (u32, String) {
        let deadline = Instant::now() + super::PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("an answer") {
                break status;
            }
            assert!(Instant::now() < deadline, "no end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        };
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(300)) {
            self.take(&bytes);
        }
        (status.exit_code(), self.text())
    }
}

fn designs(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    entries
        .filter(|path| path.to_string_lossy().ends_with(".design.yaml"))
        .collect()
}

fn shows_a_screen_at_a_time(terminal: &mut Terminal) {
    terminal.resize(11, 80);
    terminal.line("help set", "more lines: an empty line shows them");
    assert!(!terminal.text().contains("p50"), "{}", terminal.text());
    terminal.line("", "p50, availability, title");
    terminal.resize(40, 80);
    terminal.line("status", "Requirements");
}

#[test]
fn a_session_is_typed_completed_interrupted_and_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &["url-shortener", "--seed", "1"], &[]);
    terminal.see("Design a service");
    terminal.prompt();
    terminal.line("must shorten a long URL", "must 1: shorten a long URL");
    terminal.keys(&format!("qual{TAB}"));
    terminal.see("> quality");
    terminal.keys("redirects within 100 ms at p99\r");
    terminal.see("quality 1: redirects within 100 ms at p99");
    terminal.prompt();
    terminal.line("set nothing replicas=1", "^^^^^^^");
    terminal.keys(UP);
    terminal.until("the line from before", |screen| {
        screen
            .lines()
            .last()
            .is_some_and(|line| line.contains("> set nothing"))
    });
    terminal.keys("\r");
    terminal.until("the same trouble again", |screen| {
        screen.matches("unknown component `nothing`").count() == 2
    });
    terminal.prompt();
    terminal.keys("half a line");
    terminal.see("half a line");
    terminal.keys(CTRL_C);
    terminal.see("Ctrl-C again or `quit` leaves");
    terminal.prompt();
    terminal.line("web -> lb -> api x3 -> cache, db", "4 new arrows");
    terminal.keys(&format!("set api str{TAB}"));
    terminal.see("set api strategy=");
    terminal.keys(CTRL_U);
    terminal.line("set cache strategy=cache_aside", "strategy cache_aside");
    terminal.line("show", "└─> db");
    shows_a_screen_at_a_time(&mut terminal);
    terminal.paste("add metrics\nadd logging\n");
    terminal.see("logging (logging)");
    terminal.prompt();
    terminal.keys(CTRL_D);
    terminal.see("Ctrl-D again or `quit` leaves");
    terminal.prompt();
    terminal.keys(CTRL_D);
    let (code, screen) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    assert!(
        screen.contains("Saved to") && screen.contains("--resume"),
        "{screen}"
    );
    let saved = designs(folder.path());
    assert_eq!(saved.len(), 1);
    let text = std::fs::read_to_string(&saved[0]).expect("a text");
    for part in [
        "shorten a long URL",
        "api: {kind: service, replicas: 3}",
        "logging: logging",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn an_interview_is_resumed_and_ends_with_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &[], &[]);
    terminal.see("Which problem? [1] >");
    terminal.keys("url-shortener\r");
    terminal.see("Design a service");
    terminal.prompt();
    terminal.line("must shorten a long URL", "must 1");
    terminal.keys("quit\r");
    let (code, screen) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    let mut terminal = Terminal::open(folder.path(), &["--resume"], &[]);
    terminal.see("Back where you were");
    terminal.prompt();
    terminal.line("must redirect a short code", "must 2");
    terminal.line("finish", "`finish` again");
    terminal.keys("finish\r");
    let (code, screen) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    assert!(
        screen.contains("Requirements") && screen.contains("`sysdrill check url-shortener-"),
        "{screen}"
    );
    assert_eq!(designs(folder.path()).len(), 1);
}

#[test]
fn a_block_outlives_a_kill_and_goes_on_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &["url-shortener", "--seed", "1"], &[]);
    terminal.see("Design a service");
    terminal.prompt();
    terminal.keys("components:\r");
    terminal.see("an empty line ends the block, Ctrl-C leaves it out");
    terminal.keys("  api: service\r  db: postgres\r  we");
    // What is typed behind it is seen once the line before is kept.
    terminal.see("  we");
    terminal.child.kill().expect("killed");
    let _ = terminal.end();
    let mut terminal = Terminal::open(folder.path(), &["--resume"], &[]);
    terminal.see("Back where you were, after 3 lines.");
    terminal.see("The block of which you had typed 3 lines is still open");
    terminal.see("  db: postgres");
    terminal.keys("  web: client\r\r");
    terminal.see("+ web: kind client");
    terminal.prompt();
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
    let text = std::fs::read_to_string(&designs(folder.path())[0]).expect("a text");
    for part in ["api: service", "db: postgres", "web: client"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn an_interrupt_leaves_a_block_out_and_the_arrow_up_brings_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::open(folder.path(), &["url-shortener", "--seed", "1"], &[]);
    terminal.see("Design a service");
    terminal.prompt();
    terminal.keys(CTRL_C);
    terminal.see("Ctrl-C again or `quit` leaves");
    terminal.prompt();
    terminal.keys("components:\r  api: service\r");
    terminal.see("an empty line ends");
    terminal.keys(CTRL_C);
    terminal.see("That block is left out; the arrow up brings it back.");
    terminal.prompt();
    terminal.keys(CTRL_C);
    terminal.wrote("Ctrl-C again or `quit` leaves", 2);
    terminal.prompt();
    terminal.keys(UP);
    terminal.see("  api: service");
    terminal.keys("\r\r");
    terminal.see("+ api: kind service");
    terminal.prompt();
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_poor_terminal_is_shown_plain_characters() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = [("LANG", "C"), ("NO_COLOR", "1")];
    let mut terminal = Terminal::open(folder.path(), &["url-shortener"], &environment);
    terminal.prompt();
    terminal.line("web -> api x3 -> db", "+ web (client)");
    terminal.line("show", "`-> api (service x3)");
    assert!(terminal.text().is_ascii(), "{}", terminal.text());
    terminal.keys("quit\r");
    assert_eq!(terminal.end().0, 0);
    let design = "sysdrill: 1\ncomponents: {web: client, api: {kind: service, replicas: 3}}\nconnections: [web -> api]\n";
    std::fs::write(folder.path().join("a.yaml"), design).expect("written");
    let terminal = Terminal::start(folder.path(), &["diagram", "a.yaml"], &environment);
    let (code, text) = terminal.end();
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("`-> api (service x3)") && text.is_ascii(),
        "{text}"
    );
}

#[test]
fn a_report_fits_the_terminal_and_breaks_no_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let design = "sysdrill: 1\ncomponents: {web: client, api: {kind: service, replicas: 3}, db: postgres}\n\
        connections: [web -> api -> db]\nflows:\n  \
        b: {path: web -> api -> db, kind: write, rate: 90/s, availability: 99.9%}\n";
    std::fs::write(folder.path().join("a.design.yaml"), design).expect("written");
    let terminal = Terminal::start(folder.path(), &["check", "a.design.yaml"], &[]);
    let (code, screen) = terminal.end();
    assert_eq!(code, 1, "{screen}");
    // What a terminal wraps by itself is one line here, as wide as it was written.
    let widest = screen.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{screen}");
    let nothing = Terminal::start(folder.path(), &["check", "b.design.yaml"], &[]);
    let (code, told) = nothing.end();
    assert_eq!(
        (code, told.matches("no such file").count()),
        (2, 1),
        "{told}"
    );
    let goes_on = |line: &str| line.starts_with("      ") && !line.trim().is_empty();
    assert!(screen.lines().any(goes_on), "{screen}");
}

#[test]
fn an_analysis_fits_the_terminal_and_breaks_no_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let arguments = ["analyze", "example.design.yaml", "--explain"];
    let mut terminal = Terminal::start(&folder, &arguments, &[]);
    terminal.resize(300, 80);
    let (code, screen) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    // What a terminal wraps by itself is one line here, as wide as it was written.
    let widest = screen.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{screen}");
}
