//! How far rules and mentors agree: what counts as a rating, and how it is told.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sysdrill::assess::Terms;
use sysdrill::assess::agreement::{Agreement, Reviewed, Unstated};
use sysdrill::catalog::Catalog;
use sysdrill::model::Severity;
use sysdrill::notation::review::{self, Decision, Found, Gone, Review, Verdict};
use sysdrill::notation::yaml::Limits;
use sysdrill::report::{
    Checked, Paint, agreement_json, agreement_markdown, agreement_text, check_text,
};
use sysdrill::source::Source;

const DESIGN: &str = include_str!("../../examples/class/gil.design.yaml");

fn checked(text: &str) -> Checked {
    let (catalog, limits) = (Catalog::embedded(), Limits::default());
    check_text(Source::new("gil.design.yaml", text), catalog, None, &limits)
}

/// A review in which a word is given on each finding of a design.
fn reviewed(checked: &Checked, word: impl Fn(usize, &mut Decision)) -> Review {
    let findings = checked.assessment.iter().flat_map(|one| &one.findings);
    let decide = |(at, finding): (usize, &sysdrill::assess::Finding)| {
        let mut decision = Decision::undecided(Found {
            rule: finding.rule.clone(),
            about: finding.subjects.clone(),
            severity: finding.severity,
            says: finding.message.clone(),
            fingerprint: finding.fingerprint(),
        });
        word(at, &mut decision);
        decision
    };
    Review {
        findings: findings.enumerate().map(decide).collect(),
        ..Review::default()
    }
}

fn agreement(checked: &Checked, reviews: &[(&str, &Review, bool)]) -> Agreement {
    let assessment = checked.assessment.as_ref().expect("judged");
    let reviews = reviews.iter().map(|(mentor, review, is_current)| Reviewed {
        at: 0,
        design: "gil.design.yaml",
        mentor,
        assessment,
        review,
        is_current: *is_current,
    });
    Agreement::of(&reviews.collect::<Vec<_>>(), Catalog::embedded())
}

fn accept(_: usize, decision: &mut Decision) {
    decision.verdict = Verdict::Accept;
}

#[test]
fn what_is_undecided_is_no_agreement_and_what_is_accepted_is() {
    let checked = checked(DESIGN);
    let findings = checked.assessment.as_ref().expect("judged").findings.len();
    let nothing = reviewed(&checked, |_, _| {});
    let none = agreement(&checked, &[("Olga", &nothing, true)]);
    assert_eq!((none.whole.ratings, none.undecided), (0, findings));
    assert_eq!(none.whole.kappa, Err(Unstated::Few));
    let all = reviewed(&checked, accept);
    let all = agreement(&checked, &[("Olga", &all, true)]);
    assert_eq!(
        (all.whole.ratings, all.whole.agreed, all.undecided),
        (findings, findings, 0)
    );
    assert!((all.whole.kappa.expect("varies").value - 1.0).abs() < 1e-9);
    assert!(all.disputed.is_empty() && all.among.is_none());
    let steps: usize = all.steps.iter().map(|(_, tally)| tally.ratings).sum();
    let rules: usize = all.rules.iter().map(|(_, tally)| tally.ratings).sum();
    assert_eq!((steps, rules), (findings, findings));
}

#[test]
fn what_is_changed_and_rejected_is_told_by_how_far_it_is_apart() {
    let checked = checked(DESIGN);
    let review = reviewed(&checked, |at, decision| match at {
        0 => {
            decision.verdict = Verdict::Reject;
            decision.reason = "it is there".to_owned();
        }
        1 => {
            decision.verdict = Verdict::Change;
            decision.severity = Some(Severity::Minor);
            decision.reason = "not so grave".to_owned();
        }
        at => accept(at, decision),
    });
    let told = agreement(&checked, &[("Olga", &review, true)]);
    assert_eq!((told.whole.graver, told.whole.milder), (2, 0));
    let disputed: Vec<_> = told
        .disputed
        .iter()
        .map(|one| (one.rule.clone(), one.distance))
        .collect();
    let rule = |at: usize| Some(review.findings[at].found.rule.clone());
    // A major that is none is three apart, one that is a minor one.
    assert_eq!(disputed, [(rule(0), 9), (rule(1), 1)]);
    let text = agreement_text(&told, Paint::Plain);
    assert!(
        text.contains("major, Olga says nothing: it is there"),
        "{text}"
    );
}

#[test]
fn silence_counts_where_everything_is_said_and_nowhere_else() {
    let checked = checked(DESIGN);
    let mut review = reviewed(&checked, accept);
    let before = agreement(&checked, &[("Olga", &review, true)]);
    review.complete = true;
    let after = agreement(&checked, &[("Olga", &review, true)]);
    assert!(after.whole.ratings > before.whole.ratings + 20);
    assert_eq!(after.whole.found, before.whole.found);
    let silent = checked.assessment.as_ref().expect("judged");
    let silent = silent.score.steps.iter().flat_map(|step| &step.rules);
    let silent: Vec<&str> = silent.map(|rule| rule.rule.as_str()).collect();
    let (review, issues) = review::read(&format!(
        "sysdrill_review: 1\ndesign: a\ncomplete: yes\nadded: [{{step: scale, severity: major, message: m, rule: {}}}]\n",
        silent[0]
    ));
    assert!(issues.is_empty(), "{issues:?}");
    let added = agreement(&checked, &[("Olga", &review, true)]);
    assert_eq!((added.whole.milder, added.whole.found), (1, 1));
}

