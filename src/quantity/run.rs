//! Running a program on a block of trials, column by column: once for all, and its monthly operations in each month.

use std::ops::Range;

use super::columns;
use super::program::{Check, Law, Op, Program, Reg, Shape};

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

/// Values of a quantity that were held to its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clamped {
    /// How many.
    pub values: u64,
    /// The first month with one; `None` where the quantity is the same in all months.
    pub first_month: Option<u32>,
}

impl Clamped {
    /// Those of another part of the trials.
    pub fn add(&mut self, other: Clamped) {
        self.values += other.values;
        self.first_month = self.first_month.into_iter().chain(other.first_month).min();
    }
}

/// A value that is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// The check that met it.
    pub check: usize,
    /// The month, where the quantity differs by month.
    pub month: Option<u32>,
}

/// A month, and in which trials of the block a quantity counts in it.
pub struct InMonth<'a> {
    /// The month.
    pub month: u32,
    /// By check: registers with the last month before it counts and the last in which it does; `None` where it always does.
    pub services: &'a [Option<[Reg; 2]>],
}

/// The registers of a program for one block; made once per worker, constants filled in.
#[derive(Clone, Debug)]
pub struct Registers {
    values: Vec<f64>,
    capacity: usize,
    /// Per check: how many values were clamped, and whether one was not finite, since [`Registers::reset_counts`].
    clamped: Vec<Clamped>,
    undefined: Option<Undefined>,
    parameters: Vec<f64>,
}

impl Registers {
    /// Registers of up to `capacity` trials.
    pub fn new(program: &Program, capacity: usize) -> Self {
        let mut values = vec![0.0; program.registers * capacity];
        for (reg, x) in &program.constants {
            values[reg.0 as usize * capacity..][..capacity].fill(*x);
        }
        let clamped = vec![Clamped::default(); program.checks.len()];
        Registers { values, capacity, clamped, undefined: None, parameters: Vec::new() }
    }

    /// The first `n` values of a register.
    pub fn column(&self, reg: Reg, n: usize) -> &[f64] {
        &self.values[reg.0 as usize * self.capacity..][..n]
    }

    /// The values of a register in some trials.
    pub fn part(&self, reg: Reg, trials: &Range<usize>) -> &[f64] {
        &self.column(reg, trials.end)[trials.start..]
    }

    /// The same, to be written: of a register that comes from outside the program.
    pub fn part_mut(&mut self, reg: Reg, trials: &Range<usize>) -> &mut [f64] {
        &mut self.values[reg.0 as usize * self.capacity..][trials.clone()]
    }

    /// Overwrites a register, for asking what would follow from another value.
    pub fn fill(&mut self, reg: Reg, x: f64) {
        self.values[reg.0 as usize * self.capacity..][..self.capacity].fill(x);
    }

    /// Per check, the values clamped so far.
    pub fn clamped(&self) -> &[Clamped] {
        &self.clamped
    }

    /// Forgets what was clamped.
    pub fn reset_counts(&mut self) {
        self.clamped.fill(Clamped::default());
    }

    /// The first value, if any, that is not finite; forgets it.
    pub fn take_undefined(&mut self) -> Option<Undefined> {
        self.undefined.take()
    }

    /// Carries out some operations of a program, by number, on `n` trials.
    pub fn run(&mut self, program: &Program, ops: &[usize], coordinates: &Coordinates, n: usize) {
        for i in ops {
            match &program.ops[*i] {
                Op::Draw(v, out) => self.draw(&program.variables[*v].law, coordinates.column(*v, n), *out),
                op => self.step(program, op, &(0..n), None),
            }
        }
    }

    /// Carries out some monthly operations on some trials.
    pub fn run_month(&mut self, program: &Program, ops: &[usize], trials: &Range<usize>, month: &InMonth<'_>) {
        for i in ops {
            self.step(program, &program.ops[*i], trials, Some(month));
        }
    }

    fn draw(&mut self, law: &Law, u: &[f64], out: Reg) {
        match law {
            Law::Fixed(quantiles) => quantiles.fill(u, self.split(out, &(0..u.len())).1),
            Law::Varying(shape) => self.draw_varying(shape, u, out),
            Law::Choice(weights) => choose(weights, u, self.split(out, &(0..u.len())).1),
        }
    }

    fn step(&mut self, program: &Program, op: &Op, trials: &Range<usize>, month: Option<&InMonth<'_>>) {
        let (before, out) = self.split(op.out(), trials);
        match op {
            // Random variables are drawn once for all months.
            Op::Draw(..) => {}
            Op::Unary(function, a, _) => columns::unary(*function, before.part(*a, trials), out),
            Op::Binary(function, a, b, _) => {
                columns::binary(*function, before.part(*a, trials), before.part(*b, trials), out);
            }
            Op::Select(comparison, parts, _) => {
                let [x, y, then, otherwise] = parts.map(|r| before.part(r, trials));
                columns::select(*comparison, [x, y], [then, otherwise], out);
            }
            Op::Clamp(check, a, _) => {
                let range = &program.checks[*check];
                let (outside, finite) = columns::clamp((range.low, range.high), before.part(*a, trials), out);
                match month {
                    None => {
                        self.clamped[*check].values += outside;
                        if !finite {
                            self.undefined.get_or_insert(Undefined { check: *check, month: None });
                        }
                    }
                    Some(month) if outside > 0 || !finite => {
                        self.count_month((*check, range), [*a, op.out()], trials, month)
                    }
                    Some(_) => {}
                }
            }
        }
    }

    /// Counts the values outside their range in the trials in which they count; in others one that is not finite is 0, which
    /// no product makes a number that is none.
    fn count_month(
        &mut self,
        (check, range): (usize, &Check),
        [a, out]: [Reg; 2],
        trials: &Range<usize>,
        month: &InMonth<'_>,
    ) {
        let mut outside = 0;
        for trial in trials.clone() {
            let at = |r: Reg| self.values[r.0 as usize * self.capacity + trial];
            let (x, now) = (at(a), f64::from(month.month));
            if month.services[check].is_none_or(|[before, last]| now > at(before) && now <= at(last)) {
                outside += u64::from(x < range.low || x > range.high);
                if !x.is_finite() {
                    self.undefined.get_or_insert(Undefined { check, month: Some(month.month) });
                }
            } else if !x.is_finite() {
                self.values[out.0 as usize * self.capacity + trial] = 0.0;
            }
        }
        if outside > 0 {
            self.clamped[check].add(Clamped { values: outside, first_month: Some(month.month) });
        }
    }

    /// The registers before `out`, and the values of `out` in some trials.
    fn split(&mut self, out: Reg, trials: &Range<usize>) -> (Before<'_>, &mut [f64]) {
        let (before, rest) = self.values.split_at_mut(out.0 as usize * self.capacity);
        (Before { values: before, capacity: self.capacity }, &mut rest[trials.clone()])
    }

    fn draw_varying(&mut self, shape: &Shape, u: &[f64], out: Reg) {
        let mut parameters = std::mem::take(&mut self.parameters);
        let (before, column) = self.split(out, &(0..u.len()));
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
    fn part(&self, reg: Reg, trials: &Range<usize>) -> &[f64] {
        &self.values[reg.0 as usize * self.capacity..][trials.clone()]
    }
}
