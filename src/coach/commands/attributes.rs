//! `set` and, in a part of its own, `unset`: attributes of components, arrows and flows.
//!
//! Knows who bears attributes and how lines name them; which attributes there are is the table's business.

mod taking;

use super::drawing::strangers;
use super::fault::Fault;
use super::targets::{Target, target, target_length};
use super::{flows, known};
use crate::coach::line::Request;
use crate::coach::pairs::{self, Piece};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::coach::sketch;
use crate::model::attribute::Bearer;
use crate::model::quantity::Dimension;
use crate::model::vocabulary::Meaning;
use crate::model::{
    Attribute, Attributes, Component, Design, Figure, Value, ValueType, Vocabulary, spelling,
};
use crate::notation::design::{normal_name, stated_figures};
use crate::notation::{arrows, drawing};
pub(super) use taking::unset;

/// The keys of a component that are no attributes.
const OWN_KEYS: &[&str] = &["kind", "tech", "title", "group", "tags", "notes"];

/// What is said of what is split by a key.
const SPLIT: &[&str] = &["sharded", "partitioned", "split"];
const BY: &str = "by";

/// The key of a connection that is no attribute.
const ASYNC: &str = "async";

/// `set NAME|A -> B KEY=VALUE...`
pub(super) fn set(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let mut design = session.state.design.clone();
    let by_name = by_name(session, request.rest);
    let text = by_name.as_deref().unwrap_or(request.rest);
    let stated = state_all(&mut design, text, session.vocabulary());
    match stated {
        Err(fault) => {
            if let Some(again) = known::in_drawn_letters(session, text)
                && is_settable(session, &again)
            {
                return set(session, Request::whole(&again));
            }
            if let Some(several) = several(session, text) {
                return vec![several];
            }
            let request = by_name.as_deref().map_or(request, Request::whole);
            vec![fault.reply(&request).of_line(None, request.line)]
        }
        Ok((_, said)) if said.is_empty() => {
            let help = "write `set NAME key=value`, such as `set api replicas=3`".to_owned();
            vec![Reply::trouble("nothing to set", help)]
        }
        Ok((name, said)) => {
            if let Some(trouble) = strangers(&design) {
                return vec![trouble];
            }
            let flow = design.flows.iter().find(|flow| flow.id == name);
            let remark = flow.and_then(flows::low_peak);
            session.state.design = design;
            let echo = Reply::Echo(format!("{name}: {}", said.join(", ")));
            [echo].into_iter().chain(remark).collect()
        }
    }
}

/// `db replicas=5` as the `set` that it is: a component that is drawn, and what it can have; none where it states a figure.
pub(in crate::coach) fn as_set(session: &Session<'_>, line: &str) -> Option<String> {
    if let Some(set) = count_and_rate(session, line) {
        return Some(set);
    }
    let (name, rest) = line.split_once(' ')?;
    let (key, _) = rest.split_once('=')?;
    let key = key.trim().rsplit(' ').next()?;
    let is_key = OWN_KEYS.contains(&key) || Attribute::named(key, Bearer::Component).is_some();
    let is_drawn = session.state.design.component(name).is_some();
    (is_drawn && is_key && is_settable(session, line)).then(|| format!("set {line}"))
}

/// `api = 20 * 100k rps` of what is drawn: so many of them, each of which takes so much.
fn count_and_rate(session: &Session<'_>, line: &str) -> Option<String> {
    let (name, sum) = line.split_once('=')?;
    let (count, rate) = sum.split_once(['*', '×'])?;
    let (name, count, rate) = (name.trim(), count.trim(), rate.trim());
    let is_figure = stated_figures(&session.state.design)
        .iter()
        .any(|(figure, _)| *figure == normal_name(name));
    let is_drawn = session.state.design.component(name).is_some();
    let figure = Figure::parse(rate).ok()?;
    let is_rate = figure.quantity.dimension == Dimension::RATE && !rate.contains('*');
    let count: u16 = count.parse().ok()?;
    let (replicas, capacity) = (
        Attribute::Replicas.row().name,
        Attribute::Capacity.row().name,
    );
    let shown = figure.quantity;
    (is_drawn && is_rate && !is_figure)
        .then(|| format!("set {name} {replicas}={count} {capacity}={shown}"))
}

