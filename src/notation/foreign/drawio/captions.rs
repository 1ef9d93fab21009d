//! Words that stand by themselves on a page: captions of icons, titles of frames, labels of arrows, boxes without a border.
//!
//! Knows where people put words; knows not what they mean.

use super::sheet::{Role, Sheet, is_remark};
use crate::notation::foreign::label::Label;

/// How far a caption is from its icon at most.
const NEAR: f64 = 30.0;

/// How far a caption is from its box at most, where that is not an icon.
const NEAR_BOX: f64 = 12.0;

/// Lines that are written into a box beside its name at most.
const LINES: usize = 8;

/// Gives words that stand in or beside boxes to those boxes.
pub(super) fn give_to_boxes(sheet: &mut Sheet<'_>) {
    let mut words = sheet.all(|role| role == Role::Words);
    let top = |sheet: &Sheet<'_>, at: usize| sheet.get(at).map_or(0.0, |one| one.place.top);
    words.sort_by(|a, b| top(sheet, *a).total_cmp(&top(sheet, *b)));
    let leaves = leaves(sheet);
    for at in words {
        let within = sheet.get(at).and_then(|one| one.within);
        if let Some(leaf) = within.filter(|within| leaves.contains(within)) {
            write_into(sheet, leaf, at);
        }
    }
    let mut pairs = pairs(sheet, &leaves);
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, at, leaf) in pairs {
        let is_free = sheet.get(at).is_some_and(|one| one.role == Role::Words);
        let is_bare = sheet.get(leaf).is_some_and(|one| one.label.is_empty());
        if is_free && is_bare {
            write_into(sheet, leaf, at);
        }
    }
}

/// The boxes in which no others lie.
fn leaves(sheet: &Sheet<'_>) -> std::collections::BTreeSet<usize> {
    let boxes = sheet.all(|role| role == Role::Box);
    let holders = boxes.iter().filter_map(|at| sheet.get(*at)?.within);
    let holders: std::collections::BTreeSet<usize> = holders.collect();
    boxes
        .into_iter()
        .filter(|at| !holders.contains(at))
        .collect()
}

/// Writes words into a box.
fn write_into(sheet: &mut Sheet<'_>, owner: usize, words: usize) {
    let Some(written) = sheet.get(words).map(|one| one.label.clone()) else {
        return;
    };
    let Some(vertex) = sheet.vertices.get_mut(owner) else {
        return;
    };
    if vertex.label.is_empty() {
        vertex.label = if vertex.hint.is_some() && !is_remark(&written) {
            Label::plain(&written.line())
        } else {
            written
        };
    } else if vertex.label.rest.len() < LINES {
        vertex.label.rest.push(written.name);
        vertex.label.rest.extend(written.rest);
    }
    sheet.set(words, Role::Part(owner));
}

/// Words beside boxes without any, with how well they fit: a caption stands below, then above, then at a side.
fn pairs(
    sheet: &Sheet<'_>,
    leaves: &std::collections::BTreeSet<usize>,
) -> Vec<(f64, usize, usize)> {
    let is_bare = |at: &usize| sheet.get(*at).is_some_and(|one| one.label.is_empty());
    let bare: Vec<usize> = leaves.iter().copied().filter(is_bare).collect();
    let mut pairs = Vec::new();
    for at in sheet.all(|role| role == Role::Words) {
        let Some(words) = sheet.get(at).filter(|words| !is_remark(&words.label)) else {
            continue;
        };
        for leaf in &bare {
            let Some(one) = sheet.get(*leaf) else {
                continue;
            };
            let is_icon = one.hint.is_some() || one.outline.is_some() || one.is_joined;
            let near = if is_icon { NEAR } else { NEAR_BOX };
            let (across, down) = one.place.gaps(words.place);
            let centre = words.place.centre();
            let is_under = centre.x > one.place.left - near && centre.x < one.place.right + near;
            let is_below = words.place.centre().y > one.place.centre().y;
            let fit = match (across < 0.0, down < 0.0) {
                (true, _) if !is_under => continue,
                (true, _) if is_below => down,
                (true, _) => down + 5.0,
                (false, true) => across + 10.0,
                (false, false) => continue,
            };
            if across.max(down) <= near {
                pairs.push((fit, at, *leaf));
            }
        }
    }
    pairs
}

/// How far below the upper border of a frame its title stands at most.
const HEAD: f64 = 45.0;

/// Gives frames without a title the words at their head, or else at their foot.
pub(super) fn give_to_frames(sheet: &mut Sheet<'_>) {
    for frame in sheet.all(|role| role == Role::Frame) {
        let Some(place) = sheet
            .get(frame)
            .filter(|one| one.label.is_empty())
            .map(|one| one.place)
        else {
            continue;
        };
        let words = sheet.all(|role| role == Role::Words);
        let fits = words.iter().filter_map(|at| {
            let one = sheet.get(*at)?;
            let (across, _) = place.gaps(one.place);
            let centre = one.place.centre().y;
            let head = (centre - place.top).abs();
            let foot = (place.bottom - centre).abs();
            let far = if head <= HEAD { head } else { foot + HEAD };
            let is_word = one
                .label
                .name
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count()
                > 1;
            let is_title = is_word && across < 0.0 && far <= 2.0 * HEAD && !is_remark(&one.label);
            let is_own = one.within.is_none_or(|within| within == frame)
                || sheet.around(frame).contains(&one.within.unwrap_or(frame));
            (is_title && is_own && !one.is_joined).then_some((far, *at))
        });
        let best = fits.min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = best {
            write_into(sheet, frame, at);
        }
    }
}

/// Makes boxes of the words that arrows are bound to, which belong to nothing else.
pub(super) fn give_to_arrows(sheet: &mut Sheet<'_>) {
    for at in sheet.all(|role| role == Role::Words) {
        let is_box = sheet.get(at).is_some_and(|one| one.is_joined);
        if is_box {
            sheet.set(at, Role::Box);
        }
    }
}
