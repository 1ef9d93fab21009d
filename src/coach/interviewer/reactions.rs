//! How the interviewer takes an answer: what was heard, one question more where something is missing, and on.
//!
//! Knows which concepts an answer has; never names one that it has not.

use super::agenda::{Asked, Question, ask_next, close, fault, open_at, open_question};
use super::attacks::{self, Strike};
use super::mistakes;
use super::undrawn;
use crate::coach::dice;
use crate::coach::quotation;
use crate::coach::reply::{Listing, Reply};
use crate::coach::session::Session;
use crate::model::{Answer, Design};
use crate::rubric::{Concept, Rule};

const GOOD: &[&str] = &["Good", "Right", "Yes", "That is what I wanted to hear"];

const NOTED: &[&str] = &[
    "Noted.",
    "All right, let us leave it there.",
    "I have written that down.",
];

/// What is asked once more, without naming what is missing.
const MORE: &[&str] = &[
    "What else did you consider, and why not that?",
    "Where does that break first, and how would you notice?",
    "What has to hold for that to work?",
];

/// What is asked of an answer that goes through no steps.
const STEPS: &str =
    "Take me through it step by step: which part does what, and what does the user see?";

/// Answers of so many words have gone through it.
const STEPS_FROM_WORDS: usize = 25;

/// What is asked of a brief answer.
const SHORT: &[&str] = &[
    "That is brief. What happens exactly, one step after the other?",
    "Say a little more: which part does that, and when?",
    "And in a sentence or two: how does that work here?",
];

const NOTHING_SAID: &str =
    "I need a little more than that: what exactly happens, and why? `next` skips the question.";

const NOT_FOUND: &str = "I have looked, and can't find it in what you told me. Say it here in a sentence; `next` skips the question.";

const NUMBER: &str = "Can you put a number on it?";

/// Answers of fewer words are asked to be longer.
const SHORT_BELOW_WORDS: usize = 6;

/// Takes a line as the answer to the open question.
pub(in crate::coach) fn answered(session: &mut Session<'_>, line: &str) -> Vec<Reply> {
    let Some(question) = open_question(session).cloned() else {
        return Vec::new();
    };
    if let Some(reply) = given_up(session, line) {
        return vec![reply];
    }
    let talk = session.talk();
    if talk.points_back(line) {
        return pointed_back(session, &question);
    }
    if talk.says_nothing(line) || is_stray(session, &question, line) {
        return vec![Reply::Says(NOTHING_SAID.to_owned())];
    }
    let text = record(&mut session.state.design, &question.topic, line);
    let mut replies = vec![Reply::Echo(format!(
        "answer recorded under `{}`",
        question.topic
    ))];
    let mistake = mistakes::rule_of(session, &question);
    let reaction = match (mistake, &question.rule) {
        (Some(rule), _) => to_a_mistake(session, &question, rule),
        (None, Some(rule)) => to_repair(session, &question, rule, line),
        (None, None) if question.strike.is_some() => to_a_strike(session, &question, line),
        (None, None) => to_words(session, &question, &text),
    };
    // What is wrong is asked about before all else, unless the drawing alone can answer what is open.
    let is_in_words = mistake.is_some() || (question.rule.is_none() && question.strike.is_none());
    let standing = mistakes::to_press(session).filter(|_| is_in_words);
    let is_told = mistake.is_some() || matches!(reaction, Reaction::GoOn(_));
    match (standing, reaction) {
        (Some(standing), reaction) => {
            let said = match reaction {
                Reaction::GoOn(words) if mistake.is_some() => Some(Reply::Says(words)),
                _ => None,
            };
            replies.extend(said);
            // What was no good answer beside the mistake is asked again after it.
            if is_told {
                close(session, Asked::Answered);
            }
            replies.extend(mistakes::press(session, standing));
        }
        (None, Reaction::GoOn(words)) => {
            replies.push(Reply::Says(words));
            close(session, Asked::Answered);
            replies.extend(ask_next(session));
        }
        (None, Reaction::AskAgain(words)) => {
            replies.push(Reply::Says(words));
            close(session, Asked::FollowedUp);
        }
    }
    replies
}

/// Whether a line is a single word that no answer has: a command that there is not, or a slip.
fn is_stray(session: &Session<'_>, question: &Question, line: &str) -> bool {
    let is_word = line.chars().all(char::is_alphabetic);
    let is_known = || {
        let catalog = session.catalog;
        let word = line.to_lowercase();
        session.vocabulary().classify(&word).is_some()
            || catalog.pages.has(&word)
            || session.state.design.component(line).is_some()
    };
    is_word && heard(session, question, line).is_empty() && !is_known()
}

