//! `sysdrill analyze`: what can be computed of one design, and what changes when something is killed, slowed or loaded.
//!
//! Knows arguments and files; what is computed is the analyses' business.

use super::arguments::Analyze;
use super::opened::{self, Opened};
use super::{Exit, screen};
use crate::analysis::explain::{self, Working};
use crate::analysis::{Detail, NOTHING, Overview, WhatIf, WhatIfError};
use crate::assess::{self, Asked};
use crate::model::Design;
use crate::report::{self, Analyzed, Paint};
use crate::source::Source;

/// Runs the command.
pub fn run(analyze: &Analyze) -> Exit {
    let Some(opened) = opened::open(&analyze.file, &analyze.own, analyze.limits) else {
        return Exit::Trouble;
    };
    let Opened {
        source,
        catalog,
        design,
    } = &opened;
    let change = match change(analyze, design) {
        Ok(change) => change,
        Err(error) => {
            screen::error(&error.message, error.help.as_deref());
            return Exit::Trouble;
        }
    };
    assess::ask(design, catalog, None, |asked| {
        let text = shown(analyze, source, design, asked, &change);
        match analyze.format {
            AnalyzeFormat::Human => screen::prose(&text),
            AnalyzeFormat::Json => screen::out(&text),
        }
    });
    Exit::Well
}

/// What the arguments change.
fn change(analyze: &Analyze, design: &Design) -> Result<WhatIf, WhatIfError> {
    let mut change = WhatIf {
        cold_cache: analyze.cold_cache,
        ..WhatIf::default()
    };
    for target in &analyze.kill {
        change.kill(target, design)?;
    }
    if let Some(load) = &analyze.load {
        change.set_load(load)?;
    }
    for slower in &analyze.latency {
        change.slow(slower, design)?;
    }
    Ok(change)
}

fn shown(
    analyze: &Analyze,
    source: &Source,
    design: &Design,
    asked: &Asked<'_>,
    change: &WhatIf,
) -> String {
    let now = asked.overview(Detail::Full);
    let after = (!change.is_empty()).then(|| asked.overview_after(change, Detail::Full));
    let words = in_words(analyze);
    if analyze.format == AnalyzeFormat::Json {
        let after = after.as_ref().map(|after| (words.as_str(), after));
        return report::analysis_json(&source.name, design, &now, after);
    }
    let workings = if analyze.explain {
        workings(asked, change, &now)
    } else {
        Vec::new()
    };
    let title = match &design.title {
        Some(title) => format!("{}: {title}", source.name),
        None => source.name.clone(),
    };
    report::analyzed(&Analyzed {
        title: &title,
        now: &now,
        after: after.as_ref().map(|after| (words.as_str(), after)),
        workings: &workings,
        paint: Paint::Colour,
    })
}

/// The changes as they were typed.
fn in_words(analyze: &Analyze) -> String {
    let kills = analyze.kill.iter().map(|target| format!("kill {target}"));
    let load = analyze.load.iter().map(|load| format!("load {load}"));
    let slower = analyze
        .latency
        .iter()
        .map(|slower| format!("latency {slower}"));
    let cold = analyze.cold_cache.then(|| "cold caches".to_owned());
    kills
        .chain(load)
        .chain(slower)
        .chain(cold)
        .collect::<Vec<_>>()
        .join(", ")
}

/// How every figure came about; after the change, where there is one.
fn workings(asked: &Asked<'_>, change: &WhatIf, now: &Overview) -> Vec<Working> {
    let change = if change.is_empty() { &NOTHING } else { change };
    asked.study_of(change, |study| {
        let flows = 0..study.flows().len();
        let mut all: Vec<Working> = flows
            .flat_map(|flow| {
                let of = [
                    explain::availability(flow, study),
                    explain::latency(flow, study),
                ];
                of.into_iter().flatten()
            })
            .collect();
        let loaded = now
            .load
            .first()
            .map(|load| load.components.as_slice())
            .unwrap_or_default();
        let positions = loaded
            .iter()
            .filter_map(|c| study.subject.design.component(&c.id));
        all.extend(positions.filter_map(|at| explain::utilisation(at, study)));
        let growth = crate::analysis::growth(study, &asked.sizes());
        all.extend(growth.iter().map(|growth| explain::growth(growth, study)));
        all
    })
}

/// How an analysis is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum AnalyzeFormat {
    /// For reading at a terminal.
    #[default]
    Human,
    /// For other tools: the report's `analysis` block.
    Json,
}
