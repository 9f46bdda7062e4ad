//! What is counted over trials: whole numbers, which add up to the same in any order.

use super::failure_costs::FAILURE_COSTS;
use super::metric::{Collected, Metric, Simulated};
use super::spend::{kind_place, place};
use super::volume::VOLUMES;
use crate::model::{Model, Outcomes, PeriodKind};
use crate::scenario::SpendScope;
use crate::stats::{Bins, LogBins};

/// Counts over the trials of a worker, of a randomisation, or of a run.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Trials.
    pub trials: u64,
    /// Those run in detail.
    pub detailed: u64,
    /// Those of them that curves are made of.
    pub in_curves: u64,
    /// By option and metric.
    pub metrics: Vec<LogBins>,
    /// By option and binned metric.
    pub bins: Vec<Bins>,
    /// By option: trials in which it is the cheapest candidate.
    pub cheapest: Vec<u64>,
    /// The same of the detailed trials.
    pub detailed_cheapest: Vec<u64>,
    /// The same of the detailed trials without soft costs.
    pub hard_cheapest: Vec<u64>,
    /// By option: detailed trials in which no candidate is cheaper.
    pub unbeaten: Vec<u64>,
    /// By option: detailed trials in which it costs the same as the baseline.
    pub tied: Vec<u64>,
    /// By pairs of options: trials in which the first costs no more than the second.
    pub no_dearer: Vec<u64>,
    /// By option and month from 1: trials in which it is live and no dearer than the baseline so far.
    pub cheaper: Vec<u64>,
    /// By option and month from 1: trials whose first such month it is.
    pub first: Vec<u64>,
    /// By option and month from 1: trials from whose month on it holds to the end.
    pub lasting: Vec<u64>,
    /// By option and month from 1: trials in which it is live.
    pub live: Vec<u64>,
    /// The same of those in which it is the cheapest so far of the live candidates.
    pub cheapest_by_month: Vec<u64>,
    /// By option and volume: trials in which it is the cheapest candidate.
    pub cheapest_by_volume: Vec<u64>,
    /// By option and cost of a bad answer: the same.
    pub cheapest_by_failure_cost: Vec<u64>,
    /// By option and month from 0: cumulative cost.
    pub bands: Vec<LogBins>,
    /// By option, scope and period: what is spent.
    pub spend: Vec<LogBins>,
    /// By option and period: trials in which more is spent than its budget.
    pub over_budget: Vec<u64>,
    /// By option and kind of period: trials in which that is so in some period of the kind.
    pub over_in_any: Vec<u64>,
    /// By option and volume: trials in which it is no dearer than the baseline.
    pub volumes: Vec<u64>,
    /// By option: the volumes at which trials come to be no dearer, and those at which they cease to be.
    pub crossings: Vec<[LogBins; 2]>,
}

