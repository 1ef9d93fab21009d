//! Macros of C4, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

fn span() -> Span {
    Span::new(0, 0)
}

/// What calls draw.
fn drawn(calls: &[&str]) -> Vec<String> {
    let mut board = Board::default();
    for text in calls {
        if *text == "}" {
            board.close();
            continue;
        }
        let call = Call::of(text).expect(text);
        assert!(draw(&call, span(), &mut board), "{text}");
    }
    let diagram = board.finish(span());
    let boxes = diagram.boxes.iter().map(|shape| {
        let of_others = if shape.is_of_others { " of others" } else { "" };
        let about = shape.about.iter().map(|said| format!(" | {said}"));
        let aside: String = std::iter::once(of_others.to_owned()).chain(about).collect();
        format!("{}{aside}", shown::boxed(&diagram, shape))
    });
    let arrows = shown::arrows(&diagram, |shape| shape.label.name.clone());
    boxes.chain(arrows).collect()
}

#[test]
fn things_boundaries_and_relations_are_drawn() {
    assert_eq!(
        drawn(&[
            "Person(u, User, \"Opens links, all day\")",
            "System_Boundary(s, \"Links (EU)\") {",
            "Container(api, \"API\", \"Go, gRPC\", \"Redirects\", $tags=\"v1\")",
            "ContainerDb(db, \"Links DB\", $techn=\"Cassandra\")",
            "ContainerQueue_Ext(q, \"Clicks\", \"Kafka\")",
            "}",
            "System_Ext(mail, \"Mail\", \"Sends mail\")",
            "Deployment_Node(dn, \"eu-1\", \"Ubuntu\"){",
            "Node_L(r, \"Firewall\", \"Cisco\", \"Drops what is odd\")",
            "}",
            "Rel_D(u, api, \"Opens\", \"HTTPS\")",
            "Rel(api, q, \"Writes\", \"async, TCP\")",
            "Rel_Back_Neighbor(db, api, \"Reads\")",
            "BiRel(api, mail, \"Both\", \"sync/async\")",
            "RelIndex(3, api, later, \"Calls\")",
            "Rel($index=Index()-1, api, r, \"Checks\")",
            "Lay_R(api, db)",
            "LAYOUT_WITH_LEGEND()",
            "UpdateRelStyle(api, db, $offsetX=\"-40\")",
        ]),
        [
            "User as person | Opens links, all day",
            "API Go, gRPC in Links (EU) | Redirects",
            "Links DB Cassandra as cylinder in Links (EU)",
            "Clicks Kafka as queue in Links (EU)",
            "Mail of others | Sends mail",
            "Firewall Cisco in eu-1 | Drops what is odd",
            "later",
            "User -> API Opens HTTPS",
            "API ~> Clicks Writes async, TCP",
            "Links DB <- API Reads",
            "API <-> Mail Both sync/async",
            "API -> later Calls",
            "API -> Firewall Checks",
        ]
    );
}

#[test]
fn calls_are_read_with_all_that_can_stand_in_them() {
    let call = Call::of("Container(\"a\",  \"x, (y) = z\" , $tags = \"b\", f(1, 2))) #red {\nnext")
        .expect("a call");
    assert_eq!(call.name, "Container");
    assert_eq!(
        (call.get("alias", 0), call.get("label", 1)),
        (Some("a"), Some("x, (y) = z"))
    );
    assert_eq!(
        (call.get("tags", 9), call.get("other", 2)),
        (Some("b"), Some("f(1, 2)"))
    );
    assert!(call.opens);
    assert_eq!(
        call.length,
        "Container(\"a\",  \"x, (y) = z\" , $tags = \"b\", f(1, 2))) #red {".len()
    );
    let below = "System(a)\n\n {\n";
    let call = Call::of(below).expect("a call");
    assert!(call.opens && call.length == below.len() - 1);
    let call = Call::of("A(\n  b,\n  \"c\"\n)\nD(e) {").expect("a call");
    assert!(!call.opens && call.get("label", 1) == Some("c"));
    for text in ["A(b, \"c)", "A (b", "(a)", "1a(b)", "a --> b", ""] {
        assert_eq!(Call::of(text), None, "{text}");
    }
}
