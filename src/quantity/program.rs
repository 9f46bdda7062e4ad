//! A program: column operations in order, each writing one register that no other writes.
//!
//! Scenario quantities and the model's monthly amounts are built with the same [`Builder`], so constants fold
//! everywhere and everything that depends on a register is known.

use std::collections::HashMap;

use super::ast::{Binary, Comparison, Unary};
use crate::dist::{BadParameter, Dist, Form, Quantiles};
use crate::math;

/// The number of a register: a column with one value per trial of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reg(pub(crate) u32);

/// How a random variable's coordinate in (0, 1) becomes its value.
#[derive(Clone, Debug)]
pub enum Law {
    /// By the quantile function of a distribution with constant parameters.
    Fixed(Quantiles),
    /// By one whose parameters are drawn themselves.
    Varying(Shape),
    /// The number, from 1, of the branch of a mix; holds the branches' cumulative weights.
    Choice(Vec<f64>),
}

/// A distribution whose parameters are registers.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Constant after all.
    Fixed(Dist),
    /// A family.
    Family(Form, Vec<Reg>),
    /// A truncated one, with its bounds.
    Truncate(Box<Shape>, Option<Reg>, Option<Reg>),
}

impl Shape {
    /// The distribution, with parameters from `read`. `scratch` spares an allocation per trial.
    ///
    /// # Errors
    /// Parameters that no distribution has.
    pub fn build(&self, read: &impl Fn(Reg) -> f64, scratch: &mut Vec<f64>) -> Result<Dist, BadParameter> {
        match self {
            Shape::Fixed(dist) => Ok(dist.clone()),
            Shape::Family(form, registers) => {
                scratch.clear();
                scratch.extend(registers.iter().map(|r| read(*r)));
                form.build(scratch)
            }
            Shape::Truncate(inner, min, max) => inner.build(read, scratch)?.truncated(min.map(read), max.map(read)),
        }
    }

    /// The registers that it reads.
    fn reads(&self) -> Vec<Reg> {
        match self {
            Shape::Fixed(_) => Vec::new(),
            Shape::Family(_, registers) => registers.clone(),
            Shape::Truncate(inner, min, max) => inner.reads().into_iter().chain(*min).chain(*max).collect(),
        }
    }
}

/// A random variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name, unique in the scenario.
    pub name: String,
    /// Its distribution as written.
    pub written: String,
    /// Its dimension in the unit cube, fixed by its place in the file.
    pub dimension: usize,
    /// How it is drawn.
    pub law: Law,
    /// Where its values go.
    pub register: Reg,
}

/// A range that values are held to, and the name they are blamed under.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The path of the field, or the name of the input.
    pub name: String,
    /// The least value.
    pub low: f64,
    /// The largest value.
    pub high: f64,
}

/// One column operation; the last register is written.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Draw(usize, Reg),
    Unary(Unary, Reg, Reg),
    Binary(Binary, Reg, Reg, Reg),
    /// left, right, then, otherwise
    Select(Comparison, [Reg; 4], Reg),
    /// Holds a column to the range of a check and counts what lay outside.
    Clamp(usize, Reg, Reg),
}

impl Op {
    pub(super) fn out(&self) -> Reg {
        match self {
            Op::Draw(_, out) | Op::Unary(_, _, out) | Op::Binary(_, _, _, out) => *out,
            Op::Select(_, _, out) | Op::Clamp(_, _, out) => *out,
        }
    }
}

/// A finished program.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) ops: Vec<Op>,
    /// Registers that hold the same number in every trial, with that number.
    pub(super) constants: Vec<(Reg, f64)>,
    /// How many registers there are.
    pub(super) registers: usize,
    /// The random variables, in the order in which they were added.
    pub variables: Vec<Variable>,
    /// The ranges that fields are held to.
    pub checks: Vec<Check>,
}

impl Program {
    /// The operations, in order, that read a register directly or through others.
    pub fn dependents(&self, source: Reg) -> Vec<usize> {
        let mut dirty = vec![false; self.registers];
        dirty[source.0 as usize] = true;
        let mut found = Vec::new();
        for (i, op) in self.ops.iter().enumerate() {
            if self.reads(op).iter().any(|r| dirty[r.0 as usize]) {
                dirty[op.out().0 as usize] = true;
                found.push(i);
            }
        }
        found
    }

    /// Whether a register is written by one of these operations.
    pub fn depends(&self, register: Reg, ops: &[usize]) -> bool {
        ops.iter().any(|i| self.ops[*i].out() == register)
    }

