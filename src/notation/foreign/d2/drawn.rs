//! What is drawn of a board: which of its objects are boxes, which are frames around them, and which are only texts.
//!
//! Knows shapes; knows no keys.

use super::attributes::{
    self, BLOCK, ICON, LABEL, NEAR, SHAPE, TABLES, copies, is_dashed, is_invisible, is_of_picture,
    outline,
};
use super::board::{Board, Link, Object};
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Frame, Shape, picture};
use crate::notation::foreign::label::Label;

/// What an object is drawn as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    /// Nothing: a legend, or what was removed.
    #[default]
    Nothing,
    /// A title, or a text beside the boxes.
    Text,
    /// A box, by its position.
    Box(usize),
    /// A frame, by its position.
    Frame(usize),
    /// A part of a box.
    Part(usize),
}

/// What is known of an object by what lies in it and ends at it.
#[derive(Clone, Debug, Default)]
struct Facts {
    children: Vec<usize>,
    /// Connections end at it.
    is_joined: bool,
    /// Connections end at something in it.
    is_joined_inside: bool,
    /// What stands in a place of the picture, with itself or something around it.
    corner: Option<usize>,
    /// Connections lead out of that.
    leads_out: bool,
}

/// Draws a board.
pub(super) fn diagram(board: &Board) -> Diagram {
    let facts = facts(board);
    let mut drawing = Drawing {
        board,
        facts: &facts,
        roles: Vec::new(),
        diagram: Diagram::default(),
    };
    for at in 0..board.objects.len() {
        let role = drawing.role(at);
        drawing.roles.push(role);
    }
    let links = board.links.iter().filter(|link| !link.is_removed);
    let arrows: Vec<Arrow> = links.filter_map(|link| drawing.arrow(link)).collect();
    drawing.diagram.arrows = arrows;
    drawing.diagram
}

fn facts(board: &Board) -> Vec<Facts> {
    let mut all = vec![Facts::default(); board.objects.len()];
    for (at, object) in board.objects.iter().enumerate() {
        let outer = object.within.and_then(|outer| all.get(outer)?.corner);
        let near = board
            .said(object, NEAR)
            .is_some_and(|near| is_of_picture(&near));
        if let Some(facts) = all.get_mut(at) {
            facts.corner = outer.or(near.then_some(at));
        }
        if let Some(outer) = object.within.and_then(|outer| all.get_mut(outer))
            && !object.is_removed
        {
            outer.children.push(at);
        }
    }
    for link in board.links.iter().filter(|link| !link.is_removed) {
        let corner = |at: usize| all.get(at).and_then(|facts: &Facts| facts.corner);
        let corners = [corner(link.from), corner(link.to)];
        let [from, to] = corners;
        for at in corners.into_iter().flatten().filter(|_| from != to) {
            if let Some(facts) = all.get_mut(at) {
                facts.leads_out = true;
            }
        }
        for at in [link.from, link.to] {
            if let Some(facts) = all.get_mut(at) {
                facts.is_joined = true;
            }
        }
    }
    // What lies in something stands behind it.
    for (at, object) in board.objects.iter().enumerate().rev() {
        let is_joined = all
            .get(at)
            .is_some_and(|facts| facts.is_joined || facts.is_joined_inside);
        if let Some(outer) = object.within.and_then(|outer| all.get_mut(outer)) {
            outer.is_joined_inside |= is_joined;
        }
    }
    all
}

impl Board {
    /// What is said of an object, or of its class.
    fn said(&self, object: &Object, name: &'static str) -> Option<String> {
        attributes::said(&object.attributes, &self.classes, name).map(str::to_owned)
    }

    fn said_of_link(&self, link: &Link, name: &'static str) -> Option<String> {
        attributes::said(&link.attributes, &self.classes, name).map(str::to_owned)
    }
}

struct Drawing<'b> {
    board: &'b Board,
    facts: &'b [Facts],
    roles: Vec<Role>,
    diagram: Diagram,
}

