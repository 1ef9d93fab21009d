//! Where things stand on a page, as it is written, and what lies in what.
//!
//! Knows numbers; knows not what stands there.

use crate::notation::foreign::geometry::Rect;

/// Nobody draws farther out than this.
const FARTHEST: f64 = 1e7;

/// How much of a thing may stand out of what it lies in.
const OUT: f64 = 0.1;

/// A number as it is written; nothing where it is none that a place can have.
pub(super) fn number(written: Option<&str>) -> f64 {
    let number = written.and_then(|written| written.trim().parse::<f64>().ok());
    number
        .filter(|number| number.is_finite() && number.abs() <= FARTHEST)
        .unwrap_or(0.0)
}

/// Whether a thing lies in another, all but a little.
pub(super) fn lies_in(thing: Rect, holder: Rect) -> bool {
    if thing.area() <= 0.0 {
        return holder.distance(thing.centre()) <= 0.0;
    }
    holder.holds(thing, 1.0 - OUT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::foreign::geometry::Point;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect::placed(Point::new(x, y), Point::new(width, height))
    }

    #[test]
    fn what_hardly_stands_out_lies_in() {
        let large = rect(0.0, 0.0, 100.0, 100.0);
        assert!(lies_in(rect(10.0, 10.0, 20.0, 20.0), large));
        assert!(lies_in(rect(-1.0, 10.0, 20.0, 20.0), large));
        assert!(!lies_in(rect(-10.0, 10.0, 20.0, 20.0), large));
        assert!(lies_in(rect(50.0, 50.0, 0.0, 0.0), large));
    }

    #[test]
    fn numbers_that_are_no_places_count_as_none() {
        for (written, expected) in [
            (Some(" 12.5 "), 12.5),
            (Some("-3"), -3.0),
            (Some("NaN"), 0.0),
            (Some("inf"), 0.0),
            (Some("1e300"), 0.0),
            (Some("x"), 0.0),
            (None, 0.0),
        ] {
            assert!((number(written) - expected).abs() < 1e-9, "{written:?}");
        }
    }
}
