//! Random retrains: the events of Poisson processes, by month.

use rand::Rng;
use rand::distr::Distribution;
use rand_distr::Exp1;

use crate::quantity::Reg;
use crate::sample::{Purpose, Rows, key, stream};
use crate::scenario::Timing;

use super::assemble::Model;
use crate::quantity::Registers;

/// Words of the stream set aside for each trial: no trial of 600 months at 1,000 retrains a year uses a quarter of it.
const WORDS_PER_TRIAL: u128 = 1 << 20;

/// The keys of every option's event stream in one randomisation.
#[derive(Clone, Debug)]
pub struct EventKeys(Vec<[u8; 32]>);

impl EventKeys {
    /// Keys for a model.
    pub fn new(model: &Model, seed: u64, randomisation: u32) -> EventKeys {
        EventKeys(model.options.iter().map(|o| key(seed, Purpose::Retrains, &o.name, randomisation)).collect())
    }
}

/// Retrains of every month and trial, for the options whose retrains are random.
#[derive(Clone, Debug)]
pub(super) struct Events {
    /// Per option: month by month, a column of trials; empty where nothing is random.
    counts: Vec<Vec<f64>>,
    capacity: usize,
    are_expected: bool,
}

impl Events {
    pub(super) fn new(model: &Model, capacity: usize) -> Events {
        let size = model.horizon as usize * capacity;
        let random = |o: &super::OptionModel| o.retrains.is_some_and(|r| r.timing == Timing::Random);
        let counts = model.options.iter().map(|o| vec![0.0; if random(o) { size } else { 0 }]).collect();
        Events { counts, capacity, are_expected: false }
    }

    /// The retrains of a month, from 1, where they are random.
    pub(super) fn column(&self, option: usize, month: u32, n: usize) -> &[f64] {
        &self.counts[option][(month as usize - 1) * self.capacity..][..n]
    }

    /// Whether they are expected numbers of events, and not drawn.
    pub(super) fn are_expected(&self) -> bool {
        self.are_expected
    }

    /// Every month's expected number of events, in place of drawn ones.
    pub(super) fn expect(&mut self, model: &Model, registers: &Registers, n: usize) {
        self.are_expected = true;
        for (i, option) in model.options.iter().enumerate() {
            let Some(retrains) = option.retrains.filter(|r| r.timing == Timing::Random) else { continue };
            let (rates, launches) = (registers.column(retrains.monthly, n), registers.column(option.launch, n));
            for (m, month) in self.counts[i].chunks_mut(self.capacity).enumerate() {
                for (t, count) in month[..n].iter_mut().enumerate() {
                    *count = if (m + 1) as f64 > launches[t] { rates[t] } else { 0.0 };
                }
            }
        }
    }

    /// Draws the events of some rows.
    pub(super) fn draw(&mut self, model: &Model, registers: &Registers, keys: &EventKeys, rows: Rows) {
        self.are_expected = false;
        for (i, option) in model.options.iter().enumerate() {
            let Some(retrains) = option.retrains.filter(|r| r.timing == Timing::Random) else { continue };
            let column = |r: Reg| registers.column(r, rows.count);
            let (rates, launches) = (column(retrains.rate), column(option.launch));
            self.counts[i].fill(0.0);
            let mut rng = stream(&keys.0[i], rows.block);
            for trial in 0..rows.count {
                rng.set_word_pos((rows.first + trial) as u128 * WORDS_PER_TRIAL);
                self.trial(i, trial, rates[trial], launches[trial], model.horizon, &mut rng);
            }
        }
    }

    /// The j-th event falls at operational time t_j, in month L + ⌈12·t_j/rate⌉: a higher rate only adds and advances.
    fn trial(&mut self, option: usize, trial: usize, rate: f64, launch: f64, horizon: u32, rng: &mut impl Rng) {
        let (mut time, left) = (0.0, f64::from(horizon) - launch);
        loop {
            let gap: f64 = Exp1.sample(rng);
            time += gap;
            let months = 12.0 * time / rate;
            // A rate of 0 gives infinite months; one that is not a number cannot get here.
            if months.is_nan() || months > left {
                return;
            }
            // Launches are whole months. A month in which something happens begins before it: none is month 0.
            let (whole, launch) = (months as i64, launch as i64);
            let month = launch + whole + i64::from(months > whole as f64);
            let row = (month.max(1) as usize - 1) * self.capacity;
            self.counts[option][row + trial] += 1.0;
        }
    }
}
