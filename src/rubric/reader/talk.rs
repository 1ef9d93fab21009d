//! The words of a talk, read.
//!
//! Knows their keys; knows no session.

use super::super::changing::Changing;
use super::super::defining::Defining;
use super::super::pattern::Pattern;
use super::super::talk::{Aside, Reading, Sequel, Talk};
use super::RuleReader;
use crate::notation::yaml::{Fields, Key, Node, Shape, texts_of};

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

const CHANGING: &[Key] = &[
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

const REQUIRING: &[Key] = &[
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

const CONFIRMING: &[Key; 2] = &[
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

const DEFINING: &[Key] = &[
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

const LEANING: &[Key; 2] = &[
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

const READING: &[Key] = &[
    Key::needed(
        "heard",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines.",
    ),
    Key::needed("as", Shape::Text, "The question that they are."),
];

const ASIDE: &[Key] = &[
    Key::needed(
        "heard",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole lines.",
    ),
    Key::new("say", Shape::Text, "What the interviewer says."),
    Key::new(
        "then",
        Shape::Word(&SEQUELS),
        "What follows: the question again, what the step is for, or feedback.",
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
];

const SEQUELS: [&str; 3] = ["question", "step", "feedback"];

impl RuleReader<'_> {
    /// Reads the words of a talk.
    pub(super) fn talk(&mut self, node: &Node<'_>) -> Option<Talk> {
        let fields = Fields::of(node, "the talk", self.issues)?;
        fields.known(TALK, self.issues);
        Some(Talk {
            fillers: fields.texts("fillers", self.issues),
            interrogatives: fields.texts("interrogatives", self.issues),
            polite: fields.get("polite").and_then(|node| self.wordings(node)),
            shorthand: fields.texts("shorthand", self.issues),
            inquiring: fields.get("inquiring").and_then(|node| self.wordings(node)),
            unmarked: fields.get("unmarked").and_then(|node| self.wordings(node)),
            confirming: fields
                .get("confirming")
                .map(|node| self.two_sorts(node, "what confirms", CONFIRMING))
                .unwrap_or_default(),
            joining: fields.texts("joining", self.issues),
            unwanted: fields.texts("unwanted", self.issues),
            defining: fields
                .get("defining")
                .map(|node| self.defining(node))
                .unwrap_or_default(),
            usage: fields.get("usage").and_then(|node| self.wordings(node)),
            giving_up: self.whole_lines(&fields, "giving_up"),
            agreeing: self.whole_lines(&fields, "agreeing"),
            declining: self.whole_lines(&fields, "declining"),
            asking_back: fields
                .get("asking_back")
                .and_then(|node| self.wordings(node)),
            deciding: fields.get("deciding").and_then(|node| self.wordings(node)),
            idioms: fields.get("idioms").and_then(|node| self.wordings(node)),
            changing: fields
                .get("changing")
                .map(|node| self.changing(node))
                .unwrap_or_default(),
            assuming: fields.get("assuming").and_then(|node| self.wordings(node)),
            headings: fields.get("headings").and_then(|node| self.wordings(node)),
            denying: fields.get("denying").and_then(|node| self.wordings(node)),
            requiring: fields
                .get("requiring")
                .map(|node| self.requiring(node))
                .unwrap_or_default(),
            nothing_said: self.whole_lines(&fields, "nothing_said"),
            pointing_back: self.whole_lines(&fields, "pointing_back"),
            reasons: fields.get("reasons").and_then(|node| self.wordings(node)),
            bare: fields.texts("bare", self.issues),
            leaning: fields
                .get("leaning")
                .map(|node| self.two_sorts(node, "what leans", LEANING))
                .unwrap_or_default(),
            turning: fields.texts("turning", self.issues),
            measures: fields.texts("measures", self.issues),
            readings: self.each(&fields, "readings", Self::reading),
            asides: self.each(&fields, "asides", Self::aside),
        })
    }

    /// Words around a term whose meaning is asked for.
    fn defining(&mut self, node: &Node<'_>) -> Defining {
        let Some(fields) = Fields::of(node, "what defines", self.issues) else {
            return Defining::default();
        };
        fields.known(DEFINING, self.issues);
        let joining = fields.texts("joining", self.issues);
        let mut words = |key: &str| self.wordings(fields.get(key)?);
        Defining {
            before: words("before"),
            behind: words("behind"),
            after: words("after"),
            comparing: words("comparing"),
            joining,
        }
    }

    /// Words by which something is changed.
    fn changing(&mut self, node: &Node<'_>) -> Changing {
        let Some(fields) = Fields::of(node, "words of changes", self.issues) else {
            return Changing::default();
        };
        fields.known(CHANGING, self.issues);
        let [articles, after, not_meant, arrows] =
            ["articles", "after", "not_meant", "arrows"].map(|key| fields.texts(key, self.issues));
        let restoring = self.whole_lines(&fields, "restoring");
        let mut words = |key: &str| self.wordings(fields.get(key)?);
        Changing {
            correcting: words("correcting"),
            minds: words("minds"),
            before: words("before"),
            behind: words("behind"),
            against: words("against"),
            same: words("same"),
            ordering: words("ordering"),
            adding: words("adding"),
            parting: words("parting"),
            restoring,
            articles,
            after,
            not_meant,
            arrows,
        }
    }

    /// Words of requirements, in the order in which they are looked for: what is left out may have a number, too.
    fn requiring(&mut self, node: &Node<'_>) -> Vec<(String, Pattern)> {
        let Some(fields) = Fields::of(node, "words of requirements", self.issues) else {
            return Vec::new();
        };
        fields.known(REQUIRING, self.issues);
        let keys = REQUIRING.iter().map(|key| key.name);
        let words = keys.map(|key| Some((key.to_owned(), self.wordings(fields.get(key)?)?)));
        words.flatten().collect()
    }

    /// Wordings of two sorts, each under one of the keys.
    fn two_sorts(&mut self, node: &Node<'_>, what: &str, keys: &[Key; 2]) -> [Option<Pattern>; 2] {
        let Some(fields) = Fields::of(node, what, self.issues) else {
            return [None, None];
        };
        fields.known(keys, self.issues);
        let names = keys.each_ref().map(|key| key.name);
        names.map(|name| fields.get(name).and_then(|node| self.wordings(node)))
    }

    fn reading(&mut self, node: &Node<'_>) -> Option<Reading> {
        let fields = Fields::of(node, "a reading", self.issues)?;
        fields.known(READING, self.issues);
        let heard = self.heard(&fields);
        let as_question = fields.required("as", self.issues);
        Some(Reading {
            heard: heard?,
            as_question: as_question?,
        })
    }

    /// What people say, which has to be there.
    fn heard(&mut self, fields: &Fields<'_, '_>) -> Option<Pattern> {
        self.needed(fields, "heard")?;
        self.whole_lines(fields, "heard")
    }

    fn aside(&mut self, node: &Node<'_>) -> Option<Aside> {
        let fields = Fields::of(node, "an aside", self.issues)?;
        fields.known(ASIDE, self.issues);
        let heard = self.heard(&fields);
        let sequel = |word: &str| {
            let mut known = Sequel::WORDS.iter();
            known
                .find(|(known, _)| *known == word)
                .map(|(_, sequel)| *sequel)
        };
        Some(Aside {
            heard: heard?,
            say: fields.text("say", self.issues),
            then: fields.word("then", &SEQUELS, sequel, self.issues),
            after_facts: fields
                .yes_no("after_facts", self.issues)
                .unwrap_or_default(),
            while_asked: fields
                .yes_no("while_asked", self.issues)
                .unwrap_or_default(),
        })
    }

    /// Wordings of whole lines.
    fn whole_lines(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Pattern> {
        let node = fields.get(key)?;
        let texts = texts_of(node, self.issues);
        self.checked(Pattern::whole(&texts), node)
    }
}
