//! Where the wordings of concepts can begin in some texts, in order of concepts.
//!
//! Knows positions alone.

/// Where a wording can begin, or stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rubric) struct Start {
    /// The position of the passage.
    pub passage: u32,
    /// That of the wording among those of its concept.
    pub wording: u32,
    /// Where it stands.
    pub at: Standing,
}

/// Where in a text a wording stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rubric) enum Standing {
    /// Anywhere, if at all.
    Anywhere,
    /// From here on, if at all.
    From(u32),
    /// Surely here.
    Here(u32, u32),
}

/// Where wordings of concepts can begin in some texts, but for those that can begin anywhere.
#[derive(Debug, Default)]
pub(in crate::rubric) struct Starts {
    /// One concept after the other, and of each in the order of the texts.
    pub(super) all: Vec<Start>,
    /// Where those of each concept begin, by number, and where those of the last one end.
    from: Vec<u32>,
    pub(super) passages: u32,
}

impl Starts {
    /// Starts in the order of the texts, each with the number of its concept, of which there are so many.
    pub(super) fn new(found: &[(u32, Start)], concepts: usize, passages: u32) -> Self {
        let mut from = vec![0; concepts + 1];
        for (concept, _) in found {
            if let Some(next) = from.get_mut(*concept as usize + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for from in &mut from {
            sum += *from;
            *from = sum;
        }
        let mut next = from.clone();
        let mut all: Vec<Start> = found.iter().map(|(_, start)| *start).collect();
        for (concept, start) in found {
            if let Some(next) = next.get_mut(*concept as usize) {
                if let Some(slot) = all.get_mut(*next as usize) {
                    *slot = *start;
                }
                *next += 1;
            }
        }
        Self {
            all,
            from,
            passages,
        }
    }

    pub(super) fn of(&self, concept: usize) -> &[Start] {
        let bounds = self.from.get(concept).zip(self.from.get(concept + 1));
        let own = bounds.and_then(|(from, to)| self.all.get(*from as usize..*to as usize));
        own.unwrap_or_default()
    }
}
