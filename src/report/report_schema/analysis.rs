//! The keys of what is computed of a design: its journeys, loads, queues, stores and failures.
//!
//! Knows the keys; their types are those of the report.

use super::{BOUNDS, Key, MAYBE_NUMBER, MAYBE_TEXT, Of, TEXTS, key};

/// What was computed of a design.
pub(super) const ANALYSIS: &[Key] = &[
    key(
        "flows_inferred",
        Of::YesNo,
        "whether no flow is stated, and the ways from each client to each store stand in",
    ),
    key(
        "zones_left_out",
        Of::YesNo,
        "whether zones were left out as common causes of failure, for their availability is not stated",
    ),
    key(
        "quorums_without_needs",
        TEXTS,
        "components that work by a quorum and state no `needs`, so that one instance counts as enough",
    ),
    key(
        "single_points_of_failure",
        Of::List(&Of::Object(POINT)),
        "components that stop a flow when one machine is lost",
    ),
    key("flows", Of::List(&Of::Object(FLOW)), "each flow"),
    key(
        "load",
        Of::List(&Of::Object(LOAD)),
        "each component under so many times the load",
    ),
    key(
        "peak",
        Of::Maybe(&Of::Object(LOAD)),
        "each component at the peak, where peaks are stated",
    ),
    key(
        "queues",
        Of::List(&Of::Object(QUEUE)),
        "each carrier of messages",
    ),
    key(
        "stores",
        Of::List(&Of::Object(STORE)),
        "each store with a known rate of writes",
    ),
    key(
        "failures",
        Of::List(&Of::Object(FAILURE)),
        "what each single failure does to each flow; of `sysdrill analyze` alone",
    ),
    key(
        "assumed",
        Of::List(&Of::Object(ASSUMED)),
        "inputs that the design leaves out and the catalog states as usual",
    ),
];

const POINT: &[Key] = &[
    key("component", Of::Text, "its id"),
    key("flows", TEXTS, "the flows that break without it"),
];

const FLOW: &[Key] = &[
    key("id", Of::Text, "its id"),
    key(
        "works",
        Of::Text,
        "whether it works with what a change leaves: yes, no or not_stated",
    ),
    key(
        "availability",
        MAYBE_NUMBER,
        "the share of time that it works, from 0 to 1",
    ),
    key("availability_bounds", BOUNDS, "its least and most"),
    key(
        "availability_exact",
        Of::YesNo,
        "whether it was computed and not bounded",
    ),
    key(
        "availability_target",
        Of::Maybe(&Of::Object(TARGET)),
        "its target",
    ),
    key(
        "downtime_s_per_year",
        MAYBE_NUMBER,
        "seconds a year that it does not work",
    ),
    key("latency_p50_ms", MAYBE_NUMBER, "the median latency"),
    key(
        "latency_p99_ms",
        MAYBE_NUMBER,
        "the latency that one request of a hundred exceeds",
    ),
    key(
        "latency_p50_bounds_ms",
        BOUNDS,
        "the least and most of the median",
    ),
    key(
        "latency_p99_bounds_ms",
        BOUNDS,
        "the least and most of the 99th percentile",
    ),
    key(
        "latency_p50_target",
        Of::Maybe(&Of::Object(TARGET)),
        "the target of the median",
    ),
    key(
        "latency_p99_target",
        Of::Maybe(&Of::Object(TARGET)),
        "the target of the 99th percentile",
    ),
    key(
        "saturated",
        MAYBE_TEXT,
        "the component that gets more than it can serve",
    ),
    key(
        "breaks_at_load",
        MAYBE_NUMBER,
        "so many times the load break it",
    ),
    key(
        "breaks_at_load_bounds",
        BOUNDS,
        "the least and most of that",
    ),
    key("bottleneck", MAYBE_TEXT, "the component that breaks first"),
    key(
        "minimal_cuts",
        Of::List(&TEXTS),
        "what has to be lost together to break it",
    ),
    key(
        "minimal_cuts_complete",
        Of::YesNo,
        "whether all of up to three losses are listed",
    ),
    key(
        "importance",
        Of::List(&Of::Object(IMPORTANCE)),
        "how much each component matters",
    ),
    key("assumed", TEXTS, "inputs that were assumed"),
    key("unknown", TEXTS, "inputs that are missing"),
];

