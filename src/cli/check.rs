//! `sysdrill check`: many files, several threads, one report, one exit code.
//!
//! Knows files and threads; what is wrong with a design is the rules' business.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::{Check, LimitFlags};
use super::baseline::{Kept, Ledger};
use super::bench::Bench;
use super::obstacle::told;
use super::progress::Progress;
use super::settings::Settings;
use super::{Exit, crew, files, rubrics, screen, since, target, watch};
use crate::catalog::Catalog;
use crate::model::spelling::counted;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report::{self, Checked, Draft, Paint, Reporter, Statistics, Style, Summary};
use crate::source::{Gravity, Issue, Source};

/// Writes drafts for a reporter.
#[derive(Clone, Copy)]
struct Pen {
    draft: Draft,
    style: Style,
}

/// A file that was judged, with the drafts that the reporters are given of it.
struct Judged {
    checked: Checked,
    drafts: Vec<String>,
}

impl Judged {
    fn new(checked: Checked, pens: &[Pen]) -> Self {
        let drafts = pens.iter().map(|pen| (pen.draft)(&checked, pen.style));
        Self {
            drafts: drafts.collect(),
            checked,
        }
    }
}

/// A reporter with where its report goes: a file, or standard output.
struct Outlet {
    pen: Pen,
    reporter: Box<dyn Reporter>,
    is_prose: bool,
    file: Option<(PathBuf, String)>,
}

impl Outlet {
    fn say(&mut self, text: &str) {
        match &mut self.file {
            Some((_, whole)) => whole.push_str(text),
            None if self.is_prose => screen::prose(text),
            None => screen::out(text),
        }
    }
}

impl From<LimitFlags> for Limits {
    fn from(flags: LimitFlags) -> Self {
        Self {
            bytes: flags.max_bytes,
            depth: flags.max_depth,
            nodes: flags.max_nodes,
            components: flags.max_components,
            raised: true,
        }
    }
}

/// Runs the command.
pub fn run(check: &Check) -> Exit {
    if let Some(file) = written_twice(check) {
        let help = "give each --output a file of its own";
        screen::error(
            &format!("{} would be written twice", file.display()),
            Some(help),
        );
        return Exit::Trouble;
    }
    let mut files = check.output.iter().map(|(_, file)| file);
    if let Some(refusal) = files.find_map(|file| target::by_hand(file)) {
        refusal.tell();
        return Exit::Trouble;
    }
    if check.watch {
        watch::run(check)
    } else {
        once(check)
    }
}

/// Checks what is to be checked, once.
pub fn once(check: &Check) -> Exit {
    let Some(settings) = Settings::of(&check.terms, &check.own) else {
        return Exit::Trouble;
    };
    if check.paths.is_empty() && !settings.names_designs() {
        let help = "name files or directories, or say which in sysdrill.yaml: `designs: designs/`";
        screen::error("there is nothing to check", Some(help));
        return Exit::Trouble;
    }
    let (paths, troubles) = settings.designs(&check.paths);
    let Some((catalog, mut ledger)) = prepared(check, &settings, &paths) else {
        return Exit::Trouble;
    };
    let is_found = !paths.is_empty() || !troubles.is_empty();
    if !is_found {
        let help = "design files end in .design.yaml or .design.yml";
        screen::error("no design file found", Some(help));
    }
    let Some(paths) = since::changed(paths, check.since.as_deref()) else {
        return Exit::Trouble;
    };
    let bench = Bench {
        settings: &settings,
        catalog: &catalog,
        ledger: None,
        limits: Limits::from(check.limits),
    };
    if let Some(ledger) = &mut ledger {
        ledger.follow(&paths, check.jobs, |path| judge(path, bench));
    }
    let bench = Bench {
        ledger: ledger.as_ref(),
        ..bench
    };
    let (summary, outlets, kept) = reported(check, bench, &paths, &troubles);
    let takes_all = ledger.as_ref().is_some_and(Ledger::takes_all);
    let closed = ledger.is_none_or(|ledger| ledger.close(kept));
    if takes_all && summary.failed > 0 {
        let failing = counted(summary.failed, "design fails", "designs fail");
        screen::trouble(&format!(
            "{failing} by the score all the same: a baseline knows findings, and what they cost stays"
        ));
    }
    let written = write_files(outlets) && closed;
    if !check.watch {
        // The process ends: to take the catalog apart, piece by piece, would be for nothing.
        std::mem::forget(catalog);
    }
    exit(check, &summary, written, is_found)
}

/// Judges designs and reports them, with what could not be found: what all came to, the reports, and what a baseline keeps.
fn reported(
    check: &Check,
    bench: Bench<'_>,
    paths: &[PathBuf],
    troubles: &[(String, String)],
) -> (Summary, Vec<Outlet>, Kept) {
    let mut outlets = outlets(check);
    let mut summary = Summary {
        statistics: check.statistics.then(Statistics::default),
        ..Summary::default()
    };
    let pens: Vec<Pen> = outlets.iter().map(|outlet| outlet.pen).collect();
    each(&mut outlets, |reporter| reporter.begin(bench.catalog));
    // A report at a terminal has them itself: nobody wants to read them twice.
    let is_read = outlets
        .iter()
        .any(|outlet| outlet.is_prose && outlet.file.is_none());
    let is_read = is_read && screen::is_terminal();
    for (path, reason) in troubles {
        if !is_read {
            screen::error(&format!("{path}: {reason}"), None);
        }
        let judged = Judged::new(Checked::unreadable(path, reason.clone()), &pens);
        account(judged, &mut summary, &mut outlets);
    }
    let progress = Progress::new(paths.len());
    let mut kept = Kept::default();
    let judge = |path: &PathBuf| {
        let judged = Judged::new(judge(path, bench), &pens);
        progress.one_done();
        judged
    };
    crew::judge_all(paths, check.jobs, judge, |path, judged| {
        let checked = account(judged, &mut summary, &mut outlets);
        if let Some(ledger) = bench.ledger {
            ledger.keep(path, &checked, &mut kept);
        }
        checked
    });
    drop(progress);
    each(&mut outlets, |reporter| reporter.end(&summary));
    (summary, outlets, kept)
}