/// Whether what follows a `set` can be stated.
pub(in crate::coach) fn is_settable(session: &Session<'_>, text: &str) -> bool {
    let mut design = session.state.design.clone();
    let stated = state_all(&mut design, text, session.vocabulary());
    stated.is_ok_and(|(_, said)| !said.is_empty())
}

/// `set the trie cache replicas=3` by the name of the component; none where it goes by that already.
fn by_name(session: &Session<'_>, text: &str) -> Option<String> {
    let head = pairs::split(text).head;
    let is_drawn = session.state.design.component(head.text).is_some();
    let several = !is_drawn && !arrows::has_arrow(head.text);
    let id = several
        .then(|| sketch::component_called(session, head.text))
        .flatten()?;
    let rest = text.get(head.span.end..)?;
    Some(format!("{id} {}", rest.trim_start()))
}

/// The complaint about a name that several parts may be meant by: `set queue ...` where two queues are drawn.
fn several(session: &Session<'_>, text: &str) -> Option<Reply> {
    let word = text.split_whitespace().next()?;
    let (design, vocabulary) = (&session.state.design, session.vocabulary());
    let is_named = design.component(word).is_some() || design.flows.iter().any(|it| it.id == word);
    let meaning = vocabulary.meaning(word).filter(|_| !is_named)?;
    let family = vocabulary.family(vocabulary.kind_of(meaning));
    let components = design.components.iter();
    let carries = |kind| vocabulary.kinds.info(kind).delivery.is_some();
    let is_alike = |kind| {
        vocabulary.family(kind) == family || (carries(kind) && carries(vocabulary.kind_of(meaning)))
    };
    let alike = components.filter(|other| is_alike(other.kind));
    let ids: Vec<&str> = alike.map(|other| other.id.as_str()).collect();
    (!ids.is_empty()).then(|| {
        let help = format!("say its name: {}", spelling::listed(&ids));
        Reply::trouble(format!("no component is called `{word}`"), help)
    })
}

fn state_all(
    design: &mut Design,
    text: &str,
    vocabulary: &Vocabulary,
) -> Result<(String, Vec<String>), Fault> {
    let split = pairs::split(text);
    let words = pairs::words(&split.head);
    let (named, bare) = words.split_at(target_length(&words));
    let target = target(design, named, &split.head)?;
    let bearer = if matches!(target, Target::Connections(_)) {
        Bearer::Connection
    } else {
        Bearer::Component
    };
    let mut said = Vec::new();
    for (key, value) in bare_pairs(bare, bearer) {
        said.push(state(design, &target, &key, &value, vocabulary)?);
    }
    for (key, value) in &split.pairs {
        let (value, others) = until_comma(key, value, bearer);
        said.push(state(design, &target, key, &value, vocabulary)?);
        for (key, value) in bare_pairs(&without_commas(&others), bearer) {
            said.push(state(design, &target, &key, &value, vocabulary)?);
        }
    }
    let named: Vec<&str> = named.iter().map(|word| word.text).collect();
    Ok((named.join(" "), said))
}

/// A value up to a comma with space behind it, and the words that follow; texts and lists of names have commas of their own.
fn until_comma<'l>(key: &Piece<'l>, value: &Piece<'l>, bearer: Bearer) -> (Piece<'l>, Piece<'l>) {
    let attribute = Attribute::named(key.text, bearer).map(|attribute| attribute.row().value);
    let is_single =
        attribute.is_some_and(|value| !matches!(value, ValueType::Text | ValueType::Names));
    let comma = value.text.find(", ").filter(|_| is_single);
    let at = comma.unwrap_or(value.text.len());
    let (text, others) = value.text.split_at(at);
    let start = value.span.start;
    let words = |text: &'l str, span| Piece { text, span };
    (
        words(text, start..start + at),
        words(others, start + at..start + value.text.len()),
    )
}

