//! Weighted kappa: how far two who rate the same things agree beyond chance.
//!
//! Knows categories by position; knows nothing of findings. The coefficient is that of Cohen (1968), "Weighted kappa",
//! Psychological Bulletin 70; its standard error that of Fleiss, Cohen and Everitt (1969), "Large sample standard errors of
//! kappa and weighted kappa", Psychological Bulletin 72.

use super::{FEWEST, Measured, Unstated};

/// The quantile of the normal distribution that 95% lie within on both sides.
const NORMAL_95: f64 = 1.959_964;

/// How much of full agreement there is in two categories. Quadratic weights: kappa is an intraclass correlation then (Fleiss
/// and Cohen 1973, Educational and Psychological Measurement 33).
pub(super) fn quadratic(one: usize, other: usize, categories: usize) -> f64 {
    let (distance, most) = (one.abs_diff(other), categories.saturating_sub(1));
    1.0 - (count(distance) / count(most.max(1))).powi(2)
}

/// The weighted kappa of pairs of categories, with the bounds of its 95% confidence interval.
///
/// # Errors
/// When there are too few pairs, or one side says the same of all: kappa is 0 or undefined then, whatever the other says.
pub(super) fn kappa(
    pairs: &[(usize, usize)],
    categories: usize,
    weight: fn(usize, usize, usize) -> f64,
) -> Result<Measured, Unstated> {
    let n = pairs.len();
    if n < FEWEST {
        return Err(Unstated::Few);
    }
    let varies = |side: fn(&(usize, usize)) -> usize| {
        let mut all = pairs.iter().map(side);
        let first = all.next();
        all.any(|one| Some(one) != first)
    };
    if !varies(|pair| pair.0) || !varies(|pair| pair.1) {
        return Err(Unstated::OneSided);
    }
    let share = |is: &dyn Fn(&(usize, usize)) -> bool| {
        count(pairs.iter().filter(|pair| is(pair)).count()) / count(n)
    };
    let first: Vec<f64> = (0..categories)
        .map(|i| share(&|pair| pair.0 == i))
        .collect();
    let second: Vec<f64> = (0..categories)
        .map(|j| share(&|pair| pair.1 == j))
        .collect();
    let of = |shares: &[f64], weigh: &dyn Fn(usize) -> f64| -> f64 {
        let shares = shares.iter().enumerate();
        shares.map(|(at, share)| share * weigh(at)).sum()
    };
    // What a category of one side weighs on average beside all of the other.
    let beside_second = |i: usize| of(&second, &|j| weight(i, j, categories));
    let beside_first = |j: usize| of(&first, &|i| weight(i, j, categories));
    let seen = pairs.iter().map(|(i, j)| weight(*i, *j, categories));
    let seen = seen.sum::<f64>() / count(n);
    let expected = of(&first, &beside_second);
    let kappa = (seen - expected) / (1.0 - expected);
    let squares = pairs.iter().map(|(i, j)| {
        let around = beside_second(*i) + beside_first(*j);
        (weight(*i, *j, categories) - around * (1.0 - kappa)).powi(2)
    });
    let spread = squares.sum::<f64>() / count(n) - (kappa - expected * (1.0 - kappa)).powi(2);
    let error = spread.max(0.0).sqrt() / (count(n).sqrt() * (1.0 - expected));
    Ok(Measured {
        value: kappa,
        low: (kappa - NORMAL_95 * error).max(-1.0),
        high: (kappa + NORMAL_95 * error).min(1.0),
    })
}

#[expect(clippy::cast_precision_loss, reason = "nobody gives 2^52 ratings")]
pub(super) const fn count(number: usize) -> f64 {
    number as f64
}
