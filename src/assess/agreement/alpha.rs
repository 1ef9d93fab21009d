//! Krippendorff's alpha, for any number of people who rate, not all of whom rate everything; and the intraclass correlation
//! of two who give marks.
//!
//! Knows numbers; knows nothing of findings. Alpha is that of Krippendorff (2011), "Computing Krippendorff's
//! alpha-reliability"; the correlation is ICC(2,1) of Shrout and Fleiss (1979), "Intraclass correlations", Psychological
//! Bulletin 86: two-way, for absolute agreement, of a single mark.

use super::kappa::count;
use super::{FEWEST, Unstated};

/// The square of a distance: ranks and marks are held against each other by it, as by the quadratic weights of kappa.
pub(super) fn squared(one: f64, other: f64) -> f64 {
    (one - other).powi(2)
}

/// Alpha of units, each with what was said of it by those who said something.
///
/// # Errors
/// When too few units have two ratings, or all ratings are the same.
pub(super) fn alpha(units: &[Vec<f64>], difference: fn(f64, f64) -> f64) -> Result<f64, Unstated> {
    let paired: Vec<&Vec<f64>> = units.iter().filter(|unit| unit.len() > 1).collect();
    if paired.len() < FEWEST {
        return Err(Unstated::Few);
    }
    let all: Vec<f64> = paired
        .iter()
        .flat_map(|unit| unit.iter().copied())
        .collect();
    let expected = differences(&all, difference) / (count(all.len()) - 1.0);
    if expected <= 0.0 {
        return Err(Unstated::OneSided);
    }
    let within = |unit: &&Vec<f64>| differences(unit, difference) / (count(unit.len()) - 1.0);
    let seen: f64 = paired.iter().map(within).sum();
    Ok(1.0 - seen / expected)
}

/// The differences of all ordered pairs.
fn differences(values: &[f64], difference: fn(f64, f64) -> f64) -> f64 {
    let beside = |one: &f64| -> f64 { values.iter().map(|other| difference(*one, *other)).sum() };
    values.iter().map(beside).sum()
}

/// ICC(2,1) of rows that each have a mark by every rater, in the same order.
///
/// # Errors
/// When there are too few rows, or a rater gives the same mark to all.
pub(super) fn icc(rows: &[Vec<f64>], fewest: usize) -> Result<f64, Unstated> {
    let raters = rows.first().map_or(0, Vec::len);
    if rows.len() < fewest.max(2) || raters < 2 {
        return Err(Unstated::Few);
    }
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at).copied());
    let (n, k) = (count(rows.len()), count(raters));
    let all = rows.iter().flatten().sum::<f64>() / (n * k);
    let of_row = |row: &Vec<f64>| (row.iter().sum::<f64>() / k - all).powi(2);
    let of_rater = |at: usize| (column(at).sum::<f64>() / n - all).powi(2);
    let of_all = |mark: &f64| (mark - all).powi(2);
    let total: f64 = rows.iter().flatten().map(of_all).sum();
    let between_rows = k * rows.iter().map(of_row).sum::<f64>();
    let between_raters = n * (0..raters).map(of_rater).sum::<f64>();
    let varies = |at: usize| {
        let first = column(at).next().unwrap_or_default();
        column(at).any(|mark| (mark - first).abs() > f64::EPSILON)
    };
    if !(0..raters).all(varies) {
        return Err(Unstated::OneSided);
    }
    let rest = (total - between_rows - between_raters).max(0.0) / ((n - 1.0) * (k - 1.0));
    let (rows, raters) = (between_rows / (n - 1.0), between_raters / (k - 1.0));
    Ok((rows - rest) / (rows + (k - 1.0) * rest + k * (raters - rest) / n))
}
