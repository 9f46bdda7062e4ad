//! Where each reported figure stands in the flat list of all of them.
//!
//! One list, so that the spread of every figure over the randomisations is computed in the same way.

use super::metric::Metric;
use super::sums::{first_line, line_count};
use super::volume::VOLUMES;
use crate::model::Model;

/// A statistic of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stat {
    /// Mean.
    Mean,
    /// Standard deviation.
    Sd,
    /// Least value.
    Min,
    /// A quantile.
    Quantile(Percentile),
    /// Largest value.
    Max,
}

impl Stat {
    /// The median.
    pub const MEDIAN: Stat = Stat::Quantile(Percentile::P50);
    /// How many statistics a metric has.
    pub(super) const COUNT: usize = Percentile::ALL.len() + 4;

    fn index(self) -> usize {
        match self {
            Stat::Mean => 0,
            Stat::Sd => 1,
            Stat::Min => 2,
            Stat::Quantile(level) => 3 + level as usize,
            Stat::Max => 3 + Percentile::ALL.len(),
        }
    }
}

/// A level whose quantile is reported, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum Percentile {
    P1,
    P5,
    P10,
    P25,
    P50,
    P75,
    P90,
    P95,
    P99,
}

impl Percentile {
    /// All of them, rising.
    pub const ALL: [Percentile; 9] = {
        use Percentile::*;
        [P1, P5, P10, P25, P50, P75, P90, P95, P99]
    };
    /// Their probabilities.
    pub const PROBABILITIES: [f64; 9] = [0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99];

    /// Its probability.
    pub fn probability(self) -> f64 {
        Percentile::PROBABILITIES[self as usize]
    }
}

/// A curve of probabilities by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// It is no dearer than the baseline so far.
    Cheaper,
    /// It has been so at the end of some month.
    PaidBack,
    /// It is so, and stays so to the end.
    StaysCheaper,
}

/// Probabilities whose break-even months are reported.
pub(super) const MONTH_QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];
/// Probabilities whose cumulative costs are reported.
pub(super) const BAND_QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];
/// Figures of each option's ranking.
pub(super) const RANKING: usize = 8;
const CURVES: usize = 3;

/// The places of the figures of a model.
#[derive(Clone, Debug)]
pub struct Layout {
    months: usize,
    lines: Vec<(usize, usize)>,
    ranking: usize,
    best: usize,
    options: usize,
    differences: usize,
    curves: usize,
    break_even: usize,
    volumes: usize,
    bands: usize,
    line_totals: usize,
    ledger: usize,
    size: usize,
}

impl Layout {
    /// The layout of a model's figures.
    pub fn new(model: &Model) -> Layout {
        let options = model.options.len();
        let months = model.horizon as usize;
        let lines: Vec<(usize, usize)> = (0..options).map(|i| (first_line(model, i), line_count(model, i))).collect();
        let all_lines: usize = lines.iter().map(|(_, n)| n).sum();
        let ranking = options * Metric::ALL.len() * Stat::COUNT;
        let best = ranking + options * RANKING;
        let differences = best + 1;
        let curves = differences + 2 * options * options;
        let break_even = curves + options * CURVES * months;
        let volumes = break_even + options * 2 * (MONTH_QUANTILES.len() + 1);
        let bands = volumes + options * 2 * (VOLUMES + 1);
        let line_totals = bands + options * (months + 1) * (BAND_QUANTILES.len() + 1);
        let ledger = line_totals + all_lines * 2;
        let size = ledger + all_lines * (months + 1) * 3;
        Layout {
            months,
            lines,
            ranking,
            best,
            options,
            differences,
            curves,
            break_even,
            volumes,
            bands,
            line_totals,
            ledger,
            size,
        }
    }

    /// How many figures there are.
    pub fn size(&self) -> usize {
        self.size
    }

    pub(super) fn metric(&self, option: usize, metric: Metric, stat: Stat) -> usize {
        (option * Metric::ALL.len() + metric.index()) * Stat::COUNT + stat.index()
    }

    /// p_cheapest, the same on hard costs, mean hard cost, regret, loss when wrong, share of the baseline's money,
    /// the probability that nothing is cheaper, and that of costing the same as the baseline.
    pub(super) fn ranking(&self, option: usize, k: usize) -> usize {
        self.ranking + option * RANKING + k
    }

    pub(super) fn best(&self) -> usize {
        self.best
    }

    /// Mean total of the first option less that of the second.
    pub(super) fn difference(&self, a: usize, b: usize) -> usize {
        self.differences + a * self.options + b
    }

    /// The same of what vendors and people are paid.
    pub(super) fn hard_difference(&self, a: usize, b: usize) -> usize {
        self.difference(a + self.options, b)
    }

    /// A month from 1.
    pub(super) fn curve(&self, option: usize, curve: Curve, month: usize) -> usize {
        self.curves + (option * CURVES + curve as usize) * self.months + month - 1
    }

    /// p_never, then the quantiles.
    pub(super) fn break_even(&self, option: usize, lasting: bool, k: usize) -> usize {
        self.break_even + (option * 2 + usize::from(lasting)) * (MONTH_QUANTILES.len() + 1) + k
    }

    /// The probabilities by volume, then the volume of a probability of one half.
    pub(super) fn volume(&self, option: usize, k: usize) -> usize {
        self.volumes + option * 2 * (VOLUMES + 1) + k
    }

    /// The mean saving by volume, then the volume at which it is zero.
    pub(super) fn saving_by_volume(&self, option: usize, k: usize) -> usize {
        self.volume(option, VOLUMES + 1 + k)
    }

    /// Mean, then the quantiles; a month from 0.
    pub(super) fn band(&self, option: usize, month: usize, k: usize) -> usize {
        self.bands + (option * (self.months + 1) + month) * (BAND_QUANTILES.len() + 1) + k
    }

    /// Mean discounted cost, share of the option's total.
    pub(super) fn line(&self, option: usize, line: usize, k: usize) -> usize {
        self.line_totals + (self.lines[option].0 + line) * 2 + k
    }

    /// Mean units, cost and discounted cost; a month from 0.
    pub(super) fn ledger(&self, option: usize, line: usize, month: usize, k: usize) -> usize {
        self.ledger + ((self.lines[option].0 + line) * (self.months + 1) + month) * 3 + k
    }
}
