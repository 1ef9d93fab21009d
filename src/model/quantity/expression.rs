//! From the text of an expression to its value.
//!
//! Knows the order of things: limits, tokens, grammar, conversion. Must not know the grammar itself,
//! nor what figures are for.

use super::arithmetic::Quantity;
use super::complaint::nothing;
use super::display::Style;
use super::error::ExpressionError;
use super::lexer::{self, Kind, Token};
use super::parser::Parser;
use super::reading::Reading;
use super::scope::Scope;
use super::term::Form;
use super::unit::{self, Meaning, Unit};

/// The value of an expression, and how to show it.
///
/// # Errors
/// When the text is no expression, a name is unknown, units don't go together, or the result is no
/// finite number.
pub(super) fn worked_out(
    text: &str,
    scope: &dyn Scope,
    reading: Reading,
) -> Result<(Quantity, Style), ExpressionError> {
    refuse_length(text)?;
    let tokens = lexer::tokens(text)?;
    if tokens.is_empty() {
        return Err(nothing(text));
    }
    let mut parser = Parser::new(text, &tokens, scope, reading);
    let term = parser.sum()?;
    let style = match (parser.take(Kind::To), parser.peek()) {
        (Some(to), _) => Style::In(parser.target(to, term)?),
        (None, Some(token)) => return Err(parser.unexpected(token)),
        (None, None) => style_of(text, term.form, &tokens),
    };
    let mut quantity = term.quantity;
    quantity.value += 0.0; // a negative zero becomes an ordinary one
    Ok((quantity, style))
}

fn style_of(text: &str, form: Form, tokens: &[Token]) -> Style {
    match form {
        Form::Percent => Style::Percent,
        Form::Factor => Style::Factor,
        Form::Ratio => Style::Ratio,
        Form::Amount => tokens
            .iter()
            .filter(|token| token.kind == Kind::Word)
            .find_map(|token| binary(token.text(text)))
            .map_or(Style::Plain, Style::In),
        Form::Other => Style::Plain,
    }
}

/// `GiB` and its kin: a figure written in one of them is not shown in decimal units.
fn binary(word: &str) -> Option<Unit> {
    match unit::meaning(word) {
        Meaning::Unit(one) if unit::is_binary(one) => Some(Unit {
            symbol: word.to_owned(),
            one,
        }),
        _ => None,
    }
}

fn refuse_length(text: &str) -> Result<(), ExpressionError> {
    if text.len() <= lexer::LONGEST {
        return Ok(());
    }
    let message = format!("expression longer than {} bytes", lexer::LONGEST);
    let error = ExpressionError::new(0..text.len(), message);
    Err(error.with_help("give parts of it names of their own"))
}
