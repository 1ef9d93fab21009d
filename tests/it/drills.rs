//! Drills: how many there are, that each has a question, an explanation with a page, and an answer that passes.

use std::collections::BTreeMap;

use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::coach::Reply;
use sysdrill::coach::drill::{Card, Deck, Drill, Grade, Schedule, Sitting, Sort, Verdict, Wanted};
use sysdrill::source::Source;

use super::content::WHOLE;

fn deck() -> Deck<'static> {
    let files: Vec<Source> = EMBEDDED
        .iter()
        .filter(|(path, _)| {
            path.starts_with("rubrics/general/") || path.starts_with("rubrics/problems/")
        })
        .map(|(path, text)| Source::new(*path, *text))
        .collect();
    Deck::new(Catalog::embedded(), &files)
}

/// An answer made of what is told afterwards.
fn answer(card: &Card, drill: &Drill) -> String {
    let told = |at: usize| drill.solution.get(at).map_or("", String::as_str);
    match card.sort {
        Sort::Estimate => told(0)
            .rsplit(" = ")
            .next()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_owned(),
        Sort::Store => {
            let served = drill.solution.last().map_or("", String::as_str);
            let names = served.trim_start_matches("It is served by ");
            let first = names.split([',', '.']).next().unwrap_or_default();
            format!("{first} because {}", told(0))
        }
        Sort::Failure if told(0).starts_with("A good answer") => {
            let (slug, id) = card.about.split_once('/').expect("a probe of a problem");
            let catalog = Catalog::embedded();
            let problem = catalog.problem(slug).expect("a problem");
            let probe = problem
                .probes
                .iter()
                .find(|probe| probe.id == id)
                .expect("a probe");
            let concepts = probe
                .looks_for
                .iter()
                .map(|id| &WHOLE.knowledge.concepts.0[id]);
            let said: Vec<&str> = concepts.map(|concept| concept.hits[0].as_str()).collect();
            said.join(". ")
        }
        Sort::Failure if told(0).starts_with("No single") => "none".to_owned(),
        Sort::Flaw | Sort::Failure => told(0).to_owned(),
    }
}

#[test]
fn every_drill_has_an_answer_that_passes_and_a_page() {
    let deck = deck();
    let pages = Catalog::embedded().pages.all();
    let mut counts: BTreeMap<Sort, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for card in deck.cards() {
        *counts.entry(card.sort).or_default() += 1;
        let Some(drill) = deck.drill(card, 7) else {
            failures.push(format!("{}: no drill", card.name()));
            continue;
        };
        if !pages.iter().any(|page| page.id == drill.page) {
            failures.push(format!("{}: no page `{}`", card.name(), drill.page));
        }
        let answer = answer(card, &drill);
        match deck.judge(&drill, &answer) {
            Verdict::Right(_) => {}
            other => failures.push(format!("{}: `{answer}`: {other:?}", card.name())),
        }
    }
    assert!(failures.is_empty(), "{counts:?}\n{}", failures.join("\n"));
    let total: usize = counts.values().sum();
    assert!(total >= 150, "{total} drills");
    for (sort, _, _) in Sort::ALL {
        assert!(
            counts.get(&sort).is_some_and(|count| *count >= 25),
            "{counts:?}"
        );
    }
}

#[test]
fn what_is_said_of_the_interviewers_figures_is_said_to_be() {
    let deck = deck();
    let named = |card: &&Card| card.name().ends_with("ride-sharing/trip_storage_per_day");
    let card = deck.cards().iter().find(named).expect("the drill");
    let mut told = BTreeMap::new();
    for seed in 0..40 {
        let drill = deck.drill(card, seed).expect("a drill");
        let [worked_out, why] = drill.solution.as_slice() else {
            panic!("{:?}", drill.solution);
        };
        let is_theirs = worked_out.ends_with("= 20 GB.");
        let is_said = why.starts_with("With the interviewer's figures: ");
        assert_ne!(is_theirs, is_said, "{worked_out} {why}");
        *told.entry(is_said).or_insert(0) += 1;
    }
    assert_eq!(told.len(), 2, "{told:?}");
}

/// What a sitting says to lines, as text, and how each answer was graded.
fn sat(deck: &Deck<'_>, wanted: &Wanted, lines: &[&str]) -> (String, Vec<Grade>) {
    let (mut sitting, mut replies) = Sitting::begin(deck, &Schedule::default(), wanted, 20_000);
    for line in lines {
        replies.extend(sitting.turn(line));
    }
    let text: Vec<String> = replies.iter().map(|reply| format!("{reply:?}")).collect();
    let reviews = sitting.take_reviews().into_iter();
    (
        text.join("\n"),
        reviews.map(|review| review.grade).collect(),
    )
}

fn of_sort(sort: Sort, count: usize) -> Wanted {
    Wanted {
        count,
        sort: Some(sort),
        seed: 3,
        ..Wanted::default()
    }
}

