//! What is wrong in the field, as candidates say it: it is heard, and what is right beside it is not. False alarms are worse than
//! misses, so that texts which are right have to pass as they stand, without what puts them right elsewhere.
//!
//! `tests/mistakes/right.txt` and `wrong.txt` were written before anything was changed for them.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use sysdrill::assess;
use sysdrill::catalog::{Catalog, EMBEDDED, load};
use sysdrill::coach::{Event, Finish, Line, Options, Reply, Session};
use sysdrill::model::{Answer, Design};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;
use sysdrill::rubric::{Mistake, Rule};

use super::content::WHOLE;
use super::invariance::REFERENCES;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mistakes");

/// Below this share of mistakes in words that nothing was learned from, an interviewer does not listen.
const LEAST_HEARD: f64 = 0.8;

fn rules(catalog: &Catalog) -> impl Iterator<Item = (&Rule, &Mistake)> {
    let rules = catalog.rules.iter();
    rules.filter_map(|rule| Some((rule, rule.mistake.as_deref()?)))
}

/// The mistakes that texts make and don't put right themselves, each with its rule: found as the rules find them in a design.
fn made(texts: &[String], catalog: &Catalog) -> BTreeSet<(String, String)> {
    let answer = |(at, text): (usize, &String)| Answer {
        topic: format!("text {at}"),
        text: text.clone(),
    };
    let design = Design {
        answers: texts.iter().enumerate().map(answer).collect(),
        ..Design::default()
    };
    let knowledge = &catalog.knowledge;
    let is_put_right = |mistake: &Mistake, text: &str| {
        let mut cures = mistake
            .cures()
            .filter_map(|id| knowledge.concepts.0.get(id));
        cures.any(|cure| knowledge.language.mentions(cure, text))
    };
    assess::ask(&design, catalog, None, |asked| {
        let of_rule = |(rule, mistake): (&Rule, &Mistake)| -> Vec<(String, String)> {
            let mentions = mistake.says().flat_map(|id| asked.scene.mentions(id));
            let texts = mentions.filter_map(|at| asked.scene.passages().get(at));
            let wrong = texts.filter(|passage| !is_put_right(mistake, &passage.text));
            let pairs = wrong.map(|passage| (passage.text.clone(), rule.id.clone()));
            pairs.collect()
        };
        rules(catalog).flat_map(of_rule).collect()
    })
}

fn lines(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(FOLDER).join(name)).expect("lines");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_is_right_is_never_taken_for_a_mistake() {
    let right = lines("right.txt");
    let made = made(&right, Catalog::embedded());
    assert!(made.is_empty(), "{made:#?}");
    assert!(right.len() >= 100, "{}", right.len());
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "counts of lines")]
fn what_is_wrong_is_heard_in_other_words_too() {
    let wrong = lines("wrong.txt");
    let (mut expected, mut texts) = (BTreeSet::new(), Vec::new());
    for line in &wrong {
        let (rule, said) = line.split_once(" | ").expect("a rule and a sentence");
        expected.insert((said.to_owned(), rule.to_owned()));
        texts.push(said.to_owned());
    }
    let made = made(&texts, Catalog::embedded());
    let others: Vec<_> = made.difference(&expected).collect();
    assert!(others.is_empty(), "{others:#?}");
    let missed: Vec<_> = expected.difference(&made).collect();
    let share = 1.0 - missed.len() as f64 / wrong.len() as f64;
    assert!(share >= LEAST_HEARD, "{share}: {missed:#?}");
}

/// Every text of a design that a candidate would say.
fn said(design: &Design) -> Vec<String> {
    let requirements = &design.requirements;
    let mut all = [
        requirements.functional.clone(),
        requirements.non_functional.clone(),
    ]
    .concat();
    for decision in &design.decisions {
        all.push(decision.choice.clone());
        all.extend(decision.because.clone());
        let because = decision.because.clone().unwrap_or_default();
        all.push(format!("{} because {because}", decision.choice));
    }
    all.extend(design.answers.iter().map(|answer| answer.text.clone()));
    let notes = design.components.iter().filter_map(|one| one.notes.clone());
    all.extend(notes);
    all
}

