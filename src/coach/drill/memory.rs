//! How well something is remembered, and when it is due again: FSRS-6, the free spaced repetition scheduler.
//!
//! Knows days and grades; knows not what is remembered. The formulas and parameters are those published by the
//! open-spaced-repetition project ("The Algorithm", FSRS-6, 2025), whose reference implementations also give the numbers
//! that the tests compare with. The parameters are the defaults, fitted by the project to some hundred million reviews; one
//! person's reviews are too few to fit own ones.

/// How well something was remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not.
    Again,
    /// With help.
    Hard,
    /// As it should be.
    Good,
    /// Without effort.
    Easy,
}

impl Grade {
    /// Every grade with its word in files.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("again", Self::Again),
        ("hard", Self::Hard),
        ("good", Self::Good),
        ("easy", Self::Easy),
    ];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        let row = Self::WORDS.iter().find(|(_, grade)| *grade == self);
        row.map_or("again", |(word, _)| *word)
    }

    /// The grade of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let row = Self::WORDS.iter().find(|(other, _)| *other == word);
        row.map(|(_, grade)| *grade)
    }

    /// From 1 to 4, as the formulas count.
    const fn number(self) -> f64 {
        match self {
            Self::Again => 1.0,
            Self::Hard => 2.0,
            Self::Good => 3.0,
            Self::Easy => 4.0,
        }
    }
}

/// The parameters w0 to w20.
type Parameters = [f64; 21];

const DEFAULT: Parameters = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// Something is due when the chance that it is remembered falls to this.
const WANTED: f64 = 0.9;

/// No longer than so many days pass until something is asked again.
const LONGEST: f64 = 3650.0;

const LEAST_STABILITY: f64 = 0.001;

/// What is known of somebody's memory of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days after which nine of ten are remembered.
    pub stability: f64,
    /// From 1 to 10.
    pub difficulty: f64,
}

impl Memory {
    /// The memory after the first review.
    #[must_use]
    pub fn first(grade: Grade) -> Self {
        Self::first_by(&DEFAULT, grade)
    }

    /// The memory after a review so many days after the last.
    #[must_use]
    pub fn after(self, days: u32, grade: Grade) -> Self {
        self.after_by(&DEFAULT, f64::from(days), grade)
    }

    /// The chance that it is remembered so many days after the last review.
    #[must_use]
    pub fn chance(self, days: u32) -> f64 {
        self.chance_by(&DEFAULT, f64::from(days))
    }

    /// The days after the last review at which it is due again: none for what was not remembered.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded, positive and bounded before"
    )]
    pub fn days_until_due(self) -> u32 {
        let [.., decay] = DEFAULT;
        let days = self.stability / factor(decay) * (WANTED.powf(-1.0 / decay) - 1.0);
        days.round().clamp(0.0, LONGEST) as u32
    }

    fn first_by(w: &Parameters, grade: Grade) -> Self {
        let [again, hard, good, easy, ..] = *w;
        let stability = match grade {
            Grade::Again => again,
            Grade::Hard => hard,
            Grade::Good => good,
            Grade::Easy => easy,
        };
        Self {
            stability: stability.max(LEAST_STABILITY),
            difficulty: first_difficulty(w, grade).clamp(1.0, 10.0),
        }
    }

    fn after_by(self, w: &Parameters, days: f64, grade: Grade) -> Self {
        let stability = if days < 1.0 {
            self.same_day(w, grade)
        } else if grade == Grade::Again {
            self.forgotten(w, self.chance_by(w, days))
        } else {
            self.remembered(w, self.chance_by(w, days), grade)
        };
        Self {
            stability: stability.max(LEAST_STABILITY),
            difficulty: self.next_difficulty(w, grade),
        }
    }

    fn chance_by(self, w: &Parameters, days: f64) -> f64 {
        let [.., decay] = *w;
        (1.0 + factor(decay) * days / self.stability).powf(-decay)
    }

    fn same_day(self, w: &Parameters, grade: Grade) -> f64 {
        let [.., w17, w18, w19, _] = *w;
        let change = (w17 * (grade.number() - 3.0 + w18)).exp() * self.stability.powf(-w19);
        let change = if grade >= Grade::Good {
            change.max(1.0)
        } else {
            change
        };
        self.stability * change
    }

    fn remembered(self, w: &Parameters, chance: f64, grade: Grade) -> f64 {
        let [
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            w8,
            w9,
            w10,
            ..,
            w15,
            w16,
            _,
            _,
            _,
            _,
        ] = *w;
        let by_grade = match grade {
            Grade::Hard => w15,
            Grade::Easy => w16,
            _ => 1.0,
        };
        let growth = w8.exp()
            * (11.0 - self.difficulty)
            * self.stability.powf(-w9)
            * ((w10 * (1.0 - chance)).exp() - 1.0)
            * by_grade;
        self.stability * (1.0 + growth)
    }

    fn forgotten(self, w: &Parameters, chance: f64) -> f64 {
        let [.., w11, w12, w13, w14, _, _, w17, w18, _, _] = *w;
        let left = w11
            * self.difficulty.powf(-w12)
            * ((self.stability + 1.0).powf(w13) - 1.0)
            * (w14 * (1.0 - chance)).exp();
        left.min(self.stability / (w17 * w18).exp())
    }

    fn next_difficulty(self, w: &Parameters, grade: Grade) -> f64 {
        let [_, _, _, _, _, _, w6, w7, ..] = *w;
        let change = -w6 * (grade.number() - 3.0);
        let damped = self.difficulty + change * (10.0 - self.difficulty) / 9.0;
        let easiest = first_difficulty(w, Grade::Easy);
        (w7 * easiest + (1.0 - w7) * damped).clamp(1.0, 10.0)
    }
}

