//! By how much an option's cost so far exceeds the baseline's, as a closed form of its own: amounts that grow alike in
//! both are one.

use super::loops::{self, FIELD, Gap, PAIRS, Retrained, STEP};
use super::steady::{Scheduled, Steady};
use crate::quantity::Reg;

/// The closed form of what an option has been charged above a baseline without retrains.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Costs of month 0, and the baseline's.
    once: [Reg; 2],
    /// Amounts, each with the baseline's that grows alike.
    rates: Vec<[Reg; 2]>,
    /// By month from 1: what the units of each amount have come to, discounted.
    units: Vec<[f64; PAIRS]>,
    retrains: Option<Scheduled>,
    /// The last month before the launch.
    absent_until: f64,
}

/// Columns for the amounts of a difference.
#[derive(Clone, Debug)]
pub struct DifferenceColumns {
    once: Vec<f64>,
    rates: Vec<Vec<f64>>,
}

impl DifferenceColumns {
    /// For up to `capacity` trials.
    pub fn new(capacity: usize) -> DifferenceColumns {
        DifferenceColumns { once: vec![0.0; capacity], rates: vec![vec![0.0; capacity]; PAIRS] }
    }
}

impl Difference {
    /// The difference between two closed forms; `zero` is a register of zeros. `None` if the baseline has retrains that
    /// differ by trial.
    pub(in crate::model) fn new(own: &Steady, base: &Steady, zero: Reg) -> Option<Difference> {
        if base.has_retrains() {
            return None;
        }
        let mut theirs: Vec<(Reg, Vec<f64>)> = base.amounts().collect();
        let mut pairs = Vec::new();
        for (rate, units) in own.amounts() {
            let alike = theirs.iter().position(|(_, other)| *other == units);
            let other = alike.map_or(zero, |place| theirs.remove(place).0);
            pairs.push(([rate, other], units));
        }
        pairs.extend(theirs.into_iter().map(|(rate, units)| ([zero, rate], units)));
        let by_month = |m: usize| std::array::from_fn(|k| pairs.get(k).map_or(0.0, |(_, units)| units[m]));
        Some(Difference {
            once: [own.once, base.once],
            units: (0..own.months()).map(by_month).collect(),
            rates: pairs.into_iter().map(|(rates, _)| rates).collect(),
            retrains: own.retrains.clone(),
            absent_until: own.service.absent_until,
        })
    }

    /// Marks the months in which the option is live and there is no difference. Step by step, `words` gets the step's
    /// number, and then the sum of the words, which it gives room; they and `paid`, the discounted retrains so far, are
    /// those of the trials that `column` reads. Both end as after the last month.
    pub fn close<'a>(
        &self,
        column: impl Fn(Reg) -> &'a [f64],
        scratch: &mut DifferenceColumns,
        paid: &mut [f64],
        mut words: impl FnMut(usize, &mut dyn FnMut(&mut [u64]) -> u64),
    ) {
        let n = paid.len();
        loops::excess(column(self.once[0]), column(self.once[1]), &mut scratch.once[..n]);
        for ([own, base], out) in self.rates.iter().zip(&mut scratch.rates) {
            loops::excess(column(*own), column(*base), &mut out[..n]);
        }
        paid.fill(0.0);
        for step in 0..self.units.len().div_ceil(STEP) {
            let gap = self.gap(step, &column, scratch, n);
            words(step, &mut |out| loops::close(&gap, self.live(step), paid, out));
        }
    }

    /// The closed form over the months of a step. After the last month nothing more happens.
    fn gap<'b, 'a: 'b>(
        &self,
        step: usize,
        column: &impl Fn(Reg) -> &'a [f64],
        scratch: &'b DifferenceColumns,
        n: usize,
    ) -> Gap<'b> {
        let last = self.units.len() - 1;
        let month = |k: usize| (step * STEP + k).min(last);
        let retrained = |r: &Scheduled| Retrained {
            monthly: column(r.monthly),
            cost: column(r.cost),
            since: std::array::from_fn(|k| r.since[(step * STEP + k).min(last + 1)]),
            discount: r.discount.as_ref().map(|d| std::array::from_fn(|k| d[month(k)])),
        };
        Gap {
            once: &scratch.once[..n],
            rates: std::array::from_fn(|k| &scratch.rates[k][..n]),
            terms: self.rates.len(),
            units: std::array::from_fn(|k| self.units[month(k)]),
            retrains: self.retrains.as_ref().map(retrained),
        }
    }

    /// The months of a step that there are and that come after the launch, as a word.
    fn live(&self, step: usize) -> u64 {
        let months = (step * STEP..(step + 1) * STEP).take_while(|m| *m < self.units.len());
        let live = |m: usize| (m + 1) as f64 > self.absent_until;
        let mark = |m: usize| if live(m) { 1 << (FIELD * (m % STEP)) } else { 0 };
        months.map(mark).sum()
    }
}