impl Counts {
    /// No counts yet; `edges` holds the empty bins of each binned metric.
    pub fn new(model: &Model, edges: &[Bins]) -> Counts {
        let options = model.options.len();
        let months = model.horizon as usize;
        let spends = place(model, options, SpendScope::Vendor, 0);
        let bins = (0..options).flat_map(|_| edges.iter().map(Bins::empty)).collect();
        Counts {
            trials: 0,
            detailed: 0,
            in_curves: 0,
            metrics: vec![LogBins::fine(); options * Metric::ALL.len()],
            bins,
            cheapest: vec![0; options],
            detailed_cheapest: vec![0; options],
            unbeaten: vec![0; options],
            tied: vec![0; options],
            no_dearer: vec![0; options * options],
            hard_cheapest: vec![0; options],
            cheaper: vec![0; options * months],
            first: vec![0; options * months],
            lasting: vec![0; options * months],
            live: vec![0; options * months],
            cheapest_by_month: vec![0; options * months],
            cheapest_by_volume: vec![0; options * VOLUMES],
            cheapest_by_failure_cost: vec![0; options * FAILURE_COSTS],
            bands: vec![LogBins::one_of(options * (months + 1)); options * (months + 1)],
            spend: vec![LogBins::one_of(spends); spends],
            over_budget: vec![0; options * model.periods.len()],
            over_in_any: vec![0; kind_place(options, PeriodKind::Month)],
            volumes: vec![0; options * VOLUMES],
            crossings: vec![[LogBins::fine(), LogBins::fine()]; options],
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Counts) {
        self.trials += other.trials;
        self.detailed += other.detailed;
        self.in_curves += other.in_curves;
        self.metrics.iter_mut().zip(&other.metrics).for_each(|(a, b)| a.merge(b));
        self.bins.iter_mut().zip(&other.bins).for_each(|(a, b)| a.merge(b));
        self.bands.iter_mut().zip(&other.bands).for_each(|(a, b)| a.merge(b));
        self.spend.iter_mut().zip(&other.spend).for_each(|(a, b)| a.merge(b));
        let crossings = self.crossings.iter_mut().flatten().zip(other.crossings.iter().flatten());
        crossings.for_each(|(a, b)| a.merge(b));
        for (mine, theirs) in self.tables_mut().into_iter().zip(other.tables()) {
            mine.iter_mut().zip(theirs.iter()).for_each(|(a, b)| *a += b);
        }
    }

    /// Forgets all counts; keeps the memory.
    pub fn clear(&mut self) {
        (self.trials, self.detailed, self.in_curves) = (0, 0, 0);
        self.metrics.iter_mut().for_each(LogBins::clear);
        self.bins.iter_mut().for_each(Bins::clear);
        let crossings = self.crossings.iter_mut().flatten();
        self.bands.iter_mut().chain(&mut self.spend).chain(crossings).for_each(LogBins::clear);
        self.tables_mut().into_iter().for_each(|t| t.fill(0));
    }

    fn tables(&self) -> [&Vec<u64>; 16] {
        [
            &self.cheapest,
            &self.detailed_cheapest,
            &self.unbeaten,
            &self.tied,
            &self.no_dearer,
            &self.live,
            &self.cheapest_by_month,
            &self.cheapest_by_volume,
            &self.cheapest_by_failure_cost,
            &self.hard_cheapest,
            &self.cheaper,
            &self.first,
            &self.lasting,
            &self.over_budget,
            &self.over_in_any,
            &self.volumes,
        ]
    }

    fn tables_mut(&mut self) -> [&mut Vec<u64>; 16] {
        [
            &mut self.cheapest,
            &mut self.detailed_cheapest,
            &mut self.unbeaten,
            &mut self.tied,
            &mut self.no_dearer,
            &mut self.live,
            &mut self.cheapest_by_month,
            &mut self.cheapest_by_volume,
            &mut self.cheapest_by_failure_cost,
            &mut self.hard_cheapest,
            &mut self.cheaper,
            &mut self.first,
            &mut self.lasting,
            &mut self.over_budget,
            &mut self.over_in_any,
            &mut self.volumes,
        ]
    }

    /// Counts the cumulative costs of some trials in a month.
    pub fn band(&mut self, model: &Model, month: u32, option: usize, costs: &[f64]) {
        self.bands[option * (model.horizon as usize + 1) + month as usize].add(costs);
    }

    /// Counts the metrics and break-even months of a finished block; of the metrics those that are collected.
    pub fn finish(&mut self, model: &Model, block: &Simulated<'_>, of: Collected, scratch: &mut Vec<f64>) {
        for option in 0..model.options.len() {
            for metric in Metric::ALL.into_iter().filter(|m| m.applies(model, option)) {
                let binned = Metric::BINNED.iter().position(|m| *m == metric).filter(|_| !self.bins.is_empty());
                let (source, factor) = metric.multiple_of(model).unwrap_or((metric, 1.0));
                let counted = source == metric && metric.is_in(of);
                if !counted && binned.is_none() {
                    continue;
                }
                let column = source.column(model, block, option, scratch);
                if counted {
                    self.metrics[option * Metric::ALL.len() + metric.index()].add(column);
                }
                if let Some(k) = binned {
                    self.bins[option * Metric::BINNED.len() + k].add(column, factor);
                }
            }
        }
        self.break_even(model, block.outcomes);
    }

    fn break_even(&mut self, model: &Model, outcomes: &Outcomes) {
        let months = model.horizon as usize;
        for option in (0..model.options.len()).filter(|i| model.is_challenger(*i)) {
            let place = option * months..(option + 1) * months;
            let held = outcomes.held(option);
            self.cheaper[place.clone()].iter_mut().zip(held.counts()).for_each(|(a, b)| *a += b);
            if held.counts().iter().all(|n| *n == 0) {
                continue;
            }
            for trial in 0..outcomes.totals(option).len() {
                if let Some(month) = held.first(trial) {
                    self.first[place.start + month as usize - 1] += 1;
                }
                if let Some(month) = held.lasting(trial) {
                    self.lasting[place.start + month as usize - 1] += 1;
                }
            }
        }
    }
}
