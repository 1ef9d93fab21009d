//! Which words of a design count: not a topic whose value denies it, not in full a term in a bare list or one that a decision
//! rejects, and no more than its own subject is denied by what stands behind it.

use sysdrill::assess::{self, Outcome};
use sysdrill::catalog::Catalog;
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

const DRAWN: &str = "
components: {app: client, lb: load_balancer, s: {kind: service, replicas: 3}, db: postgres}
connections: [app -> lb -> s -> db]
flows: {ask: {path: app -> lb -> s -> db, kind: read, rate: 5k/s}}
";

/// What a rule makes of a design for a problem with some more lines.
fn outcome(rule: &str, problem: &str, lines: &str) -> Option<Outcome> {
    let catalog = Catalog::embedded();
    let text = format!("sysdrill: 1\nproblem: {problem}\n{DRAWN}{lines}\n");
    let reading = read(&text, &catalog.knowledge.vocabulary, &Limits::default());
    let design = reading.design;
    let rule = catalog.rules.iter().find(|it| it.id == rule);
    let rule = rule.expect("a rule");
    assess::ask(&design, catalog, None, |asked| {
        asked.outcomes(rule).first().copied()
    })
}

#[test]
fn a_value_that_denies_takes_its_topic_with_it() {
    let alerted = |value: &str| {
        let answers = format!("answers: {{alerting: \"{value}\"}}");
        outcome("nobody-is-alerted", "url-shortener", &answers)
    };
    for value in [
        "none",
        "None yet.",
        "not needed",
        "later",
        "TBD",
        "n/a",
        "no",
        "we do not need it",
    ] {
        assert_eq!(alerted(value), Some(Outcome::Missed), "{value}");
    }
    for value in [
        "at 2% errors",
        "not only of errors, the lag too",
        "No data is lost on the way, it pages at 2% errors",
    ] {
        assert_eq!(alerted(value), Some(Outcome::Met), "{value}");
    }
    let growth = |value: &str| {
        let answers = format!("answers: {{growth: \"{value}\"}}");
        outcome("growth-not-considered", "url-shortener", &answers)
    };
    assert_eq!(growth("none"), Some(Outcome::Missed));
    let reason = "none, because the firm has 2,000 people";
    assert_eq!(growth(reason), Some(Outcome::NotStated));
    let chosen = |choice: &str| {
        let decision = format!("decisions: [{{topic: rate limiting, choice: {choice}}}]");
        outcome("creation-unlimited", "url-shortener", &decision)
    };
    assert_eq!(chosen("\"20 an hour for each user\""), Some(Outcome::Met));
    assert_eq!(chosen("none, because: rare"), Some(Outcome::Missed));
}

#[test]
fn a_term_in_a_bare_list_is_open() {
    let failures = |text: &str| {
        let answers = format!("answers: {{x: \"{text}\"}}");
        outcome("failures-not-considered", "url-shortener", &answers)
    };
    for list in [
        "circuit breakers, bulkheads, chaos engineering",
        "We use Kubernetes, circuit breakers and bulkheads",
        "Kubernetes Hystrix Failover Kafka",
        "failover with virtual nodes, per-key locks, write-through, hedging",
    ] {
        assert_eq!(failures(list), Some(Outcome::NotStated), "{list}");
    }
    for sentence in [
        "circuit breakers, bulkheads and 3 retries",
        "circuit breakers for the provider, bulkheads between channels, chaos engineering",
        "The failover is automatic",
    ] {
        assert_eq!(failures(sentence), Some(Outcome::Met), "{sentence}");
    }
}

#[test]
fn what_a_decision_rejects_is_open_elsewhere_and_nothing_in_a_list() {
    let scan = |answer: &str, decision: &str| {
        let lines = format!(
            "answers: {{structure: \"{answer}\"}}\ndecisions: [{{topic: lookup, {decision}}}]"
        );
        outcome("scan-on-each-keystroke", "search-autocomplete", &lines)
    };
    let sentence = "An in-memory trie is asked by every instance";
    let list = "in-memory trie, Lucene, count-min sketch";
    let against = "choice: \"SELECT LIKE\", over: an in-memory trie";
    let other = "choice: \"the service asks itself\", over: Lucene";
    assert_eq!(scan(sentence, other), Some(Outcome::Met));
    assert_eq!(scan(list, other), Some(Outcome::NotStated));
    assert_eq!(scan(sentence, against), Some(Outcome::NotStated));
    assert_eq!(scan(list, against), Some(Outcome::Missed));
    let chosen = "choice: an in-memory trie, over: an in-memory trie of all terms";
    assert_eq!(scan(sentence, chosen), Some(Outcome::Met));
}

#[test]
fn a_denial_behind_a_subject_denies_that_alone() {
    let language = &Catalog::embedded().knowledge.language;
    let concepts = &Catalog::embedded().knowledge.concepts.0;
    for (concept, text, expected) in [
        (
            "client-debounce",
            "The client debounces 100 ms, older answers are dropped",
            true,
        ),
        (
            "client-debounce",
            "The client debounces 100 ms, older answers are skipped",
            true,
        ),
        (
            "client-debounce",
            "The client debounces 100 ms and stale answers are left out",
            true,
        ),
        (
            "erasure-coding",
            "Reed-Solomon was considered and dropped",
            false,
        ),
        (
            "erasure-coding",
            "We considered Reed-Solomon, LRC and scrubbing; not needed with RAID 0",
            false,
        ),
        (
            "erasure-coding",
            "Reed-Solomon is skipped, three copies are simpler",
            false,
        ),
        (
            "erasure-coding",
            "Reed-Solomon 9+3, old versions are rejected",
            true,
        ),
        (
            "alerting",
            "A probe runs every minute and pages if it fails",
            true,
        ),
        ("alerting", "Alerting is not needed", false),
        (
            "rate-limiting",
            "Calls over the rate limit are rejected with 429",
            true,
        ),
    ] {
        let concept = concepts.get(concept).expect(concept);
        assert_eq!(language.mentions(concept, text), expected, "{text}");
    }
}
