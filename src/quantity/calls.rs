//! Parsing what stands in the parentheses of a function.

use std::ops::Range;

use super::QuantityError;
use super::ast::{Argument, Binary, Comparison, DataCall, DataUse, Expr, ExprKind, Unary};
use super::family::Family;
use super::lexer::{Sign, TokenKind};
use super::parser::{Parsed, Parser, binary, node, shorten};
use crate::diagnostic::nearest;

impl Parser<'_> {
    /// The call of a function whose opening parenthesis has been taken.
    pub(super) fn call(&mut self, name: &str, at: Range<usize>) -> Parsed<Expr> {
        let kind = match name {
            "if" => self.condition()?,
            "mix" => self.mix()?,
            "data" => self.data(DataUse::Values)?,
            "mean_of" => self.data(DataUse::MeanOf)?,
            "series" => self.data(DataUse::Series)?,
            "ramp" => self.ramp()?,
            "truncate" => ExprKind::Truncate(self.arguments()?),
            "min" | "max" => return self.extreme(if name == "min" { Binary::Min } else { Binary::Max }, at.start),
            _ => match (Family::named(name), Unary::named(name)) {
                (Some(family), _) => ExprKind::Family(family, self.arguments()?),
                (None, Some(function)) => self.unary(function)?,
                (None, None) => return Err(unknown_function(name, at)),
            },
        };
        node(at.start..self.tokens[self.next - 1].at.end, kind)
    }

    fn unary(&mut self, function: Unary) -> Parsed<ExprKind> {
        let x = self.quantity()?;
        self.take(Sign::Comma);
        self.expect(Sign::Close, &format!("`{}` takes one number; expected `)`", function.name()))?;
        Ok(ExprKind::Unary(function, Box::new(x)))
    }

    fn extreme(&mut self, operator: Binary, start: usize) -> Parsed<Expr> {
        let mut result = self.quantity()?;
        let mut count = 1;
        while self.take(Sign::Comma) && self.peek() != &TokenKind::Sign(Sign::Close) {
            let next = self.quantity()?;
            result = binary(operator, result, next)?;
            count += 1;
        }
        self.expect(Sign::Close, "expected `,` or `)`")?;
        let at = start..self.tokens[self.next - 1].at.end;
        if count < 2 {
            let message = format!("`{}` takes two or more numbers", operator.name());
            return Err(QuantityError::new(at, message).help(format!("write {}(a, b)", operator.name())));
        }
        Ok(Expr { at, ..result })
    }

    fn condition(&mut self) -> Parsed<ExprKind> {
        let left = self.quantity()?;
        let comparison = match self.peek() {
            TokenKind::Sign(Sign::Less) => Comparison::Less,
            TokenKind::Sign(Sign::LessEqual) => Comparison::LessEqual,
            TokenKind::Sign(Sign::Greater) => Comparison::Greater,
            TokenKind::Sign(Sign::GreaterEqual) => Comparison::GreaterEqual,
            _ => return Err(self.unexpected("a condition compares with < <= > or >=, as in if(a > b, x, y)")),
        };
        self.advance();
        let right = self.quantity()?;
        self.expect(Sign::Comma, "expected `,` and the value if the condition holds: if(a > b, x, y)")?;
        let then = self.quantity()?;
        self.expect(Sign::Comma, "expected `,` and the value if it does not hold: if(a > b, x, y)")?;
        let otherwise = self.quantity()?;
        self.take(Sign::Comma);
        self.expect(Sign::Close, "expected `)`: if(a > b, x, y)")?;
        Ok(ExprKind::If(comparison, Box::new([left, right, then, otherwise])))
    }

    fn ramp(&mut self) -> Parsed<ExprKind> {
        let shape = "write ramp(6, 12): 0 up to month 6, 1 from month 12 on";
        let from = self.quantity()?;
        self.expect(Sign::Comma, shape)?;
        let to = self.quantity()?;
        self.take(Sign::Comma);
        self.expect(Sign::Close, shape)?;
        Ok(ExprKind::Ramp(Box::new([from, to])))
    }

    fn mix(&mut self) -> Parsed<ExprKind> {
        let mut parts = Vec::new();
        loop {
            let weight = self.quantity()?;
            self.expect(Sign::Colon, "expected `:` after the weight, as in mix(0.3: 500, 0.7: 800)")?;
            parts.push((weight, self.quantity()?));
            if self.take(Sign::Close) || (self.take(Sign::Comma) && self.take(Sign::Close)) {
                return Ok(ExprKind::Mix(parts));
            }
            if self.tokens[self.next - 1].kind != TokenKind::Sign(Sign::Comma) {
                return Err(self.unexpected("expected `,` or `)`"));
            }
        }
    }

    fn data(&mut self, wanted: DataUse) -> Parsed<ExprKind> {
        let shape = match wanted {
            DataUse::Series => "write it as series('forecast.csv', 'column')",
            DataUse::Values | DataUse::MeanOf => "write it as data('usage.csv', 'column')",
        };
        let file = self.text_argument(shape)?;
        self.expect(Sign::Comma, shape)?;
        let column = self.text_argument(shape)?;
        let mut call = DataCall { wanted, file, column, filter: None, by: None, per: None };
        while self.take(Sign::Comma) && self.peek() != &TokenKind::Sign(Sign::Close) {
            self.data_option(&mut call)?;
        }
        if call.per.is_some() && call.by.is_none() {
            let error =
                QuantityError::new(self.token().at.clone(), "`per` needs `by`: a ratio of sums has an error by blocks");
            return Err(error.help("write mean_of('usage.csv', 'tokens', per='requests', by='date')"));
        }
        self.expect(Sign::Close, "close the parenthesis")?;
        Ok(ExprKind::Data(Box::new(call)))
    }

    /// `where='…'`, and of a mean `by='…'` and `per='…'`.
    fn data_option(&mut self, call: &mut DataCall) -> Parsed<()> {
        let (shape, names) = match call.wanted {
            DataUse::Values => ("write it as data('usage.csv', 'column', where='model == small')", &["where"][..]),
            DataUse::Series => ("write it as series('forecast.csv', 'column', where='country == fr')", &["where"][..]),
            DataUse::MeanOf => (
                "write it as mean_of('usage.csv', 'column', by='time', where='model == small')",
                &["where", "by", "per"][..],
            ),
        };
        let name = match self.peek() {
            TokenKind::Word(name) if names.contains(&name.as_str()) => name.clone(),
            _ => return Err(self.unexpected(shape)),
        };
        self.advance();
        self.expect(Sign::Equals, shape)?;
        let place = match name.as_str() {
            "where" => &mut call.filter,
            "by" => &mut call.by,
            _ => &mut call.per,
        };
        *place = Some(self.text_argument(shape)?);
        Ok(())
    }

    fn text_argument(&mut self, shape: &str) -> Parsed<String> {
        match self.peek().clone() {
            TokenKind::Text(text) => {
                self.advance();
                Ok(text)
            }
            _ => Err(self.unexpected(shape)),
        }
    }

    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let mut arguments: Vec<Argument> = Vec::new();
        while !self.take(Sign::Close) {
            let argument = self.argument()?;
            if argument.name.is_none() && arguments.iter().any(|a| a.name.is_some()) {
                return Err(QuantityError::new(argument.value.at, "a parameter without a name after one with a name")
                    .help("write parameters by position first, those with names after them"));
            }
            arguments.push(argument);
            if !self.take(Sign::Comma) && self.peek() != &TokenKind::Sign(Sign::Close) {
                return Err(self.unexpected("expected `,` or `)`"));
            }
        }
        Ok(arguments)
    }

    fn argument(&mut self) -> Parsed<Argument> {
        let named = match (self.peek(), self.tokens.get(self.next + 1).map(|t| &t.kind)) {
            (TokenKind::Word(name), Some(TokenKind::Sign(Sign::Equals))) => {
                Some((name.clone(), self.token().at.clone()))
            }
            _ => None,
        };
        if named.is_some() {
            self.next += 2;
        }
        Ok(Argument { name: named, value: self.quantity()? })
    }
}

fn unknown_function(name: &str, at: Range<usize>) -> QuantityError {
    let others = ["if", "mix", "truncate", "data", "mean_of", "series", "ramp", "min", "max"];
    let unary = Unary::ALL.iter().filter(|u| **u != Unary::Negate).map(|u| u.name());
    let known: Vec<&str> = Family::ALL.iter().map(|f| f.name()).chain(unary).chain(others).collect();
    let error = QuantityError::new(at, format!("there is no function `{}`", shorten(name)));
    match nearest(name, known.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("the functions are {}", known.join(", "))),
    }
}
