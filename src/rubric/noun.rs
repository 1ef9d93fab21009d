//! What rules can be about: components, connections, flows, tables, endpoints, decisions, figures, acceptances. One row each,
//! from which conditions, `for_each` and messages follow.
//!
//! Knows how to count, place and name each; what can be asked of it stands under `features`.

use super::scene::Scene;
use crate::model::spelling::enumerated;
use crate::model::{Attribute, Design, FlowKind, Part, Place};

/// A kind of subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// A component.
    Component,
    /// A connection.
    Connection,
    /// A flow.
    Flow,
    /// A table, collection or topic.
    Entity,
    /// An operation of the interface.
    Endpoint,
    /// A decision.
    Decision,
    /// A stated figure: an estimate or an assumption.
    Figure,
    /// An accepted finding.
    Allowance,
}

impl Noun {
    /// Every noun.
    pub const ALL: &'static [Self] = &[
        Self::Component,
        Self::Connection,
        Self::Flow,
        Self::Entity,
        Self::Endpoint,
        Self::Decision,
        Self::Figure,
        Self::Allowance,
    ];

    /// The word in rules.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Connection => "connection",
            Self::Flow => "flow",
            Self::Entity => "entity",
            Self::Endpoint => "endpoint",
            Self::Decision => "decision",
            Self::Figure => "figure",
            Self::Allowance => "allowance",
        }
    }

    /// The word for several of them.
    #[must_use]
    pub const fn several(self) -> &'static str {
        match self {
            Self::Component => "components",
            Self::Connection => "connections",
            Self::Flow => "flows",
            Self::Entity => "entities",
            Self::Endpoint => "endpoints",
            Self::Decision => "decisions",
            Self::Figure => "figures",
            Self::Allowance => "allowances",
        }
    }

    /// The noun that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|noun| noun.word() == word)
    }

    /// How many there are in a design.
    #[must_use]
    pub fn count(self, scene: &Scene<'_>) -> usize {
        let design = scene.subject.design;
        match self {
            Self::Component => design.components.len(),
            Self::Connection => design.connections.len(),
            Self::Flow => scene.subject.flows.len(),
            Self::Entity => design.data.len(),
            Self::Endpoint => design.api.len(),
            Self::Decision => design.decisions.len(),
            Self::Figure => scene.figures().len(),
            Self::Allowance => design.allow.len(),
        }
    }

    /// The ones that a condition looks at: those of the bound flow where there is one, all of them otherwise.
    pub fn domain<'s>(
        self,
        scene: &Scene<'s>,
        whole: bool,
    ) -> impl Iterator<Item = usize> + use<'s> {
        let flow = scene
            .bound
            .flow
            .filter(|_| !whole)
            .and_then(|at| scene.subject.flows.get(at));
        let parts = match self {
            Self::Component => flow.map(|facts| &facts.components),
            Self::Connection => flow.map(|facts| &facts.connections),
            _ => None,
        };
        let all = parts.map_or_else(|| 0..self.count(scene), |_| 0..0);
        all.chain(parts.into_iter().flatten().copied())
    }

    /// Where one stands.
    #[must_use]
    pub fn place(self, scene: &Scene<'_>, at: usize) -> Place {
        match self {
            Self::Component => Place::Entry(Part::Components, at),
            Self::Connection => Place::Entry(Part::Connections, at),
            Self::Flow => match scene.subject.flows.get(at).and_then(|facts| facts.stated) {
                Some(stated) => Place::Entry(Part::Flows, stated),
                None => Place::Part(Part::Connections),
            },
            Self::Entity => Place::Entry(Part::Data, at),
            Self::Endpoint => Place::Entry(Part::Api, at),
            Self::Decision => Place::Entry(Part::Decisions, at),
            Self::Allowance => Place::Entry(Part::Allow, at),
            Self::Figure => scene
                .figures()
                .get(at)
                .map_or(Place::Part(Part::Estimates), |figure| figure.place),
        }
    }

    /// What people call one.
    #[must_use]
    pub fn name(self, scene: &Scene<'_>, at: usize) -> String {
        let key = match self {
            Self::Component | Self::Flow => "id",
            Self::Connection => return connection_name(scene.subject.design, at),
            Self::Entity | Self::Figure => "name",
            Self::Endpoint => "path",
            Self::Decision => "choice",
            Self::Allowance => "rule",
        };
        self.field(scene, at, key).unwrap_or_default()
    }

    /// The keys that messages can ask of one, beside the attributes of components and connections.
    #[must_use]
    pub const fn field_names(self) -> &'static [&'static str] {
        match self {
            Self::Component => &["id", "kind", "tech", "title", "group"],
            Self::Connection => &["from", "to"],
            Self::Flow => &[
                "id",
                "kind",
                "rate",
                "peak_rate",
                "latency",
                "availability",
                "undrawn",
            ],
            Self::Entity => &["name", "key", "store", "fields"],
            Self::Endpoint => &["method", "path", "request"],
            Self::Decision => &["topic", "choice", "over", "because"],
            Self::Figure => &[
                "name",
                "stated",
                "expected",
                "slip",
                "formula",
                "title",
                "flow_rate",
            ],
            Self::Allowance => &["rule", "subject", "reason", "owner", "until"],
        }
    }

    /// A value of one for a message; none where it is not stated or not known.
    #[must_use]
    pub fn field(self, scene: &Scene<'_>, at: usize, key: &str) -> Option<String> {
        let design = scene.subject.design;
        match self {
            Self::Component => component_field(scene, at, key),
            Self::Connection => connection_field(design, at, key),
            Self::Flow => flow_field(scene, at, key),
            Self::Entity => entity_field(design, at, key),
            Self::Endpoint => {
                let endpoint = design.api.get(at)?;
                match key {
                    "method" => Some(endpoint.method.clone()),
                    "path" => Some(format!("{} {}", endpoint.method, endpoint.path)),
                    "request" => Some(endpoint.request.clone()),
                    _ => None,
                }
            }
            Self::Decision => {
                let decision = design.decisions.get(at)?;
                match key {
                    "topic" => decision.topic.clone(),
                    "choice" => Some(decision.choice.clone()),
                    "over" => decision.over.clone(),
                    "because" => decision.because.clone(),
                    _ => None,
                }
            }
            Self::Figure => scene.figures().get(at)?.field(key, scene),
            Self::Allowance => {
                let allowance = design.allow.get(at)?;
                match key {
                    "rule" => Some(allowance.rule.clone()),
                    "subject" => allowance.subject.clone(),
                    "reason" => Some(allowance.reason.clone()),
                    "owner" => allowance.owner.clone(),
                    "until" => allowance.until.clone(),
                    _ => None,
                }
            }
        }
    }
}

