//! What can be asked of a finding's acceptance by the design: so that who owns the rules says what may be accepted, and how.
//!
//! Knows what an entry of `allow` states; knows not whether it is used.

use super::super::comparison::{Comparison, Operand};
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::selector::Test;
use super::Feature;
use crate::model::{Allowance, ValueType};
use crate::notation::yaml::Node;

pub(super) const FEATURES: &[Feature] = &[
    Feature {
        name: "rule",
        read: |node, reader| stated(node, reader, "rule", |one| Some(&one.rule)),
    },
    Feature {
        name: "subject",
        read: |node, reader| stated(node, reader, "subject", |one| one.subject.as_ref()),
    },
    Feature {
        name: "reason",
        read: |node, reader| stated(node, reader, "reason", |one| Some(&one.reason)),
    },
    Feature {
        name: "owner",
        read: |node, reader| stated(node, reader, "owner", |one| one.owner.as_ref()),
    },
    Feature {
        name: "until",
        read: |node, reader| stated(node, reader, "last day", |one| one.until.as_ref()),
    },
];

/// A comparison with what an acceptance states.
fn stated(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    name: &'static str,
    text: fn(&Allowance) -> Option<&String>,
) -> Option<Test> {
    let comparison = Comparison::read_of(ValueType::Text, name, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let allowance = scene.subject.design.allow.get(at);
        let text = allowance.and_then(text).map(String::as_str);
        let what = || {
            let rule = Noun::Allowance.name(scene, at);
            format!("{name} of the acceptance of {rule}")
        };
        comparison.test(&Operand::word(text), trace, &what)
    }))
}
