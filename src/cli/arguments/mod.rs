//! What can be typed after `sysdrill`: help, completion and documentation follow from here.
//!
//! Knows words and defaults; does nothing.

mod content;
mod document;
mod terms;
mod typed;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::analyze::AnalyzeFormat;
use super::diff::Diff;
use super::import::Import;
use super::lsp::Lsp;
use super::man::Man;
use super::new::New;
use super::practice::Practice;
use super::practice::drill::{Drills, Progress};
use super::reviews::ReviewFlags;
use crate::report::Joining;
pub use content::{LimitFlags, OwnContent};
pub use document::DocumentName;
pub use terms::{FrameFlags, KeepingFlags, TermFlags};
pub use typed::{Threshold, level, notations, threshold};
use typed::{drawing_name, formats, joining, output};

/// Practise system design interviews at a prompt, and check design files.
#[derive(Debug, Parser)]
#[command(
    name = "sysdrill",
    version,
    arg_required_else_help = true,
    propagate_version = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 all well; 1 findings at or above the threshold, or a score below the gate; \
    2 something could not be checked or was used wrongly; 3 nothing matched."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take a mock interview.
    Practice(Practice),
    /// Answer small questions: what was missed comes back when it is about to be forgotten.
    Drill(Drills),
    /// Show how practice went over time, and what to practise next.
    Progress(Progress),
    /// Score design files and report what is wrong with them.
    #[command(aliases = ["lint", "validate"])]
    Check(Check),
    /// Compute availability, load, latency and storage of a design, and what a failure or more load does to it.
    Analyze(Analyze),
    /// Draw a design: as text, SVG, PNG, Mermaid or DOT.
    #[command(alias = "draw")]
    Diagram(Diagram),
    /// Compare two designs: what is drawn and said otherwise in the second, and what that does to the score.
    #[command(alias = "compare")]
    Diff(Diff),
    /// Write a commented design file to fill in, for a problem or for any other system.
    New(New),
    /// Make a design file of a diagram of another tool.
    Import(Import),
    /// Judge a class of designs, and write a site with a page for each candidate.
    Grade(Grade),
    /// List the problems.
    Problems(OwnContent),
    /// List the rules.
    Rules(Rules),
    /// Say what a rule looks for, why, and what to do.
    Explain(Explain),
    /// Look something up in the quick reference; without words, list its pages.
    Ref(Reference),
    /// For authors of rules: run their examples, look for mistakes.
    Rubric(Rubric),
    /// Show what sysdrill.yaml and the flags come to, and where each value comes from.
    Config(ShowConfig),
    /// Print the JSON Schema of a sort of file, for editors and other tools.
    Schema(Schema),
    /// Serve an editor on standard input and output: what check says while a design is written, and help with writing it.
    Lsp(Lsp),
    /// Write a completion script for a shell.
    Completions(Completions),
    /// Write a manual page, for those who package the program.
    #[command(hide = true)]
    Man(Man),
}

/// `sysdrill check`.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub struct Check {
    /// Design files, or directories to search for *.design.yaml and *.design.yml; - is standard input. Where left out,
    /// what sysdrill.yaml names under `designs`.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to report.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    pub format: String,
    /// Report in a format to a file as well; can be given several times.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<(String, PathBuf)>,
    /// What designs are judged by.
    #[command(flatten)]
    pub terms: TermFlags,
    /// What becomes of the baseline.
    #[command(flatten)]
    pub keeping: KeepingFlags,
    /// Check only designs that changed since a revision of git, such as origin/main; 0 where none did.
    #[arg(long, value_name = "REV", conflicts_with = "write_baseline", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub since: Option<String>,
    /// Check again what is saved, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["write_baseline", "update_baseline"])]
    pub watch: bool,
    /// Say nothing of designs that are well, and of the others only what is wrong and not accepted.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show what each rule earned.
    #[arg(long)]
    pub points: bool,
    /// Count the findings of each rule over all designs; for reading at a terminal, in place of the designs.
    #[arg(long)]
    pub statistics: bool,
    /// End with 0 whatever is found, for jobs that only upload the report.
    #[arg(long)]
    pub exit_zero: bool,
    /// Threads; as many as there are processors where left out.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// Limits for untrusted files.
    #[command(flatten)]
    pub limits: LimitFlags,
}