#[test]
fn the_same_seed_asks_the_same_and_another_asks_otherwise() {
    let deck = deck();
    let wanted = Wanted {
        count: 4,
        seed: 3,
        ..Wanted::default()
    };
    let other = Wanted {
        seed: 4,
        ..wanted.clone()
    };
    let first = sat(&deck, &wanted, &["show", "show"]);
    assert_eq!(first, sat(&deck, &wanted, &["show", "show"]));
    assert_ne!(first, sat(&deck, &other, &["show", "show"]));
}

#[test]
fn a_slip_is_named_and_a_second_try_counts_less() {
    let deck = deck();
    let card = deck
        .cards()
        .iter()
        .find(|card| card.sort == Sort::Estimate)
        .expect("an estimate");
    let right = answer(card, &deck.drill(card, 3).expect("a drill"));
    let wrong = format!("{right} * 8");
    let slip = deck.judge(&deck.drill(card, 3).expect("a drill"), &wrong);
    assert!(
        matches!(&slip, Verdict::NotYet(words) if words.contains("8 times too high")),
        "{slip:?}"
    );
    // What is told is one sentence, with one end.
    for (said, slip) in [
        (format!("{right} * 60"), "mixed up (60)?"),
        ("1 TB".to_owned(), "TB is a size, not "),
        ("1/s".to_owned(), " is a rate, not "),
        ("3 days".to_owned(), " is a duration, not "),
    ] {
        let verdict = deck.judge(&deck.drill(card, 3).expect("a drill"), &said);
        let Verdict::NotYet(words) = verdict else {
            continue;
        };
        assert!(
            !words.contains("is it is") && !words.contains("?."),
            "{words}"
        );
        if !words.contains(" times ") || said.contains("60") {
            assert!(words.contains(slip), "{words}");
        }
    }
    let unreadable = deck.judge(&deck.drill(card, 3).expect("a drill"), "plenty");
    assert!(matches!(unreadable, Verdict::Unclear(_)), "{unreadable:?}");
}

#[test]
fn a_wrong_answer_is_missed_also_where_nothing_better_follows() {
    let deck = deck();
    let wanted = of_sort(Sort::Estimate, 1);
    let wrong = "0.000001/s";
    for leaving in ["quit", "skip"] {
        let (text, grades) = sat(&deck, &wanted, &[leaving]);
        assert!(text.contains("Nothing was answered"), "{text}");
        assert!(grades.is_empty(), "{text}");
        let (text, grades) = sat(&deck, &wanted, &[wrong, leaving]);
        assert_eq!(grades, [Grade::Again], "{text}");
        assert_eq!(
            text.contains("It comes again at the end"),
            leaving == "skip",
            "{text}"
        );
    }
}

#[test]
fn what_was_missed_comes_again_and_words_that_are_not_heard_are_believed() {
    let deck = deck();
    let (text, grades) = sat(&deck, &of_sort(Sort::Flaw, 1), &["show", "quit"]);
    assert!(text.contains("It comes again at the end"), "{text}");
    assert_eq!(grades, [Grade::Again]);
    let (text, grades) = sat(&deck, &of_sort(Sort::Flaw, 1), &["well", "hm", "z"]);
    assert!(text.contains("Which of these is it?"), "{text}");
    assert!(grades.is_empty());
    let mut questions = deck
        .cards()
        .iter()
        .filter(|card| card.sort == Sort::Failure && card.problem.is_some());
    let probe = questions.next_back().and_then(|card| card.problem.clone());
    let wanted = Wanted {
        problem: probe,
        ..of_sort(Sort::Failure, 1)
    };
    let (text, grades) = sat(&deck, &wanted, &["zzz", "zzz", "yes"]);
    assert!(text.contains("in other words"), "{text}");
    assert_eq!(grades, [Grade::Hard]);
}

#[test]
fn who_does_not_know_is_told_what_there_is_and_nothing_is_held_against_it() {
    let deck = deck();
    for sort in [Sort::Estimate, Sort::Flaw, Sort::Store, Sort::Failure] {
        let lines = ["I don't know", "hm, what would you do?"];
        let (text, grades) = sat(&deck, &of_sort(sort, 1), &lines);
        assert_eq!(text.matches("A guess costs nothing").count(), 2, "{text}");
        assert!(grades.is_empty());
    }
    let (text, _) = sat(&deck, &of_sort(Sort::Store, 1), &["users because they ask"]);
    assert!(text.contains("which is no store"), "{text}");
    let (text, _) = sat(
        &deck,
        &of_sort(Sort::Store, 1),
        &["kafka: consumer groups have offsets"],
    );
    assert!(
        text.contains("kafka is not a store") || text.contains("kafka serves"),
        "{text}"
    );
}

