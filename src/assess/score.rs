//! Points: each rule says what it earns, steps scale what their rules earned to their share, and the steps are the sum.
//!
//! Knows weights and outcomes; the numbers come from the scoring file.

use crate::catalog::{Band, Scoring};
use crate::model::{Level, Severity, Step};

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
    /// What caps the percentage.
    pub cap: Option<Cap>,
    /// Points that hints cost.
    pub hints: f64,
    /// Each step.
    pub steps: Vec<StepScore>,
}

/// Faults that allow no more than a percentage, whatever the points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The rule of the fault, or of the first of several.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// How many rules found such faults.
    pub faults: usize,
}

impl Cap {
    /// In words: `a blocker: no-limit`, or `4 major faults: no-limit and others`.
    #[must_use]
    pub fn reason(&self) -> String {
        let Self { rule, faults, .. } = self;
        match self.severity {
            Severity::Blocker => format!("a blocker: {rule}"),
            _ => format!("{faults} major faults: {rule} and others"),
        }
    }
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

impl Score {
    /// Whether a rule applied: where none did, percentage and verdict say nothing.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.possible > 0.0
    }

    /// Earned of possible in a step, in percent; none where no rule applies.
    #[must_use]
    pub fn percent_of(&self, step: Step) -> Option<f64> {
        let of_step = self.steps.iter().find(|other| other.step == step);
        of_step
            .filter(|step| step.possible > 0.0)
            .map(StepScore::percent)
    }
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

/// Adds up what rules earned. `grave` are the rules with missed majors and blockers, each once.
pub(super) fn add_up(
    rules: &[(Step, RuleScore)],
    hints: u64,
    grave: &[(String, Severity)],
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
    let (percent, cap) = match cap(grave, level, scoring) {
        Some((most, cap)) if plain > most => (most, Some(cap)),
        _ => (plain, None),
    };
    Score {
        percent,
        earned,
        possible: round(possible, 2),
        band: scoring.band(level, percent),
        cap,
        hints: round(hints, 2),
        steps,
    }
}

/// The highest percentage that grave faults allow.
fn cap(grave: &[(String, Severity)], level: Level, scoring: &Scoring) -> Option<(f64, Cap)> {
    let cap = |(rule, severity): &(String, Severity), faults| Cap {
        rule: rule.clone(),
        severity: *severity,
        faults,
    };
    if let Some(blocker) = grave
        .iter()
        .find(|(_, severity)| *severity == Severity::Blocker)
    {
        return Some((scoring.blocker_cap, cap(blocker, 1)));
    }
    let faults = grave.len();
    let reached = scoring
        .major_caps
        .iter()
        .filter(|(_, from)| faults >= *from);
    let most = reached.filter_map(|(band, _)| scoring.most(level, *band));
    Some((most.reduce(f64::min)?, cap(grave.first()?, faults)))
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
            major_caps: vec![(Band::Lean, 3), (Band::Hire, 2)],
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
            &[],
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
        let score = add_up(&rules, 3, &[], Level::Senior, &scoring());
        let sum: f64 = score.steps.iter().map(|step| step.earned).sum();
        assert!((round(sum - score.hints, 2) - score.earned).abs() < 1e-9);
    }

    /// The score of a design that earned all points and has so many majors, and perhaps a blocker among them.
    fn with_faults(majors: usize, blocker: bool) -> Score {
        let mut grave: Vec<(String, Severity)> = (0..majors)
            .map(|at| (format!("m{at}"), Severity::Major))
            .collect();
        if blocker {
            grave.push(("b".to_owned(), Severity::Blocker));
        }
        let all = [(Step::Scale, rule(4.0, 4.0))];
        add_up(&all, 0, &grave, Level::Senior, &scoring())
    }

    #[test]
    fn a_blocker_caps_and_says_so() {
        let score = with_faults(3, true);
        assert!((score.percent - 49.0).abs() < 1e-9);
        assert_eq!(score.cap.unwrap().reason(), "a blocker: b");
    }

    #[test]
    fn several_majors_cap_the_band_and_say_so() {
        for (majors, percent, band) in [
            (0, 100.0, Band::StrongHire),
            (1, 100.0, Band::StrongHire),
            (2, 89.9, Band::Hire),
            (3, 69.9, Band::Lean),
            (9, 69.9, Band::Lean),
        ] {
            let score = with_faults(majors, false);
            assert!(
                (score.percent - percent).abs() < 1e-9,
                "{majors}: {score:?}"
            );
            assert_eq!(score.band, band, "{majors}");
            assert_eq!(score.cap.is_some(), majors > 1);
        }
        let cap = with_faults(3, false).cap.unwrap();
        assert_eq!(cap.reason(), "3 major faults: m0 and others");
    }

    #[test]
    fn hints_cost_no_more_than_their_limit() {
        let score = add_up(
            &[(Step::Scale, rule(4.0, 4.0))],
            50,
            &[],
            Level::Senior,
            &scoring(),
        );
        assert!((score.hints - 8.0).abs() < 1e-9);
    }
}
