//! What a team says once for all of its designs: the file `sysdrill.yaml`.
//!
//! Knows its keys; opens no file, and knows no rule by its name.

use crate::model::{Level, Severity, spelling};
use crate::notation::yaml::{
    self, Content, Fields, Key, Limits, Node, Shape, Term, one_or_many, percent_of, text_of,
};
use crate::source::{Issue, Issues, Span};

/// A value with the place where it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A configuration. Paths in it start from its folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Which files are designs, where a command names none: patterns as ignore files have them.
    pub designs: Option<Said<Vec<Said<String>>>>,
    /// A folder of own rubrics.
    pub rubrics: Option<Said<String>>,
    /// A folder of own problems.
    pub problems: Option<Said<String>>,
    /// A file of findings that are known already.
    pub baseline: Option<Said<String>>,
    /// What all designs are judged by.
    pub terms: Layer,
    /// What some designs are judged by instead; the last that fits and says something decides.
    pub overrides: Vec<Override>,
}

/// What designs are judged by, and what they must reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// The level, whatever the design says.
    pub level: Option<Said<Level>>,
    /// The least severity that fails; none for never.
    pub fail_on: Option<Said<Option<Severity>>>,
    /// The least score that does not fail, in percent.
    pub min_score: Option<Said<f64>>,
    /// The rules that count.
    pub select: Option<Said<Vec<Said<String>>>>,
    /// The rules that don't.
    pub ignore: Option<Said<Vec<Said<String>>>>,
    /// How grave rules are here.
    pub severity: Vec<(Said<String>, Severity)>,
    /// Whether designs may accept findings.
    pub allowances: Option<Said<bool>>,
}

/// A layer for some designs.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Patterns of their paths.
    pub designs: Vec<Said<String>>,
    /// What they are judged by.
    pub terms: Layer,
}

/// The keys of a configuration, beside those of [`LAYER`].
pub const CONFIG: &[Key] = &[
    Key::new(
        "designs",
        Shape::Many(&Shape::Text),
        "What `sysdrill check` checks where it is given no path: patterns as in ignore files, `!` takes out.",
    ),
    Key::new(
        "rubrics",
        Shape::Text,
        "A folder of own rubrics, as `--rubrics` takes it.",
    ),
    Key::new(
        "problems",
        Shape::Text,
        "A folder of own problems, as `--problems` takes it.",
    ),
    Key::new(
        "baseline",
        Shape::Text,
        "A file of findings that are known already and don't fail.",
    ),
    Key::new(
        "overrides",
        Shape::List(&Shape::Joined(&[OVERRIDE, LAYER])),
        "What is different for some designs; the last entry that fits decides.",
    ),
];

const OVERRIDE: &[Key] = &[Key::needed(
    "designs",
    Shape::Many(&Shape::Text),
    "Patterns of the designs that it is for.",
)];

/// The keys of what designs are judged by.
pub const LAYER: &[Key] = &[
    Key::new(
        "level",
        Shape::Of(Term::Level),
        "The level to judge at, whatever a design says.",
    ),
    Key::new(
        "fail_on",
        Shape::Either(&[Shape::Of(Term::Severity), Shape::Word(&[NEVER])]),
        "The least severity of a finding that fails.",
    ),
    Key::new(
        "min_score",
        Shape::Text,
        "Designs below this percentage fail.",
    ),
    Key::new(
        "select",
        Shape::Many(&Shape::Of(Term::Rules)),
        "The rules that count: ids, what ids begin with, or `topic:NAME`; all where left out.",
    ),
    Key::new(
        "ignore",
        Shape::Many(&Shape::Of(Term::Rules)),
        "The rules that don't count.",
    ),
    Key::new(
        "severity",
        Shape::By(Term::Rules, &Shape::Of(Term::Severity)),
        "How grave rules are here; the longest word that stands for a rule decides.",
    ),
    Key::new(
        "allowances",
        Shape::YesNo,
        "Whether designs may accept findings by `allow`; yes where left out.",
    ),
];

/// What stands for no severity at all.
pub const NEVER: &str = "never";

/// Reads a configuration; an empty text is one that says nothing.
#[must_use]
pub fn read(text: &str, limits: &Limits) -> (Config, Vec<Issue>) {
    let (config, issues) = read_once(text, limits);
    let read = |text: &str| read_once(text, limits).1;
    (config, yaml::with_doubles(text, limits, issues, read))
}

