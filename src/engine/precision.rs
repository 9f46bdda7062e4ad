//! Running until the figures that decide are as precise as asked for.
//!
//! Looking often and stopping at the first good look would stop too early too often. Looks are few, after 16, 32, 64, …
//! randomisations, and look j is at level 0.05·2^−j: all of them together err in at most 5 % of runs, however many they
//! are. Only the seed decides where a run stops.

use super::figures::Figures;
use super::layout::{Curve, Layout, Stat};
use super::metric::Metric;
use crate::model::Model;
use crate::stats::Estimate;

/// How precise a run is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// The reach of the 95 % intervals: relative for the mean total of every option, absolute for probabilities.
    pub wanted: f64,
    /// No look is taken beyond so many trials, except the first.
    pub max_trials: u64,
}

/// How precise a run has become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// What was asked for.
    pub asked: Precision,
    /// The widest reach of those that count, at the level of the last look.
    pub reach: f64,
}

impl Reached {
    /// Whether that is enough.
    pub fn is_enough(&self) -> bool {
        self.reach <= self.asked.wanted
    }
}

/// The confidence of the intervals at a look, from 1.
fn confidence(look: i32) -> f64 {
    1.0 - 0.05 * crate::math::powi(0.5, look)
}

/// The widest reach of the figures that count at a look, from 1.
pub(super) fn reach(model: &Model, layout: &Layout, figures: &Figures, trials: u64, look: i32) -> f64 {
    let at = |place| figures.at(place);
    let mut reach: f64 = 0.0;
    for option in 0..model.options.len() {
        let total = at(layout.metric(option, Metric::Total, Stat::Mean));
        reach = reach.max(relative(total, look));
    }
    let cheapest = model.candidates().into_iter().map(|i| layout.ranking(i, 0));
    let challengers = model.challengers().into_iter().flat_map(|i| {
        let cheaper = layout.curve(i, Curve::Cheaper, model.horizon as usize);
        [cheaper, layout.break_even(i, false, 0), layout.break_even(i, true, 0)]
    });
    cheapest.chain(challengers).fold(reach, |reach, place| reach.max(absolute(at(place), trials, look)))
}

/// The reach of a mean as a share of its size; a mean that is 0 without error is exact.
fn relative(mean: Option<Estimate>, look: i32) -> f64 {
    let reach = mean.and_then(|e| Some((e.reach(confidence(look))?, e.value.abs())));
    match reach {
        Some((0.0, _)) => 0.0,
        Some((reach, size)) => reach / size,
        None => f64::INFINITY,
    }
}

/// The reach of a probability. Trials that all agree have no spread, but by the rule of three say how far it may be off:
/// an event of probability −ln(1 − confidence)/n is missed by n trials with that confidence.
fn absolute(p: Option<Estimate>, trials: u64, look: i32) -> f64 {
    let confidence = confidence(look);
    match p.and_then(|e| Some((e.reach(confidence)?, e.value))) {
        Some((_, 0.0 | 1.0)) => -crate::math::ln(1.0 - confidence) / trials as f64,
        Some((reach, _)) => reach,
        None => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_looks_together_err_in_five_percent() {
        let error: f64 = (1..60).map(|look| 1.0 - confidence(look)).sum();
        assert!((error - 0.05).abs() < 1e-12);
    }

    #[test]
    fn reaches() {
        let e = |value, error| Estimate::new(value, error, 15.0);
        // t(15) at 1 - 0.0125 is 2.489 8797...
        assert!((relative(e(-200.0, 1.0), 1) - 2.489_879_6 / 200.0).abs() < 1e-8);
        assert_eq!((relative(e(0.0, 0.0), 1), relative(e(0.0, 1.0), 1)), (0.0, f64::INFINITY));
        assert_eq!((relative(e(1.0, f64::NAN), 1), relative(None, 1)), (f64::INFINITY, f64::INFINITY));
        assert!((absolute(e(0.25, 0.01), 1024, 1) - 0.024_898_796).abs() < 1e-8);
        assert!((absolute(e(1.0, 0.0), 1000, 1) - 3.688_879_454e-3).abs() < 1e-9);
    }
}
