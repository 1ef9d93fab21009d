//! Everything that the analyses say of a design, as plain data: what reports and the coach show.
//!
//! Knows names of components and flows; knows no words for people beyond those names.

mod flow;
mod load;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::assumption;
use super::backlog::{self, Balance};
use super::failure::{self, State};
use super::inputs::Inputs;
use super::load::Moment;
use super::quorum;
use super::scenario::Stance;
use super::storage::{self, Entry, Sizes};
use super::study::Study;
use super::truth::Truth;
use super::uptime::Lost;
use super::verdict::{self, Reckoning};
use flow::flow;
use load::loads;

/// How much is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What every report carries.
    Brief,
    /// Single failures and the values at which verdicts flip, too.
    Full,
}

/// What the analyses say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// No flow was stated; the ways from each client to each store stand in.
    pub flows_inferred: bool,
    /// Zones were left out as common causes of failure, for their availability is not stated.
    pub zones_left_out: bool,
    /// Components that work by a quorum, of which one instance counts as enough, for they state no `needs`.
    pub quorums_without_needs: Vec<String>,
    /// Components that stop a flow when one machine is lost, each with those flows.
    pub single_points_of_failure: Vec<(String, Vec<String>)>,
    /// Each flow.
    pub flows: Vec<FlowOverview>,
    /// The load at each factor of the stated rates.
    pub load: Vec<LoadOverview>,
    /// The load when all flows are at their peaks, where one states a peak.
    pub peak: Option<LoadOverview>,
    /// Carriers of messages.
    pub queues: Vec<QueueOverview>,
    /// Stores with a known rate of writes.
    pub stores: Vec<StoreOverview>,
    /// Each single failure; only in full.
    pub failures: Vec<FailureOverview>,
    /// All single failures were gone through.
    pub failures_complete: bool,
}

/// A number with its readings, and what it rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranged {
    /// With the inputs that make it worst.
    pub worst: Option<f64>,
    /// With usual inputs.
    pub usual: Option<f64>,
    /// With the inputs that make it best.
    pub best: Option<f64>,
    /// What is assumed. Several numbers often rest on the same.
    pub assumed: Arc<[Assumed]>,
    /// What has no basis.
    pub missing: Vec<String>,
}

impl Ranged {
    /// The lower and the higher end, whichever is the worse one; none where an end is open.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        verdict::ends(self.worst, self.best)
    }
}

/// An assumed input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumed {
    /// What it is: "capacity of links".
    pub what: String,
    /// Its range.
    pub range: String,
    /// Where the range comes from.
    pub source: String,
}

/// A target and what can be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetOverview {
    /// The target, in base units.
    pub target: f64,
    /// Whether it is met.
    pub met: Truth,
    /// Assumed inputs that decide it, each with the value at which the verdict flips.
    pub flips: Vec<(String, String)>,
}

/// What is said of a flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowOverview {
    /// Its name.
    pub id: String,
    /// Requests a second on average.
    pub rate: Option<f64>,
    /// Requests a second at the peak.
    pub peak: Option<f64>,
    /// Whether it works with what a change leaves; not stated where that depends on what is not.
    pub works: Option<Truth>,
    /// It does not, because what a change leaves can't keep up.
    pub overloaded: bool,
    /// The probability that it works.
    pub availability: Ranged,
    /// That probability is exact for given inputs; bounds otherwise.
    pub exact: bool,
    /// The availability that is wanted.
    pub availability_target: Option<TargetOverview>,
    /// Time at p50, in seconds.
    pub p50: Ranged,
    /// Time at p99, in seconds.
    pub p99: Ranged,
    /// The component that is saturated, so that there is no time, with usual inputs.
    pub saturated: Option<String>,
    /// The time at p50 that is wanted.
    pub p50_target: Option<TargetOverview>,
    /// The time at p99 that is wanted.
    pub p99_target: Option<TargetOverview>,
    /// The factor of the load at which something saturates.
    pub breaks_at: Ranged,
    /// What saturates first, with usual inputs.
    pub bottleneck: Option<String>,
    /// The smallest sets of losses that stop it.
    pub minimal_cuts: Vec<Vec<String>>,
    /// All of them up to three losses are listed.
    pub cuts_complete: bool,
    /// What is not stated and could add to them: "replicas of api".
    pub cuts_open: Vec<String>,
    /// By how much its availability grows with that of each component, the most first.
    pub importance: Vec<(String, f64)>,
}

