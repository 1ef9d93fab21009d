//! What a line is: a question, a drawing, a figure, a command, or plain words.
//!
//! Knows the shapes of lines; the words are data, and what a plain line means depends on the session.

mod assignment;
mod marks;

use super::commands::{self, Command, Completes, Sentence, Takes};
use super::prose;
use crate::notation::arrows;
use crate::rubric::Talk;
pub(super) use assignment::{assignment, claim, peak};
pub(super) use marks::{heading, item};

/// A line, sorted.
#[derive(Clone, Copy)]
pub(super) enum Said<'l> {
    /// Nothing at all.
    Nothing,
    /// A question to the interviewer.
    Question,
    /// Arrows.
    Drawing,
    /// `name = expression`.
    Figure,
    /// A command with what follows it.
    Command(&'static Command, Request<'l>),
    /// Words.
    Plain,
}

/// What follows the name of a command.
#[derive(Clone, Copy, Debug)]
pub struct Request<'l> {
    /// The whole line.
    pub line: &'l str,
    /// What follows the name: the end of the line.
    pub rest: &'l str,
}

impl<'l> Request<'l> {
    /// A line without a command before it.
    pub(super) const fn whole(line: &'l str) -> Self {
        Self { line, rest: line }
    }

    /// The bytes of a part of the rest, as bytes of the line.
    pub(super) fn span(&self, part: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let offset = self.line.len() - self.rest.len();
        offset + part.start..offset + part.end
    }

    /// The bytes of the first place where a text stands in the rest.
    pub(super) fn span_of(&self, text: &str) -> std::ops::Range<usize> {
        let start = self.rest.find(text).unwrap_or(0);
        self.span(&(start..start + text.len().min(self.rest.len() - start)))
    }
}

/// Text as lines may have it: without control characters and space around.
pub(super) fn clean(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.trim().to_owned()
}

/// Sorts a clean line.
pub(super) fn sort<'l>(talk: &Talk, line: &'l str) -> Said<'l> {
    if line.is_empty() {
        return Said::Nothing;
    }
    let asks = line.ends_with('?');
    if let Some(said) = operation(line).filter(|_| !asks) {
        return said;
    }
    if arrows::has_arrow(line) && arrows::parse_chain(line).is_ok() {
        return Said::Drawing;
    }
    if let Some((command, request)) = command(talk, line) {
        if !asks || command.takes == Takes::Words {
            return Said::Command(command, request);
        }
        let bare = request.rest.trim_end_matches('?').trim();
        if bare.is_empty() && matches!(command.takes, Takes::Nothing | Takes::Word) {
            return Said::Command(command, Request { line, rest: "" });
        }
    }
    if asks {
        return Said::Question;
    }
    if assignment(talk, line).is_some() {
        return Said::Figure;
    }
    if arrows::has_arrow(line) || MISTAKEN_ARROWS.iter().any(|arrow| draws(line, arrow)) {
        return Said::Drawing;
    }
    Said::Plain
}

/// An operation of the interface without the command before it, also as an item of a list. What only begins so is words: no
/// file is removed by `DELETE /v1/files/{id} takes a minute`.
fn operation(line: &str) -> Option<Said<'_>> {
    let rest = item(line).unwrap_or(line);
    if !prose::is_operation(rest) {
        return prose::begins_with_operation(rest).then_some(Said::Plain);
    }
    let mut commands = commands::COMMANDS.iter();
    let command = commands.find(|command| command.sentence == Sentence::Operation)?;
    Some(Said::Command(command, Request { line, rest }))
}

/// What people draw that is no arrow here; the complaint shows the right one.
const MISTAKEN_ARROWS: &[&str] = &["<-", "=>"];

/// Whether what is no arrow joins components, and not a sum to what it comes to: "10% of 10M => 1M a day".
fn draws(line: &str, arrow: &str) -> bool {
    let number = |text: &str| {
        let text = text.trim_start().trim_start_matches(['~', '≈']);
        text.starts_with(|c: char| c.is_ascii_digit())
    };
    let Some((_, behind)) = line.split_once(arrow) else {
        return false;
    };
    !number(behind)
}

