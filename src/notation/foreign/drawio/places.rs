//! Where things stand on a page: points, and rectangles that lie in, on and beside each other.
//!
//! Knows numbers; knows not what stands there.

/// A place on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

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

impl Point {
    pub fn moved(self, by: Self) -> Self {
        Self {
            x: self.x + by.x,
            y: self.y + by.y,
        }
    }

    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// How far it is from the line between two points.
    pub fn distance_to_line(self, from: Self, to: Self) -> f64 {
        let (x, y) = (to.x - from.x, to.y - from.y);
        let length = x * x + y * y;
        let along = (self.x - from.x) * x + (self.y - from.y) * y;
        let part = if length > 0.0 { along / length } else { 0.0 };
        let part = part.clamp(0.0, 1.0);
        let nearest = Self {
            x: from.x + part * x,
            y: from.y + part * y,
        };
        self.distance(nearest)
    }
}

impl Rect {
    pub fn area(self) -> f64 {
        self.width * self.height
    }

    pub fn centre(self) -> Point {
        Point {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }

    pub fn right(self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// How far a point is from it; nothing where it lies inside.
    pub fn distance(self, point: Point) -> f64 {
        let x = (self.x - point.x).max(point.x - self.right()).max(0.0);
        let y = (self.y - point.y).max(point.y - self.bottom()).max(0.0);
        x.hypot(y)
    }

    /// How far a point is from its border, on either side.
    pub fn distance_to_border(self, point: Point) -> f64 {
        let outside = self.distance(point);
        if outside > 0.0 {
            return outside;
        }
        let across = (point.x - self.x).min(self.right() - point.x);
        across.min(point.y - self.y).min(self.bottom() - point.y)
    }

    /// How much of the page it has in common with another.
    pub fn overlap(self, other: Self) -> f64 {
        let width = self.right().min(other.right()) - self.x.max(other.x);
        let height = self.bottom().min(other.bottom()) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }

    /// Whether another lies in it, all but a little.
    pub fn holds(self, other: Self) -> bool {
        if other.area() <= 0.0 {
            return self.distance(other.centre()) <= 0.0;
        }
        self.overlap(other) >= (1.0 - OUT) * other.area()
    }

    /// How wide the gap between two is, across and down; less than nothing where they overlap.
    pub fn gaps(self, other: Self) -> (f64, f64) {
        let across = (self.x - other.right()).max(other.x - self.right());
        let down = (self.y - other.bottom()).max(other.y - self.bottom());
        (across, down)
    }

    /// Whether it is about as large as another.
    pub fn is_like(self, other: Self) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() <= 0.2 * one.max(other);
        near(self.width, other.width) && near(self.height, other.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    #[test]
    fn rectangles_hold_and_are_far() {
        let large = rect(0.0, 0.0, 100.0, 100.0);
        assert!(large.holds(rect(10.0, 10.0, 20.0, 20.0)));
        assert!(large.holds(rect(-1.0, 10.0, 20.0, 20.0)));
        assert!(!large.holds(rect(-10.0, 10.0, 20.0, 20.0)));
        assert!(large.holds(rect(50.0, 50.0, 0.0, 0.0)));
        let point = Point { x: 103.0, y: 104.0 };
        assert!((large.distance(point) - 5.0).abs() < 1e-9);
        let inside = Point { x: 95.0, y: 50.0 };
        assert!((large.distance_to_border(inside) - 5.0).abs() < 1e-9);
        assert_eq!(large.gaps(rect(120.0, 90.0, 10.0, 10.0)), (20.0, -10.0));
        let (from, to) = (Point::default(), Point { x: 10.0, y: 0.0 });
        assert!((Point { x: 5.0, y: 3.0 }.distance_to_line(from, to) - 3.0).abs() < 1e-9);
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
