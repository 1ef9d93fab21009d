//! The findings that are known already: read before a run, held against it, and written after it where that is asked for.
//!
//! Knows which file and which design; what a finding is known by is the assessment's business.

use std::path::{Path, PathBuf};

use super::arguments::KeepingFlags;
use super::obstacle::Obstacle;
use super::settings::Settings;
use super::{files, screen, target};
use crate::assess::{Baseline, Finding, Known};
use crate::model::spelling::counted;
use crate::notation::baseline::{self as notation, Entries, Entry};
use crate::report::{Checked, plain};
use crate::source::Source;

/// What a run does with a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// It holds designs against it.
    Compare,
    /// It also takes out what is found no more.
    Update,
    /// It writes what it finds, whatever was known.
    Write,
}

/// A baseline for a run.
#[derive(Debug)]
pub struct Ledger {
    file: PathBuf,
    folder: PathBuf,
    known: Entries,
    used: Use,
}

/// What is to be written after a run.
#[derive(Debug, Default)]
pub struct Kept(Entries);

impl Ledger {
    /// The baseline that settings name, if any, for who writes none.
    ///
    /// # Errors
    /// With why it can't be used.
    pub fn of(settings: &Settings) -> Result<Option<Self>, Obstacle> {
        let Some(file) = settings.baseline() else {
            return Ok(None);
        };
        let known = read(&file, settings)?;
        Ok(Some(Self::at(file, known, Use::Compare)))
    }

    /// The baseline that settings name, or that is to be written, if any.
    ///
    /// # Errors
    /// With why it can't be used.
    pub fn open(settings: &Settings, keeping: &KeepingFlags) -> Result<Option<Self>, Obstacle> {
        if let Some(file) = &keeping.write_baseline {
            return match target::other_than_a_baseline(file) {
                Some(refusal) => Err(refusal),
                None => Ok(Some(Self::at(file.clone(), Entries::new(), Use::Write))),
            };
        }
        let known = Self::of(settings)?;
        if !keeping.update_baseline {
            return Ok(known);
        }
        let Some(ledger) = known else {
            let help = "name one: --baseline FILE, or `baseline: FILE` in sysdrill.yaml";
            let complaint = "there is no baseline to update".to_owned();
            return Err(Obstacle::Words(complaint, Some(help.to_owned())));
        };
        Ok(Some(Self {
            used: Use::Update,
            ..ledger
        }))
    }

    fn at(file: PathBuf, known: Entries, used: Use) -> Self {
        Self {
            folder: file.parent().map(Path::to_path_buf).unwrap_or_default(),
            file,
            known,
            used,
        }
    }

    /// Whether what is found is written and therefore no reason to fail.
    pub fn takes_all(&self) -> bool {
        self.used == Use::Write
    }

    /// What is known of a design.
    pub fn about(&self, design: &Path) -> Option<Baseline> {
        if self.used == Use::Write {
            return None;
        }
        let known = self.known.get(&self.key(design))?;
        let known = known.iter().map(|entry| Known {
            rule: entry.rule.clone(),
            subjects: entry.subjects.clone(),
            fingerprint: entry.fingerprint.clone(),
        });
        Some(Baseline {
            name: plain::line(&files::name(&self.file)),
            findings: known.collect(),
        })
    }

    /// A design as the file calls it, whatever folder the program runs in.
    fn key(&self, design: &Path) -> String {
        files::relative(&self.folder, design).unwrap_or_else(|| files::name(design))
    }

    /// Keeps of a design what is to be written.
    pub fn keep(&self, design: &Path, checked: &Checked, kept: &mut Kept) {
        let key = self.key(design);
        let known = self.known.get(&key).map(Vec::as_slice).unwrap_or_default();
        let entries: Vec<Entry> = match (&checked.assessment, self.used) {
            (None, _) => known.to_vec(),
            (Some(assessment), Use::Write) => {
                let new = assessment.findings.iter();
                new.filter(|finding| finding.is_fault() && finding.allowed.is_none())
                    .map(entry)
                    .collect()
            }
            (Some(assessment), _) => {
                let is_left = |entry: &&Entry| !assessment.stale.contains(&entry.fingerprint);
                known.iter().filter(is_left).cloned().collect()
            }
        };
        kept.0.insert(key, entries);
    }

    /// Says what is known of designs that are gone, and writes the file where that is asked for; whether all went well.
    pub fn close(&self, mut kept: Kept) -> bool {
        if self.used != Use::Write {
            self.carry_over(&mut kept);
        }
        if self.used == Use::Compare {
            return true;
        }
        let number = |entries: &Entries| entries.values().map(Vec::len).sum::<usize>();
        if let Err(reason) = files::write(&self.file, notation::write(&kept.0)) {
            screen::error(&format!("the baseline was not written: {reason}"), None);
            return false;
        }
        let (left, gone) = (number(&kept.0), number(&self.known));
        let left_words = counted(left, "finding", "findings");
        let name = plain::line(&files::name(&self.file));
        screen::trouble(&match self.used {
            Use::Write => format!("{name}: {left_words} known from now on"),
            _ => format!(
                "{name}: {} taken out, {left} left",
                gone.saturating_sub(left)
            ),
        });
        true
    }

    /// Designs that were not in the run stay known as they are, those that are gone go.
    fn carry_over(&self, kept: &mut Kept) {
        for (design, entries) in &self.known {
            if kept.0.contains_key(design) {
                continue;
            }
            if files::is_there(&self.folder.join(design)) {
                kept.0.insert(design.clone(), entries.clone());
            } else if self.used == Use::Compare {
                screen::trouble(&format!(
                    "warning: {}: {} of {}, which is not there any more\nhelp: --update-baseline takes them out",
                    plain::line(&files::name(&self.file)),
                    counted(entries.len(), "finding", "findings"),
                    plain::line(design),
                ));
            }
        }
    }
}

fn entry(finding: &Finding) -> Entry {
    Entry {
        rule: finding.rule.clone(),
        subjects: finding.subjects.clone(),
        fingerprint: finding.fingerprint(),
    }
}

fn read(file: &Path, settings: &Settings) -> Result<Entries, Obstacle> {
    let name = files::name(file);
    let cure = "a baseline is smaller; mend some of its findings";
    let text = files::bounded(file, notation::LIMITS.bytes, cure).map_err(|reason| {
        let help = format!("--write-baseline {} makes it", plain::line(&name));
        let complaint = format!("{}: {reason}", plain::line(&name));
        settings.mistaken(settings.said_baseline(), complaint, help)
    })?;
    let source = Source::new(name, text);
    let (entries, issues) = notation::read(&source.text);
    if !issues.is_empty() {
        return Err(Obstacle::Mistakes(source, issues));
    }
    Ok(entries)
}
