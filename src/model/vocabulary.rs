//! Kinds and technologies together: what a word for a component means.
//!
//! Knows the shape of the catalog, not its content, and no files.

use super::kind::{Forwarding, Kind, Kinds};
use super::spelling;
use super::surroundings::Surroundings;
use super::technology::{Tech, Technologies, normal};
use super::usual::{Quality, Range};

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A kind of component.
    Kind(Kind),
    /// A technology, whose kind the catalog knows.
    Tech(Tech),
}

/// The kinds and technologies that designs may name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// The tree of kinds.
    pub kinds: Kinds,
    /// The catalog of technologies.
    pub technologies: Technologies,
    /// What is usual around components.
    pub surroundings: Surroundings,
}

impl Vocabulary {
    /// What a word in a design file stands for: a kind that a component can have, or a technology.
    #[must_use]
    pub fn meaning(&self, word: &str) -> Option<Meaning> {
        let kind = self.kinds.named(&spelling::snake(word));
        match kind.filter(|kind| !self.kinds.info(*kind).group) {
            Some(kind) => Some(Meaning::Kind(kind)),
            None => self.technologies.named(word).map(Meaning::Tech),
        }
    }

    /// What the name of a component says of it: a kind, a technology, or a role word such as `db` in `user-db`.
    #[must_use]
    pub fn classify(&self, name: &str) -> Option<Meaning> {
        self.meaning(name).or_else(|| self.classify_by_words(name))
    }

    /// By role word, the last of the longest first; unless a technology of the same family is named beside it, as in
    /// `cassandra-db`.
    fn classify_by_words(&self, name: &str) -> Option<Meaning> {
        let words = words_of(name);
        let role = groups(&words).find_map(|(group, last)| self.kind_by_role(group, last));
        let tech = groups(&words).find_map(|(group, _)| self.technologies.named(&group.concat()));
        match (role, tech) {
            (Some(role), Some(tech))
                if self.family(role) == self.family(self.technologies.info(tech).kind) =>
            {
                Some(Meaning::Tech(tech))
            }
            (Some(role), _) => Some(Meaning::Kind(role)),
            (None, tech) => tech.map(Meaning::Tech),
        }
    }

    /// What a name stands for where a chain begins with it and goes on to some kinds: an `app` before a load balancer is what
    /// people hold in their hands. None where it is what it is anywhere else.
    #[must_use]
    pub fn leading(&self, name: &str, next: &[Kind]) -> Option<Meaning> {
        let family = |kind: Kind| self.family(kind);
        let spreads = |kind: &Kind| self.kinds.info(*kind).forwarding == Forwarding::Spreads;
        let entered_by = |kind: &Kind| {
            let mut spreading = self.kinds.all().filter(spreads);
            spreading.any(|other| family(other) == family(*kind))
        };
        if next.is_empty() || !next.iter().all(entered_by) {
            return None;
        }
        let words = words_of(name);
        let last = words.last()?;
        let is_called = |kind: &Kind| self.kinds.info(*kind).first.contains(last);
        self.kinds.all().find(is_called).map(Meaning::Kind)
    }

    /// The topmost kind above a kind.
    #[must_use]
    pub fn family(&self, kind: Kind) -> Option<Kind> {
        self.kinds.info(kind).lineage.first().copied()
    }

    /// The kind whose role the words name. Where requests come from is said by the last words alone: `user-posts` is no
    /// user.
    fn kind_by_role(&self, words: &[String], last: bool) -> Option<Kind> {
        let phrase = words.join(" ");
        let singular = phrase.strip_suffix('s').unwrap_or(&phrase);
        let known = |kind: &Kind| {
            let info = self.kinds.info(*kind);
            let id = info.id.replace('_', " ");
            !info.group
                && (last || !info.origin)
                && (id == phrase
                    || id == singular
                    || info
                        .names
                        .iter()
                        .any(|name| *name == phrase || name == singular))
        };
        self.kinds.all().find(known)
    }

    /// The kind that a meaning implies.
    #[must_use]
    pub fn kind_of(&self, meaning: Meaning) -> Kind {
        match meaning {
            Meaning::Kind(kind) => kind,
            Meaning::Tech(tech) => self.technologies.info(tech).kind,
        }
    }

