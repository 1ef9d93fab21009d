//! The content: rules pass their own examples, references score, fixtures draw what they name.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sysdrill::assess::{self, Finding, Outcome};
use sysdrill::catalog::{Catalog, EMBEDDED, embedded_for, load};
use sysdrill::model::quantity::Dimension;
use sysdrill::model::{
    Answer, Figure, Kind, Level, Quality, Range, Severity, Surrounding, Vocabulary,
};
use sysdrill::notation::yaml::Limits;
use sysdrill::report::{Checked, check_text};
use sysdrill::rubric::{Problem, identify};
use sysdrill::source::{Gravity, Source};

use super::invariance::{REFERENCES, Reference, judged_by};

pub(super) fn designs(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

/// The built-in content read in full, as files of one's own are: with phrases that are there for tests alone.
pub static WHOLE: LazyLock<Catalog> = LazyLock::new(|| {
    let loaded = load(&[], EMBEDDED);
    assert!(loaded.mistakes.is_empty(), "{:?}", loaded.mistakes.len());
    loaded.catalog
});

fn check(path: &Path, catalog: &Catalog) -> Checked {
    let text = std::fs::read_to_string(path).expect("a design");
    let checked = check_text(
        Source::new(path.display().to_string(), text),
        catalog,
        Some(Level::Senior),
        &Limits::default(),
    );
    assert!(
        checked.issues.is_empty(),
        "{}: {:?}",
        path.display(),
        checked.issues
    );
    checked
}

/// The rules that found something at or above a severity, each once, in order.
fn drawn(findings: &[Finding], least: Severity) -> Vec<String> {
    let mut rules: Vec<String> = findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::Missed && finding.severity >= least)
        .map(|finding| finding.rule.clone())
        .collect();
    rules.sort();
    rules.dedup();
    rules
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let catalog = Catalog::embedded();
    let mut failures = Vec::new();
    let mut run = 0;
    for (path, text) in EMBEDDED.iter().filter(|(path, _)| {
        path.starts_with("rubrics/general/") || path.starts_with("rubrics/problems/")
    }) {
        let examples = assess::run_examples(&Source::new(*path, *text), catalog);
        run += examples.run;
        failures.extend(
            examples
                .failures
                .into_iter()
                .map(|failure| format!("{path}: {failure:?}")),
        );
        failures.extend(
            examples
                .issues
                .into_iter()
                .map(|issue| format!("{path}: {issue:?}")),
        );
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(
        run >= 4 * catalog.rules.len(),
        "{run} examples for {} rules",
        catalog.rules.len()
    );
}

#[test]
fn every_concept_hears_its_phrases_and_no_others() {
    let catalog = &*WHOLE;
    let language = &catalog.knowledge.language;
    let mut wrong = Vec::new();
    let all = catalog.knowledge.concepts.0.values();
    assert!(all.clone().all(|concept| !concept.hits.is_empty()));
    for concept in catalog.knowledge.concepts.0.values() {
        wrong.extend(
            concept
                .hits
                .iter()
                .filter(|phrase| !language.mentions(concept, phrase))
                .map(|phrase| format!("{} misses: {phrase}", concept.id)),
        );
        wrong.extend(
            concept
                .misses
                .iter()
                .filter(|phrase| language.mentions(concept, phrase))
                .map(|phrase| format!("{} hears: {phrase}", concept.id)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Wordings are only searched where one of their beginnings stands.
#[test]
fn every_mention_is_found_where_it_begins() {
    let knowledge = &WHOLE.knowledge;
    let (mut wrong, mut mentions) = (Vec::new(), 0);
    for concept in knowledge.concepts.0.values() {
        for phrase in concept.hits.iter().chain(&concept.misses) {
            let text = phrase.to_ascii_lowercase();
            let found: Vec<usize> = knowledge
                .worded_in(&text)
                .filter(|(other, _)| other.id == concept.id)
                .map(|(_, range)| range.start)
                .collect();
            let all = concept.wordings.ranges(&text);
            mentions += all.len();
            let missed = all.iter().filter(|range| !found.contains(&range.start));
            wrong.extend(missed.map(|range| format!("{}: {}", concept.id, &text[range.clone()])));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(mentions > 1_000, "{mentions}");
}

/// Rules look for wordings where one can begin, the interviewer in the whole of an answer: they hear the same.
#[test]
fn rules_hear_what_the_interviewer_hears() {
    let catalog = Catalog::embedded();
    let language = &catalog.knowledge.language;
    let mut wrong = Vec::new();
    let mut heard = 0;
    for reference in REFERENCES.iter() {
        assess::ask(&reference.design, catalog, None, |asked| {
            let passages = asked.scene.passages();
            let called = asked.scene.problem.map(|problem| &problem.called);
            for (id, concept) in &catalog.knowledge.concepts.0 {
                let mentions = asked.scene.mentions(id);
                heard += mentions.len();
                for (at, passage) in passages.iter().enumerate() {
                    let text = &passage.text;
                    let is_heard = language.mentions_in(concept, text, called);
                    // Rules leave out what a reason says of what was rejected.
                    let is_meant = is_heard && !passage.is_against(concept);
                    if is_meant != mentions.contains(&at) {
                        wrong.push(format!("{id} in {text:?}"));
                    }
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(heard > 1_000, "{heard}");
}

#[test]
fn there_are_as_many_rules_and_technologies_as_promised() {
    let catalog = Catalog::embedded();
    let general = catalog
        .rules
        .iter()
        .filter(|rule| rule.problem.is_none())
        .count();
    assert!(general >= 90, "{general} general rules");
    for problem in &catalog.problems {
        let own = catalog
            .rules
            .iter()
            .filter(|rule| rule.problem.as_ref() == Some(&problem.id))
            .count();
        assert!(own >= 15, "{} rules for {}", own, problem.id);
    }
    assert!(catalog.knowledge.vocabulary.technologies.all().count() >= 250);
}

#[test]
fn the_catalog_knows_what_the_quick_reference_names() {
    let catalog = Catalog::embedded();
    let unknown: Vec<&str> = NAMED_IN_THE_QUICK_REFERENCE
        .iter()
        .copied()
        .filter(|name| catalog.knowledge.vocabulary.meaning(name).is_none())
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

const NAMED_IN_THE_QUICK_REFERENCE: &[&str] = &[
    "CloudFront",
    "Akamai",
    "Cloudflare",
    "Fastly",
    "AWS ALB",
    "NLB",
    "Nginx",
    "HAProxy",
    "Envoy",
    "Kong",
    "AWS API Gateway",
    "Apigee",
    "Redis",
    "Postgres",
    "PostgreSQL",
    "PgBouncer",
    "Cassandra",
    "MongoDB",
    "DynamoDB",
    "DAX",
    "Neo4j",
    "InfluxDB",
    "TimescaleDB",
    "Kafka",
    "RabbitMQ",
    "SQS",
    "Kafka Streams",
    "Flink",
    "Kafka Connect",
    "Debezium",
    "Elasticsearch",
    "S3",
    "MySQL",
    "ZooKeeper",
    "etcd",
    "CouchDB",
    "Riak",
    "CockroachDB",
    "Consul",
    "Istio",
    "Linkerd",
    "Prometheus",
    "Grafana",
    "Datadog",
    "CloudWatch",
    "ELK",
    "Logstash",
    "Kibana",
    "Splunk",
    "Jaeger",
    "Zipkin",
    "AWS X-Ray",
    "OpenTelemetry",
    "PagerDuty",
    "OpsGenie",
    "Vault",
    "AWS Secrets Manager",
    "APNs",
    "FCM",
    "SES",
    "Twilio",
    "Spark",
];

/// Every usual range of the catalog with what it belongs to and its dimension.
fn every_range(vocabulary: &Vocabulary) -> Vec<(String, Dimension, &Range)> {
    let kinds = vocabulary
        .kinds
        .all()
        .map(|kind| vocabulary.kinds.info(kind));
    let usual = kinds.map(|info| (&info.id, &info.usual)).chain(
        vocabulary
            .technologies
            .all()
            .map(|tech| (&tech.id, tech.usual())),
    );
    let of_nodes = usual.flat_map(|(id, usual)| {
        Quality::ALL.iter().filter_map(move |what| {
            let name = format!("{id}.{}", what.word());
            Some((name, what.row().dimension, usual.get(*what)?))
        })
    });
    let around = Surrounding::ALL.iter().map(|what| {
        let range = vocabulary.surroundings.range(*what);
        (what.word().to_owned(), what.dimension(), range)
    });
    of_nodes.chain(around).collect()
}

#[test]
fn every_usual_range_goes_upwards_in_its_dimension_and_has_a_source() {
    let catalog = Catalog::embedded();
    let ranges = every_range(&catalog.knowledge.vocabulary);
    assert!(ranges.len() >= 500, "{} ranges", ranges.len());
    for (name, dimension, range) in ranges {
        let (from, to) = (range.from.quantity, range.to.quantity);
        assert_eq!(from.dimension, dimension, "{name}");
        assert_eq!(to.dimension, dimension, "{name}");
        assert!(from.value <= to.value, "{name}");
        assert!(range.source.trim().len() >= 8, "{name}: {:?}", range.source);
        let is_share = name.ends_with(".availability") || name.ends_with(".hit_ratio");
        assert!(!is_share || to.value <= 1.0, "{name}");
        let may_be_nothing = name.ends_with(".hit_ratio");
        assert!(from.value > 0.0 || may_be_nothing, "{name}");
    }
}

/// The families whose kinds work on requests.
const FAMILIES: [&str; 5] = ["edge", "compute", "datastore", "cache", "messaging"];

fn works(vocabulary: &Vocabulary, kind: Kind) -> bool {
    let families = FAMILIES.map(|id| vocabulary.kinds.named(id).expect("a family"));
    families
        .iter()
        .any(|family| vocabulary.kinds.is_a(kind, *family))
}

#[test]
fn every_kind_that_works_on_requests_has_a_usual_latency_and_availability() {
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let mut checked = 0;
    for kind in vocabulary
        .kinds
        .all()
        .filter(|kind| works(vocabulary, *kind))
    {
        let info = vocabulary.kinds.info(kind);
        if info.group {
            continue;
        }
        checked += 1;
        for what in [Quality::Latency, Quality::Availability] {
            let range = vocabulary.usual(kind, None, what);
            assert!(range.is_some(), "{} without {}", info.id, what.title());
        }
        let splits = info.holds_data && vocabulary.usual(kind, None, Quality::Storage).is_none();
        assert!(!splits, "{} without {}", info.id, Quality::Storage.title());
    }
    assert!(checked >= 25, "{checked} kinds");
}

#[test]
fn kinds_inherit_and_technologies_come_first() {
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let kind = |id: &str| vocabulary.kinds.named(id).expect("a kind");
    let tech = |id: &str| vocabulary.technologies.named(id);
    let usual = |id: &str, name: Option<&str>, what: Quality| {
        vocabulary.usual(kind(id), name.and_then(tech), what)
    };
    let inherited = usual("worker", None, Quality::Availability);
    assert!(inherited.is_some());
    assert_eq!(inherited, usual("compute", None, Quality::Availability));
    let queue = usual("message_queue", Some("redis"), Quality::Capacity);
    assert_eq!(queue, usual("cache", Some("redis"), Quality::Capacity));
    assert_ne!(queue, usual("message_queue", None, Quality::Capacity));
    assert_eq!(usual("object_store", Some("s3"), Quality::Capacity), None);
    assert_eq!(
        usual("message_queue", Some("redis"), Quality::HitRatio),
        None
    );
    assert!(usual("cache", Some("redis"), Quality::HitRatio).is_some());
    assert_eq!(usual("client", None, Quality::Latency), None);
}

#[test]
fn what_is_remote_is_run_by_others() {
    let catalog = Catalog::embedded();
    let kinds = &catalog.knowledge.vocabulary.kinds;
    let infos = kinds.all().map(|kind| kinds.info(kind));
    let remote: Vec<_> = infos.filter(|info| info.remote).collect();
    assert!(remote.len() >= 6, "{} remote kinds", remote.len());
    for info in remote {
        assert!(info.provided, "{} is remote", info.id);
    }
}

#[test]
fn something_can_change_in_the_middle_of_every_interview() {
    for problem in &Catalog::embedded().problems {
        assert!(problem.twists.len() >= 2, "{}", problem.id);
        for twist in &problem.twists {
            assert!(!twist.looks_for.is_empty(), "{}", twist.id);
            for (name, text) in &twist.assume {
                assert!(Figure::parse(text).is_ok(), "{}: {name} = {text}", twist.id);
            }
        }
    }
}

#[test]
fn references_of_different_schools_score_ninety_and_draw_nothing_above_a_note() {
    for problem in &Catalog::embedded().problems {
        let of_it = |reference: &&Reference| reference.design.problem.as_ref() == Some(&problem.id);
        assert!(
            REFERENCES.iter().filter(of_it).count() >= 3,
            "{}",
            problem.id
        );
    }
    for reference in REFERENCES.iter() {
        let (name, percent) = (reference.name, reference.verdict.score.percent);
        assert!(percent >= 90.0, "{name}: {percent}%");
        let score = &reference.verdict.score;
        let sum: f64 = score.steps.iter().map(|step| step.earned).sum();
        assert!((sum - score.hints - score.earned).abs() < 0.01, "{name}");
        let sum: f64 = score.steps.iter().map(|step| step.possible).sum();
        assert!((sum - score.possible).abs() < 0.01, "{name}");
        assert_eq!(
            drawn(&reference.verdict.findings, Severity::Minor),
            Vec::<String>::new(),
            "{name}"
        );
    }
}

#[test]
fn own_files_that_nothing_reads_are_named() {
    let rules = "rules: []\n";
    let own = [
        ("rubrics/my-rules.yaml", rules),
        ("rubrics/general/team/more.yaml", rules),
        ("rubrics/general/team.yaml", rules),
        ("rubrics/.cache/rules.yaml", rules),
        ("problems/chat/equivalents.yaml", "equivalents: []\n"),
        ("problems/chat/fixtures/good.design.yaml", "sysdrill: 1\n"),
        ("templates/own.yaml", rules),
    ];
    let mistakes = load(EMBEDDED, &own).mistakes;
    let named: Vec<&str> = mistakes
        .iter()
        .map(|(file, _)| file.name.as_str())
        .collect();
    assert_eq!(
        named,
        ["rubrics/my-rules.yaml", "rubrics/general/team/more.yaml"]
    );
    let issues = mistakes.iter().flat_map(|(_, issues)| issues);
    assert!(
        issues
            .clone()
            .all(|issue| issue.gravity == Gravity::Warning && issue.help.is_some())
    );
}

/// What is read where a single design of a problem is checked.
fn catalog_for(problem: &str) -> Catalog {
    let loaded = load(&embedded_for(problem), &[]);
    let mistakes = &loaded.mistakes;
    assert!(mistakes.is_empty(), "{problem} needs more: {mistakes:?}");
    loaded.catalog
}

#[test]
fn the_content_of_one_problem_judges_as_all_of_it_does() {
    for problem in &Catalog::embedded().problems {
        let is_of_it =
            |reference: &&Reference| reference.design.problem.as_ref() == Some(&problem.id);
        let reference = REFERENCES.iter().find(is_of_it).expect("a reference");
        let catalog = catalog_for(&problem.id);
        assert!(catalog.rules.len() < Catalog::embedded().rules.len());
        let verdict = judged_by(&reference.design, &catalog);
        assert_eq!(verdict, reference.verdict, "{}", reference.name);
        // What the interviewers of other problems ask about is not known there.
        let mut talkative = reference.design.clone();
        let topics = Catalog::embedded().problems.iter();
        let topics = topics.flat_map(Problem::topics).map(|topic| Answer {
            topic,
            text: "As I said.".to_owned(),
        });
        talkative.answers.extend(topics);
        let verdict = judged_by(&talkative, &catalog);
        let among_others = judged_by(&talkative, Catalog::embedded());
        assert_eq!(verdict, among_others, "{}", reference.name);
    }
}

/// A fixture says in a comment at its head what it draws at minor or above: `# draws: rule, rule` or `# draws: nothing`;
/// and where a band is promised: `# band: hire`.
#[test]
fn fixtures_draw_exactly_what_they_say() {
    for problem in &Catalog::embedded().problems {
        let catalog = &catalog_for(&problem.id);
        for path in designs(&format!("problems/{}/fixtures", problem.id)) {
            let text = std::fs::read_to_string(&path).expect("a design");
            let said = |key: &str| {
                text.lines()
                    .find_map(|line| line.strip_prefix(key))
                    .map(str::trim)
                    .map(str::to_owned)
            };
            let checked = check(&path, catalog);
            if let Some(draws) = said("# draws:") {
                let mut wanted: Vec<String> = draws
                    .split(',')
                    .map(|rule| rule.trim().to_owned())
                    .filter(|rule| rule != "nothing")
                    .collect();
                wanted.sort();
                let assessment = checked.assessment.as_ref().expect("a readable design");
                assert_eq!(
                    drawn(&assessment.findings, Severity::Minor),
                    wanted,
                    "{}",
                    path.display()
                );
            }
            if let Some(band) = said("# band:") {
                let found = checked
                    .assessment
                    .as_ref()
                    .map(|assessment| assessment.score.band.word());
                assert_eq!(found, Some(band.as_str()), "{}", path.display());
            }
            assert!(
                said("# draws:").is_some() || said("# band:").is_some(),
                "{} says nothing of what it draws",
                path.display()
            );
        }
    }
}

/// What the sheet calls a good answer has to be one for the interviewer, who asks again where half of the concepts, or two
/// of them, are not heard, and for a number where the question is after one.
#[test]
fn every_good_answer_is_heard_as_one() {
    let catalog = Catalog::embedded();
    let knowledge = &catalog.knowledge;
    let mut failed = Vec::new();
    for problem in &catalog.problems {
        let dives = problem
            .deep_dives
            .iter()
            .map(|dive| (&dive.id, dive.ask.text(), &dive.looks_for, &dive.good));
        let probes = problem
            .probes
            .iter()
            .map(|probe| (&probe.id, probe.ask.text(), &probe.looks_for, &probe.good));
        let twists = problem
            .twists
            .iter()
            .map(|twist| (&twist.id, twist.ask.clone(), &twist.looks_for, &twist.good));
        for (id, ask, looks_for, good) in dives.chain(probes).chain(twists) {
            let is_heard = |concept: &&String| {
                let concept = knowledge.concepts.0.get(*concept);
                concept.is_some_and(|concept| knowledge.language.mentions(concept, good))
            };
            let heard: Vec<&String> = looks_for.iter().filter(is_heard).collect();
            if knowledge.language.numbers.are_missing(&ask, good) {
                failed.push(format!("{} {id}: no number in {good}", problem.id));
            }
            let enough = looks_for.len().div_ceil(2).min(2);
            if heard.len() < enough {
                failed.push(format!(
                    "{} {id}: {heard:?} of {looks_for:?}: {good}",
                    problem.id
                ));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn a_number_is_asked_for_by_the_question_and_given_in_digits_or_words() {
    let numbers = &Catalog::embedded().knowledge.language.numbers;
    for (question, answer, missing) in [
        ("How long until the last visitor is stopped?", "soon", true),
        (
            "How long until the last visitor is stopped?",
            "within a minute or two",
            false,
        ),
        (
            "How many receipts go where?",
            "a quarter of a million",
            false,
        ),
        (
            "Write down the answer of a redirect, header by header.",
            "Location, no-store",
            false,
        ),
        ("Ten times the users. What breaks first?", "the index", true),
        (
            "Redirects grow a hundredfold. What do you change?",
            "the cache",
            false,
        ),
    ] {
        assert_eq!(
            numbers.are_missing(question, answer),
            missing,
            "{question} {answer}"
        );
    }
}

#[test]
fn what_is_told_under_the_name_of_a_figure_is_one() {
    let catalog = Catalog::embedded();
    let figures = &catalog.knowledge.figures;
    let mut failed = Vec::new();
    for problem in &catalog.problems {
        for (name, text) in problem.facts.iter().flat_map(|fact| &fact.assume) {
            let figure = identify(name, figures, Some(problem));
            if figure.is_some() && Figure::parse(text).is_err() {
                failed.push(format!(
                    "{}: {name} = {text} stands in the way of {figure:?}",
                    problem.id
                ));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
