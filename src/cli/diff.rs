//! `sysdrill diff`: two designs beside each other.
//!
//! Knows arguments and files; what differs is the business of the floors below.

use std::path::PathBuf;

use clap::Args;

use super::arguments::{FrameFlags, LimitFlags, OwnContent, TermFlags, Threshold, threshold};
use super::settings::Settings;
use super::{Exit, files, opened, rubrics, screen};
use crate::assess::AssessmentDifference;
use crate::catalog::Catalog;
use crate::model::Difference;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report::{self, Comparison, Gate, Paint};
use crate::source::Source;

/// How a difference is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// For reading at a terminal.
    #[default]
    Human,
    /// For a comment on a merge.
    Markdown,
    /// For other tools.
    Json,
}

/// `sysdrill diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// A design file; - is standard input.
    #[arg(value_name = "BEFORE")]
    pub before: PathBuf,
    /// Another, that it is compared with.
    #[arg(value_name = "AFTER")]
    pub after: PathBuf,
    /// How to show it.
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
    /// Fail where the second has a finding of this severity or above that the first has not: blocker, major, minor, note or
    /// never.
    #[arg(long, value_name = "SEVERITY", default_value = "never", value_parser = threshold)]
    pub fail_on: Threshold,
    /// What both are judged by.
    #[command(flatten)]
    pub frame: FrameFlags,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// Limits for untrusted files.
    #[command(flatten)]
    pub limits: LimitFlags,
}

/// Runs the command.
pub fn run(diff: &Diff) -> Exit {
    if [&diff.before, &diff.after]
        .iter()
        .all(|path| path.as_os_str() == files::STDIN)
    {
        let help = "compare standard input with a file";
        screen::error("both designs are standard input", Some(help));
        return Exit::Trouble;
    }
    let limits = Limits::from(diff.limits);
    let flags = TermFlags {
        frame: diff.frame.clone(),
        ..TermFlags::default()
    };
    let sources = [&diff.before, &diff.after].map(|path| opened::source(path, &limits));
    let settings = Settings::of(&flags, &diff.own);
    let (Some(settings), [Some(before), Some(after)]) = (settings, sources) else {
        return Exit::Trouble;
    };
    let slugs = [&before, &after].map(|source| design::problem_named(&source.text, &limits));
    let [slug, other] = &slugs;
    // What is said of rules by name is held against all of them.
    let shared = slug
        .as_deref()
        .filter(|_| slug == other && !settings.names_rules());
    let own = rubrics::texts_of(&settings);
    let catalog = own.and_then(|own| rubrics::catalog_for(&own, shared));
    match catalog {
        Some(catalog) if settings.agrees_with(&catalog) => {
            compare(diff, [before, after], &settings, &catalog)
        }
        _ => Exit::Trouble,
    }
}

fn compare(diff: &Diff, sources: [Source; 2], settings: &Settings, catalog: &Catalog) -> Exit {
    let limits = &Limits::from(diff.limits);
    let vocabulary = &catalog.knowledge.vocabulary;
    let [old, new] = sources
        .each_ref()
        .map(|source| design::read(&source.text, vocabulary, limits).design);
    // They are two states of one design, wherever the one that was is kept: what holds is said of the place of the one that is.
    let is_at_hand = diff.after.as_os_str() != files::STDIN;
    let place = if is_at_hand {
        &diff.after
    } else {
        &diff.before
    };
    let terms = settings.terms(&settings.effective(Some(place)));
    let [before, after] =
        sources.map(|source| report::check_on_terms(source, catalog, &terms, limits));
    for checked in [&before, &after] {
        rubrics::show(&checked.source, &checked.issues);
    }
    let (Some(first), Some(second)) = (&before.assessment, &after.assessment) else {
        return Exit::Trouble;
    };
    let difference = Difference::between(&old, &new, vocabulary);
    let verdict = AssessmentDifference::between(first, second, &difference);
    let comparison = Comparison {
        before: &before,
        after: &after,
        design: &difference,
        verdict: &verdict,
    };
    let say = match diff.format {
        DiffFormat::Human => screen::prose,
        DiffFormat::Markdown | DiffFormat::Json => screen::out,
    };
    say(&shown(diff.format, &comparison));
    exit(diff, &verdict)
}

fn shown(format: DiffFormat, comparison: &Comparison<'_>) -> String {
    match format {
        DiffFormat::Human => report::comparison_text(comparison, Paint::Colour),
        DiffFormat::Markdown => report::comparison_markdown(comparison),
        DiffFormat::Json => report::comparison_json(comparison),
    }
}

/// That two designs differ is no fault; that the second has new findings is one where it was asked for.
fn exit(diff: &Diff, verdict: &AssessmentDifference<'_>) -> Exit {
    let gate = Gate {
        fail_on: diff.fail_on.0,
        min_score: None,
    };
    if verdict.is_worse(|finding| gate.stops(finding)) {
        Exit::Findings
    } else {
        Exit::Well
    }
}
