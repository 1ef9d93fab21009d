//! Workspaces, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

/// What is drawn: the title, boxes, arrows and complaints.
fn drawn_of(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        shown::in_full(diagram, |shape| shape.label.name.clone())
    })
}

/// A workspace with some lines in its model and some in its views.
fn workspace(model: &str, views: &str) -> String {
    format!("workspace \"W\" {{\n model {{\n{model}\n }}\n views {{\n{views}\n }}\n}}\n")
}

#[test]
fn containers_lie_in_systems_and_are_joined() {
    let text = "/* links */\n!const DB \"Links DB\"\nworkspace \"Links\" \"Short links.\" {\n  configuration {\n    scope none\n  }\n  // one\n  model {\n    rider = person \"Rider\"\n\
        group \"Company\" {\n      links = softwareSystem \"Links\" \"Shortens\" {\n        description \"x\"\n        api = container \"API\" \"Answers\" \"Go\" \"Edge, Core\" {\n\
        ctrl = component \"Controller\" {\n          rider -> this \"asks\"\n        }\n        ctrl -> repo\n        repo = component \"Repo\"\n }\n\
        db = container \"${DB}\" {\n technology \"MySQL\"\n tags \"Database\"\n api -> this \"reads\" \\\n \"SQL\"\n }\n -> mail\n }\n mail = softwareSystem \"Mail\"\n }\n\
        rider -> links \"uses\"\n    api -> mail \"sends\" \"SMTP\" \"Asynchronous\"\n  }\n  views {\n container links {\n include *\n }\n styles { element \"Database\" { shape Cylinder } }\n }\n}\n";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "= Links",
            "Rider as person",
            "API Go Edge Core in Links",
            "Links DB MySQL Database as cylinder in Links",
            "Mail in Company",
            "Rider -> API asks",
            "API -> Links DB reads SQL",
            "API ~> Mail sends SMTP",
        ]
    );
}

#[test]
fn own_keywords_and_names_by_path_are_understood() {
    let model = "archetypes {\n store = container {\n tag \"DB\"\n }\n sql = store {\n technology \"MySQL\"\n }\n https = -> {\n technology \"HTTPS\"\n }\n unit = group\n}\n\
        !identifiers hierarchical\na = softwareSystem \"A\" {\n one = unit \"One\" {\n db = sql \"Data\"\n api = container \"API\"\n api --https-> db \"reads\"\n }\n}\n\
        b = softwareSystem \"B\" {\n db = container \"Other\"\n api = container \"Web\" {\n -> a.one.db\n  this -> db\n -> a.api\n }\n}\n";
    let views = "styles {\n element \"DB\" {\n shape cylinder\n icon img/mysql.png\n }\n relationship \"Relationship\" {\n dashed true\n }\n}";
    assert_eq!(
        drawn_of(&workspace(model, views)),
        [
            "= W",
            "Data MySQL DB as cylinder in One <mysql>",
            "API in One",
            "Other in B",
            "Web in B",
            "API -> Data reads HTTPS",
            "Web -> Data",
            "Web -> Other",
            "Web -> API",
        ]
    );
}

#[test]
fn deployments_say_how_many_there_are() {
    let model = "s = softwareSystem \"S\" {\n api = container \"API\"\n db = container \"DB\"\n}\n\
        deploymentEnvironment \"Test\" {\n deploymentNode \"All\" {\n containerInstance api\n containerInstance db\n infrastructureNode \"Balancer\" {\n -> api\n }\n }\n}\n\
        deploymentEnvironment \"Live\" {\n lb = infrastructureNode \"Balancer\" \"\" \"nginx\"\n n1 = deploymentNode \"Web\" \"\" \"\" \"\" 4 {\n deploymentNode \"JVM\" {\n instances 2\n run = containerInstance api {\n lb -> this \"forwards\"\n }\n }\n }\n\
        n2 = deploymentNode \"P\" {\n containerInstance db\n }\n n3 = deploymentNode \"S\" {\n instanceOf db\n }\n n4 = deploymentNode \"Empty\"\n n1 -> n2 \"stores\"\n n2 -> n3 \"copies\"\n n2 -> n4\n}";
    assert_eq!(
        drawn_of(&workspace(model, "")),
        [
            "= W",
            "API in S x8",
            "DB in S x2",
            "Balancer",
            "Balancer -> API",
            "Balancer -> API forwards",
            "API -> DB stores",
            "! a relationship of nodes is left out",
        ]
    );
}

#[test]
fn what_is_left_out_is_told() {
    let model = "a = softwareSystem \"A\"\nb = element \"B\" \"Box\" \"Thing\"\na -> b\na -> c\nb -> c\nnonsense here\n!script groovy {\n x\n}\nproperties {\n \"x\" \"y\"\n}\n!extend z {\n}\n";
    let told = drawn_of(&(workspace(model, "styles {\n}\n") + "}\n"));
    assert_eq!(
        told,
        [
            "= W",
            "A",
            "B Box",
            "A -> B",
            "! `c` is not there",
            "! a line that is not understood",
            "! `!script` is left out",
            "! a line that is not understood",
            "! a `}` too many",
        ]
    );
}

#[test]
fn what_another_file_makes_has_its_name() {
    let text = "workspace extends base.dsl {\n model {\n !include people.dsl\n !extend shop {\n api = container \"API\"\n }\n user -> api\n api -> bank.mainLedger\n user -> bank.mainLedger\n }\n}";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "API in shop",
            "user",
            "main Ledger",
            "user -> API",
            "API -> main Ledger",
            "user -> main Ledger",
            "! `base.dsl` is left out: it is another file",
            "! `people.dsl` is left out: it is another file",
            "! `shop` is made in another file: its name is all that is known",
            "! `user` is made in another file: its name is all that is known",
            "! `bank.mainLedger` is made in another file: its name is all that is known",
        ]
    );
}

#[test]
fn what_is_no_workspace_is_told() {
    for (text, expected) in [
        ("workspace {", "! `}` is missing"),
        ("workspace \"x", "! a text that does not end"),
        ("workspace \"x\ny\" {\n}", "! a text that does not end"),
        ("/* x", "! a comment that does not end"),
    ] {
        assert_eq!(drawn_of(text), [expected], "{text}");
        assert!(!is_one(text));
    }
    let deep = "model {\n".repeat(100);
    assert_eq!(drawn_of(&deep), ["! braces nest more than 64 deep"]);
    assert!(!is_one("workspace: {model: {a -> b}}"));
    assert!(!is_one("# My workspace\nIts model is {here}.\n"));
}

#[test]
fn a_workspace_cut_anywhere_is_read_as_far_as_it_goes() {
    let text = "!const A \"b\"\nworkspace \"x\\\"\" {\nmodel {\na\u{b}=\u{85}person \"${A}\" \"\"\"\u{e9}\n\"\"\" {\n-> this \\\n \"y\" // z\n}\narchetypes {\nq = -> {}\n}\na --q-> a.b\n}\nviews { styles { element \"Person\" { shape Pipe } } }\n/* c */}";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        read(&text[..end], &mut Issues::default());
        let _ = is_one(&text[end..]);
    }
}