/// `sysdrill config`.
#[derive(Debug, Args)]
pub struct ShowConfig {
    /// A design: what holds for it, the overrides for it included.
    #[arg(value_name = "DESIGN")]
    pub design: Option<PathBuf>,
    /// What designs are judged by.
    #[command(flatten)]
    pub terms: TermFlags,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// `sysdrill analyze`.
#[derive(Debug, Args)]
pub struct Analyze {
    /// A design file; - is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What if this were gone: a component, instances of it (db=2), a zone (zone:1) or a region (region:2). Can be given
    /// several times, and with the other changes.
    #[arg(long, value_name = "TARGET", help_heading = "What if")]
    pub kill: Vec<String>,
    /// What if there were so many times the load.
    #[arg(long, value_name = "FACTOR", help_heading = "What if")]
    pub load: Option<String>,
    /// What if a component were slower: cache=+50ms, cache=3x or cache=20ms.
    #[arg(long, value_name = "COMPONENT=TIME", help_heading = "What if")]
    pub latency: Vec<String>,
    /// What if all caches were empty.
    #[arg(long, help_heading = "What if")]
    pub cold_cache: bool,
    /// Unfold every figure to its formula and inputs.
    #[arg(long)]
    pub explain: bool,
    /// How to show it.
    #[arg(long, value_enum, default_value_t)]
    pub format: AnalyzeFormat,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// Limits for untrusted files.
    #[command(flatten)]
    pub limits: LimitFlags,
}

/// `sysdrill diagram`.
#[derive(Debug, Args)]
pub struct Diagram {
    /// A design file; - is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// How to draw: text, svg, png, mermaid or dot. Where left out, as the name of the file ends, or else text.
    #[arg(long, value_name = "FORMAT", value_parser = drawing_name)]
    pub format: Option<String>,
    /// Judge the design, and mark the findings on its components.
    #[arg(long)]
    pub findings: bool,
    /// Draw to a file.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What it is judged by.
    #[command(flatten)]
    pub frame: FrameFlags,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// Limits for untrusted files.
    #[command(flatten)]
    pub limits: LimitFlags,
}

/// `sysdrill grade`.
#[derive(Debug, Args)]
pub struct Grade {
    /// Design files, or directories to search for *.design.yaml and *.design.yml.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder to write the site to; what an earlier run wrote there is replaced.
    #[arg(long, short, value_name = "DIR", default_value = "site")]
    pub out: PathBuf,
    /// Number the candidates, and tell neither authors nor titles nor file names.
    #[arg(long)]
    pub anonymous: bool,
    /// Review files.
    #[command(flatten)]
    pub reviews: ReviewFlags,
    /// What designs are attempts of one candidate at one problem: stated, those of one author, or else with file names that
    /// differ in a date, `.2`, `-v2` or `-attempt-2`; numbered, any number at the end too (`ann-1`, `ann-2`); never.
    #[arg(long, value_name = "RULE", default_value = "stated", value_parser = joining)]
    pub attempts: Joining,
    /// A design or another text that everybody was given to start from: what two have of it makes them no more alike.
    #[arg(long, value_name = "FILE")]
    pub handout: Vec<PathBuf>,
    /// A folder with own templates, styles or scripts for the site, each replacing the built-in one of its name.
    #[arg(long, value_name = "DIR")]
    pub template: Option<PathBuf>,
    /// What designs are judged by.
    #[command(flatten)]
    pub frame: FrameFlags,
    /// Threads; as many as there are processors where left out.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// Limits for untrusted files.
    #[command(flatten)]
    pub limits: LimitFlags,
}

/// `sysdrill rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Only the rules that have all these words in their id, title, topic or severity: `caching major`.
    pub words: Vec<String>,
    /// Only the rules for a problem, without the general ones.
    #[arg(long, value_name = "SLUG")]
    pub problem: Option<String>,
    /// As Markdown, with the reason of each rule.
    #[arg(long)]
    pub markdown: bool,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// `sysdrill explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The id of a rule.
    pub rule: String,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// `sysdrill ref`.
#[derive(Debug, Args)]
pub struct Reference {
    /// What to look up: a technique, a technology, a term, or a page's name.
    pub words: Vec<String>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// `sysdrill rubric`.
#[derive(Debug, Args)]
pub struct Rubric {
    /// What to do.
    #[command(subcommand)]
    pub command: RubricCommand,
}

/// What can be done with rubrics.
#[derive(Debug, Subcommand)]
pub enum RubricCommand {
    /// Run the examples of every rule.
    Test(RubricFolder),
    /// Look for mistakes: unknown words, broken expressions, values that nothing has, rules without examples, concepts that miss
    /// their phrases.
    Lint(RubricFolder),
    /// Break good designs one change at a time, and show which breaks no rule notices.
    Mutate(Mutate),
    /// Find the concept that a rule can name, by what somebody would say or by words of its name; all of them where nothing is said.
    Concepts(ConceptSearch),
}

/// `sysdrill rubric concepts`.
#[derive(Debug, Args)]
pub struct ConceptSearch {
    /// What somebody would say, such as `the lease runs out`.
    pub words: Vec<String>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// Which rubrics.
#[derive(Debug, Args)]
pub struct RubricFolder {
    /// A folder of own rubrics, read over the built-in ones. Where left out, the one that sysdrill.yaml names, or else the
    /// built-in ones.
    pub dir: Option<PathBuf>,
}

impl RubricFolder {
    /// The folder as what is laid over the built-in content.
    #[must_use]
    pub fn own(&self) -> OwnContent {
        OwnContent {
            rubrics: self.dir.clone(),
            problems: None,
        }
    }
}

/// `sysdrill rubric mutate`.
#[derive(Debug, Args)]
pub struct Mutate {
    /// The problem whose references are broken; those of all problems where left out.
    pub problem: Option<String>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// List every mutant with the rules that noticed it.
    #[arg(long)]
    pub all: bool,
}

/// `sysdrill schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// The sort of file.
    pub document: DocumentName,
    /// Own rubrics and problems, whose names are suggested too.
    #[command(flatten)]
    pub own: OwnContent,
}

/// `sysdrill completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_known_by_the_names_of_other_tools() {
        for (typed, is_meant) in [
            (
                "lint",
                (|command| matches!(command, Command::Check(_))) as fn(&Command) -> bool,
            ),
            ("validate", |command| matches!(command, Command::Check(_))),
            ("draw", |command| matches!(command, Command::Diagram(_))),
        ] {
            let read = Arguments::try_parse_from(["sysdrill", typed, "a.design.yaml"]);
            assert!(read.is_ok_and(|read| is_meant(&read.command)), "{typed}");
        }
    }
}
