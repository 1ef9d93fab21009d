//! The style of a cell: `shape=cylinder3;dashed=1;html=1`. It tells outlines, icons, heads of arrows and what is only text.
//!
//! Knows what the format calls its shapes; knows no technology and no places.

use crate::model::Outline;
use crate::notation::foreign::diagram::Heads;

/// The style of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Keys with their values; a name without a value is a key.
    entries: Vec<(String, String)>,
}

/// Letters of a value at most: longer ones are pictures.
const MOST: usize = 300;

/// Shapes with their outlines, where those tell something.
const OUTLINES: &[(&str, Outline)] = &[
    ("cylinder", Outline::Cylinder),
    ("cylinder2", Outline::Cylinder),
    ("cylinder3", Outline::Cylinder),
    ("datastore", Outline::Cylinder),
    ("database", Outline::Cylinder),
    ("mxgraph.flowchart.database", Outline::Cylinder),
    ("mxgraph.flowchart.direct_data", Outline::Queue),
    ("umlActor", Outline::Person),
    ("actor", Outline::Person),
    ("mxgraph.basic.person", Outline::Person),
    ("mxgraph.c4.person", Outline::Person),
    ("mxgraph.c4.person2", Outline::Person),
    ("cloud", Outline::Cloud),
];

/// Families of shapes that are drawn for many things, so that their names tell nothing.
const PLAIN_FAMILIES: &[&str] = &[
    "android",
    "archimate",
    "archimate3",
    "arrows",
    "arrows2",
    "basic",
    "bootstrap",
    "bpmn",
    "c4",
    "dfd",
    "electrical",
    "er",
    "floorplan",
    "flowchart",
    "infographic",
    "ios",
    "ios7",
    "lean_mapping",
    "mockup",
    "pid",
    "pid2",
    "rack",
    "signs",
    "sysml",
];

/// Shapes that are lines, brackets and arrows beside the boxes.
const ORNAMENTS: &[&str] = &[
    "line",
    "curlyBracket",
    "singleArrow",
    "doubleArrow",
    "flexArrow",
    "mxgraph.arrows2.arrow",
    "waypoint",
    "partialRectangle",
];

/// Ends of arrows that are no heads.
const NO_HEADS: &[&str] = &[
    "none",
    "",
    "oval",
    "circle",
    "circlePlus",
    "halfCircle",
    "dash",
    "box",
    "diamond",
    "diamondThin",
];

