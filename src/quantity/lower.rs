//! Syntax trees to program operations.

use std::ops::Range;
use std::sync::Arc;

use super::QuantityError;
use super::ast::{Argument, DataUse, Expr, ExprKind, Family};
use super::bind::{Value, bind};
use super::program::{Builder, Law, Reg, Shape};
use crate::dist::{BadParameter, Dist, Form, Quantiles};

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

struct Lowering<'a> {
    text: &'a str,
    builder: &'a mut Builder,
    names: &'a mut dyn Names,
    /// Position and number of each variable, outer ones first.
    found: Vec<(usize, usize)>,
}

type Outcome<T> = Result<T, QuantityError>;

impl Lowering<'_> {
    fn expr(&mut self, expr: &Expr) -> Outcome<Reg> {
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
            Shape::Fixed(dist) => Law::Fixed(Quantiles::new(dist)),
            shape => Law::Varying(shape),
        };
        let written = self.text.get(expr.at.clone()).unwrap_or("").to_owned();
        let variable = self.builder.draw(law, written);
        self.found[slot].1 = variable;
        Ok(self.builder.variables[variable].register)
    }

    fn shape(&mut self, expr: &Expr) -> Outcome<Shape> {
        match &expr.kind {
            ExprKind::Interval(bounds) => self.interval(expr, bounds),
            ExprKind::Family(family, arguments) => self.family(*family, arguments, &expr.at),
            ExprKind::Mix(_) if expr.is_choice() => Err(choice_inside(expr)),
            ExprKind::Mix(parts) => self.mixture(expr, parts),
            ExprKind::Truncate(arguments) => self.truncate(expr, arguments),
            ExprKind::Data(use_, file, column) => self.data(expr, *use_, file, column),
            _ => Err(QuantityError::new(expr.at.clone(), "this is not a distribution")
                .help("write a distribution, such as normal(100, 20), or an interval such as 60 to 140")),
        }
    }

    fn family(&mut self, family: Family, arguments: &[Argument], at: &Range<usize>) -> Outcome<Shape> {
        let bound = bind(family, arguments, at)?;
        let mut registers = Vec::new();
        let mut places = Vec::new();
        for value in &bound.values {
            match value {
                Value::Written(expr) => {
                    registers.push(self.expr(expr)?);
                    places.push(expr.at.clone());
                }
                Value::Default(x) => {
                    registers.push(self.builder.number(*x));
                    places.push(at.clone());
                }
            }
        }
        self.shape_of(bound.form, registers, &places, at)
    }

    /// The distribution itself where the parameters are constant, else what builds it in each trial.
    fn shape_of(
        &mut self,
        form: Form,
        registers: Vec<Reg>,
        places: &[Range<usize>],
        at: &Range<usize>,
    ) -> Outcome<Shape> {
        let constants: Option<Vec<f64>> = registers.iter().map(|r| self.builder.constant(*r)).collect();
        match constants {
            Some(values) => form.build(&values).map(Shape::Fixed).map_err(|e| impossible(&e, places, at)),
            None => Ok(Shape::Family(form, registers)),
        }
    }

    fn interval(&mut self, expr: &Expr, bounds: &[Expr; 2]) -> Outcome<Shape> {
        let shares = bounds.iter().all(|b| matches!(b.kind, ExprKind::Number(_, true)));
        let registers = vec![self.expr(&bounds[0])?, self.expr(&bounds[1])?];
        let form = if shares { Form::LogitNormalInterval } else { Form::LogNormalInterval };
        let low = self.builder.constant(registers[0]);
        if let (Some(low), Some(high)) = (low, self.builder.constant(registers[1]))
            && low <= 0.0
            && !shares
        {
            return Err(not_positive(expr, low, high));
        }
        self.shape_of(form, registers, &[bounds[0].at.clone(), bounds[1].at.clone()], &expr.at)
    }

    fn mixture(&mut self, expr: &Expr, parts: &[(Expr, Expr)]) -> Outcome<Shape> {
        let weights = self.weights(parts)?;
        let mut branches = Vec::new();
        for (weight, (_, branch)) in weights.into_iter().zip(parts) {
            let dist = if branch.is_constant() {
                let register = self.expr(branch)?;
                let x = self.builder.constant(register).filter(|x| x.is_finite());
                Dist::constant(x.ok_or_else(|| QuantityError::new(branch.at.clone(), "this is not a finite number"))?)
            } else {
                match self.shape(branch)? {
                    Shape::Fixed(dist) => dist,
                    _ => return Err(choice_inside(branch)),
                }
            };
            branches.push((weight, dist));
        }
        let places: Vec<_> = parts.iter().map(|(w, _)| w.at.clone()).collect();
        Dist::mixture(branches).map(Shape::Fixed).map_err(|e| impossible(&e, &places, &expr.at))
    }

    fn weights(&mut self, parts: &[(Expr, Expr)]) -> Outcome<Vec<f64>> {
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

    fn truncate(&mut self, expr: &Expr, arguments: &[Argument]) -> Outcome<Shape> {
        let [dist, min, max] = truncate_arguments(expr, arguments)?;
        let dist = dist.ok_or_else(|| truncate_usage(expr, "`truncate` needs a distribution"))?;
        if !dist.is_distribution() {
            let error = QuantityError::new(dist.at.clone(), "only a distribution written here can be truncated");
            return Err(error.help("truncate it where it is written, or hold the value with min(…) and max(…)"));
        }
        let inner = self.shape(dist)?;
        let mut bound = |e: Option<&Expr>| e.map(|e| self.expr(e)).transpose();
        let (low, high) = (bound(min)?, bound(max)?);
        let constant = |r: Option<Reg>| r.map_or(Some(None), |r| self.builder.constant(r).map(Some));
        match (inner, constant(low), constant(high)) {
            (Shape::Fixed(fixed), Some(a), Some(b)) => {
                let places = [min, max].map(|e| e.map_or(expr.at.clone(), |e| e.at.clone()));
                fixed.truncated(a, b).map(Shape::Fixed).map_err(|e| impossible(&e, &places, &expr.at))
            }
            (inner, _, _) => Ok(Shape::Truncate(Box::new(inner), low, high)),
        }
    }

    fn data(&mut self, expr: &Expr, use_: DataUse, file: &str, column: &str) -> Outcome<Shape> {
        let values = self.names.data(file, column, expr.at.clone())?;
        let dist = match use_ {
            DataUse::Values => Dist::empirical(values.to_vec()),
            DataUse::MeanOf => Dist::mean_of(&values),
        };
        dist.map(Shape::Fixed).map_err(|e| impossible(&e, &[], &expr.at))
    }
}

