//! `sysdrill check`: many files, several threads, one report, one exit code.
//!
//! Knows files and threads; what is wrong with a design is the rules' business.

use std::path::PathBuf;

use rayon::prelude::*;

use super::arguments::{Check, LimitFlags};
use super::{Exit, files, rubrics, screen};
use crate::catalog::Catalog;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report::{self, Checked, Paint, Reporter, Style, Summary};
use crate::source::Source;

/// Designs that are in memory at the same time, for each thread.
const BATCH: usize = 32;

/// A reporter with where its report goes: a file, or standard output.
struct Outlet {
    reporter: Box<dyn Reporter>,
    file: Option<(PathBuf, String)>,
}

impl Outlet {
    fn say(&mut self, text: &str) {
        match &mut self.file {
            Some((_, whole)) => whole.push_str(text),
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
        }
    }
}

/// Runs the command.
pub fn run(check: &Check) -> Exit {
    let Some(own) = rubrics::texts(&check.own) else {
        return Exit::Trouble;
    };
    let (paths, troubles) = files::designs(&check.paths);
    let slug = only_problem(&paths, &Limits::from(check.limits));
    let Some(catalog) = rubrics::catalog_for(&own, slug.as_deref()) else {
        return Exit::Trouble;
    };
    if paths.is_empty() && troubles.is_empty() {
        let help = "design files end in .design.yaml or .design.yml";
        screen::error("no design file found", Some(help));
        return Exit::Nothing;
    }
    let mut outlets = outlets(check);
    let mut summary = Summary::default();
    each(&mut outlets, |reporter| reporter.begin());
    for (path, reason) in &troubles {
        screen::error(&format!("{path}: {reason}"), None);
        account(
            &Checked::unreadable(path, reason.clone()),
            check,
            &mut summary,
            &mut outlets,
        );
    }
    judge_all(&paths, check, &catalog, |checked| {
        account(&checked, check, &mut summary, &mut outlets);
    });
    each(&mut outlets, |reporter| reporter.end(&summary));
    let written = write_files(outlets);
    exit(check, &summary, written)
}

/// The problem of a single file, which is checked sooner where the content of other problems is not read.
fn only_problem(paths: &[PathBuf], limits: &Limits) -> Option<String> {
    match paths {
        [path] if path.is_file() => {
            design::problem_named(&files::text(path, limits.bytes).ok()?, limits)
        }
        _ => None,
    }
}

fn outlets(check: &Check) -> Vec<Outlet> {
    let style = |paint| Style {
        paint,
        quiet: check.quiet,
        points: check.points,
    };
    let outlet = |name: &str, paint, file| {
        report::format(name).map(|format| Outlet {
            reporter: (format.reporter)(style(paint)),
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

fn account(checked: &Checked, check: &Check, summary: &mut Summary, outlets: &mut [Outlet]) {
    if checked.has_errors() {
        summary.errors += 1;
    } else {
        summary.designs += 1;
    }
    if checked.fails(check.fail_on.0, check.min_score) {
        summary.failed += 1;
    }
    each(outlets, |reporter| reporter.design(checked));
}

/// Judges files in batches: the threads share a batch, and each batch is reported in order.
fn judge_all(paths: &[PathBuf], check: &Check, catalog: &Catalog, mut report: impl FnMut(Checked)) {
    let limits = Limits::from(check.limits);
    let judge = |path: &PathBuf| {
        let name = files::name(path);
        match files::text(path, limits.bytes) {
            Ok(text) => report::check_text(Source::new(name, text), catalog, check.level, &limits),
            Err(reason) => Checked::unreadable(&name, reason),
        }
    };
    let threads = check.jobs.unwrap_or(0);
    if paths.len() == 1 || threads == 1 {
        paths.iter().map(judge).for_each(report);
        return;
    }
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else {
        paths.iter().map(judge).for_each(report);
        return;
    };
    for batch in paths.chunks(BATCH * pool.current_num_threads()) {
        let judged: Vec<Checked> = pool.install(|| batch.par_iter().map(judge).collect());
        judged.into_iter().for_each(&mut report);
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

fn exit(check: &Check, summary: &Summary, written: bool) -> Exit {
    if !written {
        Exit::Trouble
    } else if check.exit_zero {
        Exit::Well
    } else if summary.errors > 0 {
        Exit::Trouble
    } else if summary.failed > 0 {
        Exit::Findings
    } else {
        Exit::Well
    }
}
