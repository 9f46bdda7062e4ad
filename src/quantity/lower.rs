//! Syntax trees to program operations.

use std::ops::Range;
use std::sync::Arc;

use super::QuantityError;
use super::ast::{Binary, Comparison, DataCall, DataUse, Expr, ExprKind};
use super::builder::Builder;
use super::program::{Law, Reg, Shape};
use super::standing::{self, Standing};

/// What names in a quantity stand for.
pub trait Names {
    /// The register of an input or workload field.
    ///
    /// # Errors
    /// Why there is none, with help.
    fn reference(&mut self, builder: &mut Builder, name: &str, at: Range<usize>) -> Result<Operand, QuantityError>;

    /// What a data file says.
    ///
    /// # Errors
    /// Why it cannot be had, with help.
    fn data(&mut self, call: &DataCall, at: Range<usize>) -> Result<Data, QuantityError>;
}

/// What a data file says.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// The numbers of a column in ascending order.
    Values(Arc<Vec<f64>>),
    /// Their mean, and the standard deviation of a normal distribution that says how far it may be off.
    Mean {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
    },
    /// The numbers of a column as they follow each other: those of the months.
    Series(Arc<Vec<f64>>),
}

/// A value in the program.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    /// Where it stands.
    pub register: Reg,
    /// Whether it is a share.
    pub standing: Standing,
}

/// A quantity in the program.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// Its values.
    pub value: Operand,
    /// Its random variables, in the order of their numbering.
    pub variables: Vec<usize>,
}

/// Adds a quantity to the program under construction.
///
/// # Errors
/// Unknown names, impossible parameters, and distributions where there must be none.
pub fn lower(expr: &Expr, text: &str, builder: &mut Builder, names: &mut dyn Names) -> Result<Lowered, QuantityError> {
    let mut lowering = Lowering { text, builder, names, found: Vec::new() };
    let value = lowering.value(expr)?;
    let mut found = lowering.found;
    found.sort_by_key(|(position, _)| *position);
    Ok(Lowered { value, variables: found.into_iter().map(|(_, v)| v).collect() })
}

pub(super) struct Lowering<'a> {
    pub(super) text: &'a str,
    pub(super) builder: &'a mut Builder,
    pub(super) names: &'a mut dyn Names,
    /// Position and number of each variable, outer ones first.
    found: Vec<(usize, usize)>,
}

pub(super) type LowerResult<T> = Result<T, QuantityError>;

