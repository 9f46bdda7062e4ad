//! Distributions as written to what draws them.

use std::ops::Range;

use super::QuantityError;
use super::ast::{Argument, DataCall, DataUse, Expr, ExprKind, Unary};
use super::bind::{Parameter, bind};
use super::family::Family;
use super::lower::{Data, LowerResult, Lowering};
use super::program::{Reg, Shape};
use super::standing::{self, Standing};
use crate::dist::{BadParameter, Dist, Form};

impl Lowering<'_> {
    /// The distribution of an expression; its parameters are added to the program.
    pub(super) fn shape(&mut self, expr: &Expr) -> LowerResult<Shape> {
        match &expr.kind {
            ExprKind::Interval(bounds) => self.interval(expr, bounds),
            ExprKind::Family(family, arguments) => self.family(*family, arguments, &expr.at),
            ExprKind::Mix(_) if expr.is_choice() => Err(choice_inside(expr)),
            ExprKind::Mix(parts) => self.mixture(expr, parts),
            ExprKind::Truncate(arguments) => self.truncate(expr, arguments),
            ExprKind::Data(call) => self.data(expr, call),
            _ => Err(QuantityError::new(expr.at.clone(), "this is not a distribution")
                .help("write a distribution, such as normal(100, 20), or an interval such as 60 to 140")),
        }
    }

    fn family(&mut self, family: Family, arguments: &[Argument], at: &Range<usize>) -> LowerResult<Shape> {
        let bound = bind(family, arguments, at)?;
        let mut registers = Vec::new();
        let mut places = Vec::new();
        let mut before: Option<(&Expr, Standing)> = None;
        for parameter in &bound.parameters {
            let (register, place) = match parameter {
                Parameter::Default(x) => (self.builder.number(*x), at.clone()),
                Parameter::Written(expr) => {
                    let value = self.value(expr)?;
                    if let (Some(mean), true) = (before, bound.form.is_by_mean_sd()) {
                        standing::check_sd(self.text, [mean, (expr, value.standing)])?;
                    }
                    before = Some((expr, value.standing));
                    (value.register, expr.at.clone())
                }
                Parameter::OfMean(expr) => {
                    let share = self.expr(expr)?;
                    let size = self.builder.unary(Unary::Abs, registers[0]);
                    (self.builder.multiply(share, size), expr.at.clone())
                }
            };
            registers.push(register);
            places.push(place);
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
    ) -> LowerResult<Shape> {
        let constants: Option<Vec<f64>> = registers.iter().map(|r| self.builder.constant(*r)).collect();
        match constants {
            Some(values) => form.build(&values).map(Shape::Fixed).map_err(|e| impossible(&e, places, at)),
            None => Ok(Shape::Family(form, registers)),
        }
    }

    fn interval(&mut self, expr: &Expr, bounds: &[Expr; 2]) -> LowerResult<Shape> {
        let percent = |b: &Expr| matches!(b.kind, ExprKind::Number(_, true));
        let plain = |b: &Expr| matches!(b.kind, ExprKind::Number(_, false));
        let shares = bounds.iter().all(percent);
        if bounds.iter().any(percent) && bounds.iter().any(plain) {
            let error =
                QuantityError::new(expr.at.clone(), "one bound of this interval is written with %, the other without");
            return Err(error.help("write both with % for a share, or both without"));
        }
        let registers = vec![self.expr(&bounds[0])?, self.expr(&bounds[1])?];
        let form = if shares { Form::LogitNormalInterval } else { Form::LogNormalInterval };
        let low = self.builder.constant(registers[0]);
        if let (Some(low), Some(high)) = (low, self.builder.constant(registers[1])) {
            let [first, second] = [0, 1].map(|k| self.text.get(bounds[k].at.clone()).unwrap_or(""));
            if low > high {
                let error =
                    QuantityError::new(expr.at.clone(), "the bounds of this interval stand the wrong way round");
                return Err(error.help(match shared_suffix([first, second], low) {
                    Some(suffix) => format!("write {first} to {second}{suffix}, or {second} to {first}"),
                    None => format!("write {second} to {first}"),
                }));
            }
            if low <= 0.0 && !shares {
                return Err(not_positive(expr, [first, second], [low, high]));
            }
        }
        self.shape_of(form, registers, &[bounds[0].at.clone(), bounds[1].at.clone()], &expr.at)
    }

    fn mixture(&mut self, expr: &Expr, parts: &[(Expr, Expr)]) -> LowerResult<Shape> {
        let weights = self.weights(parts)?;
        let mut branches = Vec::new();
        for (weight, (_, branch)) in weights.into_iter().zip(parts) {
            let dist = if branch.is_constant() {
                let register = self.expr(branch)?;
                let x = self.builder.constant(register).filter(|x| x.is_finite());
                let help = "check for a division by zero, or a logarithm or root of a negative number";
                let error = || QuantityError::new(branch.at.clone(), "this is not a finite number").help(help);
                Dist::constant(x.ok_or_else(error)?)
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

    fn truncate(&mut self, expr: &Expr, arguments: &[Argument]) -> LowerResult<Shape> {
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

    fn data(&mut self, expr: &Expr, call: &DataCall) -> LowerResult<Shape> {
        let dist = match (self.names.data(call, expr.at.clone())?, call.wanted) {
            (Data::Values(values), DataUse::Values) => Dist::empirical(values.to_vec()),
            (Data::Values(values), DataUse::MeanOf) => Dist::mean_of(&values),
            (Data::Mean { mean, sd }, _) => Form::NormalMeanSd.build(&[mean, sd]),
            (Data::Series(_) | Data::Values(_), _) => return Err(written_elsewhere(expr)),
        };
        dist.map(Shape::Fixed).map_err(|e| impossible(&e, &[], &expr.at))
    }
}

/// A series is no distribution: it cannot be truncated, nor be the branch of one.
fn written_elsewhere(expr: &Expr) -> QuantityError {
    QuantityError::new(expr.at.clone(), "a series is no distribution").help("write it outside, as a factor")
}

/// Distribution, min and max of `truncate`, by position or name.
fn truncate_arguments<'a>(expr: &Expr, arguments: &'a [Argument]) -> LowerResult<[Option<&'a Expr>; 3]> {
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

/// The suffix of the first bound of an interval, if the second has none and lies above it with the same.
fn shared_suffix([first, second]: [&str; 2], low: f64) -> Option<char> {
    let suffix = first.chars().last().filter(|last| last.is_ascii_alphabetic())?;
    let above = |expr: Expr| matches!(expr.kind, ExprKind::Number(x, _) if x > low);
    super::parse(&format!("{second}{suffix}")).is_ok_and(above).then_some(suffix)
}

fn not_positive(expr: &Expr, [first, second]: [&str; 2], [low, high]: [f64; 2]) -> QuantityError {
    let message = format!("an interval is a lognormal, whose bounds are above 0; the low one is {first}");
    let error = QuantityError::new(expr.at.clone(), message);
    match low == 0.0 {
        true if high <= 1.0 => {
            error.help(format!("for a share write both bounds with %, above 0 %: 1% to {}%", 100.0 * high))
        }
        true => error.help(format!("from 0 on, write uniform(0, {second}) or pert(0, most likely, {second})")),
        false => error.help(format!("where negatives are allowed, write normal(p5={first}, p95={second})")),
    }
}
