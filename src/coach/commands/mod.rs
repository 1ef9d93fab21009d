//! The commands: one row each. Reading a line, help, completion and the documentation all go through this table.
//!
//! Knows which commands there are; what each does stands in its own module.

mod analysis;
mod attributes;
mod details;
mod drawing;
mod editing;
mod estimates;
mod fault;
mod flows;
mod guidance;
mod known;
mod moves;
mod names;
mod pending;
mod reference;
mod removal;
mod requirements;
mod routes;
mod targets;
mod views;

pub(super) use analysis::ordered as whatif_ordered;
pub(super) use attributes::{as_set, is_settable, keys};
pub(super) use drawing::{draw, names_components};
pub(super) use editing::{edited, merged};
pub(super) use estimates::{state_figure, value_of};
pub(super) use flows::KEYS as FLOW_KEYS;
pub(super) use guidance::feedback;
pub(super) use moves::{gone_back, gone_on, leave, taken_back};
pub(super) use pending::{Pending, answer_kind};
pub(super) use removal::names;
pub(super) use requirements::{Shelf, headed, heads_list, item, rewritten};
pub(super) use views::{DESIGN, KINDS, VIEWS, drawing as drawn, way_to};

use super::line::Request;
use super::reply::Reply;
use super::session::Session;
use crate::model::Step;

/// A command.
pub struct Command {
    /// The word that it begins with.
    pub name: &'static str,
    /// Other words for it; some are of several words.
    pub aliases: &'static [&'static str],
    /// How it is written, names in capitals, what can be left out in brackets.
    pub usage: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// A line that works.
    pub example: &'static str,
    /// The steps in which it is proposed; none means all. It works in every step.
    pub steps: &'static [Step],
    /// How a sentence is known that happens to begin with the name.
    pub sentence: Sentence,
    /// What follows the name.
    pub takes: Takes,
    /// How what follows is completed.
    pub completes: Completes,
    /// Does it.
    pub run: for<'c> fn(&mut Session<'c>, Request<'_>) -> Vec<Reply>,
}

/// How a sentence is known that happens to begin with the name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// Not at all: the name is an order.
    Never,
    /// The name is its subject, and a verb follows: "data is split by user".
    Subject,
    /// The name belongs to an "of": "out of five nodes three answer".
    Of,
    /// Unless an operation of the interface follows: "api retries 3 times".
    Operation,
    /// Nothing is assigned in several words: "assume each post is 1 KB".
    Unassigned,
}

/// What follows the name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing, or words that add nothing: "undo that one, please".
    Nothing,
    /// Nothing, or a word.
    Word,
    /// A text.
    Text,
    /// A text that may end in a question mark and is no question to the interviewer.
    Words,
}

impl Takes {
    /// A line with more words than this after the name is no such command but a sentence that happens to begin so.
    pub(super) const fn most_words(self) -> usize {
        match self {
            Self::Word => 3,
            Self::Nothing | Self::Text | Self::Words => usize::MAX,
        }
    }
}

/// How what follows the name of a command is completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completes {
    /// Not at all.
    Nothing,
    /// Names of commands.
    Commands,
    /// What can be shown.
    Views,
    /// A component or an arrow, then attributes.
    Attributes,
    /// A new name with a kind.
    Kinds,
    /// Components, then what a flow states.
    Flow,
    /// Anything that has a name.
    Names,
    /// Figures.
    Figures,
    /// What a table states.
    Data,
    /// Topics that were asked for.
    Topics,
}

/// A form of line that begins with no command.
pub struct Form {
    /// What it is called in `help`.
    pub name: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// A line that works.
    pub example: &'static str,
    /// The steps in which it is proposed; none means all.
    pub steps: &'static [Step],
}

use Step::{Detailed, Estimation, HighLevel, Requirements, Scale};

