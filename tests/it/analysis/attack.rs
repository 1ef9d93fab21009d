//! Attacks: what can be struck, what is left, and that a repair changes it.

use sysdrill::analysis::{Fate, NOTHING, Sort, attacks, strike, survived};

use super::study;

fn text(api: &str, db: &str) -> String {
    format!(
        "components:\n  web: client\n  api: {{kind: service, {api}}}\n  cache: {{tech: redis, replicas: 2, zones: 2, hit_ratio: 90%, capacity: 100k/s}}\n  db: {{kind: sql_db, {db}}}\nconnections: [web -> api, api -> cache, {{from: api, to: db, on_miss: cache}}]\nflows:\n  read: {{path: [web -> api -> db, api -> cache], kind: read, rate: 1000/s, peak: 2x}}\n  write: {{path: web -> api -> db, kind: write, rate: 10/s}}\n"
    )
}

const WEAK: &str = "replicas: 4, capacity: 1k/s, zones: 1";
const STRONG: &str = "replicas: 60, capacity: 1k/s, zones: 3";
const ALONE: &str = "replicas: 1, capacity: 500/s";
const COPIED: &str = "replicas: 3, zones: 3, failover: automatic, capacity: 30k/s";

fn fates(text: &str, order: &str) -> Vec<Fate> {
    let blows = study(text, &NOTHING, |study| strike(order, study)).expect(order);
    blows.into_iter().map(|blow| blow.fate).collect()
}

#[test]
fn what_dies_with_a_part_is_named_with_the_part() {
    let down = Fate::Down(vec!["db".to_owned()]);
    assert_eq!(
        fates(&text(STRONG, ALONE), "kill db=1"),
        [down.clone(), down]
    );
    let both = fates(&text(STRONG, COPIED), "kill db=1");
    assert_eq!(both, [Fate::Stands, Fate::Stands]);
}

#[test]
fn a_zone_takes_what_stands_in_it_and_what_is_not_stated_is_open() {
    let down = Fate::Down(vec!["api".to_owned()]);
    let one = text(WEAK, COPIED);
    assert_eq!(fates(&one, "kill zone:1"), [down.clone(), down]);
    let open = Fate::Open(vec!["zones of db".to_owned()]);
    let unsaid = text(STRONG, "replicas: 3, failover: automatic, capacity: 30k/s");
    assert_eq!(fates(&unsaid, "kill zone:1"), [open.clone(), open]);
}

#[test]
fn growth_names_what_is_full_and_the_factor_at_which_it_is() {
    let [read, _] = fates(&text(WEAK, COPIED), "load 10x")
        .try_into()
        .expect("two");
    let Fate::Overloaded {
        component,
        share,
        full_at,
        at_least: false,
        before: false,
    } = read
    else {
        panic!("{read:?}");
    };
    assert_eq!(component, "api");
    assert!((share - 10.0 * 1010.0 / 4000.0).abs() < 1e-9, "{share}");
    assert!((full_at.expect("a factor") - 4000.0 / 1010.0).abs() < 1e-9);
    assert_eq!(
        fates(&text(STRONG, COPIED), "load 10x"),
        [Fate::Stands, Fate::Stands]
    );
}

#[test]
fn a_lost_cache_is_passed_by_and_what_lies_behind_gets_its_load() {
    let tight = "replicas: 3, zones: 3, failover: automatic, capacity: 500/s";
    let [read, _] = fates(&text(STRONG, tight), "kill cache")
        .try_into()
        .expect("two");
    assert!(
        matches!(&read, Fate::Overloaded { component, full_at: None, .. } if component == "db"),
        "{read:?}"
    );
    let [read, _] = fates(&text(STRONG, COPIED), "kill cache")
        .try_into()
        .expect("two");
    assert_eq!(read, Fate::Degraded);
}

