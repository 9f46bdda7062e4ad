//! Quantity text to tokens.

use std::ops::Range;

use super::QuantityError;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A number with its suffix applied; `percent` when that suffix was `%`.
    Number { value: f64, percent: bool },
    /// A name, with dots inside for `workload.input_tokens`.
    Word(String),
    /// A quoted string.
    Text(String),
    /// An operator or a bracket.
    Sign(Sign),
    /// After the last token.
    End,
}

/// Operators and brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Open,
    Close,
    Comma,
    Colon,
    Equals,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// What to write for "plus or minus".
pub(crate) const PLUS_OR_MINUS: &str =
    "write what may be off as an interval that holds 90 % of its values, `80k to 120k`, or as `normal(100k, 12k)`";

/// A token and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub kind: TokenKind,
    pub at: Range<usize>,
}

/// Longest quantity that is read, in bytes.
const LONGEST: usize = 65_536;

/// Cuts a quantity into tokens, the last of which is [`TokenKind::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, QuantityError> {
    if text.len() > LONGEST {
        let message = format!("a quantity of {} bytes is too long", text.len());
        return Err(QuantityError::new(0..40, message).help("split it into [inputs], or put the values in a data file"));
    }
    let mut lexer = Lexer { text, at: 0 };
    let mut out = Vec::new();
    while let Some(token) = lexer.next()? {
        out.push(token);
    }
    out.push(Token { kind: TokenKind::End, at: text.len()..text.len() });
    Ok(out)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn next(&mut self) -> Result<Option<Token>, QuantityError> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let Some(c) = self.rest().chars().next() else { return Ok(None) };
        let kind = match c {
            '0'..='9' => self.number()?,
            '.' if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
            'A'..='Z' | 'a'..='z' | '_' => self.word(),
            '\'' | '"' => self.quoted(c)?,
            _ => self.sign(c)?,
        };
        Ok(Some(Token { kind, at: start..self.at }))
    }

    fn word(&mut self) -> TokenKind {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let rest = self.rest();
        let word = rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())].trim_end_matches('.').to_owned();
        self.at += word.len();
        TokenKind::Word(word)
    }

    fn quoted(&mut self, quote: char) -> Result<TokenKind, QuantityError> {
        let body = &self.rest()[1..];
        let Some(end) = body.find(quote) else {
            return Err(QuantityError::new(self.at..self.text.len(), "this string is not closed")
                .help(format!("end it with {quote}")));
        };
        let text = body[..end].to_owned();
        self.at += end + 2;
        Ok(TokenKind::Text(text))
    }

    fn sign(&mut self, c: char) -> Result<TokenKind, QuantityError> {
        let two = |a, b, rest: &str| if rest[1..].starts_with('=') { (b, 2) } else { (a, 1) };
        let (sign, length) = match c {
            '+' => (Sign::Plus, 1),
            '-' => (Sign::Minus, 1),
            '*' => (Sign::Times, 1),
            '/' => (Sign::Over, 1),
            '^' => (Sign::Power, 1),
            '(' => (Sign::Open, 1),
            ')' => (Sign::Close, 1),
            ',' => (Sign::Comma, 1),
            ':' => (Sign::Colon, 1),
            '=' => (Sign::Equals, 1),
            '<' => two(Sign::Less, Sign::LessEqual, self.rest()),
            '>' => two(Sign::Greater, Sign::GreaterEqual, self.rest()),
            _ => return Err(self.unknown(c)),
        };
        self.at += length;
        Ok(TokenKind::Sign(sign))
    }

    fn unknown(&self, c: char) -> QuantityError {
        let at = self.at..self.at + c.len_utf8();
        let help = match c {
            '−' | '–' | '—' => "write a minus sign as -, and an interval as `80k to 120k`",
            '×' | '·' => "write a product as *",
            '±' => PLUS_OR_MINUS,
            '$' | '€' | '£' => "leave the currency out; `currency` at the top of the scenario names it",
            '%' => "% follows a number, as in 20%",
            _ => "quantities are made of numbers, names, + - * / ^, parentheses and functions",
        };
        QuantityError::new(at, format!("`{c}` is not part of the quantity language")).help(help)
    }

    fn number(&mut self) -> Result<TokenKind, QuantityError> {
        let start = self.at;
        let (digits, exponent) = number_text(self.rest());
        let text: String = digits.chars().filter(|c| *c != '_').collect();
        let bad_underscore =
            digits.contains("__") || digits.ends_with('_') || digits.contains("_.") || digits.contains("._");
        self.at += digits.len();
        let suffix = match self.suffix() {
            none if none.is_empty() => self.distant_percent(),
            suffix => suffix,
        };
        let at = start..self.at;
        if bad_underscore {
            return Err(QuantityError::new(at, "an underscore stands between two digits").help("write 1_000_000"));
        }
        let (factor, percent) = match suffix.as_str() {
            "" => (1.0, false),
            "k" => (1e3, false),
            "M" => (1e6, false),
            "B" => (1e9, false),
            "%" => (0.01, true),
            other => return Err(bad_suffix(at, other)),
        };
        if exponent && !suffix.is_empty() {
            let error = QuantityError::new(at, "a number has an exponent or a suffix, not both");
            return Err(error.help(format!("write {text} or use the suffix {suffix} alone")));
        }
        match scaled(&text, factor, percent) {
            Some(value) => Ok(TokenKind::Number { value, percent }),
            None => Err(QuantityError::new(at, "this number is too large").help("the largest number is about 1.8e308")),
        }
    }

    /// A % after spaces, as typographers write it and as screens of this program do; it has no other meaning.
    fn distant_percent(&mut self) -> String {
        let rest = self.rest();
        let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        let found = rest[spaces..].starts_with('%');
        self.at += if found { spaces + 1 } else { 0 };
        if found { "%".to_owned() } else { String::new() }
    }

    /// Letters, digits and % that follow a number without a space.
    fn suffix(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '%' || c == '_' || c == '.')).unwrap_or(rest.len());
        let suffix = rest[..end].to_owned();
        self.at += end;
        suffix
    }
}

