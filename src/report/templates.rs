//! The templates of reports. The only home of handlebars.
//!
//! Knows how text is escaped for what a template writes; what a template sees is the JSON report.

use std::sync::LazyLock;

use handlebars::{Handlebars, handlebars_helper};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{analyzed, plain, policy};
use crate::catalog::{EMBEDDED, embedded_text};
use crate::drawing;
use crate::model::quantity::Style;
use crate::model::{Quantity, Step};

/// Compiled when first used: a report in another format needs none.
static MARKDOWN: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut all = templates(".md.hbs", plain::markdown);
    all.register_helper("prose", Box::new(markdown_prose));
    all.register_helper("code", Box::new(markdown_code));
    all
});

/// HTML and XML, which escape alike.
static MARKUP: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut all = templates(".html.hbs", plain::markup);
    with_prose(&mut all);
    register(&mut all, ".xml.hbs");
    all
});

/// A template of Markdown, filled in.
pub(super) fn markdown<T: Serialize>(name: &str, view: &T) -> String {
    render(&MARKDOWN, name, view)
}

/// A template of HTML or XML, filled in.
pub(super) fn markup<T: Serialize>(name: &str, view: &T) -> String {
    render(&MARKUP, name, view)
}

fn render<T: Serialize>(templates: &Handlebars<'_>, name: &str, view: &T) -> String {
    templates
        .render(name, view)
        .expect("the embedded templates are tested")
}

fn templates(
    end: &str,
    escape: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Handlebars<'static> {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    templates.register_escape_fn(escape);
    templates.register_helper("bar", Box::new(bar));
    templates.register_helper("figure", Box::new(figure));
    templates.register_helper("percentage", Box::new(percentage));
    templates.register_helper("duration", Box::new(duration));
    templates.register_helper("factor", Box::new(factor));
    templates.register_helper("step_title", Box::new(step_title));
    templates.register_helper("words", Box::new(words));
    register(&mut templates, end);
    templates
}

/// Registers the templates with an ending, each under its path below the folder of templates. Those of a site are its own
/// business.
fn register(templates: &mut Handlebars<'_>, end: &str) {
    for (path, text) in EMBEDDED {
        if let Some(name) = path
            .strip_prefix("templates/")
            .filter(|name| name.ends_with(end) && !name.starts_with("site/"))
        {
            templates
                .register_template_string(name, text)
                .expect("the embedded templates are tested");
        }
    }
}

// `{{bar percent}}`: ten blocks.
handlebars_helper!(bar: |percent: f64| {
    let filled = (0..10_u8)
        .filter(|block| percent >= f64::from(*block) * 10.0 + 5.0)
        .count();
    format!("{}{}", "█".repeat(filled), "░".repeat(10 - filled))
});

// `{{figure 7.1 unit=" ms"}}`: a number with its unit, or a dash where there is none.
handlebars_helper!(figure: |number: Json, {unit: str = ""}| told(number, |number| format!("{number}{unit}")));

// `{{percentage 0.9999}}`: a share in percent, with the nines that an availability is told by.
handlebars_helper!(percentage: |share: Json| told(share, analyzed::nines));

// `{{duration 13.1807}}`: milliseconds as people tell a time.
handlebars_helper!(duration: |milliseconds: Json| told(milliseconds, |time| analyzed::duration(time / 1e3)));

// `{{factor 51.5597}}`: so many times the load, as people tell it.
handlebars_helper!(factor: |times: Json| told(times, |times| Style::Factor.show(Quantity::number(times))));

/// A number in words, or a dash where there is none.
fn told(number: &Value, tell: impl Fn(f64) -> String) -> String {
    number.as_f64().map_or_else(|| "–".to_owned(), tell)
}

// `{{{prose why}}}`: a text in which what stands between backticks is code. It is escaped here, hence the three braces.
handlebars_helper!(markup_prose: |text: str| plain::markup_prose(text));
handlebars_helper!(markdown_prose: |text: str| plain::markdown_prose(text));

// `{{{code attack}}}`: a text as a code span of Markdown, in which nothing is escaped.
handlebars_helper!(markdown_code: |text: str| plain::markdown_code(text));

/// Teaches the templates of a site what those of reports know of prose.
pub(super) fn with_prose(pages: &mut Handlebars<'_>) {
    pages.register_helper("prose", Box::new(markup_prose));
}

// `{{step_title high_level}}`: what people call a step.
handlebars_helper!(step_title: |word: str| {
    let known = Step::from_word(word);
    known.map_or_else(|| word.to_owned(), |known| known.title().to_owned())
});

// `{{words strong_hire}}`: a word of the report as people write it.
handlebars_helper!(words: |word: str| word.replace('_', " "));

/// The style that all pages share.
pub(super) fn page_style() -> &'static str {
    embedded_text("templates/page.css").expect("the style is embedded")
}

/// The style of reports, whose hash is in their policy.
static REPORT_STYLE: LazyLock<String> = LazyLock::new(|| {
    let own = embedded_text("templates/html/style.css").expect("the style is embedded");
    format!("{}{own}", page_style())
});

/// A page that needs nothing else, filled in.
pub(super) fn page<T: Serialize>(name: &str, view: &T) -> String {
    markup(name, &framed(view, &REPORT_STYLE, ""))
}

/// The same beside that of drawings.
static PICTURE_STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{}{}", *REPORT_STYLE, drawing::STYLE));

/// A page that needs nothing else, filled in, where a picture of a design stands.
pub(super) fn page_with_picture<T: Serialize>(name: &str, view: &T) -> String {
    markup(name, &framed(view, &PICTURE_STYLE, ""))
}

/// What a page sees, with what its head has to say: the one style and the one script that it has, and what a browser may do.
pub(super) fn framed<T: Serialize>(view: &T, style: &str, script: &str) -> Map<String, Value> {
    let mut seen = match serde_json::to_value(view) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let frame = [
        ("policy", policy::policy(style, script)),
        ("style", style.to_owned()),
        ("script", script.to_owned()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    seen.extend(frame.map(|(key, text)| (key.to_owned(), json!(text))));
    seen
}
