//! Two designs beside each other: what differs is found, what is the same is not, and every format says so.

use std::process::{Command, Stdio};

use sysdrill::assess::{AssessmentDifference, Finding, assess};
use sysdrill::catalog::Catalog;
use sysdrill::model::difference::Section;
use sysdrill::model::{Design, Difference, Severity, Vocabulary};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

use super::invariance::{REFERENCES, Reference, renamed, turned};

const BASE: &str = "sysdrill: 1
title: Short links
requirements:
  functional: [Shorten a link, Follow a link]
  assumptions: {new_urls: 100M/month}
estimates: {write_qps: 100M/month, peak_qps: {value: 120/s, peak: 3x}}
components:
  web: client
  lb: {kind: load_balancer, replicas: 2}
  api: {kind: service, replicas: 6, zones: 3}
  cache: {tech: redis, ttl: 1 day, hit_ratio: 90%}
  db: {tech: postgres, replicas: 2, failover: automatic}
connections:
  - web -> lb -> api -> cache
  - api -> db: {on_miss: cache, timeout: 100ms}
flows:
  follow: {path: [web -> lb -> api -> cache, api -> db], kind: read, rate: 4k/s}
data:
  link: {store: db, key: code, fields: [code, url]}
decisions:
  - {topic: store, choice: Postgres, over: Cassandra, because: it is enough}
";

fn vocabulary() -> &'static Vocabulary {
    &Catalog::embedded().knowledge.vocabulary
}

fn design(text: &str) -> Design {
    let reading = read(text, vocabulary(), &Limits::default());
    assert!(reading.issues.is_empty(), "{text}\n{:#?}", reading.issues);
    reading.design
}

fn between(before: &str, after: &str) -> Difference {
    Difference::between(&design(before), &design(after), vocabulary())
}

/// The base with a piece replaced.
fn with(piece: &str, other: &str) -> String {
    assert!(BASE.contains(piece), "{piece}");
    BASE.replace(piece, other)
}

/// A difference in short: `components +queue -db ~api(replicas)`.
fn short(difference: &Difference) -> String {
    let section = |section: &Section| {
        let added = section.added.iter().map(|it| format!("+{}", it.name));
        let removed = section.removed.iter().map(|it| format!("-{}", it.name));
        let changed = section.changed.iter().map(|it| {
            let keys: Vec<&str> = it.edits.iter().map(|edit| edit.key.as_str()).collect();
            format!("~{}({})", it.name, keys.join(" "))
        });
        let all: Vec<String> = added.chain(removed).chain(changed).collect();
        format!("{} {}", section.name, all.join(", "))
    };
    let renamed = difference.renamed.iter();
    let renamed = renamed.map(|(before, after)| format!("{before} => {after}"));
    let sections = difference.sections.iter().map(section);
    renamed.chain(sections).collect::<Vec<_>>().join("; ")
}

#[test]
fn each_kind_of_change_is_told() {
    let cases = [
        ("title: Short links", "title: Links", "head ~(title)"),
        (
            "[Shorten a link, Follow a link]",
            "[Follow a link, Count clicks]",
            "functional +Count clicks, -Shorten a link",
        ),
        (
            "new_urls: 100M/month",
            "new_urls: 200M/month",
            "assumptions ~new_urls(value)",
        ),
        ("peak: 3x", "peak: 4x", "estimates ~peak_qps(peak)"),
        (
            "{write_qps: 100M/month, ",
            "{reads: 4k/s, ",
            "estimates +reads, -write_qps",
        ),
        (
            "replicas: 6, zones: 3",
            "replicas: 9",
            "components ~api(replicas zones)",
        ),
        ("tech: postgres", "tech: mysql", "components ~db(tech)"),
        (
            "  - web -> lb",
            "  - lb ~> db\n  - web -> lb",
            "connections +lb -> db",
        ),
        (
            "web -> lb -> api -> cache\n",
            "web -> lb -> api ~> cache\n",
            "connections ~api -> cache(async)",
        ),
        (
            "timeout: 100ms",
            "timeout: 2s, retries: 1",
            "connections ~api -> db(timeout retries)",
        ),
        (
            "rate: 4k/s",
            "rate: 5k/s, latency: 100ms",
            "flows ~follow(rate latency)",
        ),
        ("[code, url]", "[code, url, owner]", "data ~link(fields)"),
        (
            "choice: Postgres",
            "choice: MySQL",
            "decisions ~store(choice)",
        ),
    ];
    for (piece, other, expected) in cases {
        assert_eq!(
            short(&between(BASE, &with(piece, other))),
            expected,
            "{other}"
        );
        let back = between(&with(piece, other), BASE);
        assert_eq!(back.sections.len(), 1, "{other}: {back:?}");
    }
}

