//! Building a program; operations on constants are carried out at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::apply::{apply_binary, apply_unary, holds};
use super::ast::{Binary, Comparison, Unary};
use super::monthly::{ALL_TRIALS, Level};
use super::program::{Check, Law, Op, Program, Reg, Variable};
use crate::dist::{Dist, Quantiles};

/// Builds a [`Program`]; operations on constants are carried out at once.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    pub(super) ops: Vec<Op>,
    /// The operation that writes a register.
    pub(super) made_by: HashMap<Reg, usize>,
    /// Registers that differ by month.
    pub(super) monthly: HashMap<Reg, u64>,
    /// Registers that are written from outside, whose numbers are the bits of those that read them.
    pub(super) sources: Vec<Reg>,
    /// Those of them that are the same in every trial.
    pub(super) levels: HashMap<Reg, Level>,
    horizon: usize,
    constants: HashMap<u64, Reg>,
    values: HashMap<Reg, f64>,
    pinned: Vec<(Reg, f64)>,
    registers: u32,
    /// The random variables so far.
    pub variables: Vec<Variable>,
    pub(super) checks: Vec<Check>,
    /// Distributions that have been prepared for drawing before.
    known: Arc<Vec<Quantiles>>,
}

impl Builder {
    /// A builder of programs for so many months, that need not prepare some distributions again.
    pub fn knowing(known: Arc<Vec<Quantiles>>, horizon: usize) -> Builder {
        Builder { known, horizon, ..Builder::default() }
    }

    /// Months.
    pub fn horizon(&self) -> usize {
        self.horizon
    }

    /// A distribution prepared for drawing.
    pub fn quantiles(&self, dist: Dist) -> Quantiles {
        let known = self.known.iter().find(|known| *known.dist() == dist);
        known.cloned().unwrap_or_else(|| Quantiles::new(dist))
    }

    /// The program built so far.
    pub fn finish(self) -> Program {
        let mut constants: Vec<(Reg, f64)> = self.values.into_iter().chain(self.pinned).collect();
        constants.sort_by_key(|(r, _)| *r);
        let mut levels: Vec<(Reg, Level)> = self.levels.into_iter().collect();
        levels.sort_by_key(|(r, _)| *r);
        let (monthly, per_trial) = (0..self.ops.len()).partition(|i| self.monthly.contains_key(&self.ops[*i].out()));
        let mut differs = vec![false; self.registers as usize];
        self.monthly.keys().for_each(|r| differs[r.0 as usize] = true);
        Program {
            ops: self.ops,
            differs,
            per_trial,
            monthly,
            levels,
            constants,
            registers: self.registers as usize,
            variables: self.variables,
            checks: self.checks,
        }
    }

    /// Adds an operation; what reads a monthly register is monthly.
    fn write(&mut self, op: impl FnOnce(Reg) -> Op) -> Reg {
        let out = self.fresh();
        let op = op(out);
        if let Some(read) = op.reads().iter().filter_map(|r| self.monthly.get(r).copied()).reduce(|a, b| a | b) {
            self.monthly.insert(out, read);
        }
        self.made_by.insert(out, self.ops.len());
        self.ops.push(op);
        out
    }

    pub(super) fn fresh(&mut self) -> Reg {
        self.registers += 1;
        Reg(self.registers - 1)
    }

    /// The register of a constant.
    pub fn number(&mut self, x: f64) -> Reg {
        if let Some(known) = self.constants.get(&x.to_bits()) {
            return *known;
        }
        let reg = self.fresh();
        self.constants.insert(x.to_bits(), reg);
        self.values.insert(reg, x);
        reg
    }

    /// A register that holds a number but is not treated as a constant, so that it can be overwritten later and all
    /// that depends on it recomputed.
    pub fn pinned(&mut self, x: f64) -> Reg {
        let reg = self.fresh();
        self.pinned.push((reg, x));
        reg
    }

    /// The value of a register that is the same in every trial.
    pub fn constant(&self, register: Reg) -> Option<f64> {
        self.values.get(&register).copied()
    }

    /// The ranges that quantities are held to so far.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// How many operations there are so far.
    pub fn steps(&self) -> usize {
        self.ops.len()
    }

    /// Whether a register is known to be zero in every trial.
    pub fn is_zero(&self, register: Reg) -> bool {
        self.constant(register) == Some(0.0)
    }

    /// Adds a random variable and the drawing of it.
    pub fn draw(&mut self, law: Law, written: String) -> usize {
        let register = self.fresh();
        let name = String::new();
        self.variables.push(Variable { name, written, dimension: 0, law, register });
        self.made_by.insert(register, self.ops.len());
        self.ops.push(Op::Draw(self.variables.len() - 1, register));
        self.variables.len() - 1
    }

