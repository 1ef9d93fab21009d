//! What the candidate says that is wrong in the field: asked about once, remembered, and told at the end with what is right.
//!
//! Knows rules after mistakes by their shape; which sentences are mistaken is data. Never lectures before the end.

use super::agenda::{Asked, Question, open_at, open_question};
use super::reactions::{record, some_of};
use crate::assess;
use crate::coach::quotation::{quoted_sentence, shortened};
use crate::coach::reply::{Listing, Reply};
use crate::coach::session::Session;
use crate::model::Place;
use crate::rubric::{Mistake, Rule};

/// A mistake that stands, with the sentence that says it and the question that it calls for.
pub(super) struct Standing<'c> {
    rule: &'c Rule,
    topic: &'c str,
    sentence: String,
    ask: String,
}

/// The rules after mistakes that hold for this interview.
fn rules<'c>(session: &Session<'c>) -> impl Iterator<Item = (&'c Rule, &'c Mistake)> + use<'c> {
    let (catalog, problem) = (session.catalog, session.problem.id.as_str());
    let rules = catalog.rules_for(Some(problem), session.options.level);
    rules.filter_map(|rule| Some((rule, rule.mistake.as_deref()?)))
}

/// The rule with an id, where it is one after a mistake.
pub(in crate::coach) fn rule_after<'c>(session: &Session<'c>, id: &str) -> Option<&'c Rule> {
    let rule = session.catalog.rule(id);
    rule.filter(|rule| rule.mistake.is_some())
}

/// The rule after a mistake that a question is about.
pub(super) fn rule_of<'c>(session: &Session<'c>, question: &Question) -> Option<&'c Rule> {
    rule_after(session, question.rule.as_ref()?)
}

/// The first mistake that stands in the design and was not asked about; none while a question is open that only a change of
/// the drawing, or of those words, settles.
pub(super) fn to_press<'c>(session: &Session<'c>) -> Option<Standing<'c>> {
    let questions = &session.state.questions;
    let is_new = |rule: &Rule| {
        let mut asked = questions
            .iter()
            .filter_map(|question| question.rule.as_ref());
        asked.all(|asked| *asked != rule.id)
    };
    assess::ask(&session.state.design, session.catalog, None, |asked| {
        let mut new = rules(session).filter(|(rule, _)| is_new(rule));
        new.find_map(|(rule, mistake)| {
            let mut found = asked.found(rule).into_iter();
            let finding = found.find(assess::Finding::is_fault)?;
            let (_, sentence) = finding.evidence.into_iter().next()?;
            Some(Standing {
                rule,
                topic: &mistake.topic,
                sentence,
                ask: finding.ask,
            })
        })
    })
}

/// Asks about a mistake at once, before whatever is open: that comes back after it.
pub(super) fn press(session: &mut Session<'_>, standing: Standing<'_>) -> Vec<Reply> {
    let Standing {
        rule,
        topic,
        sentence,
        ask,
    } = standing;
    let questions = &session.state.questions;
    let waits = |question: &Question| question.asked == Asked::Waiting;
    let at = open_at(session).or_else(|| questions.iter().position(waits));
    let at = at.unwrap_or(questions.len());
    let step = session.state.step;
    let questions = &mut session.state.questions;
    if let Some(open) = questions.get_mut(at).filter(|open| open.is_open()) {
        open.asked = match open.asked {
            Asked::Open => Asked::Waiting,
            _ => Asked::Answered,
        };
    }
    let question = Question {
        rule: Some(rule.id.clone()),
        is_extra: true,
        asked: Asked::Open,
        ..Question::new(topic, step, ask.trim().to_owned())
    };
    let said = format!("You say: \"{}\". {}", shortened(&sentence), question.ask);
    questions.insert(at, question);
    vec![Reply::Says(said)]
}

/// Asks about a mistake that a change of the design has brought in, unless an answer to what is open comes first.
pub(in crate::coach) fn pressed(session: &mut Session<'_>) -> Vec<Reply> {
    let has_to_wait = |open: &Question| open.rule.is_some() || open.strike.is_some();
    if open_question(session).is_some_and(has_to_wait) {
        return Vec::new();
    }
    let standing = to_press(session);
    standing.map_or_else(Vec::new, |standing| press(session, standing))
}

/// Takes a sentence down that no question was open for and that is mistaken; it is asked about with the change that this is.
pub(in crate::coach) fn overheard(session: &mut Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let knowledge = &session.catalog.knowledge;
    let mut heard = rules(session).filter(|(_, mistake)| mistake.is_in(line, knowledge));
    let topic = heard.next()?.1.topic.clone();
    let _ = record(&mut session.state.design, &topic, line);
    let echo = format!("answer recorded under `{topic}`");
    Some(vec![Reply::Echo(echo)])
}

/// What is said to an answer that puts a mistake right; nothing where it still stands.
pub(super) fn put_right(session: &Session<'_>, rule: &Rule) -> Option<String> {
    assess::ask(&session.state.design, session.catalog, None, |asked| {
        let mistake = rule.mistake.as_deref()?;
        let (_, cure) = mistake.stated(&asked.scene)?;
        cure.map(|_| heard_of(session, asked, mistake))
    })
}

fn heard_of(session: &Session<'_>, asked: &assess::Asked<'_>, mistake: &Mistake) -> String {
    let concepts = &session.catalog.knowledge.concepts.0;
    let heard = mistake
        .cures()
        .filter(|id| !asked.scene.mentions(id).is_empty());
    let titles = heard.filter_map(|id| concepts.get(id));
    let titles: Vec<String> = titles.map(|concept| concept.title.clone()).collect();
    some_of(&titles)
}

/// Whether a place holds a mistake that stands: nothing to praise a design with.
pub(in crate::coach) fn is_mistaken(
    session: &Session<'_>,
    asked: &assess::Asked<'_>,
    place: Place,
) -> bool {
    rules(session).any(|(_, mistake)| {
        let stated = mistake.stated(&asked.scene);
        stated.is_some_and(|((said, _), cure)| said == place && cure.is_none())
    })
}

/// After the interview: each mistake with the sentence that said it, and what is right or where that was said afterwards.
pub(in crate::coach) fn mistaken(session: &Session<'_>) -> Listing {
    let design = session.design();
    let rows = assess::ask(&design, session.catalog, None, |asked| {
        let stated = rules(session).filter_map(|(rule, mistake)| {
            let ((_, sentence), cure) = mistake.stated(&asked.scene)?;
            // A sentence that says what is right as well was no mistake.
            let is_one = cure.is_none_or(|(_, cure)| cure != sentence);
            is_one.then(|| row(rule, sentence, cure))
        });
        stated.collect()
    });
    Listing::new("What you said that does not hold", rows)
}

fn row(rule: &Rule, sentence: &str, cure: Option<(Place, &str)>) -> (String, String) {
    let said = format!("You said: \"{}\".", shortened(sentence));
    if let Some((place, cure)) = cure {
        let right = quoted_sentence(place, cure);
        return (
            "put right".to_owned(),
            format!("{said} You put it right.{right}"),
        );
    }
    let read = rule.reference.as_ref();
    let read = read.map_or_else(String::new, |page| format!(" Read `ref {page}`."));
    let text = format!("{said} What holds: {}{read}", rule.why.trim());
    ("stands".to_owned(), text)
}
