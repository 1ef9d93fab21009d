//! What short drills ask beside what they make from rules, problems and technologies.
//!
//! Knows the keys of the file of drills; asks nobody.

use crate::model::{Design, spelling};
use crate::notation::design::read_fragment;
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, all_of, one_or_many, text_of};
use crate::rubric::{Pattern, RuleReader, Selector};
use crate::source::{Gravity, Span};

/// The file of drills.
#[derive(Debug, Default)]
pub struct DrillFile {
    /// The page after an estimate.
    pub estimate_page: String,
    /// The page after a loss.
    pub loss_page: String,
    /// The page after a choice between two needs.
    pub store_page: String,
    /// What stores are needed for.
    pub needs: Vec<Need>,
    /// Small designs to ask about.
    pub designs: Vec<SmallDesign>,
}

/// A design in which everything is stated that decides what a loss or more load does to it.
#[derive(Debug)]
pub struct SmallDesign {
    /// Its name.
    pub id: String,
    /// The design.
    pub design: Design,
    /// What is to be seen in it.
    pub lesson: String,
    /// The page to read.
    pub page: String,
}

/// Something that a store is needed for.
#[derive(Debug)]
pub struct Need {
    /// Its name.
    pub id: String,
    /// It completes "You need a store ...".
    pub text: String,
    /// Which components serve it.
    pub fits: Selector,
    /// Which serve it as well where an answer says how.
    pub or: Vec<(Pattern, Selector)>,
    /// Concepts, any of which is a reason.
    pub because: Vec<String>,
    /// Wordings of a reason beside them.
    pub words: Option<Pattern>,
    /// Needs that make sense beside it.
    pub with: Vec<String>,
    /// What a good answer says.
    pub why: String,
    /// The page to read.
    pub page: String,
}

/// The keys of the file of drills.
pub const DRILL_FILE: &[Key] = &[
    Key::new(
        "read",
        Shape::Map(READ),
        "The page to read after a drill of a sort that has none of its own.",
    ),
    Key::new(
        "stores",
        Shape::List(&Shape::Map(NEED)),
        "What a store may be needed for.",
    ),
    Key::new(
        "designs",
        Shape::List(&Shape::Map(SMALL_DESIGN)),
        "Small designs to ask about: what is lost with what, and what gives in first.",
    ),
];

const SMALL_DESIGN: &[Key] = &[
    Key::needed("id", Shape::Text, "Its name."),
    Key::needed(
        "design",
        Shape::Of(Term::Fragment),
        "The design, with a flow.",
    ),
    Key::needed("lesson", Shape::Text, "What is to be seen in it."),
    Key::needed("reference", Shape::Text, "The page to read."),
];

const READ: &[Key] = &[
    Key::needed("estimate", Shape::Text, "After a figure."),
    Key::needed(
        "loss",
        Shape::Text,
        "After the question what is lost with what.",
    ),
    Key::needed("store", Shape::Text, "After a choice between two needs."),
];

const NEED: &[Key] = &[
    Key::needed("id", Shape::Text, "Its name."),
    Key::needed("need", Shape::Text, "It completes: You need a store ..."),
    Key::needed(
        "fits",
        Shape::Of(Term::Selector("component")),
        "Which components serve it.",
    ),
    Key::new(
        "or",
        Shape::List(&Shape::Map(SAID)),
        "Which serve it as well where an answer says how.",
    ),
    Key::new(
        "because",
        Shape::Many(&Shape::Text),
        "Concepts, any of which is a reason.",
    ),
    Key::new(
        "words",
        Shape::Many(&Shape::Text),
        "Wordings of a reason beside them.",
    ),
    Key::new(
        "with",
        Shape::Many(&Shape::Text),
        "Needs that it is asked together with, where two technologies can serve both.",
    ),
    Key::needed("why", Shape::Text, "What a good answer says."),
    Key::needed("reference", Shape::Text, "The page to read."),
];

const SAID: &[Key] = &[
    Key::needed("says", Shape::Many(&Shape::Text), "How it is said."),
    Key::needed(
        "fits",
        Shape::Of(Term::Selector("component")),
        "Which components serve it so.",
    ),
];

