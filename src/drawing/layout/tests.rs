//! What every page keeps to: nothing covers anything else, and the same design gives the same page.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Boxes, groups and arrows that are to be placed.
type ToPlace = (Vec<BoxToPlace>, Vec<GroupToPlace>, Vec<ArrowToPlace>);

/// Anything that a design can be: up to so many components in up to three groups, calls in circles, several arrows between
/// the same two, and labels on a part of them.
fn anything(most: usize) -> impl Strategy<Value = ToPlace> {
    let one = (70.0..190.0_f64, 40.0..90.0_f64, 0..8_usize);
    let boxes = prop::collection::vec(one, 1..most);
    let arrow = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        prop::option::of(20.0..180.0_f64),
    );
    let arrows = prop::collection::vec(arrow, 0..most * 3 / 2);
    (boxes, arrows).prop_map(|(boxes, arrows)| {
        let count = boxes.len();
        let used: BTreeSet<usize> = boxes.iter().map(|(_, _, group)| *group).collect();
        let used: Vec<usize> = used.into_iter().filter(|group| *group < 3).collect();
        let groups = used.iter().map(|at| GroupToPlace {
            name: format!("group-{at}"),
            width: 60.0,
        });
        let boxes: Vec<BoxToPlace> = boxes
            .into_iter()
            .enumerate()
            .map(|(at, (width, height, group))| BoxToPlace {
                id: format!("component-{at}"),
                width,
                height,
                group: used.iter().position(|other| *other == group),
                origin: at == 0,
            })
            .collect();
        let arrows = arrows.into_iter().map(|(from, to, label)| {
            let (from, to) = (from.index(count), to.index(count));
            let label = label.filter(|_| from != to).map(|width| (width, 15.0));
            ArrowToPlace {
                from,
                to,
                label,
                weight: 1.0,
            }
        });
        (boxes, groups.collect(), arrows.collect())
    })
}

/// How far two boxes reach into each other, by the smaller of both directions.
fn overlap(one: &Rect, other: &Rect) -> f64 {
    let x = one.right().min(other.right()) - one.x.max(other.x);
    let y = one.bottom().min(other.bottom()) - one.y.max(other.y);
    x.min(y)
}

/// Less than this is a touch.
const TOUCH: f64 = 0.5;

fn covering(of: &[(String, Rect)], others: &[(String, Rect)]) -> Vec<String> {
    let mut covering = Vec::new();
    for (name, rect) in of {
        for (other_name, other) in others {
            if name < other_name && overlap(rect, other) > TOUCH {
                covering.push(format!("{name} covers {other_name}: {rect:?}, {other:?}"));
            }
        }
    }
    covering
}

fn named(kind: &str, rects: impl Iterator<Item = Rect>) -> Vec<(String, Rect)> {
    rects
        .enumerate()
        .map(|(at, rect)| (format!("{kind} {at}"), rect))
        .collect()
}

/// What is wrong with a page.
fn faults((boxes, to_place_groups, arrows): &ToPlace, layout: &Layout) -> Vec<String> {
    let placed = named("box", layout.boxes.iter().copied());
    let labels = named(
        "label",
        layout.arrows.iter().filter_map(|arrow| arrow.label),
    );
    let groups = named("group", layout.groups.iter().copied());
    let mut faults = covering(&placed, &placed);
    faults.extend(covering(&labels, &labels));
    faults.extend(covering(&placed, &labels));
    faults.extend(covering(&groups, &groups));
    let names = layout.groups.iter().zip(to_place_groups);
    let names = named("name", names.map(|(rect, group)| group.name_in(rect)));
    faults.extend(covering(&labels, &names));
    for ((name, rect), of) in placed.iter().zip(boxes) {
        for (at, (group_name, group)) in groups.iter().enumerate() {
            let inside = rect.x >= group.x
                && rect.y >= group.y
                && rect.right() <= group.right()
                && rect.bottom() <= group.bottom();
            let member = of.group == Some(at);
            if member != inside || (!member && overlap(rect, group) > TOUCH) {
                faults.push(format!(
                    "{name} and {group_name}: member {member}, inside {inside}"
                ));
            }
        }
    }
    faults.extend(lines_through_boxes(arrows, layout));
    let on_page = |rect: &Rect| {
        rect.x >= 0.0
            && rect.y >= 0.0
            && rect.right() <= layout.width
            && rect.bottom() <= layout.height
    };
    for (name, rect) in placed.iter().chain(&labels).chain(&groups) {
        if !on_page(rect) {
            faults.push(format!("{name} leaves the page"));
        }
    }
    faults
}

/// Lines that run through boxes other than those that they join.
fn lines_through_boxes(arrows: &[ArrowToPlace], layout: &Layout) -> Vec<String> {
    let mut through = Vec::new();
    for (placed, arrow) in layout.arrows.iter().zip(arrows) {
        for (line, (at, rect)) in placed
            .points
            .windows(2)
            .flat_map(|line| layout.boxes.iter().enumerate().map(move |of| (line, of)))
        {
            let (x, y) = ((line[0].x, line[1].x), (line[0].y, line[1].y));
            let clear = x.0.max(x.1) < rect.x + TOUCH
                || x.0.min(x.1) > rect.right() - TOUCH
                || y.0.max(y.1) < rect.y + TOUCH
                || y.0.min(y.1) > rect.bottom() - TOUCH;
            if !clear && at != arrow.from && at != arrow.to {
                through.push(format!("{} -> {} through {at}", arrow.from, arrow.to));
            }
        }
    }
    through
}

