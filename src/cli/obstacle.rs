//! What stands in the way of judging designs: files with mistakes, and what can't be read at all.
//!
//! Knows how that is told at a terminal; an editor is told otherwise, and what is a mistake is the readers' business.

use super::{rubrics, screen};
use crate::source::{Issue, Source};

/// Something that stands in the way.
#[derive(Debug)]
pub enum Obstacle {
    /// A file with mistakes.
    Mistakes(Source, Vec<Issue>),
    /// What can be said in words alone: the complaint and the cure.
    Words(String, Option<String>),
}

impl Obstacle {
    /// A complaint without a cure.
    pub const fn words(complaint: String) -> Self {
        Self::Words(complaint, None)
    }

    /// Tells it on standard error.
    pub fn tell(&self) {
        match self {
            Self::Mistakes(source, issues) => {
                rubrics::show(source, issues);
            }
            Self::Words(complaint, cure) => screen::error(complaint, cure.as_deref()),
        }
    }
}

/// What there is, or nothing once its obstacle has been told.
pub fn told<T>(wanted: Result<T, Obstacle>) -> Option<T> {
    wanted.map_err(|obstacle| obstacle.tell()).ok()
}
