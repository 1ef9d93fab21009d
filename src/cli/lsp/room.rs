//! What documents are judged with: for each configuration the settings, the rules and the known findings, read when they
//! are first needed and again when a file of them has changed.
//!
//! Knows folders and when files were written; judges by the same bench as a build job does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Lsp;
use crate::catalog::Catalog;
use crate::cli::arguments::{OwnContent, TermFlags};
use crate::cli::baseline::Ledger;
use crate::cli::bench::Bench;
use crate::cli::files::{self, Stamp};
use crate::cli::obstacle::Obstacle;
use crate::cli::practice::today;
use crate::cli::reviews;
use crate::cli::rubrics::{self, Texts};
use crate::cli::settings::{self, Settings};
use crate::editor::{self, Remark};
use crate::notation::yaml::Limits;
use crate::notation::{mark, review};
use crate::report::{self, Checked, plain};
use crate::rubric::Rule;
use crate::source::{Gravity, Source, Span};

/// The rooms of a session.
#[derive(Debug)]
pub struct Rooms {
    /// The folder of documents that are no files yet.
    pub root: PathBuf,
    flags: Flags,
    by_configuration: BTreeMap<Option<PathBuf>, Room>,
}

/// What was said when the server was started.
#[derive(Clone, Debug)]
struct Flags {
    terms: TermFlags,
    own: OwnContent,
    limits: Limits,
}

/// What the documents of one configuration are judged with.
#[derive(Debug)]
pub struct Room {
    flags: Flags,
    /// None where the configuration can't be used.
    settings: Option<Settings>,
    /// None where the built-in rules are all there are.
    own: Option<Catalog>,
    ledger: Option<Ledger>,
    obstacles: Vec<Obstacle>,
    seen: Seen,
}

/// What decides how designs are judged, as it was when it was read: a day, and files.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    day: String,
    files: BTreeMap<PathBuf, Option<Stamp>>,
}

/// What sort of file a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A design.
    Design,
    /// The configuration at a path.
    Configuration(PathBuf),
    /// A mentor's review of a design.
    Review,
    /// A file of own rubrics or problems, by the path that the catalog knows it under.
    Content(String),
    /// None of this program's business.
    Other,
}

impl Sort {
    /// What may stand in it; nothing that is known of other files.
    pub fn document(&self) -> Option<report::Document> {
        match self {
            Self::Design => Some(report::Document::Design),
            Self::Configuration(_) => Some(report::Document::Config),
            Self::Review => Some(report::Document::Review),
            Self::Content(path) if path.starts_with("problems/") => Some(report::Document::Problem),
            Self::Content(_) => Some(report::Document::Rubric),
            Self::Other => None,
        }
    }
}

impl Rooms {
    /// No rooms yet.
    pub fn new(lsp: &Lsp) -> Self {
        Self {
            root: PathBuf::from("."),
            flags: Flags {
                terms: lsp.terms.clone(),
                own: lsp.own.clone(),
                limits: Limits::from(lsp.limits),
            },
            by_configuration: BTreeMap::new(),
        }
    }

    /// The room of a document, as its files are now.
    pub fn of(&mut self, document: Option<&Path>) -> &Room {
        let folder = document.and_then(Path::parent).unwrap_or(&self.root);
        let key = settings::nearest(folder, &self.flags.terms);
        let flags = &self.flags;
        let room = self
            .by_configuration
            .entry(key)
            .or_insert_with(|| Room::enter(folder, flags));
        if room.is_out_of_date() {
            *room = Room::enter(folder, flags);
        }
        room
    }
}

impl Room {
    fn enter(folder: &Path, flags: &Flags) -> Self {
        let settings = Settings::seen_from(folder, &flags.terms, &flags.own);
        let mut room = Self::of(settings, flags);
        room.seen = room.seen(settings::nearest(folder, &flags.terms));
        room
    }

    fn of(settings: Result<Settings, Obstacle>, flags: &Flags) -> Self {
        let mut room = Self {
            flags: flags.clone(),
            settings: None,
            own: None,
            ledger: None,
            obstacles: Vec::new(),
            seen: Seen::default(),
        };
        match settings {
            Ok(settings) => room.furnish(settings),
            Err(obstacle) => room.obstacles.push(obstacle),
        }
        room
    }

    /// Reads what settings name, and holds all of it together.
    fn furnish(&mut self, settings: Settings) {
        match settings.own_texts() {
            Ok(texts) => self.take_in(&texts),
            Err(obstacle) => self.obstacles.push(obstacle),
        }
        match Ledger::of(&settings) {
            Ok(ledger) => self.ledger = ledger,
            Err(obstacle) => self.obstacles.push(obstacle),
        }
        if self.obstacles.is_empty() {
            self.obstacles = settings.disagreements(self.catalog());
        }
        self.settings = Some(settings);
    }

    fn take_in(&mut self, texts: &Texts) {
        if texts.is_empty() {
            return;
        }
        let loaded = rubrics::laid_over(texts, false);
        for (source, issues) in loaded.mistakes {
            let source = texts.named(&source).unwrap_or(source);
            if issues.iter().any(|issue| issue.gravity == Gravity::Error) {
                self.obstacles.push(Obstacle::Mistakes(source, issues));
            }
        }
        self.own = Some(loaded.catalog);
    }

