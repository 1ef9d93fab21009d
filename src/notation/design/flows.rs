//! Flows: a chain, chains that are all or one of them needed, two ends, or a beginning.
//!
//! Knows the forms; what a flow means for load and failure is the analyses' business.

use super::reader::Reader;
use crate::model::quantity::Dimension;
use crate::model::{Chain, Figure, Flow, FlowKind, Part, Place, Quantity, Route, spelling};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, Term, names, one_or_many, text_of};

/// The keys of a flow.
pub(super) const FLOW: &[Key] = &[
    Key::new("title", Shape::Text, "What the flow is for."),
    Key::new(
        "path",
        Shape::Many(&Shape::Of(Term::Chain)),
        "Where it runs: `client -> api -> db`; all of several chains are needed.",
    ),
    Key::new(
        "any",
        Shape::Many(&Shape::Of(Term::Chain)),
        "Chains of which one is enough.",
    ),
    Key::new(
        "from",
        Shape::Of(Term::Id),
        "The component that it starts at, where the way is left to the graph.",
    ),
    Key::new("to", Shape::Of(Term::Id), "The component that it ends at."),
    Key::new("kind", Shape::Word(KINDS), "Whether it reads or writes."),
    Key::new("rate", Shape::Text, "How often it runs: `3.9k/s`."),
    Key::new(
        "peak",
        Shape::Text,
        "Its rate at the peak, or the factor: `3x`.",
    ),
    Key::new(
        "latency",
        Shape::Either(&[Shape::Text, Shape::Map(LATENCY)]),
        "The target at p99, or at p50 and p99.",
    ),
    Key::new("availability", Shape::Text, "The target: `99.9%`."),
];

const LATENCY: &[Key] = &[
    Key::new("p50", Shape::Text, "What half of the requests stay below."),
    Key::new("p99", Shape::Text, "What 99 of 100 requests stay below."),
];

const KINDS: &[&str] = &["read", "write"];