impl Style {
    pub fn of(written: &str) -> Self {
        let entries = written.split(';').filter(|entry| !entry.trim().is_empty());
        let entries = entries.filter(|entry| entry.len() <= MOST).map(|entry| {
            let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
            (key.trim().to_owned(), value.trim().to_owned())
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// The value of a key; the last counts.
    fn value(&self, key: &str) -> Option<&str> {
        let mut entries = self.entries.iter().rev();
        let found = entries.find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    }

    fn is_on(&self, key: &str) -> bool {
        self.value(key) == Some("1")
    }

    /// Whether a name is the shape, or the style's own name.
    fn is(&self, shape: &str) -> bool {
        let named = self.value("shape");
        let own = || {
            let first = self.entries.first();
            first.is_some_and(|(key, value)| key == shape && value.is_empty())
        };
        named == Some(shape) || own()
    }

    fn starts(&self, shape: &str) -> bool {
        self.value("shape")
            .is_some_and(|named| named.starts_with(shape))
    }

    /// Whether a vertex is words alone.
    pub fn is_text(&self) -> bool {
        let has_none = |key: &str| self.value(key) == Some("none");
        let is_bare = has_none("strokeColor")
            && has_none("fillColor")
            && self.value("shape").is_none()
            && self.value("image").is_none()
            && !self.is_group();
        self.is("text") || is_bare
    }

    /// Whether a vertex is a label of an edge.
    pub fn is_edge_label(&self) -> bool {
        self.is("edgeLabel")
    }

    /// Whether a vertex is a sheet with a note.
    pub fn is_note(&self) -> bool {
        self.is("note") || self.is("note2")
    }

    /// Whether a vertex is a line, a bracket or a fat arrow.
    pub fn is_ornament(&self) -> bool {
        ORNAMENTS.iter().any(|shape| self.is(shape))
    }

    /// Whether a vertex only holds others together, and isn't seen.
    pub fn is_group(&self) -> bool {
        self.is("group")
    }

    /// Whether what lies in a vertex are its rows.
    pub fn has_rows(&self) -> bool {
        let layout = self.value("childLayout");
        self.is("table") || matches!(layout, Some("stackLayout" | "tableLayout"))
    }

    /// Whether others can lie in a vertex.
    pub fn can_hold(&self) -> bool {
        let is_plain = self.value("shape").is_none() && self.value("image").is_none();
        let is_picture = self.is("image") || self.is("umlActor") || self.is("actor");
        is_plain && !is_picture
            || self.is_on("container")
            || self.value("grIcon").is_some()
            || ["process", "cloud", "ext", "rect", "folder", "component"]
                .iter()
                .any(|shape| self.is(shape))
            || self.starts("mxgraph.c4.")
            || self.starts("mxgraph.basic.")
            || self.starts("mxgraph.sap")
            || self.starts("mxgraph.bootstrap.")
    }

    /// Whether a vertex is a plain box of whatever colour, through which nothing is seen.
    pub fn is_plain(&self) -> bool {
        let is_filled = self.value("fillColor") != Some("none") && !self.is_dashed();
        is_filled && self.can_hold() && self.outline().is_none() && self.hint().is_none()
    }

    /// Whether a vertex has no line around it.
    pub fn is_borderless(&self) -> bool {
        self.value("strokeColor") == Some("none")
    }

    /// The outline, where it tells something.
    pub fn outline(&self) -> Option<Outline> {
        let found = OUTLINES.iter().find(|(shape, _)| self.is(shape));
        let outline = found.map(|(_, outline)| *outline)?;
        let lies = || {
            let turned = matches!(self.value("direction"), Some("north" | "south"));
            let rotated = matches!(self.value("rotation"), Some("90" | "-90" | "270"));
            turned != rotated
        };
        if outline == Outline::Cylinder && lies() {
            return Some(Outline::Queue);
        }
        Some(outline)
    }

    /// What the icon or the image of a vertex is called, in plain words.
    pub fn hint(&self) -> Option<String> {
        let icon = self.value("resIcon").or_else(|| self.value("prIcon"));
        let icon = icon.or_else(|| {
            self.value("shape")
                .filter(|_| self.value("grIcon").is_none())
        });
        let icon = icon.filter(|icon| icon.starts_with("mxgraph."));
        let icon = icon.and_then(|icon| {
            let mut parts = icon.split('.');
            let family = parts.nth(1)?;
            let is_plain = PLAIN_FAMILIES.contains(&family);
            parts.next_back().filter(|_| !is_plain)
        });
        let image = || {
            let path = self
                .value("image")
                .filter(|path| !path.starts_with("data:"))?;
            let file = path.rsplit(['/', '\\']).next()?;
            file.split(['.', '?']).next()
        };
        let words = icon.or_else(image).map(words)?;
        (!words.is_empty() && !is_of_a_group(&words)).then_some(words)
    }

    /// Which ends of an edge have heads.
    pub fn heads(&self) -> Heads {
        let plain = if self.is("link") { "none" } else { "classic" };
        let is_head = |head: &str| !NO_HEADS.contains(&head) && !head.starts_with("ER");
        let start = is_head(self.value("startArrow").unwrap_or("none"));
        let end = is_head(self.value("endArrow").unwrap_or(plain));
        Heads::of(start, end)
    }

    pub fn is_dashed(&self) -> bool {
        self.is_on("dashed")
    }
}

/// Whether an icon's words tell only that something is an icon or a frame.
fn is_of_a_group(words: &str) -> bool {
    ["group", "groupCenter", "resourceIcon", "productIcon"].contains(&words)
}

/// The words of a file's or an icon's name: without numbers in front, underscores and what stands for spaces.
fn words(name: &str) -> String {
    let name = name.replace("%20", " ");
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let words = words.skip_while(|word| word.chars().all(|c| c.is_ascii_digit()));
    words.collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_has_words() {
        for (style, expected) in [
            (
                "shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.lambda",
                Some("lambda"),
            ),
            (
                "shape=mxgraph.aws4.productIcon;prIcon=mxgraph.aws4.api_gateway",
                Some("api gateway"),
            ),
            (
                "outlineConnect=0;shape=mxgraph.aws3.dynamo_db;html=1",
                Some("dynamo db"),
            ),
            (
                "image;aspect=fixed;image=img/lib/azure2/databases/Azure_Cosmos_DB.svg",
                Some("Azure Cosmos DB"),
            ),
            (
                "shape=image;image=https://x.org/a/001-kafka%20logo.png?v=2",
                Some("kafka logo"),
            ),
            ("shape=image;image=data:image/png,AAAA", None),
            ("shape=mxgraph.basic.rect", None),
            (
                "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.group_vpc",
                None,
            ),
            ("rounded=1", None),
        ] {
            assert_eq!(Style::of(style).hint().as_deref(), expected, "{style}");
        }
    }

    #[test]
    fn a_shape_has_an_outline() {
        for (style, expected) in [
            ("shape=cylinder3;whiteSpace=wrap", Some(Outline::Cylinder)),
            ("shape=cylinder;direction=south", Some(Outline::Queue)),
            ("shape=cylinder3;rotation=90", Some(Outline::Queue)),
            ("shape=umlActor;html=1", Some(Outline::Person)),
            ("ellipse;shape=cloud", Some(Outline::Cloud)),
            ("rounded=0", None),
        ] {
            assert_eq!(Style::of(style).outline(), expected, "{style}");
        }
    }

    #[test]
    fn an_edge_has_heads() {
        for (style, expected) in [
            ("", Heads::End),
            ("endArrow=none", Heads::Neither),
            ("startArrow=open;endArrow=open", Heads::Both),
            ("startArrow=block;endArrow=none", Heads::Start),
            ("startArrow=oval;endArrow=classic", Heads::End),
            ("shape=link", Heads::Neither),
        ] {
            assert_eq!(Style::of(style).heads(), expected, "{style}");
        }
        assert!(Style::of("dashed=1;dashPattern=1 1").is_dashed());
        assert!(!Style::of("dashed=0").is_dashed());
    }

    #[test]
    fn words_alone_are_told_from_boxes() {
        for (style, is_text) in [
            ("text;html=1;strokeColor=none", true),
            ("rounded=0;strokeColor=none;fillColor=none", true),
            ("group;strokeColor=none;fillColor=none", false),
            ("shape=cylinder;strokeColor=none;fillColor=none", false),
            ("rounded=1", false),
        ] {
            assert_eq!(Style::of(style).is_text(), is_text, "{style}");
        }
    }
}
