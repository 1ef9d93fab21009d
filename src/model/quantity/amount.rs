//! A number and what belongs to it: powers of ten, percent, units, counting nouns.
//!
//! Knows what binds tighter than any operator. Must not know operators.

use super::arithmetic::{Fault, Quantity};
use super::complaint::unknown_unit;
use super::dimension::Dimension;
use super::error::ExpressionError;
use super::lexer::{Kind, Token};
use super::parser::Parser;
use super::scope;
use super::term::{Form, Parsed, Term, joined};
use super::unit::{self, Meaning};

impl Parser<'_> {
    /// A number, a power or a ratio, with the unit after it.
    pub(super) fn amount(&mut self) -> Parsed<Term> {
        let first = self.scaled_number()?;
        if self.take(Kind::Colon).is_none() {
            return self.with_unit(first);
        }
        let second = self.scaled_number()?;
        let ratio = joined(first, second, first.quantity.over(second.quantity))?;
        self.nouns()?;
        Ok(Term {
            form: Form::Ratio,
            ..ratio
        })
    }

    /// `10`, `10k`, `10 million`, `62^7`.
    fn scaled_number(&mut self) -> Parsed<Term> {
        let mut term = self.number()?;
        if self.take(Kind::Power).is_some() {
            let negative = self.take(Kind::Minus).is_some();
            let exponent = self.number()?;
            let power = exponent.quantity.value * if negative { -1.0 } else { 1.0 };
            let result = Quantity::power(term.quantity.value, power);
            term = Term {
                form: Form::Amount,
                ..joined(term, exponent, result)?
            };
        }
        self.with_magnitudes(term)
    }

    fn number(&mut self) -> Parsed<Term> {
        let Some(token) = self.peek() else {
            return Err(self.no_number());
        };
        let Kind::Number(value) = token.kind else {
            return Err(self.no_number());
        };
        self.advance();
        Ok(Term {
            quantity: Quantity::number(value),
            form: Form::Amount,
            start: token.start,
            end: token.end,
        })
    }

    fn no_number(&self) -> ExpressionError {
        let before = self.previous().map_or(0..0, Token::span);
        let span = self.peek().map_or(before, Token::span);
        ExpressionError::new(span, "expected a plain number")
            .with_help("powers and ratios are of numbers: `62^7`, `100:1`")
    }

    fn with_magnitudes(&mut self, mut term: Term) -> Parsed<Term> {
        while let Some(token) = self.peek().filter(|token| token.kind == Kind::Word) {
            let Meaning::Magnitude(exponent) = self.meaning(token) else {
                break;
            };
            self.advance();
            term = self.replaced(term, term.quantity.shifted(exponent))?;
        }
        Ok(term)
    }

    /// A number or a group with the percent sign, the unit and the nouns after it.
    pub(super) fn with_unit(&mut self, term: Term) -> Parsed<Term> {
        let mut term = self.with_magnitudes(term)?;
        if term.quantity.dimension == Dimension::NUMBER {
            if self.take(Kind::Percent).is_some() {
                term = self.replaced(term, term.quantity.shifted(-2))?;
                term.form = Form::Percent;
            } else if self.takes_factor_sign() {
                self.advance();
                term.form = Form::Factor;
            } else if let Some(one) = self.take_unit() {
                term = self.replaced(term, term.quantity.times(one))?;
                term = self.with_smaller_durations(term, one)?;
            }
        }
        self.nouns()?;
        Ok(Term {
            end: self.end(),
            ..term
        })
    }

    /// The `10s` after `4m`.
    fn with_smaller_durations(&mut self, mut term: Term, mut one: Quantity) -> Parsed<Term> {
        while let Some((number, smaller)) = self.smaller_duration(one) {
            self.advance();
            self.advance();
            let part = Quantity::number(number).times(smaller);
            let sum = part.and_then(|part| term.quantity.plus(part));
            term = self.replaced(term, sum)?;
            one = smaller;
        }
        Ok(term)
    }

    /// The term up to here, with another value.
    fn replaced(&self, term: Term, quantity: Result<Quantity, Fault>) -> Parsed<Term> {
        let here = Term {
            end: self.end(),
            ..term
        };
        Ok(Term {
            form: term.form,
            ..joined(here, here, quantity)?
        })
    }

    fn smaller_duration(&self, one: Quantity) -> Option<(f64, Quantity)> {
        let (Kind::Number(number), unit) = (self.peek()?.kind, self.peek_after(1)?) else {
            return None;
        };
        match unit::meaning(self.word(unit)) {
            Meaning::Unit(smaller) if unit.kind == Kind::Word => {
                let is_time = |unit: Quantity| unit.dimension == Dimension::DURATION;
                (is_time(one) && is_time(smaller) && smaller.value < one.value)
                    .then_some((number, smaller))
            }
            _ => None,
        }
    }

    /// Whether the next word is the x of `3x` and not that of `3 x 5`.
    fn takes_factor_sign(&self) -> bool {
        let Some(sign) = self.peek().filter(|token| token.kind == Kind::Word) else {
            return false;
        };
        let multiplies = self.peek_after(1).is_some_and(|after| match after.kind {
            Kind::Number(_) | Kind::Open => true,
            Kind::Word => !sign.attached || scope::declares(self.scope, self.word(after)),
            _ => false,
        });
        scope::is_times_sign(self.word(sign)) && !multiplies
    }

    fn take_unit(&mut self) -> Option<Quantity> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        let Meaning::Unit(one) = self.meaning(token) else {
            return None;
        };
        self.advance();
        Some(one)
    }

    /// What a word after a number stands for; `B` is billion when it is attached.
    fn meaning(&self, token: Token) -> Meaning {
        let word = self.word(token);
        if word == "B" && !self.reading.has_bytes(self.sticks_to_number(token)) {
            return Meaning::Magnitude(9);
        }
        if let Some(help) = unit::unclear_a_second(word).filter(|_| self.is_a_second()) {
            return Meaning::Unclear(help);
        }
        unit::meaning(word)
    }

    /// Whether the word is followed by `/s`.
    fn is_a_second(&self) -> bool {
        let slash = self.peek_after(1).map(|token| token.kind);
        let word = self.peek_after(2).map(|token| self.word(token));
        slash == Some(Kind::Slash) && matches!(word, Some("s" | "sec" | "second"))
    }

    fn sticks_to_number(&self, token: Token) -> bool {
        let before = self.previous().map(|before| before.kind);
        token.attached && matches!(before, Some(Kind::Number(_)))
    }

    /// Passes over counting nouns, which are worth 1: `100M daily active users`, `5 sign-ups`.
    pub(super) fn nouns(&mut self) -> Parsed<()> {
        while let Some(token) = self.peek().filter(|token| token.kind == Kind::Word) {
            if scope::is_times_sign(self.word(token)) || !self.is_noun(token)? {
                break;
            }
            self.advance();
            while self.hyphen_goes_on() {
                self.advance();
                self.advance();
            }
        }
        Ok(())
    }

    /// Whether a word counts things; an error when it looks like something else. `100M users` counts users even where
    /// `users` is a name; `100 write_qps` looks like a forgotten operator.
    fn is_noun(&self, token: Token) -> Parsed<bool> {
        let word = self.word(token);
        if word.contains('_') && scope::declares(self.scope, word) {
            let error = ExpressionError::new(token.span(), format!("`{word}` follows a number"));
            let help = format!("write `*` between to multiply by `{word}`, or leave the word out");
            return Err(error.with_help(help));
        }
        match self.meaning(token) {
            Meaning::Unclear(help) => Err(unknown_unit(self.text, token, help)),
            Meaning::Free if self.is_two_words_in_one(token) => {
                Err(unknown_unit(self.text, token, self.two_words(word)))
            }
            Meaning::Free => Ok(true),
            Meaning::Unit(_) | Meaning::Magnitude(_) => Ok(false),
        }
    }

    /// `100Musers`: a hundred or a hundred million?
    fn is_two_words_in_one(&self, token: Token) -> bool {
        let word = self.word(token);
        self.sticks_to_number(token) && word.starts_with(['k', 'K', 'M', 'B', 'T'])
    }

    fn two_words(&self, word: &str) -> String {
        let number = self.previous().map_or("", |number| self.word(number));
        let (letter, noun) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("write `{number}{letter} {noun}` or `{number} {word}`")
    }

    fn hyphen_goes_on(&self) -> bool {
        let hyphen = self
            .peek()
            .filter(|token| token.attached && token.kind == Kind::Minus);
        let word = hyphen.and_then(|_| self.peek_after(1));
        word.is_some_and(|word| {
            word.attached
                && word.kind == Kind::Word
                && !scope::declares(self.scope, self.word(word))
        })
    }
}