/// How often lines cross, those that share an end not counted.
fn crossings(arrows: &[ArrowToPlace], layout: &Layout) -> usize {
    let lines: Vec<(usize, Vec<[Point; 2]>)> = layout
        .arrows
        .iter()
        .map(|arrow| arrow.points.windows(2).map(|pair| [pair[0], pair[1]]))
        .map(Iterator::collect)
        .enumerate()
        .collect();
    let mut count = 0;
    for (at, one) in &lines {
        for (other_at, other) in lines.iter().skip(at + 1) {
            let (a, b) = (&arrows[*at], &arrows[*other_at]);
            if [a.from, a.to].contains(&b.from) || [a.from, a.to].contains(&b.to) {
                continue;
            }
            let pairs = one
                .iter()
                .flat_map(|of| other.iter().map(move |to| (of, to)));
            count += pairs.filter(|(of, to)| cross(of, to)).count();
        }
    }
    count
}

fn cross(one: &[Point; 2], other: &[Point; 2]) -> bool {
    let side = |of: &[Point; 2], p: Point| {
        (of[1].x - of[0].x) * (p.y - of[0].y) - (of[1].y - of[0].y) * (p.x - of[0].x)
    };
    side(one, other[0]) * side(one, other[1]) < 0.0
        && side(other, one[0]) * side(other, one[1]) < 0.0
}

/// A graph of boxes of one size, from pairs of positions.
fn plain(count: usize, pairs: &[(usize, usize)]) -> ToPlace {
    let boxes = (0..count).map(|at| BoxToPlace {
        id: format!("component-{at}"),
        width: 100.0,
        height: 50.0,
        group: None,
        origin: at == 0,
    });
    let arrows = pairs.iter().map(|(from, to)| ArrowToPlace {
        from: *from,
        to: *to,
        label: None,
        weight: 1.0,
    });
    (boxes.collect(), Vec::new(), arrows.collect())
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    let tree: Vec<(usize, usize)> = (1..31).map(|at| ((at - 1) / 2, at)).collect();
    let shuffled: Vec<(usize, usize)> = (1..31).rev().map(|at| ((at * 7 % at) / 2, at)).collect();
    let ladder: Vec<(usize, usize)> = (0..18)
        .flat_map(|at| [(at, at + 2), (at - at % 2, at - at % 2 + 1)])
        .collect();
    for pairs in [tree, shuffled, ladder] {
        let to_place = plain(31, &pairs);
        let layout = lay_out(&to_place.0, &to_place.1, &to_place.2).expect("a page");
        assert_eq!(crossings(&to_place.2, &layout), 0, "{pairs:?}");
    }
}

#[test]
fn calls_go_to_the_right_and_what_comes_back_to_its_origin_does_not_turn_them() {
    let (boxes, groups, arrows) = plain(4, &[(3, 0), (0, 1), (1, 2), (2, 3)]);
    let layout = lay_out(&boxes, &groups, &arrows).expect("a page");
    let lefts: Vec<f64> = layout.boxes.iter().map(|rect| rect.x).collect();
    assert!(lefts.is_sorted(), "{lefts:?}");
}

#[test]
fn the_order_of_components_and_connections_does_not_show() {
    let pairs = [(0, 1), (1, 2), (1, 3), (3, 4), (2, 4), (4, 5), (1, 5)];
    let (boxes, groups, arrows) = plain(6, &pairs);
    let one = lay_out(&boxes, &groups, &arrows).expect("a page");
    let turned: Vec<BoxToPlace> = boxes.iter().rev().cloned().collect();
    let turned_arrows: Vec<ArrowToPlace> = arrows
        .iter()
        .rev()
        .map(|arrow| ArrowToPlace {
            from: 5 - arrow.from,
            to: 5 - arrow.to,
            ..arrow.clone()
        })
        .collect();
    let mut other = lay_out(&turned, &groups, &turned_arrows).expect("a page");
    other.boxes.reverse();
    other.arrows.reverse();
    assert_eq!(one, other);
}

#[test]
fn too_much_is_refused_and_nothing_is_an_empty_page() {
    let (boxes, groups, arrows) = plain(MOST_BOXES + 1, &[]);
    assert_eq!(
        lay_out(&boxes, &groups, &arrows),
        Err(NoPicture::TooLarge {
            boxes: MOST_BOXES + 1,
            arrows: 0
        })
    );
    let empty = lay_out(&[], &[], &[]).expect("a page");
    assert!(empty.width > 0.0 && empty.boxes.is_empty());
}

proptest! {
    #![proptest_config(crate::same_cases(40))]

    #[test]
    fn nothing_covers_anything_and_pages_are_the_same_again(to_place in anything(20)) {
        let (boxes, groups, arrows) = &to_place;
        let layout = lay_out(boxes, groups, arrows).expect("a page");
        let faults = faults(&to_place, &layout);
        prop_assert!(faults.is_empty(), "{:#?}", faults);
        prop_assert_eq!(layout, lay_out(boxes, groups, arrows).expect("a page"));
    }
}
