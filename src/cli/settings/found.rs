//! A configuration as it was found: its text, its folder, and which designs each part of it is about.
//!
//! Knows what in it can't be right; what holds in the end is what flags say over it.

use std::path::{Path, PathBuf};

use super::globs::Globs;
use crate::assess::{stands_for, words_for};
use crate::catalog::Catalog;
use crate::cli::arguments::OwnContent;
use crate::cli::obstacle::Obstacle;
use crate::cli::{files, rubrics};
use crate::model::spelling;
use crate::notation::config::{self as notation, Config, Layer, Said};
use crate::notation::yaml::Limits;
use crate::source::{Issue, Issues, Source};

/// Bytes of the file at most.
const MOST: usize = 1 << 20;

/// A configuration with its place.
#[derive(Debug)]
pub(super) struct Found {
    pub source: Source,
    pub folder: PathBuf,
    pub config: Config,
    pub designs: Globs,
    pub overrides: Vec<Globs>,
}

impl Found {
    /// Reads the configuration at a path, beside own content that flags name.
    pub fn read(path: &Path, own: &OwnContent) -> Result<Self, Obstacle> {
        let text = files::bounded(path, MOST, "a configuration is a page or two")
            .map_err(|reason| Obstacle::words(format!("{}: {reason}", files::name(path))))?;
        Self::of(path, text, own)
    }

    /// A text as the configuration at a path, beside own content that flags name.
    pub fn of(path: &Path, text: String, own: &OwnContent) -> Result<Self, Obstacle> {
        let source = Source::new(files::name(path), text);
        let (config, mut mistakes) = notation::read(&source.text, &Limits::default());
        let mut issues = Issues::default();
        let designs = config.designs.iter().flat_map(|said| &said.value);
        let designs = Globs::read(&designs.cloned().collect::<Vec<_>>(), &mut issues);
        let overrides = config.overrides.iter();
        let overrides = overrides.map(|one| Globs::read(&one.designs, &mut issues));
        let overrides = overrides.collect();
        mistakes.extend(issues.into_sorted());
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        if !mistakes.is_empty() {
            // Who mends these is told at once which words stand for no rule.
            let catalog = catalog_of(&config, &folder, own);
            mistakes.extend(
                catalog
                    .iter()
                    .flat_map(|catalog| strangers(&config, catalog)),
            );
            mistakes.sort_by_key(|issue: &Issue| issue.span);
            return Err(Obstacle::Mistakes(source, mistakes));
        }
        Ok(Self {
            source,
            folder,
            config,
            designs,
            overrides,
        })
    }

    /// Whether the folders of own content are there that no flags take the place of.
    pub fn has_folders_but_for(&self, flags: &OwnContent) -> Result<(), Obstacle> {
        let said = [
            (&self.config.rubrics, &flags.rubrics),
            (&self.config.problems, &flags.problems),
        ];
        let said = said.into_iter().filter(|(_, flag)| flag.is_none());
        let said = said.filter_map(|(said, _)| said.as_ref());
        let absent = said.filter(|said| !files::is_folder(&self.folder.join(&said.value)));
        let absent: Vec<_> = absent
            .map(|said| {
                let message = format!("`{}` is no folder", said.value);
                let help = "paths start from the folder of this file".to_owned();
                (said, message, help)
            })
            .collect();
        if absent.is_empty() {
            return Ok(());
        }
        Err(self.mistaken(absent))
    }

    /// Mistakes at words of the file, each with its cure.
    pub fn mistaken<'w>(
        &self,
        words: impl IntoIterator<Item = (&'w Said<String>, String, String)>,
    ) -> Obstacle {
        let mut issues = Issues::default();
        for (word, message, help) in words {
            issues.error(word.span, message, help);
        }
        Obstacle::Mistakes(self.source_again(), issues.into_sorted())
    }

    /// Its text, for those who show it.
    pub fn source_again(&self) -> Source {
        Source::new(self.source.name.as_str(), self.source.text.as_str())
    }

    /// A path of the file, from where the program runs.
    pub fn path(&self, said: Option<&Said<String>>) -> Option<PathBuf> {
        said.map(|said| self.folder.join(&said.value))
    }

    /// The overrides about a design, in their order.
    pub fn about(&self, design: &Path) -> Vec<&Layer> {
        if self.overrides.is_empty() {
            return Vec::new();
        }
        let Some(path) = files::relative(&self.folder, design) else {
            return Vec::new();
        };
        let overrides = self.config.overrides.iter().zip(&self.overrides);
        overrides
            .filter(|(_, globs)| globs.fits(&path))
            .map(|(one, _)| &one.terms)
            .collect()
    }
}

/// Every layer of a configuration.
pub(super) fn layers(config: &Config) -> Vec<&Layer> {
    let overrides = config.overrides.iter().map(|one| &one.terms);
    std::iter::once(&config.terms).chain(overrides).collect()
}

/// The words of a layer that stand for rules.
pub(super) fn words(layer: &Layer) -> impl Iterator<Item = &Said<String>> {
    let lists = [&layer.select, &layer.ignore].into_iter().flatten();
    let severities = layer.severity.iter().map(|(rule, _)| rule);
    lists.flat_map(|said| &said.value).chain(severities)
}

/// The complaint about a word that stands for no rule, with its cure; none about others.
pub(super) fn no_rule(word: &str, catalog: &Catalog) -> Option<(String, String)> {
    if catalog.rules.iter().any(|rule| stands_for(word, rule)) {
        return None;
    }
    let known = words_for(&catalog.rules);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let meant = spelling::did_you_mean(word, &known);
    let help = meant.unwrap_or_else(|| "`sysdrill rules` lists them".to_owned());
    Some((format!("`{word}` stands for no rule"), help))
}

/// The words of a configuration that stand for no rule.
pub(super) fn strangers(config: &Config, catalog: &Catalog) -> Vec<Issue> {
    let mut issues = Issues::default();
    for word in layers(config).into_iter().flat_map(words) {
        if let Some((message, help)) = no_rule(&word.value, catalog) {
            issues.error(word.span, message, help);
        }
    }
    issues.into_sorted()
}

/// The catalog with the own content of flags, or else of a configuration; none where that has mistakes.
fn catalog_of(config: &Config, folder: &Path, own: &OwnContent) -> Option<Catalog> {
    let said = |said: &Option<Said<String>>| said.as_ref().map(|said| folder.join(&said.value));
    let rubrics = own.rubrics.clone().or_else(|| said(&config.rubrics));
    let problems = own.problems.clone().or_else(|| said(&config.problems));
    let texts = rubrics::read_texts(&OwnContent { rubrics, problems }).ok()?;
    let loaded = rubrics::laid_over(&texts, false);
    loaded.mistakes.is_empty().then_some(loaded.catalog)
}
