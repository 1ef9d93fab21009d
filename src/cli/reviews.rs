//! Reviews beside designs: found, read, and with `sysdrill grade --review` written.
//!
//! Knows files and their names; what a review says is others' business.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, files, rubrics, screen};
use crate::assess::agreement::{self, Agreement};
use crate::assess::{Assessment, fingerprint};
use crate::catalog::Catalog;
use crate::model::spelling::{counted, did_you_mean, slug};
use crate::notation::config::Said;
use crate::notation::review::{self as notation, Found, Review};
use crate::report::{self, Checked, Paint, plain};
use crate::source::{Gravity, Issue, Source};

/// The letters of a mentor's name in the name of a file, at most.
const LONGEST: usize = 40;

/// What is done with reviews.
#[derive(Clone, Debug, Default, Args)]
pub struct ReviewFlags {
    /// Write a review file beside each design, or add new findings to it, instead of a site: nothing that a mentor wrote
    /// there is lost.
    #[arg(long, help_heading = "Reviews", conflicts_with_all = ["out", "anonymous", "template"])]
    pub review: bool,
    /// Whose reviews to write; each mentor has a file of their own.
    #[arg(long, value_name = "NAME", help_heading = "Reviews", requires = "review", value_parser = name)]
    pub mentor: Option<String>,
    /// Say how far rules and mentors agree, by step and by rule, and where they disagree most, instead of writing a site.
    #[arg(long, help_heading = "Reviews", conflicts_with_all = ["review", "out", "anonymous", "template"])]
    pub agreement: bool,
    /// How to say it.
    #[arg(
        long,
        value_enum,
        default_value_t,
        help_heading = "Reviews",
        requires = "agreement"
    )]
    pub format: AgreementFormat,
}

/// How agreement is told.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub enum AgreementFormat {
    /// For reading at a terminal.
    #[default]
    Human,
    /// For other tools.
    Json,
    /// For a note to those who keep the rubric.
    Markdown,
}

/// A name that can be told from others in the name of a file.
fn name(typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    if slug(typed, LONGEST).is_empty() {
        return Err("a name with letters in it".to_owned());
    }
    Ok(typed.to_owned())
}

/// Every review of some designs.
#[derive(Debug, Default)]
pub struct Reviews {
    of: BTreeMap<PathBuf, Vec<Filed>>,
    /// Files that can't be read, which are therefore not written either.
    broken: BTreeSet<PathBuf>,
}

/// A review with its file.
#[derive(Clone, Debug)]
struct Filed {
    path: PathBuf,
    text: String,
    review: Review,
}

impl Reviews {
    /// Reads the reviews beside designs. What is wrong with one is shown where it stands.
    pub fn beside(designs: &[PathBuf]) -> Self {
        let mut all = Self::default();
        let folders = designs.iter().filter_map(|design| design.parent());
        let folders: BTreeSet<&Path> = folders.collect();
        for folder in folders {
            let names = match files::reviews(folder) {
                Ok(names) => names,
                Err(reason) => {
                    screen::error(&format!("{}: {reason}", folder.display()), None);
                    all.broken.insert(folder.to_path_buf());
                    continue;
                }
            };
            for name in names {
                let path = folder.join(name);
                match all.read(&path, designs) {
                    Some((design, filed)) => all.of.entry(design).or_default().push(filed),
                    None => {
                        all.broken.insert(path);
                    }
                }
            }
        }
        all
    }

    /// Whether a review could not be read.
    pub fn has_troubles(&self) -> bool {
        !self.broken.is_empty()
    }

    /// The reviews of a design, in the order of their files.
    fn of(&self, design: &Path) -> &[Filed] {
        self.of.get(design).map_or(&[], Vec::as_slice)
    }

    /// The review in a file, where it could be read.
    fn at(&self, path: &Path) -> Option<&Filed> {
        let mut all = self.of.values().flatten();
        all.find(|filed| filed.path == path)
    }

    /// The reviews of a design in which something is said.
    fn said_of(&self, design: &Path) -> impl Iterator<Item = &Filed> {
        let filed = self.of(design).iter();
        filed.filter(|filed| !filed.review.is_blank())
    }

    /// What reviews say of a design with a text, and whether each last saw it as it is.
    pub fn words(&self, design: &Path, text: &str) -> Vec<(Review, bool)> {
        let now = of_text(text);
        self.said_of(design)
            .map(|filed| {
                let is_current = filed.review.fingerprint.as_ref() == Some(&now);
                (filed.review.clone(), is_current)
            })
            .collect()
    }

    /// Shows what reviews of designs speak of and is not there.
    pub fn show_issues(&self, judged: &[(PathBuf, &Checked)]) {
        for (path, checked) in judged {
            for (filed, reviewed) in self.said_of(path).zip(&checked.reviews) {
                let source = Source::new(files::name(&filed.path), filed.text.clone());
                rubrics::show(&source, &reviewed.issues);
            }
        }
    }

