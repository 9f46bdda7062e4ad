//! What each trial of a block comes to.

use super::assemble::Model;
use super::closed_form::{DifferenceColumns, FIELD, FULL, STEP};
use super::monthly_costs::MonthlyCosts;
use crate::quantity::{Reg, Registers};
use crate::vector::kernels;

/// Within this relative difference costs count as equal.
pub(super) const EQUAL: f64 = 1e-9;

/// Whether a cost is at most another, up to rounding.
#[inline(always)]
pub(crate) fn at_most(a: f64, b: f64) -> bool {
    a - b <= EQUAL * b.abs()
}

/// Trials whose words can be added up without one month running into the next.
const ADDABLE: usize = 512;

/// Outcomes of a block, in columns by option. Costs are discounted unless said otherwise.
#[derive(Clone, Debug)]
pub struct Outcomes {
    n: usize,
    totals: Vec<Vec<f64>>,
    held: Vec<CheaperMonths>,
    paid: Vec<f64>,
    scratch: DifferenceColumns,
}

/// In which months of each trial an option is live and its cost so far at most the baseline's.
#[derive(Clone, Debug)]
pub struct CheaperMonths {
    /// A column of trials for each step of months from month 1 on, with a mark for each month.
    words: Vec<Vec<u64>>,
    /// By month from 1: in how many trials.
    counts: Vec<u64>,
}

impl Outcomes {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Outcomes {
        let months = model.horizon as usize;
        let words = vec![vec![0; capacity]; months.div_ceil(STEP)];
        let held = CheaperMonths { words, counts: vec![0; months] };
        let options = model.options.len();
        let totals = vec![vec![0.0; capacity]; options];
        Outcomes {
            n: 0,
            totals,
            held: vec![held; options],
            paid: vec![0.0; capacity],
            scratch: DifferenceColumns::new(ADDABLE),
        }
    }

    /// A new block of `n` trials.
    pub fn start(&mut self, n: usize) {
        self.n = n;
        self.held.iter_mut().for_each(|held| held.counts.fill(0));
    }

    /// All months at once, by the closed forms of a steady model, of `n` trials from number `start` on, which are the first
    /// of the registers'.
    pub fn at_once(&mut self, model: &Model, registers: &Registers, (start, n): (usize, usize)) {
        for (i, option) in model.options.iter().enumerate() {
            let Some(steady) = &option.steady else { continue };
            for first in (0..n).step_by(ADDABLE) {
                let drawn = first..n.min(first + ADDABLE);
                let trials = start + drawn.start..start + drawn.end;
                let column = |r: Reg| registers.part(r, &drawn);
                let (held, paid) = (&mut self.held[i], &mut self.paid[trials.clone()]);
                if let Some(difference) = &option.difference {
                    difference.close(column, &mut self.scratch, paid, |step, mark| {
                        let sum = mark(&mut held.words[step][trials.clone()]);
                        held.count(step, sum);
                    });
                }
                steady.total(column, paid, &mut self.totals[i][trials.clone()]);
            }
        }
    }

    /// A month of the path.
    pub fn see(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        for i in (0..model.options.len()).filter(|i| model.is_challenger(*i)) {
            let until = registers.part(model.options[i].absent_until, &monthly.trials());
            self.held[i].see(monthly, [monthly.total(i), monthly.total(model.baseline)], until);
        }
        if monthly.month() == model.horizon {
            self.end(monthly);
        }
    }

    /// The last month: only what options cost.
    pub fn end(&mut self, monthly: &MonthlyCosts) {
        for (i, totals) in self.totals.iter_mut().enumerate() {
            totals[monthly.trials()].copy_from_slice(monthly.total(i));
        }
    }

    /// Cost of all months.
    pub fn totals(&self, option: usize) -> &[f64] {
        &self.totals[option][..self.n]
    }

    /// When an option that is compared with the baseline is cheaper.
    pub fn held(&self, option: usize) -> &CheaperMonths {
        &self.held[option]
    }
}

impl CheaperMonths {
    /// Adds the sum of the words of a step, a field for each month.
    fn count(&mut self, step: usize, sum: u64) {
        for (k, count) in self.counts.iter_mut().skip(step * STEP).take(STEP).enumerate() {
            *count += sum >> (FIELD * k) & ((1 << FIELD) - 1);
        }
    }

    fn see(&mut self, monthly: &MonthlyCosts, [own, base]: [&[f64]; 2], until: &[f64]) {
        let m = monthly.month() as usize - 1;
        let (mark, words) = (1 << (FIELD * (m % STEP)), &mut self.words[m / STEP][monthly.trials()]);
        if m.is_multiple_of(STEP) {
            words.fill(0);
        }
        self.counts[m] += compare_live([own, base], monthly.month().into(), until, mark, words);
    }

    /// By month from 1: in how many trials of the block it holds.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The first month of a trial in which it holds, from 1.
    pub fn first(&self, trial: usize) -> Option<u32> {
        let (step, word) = self.words.iter().enumerate().find(|(_, word)| word[trial] != 0)?;
        Some((step * STEP) as u32 + word[trial].trailing_zeros() / FIELD as u32 + 1)
    }

    /// The first month from which on it holds to the end, from 1.
    pub fn lasting(&self, trial: usize) -> Option<u32> {
        let months = self.counts.len();
        let mut since = months;
        for (step, word) in self.words.iter().enumerate().rev() {
            let there = (months - step * STEP).min(STEP);
            let missing = !word[trial] & FULL & ((1 << (FIELD * there)) - 1);
            // The month after the last that is missing.
            since = step * STEP + (u64::BITS - missing.leading_zeros()).div_ceil(FIELD as u32) as usize;
            if missing != 0 {
                break;
            }
        }
        (since < months).then_some(since as u32 + 1)
    }
}

kernels! {
    /// Compares costs in one month, in the trials where the option is live after `until`, and sets the month's mark.
    fn compare_live(costs: [&[f64]; 2], month: f64, until: &[f64], mark: u64, out: &mut [u64]) -> u64 {
        let n = out.len();
        let ([own, base], until) = (costs.map(|c| &c[..n]), &until[..n]);
        let mut count = 0;
        for t in 0..n {
            let holds = month > until[t] && at_most(own[t], base[t]);
            count += u64::from(holds);
            out[t] |= if holds { mark } else { 0 };
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_lasting_months_come_from_the_marks() {
        for months in [1, 5, 6, 7, 24, 35] {
            let (mut held, n) =
                (CheaperMonths { words: vec![vec![0]; usize::div_ceil(months, STEP)], counts: vec![0; months] }, 0);
            let mut set = |months: &[usize]| {
                held.words.iter_mut().for_each(|w| w[n] = 0);
                months.iter().for_each(|m| held.words[(m - 1) / STEP][n] |= 1 << ((m - 1) % STEP * FIELD));
                (held.first(n), held.lasting(n))
            };
            let last = months as u32;
            assert_eq!(set(&[]), (None, None));
            assert_eq!(set(&[months]), (Some(last), Some(last)));
            assert_eq!(set(&(1..=months).collect::<Vec<_>>()), (Some(1), Some(1)));
            if months > 3 {
                assert_eq!(set(&[2]), (Some(2), None));
                assert_eq!(set(&[1, months - 1, months]), (Some(1), Some(last - 1)));
            }
        }
    }
}
