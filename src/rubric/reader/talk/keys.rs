//! The keys of the words of a talk.
//!
//! Knows what is read, and nothing of how.

use super::super::super::talk::{Commanding, Describing};
use crate::notation::yaml::{Key, Shape};

/// The keys of the file of the talk.
pub const TALK_FILE: &[Key] = &[Key::needed(
    "talk",
    Shape::Map(TALK),
    "How an interviewer takes what is said, whatever it is about.",
)];

pub(super) const TALK: &[Key] = &[
    Key::new(
        "fillers",
        Shape::Many(&Shape::Text),
        "Words that lines begin with and that say nothing.",
    ),
    Key::new(
        "interrogatives",
        Shape::Many(&Shape::Text),
        "Words that questions begin with.",
    ),
    Key::new(
        "polite",
        Shape::Many(&Shape::Text),
        "Regular expressions for what asks politely before a question.",
    ),
    Key::new(
        "shorthand",
        Shape::Many(&Shape::Text),
        "Words as they are written in haste, each with what it stands for behind it.",
    ),
    Key::new(
        "inquiring",
        Shape::Many(&Shape::Text),
        "Regular expressions for words that make a question of a line, wherever they stand.",
    ),
    Key::new(
        "unmarked",
        Shape::Many(&Shape::Text),
        "Regular expressions for what lines begin with that ask without a mark.",
    ),
    Key::new(
        "joining",
        Shape::Many(&Shape::Text),
        "Words between two questions in one.",
    ),
    Key::new(
        "confirming",
        Shape::Map(CONFIRMING),
        "Words around a figure that is to be confirmed.",
    ),
    Key::new(
        "unwanted",
        Shape::Many(&Shape::Text),
        "Words before a name by which it is not wanted.",
    ),
    Key::new(
        "defining",
        Shape::Map(DEFINING),
        "What asks for the meaning of a term: the words before it, and behind it.",
    ),
    Key::new(
        "usage",
        Shape::Many(&Shape::Text),
        "Regular expressions for what questions about the prompt begin with.",
    ),
    Key::new(
        "giving_up",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines of who gives up.",
    ),
    Key::new(
        "agreeing",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines of who agrees.",
    ),
    Key::new(
        "declining",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines of who declines.",
    ),
    Key::new(
        "asking_back",
        Shape::Many(&Shape::Text),
        "Regular expressions for what lines begin with that ask while an answer is waited for.",
    ),
    Key::new(
        "deciding",
        Shape::Many(&Shape::Text),
        "Regular expressions for words by which something is chosen.",
    ),
    Key::new(
        "preferring",
        Shape::Many(&Shape::Text),
        "Regular expressions for such words as are a part of the choice.",
    ),
    Key::new(
        "rejecting",
        Shape::Many(&Shape::Text),
        "Regular expressions for what is said, behind its name, of what is not chosen.",
    ),
    Key::new(
        "idioms",
        Shape::Many(&Shape::Text),
        "Regular expressions for words that look like names of parts and are none.",
    ),
    Key::new(
        "changing",
        Shape::Map(CHANGING),
        "Words by which something that was said is changed.",
    ),
    Key::new(
        "assuming",
        Shape::Many(&Shape::Text),
        "Regular expressions for words by which something is taken as given.",
    ),
    Key::new(
        "headings",
        Shape::Many(&Shape::Text),
        "Regular expressions for what a requirement is headed by.",
    ),
    Key::new(
        "denying",
        Shape::Many(&Shape::Text),
        "Regular expressions for words before what is left out.",
    ),
    Key::new(
        "steps",
        Shape::Many(&Shape::Text),
        "What the steps are called, a regular expression for each, in their order.",
    ),
    Key::new(
        "wondering",
        Shape::Many(&Shape::Text),
        "Regular expressions for what begins a question that a yes or a no does not answer.",
    ),
    Key::new(
        "requiring",
        Shape::Map(REQUIRING),
        "Words of requirements, by the command that writes them down.",
    ),
    Key::new(
        "nothing_said",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines that answer nothing.",
    ),
    Key::new(
        "pointing_back",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines that point back to what was said.",
    ),
    Key::new(
        "reasons",
        Shape::Many(&Shape::Text),
        "Regular expressions for words that give a reason for a fault to stay.",
    ),
    Key::new(
        "bare",
        Shape::Many(&Shape::Text),
        "What a few bare words ask: questions with `{}` in their place.",
    ),
    Key::new(
        "leaning",
        Shape::Map(LEANING),
        "What questions begin with that lean on the one before.",
    ),
    Key::new(
        "turning",
        Shape::Many(&Shape::Text),
        "Words that turn the question before: it is asked of them.",
    ),
    Key::new(
        "measures",
        Shape::Many(&Shape::Text),
        "Words that measure what the question before was about.",
    ),
    Key::new(
        "questions",
        Shape::Map(QUESTIONS),
        "What the words of questions mean, by which an interviewer understands them.",
    ),
    Key::new(
        "commanding",
        Shape::Map(Commanding::KEYS),
        "Words by which a line is known that begins like a command.",
    ),
    Key::new(
        "describing",
        Shape::Map(Describing::KEYS),
        "Words of sentences that describe a drawing.",
    ),
    Key::new(
        "readings",
        Shape::List(&Shape::Map(READING)),
        "Questions that are others in other words.",
    ),
    Key::new(
        "asides",
        Shape::List(&Shape::Map(ASIDE)),
        "Lines about the talk, with what is said to them.",
    ),
];

pub(super) const QUESTIONS: &[Key] = &[
    Key::new(
        "furniture",
        Shape::Many(&Shape::Text),
        "Words that any question may have, whatever it is about.",
    ),
    Key::new(
        "alike",
        Shape::Many(&Shape::Text),
        "Words that mean much the same, a class in a text; a word may be in several.",
    ),
];

