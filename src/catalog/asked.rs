//! Which rules are asked of designs of a problem at a level: listed once, for a class of designs asks the same again and again.
//!
//! Knows whose designs rules are for and at which levels; knows no rule.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::model::Level;
use crate::rubric::Rule;

/// The positions of rules among all, for each problem that some rules are for, and for designs of any other and of none.
#[derive(Debug, Default)]
pub(super) struct Lists {
    general: ByLevel,
    of_problems: BTreeMap<String, ByLevel>,
}

type ByLevel = BTreeMap<Level, OnceLock<Vec<usize>>>;

impl Lists {
    /// Lists yet to be made for some rules.
    pub fn of(rules: &[Rule]) -> Self {
        let unmade = || -> ByLevel {
            let levels = Level::ALL.iter();
            levels.map(|level| (*level, OnceLock::new())).collect()
        };
        let problems = rules.iter().filter_map(|rule| rule.problem.clone());
        Self {
            general: unmade(),
            of_problems: problems.map(|problem| (problem, unmade())).collect(),
        }
    }

    /// The positions of the rules for a problem and a level, in their order.
    pub fn list(&self, rules: &[Rule], problem: Option<&str>, level: Level) -> &[usize] {
        let of_problem = problem.and_then(|problem| self.of_problems.get(problem));
        let list = of_problem.unwrap_or(&self.general).get(&level);
        let made = list.map(|list| list.get_or_init(|| listed(rules, problem, level)));
        made.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Rules of the problem and of the level, without the general ones that a rule of the problem replaces.
fn listed(rules: &[Rule], problem: Option<&str>, level: Level) -> Vec<usize> {
    let applies = |rule: &Rule| {
        (rule.problem.is_none() || rule.problem.as_deref() == problem)
            && rule.levels.contains(&level)
    };
    let asked = rules.iter().filter(|rule| applies(rule));
    let replaced: BTreeSet<&String> = asked.flat_map(|rule| &rule.replaces).collect();
    let stays = |rule: &Rule| applies(rule) && !replaced.contains(&rule.id);
    let all = rules.iter().enumerate();
    all.filter(|(_, rule)| stays(rule))
        .map(|(at, _)| at)
        .collect()
}
