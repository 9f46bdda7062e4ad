//! What each trial of a block comes to.

use super::assemble::Model;
use super::months::{Months, STEPS, TILE};
use super::walk::Walk;
use crate::quantity::Registers;
use crate::vector::kernels;

/// Within this relative difference costs count as equal.
const EQUAL: f64 = 1e-9;

/// Whether a cost is at most another, up to rounding.
#[inline(always)]
pub(crate) fn at_most(a: f64, b: f64) -> bool {
    a - b <= EQUAL * b.abs()
}

/// Months in a word of [`Held`].
const WORD: usize = u64::BITS as usize;

/// Outcomes of a block, in columns by option. Costs are discounted unless said otherwise.
#[derive(Clone, Debug)]
pub struct Outcomes {
    n: usize,
    totals: Vec<Vec<f64>>,
    held: Vec<Held>,
}

/// In which months of each trial an option is live and its cost so far at most the baseline's.
#[derive(Clone, Debug)]
pub struct Held {
    /// A column of trials for each 64 months from month 1 on, a bit for each month.
    words: Vec<Vec<u64>>,
    /// By month from 1: in how many trials.
    counts: Vec<u64>,
}

impl Outcomes {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Outcomes {
        let months = model.horizon as usize;
        let words = vec![vec![0; capacity]; months.div_ceil(WORD)];
        let held = Held { words, counts: vec![0; months] };
        let options = model.options.len();
        Outcomes { n: 0, totals: vec![vec![0.0; capacity]; options], held: vec![held; options] }
    }

    /// A new block of `n` trials.
    pub fn start(&mut self, n: usize) {
        self.n = n;
        for held in &mut self.held {
            held.words.iter_mut().for_each(|word| word[..n].fill(0));
            held.counts.fill(0);
        }
    }

    /// The months of a walk's last step.
    pub fn see(&mut self, model: &Model, registers: &Registers, walk: &Walk) {
        for i in (0..model.options.len()).filter(|i| model.is_challenger(*i)) {
            let until = registers.part(model.options[i].absent_until, &walk.trials());
            self.held[i].see(walk, [walk.months(i), walk.months(model.baseline)], until);
        }
        if walk.month() == model.horizon {
            for (i, totals) in self.totals.iter_mut().enumerate() {
                totals[walk.trials()].copy_from_slice(walk.total(i));
            }
        }
    }

    /// Cost of all months.
    pub fn totals(&self, option: usize) -> &[f64] {
        &self.totals[option][..self.n]
    }

    /// When an option that is compared with the baseline is cheaper.
    pub fn held(&self, option: usize) -> &Held {
        &self.held[option]
    }
}

impl Held {
    fn see(&mut self, walk: &Walk, costs: [&Months; 2], until: &[f64]) {
        let months = walk.month() as usize - walk.steps()..walk.month() as usize;
        let trials = walk.trials();
        if walk.steps() == 1 {
            let word = &mut self.words[months.start / WORD][trials];
            let [own, base] = costs.map(|c| &c[0]);
            self.counts[months.start] +=
                compare_live([own, base], walk.month().into(), until, 1 << (months.start % WORD), word);
            return;
        }
        // A step of several months may end in the next word.
        let mut bits = [0; TILE];
        let counts = compare(costs, &mut bits[..trials.len()]);
        self.counts[months.clone()].iter_mut().zip(counts).for_each(|(all, n)| *all += n);
        let shift = months.start % WORD;
        mark(&bits, shift as u32, &mut self.words[months.start / WORD][trials.clone()]);
        if shift + STEPS > WORD {
            bits.iter_mut().for_each(|b| *b >>= WORD - shift);
            mark(&bits, 0, &mut self.words[months.start / WORD + 1][trials]);
        }
    }

    /// By month from 1: in how many trials of the block it holds.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The first month of a trial in which it holds, from 1.
    pub fn first(&self, trial: usize) -> Option<u32> {
        let (k, word) = self.words.iter().enumerate().find(|(_, word)| word[trial] != 0)?;
        Some((k * WORD) as u32 + word[trial].trailing_zeros() + 1)
    }

    /// The first month from which on it holds to the end, from 1.
    pub fn lasting(&self, trial: usize) -> Option<u32> {
        let last = self.counts.len();
        let mut since = last;
        for (k, word) in self.words.iter().enumerate().rev() {
            let months = (last - k * WORD).min(WORD);
            let held = (word[trial] << (WORD - months)).leading_ones() as usize;
            since -= held.min(months);
            if held < months {
                break;
            }
        }
        (since < last).then_some(since as u32 + 1)
    }
}

kernels! {
    /// Compares costs in every month of a step, whose bits it writes; says in how many trials they are at most the
    /// baseline's.
    fn compare(costs: [&Months; 2], out: &mut [u64]) -> [u64; STEPS] {
        let mut counts = [0; STEPS];
        // Month by month: with the months inside, the compiler finds no vectors.
        for k in 0..STEPS {
            let mut count = 0u64;
            for ((bits, own), base) in out.iter_mut().zip(&costs[0][k]).zip(&costs[1][k]) {
                let holds = u64::from(at_most(*own, *base));
                count += holds;
                *bits |= holds << k;
            }
            counts[k] = count;
        }
        counts
    }

    fn mark(bits: &[u64; TILE], shift: u32, out: &mut [u64]) {
        for (out, bits) in out.iter_mut().zip(bits) {
            *out |= bits << shift;
        }
    }

    /// Compares costs in one month, in the trials where the option is live after `until`, and sets the month's bit.
    fn compare_live(costs: [&[f64; TILE]; 2], month: f64, until: &[f64], bit: u64, out: &mut [u64]) -> u64 {
        let [own, base] = costs;
        let n = out.len().min(TILE);
        let (out, until) = (&mut out[..n], &until[..n]);
        let mut count = 0;
        for t in 0..n {
            let holds = month > until[t] && at_most(own[t], base[t]);
            count += u64::from(holds);
            out[t] |= if holds { bit } else { 0 };
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_lasting_months_come_from_the_bits() {
        for months in [1, 24, 63, 64, 65, 128, 130] {
            let (mut held, n) = (Held { words: vec![vec![0]; usize::div_ceil(months, WORD)], counts: vec![0; months] }, 0);
            let mut set = |months: &[usize]| {
                held.words.iter_mut().for_each(|w| w[n] = 0);
                months.iter().for_each(|m| held.words[(m - 1) / WORD][n] |= 1 << ((m - 1) % WORD));
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