impl Lowering<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) -> LowerResult<Reg> {
        self.value(expr).map(|value| value.register)
    }

    pub(super) fn value(&mut self, expr: &Expr) -> LowerResult<Operand> {
        let known = |register, standing| Ok(Operand { register, standing });
        match &expr.kind {
            ExprKind::Number(x, true) => known(self.builder.number(*x), Standing::Share),
            ExprKind::Number(x, false) => known(self.builder.number(*x), Standing::of_number(*x)),
            ExprKind::Reference(name) => self.names.reference(self.builder, name, expr.at.clone()),
            ExprKind::Unary(function, a) => {
                let a = self.value(a)?;
                known(self.builder.unary(*function, a.register), Standing::of_unary(*function, a.standing))
            }
            ExprKind::Binary(function, a, b) => self.binary(*function, [a, b]),
            ExprKind::If(comparison, parts) => {
                let mut values = Vec::new();
                for part in parts.iter() {
                    values.push(self.value(part)?);
                }
                let registers = std::array::from_fn(|k| values[k].register);
                let standing = Standing::of_either(values[2..].iter().map(|value| value.standing));
                known(self.builder.select(*comparison, registers), standing)
            }
            ExprKind::Mix(parts) if expr.is_choice() => self.choice(expr, parts),
            ExprKind::Ramp(ends) => self.ramp(expr, ends),
            ExprKind::Data(call) if call.wanted == DataUse::Series => self.series(expr, call),
            _ => self.distribution(expr),
        }
    }

    /// (month − from) / (to − from) within 0..1; where both are the same month a step.
    fn ramp(&mut self, expr: &Expr, ends: &[Expr; 2]) -> LowerResult<Operand> {
        let month = self.names.reference(self.builder, "month", expr.at.clone())?.register;
        let (from, to) = (self.expr(&ends[0])?, self.expr(&ends[1])?);
        let (zero, one) = (self.builder.number(0.0), self.builder.number(1.0));
        let (gone, length) = (self.builder.subtract(month, from), self.builder.subtract(to, from));
        let ratio = self.builder.binary(Binary::Divide, gone, length);
        let above = self.builder.binary(Binary::Max, ratio, zero);
        let inside = self.builder.binary(Binary::Min, above, one);
        let step = self.builder.select(Comparison::Less, [month, from, zero, one]);
        let other = self.builder.select(Comparison::Less, [to, from, inside, step]);
        let register = self.builder.select(Comparison::Less, [from, to, inside, other]);
        Ok(Operand { register, standing: Standing::Open })
    }

    fn series(&mut self, expr: &Expr, call: &DataCall) -> LowerResult<Operand> {
        let Data::Series(values) = self.names.data(call, expr.at.clone())? else {
            return Err(QuantityError::new(expr.at.clone(), "this is no series"));
        };
        let months = self.builder.horizon();
        if values.len() < months {
            let message = format!("`{}` has {} records, fewer than the {months} months", call.file, values.len());
            return Err(QuantityError::new(expr.at.clone(), message).help("add months, or shorten horizon_months"));
        }
        // One-time costs fall before month 1, and see its number.
        let by_month = values.iter().take(1).chain(values.iter()).take(months + 1).copied().collect();
        Ok(Operand { register: self.builder.by_month(by_month), standing: Standing::Open })
    }

    fn binary(&mut self, operator: Binary, parts: [&Expr; 2]) -> LowerResult<Operand> {
        let (a, b) = (self.value(parts[0])?, self.value(parts[1])?);
        standing::check((operator, self.text), [(parts[0], a.standing), (parts[1], b.standing)])?;
        let register = self.builder.binary(operator, a.register, b.register);
        let standing = match (a.standing, b.standing, self.builder.constant(register)) {
            // What follows from numbers without % is as good as one.
            (Standing::NoShare | Standing::Open, Standing::NoShare | Standing::Open, Some(x))
                if parts.iter().all(|part| part.is_plain()) =>
            {
                Standing::of_number(x)
            }
            (a, b, _) => Standing::of_binary(operator, a, b),
        };
        Ok(Operand { register, standing })
    }

    fn distribution(&mut self, expr: &Expr) -> LowerResult<Operand> {
        let position = match &expr.kind {
            ExprKind::Interval(bounds) => bounds[0].at.start,
            _ => expr.at.start,
        };
        // The place is taken before the parameters' own variables, so that outer comes before inner.
        let slot = self.found.len();
        self.found.push((position, usize::MAX));
        let law = match self.shape(expr)? {
            Shape::Fixed(dist) => Law::Fixed(self.builder.quantiles(dist)),
            shape if shape.reads().iter().any(|r| self.builder.is_monthly(*r)) => {
                let message = "parameters cannot differ by month: a random variable is drawn once for all months";
                let error = QuantityError::new(expr.at.clone(), message);
                return Err(error.help("multiply it, as in series('forecast.csv', 'n') * lognormal(mean=1, cv=20%)"));
            }
            shape => Law::Varying(shape),
        };
        let standing = match &law {
            Law::Fixed(quantiles) if quantiles.quantile(0.05) > 1.0 => Standing::NoShare,
            _ if expr.is_share() => Standing::Share,
            _ => Standing::Open,
        };
        let written = self.text.get(expr.at.clone()).unwrap_or("").to_owned();
        let variable = self.builder.draw(law, written);
        self.found[slot].1 = variable;
        Ok(Operand { register: self.builder.variables[variable].register, standing })
    }

    pub(super) fn weights(&mut self, parts: &[(Expr, Expr)]) -> LowerResult<Vec<f64>> {
        let mut weights = Vec::new();
        for (weight, _) in parts {
            let register = self.expr(weight)?;
            match self.builder.constant(register) {
                Some(w) if w >= 0.0 && w.is_finite() => weights.push(w),
                Some(w) => {
                    let error = QuantityError::new(weight.at.clone(), format!("a weight must not be negative, is {w}"));
                    return Err(error.help("write shares that add up to 1"));
                }
                None => {
                    let error = QuantityError::new(weight.at.clone(), "weights are constants, the same in all months");
                    return Err(error.help("to make a share uncertain use if(uniform(0, 1) < share, a, b)"));
                }
            }
        }
        Ok(weights)
    }

    fn choice(&mut self, expr: &Expr, parts: &[(Expr, Expr)]) -> LowerResult<Operand> {
        let slot = self.found.len();
        self.found.push((expr.at.start, usize::MAX));
        let weights = self.weights(parts)?;
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite()) {
            return Err(QuantityError::new(expr.at.clone(), "the weights add up to nothing").help("give one a share"));
        }
        let mut sum = 0.0;
        let cumulative = weights.iter().map(|w| {
            sum += w / total;
            sum
        });
        let law = Law::Choice(cumulative.collect());
        let written = self.text.get(expr.at.clone()).unwrap_or("").to_owned();
        let variable = self.builder.draw(law, written);
        self.found[slot].1 = variable;
        self.branches(parts, self.builder.variables[variable].register)
    }

    /// The value of the branch whose number, from 1, stands in a register.
    fn branches(&mut self, parts: &[(Expr, Expr)], branch: Reg) -> LowerResult<Operand> {
        let (mut values, mut standings) = (Vec::new(), Vec::new());
        for (_, part) in parts {
            let value = self.value(part)?;
            values.push(value.register);
            standings.push(value.standing);
        }
        let mut result = values.pop().unwrap_or(branch);
        while let Some(value) = values.pop() {
            let number = self.builder.number((values.len() + 1) as f64);
            result = self.builder.select(Comparison::LessEqual, [branch, number, value, result]);
        }
        Ok(Operand { register: result, standing: Standing::of_either(standings.into_iter()) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinates, Registers, parse};
    use super::*;

    struct Nothing;

    impl Names for Nothing {
        fn reference(&mut self, _: &mut Builder, name: &str, at: Range<usize>) -> Result<Operand, QuantityError> {
            Err(QuantityError::new(at, format!("no {name}")))
        }
        fn data(&mut self, _: &DataCall, at: Range<usize>) -> Result<Data, QuantityError> {
            Err(QuantityError::new(at, "no data"))
        }
    }

    fn at(text: &str, u: &[f64]) -> f64 {
        let mut builder = Builder::default();
        let expr = parse(text).unwrap();
        let lowered = lower(&expr, text, &mut builder, &mut Nothing).unwrap();
        let program = builder.finish();
        let mut coordinates = Coordinates::new(program.variables.len(), 1);
        for (i, v) in lowered.variables.iter().enumerate() {
            coordinates.column_mut(*v, 1)[0] = u[i];
        }
        let mut registers = Registers::new(&program, 1);
        let all: Vec<usize> = (0..program.operations()).collect();
        registers.run(&program, &all, &coordinates, 1);
        registers.column(lowered.value.register, 1)[0]
    }

    fn error(text: &str) -> String {
        let expr = parse(text).unwrap();
        lower(&expr, text, &mut Builder::default(), &mut Nothing).unwrap_err().message
    }

    #[test]
    fn formulas_and_draws() {
        assert_eq!(at("2 * uniform(0, 10) + 1", &[0.25]), 6.0);
        assert_eq!(at("if(uniform(0, 1) < 0.5, 7, uniform(0, 10))", &[0.6, 0.3]), 3.0);
        assert_eq!(at("round(-2.5) + max(1, 2, 3) ^ 2", &[]), 6.0);
        assert_eq!(at("mix(0.25: 5, 0.75: 2 * uniform(0, 1))", &[0.2, 0.5]), 5.0);
        assert_eq!(at("mix(0.25: 5, 0.75: 2 * uniform(0, 1))", &[0.3, 0.5]), 1.0);
        // Weights are shares of their sum.
        assert_eq!(at("mix(1: 5, 3: 2 * uniform(0, 1))", &[0.2, 0.5]), 5.0);
        assert_eq!(at("mix(1: 5, 3: 2 * uniform(0, 1))", &[0.3, 0.5]), 1.0);
    }

    #[test]
    fn hierarchical_draws() {
        assert!((at("uniform(uniform(0, 4), 10)", &[0.5, 0.25]) - 5.5).abs() < 1e-12);
        assert!((at("truncate(uniform(0, 10), min=uniform(0, 4))", &[0.5, 0.5]) - 6.0).abs() < 1e-12);
        assert!(at("uniform(uniform(0, 40), 10)", &[0.5, 0.9]).is_nan());
    }

    #[test]
    fn the_remedy_fits_the_interval() {
        assert!(error("0 to 40").contains("above 0"));
        assert!(error("normal(0, -1)").contains("sd"));
        assert!(error("truncate(3, min=1)").contains("only a distribution"));
        assert!(error("mix(uniform(0,1): 3, 1: 4)").contains("weights are constants"));
    }
}
