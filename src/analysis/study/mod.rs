//! All analyses of a design under a change, each with worst, usual and best inputs: what is certain, what depends on an
//! assumed input, and what has no basis.
//!
//! Knows how results are put together and remembered; each analysis stands in its own file.

mod loads;
mod times;

use std::cell::OnceCell;

use super::Subject;
use super::flows::FlowFacts;
use super::inputs::Inputs;
use super::scenario::{Scenario, Stance};
use super::timing::Walks;
use super::truth::Truth;
use super::uptime::{self, Needs, StatedCuts, Uptime};
use super::verdict::Reckoning;
use super::whatif::WhatIf;
pub use loads::LoadReading;
use loads::UseOf;
pub use times::{Latency, TimingReading};

/// Something with each reading of the inputs, in the order of [`Stance::ALL`].
type Readings<T> = [OnceCell<T>; 3];

/// Something for each flow, in their order.
type PerFlow<T> = OnceCell<Vec<T>>;

/// What was computed before. Belongs to one subject under one change.
#[derive(Debug, Default)]
pub struct Findings {
    loads: Readings<LoadReading>,
    uses: OnceCell<Vec<OnceCell<UseOf>>>,
    needs: PerFlow<OnceCell<Option<Needs>>>,
    uptimes: PerFlow<Readings<(Option<Uptime>, Inputs)>>,
    timings: PerFlow<Readings<TimingReading>>,
    latencies: PerFlow<OnceCell<Latency>>,
    cuts: PerFlow<OnceCell<StatedCuts>>,
    pub(super) walks: Walks,
}

/// The analyses of a subject under a change.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// The design with its flows.
    pub subject: &'a Subject<'a>,
    /// What is changed.
    pub change: &'a WhatIf,
    pub(super) found: &'a Findings,
}

impl<'a> Study<'a> {
    /// The analyses of a subject under a change.
    #[must_use]
    pub const fn new(subject: &'a Subject<'a>, change: &'a WhatIf, found: &'a Findings) -> Self {
        Self {
            subject,
            change,
            found,
        }
    }

    /// A reading of the inputs.
    #[must_use]
    pub fn scenario(&self, stance: Stance) -> Scenario<'a> {
        let subject = self.subject;
        Scenario::new(subject.design, subject.vocabulary, stance, self.change)
    }

    /// The flows.
    #[must_use]
    pub fn flows(&self) -> &'a [FlowFacts] {
        &self.subject.flows
    }

    pub(super) fn flow(&self, at: usize) -> Option<&'a FlowFacts> {
        self.flows().get(at)
    }

    fn slots<T>(&self) -> Vec<T>
    where
        T: Default,
    {
        self.flows().iter().map(|_| T::default()).collect()
    }

    /// What a flow needs; none for a flow that leads nowhere.
    #[must_use]
    pub fn needs(&self, flow: usize) -> Option<&'a Needs> {
        let slots = self.found.needs.get_or_init(|| self.slots());
        let facts = self.flow(flow)?;
        let subject = self.subject;
        slots
            .get(flow)?
            .get_or_init(|| {
                let flows = subject.flows.len();
                uptime::needs(facts, flows, subject.design, subject.vocabulary)
            })
            .as_ref()
    }

    /// The availability of a flow: with the worst inputs its lower bound, with the best its upper one.
    #[must_use]
    pub fn availability(&self, flow: usize) -> Reckoning {
        let Some(needs) = self.needs(flow) else {
            return Reckoning::unknown(self.no_way(flow));
        };
        let slots = self.found.uptimes.get_or_init(|| self.slots());
        let mut inputs = Inputs::default();
        let [worst, usual, best] = Stance::ALL.map(|stance| {
            let slot = slots.get(flow).and_then(|of| of.get(stance as usize));
            let (uptime, on) = slot?.get_or_init(|| {
                let scenario = self.scenario(stance);
                let uptime = needs.uptime(&scenario);
                (uptime, Inputs::taken(&scenario))
            });
            inputs.join(on);
            *uptime
        });
        Reckoning {
            worst: worst.map(|uptime| uptime.lower),
            usual: usual.map(|uptime| f64::midpoint(uptime.lower, uptime.upper)),
            best: best.map(|uptime| uptime.upper),
            inputs,
        }
    }

    /// Why nothing is known of a flow.
    #[must_use]
    pub fn no_way(&self, flow: usize) -> String {
        let Some(facts) = self.flow(flow) else {
            return "the flow".to_owned();
        };
        if facts.walked {
            format!("a way for {}", facts.flow.id)
        } else {
            format!(
                "{}: the flows before it are too many and too long",
                facts.flow.id
            )
        }
    }

    /// The smallest sets of losses that stop a flow.
    #[must_use]
    pub fn cuts(&self, flow: usize) -> Option<&'a StatedCuts> {
        let needs = self.needs(flow)?;
        let slots = self.found.cuts.get_or_init(|| self.slots());
        let cut = || needs.cuts(&self.scenario(Stance::Worst));
        Some(slots.get(flow)?.get_or_init(cut))
    }

    /// Whether a flow works with what the change leaves of it.
    #[must_use]
    pub fn works(&self, flow: usize) -> Truth {
        let needs = self.needs(flow);
        needs.map_or(Truth::NotStated, |needs| self.works_by(needs))
    }

    /// Whether what a flow needs is there with what the change leaves.
    pub(super) fn works_by(&self, needs: &Needs) -> Truth {
        let at_worst = needs.works(&self.scenario(Stance::Worst));
        if at_worst || self.change.is_empty() {
            return Truth::from(at_worst);
        }
        if needs.works(&self.scenario(Stance::Best)) {
            Truth::NotStated
        } else {
            Truth::No
        }
    }
}
