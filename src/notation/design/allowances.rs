//! Findings that a team accepts, with the reason and the last day.
//!
//! Knows days of the calendar; knows no rule.

use super::reader::Reader;
use crate::model::{Allowance, Part, Place};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, list_of};

/// The keys of an accepted finding.
pub(super) const ALLOWANCE: &[Key] = &[
    Key::needed("rule", Shape::Of(Term::Rule), "The id of the rule."),
    Key::new(
        "subject",
        Shape::Of(Term::Subject),
        "The component or connection that it is accepted for; all where left out.",
    ),
    Key::needed("reason", Shape::Text, "Why it is accepted."),
    Key::new("owner", Shape::Text, "Who answers for that."),
    Key::new(
        "until",
        Shape::Text,
        "The last day on which it is: `2027-06-30`.",
    ),
];

impl Reader<'_> {
    pub(super) fn allow(&mut self, node: &Node<'_>) {
        for item in list_of(node, &mut self.issues) {
            self.places.note(
                Place::Entry(Part::Allow, self.design.allow.len()),
                item.span,
            );
            let allowance = self.allowance(item);
            self.design.allow.extend(allowance);
        }
    }

    fn allowance(&mut self, item: &Node<'_>) -> Option<Allowance> {
        let fields = Fields::of(item, "an accepted finding", &mut self.issues)?;
        fields.known(ALLOWANCE, &mut self.issues);
        let rule = fields.required("rule", &mut self.issues);
        let reason = fields.required("reason", &mut self.issues);
        if let (Some(reason), Some(node)) = (&reason, fields.get("reason"))
            && reason.trim().is_empty()
        {
            let help = "say why the finding is accepted".to_owned();
            self.issues
                .error(node.span, "accepted without a reason", help);
        }
        let until = fields.text("until", &mut self.issues);
        if let (Some(date), Some(node)) = (&until, fields.get("until"))
            && !is_date(date)
        {
            let help = "write the day as `2027-06-30`".to_owned();
            self.issues
                .error(node.span, format!("`{date}` is no date"), help);
        }
        let subject = fields.text("subject", &mut self.issues);
        let owner = fields.text("owner", &mut self.issues);
        Some(Allowance {
            rule: rule?,
            subject,
            reason: reason?,
            owner,
            until,
        })
    }
}

/// Whether a text is a day of the calendar as year-month-day, which sorts as time goes.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, length: usize| {
        let is_number =
            |part: &&&str| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        let part = parts.get(at).filter(is_number)?;
        part.parse::<u32>().ok().filter(|number| *number > 0)
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(1, 2), number(2, 2)) else {
        return false;
    };
    parts.len() == 3 && month <= 12 && day <= days_of(year, month)
}

/// The days of a month, by the Gregorian calendar.
const fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2027-06-30", "2028-02-29", "2000-02-29", "2027-12-31"] {
            assert!(is_date(day), "{day}");
        }
        for none in [
            "2027-02-29",
            "2100-02-29",
            "2027-06-31",
            "2027-13-01",
            "2027-00-10",
            "2027-6-3",
            "2027-06-30-1",
            "+027-06-30",
            "soon",
        ] {
            assert!(!is_date(none), "{none}");
        }
    }
}
