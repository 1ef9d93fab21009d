//! Random designs, of everything that reading or practice can produce.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sysdrill::model::attribute::Bearer;
use sysdrill::model::{
    Allowance, Answer, Assumption, Attribute, Attributes, Chain, Component, Connection, Decision,
    Design, Endpoint, Entity, Estimate, Figure, Flow, FlowKind, Kind, Level, Platform,
    Requirements, Route, SessionRecord, Step, Tech, Value, ValueType,
};
use sysdrill::notation::arrows::is_id;
use sysdrill::notation::design::{
    decision_from_text, endpoint_from_text, evaluate_in, normal_name,
};

use super::{AWKWARD, vocabulary};

/// Ids that YAML, arrows or the long form of a connection could take for something else.
const ODD_IDS: &[&str] = &[
    "null",
    "1",
    "010",
    "1e3",
    "...",
    "x3",
    "-a",
    "--a",
    "from",
    "to",
    "async",
    "2024-01-01",
    ".5",
    "0x1f",
    "_",
    "日本",
    "é",
    "a.b",
    "y",
    "n",
];

/// A design of up to seven components, with every part.
pub fn designs() -> impl Strategy<Value = Design> {
    unique(id(), 0..8, str::to_owned).prop_flat_map(|ids| {
        (
            drawn(&ids),
            said(ids.len()),
            figures(),
            (head(), platform_and_session()),
        )
            .prop_map(|(drawn, said, figures, (head, ends))| Design {
                problem: head.problem,
                title: head.title,
                author: head.author,
                level: head.level,
                requirements: Requirements {
                    assumptions: figures.requirements.assumptions,
                    ..said.requirements
                },
                estimates: figures.estimates,
                components: drawn.components,
                connections: drawn.connections,
                flows: drawn.flows,
                platform: ends.platform,
                session: ends.session,
                ..said
            })
    })
}

/// Text that people hardly write.
pub fn nasty() -> BoxedStrategy<String> {
    prop_oneof![
        select(AWKWARD).prop_map(str::to_owned),
        any::<String>(),
        "\\PC{0,40}",
        "[ -~]{0,60}",
        "[ab:#,\\[\\]{}?*&!|>'\"%@` \\n\\t-]{0,16}",
        "([a-z #:-]{0,12}\n){0,4}[a-z]{0,9}\n{0,2}",
        "([a-z]{1,9} ){8,20}end",
    ]
    .boxed()
}

fn id() -> impl Strategy<Value = String> {
    let any_id = "[a-zA-Z0-9_.é日-]{1,12}".prop_filter("an id", |id| is_id(id));
    prop_oneof![any_id, select(ODD_IDS).prop_map(str::to_owned)]
}

/// Texts of which no two have the same name.
fn unique(
    text: impl Strategy<Value = String>,
    count: std::ops::Range<usize>,
    name: fn(&str) -> String,
) -> impl Strategy<Value = Vec<String>> {
    vec(text, count).prop_map(move |texts| {
        let mut seen = BTreeSet::new();
        texts
            .into_iter()
            .filter(|text| seen.insert(name(text)))
            .collect()
    })
}

/// Names of entries. Merge keys are refused by the reader even in quotes.
fn names() -> impl Strategy<Value = Vec<String>> {
    let name = nasty().prop_filter("no merge key", |name| name != "<<");
    unique(name, 0..3, str::to_owned)
}

fn figure(texts: &'static [&'static str]) -> impl Strategy<Value = Figure> {
    select(texts).prop_map(|text| Figure::parse(text).expect("a figure"))
}

fn rate() -> impl Strategy<Value = Figure> {
    figure(&[
        "2000/s",
        "3.9k/s",
        "100M/month",
        "5 per minute",
        "1,000/s",
        "1_000 qps",
        "10/s * 3",
    ])
}

fn duration() -> impl Strategy<Value = Figure> {
    figure(&[
        "100ms",
        "24h",
        "4m10s",
        "1 year",
        "0.5 s",
        "1e3 s",
        "~5 days",
        "(1 day + 2h)",
    ])
}

fn share() -> impl Strategy<Value = Figure> {
    figure(&["99.99%", "0.5", "1", "0%", "1 - 5%"])
}

fn head() -> impl Strategy<Value = Design> {
    (
        of(nasty()),
        of(nasty()),
        of(nasty()),
        of(select(Level::ALL)),
    )
        .prop_map(|(problem, title, author, level)| Design {
            problem,
            title,
            author,
            level,
            ..Design::default()
        })
}

