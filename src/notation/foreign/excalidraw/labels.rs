//! Which free text belongs to what: it lies in it, it is its caption, or it stands along an arrow.
//!
//! Knows places and lengths of texts; knows nothing of what words mean.

use std::collections::{BTreeMap, BTreeSet};

use super::arrows::Line;
use super::elements::{Drawing, Element};
use super::figures::{Figure, Figures};
use super::words::is_short;
use crate::notation::foreign::geometry::{Point, Rect};

/// How far from an arrow its words are.
const ALONG: f64 = 15.0;
/// How far beside a figure its caption is.
const BESIDE: f64 = 30.0;

/// Gives texts to the figures that they lie in, of those that hold no others.
pub(super) fn inside(figures: &mut Figures) {
    for text in figures.free_texts() {
        let centre = figures.get(text).map(|text| text.body.centre());
        let Some(owner) = centre.and_then(|centre| figures.around(centre)) else {
            continue;
        };
        let is_leaf = figures.get(owner).is_some_and(|owner| !owner.holds_others);
        if is_leaf {
            figures.give(text, owner);
        }
    }
}

/// Gives captions to figures without words: just below, above or beside them. The nearest pairs find each other first.
pub(super) fn captions(drawing: &Drawing, figures: &mut Figures, holds_others: bool) {
    let mut pairs = Vec::new();
    for text in figures.free_texts() {
        let Some((words, element)) = text_of(drawing, figures, text) else {
            continue;
        };
        if !is_short(element.words()) {
            continue;
        }
        let bare = figures
            .solid()
            .filter(|(_, figure)| figure.texts.is_empty() && figure.holds_others == holds_others);
        let near = bare.filter_map(|(owner, figure)| {
            let cost = caption(figure.body, words.body, element.letters())?;
            Some((cost, owner, text))
        });
        pairs.extend(near);
    }
    pairs.sort_by(|one: &(f64, usize, usize), two| {
        let places = (one.1, one.2).cmp(&(two.1, two.2));
        one.0.total_cmp(&two.0).then(places)
    });
    let mut taken = BTreeSet::new();
    let mut named = BTreeSet::new();
    for (_, owner, text) in pairs {
        if !taken.contains(&text) && named.insert(owner) {
            taken.insert(text);
            figures.give(text, owner);
        }
    }
}

/// A free text, and the element that it is.
fn text_of<'a>(
    drawing: &'a Drawing,
    figures: &'a Figures,
    text: usize,
) -> Option<(&'a Figure, &'a Element)> {
    let words = figures.get(text)?;
    Some((words, drawing.get(*words.texts.first()?)?))
}

/// How far a text is from where the caption of a body stands; none where it is no caption.
fn caption(body: Rect, text: Rect, letters: f64) -> Option<f64> {
    let (centre, middle) = (text.centre(), body.centre());
    let is_over = (centre.x - middle.x).abs() <= body.width().max(text.width()) / 2.0;
    let (below, above) = (text.top - body.bottom, body.top - text.bottom);
    let near = -letters / 2.0..=1.5 * letters;
    if is_over && near.contains(&below) {
        return Some(below.abs());
    }
    if is_over && near.contains(&above) {
        return Some(above.abs() + 5.0);
    }
    let beside = (text.left - body.right).max(body.left - text.right);
    let is_level = (body.top..=body.bottom).contains(&centre.y);
    (is_level && (-5.0..=BESIDE).contains(&beside)).then_some(beside.abs() + 10.0)
}

/// Gives texts to figures with words that they stand straight below: what the figure is made with.
pub(super) fn subtitles(drawing: &Drawing, figures: &mut Figures) {
    for text in figures.free_texts() {
        let Some((words, element)) = text_of(drawing, figures, text) else {
            continue;
        };
        if words.is_tied || !is_short(element.words()) {
            continue;
        }
        let (body, letters) = (words.body, element.letters());
        let is_above = |figure: &Figure| {
            let gap = body.top - figure.body.bottom;
            let aside = (body.centre().x - figure.body.centre().x).abs();
            !figure.texts.is_empty()
                && !figure.holds_others
                && (0.0..=0.8 * letters).contains(&gap)
                && aside <= 0.15 * figure.body.width()
                && body.width() <= 1.2 * figure.body.width()
        };
        let above = figures.solid().find(|(_, figure)| is_above(figure));
        if let Some(owner) = above.map(|(at, _)| at) {
            figures.give(text, owner);
        }
    }
}

/// Gives short texts to the arrows that they stand along, but not at the tips: what stands there may be what is called.
pub(super) fn along(drawing: &Drawing, figures: &mut Figures, lines: &mut [Line]) {
    for text in figures.free_texts() {
        let Some((words, element)) = text_of(drawing, figures, text) else {
            continue;
        };
        if words.is_tied || !is_short(element.words()) {
            continue;
        }
        let body = words.body;
        let places = lines.iter().enumerate();
        let near = places.filter_map(|(at, line)| {
            let box_of_path = Rect::around(line.path.iter().copied());
            let is_far = box_of_path.apart(body) > ALONG;
            let (distance, part) = (!is_far).then(|| course(&line.path, body))?;
            let is_along = distance <= ALONG && (0.12..=0.88).contains(&part);
            is_along.then_some((distance, at))
        });
        let nearest = near.min_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
        let words = words.texts.clone();
        if let Some(line) = nearest.and_then(|(_, at)| lines.get_mut(at)) {
            line.texts.extend(words);
            figures.give_to_arrow(text);
        }
    }
}

/// How near a path comes to a rectangle, and after which part of it.
fn course(path: &[Point], rect: Rect) -> (f64, f64) {
    let lengths = path.windows(2).map(|pair| match pair {
        [from, to] => from.distance(*to),
        _ => 0.0,
    });
    let whole: f64 = lengths.sum::<f64>().max(1.0);
    let (mut nearest, mut done) = ((f64::MAX, f64::MAX, 0.0), 0.0);
    for pair in path.windows(2) {
        let [from, to] = pair else { continue };
        for step in 0..=8 {
            let part = f64::from(step) / 8.0;
            let point = from.towards(*to, part);
            let found = (
                rect.distance(point),
                rect.centre().distance(point),
                (done + part * from.distance(*to)) / whole,
            );
            if (found.0, found.1) < (nearest.0, nearest.1) {
                nearest = found;
            }
        }
        done += from.distance(*to);
    }
    (nearest.0, nearest.2)
}

/// Gives each figure that holds others the text in it that is its heading: the largest, then the nearest to its border.
pub(super) fn headings(drawing: &Drawing, figures: &mut Figures) {
    let mut best: BTreeMap<usize, (f64, f64, usize)> = BTreeMap::new();
    for text in figures.free_texts() {
        let Some((words, element)) = text_of(drawing, figures, text) else {
            continue;
        };
        let centre = words.body.centre();
        let Some(owner) = figures.around(centre) else {
            continue;
        };
        let Some(around) = figures.get(owner) else {
            continue;
        };
        if !around.texts.is_empty() || words.is_tied || !is_short(element.words()) {
            continue;
        }
        let from_edge = (centre.y - around.body.top).min(around.body.bottom - centre.y);
        let found = (-element.letters(), from_edge, text);
        let known = best.entry(owner).or_insert(found);
        if (found.0, found.1) < (known.0, known.1) {
            *known = found;
        }
    }
    for (owner, (_, _, text)) in best {
        figures.give(text, owner);
    }
}
