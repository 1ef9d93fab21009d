//! `name = expression`: figures, echoed when stated and compared when asked.
//!
//! Knows how a comparison reads; which figure follows from what is the problem's business.

use crate::analysis::Truth;
use crate::assess;
use crate::coach::figures::{self, Refused, Stated, Statement};
use crate::coach::interviewer;
use crate::coach::line::{self, Request};
use crate::coach::prose;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::quantity::Dimension;
use crate::model::spelling::enumerated;
use crate::model::{Design, Figure, Quantity};
use crate::notation::design::{normal_name, stated_figures};
use crate::rubric::{Expectation, FigureFact, Scene, Trace, is_worked_out};

/// States a figure: an estimate, or something taken as given.
pub(in crate::coach) fn state_figure(
    session: &mut Session<'_>,
    request: Request<'_>,
    assumed: bool,
) -> Vec<Reply> {
    let Some((name, right)) = line::assignment(session.talk(), request.rest) else {
        let help = "write `assume name = value`, such as `assume record_size = 1 KB`".to_owned();
        return vec![Reply::trouble("no name and value", help)];
    };
    if right.is_empty() {
        let help = format!("write a value: `{name} = 100M / month`");
        return vec![Reply::trouble(format!("`{name}` is nothing yet"), help)];
    }
    let (worked_out, claim) = line::claim(right);
    let (text, peak) = line::peak(worked_out);
    // What is taken as given has no peak in a design file, an estimate has.
    let statement = Statement {
        name: &name,
        text,
        peak,
        assumed: assumed && peak.is_none(),
    };
    match figures::state(&mut session.state.design, statement) {
        Ok(stated) => {
            let meant = in_bytes(session, &name, text);
            let (text, stated) = match &meant {
                Some(meant) => {
                    let statement = Statement {
                        text: &meant.text,
                        ..statement
                    };
                    let again = figures::state(&mut session.state.design, statement);
                    (meant.text.as_str(), again.unwrap_or(stated))
                }
                None => (text, stated),
            };
            let mut replies = told(session, &name, text, &stated);
            replies.extend(meant.as_ref().map(|meant| Reply::Note(meant.words.clone())));
            if let Some(reply) = interviewer::contradicted(session, &name) {
                replies.push(reply);
                replies.extend(interviewer::overruled(session, &name));
            }
            replies.extend(claim.and_then(|claim| other_than(session, &name, claim)));
            replies
        }
        Err(refused) => {
            let right = Request {
                rest: right,
                ..request
            };
            vec![refusal(refused, &right)]
        }
    }
}

/// A remark where a sum comes to something else than was written behind it: `100M * 10 / 86400 = 12k`.
fn other_than(session: &Session<'_>, name: &str, claim: &str) -> Option<Reply> {
    let own = normal_name(name);
    let figures = stated_figures(&session.state.design);
    let (_, quantity) = figures.into_iter().find(|(other, _)| *other == own)?;
    let claimed = Figure::parse(claim).ok()?.quantity;
    let is_near = prose::is_rounded(claimed.value, quantity.value);
    let is_other = claimed.dimension == quantity.dimension && !is_near;
    is_other.then(|| Reply::Note(format!("That is what it comes to, and not `{claim}`.")))
}

pub(super) fn refusal(refused: Refused, right: &Request<'_>) -> Reply {
    match refused.span {
        Some(span) => Reply::trouble_at(right.span(&span), refused.message, refused.help),
        None => Reply::trouble(refused.message, refused.help),
    }
}

/// The value in words, what else changed, and a remark where the unit can't be right.
fn told(session: &Session<'_>, name: &str, text: &str, stated: &Stated) -> Vec<Reply> {
    let design = &session.state.design;
    let word = if stated.assumed { "assumed: " } else { "" };
    let value = value_of(design, name);
    let value = if is_by_another_time(text, &value) {
        format!("{text}, which is {value}")
    } else {
        value
    };
    let mut replies = vec![Reply::Echo(format!("{word}{name} = {value}"))];
    for follower in &stated.followers {
        replies.push(Reply::Echo(format!(
            "{follower} = {}, which follows",
            value_of(design, follower)
        )));
    }
    // What was meant by a unit tells more than that one is missing.
    let odd = twice_in_bytes(text).or_else(|| odd_unit(session, name));
    replies.extend(odd.map(Reply::Note));
    let own = normal_name(name);
    let mut estimates = design.estimates.iter();
    let estimate = estimates.find(|estimate| normal_name(&estimate.name) == own);
    replies
        .extend(estimate.and_then(|estimate| {
            figures::low_peak(estimate.peak.as_ref(), Some(&estimate.figure))
        }));
    replies
}

