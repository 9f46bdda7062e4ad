//! Counts and sums to figures, with the standard errors they would have if trials were independent.

mod decisions;

use super::counts::Counts;
use super::layout::{BAND_QUANTILES, Layout, MONTH_QUANTILES};
use super::metric::Metric;
use super::reaching::{mean_break_even_volume, median_break_even_volume, month_quantile};
use super::statistic::{Dearest, MonthlyCurve, Percentile, Rank, Stat};
use super::sums::{Sums, first_line, line_count};
use super::volume::VOLUMES;
use super::whole::Whole;
use crate::model::Model;
use crate::stats::{Estimate, LogBins, Moments, Spread, proportion_error, t_quantile};

/// All figures of a model, by [`Layout`]; NaN where undefined.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Their values.
    pub values: Vec<f64>,
    /// Standard errors for independent trials, where there is a formula and it was asked for.
    errors: Vec<f64>,
    /// Degrees of freedom of the errors.
    freedom: Vec<f64>,
    /// For shares the share of a single trial, else 0: no share can be told more finely.
    steps: Vec<f64>,
    /// The least errors: what the rounding of ranks makes of quantiles.
    least: Vec<f64>,
}

impl Figures {
    /// Gives an error from the spread over the randomisations to every figure that has none yet.
    ///
    /// A share that lies between two counts of stratified points may be rounded the same way in every randomisation, and
    /// then has no spread at all. Half a trial is the largest standard deviation of such rounding, so that much is
    /// claimed at least wherever the share is neither 0 nor 1. A share of 0 or 1 has no spread whatever it is of, and is
    /// off by up to 3/n by the rule of three (J. A. Hanley and A. Lippman-Hand, JAMA 249, 1983), unless `certain`.
    pub fn with_spread(mut self, spread: &Spread, certain: bool) -> Figures {
        for i in 0..self.values.len() {
            self.take_spread(i, spread);
            let agreed = self.steps[i] > 0.0 && (self.values[i] == 0.0 || self.values[i] == 1.0);
            if agreed && !certain {
                self.errors[i] = 3.0 * self.steps[i] / t_quantile(0.975, self.freedom[i]);
            }
        }
        self
    }

    fn take_spread(&mut self, i: usize, spread: &Spread) {
        if !self.errors[i].is_nan() {
            return;
        }
        let count = spread.count(i);
        (self.errors[i], self.freedom[i]) = (spread.std_error(i), count - 1.0);
        if self.steps[i] > 0.0 && self.values[i] > 0.0 && self.values[i] < 1.0 {
            self.errors[i] = self.errors[i].max(0.5 * self.steps[i] * count.sqrt());
        }
        self.errors[i] = if self.errors[i] < self.least[i] { self.least[i] } else { self.errors[i] };
    }

    /// A figure as an estimate; `None` where it is undefined.
    pub fn at(&self, place: usize) -> Option<Estimate> {
        Estimate::new(self.values[place], self.errors[place], self.freedom[place])
    }
}

/// What options are compared along.
#[derive(Clone, Copy)]
pub struct Axes<'a> {
    /// Volumes.
    pub volumes: &'a [f64],
    /// Costs of a bad answer.
    pub failure_costs: &'a [f64],
}

/// Computes the figures of a randomisation, or of a `whole` run; of that also the errors that are not the spread of the same
/// figure over its randomisations.
pub fn figures(
    model: &Model,
    layout: &Layout,
    axes: Axes<'_>,
    counts: &Counts,
    sums: &Sums,
    whole: Option<Whole<'_>>,
) -> Figures {
    let all = |x: f64| vec![x; layout.size()];
    let (values, errors, freedom) = (all(f64::NAN), all(f64::NAN), all(f64::INFINITY));
    let figures = Figures { values, errors, freedom, steps: all(0.0), least: all(0.0) };
    let mut writer = Writer { model, layout, counts, sums, whole, figures };
    for option in 0..model.options.len() {
        writer.metrics(option);
        writer.share(layout.rank(option, Rank::Cheapest), counts.cheapest[option], counts.trials);
        if model.candidates().len() < 2 {
            // The only one is the cheapest without any trial.
            writer.figures.steps[layout.rank(option, Rank::Cheapest)] = 0.0;
        }
        writer.differences(option);
        writer.pairs(option);
    }
    writer.criteria();
    for option in model.challengers() {
        writer.curves(option);
    }
    if counts.detailed > 0 {
        writer.details(axes);
    }
    writer.figures
}

