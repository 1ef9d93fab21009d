//! The data model: tables, collections and topics with what they are looked up by.
//!
//! Knows lists of fields and the long form; knows not what a good key is.

use super::reader::Reader;
use crate::model::{Entity, Part, Place};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, Term, names, texts_of};

/// The keys of a table, collection or topic.
pub(super) const ENTITY: &[Key] = &[
    Key::new("store", Shape::Of(Term::Id), "The component that holds it."),
    Key::new(
        "key",
        Shape::Many(&Shape::Text),
        "What it is looked up by, the partition key first.",
    ),
    Key::new("fields", Shape::Many(&Shape::Text), "What it holds."),
];

impl Reader<'_> {
    pub(super) fn data(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the data model", &mut self.issues) else {
            return;
        };
        for (key, value) in fields.entries() {
            let at = self.design.data.len();
            self.places.note(Place::Entry(Part::Data, at), key.span);
            let name = key.text().unwrap_or_default().to_owned();
            let entity = match &value.content {
                Content::Map(_) => self.long_entity(name, at, value),
                _ => Some(Entity {
                    name,
                    fields: texts_of(value, &mut self.issues),
                    ..Entity::default()
                }),
            };
            self.design.data.extend(entity);
        }
    }

    fn long_entity(&mut self, name: String, at: usize, node: &Node<'_>) -> Option<Entity> {
        let fields = Fields::of(node, "a table", &mut self.issues)?;
        fields.known(ENTITY, &mut self.issues);
        for key in names(ENTITY) {
            self.note_key(&fields, key, Place::Key(Part::Data, at, key));
        }
        let store = match (fields.text("store", &mut self.issues), fields.get("store")) {
            (Some(id), Some(node)) => self.component_as(&id, node.span, "sql_db"),
            _ => None,
        };
        let key = fields.texts("key", &mut self.issues);
        Some(Entity {
            name,
            store,
            key,
            fields: fields.texts("fields", &mut self.issues),
        })
    }
}
