//! The marks of a drawing: colours of components by what they are and by whom they stand beside, whatever they are called.
//!
//! Knows components and connections; knows no texts.

use super::{fewest, hash};
use crate::model::difference::worth;
use crate::model::technology::normal;
use crate::model::{Attributes, Component, Connection, Design, Value};

/// The colours of a component, from the bluntest to the sharpest. Equal colours: the same but for names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Colours {
    /// What it is.
    pub(super) nature: u64,
    /// And what its neighbours are.
    pub(super) shape: u64,
    /// And what theirs are.
    pub(super) wide_shape: u64,
    /// What it is and all that is stated of it.
    pub(super) stated: u64,
    /// And what is stated of its connections and its neighbours.
    pub(super) near: u64,
    /// And of theirs.
    pub(super) far: u64,
}

/// The marks of a design, in order and each once.
pub(super) fn marks(design: &Design) -> Vec<u64> {
    let colours = colours(design);
    let mut marks = Vec::new();
    for (component, colours) in design.components.iter().zip(&colours) {
        let own = [
            colours.shape,
            colours.wide_shape,
            colours.stated,
            colours.near,
            colours.far,
        ];
        marks.extend(own);
        let said = said(&component.attributes);
        marks.extend(said.map(|said| hash(&("component", colours.nature, said))));
    }
    for connection in &design.connections {
        let nature = |at: usize| colours.get(at).map(|colours| colours.nature);
        let ends = (nature(connection.from), nature(connection.to));
        let said = said(&connection.attributes);
        marks.extend(said.map(|said| hash(&("connection", ends, said))));
    }
    fewest(numbered(marks))
}

/// Equal marks made different: the first, the second, ...
fn numbered(mut marks: Vec<u64>) -> Vec<u64> {
    marks.sort_unstable();
    let groups = marks.chunk_by(|one, other| one == other);
    groups
        .flat_map(|group| group.iter().enumerate().map(|(at, mark)| hash(&(mark, at))))
        .collect()
}

/// A neighbour: whether it is called, how, and its colour.
type Neighbour = (bool, u64, u64);

/// The colours of all components of a design.
pub(super) fn colours(design: &Design) -> Vec<Colours> {
    let natures: Vec<u64> = design.components.iter().map(nature).collect();
    let stated = design.components.iter().zip(&natures);
    let stated: Vec<u64> = stated
        .map(|(component, nature)| hash(&(nature, all(&component.attributes))))
        .collect();
    let plain = |connection: &Connection| u64::from(connection.asynchronous);
    let full =
        |connection: &Connection| hash(&(connection.asynchronous, all(&connection.attributes)));
    let shapes = refined(design, &natures, &plain);
    let wide_shapes = refined(design, &shapes, &plain);
    let near = refined(design, &stated, &full);
    let far = refined(design, &near, &full);
    let of = |colours: &[u64], at: usize| colours.get(at).copied().unwrap_or(0);
    (0..design.components.len())
        .map(|at| Colours {
            nature: of(&natures, at),
            shape: of(&shapes, at),
            wide_shape: of(&wide_shapes, at),
            stated: of(&stated, at),
            near: of(&near, at),
            far: of(&far, at),
        })
        .collect()
}

fn nature(component: &Component) -> u64 {
    let unknown = component.tech_text.as_deref().map(normal);
    let unknown = unknown.filter(|_| component.tech.is_none());
    hash(&(component.kind, component.tech, unknown))
}

/// Every colour with those of its neighbours.
fn refined(design: &Design, colours: &[u64], how: &dyn Fn(&Connection) -> u64) -> Vec<u64> {
    let mut neighbours: Vec<Vec<Neighbour>> = vec![Vec::new(); colours.len()];
    for connection in &design.connections {
        let how = how(connection);
        for (at, is_called, other) in [
            (connection.from, true, connection.to),
            (connection.to, false, connection.from),
        ] {
            let colour = colours.get(other).copied().unwrap_or(0);
            if let Some(neighbours) = neighbours.get_mut(at) {
                neighbours.push((is_called, how, colour));
            }
        }
    }
    let all = colours.iter().zip(neighbours);
    all.map(|(colour, mut neighbours)| {
        neighbours.sort_unstable();
        hash(&(colour, neighbours))
    })
    .collect()
}

/// Everything that is stated of a component or a connection, whatever its wording.
fn all(attributes: &Attributes) -> Vec<String> {
    said(attributes).collect()
}

/// What is stated one by one: `replicas 3`.
fn said(attributes: &Attributes) -> impl Iterator<Item = String> {
    let attributes = attributes.iter();
    attributes.map(|(attribute, value)| {
        let row = attribute.row();
        let value = match value {
            Value::Figure(figure) => worth(figure),
            // What others are called may be any.
            Value::Word(_) if row.value.names_component() => String::new(),
            value => value.shown().to_lowercase(),
        };
        format!("{} {value}", row.name)
    })
}
