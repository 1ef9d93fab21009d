//! The mentor's word: files that are written beside designs and merged when designs change.

use std::path::{Path, PathBuf};
use std::process::Command;

use sysdrill::catalog::Catalog;
use sysdrill::report::{Document, schema};

use super::validator::Validator;

/// A folder with designs of the example class, and the program in it.
struct Class(tempfile::TempDir);

impl Class {
    fn of(names: &[&str]) -> Self {
        let class = Self(tempfile::tempdir().expect("a folder"));
        for name in names {
            let name = format!("{name}.design.yaml");
            std::fs::copy(example(&name), class.path(&name)).expect(&name);
        }
        class
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect(name);
    }

    /// Writes something in place of something that has to be there.
    fn change(&self, name: &str, before: &str, after: &str) {
        let text = self.text(name);
        assert!(text.contains(before), "{before} in {text}");
        self.write(name, &text.replacen(before, after, 1));
    }

    /// Runs `sysdrill grade .`: the exit code, and what was said on both streams.
    fn grade(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sysdrill"));
        command.env_clear().current_dir(self.0.path());
        let output = command.args(["grade", "."]).args(arguments).output();
        let output = output.expect("an end");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("a code");
        (code, text(&output.stdout), text(&output.stderr))
    }

    /// Writes reviews, which goes well; what was said of them.
    fn review(&self, arguments: &[&str]) -> String {
        let (code, said, wrong) = self.grade(&[&["--review"], arguments].concat());
        assert_eq!((code, wrong.as_str()), (0, ""), "{said}");
        said
    }
}

fn example(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("examples/class").join(name)
}

/// The entry of a review on a rule.
fn entry<'t>(review: &'t str, rule: &str) -> &'t str {
    let start = review.find(&format!("- rule: {rule}")).expect(rule);
    let rest = &review[start..];
    rest.split("\n\n").next().unwrap_or(rest)
}

#[test]
fn a_review_is_as_its_schema_says_and_mistakes_are_refused_by_it() {
    let class = Class::of(&["gil"]);
    assert!(class.review(&[]).starts_with("1 review: 1 new"));
    let schema = Validator::read(&schema(Document::Review, Catalog::embedded()));
    let complaints = |text: &str| schema.complaints(&serde_yaml::from_str(text).expect("YAML"));
    let fresh = class.text("gil.review.yaml");
    assert_eq!(complaints(&fresh), Vec::<String>::new());
    let finding = "findings: [{rule: r, found: note, fingerprint: f, verdict: acept}]";
    for wrong in [
        "",
        finding,
        "added: [{step: scale, severity: grave, message: m}]",
        "mentr: x",
    ] {
        let text = if wrong.is_empty() { "" } else { "design: a\n" };
        let text = format!("sysdrill_review: 1\n{text}{wrong}\n");
        assert!(!complaints(&text).is_empty(), "{text}");
    }
}

#[test]
fn the_example_of_the_documentation_is_a_review() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reviews.md");
    let text = std::fs::read_to_string(document).expect("the document");
    let block = text.split("```yaml\n").nth(1).expect("a block");
    let block = block.split("```").next().expect("its end");
    let (review, issues) = sysdrill::notation::review::read(block);
    assert!(issues.is_empty(), "{issues:?}");
    assert_eq!(
        (
            review.findings.len(),
            review.added.len(),
            review.comments.len()
        ),
        (1, 1, 1)
    );
}

#[test]
fn the_figures_of_the_documentation_are_those_of_the_example_class() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/reviews.md")).expect("the document");
    let class = Class::of(&[]);
    let files = std::fs::read_dir(root.join("examples/class")).expect("the class");
    let files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    let copy = |end: &str| {
        for file in &files {
            let name = file.file_name().expect("a name").to_string_lossy();
            if name.ends_with(end) {
                std::fs::copy(file, class.path(&name)).expect("copied");
            }
        }
    };
    copy(".design.yaml");
    let reviewed = class.review(&[]);
    for file in std::fs::read_dir(class.0.path()).expect("the copy") {
        let path = file.expect("a file").path();
        if path.to_string_lossy().ends_with(".review.yaml") {
            std::fs::remove_file(path).expect("removed");
        }
    }
    copy(".review.yaml");
    let (code, agreement, _) = class.grade(&["--agreement"]);
    assert_eq!(code, 0, "{agreement}");
    for line in reviewed.lines().chain(agreement.lines().take(3)) {
        assert!(text.contains(line), "docs/reviews.md lacks: {line}");
    }
}

