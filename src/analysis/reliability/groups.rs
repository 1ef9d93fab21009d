//! In which order gates can be solved: what is below first, cycles together.
//!
//! Knows which gate asks for which; knows nothing of their meaning.

use super::structure::{Gate, above};

/// The strongly connected components of the gates, each in ascending order, those that others ask for first (Kosaraju
/// 1978; Sharir 1981).
pub(super) fn groups(gates: &[Gate]) -> Vec<Vec<usize>> {
    let above = above(gates);
    let up = |gate: usize| above.get(gate).map_or(&[][..], Vec::as_slice);
    let down = |gate: usize| gates.get(gate).map_or(&[][..], Gate::below);
    let mut seen = vec![false; gates.len()];
    let mut finished = Vec::new();
    for start in 0..gates.len() {
        visit(start, &up, &mut seen, &mut finished);
    }
    let mut seen = vec![false; gates.len()];
    let mut groups = Vec::new();
    for &start in finished.iter().rev() {
        let mut group = Vec::new();
        visit(start, &down, &mut seen, &mut group);
        group.sort_unstable();
        groups.extend(Some(group).filter(|group| !group.is_empty()));
    }
    groups
}

/// Adds what can be reached and was not seen before, each gate behind those that were first reached from it.
fn visit<'g>(
    start: usize,
    next: &dyn Fn(usize) -> &'g [usize],
    seen: &mut [bool],
    finished: &mut Vec<usize>,
) {
    let mut enter = |gate: usize| {
        let mark = seen.get_mut(gate).filter(|mark| !**mark)?;
        *mark = true;
        Some((gate, next(gate).iter()))
    };
    let mut path: Vec<_> = enter(start).into_iter().collect();
    while let Some((gate, left)) = path.last_mut() {
        match left.next() {
            Some(&further) => path.extend(enter(further)),
            None => {
                finished.push(*gate);
                path.pop();
            }
        }
    }
}
