//! Drills of figures: the chain of estimates of a problem, one link at a time, with inputs that vary.
//!
//! Knows formulas as the problem states them; whether an answer follows from its inputs is the rubric's business.

use super::card::{Answer, Card, Drill, Sort, Verdict};
use crate::analysis::Truth;
use crate::assess;
use crate::catalog::Catalog;
use crate::coach::dice;
use crate::coach::prose;
use crate::coach::reply::{Listing, Reply};
use crate::model::quantity::{self, Dimension, Quantity, Scope};
use crate::model::{Assumption, Design, Estimate, Figure};
use crate::rubric::{FigureDef, Problem, Trace, identify};

/// What an input is multiplied by, so that no answer can be learned by heart.
const FACTORS: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 10.0, 0.5];

/// Formulas that lean on formulas deeper than this are taken for a circle.
const DEEPEST: usize = 20;

/// The cards of all links whose inputs the problem knows.
pub(super) fn cards(catalog: &Catalog) -> Vec<Card> {
    let of = |problem: &Problem| {
        let links = problem.estimates.iter();
        let known = links.filter(|link| is_askable(catalog, problem, &link.id));
        known
            .map(|link| Card {
                sort: Sort::Estimate,
                about: format!("{}/{}", problem.id, link.id),
                problem: Some(problem.id.clone()),
            })
            .collect::<Vec<_>>()
    };
    catalog.problems.iter().flat_map(of).collect()
}

/// Whether the inputs of a link are known, and it takes some working out.
fn is_askable(catalog: &Catalog, problem: &Problem, id: &str) -> bool {
    let link = problem.estimates.iter().find(|link| link.id == id);
    let formula = link.and_then(|link| link.formula.as_deref());
    let (Some(formula), Some(inputs)) = (formula, given(catalog, problem, id)) else {
        return false;
    };
    let right = value(formula, &inputs).map(|right| right.to_string());
    right.is_some_and(|right| inputs.iter().all(|(_, text)| plain(text) != plain(&right)))
}

/// A value without space and case.
fn plain(text: &str) -> String {
    text.replace(char::is_whitespace, "").to_lowercase()
}

/// A link as a question.
pub(super) fn drill(catalog: &Catalog, card: &Card, seed: u64) -> Option<Drill> {
    let (slug, id) = card.about.split_once('/')?;
    let problem = catalog.problem(slug)?;
    let link = problem.estimates.iter().find(|link| link.id == id)?;
    let told = given(catalog, problem, id)?;
    let mut inputs = told.clone();
    vary(&mut inputs, seed, &card.about);
    let why = if inputs == told {
        link.why.clone()
    } else {
        in_its_figures(catalog, &link.why)
    };
    let mut design = Design {
        problem: Some(slug.to_owned()),
        ..Design::default()
    };
    for (name, text) in &inputs {
        design.requirements.assumptions.push(Assumption {
            name: name.clone(),
            text: text.clone(),
            figure: Some(Figure::parse(text).ok()?),
        });
    }
    let formula = link.formula.as_deref()?;
    let right = value(formula, &inputs)?;
    let figure = definition(catalog, problem, id);
    let title = figure.map_or(id, |figure| figure.title.as_str());
    let rows = inputs.iter().map(|(name, text)| {
        let title = definition(catalog, problem, name).map_or("", |figure| figure.title.as_str());
        (format!("{name} = {text}"), title.to_owned())
    });
    let unit = example(right.dimension);
    let question = vec![
        Reply::Listing(Listing::new(
            format!("{}: what is given", problem.title),
            rows.collect(),
        )),
        Reply::Says(format!(
            "What is `{id}`, {title}? A value with its unit, such as `{unit}`; sums of numbers are worked out."
        )),
    ];
    Some(Drill {
        question,
        answer: Answer::Figure {
            given: Box::new(design),
            id: id.to_owned(),
        },
        solution: vec![format!("{formula} = {right}."), why],
        page: catalog.drills().estimate_page.clone(),
    })
}

/// How values of a dimension are written.
fn example(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::RATE => "5k/s",
        Dimension::SIZE => "20 TB",
        Dimension::DURATION => "30 ms",
        Dimension::NUMBER => "40M",
        _ => "3 GB/s",
    }
}

/// Whether a value follows from what is given.
pub(super) fn judge(catalog: &Catalog, given: &Design, id: &str, text: &str) -> Verdict {
    let said = || prose::comes_to(text, dimension_asked(catalog, given, id)?);
    let figure = match Figure::parse(text).or_else(|error| said().ok_or(error)) {
        Ok(figure) => figure,
        Err(error) => {
            let help = error.help.map(|help| format!("; {help}"));
            return Verdict::Unclear(format!("{}{}.", error.message, help.unwrap_or_default()));
        }
    };
    let inputs = &given.requirements.assumptions;
    if let Some(input) = inputs
        .iter()
        .find(|input| inputs.len() == 1 && plain(&input.text) == plain(text))
    {
        let words = format!(
            "That is what is given as `{}`. In which unit is it asked?",
            input.name
        );
        return Verdict::Unclear(words);
    }
    let mut design = given.clone();
    design.estimates.push(Estimate {
        name: id.to_owned(),
        figure,
        peak: None,
    });
    assess::ask(&design, catalog, None, |asked| {
        let mut facts = asked.scene.figures().iter();
        let Some(fact) = facts.find(|fact| fact.estimated) else {
            return Verdict::Unclear("not understood.".to_owned());
        };
        let field = |key: &str| fact.field(key, &asked.scene).unwrap_or_default();
        match fact.correct(&asked.scene, &mut Trace::off()) {
            Truth::Yes => Verdict::Right(format!("{} fits.", fact.shown)),
            _ => Verdict::NotYet(off(&fact.shown, &field("slip"))),
        }
    })
}

