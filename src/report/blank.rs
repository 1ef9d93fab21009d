//! A design file to fill in: commented, with what a problem has to say for each step.
//!
//! Knows the marks of the embedded skeleton and the hints of a problem; knows no problem.

use super::plain;
use crate::catalog::embedded_text;
use crate::model::Step;
use crate::notation::yaml::{self, Yaml};
use crate::rubric::{FlowTemplate, Problem};

/// The skeleton: `## ` begins a hint, `# ` what can be uncommented, `##: ` a mark that something is put in place of.
const SKELETON: &str = "templates/blank.yaml";

const MARK: &str = "##: ";

/// Columns of a line of hints.
const WIDTH: usize = 110;

/// A design file to fill in, for a problem or for any other system.
///
/// # Panics
/// Never: the skeleton is embedded.
#[must_use]
pub fn blank_design(problem: Option<&Problem>) -> String {
    let skeleton = embedded_text(SKELETON).expect("the skeleton is embedded");
    let lines = skeleton.lines().map(|line| match line.strip_prefix(MARK) {
        Some(mark) => filled(mark, problem),
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// What stands in place of a mark.
fn filled(mark: &str, problem: Option<&Problem>) -> String {
    match (mark, problem) {
        ("brief", Some(problem)) => {
            hint(&format!("{}: {}", problem.title, problem.prompt)) + "##\n"
        }
        ("brief", None) => hint("A system design.") + "##\n",
        ("problem", Some(problem)) => yaml::entry("problem", &Yaml::text(&problem.id)),
        ("problem", None) => hint("problem: one of those that `sysdrill problems` lists"),
        ("title", Some(problem)) => yaml::entry("title", &Yaml::text(plain::line(&problem.title))),
        ("title", None) => "# title: what it is called\n".to_owned(),
        ("flows", problem) => flows(problem.map(|it| it.flows.as_slice()).unwrap_or_default()),
        (step, Some(problem)) => Step::from_word(step)
            .map(|step| hints(step, problem))
            .unwrap_or_default(),
        (_, None) => String::new(),
    }
}

/// The names that the problem has for what is stated in a step, then its first hints: questions that give nothing away.
fn hints(step: Step, problem: &Problem) -> String {
    let topics = problem.functional.iter().chain(&problem.non_functional);
    let names: (&str, Vec<&str>) = match step {
        Step::Requirements => ("Think of", topics.map(|it| it.id.as_str()).collect()),
        Step::Estimation => (
            "Figures that are looked at",
            problem.estimates.iter().map(|it| it.id.as_str()).collect(),
        ),
        Step::Detailed => (
            "Worth a decision or an answer",
            problem
                .deep_dives
                .iter()
                .map(|it| it.title.as_str())
                .collect(),
        ),
        Step::HighLevel | Step::Scale => ("", Vec::new()),
    };
    let (what, names) = names;
    let listed = (!names.is_empty()).then(|| hint(&format!("{what}: {}.", names.join(", "))));
    let of_step = problem.hints.iter().filter(|hint| hint.step == step);
    let questions = of_step.filter_map(|hint| hint.grades.first());
    let questions = questions.map(|question| hint(&format!("- {question}")));
    listed.into_iter().chain(questions).collect()
}

/// The journeys of the problem, each along the components of the skeleton.
fn flows(templates: &[FlowTemplate]) -> String {
    let journey = |id: &str, kind: &str| {
        let path = if kind == "write" {
            "web -> lb -> app -> store"
        } else {
            "[web -> lb -> app -> cache, app -> store]"
        };
        let flow = format!(
            "{{path: {path}, kind: {kind}, rate: 100/s, latency: 200ms, availability: 99.9%}}"
        );
        format!("#   {}: {flow}\n", plain::line(id))
    };
    if templates.is_empty() {
        return journey("read", "read") + &journey("publish", "write");
    }
    let kind = |template: &FlowTemplate| template.kind.map_or("read", crate::model::FlowKind::word);
    templates
        .iter()
        .map(|template| journey(&template.id, kind(template)))
        .collect()
}

/// Lines of hints, broken where they are long.
fn hint(text: &str) -> String {
    let text = plain::line(text);
    let options = textwrap::Options::new(WIDTH)
        .initial_indent("## ")
        .subsequent_indent("##   ");
    textwrap::fill(&text, options) + "\n"
}
