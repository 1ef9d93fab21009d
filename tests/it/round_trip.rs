//! What is written reads back: to the letter for a whole design, by ours and by another reader for awkward texts, and
//! for random designs.

mod designs;

use proptest::prelude::*;
use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::model::{
    Answer, Assumption, Attribute, Component, Connection, Decision, Design, Endpoint, Entity,
    Requirements, Response, Value, Vocabulary,
};
use sysdrill::notation::design::{Reading, endpoint_from_text, read, write};
use sysdrill::notation::drawing;
use sysdrill::notation::yaml::Limits;
use sysdrill::source::{Gravity, Issue};

/// A design in the very form in which it is written.
const GOLDEN: &str = include_str!("round_trip/golden.design.yaml");

/// Texts that some reader of YAML takes for something else, or can't read without quotes.
const AWKWARD: &[&str] = &[
    "",
    " ",
    "no",
    "yes",
    "on",
    "Off",
    "y",
    "N",
    "true",
    "FALSE",
    "null",
    "Null",
    "~",
    "<<",
    "=",
    "302",
    "-1",
    "+1",
    "1.5",
    ".5",
    "1.",
    "1e3",
    "1_000",
    "1,000",
    "010",
    "0o17",
    "0x1f",
    "0b11",
    "1:30",
    "190:20:30.15",
    ".inf",
    "-.INF",
    ".nan",
    "2024-01-01",
    "2001-12-14t21:59:43.10-05:00",
    "12e03",
    "- item",
    "-",
    "--- x",
    "...",
    "? key",
    ": value",
    "a: b",
    "ends:",
    "a #b",
    "#hash",
    "&anchor",
    "*alias",
    "!tag",
    "| bar",
    "> fold",
    "%percent",
    "@at",
    "`tick`",
    "\"double\"",
    "'single'",
    "it's",
    "back\\slash",
    " lead",
    "trail ",
    "\ttab",
    "a\tb",
    "[a]",
    "{a}",
    "{a: b}",
    "a, b",
    "],",
    "why?",
    "line\nbreak",
    "end\n",
    "\nstart",
    "two\n\n",
    "a\n\n\nb",
    "a\n  b\n c",
    "a \nb",
    "# a\n# b",
    "- a\n- b",
    "---\n...",
    "cr\rlf\r\n",
    "nul\0",
    "bell\u{7}",
    "del\u{7f}",
    "nel\u{85}x",
    "ls\u{2028}x",
    "ps\u{2029}x",
    "\u{feff}bom",
    "mid\u{feff}bom",
    "nbsp\u{a0}",
    "\u{a0}",
    "\u{202e}bidi",
    "日本語",
    "🚀 launch",
    "é",
    "\u{fffe}",
    "\u{10ffff}",
    "a -> b",
    "a ~> b",
    "x over y because z",
    "topic: choice",
    "$ref",
    "${x}",
    "a\u{200b}b",
    "Ünïcode: ja",
    "0.0.0.0",
    "1.2.3",
    "00:00",
    "a:",
    ":",
    "::",
    "key:\tvalue",
    "\\n",
    "%TAG",
    "a # b # c",
    "100%",
    "50 %",
    "!",
    "&",
    "*",
    "e3",
    "_",
];

fn vocabulary() -> &'static Vocabulary {
    &Catalog::embedded().knowledge.vocabulary
}

fn reading(text: &str) -> Reading {
    read(text, vocabulary(), &Limits::default())
}

/// What is written of a text that is read.
fn rewritten(text: &str) -> String {
    let reading = reading(text);
    assert!(reading.issues.is_empty(), "{:?}\n{text}", reading.issues);
    write(&reading.design, vocabulary())
}

/// What is written of a part beside a few components.
fn part(text: &str) -> String {
    let components = "components:\n  web: client\n  api: service\n  cache: redis\n  db: postgres\n";
    let all = rewritten(&format!("sysdrill: 1\n{components}{text}"));
    let rest = all.strip_prefix("sysdrill: 1\n").expect("the format first");
    rest.replace(components, "")
        .trim_start_matches('\n')
        .replace("\n\n", "\n")
}

/// Writes a design and expects it back.
fn comes_back(design: &Design) -> String {
    let text = write(design, vocabulary());
    let back = reading(&text);
    // Any numbers may contradict each other, which is warned of.
    let is_error = |issue: &&Issue| issue.gravity == Gravity::Error;
    let issue = back.issues.iter().find(is_error);
    let before = text.get(..issue.map_or(0, |issue| issue.span.start));
    assert!(issue.is_none(), "{text}\n{issue:?} after\n{before:?}");
    assert!(
        back.design == *design,
        "{}\n{text}",
        difference(&back.design, design)
    );
    text
}

