//! Services of Docker Compose: each a box, joined with those that it depends on and those whose hosts it is told.
//!
//! Knows the keys of a compose file; who names whose host is `hosts`' business.

mod hosts;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Arrow, Diagram, End, Heads, Shape};
use super::label::Label;
use crate::notation::yaml::{self, Limits, Node, one_or_many};
use crate::source::{Issues, Span};
use hosts::{Host, hosts_in};

/// The key that services stand below.
const SERVICES: &str = "services";

/// Whether a text is a compose file: it has services, and says what one of them runs.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let has = |key: &str| text.contains(key);
    let mut lines = text.lines();
    let is_top = lines.any(|line| line.trim_end().strip_prefix(SERVICES) == Some(":"));
    is_top && (has("image:") || has("build:"))
}

/// The services of a text as one diagram.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let mut mistakes = Issues::default();
    let Some(node) = yaml::parse(text, &Limits::default(), &mut mistakes) else {
        for mistake in mistakes.into_sorted() {
            issues.error(mistake.span, mistake.message, mistake.help);
        }
        return Vec::new();
    };
    let services = value(&node, SERVICES)
        .map(Node::entries)
        .unwrap_or_default();
    let services: Vec<Service<'_>> = services.iter().filter_map(Service::of).collect();
    let finished = finished(&services);
    let (once, lasting): (Vec<Service<'_>>, Vec<Service<'_>>) = services
        .into_iter()
        .partition(|service| service.runs_once(&finished));
    for service in once {
        let message = format!("`{}` is left out: it runs once and ends", service.name);
        issues.warning(service.span, message, None);
    }
    vec![drawn(text, &lasting)]
}

/// A service as written.
struct Service<'n> {
    name: &'n str,
    span: Span,
    body: &'n Node<'n>,
}

/// The value of a key.
fn value<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    let mut entries = node.entries().iter();
    let found = entries.find(|(name, _)| name.text() == Some(key));
    found.map(|(_, value)| value)
}

/// What services wait for until it has ended.
fn finished<'n>(services: &[Service<'n>]) -> BTreeSet<&'n str> {
    let waits = services
        .iter()
        .filter_map(|service| value(service.body, "depends_on"));
    let entries = waits.flat_map(|node| node.entries().iter());
    let ended = entries.filter(|(_, how)| {
        let condition = value(how, "condition").and_then(Node::text);
        condition == Some("service_completed_successfully")
    });
    ended.filter_map(|(name, _)| name.text()).collect()
}

/// Words in the names of services that prepare others and end.
const PREPARING: &[&str] = &[
    "init",
    "setup",
    "migrate",
    "migration",
    "migrations",
    "migrator",
    "seed",
    "seeder",
];

impl<'n> Service<'n> {
    fn of((name, body): &'n (Node<'n>, Node<'n>)) -> Option<Self> {
        Some(Self {
            name: name.text()?,
            span: name.span,
            body,
        })
    }

    fn runs_once(&self, finished: &BTreeSet<&str>) -> bool {
        let mut words = self.name.split(|c: char| !c.is_alphanumeric());
        finished.contains(self.name) || words.any(|word| PREPARING.contains(&word))
    }

    /// What its image is called, without where it lies and of which version it is.
    fn image(&self) -> Option<String> {
        let image = value(self.body, "image")?.text()?;
        let path = image.rsplit('/').next()?;
        let name = path.split([':', '@', '$']).next()?;
        (!name.is_empty()).then(|| name.replace(['-', '_'], " "))
    }

    fn copies(&self) -> u64 {
        let deployed = value(self.body, "deploy").and_then(|deploy| value(deploy, "replicas"));
        let stated = deployed
            .or_else(|| value(self.body, "scale"))
            .and_then(Node::text);
        stated.and_then(|text| text.parse().ok()).unwrap_or(1)
    }

    /// Other names that it goes by.
    fn hosts(&self) -> impl Iterator<Item = &'n str> {
        let keys = ["container_name", "hostname"].into_iter();
        let named = keys.filter_map(|key| value(self.body, key)?.text());
        std::iter::once(self.name).chain(named)
    }

    /// The services that it says it needs, with where it does.
    fn needs(&self) -> Vec<(&'n str, Span)> {
        let mut all = Vec::new();
        for node in ["depends_on", "links"]
            .into_iter()
            .filter_map(|key| value(self.body, key))
        {
            all.extend(
                node.entries()
                    .iter()
                    .filter_map(|(name, _)| Some((name.text()?, name.span))),
            );
            let listed = one_or_many(node).iter();
            // A link may have another name behind a colon.
            let name = |text: &'n str| text.split(':').next().unwrap_or(text);
            all.extend(listed.filter_map(|node| Some((name(node.text()?), node.span))));
        }
        if let Some(node) = value(self.body, "network_mode")
            && let Some(name) = node.text().and_then(|text| text.strip_prefix("service:"))
        {
            all.push((name, node.span));
        }
        all
    }

    /// What it is told in its environment and its command: a key where there is one, and the value.
    fn told(&self) -> Vec<(&'n str, &'n Node<'n>, &'n str)> {
        let mut all = Vec::new();
        for node in ["environment", "command", "entrypoint", "args"]
            .into_iter()
            .filter_map(|key| value(self.body, key))
        {
            let mapped = node.entries().iter();
            all.extend(mapped.filter_map(|(key, value)| Some((key.text()?, value, value.text()?))));
            for line in one_or_many(node) {
                let Some(text) = line.text() else { continue };
                let (key, value) = text.split_once('=').unwrap_or(("", text));
                all.push((key, line, value));
            }
        }
        all
    }
}

/// Services and who needs whom.
fn drawn(text: &str, services: &[Service<'_>]) -> Diagram {
    let boxes = services.iter().map(|service| {
        let name = service.name.to_owned();
        let mut shape = Shape::new(name.clone(), Label::plain(&name), service.span);
        shape.hint = service.image();
        shape.copies = service.copies();
        shape
    });
    let mut places = BTreeMap::new();
    for (at, service) in services.iter().enumerate() {
        for host in service.hosts() {
            places.entry(host).or_insert(at);
        }
    }
    let mut known = BTreeSet::new();
    let mut arrows = Vec::new();
    for (from, service) in services.iter().enumerate() {
        let told = service.told().into_iter().flat_map(|(key, node, text)| {
            let hosts = hosts_in(key, text).into_iter();
            hosts.map(move |Host(name)| (name, node.span))
        });
        for (name, span) in service.needs().into_iter().chain(told) {
            let Some(to) = places.get(name).copied().filter(|to| *to != from) else {
                continue;
            };
            if known.insert((from, to)) {
                arrows.push(Arrow {
                    from: End::Shape(from),
                    to: End::Shape(to),
                    heads: Heads::End,
                    is_dashed: false,
                    label: Label::default(),
                    span,
                });
            }
        }
    }
    Diagram {
        boxes: boxes.collect(),
        arrows,
        span: Span::new(0, text.len()),
        ..Diagram::default()
    }
}