    /// A review with the path of its design.
    fn read(&self, path: &Path, designs: &[PathBuf]) -> Option<(PathBuf, Filed)> {
        let name = files::name(path);
        let cure = "a review is smaller";
        let text = files::bounded(path, notation::LIMITS.bytes, cure);
        let text = text.map_err(|reason| screen::error(&format!("{name}: {reason}"), None));
        let source = Source::new(name, text.ok()?);
        let (review, issues) = notation::read(&source.text);
        if rubrics::show(&source, &issues) > 0 {
            return None;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let design = folder.join(&review.design.value);
        if let Some(issue) = self.out_of_place(&review, &design, designs) {
            rubrics::show(&source, &[issue]);
            return None;
        }
        let filed = Filed {
            path: path.to_path_buf(),
            text: source.text,
            review,
        };
        Some((design, filed))
    }

    /// Why a review is none of its design: the design is not there, or its mentor has another review of it.
    fn out_of_place(&self, review: &Review, design: &Path, designs: &[PathBuf]) -> Option<Issue> {
        let stated = &review.design;
        if !files::is_there(design) {
            let beside = designs.iter().filter(|it| it.parent() == design.parent());
            let beside: Vec<String> = beside.map(|path| file_name(path)).collect();
            return Some(no_design(review, &beside));
        }
        let mentor = |review: &Review| review.mentor.as_ref().map(|said| said.value.clone());
        let mut others = self.of(design).iter();
        let other = others.find(|other| mentor(&other.review) == mentor(review))?;
        let span = review.mentor.as_ref().map_or(stated.span, |said| said.span);
        let message = match mentor(review) {
            Some(mentor) => format!("{mentor} has another review of `{}`", stated.value),
            None => format!("`{}` has another review without a mentor", stated.value),
        };
        let help = format!(
            "say whose each is with `mentor`; the other: {}",
            file_name(&other.path)
        );
        Some(Issue {
            gravity: Gravity::Error,
            span,
            message,
            help: Some(help),
        })
    }
}

/// The complaint about a review whose design is not there; some of the designs that are.
pub fn no_design(review: &Review, beside: &[String]) -> Issue {
    let stated = &review.design;
    let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
    let help = did_you_mean(&stated.value, &beside);
    Issue {
        gravity: Gravity::Error,
        span: stated.span,
        message: format!("there is no `{}` beside this review", stated.value),
        help: help.or_else(|| Some("a review lies in the folder of its design".to_owned())),
    }
}

/// Says how far rules and mentors agree on some designs; 3 where there is no review of any.
pub fn tell_agreement(
    flags: &ReviewFlags,
    (there, judged): (&Reviews, &[(PathBuf, &Checked)]),
    catalog: &Catalog,
) -> Exit {
    let mut reviews = Vec::new();
    for (at, (_, checked)) in judged.iter().enumerate() {
        let Some(assessment) = &checked.assessment else {
            continue;
        };
        reviews.extend(checked.reviews.iter().map(|reviewed| agreement::Reviewed {
            at,
            design: &checked.source.name,
            mentor: &reviewed.mentor,
            assessment,
            review: &reviewed.review,
            is_current: reviewed.is_current,
        }));
    }
    if reviews.is_empty() {
        let (message, help) = if there.of.is_empty() {
            (
                "there is no review of any design",
                "`sysdrill grade DIR --review` writes a review beside each design",
            )
        } else {
            (
                "nothing is said in the reviews so far",
                "decide on findings in them: make `verdict: undecided` one of accept, reject and change",
            )
        };
        screen::error(message, Some(help));
        return Exit::Nothing;
    }
    let agreement = Agreement::of(&reviews, catalog);
    screen::out(&match flags.format {
        AgreementFormat::Human => report::agreement_text(&agreement, Paint::Colour),
        AgreementFormat::Json => report::agreement_json(&agreement),
        AgreementFormat::Markdown => report::agreement_markdown(&agreement),
    });
    Exit::Well
}

/// How many reviews were written, and what is in them.
#[derive(Debug, Default)]
struct Count {
    new: usize,
    changed: usize,
    same: usize,
    added: usize,
    gone: usize,
    undecided: usize,
}

/// Writes the reviews of designs; whether all went well.
pub fn write(flags: &ReviewFlags, reviews: &Reviews, judged: &[(PathBuf, &Checked)]) -> bool {
    let mut count = Count::default();
    let mut all_well = true;
    for (path, checked) in judged {
        let Some(assessment) = &checked.assessment else {
            continue;
        };
        if path.as_os_str() == files::STDIN {
            let help = "give a file, which the review can lie beside";
            screen::error("there is no review of standard input", Some(help));
            all_well = false;
            continue;
        }
        for filed in wanted(flags, reviews, path) {
            all_well &= update(&filed, assessment, &checked.source, reviews, &mut count);
        }
    }
    screen::out(&count.said());
    all_well
}

/// The reviews of a design that are to be brought up to date, the empty text standing for one that is not there yet.
fn wanted(flags: &ReviewFlags, reviews: &Reviews, design: &Path) -> Vec<Filed> {
    let there = reviews.of(design);
    let mine = |filed: &&Filed| {
        let mentor = filed.review.mentor.as_ref();
        flags.mentor.is_none() || mentor.map(|said| &said.value) == flags.mentor.as_ref()
    };
    let mine: Vec<Filed> = there.iter().filter(mine).cloned().collect();
    if !mine.is_empty() {
        return mine;
    }
    let said = |value: String| Said {
        value,
        ..Said::default()
    };
    let name = file_name(design);
    let stem = [".design.yaml", ".design.yml"];
    let stem = stem.iter().find_map(|end| name.strip_suffix(end));
    let middle = flags
        .mentor
        .as_deref()
        .map(|name| format!(".{}", slug(name, LONGEST)));
    let file = format!(
        "{}{}.review.yaml",
        stem.unwrap_or(&name),
        middle.unwrap_or_default()
    );
    vec![Filed {
        path: design.with_file_name(file),
        text: String::new(),
        review: Review {
            design: said(name),
            mentor: flags.mentor.clone().map(said),
            ..Review::default()
        },
    }]
}

/// Brings a review up to date, and its file where it changed.
fn update(
    filed: &Filed,
    assessment: &Assessment,
    design: &Source,
    reviews: &Reviews,
    count: &mut Count,
) -> bool {
    let is_new = filed.text.is_empty();
    if reviews.broken.contains(&filed.path) {
        return false; // what is wrong with it has been said
    }
    let first = is_new.then(|| notation::write(&filed.review));
    let text = first.as_ref().unwrap_or(&filed.text);
    let found = found(assessment);
    let merged = notation::merged(text, &filed.review, &found, &of_text(&design.text));
    if merged.text == filed.text {
        count.add(&merged, |count| &mut count.same);
        return true;
    }
    if is_new && let Some(other) = reviews.at(&filed.path) {
        refuse(other);
        return false;
    }
    let written = if is_new {
        files::create(&filed.path, &merged.text)
    } else {
        files::write(&filed.path, &merged.text)
    };
    if let Err(reason) = &written {
        screen::error(&format!("the review was not written: {reason}"), None);
        return false;
    }
    let sort: fn(&mut Count) -> &mut usize = if is_new {
        |count| &mut count.new
    } else {
        |count| &mut count.changed
    };
    count.add(&merged, sort);
    if merged.anew && !is_new {
        screen::trouble(&format!(
            "warning: {}: written anew, since its findings stand in brackets; words are kept, remarks after # are not",
            plain::line(&files::name(&filed.path))
        ));
    }
    true
}

/// Says that a review would take the place of another mentor's.
fn refuse(other: &Filed) {
    let name = files::name(&other.path);
    let mentor = other.review.mentor.as_ref();
    let (whose, help) = match mentor.map(|said| said.value.as_str()) {
        Some(mentor) => (
            format!("is the one of {mentor}"),
            format!("`--mentor \"{mentor}\"` adds to it; another mentor needs another name"),
        ),
        None => (
            "is one without a mentor".to_owned(),
            "say in it whose it is, with `mentor`".to_owned(),
        ),
    };
    let message = format!("the review was not written: {name} {whose}");
    screen::error(&message, Some(&help));
}

/// What a mentor is asked about: what the design does not accept itself.
fn found(assessment: &Assessment) -> Vec<Found> {
    let findings = assessment.findings.iter();
    let open = findings.filter(|finding| finding.allowed.is_none());
    open.map(|finding| Found {
        rule: finding.rule.clone(),
        about: finding.subjects.clone(),
        severity: finding.severity,
        says: finding
            .message
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        fingerprint: finding.fingerprint(),
    })
    .collect()
}

/// What the text of a design is known by, however its lines end.
fn of_text(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    fingerprint([text.replace("\r\n", "\n").as_str()])
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Count {
    /// Counts a review that is as it should be.
    fn add(&mut self, merged: &notation::Merged, sort: impl Fn(&mut Self) -> &mut usize) {
        *sort(self) += 1;
        self.undecided += merged.undecided;
        self.added += merged.new;
        self.gone += merged.gone;
    }

    fn said(&self) -> String {
        let files = self.new + self.changed + self.same;
        let mut said = format!(
            "{}: {} new, {} changed, {} as before\n",
            counted(files, "review", "reviews"),
            self.new,
            self.changed,
            self.same
        );
        said.push_str(&format!(
            "{}, {} of them new; {} on what is not found any more\n",
            counted(self.undecided, "finding undecided", "findings undecided"),
            self.added,
            counted(self.gone, "decision", "decisions")
        ));
        said
    }
}
