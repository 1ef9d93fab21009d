//! Questions of the candidate: answered from the problem's facts, and handed back where there is none.
//!
//! Knows facts and who has told them; which of them a question asks for is the business of `understanding`.

use super::agenda::open_question;
use super::confirmation::{self, Confirmation};
use super::leaning::{self, Subject};
use super::reactions::answered;
use super::terms;
use super::twist;
use super::understanding::{Asking, asked_for, meant_by_few_words};
use crate::coach::asides;
use crate::coach::dice;
use crate::coach::figures::{self, Statement};
use crate::coach::history::State;
use crate::coach::proposals::{self, Wondered};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::{Figure, Step};
use crate::notation::design::{normal_name, stated_figures};
use crate::rubric::{Fact, Leaning, identify};

/// Shorter questions say too little to be recorded, unless they were understood.
const RECORDED_FROM_WORDS: usize = 3;

/// What comes back for a question that no fact answers.
const HANDED_BACK: &[&str] = &[
    "That I leave to you: what would you assume?",
    "I have no answer to that. What would you assume?",
    "What would you take as given? Say so and go on.",
];

/// What comes back once there is something to draw.
const LEFT_TO_DECIDE: &[&str] = &[
    "That is yours to decide. Say what you take, and why.",
    "I have nothing on that. Decide it, and tell me the reason.",
    "What would you do, and what speaks for it?",
];

/// What comes back for "how do I merge two components?", which no command does.
const OWN_WAY: &str = "How your system does it is yours to say. No command is called that, if you mean the prompt: `help` has them all.";

/// Answers a question: from the facts, or as one about the talk. A few bare words are the last that is tried, for they may
/// stand for anything.
pub(in crate::coach) fn answer(session: &mut Session<'_>, question: &str) -> Vec<Reply> {
    let aside = asides::heard(session, question);
    if let Some(aside) = aside.filter(|aside| !aside.after_facts) {
        return asides::taken(session, aside, question);
    }
    let is_asked = open_question(session).is_some();
    let closing = asides::closing(session, question).filter(|_| !is_asked);
    if let Some((_, words, aside)) = closing {
        return asides::taken(session, aside, words);
    }
    if let Some(replies) = terms::explained(session, question) {
        return replies;
    }
    let drawn = proposals::wondered(session, question);
    if let Some(drawn) = drawn.as_ref().filter(|drawn| drawn.names_product) {
        return proposed(session, drawn);
    }
    // "10 ms, I guess?" may be an answer, too.
    let wanted = confirmation::wanted(session, question);
    if let Some(wanted) = wanted.filter(|wanted| !is_asked || wanted.is_clear()) {
        let replies = confirmed(session, question, wanted);
        let open = open_question(session).map(|question| Reply::Says(question.ask.clone()));
        return replies.into_iter().chain(open).collect();
    }
    if let Some(replies) = leaning::answer(session, question) {
        return replies;
    }
    let asking = Asking::new(session, question);
    let facts = asked_for(session, &asking);
    if !facts.is_empty() {
        return told(session, question, facts);
    }
    if let Some(drawn) = drawn {
        return proposed(session, &drawn);
    }
    if let Some(aside) = aside {
        return asides::taken(session, aside, question);
    }
    let facts = meant_by_few_words(session, &asking);
    if !facts.is_empty() {
        return told(session, question, facts);
    }
    if let Some(replies) = terms::looked_up(session, question) {
        return replies;
    }
    no_fact(session, question)
}

/// What is said to who asks whether a part may be drawn.
const YOURS: &str = "Yours to choose, and I judge by the reason.";

/// Offers what a question would draw.
fn proposed(session: &mut Session<'_>, drawn: &Wondered) -> Vec<Reply> {
    session.offers.make(drawn.lines.clone(), false);
    vec![
        Reply::Says(YOURS.to_owned()),
        Reply::Note(drawn.words.clone()),
    ]
}

/// Says whether a figure is right, and what it is; one that nothing is known of is the candidate's to set.
fn confirmed(session: &mut Session<'_>, question: &str, wanted: Confirmation<'_>) -> Vec<Reply> {
    if wanted.facts.is_empty() {
        record(session, question);
        let name = wanted.amount.noun.unwrap_or_default();
        let words = format!(
            "Nothing speaks against it: `assume {name} = {}` writes it down, and I hold you to it.",
            wanted.amount.text
        );
        return vec![Reply::Says(words)];
    }
    let verdict = match wanted.is_right {
        Some(true) => "Yes. ",
        Some(false) => "Not quite. ",
        None => "",
    };
    let mut replies = told(session, question, wanted.facts);
    if let Some(Reply::Says(words)) = replies.first_mut() {
        words.insert_str(0, verdict);
    }
    replies
}

