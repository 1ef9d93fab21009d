//! Words of the coach beside the interviewer: what a step is for, and the way back for who is lost.
//!
//! Knows the steps and the commands; knows no problem.

use super::commands::{self, FORMS};
use super::reply::Reply;
use super::session::Session;
use super::sketch;
use crate::model::{Step, Vocabulary, spelling};
use crate::notation::design::evaluate_in;

/// After so many lines in a row that were not understood, the commands are shown.
const PATIENCE: usize = 3;

/// What a step is for and how it is done.
pub(super) fn introduction(session: &Session<'_>) -> Reply {
    let text = match session.state.step {
        Step::Requirements => {
            "Ask the interviewer: a line that ends in `?`. Write down what counts: `must ...` what it does, `quality ...` \
             how well, `out ...` what it does not, `assume name = value`. `next` goes on, `help` shows everything."
        }
        Step::Estimation => {
            "Work out the numbers that decide something: `name = expression`, such as `storage = 2M/day * 1 KB * 1 year` \
             or `reads = 40/s * 10 peak 3x`. Figures can be used by name."
        }
        Step::HighLevel => {
            "Draw with arrows: `web -> lb -> api x3 -> cache, db`; `~>` is for what nobody waits for. `set api zones=2` \
             states more, `flow` says which way a journey takes, `show` draws it all."
        }
        Step::Detailed => {
            "Say what is stored and served: `data NAME: key K, store S, fields A B`, `api POST /path -> 201`, \
             `decide X over Y because Z`. The interviewer asks as well; a plain line answers."
        }
        Step::Scale => {
            if session.options.exam {
                "Now it gets rough: the interviewer breaks your design, and the report says what was left of it. A plain \
                 line answers, arrows and `set` repair, `next` goes on."
            } else {
                "Now it gets rough: the interviewer breaks your design and shows what is left of each journey. Arrows and \
                 `set` repair, and every repair is struck again; a plain line answers, `next` goes on."
            }
        }
    };
    let check = " `check` compares them with what follows from your own inputs.";
    let may_check = session.state.step == Step::Estimation && !session.options.exam;
    Reply::Note(format!("{text}{}", if may_check { check } else { "" }))
}

/// Whether a line that only looks like a command or a figure is a sentence; a sum has digits.
pub(super) fn is_prose(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let is_sum = line.contains('=') && line.contains(|c: char| c.is_ascii_digit());
    words > if is_sum { 8 } else { 5 }
}

/// So many words between arrows and commas are no name any more.
const SAYING_WORDS: usize = 4;

/// Whether a line with arrows says something beside: "10M users, 64 bytes per counter -> 640 MB".
pub(super) fn says_something(line: &str) -> bool {
    let parts = line.split([',', ';', '>', '→', '(', ')']);
    let is_word = |word: &&str| word.contains(char::is_alphanumeric) && !word.contains(':');
    let mut counts = parts.map(|part| part.split_whitespace().filter(is_word).count());
    counts.any(|count| count >= SAYING_WORDS)
}

/// What is said to a line that was not understood.
pub(super) fn lost(session: &Session<'_>, line: &str) -> Vec<Reply> {
    let mut replies = vec![Reply::Note(direction(session, line))];
    if session.lost.is_multiple_of(PATIENCE) {
        replies.extend(overview(session.state.step));
    }
    replies
}