    fn seen(&self, configuration: Option<PathBuf>) -> Seen {
        let settings = self.settings.iter();
        let content = settings.clone().flat_map(Settings::content);
        let files = settings.flat_map(Settings::files).chain(content);
        let stamped = configuration.into_iter().chain(files).map(|path| {
            let stamp = files::stamp(&path);
            (path, stamp)
        });
        Seen {
            day: today(),
            files: stamped.collect(),
        }
    }

    fn is_out_of_date(&self) -> bool {
        let configuration = self
            .seen
            .files
            .keys()
            .find(|path| settings::is_configuration(path));
        self.seen(configuration.cloned()) != self.seen
    }

    /// The rules, as far as they can be read.
    pub fn catalog(&self) -> &Catalog {
        self.own.as_ref().unwrap_or_else(|| Catalog::embedded())
    }

    /// Judges a design; where something stands in the way, it is read and no more.
    pub fn judge(&self, text: &str, path: Option<&Path>) -> Checked {
        let source = Source::new(path.map(files::name).unwrap_or_default(), text);
        match (&self.settings, self.obstacles.is_empty()) {
            (Some(settings), true) => Bench {
                settings,
                catalog: self.catalog(),
                ledger: self.ledger.as_ref(),
                limits: self.flags.limits,
            }
            .judge(source, path),
            _ => report::read_alone(source, self.catalog(), &self.flags.limits),
        }
    }

    /// What sort of file a document is: by its name, by who names it, or by the mark of a design in its text.
    pub fn sort(&self, path: Option<&Path>, text: &str) -> Sort {
        let settings = self.settings.as_ref();
        let is_marked = mark::DESIGN.stands_in(text);
        if path.is_some_and(files::is_review) || mark::REVIEW.stands_in(text) {
            return Sort::Review;
        }
        let Some(path) = path else {
            return if is_marked { Sort::Design } else { Sort::Other };
        };
        if settings::is_configuration(path) {
            return Sort::Configuration(path.to_path_buf());
        }
        let is_named = || settings.is_some_and(|settings| settings.names(path));
        if files::is_design(path) || is_marked || is_named() {
            return Sort::Design;
        }
        let content = settings.and_then(|settings| settings.content_path(path));
        content.map_or(Sort::Other, Sort::Content)
    }

    /// The file that a rule stands in, where it is an own one.
    pub fn file_of(&self, rule: &Rule) -> Option<PathBuf> {
        self.settings.as_ref()?.content_file(&rule.file)
    }

    /// What is said of a configuration.
    pub fn configuration(&self, path: &Path, text: &str) -> Vec<Remark> {
        let Flags { terms, own, .. } = &self.flags;
        let settings = Settings::written(path, text, terms, own);
        let obstacles = Self::of(settings, &self.flags).obstacles;
        let name = files::name(path);
        let obstacles = obstacles.iter();
        obstacles
            .flat_map(|obstacle| remarks(obstacle, &name))
            .collect()
    }

    /// What is said of a review, held against its design where that lies beside it.
    pub fn review(&self, text: &str, path: Option<&Path>) -> Vec<Remark> {
        let (review, mut issues) = review::read(text);
        let is_readable = issues.iter().all(|it| it.gravity == Gravity::Warning);
        if let (true, Some(folder)) = (is_readable, path.and_then(Path::parent)) {
            let limits = &self.flags.limits;
            let design = folder.join(&review.design.value);
            issues.extend(match files::text(&design, limits.bytes) {
                Ok(design) => report::of_review(&review, &design, self.catalog(), limits),
                Err(_) => vec![reviews::no_design(&review, &[])],
            });
        }
        editor::of_issues(&issues)
    }

    /// What is said of a file of own rubrics or problems.
    pub fn content(&self, path: &str, text: &str) -> Vec<Remark> {
        let own = self.settings.as_ref().map(Settings::own_texts);
        let Some(Ok(mut texts)) = own else {
            return Vec::new();
        };
        texts.retain(|(other, _)| other != path);
        texts.push((path.to_owned(), text.to_owned()));
        let loaded = rubrics::laid_over(&texts, false);
        let mut mistakes = loaded.mistakes.iter();
        if let Some((_, issues)) = mistakes.find(|(source, _)| source.name == path) {
            return editor::of_issues(issues);
        }
        let source = Source::new(path, text);
        let failed = rubrics::failed_examples(&source, &loaded.catalog).1;
        editor::of_issues(&failed)
    }

    /// What stands in the way of judging any design.
    pub fn obstacles(&self) -> Vec<Remark> {
        let obstacles = self.obstacles.iter();
        obstacles
            .flat_map(|obstacle| remarks(obstacle, ""))
            .collect()
    }
}

/// What an obstacle is in the text of a file: its mistakes where they stand, those of another file at the start.
fn remarks(obstacle: &Obstacle, name: &str) -> Vec<Remark> {
    let at_start = |message: String| Remark::error(Span::default(), message);
    match obstacle {
        Obstacle::Mistakes(source, issues) if source.name == name => editor::of_issues(issues),
        Obstacle::Mistakes(source, issues) => {
            let said = editor::of_issues(issues).into_iter().map(|remark| {
                let at = source.position(remark.span.start);
                let name = plain::line(&source.name);
                at_start(format!(
                    "{name}:{}:{}: {}",
                    at.line, at.column, remark.message
                ))
            });
            said.collect()
        }
        Obstacle::Words(complaint, cure) => {
            let cure = cure.as_ref().map(|cure| format!("\nhelp: {cure}"));
            let text = format!("{complaint}{}", cure.unwrap_or_default());
            vec![at_start(plain::lines(&text))]
        }
    }
}
