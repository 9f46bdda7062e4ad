//! The figures by which options are chosen: how they rank and differ, what they spend, and where each is the cheapest.

use super::{Figures, Writer, ratio};
use crate::engine::failure_costs::{FAILURE_COSTS, SUMS, crossing};
use crate::engine::layout::SPEND_QUANTILES;
use crate::engine::metric::Metric;
use crate::engine::spend::{kind_place, place, source};
use crate::engine::statistic::Rank;
use crate::engine::volume::VOLUMES;
use crate::scenario::{Criterion, SpendScope};
use crate::stats::LogBins;

impl Writer<'_> {
    pub(super) fn ranking(&mut self, option: usize) {
        let (counts, sums) = (self.counts, self.sums);
        let layout = self.layout;
        let at = |rank| layout.rank(option, rank);
        self.share(at(Rank::HardCheapest), counts.hard_cheapest[option], counts.detailed);
        self.share(at(Rank::Unbeaten), counts.unbeaten[option], counts.detailed);
        self.share(at(Rank::Tied), counts.tied[option], counts.detailed);
        self.mean(at(Rank::HardMean), &sums.hard[option]);
        for other in 0..sums.hard.len() {
            let difference = sums.hard[option].mean() - sums.hard[other].mean();
            self.put(self.layout.hard_difference(option, other), difference, f64::NAN);
        }
        self.mean(at(Rank::Regret), &sums.regret[option]);
        let wrong = counts.detailed - counts.detailed_cheapest[option];
        if wrong > 0 {
            let share = wrong as f64 / counts.detailed as f64;
            self.put(at(Rank::LossWhenWrong), sums.regret[option].mean() / share, f64::NAN);
        }
        if let Some(all) = self.detailed_total(self.model.baseline).filter(|all| *all > 0.0) {
            self.put(at(Rank::MoneyShare), ratio(sums.money[option].mean(), all), f64::NAN);
        }
    }

    /// Differences of mean totals. Against the baseline the saving has the error of independent trials; of other pairs
    /// only the spread over randomisations has one.
    pub(super) fn differences(&mut self, option: usize) {
        let of = |i: usize, m: Metric| self.sums.metrics[i * Metric::ALL.len() + m.index()];
        let baseline = self.model.baseline;
        for other in 0..self.model.options.len() {
            let challenger = if option == baseline { other } else { option };
            let compared = (option == baseline || other == baseline) && option != other;
            let known = compared && Metric::Saving.applies(self.model, challenger);
            let error = known.then(|| of(challenger, Metric::Saving).mean_error()).flatten();
            let (a, b) = (of(option, Metric::Total), of(other, Metric::Total));
            let at = self.layout.difference(option, other);
            let difference = if option == other { 0.0 } else { a.mean() - b.mean() };
            self.put(at, difference, error.unwrap_or(f64::NAN));
        }
    }

    /// How often a candidate costs no more than each of the others.
    pub(super) fn pairs(&mut self, option: usize) {
        let candidates = self.model.candidates();
        for other in candidates.iter().filter(|other| **other != option && candidates.contains(&option)) {
            let count = self.counts.no_dearer[option * self.model.options.len() + other];
            self.share(self.layout.no_dearer(option, *other), count, self.counts.trials);
        }
    }

    /// Differences of what options are chosen by, where that is not the mean.
    pub(super) fn criteria(&mut self) {
        let criterion = self.model.decision.criterion;
        if criterion == Criterion::Mean {
            return;
        }
        let (candidates, layout) = (self.model.candidates(), self.layout);
        let of = |figures: &Figures, i| figures.values[layout.metric(i, Metric::Total, criterion.into())];
        for (a, b) in candidates.iter().flat_map(|a| candidates.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
            let (own, other) = (of(&self.figures, a), of(&self.figures, b));
            self.put(layout.by_criterion(a, b), own - other, f64::NAN);
            if !self.model.is_certain() {
                self.figures.least[layout.by_criterion(a, b)] = own.abs().max(other.abs()) * LogBins::HALF_WIDTH;
            }
        }
    }

    /// Quantiles are of all randomisations together: each of them has too many to sort them all.
    pub(super) fn spend(&mut self, option: usize) {
        for scope in SpendScope::ALL {
            for period in 0..self.model.periods.len() {
                let source = place(self.model, option, source(scope, self.model), period);
                let at = |k| self.layout.spend(option, scope, period, k);
                let (mean, first) = (at(0), at(1));
                self.mean(mean, &self.sums.spend[source]);
                if self.whole.is_some() {
                    let values = self.counts.spend[source].quantiles(&SPEND_QUANTILES);
                    self.figures.values[first..][..values.len()].copy_from_slice(&values);
                }
            }
        }
        self.budgets(option);
    }

    /// How often a candidate spends more than it may.
    pub(super) fn budgets(&mut self, option: usize) {
        let (model, layout) = (self.model, self.layout);
        let scope = source(model.decision.budget_scope, model);
        for (number, period) in model.periods.iter().enumerate() {
            if period.kind.budget(&model.decision).is_none() {
                continue;
            }
            let trials = self.counts.spend[place(model, option, scope, number)].count();
            let over = self.counts.over_budget[option * model.periods.len() + number];
            self.share(layout.over_budget(option, number), over, trials);
            if period.last == model.horizon {
                let any = self.counts.over_in_any[kind_place(option, period.kind)];
                self.share(layout.over_in_any(option, period.kind), any, trials);
            }
        }
    }

    /// How often a candidate is the cheapest, by month and by volume.
    pub(super) fn acceptability(&mut self, option: usize) {
        let (counts, layout, months) = (self.counts, self.layout, self.model.horizon as usize);
        for month in 1..=months {
            let place = option * months + month - 1;
            self.share(layout.live(option, month), counts.live[place], counts.in_curves);
            self.share(layout.cheapest_by_month(option, month), counts.cheapest_by_month[place], counts.in_curves);
        }
        for k in 0..VOLUMES {
            let place = option * VOLUMES + k;
            self.share(layout.cheapest_by_volume(option, k), counts.cheapest_by_volume[place], counts.in_curves);
            self.put(layout.mean_by_volume(option, k), self.sums.volumes[place] / counts.in_curves as f64, f64::NAN);
        }
    }

    /// What a candidate costs, and how often it is the cheapest, by the cost of a bad answer.
    pub(super) fn bad_answers(&mut self, option: usize, costs: &[f64]) {
        let (sums, layout) = (&self.sums.failures, self.layout);
        let trials = self.counts.in_curves;
        let of = |option: usize| sums.get(option * SUMS..(option + 1) * SUMS);
        let Some(own) = of(option) else { return };
        for (k, cost) in costs.iter().enumerate() {
            let count = self.counts.cheapest_by_failure_cost[option * FAILURE_COSTS + k];
            self.share(layout.cheapest_by_failure_cost(option, k), count, trials);
            self.put(layout.mean_by_failure_cost(option, k), (own[0] + cost * own[1]) / trials as f64, f64::NAN);
        }
        for other in self.model.candidates() {
            if let Some(cost) = of(other).filter(|other| other[1] < own[1]).and_then(|other| crossing(own, other)) {
                self.put(layout.failure_crossing(option, other), cost, f64::NAN);
            }
        }
    }
}