const TARGET: &[Key] = &[
    key("target", Of::Number, "the number that is wanted"),
    key("met", Of::Text, "whether it is met: yes, no or not_stated"),
    key(
        "flips",
        Of::List(&Of::Object(FLIP)),
        "the values of inputs at which the verdict turns",
    ),
];

const FLIP: &[Key] = &[
    key("input", Of::Text, "the input"),
    key("at", Of::Text, "the value"),
];

const IMPORTANCE: &[Key] = &[
    key("component", Of::Text, "its id"),
    key(
        "birnbaum",
        Of::Number,
        "Birnbaum's measure: by how much the flow's availability grows with that of the component",
    ),
];

const LOAD: &[Key] = &[
    key("factor", Of::Number, "so many times the stated load"),
    key(
        "components",
        Of::List(&Of::Object(COMPONENT)),
        "each component",
    ),
];

const COMPONENT: &[Key] = &[
    key("id", Of::Text, "its id"),
    key("rate_per_s", Of::Number, "requests a second"),
    key(
        "rate_is_a_lower_bound",
        Of::YesNo,
        "whether rates of flows through it are missing",
    ),
    key(
        "utilisation",
        MAYBE_NUMBER,
        "the rate over what it can serve",
    ),
    key("utilisation_bounds", BOUNDS, "its least and most"),
    key(
        "utilisation_with_retries",
        MAYBE_NUMBER,
        "the same when failed requests are tried again",
    ),
    key(
        "grows_with_load",
        Of::YesNo,
        "whether it grows with the load",
    ),
    key(
        "replicas_needed",
        Of::Maybe(&Of::Count),
        "instances that the rate needs",
    ),
    key(
        "shards_needed",
        Of::Maybe(&Of::Count),
        "shards that the rate needs",
    ),
    key("unknown", TEXTS, "inputs that are missing"),
];

const QUEUE: &[Key] = &[
    key("id", Of::Text, "its id"),
    key("readers", TEXTS, "what takes from it"),
    key("average", Of::Object(BALANCE), "on average"),
    key("peak", Of::Object(BALANCE), "at the peak"),
    key(
        "messages_lost_after_s",
        MAYBE_NUMBER,
        "seconds of growth until messages are lost",
    ),
    key(
        "left_by_an_hour_of_peak",
        MAYBE_NUMBER,
        "messages that an hour of peak leaves",
    ),
    key(
        "drained_after_peak_s",
        MAYBE_NUMBER,
        "seconds until they are gone",
    ),
    key("unknown", TEXTS, "inputs that are missing"),
];

const BALANCE: &[Key] = &[
    key("fed_per_s", MAYBE_NUMBER, "messages that come in"),
    key(
        "drained_per_s",
        MAYBE_NUMBER,
        "messages that can be taken out",
    ),
    key(
        "growth_per_s",
        MAYBE_NUMBER,
        "by how much the queue grows; 0 where it is drained as fast as it is fed",
    ),
    key("growth_bounds_per_s", BOUNDS, "its least and most"),
];

const STORE: &[Key] = &[
    key("id", Of::Text, "its id"),
    key("writes_per_s", MAYBE_NUMBER, "writes a second"),
    key("entry_bytes", MAYBE_NUMBER, "bytes of a record"),
    key("bytes_per_day", MAYBE_NUMBER, "bytes that a day adds"),
    key("bytes_per_year", MAYBE_NUMBER, "bytes that a year adds"),
    key("copies", MAYBE_NUMBER, "how often each byte is kept"),
    key("copies_bounds", BOUNDS, "its least and most"),
    key("bytes_kept", MAYBE_NUMBER, "bytes that are kept in the end"),
    key(
        "node_full_after_s",
        MAYBE_NUMBER,
        "seconds until one node is full",
    ),
    key("node_full_after_bounds_s", BOUNDS, "its least and most"),
    key("unknown", TEXTS, "inputs that are missing"),
];

const FAILURE: &[Key] = &[
    key("lost", Of::Text, "what is lost"),
    key(
        "flows",
        Of::List(&Of::Object(FAILED)),
        "each flow without it",
    ),
];

const FAILED: &[Key] = &[
    key("flow", Of::Text, "its id"),
    key("state", Of::Text, "what becomes of it"),
];

const ASSUMED: &[Key] = &[
    key("input", Of::Text, "the input"),
    key("range", Of::Text, "what is usual"),
    key("source", Of::Text, "who says so"),
];
