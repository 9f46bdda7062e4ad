//! Running a program on a block of trials, column by column.

use super::ast::{Binary, Unary};
use super::columns;
use super::program::{Law, Op, Program, Reg, Shape};

/// The coordinates of a block in the unit cube: for each variable a column of numbers in (0, 1).
#[derive(Clone, Debug)]
pub struct Coordinates {
    values: Vec<f64>,
    capacity: usize,
}

impl Coordinates {
    /// Room for `variables` columns of up to `capacity` trials.
    pub fn new(variables: usize, capacity: usize) -> Self {
        Coordinates { values: vec![0.5; variables * capacity], capacity }
    }

    /// The first `n` coordinates of a variable.
    pub fn column(&self, variable: usize, n: usize) -> &[f64] {
        &self.values[variable * self.capacity..][..n]
    }

    /// The same, to be written.
    pub fn column_mut(&mut self, variable: usize, n: usize) -> &mut [f64] {
        &mut self.values[variable * self.capacity..][..n]
    }
}

/// The registers of a program for one block; made once per worker, constants filled in.
#[derive(Clone, Debug)]
pub struct Registers {
    values: Vec<f64>,
    capacity: usize,
    /// Per check: how many values were clamped, and whether one was not finite, since [`Registers::reset_counts`].
    clamped: Vec<u64>,
    not_finite: Option<usize>,
    parameters: Vec<f64>,
}

impl Registers {
    /// Registers of up to `capacity` trials.
    pub fn new(program: &Program, capacity: usize) -> Self {
        let mut values = vec![0.0; program.registers * capacity];
        for (reg, x) in &program.constants {
            values[reg.0 as usize * capacity..][..capacity].fill(*x);
        }
        let clamped = vec![0; program.checks.len()];
        Registers { values, capacity, clamped, not_finite: None, parameters: Vec::new() }
    }

    /// The first `n` values of a register.
    pub fn column(&self, reg: Reg, n: usize) -> &[f64] {
        &self.values[reg.0 as usize * self.capacity..][..n]
    }

    /// The values of a register in some trials.
    pub fn part(&self, reg: Reg, trials: &std::ops::Range<usize>) -> &[f64] {
        &self.column(reg, trials.end)[trials.start..]
    }

    /// Overwrites a register, for asking what would follow from another value.
    pub fn fill(&mut self, reg: Reg, x: f64) {
        self.values[reg.0 as usize * self.capacity..][..self.capacity].fill(x);
    }

    /// Per check, the values clamped so far.
    pub fn clamped(&self) -> &[u64] {
        &self.clamped
    }

    /// Forgets what was clamped.
    pub fn reset_counts(&mut self) {
        self.clamped.fill(0);
    }

    /// The first check, if any, that met a value which is not finite; forgets it.
    pub fn take_not_finite(&mut self) -> Option<usize> {
        self.not_finite.take()
    }

    /// Carries out some operations of a program, by number, on `n` trials.
    pub fn run(&mut self, program: &Program, ops: &[usize], coordinates: &Coordinates, n: usize) {
        for i in ops {
            self.step(program, &program.ops[*i], coordinates, n);
        }
    }

    fn step(&mut self, program: &Program, op: &Op, coordinates: &Coordinates, n: usize) {
        match op {
            Op::Draw(v, out) => match &program.variables[*v].law {
                Law::Fixed(quantiles) => quantiles.fill(coordinates.column(*v, n), self.split(*out, n).1),
                Law::Varying(shape) => self.draw_varying(shape, coordinates.column(*v, n), *out),
                Law::Choice(weights) => choose(weights, coordinates.column(*v, n), self.split(*out, n).1),
            },
            Op::Unary(function, a, out) => self.unary(*function, *a, *out, n),
            Op::Binary(function, a, b, out) => self.binary(*function, [*a, *b], *out, n),
            Op::Select(comparison, parts, out) => {
                let (before, out) = self.split(*out, n);
                let [x, y, then, otherwise] = parts.map(|r| before.column(r, n));
                columns::select(*comparison, [x, y], [then, otherwise], out);
            }
            Op::Clamp(check, a, out) => {
                let range = &program.checks[*check];
                self.clamp(*check, (range.low, range.high), *a, *out, n);
            }
        }
    }

    /// The registers before `out`, and the first `n` values of `out`.
    fn split(&mut self, out: Reg, n: usize) -> (Before<'_>, &mut [f64]) {
        let (before, rest) = self.values.split_at_mut(out.0 as usize * self.capacity);
        (Before { values: before, capacity: self.capacity }, &mut rest[..n])
    }

    fn unary(&mut self, function: Unary, a: Reg, out: Reg, n: usize) {
        let (before, out) = self.split(out, n);
        columns::unary(function, before.column(a, n), out);
    }

    fn binary(&mut self, function: Binary, [a, b]: [Reg; 2], out: Reg, n: usize) {
        let (before, out) = self.split(out, n);
        columns::binary(function, before.column(a, n), before.column(b, n), out);
    }

    fn clamp(&mut self, check: usize, range: (f64, f64), a: Reg, out: Reg, n: usize) {
        let (before, column) = self.split(out, n);
        let (outside, finite) = columns::clamp(range, before.column(a, n), column);
        self.clamped[check] += outside;
        if !finite {
            self.not_finite.get_or_insert(check);
        }
    }

    fn draw_varying(&mut self, shape: &Shape, u: &[f64], out: Reg) {
        let mut parameters = std::mem::take(&mut self.parameters);
        let (before, column) = self.split(out, u.len());
        for (i, (y, u)) in column.iter_mut().zip(u).enumerate() {
            let read = |r: Reg| before.values[r.0 as usize * before.capacity + i];
            // Impossible parameters give NaN, which the check of the field or input above reports by name.
            *y = shape.build(&read, &mut parameters).map_or(f64::NAN, |dist| dist.quantile(*u));
        }
        self.parameters = parameters;
    }
}

fn choose(weights: &[f64], u: &[f64], out: &mut [f64]) {
    for (y, u) in out.iter_mut().zip(u) {
        let branch = weights.partition_point(|w| w < u).min(weights.len() - 1);
        *y = (branch + 1) as f64;
    }
}

struct Before<'a> {
    values: &'a [f64],
    capacity: usize,
}

impl Before<'_> {
    fn column(&self, reg: Reg, n: usize) -> &[f64] {
        &self.values[reg.0 as usize * self.capacity..][..n]
    }
}
