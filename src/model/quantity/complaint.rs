//! What is said about tokens that stand where they can't.
//!
//! Knows the parser's place in the text. Must not read on.

use super::error::ExpressionError;
use super::lexer::{Kind, Token};
use super::parser::Parser;
use super::term::Term;
use super::unit::{self, Meaning};

impl Parser<'_> {
    /// `2 of 3` is no multiplication.
    pub(super) fn no_share(&self, operand: Term) -> ExpressionError {
        let written = self.text.get(operand.span()).unwrap_or_default();
        ExpressionError::new(
            operand.span(),
            format!("`of` takes a percentage, not `{written}`"),
        )
        .with_help("write `20% of ...`, or `*` to multiply")
    }

    /// The complaint about a place where a number, a name or a group is missing.
    pub(super) fn no_operand(&self) -> ExpressionError {
        let help = "write a number, a name or a `(`";
        match (self.peek(), self.previous()) {
            (Some(token), _) => {
                let message = format!("expected a number, found `{}`", self.word(token));
                ExpressionError::new(token.span(), message).with_help(help)
            }
            (None, Some(last)) => {
                let message = format!("nothing follows `{}`", self.word(last));
                ExpressionError::new(last.span(), message).with_help(help)
            }
            (None, None) => nothing(self.text),
        }
    }

    /// The complaint about an operator that could belong to the divisor or to the whole quotient.
    pub(super) fn two_readings(&self, operator: Token) -> ExpressionError {
        let word = self.word(operator);
        let message = format!("`{word}` after a division can be read in two ways");
        ExpressionError::new(operator.span(), message)
            .with_help("put parentheses around what belongs together, such as `(5 MB/s)`")
    }

    /// Three digits behind a number and a space: `1 000`.
    fn follows_digits(&self, token: Token) -> bool {
        let is_number = |token: Token| matches!(token.kind, Kind::Number(_));
        token.end - token.start == 3 && self.previous().is_some_and(is_number)
    }

    /// The complaint about a token that can't follow what stands before it.
    pub(super) fn unexpected(&self, token: Token) -> ExpressionError {
        let word = self.word(token);
        let help = match token.kind {
            Kind::Close => "take it out, or open it with `(`".to_owned(),
            Kind::To => "put the conversion last, outside all parentheses".to_owned(),
            Kind::Colon => "a ratio has two numbers, such as `100:1`".to_owned(),
            Kind::Power => "powers are of plain numbers, such as `62^7`".to_owned(),
            Kind::Percent => "a percentage has a number before it, such as `5%`".to_owned(),
            Kind::Number(_) if self.follows_digits(token) => {
                "write thousands as `1,000` or `1_000`, without spaces".to_owned()
            }
            Kind::Word if matches!(unit::meaning(word), Meaning::Unit(_)) => {
                format!("write `{word}` right after its number, or `/{word}`")
            }
            _ => "write an operator between, such as `*`".to_owned(),
        };
        ExpressionError::new(token.span(), format!("unexpected `{word}`")).with_help(help)
    }
}

/// The complaint about a text without any token.
pub(super) fn nothing(text: &str) -> ExpressionError {
    ExpressionError::new(0..text.len(), "there is no expression")
        .with_help("write a figure such as `100M/month` or `500 B`")
}

/// The complaint about a word that stands for a unit and is none.
pub(super) fn unknown_unit(text: &str, token: Token, help: String) -> ExpressionError {
    let message = format!("unknown unit `{}`", token.text(text));
    ExpressionError::new(token.span(), message).with_help(help)
}
