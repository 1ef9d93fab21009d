//! The attributes of components and connections: one row each. Reading, writing, comparing, completing and documenting
//! them all go through this table.
//!
//! Knows names and types; what an attribute means for a design is the analyses' business.

use super::spelling;
use super::value::{self, Value, ValueError, ValueType};

/// Where an attribute can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// On a component.
    Component,
    /// On a connection.
    Connection,
    /// On either.
    Both,
}

/// What is known of an attribute.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The key in a design file.
    pub name: &'static str,
    /// Where it can stand.
    pub bearer: Bearer,
    /// What its value has to be.
    pub value: ValueType,
    /// What it means, in a line.
    pub doc: &'static str,
}

macro_rules! attributes {
    ($($attribute:ident $name:literal $bearer:ident $value:expr, $doc:literal;)+) => {
        /// An attribute of a component or a connection.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Attribute { $(#[doc = $doc] $attribute),+ }

        impl Attribute {
            /// Every attribute, in the order in which people like to read them.
            pub const ALL: &'static [Self] = &[$(Self::$attribute),+];

            /// The row of this attribute.
            #[must_use]
            pub const fn row(self) -> &'static Row {
                match self {
                    $(Self::$attribute => &Row { name: $name, bearer: Bearer::$bearer, value: $value, doc: $doc }),+
                }
            }
        }
    };
}

use ValueType::{
    Choice, Component as Id, Count, Duration, Names, Needs, Number, Percent, Rate, Text, YesNo,
    YesOrComponent,
};

attributes! {
    Replicas "replicas" Component Count { least: 1 }, "Identical instances; one is enough unless `needs` says otherwise.";
    Needs "needs" Component Needs, "How many of the replicas must be up: a number or `majority`.";
    Zones "zones" Component Count { least: 1 }, "Failure domains that the replicas are spread over.";
    Regions "regions" Component Count { least: 1 }, "Regions that the replicas are spread over.";
    Managed "managed" Component YesNo, "Run by a provider across zones.";
    Failover "failover" Component Choice(&["automatic", "manual", "none"]), "What happens when the leader fails.";
    Leader "leader" Component Choice(&["single", "multi", "none"]), "Who takes writes.";
    Replication "replication" Component Choice(&["sync", "async", "quorum", "none"]), "How replicas follow.";
    Shards "shards" Component Count { least: 1 }, "Parts that the data is split into.";
    Partitions "partitions" Component Count { least: 1 }, "Partitions of a stream or a table.";
    PartitionKey "partition_key" Component Names, "What decides the shard or partition.";
    Consistency "consistency" Component Choice(&["strong", "quorum", "causal", "read_your_writes", "eventual"]), "What a read sees of earlier writes.";
    Capacity "capacity" Component Rate, "Requests a second that one replica can serve.";
    Latency "latency" Component Duration, "Time that one request takes at p50, unloaded.";
    Availability "availability" Component Percent, "Share of time that one replica is up.";
    Stateless "stateless" Component YesNo, "Any instance can serve any request.";
    Autoscaling "autoscaling" Component YesNo, "Instances come and go with the load.";
    HealthChecks "health_checks" Component YesNo, "Dead instances are noticed and left out.";
    Strategy "strategy" Component Choice(&["cache_aside", "read_through", "write_through", "write_behind", "refresh_ahead"]), "How a cache is filled and written.";
    Eviction "eviction" Component Choice(&["lru", "lfu", "fifo", "random", "ttl"]), "What a full cache drops.";
    Ttl "ttl" Component Duration, "How long an entry lives.";
    HitRatio "hit_ratio" Component Percent, "Share of the requests that a cache answers.";
    Invalidation "invalidation" Component Text, "How stale entries go.";
    Delivery "delivery" Component Choice(&["at_most_once", "at_least_once", "exactly_once"]), "How often a message arrives.";
    Ordering "ordering" Component Choice(&["per_key", "global", "none"]), "Which messages stay in order.";
    Retention "retention" Component Duration, "How long messages or data are kept.";
    DeadLetter "dead_letter" Component YesOrComponent, "Where messages go that fail again and again.";
    RateLimit "rate_limit" Component Text, "How callers are limited, such as a token bucket.";
    Encryption "encryption" Component Choice(&["at_rest", "in_transit", "both"]), "Where data is encrypted.";
    Label "label" Connection Text, "What the arrow says.";
    Protocol "protocol" Connection Text, "https, http, grpc, graphql, websocket, sse, tcp, udp, ...";
    Calls "calls" Connection Number, "Calls a request makes; 1 if left out.";
    Share "share" Connection Percent, "Part of the requests that take this connection.";
    OnMiss "on_miss" Connection Id, "The cache whose misses come this way.";
    Only "only" Connection Choice(&["reads", "writes"]), "Which requests take this connection.";
    Optional "optional" Connection YesNo, "Its failure does not fail the flow.";
    Timeout "timeout" Connection Duration, "How long the caller waits.";
    Retries "retries" Connection Count { least: 0 }, "How often the caller tries again.";
    CircuitBreaker "circuit_breaker" Connection YesNo, "The caller stops calling what fails.";
    Idempotent "idempotent" Connection YesNo, "Doing it twice is the same as once.";
    Encrypted "encrypted" Connection YesNo, "The traffic is encrypted.";
    Auth "auth" Both Text, "How callers prove who they are: a JWT, OAuth, a session, an API key, mTLS, or none.";
}

