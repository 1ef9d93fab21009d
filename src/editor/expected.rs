//! What may stand at a spot of a file: found along the way to it in the JSON Schema of its sort, which is made from the
//! tables that the readers complain by.
//!
//! Knows how schemas say shapes; knows no key.

use serde_json::Value;

use crate::notation::yaml::Step;

/// What may stand at a spot: any one of some shapes.
#[derive(Clone, Debug)]
pub struct Expected<'s> {
    root: &'s Value,
    /// Each with the innermost name that it goes by.
    shapes: Vec<(Option<&'s str>, &'s Value)>,
    about: Option<&'s str>,
}

/// Shapes that are named within each other at most: they are a few deep, and may not go on for ever.
const DEEPEST: usize = 16;

impl<'s> Expected<'s> {
    /// What may stand where a way leads.
    pub fn at(root: &'s Value, path: &[Step<'_>]) -> Self {
        let whole = Self::any(root, [root]);
        path.iter().fold(whole, |around, step| around.step(*step))
    }

    fn any(root: &'s Value, shapes: impl IntoIterator<Item = &'s Value>) -> Self {
        let mut expected = Self {
            root,
            shapes: Vec::new(),
            about: None,
        };
        for shape in shapes {
            expected.add(None, shape, DEEPEST);
        }
        expected
    }

    fn add(&mut self, name: Option<&'s str>, shape: &'s Value, depth: usize) {
        let about = shape.get("description").and_then(Value::as_str);
        self.about = self.about.or(about);
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        if let Some(reference) = shape.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next();
            let definition = reference.strip_prefix('#');
            if let Some(definition) = definition.and_then(|at| self.root.pointer(at)) {
                self.add(name, definition, depth);
            }
        } else if let Some(shapes) = shape.get("anyOf").and_then(Value::as_array) {
            for shape in shapes {
                self.add(name, shape, depth);
            }
        } else {
            self.shapes.push((name, shape));
        }
    }

    fn step(&self, step: Step<'_>) -> Self {
        let inner = self.shapes.iter().filter_map(|(_, shape)| match step {
            Step::Item => shape.get("items"),
            Step::Key(key) => {
                let own = shape.get("properties").and_then(|keys| keys.get(key));
                let any = || {
                    shape
                        .get("additionalProperties")
                        .filter(|any| any.is_object())
                };
                own.or_else(any)
            }
        });
        Self::any(self.root, inner)
    }

    /// What it means, in a line.
    pub const fn about(&self) -> Option<&'s str> {
        self.about
    }

    /// Whether it may be what a name stands for.
    pub fn is(&self, name: &str) -> bool {
        self.shapes.iter().any(|(own, _)| *own == Some(name))
    }

    /// The keys that a map may have here.
    pub fn keys(&self) -> Vec<(&'s str, Self)> {
        let maps = self.shapes.iter();
        let maps = maps.filter_map(|(_, shape)| shape.get("properties")?.as_object());
        let mut keys: Vec<(&str, Self)> = Vec::new();
        for (key, shape) in maps.flatten() {
            if keys.iter().all(|(known, _)| known != key) {
                keys.push((key, Self::any(self.root, [shape])));
            }
        }
        for (_, shape) in &self.shapes {
            if let (Some(names), Some(value)) = (
                shape.get("propertyNames"),
                shape.get("additionalProperties"),
            ) {
                let names = Self::any(self.root, [names]).words(&[]);
                let value = Self::any(self.root, [value]);
                keys.extend(names.into_iter().map(|name| (name, value.clone())));
            }
        }
        keys
    }

    /// The words that may stand here, without those of shapes that go by some names.
    pub fn words(&self, but: &[&str]) -> Vec<&'s str> {
        let mut words = Vec::new();
        for (name, shape) in &self.shapes {
            let is_left_out = name.is_some_and(|name| but.contains(&name));
            let all = shape.get("enum").and_then(Value::as_array);
            for word in all.into_iter().flatten().filter_map(Value::as_str) {
                if !is_left_out && !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        words
    }

    /// Whether a value may stand on the line of its key.
    pub fn fits_a_line(&self) -> bool {
        let is_text = |shape: &Value| {
            let sort = shape.get("type").and_then(Value::as_str);
            !matches!(sort, Some("object" | "array"))
        };
        self.shapes.iter().any(|(_, shape)| is_text(shape))
    }
}
