//! The findings that are known already: read before a run, held against it, and written after it where that is asked for.
//!
//! Knows which file and which design; what a finding is known by is the assessment's business.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::KeepingFlags;
use super::heirs::heirs;
use super::obstacle::Obstacle;
use super::settings::Settings;
use super::{crew, files, screen, target};
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
    /// It writes what it finds, whatever was known of the same designs.
    Write,
}

/// A baseline for a run.
#[derive(Debug)]
pub struct Ledger {
    file: PathBuf,
    folder: PathBuf,
    known: Entries,
    /// The new names of designs that are gone.
    heirs: BTreeMap<String, String>,
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
                // What can't be read is written anew, and nothing is known of it.
                None => {
                    let known = files::is_there(file).then(|| read(file, settings).ok());
                    let known = known.flatten().unwrap_or_default();
                    Ok(Some(Self::at(file.clone(), known, Use::Write)))
                }
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
            heirs: BTreeMap::new(),
            used,
        }
    }

    /// Looks for the new names of designs that are gone, among those of a run. What is known stays with the old name until
    /// the baseline is updated: else any new design could pass for one that is gone.
    pub fn follow(
        &mut self,
        designs: &[PathBuf],
        jobs: Option<usize>,
        judge: impl Fn(&Path) -> Checked + Sync,
    ) {
        if self.takes_all() {
            return;
        }
        let known = self.known.iter();
        let gone: Entries = known
            .filter(|(design, _)| !self.is_there(design))
            .map(|(design, entries)| (design.clone(), entries.clone()))
            .collect();
        if gone.is_empty() {
            return;
        }
        let is_new = |design: &&PathBuf| {
            design.as_os_str() != files::STDIN && !self.known.contains_key(&self.key(design))
        };
        let new: Vec<PathBuf> = designs.iter().filter(is_new).cloned().collect();
        let mut came = Entries::new();
        let faults = |design: &PathBuf| faults(&judge(design)).map(entry).collect();
        crew::judge_all(&new, jobs, faults, |design, faults| {
            came.insert(self.key(design), faults);
        });
        self.heirs = heirs(&gone, &came);
        if self.used == Use::Update {
            for (old, new) in &self.heirs {
                let entries = self.known.remove(old).unwrap_or_default();
                self.known.insert(new.clone(), entries);
            }
        }
    }

    fn is_there(&self, design: &str) -> bool {
        files::is_there(&self.folder.join(design))
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
            (Some(_), Use::Write) => {
                let new = faults(checked).filter(|finding| finding.allowed.is_none());
                new.map(entry).collect()
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
        let number = |entries: &Entries| entries.values().map(Vec::len).sum::<usize>();
        let of_run = number(&kept.0);
        self.carry_over(&mut kept);
        if self.used == Use::Compare {
            return true;
        }
        if let Err(reason) = files::write(&self.file, notation::write(&kept.0)) {
            screen::error(&format!("the baseline was not written: {reason}"), None);
            return false;
        }
        let (left, gone) = (number(&kept.0), number(&self.known));
        let name = plain::line(&files::name(&self.file));
        screen::trouble(&match self.used {
            Use::Write => {
                let known = counted(of_run, "finding", "findings");
                let others = match left.saturating_sub(of_run) {
                    0 => String::new(),
                    others => format!(", beside {others} of designs that were not in this run"),
                };
                format!("{name}: {known} known from now on{others}")
            }
            _ => format!(
                "{name}: {} taken out, {left} left{}",
                gone.saturating_sub(left),
                self.followed()
            ),
        });
        true
    }

    /// That designs go by a new name, where some do.
    fn followed(&self) -> String {
        match self.heirs.len() {
            0 => String::new(),
            1 => ", 1 design under its new name".to_owned(),
            many => format!(", {many} designs under their new names"),
        }
    }

    /// Designs that were not in the run stay known as they are, those that are gone go.
    fn carry_over(&self, kept: &mut Kept) {
        let mut gone = Vec::new();
        for (design, entries) in &self.known {
            if kept.0.contains_key(design) {
                continue;
            }
            if self.is_there(design) {
                kept.0.insert(design.clone(), entries.clone());
            } else {
                gone.push((design, entries.len()));
            }
        }
        if self.used == Use::Compare && !gone.is_empty() {
            screen::trouble(&self.told_of(&gone));
        }
    }

    /// What is known of designs that are gone, and how many findings each had.
    fn told_of(&self, gone: &[(&String, usize)]) -> String {
        let designs = match gone.len() {
            1 => "1 design that it knows is".to_owned(),
            many => format!("{many} designs that it knows are"),
        };
        let name = plain::line(&files::name(&self.file));
        let mut said = format!("warning: {name}: {designs} not there any more");
        for (design, findings) in gone.iter().take(SHOWN) {
            let findings = counted(*findings, "finding", "findings");
            said.push_str(&format!("\n  {}: {findings}", plain::line(design)));
            if let Some(heir) = self.heirs.get(*design) {
                said.push_str(&format!(", all of them in {}", plain::line(heir)));
            }
        }
        if gone.len() > SHOWN {
            said.push_str(&format!("\n  and {} others", gone.len() - SHOWN));
        }
        said.push_str("\nhelp: --update-baseline ");
        said.push_str(match self.heirs.len() {
            0 => "takes them out",
            some if some == gone.len() => "knows them under the new name",
            _ => "knows them under the new name, and takes the others out",
        });
        said
    }
}

/// Designs that are gone, of which a line tells.
const SHOWN: usize = 20;

/// What is wrong in a design, be it accepted or not.
fn faults(checked: &Checked) -> impl Iterator<Item = &Finding> {
    let found = checked.assessment.iter();
    let found = found.flat_map(|assessment| &assessment.findings);
    found.filter(|finding| finding.is_fault())
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
