//! The figures of a finished run, each an estimate.

use super::bad_futures::BadFutures;
use super::failure_costs::FAILURE_COSTS;
use super::figures::Figures;
use super::layout::Layout;
use super::metric::Metric;
use super::paired::{Measure, Paired};
use super::pilot::{Training, VariableSummary};
use super::precision::Reached;
use super::statistic::{MonthlyCurve, Rank, Stat};
use super::volume::VOLUMES;
use super::{CURVE_TRIALS, DETAIL_TRIALS};
use crate::information::Information;
use crate::model::{Model, PeriodKind};
use crate::sample::Design;
use crate::scenario::{Criterion, Scenario, SpendScope};
use crate::stats::{Bins, Estimate, LogBins, Order};

/// Of a comparison.
const CONFIDENCE: f64 = 0.95;

/// Everything a run found out.
#[derive(Clone, Debug)]
pub struct Results {
    /// The scenario that was run.
    pub scenario: Scenario,
    /// Its model.
    pub model: Model,
    /// The trials that were run.
    pub design: Design,
    /// Volumes of the volume curve.
    pub volumes: Vec<f64>,
    /// Costs of a bad answer at which options are compared; none where no answer is bad, or no cost changes anything.
    pub failure_costs: Vec<f64>,
    /// The 5th, 50th and 95th percentile of the requests of month 1.
    pub requests: [f64; 3],
    /// How each option is trained.
    pub training: Vec<Training>,
    /// The random variables, by number.
    pub variables: Vec<VariableSummary>,
    /// Variables that Sobol directions did not reach.
    pub fallbacks: usize,
    /// How precise the run became, where it was to be precise.
    pub precision: Option<Reached>,
    /// What it would be worth to know more.
    pub information: Information,
    /// What futures have in common that turn out badly.
    pub bad_futures: Vec<BadFutures>,
    pub(super) layout: Layout,
    pub(super) figures: Figures,
    /// By option and binned metric.
    pub(super) bins: Vec<Bins>,
    pub(super) spreads: Vec<LogBins>,
    pub(super) paired: Paired,
}

impl Results {
    /// Whether every trial is the same: nothing is drawn.
    pub fn is_certain(&self) -> bool {
        self.model.is_certain()
    }

    fn at(&self, place: usize) -> Option<Estimate> {
        self.figures.at(place)
    }

    /// A statistic of an option's metric.
    pub fn metric(&self, option: usize, metric: Metric, stat: Stat) -> Option<Estimate> {
        self.at(self.layout.metric(option, metric, stat))
    }

    /// The candidates by a figure of their totals, the lowest first; of equal ones the first listed.
    pub fn ranked(&self, stat: Stat) -> Vec<usize> {
        let total = |i: usize| self.metric(i, Metric::Total, stat).map_or(f64::INFINITY, |e| e.value);
        let mut ranked = self.model.candidates();
        ranked.sort_by(|a, b| total(*a).total_cmp(&total(*b)));
        ranked
    }

