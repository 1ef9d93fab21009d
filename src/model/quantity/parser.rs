//! The grammar: sums of products of factors, worked out while they are read.
//!
//! Knows precedence. Must not know how a number takes its unit (`amount`), what follows `to`
//! (`target`), nor how most faults are worded (`complaint`, `term`).
//! Recursion happens in parentheses alone, and is bounded.

use super::arithmetic::Quantity;
use super::complaint::unknown_unit;
use super::dimension::Dimension;
use super::error::ExpressionError;
use super::lexer::{Kind, Token};
use super::reading::Reading;
use super::scope::{self, Scope};
use super::term::{Form, Parsed, Term, added, is_share, joined};
use super::unit::{self, Meaning};

/// How deep parentheses may be nested.
pub(super) const DEEPEST: usize = 64;

/// A place in the tokens of a text.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) scope: &'a dyn Scope,
    pub(super) reading: Reading,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    /// What was multiplied and divided by so far, where somebody asks.
    operands: Option<Vec<(Term, bool)>>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(
        text: &'a str,
        tokens: &'a [Token],
        scope: &'a dyn Scope,
        reading: Reading,
    ) -> Self {
        Self {
            text,
            scope,
            reading,
            tokens,
            at: 0,
            depth: 0,
            operands: None,
        }
    }

    /// What an expression multiplies and divides by, parentheses included, each with whether it divides.
    pub(super) fn operands(mut self) -> Parsed<Vec<(Term, bool)>> {
        self.operands = Some(Vec::new());
        self.sum()?;
        Ok(self.operands.unwrap_or_default())
    }

    fn note(&mut self, operand: Term, divides: bool) {
        if let Some(operands) = &mut self.operands {
            operands.push((operand, divides));
        }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.peek_after(0)
    }

    pub(super) fn peek_after(&self, skipped: usize) -> Option<Token> {
        self.tokens.get(self.at + skipped).copied()
    }

    pub(super) fn previous(&self) -> Option<Token> {
        self.tokens.get(self.at.checked_sub(1)?).copied()
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    pub(super) fn take(&mut self, kind: Kind) -> Option<Token> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.advance();
        Some(token)
    }

    pub(super) fn word(&self, token: Token) -> &'a str {
        token.text(self.text)
    }

    /// Where the last token that was read ends.
    pub(super) fn end(&self) -> usize {
        self.previous().map_or(0, |token| token.end)
    }

    /// Products joined by `+` and `-`.
    pub(super) fn sum(&mut self) -> Parsed<Term> {
        let mut left = self.product()?;
        loop {
            if self.take(Kind::Plus).is_some() {
                let right = self.product()?;
                left = added(left, right, "added to", left.quantity.plus(right.quantity))?;
            } else if self.take(Kind::Minus).is_some() {
                let right = self.product()?;
                let difference = left.quantity.minus(right.quantity);
                left = added(left, right, "subtracted from", difference)?;
            } else {
                return Ok(left);
            }
        }
    }

    /// Factors joined by `*`, `/` and their synonyms, from left to right.
    fn product(&mut self) -> Parsed<Term> {
        let mut left = self.factor()?;
        let mut operand = left;
        self.note(left, false);
        while let Some(operator) = self.product_operator() {
            self.advance();
            operand = match operator.kind {
                Kind::Slash | Kind::Per => self.divisor(operator)?,
                Kind::Of if !is_share(left, operand) => return Err(self.no_share(operand)),
                _ => self.factor()?,
            };
            let result = match operator.kind {
                Kind::Slash | Kind::Per => left.quantity.over(operand.quantity),
                _ => left.quantity.times(operand.quantity),
            };
            self.note(operand, matches!(operator.kind, Kind::Slash | Kind::Per));
            left = joined(left, operand, result)?;
            self.refuse_two_readings(operator, operand)?;
        }
        Ok(left)
    }

    fn product_operator(&self) -> Option<Token> {
        let token = self.peek()?;
        let is_operator = match token.kind {
            Kind::Times | Kind::Slash | Kind::Per | Kind::Of => true,
            Kind::Word => {
                scope::is_times_sign(self.word(token))
                    && self
                        .peek_after(1)
                        .is_some_and(|after| starts_operand(after.kind))
            }
            _ => false,
        };
        is_operator.then_some(token)
    }

    /// An operand with the signs before it.
    fn factor(&mut self) -> Parsed<Term> {
        let start = self.peek().map(|token| token.start);
        let mut negative = false;
        while self.take(Kind::Minus).is_some() {
            negative = !negative;
        }
        let term = match self.peek().map(|token| token.kind) {
            Some(Kind::Number(_)) => self.amount()?,
            Some(Kind::Open) => self.group()?,
            Some(Kind::Word) => self.name()?,
            _ => return Err(self.no_operand()),
        };
        Ok(Term {
            quantity: if negative {
                term.quantity.negated()
            } else {
                term.quantity
            },
            start: start.unwrap_or(term.start),
            ..term
        })
    }

    /// What a `/` or `per` divides by: a unit, a name, a noun or any factor.
    ///
    /// What is written without spaces after a division that has some is one figure:
    /// 1 GB / 10 MB/s takes 100 s.
    fn divisor(&mut self, operator: Token) -> Parsed<Term> {
        let Some(first) = self.peek() else {
            return Err(self.no_operand());
        };
        if first.kind == Kind::Word {
            return self.divisor_word(first);
        }
        let spaced = !operator.attached || !first.attached;
        let mut term = self.factor()?;
        if spaced && matches!(first.kind, Kind::Number(_)) {
            while let Some(unit) = self.close_denominator() {
                self.advance();
                let below = self.divisor_word(unit)?;
                term = joined(term, below, term.quantity.over(below.quantity))?;
            }
        }
        Ok(term)
    }

    /// The word after a `/`, when neither has a space before it.
    fn close_denominator(&self) -> Option<Token> {
        let slash = self.peek().filter(|token| token.attached);
        let word = slash
            .filter(|token| token.kind == Kind::Slash)
            .and_then(|_| self.peek_after(1))?;
        (word.attached && word.kind == Kind::Word).then_some(word)
    }

    fn divisor_word(&mut self, token: Token) -> Parsed<Term> {
        let word = self.word(token);
        let meaning = unit::meaning(word);
        let one = match meaning {
            Meaning::Unit(one) => one,
            Meaning::Magnitude(exponent) => Quantity::number(10_f64.powi(exponent)),
            Meaning::Unclear(_) | Meaning::Free if scope::declares(self.scope, word) => {
                return self.name();
            }
            Meaning::Unclear(help) => return Err(unknown_unit(self.text, token, help)),
            Meaning::Free => Quantity::number(1.0),
        };
        self.advance();
        self.nouns()?;
        Ok(Term {
            quantity: one,
            form: Form::Other,
            start: token.start,
            end: self.end(),
        })
    }

    fn name(&mut self) -> Parsed<Term> {
        let Some(token) = self.take(Kind::Word) else {
            return Err(self.no_operand());
        };
        let value = self.scope.lookup(self.word(token));
        let Some(quantity) = value.filter(|quantity| quantity.value.is_finite()) else {
            return Err(scope::no_value(self.text, token, self.scope));
        };
        Ok(Term {
            quantity,
            form: Form::Other,
            start: token.start,
            end: token.end,
        })
    }

    fn group(&mut self) -> Parsed<Term> {
        let open = self.take(Kind::Open).ok_or_else(|| self.no_operand())?;
        if self.depth == DEEPEST {
            let message = format!("parentheses nested deeper than {DEEPEST}");
            let error = ExpressionError::new(open.span(), message);
            return Err(error.with_help("give a part of it a name of its own"));
        }
        self.depth += 1;
        let inner = self.sum()?;
        self.depth -= 1;
        if self.take(Kind::Close).is_none() {
            return Err(match self.peek() {
                Some(token) => self.unexpected(token),
                None => ExpressionError::new(open.span(), "this parenthesis is never closed")
                    .with_help("add a `)`"),
            });
        }
        self.with_unit(Term {
            form: Form::Other,
            start: open.start,
            end: self.end(),
            ..inner
        })
    }

    /// `X / 5 per minute`, `X/5MB/s` and `X / 20% of Y` mean two things; neither is guessed.
    fn refuse_two_readings(&self, operator: Token, divisor: Term) -> Parsed<()> {
        let Some(next) = self.peek().filter(|_| operator.kind == Kind::Slash) else {
            return Ok(());
        };
        let is_unclear = match next.kind {
            Kind::Per => divisor.form == Form::Amount,
            Kind::Of => divisor.form == Form::Percent,
            Kind::Slash => divisor.form == Form::Amount && self.ends_throughput(divisor),
            _ => false,
        };
        if is_unclear {
            return Err(self.two_readings(next));
        }
        Ok(())
    }

    /// Whether a divisor and the `/s` close after it look like a throughput.
    fn ends_throughput(&self, divisor: Term) -> bool {
        let is_size = divisor.quantity.dimension == Dimension::SIZE;
        let word = self.close_denominator().filter(|_| is_size);
        word.is_some_and(|word| match unit::meaning(self.word(word)) {
            Meaning::Unit(one) => one.dimension == Dimension::DURATION,
            _ => false,
        })
    }
}

fn starts_operand(kind: Kind) -> bool {
    matches!(kind, Kind::Number(_) | Kind::Word | Kind::Open)
}