/// To an answer to a question after what is wrong: whether that is put right by it is said; what is right is not.
fn to_a_mistake(session: &Session<'_>, question: &Question, rule: &Rule) -> Reaction {
    let noted = || by_chance(session, question, NOTED);
    let right = mistakes::put_right(session, rule);
    let words = right.map(|heard| format!("{}: {heard}.", by_chance(session, question, GOOD)));
    Reaction::GoOn(words.unwrap_or_else(noted))
}

/// Whether a line has something of what the open question listens for.
pub(in crate::coach) fn is_to_the_point(session: &Session<'_>, line: &str) -> bool {
    open_question(session).is_some_and(|question| !heard(session, question, line).is_empty())
}

/// Who says to have answered already is taken at the word: by what stands in the other answers and decisions.
fn pointed_back(session: &mut Session<'_>, question: &Question) -> Vec<Reply> {
    let said = said_so_far(&session.state.design);
    let telling = said
        .iter()
        .filter(|text| !heard(session, question, text).is_empty());
    let telling: Vec<&str> = telling.map(String::as_str).collect();
    let heard = heard(session, question, &telling.join("\n"));
    if !is_answered(question, &heard) {
        return vec![Reply::Says(NOT_FOUND.to_owned())];
    }
    let text = telling.join(" ");
    let _ = record(&mut session.state.design, &question.topic, &text);
    close(session, Asked::Answered);
    let words = format!("You did, I have it: {}.", some_of(&heard));
    std::iter::once(Reply::Says(words))
        .chain(ask_next(session))
        .collect()
}

/// What was said in answers and decisions, text by text.
pub(super) fn said_so_far(design: &Design) -> Vec<String> {
    let answers = design.answers.iter().map(|answer| answer.text.clone());
    let decisions = design.decisions.iter().map(|decision| {
        let reason = decision
            .because
            .iter()
            .map(|because| format!(" because {because}"));
        format!("{}{}", decision.choice, reason.collect::<String>())
    });
    answers.chain(decisions).collect()
}

/// Who gives up is helped on; that is no answer, and is not recorded as one.
pub(in crate::coach) fn given_up(session: &Session<'_>, line: &str) -> Option<Reply> {
    let talk = session.talk();
    if !talk.gives_up(line) {
        return None;
    }
    let help = if session.options.exam {
        ""
    } else {
        "`hint` helps, "
    };
    let on = if open_question(session).is_some() {
        "`next` skips the question; half an answer is better than none."
    } else {
        "`next` goes on."
    };
    Some(Reply::Says(format!("That happens. {help}{on}")))
}

/// Whether an answer says why a fault may stay.
fn gives_a_reason(session: &Session<'_>, line: &str) -> bool {
    is_long(line) && session.talk().gives_a_reason(line)
}

/// Notices what a change of the design does to the open question: a fault that is gone, an attack that it survives.
pub(in crate::coach) fn settle(session: &mut Session<'_>, before: &Design) -> Vec<Reply> {
    let Some(at) = open_at(session) else {
        return Vec::new();
    };
    let question = session.state.questions.get(at);
    let rule = question.and_then(|question| question.rule.clone());
    let (mut replies, settled) = match rule {
        Some(rule) if fault(session, &rule).is_none() => {
            let words = "That settles it, I see it in the design.".to_owned();
            (vec![Reply::Says(words)], true)
        }
        None if is_redrawn(before, &session.state.design) => {
            attacks::again(session, at).unwrap_or_default()
        }
        _ => return Vec::new(),
    };
    if settled {
        close(session, Asked::Answered);
        replies.extend(ask_next(session));
    }
    replies
}

/// Whether the drawing, the journeys or what they run on have changed; words change nothing that can be struck.
fn is_redrawn(before: &Design, now: &Design) -> bool {
    before.components != now.components
        || before.connections != now.connections
        || before.flows != now.flows
        || before.platform != now.platform
}

/// Why answers that were heard as weak need not cost anything.
const MARKS: &str = "They decide what I ask next; marks come from what your file says, wherever it stands, as `sysdrill check` gives them.";

/// After the interview: how many answers were good, and each question with what was heard and what a good answer has.
pub(in crate::coach) fn review(session: &Session<'_>) -> Option<Listing> {
    let asked =
        |question: &&Question| question.asked != Asked::Waiting && !question.good.is_empty();
    let all: Vec<&Question> = session.state.questions.iter().filter(asked).collect();
    let is_good = |question: &&&Question| is_answered(question, &heard_of(session, question));
    let good = all.iter().filter(is_good).count();
    let words = format!(
        "{good} of {} had what a good answer has. {MARKS}",
        all.len()
    );
    let row = |question: &&Question| {
        let verdict = verdict(session, question);
        let told = format!(
            "{} {verdict}. A good answer: {}",
            question.ask, question.good
        );
        (question.topic.clone(), told)
    };
    let mut rows = vec![("answers".to_owned(), words)];
    rows.extend(all.iter().map(row));
    (!all.is_empty()).then(|| Listing::new("The interviewer's questions", rows))
}