#[test]
fn a_review_is_merged_without_losing_a_word() {
    let class = Class::of(&["gil"]);
    class.review(&[]);
    let fresh = class.text("gil.review.yaml");
    assert!(class.review(&[]).contains("0 new, 0 changed, 1 as before"));
    assert_eq!(class.text("gil.review.yaml"), fresh);

    // A mentor decides on two findings, and remarks on a third.
    let reasoned = entry(&fresh, "public-writes-unlimited").replace(
        "verdict: undecided\n    reason: \"\"",
        "verdict: reject # sure\n    reason: 'The gateway does: it is in the notes'",
    );
    class.change(
        "gil.review.yaml",
        entry(&fresh, "public-writes-unlimited"),
        &reasoned,
    );
    let double = entry(&fresh, "work-done-twice");
    let graver = double.replace(
        "verdict: undecided\n    reason: \"\"",
        "verdict: change\n    severity: major\n    reason: |\n      Seen first.\n      # by users",
    );
    class.change("gil.review.yaml", double, &graver);
    class.change(
        "gil.review.yaml",
        "complete: no",
        "complete: no   # two are open",
    );

    // The design changes: one decided finding goes, some come.
    let text = class.text("gil.design.yaml");
    let lines = text.lines().filter(|line| !line.contains("idempotent"));
    let other: Vec<&str> = lines.collect();
    let other = other.join("\n").replace("send:", "post:");
    class.write(
        "gil.design.yaml",
        &format!("{other}\nallow: [{{rule: work-done-twice, reason: later}}]\n"),
    );
    let said = class.review(&[]);
    assert!(
        said.contains("1 changed, 0 as before") && said.contains("1 decision on"),
        "{said}"
    );
    let merged = class.text("gil.review.yaml");
    assert!(
        merged.contains(&reasoned) && merged.contains("complete: no   # two are open"),
        "{merged}"
    );
    let marked = graver.replace("verdict: change", "gone: design\n    verdict: change");
    assert!(merged.contains(&marked), "{merged}");
    assert!(
        entry(&merged, "slower-than-its-target").contains("about: [post]"),
        "{merged}"
    );
    assert!(!merged.contains("about: [send]"), "{merged}");
    assert!(class.review(&[]).contains("1 as before"));

    // And back: nothing is gone any more.
    class.write("gil.design.yaml", &text);
    class.review(&[]);
    let back = class.text("gil.review.yaml");
    assert!(
        back.contains(&graver) && back.contains(&reasoned) && !back.contains("gone:"),
        "{back}"
    );
}

#[test]
fn a_name_that_would_take_another_mentors_file_is_told_whose_it_is() {
    let class = Class::of(&["kim", "gil"]);
    class.review(&["--mentor", "Olga"]);
    let before = class.text("kim.olga.review.yaml");
    let (code, said, wrong) = class.grade(&["--review", "--mentor", "OLGA"]);
    assert_eq!(code, 2, "{said}{wrong}");
    assert!(
        wrong.contains("kim.olga.review.yaml is the one of Olga")
            && wrong.contains("`--mentor \"Olga\"`"),
        "{wrong}"
    );
    assert!(
        said.starts_with("0 reviews: 0 new")
            && said.contains("0 findings undecided, 0 of them new"),
        "{said}"
    );
    assert_eq!(class.text("kim.olga.review.yaml"), before);
}

