//! The tutorial: a toy problem, and lessons that are learnt by doing.
//!
//! Knows the keys of its file; holds no interview.

use crate::model::Step;
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, text_of};
use crate::rubric::{Condition, PROBLEM, Pattern, Problem, RuleReader};

/// A tutorial.
#[derive(Debug)]
pub struct Tutorial {
    /// The toy problem.
    pub problem: Problem,
    /// The lessons, one after the other.
    pub lessons: Vec<Lesson>,
}

/// A lesson. It is learnt when everything that it waits for holds.
#[derive(Debug)]
pub struct Lesson {
    /// What is to be done.
    pub say: String,
    /// A line that does it.
    pub example: String,
    /// The line has to match this.
    pub typed: Option<Pattern>,
    /// The design has to be so.
    pub until: Option<Condition>,
    /// The interview has to be in this step.
    pub step: Option<Step>,
    /// What it was good for.
    pub done: String,
    /// What is said to a line that does something else.
    pub otherwise: String,
}

/// The keys of the file of the tutorial.
pub const TUTORIAL_FILE: &[Key] = &[Key::new(
    "tutorial",
    Shape::Map(TUTORIAL),
    "A toy problem with lessons.",
)];

const TUTORIAL: &[Key] = &[
    Key::needed("problem", Shape::Map(PROBLEM), "The toy problem."),
    Key::needed("lessons", Shape::List(&Shape::Map(LESSON)), "The lessons."),
];

const LESSON: &[Key] = &[
    Key::needed("id", Shape::Text, "Its name."),
    Key::needed("say", Shape::Text, "What is to be done."),
    Key::needed("try", Shape::Text, "A line that does it."),
    Key::new("typed", Shape::Text, "The line has to match this."),
    Key::new(
        "until",
        Shape::Of(Term::Condition),
        "The design has to be so.",
    ),
    Key::new(
        "step",
        Shape::Of(Term::Step),
        "The interview has to be in this step.",
    ),
    Key::needed("done", Shape::Text, "What it was good for."),
    Key::needed(
        "otherwise",
        Shape::Text,
        "What is said to a line that does something else.",
    ),
];

/// Reads the file.
pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Tutorial> {
    let fields = Fields::of(node, "the file of the tutorial", reader.issues)?;
    fields.known(TUTORIAL_FILE, reader.issues);
    let node = reader.needed(&fields, "tutorial")?;
    let fields = Fields::of(node, "the tutorial", reader.issues)?;
    fields.known(TUTORIAL, reader.issues);
    let problem = reader.needed(&fields, "problem");
    let problem = problem.and_then(|node| reader.problem(node));
    let lessons = fields.list("lessons", reader.issues).iter();
    let lessons = lessons.filter_map(|node| lesson(node, reader)).collect();
    Some(Tutorial {
        problem: problem?,
        lessons,
    })
}

fn lesson(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Lesson> {
    let fields = Fields::of(node, "a lesson", reader.issues)?;
    fields.known(LESSON, reader.issues);
    fields.required("id", reader.issues);
    let mut text = |key| fields.required(key, reader.issues);
    let (say, example) = (text("say"), text("try"));
    let (done, otherwise) = (text("done"), text("otherwise"));
    let typed = fields.get("typed").and_then(|node| reader.pattern(node));
    let until = fields
        .get("until")
        .and_then(|node| Condition::read(node, reader));
    let step = fields.get("step").and_then(|node| {
        let word = text_of(node, reader.issues)?;
        reader.step(word, node)
    });
    let occasions = ["typed", "until", "step"];
    if occasions.iter().all(|key| fields.get(key).is_none()) {
        let help = "add `typed`, `until` or `step`".to_owned();
        reader
            .issues
            .error(fields.span, "a lesson that waits for nothing", help);
    }
    Some(Lesson {
        say: say?,
        example: example?,
        typed,
        until,
        step,
        done: done?,
        otherwise: otherwise?,
    })
}