/// The words of a piece without the commas between them.
fn without_commas<'l>(piece: &Piece<'l>) -> Vec<Piece<'l>> {
    let words = pairs::words(piece).into_iter().map(|word| {
        let text = word.text.trim_start_matches(',');
        let start = word.span.end - text.len();
        let text = text.trim_end_matches(',');
        Piece {
            text,
            span: start..start + text.len(),
        }
    });
    words.filter(|word| !word.text.is_empty()).collect()
}

/// Words without `=`: `replicas 6`, `managed`, `x6`; anything else says what a component is, and is a flag of an
/// arrow.
fn bare_pairs<'l>(words: &[Piece<'l>], bearer: Bearer) -> Vec<(Piece<'l>, Piece<'l>)> {
    let mut pairs = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        // "Sharded by user_id" says by which key.
        if bearer == Bearer::Component && SPLIT.contains(&word.text) {
            let mut behind = rest.clone();
            if let (Some(by), Some(value)) = (behind.next(), behind.next())
                && by.text == BY
            {
                let text = Attribute::PartitionKey.row().name;
                let span = word.span.clone();
                pairs.push((Piece { text, span }, value.clone()));
                rest = behind;
                continue;
            }
        }
        let is_own = bearer == Bearer::Component && OWN_KEYS.contains(&word.text);
        if let Some(value) = is_own.then(|| rest.as_slice().first()).flatten() {
            pairs.push((word.clone(), value.clone()));
            rest.next();
            continue;
        }
        let key = |text: &'l str| Piece {
            text,
            span: word.span.clone(),
        };
        match Attribute::named(word.text, bearer) {
            Some(attribute) if attribute.row().value == ValueType::YesNo => {
                pairs.push((word.clone(), key("yes")));
            }
            Some(_) => {
                let value = rest.next().cloned().unwrap_or_else(|| key(""));
                pairs.push((word.clone(), value));
            }
            None => match replicas(word.text) {
                Some(number) => pairs.push((key(Attribute::Replicas.row().name), key(number))),
                None if bearer == Bearer::Component => pairs.push((key("is"), word.clone())),
                None => pairs.push((word.clone(), key("yes"))),
            },
        }
    }
    pairs
}

