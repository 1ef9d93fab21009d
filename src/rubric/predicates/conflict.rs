//! Contradictions between parts of a design.
//!
//! Knows decisions and components; which technologies there are is the catalog's business.

use super::super::clause::is_denied;
use super::super::concept;
use super::super::condition::Condition;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::Truth;
use crate::model::{Kind, Kinds, Tech, Technologies, spelling};
use crate::notation::yaml::{Node, text_of};

/// What can contradict what.
pub(super) const WORDS: &[&str] = &[
    "decided_not_drawn",
    "decided_and_missing",
    "decided_on_parts",
];

/// Reads `conflict: WORD`.
pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let word = text_of(node, reader.issues)?;
    if !WORDS.contains(&word) {
        reader.issues.error(
            node.span,
            format!("unknown conflict `{word}`"),
            spelling::did_you_mean(word, WORDS),
        );
        return None;
    }
    if reader.bound != Some(Noun::Decision) {
        let help = "add `for_each: {decision: {}}`".to_owned();
        reader
            .issues
            .error(node.span, format!("`{word}` is asked of a decision"), help);
        return None;
    }
    Some(Condition::new(match word {
        "decided_and_missing" => decided_and_missing,
        "decided_on_parts" => decided_on_parts,
        _ => decided_not_drawn,
    }))
}

/// What a decision chose that a drawing can show.
#[derive(Clone, Copy)]
enum Chosen {
    Tech(Tech),
    Kind(Kind),
}

impl Chosen {
    /// All that the bound decision names.
    fn all(scene: &Scene<'_>) -> Vec<Self> {
        let Some(at) = scene.bound_to(Noun::Decision) else {
            return Vec::new();
        };
        let techs = scene.chosen(at).iter().map(|tech| Self::Tech(*tech));
        techs
            .chain(kinds_named(scene, at).into_iter().map(Self::Kind))
            .collect()
    }

    /// Whether a component is one or could be it.
    fn may_be(self, scene: &Scene<'_>, at: usize) -> bool {
        let vocabulary = scene.subject.vocabulary;
        let kinds = &vocabulary.kinds;
        let design = scene.subject.design;
        design.components.get(at).is_some_and(|one| match self {
            Self::Kind(kind) => {
                let serves = |tech| vocabulary.can_serve_as(tech, kind);
                kinds.is_a(one.kind, kind) || one.tech.is_some_and(serves)
            }
            Self::Tech(tech) => {
                let kind = vocabulary.technologies.info(tech).kind;
                one.tech == Some(tech)
                    || kinds.is_a(one.kind, kind)
                    || kinds.is_a(kind, one.kind)
                    || vocabulary.can_serve_as(tech, one.kind)
            }
        })
    }

    /// Whether one is drawn and joined with what users do.
    fn is_drawn(self, scene: &Scene<'_>) -> bool {
        let mut all = 0..scene.subject.design.components.len();
        all.any(|at| self.may_be(scene, at) && is_used(scene, at))
    }

    /// Whether a box says that it is one, joined or not.
    fn is_shown(self, scene: &Scene<'_>) -> bool {
        let components = &scene.subject.design.components;
        match self {
            Self::Tech(tech) => components.iter().any(|one| one.tech == Some(tech)),
            Self::Kind(_) => (0..components.len()).any(|at| self.may_be(scene, at)),
        }
    }

    /// Whether it has to be drawn: it keeps or carries data, or it is drawn without a line. Of a kind that is named, a
    /// component may have it inside, unless it stands outside of the system.
    fn is_owed(self, scene: &Scene<'_>) -> bool {
        let vocabulary = scene.subject.vocabulary;
        let is_owed = match self {
            Self::Tech(tech) => keeps(&vocabulary.kinds, vocabulary.technologies.info(tech).kind),
            Self::Kind(kind) => vocabulary.kinds.info(kind).remote,
        };
        is_owed || self.is_shown(scene)
    }

    fn name(self, scene: &Scene<'_>) -> String {
        let vocabulary = scene.subject.vocabulary;
        match self {
            Self::Tech(tech) => vocabulary.technologies.info(tech).name.clone(),
            Self::Kind(kind) => format!("the {}", vocabulary.kinds.info(kind).title),
        }
    }
}

/// Whether things of a kind keep or carry data.
fn keeps(kinds: &Kinds, kind: Kind) -> bool {
    let info = kinds.info(kind);
    info.holds_data || info.bypassed || info.delivery.is_some()
}