/// The command that a line begins with. `api -> db` begins with a component, `time = 5 years` with a figure.
fn command<'l>(talk: &Talk, line: &'l str) -> Option<(&'static Command, Request<'l>)> {
    let unslashed = line.strip_prefix(['/', ':']).unwrap_or(line);
    let (command, rest) = commands::begins(unslashed)?;
    let starts_otherwise =
        rest.starts_with('=') || rest.starts_with(',') || arrows::has_arrow(head(rest));
    let is_prose = match command.sentence {
        Sentence::Never => false,
        Sentence::Subject => is_predicate(talk, rest),
        Sentence::Of => head(rest) == "of",
        Sentence::Operation => is_predicate(talk, rest) || !states_operation(rest),
        Sentence::Unassigned => {
            rest.split_whitespace().count() > 2 && !rest.contains(['=', ':', '≈'])
        }
    };
    let says_more = command.takes == Takes::Nothing
        && !rest.split_whitespace().all(|word| adds_nothing(talk, word));
    let chatty = says_more || rest.split_whitespace().count() > command.takes.most_words();
    (!starts_otherwise && !is_prose && !chatty).then_some((command, Request { line, rest }))
}

/// Whether a word says nothing of its own behind such a command.
fn adds_nothing(talk: &Talk, word: &str) -> bool {
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    word.chars().all(|c| c.is_ascii_digit()) || talk.commanding.adding_nothing.has(&word)
}

/// Whether an operation is stated: a method as they are written, a path or a body. An arrow alone states none: behind
/// `API Gateway` it draws.
fn states_operation(rest: &str) -> bool {
    let method = head(rest);
    let is_method = method.len() > 1 && method.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let known = prose::begins_with_method(&method.to_uppercase());
    let is_short = rest.split_whitespace().count() < 2;
    let is_called = arrows::has_arrow(rest) && is_of_code(method);
    is_short || is_method || known || is_called || rest.contains(['/', '{'])
}

