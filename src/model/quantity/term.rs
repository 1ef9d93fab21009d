//! Parts of an expression that are worked out, and the words for why two of them don't combine.
//!
//! Must not know tokens or grammar.

use std::ops::Range;

use super::arithmetic::{Fault, Quantity};
use super::dimension::Dimension;
use super::error::ExpressionError;

/// What reading a part of an expression gives.
pub(super) type Parsed<T> = Result<T, ExpressionError>;

/// How an operand was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// A number, perhaps with a unit.
    Amount,
    /// `5%`.
    Percent,
    /// `3x`.
    Factor,
    /// `100:1`.
    Ratio,
    /// A name, a group or the result of an operator.
    Other,
}

/// A part of the expression that is worked out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Term {
    pub(super) quantity: Quantity,
    pub(super) form: Form,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Term {
    pub(super) fn span(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Two terms as one, or the words for why that can't be.
pub(super) fn joined(left: Term, right: Term, result: Result<Quantity, Fault>) -> Parsed<Term> {
    let whole = left.start..right.end;
    let quantity = result.map_err(|fault| match fault {
        Fault::ZeroDivisor => ExpressionError::new(right.span(), "division by zero")
            .with_help("what follows `/` can't be 0"),
        Fault::TooLarge => ExpressionError::new(whole.clone(), "the result is too large")
            .with_help("numbers end at about 1e308"),
        Fault::Undefined => ExpressionError::new(whole.clone(), "the result is no number")
            .with_help("a negative number has whole powers only"),
        Fault::TooManyUnits => ExpressionError::new(whole.clone(), "too many units multiplied")
            .with_help("no figure needs more than a few"),
        Fault::Dimensions => ExpressionError::new(right.span(), "the units differ"),
    })?;
    Ok(Term {
        quantity,
        form: Form::Other,
        start: left.start,
        end: right.end,
    })
}

/// A sum or difference, or the words for why the two sides don't go together.
pub(super) fn added(
    left: Term,
    right: Term,
    verb: &str,
    result: Result<Quantity, Fault>,
) -> Parsed<Term> {
    if result != Err(Fault::Dimensions) {
        return joined(left, right, result);
    }
    let (ours, theirs) = (
        left.quantity.dimension.name(),
        right.quantity.dimension.name(),
    );
    let error = ExpressionError::new(right.span(), format!("{theirs} can't be {verb} {ours}"));
    Err(error.with_help(match right.form {
        Form::Percent => "write `* 120%` to add 20%, or `* 80%` to take 20% off",
        _ => "both sides need units of the same kind",
    }))
}

/// A share is a percentage, a factor or at most one: `2/3 of X`, but not `2 of 3`.
pub(super) fn is_share(left: Term, operand: Term) -> bool {
    let at_most_one = |term: Term| {
        term.quantity.dimension == Dimension::NUMBER && term.quantity.value.abs() <= 1.0
    };
    matches!(operand.form, Form::Percent | Form::Factor)
        || at_most_one(left)
        || at_most_one(operand)
}
