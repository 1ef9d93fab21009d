//! The terms of a judgement: which rules count, what is accepted, by whom and until when.

use sysdrill::assess::{
    Assessment, Baseline, Choice, Finding, Known, Outcome, Terms, assess_on, run_examples,
    stands_for,
};
use sysdrill::catalog::{Catalog, EMBEDDED, load};
use sysdrill::model::Severity;
use sysdrill::notation::design;
use sysdrill::notation::yaml::Limits;
use sysdrill::rubric::Occasion;
use sysdrill::source::Source;

const DESIGN: &str = "sysdrill: 1
components:
  web: client
  api: {kind: service, replicas: 3, zones: 3}
  users: {tech: postgres, replicas: 1}
connections: [web -> api -> users]
flows: {sign_in: {path: web -> api -> users, kind: read, rate: 50/s, availability: 99.99%}}
";

const FAULT: &str = "store-on-one-machine";

fn on(terms: &Terms, more: &str) -> Assessment {
    judged(&format!("{DESIGN}{more}"), terms)
}

fn judged(text: &str, terms: &Terms) -> Assessment {
    let catalog = Catalog::embedded();
    let reading = design::read(text, &catalog.knowledge.vocabulary, &Limits::default());
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    assess_on(&reading.design, catalog, terms)
}

fn of<'a>(assessment: &'a Assessment, rule: &str) -> Vec<&'a Finding> {
    let findings = assessment.findings.iter();
    findings.filter(|finding| finding.rule == rule).collect()
}

fn rule_of(occasion: Occasion) -> &'static str {
    let mut rules = Catalog::embedded().rules.iter();
    let rule = rules.find(|rule| rule.occasion == Some(occasion));
    &rule.expect("a rule for every occasion").id
}

fn said_of(assessment: &Assessment, occasion: Occasion) -> Vec<&Finding> {
    of(assessment, rule_of(occasion))
}

#[test]
fn an_acceptance_that_is_used_says_nothing() {
    let plain = on(&Terms::default(), "");
    assert!(of(&plain, FAULT)[0].allowed.is_none());
    let more = format!(
        "allow: [{{rule: {FAULT}, subject: users, reason: a replica comes in May, owner: data, until: 2027-05-31}}]"
    );
    let accepted = on(&Terms::default(), &more);
    let told = of(&accepted, FAULT)[0].allowed.as_ref();
    let told = told.map(ToString::to_string);
    let expected = "a replica comes in May (by data, until 2027-05-31)";
    assert_eq!(told.as_deref(), Some(expected));
    assert!(accepted.score.percent > plain.score.percent);
    for occasion in Occasion::ALL {
        assert!(said_of(&accepted, *occasion).is_empty(), "{occasion:?}");
    }
    let strict = Terms {
        without_allowances: true,
        ..Terms::default()
    };
    assert_eq!(on(&strict, &more).findings, plain.findings);
    assert_eq!(on(&strict, &more).score, plain.score);
}

#[test]
fn an_acceptance_ends_after_its_last_day_and_says_so() {
    let more = format!("allow: [{{rule: {FAULT}, reason: until the move, until: 2027-06-30}}]");
    let day = |today: Option<&str>| {
        let terms = Terms {
            today: today.map(str::to_owned),
            ..Terms::default()
        };
        on(&terms, &more)
    };
    for today in [None, Some("2027-06-30"), Some("2026-12-31")] {
        let assessment = day(today);
        assert!(of(&assessment, FAULT)[0].allowed.is_some(), "{today:?}");
        assert!(said_of(&assessment, Occasion::ExpiredAllowance).is_empty());
        assert_eq!(assessment.today.as_deref(), today);
    }
    let after = day(Some("2027-07-01"));
    assert!(of(&after, FAULT)[0].allowed.is_none());
    let said = said_of(&after, Occasion::ExpiredAllowance);
    assert!(said[0].message.contains(FAULT) && said[0].message.contains("2027-06-30"));
    assert!(said_of(&after, Occasion::UnusedAllowance).is_empty());
    assert_eq!(after.score, on(&Terms::default(), "").score);
}