fn read_once(text: &str, limits: &Limits) -> (Config, Vec<Issue>) {
    let mut issues = Issues::default();
    let node = yaml::parse(text, limits, &mut issues);
    let config = node
        .filter(|node| node.content != Content::Null)
        .and_then(|node| config(&node, &mut issues));
    (config.unwrap_or_default(), issues.into_sorted())
}

fn config(node: &Node<'_>, issues: &mut Issues) -> Option<Config> {
    let fields = Fields::of(node, "a configuration", issues)?;
    let known = [yaml::names(CONFIG), yaml::names(LAYER)].concat();
    fields.only(&known, issues);
    Some(Config {
        designs: words(&fields, "designs", issues),
        rubrics: path(&fields, "rubrics", issues),
        problems: path(&fields, "problems", issues),
        baseline: path(&fields, "baseline", issues),
        terms: layer(&fields, issues),
        overrides: fields
            .list("overrides", issues)
            .iter()
            .filter_map(|node| exception(node, issues))
            .collect(),
    })
}

fn exception(node: &Node<'_>, issues: &mut Issues) -> Option<Override> {
    let fields = Fields::of(node, "an override", issues)?;
    let known = [yaml::names(OVERRIDE), yaml::names(LAYER)].concat();
    fields.only(&known, issues);
    let designs = words(&fields, "designs", issues);
    if designs.is_none() {
        let help = "add `designs: drafts/`, the designs that it is for".to_owned();
        issues.error(fields.span, "an override of no designs", help);
    }
    if !fields
        .entries()
        .iter()
        .any(|(key, _)| key.text() != Some("designs"))
    {
        let help = "add what is otherwise for its designs, such as `fail_on: never`".to_owned();
        issues.error(fields.span, "an override that says nothing", help);
    }
    let terms = layer(&fields, issues);
    Some(Override {
        designs: designs?.value,
        terms,
    })
}

fn layer(fields: &Fields<'_, '_>, issues: &mut Issues) -> Layer {
    let level = |text: &str| Level::from_word(text);
    let levels: Vec<&str> = Level::ALL.iter().map(|level| level.word()).collect();
    let severities: Vec<&str> = Severity::ALL.iter().map(|one| one.word()).collect();
    let least = |text: &str| match text {
        NEVER => Some(None),
        text => Severity::from_word(text).map(Some),
    };
    let thresholds = [severities.as_slice(), &[NEVER]].concat();
    Layer {
        level: word(fields, "level", &levels, level, issues),
        fail_on: word(fields, "fail_on", &thresholds, least, issues),
        min_score: min_score(fields, issues),
        select: words(fields, "select", issues),
        ignore: words(fields, "ignore", issues),
        severity: severity(fields, &severities, issues),
        allowances: fields.get("allowances").and_then(|node| {
            let value = yaml::flag(node, issues)?;
            Some(said(node, value))
        }),
    }
}

fn said<T>(node: &Node<'_>, value: T) -> Said<T> {
    Said {
        value,
        span: node.span,
    }
}

/// One of some words.
fn word<T>(
    fields: &Fields<'_, '_>,
    key: &str,
    known: &[&str],
    from: impl Fn(&str) -> Option<T>,
    issues: &mut Issues,
) -> Option<Said<T>> {
    let node = fields.get(key)?;
    let value = fields.word(key, known, from, issues)?;
    Some(said(node, value))
}

/// Words, none of which is empty.
fn words(
    fields: &Fields<'_, '_>,
    key: &str,
    issues: &mut Issues,
) -> Option<Said<Vec<Said<String>>>> {
    let node = fields.get(key)?;
    let mut words = Vec::new();
    for item in one_or_many(node) {
        words.extend(filled(item, issues));
    }
    Some(said(node, words))
}

/// A text that is not empty.
fn filled(node: &Node<'_>, issues: &mut Issues) -> Option<Said<String>> {
    let text = text_of(node, issues)?.trim();
    if text.is_empty() {
        let help = "write a word or remove it".to_owned();
        issues.error(node.span, "an empty text", help);
        return None;
    }
    Some(said(node, text.to_owned()))
}

fn path(fields: &Fields<'_, '_>, key: &str, issues: &mut Issues) -> Option<Said<String>> {
    filled(fields.get(key)?, issues)
}

fn min_score(fields: &Fields<'_, '_>, issues: &mut Issues) -> Option<Said<f64>> {
    let node = fields.get("min_score")?;
    Some(said(node, percent_of(node, issues)?))
}

