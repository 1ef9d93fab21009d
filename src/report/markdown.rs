//! The report as Markdown, by a template. The only home of handlebars.
//!
//! Knows the template's name; what the template sees is the JSON report.

use std::sync::LazyLock;

use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext};

use super::{Checked, Reporter, Summary, json, plain};
use crate::catalog::embedded_text;
use crate::source::Gravity;

const TEMPLATE: &str = "templates/report.md.hbs";

/// Compiled when first used: a report in another format needs none.
static TEMPLATES: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    templates.register_escape_fn(plain::markdown);
    templates.register_helper("bar", Box::new(bar));
    let text = embedded_text(TEMPLATE).expect("the template is embedded");
    templates
        .register_template_string("design", text)
        .expect("the embedded template is tested");
    templates
});

/// Writes designs as sections.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    any: bool,
}

impl Reporter for Markdown {
    fn design(&mut self, checked: &Checked) -> String {
        let mut text = if std::mem::replace(&mut self.any, true) {
            "\n".to_owned()
        } else {
            String::new()
        };
        match &checked.assessment {
            Some(assessment) => {
                let view = json::design(checked, assessment);
                text.push_str(
                    &TEMPLATES
                        .render("design", &view)
                        .expect("the embedded template is tested"),
                );
            }
            None => text.push_str(&errors(checked)),
        }
        text
    }

    fn end(&mut self, summary: &Summary) -> String {
        if summary.designs + summary.errors < 2 {
            return String::new();
        }
        let (designs, failed, errors) = (summary.designs, summary.failed, summary.errors);
        format!(
            "\n---\n\n{designs} designs checked, {failed} below the bar, {errors} files could not be checked.\n"
        )
    }
}

/// A design that could not be judged.
fn errors(checked: &Checked) -> String {
    let mut text = format!(
        "## {}\n\nCould not be checked.\n\n",
        plain::markdown(&checked.source.name)
    );
    for issue in checked
        .issues
        .iter()
        .filter(|issue| issue.gravity == Gravity::Error)
    {
        let at = checked.region(issue.span).start;
        let help = issue
            .help
            .as_ref()
            .map(|help| format!(" ({})", plain::markdown(help)))
            .unwrap_or_default();
        text.push_str(&format!(
            "- line {}, column {}: {}{help}\n",
            at.line,
            at.column,
            plain::markdown(&issue.message)
        ));
    }
    text
}

/// `{{bar percent}}`: ten blocks.
fn bar(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let percent = helper
        .param(0)
        .and_then(|param| param.value().as_f64())
        .unwrap_or(0.0);
    let filled = (0..10_u8)
        .filter(|block| percent >= f64::from(*block) * 10.0 + 5.0)
        .count();
    out.write(&"█".repeat(filled))?;
    out.write(&"░".repeat(10 - filled))?;
    Ok(())
}
