//! `show`, `status`, `time`, `help`: what there is.
//!
//! Knows which views there are; how things read in a line is the sheet's business.

use super::{COMMANDS, Completes, FLOW_KEYS, FORMS, keys, named};
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::coach::{ending, guide, interviewer, sheet};
use crate::drawing::{self, Picture};
use crate::model::attribute::Bearer;
use crate::model::spelling::{self, counted};
use crate::model::{Attribute, Design, Step};

/// A part of the design as rows.
type Rows = fn(&Session<'_>) -> Vec<(String, String)>;

/// What `show` lists.
pub(in crate::coach) const VIEWS: &[(&str, Rows)] = &[
    ("requirements", |session| {
        let mut rows = sheet::requirements(&session.state.design);
        let open = session.state.asked.iter();
        rows.extend(open.map(|question| ("asked".to_owned(), question.clone())));
        rows
    }),
    ("estimates", |session| {
        sheet::estimates(&session.state.design)
    }),
    ("data", |session| sheet::data(&session.state.design)),
    ("api", |session| sheet::api(&session.state.design)),
    ("flows", |session| sheet::flows(&session.state.design)),
    ("decisions", |session| {
        sheet::decisions(&session.state.design)
    }),
    ("answers", |session| sheet::answers(&session.state.design)),
];

/// The view that is the design file.
pub(in crate::coach) const DESIGN: &str = "design";

/// `show [VIEW|NAME]`
pub(super) fn show(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let word = request.rest;
    let design = &session.state.design;
    if word.is_empty() {
        return drawing(session);
    }
    let mut shown = if word == DESIGN {
        vec![Reply::Picture(ending::written(session))]
    } else {
        listing(session, word)
    };
    // A component may be called as a view is: `api`.
    if let Some(at) = design.component(word) {
        let rows = sheet::component(design, at, session.vocabulary());
        shown.push(Reply::listing(word, rows));
    }
    if !shown.is_empty() {
        return shown;
    }
    let views = VIEWS.iter().map(|(name, _)| *name).chain([DESIGN]);
    let ids = design
        .components
        .iter()
        .map(|component| component.id.as_str());
    let known: Vec<&str> = views.chain(ids).collect();
    let help = spelling::did_you_mean(word, &known)
        .or_else(|| Some("`help show` lists what can be shown".to_owned()));
    vec![Reply::trouble_at(
        request.span_of(word),
        format!("nothing to show for `{word}`"),
        help,
    )]
}

pub(in crate::coach) fn drawing(session: &Session<'_>) -> Vec<Reply> {
    let design = &session.state.design;
    if design.components.is_empty() {
        return vec![Reply::Note(
            "Nothing is drawn yet. Arrows draw: `web -> lb -> api`.".to_owned(),
        )];
    }
    let picture = Picture::plain(design, session.vocabulary());
    vec![Reply::Picture(drawing::tree(&picture))]
}

/// A part of the design.
pub(super) fn listing(session: &Session<'_>, view: &str) -> Vec<Reply> {
    let Some((name, rows)) = VIEWS.iter().find(|(name, _)| *name == view) else {
        return Vec::new();
    };
    let rows = rows(session);
    if rows.is_empty() {
        return vec![Reply::Note(format!(
            "Nothing is written down under {name} yet."
        ))];
    }
    vec![Reply::listing(*name, rows)]
}

/// `status`
pub(super) fn status(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    let step = session.state.step;
    let left = session.clock.left_in_words(step);
    let mut rows = vec![(
        "step".to_owned(),
        format!(
            "{} of {}, {}{left}",
            step.index() + 1,
            Step::ALL.len(),
            step.title()
        ),
    )];
    rows.extend(contents(&session.state.design));
    let hints: usize = session.hints.values().sum();
    rows.push(("hints".to_owned(), hints.to_string()));
    if let Some(question) = interviewer::open_question(session) {
        rows.push(("question".to_owned(), question.ask.clone()));
    }
    vec![Reply::listing("Status", rows)]
}

/// How much of everything there is.
fn contents(design: &Design) -> Vec<(String, String)> {
    let requirements = &design.requirements;
    let (must, quality) = (
        requirements.functional.len(),
        requirements.non_functional.len(),
    );
    let (out, questions) = (
        requirements.out_of_scope.len(),
        requirements.questions.len(),
    );
    let parts = [
        (
            "requirements",
            format!(
                "{must} must, {quality} quality, {out} out; {}",
                counted(questions, "question", "questions")
            ),
        ),
        (
            "figures",
            format!(
                "{} assumed, {} estimated",
                requirements.assumptions.len(),
                design.estimates.len()
            ),
        ),
        (
            "drawing",
            format!(
                "{}, {}, {}",
                counted(design.components.len(), "component", "components"),
                counted(design.connections.len(), "arrow", "arrows"),
                counted(design.flows.len(), "flow", "flows"),
            ),
        ),
        (
            "details",
            format!(
                "{}, {}, {}, {}",
                counted(design.data.len(), "table", "tables"),
                counted(design.api.len(), "operation", "operations"),
                counted(design.decisions.len(), "decision", "decisions"),
                counted(design.answers.len(), "answer", "answers"),
            ),
        ),
    ];
    parts
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect()
}

/// `time`
pub(super) fn time(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    let listing = session.clock.listing(Some(session.state.step));
    vec![listing.map_or_else(no_time, Reply::Listing)]
}

/// `pause`
pub(super) fn pause(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    if !session.clock.is_running() {
        return vec![no_time()];
    }
    session.clock.pause();
    let words = "The clock stands still. Any line goes on, an empty one too.";
    vec![Reply::Note(words.to_owned())]
}

fn no_time() -> Reply {
    Reply::Note("No time is kept in this session.".to_owned())
}

/// What `help` knows beside commands and forms: what a component can be.
pub(in crate::coach) const KINDS: &str = "kinds";

/// `help [COMMAND|kinds]`
pub(super) fn help(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let word = request.rest.trim_matches('`');
    if word.is_empty() {
        return guide::overview(session.state.step);
    }
    if word == KINDS {
        return guide::kinds(&session.catalog.knowledge.vocabulary);
    }
    if let Some(form) = FORMS
        .iter()
        .find(|form| form.name == word || format!("{}s", form.name) == word)
    {
        return vec![explained(form.usage, form.summary, form.example, &[])];
    }
    if let Some(attribute) = attribute(word) {
        return vec![attribute];
    }
    if let Some(command) = named(word) {
        let mut told = explained(
            command.usage,
            command.summary,
            command.example,
            command.aliases,
        );
        if let Reply::Listing(listing) = &mut told {
            listing.rows.extend(keys_of(command.completes));
        }
        return vec![told];
    }
    let names: Vec<&str> = COMMANDS
        .iter()
        .map(|command| command.name)
        .chain(FORMS.iter().map(|form| form.name))
        .chain([KINDS])
        .collect();
    let help = spelling::nearest(word, names).map_or_else(
        || "`help` alone lists them".to_owned(),
        |name| format!("did you mean `{name}`?"),
    );
    vec![Reply::trouble_at(
        request.span_of(word),
        format!("no command `{word}`"),
        help,
    )]
}

/// The help that a question such as "how do I delete an arrow?" asks for; none where it asks for something else.
pub(in crate::coach) fn way_to(session: &Session<'_>, question: &str) -> Option<Vec<Reply>> {
    let talk = session.talk();
    let (command, _) = super::begins(&talk.way_to(question)?)?;
    Some(vec![explained(
        command.usage,
        command.summary,
        command.example,
        command.aliases,
    )])
}

/// What a command can state, by what bears it.
fn keys_of(completes: Completes) -> Vec<(String, String)> {
    let component = || keys(Bearer::Component).collect::<Vec<_>>();
    let arrow = || keys(Bearer::Connection).collect::<Vec<_>>();
    let all = match completes {
        Completes::Attributes => vec![
            ("components", component()),
            ("arrows", arrow()),
            ("flows", FLOW_KEYS.to_vec()),
        ],
        Completes::Flow => vec![("keys", FLOW_KEYS.to_vec())],
        _ => Vec::new(),
    };
    all.into_iter()
        .map(|(bearer, keys)| (bearer.to_owned(), keys.join(", ")))
        .collect()
}

/// What an attribute means, and how it is written.
fn attribute(name: &str) -> Option<Reply> {
    let (bearer, of) = [
        (Bearer::Component, "api"),
        (Bearer::Connection, "api -> db"),
    ]
    .into_iter()
    .find(|(bearer, _)| Attribute::named(name, *bearer).is_some())?;
    let row = Attribute::named(name, bearer)?.row();
    let example = format!("set {of} {name}={}", row.value.example());
    Some(explained(row.name, row.doc, &example, &[]))
}

fn explained(usage: &str, summary: &str, example: &str, aliases: &[&str]) -> Reply {
    let mut rows = vec![
        ("what".to_owned(), summary.to_owned()),
        ("example".to_owned(), example.to_owned()),
    ];
    if !aliases.is_empty() {
        rows.push(("also".to_owned(), aliases.join(", ")));
    }
    Reply::listing(usage, rows)
}
