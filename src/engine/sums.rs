//! What a block adds up in floating point; folded over blocks in a fixed tree.

use super::metric::{Collected, Metric, Simulated};
use crate::model::Model;
use crate::stats::{Merge, Moments};

/// Sums over the trials of a block, or of several.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// By option and metric.
    pub metrics: Vec<Moments>,
    /// By option: cost without bad answers and other soft kinds.
    pub hard: Vec<Moments>,
    /// By option: what it costs above the cheapest candidate.
    pub regret: Vec<Moments>,
    /// By option: the baseline's cost in the trials where the option is cheapest, 0 elsewhere.
    pub money: Vec<Moments>,
    /// The cheapest candidate's cost.
    pub best: Moments,
    /// By option and month from 0: sums of cumulative cost. Empty without detail, like all that follows.
    pub cumulative: Vec<f64>,
    /// By line: discounted cost of all months.
    pub lines: Vec<Moments>,
    /// By line and month from 0: sums of units, cost and discounted cost.
    pub ledger: Vec<f64>,
    /// By option, scope and period: what is spent.
    pub spend: Vec<Moments>,
    /// By option and volume of the curve: sums of the total at that volume.
    pub volumes: Vec<f64>,
    /// By option: sums of the total without bad answers, and of their number.
    pub failures: Vec<f64>,
    /// Sums by slice, of a layout of their own.
    pub slices: Vec<f64>,
    /// By option, of its total and then of its saving, over the trials of the slices: what shares of variance are of.
    pub sliced: Vec<Moments>,
    /// Trials of the detailed sums.
    pub detailed: f64,
}

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.metrics, &other.metrics),
            (&mut self.hard, &other.hard),
            (&mut self.regret, &other.regret),
            (&mut self.money, &other.money),
            (&mut self.lines, &other.lines),
            (&mut self.sliced, &other.sliced),
            (&mut self.spend, &other.spend),
        ] {
            merge_moments(mine, theirs);
        }
        self.best.merge(&other.best);
        add(&mut self.cumulative, &other.cumulative);
        add(&mut self.ledger, &other.ledger);
        add(&mut self.volumes, &other.volumes);
        add(&mut self.failures, &other.failures);
        add(&mut self.slices, &other.slices);
        self.detailed += other.detailed;
    }
}

impl Sums {
    /// What `sliced` is of a block whose trials are all sliced.
    pub fn of_slices(&self, options: usize) -> Vec<Moments> {
        let place = |option: usize, metric: Metric| option * Metric::ALL.len() + metric.index();
        let of = |option: usize| [Metric::Total, Metric::Saving].map(|metric| self.metrics[place(option, metric)]);
        (0..options).flat_map(of).collect()
    }

    /// Those of an option's total and saving; empty without detail.
    pub fn sliced_of(&self, option: usize) -> [Moments; 2] {
        [0, 1].map(|k| self.sliced.get(2 * option + k).copied().unwrap_or_default())
    }
}

/// Blocks without detail leave the detailed tables empty, which is nothing to add.
fn merge_moments(mine: &mut Vec<Moments>, theirs: &[Moments]) {
    if mine.is_empty() {
        mine.extend_from_slice(theirs);
        return;
    }
    mine.iter_mut().zip(theirs).for_each(|(a, b)| a.merge(b));
}

fn add(mine: &mut Vec<f64>, theirs: &[f64]) {
    if mine.is_empty() {
        mine.extend_from_slice(theirs);
        return;
    }
    mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
}

/// The cost lines of all options as one list: an option's own, then what it is charged while another serves.
pub fn line_count(model: &Model, option: usize) -> usize {
    model.options[option].lines.len() + model.options[option].substitutes.len()
}

/// The number of an option's first line in that list.
pub fn first_line(model: &Model, option: usize) -> usize {
    (0..option).map(|i| line_count(model, i)).sum()
}

/// The moments of every option's metrics that are collected.
pub fn metric_moments(model: &Model, block: &Simulated<'_>, of: Collected, scratch: &mut Vec<f64>, sums: &mut Sums) {
    sums.metrics.reserve_exact(model.options.len() * Metric::ALL.len());
    for option in 0..model.options.len() {
        for metric in Metric::ALL {
            let wanted = metric.applies(model, option) && metric.is_in(of);
            let own = metric.multiple_of(model).is_none();
            sums.metrics.push(match wanted && own {
                true => Moments::of(metric.column(model, block, option, scratch)),
                false => Moments::default(),
            });
        }
    }
}

impl Sums {
    /// The memory it takes.
    pub fn bytes(&self) -> usize {
        let moments = [&self.metrics, &self.hard, &self.regret, &self.money, &self.lines, &self.sliced, &self.spend];
        let moments: usize = moments.iter().map(|m| m.len() * size_of::<Moments>()).sum();
        moments
            + (self.cumulative.len() + self.ledger.len() + self.volumes.len() + self.failures.len() + self.slices.len())
                * size_of::<f64>()
    }
}
