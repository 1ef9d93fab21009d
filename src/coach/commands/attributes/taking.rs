//! `unset`: takes attributes of components, arrows and flows back.
//!
//! Knows what is left when something is not stated any more; how lines name things is the business of `set`.

use super::super::fault::Fault;
use super::super::flows;
use super::super::targets::{Target, target, target_length};
use super::{ASYNC, unknown_attribute};
use crate::coach::line::Request;
use crate::coach::pairs::{self, Piece};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Attributes, Component, Design, Vocabulary};

/// `unset NAME|A -> B KEY...`
pub(in crate::coach::commands) fn unset(
    session: &mut Session<'_>,
    request: Request<'_>,
) -> Vec<Reply> {
    let mut design = session.state.design.clone();
    match take_all(&mut design, request.rest, session.vocabulary()) {
        Err(fault) => vec![fault.reply(&request)],
        Ok(taken) if taken.is_empty() => vec![Reply::Note("None of that was stated.".to_owned())],
        Ok(taken) => {
            session.state.design = design;
            vec![Reply::Echo(format!(
                "not stated any more: {}",
                taken.join(", ")
            ))]
        }
    }
}

fn take_all(
    design: &mut Design,
    text: &str,
    vocabulary: &Vocabulary,
) -> Result<Vec<String>, Fault> {
    let head = pairs::split(text).head;
    let words = pairs::words(&head);
    let (named, keys) = words.split_at(target_length(&words));
    let target = target(design, named, &head)?;
    if keys.is_empty() {
        return Err(Fault::new(
            &head,
            "which attribute?",
            "write `unset NAME key`".to_owned(),
        ));
    }
    let mut taken = Vec::new();
    for key in keys {
        let bare = Piece {
            text: key.text.trim_matches(','),
            span: key.span.clone(),
        };
        if take(design, &target, &bare, vocabulary)? {
            taken.push(bare.text.to_owned());
        }
    }
    Ok(taken)
}

/// Takes a value back; false when it was not stated.
fn take(
    design: &mut Design,
    target: &Target,
    key: &Piece<'_>,
    vocabulary: &Vocabulary,
) -> Result<bool, Fault> {
    match target {
        Target::Component(at) => {
            let Some(component) = design.components.get_mut(*at) else {
                return Ok(false);
            };
            take_of_component(component, key, vocabulary)
        }
        Target::Connections(all) => {
            let mut any = false;
            for at in all {
                let Some(connection) = design.connections.get_mut(*at) else {
                    continue;
                };
                any |= if key.text == ASYNC {
                    std::mem::take(&mut connection.asynchronous)
                } else {
                    take_attribute(&mut connection.attributes, Bearer::Connection, key)?
                };
            }
            Ok(any)
        }
        Target::Flow(at) => {
            let Some(flow) = design.flows.get_mut(*at) else {
                return Ok(false);
            };
            flows::take(flow, key)
        }
    }
}

fn take_of_component(
    component: &mut Component,
    key: &Piece<'_>,
    vocabulary: &Vocabulary,
) -> Result<bool, Fault> {
    Ok(match key.text {
        "kind" => {
            // With a technology the kind comes from the catalog; without one it has to stay.
            let usual = component
                .tech
                .map(|tech| vocabulary.technologies.info(tech).kind);
            component.kind = usual.unwrap_or(component.kind);
            usual.is_some() && std::mem::take(&mut component.kind_stated)
        }
        "tech" => {
            component.tech = None;
            component.kind_stated = false;
            component.tech_text.take().is_some()
        }
        "title" => component.title.take().is_some(),
        "group" => component.group.take().is_some(),
        "notes" => component.notes.take().is_some(),
        "tags" => !std::mem::take(&mut component.tags).is_empty(),
        _ => return take_attribute(&mut component.attributes, Bearer::Component, key),
    })
}

fn take_attribute(
    attributes: &mut Attributes,
    bearer: Bearer,
    key: &Piece<'_>,
) -> Result<bool, Fault> {
    let attribute =
        Attribute::named(key.text, bearer).ok_or_else(|| unknown_attribute(key, bearer))?;
    Ok(attributes.remove(attribute).is_some())
}
