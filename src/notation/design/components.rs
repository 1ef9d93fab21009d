//! Components: a word, or a map of attributes.
//!
//! Knows the attribute table by its interface; knows no attribute by name.

use super::reader::Reader;
use crate::model::attribute::Bearer;
use crate::model::technology;
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Component, Kind, Part, Place, Value, ValueType, spelling};
use crate::notation::arrows;
use crate::notation::yaml::{
    Content, Fields, Key, Node, Shape, Term, has, names, one_or_many, text_of, texts_of,
};
use crate::source::Span;

/// The keys of a component that are no attributes.
pub const COMPONENT: &[Key] = &[
    Key::new(
        "kind",
        Shape::Of(Term::Kind),
        "What it is: service, cache, relational_db, ...; left out where the technology tells.",
    ),
    Key::new(
        "tech",
        Shape::Of(Term::Tech),
        "What it is made with, such as Postgres.",
    ),
    Key::new("title", Shape::Text, "What people call it."),
    Key::new(
        "group",
        Shape::Text,
        "The part of the system that it belongs to.",
    ),
    Key::new(
        "tags",
        Shape::Many(&Shape::Text),
        "Words for rules of one's own.",
    ),
    Key::new("notes", Shape::Text, "Whatever else is to be said."),
];

impl Reader<'_> {
    pub(super) fn components(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the components", &mut self.issues) else {
            self.are_components_known = false;
            return;
        };
        if fields.entries().len() > self.limits.components {
            self.are_components_known = false;
            let message = format!("more than {} components", self.limits.components);
            self.issues.error(
                node.span,
                message,
                "raise the limit with --max-components".to_owned(),
            );
            return;
        }
        self.design.components.reserve(fields.entries().len());
        for (key, value) in fields.entries() {
            self.component_entry(key, value);
        }
    }

    fn component_entry(&mut self, key: &Node<'_>, value: &Node<'_>) {
        let id = key.text().unwrap_or_default().to_owned();
        if !arrows::is_id(&id) {
            let help = arrows::id_cure(&id).to_owned();
            self.issues.error(
                key.span,
                format!("`{id}` can't be the id of a component"),
                help,
            );
        }
        let known = self.position(&id);
        let component = match (&value.content, known) {
            (Content::Scalar { .. }, _) => self.terse(&id, value),
            (Content::Null, Some(_)) => None,
            (Content::Null, None) => {
                let help = format!("say what it is: `{id}: service`");
                self.issues
                    .error(key.span, format!("component `{id}` without a kind"), help);
                None
            }
            (_, known) => self.long(&id, value, known),
        };
        let Some(component) = component else {
            if known.is_none() {
                self.broken.insert(id);
            }
            return;
        };
        let at = known.unwrap_or(self.design.components.len());
        self.places
            .note(Place::Entry(Part::Components, at), key.span);
        match self.design.components.get_mut(at) {
            Some(slot) => *slot = component,
            None => self.design.components.push(component),
        }
    }

    fn terse(&mut self, id: &str, value: &Node<'_>) -> Option<Component> {
        let word = value.text()?;
        let Some(meaning) = self.vocabulary.meaning(word) else {
            self.unknown_word(word, value.span);
            return None;
        };
        Some(self.blank(id, meaning, word))
    }

    fn blank(&self, id: &str, meaning: Meaning, word: &str) -> Component {
        let tech = match meaning {
            Meaning::Kind(_) => None,
            Meaning::Tech(tech) => Some(tech),
        };
        Component {
            tech,
            tech_text: tech.map(|_| word.to_owned()),
            ..Component::new(id.to_owned(), self.vocabulary.kind_of(meaning))
        }
    }

    /// A map; `known` is the component that arrows drew before, whose attributes are added to.
    fn long(&mut self, id: &str, value: &Node<'_>, known: Option<usize>) -> Option<Component> {
        let fields = Fields::of(value, "a component", &mut self.issues)?;
        fields.only_with_help(
            |name| has(COMPONENT, name) || Attribute::named(name, Bearer::Component).is_some(),
            unknown_key,
            &mut self.issues,
        );
        let title = fields.text("title", &mut self.issues);
        let group = fields.text("group", &mut self.issues);
        let notes = fields.text("notes", &mut self.issues);
        let tags = fields.texts("tags", &mut self.issues);
        let drawn = known.and_then(|at| self.design.components.get(at)).cloned();
        let drawn_with = drawn.as_ref().map(|drawn| drawn.attributes.clone());
        let Some(mut component) = self.identity(id, &fields, drawn) else {
            self.check_attributes(&fields, Bearer::Component);
            return None;
        };
        component.attributes = drawn_with.unwrap_or_default();
        component.title = title.or(component.title);
        component.group = group.or(component.group);
        component.notes = notes.or(component.notes);
        if fields.get("tags").is_some() {
            component.tags = tags;
        }
        let at = known.unwrap_or(self.design.components.len());
        self.attributes(
            &fields,
            Bearer::Component,
            &mut component.attributes,
            |name| Place::Attribute(at, name),
        );
        let count = |attribute| component.attributes.count(attribute);
        let counts = count(Attribute::Needs).zip(count(Attribute::Replicas));
        if let (Some((needs, replicas)), Some(node)) = (counts, fields.get("needs"))
            && needs > replicas
        {
            let message = format!("`{id}` needs {needs} of its {replicas} replicas to be up");
            let help = "state more replicas, or need fewer".to_owned();
            self.issues.warning(node.span, message, help);
        }
        Some(component)
    }

    /// The component with its kind and technology.
    fn identity(
        &mut self,
        id: &str,
        fields: &Fields<'_, '_>,
        drawn: Option<Component>,
    ) -> Option<Component> {
        let kind = fields.get("kind").map(|node| self.kind(node));
        let tech = fields
            .get("tech")
            .map(|node| (node.span, text_of(node, &mut self.issues)));
        // What can't be read says something all the same: the other of the two is not missing.
        let kind = match kind {
            Some(kind) => Some(kind?),
            None => None,
        };
        let Some((span, word)) = tech else {
            let Some(kind) = kind else {
                let is_mistyped =
                    ["kind", "tech"].map(|key| self.issues.is_meant(fields.span, key));
                if drawn.is_none() && !is_mistyped.contains(&true) {
                    let help = "add `kind: service`, or a technology: `tech: redis`".to_owned();
                    self.issues.error(
                        fields.span,
                        format!("component `{id}` without a kind"),
                        help,
                    );
                }
                return drawn;
            };
            return Some(self.blank(id, Meaning::Kind(kind), ""));
        };
        let word = word?;
        let mut component = match (self.vocabulary.technologies.named(word), kind) {
            (None, None) => {
                self.unknown_tech(word, span);
                return None;
            }
            (None, Some(kind)) => self.blank(id, Meaning::Kind(kind), ""),
            (Some(tech), kind) => {
                self.check_agreement(word, tech, kind, fields);
                let mut component = self.blank(id, Meaning::Tech(tech), word);
                component.kind = kind.unwrap_or(component.kind);
                component
            }
        };
        component.tech_text = Some(word.to_owned());
        component.kind_stated = kind.is_some();
        Some(component)
    }

    fn check_agreement(
        &mut self,
        word: &str,
        tech: crate::model::Tech,
        kind: Option<Kind>,
        fields: &Fields<'_, '_>,
    ) {
        let Some(kind) = kind.filter(|kind| !self.vocabulary.can_serve_as(tech, *kind)) else {
            return;
        };
        let usual = self.vocabulary.technologies.info(tech).kind;
        let (stated, usual) = (
            &self.vocabulary.kinds.info(kind).id,
            &self.vocabulary.kinds.info(usual).id,
        );
        let span = fields.get("kind").map_or(fields.span, |node| node.span);
        let message = format!("`{word}` is not usually a `{stated}`");
        self.issues.warning(
            span,
            message,
            format!("leave `kind` out: the catalog has it as `{usual}`"),
        );
    }

    fn kind(&mut self, node: &Node<'_>) -> Option<Kind> {
        let word = text_of(node, &mut self.issues)?;
        let kinds = &self.vocabulary.kinds;
        let kind = kinds.named(&spelling::snake(word));
        match kind {
            Some(kind) if !kinds.info(kind).group => Some(kind),
            Some(_) => {
                let help = self.vocabulary.of_family(word);
                self.issues
                    .error(node.span, format!("`{word}` is a family of kinds"), help);
                None
            }
            None => {
                let help = if self.vocabulary.technologies.named(word).is_some() {
                    Some(format!("`{word}` is a technology: write `tech: {word}`"))
                } else {
                    self.vocabulary.kind_meant(word)
                };
                self.issues
                    .error(node.span, format!("unknown kind `{word}`"), help);
                None
            }
        }
    }

    /// Complains of a technology that there is none of; a kind under the wrong key is told apart from a slip of the pen.
    fn unknown_tech(&mut self, word: &str, span: Span) {
        let kinds = &self.vocabulary.kinds;
        let plain = technology::normal(word);
        let kind = kinds
            .component_ids()
            .into_iter()
            .find(|id| technology::normal(id) == plain);
        let Some(kind) = kind else {
            return self.unknown_word(word, span);
        };
        let help = format!("`{kind}` is a kind: write `kind: {kind}`");
        self.issues
            .error(span, format!("unknown technology `{word}`"), help);
    }

    fn unknown_word(&mut self, word: &str, span: Span) {
        let help = self
            .vocabulary
            .suggestion(word)
            .unwrap_or_else(|| format!("state its kind: `{{tech: {word}, kind: service}}`"));
        self.issues
            .error(span, format!("unknown kind or technology `{word}`"), help);
    }

    /// Reads the attributes of a map into `into`.
    pub(super) fn attributes(
        &mut self,
        fields: &Fields<'_, '_>,
        bearer: Bearer,
        into: &mut crate::model::Attributes,
        place: impl Fn(Attribute) -> Place,
    ) {
        into.reserve(fields.entries().len());
        for (key, node) in fields.entries() {
            let Some(attribute) = key.text().and_then(|name| Attribute::named(name, bearer)) else {
                continue;
            };
            if let Some(value) = self.attribute(attribute, node) {
                self.places.note(
                    place(attribute),
                    Span::new(key.span.start, node.span.end.max(key.span.end)),
                );
                let before = into.set(attribute, value);
                // What is said of a component that was drawn already is said of it anew.
                if bearer == Bearer::Connection
                    && before.is_some_and(|before| into.get(attribute) != Some(&before))
                {
                    let name = attribute.row().name;
                    let help = "say it once; what reads and writes differ in stands at two arrows, with `only: reads` and `only: writes`";
                    self.issues.error(
                        key.span,
                        format!("`{name}` of this connection is stated above, and otherwise"),
                        help.to_owned(),
                    );
                }
            }
        }
    }

    /// Complains of wrong values in a map whose bearer can't be read.
    pub(super) fn check_attributes(&mut self, fields: &Fields<'_, '_>, bearer: Bearer) {
        for (key, node) in fields.entries() {
            let attribute = key.text().and_then(|name| Attribute::named(name, bearer));
            let _ = attribute.and_then(|attribute| self.attribute(attribute, node));
        }
    }

    fn attribute(&mut self, attribute: Attribute, node: &Node<'_>) -> Option<Value> {
        let row = attribute.row();
        if row.value == ValueType::Names && matches!(node.content, Content::List(_)) {
            let names = texts_of(node, &mut self.issues);
            if names.is_empty() {
                let help = "name what decides, or remove the key".to_owned();
                self.issues
                    .error(node.span, format!("`{}` without a name", row.name), help);
                return None;
            }
            return Some(Value::Names(names));
        }
        let text = text_of(
            one_or_many(node)
                .first()
                .filter(|_| !matches!(node.content, Content::List(_)))
                .unwrap_or(node),
            &mut self.issues,
        )?;
        match attribute.parse(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.issues.error(
                    node.span,
                    format!("`{}`: {}", row.name, error.message),
                    error.help,
                );
                None
            }
        }
    }
}

/// What to do about a key that no component has.
fn unknown_key(name: &str) -> String {
    let keys = keys_of(names(COMPONENT), Bearer::Component);
    if Attribute::named(name, Bearer::Connection).is_some() {
        return format!("a connection has it: write `a -> b: {{{name}: ...}}` under `connections`");
    }
    Attribute::proposed(name, Bearer::Component, &keys)
        .unwrap_or_else(|| "say it under `notes`, or as one of the `tags`".to_owned())
}

/// The keys that a map can have: some of its own and the attributes of its bearer.
pub(super) fn keys_of(own: Vec<&'static str>, bearer: Bearer) -> Vec<&'static str> {
    let attributes = Attribute::of(bearer).map(|attribute| attribute.row().name);
    own.into_iter().chain(attributes).collect()
}
