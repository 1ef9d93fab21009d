//! How far rules and mentors agree, for people and machines.
//!
//! Knows what is told and in which order; how figures come about is the assessment's business.

mod json;
mod markdown;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use crate::assess::agreement::{
    Agreement, AmongMentors, Disputed, Marks, Measured, Rated, Tally, Unstated,
};
use crate::assess::round;
use crate::model::Severity;
use crate::model::spelling::{counted, enumerated};

/// Rules whose disputes are told, and cases of each.
const MOST_RULES: usize = 10;
const MOST_CASES: usize = 8;

/// What is told, in the order in which it is told.
struct Sheet {
    lead: Vec<String>,
    tables: Vec<Table>,
    disputes: Vec<Dispute>,
    more: usize,
}

/// Rows of figures; the first cell of each names it.
struct Table {
    title: &'static str,
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
    below: Vec<String>,
}

/// What mentors say of a rule that they disagree with.
struct Dispute {
    rule: String,
    number: String,
    cases: Vec<String>,
    more: usize,
}

const TALLY: &[&str] = &["", "ratings", "same", "graver", "milder", "kappa"];

fn sheet(agreement: &Agreement) -> Sheet {
    let disputed = &agreement.disputed;
    let mut tables = vec![
        Table {
            title: "By step",
            head: TALLY,
            rows: (agreement.steps.iter())
                .map(|(step, tally)| row(step.title(), tally))
                .collect(),
            below: Vec::new(),
        },
        Table {
            title: "By rule, where either side finds something",
            head: TALLY,
            rows: (agreement.rules.iter())
                .filter(|(_, tally)| tally.found > 0)
                .map(|(rule, tally)| row(rule, tally))
                .collect(),
            below: Vec::new(),
        },
        Table {
            title: "Marks",
            head: &["", "marks", "rules", "mentors", "difference", "correlation"],
            rows: agreement.marks.iter().map(marks).collect(),
            below: Vec::new(),
        },
    ];
    tables.extend(agreement.among.as_ref().map(among));
    tables.retain(|table| !table.rows.is_empty());
    Sheet {
        lead: lead(agreement),
        tables,
        disputes: disputed.iter().take(MOST_RULES).map(dispute).collect(),
        more: disputed.len().saturating_sub(MOST_RULES),
    }
}

fn lead(agreement: &Agreement) -> Vec<String> {
    let whole = &agreement.whole;
    let silent = whole.ratings - whole.found;
    let mut lead = vec![
        format!(
            "The rules beside {} on {}: {}, {}.",
            enumerated(&agreement.mentors),
            counted(agreement.designs, "design", "designs"),
            counted(whole.ratings, "rating", "ratings"),
            same(whole.agreed, whole.ratings)
        ),
        format!(
            "Where either side finds something: {}, {}.",
            counted(whole.found, "rating", "ratings"),
            same(whole.agreed.saturating_sub(silent), whole.found)
        ),
        format!("Weighted kappa: {}.", kappa(whole.kappa)),
    ];
    if agreement.undecided > 0 {
        let undecided = counted(agreement.undecided, "finding is", "findings are");
        lead.push(format!("{undecided} undecided and count for nothing."));
    }
    lead.push(format!(
        "Graver or milder are the rules. Not stated is what rests on {}.",
        [Unstated::Few, Unstated::OneSided]
            .map(reason)
            .join(", or on ")
    ));
    lead
}

fn same(agreed: usize, of: usize) -> String {
    format!("{agreed} of them the same{}", share(agreed, of))
}

/// A part of a number in percent; nothing where there is nothing.
fn share(part: usize, of: usize) -> String {
    if of == 0 {
        return String::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "nobody gives 2^52 ratings")]
    let share = 100.0 * part as f64 / of as f64;
    format!(" ({share:.0}%)")
}

fn row(name: &str, tally: &Tally) -> Vec<String> {
    vec![
        name.to_owned(),
        tally.ratings.to_string(),
        format!("{}{}", tally.agreed, share(tally.agreed, tally.ratings)),
        tally.graver.to_string(),
        tally.milder.to_string(),
        kappa(tally.kappa),
    ]
}

/// A kappa with its interval, or why it is not stated.
fn kappa(kappa: Result<Measured, Unstated>) -> String {
    match kappa {
        Ok(Measured { value, low, high }) => format!("{value:.2} ({low:.2} to {high:.2})"),
        Err(unstated) => not_stated(unstated),
    }
}

/// Why something is not stated, with the word that stands for it.
fn reason(unstated: Unstated) -> String {
    format!("{} ({})", unstated.reason(), unstated.word())
}

fn not_stated(unstated: Unstated) -> String {
    format!("not stated ({})", unstated.word())
}

fn coefficient(value: Result<f64, Unstated>) -> String {
    value.map_or_else(not_stated, |value| format!("{value:.2}"))
}

fn marks(marks: &Marks) -> Vec<String> {
    let shown = |mark: Option<f64>| mark.map_or_else(|| "-".to_owned(), |mark| format!("{mark}%"));
    let difference = marks.engine.zip(marks.mentors);
    let difference = difference.map(|(engine, mentors)| signed(mentors - engine));
    vec![
        marks
            .step
            .map_or("The whole", crate::model::Step::title)
            .to_owned(),
        marks.marks.to_string(),
        shown(marks.engine),
        shown(marks.mentors),
        difference.unwrap_or_else(|| "-".to_owned()),
        coefficient(marks.correlation),
    ]
}

/// A difference of percentages, with its sign.
fn signed(difference: f64) -> String {
    let difference = round(difference, 1);
    let sign = if difference > 0.0 { "+" } else { "" };
    format!("{sign}{difference}")
}

fn among(among: &AmongMentors) -> Table {
    let rows = among.pairs.iter().map(|pair| {
        let difference = pair.difference.map(signed);
        vec![
            format!("{} and {}", pair.one, pair.other),
            pair.ratings.to_string(),
            format!("{}{}", pair.agreed, share(pair.agreed, pair.ratings)),
            kappa(pair.kappa),
            pair.marks.to_string(),
            difference.unwrap_or_else(|| "-".to_owned()),
        ]
    });
    let alpha = |number, what, alpha| {
        let number = counted(number, what, &format!("{what}s"));
        format!(
            "Krippendorff's alpha of all, {number}: {}.",
            coefficient(alpha)
        )
    };
    Table {
        title: "Between mentors",
        head: &[
            "",
            "findings",
            "the same",
            "weighted kappa",
            "marks",
            "difference",
        ],
        rows: rows.collect(),
        below: vec![
            alpha(among.ratings, "finding", among.alpha),
            alpha(among.marks, "mark", among.alpha_of_marks),
        ],
    }
}

fn dispute(disputed: &Disputed) -> Dispute {
    let (rule, cases) = (disputed.rule.as_deref(), &disputed.cases);
    Dispute {
        rule: rule.unwrap_or("found by no rule").to_owned(),
        number: counted(cases.len(), "rating apart", "ratings apart"),
        cases: cases.iter().take(MOST_CASES).map(case).collect(),
        more: cases.len().saturating_sub(MOST_CASES),
    }
}

/// A rating in which both sides differ, with the mentor's reason.
fn case(rated: &Rated) -> String {
    let word = |severity: Option<Severity>| severity.map_or("nothing", Severity::word);
    let about = if rated.about.is_empty() {
        String::new()
    } else {
        format!(", {}", enumerated(&rated.about))
    };
    format!(
        "{}{about}: {}, {} says {}: {}",
        rated.design,
        word(rated.engine),
        rated.mentor,
        word(rated.word),
        rated
            .reason
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    )
}
