//! Every format: other tools can read it, it says what was found, and nothing in a design gets out of its place.

use roxmltree::Document as Xml;
use serde_json::{Value, json};
use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::model::Severity;
use sysdrill::notation::yaml::Limits;
use sysdrill::report::{Checked, Gate, REPORTERS, Style, Summary, check_text, format};
use sysdrill::source::Source;

use super::validator::Validator;
use super::xsd;

const SARIF: &str = include_str!("../schemas/sarif-2.1.0.json");
const JUNIT: &str = include_str!("../schemas/junit-10.xsd");

/// What can be done to readers of reports: markup, commands of runners, escapes of terminals, links, formulas, placeholders.
const HOSTILE: &str = "<script>alert(1)</script>\"'&]]>\u{1b}[31m\u{9b}31m\u{7}\r\n::error file=x::forged\n##[add-mask]x \
    ##vso[task.complete]y %0A::warning::z \u{202e}\u{2028}\u{feff} =cmd()|'/C calc'!A0 [a](javascript:alert) ![i](x) \
    {{0}} {0} `x` @everyone <!-- $x$ </title></style></failure> -->";

const GATE: Gate = Gate {
    fail_on: Some(Severity::Major),
    min_score: Some(44.0),
};

fn checked(name: &str, text: &str) -> Checked {
    let source = Source::new(name, text);
    check_text(source, Catalog::embedded(), None, &Limits::default()).with_gate(GATE)
}

/// The report of designs in a format.
fn report(name: &str, designs: &[Checked]) -> String {
    report_in(name, designs, Style::default())
}

/// The same in a style.
fn report_in(name: &str, designs: &[Checked], style: Style) -> String {
    let format = format(name).expect("a format");
    let mut reporter = (format.reporter)(style);
    let mut summary = Summary::default();
    let mut written = reporter.begin(Catalog::embedded());
    for checked in designs {
        summary.count(checked);
        written.push_str(&reporter.design(checked, (format.draft)(checked, style)));
    }
    written + &reporter.end(&summary)
}

fn embedded(path: &str) -> &'static str {
    let file = EMBEDDED.iter().find(|(other, _)| *other == path);
    file.expect("an embedded file").1
}

const WEAK: &str = "problems/url-shortener/fixtures/weak.design.yaml";
const GOOD: &str = "problems/url-shortener/references/postgres-counter.design.yaml";

/// A good design and a weak one, one whose gravest finding is accepted, one that can't be read, and one that is not there.
fn designs() -> Vec<Checked> {
    let weak = checked("./designs/weak one.design.yaml", embedded(WEAK));
    let grave = &weak.assessment.as_ref().expect("a design").findings[0].rule;
    let accepted = format!(
        "{}\nallow:\n  - {{rule: {grave}, reason: agreed}}\n",
        embedded(WEAK)
    );
    vec![
        checked(GOOD, embedded(GOOD)),
        checked("accepted.design.yaml", &accepted),
        weak,
        checked(
            "broken.design.yaml",
            "sysdrill: 1\nlevel: junior\ncomponents: {a: nonsense}\n",
        ),
        Checked::unreadable("missing.design.yaml", "no such file".to_owned()),
    ]
}

