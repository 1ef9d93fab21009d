//! Cures that an editor can apply: the word that was meant, what a finding asks to be stated, a finding accepted, an
//! acceptance taken out. Each leaves the rest of the text as it stands.
//!
//! Knows which cures there are; what mends a finding is the rule's business, and where it is written is `places`'. A cure that
//! would not read as it should is not offered.

mod places;
#[cfg(test)]
mod tests;

use places::{entry, pair, pairs};

use super::draft::{COMPONENTS, Draft};
use super::remark::{self, Remark};
use crate::assess::Finding;
use crate::model::vocabulary::Meaning;
use crate::model::{Allowance, Attributes, Design, Part, Place, Vocabulary};
use crate::notation::arrows;
use crate::notation::design::{self, Reading};
use crate::notation::yaml::{
    self, Content, Edit, Limits, Node, add_entries, add_item, add_part, edited, without_entry,
    without_item,
};
use crate::report::{Checked, Document, plain};
use crate::source::{Gravity, Issues, Span};

/// A cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a line.
    pub title: String,
    /// What stands where afterwards.
    pub edits: Vec<Edit>,
    /// What it cures.
    pub cures: Remark,
    /// It is what most would do.
    pub is_preferred: bool,
}

/// Cures that are offered at a place at most.
const MOST: usize = 40;

/// Mistakes, and findings, that are looked at for cures at most.
const MOST_LOOKED_AT: usize = 100;

/// The keys that are written.
const ALLOW: &str = "allow";
const CONNECTIONS: &str = "connections";