/// What a line can be beside a command.
pub const FORMS: &[Form] = &[
    Form {
        name: "question",
        usage: "QUESTION?",
        summary: "Asks the interviewer; what is answered becomes an assumption.",
        example: "how many daily users?",
        steps: &[Requirements],
    },
    Form {
        name: "figure",
        usage: "NAME = EXPRESSION [peak 3x]",
        summary: "Works out an estimate; units and names of other figures can be used.",
        example: "read_qps = 40/s * 100 peak 3x",
        steps: &[Estimation],
    },
    Form {
        name: "arrow",
        usage: "A -> B, C ~> D",
        summary: "Draws components and who calls whom; ~> is for what nobody waits for, x3 for replicas, name:kind for the kind.",
        example: "web -> lb -> api x3 -> cache, db",
        steps: &[HighLevel],
    },
    Form {
        name: "sentence",
        usage: "A SENTENCE",
        summary: "Is offered as the line that it means, a requirement, a figure or a drawing; `yes` does that.",
        example: "I'd assume 200 bytes for a message",
        steps: &[Requirements, Estimation, HighLevel],
    },
    Form {
        name: "text",
        usage: "\"\"\"",
        summary: "Begins a text of several lines, which the same sign ends; a line that ends in `\\` goes on in the next. A paste of prose is one answer.",
        example: "\"\"\"the cache is asked first, then the store\"\"\"",
        steps: &[Detailed, Scale],
    },
    Form {
        name: "block",
        usage: "KEY: {YAML}",
        summary: "States parts of the design as its file has them, on one line or on several up to an empty one: components, connections, flows, data, estimates and the rest.",
        example: "components: {metrics: prometheus}",
        steps: &[HighLevel, Detailed],
    },
];

macro_rules! commands {
    ($($name:literal [$($alias:literal),*] $usage:literal $steps:expr, $sentence:ident $takes:ident $completes:ident $run:path,
        $summary:literal, $example:literal;)+) => {
        /// Every command, in the order of the interview, then those that are always there.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: $name,
            aliases: &[$($alias),*],
            usage: $usage,
            summary: $summary,
            example: $example,
            steps: $steps,
            sentence: Sentence::$sentence,
            takes: Takes::$takes,
            completes: Completes::$completes,
            run: $run,
        }),+];
    };
}