/// A design with hostile text wherever text is taken, and one with hostile names, which is refused.
fn hostile() -> Vec<Checked> {
    let components = json!({
        "user": {"kind": "client", "title": HOSTILE, "notes": HOSTILE},
        "api": {"kind": "service", "title": HOSTILE, "notes": HOSTILE, "replicas": 1},
        "db": {"tech": "postgres", "title": HOSTILE, "replicas": 1, "partition_key": HOSTILE},
    });
    let good = json!({
        "sysdrill": "1", "title": HOSTILE, "author": HOSTILE,
        "requirements": {
            "functional": [HOSTILE], "non_functional": [HOSTILE], "out_of_scope": [HOSTILE], "questions": [HOSTILE],
        },
        "components": components,
        "connections": [{"from": "user", "to": "api"}, {"from": "api", "to": "db"}],
        "flows": {"save": {"path": "user -> api -> db", "kind": "write", "rate": "900k/s", "availability": "99.99%"}},
        "api": [format!("POST /v1/{HOSTILE}")],
        "data": {HOSTILE: {"fields": [HOSTILE], "store": "db", "key": HOSTILE}},
        "decisions": [{"choice": HOSTILE, "because": HOSTILE, "topic": HOSTILE}],
        "answers": {HOSTILE: HOSTILE},
        "allow": [{"rule": "nothing-clarified", "reason": HOSTILE}, {"rule": "store-on-one-machine", "reason": HOSTILE}],
    });
    let bad = json!({
        "sysdrill": HOSTILE, "problem": HOSTILE, "level": HOSTILE, HOSTILE: HOSTILE,
        "components": {HOSTILE: {"kind": HOSTILE, HOSTILE: HOSTILE}},
        "connections": [HOSTILE], "flows": {HOSTILE: {"path": HOSTILE}}, "allow": [{"rule": HOSTILE}],
    });
    let name = |name: &str| format!("::error::{name}{HOSTILE}");
    vec![
        checked(&name("good"), &escaped(&good)),
        checked(&name("bad"), &escaped(&bad)),
        Checked::unreadable(&name("missing"), HOSTILE.to_owned()),
    ]
}

/// JSON as YAML takes it: what it does not print has to be an escape.
fn escaped(value: &Value) -> String {
    let escaped = |c: char| match c {
        ' '..='~' => c.to_string(),
        c => format!("\\u{:04x}", u32::from(c)),
    };
    value.to_string().chars().map(escaped).collect()
}

/// How many of the designs fail by their score.
fn low_scores(designs: &[Checked]) -> usize {
    let assessed = designs.iter().filter_map(|one| one.assessment.as_ref());
    let low = assessed.filter(|assessment| GATE.is_missed_by(&assessment.score));
    let low = low.count();
    assert!(low > 0);
    low
}

#[test]
fn sarif_is_as_the_standard_says() {
    let validator = Validator::read(SARIF);
    for designs in [designs(), hostile(), Vec::new()] {
        let report: Value = serde_json::from_str(&report("sarif", &designs)).expect("JSON");
        let found = validator.complaints(&report);
        assert!(found.is_empty(), "{found:#?}");
    }
    let mut wrong: Value = serde_json::from_str(&report("sarif", &designs())).expect("JSON");
    wrong["runs"][0]["results"][0]["kind"] = json!("wrong");
    wrong["runs"][0]["results"][0]["message"] = json!({});
    wrong["runs"][0]["tool"]["driver"]["unknown"] = json!(1);
    assert!(validator.complaints(&wrong).len() >= 3);
}

#[test]
fn sarif_has_what_code_scanning_asks_for() {
    let designs = designs();
    let report: Value = serde_json::from_str(&report("sarif", &designs)).expect("JSON");
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    let assessed = designs.iter().flat_map(|one| &one.assessment);
    let findings: Vec<_> = assessed.flat_map(|one| &one.findings).collect();
    let results = results.iter();
    let results: Vec<&Value> = results
        .filter(|result| result["ruleId"] != "score-below-the-gate")
        .collect();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert_eq!(result["ruleId"], finding.rule.as_str());
        assert_eq!(
            result["partialFingerprints"]["sysdrill/v1"],
            finding.fingerprint()
        );
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64() >= Some(1) && region["endColumn"].is_number());
        let accepted = &result["suppressions"][0]["justification"];
        let why = finding.allowed.as_ref().map(ToString::to_string);
        assert_eq!(accepted.as_str(), why.as_deref());
        let fails = result["kind"] == "fail";
        assert_eq!(fails, result["level"] != "none", "{result}");
    }
    assert!(
        results
            .iter()
            .any(|result| result["suppressions"][0]["kind"] == "inSource")
    );
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[key]["text"].is_string(), "{key}: {rule}");
        }
        assert!(
            rule["help"]["markdown"].is_string()
                && rule["defaultConfiguration"]["level"].is_string()
        );
    }
    let spaced = results.iter().find_map(|result| {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str()?;
        uri.contains("weak").then_some(uri)
    });
    assert_eq!(spaced, Some("designs/weak%20one.design.yaml"));
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(
        invocation["toolExecutionNotifications"]
            .as_array()
            .expect("a list")
            .len()
            >= 3
    );
}

