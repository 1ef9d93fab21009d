//! `--watch`: checks again what was saved, until Ctrl-C.
//!
//! Knows times of files and the keyboard's interrupt; what a check says is the check's business. Files are looked at again
//! and again: that works on every disk, in containers and over networks, where being told of changes does not.

#![expect(
    clippy::disallowed_types,
    reason = "looks take turns by the clock, whose home is the command line"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::arguments::Check;
use super::files::{self, Stamp};
use super::settings::{self, Settings};
use super::{Exit, check, screen};
use crate::model::spelling::counted;

/// From look to look at the files that are known.
const PAUSE: Duration = Duration::from_millis(60);

/// From look to look for files that are new.
const SEARCH: Duration = Duration::from_millis(500);

/// A search that takes long is made the less often: this part of the time at most.
const SHARE: u32 = 20;

/// Runs the command until Ctrl-C; the end is that of the last round.
pub fn run(asked: &Check) -> Exit {
    if asked
        .paths
        .iter()
        .any(|path| path.as_os_str() == files::STDIN)
    {
        let help = "name files or folders, or leave --watch out";
        screen::error("standard input can't be watched", Some(help));
        return Exit::Trouble;
    }
    let Some(interrupt) = Interrupt::listen() else {
        screen::error("Ctrl-C can't be noticed here", Some("leave --watch out"));
        return Exit::Trouble;
    };
    let Some(mut eye) = Eye::open(asked) else {
        return Exit::Trouble;
    };
    let mut exit = interrupt.unless(|| check::once(asked));
    loop {
        let designs = counted(eye.designs.len(), "design", "designs");
        screen::trouble(&format!("\nwatching {designs}; Ctrl-C ends"));
        let Some(saved) = eye.wait(asked, &interrupt) else {
            return exit;
        };
        if saved.is_empty() {
            continue;
        }
        screen::clear();
        exit = interrupt.unless(|| check::once(&again(asked, saved)));
    }
}

/// What a round checks: what was saved; everything where a report goes to a file, which would be of some designs otherwise.
fn again(asked: &Check, saved: Vec<PathBuf>) -> Check {
    let mut again = asked.clone();
    if asked.output.is_empty() {
        again.paths = saved;
    }
    again
}

/// Ctrl-C: ends a wait; ends the program at once while a check runs.
struct Interrupt {
    pressed: Arc<AtomicBool>,
    busy: Arc<AtomicBool>,
}

impl Interrupt {
    fn listen() -> Option<Self> {
        let interrupt = Self {
            pressed: Arc::default(),
            busy: Arc::default(),
        };
        let code = i32::from(Exit::Well.code());
        flag::register_conditional_shutdown(SIGINT, code, Arc::clone(&interrupt.busy)).ok()?;
        flag::register(SIGINT, Arc::clone(&interrupt.pressed)).ok()?;
        Some(interrupt)
    }

    /// Does something that Ctrl-C cuts short.
    fn unless<T>(&self, act: impl FnOnce() -> T) -> T {
        self.busy.store(true, Ordering::SeqCst);
        let done = act();
        self.busy.store(false, Ordering::SeqCst);
        done
    }

    fn is_pressed(&self) -> bool {
        self.pressed.load(Ordering::SeqCst)
    }
}

/// What is watched, as it was seen last.
struct Eye {
    designs: BTreeMap<PathBuf, Option<Stamp>>,
    settings: Settings,
    /// Own rubrics and problems and the configuration, by which every design is judged.
    content: BTreeMap<PathBuf, Option<Stamp>>,
    next_search: Instant,
}

impl Eye {
    fn open(asked: &Check) -> Option<Self> {
        let mut eye = Self {
            designs: BTreeMap::new(),
            settings: Settings::of(&asked.terms, &asked.own)?,
            content: BTreeMap::new(),
            next_search: Instant::now(),
        };
        eye.search(asked);
        Some(eye)
    }

    /// The designs that were saved since the last look, all of them where the rules were; none after Ctrl-C. A file that
    /// is being written is waited for.
    fn wait(&mut self, asked: &Check, interrupt: &Interrupt) -> Option<Vec<PathBuf>> {
        let mut saved: Vec<PathBuf> = Vec::new();
        while !interrupt.is_pressed() {
            thread::sleep(PAUSE);
            let more = self.look(asked);
            let is_still = more.is_empty();
            saved.extend(more);
            if is_still && !saved.is_empty() {
                saved.sort();
                saved.dedup();
                saved.retain(|path| self.designs.contains_key(path));
                return Some(saved);
            }
        }
        None
    }

    /// What is otherwise than at the last look.
    fn look(&mut self, asked: &Check) -> Vec<PathBuf> {
        let (before, content) = (self.designs.clone(), self.content.clone());
        if Instant::now() >= self.next_search {
            self.search(asked);
        } else {
            restamp(&mut self.designs);
            restamp(&mut self.content);
        }
        let is_judged_otherwise = self.content != content;
        if is_judged_otherwise {
            match Settings::seen_from(Path::new(""), &asked.terms, &asked.own) {
                Ok(settings) => {
                    self.settings = settings;
                    self.search(asked);
                }
                // The round that follows tells it, where there is one.
                Err(obstacle) if self.designs.is_empty() => obstacle.tell(),
                Err(_) => {}
            }
        }
        let is_new = |(path, stamp): &(&PathBuf, &Option<Stamp>)| {
            is_judged_otherwise || before.get(*path) != Some(stamp)
        };
        let designs = self.designs.iter().filter(is_new);
        let is_gone = |path: &&PathBuf| !self.designs.contains_key(*path);
        let gone = before.keys().filter(is_gone);
        designs.map(|(path, _)| path).chain(gone).cloned().collect()
    }

    /// Looks for designs and rules that are new or gone, and at all of them.
    fn search(&mut self, asked: &Check) {
        let start = Instant::now();
        self.designs = stamps(self.settings.designs(&asked.paths).0);
        // One that is new may be nearer than the one that is read, or the first.
        let nearest = settings::nearest(Path::new(""), &asked.terms);
        let content = self.settings.content().chain(self.settings.files());
        let content = content.chain(nearest);
        self.content = stamps(content);
        self.next_search = Instant::now() + SEARCH.max(start.elapsed() * SHARE);
    }
}

fn stamps(paths: impl IntoIterator<Item = PathBuf>) -> BTreeMap<PathBuf, Option<Stamp>> {
    let stamped = paths.into_iter().map(|path| {
        let stamp = files::stamp(&path);
        (path, stamp)
    });
    stamped.collect()
}

fn restamp(files: &mut BTreeMap<PathBuf, Option<Stamp>>) {
    for (path, stamp) in files {
        *stamp = files::stamp(path);
    }
}