    fn reads(&self, op: &Op) -> Vec<Reg> {
        match op {
            Op::Draw(v, _) => match &self.variables[*v].law {
                Law::Varying(shape) => shape.reads(),
                Law::Fixed(_) | Law::Choice(_) => Vec::new(),
            },
            Op::Unary(_, a, _) | Op::Clamp(_, a, _) => vec![*a],
            Op::Binary(_, a, b, _) => vec![*a, *b],
            Op::Select(_, parts, _) => parts.to_vec(),
        }
    }

    /// The value of a register that is the same in every trial.
    pub fn constant(&self, register: Reg) -> Option<f64> {
        self.constants.iter().find(|(r, _)| *r == register).map(|(_, x)| *x)
    }
}

/// Builds a [`Program`]; operations on constants are carried out at once.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    ops: Vec<Op>,
    constants: HashMap<u64, Reg>,
    values: HashMap<Reg, f64>,
    pinned: Vec<(Reg, f64)>,
    registers: u32,
    /// The random variables so far.
    pub variables: Vec<Variable>,
    checks: Vec<Check>,
}

impl Builder {
    /// The program built so far.
    pub fn finish(self) -> Program {
        let mut constants: Vec<(Reg, f64)> = self.values.into_iter().chain(self.pinned).collect();
        constants.sort_by_key(|(r, _)| *r);
        let registers = self.registers as usize;
        Program { ops: self.ops, constants, registers, variables: self.variables, checks: self.checks }
    }

    fn fresh(&mut self) -> Reg {
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

    /// Whether a register is known to be zero in every trial.
    pub fn is_zero(&self, register: Reg) -> bool {
        self.constant(register) == Some(0.0)
    }

    /// Adds a random variable and the drawing of it.
    pub fn draw(&mut self, law: Law, written: String) -> usize {
        let register = self.fresh();
        let name = String::new();
        self.variables.push(Variable { name, written, dimension: 0, law, register });
        self.ops.push(Op::Draw(self.variables.len() - 1, register));
        self.variables.len() - 1
    }

    /// A function of one column.
    pub fn unary(&mut self, function: Unary, a: Reg) -> Reg {
        if let Some(x) = self.constant(a) {
            return self.number(apply_unary(function, x));
        }
        let out = self.fresh();
        self.ops.push(Op::Unary(function, a, out));
        out
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
        let out = self.fresh();
        self.ops.push(Op::Binary(function, a, b, out));
        out
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

    /// `then` where the comparison holds, else `otherwise`. A NaN compares as false.
    pub fn select(&mut self, comparison: Comparison, parts: [Reg; 4]) -> Reg {
        if let (Some(x), Some(y)) = (self.constant(parts[0]), self.constant(parts[1])) {
            return if holds(comparison, x, y) { parts[2] } else { parts[3] };
        }
        let out = self.fresh();
        self.ops.push(Op::Select(comparison, parts, out));
        out
    }

    /// Holds a column to a range, counting the values outside; the caller has checked constants already.
    pub fn clamp(&mut self, a: Reg, check: Check) -> Reg {
        if self.constant(a).is_some() {
            return a;
        }
        self.checks.push(check);
        let out = self.fresh();
        self.ops.push(Op::Clamp(self.checks.len() - 1, a, out));
        out
    }
}

/// Whether a comparison holds.
pub(super) fn holds(comparison: Comparison, x: f64, y: f64) -> bool {
    match comparison {
        Comparison::Less => x < y,
        Comparison::LessEqual => x <= y,
        Comparison::Greater => x > y,
        Comparison::GreaterEqual => x >= y,
    }
}

/// A function of one number.
pub(super) fn apply_unary(function: Unary, x: f64) -> f64 {
    match function {
        Unary::Negate => -x,
        Unary::Abs => x.abs(),
        Unary::Sqrt => x.sqrt(),
        Unary::Exp => math::exp(x),
        Unary::Ln => math::ln(x),
        Unary::Log10 => math::log10(x),
        Unary::Floor => x.floor(),
        Unary::Ceil => x.ceil(),
        Unary::Round => x.round(),
    }
}

/// A function of two numbers. `min` and `max` of a NaN are NaN: an undefined value must be seen, not hidden.
pub(super) fn apply_binary(function: Binary, x: f64, y: f64) -> f64 {
    match function {
        Binary::Add => x + y,
        Binary::Subtract => x - y,
        Binary::Multiply => x * y,
        Binary::Divide => x / y,
        Binary::Power => math::pow(x, y),
        Binary::Min | Binary::Max if x.is_nan() || y.is_nan() => f64::NAN,
        Binary::Min => x.min(y),
        Binary::Max => x.max(y),
    }
}