#[test]
fn order_and_wording_of_figures_and_names_make_no_difference() {
    let same = [
        ("ttl: 1 day", "ttl: 24h"),
        ("rate: 4k/s", "rate: 4000/s"),
        ("tech: postgres", "tech: PostgreSQL"),
        ("hit_ratio: 90%", "hit_ratio: 0.9"),
        (
            "[Shorten a link, Follow a link]",
            "[Follow a link, Shorten a link]",
        ),
        ("[code, url]", "[url, code]"),
        (
            "[web -> lb -> api -> cache, api -> db]",
            "[api -> db, web -> lb -> api -> cache]",
        ),
        (
            "  - web -> lb -> api -> cache\n",
            "  - api -> cache\n  - lb -> api\n  - web -> lb\n",
        ),
        ("write_qps: 100M/month", "write_qps: 1.2B/year * 365 / 360"),
    ];
    for (piece, other) in same {
        let difference = between(BASE, &with(piece, other));
        assert!(difference.is_empty(), "{other}: {}", short(&difference));
    }
}

#[test]
fn a_component_under_a_new_name_is_the_same_where_that_is_plain() {
    let rename = |text: &str, ids: &[(&str, &str)]| {
        let words = text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_');
        let renamed = words.map(|word| {
            let end = word
                .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_')
                .len();
            let new = ids.iter().find(|(id, _)| *id == &word[..end]);
            new.map_or(word.to_owned(), |(_, new)| format!("{new}{}", &word[end..]))
        });
        renamed.collect::<String>()
    };
    let one = rename(BASE, &[("db", "links")]);
    assert_eq!(short(&between(BASE, &one)), "db => links");
    // A name that another thing had before.
    let chain = rename(
        BASE,
        &[
            ("db", "links"),
            ("api", "app"),
            ("lb", "entry"),
            ("web", "people"),
        ],
    );
    assert_eq!(
        short(&between(BASE, &chain)),
        "api => app; db => links; lb => entry; web => people"
    );
    // Renamed, changed, and with one neighbour more.
    let changed = one
        .replace("replicas: 2, failover", "replicas: 3, failover")
        .replace("  - web -> lb", "  - lb -> links\n  - web -> lb");
    assert_eq!(
        short(&between(BASE, &changed)),
        "db => links; components ~links(replicas); connections +lb -> links"
    );
    // Another technology in its place is no other name.
    let other = one
        .replace("tech: postgres", "tech: cassandra")
        .replace(", failover: automatic", "");
    let difference = between(BASE, &other);
    assert!(difference.renamed.is_empty());
    assert!(
        short(&difference).contains("components +links, -db"),
        "{}",
        short(&difference)
    );
}

#[test]
fn of_several_that_could_be_meant_none_is_unless_they_are_alike() {
    let two = |ids: [&str; 2], replicas: [u8; 2]| {
        let [a, b] = ids;
        let [m, n] = replicas;
        format!(
            "sysdrill: 1\ncomponents: {{api: service, {a}: {{kind: worker, replicas: {m}}}, {b}: {{kind: worker, replicas: {n}}}}}\n\
            connections: [api -> {a}, api -> {b}]\n"
        )
    };
    let told_apart = between(&two(["a", "b"], [2, 3]), &two(["x", "y"], [3, 2]));
    assert_eq!(short(&told_apart), "a => y; b => x");
    let alike = between(&two(["a", "b"], [2, 2]), &two(["x", "y"], [2, 2]));
    assert_eq!(short(&alike), "a => x; b => y");
    let unclear = between(&two(["a", "b"], [2, 2]), &two(["x", "y"], [4, 5]));
    assert!(unclear.renamed.is_empty(), "{}", short(&unclear));
}

#[test]
fn a_reference_in_disguise_differs_in_names_alone() {
    for Reference { name, design, .. } in REFERENCES.iter() {
        let difference = Difference::between(design, &turned(&renamed(design)), vocabulary());
        assert!(
            difference.sections.is_empty(),
            "{name}: {}",
            short(&difference)
        );
        assert_eq!(difference.renamed.len(), design.components.len(), "{name}");
        let none = Difference::between(design, &turned(design), vocabulary());
        assert!(none.is_empty(), "{name}: {}", short(&none));
    }
}

#[test]
fn findings_that_came_went_and_stayed_add_up_both_ways() {
    let is_grave = |finding: &Finding| finding.is_fault() && finding.severity >= Severity::Major;
    let judged = |text: &str| assess(&design(text), Catalog::embedded(), None);
    let texts = [
        BASE.to_owned(),
        with("replicas: 2, failover: automatic", "replicas: 1")
            .replace("rate: 4k/s", "rate: 4k/s, availability: 99.99%"),
        with("  db: {", "  links: {")
            .replace("-> db", "-> links")
            .replace("store: db", "store: links"),
    ];
    for (one, other) in [(0, 1), (0, 2), (1, 2), (1, 1)] {
        let (before, after) = (&texts[one], &texts[other]);
        let assessments = (judged(before), judged(after));
        let forth =
            AssessmentDifference::between(&assessments.0, &assessments.1, &between(before, after));
        let back =
            AssessmentDifference::between(&assessments.1, &assessments.0, &between(after, before));
        let stay = forth.same + forth.changed.len();
        assert_eq!(forth.went.len() + stay, assessments.0.findings.len());
        assert_eq!(forth.came.len() + stay, assessments.1.findings.len());
        assert_eq!(
            (forth.came.len(), forth.went.len()),
            (back.went.len(), back.came.len())
        );
        assert_eq!(
            (forth.gained.len(), forth.lost.len()),
            (back.lost.len(), back.gained.len())
        );
        assert_eq!(forth.points.len(), back.points.len());
        let is_only_renamed = (one, other) == (0, 2);
        let is_same = one == other || is_only_renamed;
        let stays = forth.came.is_empty() && forth.went.is_empty() && forth.points.is_empty();
        assert_eq!(stays, is_same, "{one} to {other}: {forth:#?}");
        assert_eq!(
            forth.is_worse(is_grave),
            (one, other) == (0, 1),
            "{one} to {other}"
        );
        assert_eq!(
            back.is_worse(is_grave),
            (one, other) == (1, 2),
            "{one} from {other}"
        );
    }
}