/// The command that a short line probably means.
pub(super) fn meant(session: &Session<'_>, line: &str) -> Option<&'static str> {
    let talk = session.talk();
    let names = commands::COMMANDS.iter().map(|command| command.name);
    let first = line
        .split_whitespace()
        .next()
        .filter(|first| !talk.is_filler(&first.to_lowercase()))
        .filter(|first| commands::named(first).is_none())
        .filter(|first| !first.starts_with(|c: char| c.is_ascii_digit()))
        .filter(|_| line.split_whitespace().count() < 4)?;
    spelling::nearest(first, names)
}

fn direction(session: &Session<'_>, line: &str) -> String {
    if session.talk().asks(line) {
        return "Is that a question? Say what you want to know, with a `?` at its end: `how many users?`."
            .to_owned();
    }
    if let Some(meant) = meant(session, line) {
        return format!("Not understood: did you mean `{meant}`? `help` shows the commands.");
    }
    if let Some(way) = nearly(session, line) {
        return way;
    }
    let way = match session.state.step {
        Step::Requirements => {
            "Not written down yet. `must` alone records that line as something it has to do, `quality` as how well, `out` as \
             out of scope; with a `?` at its end it asks the interviewer."
        }
        Step::Estimation => {
            "Not written down yet. A figure is `name = expression`: `write_qps = 100M / month`. For what you take as given: \
             `assume name = value`."
        }
        Step::HighLevel => {
            "Nothing drawn. Arrows draw: `web -> lb -> api`, and so does `name: kind`. Words are recorded by `decide ...` or `answer topic: ...`."
        }
        Step::Detailed | Step::Scale => {
            "Not written down: no question is open. `answer topic: ...` and `decide ... because ...` record words; `next` \
             goes on."
        }
    };
    way.to_owned()
}

/// What lacks little: a sum without a name, a component without an arrow.
fn nearly(session: &Session<'_>, line: &str) -> Option<String> {
    match session.state.step {
        Step::Estimation => {
            let sum = line.split('=').next().unwrap_or_default().trim();
            let is_sum =
                sum.contains(['*', '/', '+']) && evaluate_in(sum, &session.state.design).is_ok();
            is_sum.then(|| format!("Give it a name, such as `reads_per_day = {sum}`."))
        }
        Step::HighLevel => sketch::of(session, line).map(|sketch| sketch.in_words()),
        _ => None,
    }
}

/// What a component can be, family by family.
pub(super) fn kinds(vocabulary: &Vocabulary) -> Vec<Reply> {
    let kinds = &vocabulary.kinds;
    let mut families: Vec<(&str, Vec<&str>)> = Vec::new();
    for kind in kinds.all().map(|kind| kinds.info(kind)) {
        let top = kind.lineage.first().map(|top| kinds.info(*top));
        let family = top.filter(|top| top.group);
        let title = family.map_or("others", |family| family.title.as_str());
        let id = (!kind.group).then_some(kind.id.as_str());
        match families.iter_mut().find(|(known, _)| *known == title) {
            Some((_, ids)) => ids.extend(id),
            None => families.push((title, id.into_iter().collect())),
        }
    }
    let rows = families.into_iter().filter(|(_, ids)| !ids.is_empty());
    let rows = rows.map(|(title, ids)| (title.to_owned(), ids.join(", ")));
    let more = "Or name a product: `name:product`; its kind is known then.";
    vec![
        Reply::listing("Kinds of components: `name:kind`", rows.collect()),
        Reply::Note(more.to_owned()),
    ]
}

/// The lines that a step is made of, and the names of all other commands.
pub(super) fn overview(step: Step) -> Vec<Reply> {
    let forms = FORMS
        .iter()
        .filter(|form| form.steps.contains(&step))
        .map(|form| (form.usage, form.summary));
    let commands = commands::of_step(step).map(|command| (command.usage, command.summary));
    let rows = forms
        .chain(commands)
        .map(|(usage, summary)| (usage.to_owned(), summary.to_owned()));
    let always: Vec<&str> = commands::always().map(|command| command.name).collect();
    let others = commands::COMMANDS
        .iter()
        .filter(|command| !command.steps.is_empty() && !command.steps.contains(&step));
    let others: Vec<&str> = others.map(|command| command.name).collect();
    let rest = format!(
        "Always: {}. Of other steps, and possible now: {}. `help NAME` says more of one, `help kinds` what can be drawn.",
        always.join(", "),
        others.join(", ")
    );
    vec![
        Reply::listing(step.title(), rows.collect()),
        Reply::Note(rest),
    ]
}
