//! Figures of a design as lines change them: a value is stated, what follows from it follows, and what would make no sense
//! is refused as a whole.
//!
//! Knows names and expressions; knows not which figures a problem wants. Whatever is accepted here reads back from the
//! design file with the same values.

use std::ops::Range;

use super::reply::Reply;
use crate::model::quantity::{self, Dimension, ExpressionError};
use crate::model::{Assumption, Design, Estimate, Figure, Requirements};
use crate::notation::design::{evaluate_in, is_low_peak, normal_name};

/// So many figures are taken; nobody reads more.
const MOST: usize = 300;

/// What a line says of a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<'l> {
    /// What it is called.
    pub name: &'l str,
    /// Its value, as typed.
    pub text: &'l str,
    /// Its peak, as typed.
    pub peak: Option<&'l str>,
    /// It is taken as given.
    pub assumed: bool,
}

/// What came of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// The figure stands among the assumptions.
    pub assumed: bool,
    /// Other figures that have another value now.
    pub followers: Vec<String>,
}

/// Why a statement was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// The bytes of the value at fault; none when something else is.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

impl Refused {
    fn new(message: String, help: &str) -> Self {
        Self {
            span: None,
            message,
            help: Some(help.to_owned()),
        }
    }

    fn of(error: ExpressionError) -> Self {
        Self {
            span: Some(error.span),
            message: error.message,
            help: error.help,
        }
    }
}

/// States a figure. A figure that is known keeps its place; an assumption that is stated again stays one.
pub(super) fn state(design: &mut Design, statement: Statement<'_>) -> Result<Stated, Refused> {
    let mut sketch = figures_of(design);
    let own = normal_name(statement.name);
    refuse_circle(&sketch, &own, statement.text)?;
    let rest = without(&sketch, &own);
    // With a peak it is an estimate, for what is taken as given has none.
    let assumed = statement.peak.is_none() && (statement.assumed || is_assumed(&sketch, &own));
    let figure = value(statement.text, &rest, assumed).map_err(Refused::of)?;
    let peak = match (statement.peak, &figure) {
        (Some(text), Some(figure)) => Some(peak(text, figure, &rest)?),
        _ => None,
    };
    put(
        &mut sketch,
        &own,
        Entry {
            statement,
            figure,
            peak,
            assumed,
        },
    );
    if sketch.estimates.len() + sketch.requirements.assumptions.len() > MOST {
        return Err(Refused::new(
            format!("more than {MOST} figures"),
            "`rm NAME` takes one out",
        ));
    }
    let followers = refresh(&mut sketch, &own)?;
    keep(design, sketch);
    Ok(Stated { assumed, followers })
}

/// Takes a figure out; refused while others are worked out from it. False when there is none by that name.
pub(super) fn remove(design: &mut Design, name: &str) -> Result<bool, Refused> {
    let own = normal_name(name);
    let known = figures_of(design);
    let mut rest = without(&known, &own);
    if rest == known {
        return Ok(false);
    }
    if let Some((user, _)) = texts(&rest).find(|(_, text)| names(text).contains(&own)) {
        let message = format!("`{user}` is worked out from `{name}`");
        return Err(Refused::new(message, "change that one first"));
    }
    let _ = refresh(&mut rest, &own)?;
    keep(design, rest);
    Ok(true)
}

/// Whether a text can stand as the name of a figure: expressions can use it then.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.len() <= 80
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A design with the figures of another and nothing else: cheap to copy.
fn figures_of(design: &Design) -> Design {
    let assumptions = design.requirements.assumptions.clone();
    Design {
        requirements: Requirements {
            assumptions,
            ..Requirements::default()
        },
        estimates: design.estimates.clone(),
        ..Design::default()
    }
}

fn keep(design: &mut Design, figures: Design) {
    design.requirements.assumptions = figures.requirements.assumptions;
    design.estimates = figures.estimates;
}

/// A figure is worked out without its own name in scope, as the reader of design files does it.
fn without(figures: &Design, own: &str) -> Design {
    let mut rest = figures.clone();
    rest.requirements
        .assumptions
        .retain(|assumption| normal_name(&assumption.name) != own);
    rest.estimates
        .retain(|estimate| normal_name(&estimate.name) != own);
    rest
}

fn is_assumed(figures: &Design, own: &str) -> bool {
    figures
        .requirements
        .assumptions
        .iter()
        .any(|assumption| normal_name(&assumption.name) == own)
}