/// What the rules no longer find counts where only they have changed; the design is then what was decided on.
#[test]
fn what_is_gone_counts_by_what_has_changed() {
    let checked = checked(DESIGN);
    let gone = |gone: Option<Gone>| {
        reviewed(&checked, move |at, decision| {
            accept(at, decision);
            if at < 3 {
                decision.found.fingerprint = format!("{at:032}");
                decision.gone = gone;
            }
        })
    };
    let all = reviewed(&checked, accept).findings.len();
    for (gone, is_current, ratings, milder) in [
        (gone(None), true, all, 3),
        (gone(None), false, all - 3, 0),
        (gone(Some(Gone::Rules)), true, all, 3),
        (gone(Some(Gone::Design)), true, all - 3, 0),
    ] {
        let told = agreement(&checked, &[("Olga", &gone, is_current)]);
        assert_eq!((told.whole.ratings, told.whole.milder), (ratings, milder));
    }
    let rule = &checked.assessment.as_ref().expect("judged").findings[0].rule;
    let allowing = format!("{DESIGN}allow: [{{rule: {rule}, reason: later}}]\n");
    let allowing = self::checked(&allowing);
    let review = reviewed(&checked, accept);
    let told = agreement(&allowing, &[("Olga", &review, true)]);
    assert!(
        told.rules.iter().all(|(other, _)| other != rule),
        "the design accepts it"
    );
}

#[test]
fn mentors_are_held_against_each_other_whatever_their_order() {
    let checked = checked(DESIGN);
    let one = reviewed(&checked, accept);
    let other = reviewed(&checked, |at, decision| match at {
        0..4 => decision.verdict = Verdict::Reject,
        9 => {}
        at => accept(at, decision),
    });
    let told = agreement(&checked, &[("Olga", &one, true), ("Ben", &other, true)]);
    let turned = agreement(&checked, &[("Ben", &other, true), ("Olga", &one, true)]);
    assert_eq!(told.among, turned.among);
    let among = told.among.expect("two of one design");
    let decided = one.findings.len() - 1;
    let pair = &among.pairs[0];
    assert_eq!((pair.one.as_str(), pair.other.as_str()), ("Ben", "Olga"));
    assert_eq!(
        (pair.ratings, pair.agreed, among.ratings),
        (decided, decided - 4, decided)
    );
}

/// The reviews of the example class, by design.
fn examples() -> (Vec<Checked>, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/class");
    let mut reviews: BTreeMap<String, Vec<(Review, bool)>> = BTreeMap::new();
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the class")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let is_review =
        |path: &&std::path::PathBuf| path.display().to_string().ends_with(".review.yaml");
    for path in paths.iter().filter(is_review) {
        let text = std::fs::read_to_string(path).expect("a review");
        let (review, issues) = review::read(&text);
        assert!(issues.is_empty(), "{}: {issues:?}", path.display());
        let of = reviews.entry(review.design.value.clone()).or_default();
        of.push((review, true));
    }
    let number = reviews.values().map(Vec::len).sum();
    let limits = Limits::default();
    let class = reviews.into_iter().map(|(name, reviews)| {
        let text = std::fs::read_to_string(folder.join(&name)).expect("a design");
        let checked = check_text(Source::new(name, text), Catalog::embedded(), None, &limits);
        checked.with_reviews(reviews, Catalog::embedded(), &Terms::default(), &limits)
    });
    (class.collect(), number)
}

#[test]
fn the_example_reviews_are_told_alike_in_every_format() {
    let (class, number) = examples();
    let mut reviews = Vec::new();
    for (at, checked) in class.iter().enumerate() {
        assert!(checked.reviews.iter().all(|one| one.issues.is_empty()));
        reviews.extend(checked.reviews.iter().map(|one| Reviewed {
            at,
            design: &checked.source.name,
            mentor: &one.mentor,
            assessment: checked.assessment.as_ref().expect("judged"),
            review: &one.review,
            is_current: true,
        }));
    }
    assert_eq!((reviews.len(), number), (8, 8));
    let told = Agreement::of(&reviews, Catalog::embedded());
    assert_eq!((told.designs, told.mentors.len()), (5, 2));
    let kappa = told.whole.kappa.expect("many and different");
    assert!(kappa.low < kappa.value && kappa.value < kappa.high && kappa.value < 1.0);
    let among = told.among.as_ref().expect("two on some designs");
    assert!(among.alpha.is_ok() && among.alpha_of_marks == Err(Unstated::Few));
    let json: Value = serde_json::from_str(&agreement_json(&told)).expect("JSON");
    let whole = &json["agreement"]["whole"];
    assert_eq!(whole["ratings"], told.whole.ratings);
    assert_eq!(
        json["agreement"]["among_mentors"]["alpha_of_marks"],
        Value::Null
    );
    let shown = format!("{:.2} ({:.2} to {:.2})", kappa.value, kappa.low, kappa.high);
    let text = agreement_text(&told, Paint::Plain);
    let markdown = agreement_markdown(&told);
    for (text, name) in [(&text, "text"), (&markdown, "markdown")] {
        assert!(text.contains(&shown), "{name}: {text}");
        assert!(text.contains("not stated (few)"), "{name}: {text}");
        assert!(text.contains("Krippendorff"), "{name}: {text}");
    }
    let order: Vec<usize> = told.disputed.iter().map(|one| one.distance).collect();
    assert!(
        order.len() > 5 && order.is_sorted_by(|one, other| one >= other),
        "{order:?}"
    );
}
