//! Styles of a workspace: the shapes and lines that tags stand for.
//!
//! Knows which looks tell something; knows no elements.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Outline;
use crate::notation::foreign::diagram::picture;
use crate::notation::foreign::statements::{Statement, Word};

/// What tags look like, by tag in small letters.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shapes: BTreeMap<String, String>,
    icons: BTreeMap<String, String>,
    dashed: BTreeSet<String>,
    /// Tags of lines that are said not to be dashed.
    solid: BTreeSet<String>,
}

/// Tags that every relationship has: how most lines look says nothing of one.
const OF_ALL: &str = "relationship";

impl Styles {
    /// Takes in the styles below a statement, which may stand in views and in themes for light and dark.
    pub fn take_in(&mut self, statements: &[Statement]) {
        for statement in statements {
            let tag = statement.words.get(1).map(|word| word.text.to_lowercase());
            match (statement.keyword().as_str(), tag) {
                ("styles" | "light" | "dark", _) => self.take_in(statement.body()),
                ("element", Some(tag)) => self.element(&tag, statement.body()),
                ("relationship", Some(tag)) if tag != OF_ALL => {
                    self.relationship(&tag, statement.body());
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, tag: &str, lines: &[Statement]) {
        for line in lines {
            let value = line.words.get(1).map(|word| word.text.clone());
            let looks = match line.keyword().as_str() {
                "shape" => &mut self.shapes,
                "icon" => &mut self.icons,
                _ => continue,
            };
            looks.extend(value.map(|value| (tag.to_owned(), value)));
        }
    }

    fn relationship(&mut self, tag: &str, lines: &[Statement]) {
        for line in lines {
            let value = line.words.get(1).map(Word::lower).unwrap_or_default();
            let is_dashed = match line.keyword().as_str() {
                "dashed" => value == "true",
                "style" => value != "solid",
                _ => continue,
            };
            if is_dashed {
                self.dashed.insert(tag.to_owned());
            } else {
                self.solid.insert(tag.to_owned());
            }
        }
    }

    fn shape(&self, tags: &[String]) -> Option<String> {
        let shapes = tags.iter().rev();
        let mut shapes = shapes.filter_map(|tag| self.shapes.get(&tag.to_lowercase()));
        shapes.next().map(|shape| shape.to_lowercase())
    }

    /// The outline of what has some tags, where it tells something; of several, the last that has one counts.
    pub fn outline(&self, tags: &[String]) -> Option<Outline> {
        match self.shape(tags)?.as_str() {
            "cylinder" => Some(Outline::Cylinder),
            "pipe" => Some(Outline::Queue),
            "person" => Some(Outline::Person),
            _ => None,
        }
    }

    /// What the picture of what has some tags shows.
    pub fn hint(&self, tags: &[String]) -> Option<String> {
        let icons = tags.iter().rev();
        let mut icons = icons.filter_map(|tag| self.icons.get(&tag.to_lowercase()));
        let icon = icons.next().and_then(|icon| picture(icon));
        icon.or_else(|| match self.shape(tags)?.as_str() {
            "webbrowser" => Some("web browser".to_owned()),
            "mobiledeviceportrait" | "mobiledevicelandscape" => Some("mobile device".to_owned()),
            _ => None,
        })
    }

    /// Whether a relationship with some tags is dashed, or said to be asynchronous.
    pub fn is_dashed(&self, tags: &[String]) -> bool {
        let mut tags = tags.iter().map(|tag| tag.to_lowercase());
        tags.any(|tag| {
            let says_so = tag.starts_with("async") && !self.solid.contains(&tag);
            says_so || self.dashed.contains(&tag)
        })
    }
}
