//! The tree of component kinds. Which kinds there are is data; this is the shape that the data takes.
//!
//! Knows no kind by name.

use super::outline::Outline;
use super::usual::Usual;

/// A kind, as a position in its [`Kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub u16);

/// How a component passes requests on to the components behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Forwarding {
    /// Every call is needed.
    #[default]
    All,
    /// Targets are alternatives that share the load.
    Spreads,
}

/// Who receives a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Consumers share the messages.
    Shared,
    /// Every consumer gets each message.
    Each,
}

/// What is known of a kind.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "a row of independent flags")]
pub struct KindInfo {
    /// The word in design files.
    pub id: String,
    /// The words for people.
    pub title: String,
    /// The kind above.
    pub parent: Option<Kind>,
    /// A branch of the tree: a component can't be of this kind itself.
    pub group: bool,
    /// Words that classify a component by its name.
    pub names: Vec<String>,
    /// Words that do so where a chain begins with the name, before what requests enter by.
    pub first: Vec<String>,
    /// How requests go on.
    pub forwarding: Forwarding,
    /// Who gets a message, for kinds that carry messages.
    pub delivery: Option<Delivery>,
    /// Requests come from there; it stands outside of the system.
    pub origin: bool,
    /// Run by others across failure domains; never a single point of failure of this design.
    pub provided: bool,
    /// Data is lost when it is lost.
    pub holds_data: bool,
    /// Instances hold connections or state.
    pub stateful: bool,
    /// Requests go on to what lies behind when it fails, as with a cache beside a store.
    pub bypassed: bool,
    /// It stands outside of the system's zones, far from them by network.
    pub remote: bool,
    /// What is usual for one node of it; what it does not say itself comes from the kind above.
    pub usual: Usual,
    /// The outline in pictures.
    pub shape: Outline,
    /// This kind and all above it, as a sorted list.
    pub lineage: Vec<Kind>,
    /// The title and the id as running text has them, in lower case.
    pub words: [String; 2],
}

/// Some kinds of a tree: for each whether it is one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindSet(Vec<bool>);

impl KindSet {
    /// Whether a kind is one of them.
    #[must_use]
    pub fn contains(&self, kind: Kind) -> bool {
        self.0.get(usize::from(kind.0)) == Some(&true)
    }
}

/// The tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinds(Vec<KindInfo>);

impl Kinds {
    /// Adds a kind below its parent, which must be there already, and gives back its position. It takes the place of the
    /// kind with its id where there is one.
    pub fn add(&mut self, mut info: KindInfo) -> Kind {
        let known = self.0.iter().position(|other| other.id == info.id);
        let at = known.unwrap_or(self.0.len());
        let kind = Kind(u16::try_from(at).unwrap_or(u16::MAX));
        info.lineage = Vec::new();
        info.words = [info.title.to_lowercase(), info.id.replace('_', " ")];
        if let Some(parent) = info.parent {
            let above = self.info(parent);
            info.lineage.clone_from(&above.lineage);
            info.usual.inherit(&above.usual);
        }
        info.lineage.push(kind);
        match self.0.get_mut(at) {
            Some(other) => *other = info,
            None => self.0.push(info),
        }
        kind
    }

    /// What is known of a kind.
    ///
    /// # Panics
    /// When the kind is of another tree, which is a bug.
    #[must_use]
    pub fn info(&self, kind: Kind) -> &KindInfo {
        self.0
            .get(usize::from(kind.0))
            .expect("kinds come from the tree that is asked")
    }

    /// The kind with this id.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<Kind> {
        self.all().find(|kind| self.info(*kind).id == id)
    }

    /// Every kind, parents first.
    pub fn all(&self) -> impl Iterator<Item = Kind> {
        (0..u16::try_from(self.0.len()).unwrap_or(u16::MAX)).map(Kind)
    }

    /// The ids that a component can have as its kind.
    #[must_use]
    pub fn component_ids(&self) -> Vec<&str> {
        self.0
            .iter()
            .filter(|info| !info.group)
            .map(|info| info.id.as_str())
            .collect()
    }

    /// Some kinds and all that lie below them.
    #[must_use]
    pub fn below(&self, ancestors: &[Kind]) -> KindSet {
        let is_below = |kind: Kind| ancestors.iter().any(|other| self.is_a(kind, *other));
        KindSet(self.all().map(is_below).collect())
    }

    /// Whether a kind is another or lies below it.
    #[must_use]
    pub fn is_a(&self, kind: Kind, ancestor: Kind) -> bool {
        self.info(kind).lineage.contains(&ancestor)
    }
}
