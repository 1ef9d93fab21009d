//! `must`, `quality`, `out`, `assume`: what the system has to do, how well, what not, and what is taken as given.
//!
//! Knows lists of sentences; what a good requirement is, is the rules' business.

use super::estimates;
use crate::coach::line::{self, Request};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::Requirements;
use crate::model::spelling::counted;

/// A list of requirements that lines are written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::coach) enum Shelf {
    /// What it has to do.
    Must,
    /// How well.
    Quality,
    /// What it does not.
    Out,
}

impl Shelf {
    /// In the order in which they are shown.
    pub(in crate::coach) const ALL: [Self; 3] = [Self::Must, Self::Quality, Self::Out];

    /// The list whose entries begin with a word.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.word() == word)
    }

    /// The word before the number of an entry.
    pub(in crate::coach) const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Quality => "quality",
            Self::Out => "out",
        }
    }

    /// Its entries.
    pub(in crate::coach) fn entries(self, requirements: &Requirements) -> &[String] {
        match self {
            Self::Must => &requirements.functional,
            Self::Quality => &requirements.non_functional,
            Self::Out => &requirements.out_of_scope,
        }
    }

    pub(super) const fn list(self, requirements: &mut Requirements) -> &mut Vec<String> {
        match self {
            Self::Must => &mut requirements.functional,
            Self::Quality => &mut requirements.non_functional,
            Self::Out => &mut requirements.out_of_scope,
        }
    }
}

/// `must TEXT`
pub(super) fn must(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    record(session, request, Shelf::Must)
}

/// `quality TEXT`
pub(super) fn quality(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    record(session, request, Shelf::Quality)
}

/// `out TEXT`
pub(super) fn out(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    record(session, request, Shelf::Out)
}

/// `assume NAME = VALUE`
pub(super) fn assume(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    estimates::state_figure(session, request, true)
}

/// An entry of a list that gets another text: `change must 1 to shorten links`, or `must 1: shorten links` where there is one.
/// None where a line says nothing of the kind.
pub(in crate::coach) fn rewritten(session: &mut Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let changing = &session.talk().changing;
    let found = changing.rewritten(line)?;
    let shelf = Shelf::named(found.list)?;
    let (word, number) = (shelf.word(), found.number);
    let list = shelf.list(&mut session.state.design.requirements);
    let length = list.len();
    let entry = number.checked_sub(1).and_then(|at| list.get_mut(at));
    let Some(entry) = entry else {
        // "must 3: share them" behind two of them goes on.
        let help = format!("`{word}` has {}", counted(length, "entry", "entries"));
        let missing = format!("there is no `{word} {number}`");
        return found
            .is_ordered
            .then(|| vec![Reply::trouble(missing, help)]);
    };
    if found.text.is_empty() {
        let words = format!(
            "`{word} {number}: ...` gives it another text, `rm {word} {number}` takes it out."
        );
        return Some(vec![Reply::Note(words)]);
    }
    if entry == found.text {
        return Some(vec![written_already(shelf, number)]);
    }
    let old = std::mem::replace(entry, found.text.to_owned());
    let words = format!("{word} {number}: {} (it was: {old})", found.text);
    Some(vec![Reply::Echo(words)])
}

/// An item of a list, such as `- group chat`: it goes where the last heading says, or is something that it has to do.
pub(in crate::coach) fn item(session: &mut Session<'_>, text: &str) -> Vec<Reply> {
    let shelf = session.heading.unwrap_or(Shelf::Must);
    write(session, text, shelf)
}

/// A heading that says so by its signs, `## Out of scope`: the items to come go where it says.
pub(in crate::coach) fn headed(session: &mut Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let text = line::heading(line)?;
    let shelf = shelf_of(session, text);
    if shelf.is_none() && !line.starts_with('#') {
        return None;
    }
    session.heading = shelf;
    Some(vec![Reply::Note(shelf.map_or_else(
        || format!("`{text}` heads no list here: `must:`, `quality:` and `out:` do."),
        heads,
    ))])
}

/// Whether a line of a paste is such a heading, rather than a remark.
pub(in crate::coach) fn heads_list(session: &Session<'_>, line: &str) -> bool {
    const SURE: &str = "##";
    let heading = line::heading(line);
    heading.is_some_and(|text| line.starts_with(SURE) || shelf_of(session, text).is_some())
}

/// So many words head a list; more are a sentence.
const MOST_OF_A_HEADING: usize = 5;

/// The list that a heading is of: by the name of its command, or by words of that sort.
fn shelf_of(session: &Session<'_>, heading: &str) -> Option<Shelf> {
    let talk = session.talk();
    let is_named = |(_, rest): &(_, &str)| rest.is_empty() || rest.starts_with('(');
    let named = super::begins(heading).filter(is_named);
    let is_short = heading.split_whitespace().count() <= MOST_OF_A_HEADING;
    let said = || talk.requirement(heading).map(|(command, _)| command);
    let word = named
        .map(|(command, _)| command.name)
        .or_else(|| said().filter(|_| is_short))?;
    Shelf::named(word)
}

/// What is said of a heading.
fn heads(shelf: Shelf) -> String {
    format!(
        "Lines that begin with `-`, `*` or `1.` are written down as `{}`.",
        shelf.word()
    )
}

/// Adds a sentence to a list; without one, the last plain line is meant, or else the list is shown. With a colon behind it,
/// it heads the items to come.
fn record(session: &mut Session<'_>, request: Request<'_>, shelf: Shelf) -> Vec<Reply> {
    if !request.rest.is_empty() {
        let said = next_entry(session, request.rest, shelf);
        return write(session, said, shelf);
    }
    session.heading = Some(shelf);
    let is_heading = request.line.ends_with(':');
    match session.last_plain.take().filter(|_| !is_heading) {
        Some(said) => write(session, &said, shelf),
        None if is_heading => vec![Reply::Note(heads(shelf))],
        None => super::views::listing(session, "requirements"),
    }
}

/// The text of the entry that comes next without its number: "must 3: share them" behind two of them.
fn next_entry<'t>(session: &mut Session<'_>, said: &'t str, shelf: Shelf) -> &'t str {
    let next = shelf.list(&mut session.state.design.requirements).len() + 1;
    let numbered = said.split_once(':');
    let numbered = numbered.filter(|(number, _)| number.parse() == Ok(next));
    let text = numbered.map(|(_, text)| text.trim_start());
    text.filter(|text| !text.is_empty()).unwrap_or(said)
}

fn written_already(shelf: Shelf, number: usize) -> Reply {
    let word = shelf.word();
    Reply::Note(format!(
        "That is written down already, as `{word}` {number}."
    ))
}

fn write(session: &mut Session<'_>, said: &str, shelf: Shelf) -> Vec<Reply> {
    let word = shelf.word();
    let list = shelf.list(&mut session.state.design.requirements);
    if let Some(at) = list
        .iter()
        .position(|other| other.eq_ignore_ascii_case(said))
    {
        return vec![written_already(shelf, at + 1)];
    }
    list.push(said.to_owned());
    vec![Reply::Echo(format!("{word} {}: {said}", list.len()))]
}
