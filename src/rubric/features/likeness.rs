//! Whether the two ends of a connection are alike: of one group, with a tag in common, or with the same value of something.
//!
//! Knows what both ends state; what ought to be alike is the rule's business.

use super::super::comparison::Operand;
use super::super::pattern::Pattern;
use super::super::reader::RuleReader;
use super::super::selector::Test;
use crate::analysis::Truth;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Component, spelling};
use crate::notation::yaml::{Content, Fields, Node, all_of, one_or_many, text_of};

/// What both ends may have alike, beside their attributes.
const NAMES: [&str; 4] = ["group", "tag", "kind", "tech"];

/// What is looked at.
enum Aspect {
    Group,
    /// Tags, or those alone that a pattern finds.
    Tag(Option<Pattern>),
    Kind,
    Tech,
    Attribute(Attribute),
}

/// `same: group`, `same: [group, tag]` or `same: {tag: "^team:"}`: both ends are alike in all of it; not stated where one of
/// them does not say.
pub(super) fn same(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let aspects: Option<Vec<Aspect>> = match &node.content {
        Content::Map(_) => {
            let fields = Fields::of(node, "what is the same at both ends", reader.issues)?;
            fields.only(&["tag"], reader.issues);
            let Some(tags) = fields.get("tag") else {
                let help = "write `same: group`, or `same: {tag: \"^team:\"}`".to_owned();
                reader
                    .issues
                    .error(node.span, "nothing that is to be the same", help);
                return None;
            };
            reader
                .pattern(tags)
                .map(|pattern| vec![Aspect::Tag(Some(pattern))])
        }
        _ => all_of(one_or_many(node).iter().map(|item| aspect(item, reader))),
    };
    let aspects = aspects?;
    Some(Box::new(move |scene, at, trace| {
        let design = scene.subject.design;
        let Some(edge) = design.connections.get(at) else {
            return Truth::No;
        };
        let mut truth = Truth::Yes;
        for aspect in &aspects {
            let said = |end: usize| {
                design
                    .components
                    .get(end)
                    .and_then(|end| aspect.of(end, scene.subject.vocabulary))
            };
            let sides = [edge.from, edge.to].map(|end| (design.id(end), said(end)));
            for (id, said) in &sides {
                if said.is_none() {
                    trace.miss(|| format!("{} of {id}", aspect.name()));
                }
            }
            let [(from, Some(one)), (to, Some(other))] = sides else {
                truth = truth.and(Truth::NotStated);
                continue;
            };
            let name = aspect.name();
            trace.see(|| {
                format!(
                    "{name} of {from} is {}, {name} of {to} is {}",
                    one.shown(),
                    other.shown()
                )
            });
            truth = truth.and(Truth::from(one.is_like(&other)));
        }
        truth
    }))
}

fn aspect(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Aspect> {
    let name = text_of(node, reader.issues)?;
    let attribute = Attribute::named(name, Bearer::Component).map(Aspect::Attribute);
    let aspect = match name {
        "group" => Some(Aspect::Group),
        "tag" => Some(Aspect::Tag(None)),
        "kind" => Some(Aspect::Kind),
        "tech" => Some(Aspect::Tech),
        _ => attribute,
    };
    if aspect.is_none() {
        let attributes = Attribute::of(Bearer::Component).map(|attribute| attribute.row().name);
        let known: Vec<&str> = NAMES.into_iter().chain(attributes).collect();
        let help = spelling::did_you_mean(name, &known).or_else(|| {
            Some("`group`, `tag`, `kind`, `tech` or an attribute of components".to_owned())
        });
        let message = format!("`{name}` is nothing that both ends can have the same");
        reader.issues.error(node.span, message, help);
    }
    aspect
}

impl Aspect {
    fn name(&self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Tag(_) => "tags",
            Self::Kind => "kind",
            Self::Tech => "technology",
            Self::Attribute(attribute) => attribute.row().name,
        }
    }

    /// What a component says of it; none where it says nothing.
    fn of<'d>(
        &self,
        component: &'d Component,
        vocabulary: &'d crate::model::Vocabulary,
    ) -> Option<Operand<'d>> {
        match self {
            Self::Group => component.group.as_deref().map(Operand::Word),
            Self::Tag(pattern) => {
                let fits =
                    |tag: &&String| pattern.as_ref().is_none_or(|pattern| pattern.is_match(tag));
                let tags: Vec<String> = component.tags.iter().filter(fits).cloned().collect();
                (!tags.is_empty()).then_some(Operand::Words(tags.into()))
            }
            Self::Kind => Some(Operand::Word(&vocabulary.kinds.info(component.kind).id)),
            Self::Tech => {
                let known = component
                    .tech
                    .map(|tech| vocabulary.technologies.info(tech).id.as_str());
                known.or(component.tech_text.as_deref()).map(Operand::Word)
            }
            Self::Attribute(attribute) => component
                .attributes
                .get(*attribute)
                .map(|value| Operand::of(Some(value))),
        }
    }
}
