//! What stands after `to`: the unit that a result is shown in.
//!
//! Must not know how the result came about.

use std::ops::Range;

use super::arithmetic::Quantity;
use super::complaint::unknown_unit;
use super::dimension::Dimension;
use super::error::ExpressionError;
use super::lexer::{Kind, Token};
use super::parser::Parser;
use super::scope;
use super::term::{Parsed, Term};
use super::unit::{self, Meaning, Unit};

impl Parser<'_> {
    /// A unit such as `TB`, `requests/s`, `/day` or `%`, which must fit the result.
    pub(super) fn target(&mut self, to: Token, result: Term) -> Parsed<Unit> {
        let start = self.peek().map_or(to.start, |token| token.start);
        let mut unknown = None;
        let unit = match self.take(Kind::Percent) {
            Some(_) => Unit {
                symbol: "%".to_owned(),
                one: Quantity::number(0.01),
            },
            None => self.fraction(to, &mut unknown)?,
        };
        if let Some(token) = self.peek() {
            return Err(self.after_target(token));
        }
        if unit.one.dimension == result.quantity.dimension {
            return Ok(unit);
        }
        match unknown {
            Some(token) => Err(self.no_such_unit(token)),
            None => Err(misfit(start..self.end(), &unit, result.quantity.dimension)),
        }
    }

    /// Words above and below the line; the first that is no unit is remembered.
    fn fraction(&mut self, to: Token, unknown: &mut Option<Token>) -> Parsed<Unit> {
        let mut unit = Unit {
            symbol: String::new(),
            one: Quantity::number(1.0),
        };
        let mut below = false;
        loop {
            if self
                .take(Kind::Slash)
                .or_else(|| self.take(Kind::Per))
                .is_some()
            {
                below = true;
                unit.symbol.push('/');
            } else if !unit.symbol.is_empty() {
                return Ok(unit);
            }
            let one = self.target_words(to, &mut unit.symbol, unknown)?;
            let product = if below {
                unit.one.over(one)
            } else {
                unit.one.times(one)
            };
            unit.one = product.map_err(|_| too_long(to.start..self.end()))?;
        }
    }

    /// A unit, or nouns: `read requests`. What it is worth comes back, and its words are noted.
    fn target_words(
        &mut self,
        to: Token,
        symbol: &mut String,
        unknown: &mut Option<Token>,
    ) -> Parsed<Quantity> {
        let Some(token) = self.take(Kind::Word) else {
            return Err(self.no_unit(to));
        };
        symbol.push_str(self.word(token));
        match unit::meaning(self.word(token)) {
            Meaning::Unit(one) => return Ok(one),
            Meaning::Unclear(help) => return Err(unknown_unit(self.text, token, help)),
            Meaning::Magnitude(_) => return Err(self.no_such_unit(token)),
            Meaning::Free if scope::is_times_sign(self.word(token)) => {
                return Err(self.no_such_unit(token));
            }
            Meaning::Free => {}
        }
        unknown.get_or_insert(token);
        while let Some(more) = self.take(Kind::Word) {
            if unit::meaning(self.word(more)) != Meaning::Free {
                return Err(self.after_target(more));
            }
            symbol.push(' ');
            symbol.push_str(self.word(more));
        }
        Ok(Quantity::number(1.0))
    }

    fn no_unit(&self, to: Token) -> ExpressionError {
        let last = self.previous().unwrap_or(to);
        let token = self.peek().unwrap_or(last);
        let message = format!("expected a unit after `{}`", self.word(last));
        let help = match token.kind {
            Kind::Number(_) => "to divide, write `per`; to convert, a unit such as `GB` or `/day`",
            _ => "write one such as `GB`, `MB/s` or `/day`",
        };
        ExpressionError::new(token.span(), message).with_help(help)
    }

    fn no_such_unit(&self, token: Token) -> ExpressionError {
        let help = match unit::nearest(self.word(token)) {
            Some(unit) => format!("did you mean `{unit}`?"),
            None => "units are such as `MB`, `GiB`, `ms`, `years`, `/day`, `Gbit/s`".to_owned(),
        };
        unknown_unit(self.text, token, help)
    }

    fn after_target(&self, token: Token) -> ExpressionError {
        let message = format!("unexpected `{}` after the unit", self.word(token));
        ExpressionError::new(token.span(), message)
            .with_help("the unit to convert to comes last, such as `to MB/s`")
    }
}

fn too_long(span: Range<usize>) -> ExpressionError {
    ExpressionError::new(span, "too many units multiplied")
        .with_help("write one such as `GB`, `MB/s` or `/day`")
}

fn misfit(span: Range<usize>, unit: &Unit, found: Dimension) -> ExpressionError {
    let (found_name, asked) = (found.name(), unit.one.dimension.name());
    let message = format!(
        "the result is {found_name}, but `{}` is for {asked}",
        unit.symbol
    );
    let help = match found {
        Dimension::SIZE => "a size converts to units such as `GB`",
        Dimension::RATE => "a rate converts to units such as `/s` or `/day`",
        Dimension::DURATION => "a duration converts to units such as `ms` or `days`",
        Dimension::THROUGHPUT => "a throughput converts to units such as `MB/s` or `TB/year`",
        _ => "leave the conversion out, or check the units before it",
    };
    ExpressionError::new(span, message).with_help(help)
}