fn first_difficulty(w: &Parameters, grade: Grade) -> f64 {
    let [_, _, _, _, w4, w5, ..] = *w;
    w4 - (w5 * (grade.number() - 1.0)).exp() + 1.0
}

/// What makes the chance 90% after as many days as the stability says.
fn factor(decay: f64) -> f64 {
    0.9_f64.powf(-1.0 / decay) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use Grade::{Again, Easy, Good, Hard};

    fn near(found: f64, published: f64) -> bool {
        ((found - published) / published).abs() < 1e-5
    }

    fn walked(w: &Parameters) -> Memory {
        let history = [(1.0, Good), (3.0, Good), (8.0, Good), (21.0, Good)];
        let start = Memory::first_by(w, Again).after_by(w, 0.0, Good);
        history.iter().fold(start, |memory, (days, grade)| {
            memory.after_by(w, *days, *grade)
        })
    }

    #[test]
    fn first_reviews_are_as_published() {
        for (grade, stability, difficulty) in [
            (Again, 0.212, 6.4133),
            (Hard, 1.2931, 5.112_170_7),
            (Good, 2.3065, 2.118_104),
            (Easy, 8.2956, 1.0),
        ] {
            let memory = Memory::first(grade);
            assert!(near(memory.stability, stability), "{memory:?}");
            assert!(near(memory.difficulty, difficulty), "{memory:?}");
        }
    }

    #[test]
    fn a_history_of_reviews_ends_where_the_reference_implementations_end() {
        let memory = walked(&DEFAULT);
        assert!(near(memory.stability, 53.62691), "{memory:?}");
        assert!(near(memory.difficulty, 6.357_486_7), "{memory:?}");
        let mut without = DEFAULT;
        let [.., w17, w18, w19, _] = &mut without;
        (*w17, *w18, *w19) = (0.0, 0.0, 0.0);
        assert!(near(walked(&without).stability, 53.335_106));
    }

    #[test]
    fn the_chance_falls_along_the_published_curve() {
        let mut w = DEFAULT;
        let [.., decay] = &mut w;
        *decay = 0.2;
        let memory = Memory {
            stability: 1.0,
            difficulty: 5.0,
        };
        for (days, chance) in [
            (0.0, 1.0),
            (1.0, 0.9),
            (2.0, 0.840_289_35),
            (3.0, 0.798_500_1),
        ] {
            assert!(near(memory.chance_by(&w, days), chance), "{days}");
        }
    }

    #[test]
    fn what_is_remembered_is_asked_at_the_published_intervals() {
        // Good on the first day, twice, then whenever it is due; forgotten twice on a day, then remembered again.
        let grades = [
            Good, Good, Good, Good, Good, Good, Again, Again, Good, Good, Good, Good, Good,
        ];
        let published = [2, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21];
        let mut memory: Option<Memory> = None;
        let mut days = 0;
        for (at, (grade, wanted)) in grades.iter().zip(published).enumerate() {
            let next = memory.map_or_else(|| Memory::first(*grade), |it| it.after(days, *grade));
            memory = Some(next);
            // The reference asks what was forgotten, and what is new, again within minutes.
            let again_today = *grade == Again || at == 0;
            if !again_today {
                assert_eq!(next.days_until_due().max(1), wanted, "{at}");
            }
            days = if again_today {
                0
            } else {
                next.days_until_due()
            };
        }
    }
}
