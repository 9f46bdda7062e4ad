//! Where each reported figure stands in the flat list of all of them.
//!
//! One list, so that the spread of every figure over the randomisations is computed in the same way.

use super::failure_costs::FAILURE_COSTS;
use super::metric::Metric;
use super::statistic::{MonthlyCurve, Rank, Stat};
use super::sums::line_count;
use super::volume::VOLUMES;
use crate::model::{Model, PeriodKind};
use crate::scenario::SpendScope;

/// Probabilities whose break-even months are reported.
pub(super) const MONTH_QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];
/// Probabilities whose cumulative costs are reported.
pub(super) const BAND_QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// Probabilities whose spending in a period is reported.
pub(super) const SPEND_QUANTILES: [f64; 8] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.80, 0.90, 0.95];

/// Figures of one kind in a row, those of the last of its dimensions side by side.
#[derive(Clone, Copy, Debug)]
struct Grid<const N: usize> {
    first: usize,
    lengths: [usize; N],
}

impl<const N: usize> Grid<N> {
    /// The place of a figure.
    ///
    /// # Panics
    /// Outside the grid, where the figures of another kind stand.
    fn at(&self, place: [usize; N]) -> usize {
        assert!(place.iter().zip(&self.lengths).all(|(k, length)| k < length), "{place:?} of {:?}", self.lengths);
        self.first + place.iter().zip(&self.lengths).fold(0, |sum, (k, length)| sum * length + k)
    }
}

/// Hands out places, each once.
#[derive(Default)]
struct Places {
    taken: usize,
}

impl Places {
    fn grid<const N: usize>(&mut self, lengths: [usize; N]) -> Grid<N> {
        let first = self.taken;
        self.taken += lengths.iter().product::<usize>();
        Grid { first, lengths }
    }
}

/// The places of the figures of a model. Months from 1 unless it says from 0.
#[derive(Clone, Debug)]
pub struct Layout {
    /// By option, metric, statistic.
    metrics: Grid<3>,
    /// By option, rank.
    ranks: Grid<2>,
    best: Grid<0>,
    /// By pairs of options.
    differences: Grid<2>,
    hard_differences: Grid<2>,
    no_dearer: Grid<2>,
    by_criterion: Grid<2>,
    /// By option, month.
    live: Grid<2>,
    cheapest_by_month: Grid<2>,
    /// By option, curve, month.
    curves: Grid<3>,
    /// By option, first or lasting.
    never: Grid<2>,
    /// By option, first or lasting, probability.
    break_even_months: Grid<3>,
    /// By option, volume.
    cheaper_by_volume: Grid<2>,
    saving_by_volume: Grid<2>,
    cheapest_by_volume: Grid<2>,
    mean_by_volume: Grid<2>,
    /// By option, cost of a bad answer.
    cheapest_by_failure_cost: Grid<2>,
    mean_by_failure_cost: Grid<2>,
    /// By pairs of options.
    failure_crossings: Grid<2>,
    /// By option.
    median_break_even_volume: Grid<1>,
    mean_break_even_volume: Grid<1>,
    /// By option, month from 0, mean and quantiles.
    bands: Grid<3>,
    /// By option, scope, period, mean and quantiles.
    spend: Grid<4>,
    /// By option, period.
    over_budget: Grid<2>,
    /// By option, kind of period.
    over_in_any: Grid<2>,
    /// By option: by line, mean and share.
    line_totals: Vec<Grid<2>>,
    /// By option: by line, month from 0, and units, cost, discounted cost.
    ledger: Vec<Grid<3>>,
    size: usize,
}

impl Layout {
    /// The layout of a model's figures.
    pub fn new(model: &Model) -> Layout {
        let (options, months) = (model.options.len(), model.horizon as usize);
        let lines: Vec<usize> = (0..options).map(|i| line_count(model, i)).collect();
        let mut places = Places::default();
        Layout {
            metrics: places.grid([options, Metric::ALL.len(), Stat::COUNT]),
            ranks: places.grid([options, Rank::COUNT]),
            best: places.grid([]),
            differences: places.grid([options; 2]),
            hard_differences: places.grid([options; 2]),
            no_dearer: places.grid([options; 2]),
            by_criterion: places.grid([options; 2]),
            live: places.grid([options, months]),
            cheapest_by_month: places.grid([options, months]),
            curves: places.grid([options, MonthlyCurve::ALL.len(), months]),
            never: places.grid([options, 2]),
            break_even_months: places.grid([options, 2, MONTH_QUANTILES.len()]),
            cheaper_by_volume: places.grid([options, VOLUMES]),
            saving_by_volume: places.grid([options, VOLUMES]),
            cheapest_by_volume: places.grid([options, VOLUMES]),
            mean_by_volume: places.grid([options, VOLUMES]),
            cheapest_by_failure_cost: places.grid([options, FAILURE_COSTS]),
            mean_by_failure_cost: places.grid([options, FAILURE_COSTS]),
            failure_crossings: places.grid([options; 2]),
            median_break_even_volume: places.grid([options]),
            mean_break_even_volume: places.grid([options]),
            bands: places.grid([options, months + 1, 1 + BAND_QUANTILES.len()]),
            spend: places.grid([options, SpendScope::ALL.len(), model.periods.len(), 1 + SPEND_QUANTILES.len()]),
            over_budget: places.grid([options, model.periods.len()]),
            over_in_any: places.grid([options, PeriodKind::ALL.len()]),
            line_totals: lines.iter().map(|n| places.grid([*n, 2])).collect(),
            ledger: lines.iter().map(|n| places.grid([*n, months + 1, 3])).collect(),
            size: places.taken,
        }
    }

