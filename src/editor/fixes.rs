//! Cures that an editor can apply: the word that was meant, what a finding asks to be stated, a finding accepted, an
//! acceptance taken out. Each leaves the rest of the text as it stands.
//!
//! Knows where things are written; what mends a finding is the rule's business. A cure that would not read as it should is
//! not offered.

use super::draft::{COMPONENTS, Draft};
use super::remark::{self, Remark};
use crate::assess::Finding;
use crate::model::vocabulary::Meaning;
use crate::model::{Allowance, Attribute, Attributes, Design, Part, Place, Value};
use crate::notation::arrows;
use crate::notation::design::{self, Reading};
use crate::notation::yaml::{
    self, Content, Edit, Fields, Limits, Node, add_entries, add_item, add_part, edited, outer,
    without_entry, without_item,
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

/// The keys that are written.
const ALLOW: &str = "allow";
const CONNECTIONS: &str = "connections";

impl Draft<'_> {
    /// What cures what is said of a span. `remarks` and `checked` are of this very text.
    #[must_use]
    pub fn fixes(&self, span: Span, remarks: &[Remark], checked: Option<&Checked>) -> Vec<Fix> {
        let touched = |other: Span| other.start <= span.end && span.start <= other.end;
        let mut fixes = Vec::new();
        for remark in remarks.iter().filter(|remark| touched(remark.span)) {
            fixes.extend(self.meant(remark));
            fixes.extend(self.missing_component(remark));
        }
        let assessment = checked.and_then(|checked| Some((checked, checked.assessment.as_ref()?)));
        if let Some((checked, assessment)) = assessment {
            let findings = assessment.findings.iter();
            let here = findings.filter(|finding| touched(checked.span(finding.place)));
            for finding in here.filter(|finding| finding.allowed.is_none()) {
                let cures = remark::of_finding(finding, checked, self.catalog);
                fixes.extend(self.cures_of(finding, &cures));
            }
        }
        fixes.truncate(MOST);
        fixes
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
        let is_there = self.components().iter().any(|(_, id)| *id == mention.id);
        if is_there || mention.span != remark.span || !arrows::is_id(mention.id) {
            return None;
        }
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let meaning = vocabulary.classify(mention.id);
        let kind = vocabulary.kind_of(meaning.or_else(|| vocabulary.meaning(ANYTHING))?);
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
            let changes = finding.change.iter();
            let changes: Vec<String> = changes.map(|(name, value)| pair(*name, value)).collect();
            fixes.push(fix(
                format!("State `{}`", plain::line(&changes.join(", "))),
                edits,
                true,
            ));
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
        let before = self.read(self.text).design;
        let mended = finding.mended(&before)?;
        let edits = self.with_root(|root| match finding.place {
            Place::Entry(Part::Components, at) => {
                self.component_edits(root, before.id(at), &finding.change)
            }
            Place::Entry(Part::Connections, at) => {
                self.connection_edits(root, &before, at, &finding.change)
            }
            _ => None,
        })?;
        let after = self.reads(&edits)?.design;
        says_the_same(&after, &mended).then_some(edits)
    }

    fn component_edits(
        &self,
        root: &Node<'_>,
        id: &str,
        change: &[(Attribute, Value)],
    ) -> Option<Vec<Edit>> {
        let component = entry(entry(root, COMPONENTS)?, id)?;
        if let Content::Map(_) = component.content {
            return self.attribute_edits(component, change);
        }
        let word = component.text()?;
        let key = match self.catalog.knowledge.vocabulary.meaning(word)? {
            Meaning::Kind(_) => "kind",
            Meaning::Tech(_) => "tech",
        };
        let span = outer(self.text, component);
        let pairs: Vec<String> = change
            .iter()
            .map(|(name, value)| pair(*name, value))
            .collect();
        let words = format!("{{{key}: {}, {}}}", self.slice(span), pairs.join(", "));
        Some(vec![(span, words)])
    }

    /// Attributes stated in a map: those that stand there get other values, the others are added.
    fn attribute_edits(&self, map: &Node<'_>, change: &[(Attribute, Value)]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut new = Vec::new();
        for (attribute, value) in change {
            let name = attribute.row().name;
            match entry(map, name) {
                Some(node) => edits.push((outer(self.text, node), written(value))),
                None => new.push((name.to_owned(), written(value))),
            }
        }
        if !new.is_empty() {
            edits.push(add_entries(self.text, map, &new)?);
        }
        Some(edits)
    }

    /// A connection that stands for itself has its attributes there; one of a longer chain gets an item of its own.
    fn connection_edits(
        &self,
        root: &Node<'_>,
        design: &Design,
        at: usize,
        change: &[(Attribute, Value)],
    ) -> Option<Vec<Edit>> {
        let edge = design.connections.get(at)?;
        let (from, to) = (design.id(edge.from), design.id(edge.to));
        let list = entry(root, CONNECTIONS)?;
        let Content::List(items) = &list.content else {
            return None;
        };
        let is_it = |text: &str| {
            let words = arrows::words(text);
            let words: Vec<&str> = words
                .into_iter()
                .filter_map(|word| text.get(word))
                .collect();
            words == [from, to] && text.contains("~>") == edge.asynchronous
        };
        for item in items {
            let ends = ["from", "to"].map(|key| entry(item, key).and_then(Node::text));
            if ends == [Some(from), Some(to)] {
                return self.attribute_edits(item, change);
            }
            let mut entries = item.entries().iter();
            let own = entries.find(|(key, _)| key.text().is_some_and(is_it));
            if let Some((_, attributes)) = own {
                return self.attribute_edits(attributes, change);
            }
        }
        let arrow = if edge.asynchronous { "~>" } else { "->" };
        let pairs: Vec<String> = change
            .iter()
            .map(|(name, value)| pair(*name, value))
            .collect();
        let pairs = format!("{{{}}}", pairs.join(", "));
        let item = if self.slice(list.span).starts_with('[') {
            format!("{{{from} {arrow} {to}: {pairs}}}")
        } else {
            format!("{from} {arrow} {to}: {pairs}")
        };
        Some(vec![add_item(self.text, list, &item)?])
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
        let before = self.read(self.text).design.allow.len();
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

    /// The text after edits as it reads; nothing where they make for more mistakes.
    fn reads(&self, edits: &[Edit]) -> Option<Reading> {
        let errors = |reading: &Reading| {
            let errors = reading.issues.iter();
            errors
                .filter(|issue| issue.gravity == Gravity::Error)
                .count()
        };
        let (before, after) = (self.read(self.text), self.read(&edited(self.text, edits)));
        (self.document == Document::Design && errors(&after) <= errors(&before)).then_some(after)
    }
}

/// What a component is made where its name says nothing: the word of the plainest kind.
const ANYTHING: &str = "service";

/// The value of a key of a map.
fn entry<'n, 't>(map: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    Fields::of(map, "", &mut Issues::default())?.get(key)
}

fn pair(attribute: Attribute, value: &Value) -> String {
    format!("{}: {}", attribute.row().name, written(value))
}

/// A value as it stands in brackets.
fn written(value: &Value) -> String {
    yaml::in_brackets(&design::attribute_value(value)).unwrap_or_else(|| value.shown())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::Assessment;
    use crate::catalog::Catalog;
    use crate::editor::of_checked;
    use crate::report;
    use crate::source::Source;

    fn checked(text: &str) -> Checked {
        report::check_text(
            Source::new("a", text),
            Catalog::embedded(),
            None,
            &Limits::default(),
        )
    }

    fn assessment(checked: &Checked) -> &Assessment {
        let assessment = checked.assessment.as_ref();
        assessment.unwrap_or_else(|| panic!("{:?}\n{}", checked.issues, checked.source.text))
    }

    const LOOKS: &[&str] = &[
        "sysdrill: 1\ncomponents: {web: client, db: {tech: postgres, replicas: 1}}\nconnections: [web -> db]\n\
            flows: {save: {path: web -> db, kind: write, rate: 900/s, availability: 99.99%}}\n",
        "sysdrill: 1\ncomponents:\n  web: client\n  'db':\n    tech: postgres # why\n    replicas: '1'\nconnections:\n  \
            - {from: web, to: db}\nflows:\n  save:\n    path: [web -> db]\n    kind: write\n    rate: 900/s\n    availability: 99.99%",
        "{sysdrill: 1, components: {web: client, lb: load_balancer, api: service, stock: service, db: \"postgres\"},\n \
            connections: [web -> lb -> api -> stock, stock -> db],\n \
            flows: {order: {path: web -> lb -> api -> stock -> db, kind: write, rate: 200/s, latency: 1s}}}",
        "sysdrill: 1\ncomponents: {web: client, api: service, stock: service, pay: payment_provider}\nconnections:\n  - web -> api -> stock\n  \
            - api -> pay: {retries: 3, idempotent: no} # thrice\nflows: {order: {path: [web -> api -> stock, api -> pay], kind: write, rate: 200/s, latency: 1s}}\n",
        "sysdrill: 1\ncomponents: {web: client, api: service, pay: payment_provider}\nconnections:\n- web -> api\n- from: api\n  to: pay\n  \
            retries: 3\n  idempotent: no\n",
        "sysdrill: 1\r\ncomponents:\r\n  web: client\r\n  api: {kind: service,\r\n    replicas: 2}\r\n  q: kafka\r\n  w: worker\r\nconnections:\r\n\
            - web -> api\r\n- api ~> q ~> w\r\nflows:\r\n  save: {path: web -> api ~> q ~> w, kind: write, rate: 900/s}\r\nallow: [{rule: x, reason: y}]\r\n",
    ];

    #[test]
    fn what_is_accepted_or_stated_reads_so_however_the_text_looks() {
        let catalog = Catalog::embedded();
        let (mut accepted, mut stated, mut taken) = (0, 0, 0);
        for text in LOOKS {
            let checked = checked(text);
            let draft = Draft::new(text, Document::Design, catalog);
            let remarks = of_checked(&checked, catalog);
            for finding in &assessment(&checked).findings {
                let span = checked.span(finding.place);
                let fixes = draft.fixes(span, &remarks, Some(&checked));
                for fix in fixes
                    .iter()
                    .filter(|fix| fix.cures.message.starts_with(&finding.message))
                {
                    let text = edited(text, &fix.edits).replace("reason: \"\"", "reason: agreed");
                    let after = self::checked(&text);
                    let same = |other: &&Finding| other.fingerprint() == finding.fingerprint();
                    let left = assessment(&after).findings.iter().find(same);
                    if fix.title.starts_with("Accept") {
                        accepted += 1;
                        let reason = left.and_then(|finding| finding.allowed.as_deref());
                        assert_eq!(reason, Some("agreed"), "{}\n{text}", fix.title);
                    } else if fix.title.starts_with("Take") {
                        taken += 1;
                        assert!(left.is_none(), "{text}");
                    } else {
                        stated += 1;
                        assert!(left.is_none(), "{}\n{text}", fix.title);
                    }
                }
            }
        }
        assert!(
            accepted > 20 && stated >= 6 && taken > 0,
            "{accepted} {stated} {taken}"
        );
    }

    #[test]
    fn a_component_that_is_named_and_not_there_is_added_as_what_its_name_says() {
        for (text, added) in [
            (
                "sysdrill: 1\ncomponents:\n  web: client\nconnections:\n  - web -> orders-db\n",
                "  orders-db: sql_db\n",
            ),
            (
                "sysdrill: 1\ncomponents: {web: client}\nconnections: [web -> redis]\n",
                ", redis: redis",
            ),
            (
                "sysdrill: 1\nconnections: [\n  web -> x9]\n",
                "components:\n  web: client\n",
            ),
        ] {
            let checked = checked(text);
            let draft = Draft::new(text, Document::Design, Catalog::embedded());
            let remarks = of_checked(&checked, Catalog::embedded());
            let fixes = draft.fixes(Span::new(0, text.len()), &remarks, Some(&checked));
            let fix = fixes.iter().find(|fix| fix.title.starts_with("Add `"));
            let fix = fix.unwrap_or_else(|| panic!("{remarks:?}"));
            assert!(edited(text, &fix.edits).contains(added), "{:?}", fix.edits);
        }
    }

    #[test]
    fn a_word_is_put_in_place_of_the_one_that_the_mistake_is_about() {
        let text = "sysdrill: 1\ncomponents: {a: clinet, b: {tech: \"postgers\", replicsa: 2}, c: {kind: cache, eviction: lur}}\nlevle: mid\n";
        let checked = checked(text);
        let draft = Draft::new(text, Document::Design, Catalog::embedded());
        let remarks = of_checked(&checked, Catalog::embedded());
        let fixes = draft.fixes(Span::new(0, text.len()), &remarks, None);
        let edits: Vec<Edit> = fixes.into_iter().flat_map(|fix| fix.edits).collect();
        let mended = edited(text, &edits);
        assert_eq!(
            mended,
            "sysdrill: 1\ncomponents: {a: client, b: {tech: \"postgres\", replicas: 2}, c: {kind: cache, eviction: lru}}\nlevel: mid\n"
        );
        assert!(self::checked(&mended).issues.is_empty());
    }
}
