//! Cures of designs in many looks: each reads as it should, and its finding is gone.

use super::*;
use crate::assess::Assessment;
use crate::catalog::Catalog;
use crate::editor::of_checked;
use crate::report;
use crate::source::Source;

fn checked(text: &str) -> Checked {
    report::check_text(
        Source::new("a", text),
        Catalog::embedded(),
        None,
        &Limits::default(),
    )
}

fn assessment(checked: &Checked) -> &Assessment {
    let assessment = checked.assessment.as_ref();
    assessment.unwrap_or_else(|| panic!("{:?}\n{}", checked.issues, checked.source.text))
}

const LOOKS: &[&str] = &[
    "sysdrill: 1\ncomponents: {web: client, db: {tech: postgres, replicas: 1}}\nconnections: [web -> db]\n\
        flows: {save: {path: web -> db, kind: write, rate: 900/s, availability: 99.99%}}\n",
    "sysdrill: 1\ncomponents:\n  web: client\n  'db':\n    tech: postgres # why\n    replicas: '1'\nconnections:\n  \
        - {from: web, to: db}\nflows:\n  save:\n    path: [web -> db]\n    kind: write\n    rate: 900/s\n    availability: 99.99%",
    "{sysdrill: 1, components: {web: client, lb: load_balancer, api: service, stock: service, db: \"postgres\"},\n \
        connections: [web -> lb -> api -> stock, stock -> db],\n \
        flows: {order: {path: web -> lb -> api -> stock -> db, kind: write, rate: 200/s, latency: 1s}}}",
    "sysdrill: 1\ncomponents: {web: client, api: service, stock: service, pay: payment_provider}\nconnections:\n  - web -> api -> stock\n  \
        - api -> pay: {retries: 3, idempotent: no} # thrice\nflows: {order: {path: [web -> api -> stock, api -> pay], kind: write, rate: 200/s, latency: 1s}}\n",
    "sysdrill: 1\ncomponents: {web: client, api: service, pay: payment_provider}\nconnections:\n- web -> api\n- from: api\n  to: pay\n  \
        retries: 3\n  idempotent: no\n",
    "sysdrill: 1\r\ncomponents:\r\n  web: client\r\n  api: {kind: service,\r\n    replicas: 2}\r\n  q: kafka\r\n  w: worker\r\nconnections:\r\n\
        - web -> api\r\n- api ~> q ~> w\r\nflows:\r\n  save: {path: web -> api ~> q ~> w, kind: write, rate: 900/s}\r\nallow: [{rule: x, reason: y}]\r\n",
];

#[test]
fn what_is_accepted_or_stated_reads_so_however_the_text_looks() {
    let catalog = Catalog::embedded();
    let (mut accepted, mut stated, mut taken) = (0, 0, 0);
    for text in LOOKS {
        let checked = checked(text);
        let draft = Draft::new(text, Document::Design, catalog);
        let remarks = of_checked(&checked, catalog);
        for finding in &assessment(&checked).findings {
            let span = checked.span(finding.place);
            let fixes = draft.fixes(span, &remarks, Some(&checked));
            for fix in fixes
                .iter()
                .filter(|fix| fix.cures.message.starts_with(&finding.message))
            {
                let text = edited(text, &fix.edits).replace("reason: \"\"", "reason: agreed");
                let after = self::checked(&text);
                let same = |other: &&Finding| other.fingerprint() == finding.fingerprint();
                let left = assessment(&after).findings.iter().find(same);
                if fix.title.starts_with("Accept") {
                    accepted += 1;
                    let reason = left.and_then(|finding| finding.allowed.as_ref());
                    assert_eq!(
                        reason.map(|accepted| accepted.reason.as_str()),
                        Some("agreed"),
                        "{}\n{text}",
                        fix.title
                    );
                } else if fix.title.starts_with("Take") {
                    taken += 1;
                    assert!(left.is_none(), "{text}");
                } else {
                    stated += 1;
                    assert!(left.is_none(), "{}\n{text}", fix.title);
                }
            }
        }
    }
    assert!(
        accepted > 20 && stated >= 6 && taken > 0,
        "{accepted} {stated} {taken}"
    );
}

#[test]
fn a_component_that_is_named_and_not_there_is_added_as_what_its_name_says() {
    for (text, added) in [
        (
            "sysdrill: 1\ncomponents:\n  web: client\nconnections:\n  - web -> orders-db\n",
            "  orders-db: sql_db\n",
        ),
        (
            "sysdrill: 1\ncomponents: {web: client}\nconnections: [web -> redis]\n",
            ", redis: redis",
        ),
        (
            "sysdrill: 1\nconnections: [\n  web -> x9]\n",
            "components:\n  web: client\n",
        ),
    ] {
        let checked = checked(text);
        let draft = Draft::new(text, Document::Design, Catalog::embedded());
        let remarks = of_checked(&checked, Catalog::embedded());
        let fixes = draft.fixes(Span::new(0, text.len()), &remarks, Some(&checked));
        let fix = fixes.iter().find(|fix| fix.title.starts_with("Add `"));
        let fix = fix.unwrap_or_else(|| panic!("{remarks:?}"));
        assert!(edited(text, &fix.edits).contains(added), "{:?}", fix.edits);
    }
}

#[test]
fn a_word_is_put_in_place_of_the_one_that_the_mistake_is_about() {
    let text = "sysdrill: 1\ncomponents: {a: clinet, b: {tech: \"postgers\", replicsa: 2}, c: {kind: cache, eviction: lur}}\nlevle: mid\n";
    let checked = checked(text);
    let draft = Draft::new(text, Document::Design, Catalog::embedded());
    let remarks = of_checked(&checked, Catalog::embedded());
    let fixes = draft.fixes(Span::new(0, text.len()), &remarks, None);
    let edits: Vec<Edit> = fixes.into_iter().flat_map(|fix| fix.edits).collect();
    let mended = edited(text, &edits);
    assert_eq!(
        mended,
        "sysdrill: 1\ncomponents: {a: client, b: {tech: \"postgres\", replicas: 2}, c: {kind: cache, eviction: lru}}\nlevel: mid\n"
    );
    assert!(self::checked(&mended).issues.is_empty());
}

/// All of a long text selected: no more is made than is shown.
#[test]
fn cures_of_a_whole_text_are_as_many_as_are_shown_and_the_first_ones() {
    let many = |line: &dyn Fn(usize) -> String| (0..60).map(line).collect::<String>();
    let text = format!(
        "sysdrill: 1\ncomponents:\n  web: client\n{}connections:\n{}flows:\n{}",
        many(&|at| format!("  s{at}: {{kind: service, replicas: 1}}\n")),
        many(&|at| format!("  - web -> s{at}\n")),
        many(&|at| format!(
            "  f{at}: {{path: web -> s{at}, kind: read, rate: 10/s, availability: 99.99%}}\n"
        )),
    );
    let checked = checked(&text);
    let draft = Draft::new(&text, Document::Design, Catalog::embedded());
    let remarks = of_checked(&checked, Catalog::embedded());
    let all = draft.fixes(Span::new(0, text.len()), &remarks, Some(&checked));
    assert_eq!(all.len(), MOST);
    let findings = &assessment(&checked).findings;
    assert!(findings.len() > MOST, "{}", findings.len());
    let first = checked.span(findings[0].place);
    assert_eq!(draft.fixes(first, &remarks, Some(&checked))[0], all[0]);
}