/// The catalog that designs are judged by, and what is known of them. Mistakes are reported, and there is nothing then.
fn prepared(
    check: &Check,
    settings: &Settings,
    paths: &[PathBuf],
) -> Option<(Catalog, Option<Ledger>)> {
    let ledger = told(Ledger::open(settings, &check.keeping));
    let own = rubrics::texts_of(settings)?;
    // What is said of rules by name is held against all of them.
    let slug = only_problem(paths, &Limits::from(check.limits)).filter(|_| !settings.names_rules());
    let catalog = rubrics::catalog_for(&own, slug.as_deref())?;
    if check.paths.is_empty() {
        settings.tell_idle_patterns(paths);
    }
    settings.tell_unread(paths);
    let agrees = settings.agrees_with(&catalog);
    ledger.filter(|_| agrees).map(|ledger| (catalog, ledger))
}

/// The problem of a single file, which is checked sooner where the content of other problems is not read.
fn only_problem(paths: &[PathBuf], limits: &Limits) -> Option<String> {
    match paths {
        [path] if path.as_os_str() != files::STDIN && path.is_file() => {
            design::problem_named(&files::text(path, limits.bytes).ok()?, limits)
        }
        _ => None,
    }
}

/// A file that two reports would be written to, or a report and a baseline.
fn written_twice(check: &Check) -> Option<&PathBuf> {
    let reports = check.output.iter().map(|(_, file)| file);
    let mut files = check.keeping.write_baseline.iter().chain(reports);
    let mut seen = BTreeSet::new();
    files.find(|file| !seen.insert(files::destination(file)))
}

fn outlets(check: &Check) -> Vec<Outlet> {
    let style = |paint| Style {
        paint,
        quiet: check.quiet,
        points: check.points,
        totals_alone: check.statistics,
    };
    let outlet = |name: &str, paint, file| {
        let (format, style) = (report::format(name)?, style(paint));
        Some(Outlet {
            pen: Pen {
                draft: format.draft,
                style,
            },
            reporter: (format.reporter)(style),
            is_prose: format.is_prose,
            file,
        })
    };
    let mut outlets: Vec<Outlet> = outlet(&check.format, Paint::Colour, None)
        .into_iter()
        .collect();
    for (name, path) in &check.output {
        outlets.extend(outlet(
            name,
            Paint::Plain,
            Some((path.clone(), String::new())),
        ));
    }
    outlets
}

fn each(outlets: &mut [Outlet], say: impl Fn(&mut dyn Reporter) -> String) {
    for outlet in outlets {
        let text = say(outlet.reporter.as_mut());
        outlet.say(&text);
    }
}

fn account(judged: Judged, summary: &mut Summary, outlets: &mut [Outlet]) -> Checked {
    let checked = judged.checked;
    summary.count(&checked);
    for (outlet, draft) in outlets.iter_mut().zip(judged.drafts) {
        let text = outlet.reporter.design(&checked, draft);
        outlet.say(&text);
    }
    checked
}

/// Judges a file on its own terms.
fn judge(path: &Path, bench: Bench<'_>) -> Checked {
    let name = files::name(path);
    match files::text(path, bench.limits.bytes) {
        Ok(text) => bench.judge(Source::new(name, text), Some(path)),
        Err(reason) => {
            let refused = unread(path, &name, reason, bench.limits.bytes);
            refused.with_gate(bench.terms(Some(path)).1)
        }
    }
}

/// A file that could not be read, with the place of what is no text in it.
pub fn unread(path: &Path, name: &str, reason: String, most: usize) -> Checked {
    match files::patched(path, most) {
        None => Checked::unreadable(name, reason),
        Some((text, span)) => {
            let issue = Issue {
                gravity: Gravity::Error,
                span,
                message: "not UTF-8: a byte that is no text".to_owned(),
                help: Some("save the file as UTF-8".to_owned()),
            };
            Checked::refused(Source::new(name, text), issue)
        }
    }
}

/// Writes the reports that go to files; false when one could not be written.
fn write_files(outlets: Vec<Outlet>) -> bool {
    let mut all = true;
    for (path, text) in outlets.into_iter().filter_map(|outlet| outlet.file) {
        if let Err(reason) = files::write(&path, &text) {
            screen::error(&format!("the report was not written: {reason}"), None);
            all = false;
        }
    }
    all
}

fn exit(check: &Check, summary: &Summary, written: bool, is_found: bool) -> Exit {
    if !written {
        Exit::Trouble
    } else if check.exit_zero {
        Exit::Well
    } else if summary.errors > 0 {
        Exit::Trouble
    } else if summary.failed > 0 {
        Exit::Findings
    } else if !is_found {
        Exit::Nothing
    } else {
        Exit::Well
    }
}