#[test]
fn an_acceptance_of_nothing_says_so_and_moves_no_marks() {
    let plain = on(&Terms::default(), "");
    for (rule, subject) in [
        (FAULT, "api"),
        ("store-on-one-machin", "users"),
        ("saturated-at-its-peak", "users"),
    ] {
        let more = format!("allow: [{{rule: {rule}, subject: {subject}, reason: an old one}}]");
        let assessment = on(&Terms::default(), &more);
        let said = said_of(&assessment, Occasion::UnusedAllowance);
        assert_eq!(said.len(), 1, "{rule}");
        assert_eq!(said[0].subjects, [rule, subject]);
        assert_eq!(assessment.score, plain.score);
    }
    let more = "allow: [{rule: store-on-one-machin, reason: a slip}]";
    let slip = on(&Terms::default(), more);
    let seen = &said_of(&slip, Occasion::UnusedAllowance)[0].seen;
    assert!(
        seen[0].contains("did you mean `store-on-one-machine`?"),
        "{seen:?}"
    );
    let elsewhere = Terms {
        choice: Choice {
            ignore: vec!["saturated".to_owned()],
            ..Choice::default()
        },
        ..Terms::default()
    };
    let more = "allow: [{rule: saturated-at-its-peak, reason: not asked here}]";
    assert!(said_of(&on(&elsewhere, more), Occasion::UnusedAllowance).is_empty());
}

#[test]
fn rules_that_do_not_count_neither_cost_nor_earn() {
    let choice = |select: &[&str], ignore: &[&str]| {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Terms {
            choice: Choice {
                select: texts(select),
                ignore: texts(ignore),
                ..Choice::default()
            },
            ..Terms::default()
        }
    };
    let only = on(&choice(&["store"], &[]), "");
    assert!(!only.findings.is_empty());
    assert!(
        only.findings
            .iter()
            .all(|finding| finding.rule.starts_with("store-"))
    );
    let without = on(&choice(&[], &["topic:distributed", FAULT]), "");
    assert!(of(&without, FAULT).is_empty());
    let catalog = Catalog::embedded();
    for step in &without.score.steps {
        for rule in &step.rules {
            let rule = catalog.rule(&rule.rule).expect("a rule");
            assert!(!stands_for("topic:distributed", rule), "{}", rule.id);
        }
    }
}

#[test]
fn a_severity_of_ones_own_moves_findings_and_caps() {
    let mut terms = Terms::default();
    terms
        .choice
        .severity
        .insert(FAULT.to_owned(), Severity::Blocker);
    let assessment = on(&terms, "");
    assert_eq!(of(&assessment, FAULT)[0].severity, Severity::Blocker);
    assert!(assessment.score.cap.is_some());
    let unstated = DESIGN.replace(", replicas: 1", "");
    let open = judged(&unstated, &terms);
    let open = of(&open, FAULT)[0];
    assert_eq!(
        (open.outcome, open.severity),
        (Outcome::NotStated, Severity::Note)
    );
}

#[test]
fn a_baseline_accepts_what_it_knows_and_says_what_is_gone() {
    let plain = on(&Terms::default(), "");
    let known = |finding: &Finding| Known {
        rule: finding.rule.clone(),
        subjects: finding.subjects.clone(),
        fingerprint: finding.fingerprint(),
    };
    let gone = Known {
        rule: "cache-behind-the-store".to_owned(),
        subjects: vec!["old".to_owned()],
        fingerprint: "0".repeat(32),
    };
    let baseline = Baseline {
        name: "known.yaml".to_owned(),
        findings: vec![known(of(&plain, FAULT)[0]), gone],
    };
    let terms = Terms {
        baseline: Some(baseline),
        ..Terms::default()
    };
    let moved = "# a comment moves nothing\ntitle: Sign in\n";
    let assessment = on(&terms, moved);
    let fault = of(&assessment, FAULT)[0];
    assert!(
        fault.baselined
            && fault
                .allowed
                .as_ref()
                .is_some_and(|why| why.reason.contains("known.yaml"))
    );
    assert_eq!(assessment.score, plain.score, "a baseline is no merit");
    let stale = said_of(&assessment, Occasion::StaleBaseline);
    assert_eq!(stale.len(), 1);
    assert!(
        stale[0].message.contains("cache-behind-the-store of old"),
        "{}",
        stale[0].message
    );
    let others = assessment
        .findings
        .iter()
        .filter(|finding| finding.baselined);
    assert_eq!(others.count(), 1);
}

