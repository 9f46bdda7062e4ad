//! What each trial of a block comes to.

use super::assemble::Model;
use super::line::CostLine;
use super::walk::Walk;
use crate::quantity::{Reg, Registers};

/// The month of what never happens.
pub const NEVER: u32 = u32::MAX;
/// Within this relative difference costs count as equal.
const EQUAL: f64 = 1e-9;

/// Whether a cost is at most another, up to rounding.
pub(crate) fn at_most(a: f64, b: f64) -> bool {
    a <= b + EQUAL * a.abs().max(b.abs())
}

/// Outcomes of a block, in columns by option. Costs are discounted unless said otherwise.
#[derive(Clone, Debug)]
pub struct Outcomes {
    n: usize,
    /// Cumulative cost so far; the total at the end.
    totals: Vec<Vec<f64>>,
    /// The part of the total that no invoice or payroll shows.
    soft: Vec<Vec<f64>>,
    one_time: Vec<Vec<f64>>,
    last_month: Vec<Vec<f64>>,
    peak_outlay: Vec<Vec<f64>>,
    /// Whether the option is live and its cost so far at most the baseline's.
    cheaper: Vec<Vec<bool>>,
    first: Vec<Vec<u32>>,
    lasting: Vec<Vec<u32>>,
    requests: Vec<f64>,
}

impl Outcomes {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Outcomes {
        let columns = || model.options.iter().map(|_| vec![0.0; capacity]).collect::<Vec<_>>();
        let months = || model.options.iter().map(|_| vec![NEVER; capacity]).collect::<Vec<_>>();
        Outcomes {
            n: 0,
            totals: columns(),
            soft: columns(),
            one_time: columns(),
            last_month: columns(),
            peak_outlay: columns(),
            cheaper: model.options.iter().map(|_| vec![false; capacity]).collect(),
            first: months(),
            lasting: months(),
            requests: vec![0.0; capacity],
        }
    }

    /// Month 0.
    pub fn start(&mut self, model: &Model, registers: &Registers, n: usize) {
        self.n = n;
        self.requests[..n].fill(0.0);
        for (i, option) in model.options.iter().enumerate() {
            let once = registers.column(option.rates.once, n);
            self.totals[i][..n].copy_from_slice(once);
            self.one_time[i][..n].copy_from_slice(once);
            self.soft[i][..n].copy_from_slice(registers.column(option.soft.once, n));
            self.peak_outlay[i][..n].fill(0.0);
            self.first[i][..n].fill(NEVER);
            self.lasting[i][..n].fill(NEVER);
        }
        self.exceed(model);
    }

    /// The month that a walk has come to.
    pub fn month(&mut self, model: &Model, registers: &Registers, walk: &Walk) {
        let n = self.n;
        add(&mut self.requests[..n], walk.requests());
        for i in 0..model.options.len() {
            add_product(&mut self.totals[i][..n], walk.charges(i), walk.discount());
            add_product(&mut self.soft[i][..n], walk.soft_charges(i), walk.discount());
            if walk.month() == model.horizon {
                self.last_month[i][..n].copy_from_slice(walk.charges(i));
            }
        }
        self.exceed(model);
        self.compare(model, registers, walk.month());
    }

    /// The largest excess over the baseline so far.
    fn exceed(&mut self, model: &Model) {
        let (n, baseline) = (self.n, model.baseline);
        for i in (0..model.options.len()).filter(|i| *i != baseline) {
            for t in 0..n {
                let excess = self.totals[i][t] - self.totals[baseline][t];
                self.peak_outlay[i][t] = self.peak_outlay[i][t].max(excess);
            }
        }
    }

    fn compare(&mut self, model: &Model, registers: &Registers, month: u32) {
        let (n, baseline) = (self.n, model.baseline);
        for (i, option) in model.options.iter().enumerate().filter(|(i, _)| *i != baseline) {
            let until = registers.column(option.absent_until, n);
            for t in 0..n {
                let live = f64::from(month) > until[t];
                let holds = live && at_most(self.totals[i][t], self.totals[baseline][t]);
                self.cheaper[i][t] = holds;
                self.first[i][t] = if holds { self.first[i][t].min(month) } else { self.first[i][t] };
                self.lasting[i][t] = if holds { self.lasting[i][t].min(month) } else { NEVER };
            }
        }
    }

    /// Cumulative cost so far; the total after the last month.
    pub fn totals(&self, option: usize) -> &[f64] {
        &self.totals[option][..self.n]
    }

    /// The part of it that no invoice or payroll shows.
    pub fn soft(&self, option: usize) -> &[f64] {
        &self.soft[option][..self.n]
    }

    /// Costs of month 0.
    pub fn one_time(&self, option: usize) -> &[f64] {
        &self.one_time[option][..self.n]
    }

    /// The undiscounted charge of the last month.
    pub fn last_month(&self, option: usize) -> &[f64] {
        &self.last_month[option][..self.n]
    }

    /// The largest amount by which the cumulative cost exceeded the baseline's.
    pub fn peak_outlay(&self, option: usize) -> &[f64] {
        &self.peak_outlay[option][..self.n]
    }

    /// Whether the option is live and no dearer than the baseline so far.
    pub fn cheaper(&self, option: usize) -> &[bool] {
        &self.cheaper[option][..self.n]
    }

    /// The first month in which that held, or [`NEVER`].
    pub fn first(&self, option: usize) -> &[u32] {
        &self.first[option][..self.n]
    }

    /// The first month from which on it has held to the end, or [`NEVER`].
    pub fn lasting(&self, option: usize) -> &[u32] {
        &self.lasting[option][..self.n]
    }

    /// Requests of all months.
    pub fn requests(&self) -> &[f64] {
        &self.requests[..self.n]
    }
}

/// Units, cost and discounted cost of a line in the month of a walk, in the trial `t` of a block.
///
/// `column` reads registers. Where the option does not serve all three are 0.
pub fn line_cost<'a>(
    walk: &'a Walk,
    option: usize,
    line: &CostLine,
    column: impl Fn(Reg) -> &'a [f64],
) -> impl Fn(usize) -> [f64; 3] {
    let (basis, price) = walk.units(option, line);
    let (cost, units) = (column(line.cost), column(line.units));
    let (active, discount) = (walk.active(option), walk.discount());
    move |t| {
        let served = basis[t] * active[t];
        let paid = cost[t] * served * price[t];
        [units[t] * served, paid, paid * discount[t]]
    }
}

fn add(column: &mut [f64], other: &[f64]) {
    for (x, y) in column.iter_mut().zip(other) {
        *x += y;
    }
}

fn add_product(column: &mut [f64], a: &[f64], b: &[f64]) {
    for ((x, a), b) in column.iter_mut().zip(a).zip(b) {
        *x += a * b;
    }
}