/// Whether a word is spelt as names in code are: `GetUser`, `createLink`.
fn is_of_code(word: &str) -> bool {
    let mut pairs = word.chars().zip(word.chars().skip(1));
    word.chars().all(char::is_alphanumeric)
        && pairs.any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

/// Whether a line that begins like a command, and can't be done as one, is a sentence by its other words: "set up replication
/// between regions". What has names behind it is one where none stands there.
pub(super) fn is_sentence(talk: &Talk, line: &str) -> bool {
    let Some((command, request)) = command(talk, line) else {
        return false;
    };
    let states = request.rest.contains([':', '=', '/', '{', '[']) || arrows::has_arrow(line);
    let mut words = request.rest.split_whitespace();
    let joins = |word: &str| talk.commanding.joining.has(word);
    let is_short = request.rest.split_whitespace().count() < 2;
    let has_name = matches!(command.completes, Completes::Attributes | Completes::Names);
    let is_said = if has_name {
        words.next().is_some_and(joins)
    } else {
        words.any(|word| joins(word) || talk.describing.is_done_by_one(word))
    };
    !states && !is_short && is_said
}

/// What lists where something is stored, and is no verb there.
const STORE: &str = "store";

/// Whether what follows a noun makes a sentence of it, and states nothing.
fn is_predicate(talk: &Talk, rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let is_verb =
        |word: &str| talk.commanding.verbs.has(word) || talk.describing.is_done_by_one(word);
    let states = rest.contains([':', '=', '/', '{']);
    // "Data nodes send", "data trips store": of several, the verb may be a word that states something too.
    let of_several = || {
        let (first, second) = (words.clone().next(), words.clone().nth(1));
        first.is_some_and(|noun| noun.ends_with('s'))
            && second.is_some_and(|verb| talk.describing.is_done(verb) && verb != STORE)
    };
    let is_of_several = !states && of_several();
    is_of_several || words.next().is_some_and(is_verb) || (!states && words.any(is_verb))
}

/// The first word of a text.
fn head(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn talk() -> &'static Talk {
        Catalog::embedded().talk()
    }

    fn sort_of(line: &str) -> &'static str {
        match sort(talk(), line) {
            Said::Nothing => "nothing",
            Said::Question => "question",
            Said::Drawing => "drawing",
            Said::Figure => "figure",
            Said::Command(command, _) => command.name,
            Said::Plain => "plain",
        }
    }

    #[test]
    fn lines_are_what_they_look_like() {
        for (line, expected) in [
            ("", "nothing"),
            ("how many users?", "question"),
            ("must users log in?", "question"),
            ("help?", "help"),
            ("out of scope?", "question"),
            ("?", "help"),
            ("must shorten links", "must"),
            ("must: shorten links", "must"),
            ("api -> db", "drawing"),
            ("api x6 -> db", "drawing"),
            ("api, worker -> db", "drawing"),
            ("api POST /v1/urls -> 201", "api"),
            ("POST /v1/files {name} -> 201 {id}", "api"),
            ("- DELETE /v1/files/{id}", "api"),
            ("DELETE /v1/files/{id} takes a minute", "plain"),
            ("GET /v1/files?", "question"),
            ("set a -> b timeout=1s", "set"),
            ("rm a -> b", "rm"),
            ("flow read = a -> b", "flow"),
            ("a -> -> b", "drawing"),
            ("a <- b", "drawing"),
            ("a => b", "drawing"),
            ("DAU 10M, 10% post => 1M posts/day => ~12/s", "plain"),
            ("assume each post is 1KB", "plain"),
            ("assume dau 5M", "assume"),
            ("write qps = 100M / month", "figure"),
            ("time = 5 years", "figure"),
            ("assume dau = 100M", "assume"),
            ("time", "time"),
            ("time to live is five minutes for each key", "plain"),
            ("check that the key is there before writing", "plain"),
            ("next", "next"),
            ("answer hot keys: what else could we do?", "answer"),
            ("I would shard by user", "plain"),
            ("out of scope: billing", "out"),
            ("Out of scope billing", "out"),
            ("out: billing", "out"),
            ("time is what we have least of", "plain"),
            ("outer joins are slow", "plain"),
            ("data is split by user: each has a home", "plain"),
            ("table joins are slow here", "plain"),
            ("table trips: key id, fields is_open", "data"),
            ("data trips key id", "data"),
            ("data trips store sql", "data"),
            ("data nodes send heartbeats to the coordinator", "plain"),
            ("api is stateless", "plain"),
            ("api reads video info from the store", "plain"),
            ("api GET /v1/is -> 200", "api"),
            ("flow goes over the cache first", "plain"),
            ("out of five nodes three answer", "plain"),
            ("latency <= 100ms", "plain"),
        ] {
            assert_eq!(sort_of(line), expected, "{line}");
        }
    }

    #[test]
    fn what_takes_nothing_is_told_from_a_sentence_that_begins_so() {
        for (line, expected) in [
            ("api retries 3 times", "plain"),
            ("api scales horizontally", "plain"),
            ("api post links", "api"),
            ("api getUser -> User", "api"),
            ("API Gateway → Block Service → S3", "drawing"),
            ("API gateway -> redis", "drawing"),
            ("API Gateway -> Redis -> S3", "drawing"),
            ("api nothing", "api"),
            ("api RPC Check {caller} -> {allowed}", "api"),
            ("undo the transaction", "plain"),
            ("undo the last change", "undo"),
            ("back up data", "plain"),
            ("quality of video adapts to the line", "plain"),
            ("quality: 99.9% available", "quality"),
            ("go back", "back"),
            ("go back to the numbers", "back"),
            ("back to step 2", "back"),
            ("finish a trip", "plain"),
            ("pause the consumers", "plain"),
            ("go on please", "next"),
            ("next question", "next"),
        ] {
            assert_eq!(sort_of(line), expected, "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_like_commands_are_known_by_their_other_words() {
        for (line, expected) in [
            ("set up replication between regions", true),
            ("rename the file atomically", true),
            ("flow control with credits", true),
            ("ref counting keeps chunks alive", true),
            ("add more servers", true),
            ("set api replicas 3", false),
            ("rename api links", false),
            ("set a -> b to 3", false),
            ("rm api", false),
        ] {
            assert_eq!(is_sentence(talk(), line), expected, "{line}");
        }
    }

    #[test]
    fn control_characters_are_space() {
        assert_eq!(clean("\u{1b}[2Jmust\tx\0 \n"), "[2Jmust x");
    }
}