/// The load at one factor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadOverview {
    /// The factor of the stated rates.
    pub factor: f64,
    /// Each component that something reaches.
    pub components: Vec<ComponentOverview>,
}

/// The load of a component.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent remarks")]
pub struct ComponentOverview {
    /// Its name.
    pub id: String,
    /// Requests a second.
    pub rate: f64,
    /// Requests a second are more than that: flows without a rate arrive too.
    pub at_least: bool,
    /// How much of what it can serve is asked of it.
    pub utilisation: Ranged,
    /// It grows with the load.
    pub grows: bool,
    /// It is gone.
    pub gone: bool,
    /// Instances come and go with the load.
    pub autoscaling: bool,
    /// The utilisation that settles when callers try again.
    pub with_retries: Option<f64>,
    /// Instances and shards that this load needs, with usual inputs.
    pub needs: Option<(u64, u64)>,
}

/// What is said of a carrier of messages.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueOverview {
    /// Its name.
    pub id: String,
    /// Who reads.
    pub readers: Vec<String>,
    /// On average.
    pub average: BalanceOverview,
    /// At the peak.
    pub peak: BalanceOverview,
    /// Seconds until messages are lost, when it grows on average.
    pub time_to_loss: Option<f64>,
    /// Messages that an hour at the peak leaves behind.
    pub left_by_peak: Option<f64>,
    /// Seconds to drain them afterwards.
    pub drained_after_peak: Option<f64>,
}

/// Messages a second in and out.
#[derive(Clone, Debug, PartialEq)]
pub struct BalanceOverview {
    /// In.
    pub fed: Ranged,
    /// Out at most.
    pub drained: Ranged,
    /// By how much it grows.
    pub growth: Ranged,
}

/// What is said of a store.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreOverview {
    /// Its name.
    pub id: String,
    /// Entries written a second.
    pub writes: Ranged,
    /// Bytes of an entry, by which figure.
    pub entry: Option<Entry>,
    /// Bytes a day, one copy.
    pub a_day: Ranged,
    /// Copies of all data.
    pub copies: Ranged,
    /// Bytes of all copies once the oldest data goes.
    pub kept: Ranged,
    /// Seconds that data is kept.
    pub retention: Option<f64>,
    /// Seconds until a node is full.
    pub full_after: Ranged,
}

/// A single failure.
#[derive(Clone, Debug, PartialEq)]
pub struct FailureOverview {
    /// What is lost: "one of api", "all of api", "zone:1".
    pub lost: String,
    /// What is left of each flow.
    pub states: Vec<State>,
}

/// The factors at which load is shown.
pub const FACTORS: [f64; 3] = [1.0, 10.0, 100.0];

impl Overview {
    /// What the analyses say of a design under a change.
    #[must_use]
    pub fn of(study: &Study<'_>, sizes: &Sizes, detail: Detail) -> Self {
        let subject = study.subject;
        let design = subject.design;
        let states_peak = study.flows().iter().any(|facts| facts.flow.peak.is_some());
        let platform = design.platform.as_ref();
        let failures = match detail {
            Detail::Full => failure::failures(study),
            Detail::Brief => failure::Failures {
                table: Vec::new(),
                complete: true,
            },
        };
        Self {
            flows_inferred: design.flows.is_empty() && !study.flows().is_empty(),
            zones_left_out: platform
                .is_none_or(|p| p.zone_availability.is_none() && p.region_availability.is_none()),
            quorums_without_needs: uncounted(study),
            single_points_of_failure: single_points(study),
            flows: (0..study.flows().len())
                .map(|at| flow(at, study, detail))
                .collect(),
            load: loads(&FACTORS, Moment::Average, study),
            peak: states_peak
                .then(|| loads(&[1.0], Moment::Peak, study).pop())
                .flatten(),
            queues: queues(study),
            stores: stores(study, sizes),
            failures: failures
                .table
                .iter()
                .map(|failure| FailureOverview {
                    lost: lost_name(failure.lost, study),
                    states: failure.states.clone(),
                })
                .collect(),
            failures_complete: failures.complete,
        }
    }
}

