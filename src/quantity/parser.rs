//! Tokens to a syntax tree, by precedence climbing.
//!
//! From loosest to tightest: `to`, sums, products, signs, powers (right-associative).

use std::ops::Range;

use jiff::civil::Date;

use super::QuantityError;
use super::ast::{Binary, Expr, ExprKind, Unary};
use super::lexer::{PLUS_OR_MINUS, Sign, Token, TokenKind, tokens};

/// Deepest nesting that is read: far beyond any formula, far below what the stack holds.
const DEEPEST: u32 = 128;

pub(super) type Parsed<T> = Result<T, QuantityError>;

/// Parses a quantity.
///
/// # Errors
/// The first thing that is not in the language, with its place and a remedy.
pub fn parse(text: &str) -> Parsed<Expr> {
    if let Some(at) = date(text) {
        let error = QuantityError::new(at, "a date cannot stand in a quantity, where it is a subtraction");
        return Err(error.help("write it without quotes: launch_month, retire_month and first_after_months take dates"));
    }
    let mut parser = Parser { text, tokens: tokens(text)?, next: 0, open: 0 };
    if parser.peek() == &TokenKind::End {
        return Err(QuantityError::new(0..text.len(), "this quantity is empty").help("write a number, such as 0"));
    }
    let expr = parser.quantity()?;
    match parser.peek() {
        TokenKind::End => Ok(expr),
        TokenKind::Word(word) if word == "to" => Err(parser.unexpected("an interval has two bounds: `a to b`")),
        TokenKind::Sign(Sign::Comma) => Err(parser.unexpected(parser.about_comma())),
        TokenKind::Word(word) => Err(parser.unexpected(about_word(word))),
        _ => Err(parser.unexpected("expected an operator or the end")),
    }
}

/// Where a date stands: 2027-01-14 is no sum that anybody means.
fn date(text: &str) -> Option<Range<usize>> {
    const LENGTH: usize = "2027-01-14".len();
    let is_date = |at: &usize| text.get(*at..*at + LENGTH).is_some_and(|part| part.parse::<Date>().is_ok());
    let at = (0..text.len().saturating_sub(LENGTH - 1)).find(is_date)?;
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let alone = !text[..at].ends_with(joins) && !text[at + LENGTH..].starts_with(joins);
    // Names of files may hold one.
    let is_quoted = text[..at].matches(['\'', '"']).count() % 2 == 1;
    (alone && !is_quoted).then_some(at..at + LENGTH)
}

/// What a word after a whole quantity may have been meant for.
fn about_word(word: &str) -> &'static str {
    match word {
        "k" | "M" | "B" => "a suffix follows the digits directly, as in 2.5M",
        "K" | "m" | "mn" | "mio" | "million" | "millions" | "thousand" | "bn" | "billion" => {
            "write 100k for a hundred thousand, 2.5M for millions, 1.2B for billions"
        }
        _ => "units are not written: `breakeven explain` tells each field's; a product needs its *",
    }
}

pub(super) struct Parser<'a> {
    text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) next: usize,
    open: u32,
}

