//! What designs are judged with. A build job and an editor judge by the same bench, and so they say the same.
//!
//! Knows which terms hold for which path; what is wrong with a design is the rules' business.

use std::path::Path;

use super::baseline::Ledger;
use super::settings::Settings;
use crate::assess::Terms;
use crate::catalog::Catalog;
use crate::notation::yaml::Limits;
use crate::report::{self, Checked, Gate};
use crate::source::Source;

/// Settings, rules, and what is known already.
#[derive(Clone, Copy)]
pub struct Bench<'b> {
    /// What the configuration and the flags say.
    pub settings: &'b Settings,
    /// The rules.
    pub catalog: &'b Catalog,
    /// The findings that are known already.
    pub ledger: Option<&'b Ledger>,
    /// What a file may cost.
    pub limits: Limits,
}

impl Bench<'_> {
    /// Judges a text on the terms that hold for its path; one that is no file yet has none of its own.
    pub fn judge(&self, source: Source, path: Option<&Path>) -> Checked {
        let (terms, gate) = self.terms(path);
        report::check_on_terms(source, self.catalog, &terms, &self.limits).with_gate(gate)
    }

    /// What holds for a path: on which terms it is judged, and what fails it.
    pub fn terms(&self, path: Option<&Path>) -> (Terms, Gate) {
        let effective = self.settings.effective(path);
        let takes_all = self.ledger.is_some_and(Ledger::takes_all);
        let gate = Gate {
            fail_on: effective.fail_on.value.filter(|_| !takes_all),
            min_score: effective.min_score.value,
        };
        let about = |path| self.ledger.and_then(|ledger| ledger.about(path));
        let terms = Terms {
            baseline: path.and_then(about),
            ..self.settings.terms(&effective)
        };
        (terms, gate)
    }
}