impl Reader<'_> {
    pub(super) fn flows(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the flows", &mut self.issues) else {
            return;
        };
        for (key, value) in fields.entries() {
            let id = key.text().unwrap_or_default().to_owned();
            let at = self.design.flows.len();
            self.places.note(Place::Entry(Part::Flows, at), key.span);
            let flow = match &value.content {
                Content::Map(_) => self.long_flow(id, at, value),
                Content::List(chains) => self.path(chains).map(|route| Flow::new(id, route)),
                _ => self
                    .path(std::slice::from_ref(value))
                    .map(|route| Flow::new(id, route)),
            };
            self.design.flows.extend(flow);
        }
    }

    fn long_flow(&mut self, id: String, at: usize, node: &Node<'_>) -> Option<Flow> {
        let fields = Fields::of(node, "a flow", &mut self.issues)?;
        fields.known(FLOW, &mut self.issues);
        for key in names(FLOW) {
            self.note_key(&fields, key, Place::Key(Part::Flows, at, key));
        }
        let mut flow = Flow::new(id, self.route(&fields)?);
        flow.title = fields.text("title", &mut self.issues);
        flow.kind = fields.get("kind").and_then(|node| self.flow_kind(node));
        flow.rate = fields
            .get("rate")
            .and_then(|node| self.figure_of(node, Dimension::RATE, "3.9k/s"));
        flow.peak = fields
            .get("peak")
            .and_then(|node| self.peak(node, Quantity::rate(1.0)));
        flow.availability = fields.get("availability").and_then(|node| self.share(node));
        if let Some(node) = fields.get("latency") {
            self.latency(node, &mut flow);
        }
        Some(flow)
    }

    fn route(&mut self, fields: &Fields<'_, '_>) -> Option<Route> {
        let ways = ["path", "any", "from"];
        let stated: Vec<&str> = ways
            .into_iter()
            .filter(|key| fields.get(key).is_some())
            .collect();
        match stated.as_slice() {
            ["path"] => self.path(one_or_many(fields.get("path")?)),
            ["any"] => {
                let chains = self.chains(one_or_many(fields.get("any")?));
                (!chains.is_empty()).then_some(Route::Any(chains))
            }
            ["from"] => self.ends(fields),
            _ => {
                let help = "say where it runs: `path: a -> b -> c`, `any: [..]`, or `from: a` with or without `to: b`";
                let message = if stated.is_empty() {
                    "a flow that runs nowhere"
                } else {
                    "a flow that runs in two ways"
                };
                self.issues.error(fields.span, message, help.to_owned());
                None
            }
        }
    }

    fn path(&mut self, nodes: &[Node<'_>]) -> Option<Route> {
        let chains = self.chains(nodes);
        (!chains.is_empty()).then_some(Route::Path(chains))
    }

    fn chains(&mut self, nodes: &[Node<'_>]) -> Vec<Chain> {
        nodes
            .iter()
            .filter_map(|node| self.flow_chain(node))
            .collect()
    }

    fn flow_chain(&mut self, node: &Node<'_>) -> Option<Chain> {
        text_of(node, &mut self.issues)?;
        let written = self.arrow_chain(node)?;
        let mut stages = Vec::new();
        for stage in &written.stages {
            if stage.nodes.len() > 1 && !stage.alternatives {
                let help = "write `(a | b)` for alternatives, or one chain for each".to_owned();
                let span = stage
                    .nodes
                    .first()
                    .map_or(0..0, |node| node.id.span.clone());
                self.issues
                    .error(node.part(&span), "`,` in the path of a flow", help);
                return None;
            }
            let ids: Vec<Option<usize>> = stage
                .nodes
                .iter()
                .map(|word| self.component(&word.id.text, node.part(&word.id.span)))
                .collect();
            stages.push(ids.into_iter().collect::<Option<Vec<usize>>>());
        }
        let stages = stages.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Chain {
            stages,
            asynchronous: written.asynchronous,
        })
    }

    fn ends(&mut self, fields: &Fields<'_, '_>) -> Option<Route> {
        let mut end = |key: &str| {
            let node = fields.get(key)?;
            let id = text_of(node, &mut self.issues)?.to_owned();
            self.component(&id, node.span)
        };
        let from = end("from")?;
        if fields.get("to").is_none() {
            return Some(Route::From(from));
        }
        Some(Route::Between {
            from,
            to: end("to")?,
        })
    }

    fn flow_kind(&mut self, node: &Node<'_>) -> Option<FlowKind> {
        match text_of(node, &mut self.issues)? {
            "read" => Some(FlowKind::Read),
            "write" => Some(FlowKind::Write),
            other => {
                let message = format!("unknown kind of flow `{other}`");
                self.issues
                    .error(node.span, message, spelling::did_you_mean(other, KINDS));
                None
            }
        }
    }

    fn latency(&mut self, node: &Node<'_>, flow: &mut Flow) {
        let Content::Map(_) = node.content else {
            flow.latency = self.figure_of(node, Dimension::DURATION, "100ms");
            return;
        };
        let Some(fields) = Fields::of(node, "a latency target", &mut self.issues) else {
            return;
        };
        fields.known(LATENCY, &mut self.issues);
        flow.latency = fields
            .get("p99")
            .and_then(|node| self.figure_of(node, Dimension::DURATION, "100ms"));
        flow.latency_p50 = fields
            .get("p50")
            .and_then(|node| self.figure_of(node, Dimension::DURATION, "20ms"));
    }

    /// A figure of a dimension, not negative.
    pub(super) fn figure_of(
        &mut self,
        node: &Node<'_>,
        dimension: Dimension,
        example: &str,
    ) -> Option<Figure> {
        let figure = self.figure(node)?;
        let found = figure.quantity.dimension;
        if found != dimension || figure.quantity.value < 0.0 {
            let message = format!(
                "`{}` is {}, not {}",
                figure.text,
                found.name(),
                dimension.name()
            );
            self.issues
                .error(node.span, message, format!("write it as `{example}`"));
            return None;
        }
        Some(figure)
    }

    /// A share between 0% and 100%.
    pub(super) fn share(&mut self, node: &Node<'_>) -> Option<Figure> {
        let figure = self.figure_of(node, Dimension::NUMBER, "99.9%")?;
        if figure.quantity.value > 1.0 {
            let help = "a percentage between 0% and 100%, such as `99.9%`".to_owned();
            self.issues.error(
                node.span,
                format!("`{}` is impossible as a share", figure.text),
                help,
            );
            return None;
        }
        Some(figure)
    }
}