/// Tells the facts that a question asks for; the second is not told twice.
pub(super) fn told(session: &mut Session<'_>, question: &str, facts: Vec<&Fact>) -> Vec<Reply> {
    record(session, question);
    session.subject = facts.first().map(|fact| Subject {
        question: question.to_owned(),
        fact: fact.id.clone(),
    });
    let mut replies = Vec::new();
    for (at, fact) in facts.into_iter().enumerate() {
        let known = session.state.told.contains(&fact.id);
        if at == 0 || !known {
            replies.extend(tell(session, fact));
        }
    }
    replies
}

/// Answers a line that is a question though it ends in no question mark: one that asks for a fact, or that can be nothing else.
pub(in crate::coach) fn answer_unmarked(
    session: &mut Session<'_>,
    line: &str,
) -> Option<Vec<Reply>> {
    // "Explain quorum" asks, though it begins with no word of a question.
    if let Some(replies) = terms::explained(session, line) {
        return Some(replies);
    }
    let talk = session.talk();
    if !talk.asks(line) {
        return None;
    }
    let facts = asked_for(session, &Asking::new(session, line));
    if facts.is_empty() {
        return talk
            .is_unmarked_question(line)
            .then(|| answer(session, line));
    }
    Some(told(session, line, facts))
}

/// Notes a question. It stands in the design when something was made of it: a volley of questions earns nothing.
fn record(session: &mut Session<'_>, question: &str) {
    let state = &mut session.state;
    let same = |other: &String| other.eq_ignore_ascii_case(question);
    let known = state.design.requirements.questions.iter().any(same);
    if !known && !state.asked.iter().any(same) {
        state.asked.push(question.to_owned());
    }
}

/// More questions in a row than this are a volley, of which the last ones count.
const MOST_IN_A_ROW: usize = 8;

/// Writes the last questions into the design when a line states something after them.
pub(in crate::coach) fn keep_questions(session: &mut Session<'_>, before: &State) {
    let state = &mut session.state;
    if state.asked.len() != before.asked.len() || state.design == before.design {
        return;
    }
    let asked = std::mem::take(&mut state.asked);
    let volley = asked.len().saturating_sub(MOST_IN_A_ROW);
    let kept = asked.into_iter().skip(volley);
    state.design.requirements.questions.extend(kept);
}

/// What comes back where there is no fact: the interviewer's own question, if one is open, or else the candidate's.
fn no_fact(session: &mut Session<'_>, question: &str) -> Vec<Reply> {
    if let Some(open) = open_question(session) {
        let talk = session.talk();
        if !talk.begins_like_a_question(question) {
            return answered(session, question);
        }
        let again = if open.strike.is_some() && !session.options.exam {
            "I have nothing on that. What is left stands above: change the drawing, or tell me why it may stay."
                .to_owned()
        } else {
            format!(
                "I have nothing on that. Take what you need as given, say so, and tell me: {}",
                open.ask
            )
        };
        let note = "A plain line answers, `next` skips the question.".to_owned();
        return vec![Reply::Says(again), Reply::Note(note)];
    }
    if question.split_whitespace().count() >= RECORDED_FROM_WORDS {
        record(session, question);
    }
    session.subject = None;
    hand_back(session, question)
}

fn hand_back(session: &Session<'_>, question: &str) -> Vec<Reply> {
    let talk = session.talk();
    if talk.way_to(question).is_some() {
        return vec![Reply::Says(OWN_WAY.to_owned())];
    }
    // "What about deletes?" says of what.
    let leans = talk.leaning(question);
    if leans.is_some_and(|leaning| leaning != Leaning::Names) {
        return vec![Reply::Says(leaning::OF_WHAT.to_owned())];
    }
    let is_late = session.state.step >= Step::HighLevel;
    let words = if is_late { LEFT_TO_DECIDE } else { HANDED_BACK };
    let said = dice::pick(session.options.seed, question, words)
        .copied()
        .unwrap_or_default();
    if is_late {
        return vec![Reply::Says(said.to_owned())];
    }
    vec![
        Reply::Says(said.to_owned()),
        Reply::Note("`assume name = value` records it.".to_owned()),
    ]
}

