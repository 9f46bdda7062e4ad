//! What each trial of a block comes to.

use super::assemble::Model;
use super::months::{Months, STEPS, TILE};
use super::walk::Walk;
use crate::quantity::Registers;
use crate::vector::kernels;

/// The month of what never happens.
pub const NEVER: f64 = f64::INFINITY;
/// Within this relative difference costs count as equal.
const EQUAL: f64 = 1e-9;

/// Whether a cost is at most another, up to rounding.
#[inline(always)]
pub(crate) fn at_most(a: f64, b: f64) -> bool {
    a - b <= EQUAL * b.abs()
}

/// Outcomes of a block, in columns by option. Costs are discounted unless said otherwise.
#[derive(Clone, Debug)]
pub struct Outcomes {
    n: usize,
    totals: Vec<Vec<f64>>,
    first: Vec<Vec<f64>>,
    lasting: Vec<Vec<f64>>,
    /// By option and month from 1: trials of the block in which it is live and its cost so far at most the baseline's.
    cheaper: Vec<u64>,
    months: usize,
}

impl Outcomes {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Outcomes {
        let columns = |x: f64| model.options.iter().map(|_| vec![x; capacity]).collect::<Vec<_>>();
        let months = model.horizon as usize;
        let cheaper = vec![0; model.options.len() * months];
        Outcomes { n: 0, totals: columns(0.0), first: columns(NEVER), lasting: columns(NEVER), cheaper, months }
    }

    /// A new block of `n` trials.
    pub fn start(&mut self, n: usize) {
        self.n = n;
        self.cheaper.fill(0);
        for column in self.first.iter_mut().chain(&mut self.lasting) {
            column[..n].fill(NEVER);
        }
    }

    /// The months of a walk's last step.
    pub fn see(&mut self, model: &Model, registers: &Registers, walk: &Walk) {
        let (trials, steps) = (walk.trials(), walk.steps());
        let last = walk.month() as usize;
        let base = walk.months(model.baseline);
        for i in (0..model.options.len()).filter(|i| model.is_challenger(*i)) {
            let own = walk.months(i);
            let found = [&mut self.first[i][trials.clone()], &mut self.lasting[i][trials.clone()]];
            let counts = &mut self.cheaper[i * self.months..][last - steps..last];
            if steps == STEPS {
                let months = std::array::from_fn(|k| (last - STEPS + 1 + k) as f64);
                let holds = compare(own, base, months, found);
                counts.iter_mut().zip(holds).for_each(|(count, holds)| *count += holds);
            } else {
                let until = registers.part(model.options[i].absent_until, &trials);
                counts[0] += compare_live([&own[0], &base[0]], last as f64, until, found);
            }
        }
        if walk.month() == model.horizon {
            for (i, totals) in self.totals.iter_mut().enumerate() {
                totals[trials.clone()].copy_from_slice(walk.total(i));
            }
        }
    }

    /// Cost of all months.
    pub fn totals(&self, option: usize) -> &[f64] {
        &self.totals[option][..self.n]
    }

    /// By month from 1: in how many trials the option is live and no dearer than the baseline so far.
    pub fn cheaper(&self, option: usize) -> &[u64] {
        &self.cheaper[option * self.months..][..self.months]
    }

    /// The first month in which that held, or [`NEVER`].
    pub fn first(&self, option: usize) -> &[f64] {
        &self.first[option][..self.n]
    }

    /// The first month from which on it has held to the end, or [`NEVER`].
    pub fn lasting(&self, option: usize) -> &[f64] {
        &self.lasting[option][..self.n]
    }
}

/// Notes a month in which an option is cheaper, or not.
#[inline(always)]
fn note(holds: bool, month: f64, first: &mut f64, lasting: &mut f64) {
    let since = if *lasting < month { *lasting } else { month };
    *lasting = if holds { since } else { NEVER };
    *first = if holds && month < *first { month } else { *first };
}

kernels! {
    /// Compares costs in every month of a step; says in how many trials they are at most the baseline's.
    fn compare(own: &Months, base: &Months, months: [f64; STEPS], found: [&mut [f64]; 2]) -> [u64; STEPS] {
        let [first, lasting] = found;
        let n = first.len().min(TILE);
        let (first, lasting) = (&mut first[..n], &mut lasting[..n]);
        let mut counts = [0; STEPS];
        for t in 0..n {
            for k in 0..STEPS {
                let holds = at_most(own[k][t], base[k][t]);
                counts[k] += u64::from(holds);
                note(holds, months[k], &mut first[t], &mut lasting[t]);
            }
        }
        counts
    }

    /// The same for one month, in the trials where the option is live after `until`.
    fn compare_live(costs: [&[f64; TILE]; 2], month: f64, until: &[f64], found: [&mut [f64]; 2]) -> u64 {
        let ([own, base], [first, lasting]) = (costs, found);
        let n = first.len().min(TILE);
        let (first, lasting, until) = (&mut first[..n], &mut lasting[..n], &until[..n]);
        let mut count = 0;
        for t in 0..n {
            let holds = month > until[t] && at_most(own[t], base[t]);
            count += u64::from(holds);
            note(holds, month, &mut first[t], &mut lasting[t]);
        }
        count
    }
}