/// The words of a problem that tell what is right.
fn told(catalog: &Catalog) -> Vec<String> {
    let mut all = Vec::new();
    for problem in &catalog.problems {
        all.extend(problem.facts.iter().map(|fact| fact.answer.clone()));
        all.extend(problem.deep_dives.iter().map(|dive| dive.good.clone()));
        all.extend(problem.probes.iter().map(|probe| probe.good.clone()));
        all.extend(problem.twists.iter().map(|twist| twist.good.clone()));
        all.extend(problem.expectations.iter().flat_map(|(_, all)| all.clone()));
    }
    all.extend(catalog.rules.iter().map(|rule| rule.why.clone()));
    all.extend(catalog.pages.all().iter().map(|page| page.text.clone()));
    let concepts = catalog.knowledge.concepts.0.values();
    let mistaken: Vec<&str> = rules(catalog)
        .flat_map(|(_, mistake)| mistake.says())
        .collect();
    for concept in concepts {
        let is_wrong = mistaken.contains(&concept.id.as_str());
        all.extend(if is_wrong {
            concept.misses.clone()
        } else {
            concept.hits.clone()
        });
    }
    all
}

#[test]
fn no_reference_no_fixture_and_no_word_of_ours_is_taken_for_a_mistake() {
    let catalog = &*WHOLE;
    let mut texts = told(catalog);
    texts.extend(
        REFERENCES
            .iter()
            .flat_map(|reference| said(&reference.design)),
    );
    let problems = Path::new(env!("CARGO_MANIFEST_DIR")).join("problems");
    for problem in &catalog.problems {
        let folder = problems.join(&problem.id).join("fixtures");
        for file in std::fs::read_dir(folder).expect("fixtures") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("a design");
            // Some are wrong on purpose, and say so at their head.
            let drawn = text.lines().find(|line| line.starts_with("# draws:"));
            let mut ids = rules(catalog).map(|(rule, _)| rule.id.as_str());
            if ids.any(|id| drawn.is_some_and(|drawn| drawn.contains(id))) {
                continue;
            }
            let vocabulary = &catalog.knowledge.vocabulary;
            texts.extend(said(&read(&text, vocabulary, &Limits::default()).design));
        }
    }
    assert!(texts.len() > 3_000, "{}", texts.len());
    let made = made(&texts, catalog);
    assert!(made.is_empty(), "{made:#?}");
}

/// What the report of an interview is after some answers.
fn interview(problem: &str, answers: &[&str]) -> Finish {
    let options = Options {
        problem: problem.to_owned(),
        untimed: true,
        ..Options::default()
    };
    let (mut session, _) = Session::begin(Catalog::embedded(), options).expect("a problem");
    let before = [
        "must users send messages",
        "web -> lb -> api x3 -> db",
        "api POST /v1/messages {conversation_id, text} -> 201 {message_id}",
        "data message: key conversation_id message_id, store db, fields text",
    ];
    let lines = before.iter().chain(answers);
    let mut last = Vec::new();
    for line in lines.chain(&["finish", "finish"]) {
        let line = Line::Text((*line).to_owned());
        last.extend(session.turn(&Event {
            at: Duration::ZERO,
            line,
        }));
    }
    let finished = last.into_iter().find_map(|reply| match reply {
        Reply::Finished(finish) => Some(*finish),
        _ => None,
    });
    finished.expect("a report")
}

fn percent(finish: &Finish) -> f64 {
    let assessment = finish.checked.assessment.as_ref().expect("judged");
    assessment.score.percent
}

