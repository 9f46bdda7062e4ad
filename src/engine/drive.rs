//! What the lines of an option are multiplied with in a month, where that differs by trial.

use crate::model::{Absence, Basis, Model, MonthlyCosts, Substitute, TILE};
use crate::quantity::Registers;
use crate::stats::sum;
use crate::vector::kernels;

/// Why the units of some lines fall in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// Units of a basis while the option serves, at the token prices of another option where lines follow them.
    Units(Basis, Option<usize>),
    /// Another option serves, and what it costs is charged.
    Absent(Substitute),
}

impl Cause {
    /// Whether the units cost something else from month to month.
    fn is_priced(self) -> bool {
        !matches!(self, Cause::Units(_, None))
    }
}

/// The units of some trials in the current month. Columns have one value per trial.
#[derive(Clone, Debug)]
pub struct Drive {
    option: usize,
    cause: Cause,
    counted: Vec<f64>,
    /// The sum of the units.
    count: f64,
    priced: Vec<f64>,
    discounted: Vec<f64>,
    /// Room for costs of another option.
    other: Vec<f64>,
    /// Discounted units so far, of the trials of a block.
    so_far: Vec<f64>,
}

impl Drive {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(option: usize, cause: Cause, capacity: usize) -> Drive {
        let column = || vec![0.0; TILE];
        let [counted, priced, discounted, other] = std::array::from_fn(|_| column());
        Drive { option, cause, counted, count: 0.0, priced, discounted, other, so_far: vec![0.0; capacity] }
    }

    /// Whether it is this one.
    pub fn is(&self, option: usize, cause: Cause) -> bool {
        (self.option, self.cause) == (option, cause)
    }

    /// A new block of `n` trials.
    pub fn start(&mut self, n: usize) {
        self.so_far[..n].fill(0.0);
    }

    /// The current month.
    pub fn month(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let (trials, active) = (monthly.trials(), monthly.active(self.option));
        let n = trials.len();
        let (counted, priced) = (&mut self.counted[..n], &mut self.priced[..n]);
        match self.cause {
            Cause::Units(basis, price_of) => {
                multiply(monthly.counted(self.option, basis), active, counted);
                if price_of.is_some() {
                    multiply(counted, monthly.price_level(price_of), priced);
                }
            }
            Cause::Absent(substitute) => {
                // A baseline is never absent: no month is before its launch.
                let until = registers.part(model.options[self.option].absent_until, &trials);
                let month = if self.option == model.baseline { f64::INFINITY } else { monthly.month().into() };
                absent_in(active, until, month, substitute.absence == Absence::BeforeLaunch, counted);
                if counted.iter().all(|absent| *absent == 0.0) {
                    self.count = 0.0;
                    priced.fill(0.0);
                    self.discounted[..n].fill(0.0);
                    return;
                }
                let other = &mut self.other[..n];
                substitute.costs(model, registers, monthly, self.option, [other, priced]);
                multiply(counted, other, priced);
            }
        }
        self.count = sum(counted);
        let priced = if self.cause.is_priced() { priced } else { counted };
        discount(priced, monthly.discount(), &mut self.discounted[..n], &mut self.so_far[trials]);
    }

    /// All units of the trials in the month.
    pub fn count(&self) -> f64 {
        self.count
    }

    /// Units of some trials in the month.
    pub fn counted(&self, n: usize) -> &[f64] {
        &self.counted[..n]
    }

    /// Units at their price level, or what they are charged.
    pub fn priced(&self, n: usize) -> &[f64] {
        if self.cause.is_priced() { &self.priced[..n] } else { &self.counted[..n] }
    }

    /// The same, discounted.
    pub fn discounted(&self, n: usize) -> &[f64] {
        &self.discounted[..n]
    }

    /// What the trials of a block have come to so far, discounted.
    pub fn so_far(&self, n: usize) -> &[f64] {
        &self.so_far[..n]
    }
}

kernels! {
    fn multiply(a: &[f64], b: &[f64], out: &mut [f64]) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = a * b;
        }
    }

    /// Writes the discounted units, and adds them to those so far.
    fn discount(priced: &[f64], discount: &[f64], out: &mut [f64], so_far: &mut [f64]) {
        let n = out.len();
        let (priced, discount, so_far) = (&priced[..n], &discount[..n], &mut so_far[..n]);
        for t in 0..n {
            out[t] = priced[t] * discount[t];
            so_far[t] += out[t];
        }
    }

    /// 1 in the trials where another option serves, before the launch or else after it; 0 in others.
    fn absent_in(active: &[f64], until: &[f64], month: f64, before: bool, out: &mut [f64]) {
        let n = out.len();
        let (active, until) = (&active[..n], &until[..n]);
        for t in 0..n {
            let absent = (active[t] == 0.0) & ((month <= until[t]) == before);
            out[t] = if absent { 1.0 } else { 0.0 };
        }
    }
}