impl Parser<'_> {
    pub(super) fn token(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    pub(super) fn peek(&self) -> &TokenKind {
        &self.token().kind
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.token().clone();
        self.next += 1;
        token
    }

    pub(super) fn take(&mut self, sign: Sign) -> bool {
        let found = self.peek() == &TokenKind::Sign(sign);
        self.next += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, sign: Sign, what: &str) -> Parsed<()> {
        if self.take(sign) { Ok(()) } else { Err(self.unexpected(what)) }
    }

    pub(super) fn unexpected(&self, what: &str) -> QuantityError {
        let at = self.token().at.clone();
        let found = match self.peek() {
            TokenKind::End => "the quantity ends here".to_owned(),
            _ => format!("unexpected `{}`", shorten(self.text.get(at.clone()).unwrap_or(""))),
        };
        QuantityError::new(at, found).help(what)
    }

    fn too_deep(&self) -> QuantityError {
        QuantityError::new(self.token().at.clone(), "nested too deeply")
            .help("write parts of it as [inputs] of their own")
    }

    /// What a comma after a number may have been meant for: groups of thousands have three digits.
    fn about_comma(&self) -> &'static str {
        let after = self.tokens.get(self.next + 1).and_then(|token| self.text.get(token.at.clone()));
        match after.is_some_and(|digits| digits.len() == 3) {
            true => "write 100_000 or 100k: numbers take no commas",
            false => "write a decimal point, as in 2.5",
        }
    }

    /// An expression with an optional `to`.
    pub(super) fn quantity(&mut self) -> Parsed<Expr> {
        self.open += 1;
        if self.open > DEEPEST {
            return Err(self.too_deep());
        }
        let low = self.sum()?;
        let is_interval = matches!(self.peek(), TokenKind::Word(w) if w == "to");
        let result = if is_interval {
            self.advance();
            let high = self.sum()?;
            node(low.at.start..high.at.end, ExprKind::Interval(Box::new([low, high])))
        } else {
            Ok(low)
        };
        self.open -= 1;
        result
    }

    fn sum(&mut self) -> Parsed<Expr> {
        self.chain(&[(Sign::Plus, Binary::Add), (Sign::Minus, Binary::Subtract)], Self::product)
    }

    fn product(&mut self) -> Parsed<Expr> {
        self.chain(&[(Sign::Times, Binary::Multiply), (Sign::Over, Binary::Divide)], Self::signed)
    }

    fn chain(&mut self, signs: &[(Sign, Binary)], part: fn(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        let mut left = part(self)?;
        while let Some((_, operator)) = signs.iter().find(|(s, _)| self.peek() == &TokenKind::Sign(*s)) {
            self.advance();
            let right = part(self)?;
            left = binary(*operator, left, right)?;
        }
        Ok(left)
    }

    fn signed(&mut self) -> Parsed<Expr> {
        // Signs are counted rather than nested: a million of them are one loop.
        let start = self.token().at.start;
        let mut negative = false;
        while let TokenKind::Sign(sign @ (Sign::Minus | Sign::Plus)) = *self.peek() {
            negative ^= sign == Sign::Minus;
            self.advance();
        }
        let value = self.power()?;
        if !negative {
            return Ok(value);
        }
        node(start..value.at.end, ExprKind::Unary(Unary::Negate, Box::new(value)))
    }

    fn power(&mut self) -> Parsed<Expr> {
        let base = self.primary()?;
        if !self.take(Sign::Power) {
            return Ok(base);
        }
        self.open += 1;
        if self.open > DEEPEST {
            return Err(self.too_deep());
        }
        let exponent = self.signed()?;
        self.open -= 1;
        binary(Binary::Power, base, exponent)
    }

    fn primary(&mut self) -> Parsed<Expr> {
        match self.peek().clone() {
            TokenKind::Number { value, percent } => {
                let at = self.advance().at;
                node(at, ExprKind::Number(value, percent))
            }
            TokenKind::Sign(Sign::Open) => self.parenthesised(),
            TokenKind::Word(word) => {
                let at = self.advance().at;
                if self.take(Sign::Open) { self.call(&word, at) } else { reference(word, at) }
            }
            TokenKind::Text(_) => Err(self.unexpected("strings stand only in data('file.csv', 'column')")),
            TokenKind::Sign(Sign::Over) if self.text[..self.token().at.start].ends_with('+') => {
                Err(self.unexpected(PLUS_OR_MINUS))
            }
            _ => Err(self.unexpected("expected a number, a name or a function")),
        }
    }

    fn parenthesised(&mut self) -> Parsed<Expr> {
        let start = self.advance().at.start;
        let mut inner = self.quantity()?;
        self.expect(Sign::Close, "expected `)`")?;
        inner.at = start..self.tokens[self.next - 1].at.end;
        Ok(inner)
    }
}