fn connection_name(design: &Design, at: usize) -> String {
    design
        .connections
        .get(at)
        .map_or_else(String::new, |connection| {
            let arrow = if connection.asynchronous { "~>" } else { "->" };
            format!(
                "{} {arrow} {}",
                design.id(connection.from),
                design.id(connection.to)
            )
        })
}

fn component_field(scene: &Scene<'_>, at: usize, key: &str) -> Option<String> {
    let component = scene.subject.design.components.get(at)?;
    let vocabulary = scene.subject.vocabulary;
    match key {
        "id" => Some(component.id.clone()),
        "kind" => Some(vocabulary.kinds.info(component.kind).title.clone()),
        "tech" => component
            .tech
            .map(|tech| vocabulary.technologies.info(tech).name.clone()),
        "title" => component.title.clone(),
        "group" => component.group.clone(),
        _ => {
            let attribute = Attribute::named(key, crate::model::attribute::Bearer::Component)?;
            component
                .attributes
                .get(attribute)
                .map(crate::model::Value::shown)
        }
    }
}

fn connection_field(design: &Design, at: usize, key: &str) -> Option<String> {
    let connection = design.connections.get(at)?;
    match key {
        "from" => Some(design.id(connection.from).to_owned()),
        "to" => Some(design.id(connection.to).to_owned()),
        _ => {
            let attribute = Attribute::named(key, crate::model::attribute::Bearer::Connection)?;
            connection
                .attributes
                .get(attribute)
                .map(crate::model::Value::shown)
        }
    }
}

fn flow_field(scene: &Scene<'_>, at: usize, key: &str) -> Option<String> {
    let facts = scene.subject.flows.get(at)?;
    let flow = &facts.flow;
    let shown =
        |figure: &Option<crate::model::Figure>| figure.as_ref().map(crate::model::Figure::shown);
    match key {
        "id" => Some(flow.id.clone()),
        "kind" => flow.kind.map(FlowKind::word).map(str::to_owned),
        "rate" => shown(&flow.rate),
        "peak_rate" => flow.peak_rate().map(|quantity| quantity.to_string()),
        "latency" => shown(&flow.latency),
        "availability" => shown(&flow.availability),
        "undrawn" => {
            let id = |component: usize| scene.subject.design.id(component);
            let hops: Vec<String> = facts
                .undrawn
                .iter()
                .map(|(from, to)| format!("{} -> {}", id(*from), id(*to)))
                .collect();
            Some(enumerated(&hops))
        }
        _ => None,
    }
}

fn entity_field(design: &Design, at: usize, key: &str) -> Option<String> {
    let entity = design.data.get(at)?;
    match key {
        "name" => Some(entity.name.clone()),
        "key" => Some(entity.key.join(", ")),
        "store" => entity.store.map(|store| design.id(store).to_owned()),
        "fields" => Some(entity.fields.join(", ")),
        _ => None,
    }
}