#[test]
fn each_mentor_has_files_of_their_own_and_a_broken_one_stops_no_other() {
    let class = Class::of(&["kim", "gil"]);
    class.review(&["--mentor", "Olga <b> \u{d6}."]);
    class.review(&["--mentor", "Ben"]);
    let name = "kim.olga-b-\u{f6}.review.yaml";
    assert!(class.text(name).contains("\nmentor: Olga <b> \u{d6}.\n"));
    assert!(class.path("kim.ben.review.yaml").is_file());
    assert!(!class.path("kim.review.yaml").exists());

    // Without a name all that there are are brought up to date; a design without any gets one.
    class.change("kim.design.yaml", "kind: write", "kind: read");
    let said = class.review(&[]);
    assert!(said.starts_with("4 reviews: 0 new"), "{said}");

    class.change(name, "verdict: undecided", "verdict: rejct");
    class.change(
        "kim.ben.review.yaml",
        "mentor: Ben",
        "mentor: Olga <b> \u{d6}.",
    );
    class.write(
        "lost.review.yaml",
        "sysdrill_review: 1\ndesign: kin.design.yaml\n",
    );
    class.change(
        "gil.ben.review.yaml",
        "mentor: Ben",
        "mentor: Olga <b> \u{d6}.",
    );
    let before = class.text(name);
    let (code, said, wrong) = class.grade(&["--review"]);
    assert_eq!(code, 2, "{said}{wrong}");
    for words in [
        "unknown verdict `rejct`",
        "did you mean `reject`?",
        "lost.review.yaml:2:9",
        "there is no `kin.design.yaml` beside this review",
        "did you mean `kim.design.yaml`?",
        "has another review of `gil.design.yaml`",
    ] {
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    assert!(
        !wrong.contains(&class.0.path().display().to_string()),
        "{wrong}"
    );
    assert_eq!(class.text(name), before);
    assert!(said.starts_with("2 reviews: 0 new"), "{said}");
}

/// A mark in every field that a mentor fills in, which would be an element, a formula, a command or a colour if it were not
/// escaped.
const EVIL: &str = r#"<pwn onload=alert(1)>'\" | {{title}} =1+1 \u001b[2J\u202e ##[error]x"#;

fn evil_review(fingerprints: &[String]) -> String {
    let verdicts = ["reject", "change\n    severity: blocker", "accept"];
    let mut text = format!(
        "sysdrill_review: 1\ndesign: gil.design.yaml\nmentor: \"@Olga {EVIL}\"\noverall: 70\nmarks: {{scale: 55}}\n\
         added:\n  - {{step: scale, severity: major, message: \"{EVIL}\", component: log, line: 3, rule: \"{EVIL}\"}}\n\
         comments:\n  - {{text: \"{EVIL}\", component: \"{EVIL}\"}}\n  - {{text: \"{EVIL}\", line: 5}}\n  \
         - {{text: \"{EVIL}\", component: log}}\nfindings:\n"
    );
    let gone = "f".repeat(32);
    for (at, fingerprint) in fingerprints.iter().chain([&gone]).enumerate() {
        let verdict = verdicts[at % verdicts.len()];
        text.push_str(&format!(
            "  - rule: \"{EVIL}\"\n    found: major\n    says: \"{EVIL}\"\n    about: [\"{EVIL}\"]\n    fingerprint: {fingerprint}\n    \
             verdict: {verdict}\n    reason: \"{EVIL}\"\n"
        ));
    }
    text
}

#[test]
fn nothing_that_a_mentor_writes_becomes_markup_a_formula_or_a_command() {
    let class = Class::of(&["gil"]);
    class.review(&[]);
    let fresh = class.text("gil.review.yaml");
    let lines = fresh
        .lines()
        .filter_map(|line| line.strip_prefix("    fingerprint: "));
    let fingerprints: Vec<String> = lines.map(str::to_owned).collect();
    assert!(fingerprints.len() > 5, "{fresh}");
    class.write("gil.review.yaml", &evil_review(&fingerprints));
    let (code, _, wrong) = class.grade(&[]);
    assert_eq!(code, 0, "{wrong}");
    assert!(
        wrong.contains("no component `") && wrong.contains("no rule `"),
        "{wrong}"
    );
    harmless("what is said of it", &wrong);
    let site = class.path("site");
    let mut pages = 0;
    for entry in std::fs::read_dir(&site).expect("a site") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        is_harmless_file(&path, &text);
        pages += usize::from(path.extension().is_some_and(|end| end == "html"));
    }
    assert_eq!(pages, 2);
    let (code, said, _) = class.grade(&["--agreement", "--format", "markdown"]);
    assert_eq!(code, 0, "{said}");
    harmless("the agreement", &said);
    assert!(said.contains("&lt;pwn") && !said.contains("<pwn"), "{said}");
}

/// Nothing that a terminal or a runner of build jobs obeys.
fn harmless(name: &str, text: &str) {
    let harmful = ['\u{1b}', '\u{202e}'];
    assert!(
        !text.contains(harmful) && !text.contains("##["),
        "{name}: {text}"
    );
}

fn is_harmless_file(path: &Path, text: &str) {
    let name = path.file_name().expect("a name").to_string_lossy();
    harmless(&name, text);
    let ends = |with: &str| path.extension().is_some_and(|end| end == with);
    if ends("html") {
        assert!(text.contains("&lt;pwn onload"), "{name}");
        for tag in super::site::tags(text) {
            let outside: String = tag.split('"').step_by(2).collect();
            assert!(
                !outside.contains("pwn") && !outside.contains(" on"),
                "{name}: {tag}"
            );
        }
    } else if ends("md") {
        let is_told = name.starts_with("candidate");
        assert_eq!(text.contains("&lt;pwn"), is_told, "{name}");
        assert!(!text.contains("<pwn"), "{name}");
    } else if ends("csv") {
        assert!(
            !text.contains(",@Olga") && !text.contains(",\"@Olga"),
            "{name}"
        );
    }
}

/// Two designs, one of them reviewed by two mentors.
fn reviewed_class() -> Class {
    let class = Class::of(&["gil", "dana"]);
    for review in ["gil.olga", "gil.ben", "dana.olga"] {
        let name = format!("{review}.review.yaml");
        std::fs::copy(example(&name), class.path(&name)).expect(&name);
    }
    class
}

