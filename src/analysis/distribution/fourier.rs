//! The convolution of two sequences: term by term where one of them is short, by the fast Fourier transform (Cooley and
//! Tukey 1965) otherwise, as there is no need of more.
//!
//! Knows sequences of up to `CELLS` numbers that are not negative; knows no durations.

use std::sync::LazyLock;

use super::{CELLS, trimmed};

/// What a transform can be wrong by where the sum of each sequence is at most 1.
const NOISE: f64 = 1e-15;

/// Less than this at each of all points adds up to less than the noise of a transform.
const NEGLIGIBLE: f64 = 1e-19;

/// Products up to which multiplying term by term is the faster way.
const FEW: usize = 1 << 18;

/// Half of the roots of unity of one order, in real and imaginary parts: `exp(-i pi k / n)` for `k` below `n`.
struct Roots {
    real: Vec<f64>,
    imaginary: Vec<f64>,
}

/// The roots for n = 1, 2, 4 .. `CELLS`. By half-angle formulas: square roots are the same on every machine, sines are not.
static ROOTS: LazyLock<Vec<Roots>> = LazyLock::new(|| {
    let mut all = vec![Roots {
        real: vec![1.0],
        imaginary: vec![0.0],
    }];
    let (mut cosine, mut sine) = (0.0_f64, -1.0_f64);
    while let Some(last) = all
        .last()
        .filter(|last| last.real.len() < usize::from(CELLS))
    {
        let next = last.halved(cosine, sine);
        all.push(next);
        let half = f64::midpoint(1.0, cosine).sqrt();
        (cosine, sine) = (half, sine / (2.0 * half));
    }
    all
});

impl Roots {
    /// The roots of twice the order, given the first of them.
    fn halved(&self, cosine: f64, sine: f64) -> Self {
        let pairs = || self.real.iter().zip(&self.imaginary);
        Self {
            real: pairs()
                .flat_map(|(r, i)| [*r, r * cosine - i * sine])
                .collect(),
            imaginary: pairs()
                .flat_map(|(r, i)| [*i, r * sine + i * cosine])
                .collect(),
        }
    }

    /// Sums, and differences turned by the roots: the step of a transform by decimation in frequency.
    fn apart(&self, (low, high): (Halves, Halves)) {
        let lows = low.real.iter_mut().zip(low.imaginary);
        let highs = high.real.iter_mut().zip(high.imaginary);
        let roots = self.real.iter().zip(&self.imaginary);
        for (((ar, ai), (br, bi)), (wr, wi)) in lows.zip(highs).zip(roots) {
            let (real, imaginary) = (*ar - *br, *ai - *bi);
            *ar += *br;
            *ai += *bi;
            *br = real * wr - imaginary * wi;
            *bi = real * wi + imaginary * wr;
        }
    }

    /// The reverse of [`Roots::apart`], but for a factor of two.
    fn together(&self, (low, high): (Halves, Halves)) {
        let lows = low.real.iter_mut().zip(low.imaginary);
        let highs = high.real.iter_mut().zip(high.imaginary);
        let roots = self.real.iter().zip(&self.imaginary);
        for (((ar, ai), (br, bi)), (wr, wi)) in lows.zip(highs).zip(roots) {
            let real = *br * wr + *bi * wi;
            let imaginary = *bi * wr - *br * wi;
            (*br, *bi) = (*ar - real, *ai - imaginary);
            *ar += real;
            *ai += imaginary;
        }
    }
}

/// Half of a block of complex numbers.
struct Halves<'a> {
    real: &'a mut [f64],
    imaginary: &'a mut [f64],
}

/// The blocks of twice a length, each in two halves.
fn blocks<'a>(
    real: &'a mut [f64],
    imaginary: &'a mut [f64],
    length: usize,
) -> impl Iterator<Item = (Halves<'a>, Halves<'a>)> {
    let real = real.chunks_exact_mut(2 * length);
    let imaginary = imaginary.chunks_exact_mut(2 * length);
    real.zip(imaginary).map(move |(real, imaginary)| {
        let (real, real_high) = real.split_at_mut(length);
        let (imaginary, imaginary_high) = imaginary.split_at_mut(length);
        let high = Halves {
            real: real_high,
            imaginary: imaginary_high,
        };
        (Halves { real, imaginary }, high)
    })
}

/// The first terms of the convolution of two sequences, so many at most. What does not count at the end is left out.
pub(super) fn convolved(one: &[f64], other: &[f64], most: usize) -> Vec<f64> {
    let (one_from, one_part) = extent(one);
    let (other_from, other_part) = extent(other);
    let sums = if one_part.len() * other_part.len() <= FEW {
        let terms = (one.len() + other.len()).min(most);
        term_by_term(terms, one_from + other_from, one_part, other_part)
    } else {
        let mut sums = transformed(one, other);
        sums.truncate(most);
        // What is no more than noise is nothing.
        for sum in &mut sums {
            if *sum < NOISE {
                *sum = 0.0;
            }
        }
        sums
    };
    trimmed(sums)
}

/// What lies between the first and the last number that count, and where it begins.
fn extent(numbers: &[f64]) -> (usize, &[f64]) {
    let counts = |number: &f64| *number > NEGLIGIBLE;
    let from = numbers.iter().position(counts).unwrap_or(0);
    let to = numbers
        .iter()
        .rposition(counts)
        .map_or(from, |last| last + 1);
    (from, numbers.get(from..to).unwrap_or_default())
}

/// The first terms, so many, of the convolution of two parts of sequences that begin so far from the start together.
fn term_by_term(terms: usize, from: usize, one: &[f64], other: &[f64]) -> Vec<f64> {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let mut sums = vec![0.0; terms];
    for (at, factor) in (from..terms).zip(short) {
        let (_, shifted) = sums.split_at_mut(at);
        for (sum, number) in shifted.iter_mut().zip(long) {
            *sum += factor * number;
        }
    }
    sums
}

/// The convolution by way of a transform.
///
/// With one as the real and the other as the imaginary part of `z`, the imaginary part of `z * z` is twice their
/// convolution: one transform there and one back. The one there leaves its result in another order, the one back takes it
/// in that order.
fn transformed(one: &[f64], other: &[f64]) -> Vec<f64> {
    let length = one.len().max(other.len()).next_power_of_two();
    let mut real = one.to_vec();
    let mut imaginary = other.to_vec();
    real.resize(2 * length, 0.0);
    imaginary.resize(2 * length, 0.0);
    let levels = ROOTS.iter().filter(|roots| roots.real.len() <= length);
    for roots in levels.clone().rev() {
        blocks(&mut real, &mut imaginary, roots.real.len()).for_each(|pair| roots.apart(pair));
    }
    for (r, i) in real.iter_mut().zip(&mut imaginary) {
        (*r, *i) = (*r * *r - *i * *i, 2.0 * *r * *i);
    }
    for roots in levels {
        blocks(&mut real, &mut imaginary, roots.real.len()).for_each(|pair| roots.together(pair));
    }
    #[expect(clippy::cast_precision_loss, reason = "a small power of two")]
    let scale = 0.25 / length as f64;
    for sum in &mut imaginary {
        *sum *= scale;
    }
    imaginary
}
