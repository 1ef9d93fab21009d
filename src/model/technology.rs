//! Technologies that components are made of. Which there are is data.
//!
//! Knows no technology by name.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::OnceLock;

use super::attribute::Attribute;
use super::kind::Kind;
use super::usual::Usual;
use super::value::yes_no;

/// A technology, as a position in its [`Technologies`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tech(pub u16);

/// What is known of a technology.
#[derive(Clone, Debug, PartialEq)]
pub struct Technology {
    /// The id in rules.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// What it usually serves as.
    pub kind: Kind,
    /// What it can serve as without contradiction.
    pub also: Vec<Kind>,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it is like.
    pub traits: Traits,
}

/// What a technology is like: of the many that there are, a design is made of a few, so that it may be read when first
/// asked for.
#[derive(Clone, Debug)]
pub struct Traits {
    text: &'static str,
    read: fn(&str) -> Known,
    known: OnceLock<Box<Known>>,
}

/// What is known of what a technology is like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Properties by name, such as `leader: single`.
    pub properties: BTreeMap<String, String>,
    /// What is usual for one node of it.
    pub usual: Usual,
}

impl Traits {
    /// What stands in a text, which is read when first asked for.
    #[must_use]
    pub const fn late(text: &'static str, read: fn(&str) -> Known) -> Self {
        Self {
            text,
            read,
            known: OnceLock::new(),
        }
    }

    fn get(&self) -> &Known {
        self.known.get_or_init(|| Box::new((self.read)(self.text)))
    }
}

impl From<Known> for Traits {
    fn from(known: Known) -> Self {
        Self {
            known: OnceLock::from(Box::new(known)),
            ..Self::late("", |_| Known::default())
        }
    }
}

/// When they were read makes no difference.
impl PartialEq for Traits {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Technology {
    /// Properties by name, such as `leader: single`.
    #[must_use]
    pub fn properties(&self) -> &BTreeMap<String, String> {
        &self.traits.get().properties
    }

    /// What is usual for one node of it.
    #[must_use]
    pub fn usual(&self) -> &Usual {
        &self.traits.get().usual
    }

    /// Whether a provider runs it across zones.
    #[must_use]
    pub fn is_managed(&self) -> bool {
        let managed = self.properties().get(Attribute::Managed.row().name);
        managed.is_some_and(|text| yes_no(text) == Some(true))
    }
}

/// The catalog of technologies.
#[derive(Clone, Debug, Default)]
pub struct Technologies {
    all: Vec<Technology>,
    /// Each by all of its names as [`normal`] writes them, once somebody asks.
    by_name: OnceLock<BTreeMap<String, Tech>>,
}

/// Whether somebody asked for a name makes no difference.
impl PartialEq for Technologies {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all && self.by_name() == other.by_name()
    }
}

impl Technologies {
    /// Adds a technology, in place of one with the same id.
    ///
    /// # Errors
    /// With the technology that already goes by one of the names.
    pub fn add(&mut self, technology: Technology) -> Result<Tech, (String, Tech)> {
        let own = self.named(&technology.id);
        let replaced = own.filter(|tech| self.info(*tech).id == technology.id);
        let tech = replaced.unwrap_or(Tech(u16::try_from(self.all.len()).unwrap_or(u16::MAX)));
        let mut plain: Vec<(String, &str)> = names(&technology)
            .map(|name| (normal(name), name))
            .collect();
        plain.dedup_by(|(one, _), (other, _)| one == other);
        for (plain, name) in &plain {
            match self.by_name().get(plain) {
                Some(other) if *other != tech => return Err(((*name).to_owned(), *other)),
                _ => {}
            }
        }
        let plain = plain.into_iter().map(|(plain, _)| (plain, tech));
        if let Some(by_name) = self.by_name.get_mut() {
            by_name.extend(plain);
        }
        match self.all.get_mut(usize::from(tech.0)) {
            Some(slot) => *slot = technology,
            None => self.all.push(technology),
        }
        Ok(tech)
    }

    /// Adds technologies of which no two go by the same name, nor does one that was added before: the sooner for that.
    pub fn add_all(&mut self, technologies: impl Iterator<Item = Technology>) {
        self.all.extend(technologies);
        self.by_name = OnceLock::new();
    }

    fn by_name(&self) -> &BTreeMap<String, Tech> {
        self.by_name.get_or_init(|| {
            let numbered = self.all.iter().zip(0..);
            let by_name = numbered.flat_map(|(technology, number)| {
                names(technology).map(move |name| (normal(name), Tech(number)))
            });
            by_name.collect()
        })
    }

    /// What is known of a technology.
    ///
    /// # Panics
    /// When it is of another catalog, which is a bug.
    #[must_use]
    pub fn info(&self, tech: Tech) -> &Technology {
        self.all
            .get(usize::from(tech.0))
            .expect("technologies come from the catalog that is asked")
    }

    /// The technology that goes by a name, however it is spaced or capitalised.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Tech> {
        let is_normal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let tech = if name.bytes().all(is_normal) {
            self.by_name().get(name)
        } else {
            self.by_name().get(&normal(name))
        };
        tech.copied()
    }

    /// The technologies that a text names, by up to three words at a time.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Vec<Tech> {
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        let words = text.split(|c| !is_of_word(c));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(normal).collect();
        let mut found = Vec::new();
        let mut rest = words.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let Some((tech, words)) = self.longest_of(first, rest) else {
                rest = others;
                continue;
            };
            found.push(tech);
            rest = rest.get(words..).unwrap_or_default();
        }
        found
    }

    /// The technology that the most of the first three words name, of which the first is given apart, and how many they are.
    fn longest_of(&self, first: &str, words: &[String]) -> Option<(Tech, usize)> {
        // Names that begin with the first word stand together from there on, if there are any.
        let from = (Bound::Included(first), Bound::Unbounded);
        let (next, _) = self.by_name().range::<str, _>(from).next()?;
        if !next.starts_with(first) {
            return None;
        }
        (1..=words.len().min(3)).rev().find_map(|length| {
            let name = words.get(..length)?.concat();
            Some((*self.by_name().get(&name)?, length))
        })
    }

    /// Every technology, in the catalog's order.
    pub fn all(&self) -> impl Iterator<Item = &Technology> {
        self.all.iter()
    }

    /// Every id and alias.
    pub fn every_name(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flat_map(names)
    }
}

fn names(technology: &Technology) -> impl Iterator<Item = &str> {
    [technology.id.as_str(), technology.name.as_str()]
        .into_iter()
        .chain(technology.aliases.iter().map(String::as_str))
}

/// A name without case, spaces, hyphens, underscores, dots and slashes.
#[must_use]
pub fn normal(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            ' ' | '-' | '_' | '.' | '/' => {}
            c if c.is_ascii() => plain.push(c.to_ascii_lowercase()),
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain
}