#[test]
fn pages_show_both_sides_and_name_nobody_who_must_not_be() {
    let class = reviewed_class();
    class.change(
        "gil.olga.review.yaml",
        "comments:",
        "comments:\n  - {line: 22, text: At the line}",
    );
    let said = "2 designs judged: site/index.html\n".to_owned();
    assert_eq!(class.grade(&[]), (0, said, String::new()));
    let site = |name: &str| class.text(&format!("site/{name}"));
    let page = site("candidate-gil.html");
    for words in [
        "Rules and mentors",
        "points, rejected by Ben and Olga</span>",
        "<s>Nobody says how the recipient&#39;s server is found</s>",
        "<b>Olga</b> rejects this: whereabouts is just that",
        "<b>Olga</b> calls this minor, not major: Groups of 200",
        "<b>Ben</b> accepts this as major",
        "comment: Olga: Sharded by user at ten times the load",
        "<p class=\"word\"><b>Olga</b>: At the line</p>",
        "data-findings=\"mentor-",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let index = site("index.html");
    assert!(index.contains("2 of 2 candidates have a review by Ben and Olga"));
    let markdown = site("candidate-dana.md");
    for words in [
        "### The word of Olga",
        "Mark: **80%**. The rules with this word:",
        "~~GET /api/v1/urls/{code}/uses answers a list",
        "| note | major | stats is written on every redirect",
        "| – | major | added |",
        "| Bottlenecks &amp; scale |",
        "- db: The leader for ten seconds",
    ] {
        assert!(markdown.contains(words), "{words}: {markdown}");
    }

    // Nobody is named where nobody must be.
    class.change(
        "gil.olga.review.yaml",
        "whereabouts is just that",
        "Gil's whereabouts is just that",
    );
    assert_eq!(class.grade(&["--anonymous"]).0, 0);
    let page = site("candidate-02.html");
    assert!(
        page.contains("(the author)&#39;s whereabouts") && !page.contains("Gil"),
        "{page}"
    );
}

#[test]
fn the_rules_own_result_is_what_it_was_and_the_adjusted_one_stands_apart() {
    let class = reviewed_class();
    assert_eq!(class.grade(&[]).0, 0);
    let site = |name: &str| class.text(&format!("site/{name}"));
    let report =
        || -> serde_json::Value { serde_json::from_str(&site("results.json")).expect("JSON") };
    let mut after = report();
    let schema = Validator::read(&schema(Document::Report, Catalog::embedded()));
    assert_eq!(schema.complaints(&after), Vec::<String>::new());
    for (at, design) in after["designs"]
        .as_array_mut()
        .expect("designs")
        .iter_mut()
        .enumerate()
    {
        let reviews = design.as_object_mut().expect("a design").remove("reviews");
        let reviews = reviews.expect("reviewed");
        let percent = |value: &serde_json::Value| value["percent"].as_f64().expect("a number");
        let with = percent(&reviews[at]["score"]);
        assert!((with - percent(&design["score"])).abs() > 0.5, "{with}");
    }
    let csv = site("results.csv");
    let row = csv
        .lines()
        .find(|row| row.starts_with("Gil,"))
        .expect("a row");
    assert!(
        row.contains(",89.9,hire,") && row.contains(",Ben; Olga,90,"),
        "{row}"
    );
    let words = site("reviews.csv");
    assert!(words.contains("Gil,gil.design.yaml,Olga,reject,way-between-servers-unexplained,,high_level,major,none,,"), "{words}");
    for name in ["gil.olga", "gil.ben", "dana.olga"] {
        std::fs::remove_file(class.path(&format!("{name}.review.yaml"))).expect(name);
    }
    assert_eq!(class.grade(&[]).0, 0);
    assert_eq!(after["designs"], report()["designs"]);
    assert!(!class.path("site/reviews.csv").exists());
}

#[test]
fn agreement_without_reviews_is_nothing() {
    let class = Class::of(&["kim"]);
    let nothing = |class: &Class| {
        let (code, said, wrong) = class.grade(&["--agreement"]);
        assert_eq!((code, said.as_str()), (3, ""));
        wrong
    };
    let wrong = nothing(&class);
    assert!(
        wrong.contains("there is no review of any design") && wrong.contains("--review"),
        "{wrong}"
    );
    class.write(
        "kim.review.yaml",
        "sysdrill_review: 1\ndesign: kim.design.yaml\nmarks: {}\n",
    );
    let wrong = nothing(&class);
    assert!(
        wrong.contains("nothing is said in the reviews so far") && wrong.contains("verdict"),
        "{wrong}"
    );
}