fn uncounted(study: &Study<'_>) -> Vec<String> {
    let subject = study.subject;
    let components = subject.design.components.iter();
    let uncounted = components.filter(|it| quorum::is_uncounted(it, subject.vocabulary));
    uncounted.map(|component| component.id.clone()).collect()
}

fn single_points(study: &Study<'_>) -> Vec<(String, Vec<String>)> {
    let subject = study.subject;
    let mut points: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, facts) in subject.flows.iter().enumerate() {
        for component in single_points_of(at, study) {
            let id = subject.design.id(component).to_owned();
            points.entry(id).or_default().push(facts.flow.id.clone());
        }
    }
    points.into_iter().collect()
}

/// The components of a flow of which the loss of one instance stops it. A change may leave one of several; what it stops is
/// stopped by no instance.
fn single_points_of(flow: usize, study: &Study<'_>) -> BTreeSet<usize> {
    if study.change.killed.is_empty() && study.change.loses_none() {
        return study.subject.single_points_of_failure(flow);
    }
    let cuts = study.cuts(flow).into_iter().flat_map(|cuts| &cuts.minimal);
    let alone = cuts.filter_map(|cut| match cut.as_slice() {
        [Lost::Instance(component, _)] => Some(*component),
        _ => None,
    });
    let scenario = study.scenario(Stance::Worst);
    alone.filter(|at| !scenario.is_whole(*at)).collect()
}

/// A reckoning with the names of what it rests on.
#[must_use]
pub fn ranged(reckoning: &Reckoning, study: &Study<'_>) -> Ranged {
    Ranged {
        worst: reckoning.worst,
        usual: reckoning.usual,
        best: reckoning.best,
        assumed: assumed(&reckoning.inputs, study),
        missing: reckoning.inputs.missing.iter().cloned().collect(),
    }
}

fn assumed(inputs: &Inputs, study: &Study<'_>) -> Arc<[Assumed]> {
    let (design, vocabulary) = (study.subject.design, study.subject.vocabulary);
    let one = |key| {
        let (range, source) = assumption::basis(key, vocabulary, design);
        Assumed {
            what: assumption::name(key, design),
            range,
            source,
        }
    };
    inputs.assumed.iter().copied().map(one).collect()
}

/// What a loss is called.
#[must_use]
pub fn lost_name(lost: Lost, study: &Study<'_>) -> String {
    let id = |component: usize| study.subject.design.id(component);
    match lost {
        Lost::Instance(component, _) => format!("one of {}", id(component)),
        Lost::Component(component) => format!("all of {}", id(component)),
        Lost::Zone(zone) => zone.to_string(),
        Lost::Region(region) => format!("region:{region}"),
    }
}

fn queues(study: &Study<'_>) -> Vec<QueueOverview> {
    let id = |component: &usize| study.subject.design.id(*component).to_owned();
    let balance = |balance: &Balance| BalanceOverview {
        fed: ranged(&balance.fed, study),
        drained: ranged(&balance.drained, study),
        growth: ranged(&balance.growth, study),
    };
    backlog::backlogs(study)
        .iter()
        .map(|backlog| QueueOverview {
            id: id(&backlog.queue),
            readers: backlog.readers.iter().map(id).collect(),
            average: balance(&backlog.average),
            peak: balance(&backlog.peak),
            time_to_loss: backlog.time_to_loss(),
            left_by_peak: backlog.after_an_hour_of_peak().map(|(left, _)| left),
            drained_after_peak: backlog.after_an_hour_of_peak().and_then(|(_, time)| time),
        })
        .collect()
}

fn stores(study: &Study<'_>, sizes: &Sizes) -> Vec<StoreOverview> {
    storage::growth(study, sizes)
        .into_iter()
        .map(|growth| StoreOverview {
            id: study.subject.design.id(growth.store).to_owned(),
            writes: ranged(&growth.writes, study),
            a_day: ranged(&growth.a_day, study),
            copies: ranged(&growth.copies, study),
            kept: ranged(&growth.kept, study),
            full_after: ranged(&growth.full_after, study),
            retention: growth.retention,
            entry: growth.entry,
        })
        .collect()
}
