//! How a text can go on where something is typed: keys, words, and names that the text or the catalog has.
//!
//! Knows where names of a sort can stand; which keys and words there are stands in the tables.

use super::draft::{CHAIN, COMPONENT_ID, COMPONENTS, Draft, SUBJECT, names_figures};
use super::expected::Expected;
use crate::model::technology::normal;
use crate::notation::arrows;
use crate::notation::yaml::{Role, Slot, Step, slot};
use crate::report::Document;
use crate::rubric::Rule;
use crate::source::Span;

/// What is proposed, and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// What they stand in place of.
    pub replaced: Span,
    /// In the order in which they are shown.
    pub all: Vec<Proposal>,
}

/// Something that can stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it is called.
    pub label: String,
    /// What is written.
    pub written: String,
    /// What it is.
    pub thing: Thing,
    /// What it means, in a line.
    pub about: String,
}

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A key.
    Key,
    /// One of some words.
    Word,
    /// A kind or a technology.
    Sort,
    /// A component, or another name that the text gives.
    Name,
    /// A rule or a problem.
    Content,
}

/// Names of shapes that are proposed from the catalog, with what is known of each.
pub(super) const KIND: &str = "kind";
pub(super) const TECH: &str = "tech";
pub(super) const RULE: &str = "rule";
pub(super) const RULES: &str = "rules";
pub(super) const PROBLEM: &str = "problem";

