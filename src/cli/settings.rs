//! What the command line and the file `sysdrill.yaml` say together: which designs, own content, and what each design is
//! judged by.
//!
//! Knows where the file is found; what may stand in it is the reader's business.

mod effective;
mod found;
mod globs;
mod shown;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use effective::{Effective, Origin};
use found::{Found, layers, no_rule, strangers, words};
pub use shown::config;

use super::arguments::{OwnContent, TermFlags};
use super::obstacle::{Obstacle, told};
use super::practice::today;
use super::rubrics::Texts;
use super::{files, rubrics, screen};
use crate::assess::Terms;
use crate::catalog::Catalog;
use crate::notation::config::{Config, Layer, Said};
use crate::notation::mark;
use crate::report::plain;
use crate::source::Issues;

/// What the file is called.
const NAME: &str = mark::CONFIGURATION;

/// Whether a path is one of a configuration.
pub fn is_configuration(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == NAME)
}

/// The configuration that flags name, or the nearest one of a folder.
pub fn nearest(folder: &Path, flags: &TermFlags) -> Option<PathBuf> {
    if flags.frame.no_config {
        return None;
    }
    let named = flags.frame.config.clone();
    named.or_else(|| files::upwards(folder, NAME))
}

/// What was said.
#[derive(Debug)]
pub struct Settings {
    found: Option<Found>,
    flags: TermFlags,
    /// Own content as typed, and with what the file says.
    typed: OwnContent,
    own: OwnContent,
    today: String,
}

impl Settings {
    /// Reads the configuration that flags name, or the nearest one. Mistakes are reported, and there is nothing then.
    pub fn of(flags: &TermFlags, own: &OwnContent) -> Option<Self> {
        told(Self::seen_from(Path::new(""), flags, own))
    }

    /// The same, where the nearest configuration is the one of a folder.
    ///
    /// # Errors
    /// With the mistakes.
    pub fn seen_from(folder: &Path, flags: &TermFlags, own: &OwnContent) -> Result<Self, Obstacle> {
        let found = nearest(folder, flags).map(|path| Found::read(&path, own));
        Ok(Self::over(found.transpose()?, flags, own))
    }

    /// The same, with a text in place of what the file at a path says.
    ///
    /// # Errors
    /// With the mistakes.
    pub fn written(
        path: &Path,
        text: &str,
        flags: &TermFlags,
        own: &OwnContent,
    ) -> Result<Self, Obstacle> {
        let found = Found::of(path, text.to_owned(), own)?;
        Ok(Self::over(Some(found), flags, own))
    }

    /// What flags say over what a configuration does.
    fn over(found: Option<Found>, flags: &TermFlags, own: &OwnContent) -> Self {
        let typed = own.clone();
        let own = laid_over(own, found.as_ref());
        let today = flags.frame.today.clone().unwrap_or_else(today);
        Self {
            found,
            flags: flags.clone(),
            typed,
            own,
            today,
        }
    }

    /// The texts of own rubrics and problems.
    ///
    /// # Errors
    /// With what can't be read: folders that the file names and that are not there stand as its mistakes.
    pub fn own_texts(&self) -> Result<Texts, Obstacle> {
        if let Some(found) = &self.found {
            found.has_folders_but_for(&self.typed)?;
        }
        rubrics::read_texts(&self.own)
    }

    /// A mistake of the file at a word of it, or the complaint alone where the word is none of it.
    pub fn mistaken(&self, word: Option<&Said<String>>, message: String, help: String) -> Obstacle {
        match (&self.found, word) {
            (Some(found), Some(word)) => found.mistaken([(word, message, help)]),
            _ => Obstacle::Words(message, Some(help)),
        }
    }

    /// The file of findings that are known already.
    pub fn baseline(&self) -> Option<PathBuf> {
        let found = self.found.as_ref();
        let said = || found?.path(self.said_baseline());
        self.flags.baseline.clone().or_else(said)
    }

    /// The word of the file that names it, where no flag does.
    pub fn said_baseline(&self) -> Option<&Said<String>> {
        let found = self.found.as_ref()?;
        let said = found.config.baseline.as_ref();
        said.filter(|_| self.flags.baseline.is_none())
    }

