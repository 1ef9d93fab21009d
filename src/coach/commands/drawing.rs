//! Arrows, `add` and `rename`: who is there and who calls whom.
//!
//! Knows lines; what arrows mean is the notation's business.

use super::pending::{Pending, draw_told};
use super::{attributes, known, names};
use crate::coach::interviewer;
use crate::coach::line::Request;
use crate::coach::reply::{Reply, Trouble};
use crate::coach::session::Session;
use crate::coach::sketch;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Design, Value, spelling};
use crate::notation::arrows::{self, ArrowNode};
use crate::notation::drawing::Drawn;

/// A line can draw so many arrows.
const MOST_ARROWS: usize = 200;

/// A design can have so many components at the prompt.
pub(super) const MOST_COMPONENTS: usize = 300;

/// Draws a line. A product is the one part that is made of it.
pub(in crate::coach) fn draw(session: &mut Session<'_>, line: &str) -> Vec<Reply> {
    // "Api -> redis timeout 5ms" states something of an arrow that is drawn.
    if arrows::parse_chain(line).is_err() && attributes::is_settable(session, line) {
        return attributes::set(session, Request::whole(line));
    }
    draw_named(session, line, true)
}

/// Draws a line; a product of which one is drawn is that one, or another.
fn draw_named(session: &mut Session<'_>, line: &str, is_drawn_one: bool) -> Vec<Reply> {
    let ours = names::in_our_signs(session, line);
    let signed = ours.as_deref().unwrap_or(line);
    let joined = names::joined(session, signed);
    let spelt = joined.as_deref().unwrap_or(signed);
    let known =
        known::as_drawn(session, spelt).filter(|known| is_drawn_one || known.products.is_empty());
    let text = known.as_ref().map_or(spelt, |known| known.line.as_str());
    let mut replies = draw_line(session, text);
    if text != line {
        let located = replies.into_iter();
        replies = located.map(|reply| reply.of_line(None, text)).collect();
    }
    // The echo shows the names; the reason is told once.
    if joined.is_some() && !std::mem::replace(&mut session.spelt_names, true) {
        let note = format!("Names have no spaces; that was taken as `{text}`.");
        replies.push(Reply::Note(note));
    }
    let products = known.map(|known| known.products).unwrap_or_default();
    replies.extend(products.into_iter().map(|(said, id)| {
        Reply::Note(format!(
            "`{said}` is `{id}` here; `add {said}` draws another."
        ))
    }));
    replies
}

fn draw_line(session: &mut Session<'_>, line: &str) -> Vec<Reply> {
    draw_told(session, Pending::of(line))
}

/// A line that would draw more than anybody reads.
pub(super) fn too_much(line: &str, design: &Design) -> Option<Reply> {
    let chain = arrows::parse_chain(line).ok()?;
    let sizes: Vec<usize> = chain.stages.iter().map(|stage| stage.nodes.len()).collect();
    let arrows: usize = sizes
        .windows(2)
        .map(|pair| pair.iter().product::<usize>())
        .sum();
    if arrows > MOST_ARROWS {
        return Some(Reply::trouble(
            format!("{arrows} arrows in one line"),
            "draw it in several lines".to_owned(),
        ));
    }
    let components = design.components.len() + sizes.iter().sum::<usize>();
    (components > MOST_COMPONENTS).then(|| {
        Reply::trouble(
            format!("more than {MOST_COMPONENTS} components"),
            "group what belongs together".to_owned(),
        )
    })
}

/// Attributes that name a component which is not there.
pub(super) fn strangers(design: &Design) -> Option<Reply> {
    let of_connections = design
        .connections
        .iter()
        .filter_map(|connection| connection.attributes.word(Attribute::OnMiss));
    let of_components = design.components.iter().filter_map(|component| {
        match component.attributes.get(Attribute::DeadLetter) {
            Some(Value::Word(id)) => Some(id.as_str()),
            _ => None,
        }
    });
    let stranger = of_connections
        .chain(of_components)
        .find(|id| design.component(id).is_none())?;
    Some(unknown_component(stranger, design))
}

/// The complaint about a name that no component has.
pub(super) fn unknown_component(id: &str, design: &Design) -> Reply {
    Reply::trouble(
        format!("unknown component `{id}`"),
        near_component(id, design),
    )
}

/// Help for a name that no component has.
pub(super) fn near_component(id: &str, design: &Design) -> String {
    let ids: Vec<&str> = design
        .components
        .iter()
        .map(|component| component.id.as_str())
        .collect();
    spelling::did_you_mean(id, &ids).unwrap_or_else(|| format!("draw it first: `add {id}`"))
}

pub(super) fn echo(session: &Session<'_>, drawn: &Drawn) -> Reply {
    let design = &session.state.design;
    let described = |at: &usize| {
        let component = design.components.get(*at)?;
        Some(crate::drawing::component_in_words(
            component,
            session.vocabulary(),
        ))
    };
    let mut parts: Vec<String> = drawn
        .added
        .iter()
        .chain(&drawn.changed)
        .filter_map(described)
        .collect();
    if !drawn.connected.is_empty() {
        parts.push(spelling::counted(
            drawn.connected.len(),
            "new arrow",
            "new arrows",
        ));
    }
    if parts.is_empty() {
        return Reply::Note("That is drawn already.".to_owned());
    }
    Reply::Echo(parts.join(", "))
}