commands! {
    "must" ["functional requirements", "functional requirement", "functional", "fr", "frs"] "must TEXT" &[Requirements], Never Text Nothing requirements::must,
        "Records what the system has to do.", "must users can send a message";
    "quality" ["nfr", "nfrs", "non-functional requirements", "non functional requirements", "non-functional", "non functional"] "quality TEXT" &[Requirements], Of Text Nothing requirements::quality,
        "Records how well it has to do it, best with a number.", "quality reads answer within 100 ms at p99";
    "out" ["out of scope"] "out TEXT" &[Requirements], Of Text Nothing requirements::out,
        "Records what is left out of scope.", "out payments";
    "assume" ["assumption", "assumptions"] "assume NAME = VALUE" &[Requirements, Estimation], Unassigned Text Figures requirements::assume,
        "Records what you take as given.", "assume dau = 100M";
    "add" ["draw"] "add NAME[: KIND]" &[HighLevel], Never Text Kinds drawing::add,
        "Adds a component without an arrow.", "add metrics";
    "set" [] "set NAME|A -> B KEY=VALUE..." &[HighLevel, Scale], Never Text Attributes attributes::set,
        "States attributes of a component, an arrow or a flow.", "set api replicas=6 zones=3";
    "unset" [] "unset NAME|A -> B KEY..." &[HighLevel], Never Text Attributes attributes::unset,
        "Takes attributes back.", "unset api replicas";
    "rm" ["remove", "delete"] "rm NAME|A -> B|LIST NUMBER" &[HighLevel], Never Text Names removal::rm,
        "Takes out a component, an arrow, a figure, a flow, a table, an answer, or an entry of a list.", "rm web -> lb";
    "rename" ["mv"] "rename OLD NEW" &[HighLevel], Never Text Names drawing::rename,
        "Gives a component another name.", "rename api links-api";
    "flow" [] "flow NAME = A -> B -> C [kind=read rate=R latency=T availability=P]" &[HighLevel], Subject Text Flow flows::flow,
        "Says which way a user's journey takes, how often, and its targets; more chains after a semicolon.",
        "flow open = web -> lb -> api kind=read rate=3.9k/s latency=100ms availability=99.99%";
    "data" ["table"] "data NAME: key K, store S, fields A B C" &[Detailed], Subject Text Data details::data,
        "States a table: its key, where it is kept, its columns.", "data user: key user_id, store db, fields user_id name";
    "api" [] "api METHOD /path {request} -> STATUS {response}" &[Detailed], Operation Text Nothing details::api,
        "States an operation of the interface.", "api POST /v1/users {name} -> 201 {user_id} | 429";
    "decide" [] "decide [TOPIC:] CHOICE [over OTHER] [because REASON]" &[Detailed], Never Words Nothing details::decide,
        "Records a choice with its reason.", "decide store: one leader over sharding because writes are few";
    "answer" [] "answer [TOPIC:] TEXT" &[Detailed, Scale], Never Words Topics details::answer,
        "Records an answer under a topic, or to the open question.", "answer monitoring: rate, errors and p99, alerts on the error budget";
    "show" ["ls"] "show [VIEW|NAME]" &[], Never Word Views views::show,
        "Draws the architecture; or lists requirements, estimates, data, api, flows, decisions, answers; or shows the design file, or a component.", "show requirements";
    "hint" [] "hint" &[], Never Nothing Nothing guidance::hint,
        "Asks for help with the open question, a direction first, then an answer; or else with the step: a question, a direction, an answer. Each costs a little.", "hint";
    "edit" [] "edit [discard]" &[], Never Word Nothing editing::edit,
        "Opens the design in your editor ($VISUAL, $EDITOR); what was left with mistakes is opened again, or dropped by `edit discard`.", "edit";
    "check" ["feedback"] "check" &[], Never Nothing Nothing guidance::check,
        "Shows feedback on the design so far.", "check";
    "whatif" ["analyze"] "whatif [kill NAME] [load 10x] [slow NAME=+50ms] [cold]" &[Scale], Never Text Names analysis::whatif,
        "Computes availability, latency and load of your journeys, and what a failure or more load does to them.", "whatif kill db load 10x";
    "ref" ["lookup"] "ref [WORDS]" &[], Never Words Nothing reference::look_up,
        "Looks something up in the quick reference.", "ref cache-aside";
    "status" [] "status" &[], Subject Nothing Nothing views::status,
        "Shows where you are and what there is.", "status";
    "time" ["clock"] "time" &[], Subject Nothing Nothing views::time,
        "Shows the time spent and left.", "time";
    "pause" ["break"] "pause" &[], Never Nothing Nothing views::pause,
        "Stops the clock until the next line.", "pause";
    "next" ["go on", "move on", "continue"] "next [step]" &[], Never Nothing Nothing moves::next,
        "Goes on: skips the open question, or else goes to the next step.", "next";
    "skip" [] "skip" &[], Never Nothing Nothing moves::skip,
        "Skips the open question.", "skip";
    "back" ["go back"] "back" &[], Never Nothing Nothing moves::back,
        "Goes back to the step before.", "back";
    "undo" [] "undo" &[], Never Nothing Nothing moves::undo,
        "Takes back the last change.", "undo";
    "redo" [] "redo" &[], Never Nothing Nothing moves::redo,
        "Makes it again.", "redo";
    "save" [] "save [FILE]" &[], Never Word Nothing moves::save,
        "Writes the design file, from then on to another one where it is named.", "save";
    "finish" [] "finish" &[], Never Nothing Nothing moves::finish,
        "Ends the interview with the report.", "finish";
    "quit" ["exit", "q"] "quit" &[], Never Nothing Nothing moves::quit,
        "Leaves; `--resume` goes on where you left.", "quit";
    "help" ["?"] "help [COMMAND|kinds]" &[], Never Word Commands views::help,
        "Shows the commands, or one of them, or what a component can be.", "help set";
}

/// The command that goes by a word.
pub(super) fn named(word: &str) -> Option<&'static Command> {
    let is_called = |name: &str| name.eq_ignore_ascii_case(word);
    COMMANDS
        .iter()
        .find(|command| command.names().any(is_called))
}

/// The command that a line begins with, and what follows: behind the longest of its names, and a colon or question mark.
pub(super) fn begins(line: &str) -> Option<(&'static Command, &str)> {
    let found = COMMANDS.iter().flat_map(|command| {
        let ends = command.names().filter_map(|name| end_of_name(line, name));
        ends.map(move |end| (command, end))
    });
    let (command, end) = found.max_by_key(|(_, end)| *end)?;
    Some((command, line.get(end..).unwrap_or_default().trim_start()))
}

/// The byte behind a name at the beginning of a line, if it stands there as a word.
fn end_of_name(line: &str, name: &str) -> Option<usize> {
    let (start, rest) = line.split_at_checked(name.len())?;
    let behind = rest.strip_prefix([':', '?']).unwrap_or(rest);
    let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (ends && start.eq_ignore_ascii_case(name)).then(|| line.len() - behind.len())
}

impl Command {
    /// Its name and the others.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// The commands that are proposed in a step.
pub(super) fn of_step(step: Step) -> impl Iterator<Item = &'static Command> {
    COMMANDS
        .iter()
        .filter(move |command| command.steps.contains(&step))
}

/// The commands that are proposed in all steps.
pub(super) fn always() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().filter(|command| command.steps.is_empty())
}