#[test]
fn everything_that_can_be_tried_is_tried_and_says_what_it_does() {
    let found = study(&text(WEAK, ALONE), &NOTHING, attacks);
    let orders: Vec<&str> = found.iter().map(|attack| attack.order.as_str()).collect();
    assert_eq!(
        orders,
        [
            "kill api=1",
            "kill cache=1",
            "kill db=1",
            "kill cache",
            "kill zone:1",
            "kill zone:2",
            "load 10x",
            "load 100x"
        ]
    );
    let zones = found.iter().filter(|attack| attack.sort == Sort::Zone);
    assert_eq!(zones.count(), 2);
    for attack in &found {
        assert_eq!(attack.is_survived(), survived(&attack.blows), "{attack:?}");
        assert_eq!(attack.is_survived(), attack.worst() <= 1, "{attack:?}");
    }
}

#[test]
fn nothing_is_struck_that_is_not_drawn() {
    let text = text(WEAK, ALONE);
    let error = study(&text, &NOTHING, |study| strike("kill dbb=1", study));
    assert!(error.is_err_and(|error| error.message.contains("dbb")));
}

/// What can't carry its peak does not survive a loss at that peak, though the loss is not what breaks it.
#[test]
fn what_fails_at_its_peak_before_is_not_survived_and_says_so() {
    let narrow = text("replicas: 3, zones: 3, capacity: 500/s", COPIED);
    let [read, _] = fates(&narrow, "kill zone:3").try_into().expect("two");
    assert!(
        matches!(&read, Fate::Overloaded { component, before: true, .. } if component == "api"),
        "{read:?}"
    );
    assert!(!read.is_survived());
    let enough = text("replicas: 3, zones: 3, capacity: 900/s", COPIED);
    let [read, _] = fates(&enough, "kill zone:3").try_into().expect("two");
    assert!(
        matches!(&read, Fate::Overloaded { component, before: false, .. } if component == "api"),
        "{read:?}"
    );
}

/// Nothing is decided by the middle of a range that nobody stated.
#[test]
fn what_turns_within_what_is_assumed_is_open_and_what_does_not_is_clear() {
    let unsaid = text("replicas: 3, zones: 3", COPIED);
    let [read, write] = fates(&unsaid, "load 10x").try_into().expect("two");
    let open = Fate::Open(vec!["capacity of one node of api".to_owned()]);
    assert_eq!((read, write), (open.clone(), open));
    let [read, _] = fates(&unsaid, "load 100x").try_into().expect("two");
    assert!(
        matches!(&read, Fate::Overloaded { component, .. } if component == "api"),
        "{read:?}"
    );
    let uncounted = text("zones: 3, capacity: 2k/s", COPIED);
    let [read, _] = fates(&uncounted, "load 10x").try_into().expect("two");
    assert_eq!(read, Fate::Open(vec!["replicas of api".to_owned()]));
}

/// A cache in front of nothing is no cache: what it holds is nowhere else.
#[test]
fn what_is_kept_nowhere_else_is_no_copy_that_requests_pass_by() {
    let text = |more: &str| {
        format!(
            "components: {{web: client, api: {{kind: service, replicas: 3, zones: 3, capacity: 10k/s}}, index: {{tech: redis, replicas: 1, capacity: 100k/s}}, db: {{tech: postgres, replicas: 3, zones: 3, failover: automatic, capacity: 30k/s}}}}\nconnections: [web -> api -> index{more}]\nflows: {{read: {{path: web -> api -> index, kind: read, rate: 100/s}}}}\n"
        )
    };
    let down = Fate::Down(vec!["index".to_owned()]);
    for order in ["kill index", "kill index=1"] {
        assert_eq!(
            fates(&text(""), order),
            std::slice::from_ref(&down),
            "{order}"
        );
    }
    let found = study(&text(""), &NOTHING, attacks);
    let orders: Vec<&str> = found.iter().map(|attack| attack.order.as_str()).collect();
    assert!(!orders.contains(&"kill index"), "{orders:?}");
    for passed_by in [", api -> db", ", index -> db"] {
        let fates = fates(&text(passed_by), "kill index");
        assert_eq!(fates, [Fate::Degraded], "{passed_by}");
    }
}
