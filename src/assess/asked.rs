//! A design that questions can be asked about: with its rules, its problem, and the flows that it does not state.
//!
//! Knows what has to be there before a condition can be tested; what is good is the rules' business.

use super::Terms;
use crate::analysis::{Detail, Findings, Overview, Sizes, Study, Subject, WhatIf};
use crate::catalog::Catalog;
use crate::model::{Design, Figure, Flow, Level, Quantity, Route};
use crate::rubric::{
    Bound, Condition, FlowTemplate, Memo, Problem, Scene, Selector, Template, Trace, sizes,
    stated_figure,
};

/// A design with everything that questions about it need.
pub struct Asked<'a> {
    /// The scene in which conditions are asked.
    pub scene: Scene<'a>,
    pub(super) catalog: &'a Catalog,
    pub(super) terms: &'a Terms,
}

/// Prepares a design for questions, and lets `then` ask them.
pub fn ask<T>(
    design: &Design,
    catalog: &Catalog,
    level: Option<Level>,
    then: impl FnOnce(&Asked<'_>) -> T,
) -> T {
    ask_on(design, catalog, &Terms::at(level), then)
}

/// Prepares a design for questions that are asked on terms.
pub(super) fn ask_on<T>(
    design: &Design,
    catalog: &Catalog,
    terms: &Terms,
    then: impl FnOnce(&Asked<'_>) -> T,
) -> T {
    let accepting_nothing;
    let design = if terms.without_allowances && !design.allow.is_empty() {
        accepting_nothing = Design {
            allow: Vec::new(),
            ..design.clone()
        };
        &accepting_nothing
    } else {
        design
    };
    let vocabulary = &catalog.knowledge.vocabulary;
    let problem = design
        .problem
        .as_deref()
        .and_then(|slug| catalog.problem(slug));
    let level = terms.level.unwrap_or_else(|| design.judged_level());
    let bare = Subject::new(design, vocabulary, Vec::new());
    let memo = Memo::default();
    if !design.flows.is_empty() || problem.is_none() {
        return then(&Asked {
            scene: scene(&bare, &memo, catalog, problem, level),
            catalog,
            terms,
        });
    }
    let inferred = problem
        .map(|problem| flows_of(problem, &scene(&bare, &memo, catalog, Some(problem), level)))
        .unwrap_or_default();
    let subject = Subject::new(design, vocabulary, inferred);
    let memo = Memo::default();
    then(&Asked {
        scene: scene(&subject, &memo, catalog, problem, level),
        catalog,
        terms,
    })
}

/// A scene in which nothing is bound yet.
fn scene<'a>(
    subject: &'a Subject<'a>,
    memo: &'a Memo,
    catalog: &'a Catalog,
    problem: Option<&'a Problem>,
    level: Level,
) -> Scene<'a> {
    Scene {
        subject,
        knowledge: &catalog.knowledge,
        problem,
        level,
        memo,
        bound: Bound::default(),
        literal: false,
    }
}

/// The flows of a problem on the graph of a design that states none.
fn flows_of(problem: &Problem, scene: &Scene<'_>) -> Vec<Flow> {
    problem
        .flows
        .iter()
        .flat_map(|template| on_graph(template, scene))
        .collect()
}

/// A flow from each start to each end that can be reached from it without a break.
fn on_graph(template: &FlowTemplate, scene: &Scene<'_>) -> Vec<Flow> {
    let design = scene.subject.design;
    let waits = |at: usize| {
        design
            .connections
            .get(at)
            .is_some_and(|edge| !edge.asynchronous)
    };
    let sure = |selector: &Selector| -> Vec<usize> {
        selector
            .select(scene, true)
            .filter(|(_, truth)| truth.is_yes())
            .map(|(at, _)| at)
            .collect()
    };
    let ends = sure(&template.to);
    let mut pairs = Vec::new();
    for from in sure(&template.from) {
        let reached = scene.subject.graph.reachable(&[from], &waits);
        pairs.extend(
            ends.iter()
                .filter(|to| **to != from && reached.get(**to) == Some(&true))
                .map(|to| (from, *to)),
        );
    }
    let alone = pairs.len() == 1;
    let mut starts: Vec<usize> = pairs.iter().map(|(from, _)| *from).collect();
    starts.dedup();
    let rate = template.rate.as_ref().and_then(|id| {
        let Quantity { value, dimension } = stated_figure(scene, id)?.quantity;
        // What is known of all starts together is shared by them evenly.
        let starts = u32::try_from(starts.len().max(1)).unwrap_or(u32::MAX);
        let value = value / f64::from(starts);
        Some(Figure::worked_out(Quantity { value, dimension }))
    });
    pairs
        .into_iter()
        .map(|(from, to)| {
            let id = if alone {
                template.id.clone()
            } else {
                format!("{} ({} to {})", template.id, design.id(from), design.id(to))
            };
            Flow {
                kind: template.kind,
                rate: rate.clone(),
                ..Flow::new(id, Route::Between { from, to })
            }
        })
        .collect()
}

impl Asked<'_> {
    /// The answer to a condition of the catalog, such as when a probe is worth asking.
    #[must_use]
    pub fn holds(&self, condition: &Condition) -> bool {
        condition.test(&self.scene, &mut Trace::off()).is_yes()
    }

    /// A template of the catalog, filled in for the design as a whole.
    #[must_use]
    pub fn fill(&self, template: &Template) -> String {
        template.fill(&self.scene, &[])
    }

    /// What the analyses say of the design as it stands.
    #[must_use]
    pub fn overview(&self, detail: Detail) -> Overview {
        Overview::of(&self.scene.study(), &self.sizes(), detail)
    }

    /// What the analyses say of the design after a change.
    #[must_use]
    pub fn overview_after(&self, change: &WhatIf, detail: Detail) -> Overview {
        self.study_of(change, |study| Overview::of(study, &self.sizes(), detail))
    }

    /// The analyses under a change.
    pub fn study_of<T>(&self, change: &WhatIf, ask: impl FnOnce(&Study<'_>) -> T) -> T {
        let found = Findings::default();
        ask(&Study::new(self.scene.subject, change, &found))
    }

    /// What the design says of the size and the life of its data.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        sizes(&self.scene)
    }
}