/// The number of `x6`.
pub(super) fn replicas(word: &str) -> Option<&str> {
    let number = word.strip_prefix(['x', '×'])?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// States one value; gives back what was understood.
fn state(
    design: &mut Design,
    target: &Target,
    key: &Piece<'_>,
    value: &Piece<'_>,
    vocabulary: &Vocabulary,
) -> Result<String, Fault> {
    if value.text.is_empty() {
        return Err(Fault::new(
            key,
            format!("`{}` without a value", key.text),
            "write `key=value`".to_owned(),
        ));
    }
    match target {
        Target::Component(at) => {
            let Some(component) = design.components.get_mut(*at) else {
                return Ok(String::new());
            };
            state_of_component(component, key, value, vocabulary)
        }
        Target::Connections(all) => {
            let mut said = String::new();
            for at in all {
                let Some(connection) = design.connections.get_mut(*at) else {
                    continue;
                };
                if key.text == ASYNC {
                    let Value::YesNo(yes) = parsed(ValueType::YesNo, value)? else {
                        continue;
                    };
                    connection.asynchronous = yes;
                    said = format!("{ASYNC} {}", value.text);
                } else {
                    said = state_attribute(
                        &mut connection.attributes,
                        Bearer::Connection,
                        key,
                        value,
                    )?;
                }
            }
            Ok(said)
        }
        Target::Flow(at) => {
            let figures = design.clone();
            let Some(flow) = design.flows.get_mut(*at) else {
                return Ok(String::new());
            };
            flows::state(flow, key, value, &figures)
        }
    }
}

fn state_of_component(
    component: &mut Component,
    key: &Piece<'_>,
    value: &Piece<'_>,
    vocabulary: &Vocabulary,
) -> Result<String, Fault> {
    let text = value.text.to_owned();
    match key.text {
        "kind" => state_kind(component, value, vocabulary)?,
        "tech" => state_technology(component, value, vocabulary),
        "is" => {
            let Some(meaning) = vocabulary.meaning(value.text) else {
                return Err(unknown_attribute(value, Bearer::Component));
            };
            drawing::redefine(component, meaning, value.text, vocabulary);
            return Ok(text);
        }
        "title" => component.title = Some(text),
        "group" => component.group = Some(text),
        "notes" => component.notes = Some(text),
        "tags" => component.tags = names(value.text),
        _ => return state_attribute(&mut component.attributes, Bearer::Component, key, value),
    }
    Ok(format!("{} {}", key.text, value.text))
}

fn state_kind(
    component: &mut Component,
    value: &Piece<'_>,
    vocabulary: &Vocabulary,
) -> Result<(), Fault> {
    let Some(Meaning::Kind(kind)) = vocabulary.meaning(value.text) else {
        let help = vocabulary.kind_meant(value.text);
        return Err(Fault::new(
            value,
            format!("unknown kind `{}`", value.text),
            help,
        ));
    };
    component.kind = kind;
    component.kind_stated = component.tech_text.is_some();
    Ok(())
}

/// A technology; one that the catalog does not know leaves the kind as it is.
fn state_technology(component: &mut Component, value: &Piece<'_>, vocabulary: &Vocabulary) {
    match vocabulary.technologies.named(value.text) {
        Some(tech) => drawing::redefine(component, Meaning::Tech(tech), value.text, vocabulary),
        None => {
            component.tech = None;
            component.tech_text = Some(value.text.to_owned());
            component.kind_stated = true;
        }
    }
}

fn state_attribute(
    attributes: &mut Attributes,
    bearer: Bearer,
    key: &Piece<'_>,
    value: &Piece<'_>,
) -> Result<String, Fault> {
    let attribute =
        Attribute::named(key.text, bearer).ok_or_else(|| unknown_attribute(key, bearer))?;
    let read = parsed(attribute.row().value, value)?;
    let said = format!("{} {}", attribute.row().name, read.shown());
    attributes.set(attribute, read);
    Ok(said)
}

fn parsed(kind: ValueType, value: &Piece<'_>) -> Result<Value, Fault> {
    if kind == ValueType::Names {
        let names = names(value.text);
        let none = Fault::new(value, "no name in it", None);
        return if names.is_empty() {
            Err(none)
        } else {
            Ok(Value::Names(names))
        };
    }
    kind.parse(value.text)
        .map_err(|wrong| Fault::new(value, wrong.message, wrong.help))
}

/// Names separated by commas, perhaps in brackets.
fn names(text: &str) -> Vec<String> {
    let bare = text
        .trim_start_matches(['[', '('])
        .trim_end_matches([']', ')']);
    bare.split([',', '+'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn unknown_attribute(key: &Piece<'_>, bearer: Bearer) -> Fault {
    let own: &[&str] = if bearer == Bearer::Connection {
        &[ASYNC]
    } else {
        OWN_KEYS
    };
    let known: Vec<&str> = keys(bearer).collect();
    let of_arrows =
        bearer != Bearer::Connection && Attribute::named(key.text, Bearer::Connection).is_some();
    let arrows = of_arrows.then(|| format!("arrows have that: `set a -> b {}=...`", key.text));
    let proposed = || Attribute::proposed(key.text, bearer, &known);
    let help = arrows.or_else(proposed).unwrap_or_else(|| {
        format!(
            "there are {}, ...; Tab shows them",
            spelling::listed(known.get(own.len()..own.len() + 4).unwrap_or(&known))
        )
    });
    Fault::new(key, format!("unknown attribute `{}`", key.text), help)
}

/// Every key that a bearer can have.
pub(in crate::coach) fn keys(bearer: Bearer) -> impl Iterator<Item = &'static str> {
    let own: &'static [&'static str] = if bearer == Bearer::Connection {
        &[ASYNC]
    } else {
        OWN_KEYS
    };
    own.iter()
        .copied()
        .chain(Attribute::of(bearer).map(|attribute| attribute.row().name))
}