/// What a figure of the design is worth, with its peak.
pub(in crate::coach) fn value_of(design: &Design, name: &str) -> String {
    let own = normal_name(name);
    if let Some(estimate) = design
        .estimates
        .iter()
        .find(|estimate| normal_name(&estimate.name) == own)
    {
        let peak = estimate
            .peak
            .as_ref()
            .map(|peak| format!(", peak {}", at_peak(&estimate.figure, peak)));
        return format!("{}{}", estimate.figure.shown(), peak.unwrap_or_default());
    }
    let all = &design.requirements.assumptions;
    let assumption = all
        .iter()
        .find(|assumption| normal_name(&assumption.name) == own);
    let text = |text: &str| text.to_owned();
    assumption.map_or_else(String::new, |assumption| {
        assumption
            .figure
            .as_ref()
            .map_or_else(|| text(&assumption.text), Figure::shown)
    })
}

/// A factor is shown with what comes of it.
fn at_peak(base: &Figure, peak: &Figure) -> String {
    let is_factor = peak.quantity.dimension == Dimension::NUMBER
        && base.quantity.dimension != Dimension::NUMBER;
    if !is_factor {
        return peak.shown();
    }
    let mut quantity = base.quantity;
    quantity.value *= peak.quantity.value;
    base.style.show(quantity)
}

/// Whether a rate was typed by another time than it is shown by, such as `100M / month`; sums are shown as they come out.
fn is_by_another_time(text: &str, shown: &str) -> bool {
    const SECOND: [&str; 5] = ["s", "sec", "secs", "second", "seconds"];
    let is_sum = text.contains(['*', '+', '(']);
    let is_rate = shown
        .split(',')
        .next()
        .is_some_and(|value| value.ends_with("/s"));
    let by = text.rsplit_once('/').map_or("s", |(_, by)| by.trim());
    !is_sum && is_rate && Figure::parse(text).is_ok() && !SECOND.contains(&by)
}

/// From here on a number without a unit is more than anybody has of anything.
const NOBODY_HAS: f64 = 1e14;

/// A sum in which a `B` was read as bytes.
struct InBytes {
    text: String,
    /// What is said of it.
    words: String,
}

/// A sum with its `50B` in bytes, where billions come to more than anybody has of anything.
fn in_bytes(session: &Session<'_>, name: &str, text: &str) -> Option<InBytes> {
    let own = normal_name(name);
    let figures = stated_figures(&session.state.design);
    let (_, quantity) = figures.iter().find(|(other, _)| *other == own)?;
    let is_glued = |word: &&str| {
        let number = word.strip_suffix('B').unwrap_or_default();
        number.ends_with(|c: char| c.is_ascii_digit())
    };
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let word = words.find(is_glued)?;
    let number = word.strip_suffix('B')?;
    let is_too_much = quantity.dimension == Dimension::NUMBER && quantity.value >= NOBODY_HAS;
    is_too_much.then(|| InBytes {
        text: text.replacen(word, &format!("{number} B"), 1),
        words: format!(
            "`{word}` was read as {number} bytes, for {number} billion come to {:.0e}.",
            quantity.value
        ),
    })
}

/// A remark on bits that are divided by eight: they are worth bytes without that.
fn twice_in_bytes(text: &str) -> Option<String> {
    let mut parts = text.split('/');
    let bits = parts.next()?.rsplit(['*', '(']).next()?.trim();
    let is_eight = parts.any(|part| part.trim().split([' ', '*', ')']).next() == Some("8"));
    let figure = Figure::parse(bits).ok()?;
    (is_eight && prose::is_in_bits(bits)).then(|| {
        let shown = figure.shown();
        format!("`{bits}` is {shown} already: with `/ 8` it is divided twice.")
    })
}

/// A remark on a figure whose unit is not what its name says.
fn odd_unit(session: &Session<'_>, name: &str) -> Option<String> {
    assess::ask(&session.state.design, session.catalog, None, |asked| {
        let own = normal_name(name);
        let fact = asked
            .scene
            .figures()
            .iter()
            .find(|fact| normal_name(&fact.name) == own)?;
        let id = fact.id.as_deref()?;
        let own = &session.problem.figures;
        let general = &session.catalog.knowledge.figures.general;
        let known = own.iter().chain(general).find(|figure| figure.id == id)?;
        let usual = known
            .dimension
            .filter(|usual| *usual != fact.quantity.dimension)?;
        let (found, usual) = (fact.quantity.dimension.name(), usual.name());
        Some(format!(
            "This is {found}; {} is usually {usual}. Is a unit missing?",
            known.title
        ))
    })
}

