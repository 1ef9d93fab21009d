//! What a change of mind means for what is drawn: something goes, something else takes its place, or the same holds for
//! another part.
//!
//! Knows what is spoken of and in which words; which words give something up is data of the language.

use super::chain::{carries, is_origin};
use super::names::{COMMA, Named, arrow_between, last_said, named, words};
use super::restated::last_set;
use super::roles::service;
use super::split::split;
use super::ways::OVER;
use super::{Sketch, describing, read};
use crate::coach::session::Session;
use crate::model::{Component, Kind};
use crate::notation::arrows;
use crate::rubric::{Changing, Stance};

/// What stands before what something is preferred to.
const THAN: &str = "than";
const INSTEAD_OF: &[&str] = &["instead", "of"];

/// What stands before a part for which something is.
const FOR: &str = "for";

/// What is said of a part that takes the place of another.
const REPLACES: &str = "puts it in that place, with all arrows";

/// The components that are spoken of and not spoken against.
pub(super) fn wanted(session: &Session<'_>, words: &[&str]) -> Vec<Named> {
    let all = named(session, words);
    let stances = stances(changing(session), words, &all);
    let both = all.into_iter().zip(stances);
    // "Over the gateway" is a way, and "not from kafka" none.
    let is_way = |name: &Named| {
        let before = words.get(..name.at.start).unwrap_or_default();
        last_said(describing(session), before) == Some(OVER)
    };
    let wanted = both.filter(|(name, stance)| match stance {
        Stance::Spoken => true,
        Stance::Dropped => name.is_drawn,
        Stance::Against => name.is_drawn && is_way(name),
    });
    wanted.map(|(name, _)| name).collect()
}

/// What a sentence takes out that is not drawn.
pub(in crate::coach) fn missing(session: &Session<'_>, text: &str) -> Option<String> {
    let text = read(session, text).to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    let named = named(session, &words);
    let stances = stances(changing(session), &words, &named);
    let is_gone = |stance: &Stance| *stance == Stance::Dropped;
    let is_it = stances.iter().all(is_gone) && named.iter().all(|name| !name.is_drawn);
    named.first().filter(|_| is_it).map(|name| name.id.clone())
}

/// The lines that change what is drawn; none where nothing is taken back.
pub(in crate::coach) fn change(session: &Session<'_>, text: &str) -> Option<Sketch> {
    let talk = session.talk();
    if let Some(split) = split(session, text) {
        return Some(split);
    }
    let text = read(session, text).to_lowercase();
    if talk.changing.parts(&text)
        && let Some(arrow) = arrow_between(session, &text)
    {
        return Some(Sketch::new(format!("rm {arrow}"), "takes that arrow out"));
    }
    let words: Vec<&str> = words(&text).collect();
    let named = named(session, &words);
    if talk.changing.says_the_same(&text) {
        return same(session, &named);
    }
    let stances = stances(&talk.changing, &words, &named);
    let with = |wanted: Stance| {
        let both = named.iter().zip(&stances);
        let found = both.filter(move |(_, stance)| **stance == wanted);
        found.map(|(name, _)| name).collect::<Vec<&Named>>()
    };
    let (dropped, against) = (with(Stance::Dropped), with(Stance::Against));
    let new: Vec<&Named> = with(Stance::Spoken)
        .into_iter()
        .filter(|name| !name.is_drawn)
        .collect();
    let drawn = |names: &[&Named]| {
        names
            .iter()
            .find(|name| name.is_drawn)
            .map(|name| name.id.clone())
    };
    let gone = drawn(&dropped);
    match (gone, new.as_slice()) {
        (Some(old), []) => Some(removed(session, &old)),
        (Some(old), [new, ..]) => replaced(session, &old, new),
        (None, [new, ..]) => {
            let mind = talk.changing.changes_mind(&text);
            let is_it = |old: &&Named| is_replaced(session, &words, &named, (old, new));
            let against: Vec<&Named> = against.into_iter().filter(is_it).collect();
            let old = drawn(&against).or_else(|| {
                let spoken = with(Stance::Spoken);
                // Preferred to what is not drawn, it takes the place of nothing.
                let may_guess = mind && !is_preferred(&words);
                may_guess
                    .then(|| counterpart(session, &words, &spoken, new))
                    .flatten()
            })?;
            replaced(session, &old, new)
        }
        (None, []) => None,
    }
}

/// Whether words prefer one thing to another.
fn is_preferred(words: &[&str]) -> bool {
    words.contains(&THAN) || words.windows(2).any(|pair| pair == INSTEAD_OF)
}