#[test]
fn what_is_said_of_acceptances_can_not_be_accepted() {
    let rules = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples/platform/rubrics/general/acme.yaml"),
    );
    let rules = rules.expect("the example");
    let own = [("rubrics/general/acme.yaml", rules.as_str())];
    let catalog = load(EMBEDDED, &own).catalog;
    let more = "allow:\n  - {rule: acme-names-its-team, reason: nobody knows}\n  \
        - {rule: acme-acceptance-without-end, reason: neither do we}\n";
    let text = format!("{DESIGN}{more}");
    let reading = design::read(&text, &catalog.knowledge.vocabulary, &Limits::default());
    let judged = assess_on(&reading.design, &catalog, &Terms::default());
    let said = of(&judged, "acme-acceptance-without-end");
    assert_eq!(said.len(), 2);
    assert!(said.iter().all(|finding| finding.allowed.is_none()));
    assert!(of(&judged, "acme-names-its-team")[0].allowed.is_some());
    assert_eq!(said_of(&judged, Occasion::UnusedAllowance).len(), 1);
    let marks = judged.score.steps.iter().flat_map(|step| &step.rules);
    assert!(marks.clone().all(|rule| rule.weight > 0.0));
}

/// A rule whose `expect` and examples are filled in.
const LIKE: &str = "rules:
  - id: foreign-store
    title: t
    step: high_level
    severity: major
    weight: 1
    for_each: {connection: {to: {kind: datastore}}}
    expect: {this: {same: SAME}}
    message: '{{connection.from}} and {{connection.to}}'
    why: w
    fix: f
    ask: a
    tests:
      passes: [PASSES]
      fails: [FAILS]
      unstated: [UNSTATED]
";

/// What has to be the same, and what the ends say where they are alike, where they are not, and where that is open.
const ENDS: [(&str, [[&str; 2]; 3]); 4] = [
    (
        "group",
        [
            ["group: a", "group: a"],
            ["group: a", "group: b"],
            ["group: a", "replicas: 1"],
        ],
    ),
    (
        "tag",
        [
            ["tags: [x, y]", "tags: [y]"],
            ["tags: [x]", "tags: [y]"],
            ["replicas: 1", "tags: [y]"],
        ],
    ),
    (
        "{tag: '^team:'}",
        [
            ["tags: ['team:a', tier1]", "tags: ['team:a']"],
            ["tags: ['team:a', tier1]", "tags: ['team:b', tier1]"],
            ["tags: [tier1]", "tags: [tier1]"],
        ],
    ),
    (
        "[group, zones]",
        [
            ["group: a, zones: 3", "group: a, zones: 3"],
            ["group: a, zones: 3", "group: a, zones: 2"],
            ["group: a", "group: a"],
        ],
    ),
];

#[test]
fn the_ends_of_a_connection_can_have_to_be_alike() {
    for (same, ends) in ENDS {
        let [passes, fails, unstated] = ends.map(|[one, other]| {
            format!(
                "{{components: {{api: {{kind: service, {one}}}, db: {{tech: postgres, {other}}}}}, connections: [api -> db]}}"
            )
        });
        let text = LIKE
            .replace("SAME", same)
            .replace("PASSES", &passes)
            .replace("FAILS", &fails)
            .replace("UNSTATED", &unstated);
        let own = [("rubrics/general/own.yaml", text.as_str())];
        let loaded = load(EMBEDDED, &own);
        assert!(loaded.mistakes.is_empty(), "{same}: {:?}", loaded.mistakes);
        let run = run_examples(&Source::new(own[0].0, own[0].1), &loaded.catalog);
        assert_eq!(run.run, 3, "{same}");
        assert!(
            run.failures.is_empty() && run.issues.is_empty(),
            "{same}: {run:?}"
        );
    }
}
