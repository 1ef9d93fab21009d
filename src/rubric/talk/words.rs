//! Words by which commands are told from sentences, and by which sentences describe a drawing.
//!
//! Knows what each list of them is for; the words are data.

use crate::notation::yaml::{Fields, Key, Shape};
use crate::source::Issues;

/// Words of a sort, in the order of the data.
#[derive(Debug, Default)]
pub struct Words(pub(super) Vec<String>);

impl Words {
    /// Whether a word is one of them.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.0.iter().any(|known| known == word)
    }

    /// Whether one of some words is one of them.
    #[must_use]
    pub fn has_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Whether a word begins like one of them.
    #[must_use]
    pub fn begin(&self, word: &str) -> bool {
        self.0.iter().any(|stem| word.starts_with(stem.as_str()))
    }

    /// Whether one of some words begins like one of them, or it and those behind it do.
    #[must_use]
    pub fn begin_any(&self, words: &[&str]) -> bool {
        let text = words.join(" ");
        self.0.iter().any(|stem| {
            let mut found = text.match_indices(stem.as_str());
            found.any(|(at, _)| {
                at == 0 || text.get(..at).is_some_and(|before| before.ends_with(' '))
            })
        })
    }

    /// The first of them.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }
}

macro_rules! lists {
    ($name:ident $about:literal { $($list:ident $doc:literal;)+ }) => {
        #[doc = $about]
        #[derive(Debug, Default)]
        pub struct $name { $(#[doc = $doc] pub $list: Words),+ }

        impl $name {
            /// The keys of the lists.
            pub const KEYS: &'static [Key] =
                &[$(Key::new(stringify!($list), Shape::Many(&Shape::Text), $doc)),+];

            /// Reads the lists.
            pub(in crate::rubric) fn read(fields: &Fields<'_, '_>, issues: &mut Issues) -> Self {
                Self { $($list: Words(fields.texts(stringify!($list), issues))),+ }
            }
        }
    };
}

lists! {
    Commanding "Words by which a line is known that begins like a command." {
        adding_nothing "Words behind a command that takes nothing and is meant all the same: `undo the last change`.";
        joining "Words that join others to a sentence, which commands have not: `set up replication between regions`.";
        verbs "Verbs by which a sentence is known that begins like a command: `time is what we lack`.";
        speaking "Words that begin a sentence and not the name of a figure: `we keep them for 30 days = 3 TB`.";
    }
}

lists! {
    Describing "Words of sentences that describe a drawing." {
        articles "Words before a name of its own: `the search service`.";
        adjectives "Words between a number or an article and a name that are none of it: `six stateless servers`.";
        generic "What may stand behind any name of its own and alone is none, what serves first: `ride service`.";
        nameless "Those of them that say nothing of what is done there: `an extra service adds latency`.";
        any_service "What any service may be called in short: `the backend`.";
        apps "Those that are clients as well: `rider app`.";
        instances "What instances of any component are called: `3 brokers`.";
        tables "What stores have in them: `the users table in postgres`.";
        no_names "Words that begin a sentence and no name.";
        doers "Who is named by what it does, where its ending does not say so: `the cleanup job`.";
        things "What ends like who does something and is a thing: `counter`.";
        stating "Words by which components are said to be so many or to last so long.";
        everything "Words for all that is drawn: `everything runs in three zones`.";
        holding "Words between a component and how many there are of it: `kafka with 3 brokers`.";
        picking "Words that pick from several which `of the two` counts.";
        more "Words that begin a line which says more of what something was stated of: `also 3 zones`.";
        supposing "Words that begin a sentence about what happens.";
        failing "Words by which such a sentence is about what fails.";
        broken "Words behind a part that fails: `redis goes down`.";
        made_of "What stands between a part and what it is made of: `the lb is nginx`.";
        being "What stands between a part and what it is: `redis acts as a cache`.";
        ambiguous "Values of attributes that are words for other things as well.";
        merging "Words by which nothing is drawn: what becomes one.";
        keeping "Who keeps things as they are, and what leads to that: `we keep redis`.";
        doing "What parts do with what they are given, as it is said of several: `read`.";
        calling "What parts do to those whose names follow at once, as it is said of several: `call`.";
        subjects "Words behind which somebody does something: `the worker, which stores it`.";
        behind_verbs "Words behind what somebody does, and behind no name: `caches them in redis`.";
        telling "What people are told, and parts are not asked for: `notifies the driver`.";
        leading "Words that lead to who is called or who calls.";
        ways "Words before a part that is not called, rather than not wanted: `not to kafka`.";
        inside "Words before a part in which something is: `the limiter sits in the gateway`.";
        clauses "Words behind which a clause begins: `and the workers push to redis`.";
        alike "Words that may stand between two components of which neither calls the other.";
        going_on "Words by which the one that was named last goes on.";
        turning "Words by which a clause goes on with somebody else, or with something else to be done.";
        taking "Words by which messages are taken from what carries them.";
        through "Words by which a part is on the way to what was named before.";
        spreading "How verbs begin by which something falls upon several, and that put nothing in the middle.";
        reacting "How words begin by which a store does something of its own.";
        passive "Words before what somebody does to a part.";
        called "What is done to a part that is called: `is read by the api`.";
        done "What is done to things, where that has no ending of its own: `kept`.";
        beside "Words by which a part stands at the side of who calls it.";
        getting "What who is called does with what comes to it.";
        taken "What is done to messages by who takes them.";
        leaning "What is not done by who is named behind it: it is leant on, or what something is split by.";
    }
}