#[test]
fn an_estimate_in_a_sentence_is_what_it_comes_to() {
    let deck = deck();
    let mut cards = deck.cards().iter();
    let card = cards
        .find(|card| card.sort == Sort::Estimate)
        .expect("an estimate");
    let drill = deck.drill(card, 3).expect("a drill");
    let right = answer(card, &drill);
    let said = format!("so 7 of them times 3 is a lot, and in the end it comes to about {right}");
    let verdict = deck.judge(&drill, &said);
    assert!(matches!(verdict, Verdict::Right(_)), "{said} {verdict:?}");
}

#[test]
fn choices_hold_the_fault_and_nothing_that_was_found_beside_it() {
    let deck = deck();
    for seed in [1, 2] {
        let wanted = Wanted {
            seed,
            ..of_sort(Sort::Flaw, 1)
        };
        let (mut sitting, _) = Sitting::begin(&deck, &Schedule::default(), &wanted, 20_000);
        let replies = sitting.turn("choices");
        let [Reply::Listing(choices)] = replies.as_slice() else {
            panic!("{replies:?}");
        };
        assert_eq!(choices.rows.len(), 4);
        let right = choices.rows.iter().find(|(_, title)| {
            let (mut again, _) = Sitting::begin(&deck, &Schedule::default(), &wanted, 20_000);
            again.turn(title);
            let _ = again.turn("choices");
            again
                .take_reviews()
                .first()
                .is_some_and(|review| review.grade == Grade::Good)
        });
        assert!(right.is_some(), "{choices:?}");
    }
}

#[test]
fn what_was_practised_is_written_for_other_programs() {
    use sysdrill::coach::drill::Review;
    use sysdrill::coach::progress::{Attempt, Entry, Past};
    use sysdrill::coach::progress_json;
    use sysdrill::model::{Level, Step};

    let (deck, catalog) = (deck(), Catalog::embedded());
    let problem = &catalog.problems.first().expect("a problem").id;
    let card = deck.cards().first().expect("a card").name();
    let entries = vec![
        Entry::Attempt(Attempt {
            day: 20_000,
            problem: problem.clone(),
            level: Level::Senior,
            percent: 61.5,
            band: None,
            steps: vec![(Step::Estimation, 50.0)],
            missed: vec![("some-rule".to_owned(), vec!["db".to_owned()])],
        }),
        Entry::Review(Review {
            card,
            day: 20_001,
            grade: Grade::Good,
        }),
    ];
    let past = Past::of(entries, Some(&deck));
    let text = progress_json(&past, catalog, &deck, 20_002, |day| format!("day {day}"));
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["today"], "day 20002");
    let interview = &json["interviews"][0];
    assert_eq!(interview["day"], "day 20000");
    assert_eq!(interview["problem"], problem.as_str());
    assert_eq!(interview["steps"]["estimation"], 50.0);
    assert_eq!(interview["missed"][0]["rule"], "some-rule");
    assert_eq!(json["drills"][0]["asked"], 1);
    assert!(json["next"]["problem"].is_string(), "{text}");
}

#[test]
fn what_interviews_missed_is_due_and_was_not_asked() {
    use sysdrill::coach::progress::{Attempt, Entry, Past};
    use sysdrill::coach::progress_json;
    use sysdrill::model::Level;

    let (deck, catalog) = (deck(), Catalog::embedded());
    let problem = &catalog.problems.first().expect("a problem").id;
    let comes_back = |rule: &&sysdrill::rubric::Rule| {
        let cards = deck.cards_after(problem, &rule.id, &[]);
        !cards.is_empty()
    };
    let rule = catalog.rules.iter().find(comes_back);
    let attempt = Attempt {
        day: 20_000,
        problem: problem.clone(),
        level: Level::Senior,
        percent: 61.5,
        band: None,
        steps: Vec::new(),
        missed: vec![(rule.expect("a rule with a drill").id.clone(), Vec::new())],
    };
    let past = Past::of(vec![Entry::Attempt(attempt)], Some(&deck));
    let text = progress_json(&past, catalog, &deck, 20_002, |day| day.to_string());
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["drills"][0]["asked"], 0, "{text}");
    assert_ne!(json["drills"][0]["due"], 0, "{text}");
}

