//! A rule: when it applies, to what, what a good design shows, and what is said where it does not.
//!
//! Knows the shape of rules; knows no rule.

use std::sync::Arc;

use super::condition::Condition;
use super::mistake::Mistake;
use super::noun::Noun;
use super::occasion::Occasion;
use super::selector::Selector;
use super::template::Template;
use crate::model::{Attribute, Level, Severity, Step, Value};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name: kebab-case, names the fault.
    pub id: String,
    /// The fault in words.
    pub title: String,
    /// The topic: the file it stands in, or the problem.
    pub topic: String,
    /// The problem whose designs it is for; all designs where none.
    pub problem: Option<String>,
    /// Whose marks it moves.
    pub step: Step,
    /// How much it matters.
    pub severity: Severity,
    /// What it is worth beside the other rules of its step.
    pub weight: f64,
    /// The levels that it judges.
    pub levels: Vec<Level>,
    /// What it is about where it asks nothing of designs: `expect` always holds then, and it is worth nothing.
    pub occasion: Option<Occasion>,
    /// What is said that it finds fault with, for a rule after a mistake of the field: it applies only where that is said.
    pub mistake: Option<Arc<Mistake>>,
    /// Whether the design is read in its own words alone, and not in those that rules know for the same.
    pub literal: bool,
    /// Whether it applies at all.
    pub when: Option<Condition>,
    /// Its subjects; the design as a whole where none.
    pub for_each: Option<ForEach>,
    /// Where this holds of a subject, the rule does not apply to it: another one speaks of what is wrong there.
    pub unless: Option<Condition>,
    /// What a good design shows.
    pub expect: Condition,
    /// Where this holds, what is missed may well be said in words that no rule knows, and is not stated.
    pub open: Option<Condition>,
    /// What is said where it does not.
    pub message: Template,
    /// What is said where it does.
    pub strength: Option<Template>,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: Template,
    /// What mends it, where that is to state attributes of the subject.
    pub change: Vec<(Attribute, Value)>,
    /// The interviewer's question.
    pub ask: Template,
    /// General rules that it says more exactly: they don't apply beside it.
    pub replaces: Vec<String>,
    /// A page of the reference.
    pub reference: Option<String>,
    /// The path of the file that it stands in.
    pub file: String,
    /// The line of the file, from 1.
    pub line: usize,
}

/// The subjects of a rule.
#[derive(Debug)]
pub struct ForEach {
    /// What the outer subjects are.
    pub noun: Noun,
    /// Which of them.
    pub selector: Selector,
    /// Parts of each: components or connections of a flow.
    pub inner: Option<(Noun, Selector)>,
}

/// What a rule file holds.
#[derive(Debug, Default)]
pub struct RuleFile {
    /// Named selectors, each with what it selects.
    pub selectors: Vec<((Noun, String), Arc<Selector>)>,
    /// Named conditions.
    pub conditions: Vec<(String, Arc<Condition>)>,
    /// Rules.
    pub rules: Vec<Rule>,
}