fn reference(word: String, at: Range<usize>) -> Parsed<Expr> {
    if word == "to" {
        return Err(QuantityError::new(at, "`to` needs a number on its left").help("write an interval as `10 to 20`"));
    }
    node(at, ExprKind::Reference(word))
}

pub(super) fn binary(operator: Binary, left: Expr, right: Expr) -> Parsed<Expr> {
    node(left.at.start..right.at.end, ExprKind::Binary(operator, Box::new(left), Box::new(right)))
}

pub(super) fn node(at: Range<usize>, kind: ExprKind) -> Parsed<Expr> {
    let mut expr = Expr { kind, at, depth: 0 };
    expr.depth = expr.children().iter().map(|c| c.depth + 1).max().unwrap_or(0);
    if expr.depth > DEEPEST {
        return Err(QuantityError::new(expr.at, "a formula of too many steps").help("write parts of it as [inputs]"));
    }
    Ok(expr)
}

pub(super) fn shorten(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        fn eval(e: &Expr) -> f64 {
            match &e.kind {
                ExprKind::Number(x, _) => *x,
                ExprKind::Unary(Unary::Negate, x) => -eval(x),
                ExprKind::Binary(Binary::Add, a, b) => eval(a) + eval(b),
                ExprKind::Binary(Binary::Subtract, a, b) => eval(a) - eval(b),
                ExprKind::Binary(Binary::Multiply, a, b) => eval(a) * eval(b),
                ExprKind::Binary(Binary::Divide, a, b) => eval(a) / eval(b),
                ExprKind::Binary(Binary::Power, a, b) => libm::pow(eval(a), eval(b)),
                ExprKind::Binary(Binary::Max, a, b) => eval(a).max(eval(b)),
                other => panic!("{other:?}"),
            }
        }
        eval(&parse(text).unwrap())
    }

    #[test]
    fn precedence_and_associativity() {
        assert_eq!(value("1 + 2 * 3"), 7.0);
        assert_eq!(value("8 - 3 - 2"), 3.0);
        assert_eq!(value("-2^2"), -4.0);
        assert_eq!(value("2^3^2"), 512.0);
        assert_eq!(value("2^-1"), 0.5);
        assert_eq!(value("2 * -3"), -6.0);
        assert_eq!(value("max(1, 2, 5, 3,)"), 5.0);
        assert_eq!(value("+-+-4"), 4.0);
    }

    #[test]
    fn to_binds_loosest() {
        let e = parse("1 + 2 to 3 * 4").unwrap();
        assert!(matches!(e.kind, ExprKind::Interval(_)), "{e:?}");
        assert!(parse("1 to 2 to 3").is_err());
        assert!(matches!(parse("2 * (1 to 2)").unwrap().kind, ExprKind::Binary(..)));
    }

    #[test]
    fn strangers_cannot_exhaust_the_stack() {
        for text in ["-".repeat(60_000), "1+".repeat(30_000)] {
            assert!(parse(&text).is_err());
        }
        for text in ["(".repeat(60_000), "2^".repeat(30_000)] {
            assert_eq!(parse(&text).unwrap_err().message, "nested too deeply");
        }
        for text in [format!("{}1", "abs(".repeat(10_000)), format!("1{}", "+1".repeat(20_000)), "(".repeat(200_000)] {
            assert!(parse(&text).is_err());
        }
        assert!(parse(&format!("{}1", "-".repeat(60_000))).is_ok());
    }

    #[test]
    fn powers_beside_each_other_are_not_nested() {
        let branches = vec!["1: 2^1"; 1000].join(", ");
        assert!(parse(&format!("mix({branches})")).is_ok());
    }

    #[test]
    fn misspelt_functions_get_the_nearest() {
        assert_eq!(parse("unifrom(1, 2)").unwrap_err().help, ["did you mean `uniform`?"]);
        assert!(parse("normal(sd=1, 2)").is_err());
        assert!(parse("mix(0.5: 1, 0.5: 2").is_err());
        assert!(parse("mix(0.5: 1, 0.5: 2,)").is_ok());
    }
}