    /// How many figures there are.
    pub fn size(&self) -> usize {
        self.size
    }

    pub(super) fn metric(&self, option: usize, metric: Metric, stat: Stat) -> usize {
        self.metrics.at([option, metric.index(), stat.index()])
    }

    pub(super) fn rank(&self, option: usize, rank: Rank) -> usize {
        self.ranks.at([option, rank as usize])
    }

    /// Mean cost of choosing the cheapest candidate in every trial.
    pub(super) fn best(&self) -> usize {
        self.best.at([])
    }

    /// Mean total of the first option less that of the second.
    pub(super) fn difference(&self, a: usize, b: usize) -> usize {
        self.differences.at([a, b])
    }

    /// The same of what vendors and people are paid.
    pub(super) fn hard_difference(&self, a: usize, b: usize) -> usize {
        self.hard_differences.at([a, b])
    }

    /// What options are chosen by, of the first less that of the second.
    pub(super) fn by_criterion(&self, a: usize, b: usize) -> usize {
        self.by_criterion.at([a, b])
    }

    /// The probability that the first option costs no more than the second.
    pub(super) fn no_dearer(&self, a: usize, b: usize) -> usize {
        self.no_dearer.at([a, b])
    }

    pub(super) fn curve(&self, option: usize, curve: MonthlyCurve, month: usize) -> usize {
        self.curves.at([option, curve as usize, month - 1])
    }

    /// The probability of never breaking even, for the first time or for good.
    pub(super) fn never(&self, option: usize, lasting: bool) -> usize {
        self.never.at([option, usize::from(lasting)])
    }

    /// The break-even month of one of [`MONTH_QUANTILES`].
    pub(super) fn break_even_month(&self, option: usize, lasting: bool, k: usize) -> usize {
        self.break_even_months.at([option, usize::from(lasting), k])
    }

    /// The probability of being no dearer than the baseline at a volume.
    pub(super) fn cheaper_by_volume(&self, option: usize, k: usize) -> usize {
        self.cheaper_by_volume.at([option, k])
    }

    /// The volume at which that is one half.
    pub(super) fn median_break_even_volume(&self, option: usize) -> usize {
        self.median_break_even_volume.at([option])
    }

    /// The mean saving at a volume.
    pub(super) fn saving_by_volume(&self, option: usize, k: usize) -> usize {
        self.saving_by_volume.at([option, k])
    }

    /// The mean total at a volume.
    pub(super) fn mean_by_volume(&self, option: usize, k: usize) -> usize {
        self.mean_by_volume.at([option, k])
    }

    /// The probability of being the cheapest candidate at a volume.
    pub(super) fn cheapest_by_volume(&self, option: usize, k: usize) -> usize {
        self.cheapest_by_volume.at([option, k])
    }

    /// The probability of being the cheapest candidate at a cost of a bad answer.
    pub(super) fn cheapest_by_failure_cost(&self, option: usize, k: usize) -> usize {
        self.cheapest_by_failure_cost.at([option, k])
    }

    /// The mean total at a cost of a bad answer.
    pub(super) fn mean_by_failure_cost(&self, option: usize, k: usize) -> usize {
        self.mean_by_failure_cost.at([option, k])
    }

    /// The cost of a bad answer at which the second option comes to cost as much as the first, having fewer.
    pub(super) fn failure_crossing(&self, a: usize, b: usize) -> usize {
        self.failure_crossings.at([a, b])
    }

    /// The probability of being live in a month.
    pub(super) fn live(&self, option: usize, month: usize) -> usize {
        self.live.at([option, month - 1])
    }

    /// The probability of being the cheapest so far of the live candidates.
    pub(super) fn cheapest_by_month(&self, option: usize, month: usize) -> usize {
        self.cheapest_by_month.at([option, month - 1])
    }

    /// The volume at which that is zero.
    pub(super) fn mean_break_even_volume(&self, option: usize) -> usize {
        self.mean_break_even_volume.at([option])
    }

    /// Cumulative cost: the mean, then [`BAND_QUANTILES`]; a month from 0.
    pub(super) fn band(&self, option: usize, month: usize, k: usize) -> usize {
        self.bands.at([option, month, k])
    }

    /// Spending in a period: the mean, then [`SPEND_QUANTILES`].
    pub(super) fn spend(&self, option: usize, scope: SpendScope, period: usize, k: usize) -> usize {
        self.spend.at([option, scope.index(), period, k])
    }

    /// The probability of spending more in a period than its budget.
    pub(super) fn over_budget(&self, option: usize, period: usize) -> usize {
        self.over_budget.at([option, period])
    }

    /// The same of some period of a kind.
    pub(super) fn over_in_any(&self, option: usize, kind: PeriodKind) -> usize {
        self.over_in_any.at([option, kind.index()])
    }

    /// Mean discounted cost, share of the option's total.
    pub(super) fn line(&self, option: usize, line: usize, k: usize) -> usize {
        self.line_totals[option].at([line, k])
    }

    /// Mean units, cost and discounted cost; a month from 0.
    pub(super) fn ledger(&self, option: usize, line: usize, month: usize, k: usize) -> usize {
        self.ledger[option].at([line, month, k])
    }
}