    /// The probability that the option is the cheapest candidate; `None` for those that are not ranked.
    pub fn p_cheapest(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::Cheapest)).filter(|_| self.model.options[option].candidate)
    }

    /// The same where only invoices and people count.
    pub fn hard_p_cheapest(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::HardCheapest)).filter(|_| self.model.options[option].candidate)
    }

    /// Mean total of invoices and people.
    pub fn hard_mean(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::HardMean))
    }

    /// Mean cost above the cheapest candidate.
    pub fn regret(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::Regret))
    }

    /// The same over the trials in which another candidate is cheaper.
    pub fn loss_when_wrong(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::LossWhenWrong))
    }

    /// The share of the baseline's cost that lies in trials where the option is cheapest.
    pub fn money_share(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::MoneyShare)).filter(|_| self.model.options[option].candidate)
    }

    /// The probability that no candidate is cheaper: that of being the cheapest, but for ties.
    pub fn p_unbeaten(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::Unbeaten)).filter(|_| self.model.options[option].candidate)
    }

    /// The probability of costing the same as the baseline.
    pub fn p_tied(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.rank(option, Rank::Tied))
    }

    /// How the mean total of an option compares with that of another, by the error of their difference.
    pub fn order(&self, option: usize, other: usize) -> Order {
        self.order_of(self.difference(option, other), [option, other])
    }

    /// The same of what options are chosen by.
    pub fn order_by_criterion(&self, option: usize, other: usize) -> Order {
        self.order_of(self.difference_by_criterion(option, other), [option, other])
    }

    fn order_of(&self, difference: Option<Estimate>, of: [usize; 2]) -> Order {
        let size = of.map(|i| self.metric(i, Metric::Total, Stat::Mean).map_or(0.0, |mean| mean.value.abs()));
        difference.map_or(Order::Open, |d| d.order(size[0].max(size[1]), CONFIDENCE))
    }

    /// The same of what vendors and people are paid.
    pub fn hard_order(&self, option: usize, other: usize) -> Order {
        let size = |i| self.hard_mean(i).map_or(0.0, |mean| mean.value.abs());
        let difference = self.at(self.layout.hard_difference(option, other));
        difference.map_or(Order::Open, |d| d.order(size(option).max(size(other)), CONFIDENCE))
    }

    /// Mean total of an option less that of another.
    pub fn difference(&self, option: usize, other: usize) -> Option<Estimate> {
        self.at(self.layout.difference(option, other))
    }

    /// What options are chosen by, of one less that of another.
    pub fn difference_by_criterion(&self, option: usize, other: usize) -> Option<Estimate> {
        match self.model.decision.criterion {
            Criterion::Mean => self.difference(option, other),
            _ => self.at(self.layout.by_criterion(option, other)),
        }
    }

    /// The probability that a candidate's total is no more than that of another; where they are equal each is.
    pub fn p_cheaper(&self, option: usize, other: usize) -> Option<Estimate> {
        self.at(self.layout.no_dearer(option, other))
    }

    /// Mean cost of choosing the cheapest candidate in every trial.
    pub fn best(&self) -> Option<Estimate> {
        self.at(self.layout.best())
    }

    /// A probability at the end of a month, from 1.
    pub fn curve(&self, option: usize, curve: MonthlyCurve, month: u32) -> Option<Estimate> {
        self.at(self.layout.curve(option, curve, month as usize))
    }

    /// The probability of never breaking even, for the first or the lasting break-even.
    pub fn p_never(&self, option: usize, lasting: bool) -> Option<Estimate> {
        self.at(self.layout.never(option, lasting))
    }

    /// The 5th, 25th, 50th, 75th and 95th percentile of the break-even month, where there is one.
    pub fn break_even_months(&self, option: usize, lasting: bool) -> [Option<f64>; 5] {
        std::array::from_fn(|k| self.at(self.layout.break_even_month(option, lasting, k)).map(|e| e.value))
    }

    /// The probability of being no dearer than the baseline at each of the volumes.
    pub fn volume_curve(&self, option: usize) -> Vec<Option<Estimate>> {
        (0..VOLUMES).map(|k| self.at(self.layout.cheaper_by_volume(option, k))).collect()
    }

    /// The volume at which that probability crosses one half, if it does on the curve.
    pub fn median_break_even_volume(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.median_break_even_volume(option))
    }

    /// The mean saving against the baseline at each of the volumes.
    pub fn saving_by_volume(&self, option: usize) -> Vec<Option<Estimate>> {
        (0..VOLUMES).map(|k| self.at(self.layout.saving_by_volume(option, k))).collect()
    }

    /// The mean total of a candidate at each of the volumes.
    pub fn mean_by_volume(&self, option: usize) -> Vec<Option<Estimate>> {
        (0..VOLUMES).map(|k| self.at(self.layout.mean_by_volume(option, k))).collect()
    }

    /// The probability that it is the cheapest candidate at each of the volumes.
    pub fn p_cheapest_by_volume(&self, option: usize) -> Vec<Option<Estimate>> {
        (0..VOLUMES).map(|k| self.at(self.layout.cheapest_by_volume(option, k))).collect()
    }

    /// The mean total of a candidate at each of the costs of a bad answer.
    pub fn mean_by_failure_cost(&self, option: usize) -> Vec<Option<Estimate>> {
        (0..FAILURE_COSTS).map(|k| self.at(self.layout.mean_by_failure_cost(option, k))).collect()
    }

    /// The probability that it is the cheapest candidate at each of the costs of a bad answer.
    pub fn p_cheapest_by_failure_cost(&self, option: usize) -> Vec<Option<Estimate>> {
        (0..FAILURE_COSTS).map(|k| self.at(self.layout.cheapest_by_failure_cost(option, k))).collect()
    }

    /// The cost of a bad answer, the same for all options, above which a candidate with fewer bad answers costs less on
    /// average than another; `None` where it does at any cost, or at none.
    pub fn failure_crossing(&self, other: usize, option: usize) -> Option<Estimate> {
        self.at(self.layout.failure_crossing(other, option))
    }

    /// The probability that a candidate is live in a month, from 1.
    pub fn p_live(&self, option: usize, month: u32) -> Option<Estimate> {
        self.at(self.layout.live(option, month as usize))
    }

    /// The probability that it has the lowest cost so far of the candidates that are live.
    pub fn p_cheapest_by_month(&self, option: usize, month: u32) -> Option<Estimate> {
        self.at(self.layout.cheapest_by_month(option, month as usize))
    }

    /// The volume at which the mean saving is zero, if it is on the curve.
    pub fn mean_break_even_volume(&self, option: usize) -> Option<Estimate> {
        self.at(self.layout.mean_break_even_volume(option))
    }

    /// Mean and 5th, 25th, 50th, 75th and 95th percentile of the cumulative cost at the end of a month, from 0.
    pub fn cumulative(&self, option: usize, month: u32) -> [Option<Estimate>; 6] {
        std::array::from_fn(|k| self.at(self.layout.band(option, month as usize, k)))
    }

    /// What a candidate spends in a period of the model, undiscounted: the mean, and the 5th, 10th, 25th, 50th, 75th, 80th,
    /// 90th and 95th percentile of the trials' own sums.
    pub fn spend(&self, option: usize, scope: SpendScope, period: usize) -> [Option<Estimate>; 9] {
        std::array::from_fn(|k| self.at(self.layout.spend(option, scope, period, k)))
    }

    /// How many trials were run in detail, for what is not about the totals: cost lines, value of information.
    pub fn detail_trials(&self) -> u64 {
        self.design.trials().min(DETAIL_TRIALS)
    }

    /// Of how many trials the curves are made: spending and bands by month, volumes, costs of a bad answer.
    pub fn curve_trials(&self) -> u64 {
        self.design.trials().min(CURVE_TRIALS)
    }

    /// The probability that a candidate spends more in a period of the model than its budget; `None` where it has none.
    pub fn p_over_budget(&self, option: usize, period: usize) -> Option<Estimate> {
        self.at(self.layout.over_budget(option, period))
    }

    /// The probability that it does so in some period of a kind.
    pub fn p_over_in_any(&self, option: usize, kind: PeriodKind) -> Option<Estimate> {
        self.at(self.layout.over_in_any(option, kind))
    }

    /// Mean discounted cost of a line and its share of the option's total. Lines are those of the option's model, then
    /// those charged while another serves.
    pub fn line(&self, option: usize, line: usize) -> [Option<Estimate>; 2] {
        std::array::from_fn(|k| self.at(self.layout.line(option, line, k)))
    }

    /// Mean units, cost and discounted cost of a line in a month, from 0.
    pub fn ledger(&self, option: usize, line: usize, month: u32) -> [Option<Estimate>; 3] {
        std::array::from_fn(|k| self.at(self.layout.ledger(option, line, month as usize, k)))
    }

    /// What runs are compared by, of an option; `None` where it is undefined.
    pub fn measure(&self, measure: Measure, option: usize) -> Option<Estimate> {
        measure.place(&self.layout, &self.model, option).and_then(|place| self.at(place))
    }

    /// The same in each randomisation. Those of runs with the same seed, sampler and number of trials pair: what both
    /// draw is the same in them.
    pub fn by_randomisation(&self, measure: Measure, option: usize) -> &[f64] {
        self.paired.of(measure, option)
    }

    /// The totals of an option as they were counted.
    pub fn spread(&self, option: usize) -> &LogBins {
        &self.spreads[option]
    }

    /// The histogram of a binned metric.
    pub fn histogram(&self, option: usize, metric: Metric) -> Option<&Bins> {
        let k = Metric::BINNED.iter().position(|m| *m == metric)?;
        self.bins.get(option * Metric::BINNED.len() + k).filter(|b| b.total() > 0)
    }
}