/// What was heard of a question: in its answer, and before it was asked.
fn heard_of(session: &Session<'_>, question: &Question) -> Vec<String> {
    let answer = answer_to(session, question).unwrap_or_default();
    let mut all = heard(session, question, answer);
    let before = question.told.iter().filter(|title| !all.contains(title));
    let before: Vec<String> = before.cloned().collect();
    all.extend(before);
    all
}

/// What was said, what was heard in it, and what else was listened for.
fn verdict(session: &Session<'_>, question: &Question) -> String {
    let Some(answer) = answer_to(session, question) else {
        if question.told.is_empty() {
            return "You gave no answer".to_owned();
        }
        let told = some_of(&question.told);
        return format!("You gave no answer here, and had told me before: {told}");
    };
    let heard = heard_of(session, question);
    let others: Vec<String> = titles(session, question)
        .filter(|title| !heard.contains(title))
        .collect();
    let has = |text: &str| !self::heard(session, question, text).is_empty();
    let said = quotation::shortened(quotation::from_sentence(answer, has));
    let said = format!("You said: \"{said}\".");
    match (heard.is_empty(), others.is_empty()) {
        (true, _) => format!(
            "{said} I heard nothing of what I listened for: {}",
            some_of(&others)
        ),
        (false, true) => format!("{said} I heard: {}", some_of(&heard)),
        (false, false) => format!(
            "{said} I heard: {}. I listened for more, such as: {}",
            some_of(&heard),
            some_of(&others)
        ),
    }
}

/// What was answered to a question.
pub(super) fn answer_to<'s>(session: &'s Session<'_>, question: &Question) -> Option<&'s str> {
    let mut answers = session.state.design.answers.iter();
    let answer = answers.find(|answer| answer.topic == question.topic)?;
    Some(&answer.text)
}

enum Reaction {
    GoOn(String),
    AskAgain(String),
}

/// To an answer to a question after a fault: has the design changed?
fn to_repair(session: &Session<'_>, question: &Question, rule: &str, text: &str) -> Reaction {
    match fault(session, rule) {
        None => Reaction::GoOn("That settles it.".to_owned()),
        Some(_) if gives_a_reason(session, text) => Reaction::GoOn(
            "I have your reason; the design stays as it is, then, and so does what it is marked for.".to_owned(),
        ),
        Some(message) if question.asked == Asked::Open => Reaction::AskAgain(format!(
            "What I still see: {message} Change it, or tell me why it may stay."
        )),
        Some(_) => Reaction::GoOn(by_chance(session, question, NOTED)),
    }
}

/// To words after an attack: they are written down, and change nothing of what is computed.
fn to_a_strike(session: &Session<'_>, question: &Question, line: &str) -> Reaction {
    let is_told = question.asked == Asked::FollowedUp || gives_a_reason(session, line);
    if session.options.exam || is_told {
        return Reaction::GoOn(by_chance(session, question, NOTED));
    }
    let is_open = question.strike.as_ref().is_some_and(Strike::is_open);
    let words = if is_open {
        "I have that in words; the drawing does not say it yet. State it and I strike again, or `next`."
    } else {
        "I have that in words; in the drawing it still fails. Change it and I strike again, or `next`."
    };
    Reaction::AskAgain(words.to_owned())
}

fn to_words(session: &Session<'_>, question: &Question, text: &str) -> Reaction {
    let heard = heard(session, question, text);
    let undrawn = undrawn::first(session, text);
    let followed_up = question.asked == Asked::FollowedUp;
    if is_answered(question, &heard) {
        let good = by_chance(session, question, GOOD);
        let but = undrawn.map(|name| format!(" `{name}` is not in your drawing yet, though."));
        let words = format!("{good}: {}.{}", some_of(&heard), but.unwrap_or_default());
        return Reaction::GoOn(words);
    }
    if followed_up || (question.looks_for.is_empty() && is_long(text) && undrawn.is_none()) {
        let noted = by_chance(session, question, NOTED);
        return Reaction::GoOn(if heard.is_empty() {
            noted
        } else {
            format!("I hear: {}. {noted}", some_of(&heard))
        });
    }
    if let Some(name) = undrawn {
        let words = format!(
            "You speak of `{name}`, and I don't see it in the drawing. Draw it, or tell me who would call it and why."
        );
        return Reaction::AskAgain(words);
    }
    let heard = if heard.is_empty() {
        String::new()
    } else {
        format!("I hear: {}. ", some_of(&heard))
    };
    Reaction::AskAgain(format!("{heard}{}", follow_up(session, question, text)))
}

