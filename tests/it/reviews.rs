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
