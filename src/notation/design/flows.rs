//! Flows: a chain, chains that are all or one of them needed, two ends, or a beginning.
//!
//! Knows the forms; what a flow means for load and failure is the analyses' business.

use super::reader::Reader;
use crate::model::quantity::Dimension;
use crate::model::value::{self, ValueError};
use crate::model::{Chain, Figure, Flow, FlowKind, Part, Place, Quantity, Route};
use crate::notation::yaml::{
    Content, Fields, Key, Node, Shape, Term, all_of, names, one_or_many, text_of,
};

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
    Key::new(
        "kind",
        Shape::Word(FlowKind::WORDS),
        "Whether it reads or writes.",
    ),
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
        let route = self.route(&fields);
        let is_known = route.is_some();
        // What else is said is looked at all the same.
        let mut flow = Flow::new(id, route.unwrap_or_else(|| Route::Path(Vec::new())));
        flow.title = fields.text("title", &mut self.issues);
        let issues = &mut self.issues;
        flow.kind = fields.word("kind", FlowKind::WORDS, FlowKind::from_word, issues);
        flow.rate = fields
            .get("rate")
            .and_then(|node| self.figure_above_zero(node, Dimension::RATE, "3.9k/s"));
        let rate = flow.rate.as_ref();
        let rate = rate.map_or(Quantity::rate(0.0), |rate| rate.quantity);
        flow.peak = fields.get("peak").and_then(|node| self.peak(node, rate));
        flow.availability = fields.get("availability").and_then(|node| self.share(node));
        if let Some(node) = fields.get("latency") {
            self.latency(node, &mut flow);
        }
        is_known.then_some(flow)
    }

    fn route(&mut self, fields: &Fields<'_, '_>) -> Option<Route> {
        let path = fields.get("path").map(|node| self.path(one_or_many(node)));
        let any = fields.get("any").map(|node| {
            let chains = self.chains(one_or_many(node));
            (!chains.is_empty()).then_some(Route::Any(chains))
        });
        let is_between = ["from", "to"].iter().any(|end| fields.get(end).is_some());
        let ends = is_between.then(|| self.ends(fields));
        let mut ways = [path, any, ends].into_iter().flatten();
        let message = match (ways.next(), ways.next()) {
            (Some(way), None) if !is_between || fields.get("from").is_some() => return way,
            (Some(_), None) => "a flow that begins nowhere",
            (None, _) => "a flow that runs nowhere",
            (Some(_), Some(_)) => "a flow that runs in two ways",
        };
        let help = "say where it runs: `path: a -> b -> c`, `any: [..]`, or `from: a` with or without `to: b`";
        self.issues.error(fields.span, message, help.to_owned());
        None
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
            let ids = stage.nodes.iter().map(|word| &word.id);
            if let (false, [first, _, ..]) = (stage.alternatives, stage.nodes.as_slice()) {
                let help = "write `(a | b)` for alternatives, or one chain for each".to_owned();
                let span = node.part(&first.id.span);
                self.issues.error(span, "`,` in the path of a flow", help);
            }
            stages.push(all_of(
                ids.map(|id| self.component(&id.text, node.part(&id.span))),
            ));
        }
        let stages = stages.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Chain {
            stages,
            asynchronous: written.asynchronous,
        })
    }

    /// The two ends, or the one that it starts at.
    fn ends(&mut self, fields: &Fields<'_, '_>) -> Option<Route> {
        let mut end = |key: &str| {
            let node = fields.get(key)?;
            let id = text_of(node, &mut self.issues)?;
            self.component(id, node.span)
        };
        let (from, to) = (end("from"), end("to"));
        let from = from?;
        if fields.get("to").is_none() {
            return Some(Route::From(from));
        }
        Some(Route::Between { from, to: to? })
    }

    fn latency(&mut self, node: &Node<'_>, flow: &mut Flow) {
        let Content::Map(_) = node.content else {
            flow.latency = self.figure_above_zero(node, Dimension::DURATION, "100ms");
            return;
        };
        let Some(fields) = Fields::of(node, "a latency target", &mut self.issues) else {
            return;
        };
        fields.known(LATENCY, &mut self.issues);
        flow.latency = fields
            .get("p99")
            .and_then(|node| self.figure_above_zero(node, Dimension::DURATION, "100ms"));
        flow.latency_p50 = fields
            .get("p50")
            .and_then(|node| self.figure_above_zero(node, Dimension::DURATION, "20ms"));
        if let (Some(p50), Some(p99)) = (&flow.latency_p50, &flow.latency)
            && p50.quantity.value > p99.quantity.value
        {
            let message = format!("p50 of {} is above p99 of {}", p50.text, p99.text);
            let help = "half of the requests stay below p50, 99 of 100 below p99".to_owned();
            self.issues.warning(node.span, message, help);
        }
    }

    /// A figure of a dimension that is more than nothing: a journey that nobody makes, or an answer in no time.
    fn figure_above_zero(
        &mut self,
        node: &Node<'_>,
        dimension: Dimension,
        example: &str,
    ) -> Option<Figure> {
        let figure = self.figure_of(node, dimension, example)?;
        if figure.quantity.value > 0.0 {
            return Some(figure);
        }
        let ValueError { message, help } = value::nothing(&figure.text, example);
        self.issues.error(node.span, message, help);
        None
    }

    /// A figure of a dimension, not negative.
    pub(super) fn figure_of(
        &mut self,
        node: &Node<'_>,
        dimension: Dimension,
        example: &str,
    ) -> Option<Figure> {
        let text = text_of(node, &mut self.issues)?;
        let wanted = dimension.name();
        let mut found = dimension;
        let message = if text.contains(|c: char| c.is_ascii_digit()) {
            let figure = self.figure(node)?;
            found = figure.quantity.dimension;
            if found != dimension {
                format!("`{text}` is {}, not {wanted}", found.name())
            } else if figure.quantity.value < 0.0 {
                format!("`{text}` is negative")
            } else {
                return Some(figure);
            }
        } else {
            format!("`{text}` is not {wanted}")
        };
        let help = value::rewritten(text, found, example);
        self.issues.error(node.span, message, help);
        None
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
