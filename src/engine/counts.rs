//! What is counted over trials: whole numbers, which add up to the same in any order.

use super::metric::Metric;
use super::volume::VOLUMES;
use crate::model::{Model, NEVER, Outcomes};
use crate::stats::{Bins, LogBins};

/// Counts over the trials of a worker, of a randomisation, or of a run.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Trials.
    pub trials: u64,
    /// Trials of the volume curve and the bands.
    pub detailed: u64,
    /// By option and metric.
    pub metrics: Vec<LogBins>,
    /// By option and binned metric.
    pub bins: Vec<Bins>,
    /// By option: trials in which it is the cheapest candidate.
    pub cheapest: Vec<u64>,
    /// The same without soft costs.
    pub hard_cheapest: Vec<u64>,
    /// By option and month from 1: trials in which it is live and no dearer than the baseline so far.
    pub cheaper: Vec<u64>,
    /// By option and month from 1: trials whose first such month it is.
    pub first: Vec<u64>,
    /// By option and month from 1: trials from whose month on it holds to the end.
    pub lasting: Vec<u64>,
    /// By option and month from 0: cumulative cost.
    pub bands: Vec<LogBins>,
    /// By option and volume: trials in which it is no dearer than the baseline.
    pub volumes: Vec<u64>,
}

impl Counts {
    /// No counts yet; `edges` holds the empty bins of each binned metric.
    pub fn new(model: &Model, edges: &[Bins]) -> Counts {
        let options = model.options.len();
        let months = model.horizon as usize;
        let bins = (0..options).flat_map(|_| edges.iter().map(Bins::empty)).collect();
        Counts {
            trials: 0,
            detailed: 0,
            metrics: vec![LogBins::fine(); options * Metric::ALL.len()],
            bins,
            cheapest: vec![0; options],
            hard_cheapest: vec![0; options],
            cheaper: vec![0; options * months],
            first: vec![0; options * months],
            lasting: vec![0; options * months],
            bands: vec![LogBins::one_of(options * (months + 1)); options * (months + 1)],
            volumes: vec![0; options * VOLUMES],
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Counts) {
        self.trials += other.trials;
        self.detailed += other.detailed;
        self.metrics.iter_mut().zip(&other.metrics).for_each(|(a, b)| a.merge(b));
        self.bins.iter_mut().zip(&other.bins).for_each(|(a, b)| a.merge(b));
        self.bands.iter_mut().zip(&other.bands).for_each(|(a, b)| a.merge(b));
        for (mine, theirs) in self.tables_mut().into_iter().zip(other.tables()) {
            mine.iter_mut().zip(theirs.iter()).for_each(|(a, b)| *a += b);
        }
    }

    /// Forgets all counts; keeps the memory.
    pub fn clear(&mut self) {
        (self.trials, self.detailed) = (0, 0);
        self.metrics.iter_mut().for_each(LogBins::clear);
        self.bins.iter_mut().for_each(Bins::clear);
        self.bands.iter_mut().for_each(LogBins::clear);
        self.tables_mut().into_iter().for_each(|t| t.fill(0));
    }

    fn tables(&self) -> [&Vec<u64>; 6] {
        [&self.cheapest, &self.hard_cheapest, &self.cheaper, &self.first, &self.lasting, &self.volumes]
    }

    fn tables_mut(&mut self) -> [&mut Vec<u64>; 6] {
        [
            &mut self.cheapest,
            &mut self.hard_cheapest,
            &mut self.cheaper,
            &mut self.first,
            &mut self.lasting,
            &mut self.volumes,
        ]
    }

    /// Counts the cumulative costs of a month.
    pub fn band(&mut self, model: &Model, outcomes: &Outcomes, month: u32) {
        let months = model.horizon as usize + 1;
        for option in 0..model.options.len() {
            self.bands[option * months + month as usize].add(outcomes.totals(option));
        }
    }

    /// Counts in which trials an option is no dearer than the baseline after a month, from 1.
    pub fn compare(&mut self, model: &Model, outcomes: &Outcomes, month: u32) {
        for option in model.challengers() {
            let holds = outcomes.cheaper(option).iter().filter(|c| **c).count();
            self.cheaper[option * model.horizon as usize + month as usize - 1] += holds as u64;
        }
    }

    /// Counts the metrics and break-even months of a finished block.
    pub fn finish(&mut self, model: &Model, outcomes: &Outcomes, column: &mut Vec<f64>) {
        let months = model.horizon as usize;
        for option in 0..model.options.len() {
            for metric in Metric::ALL.into_iter().filter(|m| m.applies(model, option)) {
                metric.fill(model, outcomes, option, column);
                self.metrics[option * Metric::ALL.len() + metric.index()].add(column);
                if let Some(k) = Metric::BINNED.iter().position(|m| *m == metric) {
                    self.bins[option * Metric::BINNED.len() + k].add(column);
                }
            }
        }
        for option in model.challengers() {
            let tables = [(&mut self.first, outcomes.first(option)), (&mut self.lasting, outcomes.lasting(option))];
            for (counts, found) in tables {
                for month in found.iter().filter(|m| **m != NEVER) {
                    counts[option * months + *month as usize - 1] += 1;
                }
            }
        }
    }
}