/// The base, and what is worse and under a harmful title.
fn compared(arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let worse = with("replicas: 2, failover: automatic", "replicas: 1")
        .replace("rate: 4k/s", "rate: 4k/s, availability: 99.99%")
        .replace("title: Short links", r#"title: "\e[2J<b>\u202e""#);
    let broken = "sysdrill: 1\nlevel: junior\n";
    let settings = "ignore: [topic:scalability]\n";
    for (name, text) in [
        ("base", BASE),
        ("worse", &worse),
        ("broken", broken),
        ("mild.yaml", settings),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_sysdrill"))
        .current_dir(folder.path())
        .arg("diff")
        .args(arguments)
        .output()
        .expect("an end");
    let text = String::from_utf8(output.stdout).expect("text");
    (output.status.code(), text)
}

#[test]
fn text_and_markdown_tell_what_differs_and_harmful_text_stays_text() {
    let (code, text) = compared(&["base", "worse"]);
    assert_eq!(code, Some(0));
    for part in [
        "~ db: replicas 2 -> 1",
        "failover automatic -> not stated",
        "Findings\n",
        "  + store-on-one-machine: major, ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    let asked = [
        "base",
        "worse",
        "--format",
        "markdown",
        "--fail-on",
        "major",
    ];
    let (code, markdown) = compared(&asked);
    assert_eq!(code, Some(1));
    for part in [
        "| **score** |",
        "### Components",
        "- changed db: replicas 2 -&gt; 1",
        "&lt;b&gt;",
    ] {
        assert!(markdown.contains(part), "{part}\n{markdown}");
    }
}

#[test]
fn json_tells_what_differs_and_what_can_t_be_compared_is_trouble() {
    let (code, json) = compared(&["base", "worse", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((code, &json["version"]), (Some(0), &1.into()));
    let edit = &json["sections"][1]["changed"][0]["edits"][0];
    assert_eq!(
        (&edit["before"], &edit["after"]),
        (&"2".into(), &"1".into())
    );
    let added = json["findings"]["added"].as_array().expect("a list");
    assert!(!added.is_empty());
    for finding in added {
        assert!(finding["location"]["line"].is_number() && finding["fingerprint"].is_string());
    }
    let percent = |side: &str| json[side]["score"]["percent"].as_f64();
    assert!(percent("before") > percent("after"));
    assert_eq!(compared(&["base", "broken"]).0, Some(2));
    assert_eq!(compared(&["base", "nowhere"]).0, Some(2));
    assert_eq!(compared(&["-", "-"]).0, Some(2));
}

#[test]
fn both_are_judged_by_the_configuration_that_is_named() {
    let rules = |arguments: &[&str]| -> Vec<String> {
        let (code, json) = compared(&[&["base", "worse", "--format", "json"], arguments].concat());
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(code, Some(0), "{json}");
        let added = json["findings"]["added"].as_array().expect("a list");
        let rules = added.iter().map(|finding| finding["rule"].to_string());
        rules.collect()
    };
    let (all, milder) = (rules(&[]), rules(&["--config", "mild.yaml"]));
    assert!(milder.len() < all.len(), "{all:?} {milder:?}");
}

/// What was is judged like what is, wherever it is kept.
#[test]
fn a_design_as_it_was_is_judged_on_the_terms_of_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    let text = with("replicas: 2, failover: automatic", "replicas: 1");
    write("pay/a.design.yaml", &text);
    write("old.yaml", &text);
    write(
        "sysdrill.yaml",
        "ignore: [topic:databases]\noverrides: [{designs: pay/, level: staff, ignore: [topic:scalability]}]\n",
    );
    for (before, after) in [
        ("-", "pay/a.design.yaml"),
        ("pay/a.design.yaml", "-"),
        ("old.yaml", "pay/a.design.yaml"),
    ] {
        let mut process = Command::new(env!("CARGO_BIN_EXE_sysdrill"))
            .current_dir(folder.path())
            .args(["diff", before, after, "--fail-on", "note"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut input = process.stdin.take().expect("input");
        std::io::Write::write_all(&mut input, text.as_bytes()).expect("written");
        drop(input);
        let output = process.wait_with_output().expect("an end");
        let said = String::from_utf8(output.stdout).expect("text");
        assert_eq!(output.status.code(), Some(0), "{before} {after}: {said}");
        assert!(!said.contains("judged as"), "{said}");
    }
}