#[test]
fn the_report_quotes_what_is_wrong_says_what_holds_and_where_it_was_put_right() {
    let wrong = "answer load: We shard by timestamp so writes spread evenly";
    let right = "answer load: All of them hit the newest shard, so rather by a hash of the user";
    let both = "answer load: We shard by timestamp, or rather by a hash of the user, as all would hit the newest shard";
    let said = [vec![], vec![wrong], vec![wrong, right], vec![both]];
    let [clean, stands, mended, known] = said.map(|answers| {
        let finish = interview("chat", &answers);
        let told = finish
            .report
            .iter()
            .find(|part| part.title.contains("does not hold"));
        let rows = told.map(|part| part.rows.clone());
        (percent(&finish), rows.unwrap_or_default())
    });
    assert!(clean.1.is_empty(), "{clean:?}");
    assert!(known.1.is_empty(), "{known:?}");
    let (word, text) = stands.1.first().expect("a row");
    assert_eq!(word, "stands");
    for part in [
        "We shard by timestamp",
        "What holds: ",
        "Read `ref data/shard-keys`",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let (word, text) = mended.1.first().expect("a row");
    assert_eq!(word, "put right");
    assert!(
        text.contains("You wrote: \"All of them hit the newest shard"),
        "{text}"
    );
    assert!(
        stands.0 < clean.0 && stands.0 < mended.0,
        "{stands:?} {clean:?} {mended:?}"
    );
}

#[test]
fn every_mistake_is_asked_about_in_an_interview_without_telling_what_is_wrong() {
    let catalog = Catalog::embedded();
    let mut asked = 0;
    for problem in &catalog.problems {
        let options = Options {
            problem: problem.id.clone(),
            untimed: true,
            exam: true,
            ..Options::default()
        };
        // Those of all problems are tried with the first one.
        let own = |rule: &Rule| match &rule.problem {
            Some(own) => *own == problem.id,
            None => asked == 0,
        };
        let own: Vec<(&Rule, &Mistake)> = rules(catalog).filter(|(rule, _)| own(rule)).collect();
        let (mut session, _) = Session::begin(catalog, options).expect("a problem");
        for (rule, mistake) in own {
            let concept = mistake
                .says()
                .next()
                .and_then(|id| WHOLE.knowledge.concepts.0.get(id));
            let wrong = concept
                .and_then(|concept| concept.hits.first())
                .expect("a phrase");
            let mut turn = |line: &str| {
                let line = Line::Text(line.to_owned());
                session.turn(&Event {
                    at: Duration::ZERO,
                    line,
                })
            };
            let replies = turn(&format!("answer something: {wrong}"));
            let ask = rule.ask.text();
            let is_asked =
                |reply: &Reply| matches!(reply, Reply::Says(words) if words.contains(ask.trim()));
            assert!(replies.iter().any(is_asked), "{}: {replies:?}", rule.id);
            let _ = turn("skip");
            let _ = turn("rm something");
            asked += 1;
        }
    }
    assert_eq!(asked, rules(catalog).count());
    assert!(asked >= 40, "{asked}");
}

#[test]
fn what_does_not_go_with_a_mistake_is_told() {
    let file = |keys: &str| {
        let rule = "rules:\n- id: said-wrong\n  title: Said\n  step: scale\n  severity: minor\n  weight: 1\n  message: Said\n  \
                    why: It is\n  fix: Say\n  ask: Is it?\n  tests:\n    passes: [{answers: {a: no}}]\n    fails: [{answers: {a: yes}}]\n";
        let own = format!("{rule}{keys}");
        let loaded = load(EMBEDDED, &[("rubrics/general/own.yaml", &own)]);
        let issues = loaded.mistakes.into_iter().flat_map(|(_, issues)| issues);
        issues.map(|issue| issue.message).collect::<Vec<String>>()
    };
    let mistaken = "  mistaken: {says: cache, unless: ttl, topic: a cache}\n";
    assert_eq!(file(mistaken), Vec::<String>::new());
    for (keys, told) in [
        ("", "a rule without `expect`"),
        (
            "  mistaken: {says: cache, unless: ttl}\n",
            "what is mistaken without `topic`",
        ),
        (
            "  mistaken: {says: cash, unless: ttl, topic: it}\n",
            "unknown concept `cash`",
        ),
        (
            &format!("{mistaken}  expect: {{text: {{says: ttl}}}}\n"),
            "`expect` beside `mistaken`",
        ),
        (
            &format!("{mistaken}  strength: Good\n"),
            "`strength` beside `mistaken`",
        ),
    ] {
        assert_eq!(file(keys), [told], "{keys}");
    }
}