impl Attribute {
    /// The attribute that a key of a component or a connection stands for.
    #[must_use]
    pub fn named(name: &str, bearer: Bearer) -> Option<Self> {
        let mut slot = slot(name.as_bytes());
        loop {
            let attribute = SLOTS.get(slot).copied().flatten()?;
            let row = attribute.row();
            if row.name == name {
                return row.stands_on(bearer).then_some(attribute);
            }
            slot = (slot + 1) % SLOTS.len();
        }
    }

    /// The help that proposes what a key of a bearer is called here, or the nearest of those that are known.
    #[must_use]
    pub fn proposed(word: &str, bearer: Bearer, known: &[&str]) -> Option<String> {
        let meant = Self::meant(word, bearer);
        meant
            .map(|attribute| spelling::proposal(attribute.row().name))
            .or_else(|| spelling::did_you_mean(word, known))
    }

    /// Reads a text as a value of this attribute. Nothing serves no request at all, nothing is never up, who makes no call
    /// has no connection, and who waits for no time hears no answer.
    ///
    /// # Errors
    /// When the text is no such value, or none that anything has.
    pub fn parse(self, text: &str) -> Result<Value, ValueError> {
        let value = self.row().value.parse(text)?;
        let needs_more = matches!(
            self,
            Self::Capacity | Self::Availability | Self::Calls | Self::Timeout
        );
        let is_nothing = value.quantity().is_some_and(|figure| figure.value <= 0.0);
        if needs_more && is_nothing {
            return Err(value::nothing(text, &self.row().value.example()));
        }
        Ok(value)
    }

    /// The attribute that another word is used for elsewhere, if a bearer can have it.
    #[must_use]
    pub fn meant(word: &str, bearer: Bearer) -> Option<Self> {
        let word = word.to_lowercase().replace(['-', ' '], "_");
        let (_, meant) = ELSEWHERE
            .iter()
            .find(|(words, _)| words.contains(&&*word))?;
        meant.row().stands_on(bearer).then_some(*meant)
    }

    /// The attribute with a name, or which the name is used for elsewhere, if a bearer can have it.
    #[must_use]
    pub fn called(name: &str, bearer: Bearer) -> Option<Self> {
        Self::named(name, bearer).or_else(|| Self::meant(name, bearer))
    }

    /// The attributes that can stand on a bearer.
    pub fn of(bearer: Bearer) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |attribute| attribute.row().stands_on(bearer))
    }
}

impl Row {
    fn stands_on(&self, bearer: Bearer) -> bool {
        self.bearer == bearer || self.bearer == Bearer::Both
    }
}

/// What attributes are called elsewhere: they are proposed by it, for no spelling is near.
const ELSEWHERE: &[(&[&str], Attribute)] = &[
    (
        &["instances", "nodes", "copies", "count", "desired_count"],
        Attribute::Replicas,
    ),
    (&["quorum", "min_available"], Attribute::Needs),
    (
        &[
            "az",
            "azs",
            "zone",
            "availability_zone",
            "availability_zones",
            "multi_az",
            "racks",
        ],
        Attribute::Zones,
    ),
    (&["num_shards", "shard_count"], Attribute::Shards),
    (
        &[
            "shard_key",
            "sharding_key",
            "shard_by",
            "sharded_by",
            "partition_by",
            "hash_key",
            "distribution_key",
        ],
        Attribute::PartitionKey,
    ),
    (
        &["qps", "rps", "throughput", "max_qps", "max_rps", "limit"],
        Attribute::Capacity,
    ),
    (
        &["response_time", "service_time", "p50"],
        Attribute::Latency,
    ),
    (&["sla", "uptime"], Attribute::Availability),
    (&["scaling", "elastic"], Attribute::Autoscaling),
    (&["probes", "liveness"], Attribute::HealthChecks),
    (
        &["expiry", "expiration", "expires", "expire_after"],
        Attribute::Ttl,
    ),
    (&["dlq", "dead_letter_queue"], Attribute::DeadLetter),
    (
        &["throttle", "throttling", "rate_limiter", "rate_limiting"],
        Attribute::RateLimit,
    ),
    (&["attempts", "max_retries"], Attribute::Retries),
    (&["deadline"], Attribute::Timeout),
    (&["tls", "ssl", "mtls", "secure"], Attribute::Encrypted),
    (&["breaker"], Attribute::CircuitBreaker),
    (&["authentication", "authorization"], Attribute::Auth),
];

