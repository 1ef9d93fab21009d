//! What was found, as bytes for people and machines: a table of formats, each fed one design after the other.
//!
//! Knows assessments and texts; knows no paths beyond their names, no arguments and no terminal.

mod agreement;
mod analyzed;
mod attacked;
mod blank;
mod checked;
mod computed;
mod difference;
mod folded;
mod frames;
mod github;
mod gitlab;
mod harmless;
mod html;
mod human;
mod interview;
mod json;
mod junit;
mod markdown;
mod marked;
mod page;
mod paths;
pub mod plain;
mod policy;
mod report_schema;
mod reviewed;
mod rule_list;
mod sarif;
mod schema;
mod section;
mod site;
mod summary;
mod table;
mod templates;

pub use agreement::{
    json as agreement_json, markdown as agreement_markdown, text as agreement_text,
};
pub use analyzed::{
    Analyzed, analyzed, availability, backlog, cuts, growth, limit, met, per_second, time,
    used_in_words,
};
pub use attacked::{attack_in_words, fate_in_words, is_untold, survived_of};
pub use blank::blank_design;
pub use checked::{Checked, Head, Region, check_on_terms, check_text, read_alone};
pub use difference::{
    Comparison, changes, json as comparison_json, markdown as comparison_markdown,
    text as comparison_text,
};
pub use folded::folded;
pub use frames::{Paint, issue_frame};
pub use human::{bar, write_findings, write_score};
pub use interview::{Part, interview_html, interview_markdown};
pub use json::analysis_json;
pub use marked::{components_of, key, marks};
pub use page::{PAGE_WIDTH, contents, looked_up, page_text};
pub use reviewed::{Reviewed, about_in_words, decision_in_words, of_review};
pub use rule_list::rules_markdown;
pub use schema::{Document, schema, schema_value};
pub use site::{
    Attempt, GivenText, INDEX, Joined, Joining, PARTS, ReferenceDesign, SiteContext, Submission,
    TemplateFault, Templates, anonymous, number_of, put_together, site,
};
pub use summary::{Gate, RuleCount, Statistics, Summary};

use crate::catalog::Catalog;

/// Turns designs into the bytes of a format, one after the other: a report of 100,000 designs needs the memory of one.
pub trait Reporter {
    /// What stands before the first design. The catalog is the one whose rules judge.
    fn begin(&mut self, _catalog: &Catalog) -> String {
        String::new()
    }

    /// What is said of a design, given its draft; or what was still to be said of the one before.
    fn design(&mut self, checked: &Checked, draft: String) -> String;

    /// What stands after the last.
    fn end(&mut self, summary: &Summary) -> String;
}

/// Writes of a design what can be written whatever stands before it. Threads do so side by side, which is most of the work
/// of the formats that many designs are reported in; others draft nothing.
pub type Draft = fn(&Checked, Style) -> String;

/// How a reporter writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub paint: Paint,
    /// Findings that cost nothing are left out, those that are accepted, and what went well.
    pub quiet: bool,
    /// What each rule earned is shown too.
    pub points: bool,
    /// The totals are what was asked for: people are not shown the designs one by one.
    pub totals_alone: bool,
}

/// A format.
pub struct Format {
    /// The word after `--format`.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Whether a terminal may fold its lines, for people read them.
    pub is_prose: bool,
    /// What a reporter is given of each design.
    pub draft: Draft,
    /// A reporter that writes it.
    pub reporter: fn(Style) -> Box<dyn Reporter>,
}

/// Every format.
pub const REPORTERS: &[Format] = &[
    Format {
        name: "human",
        doc: "for reading at a terminal",
        is_prose: true,
        draft: human::draft,
        reporter: |_| Box::<human::Human>::default(),
    },
    Format {
        name: "json",
        doc: "for other tools; version 1, keys are never renamed",
        is_prose: false,
        draft: |checked, _| json::draft(checked),
        reporter: |_| Box::<json::Json>::default(),
    },
    Format {
        name: "sarif",
        doc: "SARIF 2.1.0, for code scanning and editors",
        is_prose: false,
        draft: |_, _| String::new(),
        reporter: |_| Box::<sarif::Sarif>::default(),
    },
    Format {
        name: "junit",
        doc: "JUnit XML, for build servers: a design is a suite, a rule a test",
        is_prose: false,
        draft: |checked, _| junit::draft(checked),
        reporter: |_| Box::<junit::JUnit>::default(),
    },
    Format {
        name: "github",
        doc: "annotations of GitHub Actions, beside the lines of a pull request",
        is_prose: false,
        draft: |_, _| String::new(),
        reporter: |style| Box::new(github::GitHub::new(style)),
    },
    Format {
        name: "gitlab",
        doc: "Code Quality of GitLab, in a merge request",
        is_prose: false,
        draft: |checked, _| gitlab::draft(checked),
        reporter: |_| Box::<gitlab::GitLab>::default(),
    },
    Format {
        name: "markdown",
        doc: "for a job summary or a comment",
        is_prose: false,
        draft: |_, _| String::new(),
        reporter: |style| Box::new(markdown::Markdown::new(style.quiet)),
    },
    Format {
        name: "html",
        doc: "one page that needs nothing else, for reading and for paper",
        is_prose: false,
        draft: |_, _| String::new(),
        reporter: |style| Box::new(html::Html::new(style.quiet)),
    },
];

/// The format with a name.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    REPORTERS.iter().find(|format| format.name == name)
}
