//! Syntax trees to program operations.

use std::ops::Range;
use std::sync::Arc;

use super::QuantityError;
use super::ast::{Expr, ExprKind};
use super::builder::Builder;
use super::program::{Law, Reg, Shape};

/// What names in a quantity stand for.
pub trait Names {
    /// The register of an input or workload field.
    ///
    /// # Errors
    /// Why there is none, with help.
    fn reference(&mut self, name: &str, at: Range<usize>) -> Result<Reg, QuantityError>;

    /// The values of a column of a data file.
    ///
    /// # Errors
    /// Why they cannot be had, with help.
    fn data(&mut self, file: &str, column: &str, at: Range<usize>) -> Result<Arc<Vec<f64>>, QuantityError>;
}

/// A quantity in the program.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// Where its values stand.
    pub register: Reg,
    /// Its random variables, in the order of their numbering.
    pub variables: Vec<usize>,
}

/// Adds a quantity to the program under construction.
///
/// # Errors
/// Unknown names, impossible parameters, and distributions where there must be none.
pub fn lower(expr: &Expr, text: &str, builder: &mut Builder, names: &mut dyn Names) -> Result<Lowered, QuantityError> {
    let mut lowering = Lowering { text, builder, names, found: Vec::new() };
    let register = lowering.expr(expr)?;
    let mut found = lowering.found;
    found.sort_by_key(|(position, _)| *position);
    Ok(Lowered { register, variables: found.into_iter().map(|(_, v)| v).collect() })
}

pub(super) struct Lowering<'a> {
    pub(super) text: &'a str,
    pub(super) builder: &'a mut Builder,
    pub(super) names: &'a mut dyn Names,
    /// Position and number of each variable, outer ones first.
    found: Vec<(usize, usize)>,
}

pub(super) type Outcome<T> = Result<T, QuantityError>;

impl Lowering<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) -> Outcome<Reg> {
        match &expr.kind {
            ExprKind::Number(x, _) => Ok(self.builder.number(*x)),
            ExprKind::Reference(name) => self.names.reference(name, expr.at.clone()),
            ExprKind::Unary(function, a) => {
                let a = self.expr(a)?;
                Ok(self.builder.unary(*function, a))
            }
            ExprKind::Binary(function, a, b) => {
                let (a, b) = (self.expr(a)?, self.expr(b)?);
                Ok(self.builder.binary(*function, a, b))
            }
            ExprKind::If(comparison, parts) => {
                let mut registers = [Reg(0); 4];
                for (register, part) in registers.iter_mut().zip(parts.iter()) {
                    *register = self.expr(part)?;
                }
                Ok(self.builder.select(*comparison, registers))
            }
            ExprKind::Mix(parts) if expr.is_choice() => self.choice(expr, parts),
            _ => self.distribution(expr),
        }
    }

    fn distribution(&mut self, expr: &Expr) -> Outcome<Reg> {
        let position = match &expr.kind {
            ExprKind::Interval(bounds) => bounds[0].at.start,
            _ => expr.at.start,
        };
        // The place is taken before the parameters' own variables, so that outer comes before inner.
        let slot = self.found.len();
        self.found.push((position, usize::MAX));
        let law = match self.shape(expr)? {
            Shape::Fixed(dist) => Law::Fixed(self.builder.quantiles(dist)),
            shape => Law::Varying(shape),
        };
        let written = self.text.get(expr.at.clone()).unwrap_or("").to_owned();
        let variable = self.builder.draw(law, written);
        self.found[slot].1 = variable;
        Ok(self.builder.variables[variable].register)
    }

    pub(super) fn weights(&mut self, parts: &[(Expr, Expr)]) -> Outcome<Vec<f64>> {
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
                    let error = QuantityError::new(weight.at.clone(), "weights are constants");
                    return Err(error.help("to make a share uncertain use if(uniform(0, 1) < share, a, b)"));
                }
            }
        }
        Ok(weights)
    }

    fn choice(&mut self, expr: &Expr, parts: &[(Expr, Expr)]) -> Outcome<Reg> {
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
    fn branches(&mut self, parts: &[(Expr, Expr)], branch: Reg) -> Outcome<Reg> {
        let mut values = Vec::new();
        for (_, part) in parts {
            values.push(self.expr(part)?);
        }
        let mut result = values.pop().unwrap_or(branch);
        while let Some(value) = values.pop() {
            let number = self.builder.number((values.len() + 1) as f64);
            result = self.builder.select(super::ast::Comparison::LessEqual, [branch, number, value, result]);
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinates, Registers, parse};
    use super::*;

    struct Nothing;

    impl Names for Nothing {
        fn reference(&mut self, name: &str, at: Range<usize>) -> Result<Reg, QuantityError> {
            Err(QuantityError::new(at, format!("no {name}")))
        }
        fn data(&mut self, _: &str, _: &str, at: Range<usize>) -> Result<Arc<Vec<f64>>, QuantityError> {
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
        registers.column(lowered.register, 1)[0]
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