/// The components, connections and flows between these ids.
fn drawn(ids: &[String]) -> BoxedStrategy<Design> {
    if ids.is_empty() {
        return Just(Design::default()).boxed();
    }
    let components: Vec<_> = ids.iter().map(|id| component(id.clone(), ids)).collect();
    (components, vec(connection(ids), 0..9), flows(ids.len()))
        .prop_map(|(components, mut connections, flows)| {
            let mut seen = BTreeSet::new();
            connections.retain(|one| seen.insert((one.from, one.to, one.asynchronous)));
            Design {
                components,
                connections,
                flows,
                ..Design::default()
            }
        })
        .boxed()
}

fn component(id: String, ids: &[String]) -> impl Strategy<Value = Component> + use<> {
    let texts = (of(nasty()), of(nasty()), vec(nasty(), 0..3), of(nasty()));
    let plain = prop_oneof![3 => Just((None, None, vec![], None)), 1 => texts];
    (identity(), plain, attributes(Bearer::Component, ids)).prop_map(
        move |((kind, tech, tech_text, kind_stated), (title, group, tags, notes), attributes)| {
            Component {
                id: id.clone(),
                kind,
                tech,
                tech_text,
                kind_stated,
                title,
                group,
                tags,
                notes,
                attributes,
            }
        },
    )
}

type Identity = (Kind, Option<Tech>, Option<String>, bool);

fn identity() -> impl Strategy<Value = Identity> {
    let kinds: Vec<Kind> = kinds();
    let kind = select(kinds.clone()).prop_map(|kind| (kind, None, None, false));
    let unknown = nasty().prop_filter("unknown", |name| {
        vocabulary().technologies.named(name).is_none()
    });
    let foreign = (select(kinds), unknown).prop_map(|(kind, name)| (kind, None, Some(name), true));
    prop_oneof![kind, foreign, known_tech()]
}

fn kinds() -> Vec<Kind> {
    let kinds = &vocabulary().kinds;
    kinds
        .all()
        .filter(|kind| !kinds.info(*kind).group)
        .collect()
}

/// A technology under one of its names, alone or with a kind that it can serve as.
fn known_tech() -> impl Strategy<Value = Identity> {
    let names: Vec<&str> = vocabulary().technologies.every_name().collect();
    (select(names), 0..3, any::<prop::sample::Index>()).prop_map(|(name, style, index)| {
        let written = match style {
            0 => name.to_owned(),
            1 => name.to_uppercase(),
            _ => format!(" {name}-"),
        };
        let Some(tech) = vocabulary().technologies.named(&written) else {
            return identity_of(name, None);
        };
        let fitting: Vec<Kind> = kinds()
            .into_iter()
            .filter(|kind| vocabulary().can_serve_as(tech, *kind))
            .collect();
        let choice = index.index(fitting.len() * 2);
        identity_of(&written, fitting.get(choice).copied())
    })
}

fn identity_of(name: &str, kind: Option<Kind>) -> Identity {
    let tech = vocabulary().technologies.named(name).expect("a technology");
    let usual = vocabulary().technologies.info(tech).kind;
    (
        kind.unwrap_or(usual),
        Some(tech),
        Some(name.to_owned()),
        kind.is_some(),
    )
}

fn attributes(bearer: Bearer, ids: &[String]) -> impl Strategy<Value = Attributes> + use<> {
    let ids = ids.to_vec();
    let all: Vec<Attribute> = Attribute::of(bearer).collect();
    let some = prop_oneof![
        subsequence(all.clone(), 0..=2),
        subsequence(all.clone(), 0..all.len())
    ];
    some.prop_flat_map(move |some| {
        some.into_iter()
            .map(|one| {
                let is_possible = move |value: &Value| one.parse(&value.shown()).is_ok();
                let value = value(one.row().value, &ids);
                match one {
                    Attribute::Availability => {
                        let some = value.prop_filter("what is never up", is_possible);
                        (Just(one), some.boxed())
                    }
                    _ => (Just(one), value),
                }
            })
            .collect::<Vec<_>>()
    })
    .prop_map(|stated| {
        let mut attributes = Attributes::default();
        for (attribute, value) in stated {
            attributes.set(attribute, value);
        }
        attributes
    })
}

