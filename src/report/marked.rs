//! What an assessment says of components and connections, as marks on a picture.
//!
//! Knows findings; how marks look is the drawing's business.

use std::collections::BTreeMap;

use crate::assess::Assessment;
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
            severity: finding.severity,
            text: finding.message.clone(),
            key: key(at),
        };
        let named = finding
            .subjects
            .iter()
            .filter_map(|id| design.component(id));
        let mut components: Vec<usize> = named.collect();
        match finding.place {
            Place::Entry(Part::Components, place) | Place::Attribute(place, _) => {
                components.push(place);
            }
            Place::Entry(Part::Connections, place) | Place::Link(place, _) => {
                put(&mut marks.connections, place, &mark);
            }
            _ => {}
        }
        components.sort_unstable();
        components.dedup();
        for component in components {
            put(&mut marks.components, component, &mark);
        }
    }
    marks
}

fn put(marks: &mut BTreeMap<usize, Vec<Mark>>, at: usize, mark: &Mark) {
    marks.entry(at).or_default().push(mark.clone());
}
