//! The words of a talk, read.
//!
//! Knows how they are made of the file; knows no session.

mod keys;

pub use keys::TALK_FILE;

use super::super::changing::Changing;
use super::super::defining::Defining;
use super::super::listening::Listening;
use super::super::pattern::Pattern;
use super::super::talk::{Aside, Commanding, Describing, Reading, Sequel, Talk};
use super::RuleReader;
use crate::notation::yaml::{Fields, Key, Node, texts_of};
use crate::source::Issues;
use keys::{
    ASIDE, CHANGING, CONFIRMING, DEFINING, LEANING, QUESTIONS, READING, REQUIRING, SEQUELS, TALK,
};

impl RuleReader<'_> {
    /// Reads the file of the talk.
    pub fn talk_file(&mut self, node: &Node<'_>) -> Option<Talk> {
        let fields = Fields::of(node, "the file of the talk", self.issues)?;
        fields.known(TALK_FILE, self.issues);
        let node = self.needed(&fields, "talk")?;
        self.talk(node)
    }

    fn talk(&mut self, node: &Node<'_>) -> Option<Talk> {
        let fields = Fields::of(node, "the talk", self.issues)?;
        fields.known(TALK, self.issues);
        Some(Talk {
            fillers: fields.texts("fillers", self.issues),
            interrogatives: fields.texts("interrogatives", self.issues),
            polite: self.phrases(&fields, "polite"),
            shorthand: fields.texts("shorthand", self.issues),
            inquiring: self.phrases(&fields, "inquiring"),
            unmarked: self.phrases(&fields, "unmarked"),
            confirming: self.part(&fields, "confirming", |reader, node| {
                reader.two_sorts(node, "what confirms", CONFIRMING)
            }),
            joining: fields.texts("joining", self.issues),
            unwanted: fields.texts("unwanted", self.issues),
            defining: self.part(&fields, "defining", Self::defining),
            usage: self.phrases(&fields, "usage"),
            giving_up: self.whole_lines(&fields, "giving_up"),
            agreeing: self.whole_lines(&fields, "agreeing"),
            declining: self.whole_lines(&fields, "declining"),
            asking_back: self.phrases(&fields, "asking_back"),
            deciding: self.phrases(&fields, "deciding"),
            preferring: self.phrases(&fields, "preferring"),
            rejecting: self.phrases(&fields, "rejecting"),
            idioms: self.phrases(&fields, "idioms"),
            changing: self.part(&fields, "changing", Self::changing),
            assuming: self.phrases(&fields, "assuming"),
            headings: self.phrases(&fields, "headings"),
            denying: self.phrases(&fields, "denying"),
            steps: self.part(&fields, "steps", Self::steps),
            wondering: self.phrases(&fields, "wondering"),
            requiring: self.part(&fields, "requiring", Self::requiring),
            nothing_said: self.whole_lines(&fields, "nothing_said"),
            pointing_back: self.whole_lines(&fields, "pointing_back"),
            reasons: self.phrases(&fields, "reasons"),
            bare: fields.texts("bare", self.issues),
            leaning: self.part(&fields, "leaning", |reader, node| {
                reader.two_sorts(node, "what leans", LEANING)
            }),
            turning: fields.texts("turning", self.issues),
            measures: fields.texts("measures", self.issues),
            questions: self.part(&fields, "questions", Self::questions),
            commanding: self.lists(&fields, "commanding", Commanding::KEYS, Commanding::read),
            describing: self.lists(&fields, "describing", Describing::KEYS, Describing::read),
            readings: self.each(&fields, "readings", Self::reading),
            asides: self.each(&fields, "asides", Self::aside),
        })
    }

    /// A part that may be left out.
    fn part<T: Default>(
        &mut self,
        fields: &Fields<'_, '_>,
        key: &str,
        read: impl FnOnce(&mut Self, &Node<'_>) -> T,
    ) -> T {
        let node = fields.get(key);
        node.map(|node| read(self, node)).unwrap_or_default()
    }

    /// Phrases that may be left out.
    fn phrases(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Pattern> {
        fields.get(key).and_then(|node| self.wordings(node))
    }

    /// Lists of words, each under its key.
    fn lists<T: Default>(
        &mut self,
        fields: &Fields<'_, '_>,
        key: &'static str,
        keys: &[Key],
        read: impl FnOnce(&Fields<'_, '_>, &mut Issues) -> T,
    ) -> T {
        let fields = fields.get(key);
        let fields = fields.and_then(|node| Fields::of(node, "lists of words", self.issues));
        let lists = fields.map(|fields| {
            fields.known(keys, self.issues);
            read(&fields, self.issues)
        });
        lists.unwrap_or_default()
    }

    /// What the words of questions mean.
    fn questions(&mut self, node: &Node<'_>) -> Listening {
        let Some(fields) = Fields::of(node, "questions", self.issues) else {
            return Listening::default();
        };
        fields.known(QUESTIONS, self.issues);
        let furniture = fields.texts("furniture", self.issues);
        Listening::new(furniture, fields.texts("alike", self.issues))
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
        let retracting = self.whole_lines(&fields, "retracting");
        let entries = fields.get("entries").map(|node| self.requiring(node));
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
            retracting,
            splitting: words("splitting"),
            vague: words("vague"),
            rewriting: words("rewriting"),
            entries: entries.unwrap_or_default(),
            becoming: words("becoming"),
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

    /// What the steps are called, one wording for each.
    fn steps(&mut self, node: &Node<'_>) -> Vec<Pattern> {
        let texts = texts_of(node, self.issues).into_iter();
        let words = texts.map(|text| self.checked(Pattern::words([text]), node));
        words.collect::<Option<Vec<Pattern>>>().unwrap_or_default()
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
            in_exam: fields.text("in_exam", self.issues),
            then: fields.word("then", &SEQUELS, sequel, self.issues),
            after_facts: fields
                .yes_no("after_facts", self.issues)
                .unwrap_or_default(),
            closing: fields.yes_no("closing", self.issues).unwrap_or_default(),
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