/// What candidates say of a flaw that they see, in their own words.
const SEEN: &[(&str, &str)] = &[
    (
        "store-on-one-machine",
        "the database is a single point of failure",
    ),
    ("store-on-one-machine", "db has no replicas"),
    ("no-dead-letters", "there is no dlq"),
    (
        "no-dead-letters",
        "poison messages would block the queue forever",
    ),
    (
        "calls-in-a-circle",
        "a and b call each other, circular dependency",
    ),
    ("everything-in-one-zone", "all in the same az"),
    (
        "state-behind-a-balancer",
        "sessions are kept in memory, no sticky sessions",
    ),
    ("work-done-twice", "consumer isn't idempotent, duplicates"),
    ("nobody-takes-over-the-store", "failover is manual"),
    ("no-cache-on-hot-reads", "reads should be cached"),
    (
        "split-by-time",
        "hot partition because the shard key is the timestamp",
    ),
    ("messages-nobody-reads", "no worker takes the messages out"),
    ("wait-without-a-limit", "no timeout on the call"),
    ("retries-that-multiply", "retry storm, every layer retries"),
    ("personal-data-unencrypted", "PII is not encrypted at rest"),
    (
        "writes-without-authentication",
        "anyone can post, there's no auth",
    ),
    ("entrance-on-one-machine", "the load balancer is a spof"),
    ("videos-never-prepared", "no transcoding"),
    (
        "largest-accounts-pushed",
        "posts of celebrities should be merged when a feed is read",
    ),
    (
        "live-messages-by-polling",
        "polling is too slow and wasteful, use websockets",
    ),
    (
        "ghost-drivers",
        "drivers that went offline stay in the index",
    ),
    ("redirects-not-absorbed", "no cache before the database"),
    (
        "counters-on-one-machine",
        "redis is a single point of failure",
    ),
    ("retried-though-not-idempotent", "no idempotency key"),
    (
        "availability-below-its-target",
        "availability is lower than the slo",
    ),
    ("slower-than-its-target", "p99 latency is over the budget"),
    ("nothing-measured", "no monitoring"),
    ("nobody-is-alerted", "no alerts"),
    ("copies-never-grow-old", "no ttl and no invalidation"),
    ("links-kept-once", "links aren't replicated"),
    (
        "large-bodies-in-a-record-store",
        "images shouldn't be in the database, use s3",
    ),
    (
        "full-text-search-where-there-is-none",
        "cassandra can't do full text search",
    ),
    (
        "own-writes-read-from-a-copy",
        "replication lag, user won't see his own post",
    ),
    ("shards-without-a-key", "no partition key"),
    ("gives-up-too-early", "timeout is too short"),
    (
        "event-lost-beside-the-write",
        "dual write problem, use an outbox",
    ),
    (
        "modulo-moves-everything",
        "hash mod n reshuffles everything, use consistent hashing",
    ),
    ("client-traffic-in-the-clear", "no https"),
    ("public-writes-unlimited", "no rate limiting"),
    ("nothing-spreads-the-load", "no load balancer"),
    ("author-waits-for-the-fan-out", "fan out should be async"),
    (
        "no-search-by-place",
        "how do you find near drivers, need geohash",
    ),
];

#[test]
fn a_flaw_is_heard_in_the_words_of_candidates() {
    let deck = deck();
    let mut lost = Vec::new();
    for (rule, said) in SEEN {
        let card = deck.card(&format!("flaw:{rule}")).expect(rule);
        let drill = deck.drill(card, 7).expect(rule);
        let verdict = deck.judge(&drill, said);
        if !matches!(verdict, Verdict::Right(_)) {
            lost.push(format!("{rule}: `{said}`: {verdict:?}"));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn what_is_said_of_another_flaw_is_no_answer() {
    let deck = deck();
    let flaws = deck.cards().iter().filter(|card| card.sort == Sort::Flaw);
    let flaws: Vec<(&Card, Drill)> = flaws
        .filter_map(|card| Some((card, deck.drill(card, 7)?)))
        .collect();
    let (mut tried, mut taken) = (0, Vec::new());
    for (at, (card, drill)) in flaws.iter().enumerate().step_by(3) {
        for step in [31, 64] {
            let (_, other) = &flaws[(at + step) % flaws.len()];
            tried += 1;
            if let Verdict::Right(words) = deck.judge(drill, &other.solution[0]) {
                taken.push(format!("{}: `{}`: {words}", card.name(), other.solution[0]));
            }
        }
    }
    // Some faults are neighbours: what is said of one says something of the other.
    assert!(
        tried >= 100 && taken.len() * 12 <= tried,
        "{} of {tried}\n{}",
        taken.len(),
        taken.join("\n")
    );
}

#[test]
fn a_store_serves_as_an_answer_says_that_it_is_used() {
    let deck = deck();
    let card = deck.card("store:newest-value").expect("a need");
    let drill = deck.drill(card, 7).expect("a drill");
    for (said, is_right) in [
        ("cassandra with quorum reads and writes", true),
        (
            "dynamodb because strongly consistent reads go to the leader",
            true,
        ),
        ("postgres, reads are served by the leader", true),
        ("cassandra because it is fast", false),
        ("redis with quorum reads", false),
    ] {
        let verdict = deck.judge(&drill, said);
        assert_eq!(
            matches!(verdict, Verdict::Right(_)),
            is_right,
            "{said}: {verdict:?}"
        );
    }
}