#[test]
fn brackets_and_braces_in_sarif_are_neither_links_nor_placeholders() {
    let report: Value = serde_json::from_str(&report("sarif", &hostile())).expect("JSON");
    let notices = &report["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    let said = notices.to_string();
    assert!(said.contains(r"\\[a\\](javascript:alert)"), "{said}");
    assert!(
        said.contains("{{0}}") && said.contains("{{{{0}}}}"),
        "{said}"
    );
}

#[test]
fn junit_is_as_its_schema_says_and_fails_where_the_gate_does() {
    let schema = Xml::parse(JUNIT).expect("XML");
    for designs in [designs(), hostile(), Vec::new()] {
        let report = report("junit", &designs);
        let document = Xml::parse(&report).expect("XML");
        let found = xsd::complaints(&schema, &document);
        assert!(found.is_empty(), "{found:#?}");
    }
    let wrong = Xml::parse(
        "<testsuites><testsuite name='a' time='soon'>b<testcase><c/></testcase></testsuite></testsuites>",
    );
    assert!(xsd::complaints(&schema, &wrong.expect("XML")).len() >= 7);

    let designs = designs();
    let report = report("junit", &designs);
    let document = Xml::parse(&report).expect("XML");
    let suites: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("testsuite"))
        .collect();
    assert_eq!(suites.len(), designs.len());
    for (suite, checked) in suites.iter().zip(&designs) {
        let count = |tag: &str| {
            suite
                .descendants()
                .filter(|node| node.has_tag_name(tag))
                .count()
        };
        let stated = |name: &str| suite.attribute(name).and_then(|said| said.parse().ok());
        assert_eq!(stated("tests"), Some(count("testcase")));
        assert_eq!(stated("failures"), Some(count("failure")));
        assert_eq!(stated("errors"), Some(count("error")));
        assert_eq!(stated("skipped"), Some(count("skipped")));
        assert_eq!(
            count("failure") > 0,
            checked.fails(),
            "{}",
            checked.source.name
        );
        assert_eq!(
            count("error") > 0,
            checked.has_errors(),
            "{}",
            checked.source.name
        );
    }
    let failure = document
        .descendants()
        .find(|node| node.has_tag_name("failure"));
    let said = failure.and_then(|node| node.text()).expect("a text");
    assert!(said.contains("why: ") && said.contains("help: "), "{said}");
}