fn severity(
    fields: &Fields<'_, '_>,
    known: &[&str],
    issues: &mut Issues,
) -> Vec<(Said<String>, Severity)> {
    let Some(node) = fields.get("severity") else {
        return Vec::new();
    };
    let Some(rules) = Fields::of(node, "`severity`, from rules to words,", issues) else {
        return Vec::new();
    };
    let mut severities = Vec::new();
    for (rule, value) in rules.entries() {
        let (rule, text) = (filled(rule, issues), text_of(value, issues));
        let Some(text) = text else {
            continue;
        };
        let severity = Severity::from_word(text);
        if severity.is_none() {
            let help = match text {
                "off" | NEVER => Some("name the rule under `ignore`".to_owned()),
                _ => spelling::did_you_mean(text, known),
            };
            issues.error(value.span, format!("unknown severity `{text}`"), help);
        }
        severities.extend(rule.zip(severity));
    }
    severities
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// What is complained of, with line, column and cure.
    fn complaints(text: &str) -> Vec<String> {
        let source = Source::new("sysdrill.yaml", text);
        let (_, issues) = read(text, &Limits::default());
        let told = issues.iter().map(|issue| {
            let at = source.position(issue.span.start);
            let help = issue.help.as_deref().unwrap_or("no cure");
            format!("{}:{} {}; {help}", at.line, at.column, issue.message)
        });
        told.collect()
    }

    #[test]
    fn a_configuration_says_what_designs_are_judged_by() {
        let text = "designs: [designs/, '!designs/old']\nrubrics: rubrics\nlevel: staff\nfail_on: never\nmin_score: 70%\n\
            ignore: topic:caching\nseverity: {no-limit: minor}\nallowances: no\n\
            overrides: [{designs: drafts/, level: mid, fail_on: blocker}]\n";
        let (config, issues) = read(text, &Limits::default());
        assert!(issues.is_empty(), "{issues:?}");
        let designs = config.designs.unwrap();
        assert_eq!(designs.value.len(), 2);
        assert_eq!(config.terms.level.unwrap().value, Level::Staff);
        assert_eq!(config.terms.fail_on.unwrap().value, None);
        assert!((config.terms.min_score.unwrap().value - 70.0).abs() < 1e-9);
        assert_eq!(config.terms.severity.len(), 1);
        assert!(!config.terms.allowances.unwrap().value);
        let drafts = config.overrides.first().unwrap();
        assert_eq!(drafts.designs.first().unwrap().value, "drafts/");
        let blocker = drafts.terms.fail_on.as_ref().unwrap();
        assert_eq!(blocker.value, Some(Severity::Blocker));
    }

    #[test]
    fn an_empty_file_says_nothing() {
        for text in ["", "# nothing yet\n", "~\n", "{}"] {
            assert_eq!(
                read(text, &Limits::default()),
                (Config::default(), Vec::new()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn every_mistake_has_its_place_and_its_cure() {
        let text = "levle: staff\nlevel: junior\nfail_on: majer\nmin_score: 700\nselect: ['']\n\
            severity: {no-limit: off, no-cache: grave}\nallowances: perhaps\noverrides:\n  - {level: mdi}\n  - drafts\n  - {designs: x}\n  \
            - {designs: y, fail_on: none, severity: {no-limit: error}}\n";
        let expected = [
            "1:1 unknown key `levle` of a configuration; did you mean `level`?",
            "2:8 unknown level `junior`; did you mean `mid`?",
            "3:10 unknown fail_on `majer`; did you mean `major`?",
            "4:12 `700` is no percentage; a number from 0 to 100",
            "5:11 an empty text; write a word or remove it",
            "6:22 unknown severity `off`; name the rule under `ignore`",
            "6:37 unknown severity `grave`; one of `note`, `minor`, `major`, `blocker`",
            "7:13 `perhaps` is neither yes nor no; write `yes` or `no`",
            "9:5 an override of no designs; add `designs: drafts/`, the designs that it is for",
            "9:13 unknown level `mdi`; did you mean `mid`?",
            "10:5 a text where an override should stand, a map of keys and values; write `key: value`, each on a line of its own",
            "11:5 an override that says nothing; add what is otherwise for its designs, such as `fail_on: never`",
            "12:27 unknown fail_on `none`; did you mean `never`?",
            "12:54 unknown severity `error`; did you mean `major`?",
        ];
        assert_eq!(complaints(text), expected);
    }
}