fn value(of: ValueType, ids: &[String]) -> BoxedStrategy<Value> {
    let word = |word: &str| Value::Word(word.to_owned());
    let component = select(ids.to_vec()).prop_map(Value::Word);
    match of {
        ValueType::Count { least } => (least..2_000_000).prop_map(Value::Count).boxed(),
        ValueType::Needs => {
            prop_oneof![Just(word("majority")), (1..9_u64).prop_map(Value::Count)].boxed()
        }
        ValueType::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
        ValueType::Choice(words) => select(words).prop_map(word).boxed(),
        ValueType::Rate => rate().prop_map(Value::Figure).boxed(),
        ValueType::Duration => duration().prop_map(Value::Figure).boxed(),
        ValueType::Percent => share().prop_map(Value::Figure).boxed(),
        ValueType::Number => figure(&["1", "2.5", "0.001", "3x"])
            .prop_map(Value::Figure)
            .boxed(),
        ValueType::Text => nasty()
            .prop_map(|text| Value::Word(text.trim().to_owned()))
            .boxed(),
        ValueType::Names => vec(nasty(), 1..4).prop_map(Value::Names).boxed(),
        ValueType::Component => component.boxed(),
        ValueType::YesOrComponent => {
            prop_oneof![any::<bool>().prop_map(Value::YesNo), component].boxed()
        }
    }
}

fn connection(ids: &[String]) -> impl Strategy<Value = Connection> + use<> {
    let none = Just(Attributes::default());
    let attributes = prop_oneof![2 => none, 1 => attributes(Bearer::Connection, ids)];
    (0..ids.len(), 0..ids.len(), any::<bool>(), attributes).prop_map(
        |(from, to, asynchronous, attributes)| Connection {
            from,
            to,
            asynchronous,
            attributes,
        },
    )
}

fn flows(components: usize) -> impl Strategy<Value = Vec<Flow>> {
    names().prop_flat_map(move |names| {
        names
            .into_iter()
            .map(|name| flow(name, components))
            .collect::<Vec<_>>()
    })
}

fn flow(id: String, components: usize) -> impl Strategy<Value = Flow> {
    let chains = || vec(chain(components), 1..4);
    let route = prop_oneof![
        2 => chains().prop_map(Route::Path),
        1 => chains().prop_map(Route::Any),
        1 => (0..components).prop_map(Route::From),
        1 => (0..components, 0..components).prop_map(|(from, to)| Route::Between { from, to }),
    ];
    let kind = of(select(vec![FlowKind::Read, FlowKind::Write]));
    let peak = of(prop_oneof![figure(&["3x", "2.5", "300%"]), rate()]);
    let targets = (
        of(rate()),
        peak,
        of(duration()),
        of(duration()),
        of(share()),
    );
    let none = Just((None, None, (None, None, None, None, None)));
    let details = prop_oneof![none, (of(nasty()), kind, targets)];
    (route, details).prop_map(move |(route, (title, kind, targets))| {
        let (rate, peak, latency, latency_p50, availability) = targets;
        Flow {
            id: id.clone(),
            title,
            route,
            kind,
            rate,
            peak,
            latency,
            latency_p50,
            availability,
        }
    })
}

fn chain(components: usize) -> impl Strategy<Value = Chain> {
    let stage = prop_oneof![3 => vec(0..components, 1), 1 => vec(0..components, 2..4)];
    vec((stage, any::<bool>()), 1..6).prop_map(|stages| {
        let asynchronous = stages
            .iter()
            .skip(1)
            .map(|(_, asynchronous)| *asynchronous)
            .collect();
        Chain {
            stages: stages.into_iter().map(|(stage, _)| stage).collect(),
            asynchronous,
        }
    })
}

/// The parts that are words.
fn said(components: usize) -> impl Strategy<Value = Design> {
    let texts = || vec(nasty(), 0..4);
    let requirements = (texts(), texts(), texts(), texts()).prop_map(
        |(functional, non_functional, out_of_scope, questions)| Requirements {
            functional,
            non_functional,
            out_of_scope,
            questions,
            assumptions: Vec::new(),
        },
    );
    let entries = (
        vec(endpoint(), 0..4),
        data(components),
        vec(decision(), 0..4),
        answers(),
        vec(allowance(), 0..3),
    );
    (requirements, entries).prop_map(|(requirements, (api, data, decisions, answers, allow))| {
        Design {
            requirements,
            api,
            data,
            decisions,
            answers,
            allow,
            ..Design::default()
        }
    })
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    let usual = "(GET|POST) /[a-z/{}:?=&]{0,20}( \\{[a-z, :]{0,20}\\})?( -> [1-5]0[0-9]( [a-z{}, /:]{0,20})?( \\| [1-5]0[0-9] x)?)?";
    let responses = nasty().prop_map(|text| endpoint_from_text(&format!("->{text}")).responses);
    let long =
        (nasty(), nasty(), nasty(), responses).prop_map(|(method, path, request, responses)| {
            Endpoint {
                method,
                path,
                request,
                responses,
            }
        });
    let terse = prop_oneof![nasty(), usual].prop_map(|text| endpoint_from_text(&text));
    prop_oneof![2 => terse, 1 => long]
}