/// How each estimate compares with what follows from the candidate's own inputs; with `missing`, also what was not worked
/// out and what it would decide.
pub(in crate::coach) fn review(session: &Session<'_>, missing: bool) -> Option<Reply> {
    let design = &session.state.design;
    let mut rows = assess::ask(design, session.catalog, None, |asked| {
        let facts = asked.scene.figures().iter().filter(|fact| fact.estimated);
        facts
            .map(|fact| (fact.name.clone(), comparison(fact, &asked.scene)))
            .collect::<Vec<_>>()
    });
    if missing {
        rows.extend(not_worked_out(session));
    }
    (!rows.is_empty()).then(|| Reply::listing("Your numbers", rows))
}

fn comparison(fact: &FigureFact, scene: &Scene<'_>) -> String {
    let shown = &fact.shown;
    let mut trace = Trace::on();
    let field = |key: &str| fact.field(key, scene).unwrap_or_default();
    match fact.correct(scene, &mut trace) {
        Truth::Yes => format!(
            "{shown}: fits, {} gives {}",
            field("formula"),
            field("expected")
        ),
        Truth::No => {
            let (formula, expected, slip) = (field("formula"), field("expected"), field("slip"));
            format!("{shown}: {formula} gives {expected} from your own inputs; {slip}")
        }
        Truth::NotStated if field("formula").is_empty() || is_given(fact, scene) => {
            format!("{shown}: taken as it is")
        }
        Truth::NotStated => format!(
            "{shown}: can't be compared without {}",
            enumerated(&trace.missing)
        ),
    }
}

/// Whether a figure repeats what was taken as given.
fn is_given(fact: &FigureFact, scene: &Scene<'_>) -> bool {
    let mut given = scene.figures().iter().filter(|other| !other.estimated);
    given.any(|other| {
        (other.name == fact.name || (other.id.is_some() && other.id == fact.id))
            && other.quantity == fact.quantity
    })
}

/// At most so many figures are named that were not worked out.
const MOST_MISSING: usize = 4;

fn not_worked_out(session: &Session<'_>) -> Vec<(String, String)> {
    let estimates = session.problem.estimates.iter();
    let expected = assess::ask(&session.state.design, session.catalog, None, |asked| {
        let is_missing =
            |id: &str| !is_worked_out(&asked.scene, id) && !is_told_by_a_rate(session, asked, id);
        let mut missing: Vec<&Expectation> = Vec::new();
        for expected in estimates.filter(|expected| is_missing(&expected.id)) {
            // What follows by the same formula is the same figure under another name.
            let formula = session.problem.formula_of(&expected.id);
            let is_told = |other: &&Expectation| session.problem.formula_of(&other.id) == formula;
            if formula.is_none() || !missing.iter().any(is_told) {
                missing.push(expected);
            }
        }
        missing
    });
    let rows = expected.into_iter().map(|expected| {
        (
            expected.id.clone(),
            format!("not worked out. {}", expected.why),
        )
    });
    rows.take(MOST_MISSING).collect()
}

/// Whether a figure of a day is told by the rate that follows from it, or the other way round: `rides = 20M/day` says both how
/// many a day and how many a second.
fn is_told_by_a_rate(session: &Session<'_>, asked: &assess::Asked<'_>, id: &str) -> bool {
    const BY_THE_SECOND: &str = " / 1 day";
    let mut estimates = session.problem.estimates.iter();
    let of_a_day = |formula: &str| formula.strip_suffix(BY_THE_SECOND) == Some(id);
    let follows = estimates.any(|other| {
        other.formula.as_deref().is_some_and(of_a_day) && is_worked_out(&asked.scene, &other.id)
    });
    let formula = session.problem.formula_of(id);
    let daily = formula.and_then(|formula| formula.strip_suffix(BY_THE_SECOND));
    let stated = stated_figures(&session.state.design);
    let is_rate = |name: &str| {
        let own = normal_name(name);
        let rate = |(other, quantity): &(String, Quantity)| {
            *other == own && quantity.dimension == Dimension::RATE
        };
        stated.iter().any(rate)
    };
    let mut facts = asked.scene.figures().iter();
    follows
        || facts.any(|fact| daily.is_some() && fact.id.as_deref() == daily && is_rate(&fact.name))
}
