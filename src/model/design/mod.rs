//! A design: what a candidate said, estimated, drew and decided.
//!
//! Holds only what was stated. Where something was written is kept beside it (`source`), what follows from it is
//! computed elsewhere (`analysis`).

mod removal;

use std::collections::BTreeMap;

use super::attribute::Attributes;
use super::kind::Kind;
use super::quantity::{Dimension, Figure, Quantity};
use super::technology::Tech;
use super::terms::{Level, Step};

/// One design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// The slug of the problem it answers.
    pub problem: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Whose it is.
    pub author: Option<String>,
    /// The level it is judged at, where stated.
    pub level: Option<Level>,
    /// What the system has to do.
    pub requirements: Requirements,
    /// Computed figures.
    pub estimates: Vec<Estimate>,
    /// The parts of the system.
    pub components: Vec<Component>,
    /// Who calls whom.
    pub connections: Vec<Connection>,
    /// The user journeys.
    pub flows: Vec<Flow>,
    /// The interface.
    pub api: Vec<Endpoint>,
    /// The data model.
    pub data: Vec<Entity>,
    /// Choices and their reasons.
    pub decisions: Vec<Decision>,
    /// Free text by topic.
    pub answers: Vec<Answer>,
    /// Accepted findings.
    pub allow: Vec<Allowance>,
    /// Failure domains.
    pub platform: Option<Platform>,
    /// How the practice session went.
    pub session: Option<SessionRecord>,
}

/// What the system has to do, and what was asked about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirements {
    /// What it does.
    pub functional: Vec<String>,
    /// How well.
    pub non_functional: Vec<String>,
    /// What it need not do.
    pub out_of_scope: Vec<String>,
    /// Clarifying questions that were asked.
    pub questions: Vec<String>,
    /// What is taken as given.
    pub assumptions: Vec<Assumption>,
}

/// Something taken as given: a figure, or words.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// What it is about.
    pub name: String,
    /// The text as written.
    pub text: String,
    /// The number, where the text is one.
    pub figure: Option<Figure>,
}

/// A computed figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What is estimated.
    pub name: String,
    /// The value with the expression it came from.
    pub figure: Figure,
    /// The peak, as a factor or a value of the same dimension.
    pub peak: Option<Figure>,
}

/// A part of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The name that connections use.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What it is made of, where the catalog knows it.
    pub tech: Option<Tech>,
    /// The technology as written, where one is stated.
    pub tech_text: Option<String>,
    /// The kind was stated beside the technology.
    pub kind_stated: bool,
    /// How it is shown.
    pub title: Option<String>,
    /// A box around several components.
    pub group: Option<String>,
    /// Words to select it by.
    pub tags: Vec<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Everything else that is stated.
    pub attributes: Attributes,
}

impl Component {
    /// A component of which only the kind is known.
    #[must_use]
    pub fn new(id: String, kind: Kind) -> Self {
        Self {
            id,
            kind,
            tech: None,
            tech_text: None,
            kind_stated: false,
            title: None,
            group: None,
            tags: Vec::new(),
            notes: None,
            attributes: Attributes::default(),
        }
    }
}

/// A call or a message from one component to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The caller, as a position among the components.
    pub from: usize,
    /// The callee.
    pub to: usize,
    /// Nobody waits for it.
    pub asynchronous: bool,
    /// Everything else that is stated.
    pub attributes: Attributes,
}

impl Connection {
    /// A connection of which only the ends are known, and whether anybody waits.
    #[must_use]
    pub fn new(from: usize, to: usize, asynchronous: bool) -> Self {
        Self {
            from,
            to,
            asynchronous,
            attributes: Attributes::default(),
        }
    }
}

/// Whether a journey reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowKind {
    /// It reads.
    Read,
    /// It writes.
    Write,
}

impl FlowKind {
    /// The words of both in design files.
    pub const WORDS: &[&str] = &[Self::Read.word(), Self::Write.word()];

    /// The one that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let both = [Self::Read, Self::Write];
        both.into_iter().find(|kind| kind.word() == word)
    }

    /// The word in design files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// A user journey with its rate and targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its name.
    pub id: String,
    /// How it is shown.
    pub title: Option<String>,
    /// Where it runs.
    pub route: Route,
    /// Whether it reads or writes.
    pub kind: Option<FlowKind>,
    /// How often, on average.
    pub rate: Option<Figure>,
    /// The peak, as a factor of the rate or a rate.
    pub peak: Option<Figure>,
    /// Target at p99.
    pub latency: Option<Figure>,
    /// Target at p50.
    pub latency_p50: Option<Figure>,
    /// Target for the share of requests that succeed.
    pub availability: Option<Figure>,
}