/// Whether one part is meant instead of another: it is of that sort, or they are named side by side; "the sender calls redis
/// instead of kafka" makes no sender of kafka.
fn is_replaced(
    session: &Session<'_>,
    words: &[&str],
    named: &[Named],
    (old, new): (&Named, &Named),
) -> bool {
    let vocabulary = session.vocabulary();
    let family = |name: &Named| name.kind.map(|kind| vocabulary.family(kind));
    let beside = named.windows(2).any(|pair| {
        let has = |name: &Named| pair.iter().any(|other| other.at == name.at);
        has(old) && has(new)
    });
    let describing = describing(session);
    let before = words.get(..old.at.start).unwrap_or_default();
    let is_way = last_said(describing, before).is_some_and(|word| describing.ways.has(word));
    family(old) == family(new) || (beside && !is_way)
}

/// The lines that take a component out; who called what lies behind it goes on doing so, where it held nothing itself.
fn removed(session: &Session<'_>, old: &str) -> Sketch {
    let design = &session.state.design;
    let kinds = &session.vocabulary().kinds;
    let mut sketch = Sketch::new(format!("rm {old}"), "takes it out");
    let place = design.component(old);
    let id = |at: usize| Some(design.components.get(at)?.id.as_str());
    let passes = place
        .and_then(|at| design.components.get(at))
        .map(|component| kinds.info(component.kind))
        .is_some_and(|info| !info.holds_data && !info.bypassed && info.delivery.is_none());
    if !passes {
        return sketch;
    }
    let behind = design
        .connections
        .iter()
        .filter(|arrow| Some(arrow.from) == place);
    let behind: Vec<&str> = behind.filter_map(|arrow| id(arrow.to)).collect();
    let before = design
        .connections
        .iter()
        .filter(|arrow| Some(arrow.to) == place);
    let before: Vec<&str> = before.filter_map(|arrow| id(arrow.from)).collect();
    if let ([_, ..], [_, ..]) = (before.as_slice(), behind.as_slice()) {
        let line = format!("{} -> {}", before.join(", "), behind.join(", "));
        sketch.lines.push(line);
        sketch.what = "takes it out and joins what it stood between";
    }
    sketch
}

fn changing<'c>(session: &Session<'c>) -> &'c Changing {
    &session.talk().changing
}

/// What the words around each name say of it, as far as the names beside it and commas.
fn stances(changing: &Changing, words: &[&str], named: &[Named]) -> Vec<Stance> {
    let stance = |(at, name): (usize, &Named)| {
        let from = at.checked_sub(1).and_then(|at| named.get(at));
        let from = from.map_or(0, |before| before.at.end);
        let to = named.get(at + 1).map_or(words.len(), |next| next.at.start);
        let before = words.get(from..name.at.start).unwrap_or_default();
        let behind = words.get(name.at.end..to).unwrap_or_default();
        let before = before.rsplit(|word| *word == COMMA).next();
        let behind = behind.split(|word| *word == COMMA).next();
        changing.stance(before.unwrap_or_default(), behind.unwrap_or_default())
    };
    named.iter().enumerate().map(stance).collect()
}

/// What a new part takes the place of where nobody says so: the one of its family that is spoken of, that a part which is
/// spoken of calls, or that was drawn last. What it is used in stays; of what computes there are many, and none is meant.
fn counterpart(
    session: &Session<'_>,
    words: &[&str],
    spoken: &[&Named],
    new: &Named,
) -> Option<String> {
    // Who calls is spoken of by many names, and none takes the place of another.
    if is_origin(session, new) {
        return None;
    }
    let describing = describing(session);
    let design = &session.state.design;
    let vocabulary = session.vocabulary();
    let family = vocabulary.family(new.kind?);
    let is_like = |kind: Kind| vocabulary.family(kind) == family;
    let is_place = |name: &Named| {
        let before = words.get(..name.at.start).unwrap_or_default();
        let said = last_said(describing, before);
        said.is_some_and(|word| word == FOR || describing.inside.has(word))
    };
    let mut said = spoken.iter().filter(|name| name.is_drawn);
    let mut objects = said.clone().filter(|name| !is_place(name));
    if let Some(name) = objects.find(|name| name.kind.is_some_and(is_like)) {
        return Some(name.id.clone());
    }
    let called = said.find_map(|name| {
        let from = design.component(&name.id)?;
        let mut arrows = design.connections.iter().filter(|arrow| arrow.from == from);
        arrows.find_map(|arrow| {
            let to = design.components.get(arrow.to)?;
            is_like(to.kind).then(|| to.id.clone())
        })
    });
    let computes = service(session).is_some_and(is_like);
    // The last that is of its very kind, or the only one that is like it.
    let last = || {
        let like = design.components.iter().rev();
        let like = like.filter(|component| is_like(component.kind));
        let alike: Vec<&Component> = like.collect();
        let mut same = alike.iter().filter(|other| Some(other.kind) == new.kind);
        let one = match (same.next(), alike.as_slice()) {
            (Some(same), _) => same,
            (None, [only]) => only,
            _ => return None,
        };
        Some(one.id.clone())
    };
    called.or_else(|| last().filter(|_| !computes))
}