/// The first lines in which two designs differ.
fn difference(found: &Design, expected: &Design) -> String {
    let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
    let mut lines = found.lines().zip(expected.lines());
    lines
        .find(|(found, expected)| found != expected)
        .map_or_else(String::new, |(found, expected)| {
            format!("{found}\ninstead of\n{expected}")
        })
}

#[test]
fn a_whole_design_is_written_as_a_person_would() {
    let written = rewritten(GOLDEN);
    for (line, expected) in written.lines().zip(GOLDEN.lines()) {
        assert_eq!(line, expected, "{written}");
    }
    assert_eq!(written, GOLDEN);
}

#[test]
fn every_embedded_design_comes_back() {
    let designs = EMBEDDED
        .iter()
        .filter(|(path, _)| path.ends_with(".design.yaml"));
    for (path, text) in designs {
        let first = reading(text);
        let written = write(&first.design, vocabulary());
        let back = reading(&written);
        assert_eq!(back.design, first.design, "{path}\n{written}");
        assert!(
            back.issues.len() <= first.issues.len(),
            "{path}: {:?}\n{written}",
            back.issues
        );
        assert_eq!(write(&back.design, vocabulary()), written, "{path}");
    }
}

proptest! {
    #![proptest_config(super::same_cases(256))]

    #[test]
    fn any_design_comes_back_and_is_written_the_same_again(design in designs::designs()) {
        let text = comes_back(&design);
        let again = write(&reading(&text).design, vocabulary());
        prop_assert_eq!(&again, &text);
        let value: serde_yaml::Value = serde_yaml::from_str(&text).expect(&text);
        let title = value.get("title").and_then(serde_yaml::Value::as_str);
        prop_assert_eq!(title, design.title.as_deref());
    }

    #[test]
    fn any_text_is_the_same_to_another_reader(text in designs::nasty(), topic in designs::nasty()) {
        prop_assume!(topic != "<<");
        let answers = vec![Answer { topic: topic.clone(), text: text.clone() }];
        let requirements = Requirements { out_of_scope: vec![text.clone()], ..Requirements::default() };
        let written = comes_back(&Design { answers, requirements, ..Design::default() });
        let value: serde_yaml::Value = serde_yaml::from_str(&written).expect(&written);
        let answer = value.get("answers").and_then(|answers| answers.get(topic.as_str())?.as_str());
        prop_assert_eq!(answer, Some(text.as_str()));
        let first = value.get("requirements").and_then(|parts| parts.get("out_of_scope")?.get(0)?.as_str());
        prop_assert_eq!(first, Some(text.as_str()));
    }
}

#[test]
fn an_empty_design_is_its_format_alone() {
    assert_eq!(comes_back(&Design::default()), "sysdrill: 1\n");
}

#[test]
fn other_ways_to_write_the_same_become_the_terse_one() {
    let table = [
        (
            "connections: [{from: web, to: api}, {from: api, to: db}]",
            "connections:\n  - web -> api -> db\n",
        ),
        (
            "connections:\n  - web -> api: {async: yes}",
            "connections:\n  - web ~> api\n",
        ),
        (
            "flows: {f: {path: [web -> api]}}",
            "flows:\n  f: web -> api\n",
        ),
        (
            "flows: {f: {path: web -> (api), latency: {p99: 1s}}}",
            "flows:\n  f: {path: web -> api, latency: 1s}\n",
        ),
        (
            "api: [{method: GET, path: /, response: [200, '404 none']}]",
            "api:\n  - GET / -> 200 | 404 none\n",
        ),
        ("data: {t: {fields: [a, b]}}", "data:\n  t: [a, b]\n"),
        ("data: {t: {}}", "data:\n  t: []\n"),
        (
            "decisions: [{choice: SQL, because: joins}]",
            "decisions:\n  - SQL because joins\n",
        ),
        (
            "decisions: ['store: SQL over files']",
            "decisions:\n  - {topic: store, choice: SQL, over: files}\n",
        ),
        (
            "answers: {a: [one, two]}",
            "answers:\n  a: |-\n    one\n    two\n",
        ),
        (
            "requirements: {functional: one, out_of_scope: two}",
            "requirements:\n  functional:\n    - one\n  out_of_scope: [two]\n",
        ),
        ("platform: {}", "platform: {}\n"),
        ("session: {hints: 0}", "session: {}\n"),
    ];
    for (text, expected) in table {
        assert_eq!(part(text), expected, "{text}");
    }
}