/// Attributes by their names: each in the slot that its name gives, or in the next that was free. More than half of the
/// slots are free, so that a name is found, or not, at the first or second look.
static SLOTS: [Option<Attribute>; 128] = slots();

#[expect(
    clippy::indexing_slicing,
    reason = "it runs while the program is built, which a panic would end"
)]
const fn slots() -> [Option<Attribute>; 128] {
    let mut slots = [None; 128];
    let mut at = 0;
    while at < Attribute::ALL.len() {
        let attribute = Attribute::ALL[at];
        let mut slot = slot(attribute.row().name.as_bytes());
        while slots[slot].is_some() {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = Some(attribute);
        at += 1;
    }
    slots
}

/// The slot of a name: from its length, its first, its middle and its last letter.
const fn slot(name: &[u8]) -> usize {
    let [first, .., last] = name else {
        return name.len();
    };
    let (_, rest) = name.split_at(name.len() / 2);
    let middle = match rest {
        [middle, ..] => *middle,
        [] => 0,
    };
    (name.len() + 3 * *first as usize + 7 * middle as usize + 31 * *last as usize) % 128
}

/// The stated attributes of one bearer, in the table's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(Vec<(Attribute, Value)>);

impl Attributes {
    /// The value of an attribute, where it is stated.
    #[must_use]
    pub fn get(&self, attribute: Attribute) -> Option<&Value> {
        self.0
            .iter()
            .find(|(name, _)| *name == attribute)
            .map(|(_, value)| value)
    }

    /// States a value; gives back the one that stood there.
    pub fn set(&mut self, attribute: Attribute, value: Value) -> Option<Value> {
        match self.0.binary_search_by_key(&attribute, |(name, _)| *name) {
            Ok(at) => self
                .0
                .get_mut(at)
                .map(|slot| std::mem::replace(&mut slot.1, value)),
            Err(at) => {
                self.0.insert(at, (attribute, value));
                None
            }
        }
    }

    /// Makes room for so many values.
    pub fn reserve(&mut self, values: usize) {
        self.0.reserve(values);
    }

    /// Takes a value back.
    pub fn remove(&mut self, attribute: Attribute) -> Option<Value> {
        let at = self.0.iter().position(|(name, _)| *name == attribute)?;
        Some(self.0.remove(at).1)
    }

    /// What is stated, in the table's order.
    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &Value)> {
        self.0.iter().map(|(attribute, value)| (*attribute, value))
    }

    /// A stated whole number.
    #[must_use]
    pub fn count(&self, attribute: Attribute) -> Option<u64> {
        match self.get(attribute) {
            Some(Value::Count(n)) => Some(*n),
            _ => None,
        }
    }

    /// A stated yes or no.
    #[must_use]
    pub fn yes_no(&self, attribute: Attribute) -> Option<bool> {
        match self.get(attribute) {
            Some(Value::YesNo(yes)) => Some(*yes),
            _ => None,
        }
    }

    /// A stated word.
    #[must_use]
    pub fn word(&self, attribute: Attribute) -> Option<&str> {
        match self.get(attribute) {
            Some(Value::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// A stated number in base units: seconds, requests a second, shares from 0 to 1.
    #[must_use]
    pub fn number(&self, attribute: Attribute) -> Option<f64> {
        self.get(attribute)
            .and_then(Value::quantity)
            .map(|quantity| quantity.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_is_found_by_its_name() {
        for attribute in Attribute::ALL {
            let row = attribute.row();
            let bearer = if row.bearer == Bearer::Both {
                Bearer::Component
            } else {
                row.bearer
            };
            assert_eq!(
                Attribute::named(row.name, bearer),
                Some(*attribute),
                "{}",
                row.name
            );
            assert!(
                row.doc.ends_with('.') || row.doc.ends_with("..."),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn what_attributes_are_called_elsewhere_is_no_name_and_means_one_of_them() {
        let words = ELSEWHERE
            .iter()
            .flat_map(|(words, meant)| words.iter().map(|word| (*word, *meant)));
        for (word, meant) in words {
            for bearer in [Bearer::Component, Bearer::Connection] {
                assert_eq!(Attribute::named(word, bearer), None, "{word}");
                let expected = meant.row().stands_on(bearer).then_some(meant);
                assert_eq!(Attribute::meant(word, bearer), expected, "{word}");
            }
        }
        let shouted = Attribute::meant("Shard-Key", Bearer::Component);
        assert_eq!(shouted, Some(Attribute::PartitionKey));
    }

    #[test]
    fn the_order_of_setting_does_not_show() {
        let mut one = Attributes::default();
        one.set(Attribute::Zones, Value::Count(2));
        one.set(Attribute::Replicas, Value::Count(3));
        let mut other = Attributes::default();
        other.set(Attribute::Replicas, Value::Count(3));
        other.set(Attribute::Zones, Value::Count(2));
        assert_eq!(one, other);
    }
}