/// Distribution, min and max of `truncate`, by position or name.
fn truncate_arguments<'a>(expr: &Expr, arguments: &'a [Argument]) -> Outcome<[Option<&'a Expr>; 3]> {
    let mut slots = [None; 3];
    for (i, argument) in arguments.iter().enumerate() {
        let slot = match argument.name.as_ref().map(|(n, _)| n.as_str()) {
            None => i,
            Some("min") => 1,
            Some("max") => 2,
            Some(other) => return Err(truncate_usage(expr, &format!("`truncate` has no parameter `{other}`"))),
        };
        match slots.get_mut(slot) {
            Some(empty @ None) => *empty = Some(&argument.value),
            _ => return Err(truncate_usage(expr, "`truncate` takes one distribution, a min and a max")),
        }
    }
    if slots[1].is_none() && slots[2].is_none() {
        return Err(truncate_usage(expr, "`truncate` needs a bound"));
    }
    Ok(slots)
}

fn truncate_usage(expr: &Expr, message: &str) -> QuantityError {
    QuantityError::new(expr.at.clone(), message).help("write truncate(normal(17, 5), min=6, max=30)")
}

fn choice_inside(expr: &Expr) -> QuantityError {
    let message = "a mix with references or formulas in a branch picks a branch; it cannot be truncated";
    QuantityError::new(expr.at.clone(), message).help("truncate the branches instead")
}

fn impossible(error: &BadParameter, places: &[Range<usize>], at: &Range<usize>) -> QuantityError {
    let place = error.parameters.first().and_then(|i| places.get(*i)).unwrap_or(at);
    QuantityError::new(place.clone(), error.message.clone()).help(error.help.clone())
}

fn not_positive(expr: &Expr, low: f64, high: f64) -> QuantityError {
    let message = format!("an interval is a lognormal, whose bounds are above 0; the low one is {low}");
    let error = QuantityError::new(expr.at.clone(), message);
    match low == 0.0 {
        true => error
            .help(format!("from 0 on, write uniform(0, {high}) or pert(0, {}, {high})", high / 3.0))
            .help("for a share write both bounds with %, above 0 %: 1% to 20%"),
        false => error.help(format!("where negatives are allowed, write normal(p5={low}, p95={high})")),
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
        registers.run(&program, &coordinates, 1);
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
