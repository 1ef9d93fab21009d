//! Cuts an expression into numbers, words and signs.
//!
//! Knows how numbers are spelled. Must not know units, names or what an expression is worth.

use std::ops::Range;

use super::error::ExpressionError;

/// How long an expression may be, in bytes.
pub(super) const LONGEST: usize = 1_000;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Kind {
    Number(f64),
    Word,
    Percent,
    Plus,
    Minus,
    Times,
    Slash,
    Per,
    Of,
    To,
    Power,
    Colon,
    Open,
    Close,
}

/// A piece of the text, by its byte offsets.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it follows another token without a space.
    pub(super) attached: bool,
}

impl Token {
    pub(super) fn span(self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn text(self, source: &str) -> &str {
        source.get(self.span()).unwrap_or_default()
    }
}

/// The tokens of a text, in order.
///
/// # Errors
/// When a sign is unknown or a number misspelled.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ExpressionError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(first) = lexer.rest().chars().next() {
        if first.is_whitespace() || lexer.is_mere_approximation(first) {
            lexer.at += first.len_utf8();
        } else {
            lexer.token(first)?;
        }
    }
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// `~` before anything that can start a figure says "about" and changes nothing.
    fn is_mere_approximation(&self, sign: char) -> bool {
        let mut following = self
            .rest()
            .chars()
            .skip(1)
            .skip_while(|c| c.is_whitespace());
        matches!(sign, '~' | '≈')
            && following
                .next()
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '(' | '-' | '_'))
    }

    fn token(&mut self, first: char) -> Result<(), ExpressionError> {
        let starts_fraction = first == '.' && self.rest().chars().nth(1).is_some_and(is_digit);
        if is_digit(first) || starts_fraction {
            self.number()
        } else if first.is_alphabetic() || first == '_' {
            self.word();
            Ok(())
        } else {
            self.sign(first)
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let attached = self
            .tokens
            .last()
            .is_some_and(|before| before.end == self.at);
        let (start, end) = (self.at, self.at + length);
        self.tokens.push(Token {
            kind,
            start,
            end,
            attached,
        });
        self.at = end;
    }

    fn number(&mut self) -> Result<(), ExpressionError> {
        let rest = self.rest();
        let mantissa = leading(rest, |c| is_digit(c) || matches!(c, '_' | ',' | '.'));
        let after = rest.get(mantissa.len()..).unwrap_or_default();
        let exponent = exponent(after);
        let length = mantissa.len() + exponent.len();
        let span = self.at..self.at + length;
        let written = rest.get(..length).unwrap_or_default();
        if !is_well_formed(mantissa) {
            let message = format!("`{written}` is no number");
            let help = "write thousands as `1,000` or `1_000`, and decimals as `1.5`";
            return Err(ExpressionError::new(span, message).with_help(help));
        }
        let value: f64 = written.replace(['_', ','], "").parse().unwrap_or(f64::NAN);
        if !value.is_finite() {
            let error = ExpressionError::new(span, format!("`{written}` is too large"));
            return Err(error.with_help("numbers end at about 1e308"));
        }
        self.push(Kind::Number(value), length);
        Ok(())
    }

    /// A word; attached to a number, it ends at the next digit, so that `4m10s` falls apart.
    fn word(&mut self) {
        let follows_number = self
            .tokens
            .last()
            .is_some_and(|before| matches!(before.kind, Kind::Number(_)) && before.end == self.at);
        let word = leading(self.rest(), |c| {
            c.is_alphabetic() || c == '_' || (c.is_alphanumeric() && !follows_number)
        });
        let kind = match word.to_ascii_lowercase().as_str() {
            "per" => Kind::Per,
            "of" => Kind::Of,
            "to" | "in" => Kind::To,
            _ => Kind::Word,
        };
        self.push(kind, word.len());
    }

    fn sign(&mut self, sign: char) -> Result<(), ExpressionError> {
        let kind = match sign {
            '*' if self.rest().starts_with("**") => {
                self.push(Kind::Power, 2);
                return Ok(());
            }
            '*' | '×' | '·' | '⋅' => Kind::Times,
            '/' | '÷' => Kind::Slash,
            '+' => Kind::Plus,
            '-' | '−' => Kind::Minus,
            '%' => Kind::Percent,
            '^' => Kind::Power,
            ':' => Kind::Colon,
            '(' => Kind::Open,
            ')' => Kind::Close,
            _ => return Err(self.unexpected(sign)),
        };
        self.push(kind, sign.len_utf8());
        Ok(())
    }

    fn unexpected(&self, sign: char) -> ExpressionError {
        let help = match sign {
            '<' | '>' | '≤' | '≥' => "write the figure alone, without a comparison",
            '=' => "write the expression alone, without a name before it",
            '~' | '≈' => "put it before the number it belongs to",
            '[' | ']' | '{' | '}' => "only round parentheses group",
            '–' | '—' => "write `-` to subtract; a range is two figures",
            _ => "an expression has numbers, units, names and `+ - * / ( )`",
        };
        let span = self.at..self.at + sign.len_utf8();
        let shown = sign.escape_debug();
        ExpressionError::new(span, format!("unexpected `{shown}`")).with_help(help)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// `e5`, `E+5` or `e-5` in front of the text; empty when there is none, as in `5 EB`.
fn exponent(text: &str) -> &str {
    let Some(after) = text.strip_prefix(['e', 'E']) else {
        return "";
    };
    let unsigned = after.strip_prefix(['+', '-']).unwrap_or(after);
    let digits = leading(unsigned, is_digit);
    if digits.is_empty() {
        return "";
    }
    let length = text.len() - unsigned.len() + digits.len();
    text.get(..length).unwrap_or_default()
}

/// Whether points, commas and underscores stand where they may: `1,000.5`, `1_000`, `.5`.
fn is_well_formed(mantissa: &str) -> bool {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let plain = |part: &str| {
        part.split('_')
            .all(|run| !run.is_empty() && run.chars().all(is_digit))
    };
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let whole_is_fine = if whole.contains(',') {
        (1..=3).contains(&first.len())
            && first.chars().all(is_digit)
            && groups.all(|group| group.len() == 3 && group.chars().all(is_digit))
    } else {
        whole.is_empty() || plain(whole)
    };
    whole_is_fine && plain(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<f64> {
        match tokens(text).ok()?.as_slice() {
            [token] => match token.kind {
                Kind::Number(value) => Some(value),
                _ => None,
            },
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let table = [
            ("7", 7.0),
            ("1_000", 1e3),
            ("1,000,000", 1e6),
            ("1,000.5", 1000.5),
            (".5", 0.5),
            ("1e5", 1e5),
            ("1.5E-3", 1.5e-3),
            ("~7", 7.0),
            ("≈ 7", 7.0),
        ];
        for (text, value) in table {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn misspelled_numbers_are_refused_as_a_whole() {
        for text in [
            "1,00", "1,0000", "1.2.3", "1__0", "5.", "5,", "1_", "1.000,5", "1000,000",
        ] {
            let error = tokens(text).expect_err(text);
            assert_eq!(error.span, 0..text.len(), "{text}");
        }
    }

    #[test]
    fn a_compound_duration_falls_apart() {
        let kinds: Vec<Kind> = tokens("4m10s")
            .expect("four tokens")
            .iter()
            .map(|token| token.kind)
            .collect();
        let expected = [
            Kind::Number(4.0),
            Kind::Word,
            Kind::Number(10.0),
            Kind::Word,
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn an_exabyte_is_no_exponent() {
        let words = tokens("5EB").expect("two tokens");
        assert_eq!(words.last().map(|token| token.text("5EB")), Some("EB"));
    }

    #[test]
    fn names_may_hold_digits() {
        assert_eq!(tokens("a * storage_5y").expect("three tokens").len(), 3);
    }
}
