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
use super::term::{Form, Term};
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

/// What an expression multiplies or divides by.
#[derive(Clone, PartialEq, Debug)]
pub struct Operand {
    /// What it is worth.
    pub quantity: Quantity,
    /// It is divided by.
    pub divides: bool,
    /// How it is written, the nouns after it included: `3 copies`.
    pub text: String,
}

/// What an expression multiplies and divides by, parentheses and what stands in them included; nothing where it can't be read.
#[must_use]
pub fn operands(text: &str, scope: &dyn Scope) -> Vec<Operand> {
    let tokens = lexer::tokens(text).unwrap_or_default();
    let parser = Parser::new(text, &tokens, scope, Reading::AsWritten);
    let operand = |(term, divides): (Term, bool)| Operand {
        quantity: term.quantity,
        divides,
        text: text.get(term.span()).unwrap_or_default().to_owned(),
    };
    let all = parser.operands().unwrap_or_default();
    all.into_iter().map(operand).collect()
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

#[cfg(test)]
mod tests {
    use super::super::NoNames;
    use super::*;

    #[test]
    fn what_is_multiplied_and_divided_by_is_told_as_written() {
        let shown = |text: &str| {
            let all = operands(text, &NoNames).into_iter();
            let one = |operand: Operand| {
                let sign = if operand.divides { '/' } else { '*' };
                format!("{sign}{}", operand.text)
            };
            all.map(one).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            shown("(5M * 1 KB + 3 GB) * 3 copies / 8 h"),
            "*5M *1 KB *3 GB *(5M * 1 KB + 3 GB) *3 copies /8 h"
        );
        assert_eq!(
            shown("5M / (5 * 8 hours) to MB"),
            "*5M *5 *8 hours /(5 * 8 hours)"
        );
        assert_eq!(shown("5M /"), "");
        assert_eq!(shown(""), "");
    }
}
