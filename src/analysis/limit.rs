//! How far the load can grow until something gives way, read with worst, usual and best inputs.
//!
//! Knows utilisations; knows not how they come about.

use super::inputs::Inputs;
use super::load::{Moment, Use};
use super::scenario::Stance;
use super::study::Study;
use super::verdict::Reckoning;
use crate::model::Attribute;

/// What first gives way when the load of all flows grows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limit {
    /// The factor of the stated load at which it is saturated, whatever the load is now.
    pub factor: Reckoning,
    /// The component, with usual inputs.
    pub bottleneck: Option<usize>,
}

/// Factors no farther apart than this part of them are the same.
const ROUNDING: f64 = 1e-12;

/// Factors beyond this say no more than that there is no end to it; they keep reports finite.
const MOST_FACTOR: f64 = 1e15;

impl Study<'_> {
    /// What of a flow first gives way when the load of all flows grows. What scales by itself never does.
    #[must_use]
    pub fn limit(&self, flow: usize) -> Limit {
        let Some(facts) = self.flow(flow) else {
            return Limit::default();
        };
        let components: Vec<usize> = facts.components.iter().copied().collect();
        self.limit_of(&components)
    }

    /// What of some components first gives way when the load of all flows grows.
    #[must_use]
    pub fn limit_of(&self, components: &[usize]) -> Limit {
        let mut inputs = Inputs::default();
        let mut bottleneck = None;
        let now = self.change.load_factor();
        let [worst, usual, best] = Stance::ALL.map(|stance| {
            let loads = self.loads(stance);
            let mut least: Option<(f64, usize)> = None;
            let mut open = false;
            for component in components.iter().copied().filter(|at| !self.scales(*at)) {
                match self.use_of(component, Moment::Average, stance) {
                    Use::Share(share) if share > 0.0 => {
                        let factor = (now / share).min(MOST_FACTOR);
                        // Of several that give way at once it is the first by name, whatever the order of the file.
                        let id = self.subject.design.id(component);
                        if least.is_none_or(|(least, other)| {
                            let (slack, first) = (least * ROUNDING, self.subject.design.id(other));
                            factor < least - slack || (factor <= least + slack && id < first)
                        }) {
                            least = Some((factor, component));
                        }
                    }
                    Use::Unknown => open = true,
                    _ => {}
                }
                let arrives = loads.average.get(component);
                open |= arrives.is_some_and(|load| !load.open.is_empty());
            }
            if stance == Stance::Usual {
                bottleneck = least.map(|(_, component)| component);
            }
            if let Some((_, component)) = least {
                self.join_used_on(component, stance, &mut inputs);
            }
            least
                .map(|(factor, _)| factor)
                .filter(|_| !(open && stance == Stance::Worst))
        });
        Limit {
            factor: Reckoning {
                worst,
                usual,
                best,
                inputs,
            },
            bottleneck,
        }
    }

    /// Instances come and go with the load.
    #[must_use]
    pub fn scales(&self, component: usize) -> bool {
        let found = self.subject.design.components.get(component);
        found.is_some_and(|c| c.attributes.yes_no(Attribute::Autoscaling) == Some(true))
    }
}
