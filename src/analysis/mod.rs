//! Facts that follow from a design: where flows run, what they need, what survives which failure; and what can be computed
//! of it: availability, load, latency, storage, under any change.
//!
//! Knows the graph and the attributes; knows no points and no people.

mod amplification;
pub mod assumption;
mod attack;
mod backlog;
pub mod distribution;
pub mod explain;
mod failure;
mod flows;
mod inputs;
mod journey;
mod limit;
mod load;
mod overview;
pub mod queueing;
mod quorum;
pub mod reliability;
mod scenario;
mod setting;
mod sorted;
mod storage;
mod study;
mod subject;
mod survival;
mod timing;
mod truth;
mod uptime;
mod verdict;
mod whatif;

pub use attack::{Attack, Blow, Fate, LOADS, Sort, attacks, strike, survived};
pub use backlog::{Backlog, Balance, backlogs};
pub use failure::{Failure, Failures, State, change, failures};
pub use flows::FlowFacts;
pub use inputs::Inputs;
pub use journey::{Call, Journey};
pub use limit::Limit;
pub use load::{Load, Moment, Pushed, Use};
pub use overview::{
    Assumed, BalanceOverview, ComponentOverview, Detail, FACTORS, FailureOverview, FlowOverview,
    LoadOverview, Overview, QueueOverview, Ranged, StoreOverview, TargetOverview, lost_name,
};
pub use scenario::{Key, Scenario, Stance};
pub use storage::{Entry, Growth, Sizes, growth};
pub use study::{Findings, Latency, LoadReading, Study};
pub use subject::Subject;
pub use survival::{Domain, survives};
pub use timing::{MOST_VISITS, Timing, Untimed};
pub use truth::Truth;
pub use uptime::{Lost, Needs, StatedCuts, Uptime};
pub use verdict::{Flip, Question, Reckoning, Verdict};
pub use whatif::{NOTHING, Slower, WhatIf, WhatIfError, Zone};
