//! Points and upright rectangles of boards and pages: how far things are apart, and what lies in what.
//!
//! Knows numbers; knows not what stands there.

/// A place; never beyond what can be reckoned with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// The farthest place; nobody draws there.
const FAR: f64 = 1e7;

/// A number that can be reckoned with.
fn sane(number: f64) -> f64 {
    if number.is_nan() {
        return 0.0;
    }
    number.clamp(-FAR, FAR)
}

impl Point {
    pub fn new(x: f64, y: f64) -> Self {
        Self {
            x: sane(x),
            y: sane(y),
        }
    }

    pub fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
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
        self.distance(from.towards(to, part.clamp(0.0, 1.0)))
    }

    /// The place between this and another, from 0 to 1.
    pub fn towards(self, other: Self, part: f64) -> Self {
        Self::new(
            self.x + (other.x - self.x) * part,
            self.y + (other.y - self.y) * part,
        )
    }
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// One with a corner and a size, which may be negative.
    pub fn placed(corner: Point, size: Point) -> Self {
        Self::around([corner, corner.plus(size)])
    }

    /// The same size at another corner.
    pub fn at(self, corner: Point) -> Self {
        Self::placed(corner, Point::new(self.width(), self.height()))
    }

    /// The corner where it begins.
    pub fn corner(self) -> Point {
        Point::new(self.left, self.top)
    }

    /// The smallest around some points.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Self {
        let rects = points.into_iter().map(|point| Self {
            left: point.x,
            top: point.y,
            right: point.x,
            bottom: point.y,
        });
        rects.reduce(Self::union).unwrap_or_default()
    }

    /// The smallest around this and another.
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What it takes up when it is turned about its centre.
    pub fn turned(self, angle: f64) -> Self {
        let (sine, cosine) = sane(angle).sin_cos();
        let (sine, cosine) = (sine.abs(), cosine.abs());
        let (width, height) = (self.width(), self.height());
        let size = Point::new(
            width * cosine + height * sine,
            width * sine + height * cosine,
        );
        let centre = self.centre();
        Self::placed(
            Point::new(centre.x - size.x / 2.0, centre.y - size.y / 2.0),
            size,
        )
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn area(self) -> f64 {
        self.width() * self.height()
    }

    pub fn centre(self) -> Point {
        Point::new(
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.top, self.bottom),
        )
    }

    pub fn has(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// What this and another have in common, as an area.
    pub fn shared(self, other: Self) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    /// Whether no less than a share of another lies in this.
    pub fn holds(self, other: Self, share: f64) -> bool {
        self.shared(other) >= share * other.area()
    }

    /// Whether nearly all of a smaller one lies in this.
    pub fn encloses(self, other: Self) -> bool {
        let is_smaller = self.area() > 1.5 * other.area();
        is_smaller && self.has(other.centre()) && self.holds(other, 0.8)
    }

    /// How wide the gap between two is, across and down; less than nothing where they overlap.
    pub fn gaps(self, other: Self) -> (f64, f64) {
        let across = (self.left - other.right).max(other.left - self.right);
        let down = (self.top - other.bottom).max(other.top - self.bottom);
        (across, down)
    }

    /// How far two are apart; nothing where they meet.
    pub fn apart(self, other: Self) -> f64 {
        let (across, down) = self.gaps(other);
        across.max(0.0).hypot(down.max(0.0))
    }

    /// How far a point outside is away; nothing inside.
    pub fn distance(self, point: Point) -> f64 {
        let x = (self.left - point.x).max(point.x - self.right).max(0.0);
        let y = (self.top - point.y).max(point.y - self.bottom).max(0.0);
        x.hypot(y)
    }

    /// How far a point is from the border, from within as from without.
    pub fn to_border(self, point: Point) -> f64 {
        if !self.has(point) {
            return self.distance(point);
        }
        let x = (point.x - self.left).min(self.right - point.x);
        x.min((point.y - self.top).min(self.bottom - point.y))
    }

    /// Whether both are as wide and as high, but for a share and a few points.
    pub fn is_like(self, other: Self, share: f64, points: f64) -> bool {
        let near = |one: f64, two: f64| (one - two).abs() <= share * one.max(two) + points;
        near(self.width(), other.width()) && near(self.height(), other.height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_lie_in_each_other_and_apart() {
        let rect = |x, y, w, h| Rect::placed(Point::new(x, y), Point::new(w, h));
        let big = rect(0.0, 0.0, 100.0, 50.0);
        assert!(big.encloses(rect(10.0, 10.0, 20.0, 20.0)));
        assert!(!big.encloses(rect(90.0, 10.0, 40.0, 20.0)));
        assert!(!big.encloses(big));
        assert_eq!(rect(10.0, 5.0, -10.0, -5.0), rect(0.0, 0.0, 10.0, 5.0));
        assert!((big.distance(Point::new(103.0, 54.0)) - 5.0).abs() < 1e-9);
        assert!((big.to_border(Point::new(50.0, 40.0)) - 10.0).abs() < 1e-9);
        let inside = Point::new(95.0, 20.0);
        assert!((big.to_border(inside) - 5.0).abs() < 1e-9);
        assert_eq!(big.gaps(rect(120.0, 40.0, 10.0, 10.0)), (20.0, -10.0));
        assert!((big.apart(rect(103.0, 54.0, 10.0, 10.0)) - 5.0).abs() < 1e-9);
        assert!(big.apart(rect(90.0, 40.0, 50.0, 50.0)) < 1e-9);
        let (from, to) = (Point::default(), Point::new(10.0, 0.0));
        assert!((Point::new(5.0, 3.0).distance_to_line(from, to) - 3.0).abs() < 1e-9);
        assert_eq!(big.at(Point::new(5.0, 5.0)), rect(5.0, 5.0, 100.0, 50.0));
        let turned = big.turned(std::f64::consts::FRAC_PI_2);
        assert!(turned.is_like(rect(0.0, 0.0, 50.0, 100.0), 0.1, 1.0));
        assert!(
            rect(f64::NAN, f64::INFINITY, 1e308, -1e308)
                .area()
                .is_finite()
        );
    }
}
