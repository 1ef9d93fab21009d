//! Nothing is lost: a process that is killed after any accepted line is resumed with everything up to that line.
//! `KILLS=all cargo test --test it journal` kills one after each line, not after each seventh.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use sysdrill::catalog::Catalog;
use sysdrill::coach::{Event, Line, Options, Reply, Session};
use sysdrill::model::Design;
use sysdrill::notation::design;
use sysdrill::notation::yaml::Limits;

use super::{PATIENCE, is_asked};

const PROBLEM: &str = "url-shortener";

/// Lines that are all accepted, each with one echo at least.
const LINES: &[&str] = &[
    "must shorten a long URL to a short code",
    "how many links are created a month?",
    "quality redirects within 100 ms at p99; \u{e9}\u{1f980} \"quoted\" # no comment",
    "out user accounts",
    "assume hit_ratio = 90%",
    "write_qps = new_urls",
    "read_qps = write_qps * 100 peak 3x",
    "undo",
    "redo",
    "web -> lb -> api x3 -> cache, links:sql_db",
    "api ~> clicks:event_stream ~> counter:worker -> stats:data_warehouse",
    "set api zones=3 replicas=6 stateless=yes",
    "set api -> links on_miss=cache timeout=100ms",
    "rename links store",
    "flow redirect = web -> lb -> api -> cache; api -> store kind=read rate=read_qps",
    "data link: key short_code, store store, fields short_code long_url",
    "api GET /{code} -> 302 Location | 404",
    "decide redirect status: 302 over 301 because clicks are counted",
    "answer expiry: checked on read",
    "rm stats",
    "undo",
];

/// A session in a process of its own.
pub(super) struct Practice {
    child: Child,
    echoes: Receiver<()>,
}

pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
    command
        .env_clear()
        .current_dir(folder)
        .arg("practice")
        .args(["--data-dir", "data"])
        .args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Practice {
    pub(super) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = command(folder, arguments).spawn().expect("a process");
        let (sender, echoes) = channel();
        let out = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if line.starts_with("  + ") && sender.send(()).is_err() {
                    return;
                }
            }
        });
        Self { child, echoes }
    }

    /// Types lines and waits until they were answered.
    pub(super) fn type_in(&mut self, lines: &[&str], echoes: usize) {
        let mut input = self.child.stdin.as_ref().expect("its input");
        for line in lines {
            writeln!(input, "{line}").expect("written");
        }
        for _ in 0..echoes {
            self.echoes.recv_timeout(PATIENCE).expect("an answer");
        }
    }

    /// SIGKILL, in the middle of typing the next line.
    pub(super) fn kill(mut self) {
        let mut input = self.child.stdin.take().expect("its input");
        input.write_all(b"must not be re").expect("written");
        self.child.kill().expect("killed");
        let _ = self.child.wait();
    }
}

impl Practice {
    /// Types the last lines and waits for the end: the code, and what standard error said.
    pub(super) fn end(mut self, lines: &str) -> (Option<i32>, String) {
        let mut input = self.child.stdin.take().expect("its input");
        input.write_all(lines.as_bytes()).expect("written");
        drop(input);
        let output = self.child.wait_with_output().expect("an end");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    }
}

/// Runs a session with all of its lines at once.
pub(super) fn run(folder: &Path, arguments: &[&str], lines: &str) -> Output {
    let mut child = command(folder, arguments).spawn().expect("a process");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(lines.as_bytes())
        .expect("written");
    child.wait_with_output().expect("an end")
}

/// The design after lines, and how often something was echoed on the way.
fn expected(catalog: &Catalog, lines: &[&str]) -> (Design, usize) {
    let options = Options {
        problem: PROBLEM.to_owned(),
        untimed: true,
        ..Options::default()
    };
    let (mut session, _) = Session::begin(catalog, options).expect("a session");
    let mut echoes = 0;
    for line in lines {
        let event = Event {
            at: Duration::ZERO,
            line: Line::Text((*line).to_owned()),
        };
        echoes += session
            .turn(&event)
            .iter()
            .filter(|reply| matches!(reply, Reply::Echo(_)))
            .count();
    }
    (session.design(), echoes)
}

/// The design of a file, without what depends on the clock.
fn saved(catalog: &Catalog, path: &Path) -> Design {
    let text = std::fs::read_to_string(path).expect("a saved design");
    let mut design = design::read(&text, &catalog.knowledge.vocabulary, &Limits::default()).design;
    design.session = None;
    design
}