/// The lines by which a part takes the place of another, and its name where that said what it was made of.
fn replaced(session: &Session<'_>, old: &str, new: &Named) -> Option<Sketch> {
    let design = &session.state.design;
    let vocabulary = session.vocabulary();
    let component = design.components.get(design.component(old)?)?;
    let mut lines = Vec::new();
    if new.is_product(vocabulary) {
        lines.push(format!("set {old} tech={}", new.product()));
    } else {
        if component.tech.is_some() {
            lines.push(format!("unset {old} tech"));
        }
        let kind = &vocabulary.kinds.info(new.kind?).id;
        lines.push(format!("set {old} kind={kind}"));
    }
    let says_what_it_is = vocabulary.classify(old).is_some();
    if says_what_it_is && design.component(new.name()).is_none() {
        lines.push(format!("rename {old} {}", new.name()));
    }
    Some(Sketch {
        lines,
        what: REPLACES,
        is_open: false,
        is_stated: false,
    })
}

/// "Same for the timeline service": what was stated or drawn last, of another part.
fn same(session: &Session<'_>, named: &[Named]) -> Option<Sketch> {
    let from = named.first()?;
    if let Some((id, pairs)) = last_set(session).filter(|_| from.is_drawn) {
        let line = format!("set {} {pairs}", from.id);
        return (id != from.id).then(|| Sketch::new(line, "states the same of it"));
    }
    let design = &session.state.design;
    let calls: Vec<&str> = last_calls(session, from)
        .into_iter()
        .filter(|id| *id != from.id)
        .collect();
    let kinds = calls.iter().filter_map(|id| {
        let at = design.component(id)?;
        Some((*id, design.components.get(at)?.kind))
    });
    let (messages, calls): (Vec<_>, Vec<_>) = kinds.partition(|(_, kind)| carries(session, *kind));
    let arrows = [("->", calls), ("~>", messages)];
    let lines = arrows.into_iter().filter(|(_, to)| !to.is_empty());
    let lines = lines.map(|(arrow, to)| {
        let ids: Vec<&str> = to.iter().map(|(id, _)| *id).collect();
        format!("{} {arrow} {}", from.id, ids.join(", "))
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(Sketch {
        lines,
        what: "draws the same from there",
        is_open: false,
        is_stated: false,
    })
}

/// Who is called in the line that was drawn last, by the part that is most like another, or else at its end.
fn last_calls<'s>(session: &'s Session<'_>, like: &Named) -> Vec<&'s str> {
    let design = &session.state.design;
    let id = |at: usize| {
        design
            .components
            .get(at)
            .map(|component| component.id.as_str())
    };
    let line = session.last_stated.as_deref().unwrap_or_default();
    let drawn = arrows::parse_chain(line).ok();
    let names: Vec<String> = drawn
        .into_iter()
        .flat_map(|chain| chain.stages)
        .flat_map(|stage| stage.nodes)
        .map(|node| node.id.text)
        .collect();
    let is_drawn = |at: usize| id(at).is_some_and(|id| names.iter().any(|name| name == id));
    let mut pairs = design
        .connections
        .iter()
        .map(|arrow| (arrow.from, arrow.to));
    let of_line: Vec<(usize, usize)> = pairs
        .clone()
        .filter(|(from, to)| is_drawn(*from) && is_drawn(*to))
        .collect();
    let all = if of_line.is_empty() {
        pairs.next_back().into_iter().collect()
    } else {
        of_line
    };
    let vocabulary = session.vocabulary();
    let family = like.kind.map(|kind| vocabulary.family(kind));
    let is_like = |at: usize| {
        let component = design.components.get(at);
        component.is_some_and(|component| Some(vocabulary.family(component.kind)) == family)
    };
    let alike = all
        .iter()
        .find(|(from, _)| is_like(*from) && id(*from) != Some(like.id.as_str()));
    let Some((caller, _)) = alike.or(all.last()).copied() else {
        return Vec::new();
    };
    let called = all.iter().filter(|(from, _)| *from == caller);
    called.filter_map(|(_, to)| id(*to)).collect()
}
