//! Formulas of estimates, tried on figures that are all one: whether they can be worked out at all, and to what.
//!
//! Knows the dimensions that figures have; knows no figure by name.

use std::cell::Cell;

use crate::model::quantity::{self, Dimension, Quantity, Scope};
use crate::rubric::{FigureDef, Problem};
use crate::source::{Issues, Span};

/// The figures of a problem and those that all problems have.
#[derive(Debug)]
pub(super) struct Figures<'c> {
    own: &'c [FigureDef],
    general: &'c [FigureDef],
    /// A figure was asked for that may be of any dimension.
    is_open: Cell<bool>,
}

impl Scope for Figures<'_> {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        let figure = self.figure(name)?;
        let dimension = figure.dimension.unwrap_or_else(|| {
            self.is_open.set(true);
            Dimension::NUMBER
        });
        let value = 1.0;
        Some(Quantity { value, dimension })
    }

    fn names(&self) -> Vec<String> {
        let all = self.own.iter().chain(self.general);
        all.map(|figure| figure.id.clone()).collect()
    }
}

impl<'c> Figures<'c> {
    /// The figures that the formulas of a problem are about.
    pub(super) fn of(problem: Option<&'c Problem>, general: &'c [FigureDef]) -> Self {
        Self {
            own: problem
                .map(|problem| problem.figures.as_slice())
                .unwrap_or_default(),
            general,
            is_open: Cell::new(false),
        }
    }

    fn figure(&self, name: &str) -> Option<&'c FigureDef> {
        let mut all = self.own.iter().chain(self.general);
        all.find(|figure| figure.id == name)
    }

    /// Complains of a figure that is taken to be of another dimension than it is.
    pub(super) fn compare(&self, (of, taken, span): (&str, Dimension, Span), issues: &mut Issues) {
        let dimension = self.figure(of).and_then(|figure| figure.dimension);
        if let Some(dimension) = dimension.filter(|it| *it != taken) {
            let (found, wanted) = (taken.name(), dimension.name());
            let message = format!("{found} in place of `{of}`, which is {wanted}");
            issues.error(
                span,
                message,
                format!("name what is {found}, or give {wanted}"),
            );
        }
    }

    /// Complains of a formula that can't be worked out, or comes to something else than its figure is.
    pub(super) fn try_out(&self, (of, formula, span): (&str, &str, Span), issues: &mut Issues) {
        // Names that nobody knows are complained of by themselves.
        let names = quantity::names_in(formula);
        if names.iter().any(|name| self.figure(name).is_none()) {
            return;
        }
        self.is_open.set(false);
        let result = quantity::evaluate(formula, self);
        if self.is_open.get() {
            return;
        }
        match (result, self.figure(of).and_then(|figure| figure.dimension)) {
            (Err(error), _) => issues.error(span, error.message, error.help),
            (Ok(figure), Some(wanted)) if figure.quantity.dimension != wanted => {
                let (found, wanted) = (figure.quantity.dimension.name(), wanted.name());
                let help = format!("make it {wanted}, or say `dimension` of the figures in it");
                let message = format!("the formula comes to {found}, and `{of}` is {wanted}");
                issues.error(span, message, help);
            }
            _ => {}
        }
    }
}