/// Where a flow runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// Every chain is part of the journey.
    Path(Vec<Chain>),
    /// One of the chains is enough.
    Any(Vec<Chain>),
    /// Every synchronous way between two components.
    Between {
        /// Where it starts.
        from: usize,
        /// Where it ends.
        to: usize,
    },
    /// All connections from a component on.
    From(usize),
}

/// Components one after the other; several at one stage are alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The stages, each with at least one component.
    pub stages: Vec<Vec<usize>>,
    /// Whether the arrow after each stage but the last is asynchronous.
    pub asynchronous: Vec<bool>,
}

/// One operation of the interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// GET, POST, ...; or the name of the protocol's operation.
    pub method: String,
    /// The path.
    pub path: String,
    /// What is sent, as written.
    pub request: String,
    /// What can come back.
    pub responses: Vec<Response>,
}

/// A possible answer of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code, where stated.
    pub status: Option<u16>,
    /// What is sent back, as written.
    pub body: String,
}

/// A table, collection or topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Where it is kept, as a position among the components.
    pub store: Option<usize>,
    /// The key columns; the first is the partition key.
    pub key: Vec<String>,
    /// The columns.
    pub fields: Vec<String>,
}

/// A choice with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What it is about.
    pub topic: Option<String>,
    /// What was chosen.
    pub choice: String,
    /// What was not.
    pub over: Option<String>,
    /// Why.
    pub because: Option<String>,
}

/// Free text on a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it is about.
    pub topic: String,
    /// What was said.
    pub text: String,
}

/// An accepted finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// The rule.
    pub rule: String,
    /// The component, flow or other subject; all of them where left out.
    pub subject: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub owner: Option<String>,
    /// The last day on which it holds, as year-month-day.
    pub until: Option<String>,
}

/// Failure domains and the distance between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Platform {
    /// Share of time that a zone is up.
    pub zone_availability: Option<Figure>,
    /// Share of time that a region is up.
    pub region_availability: Option<Figure>,
    /// There and back between zones.
    pub zone_round_trip: Option<Figure>,
    /// There and back between regions.
    pub region_round_trip: Option<Figure>,
}

/// What practice writes about the session itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionRecord {
    /// When it began, as RFC 3339.
    pub started: Option<String>,
    /// Time spent by step.
    pub spent: BTreeMap<Step, Figure>,
    /// How many hints were given.
    pub hints: u64,
    /// What the interviewer broke, as `analyze` takes it: "kill zone:1", "load 10x". What the design makes of it is
    /// computed and not noted.
    pub attacks: Vec<String>,
}

impl Flow {
    /// A flow of which only the route is known.
    #[must_use]
    pub const fn new(id: String, route: Route) -> Self {
        Self {
            id,
            title: None,
            route,
            kind: None,
            rate: None,
            peak: None,
            latency: None,
            latency_p50: None,
            availability: None,
        }
    }

    /// The rate at the peak: the peak where one is stated, as a rate or a factor of the rate; the rate otherwise.
    #[must_use]
    pub fn peak_rate(&self) -> Option<Quantity> {
        let rate = self.rate.as_ref().map(|figure| figure.quantity);
        match self.peak.as_ref().map(|figure| figure.quantity) {
            Some(peak) if peak.dimension == Dimension::RATE => Some(peak),
            Some(factor) => rate.map(|rate| Quantity::rate(rate.value * factor.value)),
            None => rate,
        }
    }
}

impl Design {
    /// The position of the component with an id.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<usize> {
        self.components
            .iter()
            .position(|component| component.id == id)
    }

    /// The id of a component by position; empty for none.
    #[must_use]
    pub fn id(&self, component: usize) -> &str {
        self.components
            .get(component)
            .map_or("", |component| component.id.as_str())
    }

    /// The level that it is judged at.
    #[must_use]
    pub fn judged_level(&self) -> Level {
        self.level.unwrap_or_default()
    }
}

impl Chain {
    /// Every component on the chain, in order, alternatives side by side.
    pub fn components(&self) -> impl Iterator<Item = usize> {
        self.stages.iter().flatten().copied()
    }
}

impl Entity {
    /// The column that decides where a row lives.
    #[must_use]
    pub fn partition_key(&self) -> Option<&str> {
        self.key.first().map(String::as_str)
    }
}
