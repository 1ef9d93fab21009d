//! `name = expression`, with what somebody writes behind an expression: its value, and its peak.
//!
//! Knows where each part begins; what an expression comes to is computed elsewhere.

use crate::coach::figures;
use crate::rubric::Talk;

/// The two sides of `name = expression`; the name as expressions can use it, and the rest of the line.
pub(in crate::coach) fn assignment<'l>(talk: &Talk, line: &'l str) -> Option<(String, &'l str)> {
    let (left, right) = line.split_once('=')?;
    if right.starts_with(['=', '>']) || left.ends_with(['<', '>', '!', '~', ':']) {
        return None;
    }
    let words: Vec<&str> = left.split_whitespace().collect();
    if words.len() > 1
        && words
            .first()
            .is_some_and(|word| talk.commanding.speaking.has(&word.to_lowercase()))
    {
        return None;
    }
    let name = words.join("_").replace('-', "_");
    (words.len() <= 5 && figures::is_name(&name)).then(|| (name, right.trim_start()))
}

/// Signs before what a sum comes to.
const RESULTS: [char; 2] = ['=', '≈'];

/// An expression, and what somebody has written behind it as its value: `100M * 10 / 86400 = 12k`.
pub(in crate::coach) fn claim(right: &str) -> (&str, Option<&str>) {
    let (worked_out, stated) = right.split_once(RESULTS).unwrap_or((right, ""));
    let is_sum = (worked_out.contains(['*', '/', '+', '-']) || worked_out.contains(" of "))
        && !worked_out.contains("peak");
    let stated = stated.rsplit(RESULTS).next().unwrap_or_default().trim();
    if is_sum && !stated.is_empty() {
        let worked_out = worked_out.trim_end_matches(['~', '≈', ' ']);
        (worked_out, Some(stated))
    } else {
        (right, None)
    }
}

/// The two parts of `expression peak 3x`; a name may have a peak in it.
pub(in crate::coach) fn peak(text: &str) -> (&str, Option<&str>) {
    const WORD: &str = "peak";
    let lower = text.to_ascii_lowercase();
    let mut stands_alone = lower.rmatch_indices(WORD).filter(|(at, _)| {
        let (before, after) = (lower.get(..*at), lower.get(at + WORD.len()..));
        before.is_some_and(|before| before.ends_with([' ', '(', ',']))
            && after.is_some_and(|after| after.starts_with([' ', '=', ':']))
    });
    let Some((at, _)) = stands_alone.next() else {
        return (text, None);
    };
    let (value, peak) = text.split_at(at);
    let peak = peak.get(WORD.len()..).unwrap_or_default();
    let peak = peak
        .trim_start_matches([' ', '=', ':'])
        .trim_end_matches(')')
        .trim();
    (
        value.trim_end_matches([' ', ',', '(']),
        (!peak.is_empty()).then_some(peak),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn talk() -> &'static Talk {
        Catalog::embedded().talk()
    }

    #[test]
    fn names_are_made_fit_for_expressions() {
        assert_eq!(
            assignment(talk(), "write qps = 5/s"),
            Some(("write_qps".to_owned(), "5/s"))
        );
        assert_eq!(
            assignment(talk(), "read-qps=5/s"),
            Some(("read_qps".to_owned(), "5/s"))
        );
        assert_eq!(assignment(talk(), "2 = 3"), None);
        assert_eq!(assignment(talk(), "we keep em 30 days = 3TB"), None);
        assert_eq!(assignment(talk(), "so storage = 3TB"), None);
    }

    #[test]
    fn a_peak_is_told_from_a_name_with_a_peak_in_it() {
        assert_eq!(
            peak("write_qps * 100 peak 3x"),
            ("write_qps * 100", Some("3x"))
        );
        assert_eq!(peak("5/s (peak 12/s)"), ("5/s", Some("12/s")));
        assert_eq!(
            peak("read_qps * peak_factor"),
            ("read_qps * peak_factor", None)
        );
    }

    #[test]
    fn what_a_sum_was_said_to_come_to_is_no_part_of_it() {
        assert_eq!(
            claim("100,000,000 * 10 / 86400 = 12k"),
            ("100,000,000 * 10 / 86400", Some("12k"))
        );
        assert_eq!(claim("2 * 3 = 6 = six"), ("2 * 3", Some("six")));
        assert_eq!(claim("40/s peak = 3x"), ("40/s peak = 3x", None));
        assert_eq!(claim("40/s"), ("40/s", None));
    }
}
