//! One part that becomes several: "split the api into reads and writes" as the lines that draw them with its arrows.
//!
//! Knows what is drawn and what the new parts are called; which words split is data of the language.

use super::names::{attribute_of, component_called, number};
use super::{Sketch, describing, read};
use crate::coach::session::Session;
use crate::model::Design;
use crate::notation::arrows;

/// What stands before the new names.
const INTO: &str = " into ";

/// What stands between two of them.
const AND: &str = " and ";

/// A name has no more words than this.
const MOST_WORDS: usize = 3;

/// The part that a line splits, by its name, and what is said of the new ones.
struct Splitting {
    old: String,
    into: Option<String>,
}

fn splitting(session: &Session<'_>, text: &str) -> Option<Splitting> {
    let changing = &session.talk().changing;
    let text = read(session, text).to_lowercase();
    let rest = changing.splits(&text)?;
    let (old, into) = match rest.split_once(INTO) {
        Some((old, into)) => (old, Some(into.to_owned())),
        None => (rest, None),
    };
    let old = component_called(session, old.trim_end_matches(['.', ' ']))?;
    Some(Splitting { old, into })
}

/// The part that is to become several, where nothing says which ones.
pub(in crate::coach) fn undivided(session: &Session<'_>, text: &str) -> Option<String> {
    let Splitting { old, into } = splitting(session, text)?;
    let names = into.map(|into| new_names(session, &into, &old));
    let counts = |names: Option<Vec<String>>| names.is_none_or(|names| names.is_empty());
    counts(names).then_some(old)
}

/// The lines that draw several parts in place of one, each with its arrows; none where it is not said which ones.
pub(super) fn split(session: &Session<'_>, text: &str) -> Option<Sketch> {
    let Splitting { old, into } = splitting(session, text)?;
    let names = new_names(session, &into?, &old);
    let design = &session.state.design;
    let is_free = |name: &String| *name == old || design.component(name).is_none();
    let (first, others) = names.split_first()?;
    if others.is_empty() || !names.iter().all(is_free) {
        return None;
    }
    let component = design.components.get(design.component(&old)?)?;
    let vocabulary = session.vocabulary();
    let kind = |name: &str| {
        vocabulary
            .classify(name)
            .map(|what| vocabulary.kind_of(what))
    };
    let what = |name: &str| match component.tech {
        Some(tech) => &vocabulary.technologies.info(tech).id,
        None => {
            &vocabulary
                .kinds
                .info(kind(name).unwrap_or(component.kind))
                .id
        }
    };
    let keeps = names.contains(&old);
    let mut lines = Vec::new();
    if !keeps {
        lines.push(format!("rename {old} {first}"));
    }
    let new = names.iter().filter(|name| **name != old);
    for name in new.skip(usize::from(!keeps)) {
        lines.push(format!("add {name}: {}", what(name)));
        lines.extend(same_arrows(design, &old, name));
    }
    Some(Sketch {
        lines,
        what: "gives each of them its arrows",
        is_open: false,
        is_stated: false,
    })
}

/// The names of the new parts; none where a number or something else is said than names.
fn new_names(session: &Session<'_>, into: &str, old: &str) -> Vec<String> {
    let pieces = into.split([',', '&', '+']);
    let pieces = pieces.flat_map(|piece| piece.split(AND));
    let pieces = pieces.map(str::trim).filter(|piece| !piece.is_empty());
    let names: Option<Vec<String>> = pieces.map(|piece| new_name(session, piece, old)).collect();
    let mut names = names.unwrap_or_default();
    names.dedup();
    if names.len() < 2 {
        names.clear();
    }
    names
}

/// What one of them is called: `read-api` of "a read api", and of "reads" where an api is split.
fn new_name(session: &Session<'_>, piece: &str, old: &str) -> Option<String> {
    let changing = &session.talk().changing;
    let said = piece.split_whitespace();
    let articles = &describing(session).articles;
    let said = said.skip_while(|word| articles.has(word) || *word == "and");
    let said = said.map(|word| word.trim_matches(['.', ';', '!', '(', ')']));
    let words: Vec<&str> = said.take_while(|word| !changing.ends_name(word)).collect();
    let is_name =
        |word: &&str| arrows::is_id(word) && number(word).is_none() && attribute_of(word).is_none();
    if words.is_empty() || words.len() > MOST_WORDS || !words.iter().all(is_name) {
        return None;
    }
    let name = words.join("-");
    let (vocabulary, design) = (session.vocabulary(), &session.state.design);
    let family = |kind| vocabulary.family(kind);
    let own = design.components.get(design.component(old)?)?.kind;
    let kind = vocabulary
        .classify(&name)
        .map(|what| vocabulary.kind_of(what));
    // "Reads" is no api, and "users" are none either.
    if name == old || kind.is_some_and(|kind| family(kind) == family(own)) {
        return Some(name);
    }
    let stem = name.strip_suffix('s').unwrap_or(&name);
    Some(format!("{stem}-{old}"))
}

/// The lines that draw the arrows of a part from and to another.
fn same_arrows(design: &Design, old: &str, new: &str) -> Vec<String> {
    let place = design.component(old);
    let id = |at: usize| design.components.get(at).map(|one| one.id.as_str());
    let of = |is_async: bool, is_to: bool| -> Vec<&str> {
        let arrows = design.connections.iter();
        let arrows = arrows.filter(|arrow| arrow.asynchronous == is_async);
        let ends = arrows.filter_map(|arrow| {
            let (own, other) = if is_to {
                (arrow.to, arrow.from)
            } else {
                (arrow.from, arrow.to)
            };
            (Some(own) == place && own != other)
                .then(|| id(other))
                .flatten()
        });
        ends.collect()
    };
    let mut lines = Vec::new();
    for (is_async, arrow) in [(false, "->"), (true, "~>")] {
        let (from, to) = (
            of(is_async, true).join(", "),
            of(is_async, false).join(", "),
        );
        let ends = [from.as_str(), new, to.as_str()];
        let ends: Vec<&str> = ends.into_iter().filter(|end| !end.is_empty()).collect();
        if ends.len() > 1 {
            lines.push(ends.join(&format!(" {arrow} ")));
        }
    }
    lines
}