    /// A function of one column.
    pub fn unary(&mut self, function: Unary, a: Reg) -> Reg {
        if let Some(x) = self.constant(a) {
            return self.number(apply_unary(function, x));
        }
        if let Some(folded) = self.folded(&[a], |x| apply_unary(function, x[0])) {
            return folded;
        }
        self.write(|out| Op::Unary(function, a, out))
    }

    /// A function of two columns.
    pub fn binary(&mut self, function: Binary, a: Reg, b: Reg) -> Reg {
        if let (Some(x), Some(y)) = (self.constant(a), self.constant(b)) {
            return self.number(apply_binary(function, x, y));
        }
        let (zero_a, zero_b) = (self.is_zero(a), self.is_zero(b));
        let one = |r: Reg| self.constant(r) == Some(1.0);
        match function {
            Binary::Add if zero_a => return b,
            Binary::Add | Binary::Subtract if zero_b => return a,
            Binary::Multiply if zero_a || zero_b => return self.number(0.0),
            Binary::Multiply if one(a) => return b,
            Binary::Multiply | Binary::Divide if one(b) => return a,
            _ => {}
        }
        if let Some(folded) = self.folded(&[a, b], |x| apply_binary(function, x[0], x[1])) {
            return folded;
        }
        self.write(|out| Op::Binary(function, a, b, out))
    }

    /// Sum.
    pub fn add(&mut self, a: Reg, b: Reg) -> Reg {
        self.binary(Binary::Add, a, b)
    }

    /// Difference.
    pub fn subtract(&mut self, a: Reg, b: Reg) -> Reg {
        self.binary(Binary::Subtract, a, b)
    }

    /// Product.
    pub fn multiply(&mut self, a: Reg, b: Reg) -> Reg {
        self.binary(Binary::Multiply, a, b)
    }

    /// Product with a number.
    pub fn scale(&mut self, a: Reg, by: f64) -> Reg {
        let by = self.number(by);
        self.multiply(a, by)
    }

    /// (1 + rate)^power: of a yearly rate and 1/12 the factor of a month.
    pub fn compound(&mut self, rate: Reg, power: f64) -> Reg {
        let one = self.number(1.0);
        let base = self.add(one, rate);
        let power = self.number(power);
        self.binary(Binary::Power, base, power)
    }

    /// `then` where the comparison holds, else `otherwise`; undefined where one of the numbers compared is.
    pub fn select(&mut self, comparison: Comparison, parts: [Reg; 4]) -> Reg {
        if let (Some(x), Some(y)) = (self.constant(parts[0]), self.constant(parts[1])) {
            return match (x.is_nan() || y.is_nan(), holds(comparison, x, y)) {
                (true, _) => self.number(f64::NAN),
                (false, true) => parts[2],
                (false, false) => parts[3],
            };
        }
        let known = |x: &[f64]| match (x[0].is_nan() || x[1].is_nan(), holds(comparison, x[0], x[1])) {
            (true, _) => f64::NAN,
            (false, true) => x[2],
            (false, false) => x[3],
        };
        if let Some(folded) = self.folded(&parts, known) {
            return folded;
        }
        self.write(|out| Op::Select(comparison, parts, out))
    }

    /// The variable that a register holds, held to a range or not; `None` where it is a formula around some, or none.
    pub fn drawn(&self, register: Reg) -> Option<usize> {
        let held = self.ops.iter().find_map(|op| match op {
            Op::Clamp(_, inner, out) if *out == register => Some(*inner),
            _ => None,
        });
        let drawn = held.unwrap_or(register);
        self.variables.iter().position(|variable| variable.register == drawn)
    }

    /// Whether a register is a variable whose distribution keeps within a range and is finite in every trial.
    pub fn stays_within(&self, register: Reg, low: f64, high: f64) -> bool {
        let drawn = self.variables.iter().rev().find(|v| v.register == register);
        let Some(Law::Fixed(quantiles)) = drawn.map(|v| &v.law) else { return false };
        let (least, most) = quantiles.dist().support();
        let ends = ALL_TRIALS.map(|u| quantiles.quantile(u));
        least >= low && most <= high && ends.iter().all(|x| x.is_finite())
    }

    /// Holds a column to a range, counting the values outside; the caller has checked constants already.
    pub fn clamp(&mut self, a: Reg, check: Check) -> Reg {
        if self.constant(a).is_some() {
            return a;
        }
        self.checks.push(check);
        self.held_to(self.checks.len() - 1, a)
    }

    /// The same by a check that there is.
    pub(super) fn held_to(&mut self, check: usize, a: Reg) -> Reg {
        if self.constant(a).is_some() || self.level(a).is_some() {
            return a;
        }
        self.write(|out| Op::Clamp(check, a, out))
    }
}