impl Draft<'_> {
    /// How the text can go on at a byte.
    #[must_use]
    pub fn proposals(&self, byte: usize) -> Option<Proposals> {
        let slot = slot(self.text, byte)?;
        let expected = self.expected(&slot.path);
        let word = self.word(&slot, &expected);
        let typed = self.slice(Span::new(word.start, byte));
        let mut all = Vec::new();
        if slot.role.takes_value() {
            self.names(&slot, &expected, typed, &mut all);
        }
        let is_drawing = arrows::has_arrow(self.slice(slot.typed));
        if slot.role.takes_key() && !is_drawing {
            self.keys(&slot, &expected, word, &mut all);
        }
        all.retain(|proposal| fits(&proposal.label, typed));
        Some(Proposals {
            replaced: word,
            all,
        })
    }

    /// The word that is typed: of a chain its last one, of a figure the name at its end.
    fn word(&self, slot: &Slot<'_>, expected: &Expected<'_>) -> Span {
        let typed = self.slice(slot.typed);
        let goes_on = |text: &str| {
            let word = text.find(|c| !arrows::is_id_char(c));
            word.unwrap_or(text.len())
        };
        let rest = self.text.get(slot.typed.end..).unwrap_or_default();
        let end = slot.typed.end + goes_on(rest);
        let is_a_piece = expected.is(CHAIN) || self.is_figure(&slot.path);
        let start = match arrows::words(typed).last() {
            Some(word) if is_a_piece && word.end == typed.len() => slot.typed.start + word.start,
            _ if is_a_piece => slot.typed.end,
            _ => slot.typed.start,
        };
        Span::new(start, end)
    }

    /// Whether a value is a figure, which may name others.
    fn is_figure(&self, path: &[Step<'_>]) -> bool {
        let is_estimate = matches!(
            path,
            [Step::Key("estimates"), Step::Key(_)]
                | [Step::Key("estimates"), Step::Key(_), Step::Key("value")]
        );
        self.document == Document::Design && is_estimate
    }

    fn keys(&self, slot: &Slot<'_>, expected: &Expected<'_>, word: Span, all: &mut Vec<Proposal>) {
        let begins_item = slot.above.is_none() && !slot.path.is_empty();
        let there: Vec<&str> = if begins_item {
            Vec::new()
        } else {
            let keys = self.sketch.keys(self.text, slot.above);
            let others = keys.filter(|(at, _)| {
                let piece = self.sketch.pieces.get(*at);
                piece.is_none_or(|piece| piece.span.start != word.start)
            });
            others.map(|(_, key)| key).collect()
        };
        let behind = self.text.get(word.end..).unwrap_or_default();
        let has_colon = behind.trim_start_matches(' ').starts_with(':');
        for (key, shape) in expected.keys() {
            if there.contains(&key) {
                continue;
            }
            let colon = match (has_colon, shape.fits_a_line() || slot.role == Role::Key) {
                (true, _) => "",
                (false, true) => ": ",
                (false, false) => ":",
            };
            all.push(Proposal {
                label: key.to_owned(),
                written: format!("{key}{colon}"),
                thing: Thing::Key,
                about: shape
                    .about()
                    .map_or_else(|| self.about_rule(key), str::to_owned),
            });
        }
        if self.document == Document::Design {
            self.figures_to_state(slot, &there, has_colon, all);
        }
    }

    /// What a rule finds, in a line; nothing where a key is none.
    fn about_rule(&self, key: &str) -> String {
        let rule = self.catalog.rules.iter().find(|rule| rule.id == key);
        rule.map(rule_in_a_line).unwrap_or_default()
    }

    /// Figures that are usually stated, where figures are named.
    fn figures_to_state(
        &self,
        slot: &Slot<'_>,
        there: &[&str],
        has_colon: bool,
        all: &mut Vec<Proposal>,
    ) {
        if !names_figures(&slot.path) {
            return;
        }
        let problem = self.value_of(None, "problem");
        let problem = problem.and_then(|slug| self.catalog.problem(slug));
        let own = problem.iter().flat_map(|problem| &problem.figures);
        let colon = if has_colon { "" } else { ": " };
        for figure in own.chain(&self.catalog.knowledge.figures.general) {
            if !there.contains(&figure.id.as_str()) {
                all.push(Proposal {
                    label: figure.id.clone(),
                    written: format!("{}{colon}", figure.id),
                    thing: Thing::Name,
                    about: figure.title.clone(),
                });
            }
        }
    }

    /// Whatever a value can be.
    fn names(
        &self,
        slot: &Slot<'_>,
        expected: &Expected<'_>,
        typed: &str,
        all: &mut Vec<Proposal>,
    ) {
        if [CHAIN, COMPONENT_ID, SUBJECT]
            .iter()
            .any(|name| expected.is(name))
        {
            all.extend(self.component_names());
        }
        if expected.is(SUBJECT) {
            let flows = self.entries("flows").into_iter();
            all.extend(flows.map(|(_, flow)| plain(flow, Thing::Name, "a flow")));
        }
        if expected.is(KIND) || expected.is(TECH) {
            self.sorts(slot, expected, typed, all);
        }
        if expected.is(RULE) || expected.is(RULES) {
            for rule in &self.catalog.rules {
                all.push(plain(&rule.id, Thing::Content, &rule_in_a_line(rule)));
            }
        }
        if expected.is(PROBLEM) {
            for problem in &self.catalog.problems {
                all.push(plain(&problem.id, Thing::Content, &problem.title));
            }
        }
        if self.is_figure(&slot.path) {
            let figures = self.figures().into_iter();
            // A figure that names itself has no value.
            all.extend(figures.filter(|figure| !slot.path.contains(&Step::Key(&figure.label))));
        }
        for word in expected.words(&[KIND, TECH, RULE, PROBLEM]) {
            if all.iter().all(|known| known.label != word) {
                all.push(plain(
                    word,
                    Thing::Word,
                    expected.about().unwrap_or_default(),
                ));
            }
        }
    }

    /// The components of the text, with what they are.
    fn component_names(&self) -> Vec<Proposal> {
        let components = self.components().into_iter();
        components
            .map(|(at, id)| plain(id, Thing::Name, self.said_of(at).unwrap_or_default()))
            .collect()
    }

    /// What the text says that a component is.
    pub(super) fn said_of(&self, component: usize) -> Option<&str> {
        let value = |key: &str| self.value_of(Some(component), key);
        let terse = self.sketch.value(self.text, component);
        terse.or_else(|| value("tech")).or_else(|| value("kind"))
    }

    /// Kinds and technologies, those alone that can be of the kind that stands beside.
    fn sorts(
        &self,
        slot: &Slot<'_>,
        expected: &Expected<'_>,
        typed: &str,
        all: &mut Vec<Proposal>,
    ) {
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let around = match slot.path.as_slice() {
            [Step::Key(COMPONENTS), Step::Key(_), Step::Key(_)] => {
                let key = slot.above.and_then(|above| self.sketch.pieces.get(above));
                key.and_then(|key| key.above)
            }
            _ => None,
        };
        let stated = around.and_then(|map| self.value_of(Some(map), "kind"));
        let stated = stated.and_then(|word| vocabulary.kinds.named(word));
        let wants = if stated.is_some() { "any" } else { typed };
        for word in vocabulary.proposed(wants) {
            let kind = vocabulary.kinds.named(word);
            let tech = vocabulary
                .technologies
                .named(word)
                .filter(|_| kind.is_none());
            let (fits, about) = match (kind, tech) {
                (Some(kind), _) => (expected.is(KIND), vocabulary.kinds.info(kind).title.clone()),
                (None, Some(tech)) => {
                    let info = vocabulary.technologies.info(tech);
                    let serves = stated.is_none_or(|kind| vocabulary.can_serve_as(tech, kind));
                    let kind = &vocabulary.kinds.info(info.kind).title;
                    (
                        expected.is(TECH) && serves,
                        format!("{}: {kind}", info.name),
                    )
                }
                (None, None) => (false, String::new()),
            };
            if fits {
                all.push(plain(word, Thing::Sort, &about));
            }
        }
    }

    /// The figures that the text states.
    fn figures(&self) -> Vec<Proposal> {
        let requirements = self.sketch.key(self.text, None, "requirements");
        let assumed = requirements
            .and_then(|above| self.sketch.key(self.text, Some(above), "assumptions"))
            .map(|above| self.sketch.keys(self.text, Some(above)).collect())
            .unwrap_or_default();
        let all = [assumed, self.entries("estimates")].concat().into_iter();
        all.map(|(at, name)| {
            let value = self.sketch.value(self.text, at).unwrap_or_default();
            plain(name, Thing::Name, value)
        })
        .collect()
    }
}