#[test]
fn chains_end_where_the_next_connection_starts_elsewhere() {
    let written =
        part("connections: [web -> api, api -> cache, api -> db, db ~> cache, cache -> api]");
    assert_eq!(
        written,
        "connections:\n  - web -> api -> cache\n  - api -> db ~> cache -> api\n"
    );
}

#[test]
fn connections_with_the_same_attributes_share_a_chain() {
    let written =
        part("connections: [web -> api, api -> cache: {timeout: 1s}, cache -> db: {timeout: 1s}]");
    assert_eq!(
        written,
        "connections:\n  - web -> api\n  - api -> cache -> db: {timeout: 1s}\n"
    );
}

#[test]
fn a_long_chain_is_cut_at_the_width_and_goes_on() {
    let mut design = Design::default();
    for at in 0..30 {
        let id = format!("service-{at}");
        let meaning = vocabulary().meaning("service").expect("a kind");
        design
            .components
            .push(drawing::component(&id, meaning, "service", vocabulary()));
    }
    design.connections = (1..30)
        .map(|to| Connection::new(to - 1, to, false))
        .collect();
    let text = comes_back(&design);
    let chains: Vec<&str> = text.lines().filter(|line| line.contains("->")).collect();
    assert!(
        chains.len() > 2
            && chains
                .iter()
                .all(|line| line.len() <= 100 && line.len() > 80),
        "{text}"
    );
}

#[test]
fn awkward_texts_come_back_from_us_and_from_another_reader() {
    assert!(AWKWARD.len() >= 64);
    for text in AWKWARD {
        let said = (*text).to_owned();
        let design = Design {
            title: Some(said.clone()),
            decisions: vec![Decision {
                choice: said.clone(),
                because: Some(said.clone()),
                ..Decision::default()
            }],
            answers: vec![Answer {
                topic: "t".to_owned(),
                text: said.clone(),
            }],
            requirements: Requirements {
                out_of_scope: vec![said.clone()],
                functional: vec![said.clone()],
                ..Requirements::default()
            },
            ..Design::default()
        };
        let written = comes_back(&design);
        let value: serde_yaml::Value = serde_yaml::from_str(&written).expect(&written);
        for found in [
            value.get("title"),
            value.get("answers").and_then(|answers| answers.get("t")),
            value
                .get("requirements")
                .and_then(|parts| parts.get("out_of_scope")?.get(0)),
            value
                .get("requirements")
                .and_then(|parts| parts.get("functional")?.get(0)),
        ] {
            assert_eq!(
                found.and_then(serde_yaml::Value::as_str),
                Some(*text),
                "{written}"
            );
        }
        let choice = value
            .get("decisions")
            .and_then(|decisions| decisions.get(0)?.get("choice")?.as_str());
        assert!(choice.is_none_or(|choice| choice == *text), "{written}");
    }
}

#[test]
fn awkward_topics_come_back_from_us_and_from_another_reader() {
    for topic in AWKWARD.iter().filter(|topic| **topic != "<<") {
        let answers = vec![Answer {
            topic: (*topic).to_owned(),
            text: "said".to_owned(),
        }];
        let written = comes_back(&Design {
            answers,
            ..Design::default()
        });
        let value: serde_yaml::Value = serde_yaml::from_str(&written).expect(&written);
        let topics = value
            .get("answers")
            .and_then(serde_yaml::Value::as_mapping)
            .expect(&written);
        assert_eq!(
            topics.keys().next().and_then(serde_yaml::Value::as_str),
            Some(*topic),
            "{written}"
        );
    }
}

#[test]
fn awkward_names_of_tables_and_keys_come_back() {
    for text in AWKWARD.iter().filter(|text| **text != "<<") {
        let name = (*text).to_owned();
        let entity = Entity {
            name: name.clone(),
            key: vec![name.clone()],
            fields: vec![name.clone(), name],
            store: None,
        };
        comes_back(&Design {
            data: vec![entity],
            ..Design::default()
        });
    }
}

#[test]
fn every_endpoint_that_text_can_say_comes_back() {
    let odd = [
        "GET /a -> 201\t5 items",
        "-> 099",
        "-> 200",
        "GET",
        "GET /a b c -> -> x",
        "A /b {c: d, e: [f]} -> 201 {g} | 302/301 h",
        "GET /a -> 12 items",
        "GET /a -> ok | | 404",
        "grpc Users.Get",
        "GET /a?b=c#d: e -> 200 a -> b",
    ];
    for text in odd.iter().chain(AWKWARD) {
        comes_back(&Design {
            api: vec![endpoint_from_text(text)],
            ..Design::default()
        });
    }
}

