//! The part of XML Schema that the schema of JUnit reports is written in: anything else in it is a failure.

use regex::Regex;
use roxmltree::{Document, Node};

/// What a document does otherwise than a schema says.
pub fn complaints(schema: &Document<'_>, document: &Document<'_>) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, document.root_element(), &mut found);
    found
}

fn check(schema: &Document<'_>, node: Node<'_, '_>, found: &mut Vec<String>) {
    let name = node.tag_name().name();
    let Some(declared) = named(schema, "element", name) else {
        found.push(format!("<{name}> is unknown"));
        return;
    };
    let Some(complex) = declared
        .children()
        .find(|child| child.has_tag_name("complexType"))
    else {
        assert_eq!(declared.attribute("type"), Some("xs:string"), "{name}");
        if node.children().any(|child| child.is_element()) || node.attributes().len() > 0 {
            found.push(format!("<{name}> is text alone"));
        }
        return;
    };
    attributes(schema, complex, node, found);
    let allowed = content(complex);
    for child in node.children() {
        if child.is_text() {
            let blank = child.text().unwrap_or_default().trim().is_empty();
            if !blank && complex.attribute("mixed") != Some("true") {
                found.push(format!("text in <{name}>"));
            }
        } else if child.is_element() {
            if !allowed.contains(&child.tag_name().name()) {
                found.push(format!("<{}> in <{name}>", child.tag_name().name()));
            }
            check(schema, child, found);
        }
    }
}

/// The declaration of a name at the top of a schema.
fn named<'d>(schema: &'d Document<'_>, tag: &str, name: &str) -> Option<Node<'d, 'd>> {
    let root = schema.root_element();
    // The lifetime of the input is that of the document here.
    root.children()
        .find(|child| child.tag_name().name() == tag && child.attribute("name") == Some(name))
}

fn attributes(
    schema: &Document<'_>,
    complex: Node<'_, '_>,
    node: Node<'_, '_>,
    found: &mut Vec<String>,
) {
    let name = node.tag_name().name();
    let declared: Vec<Node<'_, '_>> = complex
        .children()
        .filter(|child| child.tag_name().name() == "attribute")
        .collect();
    for attribute in node.attributes() {
        let declared = declared
            .iter()
            .find(|one| one.attribute("name") == Some(attribute.name()));
        let fits = declared.is_some_and(|declared| {
            let of = declared.attribute("type").expect("a type");
            of == "xs:string" || pattern(schema, of).is_match(attribute.value())
        });
        if !fits {
            found.push(format!(
                "{}={:?} of <{name}>",
                attribute.name(),
                attribute.value()
            ));
        }
    }
    for needed in declared
        .iter()
        .filter(|one| one.attribute("use") == Some("required"))
    {
        let needed = needed.attribute("name").expect("a name");
        if node.attribute(needed).is_none() {
            found.push(format!("<{name}> without {needed}"));
        }
    }
}

/// The pattern of a simple type, which a whole value has to match.
fn pattern(schema: &Document<'_>, of: &str) -> Regex {
    let simple = named(schema, "simpleType", of).expect("a simple type");
    let pattern = simple
        .descendants()
        .find(|node| node.tag_name().name() == "pattern");
    let pattern = pattern
        .and_then(|node| node.attribute("value"))
        .expect("a pattern");
    Regex::new(&format!("^(?:{pattern})$")).expect("a pattern")
}

/// The elements that may stand in one, in any order and number: in this schema there is no other content.
fn content<'d>(complex: Node<'d, '_>) -> Vec<&'d str> {
    let groups = complex
        .descendants()
        .filter(|node| ["choice", "sequence", "all"].contains(&node.tag_name().name()));
    for group in groups {
        let repeats = group.attribute("maxOccurs") == Some("unbounded");
        let parts = group.children().filter(Node::is_element).count();
        assert!(repeats || parts == 1, "order is not checked here");
    }
    let elements = complex
        .descendants()
        .filter(|node| node.tag_name().name() == "element");
    elements
        .map(|node| node.attribute("ref").expect("a reference"))
        .collect()
}