pub(super) fn tell(session: &mut Session<'_>, fact: &Fact) -> Vec<Reply> {
    let again = !session.state.told.insert(fact.id.clone());
    let answer = if again {
        format!("As I said: {}", fact.answer)
    } else {
        fact.answer.clone()
    };
    let mut replies = vec![Reply::Says(answer)];
    replies.extend(
        fact.assume
            .iter()
            .filter_map(|(name, text)| assume(session, name, text)),
    );
    replies
}

/// What was told becomes an assumption, unless the candidate has stated that figure already, under whatever name.
fn assume(session: &mut Session<'_>, name: &str, text: &str) -> Option<Reply> {
    let own = normal_name(name);
    let meant = figure_meant(session, name);
    let is_it = |other: &String| {
        normal_name(other) == own || (meant.is_some() && figure_meant(session, other) == meant)
    };
    let design = &session.state.design;
    let assumptions = design.requirements.assumptions.iter();
    let assumptions = assumptions.map(|assumption| &assumption.name);
    let estimates = design.estimates.iter().map(|estimate| &estimate.name);
    if assumptions.chain(estimates).any(is_it) {
        return None;
    }
    figures::state(
        &mut session.state.design,
        Statement {
            name,
            text,
            peak: None,
            assumed: true,
        },
    )
    .ok()?;
    Some(Reply::Echo(format!("assumed: {name} = {text}")))
}

/// Which figure of the problem a name stands for.
pub(in crate::coach) fn figure_meant(session: &Session<'_>, name: &str) -> Option<String> {
    identify(
        name,
        &session.catalog.knowledge.figures,
        Some(session.problem),
    )
}

/// The figures that the interviewer has told, by the names that facts give them.
fn told_figures<'c>(session: &Session<'c>) -> impl Iterator<Item = &'c (String, String)> {
    let facts = session.problem.facts.iter();
    let told = facts.filter(|fact| session.state.told.contains(&fact.id));
    told.flat_map(|fact| &fact.assume)
}

/// What was told of a figure gives way to what contradicts it under another name: one figure has one value, and what follows is
/// held against that of the candidate.
pub(in crate::coach) fn overruled(session: &mut Session<'_>, name: &str) -> Option<Reply> {
    let own = normal_name(name);
    let meant = figure_meant(session, name)?;
    let is_theirs = |(other, text): &&(String, String)| {
        let all = &session.state.design.requirements.assumptions;
        normal_name(other) != own
            && figure_meant(session, other).as_ref() == Some(&meant)
            && all
                .iter()
                .any(|one| one.name == *other && one.text == *text)
    };
    let (other, _) = told_figures(session).find(is_theirs)?;
    // What is worked out from it stays as it is.
    let is_gone = figures::remove(&mut session.state.design, other).unwrap_or(false);
    is_gone.then(|| Reply::Echo(format!("`{name}` stands in place of `{other}`")))
}

/// A remark on a figure that is not what the interviewer has said of it, under whatever name.
pub(in crate::coach) fn contradicted(session: &Session<'_>, name: &str) -> Option<Reply> {
    let own = normal_name(name);
    let mut all = stated_figures(&session.state.design).into_iter();
    let (_, stated) = all.find(|(other, _)| *other == own)?;
    let meant = |name: &str| figure_meant(session, name).unwrap_or_else(|| normal_name(name));
    let own = meant(name);
    let changed = twist::restated(session);
    let holds = |(name, _): &&(String, String)| {
        let name = meant(name);
        changed.iter().all(|(other, _)| meant(other) != name)
    };
    let told = told_figures(session).filter(holds);
    let mut figures = told.chain(changed);
    let differs = |text: &str| {
        Figure::parse(text).is_ok_and(|told| {
            let told = told.quantity;
            told.dimension == stated.dimension && !confirmation::is_near(told, stated)
        })
    };
    let (said, text) = figures.find(|(told, text)| meant(told) == own && differs(text))?;
    Some(Reply::Says(format!(
        "I said `{said} = {text}`. If yours is meant to be another, tell me why: `decide ...`."
    )))
}
