//! The templates of the site, each of which a mentor may replace by one of their own.
//!
//! Knows what parts there are; what they see is made elsewhere.

use handlebars::{Handlebars, RenderErrorReason};
use serde::Serialize;

use crate::catalog::embedded_text;
use crate::drawing;
use crate::model::spelling;
use crate::report::{plain, templates};

/// The parts of a site: the beginning of all pages, the pages, sections of theirs, the style, and the script of each.
pub const PARTS: [&str; 10] = [
    "head.html.hbs",
    "attempts.html.hbs",
    "similar.html.hbs",
    "pair.html.hbs",
    "mentors.html.hbs",
    "class.html.hbs",
    "candidate.html.hbs",
    "style.css",
    "class.js",
    "candidate.js",
];

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateFault {
    /// The part.
    pub part: String,
    /// The line, from 1; none where it is not known.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// The templates, ready to be filled in.
#[derive(Debug)]
pub struct Templates {
    pages: Handlebars<'static>,
    style: String,
    scripts: [String; 2],
}

impl Templates {
    /// The built-in templates with some of them replaced, given as their names and texts.
    ///
    /// # Errors
    /// With the first that is no part of a site, or is no template.
    pub fn new(own: &[(String, String)]) -> Result<Self, TemplateFault> {
        if let Some((name, _)) = own.iter().find(|(name, _)| !PARTS.contains(&name.as_str())) {
            let help = spelling::did_you_mean(name, &PARTS).unwrap_or_default();
            return Err(TemplateFault {
                part: name.clone(),
                line: None,
                column: None,
                message: format!("no part of a site has this name; {help}"),
            });
        }
        let part = |name: &str| {
            let replaced = own.iter().find(|(own, _)| own == name);
            // The head is that of all pages.
            let built_in = || {
                let own = embedded_text(&format!("templates/site/{name}"));
                own.or_else(|| embedded_text(&format!("templates/{name}")))
                    .unwrap_or_default()
            };
            replaced.map_or_else(|| built_in().to_owned(), |(_, text)| text.clone())
        };
        let mut pages = Handlebars::new();
        pages.set_strict_mode(true);
        pages.register_escape_fn(|text| plain::markup(&plain::line(text)));
        templates::with_prose(&mut pages);
        for name in PARTS {
            let Some(page) = name.strip_suffix(".html.hbs") else {
                continue;
            };
            pages
                .register_template_string(page, part(name))
                .map_err(|error| {
                    let at = error.pos();
                    TemplateFault {
                        part: name.to_owned(),
                        line: at.map(|(line, _)| line),
                        column: at.map(|(_, column)| column),
                        message: error.reason().to_string(),
                    }
                })?;
        }
        Ok(Self {
            pages,
            style: [templates::page_style(), &part("style.css"), drawing::STYLE].concat(),
            scripts: [part("class.js"), part("candidate.js")],
        })
    }

    /// The page of all candidates.
    pub(super) fn index<T: Serialize>(&self, view: &T) -> Result<String, TemplateFault> {
        let [script, _] = &self.scripts;
        self.page("class", view, &self.style, script)
    }

    /// The page of a candidate.
    pub(super) fn candidate<T: Serialize>(&self, view: &T) -> Result<String, TemplateFault> {
        let [_, script] = &self.scripts;
        self.page("candidate", view, &self.style, script)
    }

    /// The page of two near-identical designs.
    pub(super) fn pair<T: Serialize>(&self, view: &T) -> Result<String, TemplateFault> {
        let [_, script] = &self.scripts;
        self.page("pair", view, &self.style, script)
    }

    fn page<T: Serialize>(
        &self,
        name: &str,
        view: &T,
        style: &str,
        script: &str,
    ) -> Result<String, TemplateFault> {
        let seen = templates::framed(view, style, script);
        self.pages
            .render(name, &seen)
            .map_err(|error| TemplateFault {
                part: format!(
                    "{}.html.hbs",
                    error.template_name.as_deref().unwrap_or(name)
                ),
                line: error.line_no,
                column: error.column_no,
                message: reason(error.reason()),
            })
    }
}

fn reason(reason: &RenderErrorReason) -> String {
    match reason {
        RenderErrorReason::MissingVariable(Some(name)) => {
            format!("there is no `{name}` to be shown here")
        }
        other => other.to_string(),
    }
}