impl DrillFile {
    /// Reads the file over what was there before: needs with new names are added, others take their place.
    pub(super) fn read(&mut self, node: &Node<'_>, reader: &mut RuleReader<'_>) {
        let Some(fields) = Fields::of(node, "the drills", reader.issues) else {
            return;
        };
        fields.known(DRILL_FILE, reader.issues);
        if let Some(read) = fields
            .get("read")
            .and_then(|node| Fields::of(node, "the pages to read", reader.issues))
        {
            read.known(READ, reader.issues);
            for (key, page) in [
                ("estimate", &mut self.estimate_page),
                ("loss", &mut self.loss_page),
                ("store", &mut self.store_page),
            ] {
                if let Some(named) = reader.page(&read, key) {
                    *page = named;
                }
            }
        }
        let mut asked_with = Vec::new();
        for node in fields.list("stores", reader.issues) {
            let Some(need) = need(node, reader, &mut asked_with) else {
                continue;
            };
            match self.needs.iter_mut().find(|other| other.id == need.id) {
                Some(other) => *other = need,
                None => self.needs.push(need),
            }
        }
        let known: Vec<&str> = self.needs.iter().map(|need| need.id.as_str()).collect();
        for (name, span) in asked_with {
            if !known.contains(&name.as_str()) {
                let message = format!("unknown need `{name}`");
                let help = spelling::one_of(&name, &known);
                reader.issues.error(span, message, help);
            }
        }
        for node in fields.list("designs", reader.issues) {
            let Some(design) = small_design(node, reader) else {
                continue;
            };
            match self.designs.iter_mut().find(|other| other.id == design.id) {
                Some(other) => *other = design,
                None => self.designs.push(design),
            }
        }
    }
}

/// Reads a need; those that it is asked with may stand behind it, and are looked up when all are read.
fn need(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    asked_with: &mut Vec<(String, Span)>,
) -> Option<Need> {
    let fields = Fields::of(node, "a need", reader.issues)?;
    fields.known(NEED, reader.issues);
    let mut text = |key| fields.required(key, reader.issues);
    let (id, need, why) = (text("id"), text("need"), text("why"));
    let page = reader.needed(&fields, "reference");
    let page = page.and_then(|_| reader.page(&fields, "reference"));
    let fits = reader.needed(&fields, "fits");
    let fits = fits.and_then(|node| reader.selector_of_components(node));
    let or = fields.list("or", reader.issues);
    let or = all_of(or.iter().map(|node| serves_so(node, reader)));
    let because = fields.get("because");
    let because = because.map_or_else(Vec::new, |node| reader.concepts(node));
    let words = fields.get("words");
    let words = words.and_then(|node| reader.wordings(node));
    let mut with = Vec::new();
    for item in fields.get("with").map(one_or_many).unwrap_or_default() {
        if let Some(name) = text_of(item, reader.issues) {
            asked_with.push((name.to_owned(), item.span));
            with.push(name.to_owned());
        }
    }
    Some(Need {
        id: id?,
        with,
        text: need?,
        fits: fits?,
        or: or?,
        because,
        words,
        why: why?,
        page: page?,
    })
}

/// Reads which components serve a need where an answer says how.
fn serves_so(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<(Pattern, Selector)> {
    let fields = Fields::of(node, "what serves as well", reader.issues)?;
    fields.known(SAID, reader.issues);
    let says = reader.needed(&fields, "says");
    let says = says.and_then(|node| reader.wordings(node));
    let fits = reader.needed(&fields, "fits");
    let fits = fits.and_then(|node| reader.selector_of_components(node));
    says.zip(fits)
}

fn small_design(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<SmallDesign> {
    let fields = Fields::of(node, "a small design", reader.issues)?;
    fields.known(SMALL_DESIGN, reader.issues);
    let id = fields.required("id", reader.issues);
    let lesson = fields.required("lesson", reader.issues);
    let page = reader.needed(&fields, "reference");
    let page = page.and_then(|_| reader.page(&fields, "reference"));
    let drawn = reader.needed(&fields, "design")?;
    let reading = read_fragment(drawn, reader.vocabulary);
    let mut is_broken = false;
    for issue in reading.issues {
        is_broken |= issue.gravity == Gravity::Error;
        match issue.gravity {
            Gravity::Error => reader.issues.error(issue.span, issue.message, issue.help),
            Gravity::Warning => reader.issues.warning(issue.span, issue.message, issue.help),
        }
    }
    if reading.design.flows.is_empty() {
        // A flow that can't be read is a mistake of its own.
        if !is_broken {
            let help = "add `flows: {read: {path: a -> b, kind: read}}`".to_owned();
            reader
                .issues
                .error(drawn.span, "a small design without a flow", help);
        }
        return None;
    }
    Some(SmallDesign {
        id: id?,
        design: reading.design,
        lesson: lesson?,
        page: page?,
    })
}