    /// The files that decide how designs are judged, beside those of own content: a change of them is one of every design.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let file = self.found.as_ref().map(|found| found.source.name.as_str());
        file.map(PathBuf::from).into_iter().chain(self.baseline())
    }

    /// Every file of own content.
    pub fn content(&self) -> impl Iterator<Item = PathBuf> {
        let folders = self.own.rubrics.iter().chain(&self.own.problems);
        let files = folders.flat_map(|folder| files::yaml_below(folder));
        files.filter_map(Result::ok)
    }

    /// Where a file of own content stands among the built-in one; none where it is no such file.
    pub fn content_path(&self, file: &Path) -> Option<String> {
        let rubric = |folder: &PathBuf| Some(files::rubric_place(&files::below(folder, file)?));
        let problem = |folder: &PathBuf| Some(files::problem_place(&files::below(folder, file)?));
        let is_yaml = file
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml");
        let rubric = self.own.rubrics.as_ref().and_then(rubric);
        let place = rubric.or_else(|| self.own.problems.as_ref().and_then(problem));
        place.filter(|_| is_yaml)
    }

    /// The file of own content that stands at a place among the built-in one, where there is one.
    pub fn content_file(&self, place: &str) -> Option<PathBuf> {
        let rubrics = self.own.rubrics.iter().flat_map(|folder| {
            let inner = place.strip_prefix("rubrics/").unwrap_or(place);
            [folder.join(place), folder.join(inner)]
        });
        let problems = self.own.problems.iter();
        let problems = problems.filter_map(|folder| {
            let inner = place.strip_prefix("problems/")?;
            Some(folder.join(inner))
        });
        rubrics.chain(problems).find(|file| files::is_there(file))
    }

    /// Whether the configuration names a file as a design.
    pub fn names(&self, file: &Path) -> bool {
        self.found.as_ref().is_some_and(|found| {
            let path = files::below(&found.folder, file);
            path.is_some_and(|path| found.designs.names(&path))
        })
    }

    /// The designs below the given paths, or those that the configuration names; and what could not be searched.
    pub fn designs(&self, paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<(String, String)>) {
        match &self.found {
            Some(found) if paths.is_empty() => files::meant(&found.folder, &|path, is_design| {
                found.designs.names(path) || (is_design && found.designs.fits(path))
            }),
            _ => files::designs(paths),
        }
    }

    /// Shows the patterns that are about none of the designs that the configuration names: most are misspelt, and what they
    /// were to bring is not checked, or not by what they say.
    pub fn tell_idle_patterns(&self, designs: &[PathBuf]) {
        let Some(found) = &self.found else {
            return;
        };
        let paths = designs.iter();
        let paths: Vec<String> = paths
            .map(|path| files::within(&found.folder, path))
            .collect();
        let mut issues = Issues::default();
        for globs in std::iter::once(&found.designs).chain(&found.overrides) {
            for pattern in globs.idle(&paths) {
                let message = format!("`{}` is about no design", pattern.value);
                let help = if pattern.value.contains('\\') {
                    "write `/` between folders, on Windows too"
                } else {
                    "patterns start from the folder of this file; a folder stands for the \
                     `*.design.yaml` below it"
                };
                issues.warning(pattern.span, message, help.to_owned());
            }
        }
        rubrics::show(&found.source, &issues.into_sorted());
    }

    /// Tells of configurations that are nearer to a design than the one that holds: people who keep one in each folder would miss
    /// what it says. Who names a configuration, or none, knows.
    pub fn tell_unread(&self, designs: &[PathBuf]) {
        if self.flags.frame.config.is_some() || self.flags.frame.no_config {
            return;
        }
        let ours = self.found.as_ref().map(|found| found.folder.join(NAME));
        let ours = ours.and_then(|path| files::real(&path));
        let folders: BTreeSet<&Path> = designs.iter().filter_map(|path| path.parent()).collect();
        let nearest = folders
            .into_iter()
            .filter_map(|folder| files::upwards(folder, NAME));
        let nearest = nearest.filter_map(|path| files::real(&path));
        let others: BTreeSet<PathBuf> =
            nearest.filter(|path| Some(path) != ours.as_ref()).collect();
        for other in others {
            let name = files::relative(Path::new(""), &other);
            let name = name.unwrap_or_else(|| files::name(&other));
            let name = plain::line(&name);
            let (why, help) = match ours {
                Some(_) => (
                    "one configuration holds for a whole run",
                    "say it under `overrides` in the one that holds, or name this one by --config",
                ),
                None => (
                    "it is neither here nor in a folder around",
                    "run sysdrill there, or name it by --config",
                ),
            };
            screen::trouble(&format!(
                "warning: {name} is not read, for {why}\nhelp: {help}"
            ));
        }
    }

    /// Whether designs are named where a command names none.
    pub fn names_designs(&self) -> bool {
        let found = self.found.as_ref();
        found.is_some_and(|found| found.config.designs.is_some())
    }

    /// Whether rules are named anywhere.
    pub fn names_rules(&self) -> bool {
        let flags = !self.flags.select.is_empty() || !self.flags.ignore.is_empty();
        let mut layers = self.layers().into_iter();
        flags || layers.any(|layer| words(layer).next().is_some())
    }

    /// Every layer of the file.
    fn layers(&self) -> Vec<&Layer> {
        let config = self.found.as_ref().map(|found| &found.config);
        config.map_or_else(Vec::new, layers)
    }

    /// Complains of words that stand for no rule; whether there are none.
    pub fn agrees_with(&self, catalog: &Catalog) -> bool {
        let disagreements = self.disagreements(catalog);
        disagreements.iter().for_each(Obstacle::tell);
        disagreements.is_empty()
    }

    /// Words that stand for no rule: those of flags, and those of the file.
    pub fn disagreements(&self, catalog: &Catalog) -> Vec<Obstacle> {
        let typed = self.flags.select.iter().chain(&self.flags.ignore);
        let typed = typed.filter_map(|word| no_rule(word, catalog));
        let mut obstacles: Vec<Obstacle> = typed
            .map(|(message, help)| Obstacle::Words(message, Some(help)))
            .collect();
        if let Some(found) = &self.found {
            let strangers = strangers(&found.config, catalog);
            if !strangers.is_empty() {
                obstacles.push(Obstacle::Mistakes(found.source_again(), strangers));
            }
        }
        obstacles
    }

    /// What a design is judged by and must reach; no override is about one without a path.
    pub fn effective(&self, design: Option<&Path>) -> Effective {
        let mut layers = Vec::new();
        if let Some(found) = &self.found {
            layers.push(&found.config.terms);
            layers.extend(design.into_iter().flat_map(|design| found.about(design)));
        }
        Effective::of(&layers, &self.flags)
    }

    /// The same for the judgement.
    pub fn terms(&self, effective: &Effective) -> Terms {
        Terms {
            level: effective.level.value,
            choice: effective.choice(),
            today: Some(self.today.clone()),
            without_allowances: !effective.allowances.value,
            ..Terms::default()
        }
    }
}

/// Own content as flags say, and as the nearest configuration does where they say nothing. Mistakes are reported, and there
/// is nothing then.
pub fn own_content(flags: &OwnContent) -> Option<OwnContent> {
    let found = nearest(Path::new(""), &TermFlags::default());
    let found = found.map(|path| Found::read(&path, flags));
    let found = told(found.transpose())?;
    if let Some(found) = &found {
        told(found.has_folders_but_for(flags))?;
    }
    Some(laid_over(flags, found.as_ref()))
}

fn laid_over(flags: &OwnContent, found: Option<&Found>) -> OwnContent {
    let path = |flag: &Option<PathBuf>, said: fn(&Config) -> &Option<Said<String>>| {
        let file = || found.and_then(|found| found.path(said(&found.config).as_ref()));
        flag.clone().or_else(file)
    };
    OwnContent {
        rubrics: path(&flags.rubrics, |config| &config.rubrics),
        problems: path(&flags.problems, |config| &config.problems),
    }
}