pub(super) fn journals(folder: &Path) -> Vec<PathBuf> {
    let folder = folder.join("data/practice");
    let entries = std::fs::read_dir(folder).expect("the folder of journals");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn a_session_that_is_killed_after_any_line_is_resumed_with_all_of_them() {
    let catalog = Catalog::embedded();
    let step = if is_asked("KILLS", "all") { 1 } else { 7 };
    for count in (1..=LINES.len()).step_by(step) {
        let lines = &LINES[..count];
        let (design, echoes) = expected(catalog, lines);
        let folder = tempfile::tempdir().expect("a folder");
        let mut practice = Practice::start(folder.path(), &[PROBLEM]);
        practice.type_in(lines, echoes);
        practice.kill();
        let resumed = run(
            folder.path(),
            &["--resume", "--out", "resumed.yaml"],
            "save\n",
        );
        let complaints = String::from_utf8_lossy(&resumed.stderr);
        assert_eq!(
            resumed.status.code(),
            Some(0),
            "after {lines:?}: {complaints}"
        );
        assert_eq!(
            saved(catalog, &folder.path().join("resumed.yaml")),
            design,
            "after {lines:?}"
        );
    }
}

#[test]
fn a_session_can_be_killed_and_resumed_again_and_again() {
    let catalog = Catalog::embedded();
    let folder = tempfile::tempdir().expect("a folder");
    let mut before = 0;
    for (at, part) in LINES.chunks(5).enumerate() {
        let arguments: &[&str] = if at == 0 { &[PROBLEM] } else { &["--resume"] };
        let mut practice = Practice::start(folder.path(), arguments);
        let done = (at * 5 + part.len()).min(LINES.len());
        let (_, echoes) = expected(catalog, &LINES[..done]);
        practice.type_in(part, echoes - before);
        before = echoes;
        practice.kill();
    }
    let resumed = run(
        folder.path(),
        &["--resume", "--out", "resumed.yaml"],
        "save\nquit\n",
    );
    assert!(resumed.status.success());
    assert_eq!(
        saved(catalog, &folder.path().join("resumed.yaml")),
        expected(catalog, LINES).0
    );
    assert_eq!(journals(folder.path()).len(), 1);
}

#[test]
fn two_sessions_at_once_keep_apart() {
    let catalog = Catalog::embedded();
    let folder = tempfile::tempdir().expect("a folder");
    let mut sessions = [
        Practice::start(folder.path(), &[PROBLEM]),
        Practice::start(folder.path(), &[PROBLEM]),
    ];
    sessions[0].type_in(&["must be one"], 1);
    sessions[1].type_in(&["must be two"], 1);
    let refused = run(folder.path(), &["--resume"], "");
    assert_eq!(
        refused.status.code(),
        Some(2),
        "sessions that go on are not resumed"
    );
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains("its session is still going on"), "{told}");
    let other = run(folder.path(), &["--resume", "chat"], "");
    let told = String::from_utf8_lossy(&other.stderr);
    assert!(told.contains("there is no unfinished session"), "{told}");
    sessions[0].type_in(&["must be one more"], 1);
    sessions.into_iter().for_each(Practice::kill);
    let mut found: Vec<Vec<String>> = Vec::new();
    for (at, journal) in journals(folder.path()).iter().enumerate() {
        let out = format!("resumed-{at}.yaml");
        let resumed = run(
            folder.path(),
            &["--out", &out, "--resume", &journal.display().to_string()],
            "save\n",
        );
        assert!(resumed.status.success());
        found.push(
            saved(catalog, &folder.path().join(out))
                .requirements
                .functional,
        );
    }
    found.sort();
    assert_eq!(found, [vec!["be one", "be one more"], vec!["be two"]]);
}

#[test]
fn without_a_journal_the_session_goes_on_and_says_so_once() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("data"), "no folder").expect("written");
    let output = run(
        folder.path(),
        &[PROBLEM, "--out", "d.yaml"],
        "must one\nmust two\nsave\n",
    );
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{complaints}");
    assert_eq!(
        complaints.matches("journal can't be written").count(),
        1,
        "{complaints}"
    );
    assert!(folder.path().join("d.yaml").exists());
}

#[test]
fn a_design_that_cannot_be_saved_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = folder.path().join("gone");
    std::fs::create_dir(&gone).expect("a folder");
    let mut session = Practice::start(folder.path(), &[PROBLEM, "--out", "gone/d.yaml"]);
    session.type_in(&["must one"], 1);
    std::fs::remove_dir(&gone).expect("removed");
    let (code, said) = session.end("finish\nfinish\n");
    assert_eq!(code, Some(2));
    assert!(said.contains("could not be saved"), "{said}");
    let resumed = run(folder.path(), &["--resume", "--out", "d.yaml"], "");
    assert_eq!(
        resumed.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&resumed.stderr)
    );
    assert!(folder.path().join("d.yaml").exists());
    assert_eq!(
        run(folder.path(), &["--resume"], "").status.code(),
        Some(2),
        "it is finished now"
    );
}

#[test]
fn a_script_is_read_without_prompts_whatever_its_bytes_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = command(folder.path(), &[PROBLEM, "--out", "d.yaml"])
        .spawn()
        .expect("a process");
    let input = b"\xef\xbb\xbfmust shorten \xff\xfe links\r\nmust redirect \xff\nsave";
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(input)
        .expect("written");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(
        !said.contains("requirements] >") && !said.contains('\u{1b}'),
        "{said}"
    );
    assert!(said.contains("must 1: shorten"), "{said}");
    assert!(said.contains("must 2: redirect"), "{said}");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        told.matches("not all of the lines is UTF-8: `must shorten")
            .count(),
        1,
        "{told}"
    );
}

#[test]
fn a_file_that_was_there_before_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.yaml"), "mine").expect("written");
    let output = run(
        folder.path(),
        &[PROBLEM, "--out", "mine.yaml"],
        "must one\nsave\n",
    );
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("mine.yaml")).expect("a text"),
        "mine"
    );
}