fn data(components: usize) -> impl Strategy<Value = Vec<Entity>> {
    let store = if components == 0 {
        Just(None).boxed()
    } else {
        of(0..components).boxed()
    };
    let table = (store, vec(nasty(), 0..3), vec(nasty(), 0..5));
    (names(), vec(table, 3)).prop_map(|(names, tables)| {
        let entity = |(name, (store, key, fields))| Entity {
            name,
            store,
            key,
            fields,
        };
        names.into_iter().zip(tables).map(entity).collect()
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    let long = (of(nasty()), nasty(), of(nasty()), of(nasty())).prop_map(
        |(topic, choice, over, because)| Decision {
            topic,
            choice,
            over,
            because,
        },
    );
    let text = "([a-z ]{0,9}: )?[a-zA-Z0-9 ]{0,20}( over [a-z ]{0,12})?( because [a-z:, ]{0,40})?";
    prop_oneof![
        long,
        prop_oneof![nasty(), text].prop_map(|text| decision_from_text(&text))
    ]
}

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    (names(), vec(nasty(), 3)).prop_map(|(topics, texts)| {
        topics
            .into_iter()
            .zip(texts)
            .map(|(topic, text)| Answer { topic, text })
            .collect()
    })
}

fn allowance() -> impl Strategy<Value = Allowance> {
    let until = (2000..2999, 1..13, 1..29)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let reason = nasty().prop_filter("a reason", |reason| !reason.trim().is_empty());
    (nasty(), of(nasty()), reason, of(nasty()), of(until)).prop_map(
        |(rule, subject, reason, owner, until)| Allowance {
            rule,
            subject,
            reason,
            owner,
            until,
        },
    )
}

fn platform_and_session() -> impl Strategy<Value = Design> {
    let platform = (of(share()), of(share()), of(duration()), of(duration())).prop_map(
        |(zone_availability, region_availability, zone_round_trip, region_round_trip)| Platform {
            zone_availability,
            region_availability,
            zone_round_trip,
            region_round_trip,
        },
    );
    let spent = prop::collection::btree_map(select(Step::ALL), duration(), 0..5);
    let started = prop_oneof![Just("2026-11-20T18:02:11Z".to_owned()), nasty()];
    let attacks = prop::collection::vec(nasty(), 0..3);
    let session = (of(started), spent, any::<u64>(), any::<bool>(), attacks).prop_map(
        |(started, spent, hints, helped, attacks)| SessionRecord {
            attacks,
            started,
            spent,
            hints: if helped { hints } else { 0 },
        },
    );
    (of(platform), of(session)).prop_map(|(platform, session)| Design {
        platform,
        session,
        ..Design::default()
    })
}

/// Assumptions and estimates, each after what it names.
fn figures() -> impl Strategy<Value = Design> {
    let name = nasty().prop_filter("no merge key", |name| name != "<<");
    let text = prop_oneof![select(EXPRESSIONS).prop_map(str::to_owned), nasty()];
    let peak = of(figure(&["3x", "2.5"]));
    let names = unique(name, 0..4, normal_name);
    (names, vec((text, any::<bool>(), peak), 4), any::<bool>()).prop_map(
        |(names, texts, with_base)| {
            let mut design = Design::default();
            if with_base {
                assume(&mut design, "Daily users", "100M");
                assume(&mut design, "writes per-user", "0.1/day");
            }
            for (name, (text, is_assumption, peak)) in names.into_iter().zip(texts) {
                if is_assumption {
                    assume(&mut design, &name, &text);
                } else if let Ok(figure) = evaluate_in(&text, &design) {
                    design.estimates.push(Estimate { name, figure, peak });
                }
            }
            design
        },
    )
}

/// Expressions, some with names of assumptions.
const EXPRESSIONS: &[&str] = &[
    "100M/month",
    "100:1",
    "500 B",
    "3x",
    "20% of (100M * 500 B)",
    "62^7",
    "1,000,000",
    "1_000",
    "010",
    "-5%",
    " 5 ",
    "300 TB / 5 years to MB/s",
    "daily_users * writes_per_user",
    "Daily_Users * 2",
    "4m10s",
    "~1e3",
    "1 +\n2",
];

fn assume(design: &mut Design, name: &str, text: &str) {
    let figure = evaluate_in(text, design).ok();
    if figure.is_some() || !text.contains(|c: char| c.is_ascii_digit()) {
        let assumption = Assumption {
            name: name.to_owned(),
            text: text.to_owned(),
            figure,
        };
        design.requirements.assumptions.push(assumption);
    }
}