/// What is wrong with a value, as a sentence; what went wrong may be one itself, or a question.
fn off(shown: &str, slip: &str) -> String {
    let said = match slip.strip_prefix("it is ") {
        Some(slip) => format!("{shown} is {slip}"),
        None if slip.is_empty() => format!("{shown} does not follow from what is given"),
        None => format!("{shown} is {slip}"),
    };
    let end = if said.ends_with('?') { "" } else { "." };
    said + end
}

/// The dimension of what is asked for.
fn dimension_asked(catalog: &Catalog, given: &Design, id: &str) -> Option<Dimension> {
    let problem = catalog.problem(given.problem.as_deref()?)?;
    let link = problem.estimates.iter().find(|link| link.id == id)?;
    let inputs = given.requirements.assumptions.iter();
    let inputs: Vec<_> = inputs
        .map(|input| (input.name.clone(), input.text.clone()))
        .collect();
    Some(value(link.formula.as_deref()?, &inputs)?.dimension)
}

/// What the inputs of a link are worth by what the interviewer knows; none where one of them is not known.
fn given(catalog: &Catalog, problem: &Problem, id: &str) -> Option<Vec<(String, String)>> {
    let link = problem.estimates.iter().find(|link| link.id == id)?;
    let names = quantity::names_in(link.formula.as_deref()?);
    let mut inputs: Vec<(String, String)> = Vec::new();
    for name in names {
        if !inputs.iter().any(|(other, _)| *other == name) {
            let text = known(catalog, problem, &name, DEEPEST)?;
            inputs.push((name, text));
        }
    }
    (!inputs.is_empty()).then_some(inputs)
}

/// A figure as the interviewer tells it, or as it follows from what he tells.
fn known(catalog: &Catalog, problem: &Problem, name: &str, depth: usize) -> Option<String> {
    let figures = &catalog.knowledge.figures;
    let assumed = problem.facts.iter().flat_map(|fact| &fact.assume);
    let mut told = assumed.filter(|(other, text)| {
        identify(other, figures, Some(problem)).as_deref() == Some(name)
            && Figure::parse(text).is_ok()
    });
    if let Some((_, text)) = told.next() {
        return Some(text.clone());
    }
    let link = problem.estimates.iter().find(|link| link.id == name)?;
    let formula = link.formula.as_deref()?;
    let mut inputs = Vec::new();
    for name in quantity::names_in(formula) {
        let text = known(catalog, problem, &name, depth.checked_sub(1)?)?;
        inputs.push((name, text));
    }
    value(formula, &inputs).map(|quantity| quantity.to_string())
}

/// Multiplies one of the inputs that are whole numbers with a unit.
fn vary(inputs: &mut [(String, String)], seed: u64, about: &str) {
    let Some(factor) = dice::pick(seed, &format!("factor {about}"), &FACTORS) else {
        return;
    };
    let fitting: Vec<usize> = (0..inputs.len())
        .filter(|at| {
            inputs
                .get(*at)
                .is_some_and(|(_, text)| times(text, *factor).is_some())
        })
        .collect();
    let Some(at) = dice::pick(seed, &format!("input {about}"), &fitting) else {
        return;
    };
    if let Some((_, text)) = inputs.get_mut(*at)
        && let Some(other) = times(text, *factor)
    {
        *text = other;
    }
}

/// `100M/month` times two is `200M/month`; none where the text is no whole number with a unit, or a ratio or percentage.
fn times(text: &str, factor: f64) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    if unit.starts_with(['.', ':', '%', 'x', ',']) {
        return None;
    }
    let scaled = number.parse::<f64>().ok()? * factor;
    let other = format!("{scaled}{unit}");
    let (old, new) = (Figure::parse(text).ok()?, Figure::parse(&other).ok()?);
    let fits = (new.quantity.value / old.quantity.value / factor - 1.0).abs() < 1e-9;
    ((1.0..1000.0).contains(&scaled) && scaled.fract().abs() < f64::EPSILON && fits)
        .then_some(other)
}

struct Inputs<'i>(&'i [(String, String)]);

impl Scope for Inputs<'_> {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        let (_, text) = self.0.iter().find(|(other, _)| other == name)?;
        Figure::parse(text).ok().map(|figure| figure.quantity)
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }
}

fn value(formula: &str, inputs: &[(String, String)]) -> Option<Quantity> {
    quantity::evaluate(formula, &Inputs(inputs))
        .ok()
        .map(|figure| figure.quantity)
}

fn definition<'c>(catalog: &'c Catalog, problem: &'c Problem, id: &str) -> Option<&'c FigureDef> {
    let general = &catalog.knowledge.figures.general;
    problem
        .figures
        .iter()
        .chain(general)
        .find(|figure| figure.id == id)
}

/// What a figure decides, which speaks of the figures of the interview and not of those that were given here.
fn in_its_figures(catalog: &Catalog, why: &str) -> String {
    let numbers = &catalog.knowledge.language.numbers.given;
    if numbers
        .as_ref()
        .is_some_and(|numbers| numbers.is_match(why))
    {
        format!("With the interviewer's figures: {why}")
    } else {
        why.to_owned()
    }
}