#[test]
fn endpoints_that_no_line_can_say_are_written_as_maps() {
    for method in AWKWARD {
        let endpoint = Endpoint {
            method: (*method).to_owned(),
            path: "/with space".to_owned(),
            request: String::new(),
            responses: vec![Response {
                status: Some(7),
                body: "5 items".to_owned(),
            }],
        };
        let text = comes_back(&Design {
            api: vec![endpoint],
            ..Design::default()
        });
        assert!(text.contains("method:"), "{text}");
    }
}

#[test]
fn components_of_every_technology_come_back_under_every_name() {
    let vocabulary = vocabulary();
    let mut design = Design::default();
    for (at, name) in vocabulary.technologies.every_name().enumerate() {
        let tech = vocabulary.technologies.named(name).expect(name);
        let kind = vocabulary.technologies.info(tech).kind;
        let component = Component {
            tech: Some(tech),
            tech_text: Some(name.to_owned()),
            kind,
            ..blank(&format!("c{at}"))
        };
        design.components.push(Component {
            id: format!("d{at}"),
            kind_stated: true,
            ..component.clone()
        });
        design.components.push(component);
    }
    comes_back(&design);
}

#[test]
fn components_of_every_kind_come_back() {
    let kinds = &vocabulary().kinds;
    let mut design = Design::default();
    for id in kinds.component_ids() {
        let kind = kinds.named(id).expect(id);
        design.components.push(Component {
            kind,
            ..blank(&format!("a-{id}"))
        });
        design.components.push(Component {
            kind,
            title: Some(id.to_owned()),
            ..blank(&format!("b-{id}"))
        });
        let tech_text = Some("home made".to_owned());
        design.components.push(Component {
            kind,
            tech_text,
            kind_stated: true,
            ..blank(&format!("c-{id}"))
        });
    }
    comes_back(&design);
}

#[test]
fn a_technology_that_nobody_wrote_is_written_by_its_id() {
    let vocabulary = vocabulary();
    let tech = vocabulary.technologies.named("redis").expect("redis");
    let kind = vocabulary.technologies.info(tech).kind;
    let component = Component {
        kind,
        tech: Some(tech),
        tech_text: Some("a cache".to_owned()),
        ..blank("cache")
    };
    let text = write(
        &Design {
            components: vec![component],
            ..Design::default()
        },
        vocabulary,
    );
    assert!(text.ends_with("cache: redis\n"), "{text}");
}

#[test]
fn one_name_with_spaces_around_it_is_a_list() {
    let mut component = blank("db");
    component.kind = vocabulary().kinds.named("sql_db").expect("a kind");
    for name in AWKWARD {
        let names = Value::Names(vec![(*name).to_owned()]);
        component.attributes.set(Attribute::PartitionKey, names);
        comes_back(&Design {
            components: vec![component.clone()],
            ..Design::default()
        });
    }
}

#[test]
fn answers_to_one_topic_are_joined() {
    let answer = |text: &str| Answer {
        topic: "t".to_owned(),
        text: text.to_owned(),
    };
    let design = Design {
        answers: vec![answer("one"), answer("two")],
        ..Design::default()
    };
    let text = write(&design, vocabulary());
    assert_eq!(reading(&text).design.answers, [answer("one\ntwo")]);
}

#[test]
fn assumptions_in_words_come_back_as_words() {
    for text in AWKWARD
        .iter()
        .filter(|text| !text.contains(|c: char| c.is_ascii_digit()))
    {
        let assumption = Assumption {
            name: "login".to_owned(),
            text: (*text).to_owned(),
            figure: None,
        };
        let mut design = Design::default();
        design.requirements.assumptions.push(assumption);
        comes_back(&design);
    }
}

#[test]
fn a_topic_of_any_length_comes_back() {
    let answers = vec![Answer {
        topic: "why ".repeat(1_000),
        text: "one\ntwo".to_owned(),
    }];
    comes_back(&Design {
        answers,
        ..Design::default()
    });
}

fn blank(id: &str) -> Component {
    let vocabulary = vocabulary();
    let meaning = vocabulary.meaning("service").expect("a kind");
    drawing::component(id, meaning, "service", vocabulary)
}