impl Drawing<'_> {
    /// What an object is drawn as, which is added to the diagram.
    fn role(&mut self, at: usize) -> Role {
        let (Some(object), Some(facts)) = (self.board.objects.get(at), self.facts.get(at)) else {
            return Role::Nothing;
        };
        let outer = object
            .within
            .and_then(|outer| self.roles.get(outer))
            .copied();
        if object.is_removed {
            return Role::Nothing;
        }
        let corner = facts.corner.and_then(|at| self.facts.get(at));
        let frame = match outer {
            Some(Role::Nothing) => return Role::Nothing,
            Some(Role::Box(shape) | Role::Part(shape)) => {
                self.take_part(object, shape);
                return Role::Part(shape);
            }
            Some(Role::Frame(frame)) => Some(frame),
            Some(Role::Text) | None => None,
        };
        if corner.is_some_and(|corner| !corner.leads_out) {
            return self.beside(object, facts);
        }
        if self.is_text(at) {
            self.note(object);
            return Role::Text;
        }
        let is_hidden = is_invisible(|name| self.board.said(object, name));
        if is_hidden && facts.children.is_empty() && !facts.is_joined {
            return Role::Nothing;
        }
        if self.is_box(object, facts) {
            let shape = self.shape(object, frame);
            self.diagram.boxes.push(shape);
            return Role::Box(self.diagram.boxes.len() - 1);
        }
        self.diagram.frames.push(Frame {
            name: object.name.clone(),
            label: self.label(object),
            within: frame,
            span: object.span,
        });
        Role::Frame(self.diagram.frames.len() - 1)
    }

    /// What stands in a corner of the picture: its title, a remark or a legend.
    fn beside(&mut self, object: &Object, facts: &Facts) -> Role {
        let is_above = self
            .board
            .said(object, NEAR)
            .is_some_and(|near| near.starts_with("top-"));
        let label = self.label(object);
        let is_title = is_above && facts.children.is_empty() && label.rest.is_empty();
        if is_title && self.diagram.title.is_none() && !label.is_empty() {
            self.diagram.title = Some(label.line());
        } else {
            self.note(object);
        }
        if facts.children.is_empty() {
            Role::Text
        } else {
            Role::Nothing
        }
    }

    fn note(&mut self, object: &Object) {
        let line = self.label(object).line();
        self.diagram
            .remarks
            .extend((!line.is_empty()).then_some(line));
    }

    /// Whether an object is only a text: it is drawn without an outline, or is several lines that name nothing.
    fn is_text(&self, at: usize) -> bool {
        let (Some(object), Some(facts)) = (self.board.objects.get(at), self.facts.get(at)) else {
            return false;
        };
        if facts.is_joined || !facts.children.is_empty() {
            return false;
        }
        match self.board.said(object, SHAPE).as_deref() {
            Some("text") => true,
            Some(_) => false,
            None => {
                let block = object.attributes.contains_key(BLOCK);
                let label = object.attributes.get(LABEL).and_then(|texts| texts.first());
                let has_heading = label.is_some_and(|text| text.trim_start().starts_with('#'));
                block && !(has_heading && object.within.is_some())
            }
        }
    }

    /// Whether an object with all that lies in it is one box.
    fn is_box(&self, object: &Object, facts: &Facts) -> bool {
        let shape = self.board.said(object, SHAPE).unwrap_or_default();
        let keeps = outline(&shape).is_some();
        if facts.children.is_empty() || TABLES.contains(&shape.as_str()) {
            return true;
        }
        if keeps && !facts.is_joined_inside {
            return true;
        }
        let (texts, others): (Vec<usize>, Vec<usize>) =
            facts.children.iter().partition(|at| self.is_text(**at));
        let is_picture = |at: &usize| {
            let object = self.board.objects.get(*at);
            let shape = object.and_then(|object| self.board.said(object, SHAPE));
            let facts = self.facts.get(*at);
            shape.as_deref() == Some("image")
                && facts.is_some_and(|facts| !facts.is_joined && facts.children.is_empty())
        };
        match others.as_slice() {
            [] => !texts.is_empty(),
            [one] => facts.is_joined && is_picture(one),
            _ => false,
        }
    }

    fn shape(&self, object: &Object, frame: Option<usize>) -> Shape {
        let said = |name| self.board.said(object, name);
        let mut shape = Shape::new(object.name.clone(), self.label(object), object.span);
        shape.frame = frame;
        shape.outline = said(SHAPE).as_deref().and_then(outline);
        shape.hint = said(ICON).and_then(|icon| picture(&icon));
        shape.copies = copies(said);
        shape
    }

    /// Takes in what lies in a box: words, and the picture of what it is; columns say nothing.
    fn take_part(&mut self, object: &Object, at: usize) {
        let within = object.within.and_then(|at| self.board.objects.get(at));
        let shape = within.and_then(|outer| self.board.said(outer, SHAPE));
        if shape.is_some_and(|shape| TABLES.contains(&shape.as_str())) {
            return;
        }
        let label = self.label(object);
        let icon = self.board.said(object, ICON);
        if let Some(shape) = self.diagram.boxes.get_mut(at) {
            shape.hint = shape.hint.take().or(icon.and_then(|icon| picture(&icon)));
            let lines = std::iter::once(label.name).chain(label.rest);
            let lines = lines.filter(|line| !line.is_empty());
            shape.label.rest.extend(lines);
        }
    }

    /// What is written on an object: its name, where nothing else is said.
    fn label(&self, object: &Object) -> Label {
        let Some(text) = self.board.said(object, LABEL) else {
            return Label::plain(&object.name);
        };
        if object.attributes.contains_key(BLOCK) {
            return Label::of(&without_marks(&text));
        }
        Label::of(&text)
    }

    fn arrow(&self, link: &Link) -> Option<Arrow> {
        let said = |name| self.board.said_of_link(link, name);
        if is_invisible(said) {
            return None;
        }
        let end = |at: usize| match self.roles.get(at).copied().unwrap_or_default() {
            Role::Box(shape) | Role::Part(shape) => Some(End::Shape(shape)),
            Role::Frame(frame) => Some(End::Frame(frame)),
            Role::Text | Role::Nothing => None,
        };
        let label = said(LABEL).map(|label| Label::of(&label));
        Some(Arrow {
            from: end(link.from)?,
            to: end(link.to)?,
            heads: link.heads,
            is_dashed: is_dashed(said),
            label: label.unwrap_or_default(),
            span: link.span,
        })
    }
}

/// A text of Markdown without the marks of headings, lists and broken lines.
fn without_marks(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim().trim_end_matches('\\');
        let line = line.trim_start_matches('#').trim_start();
        line.strip_prefix("- ").unwrap_or(line)
    });
    lines.collect::<Vec<&str>>().join("\n")
}
