//! Messages that arrive faster than they are taken out.
//!
//! Knows carriers that are bound or any; computes nothing itself.

use super::super::condition::Condition;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::reckoned::{miss_all, span};
use super::load::{AT, moment};
use crate::analysis::{Moment, Truth, backlogs};
use crate::model::quantity::Dimension;
use crate::notation::yaml::{Fields, Node};

/// The word for a backlog that only ever grows.
pub(super) const GROWS: &str = "grows";

/// `backlog: {at: peak}`: what the bound component carries (or some component) is fed faster than it is drained.
pub(super) fn backlog(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let moment = if let Some(word) = node.text() {
        if word != GROWS {
            reader.unknown(node, "word", word, &[GROWS]);
            return None;
        }
        Moment::Average
    } else {
        let fields = Fields::of(node, "`backlog`", reader.issues)?;
        fields.known(AT, reader.issues);
        moment(&fields, reader)?
    };
    Some(Condition::new(move |scene, trace| {
        let study = scene.study();
        let bound = scene.bound_to(Noun::Component);
        let all = backlogs(&study);
        let asked = all
            .iter()
            .filter(|one| bound.is_none_or(|at| at == one.queue));
        asked.fold(Truth::No, |truth, one| {
            let balance = match moment {
                Moment::Average => &one.average,
                Moment::Peak => &one.peak,
            };
            if balance.fed.best.is_none() && balance.growth.inputs.missing.is_empty() {
                return truth;
            }
            let answer = !balance.growth.meets(|growth| growth <= 0.0);
            trace.find(Noun::Component.place(scene, one.queue), || {
                scene.subject.design.id(one.queue).to_owned()
            });
            if !answer.is_no() {
                trace.see(|| {
                    format!(
                        "{} is fed {} and drained of {}",
                        scene.subject.design.id(one.queue),
                        span(&balance.fed, Dimension::RATE),
                        span(&balance.drained, Dimension::RATE)
                    )
                });
                if answer == Truth::NotStated {
                    miss_all(&balance.growth.inputs, scene, trace);
                }
            }
            truth.or(answer)
        })
    }))
}