pub(super) const CHANGING: &[Key] = &[
    Key::new(
        "correcting",
        Shape::Many(&Shape::Text),
        "Regular expressions for words by which a number is corrected.",
    ),
    Key::new(
        "minds",
        Shape::Many(&Shape::Text),
        "Regular expressions for words by which one changes one's mind.",
    ),
    Key::new(
        "before",
        Shape::Many(&Shape::Text),
        "Regular expressions for what stands before the name of what is to go.",
    ),
    Key::new(
        "behind",
        Shape::Many(&Shape::Text),
        "Regular expressions for what stands behind the name of what is to go.",
    ),
    Key::new(
        "against",
        Shape::Many(&Shape::Text),
        "Regular expressions for what stands before what is not meant.",
    ),
    Key::new(
        "same",
        Shape::Many(&Shape::Text),
        "Regular expressions for what lines begin with that say the same of something else.",
    ),
    Key::new(
        "ordering",
        Shape::Many(&Shape::Text),
        "Regular expressions for what orders to change the drawing begin with.",
    ),
    Key::new(
        "adding",
        Shape::Many(&Shape::Text),
        "Regular expressions for what orders begin with that are no answer to a question.",
    ),
    Key::new(
        "parting",
        Shape::Many(&Shape::Text),
        "Regular expressions for words by which an arrow is to go.",
    ),
    Key::new(
        "restoring",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines of who wants the last change back.",
    ),
    Key::new(
        "retracting",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines of who takes back what was recorded last.",
    ),
    Key::new(
        "splitting",
        Shape::Many(&Shape::Text),
        "Regular expressions for what lines begin with by which a part becomes several.",
    ),
    Key::new(
        "vague",
        Shape::Many(&Shape::Text),
        "Regular expressions for what is said of one part where several may be meant; the last word is what it is.",
    ),
    Key::new(
        "rewriting",
        Shape::Many(&Shape::Text),
        "Regular expressions for what lines begin with by which an entry of a list gets another text.",
    ),
    Key::new(
        "entries",
        Shape::Map(REQUIRING),
        "Regular expressions for what entries of each list are called, before their number.",
    ),
    Key::new(
        "becoming",
        Shape::Many(&Shape::Text),
        "Regular expressions for what stands between an entry and its other text.",
    ),
    Key::new(
        "articles",
        Shape::Many(&Shape::Text),
        "Words before a name that are none of what is said of it.",
    ),
    Key::new(
        "after",
        Shape::Many(&Shape::Text),
        "Words that may stand behind a name that ends there.",
    ),
    Key::new(
        "not_meant",
        Shape::Many(&Shape::Text),
        "Words before a number that is not meant.",
    ),
    Key::new(
        "arrows",
        Shape::Many(&Shape::Text),
        "What people call an arrow.",
    ),
];

pub(super) const REQUIRING: &[Key] = &[
    Key::new(
        "out",
        Shape::Many(&Shape::Text),
        "Regular expressions for what is left out.",
    ),
    Key::new(
        "quality",
        Shape::Many(&Shape::Text),
        "Regular expressions for how well it has to do.",
    ),
    Key::new(
        "must",
        Shape::Many(&Shape::Text),
        "Regular expressions for what it has to do.",
    ),
];

pub(super) const CONFIRMING: &[Key; 2] = &[
    Key::new(
        "before",
        Shape::Many(&Shape::Text),
        "Regular expressions for words before it.",
    ),
    Key::new(
        "behind",
        Shape::Many(&Shape::Text),
        "Regular expressions for words behind it.",
    ),
];

pub(super) const DEFINING: &[Key] = &[
    Key::new(
        "before",
        Shape::Many(&Shape::Text),
        "Regular expressions for words before the term.",
    ),
    Key::new(
        "behind",
        Shape::Many(&Shape::Text),
        "Regular expressions for words behind the term.",
    ),
    Key::new(
        "after",
        Shape::Many(&Shape::Text),
        "Regular expressions for what asks behind the term, where nothing does before it.",
    ),
    Key::new(
        "comparing",
        Shape::Many(&Shape::Text),
        "Regular expressions for words before two terms that are to be told apart.",
    ),
    Key::new(
        "joining",
        Shape::Many(&Shape::Text),
        "Words between those two.",
    ),
];

pub(super) const LEANING: &[Key; 2] = &[
    Key::new(
        "turns",
        Shape::Many(&Shape::Text),
        "Regular expressions for what asks the same of something else.",
    ),
    Key::new(
        "names",
        Shape::Many(&Shape::Text),
        "Regular expressions for what names something else, which may be a subject of its own.",
    ),
];

pub(super) const READING: &[Key] = &[
    Key::needed(
        "heard",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines.",
    ),
    Key::needed("as", Shape::Text, "The question that they are."),
];

pub(super) const ASIDE: &[Key] = &[
    Key::needed(
        "heard",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines.",
    ),
    Key::new("say", Shape::Text, "What the interviewer says."),
    Key::new(
        "in_exam",
        Shape::Text,
        "What the interviewer says instead in an exam, where there is no help.",
    ),
    Key::new(
        "then",
        Shape::Word(&SEQUELS),
        "What follows: the question again, what the step is for, feedback, the drawing, or another step.",
    ),
    Key::new(
        "after_facts",
        Shape::YesNo,
        "Heard only where no fact of the problem answers.",
    ),
    Key::new(
        "while_asked",
        Shape::YesNo,
        "Heard only while a question is open.",
    ),
    Key::new(
        "closing",
        Shape::YesNo,
        "Heard also where a line ends with it, behind a mark.",
    ),
];

pub(super) const SEQUELS: [&str; 6] = ["question", "step", "feedback", "drawing", "next", "back"];
