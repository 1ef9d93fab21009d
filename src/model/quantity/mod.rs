//! Numbers with units: how they are written, worked out and shown.
//!
//! This is the calculator behind `100M/month * 500 B * 5 years to TB`. It knows text, arithmetic and
//! a handful of units; it must not know designs, files, rules or where a name's value comes from:
//! names are asked of a [`Scope`].
//!
//! The language in short:
//! - Numbers: `1_000`, `1,000,000`, `1.5e6`, `10k`, `100M`, `1.5B`, `2T`, `3 million`, `5%`, `3x`,
//!   `100:1`, `62^7`. A leading `~` means nothing.
//! - Units: bytes and bits, decimal (`KB`) and binary (`KiB`) kept apart; durations (`4m10s`,
//!   `1 month` = 30 days, `1 year` = 365 days); rates (`2000/s`, `5 per minute`, `qps`).
//!   `500 B` is bytes, `500B` is 500 billion.
//! - A number and its unit belong together before anything else: `300 TB / 5 years`. So does what
//!   is written without spaces after a division with spaces: `100 GB / 125 MB/s` is 800 s.
//! - Operators: `+ - * / ( )`, `x`, `×`, `÷`, `per`, `20% of ...`; `to UNIT` or `in UNIT` at the end.
//! - Unknown words after a number or a `/` are counting nouns worth 1: `10 requests/day`.
//!   Anywhere else a word has to be a name in scope.

mod amount;
mod arithmetic;
mod complaint;
mod decimal;
mod dimension;
mod display;
mod error;
mod expression;
mod figure;
mod lexer;
mod parser;
mod reading;
mod scope;
mod simple;
mod target;
mod term;
mod unit;

#[cfg(test)]
mod tests;

pub use arithmetic::Quantity;
pub use decimal::significant;
pub use dimension::Dimension;
pub use display::Style;
pub use error::ExpressionError;
pub use expression::{Operand, operands};
pub use figure::{Figure, evaluate};
pub use scope::{NoNames, Scope, names_in, unknown_names, with_names};
pub use unit::Unit;