/// A few titles; they have commas of their own.
pub(super) fn some_of(titles: &[String]) -> String {
    const MOST: usize = 3;
    titles
        .iter()
        .take(MOST)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("; ")
}

/// Whether what was heard makes a good answer; open questions have none that could be told.
pub(super) fn is_answered(question: &Question, heard: &[String]) -> bool {
    !question.looks_for.is_empty() && heard.len() >= enough(question.looks_for.len())
}

/// How many of the concepts that a question looks for make a good answer; they are alternatives in part.
pub(in crate::coach) fn enough(looked_for: usize) -> usize {
    looked_for.div_ceil(2).min(2)
}

fn is_long(text: &str) -> bool {
    text.split_whitespace().count() >= SHORT_BELOW_WORDS
}

fn follow_up(session: &Session<'_>, question: &Question, text: &str) -> String {
    if !is_long(text) {
        return by_chance(session, question, SHORT);
    }
    let language = &session.catalog.knowledge.language;
    if language.numbers.are_missing(&question.ask, text) {
        return NUMBER.to_owned();
    }
    if let Some(other) = of_another(session, question, text) {
        return format!("I hear: {other}. Now to what I asked: {}", question.ask);
    }
    let is_told = text.split_whitespace().count() >= STEPS_FROM_WORDS;
    let steps = [STEPS].into_iter().filter(|_| !is_told);
    let more: Vec<&str> = steps.chain(MORE.iter().copied()).collect();
    by_chance(session, question, &more)
}

/// What an answer speaks of that another question of the problem listens for, where it has nothing that this one does.
fn of_another(session: &Session<'_>, question: &Question, text: &str) -> Option<String> {
    let others = session
        .problem
        .deep_dives
        .iter()
        .map(|dive| &dive.looks_for);
    let others = others
        .chain(session.problem.probes.iter().map(|probe| &probe.looks_for))
        .flatten();
    let language = &session.catalog.knowledge.language;
    let called = Some(&session.problem.called);
    let concepts = &session.catalog.knowledge.concepts.0;
    let mut mentioned = others
        .filter_map(|id| concepts.get(id))
        .filter(|concept| language.mentions_in(concept, text, called));
    let first = mentioned
        .next()
        .filter(|_| heard(session, question, text).is_empty())?;
    Some(first.title.clone())
}

/// One of several phrases: the seed says with which it begins, and no two in a row are the same.
fn by_chance(session: &Session<'_>, question: &Question, words: &[&str]) -> String {
    let before = session
        .state
        .questions
        .iter()
        .take_while(|other| other.topic != question.topic)
        .count();
    let mut turned: Vec<&str> = words.to_vec();
    turned.rotate_left(before % words.len().max(1));
    dice::pick(session.options.seed, "phrases", &turned)
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// The titles of the concepts that a question looks for.
pub(super) fn titles<'s>(
    session: &'s Session<'_>,
    question: &'s Question,
) -> impl Iterator<Item = String> + 's {
    looked_for(session, question).map(|concept| concept.title.clone())
}

/// The titles of the concepts that a question looks for and a text has.
pub(super) fn heard(session: &Session<'_>, question: &Question, text: &str) -> Vec<String> {
    let language = &session.catalog.knowledge.language;
    let called = Some(&session.problem.called);
    looked_for(session, question)
        .filter(|concept| language.mentions_in(concept, text, called))
        .map(|concept| concept.title.clone())
        .collect()
}

fn looked_for<'s>(
    session: &'s Session<'_>,
    question: &'s Question,
) -> impl Iterator<Item = &'s Concept> {
    let concepts = &session.catalog.knowledge.concepts.0;
    question.looks_for.iter().filter_map(|id| concepts.get(id))
}

/// Records an answer under a topic, after what was said of it before; gives back all that was said.
pub(in crate::coach) fn record(design: &mut Design, topic: &str, line: &str) -> String {
    let same = |answer: &&mut Answer| answer.topic.eq_ignore_ascii_case(topic);
    match design.answers.iter_mut().find(same) {
        Some(answer) => {
            let end = if answer.text.ends_with(['.', '!', '?', ';', ':']) {
                " "
            } else {
                ". "
            };
            answer.text = format!("{}{end}{line}", answer.text);
            answer.text.clone()
        }
        None => {
            design.answers.push(Answer {
                topic: topic.to_owned(),
                text: line.to_owned(),
            });
            line.to_owned()
        }
    }
}