fn rule_in_a_line(rule: &Rule) -> String {
    format!("{}: {}", rule.severity, rule.title)
}

fn plain(label: &str, thing: Thing, about: &str) -> Proposal {
    Proposal {
        label: label.to_owned(),
        written: label.to_owned(),
        thing,
        about: about.to_owned(),
    }
}

/// Whether a name is one that is typed so far, or has a word that begins so.
fn fits(label: &str, typed: &str) -> bool {
    let (label, typed) = (label.to_lowercase(), typed.to_lowercase());
    let mut words = label.split(['_', '-', ' ', '.', ':', '/']);
    label.starts_with(&typed)
        || normal(&label).starts_with(&normal(&typed))
        || words.any(|word| word.starts_with(&typed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    /// What is proposed at the mark of a text, and the text that is replaced.
    fn at_mark(marked: &str, document: Document) -> (String, Vec<String>) {
        let byte = marked.find('¦').unwrap();
        let text = marked.replace('¦', "");
        let draft = Draft::new(&text, document, Catalog::embedded());
        let Some(proposals) = draft.proposals(byte) else {
            return (String::new(), Vec::new());
        };
        let all = proposals.all.into_iter().map(|one| one.written).collect();
        (draft.slice(proposals.replaced).to_owned(), all)
    }

    const DESIGN: &str = "sysdrill: 1\nrequirements:\n  assumptions: {new_urls: 100M/month}\ncomponents:\n  web: client\n  \
        api: {kind: service, replicas: 3}\n  größe: {tech: redis}\n";

    /// What is typed, what of it is replaced, and something that is proposed.
    const PLACES: &[(&str, &str, &str)] = &[
        ("con¦", "con", "connections:"),
        ("lev¦", "lev", "level: "),
        ("le¦vel: mid", "level", "level"),
        ("level: ¦", "", "senior"),
        ("problem: ¦", "", "url-shortener"),
        ("  db: {¦", "", "replicas: "),
        ("  db: {repl¦", "repl", "replicas: "),
        ("  db: {repl¦: 3}", "repl", "replicas"),
        ("  db:\n    tech: redis\n    zo¦", "zo", "zones: "),
        ("  db: {kind: ¦", "", "sql_db"),
        ("  db: {tech: postg¦", "postg", "postgres"),
        ("  db: {kind: cache, tech: ¦}", "", "redis"),
        ("  db: {tech: redis, strategy: ¦}", "", "cache_aside"),
        (
            "  db: {tech: redis, strategy: write¦}",
            "write",
            "write_behind",
        ),
        ("  db: {managed: ¦", "", "yes"),
        ("  db: {needs: ¦", "", "majority"),
        ("  db: work¦", "work", "worker"),
        ("  db: dynam¦", "dynam", "dynamodb"),
        ("  queue: {tech: kafka, dead_letter: ¦", "", "api"),
        ("connections:\n  - ¦", "", "web"),
        ("connections:\n  - web -> a¦", "a", "api"),
        ("connections:\n  - web -> ¦", "", "größe"),
        ("connections:\n  - web->grö¦", "grö", "größe"),
        ("connections:\n  - web -> a¦ -> größe", "a", "api"),
        ("connections: [web -> (a¦", "a", "api"),
        ("connections:\n  - {from: ¦", "", "web"),
        ("connections:\n  - fr¦", "fr", "from: "),
        (
            "connections:\n  - web -> api: {proto¦",
            "proto",
            "protocol: ",
        ),
        ("connections:\n  - api -> web: {on_miss: g¦", "g", "größe"),
        ("flows:\n  open: web -> ¦", "", "api"),
        ("flows:\n  open: {path: [web -> ¦", "", "api"),
        ("flows:\n  open: {path: web -> api, ¦", "", "rate: "),
        ("flows:\n  open: {path: web -> api, kind: ¦", "", "read"),
        ("data:\n  url: {store: ¦", "", "größe"),
        ("estimates:\n  ¦", "", "write_qps: "),
        ("estimates:\n  writes: new¦", "new", "new_urls"),
        ("estimates:\n  writes: 3 * ¦", "", "new_urls"),
        ("estimates:\n  writes: {value: 3 * n¦", "n", "new_urls"),
        (
            "allow:\n  - {rule: store-on¦",
            "store-on",
            "store-on-one-machine",
        ),
        (
            "flows: {open: web -> api}\nallow:\n  - {rule: x, subject: ¦",
            "",
            "open",
        ),
        ("allow:\n  - {rule: x, subject: ¦", "", "api"),
        ("allow:\n  - {rule: x, r¦", "r", "reason: "),
        ("allow:\n  - rule: x\n    un¦", "un", "until: "),
        ("platform: {zone_a¦", "zone_a", "zone_availability: "),
    ];

    #[test]
    fn every_place_of_a_design_has_its_own_words() {
        for (tail, replaced, expected) in PLACES {
            let (typed, all) = at_mark(&format!("{DESIGN}{tail}"), Document::Design);
            assert_eq!(typed, *replaced, "{tail}");
            assert!(all.iter().any(|one| one == expected), "{tail}: {all:?}");
        }
    }

    #[test]
    fn what_is_there_or_does_not_fit_is_not_proposed() {
        for (tail, wrong) in [
            ("  db: {kind: cache, ¦", "kind: "),
            ("  db: {kind: cache, tech: ¦", "kafka"),
            ("comp¦", "components:"),
            ("connections:\n  - web -> f¦", "from: "),
            ("  db: {strategy: ¦", "api"),
            ("title: ¦", "api"),
            ("  db: ¦", "postgres"),
            ("connections:\n  - web -> api: {replicas¦", "replicas: "),
        ] {
            let (_, all) = at_mark(&format!("{DESIGN}{tail}"), Document::Design);
            assert!(!all.iter().any(|one| one == wrong), "{tail}: {all:?}");
        }
        for prose in ["# comp¦", "title: 'a¦", "answers: {a: |\n    b¦"] {
            let (_, all) = at_mark(&format!("{DESIGN}{prose}"), Document::Design);
            assert!(all.is_empty(), "{prose}: {all:?}");
        }
    }

    /// A text with a mark, and something that is proposed there.
    const OTHERS: &[(&str, Document, &str)] = &[
        ("fail_¦", Document::Config, "fail_on: "),
        ("fail_on: ¦", Document::Config, "never"),
        (
            "ignore: [store-on-o¦",
            Document::Config,
            "store-on-one-machine",
        ),
        ("select: [topic:ca¦", Document::Config, "topic:caching"),
        (
            "overrides:\n  - designs: x\n    ¦",
            Document::Config,
            "level: ",
        ),
        (
            "rules:\n  - id: a\n    sever¦",
            Document::Rubric,
            "severity: ",
        ),
        (
            "rules:\n  - id: a\n    severity: ¦",
            Document::Rubric,
            "blocker",
        ),
        (
            "rules:\n  - expect: {comp¦",
            Document::Rubric,
            "component: ",
        ),
        (
            "rules:\n  - expect: {component: {kind: x, repl¦",
            Document::Rubric,
            "replicas: ",
        ),
        (
            "rules:\n  - tests: {passes: [{components: {a: ¦",
            Document::Rubric,
            "service",
        ),
        ("severity: {¦", Document::Config, "store-on-one-machine: "),
        (
            "severity:\n  store-on¦",
            Document::Config,
            "store-on-one-machine: ",
        ),
        (
            "overrides:\n  - designs: x\n    severity: {topic:c¦",
            Document::Config,
            "topic:caching: ",
        ),
        (
            "severity: {store-on-one-machine: ¦",
            Document::Config,
            "minor",
        ),
        (
            "rules:\n  - expect: {component: {kind: ¦",
            Document::Rubric,
            "datastore",
        ),
        (
            "rules:\n  - for_each: {connection: {to: {kind: [cache, sql¦",
            Document::Rubric,
            "sql_db",
        ),
        (
            "rules:\n  - expect: {text: {says: [timeo¦",
            Document::Rubric,
            "timeout",
        ),
        (
            "rules:\n  - expect: {text: {says: x, in: [¦",
            Document::Rubric,
            "decisions",
        ),
        (
            "rules:\n  - reference: caching/¦",
            Document::Rubric,
            "caching/cache-aside",
        ),
        (
            "rules:\n  - replaces: [store-on¦",
            Document::Rubric,
            "store-on-one-machine",
        ),
        (
            "rules:\n  - expect: {estimate: {of: wri¦",
            Document::Rubric,
            "write_qps",
        ),
        (
            "rules:\n  - when: {flow: {kind: ¦",
            Document::Rubric,
            "read",
        ),
        (
            "rules:\n  - when: {any: [{use: entries¦",
            Document::Rubric,
            "entries_change",
        ),
        (
            "rules:\n  - for_each: {component: {use: absorb¦",
            Document::Rubric,
            "absorbing",
        ),
        (
            "rules:\n  - for_each: {component: {any: [{not: {repl¦",
            Document::Rubric,
            "replicas: ",
        ),
        (
            "deep_dives:\n  - looks_for: [trans¦",
            Document::Problem,
            "transactions",
        ),
        ("flows:\n  - {rate: read¦", Document::Problem, "read_qps"),
        ("pro¦", Document::Problem, "prompt: "),
    ];

    #[test]
    fn configurations_rules_and_problems_have_theirs() {
        for (marked, document, expected) in OTHERS {
            let (_, all) = at_mark(marked, *document);
            assert!(all.iter().any(|one| one == expected), "{marked}: {all:?}");
        }
    }
}