#[test]
fn gitlab_gets_the_keys_that_it_asks_for_and_no_fingerprint_twice() {
    for designs in [designs(), hostile(), Vec::new()] {
        let report: Value = serde_json::from_str(&report("gitlab", &designs)).expect("JSON");
        let entries = report.as_array().expect("a list");
        assert_eq!(entries.is_empty(), designs.is_empty());
        let mut fingerprints: Vec<&str> = Vec::new();
        for entry in entries {
            for key in ["description", "check_name", "fingerprint"] {
                assert!(entry[key].is_string(), "{key}: {entry}");
            }
            let severities = ["info", "minor", "major", "critical", "blocker"];
            assert!(severities.contains(&entry["severity"].as_str().expect("a word")));
            assert!(
                !entry["location"]["path"]
                    .as_str()
                    .expect("a path")
                    .starts_with("./")
            );
            assert!(entry["location"]["lines"]["begin"].as_u64() >= Some(1));
            fingerprints.push(entry["fingerprint"].as_str().expect("a text"));
        }
        fingerprints.sort_unstable();
        assert!(fingerprints.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

#[test]
fn a_score_below_the_gate_is_an_entry_where_findings_are_entries() {
    let designs = designs();
    let low = low_scores(&designs);
    let gitlab: Value = serde_json::from_str(&report("gitlab", &designs)).expect("JSON");
    let sarif: Value = serde_json::from_str(&report("sarif", &designs)).expect("JSON");
    for (entries, key) in [
        (&gitlab, "check_name"),
        (&sarif["runs"][0]["results"], "ruleId"),
    ] {
        let entries = entries.as_array().expect("a list").iter();
        let told = entries.filter(|entry| entry[key] == "score-below-the-gate");
        let told: Vec<String> = told.map(Value::to_string).collect();
        assert_eq!(told.len(), low, "{key}");
        let wanted = format!("at least {}% wanted", GATE.min_score.unwrap_or_default());
        assert!(told.iter().all(|entry| entry.contains(&wanted)), "{told:?}");
    }
}

#[test]
fn github_gets_a_command_a_line_for_what_is_wrong_and_not_accepted() {
    let designs = designs();
    let report = report("github", &designs);
    let commands = report.lines().filter(|line| line.starts_with("::")).count();
    let wrong = designs
        .iter()
        .filter_map(|checked| checked.assessment.as_ref());
    let wrong = wrong
        .flat_map(|assessment| &assessment.findings)
        .filter(|finding| finding.allowed.is_none() && finding.missing.is_empty());
    let issues: usize = designs.iter().map(|checked| checked.issues.len()).sum();
    let open = report.matches("Not stated, and so not judged").count();
    let low = low_scores(&designs);
    assert_eq!(
        report.matches("sysdrill (score)::").count(),
        low,
        "a score that is too low is told: {report}"
    );
    assert_eq!(commands, wrong.count() + issues + open + low, "{report}");
    // What fails is an error, and nothing else of what was found.
    let never = designs
        .into_iter()
        .map(|checked| checked.with_gate(Gate::default()));
    let never = self::report("github", &never.collect::<Vec<_>>());
    let errors: Vec<&str> = never
        .lines()
        .filter(|line| line.starts_with("::error"))
        .collect();
    assert!(
        errors.iter().all(|line| line.contains("broken.design.yaml") || line.contains("missing.design.yaml")),
        "{errors:#?}"
    );
    assert!(
        report.contains("::error file=designs/weak one.design.yaml,line="),
        "{report}"
    );
    assert!(
        report.contains("title=links-kept-once (blocker)::"),
        "{report}"
    );
    let accepted = report
        .lines()
        .filter(|line| line.contains("accepted.design.yaml"));
    assert!(
        !accepted
            .into_iter()
            .any(|line| line.contains("(blocker)") && line.contains("kept-once"))
    );
}

/// The commands that a runner of GitHub takes.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::") || line.contains("##[") || line.contains("##vso[")
}

#[test]
fn hostile_text_gets_out_of_no_format() {
    let hostile = hostile();
    assert!(hostile[0].assessment.is_some(), "{:#?}", hostile[0].issues);
    assert!(hostile[1].has_errors());
    for format in REPORTERS {
        let name = format.name;
        let written = report(name, &hostile);
        assert!(written.contains("alert"), "{name} says nothing of it");
        let harmful =
            |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2028}\u{feff}".contains(c);
        assert!(!written.contains(harmful), "{name}: {written:?}");
        for line in written.lines().filter(|line| is_command(line)) {
            let ours = name == "github"
                && ["::error file=", "::warning file=", "::notice file="]
                    .iter()
                    .any(|own| line.starts_with(own));
            assert!(ours && !line.contains("##["), "{name}: {line}");
            let (properties, _) = line[2..].split_once("::").expect("a command");
            let properties = properties.split_once(' ').expect("properties").1;
            for property in properties.split(',') {
                let (key, _) = property.split_once('=').expect("a value");
                let known = ["file", "line", "endLine", "col", "endColumn", "title"];
                assert!(known.contains(&key), "{line}");
            }
        }
        let is_markup = ["html", "markdown", "junit"].contains(&name);
        assert!(
            !is_markup || !written.contains("<script>"),
            "{name}: {written}"
        );
        assert!(!is_markup || !written.contains("<!--"), "{name}: {written}");
        assert!(name != "markdown" || !written.contains("[a]("), "{written}");
        assert!(
            name != "markdown" || !written.contains(" @everyone"),
            "{written}"
        );
    }
}

#[test]
fn the_page_needs_nothing_else_and_holds_every_design() {
    let designs = designs();
    let report = report("html", &designs);
    assert!(report.contains(
        "Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;sha256-"
    ));
    for loaded in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        "@import",
        "url(",
        "src=",
        "javascript:",
        " style=",
    ] {
        assert!(!report.contains(loaded), "{loaded}");
    }
    for (at, checked) in designs.iter().enumerate() {
        let number = at + 1;
        assert!(report.contains(&format!(
            "<section class=\"design\" id=\"design-{number}\">"
        )));
        assert!(
            report.contains(&format!("href=\"#design-{number}\"")),
            "{}",
            checked.source.name
        );
    }
    assert!(
        report.contains("<span class=\"quiet\">accepted.design.yaml · "),
        "the table names files beside titles"
    );
    // The page is XML but for elements that are always empty: whatever is opened is closed.
    let body = report
        [report.find("<body>").expect("a body")..report.find("</html>").expect("an end")]
        .replace("<br>", "<br/>");
    let document = Xml::parse(&body).expect("closed tags");
    let findings = designs
        .iter()
        .filter_map(|checked| checked.assessment.as_ref());
    let told = |class: &str| {
        document
            .descendants()
            .filter(|node| {
                node.attribute("class")
                    .is_some_and(|own| own.starts_with(class))
            })
            .count()
    };
    let wrong_or_accepted = findings
        .flat_map(|assessment| &assessment.findings)
        .filter(|finding| finding.missing.is_empty() || finding.allowed.is_some());
    let errors: usize = designs
        .iter()
        .filter(|checked| checked.has_errors())
        .map(|checked| checked.issues.len())
        .sum();
    assert_eq!(told("finding "), wrong_or_accepted.count() + errors);
}

