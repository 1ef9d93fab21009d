//! Connections: chains of arrows, a chain with attributes, or a map with `from` and `to`. And arrows that draw.
//!
//! Knows which forms there are; what arrows are made of is `arrows`' business.

use std::collections::BTreeMap;

use super::components::keys_of;
use super::reader::Reader;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Connection, Part, Place, spelling};
use crate::notation::arrows::{self, Arrow, ArrowChain};
use crate::notation::drawing;
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, Term, has, list_of, names};
use crate::source::Span;

/// The keys of the long form that are no attributes: its ends.
pub const ENDS: &[Key] = &[
    Key::needed("from", Shape::Of(Term::Id), "The component that calls."),
    Key::needed("to", Shape::Of(Term::Id), "The component that is called."),
];

/// The key of any map of a connection that is no attribute.
pub const ASYNC: Key = Key::new(
    "async",
    Shape::YesNo,
    "The caller does not wait; as `~>` draws it.",
);

impl Reader<'_> {
    pub(super) fn connections(&mut self, node: &Node<'_>) {
        for item in list_of(node, &mut self.issues) {
            match &item.content {
                Content::Scalar { .. } => self.chain(item, None),
                Content::Map(_) => self.connection_map(item),
                _ => {
                    let help = "write `- a -> b`".to_owned();
                    self.issues
                        .error(item.span, format!("{} is no connection", item.sort()), help);
                }
            }
            if self.design.connections.len() > self.limits.nodes {
                let message = format!("more than {} connections", self.limits.nodes);
                let help = "name one component on one side of an arrow, or raise the limit with --max-nodes";
                self.issues.error(item.span, message, help.to_owned());
                return;
            }
        }
    }

    fn connection_map(&mut self, item: &Node<'_>) {
        let Some(fields) = Fields::of(item, "a connection", &mut self.issues) else {
            return;
        };
        if fields.get("from").is_some() || fields.get("to").is_some() {
            self.long_connection(&fields);
            return;
        }
        let text = |key: &Node<'_>| key.text().unwrap_or_default().to_owned();
        let is_arrow = |key: &Node<'_>| arrows::has_arrow(&text(key));
        let mut entries = fields.entries().iter().peekable();
        let mut above = None;
        while let Some((key, value)) = entries.next() {
            if is_arrow(key) {
                let is_bare = value.content == Content::Null;
                above = is_bare.then(|| text(key));
                if is_bare && entries.peek().is_none_or(|(key, _)| is_arrow(key)) {
                    let help = "leave the `:` out, or say more: `{protocol: https}`".to_owned();
                    self.issues.error(
                        value.span,
                        format!("nothing is said of `{}`", text(key)),
                        help,
                    );
                }
                self.chain(key, (!is_bare).then_some(value));
                continue;
            }
            // Attributes with too little space before them stand beside the arrow that they are of.
            let help = match &above {
                Some(arrow) => format!("indent it to stand below `{arrow}`"),
                None => "write `a -> b: {protocol: https}`, or `{from: a, to: b}`".to_owned(),
            };
            self.issues
                .error(key.span, format!("`{}` is no connection", text(key)), help);
        }
    }

    fn long_connection(&mut self, fields: &Fields<'_, '_>) {
        self.only_keys(fields, ENDS);
        let from = fields.required("from", &mut self.issues);
        let to = fields.required("to", &mut self.issues);
        let asynchronous = fields.yes_no("async", &mut self.issues).unwrap_or(false);
        let span_of = |key: &str| fields.get(key).map_or(fields.span, |node| node.span);
        let from = from.and_then(|id| self.component(&id, span_of("from")));
        let to = to.and_then(|id| self.component(&id, span_of("to")));
        if let (Some(from), Some(to)) = (from, to) {
            let only = only(fields);
            let at = self.connect((from, to), asynchronous, only, fields.span);
            self.link_attributes(at, fields);
        } else {
            self.check_attributes(fields, Bearer::Connection);
        }
    }

    /// Complains of keys of a connection that are neither its own nor those of all connections.
    fn only_keys(&mut self, fields: &Fields<'_, '_>, own: &[Key]) {
        let is_known = |name: &str| {
            has(own, name)
                || name == ASYNC.name
                || Attribute::named(name, Bearer::Connection).is_some()
        };
        let help = |name: &str| {
            if Attribute::named(name, Bearer::Component).is_some() {
                return "a component has it: say it under `components`".to_owned();
            }
            let own = names(own).into_iter().chain([ASYNC.name]);
            let known = keys_of(own.collect(), Bearer::Connection);
            Attribute::proposed(name, Bearer::Connection, &known)
                .unwrap_or_else(|| spelling::one_of(name, &known))
        };
        fields.only_with_help(is_known, help, &mut self.issues);
    }

    /// A chain as text, with attributes that hold for each of its connections.
    fn chain(&mut self, node: &Node<'_>, attributes: Option<&Node<'_>>) {
        if let Some(arrows) = node.text().and_then(arrows::plain_arrows) {
            self.draw(node, &arrows, attributes);
            return;
        }
        let chain = self.arrow_chain(node);
        if chain.as_ref().is_some_and(|chain| chain.stages.len() < 2) {
            let help = "an arrow joins two components: `a -> b`".to_owned();
            self.issues
                .error(node.span, "a connection without an arrow", help);
        }
        self.draw(node, &chain.unwrap_or_default().arrows(), attributes);
    }

    fn draw(&mut self, node: &Node<'_>, arrows: &[Arrow<'_>], attributes: Option<&Node<'_>>) {
        let fields =
            attributes.and_then(|value| Fields::of(value, "a connection", &mut self.issues));
        if let Some(fields) = &fields {
            self.only_keys(fields, &[]);
        }
        let made_async = fields
            .as_ref()
            .and_then(|fields| fields.yes_no("async", &mut self.issues));
        let mut connected = false;
        for arrow in arrows {
            if self.design.connections.len() > self.limits.nodes {
                break;
            }
            let from = self.component(arrow.from.text, node.part(&arrow.from.span()));
            let to = self.component(arrow.to.text, node.part(&arrow.to.span()));
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            let span = node.part(&(arrow.from.start..arrow.to.span().end));
            let only = fields.as_ref().and_then(only);
            let asynchronous = made_async.unwrap_or(arrow.asynchronous);
            let at = self.connect((from, to), asynchronous, only, span);
            if let Some(fields) = &fields {
                self.link_attributes(at, fields);
            }
            connected = true;
        }
        if let (Some(fields), false) = (&fields, connected) {
            self.check_attributes(fields, Bearer::Connection);
        }
    }

    /// Reads a chain of ids; complains of details that belong to `components`.
    pub(super) fn arrow_chain(&mut self, node: &Node<'_>) -> Option<ArrowChain> {
        let chain = match arrows::parse_chain(node.text()?) {
            Ok(chain) => chain,
            Err(error) => {
                self.issues
                    .error(node.part(&error.span), error.message, error.help);
                return None;
            }
        };
        // Quotes around all of an entry make its attributes a part of the chain.
        let is_all_quoted = node.text().is_some_and(|text| text.contains(": {"));
        let nodes = chain.stages.iter().flat_map(|stage| &stage.nodes);
        for detailed in nodes.filter(|node| !node.is_plain()) {
            let id = &detailed.id;
            let help = if is_all_quoted {
                "take the quotes off: what stands in the braces is of the connection".to_owned()
            } else {
                format!("say what `{}` is under `components`", id.text)
            };
            self.issues
                .error(node.part(&id.span), "chains name components, no more", help);
            if self.position(&id.text).is_none() {
                self.broken.insert(id.text.clone());
            }
        }
        Some(chain)
    }

    /// The connection between two components, a new one if there is none yet.
    fn connect(
        &mut self,
        (from, to): (usize, usize),
        asynchronous: bool,
        only: Option<&str>,
        span: Span,
    ) -> usize {
        let found = self.connection(from, to, asynchronous, only);
        let at = found.unwrap_or(self.design.connections.len());
        if found.is_none() {
            let connection = Connection::new(from, to, asynchronous);
            self.design.connections.push(connection);
        }
        self.places.note(Place::Entry(Part::Connections, at), span);
        at
    }

    fn link_attributes(&mut self, at: usize, fields: &Fields<'_, '_>) {
        let mut stated = self
            .design
            .connections
            .get_mut(at)
            .map(|connection| std::mem::take(&mut connection.attributes))
            .unwrap_or_default();
        self.attributes(fields, Bearer::Connection, &mut stated, |name| {
            Place::Link(at, name)
        });
        if let Some(connection) = self.design.connections.get_mut(at) {
            connection.attributes = stated;
        }
    }

    /// `on_miss` and `dead_letter` name components, which are all known by now.
    pub(super) fn check_named_components(&mut self) {
        let connections = self.design.connections.iter().enumerate();
        let missed = connections.filter_map(|(at, connection)| {
            let id = connection.attributes.word(Attribute::OnMiss)?;
            Some((id.to_owned(), Place::Link(at, Attribute::OnMiss), "cache"))
        });
        let components = self.design.components.iter().enumerate();
        let dead = components.filter_map(|(at, component)| {
            let id = component.attributes.word(Attribute::DeadLetter)?;
            let place = Place::Attribute(at, Attribute::DeadLetter);
            Some((id.to_owned(), place, "message_queue"))
        });
        let named: Vec<(String, Place, &str)> = missed.chain(dead).collect();
        for (id, place, kind) in named {
            if self.position(&id).is_none() {
                let _ = self.component_as(&id, self.places.span(place), kind);
            }
        }
    }

    /// Draws what lines of arrows say: components that aren't there yet, and connections.
    pub(super) fn arrows(&mut self, node: &Node<'_>, text: &str) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let offset = start;
            start += line.len();
            if line.trim().is_empty() {
                continue;
            }
            let here = |range: &std::ops::Range<usize>| {
                node.part(&(offset + range.start..offset + range.end))
            };
            match drawing::draw(line, &BTreeMap::new(), &mut self.design, self.vocabulary) {
                Ok(drawn) => {
                    for unknown in drawn.unknown {
                        // Nearly every short word is nearly another.
                        let is_long = unknown.text.chars().count() > 3;
                        let help = is_long.then(|| self.vocabulary.suggestion(&unknown.text));
                        let help = help.flatten().unwrap_or_else(|| {
                            format!("say what it is: `{}:service`", unknown.text)
                        });
                        self.issues.error(
                            here(&unknown.span),
                            format!("`{}` says nothing of its kind", unknown.text),
                            help,
                        );
                    }
                }
                Err(error) => self
                    .issues
                    .error(here(&error.span), error.message, error.help),
            }
        }
        for at in 0..self.design.components.len() {
            self.places
                .note(Place::Entry(Part::Components, at), node.span);
        }
        for at in 0..self.design.connections.len() {
            self.places
                .note(Place::Entry(Part::Connections, at), node.span);
        }
    }
}

/// Which requests alone take a connection, as stated.
fn only<'n>(fields: &Fields<'n, '_>) -> Option<&'n str> {
    fields.get(Attribute::Only.row().name)?.text()
}