/// `add NAME[: KIND]`
pub(super) fn add(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if request.rest.is_empty() {
        let help = "write `add NAME` or `add NAME: KIND`".to_owned();
        return vec![Reply::trouble("nothing to add", help)];
    }
    if Attribute::named(request.rest, Bearer::Component).is_some() {
        let help = format!("write `set NAME {}=...`", request.rest);
        return vec![Reply::trouble(
            format!("`{}` is an attribute, no component", request.rest),
            help,
        )];
    }
    let line = with_colon(request.rest, session);
    let replies = draw_named(session, &line, false);
    let cure = in_prose(request.rest, session);
    let to_add = |reply: Reply| match (moved(reply, &request), &cure) {
        (Reply::Trouble(trouble), Some(help)) => Reply::Trouble(Trouble {
            help: Some(help.clone()),
            ..trouble
        }),
        (reply, _) => reply,
    };
    replies.into_iter().map(to_add).collect()
}

/// The cure for what is added in prose: `a replica of redis`, `redis for sessions`, `a cache in front of the db`.
fn in_prose(text: &str, session: &Session<'_>) -> Option<String> {
    let is_prose = text.contains(char::is_whitespace) && !text.contains(['-', '[', ':']);
    is_prose
        .then(|| sketch::of(session, text))
        .flatten()
        .map(|sketch| sketch.in_words())
}

/// Whether a line without an arrow says what components are, and nothing else: `links: key_value_db x3`.
pub(in crate::coach) fn names_components(session: &Session<'_>, line: &str) -> bool {
    let is_known = |node: &ArrowNode| {
        let vocabulary = session.vocabulary();
        let says =
            |what: &str| vocabulary.meaning(what).is_some() || vocabulary.of_family(what).is_some();
        node.what.as_ref().is_some_and(|what| says(&what.text))
    };
    arrows::parse_chain(line).is_ok_and(|chain| {
        chain
            .stages
            .iter()
            .flat_map(|stage| &stage.nodes)
            .all(is_known)
    })
}

/// `add links key_value_db` means `add links: key_value_db`.
fn with_colon(text: &str, session: &Session<'_>) -> String {
    let Some((name, what)) = text.split_once(char::is_whitespace) else {
        return text.to_owned();
    };
    let what = what.trim();
    let what = what.strip_prefix("as ").unwrap_or(what);
    let plain = arrows::is_id(name) && session.vocabulary().meaning(what).is_some();
    if plain {
        format!("{name}: {what}")
    } else {
        text.to_owned()
    }
}

/// A complaint about the rest of a line, as one about the whole line.
fn moved(reply: Reply, request: &Request<'_>) -> Reply {
    match reply {
        Reply::Trouble(mut trouble) => {
            trouble.span = trouble.span.map(|span| request.span(&span));
            Reply::Trouble(trouble)
        }
        other => other,
    }
}

/// `rename OLD NEW`
pub(super) fn rename(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let Some((old, new)) = two_names(session, request.rest) else {
        return vec![Reply::trouble(
            "two names are needed",
            "write `rename OLD NEW`".to_owned(),
        )];
    };
    let (old, new) = (old.as_str(), new.as_str());
    let design = &mut session.state.design;
    let Some(at) = design.component(old) else {
        let help = near_component(old, design);
        return vec![Reply::trouble_at(
            request.span_of(old),
            format!("unknown component `{old}`"),
            help,
        )];
    };
    if !arrows::is_id(new) {
        let help = arrows::id_cure(new).to_owned();
        return vec![Reply::trouble(format!("`{new}` can't be a name"), help)];
    }
    if design.component(new).is_some() {
        return vec![Reply::trouble(
            format!("there is a `{new}` already"),
            "take another name".to_owned(),
        )];
    }
    give_name(design, at, old, new);
    interviewer::renamed(session, old, new);
    vec![Reply::Echo(format!("{old} is {new} now"))]
}

/// The old name and the new one: two words, or several with `to` between them, of which the first name a component.
fn two_names(session: &Session<'_>, text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_between = |word: &&str| matches!(*word, "to" | "as" | "->");
    if let [old, new] = *words
        .iter()
        .filter(|word| !is_between(word))
        .collect::<Vec<_>>()
    {
        return Some(((*old).to_owned(), (*new).to_owned()));
    }
    let between = words.iter().position(is_between)?;
    let old = sketch::component_called(session, &words.get(..between)?.join(" "))?;
    let new = words
        .get(between + 1..)?
        .iter()
        .filter(|word| **word != "please");
    Some((old, new.copied().collect::<Vec<_>>().join("-")))
}

/// Gives a component another name, also where attributes name it.
fn give_name(design: &mut Design, at: usize, old: &str, new: &str) {
    if let Some(component) = design.components.get_mut(at) {
        new.clone_into(&mut component.id);
    }
    for connection in &mut design.connections {
        if connection.attributes.word(Attribute::OnMiss) == Some(old) {
            connection
                .attributes
                .set(Attribute::OnMiss, Value::Word(new.to_owned()));
        }
    }
    for component in &mut design.components {
        if component.attributes.word(Attribute::DeadLetter) == Some(old) {
            component
                .attributes
                .set(Attribute::DeadLetter, Value::Word(new.to_owned()));
        }
    }
}
