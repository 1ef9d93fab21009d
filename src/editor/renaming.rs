//! A component by another name: everywhere it is named, and nowhere else.
//!
//! Knows where components are named; what an id may be is the format's business.

use super::draft::Draft;
use crate::notation::arrows;
use crate::source::Span;

impl Draft<'_> {
    /// What stands where once the component that is named at a byte goes by another name.
    ///
    /// # Errors
    /// In words, when there is no component, or none may have that name.
    pub fn renamed(&self, byte: usize, name: &str) -> Result<Vec<(Span, String)>, String> {
        let mention = self.mention_at(byte).ok_or("no component is named here")?;
        if !arrows::is_id(name) {
            return Err(format!(
                "`{name}` can't be the id of a component: {}",
                arrows::id_cure(name)
            ));
        }
        if name != mention.id && self.has_component(name) {
            return Err(format!("there is a component `{name}` already"));
        }
        let mentions = self.mentions_of(mention.id).into_iter();
        Ok(mentions
            .map(|mention| (mention.span, name.to_owned()))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::model::Design;
    use crate::notation::design;
    use crate::notation::yaml::{Limits, edited};
    use crate::report::Document;

    fn read(text: &str) -> Design {
        let vocabulary = &Catalog::embedded().knowledge.vocabulary;
        let reading = design::read(text, vocabulary, &Limits::default());
        assert!(reading.issues.is_empty(), "{:?}\n{text}", reading.issues);
        reading.design
    }

    /// Every component of every reference is found where it is named: by another name the design is the same.
    #[test]
    fn a_design_with_another_name_for_a_component_is_the_same_design() {
        let catalog = Catalog::embedded();
        let mut renamed = 0;
        for reference in &catalog.references {
            let text = &reference.text;
            let design = read(text);
            let draft = Draft::new(text, Document::Design, catalog);
            for (at, component) in design.components.iter().enumerate() {
                let (key, _) = draft.components()[at];
                let byte = draft.sketch.pieces[key].span.start;
                let edits = draft.renamed(byte, "größer.9").unwrap();
                let mut expected = read(&edited(text, &edits));
                assert_eq!(expected.components[at].id, "größer.9");
                expected.components[at].id.clone_from(&component.id);
                for (one, other) in expected.components.iter_mut().zip(&design.components) {
                    one.attributes = other.attributes.clone();
                }
                for (one, other) in expected.connections.iter_mut().zip(&design.connections) {
                    one.attributes = other.attributes.clone();
                }
                assert_eq!(expected, design, "{} {}", reference.name, component.id);
                renamed += 1;
            }
        }
        assert!(renamed > 100, "{renamed}");
    }

    /// What is accepted of a connection stays accepted.
    #[test]
    fn the_ends_of_a_connection_that_something_is_accepted_of_are_renamed() {
        let text = "sysdrill: 1\ncomponents: {web: client, api: service, pay: payment_provider}\n\
            connections:\n- web -> api\n- api ~> pay\n\
            allow:\n- {rule: x, subject: api ~> pay, reason: pay}\n- {rule: x, subject: \"web -> api\", reason: y}\n\
            - {rule: x, subject: nothing -> known, reason: z}\n";
        let draft = Draft::new(text, Document::Design, Catalog::embedded());
        let byte = text.find("~> pay, reason").unwrap() + 3;
        let renamed = edited(text, &draft.renamed(byte, "bank").unwrap());
        assert!(renamed.contains("- api ~> bank\n"), "{renamed}");
        assert!(
            renamed.contains("subject: api ~> bank, reason: pay}"),
            "{renamed}"
        );
        let byte = text.find("api: service").unwrap();
        assert_eq!(draft.renamed(byte, "front").unwrap().len(), 5);
        let byte = text.find("nothing").unwrap();
        assert!(draft.renamed(byte, "x").is_err());
    }

    #[test]
    fn a_name_that_none_may_have_or_another_has_is_refused() {
        let text =
            "sysdrill: 1\ncomponents: {web: client, api: service}\nconnections: [web -> api]\n";
        let draft = Draft::new(text, Document::Design, Catalog::embedded());
        let byte = text.find("-> api").unwrap() + 3;
        for name in ["web", "a b", "", "yes", "a -> b", "x: y"] {
            assert!(draft.renamed(byte, name).is_err(), "{name}");
        }
        assert_eq!(draft.renamed(byte, "api").unwrap().len(), 2);
        assert!(draft.renamed(0, "x").is_err());
    }
}
