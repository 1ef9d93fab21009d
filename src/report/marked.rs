//! What an assessment says of components and connections, as marks on a picture.
//!
//! Knows findings; how marks look is the drawing's business.

use std::collections::BTreeMap;

use crate::assess::{Assessment, Finding};
use crate::drawing::{Mark, Marks};
use crate::model::{Design, Part, Place};

/// The key of the finding at a position of the list.
#[must_use]
pub fn key(finding: usize) -> String {
    format!("finding-{}", finding + 1)
}

/// The marks that the findings of an assessment leave on a design. Accepted findings leave none.
#[must_use]
pub fn marks(assessment: &Assessment, design: &Design) -> Marks {
    let mut marks = Marks::default();
    for (at, finding) in assessment.findings.iter().enumerate() {
        if finding.allowed.is_some() {
            continue;
        }
        let mark = Mark {
            severity: Some(finding.severity),
            text: finding.message.clone(),
            key: key(at),
        };
        if let Place::Entry(Part::Connections, place) | Place::Link(place, _) = finding.place {
            put(&mut marks.connections, place, &mark);
        }
        for component in components_of(finding, design) {
            put(&mut marks.components, component, &mark);
        }
    }
    marks
}

/// The components that a finding is about, in their order.
#[must_use]
pub fn components_of(finding: &Finding, design: &Design) -> Vec<usize> {
    let named = finding.subjects.iter();
    let mut components: Vec<usize> = named.filter_map(|id| design.component(id)).collect();
    if let Place::Entry(Part::Components, at) | Place::Attribute(at, _) = finding.place {
        components.push(at);
    }
    components.sort_unstable();
    components.dedup();
    components
}

fn put(marks: &mut BTreeMap<usize, Vec<Mark>>, at: usize, mark: &Mark) {
    marks.entry(at).or_default().push(mark.clone());
}
