//! A program: column operations in order, each writing one register that no other writes.
//!
//! Scenario quantities and the model's amounts are built with the same [`Builder`](super::Builder), so constants fold
//! everywhere and everything that depends on a register is known.

use std::collections::HashSet;

use super::ast::{Binary, Comparison, Unary};
use super::monthly::Level;
use crate::dist::{BadParameter, Dist, Form, Quantiles};

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
    pub(super) fn reads(&self) -> Vec<Reg> {
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
    /// The registers that it reads; those of a variable's parameters are not among them.
    pub(super) fn reads(&self) -> Vec<Reg> {
        match self {
            Op::Draw(..) => Vec::new(),
            Op::Unary(_, a, _) | Op::Clamp(_, a, _) => vec![*a],
            Op::Binary(_, a, b, _) => vec![*a, *b],
            Op::Select(_, parts, _) => parts.to_vec(),
        }
    }

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
    /// Those that are carried out once for a trial.
    pub(super) per_trial: Vec<usize>,
    /// Those that are carried out in each month.
    pub(super) monthly: Vec<usize>,
    /// By register: whether it differs by month.
    pub(super) differs: Vec<bool>,
    /// Registers that are the same in every trial, with their numbers by month.
    pub(super) levels: Vec<(Reg, Level)>,
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
    /// The operations, in order, that are carried out once for a trial. Those of the following are among them, unless
    /// they are said to be monthly.
    pub fn per_trial(&self) -> &[usize] {
        &self.per_trial
    }

    /// Whether a register differs by month.
    pub fn is_monthly(&self, register: Reg) -> bool {
        self.differs[register.0 as usize]
    }

    /// Registers that are the same in every trial, with their numbers by month from 0.
    pub fn levels(&self) -> &[(Reg, Level)] {
        &self.levels
    }

    /// The monthly operations, in order, that some registers come from.
    pub fn monthly_sources(&self, registers: &[Reg]) -> Vec<usize> {
        self.lead_to(registers, &self.monthly, |_| false)
    }

    /// Whether an operation writes a register.
    pub fn writes(&self, operation: usize, register: Reg) -> bool {
        self.ops[operation].out() == register
    }

    /// The registers that some operations read themselves.
    pub fn read_by(&self, ops: &[usize]) -> HashSet<Reg> {
        ops.iter().flat_map(|i| self.ops[*i].reads()).collect()
    }

    /// The monthly operations, in order, that read a register directly or through others.
    pub fn monthly_dependents(&self, sources: &[Reg]) -> Vec<usize> {
        let mut dirty = vec![false; self.registers];
        sources.iter().for_each(|r| dirty[r.0 as usize] = true);
        let all: Vec<usize> = (0..self.ops.len()).collect();
        let found = self.follow(&all, dirty, |_| false);
        found.into_iter().filter(|i| self.monthly.binary_search(i).is_ok()).collect()
    }

    /// The operations, in order, that read a register directly or through others.
    pub fn dependents(&self, source: Reg) -> Vec<usize> {
        let mut dirty = vec![false; self.registers];
        dirty[source.0 as usize] = true;
        self.follow(&self.per_trial, dirty, |_| false)
    }

    /// The operations, in order, that draw some variables, and all that follow from them.
    pub fn redrawn(&self, variables: &[usize]) -> Vec<usize> {
        let clean = vec![false; self.registers];
        self.follow(&self.per_trial, clean, |op| matches!(op, Op::Draw(v, _) if variables.contains(v)))
    }

    /// The operations, in order, that are chosen or read a dirty register, which makes dirty what they write.
    fn follow(&self, among: &[usize], mut dirty: Vec<bool>, chosen: impl Fn(&Op) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        for i in among {
            let op = &self.ops[*i];
            if chosen(op) || self.reads(op).iter().any(|r| dirty[r.0 as usize]) {
                dirty[op.out().0 as usize] = true;
                found.push(*i);
            }
        }
        found
    }

    /// How many registers there are, each a column of a block.
    pub fn columns(&self) -> usize {
        self.registers
    }

    /// How many operations there are, monthly ones too.
    pub fn operations(&self) -> usize {
        self.ops.len()
    }

    /// The variable that an operation draws.
    pub fn drawn_by(&self, operation: usize) -> Option<usize> {
        match self.ops[operation] {
            Op::Draw(variable, _) => Some(variable),
            _ => None,
        }
    }

    /// The operations, in order, that some registers come from, and all that hold a quantity to its range.
    pub fn sources(&self, registers: &[Reg]) -> Vec<usize> {
        self.lead_to(registers, &self.per_trial, |op| matches!(op, Op::Clamp(..)))
    }

    /// The operations, in order and of some, that are chosen or that registers come from.
    fn lead_to(&self, registers: &[Reg], among: &[usize], chosen: impl Fn(&Op) -> bool) -> Vec<usize> {
        let mut wanted = vec![false; self.registers];
        registers.iter().for_each(|r| wanted[r.0 as usize] = true);
        let mut found = Vec::new();
        for i in among.iter().rev() {
            let op = &self.ops[*i];
            if wanted[op.out().0 as usize] || chosen(op) {
                self.reads(op).iter().for_each(|r| wanted[r.0 as usize] = true);
                found.push(*i);
            }
        }
        found.reverse();
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
            op => op.reads(),
        }
    }

    /// The value of a register that is the same in every trial.
    pub fn constant(&self, register: Reg) -> Option<f64> {
        self.constants.iter().find(|(r, _)| *r == register).map(|(_, x)| *x)
    }
}
