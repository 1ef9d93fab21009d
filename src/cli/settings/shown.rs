//! `sysdrill config`: what holds, as a configuration that would say the same, with where each value comes from.
//!
//! Knows how it reads; decides nothing.

use super::effective::Valued;
use super::{Effective, Origin, Settings};
use crate::cli::arguments::ShowConfig;
use crate::cli::{Exit, rubrics, screen};
use crate::model::{Level, Severity};
use crate::notation::config::{NEVER, Said};
use crate::notation::yaml::{Layout, Yaml, entry};
use crate::report::plain;

/// The column that origins stand in, where there is room.
const COLUMN: usize = 44;

/// Runs the command.
pub fn config(show: &ShowConfig) -> Exit {
    let Some(settings) = Settings::of(&show.terms, &show.own) else {
        return Exit::Trouble;
    };
    let texts = rubrics::texts_of(&settings);
    let Some(catalog) = texts.and_then(|own| rubrics::catalog_for(&own, None)) else {
        return Exit::Trouble;
    };
    if !settings.agrees_with(&catalog) {
        return Exit::Trouble;
    }
    let design = show.design.as_deref();
    let effective = settings.effective(design);
    screen::out(&settings.shown(&effective, design.is_some()));
    Exit::Well
}

impl Settings {
    /// Everything that holds, a line a value.
    fn shown(&self, effective: &Effective, for_one: bool) -> String {
        let mut text = match &self.found {
            Some(found) => format!("# from {}\n", plain::line(&found.source.name)),
            None => "# no sysdrill.yaml here or in a folder around\n".to_owned(),
        };
        text.push_str(&self.shown_content());
        text.push_str(&self.shown_terms(effective));
        if !for_one {
            text.push_str(&self.shown_overrides());
        }
        text
    }

    /// Which designs, and what is read beside them.
    fn shown_content(&self) -> String {
        let config = self.found.as_ref().map(|found| &found.config);
        let mut text = String::new();
        let designs = config.and_then(|config| config.designs.as_ref());
        text.push_str(&match designs {
            Some(said) => self.line(
                "designs",
                &list(&values(&said.value)),
                Origin::File(said.span),
            ),
            None => silent("designs", "those that a command names"),
        });
        let flags = [
            ("rubrics", &self.typed.rubrics, "--rubrics"),
            ("problems", &self.typed.problems, "--problems"),
            ("baseline", &self.flags.baseline, "--baseline"),
        ];
        for (key, typed, flag) in flags {
            let said = config.and_then(|config| match key {
                "rubrics" => config.rubrics.as_ref(),
                "problems" => config.problems.as_ref(),
                _ => config.baseline.as_ref(),
            });
            text.push_str(&match (typed, said) {
                (Some(path), _) => {
                    let path = Yaml::text(path.display().to_string());
                    self.line(key, &path, Origin::Flag(flag))
                }
                (None, Some(Said { value, span })) => {
                    self.line(key, &Yaml::text(value), Origin::File(*span))
                }
                (None, None) => silent(key, "none"),
            });
        }
        text
    }

    fn shown_terms(&self, effective: &Effective) -> String {
        let mut text = String::new();
        text.push_str(&match effective.level {
            Valued {
                value: Some(level),
                origin,
            } => self.line("level", &Yaml::text(level.word()), origin),
            _ => silent(
                "level",
                &format!("the design's own, or {}", Level::default().word()),
            ),
        });
        let fails = effective.fail_on.value.map_or(NEVER, Severity::word);
        text.push_str(&self.line("fail_on", &Yaml::text(fails), effective.fail_on.origin));
        text.push_str(&match effective.min_score {
            Valued {
                value: Some(score),
                origin,
            } => self.line("min_score", &Yaml::bare(score.to_string()), origin),
            _ => silent("min_score", "none"),
        });
        for (key, Valued { value, origin }, nothing) in [
            ("select", &effective.select, "all rules"),
            ("ignore", &effective.ignore, "no rule"),
        ] {
            text.push_str(&match (value.is_empty(), origin) {
                (true, Origin::Default) => silent(key, nothing),
                _ => self.line(key, &list(value), *origin),
            });
        }
        if effective.severity.is_empty() {
            text.push_str(&silent("severity", "as the rubrics say"));
        } else {
            text.push_str("severity:\n");
            for (rule, Valued { value, origin }) in &effective.severity {
                let written = entry(rule, &Yaml::text(value.word()));
                text.push_str(&self.placed(&format!("  {written}"), *origin));
            }
        }
        let allowances = if effective.allowances.value {
            "yes"
        } else {
            "no"
        };
        let written = format!("allowances: {allowances}");
        text.push_str(&self.placed(&written, effective.allowances.origin));
        text
    }

    fn shown_overrides(&self) -> String {
        let mut text = String::new();
        let overrides = self.found.iter().flat_map(|found| &found.config.overrides);
        for one in overrides {
            let designs = values(&one.designs).join(", ");
            let place = one
                .designs
                .first()
                .map_or(Origin::Default, |said| Origin::File(said.span));
            text.push_str(&format!(
                "# otherwise for {}: {}\n",
                plain::line(&designs),
                self.place(place)
            ));
        }
        if !text.is_empty() {
            text.push_str("# `sysdrill config DESIGN` shows what holds for one design\n");
        }
        text
    }

    fn line(&self, key: &str, value: &Yaml, origin: Origin) -> String {
        self.placed(&entry(key, value), origin)
    }

    /// A value with where it comes from: behind it where it is one line, above it where it is not.
    fn placed(&self, written: &str, origin: Origin) -> String {
        let place = self.place(origin);
        let written = written.trim_end();
        if written.contains('\n') {
            format!("# {place}\n{written}\n")
        } else {
            format!("{written:<COLUMN$} # {place}\n")
        }
    }

    fn place(&self, origin: Origin) -> String {
        match (origin, &self.found) {
            (Origin::Flag(flag), _) => flag.to_owned(),
            (Origin::File(span), Some(found)) => {
                let at = found.source.position(span.start);
                let name = plain::line(&found.source.name);
                format!("{name}:{}:{}", at.line, at.column)
            }
            _ => "default".to_owned(),
        }
    }
}

/// What nobody says, and what holds then.
fn silent(key: &str, holds: &str) -> String {
    format!("{:<COLUMN$} # default\n", format!("# {key}: {holds}"))
}

fn values(said: &[Said<String>]) -> Vec<String> {
    said.iter().map(|said| said.value.clone()).collect()
}

fn list(words: &[String]) -> Yaml {
    Yaml::texts(Layout::Fitting, words)
}
