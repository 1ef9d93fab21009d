//! Points: each rule says what it earns, steps scale what their rules earned to their share, and the steps are the sum.
//!
//! Knows weights and outcomes; the numbers come from the scoring file.

use crate::catalog::{Band, Scoring};
use crate::model::{Level, Step};

/// The sum, in a form that a reader can add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Earned of possible, in percent, hints taken off and capped.
    pub percent: f64,
    /// Points earned in all steps, hints taken off.
    pub earned: f64,
    /// Points that could be earned.
    pub possible: f64,
    /// The verdict at this level.
    pub band: Band,
    /// The rule whose finding caps the percentage.
    pub capped_by: Option<String>,
    /// Points that hints cost.
    pub hints: f64,
    /// Each step.
    pub steps: Vec<StepScore>,
}

/// The part of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepScore {
    /// Which step.
    pub step: Step,
    /// Points earned.
    pub earned: f64,
    /// Points possible; 0 where no rule applies.
    pub possible: f64,
    /// What each rule that applies earned, as weights.
    pub rules: Vec<RuleScore>,
}

impl StepScore {
    /// Earned of possible, in percent.
    #[must_use]
    pub fn percent(&self) -> f64 {
        if self.possible > 0.0 {
            round(100.0 * self.earned / self.possible, 1)
        } else {
            0.0
        }
    }
}

/// What a rule earned, over all of its subjects.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleScore {
    /// The rule.
    pub rule: String,
    /// Its fault in words.
    pub title: String,
    /// The part of its weight that was earned.
    pub earned: f64,
    /// Its weight.
    pub weight: f64,
}

/// A number rounded to so many decimals.
#[must_use]
pub fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// Adds up what rules earned. `blocker` is a rule whose missed blocker caps the score.
pub(super) fn add_up(
    rules: &[(Step, RuleScore)],
    hints: u64,
    blocker: Option<String>,
    level: Level,
    scoring: &Scoring,
) -> Score {
    let steps: Vec<StepScore> = Step::ALL
        .iter()
        .map(|step| step_score(*step, rules, scoring))
        .collect();
    let possible: f64 = steps.iter().map(|step| step.possible).sum();
    let sum: f64 = steps.iter().map(|step| step.earned).sum();
    #[expect(clippy::cast_precision_loss, reason = "nobody asks for 2^52 hints")]
    let hints = (hints as f64 * scoring.hint_points)
        .min(scoring.hints_at_most)
        .min(sum);
    let earned = round(sum - hints, 2);
    let plain = if possible > 0.0 {
        round(100.0 * earned / possible, 1)
    } else {
        0.0
    };
    let capped = blocker.filter(|_| plain > scoring.blocker_cap);
    let percent = if capped.is_some() {
        scoring.blocker_cap
    } else {
        plain
    };
    Score {
        percent,
        earned,
        possible: round(possible, 2),
        band: scoring.band(level, percent),
        capped_by: capped,
        hints: round(hints, 2),
        steps,
    }
}

fn step_score(step: Step, rules: &[(Step, RuleScore)], scoring: &Scoring) -> StepScore {
    let rules: Vec<RuleScore> = rules
        .iter()
        .filter(|(other, _)| *other == step)
        .map(|(_, rule)| rule.clone())
        .collect();
    let weight: f64 = rules.iter().map(|rule| rule.weight).sum();
    let earned: f64 = rules.iter().map(|rule| rule.earned).sum();
    let possible = if weight > 0.0 {
        scoring.points(step)
    } else {
        0.0
    };
    let earned = if weight > 0.0 {
        round(possible * earned / weight, 2)
    } else {
        0.0
    };
    StepScore {
        step,
        earned,
        possible,
        rules,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scoring() -> Scoring {
        Scoring {
            steps: Step::ALL.iter().map(|step| (*step, 20.0)).collect(),
            levels: vec![(
                Level::Senior,
                vec![
                    (Band::Lean, 50.0),
                    (Band::Hire, 70.0),
                    (Band::StrongHire, 90.0),
                ],
            )],
            blocker_cap: 49.0,
            hint_points: 1.0,
            hints_at_most: 8.0,
            ..Scoring::default()
        }
    }

    fn rule(earned: f64, weight: f64) -> RuleScore {
        RuleScore {
            rule: "r".to_owned(),
            title: "t".to_owned(),
            earned,
            weight,
        }
    }

    #[test]
    fn steps_without_rules_are_not_possible_points() {
        let score = add_up(
            &[(Step::Scale, rule(3.0, 4.0))],
            0,
            None,
            Level::Senior,
            &scoring(),
        );
        assert_eq!(
            (score.earned, score.possible, score.percent),
            (15.0, 20.0, 75.0)
        );
        assert_eq!(score.band, Band::Hire);
    }

    #[test]
    fn the_parts_add_up_to_the_whole() {
        let rules = vec![
            (Step::Scale, rule(1.0, 3.0)),
            (Step::Detailed, rule(2.0, 3.0)),
            (Step::HighLevel, rule(1.0, 7.0)),
        ];
        let score = add_up(&rules, 3, None, Level::Senior, &scoring());
        let sum: f64 = score.steps.iter().map(|step| step.earned).sum();
        assert!((round(sum - score.hints, 2) - score.earned).abs() < 1e-9);
    }

    #[test]
    fn a_blocker_caps_and_says_so() {
        let score = add_up(
            &[(Step::Scale, rule(4.0, 4.0))],
            0,
            Some("b".to_owned()),
            Level::Senior,
            &scoring(),
        );
        assert_eq!(
            (score.percent, score.capped_by.as_deref()),
            (49.0, Some("b"))
        );
    }

    #[test]
    fn hints_cost_no_more_than_their_limit() {
        let score = add_up(
            &[(Step::Scale, rule(4.0, 4.0))],
            50,
            None,
            Level::Senior,
            &scoring(),
        );
        assert!((score.hints - 8.0).abs() < 1e-9);
    }
}