/// The value of a text; an assumption without digits may be words.
fn value(text: &str, rest: &Design, assumed: bool) -> Result<Option<Figure>, ExpressionError> {
    match evaluate_in(text, rest) {
        Ok(figure) => Ok(Some(figure)),
        Err(_) if assumed && !text.contains(|c: char| c.is_ascii_digit()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A peak may name other figures; design files have it as a plain value.
fn peak(text: &str, base: &Figure, rest: &Design) -> Result<Figure, Refused> {
    let figure = match Figure::parse(text) {
        Ok(figure) => figure,
        Err(_) => {
            let named = evaluate_in(text, rest).map_err(|error| Refused {
                span: None,
                ..Refused::of(error)
            })?;
            Figure::worked_out(named.quantity)
        }
    };
    if peak_fits(&figure, base) {
        return Ok(figure);
    }
    let message = format!("a peak of {} can't be `{text}`", base.quantity);
    Err(Refused::new(
        message,
        "write a factor such as `peak 3x`, or the value at the peak",
    ))
}

/// A remark on a peak that is below what it is the peak of.
pub(super) fn low_peak(peak: Option<&Figure>, of: Option<&Figure>) -> Option<Reply> {
    let (peak, of) = (peak?, of?);
    is_low_peak(peak.quantity, of.quantity).then(|| {
        Reply::Note(format!(
            "`{}` is below what it is the peak of. Is a factor meant, such as `peak 3x`?",
            peak.text
        ))
    })
}

fn peak_fits(peak: &Figure, base: &Figure) -> bool {
    let dimension = peak.quantity.dimension;
    dimension == base.quantity.dimension || dimension == Dimension::NUMBER
}

struct Entry<'l> {
    statement: Statement<'l>,
    figure: Option<Figure>,
    peak: Option<Figure>,
    assumed: bool,
}

fn put(figures: &mut Design, own: &str, entry: Entry<'_>) {
    let name = entry.statement.name.to_owned();
    if entry.assumed {
        figures
            .estimates
            .retain(|estimate| normal_name(&estimate.name) != own);
        let text = entry.statement.text.to_owned();
        let assumption = Assumption {
            name,
            text,
            figure: entry.figure,
        };
        let all = &mut figures.requirements.assumptions;
        match all.iter_mut().find(|other| normal_name(&other.name) == own) {
            Some(slot) => *slot = assumption,
            None => all.push(assumption),
        }
    } else if let Some(figure) = entry.figure {
        let assumptions = &mut figures.requirements.assumptions;
        assumptions.retain(|assumption| normal_name(&assumption.name) != own);
        let estimate = Estimate {
            name,
            figure,
            peak: entry.peak,
        };
        match figures
            .estimates
            .iter_mut()
            .find(|other| normal_name(&other.name) == own)
        {
            Some(slot) => *slot = estimate,
            None => figures.estimates.push(estimate),
        }
    }
}

/// Works out everything anew until nothing changes; gives back what changed beside the figure itself.
fn refresh(figures: &mut Design, own: &str) -> Result<Vec<String>, Refused> {
    let mut changed = Vec::new();
    for _ in 0..=figures.estimates.len() + figures.requirements.assumptions.len() {
        let news = refresh_once(figures)?;
        if news.is_empty() {
            break;
        }
        changed.extend(news);
    }
    changed.retain(|name| normal_name(name) != own);
    changed.sort();
    changed.dedup();
    Ok(changed)
}

fn refresh_once(figures: &mut Design) -> Result<Vec<String>, Refused> {
    let mut changed = Vec::new();
    for at in 0..figures.requirements.assumptions.len() {
        let Some(assumption) = figures.requirements.assumptions.get(at) else {
            continue;
        };
        let rest = without(figures, &normal_name(&assumption.name));
        let new = value(&assumption.text, &rest, true)
            .map_err(|error| breaks(&assumption.name, &error))?;
        if let Some(slot) = figures
            .requirements
            .assumptions
            .get_mut(at)
            .filter(|slot| slot.figure != new)
        {
            slot.figure = new;
            changed.push(slot.name.clone());
        }
    }
    for at in 0..figures.estimates.len() {
        let Some(estimate) = figures.estimates.get(at) else {
            continue;
        };
        let rest = without(figures, &normal_name(&estimate.name));
        let new = evaluate_in(&estimate.figure.text, &rest)
            .map_err(|error| breaks(&estimate.name, &error))?;
        if estimate
            .peak
            .as_ref()
            .is_some_and(|peak| !peak_fits(peak, &new))
        {
            let message = format!("the peak of `{}` would fit no more", estimate.name);
            return Err(Refused::new(message, "change that figure first"));
        }
        if let Some(slot) = figures
            .estimates
            .get_mut(at)
            .filter(|slot| slot.figure != new)
        {
            slot.figure = new;
            changed.push(slot.name.clone());
        }
    }
    Ok(changed)
}

fn breaks(name: &str, error: &ExpressionError) -> Refused {
    Refused::new(
        format!("then `{name}` makes no sense: {}", error.message),
        "change that figure first",
    )
}

fn refuse_circle(figures: &Design, own: &str, text: &str) -> Result<(), Refused> {
    let mut open = names(text);
    open.retain(|name| name != own);
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = open.pop() {
        if seen.contains(&name) {
            continue;
        }
        let used = texts(figures)
            .find(|(other, _)| normal_name(other) == name)
            .map(|(_, text)| names(text));
        if used.iter().flatten().any(|other| other == own) {
            let message = format!("`{name}` is worked out from `{own}` already");
            return Err(Refused::new(message, "state one of them as a value"));
        }
        open.extend(used.into_iter().flatten());
        seen.push(name);
    }
    Ok(())
}

/// Every figure: its name and the text that it is worked out from.
fn texts(figures: &Design) -> impl Iterator<Item = (&str, &str)> {
    let assumptions = figures.requirements.assumptions.iter();
    let assumptions =
        assumptions.map(|assumption| (assumption.name.as_str(), assumption.text.as_str()));
    let estimates = figures.estimates.iter();
    assumptions
        .chain(estimates.map(|estimate| (estimate.name.as_str(), estimate.figure.text.as_str())))
}

fn names(text: &str) -> Vec<String> {
    quantity::names_in(text)
        .iter()
        .map(|name| normal_name(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(design: &mut Design, name: &str, text: &str) -> Result<Stated, Refused> {
        state(
            design,
            Statement {
                name,
                text,
                peak: None,
                assumed: false,
            },
        )
    }

    #[test]
    fn what_follows_from_a_figure_follows_its_changes() {
        let mut design = Design::default();
        say(&mut design, "write_qps", "40/s").expect("a rate");
        say(&mut design, "read_qps", "write_qps * 100").expect("a rate");
        let stated = say(&mut design, "write_qps", "80/s").expect("a rate");
        assert_eq!(stated.followers, ["read_qps"]);
        assert_eq!(
            design
                .estimates
                .get(1)
                .map(|estimate| estimate.figure.shown())
                .as_deref(),
            Some("8k/s")
        );
    }

    #[test]
    fn a_circle_is_refused_and_changes_nothing() {
        let mut design = Design::default();
        say(&mut design, "a", "5").expect("a number");
        say(&mut design, "b", "a * 2").expect("a number");
        say(&mut design, "c", "b * 2").expect("a number");
        let before = design.clone();
        assert!(say(&mut design, "a", "c + 1").is_err());
        assert_eq!(design, before);
    }

    #[test]
    fn a_change_that_breaks_another_figure_is_refused() {
        let mut design = Design::default();
        say(&mut design, "size", "5 GB").expect("a size");
        say(&mut design, "total", "size + 1 GB").expect("a size");
        let refused = say(&mut design, "size", "5/s").expect_err("a rate");
        assert!(refused.message.contains("total"), "{}", refused.message);
    }

    #[test]
    fn an_assumption_that_is_stated_again_stays_one() {
        let mut design = Design::default();
        let given = Statement {
            name: "dau",
            text: "100M",
            peak: None,
            assumed: true,
        };
        state(&mut design, given).expect("a number");
        assert!(say(&mut design, "dau", "200M").expect("a number").assumed);
        assert_eq!(
            (
                design.estimates.len(),
                design.requirements.assumptions.len()
            ),
            (0, 1)
        );
    }

    #[test]
    fn an_assumption_with_a_peak_keeps_it_as_an_estimate() {
        let mut design = Design::default();
        let given = |peak| Statement {
            name: "sends",
            text: "10/s",
            peak,
            assumed: true,
        };
        assert!(state(&mut design, given(None)).expect("a rate").assumed);
        let stated = state(&mut design, given(Some("3x"))).expect("a rate with a peak");
        let peak = design.estimates.first().and_then(|own| own.peak.as_ref());
        assert_eq!(peak.map(Figure::shown).as_deref(), Some("3x"));
        let given = design.requirements.assumptions.len();
        assert_eq!((stated.assumed, given), (false, 0));
    }

    #[test]
    fn words_can_be_assumed_but_not_estimated() {
        let mut design = Design::default();
        let given = Statement {
            name: "budget",
            text: "modest",
            peak: None,
            assumed: true,
        };
        assert!(state(&mut design, given).is_ok());
        assert!(say(&mut design, "cost", "modest").is_err());
    }

    #[test]
    fn what_others_are_worked_out_from_stays() {
        let mut design = Design::default();
        say(&mut design, "a", "5").expect("a number");
        say(&mut design, "b", "a * 2").expect("a number");
        assert!(remove(&mut design, "a").is_err());
        assert_eq!(remove(&mut design, "b"), Ok(true));
        assert_eq!(remove(&mut design, "a"), Ok(true));
        assert_eq!(remove(&mut design, "a"), Ok(false));
    }
}