#[test]
fn markdown_tells_findings_from_questions_and_from_what_is_accepted() {
    let report = report("markdown", &designs());
    for heading in ["### Findings", "### Accepted", "### Not stated", "### Good"] {
        assert!(report.contains(heading), "{heading}");
    }
    assert!(report.contains("**Below the bar**: ") && report.contains("Could not be checked."));
    assert!(!report.contains("\n\n\n"), "{report}");
}

#[test]
fn each_format_for_people_says_what_a_design_fails_by() {
    let low = || {
        let gate = Gate {
            fail_on: Some(Severity::Minor),
            min_score: Some(99.99),
        };
        vec![
            checked(GOOD, embedded(GOOD)).with_gate(Gate::default()),
            checked(WEAK, embedded(WEAK)).with_gate(gate),
        ]
    };
    let quiet = Style {
        quiet: true,
        ..Style::default()
    };
    for format in ["human", "markdown", "html", "json"] {
        let written = report_in(format, &low(), quiet);
        assert!(
            written.contains("at least 99.99% wanted")
                && written.contains("findings at or above minor"),
            "{format}: {written}"
        );
        let is_silent = !written.contains("Every record has a key.");
        assert_eq!(
            is_silent,
            format != "json",
            "{format}: quiet is silent on what is well"
        );
    }
    // What accepts or knows all that is grave is well but for its score, and told all the same.
    let gate = Gate {
        fail_on: Some(Severity::Major),
        min_score: Some(100.0),
    };
    let score = vec![checked(GOOD, embedded(GOOD)).with_gate(gate)];
    assert!(score[0].fails() && !score[0].is_well());
    assert!(report_in("human", &score, quiet).contains("below the bar: "));
    let human = report_in("human", &low(), Style::default());
    let list = format!("\n2 designs checked and 1 below the bar:\n  {WEAK}: ");
    assert!(human.contains(&list), "{human}");
}