/// A decimal text times its factor, rounded once where that is possible: 0.07 for 7%, not 0.07000000000000001.
fn scaled(text: &str, factor: f64, percent: bool) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    let scaled = if percent { value / 100.0 } else { value * factor };
    scaled.is_finite().then_some(scaled)
}

fn bad_suffix(at: Range<usize>, suffix: &str) -> QuantityError {
    let known = match suffix {
        "K" => "thousands are written with a small k, as in 100k",
        "m" | "mn" | "mio" => "millions are written with a capital M, as in 2.5M",
        "b" | "bn" | "G" => "billions are written with a capital B, as in 1.2B",
        _ => "the suffixes are k, M, B and %; a product needs its *",
    };
    let shown: String = suffix.chars().take(20).collect();
    QuantityError::new(at, format!("`{shown}` is not a suffix")).help(known)
}

/// The digits of a number with point and exponent, and whether there is an exponent.
fn number_text(rest: &str) -> (String, bool) {
    let bytes = rest.as_bytes();
    let digits = |mut i: usize| {
        while i < bytes.len() && (bytes[i].is_ascii_digit() || bytes[i] == b'_') {
            i += 1;
        }
        i
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            return (rest[..digits(end + 1 + sign)].to_owned(), true);
        }
    }
    (rest[..end].to_owned(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<f64, String> {
        match tokens(text) {
            Ok(t) => match t.first().map(|t| &t.kind) {
                Some(TokenKind::Number { value, .. }) if t.len() == 2 => Ok(*value),
                other => Err(format!("{other:?}")),
            },
            Err(e) => Err(e.message),
        }
    }

    #[test]
    fn numbers_and_suffixes() {
        for (text, value) in
            [("100k", 1e5), ("2.5M", 2.5e6), ("1B", 1e9), ("20%", 0.2), ("20 %", 0.2), ("7%", 0.07), ("1_000", 1000.0)]
        {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        assert_eq!(number("1e-3"), Ok(0.001));
        assert_eq!(number(".5"), Ok(0.5));
        for bad in ["1e3k", "1K", "1e400", "1__0", "1_", "5kk", "3 m", "1.2.3"] {
            assert!(number(bad).is_err(), "{bad}");
        }
    }
}
