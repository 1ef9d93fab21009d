//! The content: rules pass their own examples, references score, fixtures draw what they name.

use std::path::{Path, PathBuf};

use sysdrill::assess::{self, Outcome};
use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::model::{Level, Severity};
use sysdrill::notation::yaml::Limits;
use sysdrill::report::{Checked, check_text};
use sysdrill::source::Source;

fn designs(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

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
fn drawn(checked: &Checked, least: Severity) -> Vec<String> {
    let assessment = checked.assessment.as_ref().expect("a readable design");
    let mut rules: Vec<String> = assessment
        .findings
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
        let examples = assess::run_examples(&Source::new(*path, *text), &catalog);
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
    let catalog = Catalog::embedded();
    let language = &catalog.knowledge.language;
    let mut wrong = Vec::new();
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

#[test]
fn there_are_as_many_rules_and_technologies_as_promised() {
    let catalog = Catalog::embedded();
    let general = catalog
        .rules
        .iter()
        .filter(|rule| rule.problem.is_none())
        .count();
    assert!(general >= 30, "{general} general rules");
    for problem in &catalog.problems {
        let own = catalog
            .rules
            .iter()
            .filter(|rule| rule.problem.as_ref() == Some(&problem.id))
            .count();
        assert!(own >= 15, "{} rules for {}", own, problem.id);
    }
    assert!(catalog.knowledge.vocabulary.technologies.all().count() >= 150);
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

#[test]
fn references_of_different_schools_score_ninety_and_draw_nothing_above_a_note() {
    let catalog = Catalog::embedded();
    for problem in &catalog.problems {
        let references = designs(&format!("problems/{}/references", problem.id));
        assert!(
            references.len() >= 3,
            "{} has {} references",
            problem.id,
            references.len()
        );
        for path in references {
            let checked = check(&path, &catalog);
            let percent = checked
                .assessment
                .as_ref()
                .map_or(0.0, |assessment| assessment.score.percent);
            assert!(percent >= 90.0, "{}: {percent}%", path.display());
            assert_eq!(
                drawn(&checked, Severity::Minor),
                Vec::<String>::new(),
                "{}",
                path.display()
            );
        }
    }
}

/// A fixture says in a comment at its head what it draws at minor or above: `# draws: rule, rule` or `# draws: nothing`;
/// and where a band is promised: `# band: hire`.
#[test]
fn fixtures_draw_exactly_what_they_say() {
    let catalog = Catalog::embedded();
    for problem in &catalog.problems {
        for path in designs(&format!("problems/{}/fixtures", problem.id)) {
            let text = std::fs::read_to_string(&path).expect("a design");
            let said = |key: &str| {
                text.lines()
                    .find_map(|line| line.strip_prefix(key))
                    .map(str::trim)
                    .map(str::to_owned)
            };
            let checked = check(&path, &catalog);
            if let Some(draws) = said("# draws:") {
                let mut wanted: Vec<String> = draws
                    .split(',')
                    .map(|rule| rule.trim().to_owned())
                    .filter(|rule| rule != "nothing")
                    .collect();
                wanted.sort();
                assert_eq!(
                    drawn(&checked, Severity::Minor),
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