struct Writer<'a> {
    model: &'a Model,
    layout: &'a Layout,
    counts: &'a Counts,
    sums: &'a Sums,
    whole: Option<Whole<'a>>,
    figures: Figures,
}

impl Writer<'_> {
    fn put(&mut self, at: usize, value: f64, error: f64) {
        self.figures.values[at] = value;
        if self.whole.is_some_and(|whole| whole.is_independent) {
            self.figures.errors[at] = error;
        }
    }

    /// Quantiles, of which the first has its place at `at`, times a factor.
    fn put_quantiles(&mut self, at: usize, bins: &LogBins, probabilities: &[f64], factor: f64) {
        let values = bins.quantiles(probabilities);
        let errors = self.whole.map(|whole| whole.rank_errors(bins, probabilities));
        for (k, value) in values.into_iter().enumerate() {
            let error = errors.as_ref().map_or(f64::NAN, |errors| errors[k] * factor.abs());
            self.put(at + k, value * factor, error);
            self.figures.least[at + k] = if error.is_nan() { 0.0 } else { error };
        }
    }

    /// A standard deviation, with the spread over the randomisations.
    fn put_sd(&mut self, at: usize, moments: &Moments, place: usize, factor: f64) {
        self.figures.values[at] = moments.sd().map_or(f64::NAN, |sd| sd * factor);
        if let Some(spread) = self.whole.map(|whole| whole.deviations[place]) {
            self.figures.errors[at] = spread.std_error(moments) * factor.abs();
            self.figures.freedom[at] = spread.count() - 1.0;
        }
    }

    /// What comes from the detailed trials.
    fn details(&mut self, Axes { volumes, failure_costs }: Axes<'_>) {
        for option in 0..self.model.options.len() {
            self.ranking(option);
            self.lines(option);
            self.bands(option);
        }
        for option in self.model.candidates() {
            self.spend(option);
            self.acceptability(option);
            self.bad_answers(option, failure_costs);
        }
        for option in self.model.challengers() {
            self.volumes(option, volumes);
        }
        self.mean(self.layout.best(), &self.sums.best);
    }

    fn mean(&mut self, at: usize, moments: &Moments) {
        if moments.count() > 0.0 {
            self.put(at, moments.mean(), moments.mean_error().unwrap_or(f64::NAN));
        }
    }

    fn share(&mut self, at: usize, count: u64, of: u64) {
        let share = count as f64 / of as f64;
        self.put(at, share, proportion_error(share, of as f64));
        self.figures.steps[at] = 1.0 / of as f64;
    }

    fn metrics(&mut self, option: usize) {
        for metric in Metric::ALL {
            let (source, factor) = metric.multiple_of(self.model).unwrap_or((metric, 1.0));
            let place = option * Metric::ALL.len() + source.index();
            let (moments, bins) = (self.sums.metrics[place], &self.counts.metrics[place]);
            if moments.count() == 0.0 {
                continue;
            }
            let at = |stat| self.layout.metric(option, metric, stat);
            let [mean, sd, least, most] = [Stat::Mean, Stat::Sd, Stat::Min, Stat::Max].map(at);
            let quantiles = at(Stat::Quantile(Percentile::P1));
            self.put(mean, moments.mean() * factor, moments.mean_error().unwrap_or(f64::NAN) * factor);
            self.put_sd(sd, &moments, place, factor);
            self.put(least, moments.min() * factor, f64::NAN);
            self.put(most, moments.max() * factor, f64::NAN);
            self.put_quantiles(quantiles, bins, &Percentile::PROBABILITIES, factor);
            for dearest in Dearest::ALL.into_iter().filter(|_| metric == Metric::Total) {
                self.put(at(Stat::Dearest(dearest)), bins.mean_above(dearest.probability()), f64::NAN);
            }
        }
    }

    fn lines(&mut self, option: usize) {
        let months = self.model.horizon as usize + 1;
        let n = self.sums.detailed;
        let total = self.sums.metrics[option * Metric::ALL.len() + Metric::Total.index()].mean();
        let own: f64 = self.detailed_total(option).unwrap_or(total);
        for line in 0..line_count(self.model, option) {
            let [mean, share] = [0, 1].map(|k| self.layout.line(option, line, k));
            let index = first_line(self.model, option) + line;
            let moments = self.sums.lines[index];
            self.mean(mean, &moments);
            if own != 0.0 {
                self.put(share, ratio(moments.mean(), own), f64::NAN);
            }
            for month in 0..months {
                for k in 0..3 {
                    let sum = self.sums.ledger[(index * months + month) * 3 + k];
                    let at = self.layout.ledger(option, line, month, k);
                    self.put(at, sum / n, f64::NAN);
                }
            }
        }
    }

    /// The mean total of the trials that the lines come from, which the shares are of.
    fn detailed_total(&self, option: usize) -> Option<f64> {
        let months = self.model.horizon as usize + 1;
        self.sums.cumulative.get(option * months + months - 1).map(|sum| sum / self.sums.detailed)
    }

    fn bands(&mut self, option: usize) {
        let months = self.model.horizon as usize + 1;
        for month in 0..months {
            let place = option * months + month;
            let bins = &self.counts.bands[place];
            let mean = self.sums.cumulative[place] / self.sums.detailed;
            self.put(self.layout.band(option, month, 0), mean, f64::NAN);
            self.put_quantiles(self.layout.band(option, month, 1), bins, &BAND_QUANTILES, 1.0);
        }
    }

    fn curves(&mut self, option: usize) {
        let months = self.model.horizon as usize;
        let counts = self.counts;
        let of = |table: &[u64]| table[option * months..][..months].to_vec();
        // Until a known launch there is nothing to be drawn.
        let launch = self.model.program.constant(self.model.options[option].launch).map_or(0.0, f64::ceil);
        let (first, lasting, cheaper) = (of(&counts.first), of(&counts.lasting), of(&counts.cheaper));
        for month in 1..=months {
            let up_to = |table: &[u64]| table[..month].iter().sum::<u64>();
            let curves = [
                (MonthlyCurve::Cheaper, cheaper[month - 1]),
                (MonthlyCurve::PaidBack, up_to(&first)),
                (MonthlyCurve::StaysCheaper, up_to(&lasting)),
            ];
            for (curve, count) in curves {
                self.share(self.layout.curve(option, curve, month), count, counts.trials);
                if month as f64 <= launch {
                    self.figures.steps[self.layout.curve(option, curve, month)] = 0.0;
                }
            }
        }
        for (is_lasting, table) in [(false, &first), (true, &lasting)] {
            let never = counts.trials - table.iter().sum::<u64>();
            self.share(self.layout.never(option, is_lasting), never, counts.trials);
            for (k, p) in MONTH_QUANTILES.iter().enumerate() {
                let month = month_quantile(table, *p, counts.trials);
                self.put(self.layout.break_even_month(option, is_lasting, k), month, f64::NAN);
            }
        }
    }

    fn volumes(&mut self, option: usize, volumes: &[f64]) {
        let counts = &self.counts.volumes[option * VOLUMES..][..VOLUMES];
        for (k, count) in counts.iter().enumerate() {
            self.share(self.layout.cheaper_by_volume(option, k), *count, self.counts.in_curves);
        }
        let even = median_break_even_volume(volumes, counts, self.counts.in_curves, &self.counts.crossings[option]);
        self.put(self.layout.median_break_even_volume(option), even, f64::NAN);
        let at = |i: usize, k: usize| self.sums.volumes[i * VOLUMES + k];
        let saving = |k: usize| (at(self.model.baseline, k) - at(option, k)) / self.counts.in_curves as f64;
        let savings: Vec<f64> = (0..VOLUMES).map(saving).collect();
        for (k, saving) in savings.iter().enumerate() {
            self.put(self.layout.saving_by_volume(option, k), *saving, f64::NAN);
        }
        self.put(self.layout.mean_break_even_volume(option), mean_break_even_volume(volumes, &savings), f64::NAN);
    }
}

/// A part of a whole. Both are sums of the same numbers, in orders of their own: what differs by rounding is the same.
fn ratio(part: f64, whole: f64) -> f64 {
    let ratio = part / whole;
    if (ratio - 1.0).abs() < 1e-12 { 1.0 } else { ratio }
}
