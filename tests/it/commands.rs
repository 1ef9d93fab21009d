//! The commands of practice: each row of the table works, is explained, and stands in the documentation.

use std::collections::BTreeSet;
use std::time::Duration;

use sysdrill::catalog::Catalog;
use sysdrill::coach::commands::{COMMANDS, FORMS};
use sysdrill::coach::{Event, Line, Options, Reply, Session};
use sysdrill::model::Step;

/// Where the tables begin.
const MARK: &str = "cargo test --test it commands`. -->\n";

/// A session in which every example has something to work on.
fn prepared(catalog: &Catalog) -> Session<'_> {
    let problem = catalog.problems.first().expect("a problem").id.clone();
    let options = Options {
        problem,
        untimed: true,
        ..Options::default()
    };
    let (mut session, _) = Session::begin(catalog, options).expect("a session");
    for line in [
        "must do something",
        "web -> lb -> api x3 -> db",
        "set api zones=2",
    ] {
        assert!(!has_trouble(&say(&mut session, line)), "{line}");
    }
    session
}

fn say(session: &mut Session<'_>, line: &str) -> Vec<Reply> {
    session.turn(&Event {
        at: Duration::ZERO,
        line: Line::Text(line.to_owned()),
    })
}

fn has_trouble(replies: &[Reply]) -> bool {
    replies
        .iter()
        .any(|reply| matches!(reply, Reply::Trouble(_)))
}

#[test]
fn what_is_shown_of_a_name_is_the_view_and_the_component() {
    let mut session = prepared(Catalog::embedded());
    let shown = |replies: &[Reply]| {
        let titles = replies.iter().map(|reply| match reply {
            Reply::Listing(listing) => listing.title.clone(),
            Reply::Note(words) => words.clone(),
            other => format!("{other:?}"),
        });
        titles.collect::<Vec<_>>()
    };
    assert_eq!(
        shown(&say(&mut session, "show api")),
        ["Nothing is written down under api yet.", "api"]
    );
    say(&mut session, "api GET /{code} -> 302");
    let replies = say(&mut session, "show api");
    assert_eq!(shown(&replies), ["api", "api"]);
    assert_eq!(shown(&say(&mut session, "show db")), ["db"]);
}

#[test]
fn a_peak_below_what_it_is_the_peak_of_is_told() {
    let mut session = prepared(Catalog::embedded());
    for (line, is_told) in [
        ("x = 10/s peak 0", true),
        ("x = 10/s peak 5/s", true),
        ("x = 10/s peak 3", false),
        ("x = 10/s", false),
        ("x = 10/s peak 20/s", false),
        ("flow open = web -> lb -> api rate=10/s peak=5/s", true),
        ("set open peak=3", false),
        ("set open peak=0.5", true),
        ("set api zones=2", false),
    ] {
        let replies = say(&mut session, line);
        assert!(!has_trouble(&replies), "{line}: {replies:?}");
        let told = format!("{replies:?}").contains("is below what it is the peak of");
        assert_eq!(told, is_told, "{line}: {replies:?}");
    }
}

#[test]
fn quotes_of_either_sort_enclose_a_text() {
    let mut session = prepared(Catalog::embedded());
    for (line, title) in [
        ("set api title='x y'", "x y"),
        ("set api title=\"x's y\"", "x's y"),
        ("set api title='x y' zones=3", "x y"),
        ("set api title=x's y'", "x's y'"),
    ] {
        say(&mut session, line);
        let design = session.design();
        let api = design.components.iter().find(|one| one.id == "api");
        let stated = api.and_then(|api| api.title.as_deref());
        assert_eq!(stated, Some(title), "{line}");
    }
}

#[test]
fn every_example_works() {
    let catalog = Catalog::embedded();
    let examples = COMMANDS
        .iter()
        .map(|command| (command.name, command.example));
    for (name, example) in examples.chain(FORMS.iter().map(|form| (form.name, form.example))) {
        let mut session = prepared(catalog);
        let replies = say(&mut session, example);
        assert!(
            !replies.is_empty() && !has_trouble(&replies),
            "{name}: {example}: {replies:?}"
        );
    }
}

#[test]
fn every_command_is_explained() {
    let catalog = Catalog::embedded();
    let rows = COMMANDS
        .iter()
        .map(|command| (command.name, command.usage, command.summary));
    for (name, usage, summary) in rows.chain(
        FORMS
            .iter()
            .map(|form| (form.name, form.usage, form.summary)),
    ) {
        assert!(summary.ends_with('.'), "{name}: {summary}");
        let replies = say(&mut prepared(catalog), &format!("help {name}"));
        let told = replies
            .iter()
            .any(|reply| matches!(reply, Reply::Listing(listing) if listing.title == usage));
        assert!(told, "{name}: {replies:?}");
    }
}

#[test]
fn a_word_means_one_command() {
    let mut words = BTreeSet::new();
    for command in COMMANDS {
        assert!(command.usage.starts_with(command.name), "{}", command.usage);
        assert!(
            command.example.starts_with(command.name),
            "{}",
            command.example
        );
        for word in command.aliases.iter().chain([&command.name]) {
            assert!(words.insert(*word), "{word}");
        }
    }
}

#[test]
fn the_documentation_has_every_command() {
    super::docs::ends_with("practice.md", MARK, &expected());
}

fn expected() -> String {
    let head = "| line | what it does | proposed in | example |\n| --- | --- | --- | --- |\n";
    let forms = FORMS
        .iter()
        .map(|form| row(form.usage, form.summary, form.steps, form.example));
    let commands = COMMANDS.iter().map(|command| {
        row(
            command.usage,
            command.summary,
            command.steps,
            command.example,
        )
    });
    let (forms, commands): (String, String) = (forms.collect(), commands.collect());
    format!("\n## Lines that are no commands\n\n{head}{forms}\n## Commands\n\n{head}{commands}")
}

fn row(usage: &str, summary: &str, steps: &[Step], example: &str) -> String {
    let steps: Vec<&str> = steps.iter().map(|step| step.title()).collect();
    let steps = if steps.is_empty() {
        "all steps".to_owned()
    } else {
        steps.join(", ")
    };
    let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
    format!(
        "| {} | {summary} | {steps} | {} |\n",
        code(usage),
        code(example)
    )
}