impl Draft<'_> {
    /// What cures what is said of a span. `remarks` and `checked` are of this very text.
    #[must_use]
    pub fn fixes(&self, span: Span, remarks: &[Remark], checked: Option<&Checked>) -> Vec<Fix> {
        let touched = |other: Span| other.start <= span.end && span.start <= other.end;
        let here = remarks.iter().filter(|remark| touched(remark.span));
        let of_remark = |remark| {
            let meant = self.meant(remark).into_iter();
            meant.chain(self.missing_component(remark))
        };
        let found = checked.and_then(|checked| Some((checked, checked.assessment.as_ref()?)));
        let found = found.into_iter().flat_map(|(checked, assessment)| {
            let findings = assessment.findings.iter();
            let here = findings.filter(move |finding| {
                finding.allowed.is_none() && touched(checked.span(finding.place))
            });
            here.map(move |finding| (finding, checked))
        });
        let of_finding = |(finding, checked)| {
            let cures = remark::of_finding(finding, checked, self.catalog);
            self.cures_of(finding, &cures)
        };
        // Each cure costs a reading of the whole text: those that nobody is shown are not made, and neither is the search
        // for more of them endless where few can be cured.
        let of_remarks = here.take(MOST_LOOKED_AT).flat_map(of_remark);
        let of_findings = found.take(MOST_LOOKED_AT).flat_map(of_finding);
        of_remarks.chain(of_findings).take(MOST).collect()
    }

    /// The word that was meant in place of the one that is written.
    fn meant(&self, remark: &Remark) -> Option<Fix> {
        let word = remark.meant.as_ref()?;
        let stands = self.slice(remark.span);
        let is_named = !stands.is_empty() && remark.message.contains(&format!("`{stands}`"));
        is_named.then(|| Fix {
            title: format!("Write `{}`", plain::line(word)),
            edits: vec![(remark.span, word.clone())],
            cures: remark.clone(),
            is_preferred: true,
        })
    }

    /// A component that is named and not there.
    fn missing_component(&self, remark: &Remark) -> Option<Fix> {
        let mention = self.mention_at(remark.span.start)?;
        if self.has_component(mention.id)
            || mention.span != remark.span
            || !arrows::is_id(mention.id)
        {
            return None;
        }
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let meaning = vocabulary.classify(mention.id);
        let kind =
            vocabulary.kind_of(meaning.or_else(|| vocabulary.meaning(Vocabulary::ANYTHING))?);
        let word = match meaning {
            Some(Meaning::Tech(tech)) => &vocabulary.technologies.info(tech).id,
            _ => &vocabulary.kinds.info(kind).id,
        };
        let added = self.with_root(|root| {
            let Some(components) = entry(root, COMPONENTS) else {
                let part = format!("{COMPONENTS}:\n  {}: {word}\n", mention.id);
                return self.add_part(root, COMPONENTS, &part);
            };
            add_entries(
                self.text,
                components,
                &[(mention.id.to_owned(), word.clone())],
            )
        });
        let edits = vec![added?];
        let reads = self.reads(&edits)?.design.component(mention.id).is_some();
        reads.then(|| Fix {
            title: format!("Add `{}: {word}` to the components", mention.id),
            edits,
            cures: remark.clone(),
            is_preferred: remark.meant.is_none(),
        })
    }

    fn cures_of(&self, finding: &Finding, cures: &Remark) -> Vec<Fix> {
        let is_upkeep = cures.is_needless;
        let fix = |title: String, edits, is_preferred| Fix {
            title,
            edits,
            cures: cures.clone(),
            is_preferred,
        };
        let mut fixes = Vec::new();
        if let Some(edits) = self.stated(finding) {
            let title = format!("State `{}`", plain::line(&pairs(&finding.change)));
            fixes.push(fix(title, edits, true));
        }
        if is_upkeep && let Some(edits) = self.taken_out(finding) {
            fixes.push(fix("Take this acceptance out".to_owned(), edits, true));
        }
        if !is_upkeep && let Some(edits) = self.accepted(finding) {
            let about = finding
                .subjects
                .first()
                .map(|subject| format!(" for `{subject}`"));
            let title = format!(
                "Accept `{}`{}: say why",
                finding.rule,
                about.unwrap_or_default()
            );
            fixes.push(fix(plain::line(&title), edits, false));
        }
        fixes
    }

    /// What mends a finding stated where it belongs.
    fn stated(&self, finding: &Finding) -> Option<Vec<Edit>> {
        let before = &self.as_it_stands().design;
        let mended = finding.mended(before)?;
        let edits = self.with_root(|root| match finding.place {
            Place::Entry(Part::Components, at) => {
                self.component_edits(root, before.id(at), &finding.change)
            }
            Place::Entry(Part::Connections, at) => {
                self.connection_edits(root, before, at, &finding.change)
            }
            _ => None,
        })?;
        let after = self.reads(&edits)?.design;
        says_the_same(&after, &mended).then_some(edits)
    }

    /// A finding accepted, for a reason that is still to be said.
    fn accepted(&self, finding: &Finding) -> Option<Vec<Edit>> {
        let subject = finding.subjects.first();
        let edits = |reason: &str| {
            let item = yaml::in_brackets(&design::allowance(&Allowance {
                rule: finding.rule.clone(),
                subject: subject.cloned(),
                reason: reason.to_owned(),
                ..Allowance::default()
            }))?;
            let edit = self.with_root(|root| match entry(root, ALLOW) {
                Some(list) => add_item(self.text, list, &item),
                None => self.add_part(root, ALLOW, &format!("{ALLOW}:\n  - {item}\n")),
            });
            Some(vec![edit?])
        };
        let accepted = self.reads(&edits("agreed")?)?.design.allow;
        let is_it = |allowance: &Allowance| {
            allowance.rule == finding.rule && allowance.subject.as_ref() == subject
        };
        let reads = accepted.iter().any(is_it);
        reads.then(|| edits("")).flatten()
    }

    /// An acceptance that is of no use any more, taken out.
    fn taken_out(&self, finding: &Finding) -> Option<Vec<Edit>> {
        let Place::Entry(Part::Allow, at) = finding.place else {
            return None;
        };
        let edit = self.with_root(|root| {
            let (key, list) = root
                .entries()
                .iter()
                .find(|(key, _)| key.text() == Some(ALLOW))?;
            match &list.content {
                Content::List(items) if items.len() == 1 => without_entry(self.text, key, list),
                _ => without_item(self.text, list, at),
            }
        });
        let edits = vec![edit?];
        let before = self.as_it_stands().design.allow.len();
        let after = self.reads(&edits)?.design.allow.len();
        (after + 1 == before).then_some(edits)
    }

    /// A part at the end of the file, or in the brackets around all of it.
    fn add_part(&self, root: &Node<'_>, key: &str, part: &str) -> Option<Edit> {
        if self.slice(root.span).starts_with('{') {
            let value = part.strip_prefix(key)?.strip_prefix(':')?.trim();
            let value = match value.strip_prefix("- ") {
                Some(item) => format!("[{item}]"),
                None => format!("{{{value}}}"),
            };
            return add_entries(self.text, root, &[(key.to_owned(), value)]);
        }
        Some(add_part(self.text, part))
    }

    fn with_root<T>(&self, look: impl FnOnce(&Node<'_>) -> Option<T>) -> Option<T> {
        let root = yaml::parse(self.text, &Limits::default(), &mut Issues::default())?;
        look(&root)
    }

    fn read(&self, text: &str) -> Reading {
        design::read(text, &self.catalog.knowledge.vocabulary, &Limits::default())
    }

    /// The text as it reads without an edit, read once for all cures.
    fn as_it_stands(&self) -> &Reading {
        self.reading.get_or_init(|| self.read(self.text))
    }

    /// The text after edits as it reads; nothing where they make for more mistakes.
    fn reads(&self, edits: &[Edit]) -> Option<Reading> {
        let errors = |reading: &Reading| {
            let errors = reading.issues.iter();
            errors
                .filter(|issue| issue.gravity == Gravity::Error)
                .count()
        };
        let after = self.read(&edited(self.text, edits));
        let before = errors(self.as_it_stands());
        (self.document == Document::Design && errors(&after) <= before).then_some(after)
    }
}

/// Whether two designs state the same of their components and connections.
fn says_the_same(one: &Design, other: &Design) -> bool {
    let shown = |attributes: &Attributes| {
        let stated = attributes.iter();
        stated
            .map(|(name, value)| pair(name, value))
            .collect::<Vec<_>>()
    };
    let components = |design: &Design| {
        let all = design.components.iter();
        all.map(|one| (one.id.clone(), shown(&one.attributes)))
            .collect::<Vec<_>>()
    };
    let connections = |design: &Design| {
        let all = design.connections.iter();
        all.map(|edge| {
            (
                edge.from,
                edge.to,
                edge.asynchronous,
                shown(&edge.attributes),
            )
        })
        .collect::<Vec<_>>()
    };
    components(one) == components(other) && connections(one) == connections(other)
}