    /// Whether a technology can serve as a kind without contradiction.
    #[must_use]
    pub fn can_serve_as(&self, tech: Tech, kind: Kind) -> bool {
        let info = self.technologies.info(tech);
        let related = |other: Kind| self.kinds.is_a(other, kind) || self.kinds.is_a(kind, other);
        related(info.kind) || info.also.iter().any(|other| related(*other))
    }

    /// What is usual for one node of a component: by its technology, whatever it serves as here, else by its kind. What a
    /// provider runs grows by itself, so that the kind's node says nothing of how much it carries or holds.
    #[must_use]
    pub fn usual(&self, kind: Kind, tech: Option<Tech>, what: Quality) -> Option<&Range> {
        let by_kind = self.kinds.info(kind).usual.get(what);
        let Some(tech) = tech.map(|tech| self.technologies.info(tech)) else {
            return by_kind;
        };
        let grows = || what.row().grows && tech.is_managed();
        let of_tech = tech.usual().get(what);
        of_tech.or_else(|| by_kind.filter(|_| !grows()))
    }

    /// What a component can be made of, as far as it is typed: kinds, and technologies once something is.
    pub fn proposed(&self, typed: &str) -> impl Iterator<Item = &str> {
        let technologies = self.technologies.all().filter(move |_| !typed.is_empty());
        let kinds = self.kinds.component_ids().into_iter();
        kinds.chain(technologies.map(|technology| technology.id.as_str()))
    }

    /// Which kinds there are of a family, such as `datastore`; none where the word names no family.
    #[must_use]
    pub fn of_family(&self, word: &str) -> Option<String> {
        let family = self.kinds.named(&spelling::snake(word))?;
        let is_below = |kind: &Kind| self.kinds.info(*kind).parent == Some(family);
        let below = self.kinds.all().filter(is_below);
        let ids: Vec<&str> = below
            .map(|kind| self.kinds.info(kind).id.as_str())
            .collect();
        let is_family = self.kinds.info(family).group && !ids.is_empty();
        is_family.then(|| format!("say which: {}", spelling::listed(&ids)))
    }

    /// What a component is made where its name says nothing: the word of the plainest kind.
    pub const ANYTHING: &'static str = "service";

    /// What to write in place of a word that is no kind: the kind that components named so are, or the nearest spelling.
    #[must_use]
    pub fn kind_meant(&self, word: &str) -> Option<String> {
        if let Some(Meaning::Kind(kind)) = self.classify(word) {
            return Some(spelling::proposal(&self.kinds.info(kind).id));
        }
        spelling::did_you_mean(word, &self.kinds.component_ids())
    }

    /// Help for a word that means nothing: which kinds there are of the family that it names, or the nearest kinds and
    /// technologies.
    #[must_use]
    pub fn suggestion(&self, word: &str) -> Option<String> {
        if let Some(family) = self.of_family(word) {
            return Some(family);
        }
        let plain = normal(word);
        let kinds = self.kinds.component_ids();
        let names = kinds.into_iter().chain(self.technologies.every_name());
        spelling::nearest(&plain, names).map(spelling::proposal)
    }
}

/// Up to three words in a row, longer groups first, later ones before earlier ones; and whether a group ends the name.
fn groups(words: &[String]) -> impl Iterator<Item = (&[String], bool)> {
    (1..=words.len().min(3)).rev().flat_map(move |length| {
        let last = words.len() - length;
        words
            .windows(length)
            .enumerate()
            .rev()
            .map(move |(at, group)| (group, at == last))
    })
}

/// The words of an id such as `user-service`, `userService` or `db2`; what only counts, as in `client A`, is none.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in name.chars() {
        // "iOS" and "eCommerce" are one word.
        let is_prefix = words.last().is_some_and(|word| word.chars().count() == 1);
        if !c.is_alphabetic() {
            previous = ' ';
            continue;
        }
        let starts = previous == ' ' || (c.is_uppercase() && previous.is_lowercase() && !is_prefix);
        match words.last_mut() {
            Some(word) if !starts => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
        previous = c;
    }
    let counts = words.last().is_some_and(|last| last.chars().count() == 1);
    if counts && words.len() > 1 {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words_of("userService-db2"), ["user", "service", "db"]);
        assert_eq!(words_of("Client A"), ["client"]);
        assert_eq!(words_of("iOS app"), ["ios", "app"]);
        assert_eq!(words_of("theIPhone"), ["the", "iphone"]);
    }
}
