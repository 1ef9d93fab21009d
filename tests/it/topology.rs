//! Facts of the graph, held against delete-and-search and against what they should say of small designs.

use proptest::prelude::*;
use sysdrill::analysis::{Domain, Subject, Truth};
use sysdrill::catalog::Catalog;
use sysdrill::graph::Graph;
use sysdrill::model::{Component, Connection, Design, Kind};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

/// A design of so many components with these connections, about which nothing else is stated.
fn graph_of(components: usize, edges: &[(usize, usize)]) -> Design {
    let component = |at: usize| Component::new(format!("c{at}"), Kind(0));
    let connection = |(from, to): &(usize, usize)| Connection::new(*from, *to, false);
    Design {
        components: (0..components).map(component).collect(),
        connections: edges.iter().map(connection).collect(),
        ..Design::default()
    }
}

proptest! {
    #![proptest_config(super::same_cases(256))]

    #[test]
    fn dominators_are_what_deleting_cuts_off(
        edges in prop::collection::vec((0..9_usize, 0..9_usize), 1..30)
    ) {
        let graph = Graph::new(&graph_of(9, &edges));
        let reaches = |without: Option<usize>| {
            let counts = |at: usize| edges.get(at).is_some_and(|(from, to)| {
                Some(*from) != without && Some(*to) != without
            });
            graph.reachable(&[0], &counts).get(8).copied().unwrap_or(false)
        };
        let found = graph.dominators(0, 8, &|_| true);
        if reaches(None) {
            let cut: Vec<usize> = (0..9).filter(|at| [0, 8].contains(at) || !reaches(Some(*at))).collect();
            prop_assert_eq!(found, cut);
        } else {
            prop_assert!(found.is_empty());
        }
    }

    #[test]
    fn components_of_a_cycle_reach_each_other(
        edges in prop::collection::vec((0..8_usize, 0..8_usize), 1..20)
    ) {
        let graph = Graph::new(&graph_of(8, &edges));
        for cycle in graph.cycles(&|_| true) {
            for from in &cycle {
                let reached = graph.reachable(&[*from], &|_| true);
                prop_assert!(cycle.iter().all(|to| reached[*to]));
            }
        }
    }
}

/// What a design of one flow says of each component on it: whether it is a single point of failure.
fn single_points(text: &str) -> Vec<(String, Truth)> {
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let reading = read(text, vocabulary, &Limits::default());
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    let subject = Subject::new(&reading.design, vocabulary, Vec::new());
    let asked = |at: usize| {
        let truth = subject.is_single_point_of_failure(at, 0, &mut Vec::new());
        (reading.design.id(at).to_owned(), truth)
    };
    (0..reading.design.components.len()).map(asked).collect()
}

#[test]
fn replicas_failover_and_alternatives_decide_what_a_flow_can_lose() {
    let found = single_points(
        "\
sysdrill: 1
components:
  web: client
  lb: {kind: load_balancer, replicas: 2}
  a: {kind: service, replicas: 1}
  b: {kind: service, replicas: 1}
  only: {kind: service, replicas: 1}
  open: service
  cache: redis
  db: {tech: postgres, replicas: 3, failover: manual}
  mail: {kind: service, replicas: 1}
connections:
  - web -> lb -> a -> only
  - lb -> b -> only -> open -> cache
  - open -> db
  - open ~> mail
flows:
  write: {path: [web -> lb -> (a | b) -> only -> open -> cache, open -> db, open ~> mail], kind: write}
",
    );
    let expected = [
        ("web", Truth::No),
        ("lb", Truth::No),
        ("a", Truth::No),
        ("b", Truth::No),
        ("only", Truth::Yes),
        ("open", Truth::NotStated),
        ("cache", Truth::No),
        ("db", Truth::Yes),
        ("mail", Truth::No),
    ];
    for (id, truth) in expected {
        assert!(found.contains(&(id.to_owned(), truth)), "{id}: {found:?}");
    }
}

#[test]
fn three_replicas_in_one_zone_survive_a_machine_but_not_the_zone() {
    let catalog = Catalog::embedded();
    let vocabulary = &catalog.knowledge.vocabulary;
    let text = "sysdrill: 1\ncomponents:\n  web: client\n  a: {kind: service, replicas: 3, zones: 1}\n  b: {kind: service, replicas: 3, zones: 2, needs: majority}\nconnections: [web -> a, web -> b]\n";
    let reading = read(text, vocabulary, &Limits::default());
    let subject = Subject::new(&reading.design, vocabulary, Vec::new());
    let survives = |at: usize, lost: Domain| subject.survives(at, lost, None, &mut Vec::new());
    assert_eq!(survives(1, Domain::Machine), Truth::Yes);
    assert_eq!(survives(1, Domain::Zone), Truth::No);
    assert_eq!(
        survives(2, Domain::Zone),
        Truth::No,
        "two of three may stand in one zone"
    );
    assert_eq!(survives(2, Domain::Region), Truth::NotStated);
}