/// The kinds that the choice of a decision names by their own names and does not deny.
fn kinds_named(scene: &Scene<'_>, decision: usize) -> Vec<Kind> {
    let Some(decision) = scene.subject.design.decisions.get(decision) else {
        return Vec::new();
    };
    let text = concept::plain(&decision.choice);
    let clauses = scene.knowledge.language.clauses(&text);
    let is_named = |name: &str| {
        let mut found = text.match_indices(name);
        found.any(|(start, _)| {
            let end = start + name.len();
            let before = text.get(..start).unwrap_or_default();
            let after = text.get(end..).unwrap_or_default();
            let after = after.strip_prefix('s').unwrap_or(after);
            !before.ends_with(char::is_alphanumeric)
                && !after.starts_with(char::is_alphanumeric)
                && !is_denied(&(start..end), &clauses)
        })
    };
    let kinds = &scene.subject.vocabulary.kinds;
    let mut all: Vec<Kind> = kinds.all().collect();
    all.retain(|kind| {
        let info = kinds.info(*kind);
        !info.group
            && (keeps(kinds, *kind) || info.remote)
            && info.words.iter().any(|words| is_named(words))
    });
    all
}

/// The decision chooses what a drawing can show: only then there is something to look for.
fn decided_on_parts(scene: &Scene<'_>, _: &mut Trace) -> Truth {
    let chosen = Chosen::all(scene);
    Truth::from(chosen.iter().any(|one| one.is_owed(scene)))
}

/// The decision chooses what has to be drawn, and no drawn component is of its kind or could be it.
fn decided_and_missing(scene: &Scene<'_>, trace: &mut Trace) -> Truth {
    let mut missing = Chosen::all(scene);
    missing.retain(|one| one.is_owed(scene) && !one.is_drawn(scene));
    for one in &missing {
        trace.see(|| {
            let name = one.name(scene);
            format!("{name} is decided on, and nothing of its kind is drawn and joined")
        });
    }
    Truth::from(!missing.is_empty() && !scene.subject.design.connections.is_empty())
}

/// Whether a component is joined with what users do, and asked if it is a cache.
fn is_used(scene: &Scene<'_>, at: usize) -> bool {
    let subject = scene.subject;
    let kind = subject.design.components.get(at).map(|one| one.kind);
    let is_cache = kind.is_some_and(|kind| subject.vocabulary.kinds.info(kind).bypassed);
    let is_asked = !is_cache || !subject.graph.callers(at).is_empty();
    is_asked && !subject.is_apart(at)
}

/// The decision chooses technologies, components of their kinds are drawn, each of them states another technology, and
/// none states a chosen one.
fn decided_not_drawn(scene: &Scene<'_>, trace: &mut Trace) -> Truth {
    let design = scene.subject.design;
    let chosen = scene.bound_to(Noun::Decision).map(|at| scene.chosen(at));
    let chosen = chosen.unwrap_or_default();
    let kinds: Vec<Kind> = chosen
        .iter()
        .map(|tech| scene.subject.vocabulary.technologies.info(*tech).kind)
        .collect();
    if chosen.is_empty() {
        return Truth::No;
    }
    let mut others = Vec::new();
    for (at, component) in design
        .components
        .iter()
        .enumerate()
        .filter(|(at, _)| !scene.subject.is_apart(*at))
    {
        let is_chosen = |drawn: Tech| {
            let mut chosen = chosen.iter();
            let technologies = &scene.subject.vocabulary.technologies;
            chosen.any(|chosen| {
                is_part(*chosen, drawn, technologies) || is_offered(*chosen, drawn, technologies)
            })
        };
        if component.tech.is_some_and(is_chosen) {
            return Truth::No;
        }
        if kinds.contains(&component.kind) {
            if component.tech.is_none() {
                return Truth::No;
            }
            others.push(at);
        }
    }
    for at in &others {
        trace.find(Noun::Component.place(scene, *at), || {
            design.id(*at).to_owned()
        });
    }
    Truth::from(!others.is_empty())
}

/// Whether one of the names of an offering names a technology: who runs `rds postgres` runs Postgres.
fn is_offered(tech: Tech, offering: Tech, technologies: &Technologies) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_lowercase).collect()
    };
    let names = |tech: Tech| {
        let info = technologies.info(tech);
        let given = [info.id.as_str(), info.name.as_str()].into_iter();
        given
            .chain(info.aliases.iter().map(String::as_str))
            .map(words)
    };
    let own: Vec<Vec<String>> = names(tech).collect();
    names(offering).any(|name| {
        own.iter()
            .any(|own| name.windows(own.len()).any(|part| part == own.as_slice()))
    })
}

/// Whether a technology is another or one of its parts, as its name says: a product's streams are of the product.
fn is_part(part: Tech, whole: Tech, technologies: &Technologies) -> bool {
    let name = |tech: Tech| technologies.info(tech).name.as_str();
    let rest = name(part).strip_prefix(name(whole));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
