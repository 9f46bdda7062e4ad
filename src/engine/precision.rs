//! Running until the figures that decide are as precise as asked for.
//!
//! Looking often and stopping at the first good look would stop too early too often. Looks are few, after 16, 32, 64, …
//! randomisations, and look j is at level 0.05·2^−j: all of them together err in at most 5 % of runs, however many they
//! are. Only the seed decides where a run stops.
//!
//! Errors tell nothing of what was not drawn. So a mean is off by no more than its error allows and what the trials carry
//! that a run has hardly drawn ([`Tails`]), and a probability by no more than that of being among them.

use super::figures::Figures;
use super::layout::Layout;
use super::metric::Metric;
use super::statistic::{MonthlyCurve, Rank, Stat};
use super::tails::{FEW, Tail, Tails};
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
    /// What stands in the way, where it is trials that were hardly drawn.
    pub tail: Option<Tail>,
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

/// How precise the figures that count are at a look, from 1.
pub(super) fn reached(
    asked: Precision,
    (model, layout, figures): (&Model, &Layout, &Figures),
    tails: &Tails,
    trials: u64,
    look: i32,
) -> Reached {
    let mut reached = Reached { asked, reach: probabilities(model, layout, figures, trials, look), tail: None };
    for option in 0..model.options.len() {
        let total = figures.at(layout.metric(option, Metric::Total, Stat::Mean));
        let tail = tails.hardly_drawn(option, trials);
        let (own, carried) = relative(total, tail.map_or(0.0, |tail| tail.carried), look);
        if own + carried > reached.reach {
            reached.tail = tail.filter(|_| carried > own);
            reached.reach = own + carried;
        }
    }
    reached
}

/// The widest reach of the probabilities that count.
fn probabilities(model: &Model, layout: &Layout, figures: &Figures, trials: u64, look: i32) -> f64 {
    let at = |place| figures.at(place);
    let cheapest = model.candidates().into_iter().map(|i| layout.rank(i, Rank::Cheapest));
    let challengers = model.challengers().into_iter().flat_map(|i| {
        let cheaper = layout.curve(i, MonthlyCurve::Cheaper, model.horizon as usize);
        [cheaper, layout.never(i, false), layout.never(i, true)]
    });
    cheapest.chain(challengers).fold(0.0, |reach: f64, place| reach.max(absolute(at(place), trials, look)))
}

/// The reach of a mean, and what is carried of it by trials hardly drawn, as shares of its size; a mean that is 0 without
/// error is exact.
fn relative(mean: Option<Estimate>, carried: f64, look: i32) -> (f64, f64) {
    let reach = mean.and_then(|e| Some((e.half_width(confidence(look))?, e.value.abs())));
    let share = |x: f64, size: f64| if x == 0.0 { 0.0 } else { x / size };
    match reach {
        Some((reach, size)) => (share(reach, size), share(carried, size)),
        None => (f64::INFINITY, 0.0),
    }
}

/// The reach of a probability. Trials that all agree have no spread, but by the rule of three say how far it may be off:
/// an event of probability −ln(1 − confidence)/n is missed by n trials with that confidence. What is hardly drawn may add
/// its own probability to any.
fn absolute(p: Option<Estimate>, trials: u64, look: i32) -> f64 {
    let confidence = confidence(look);
    match p.and_then(|e| Some((e.half_width(confidence)?, e.value))) {
        Some((_, 0.0 | 1.0)) => -crate::math::ln(1.0 - confidence) / trials as f64,
        Some((reach, _)) => reach + FEW / trials as f64,
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
        let (own, carried) = relative(e(-200.0, 1.0), 3.0, 1);
        assert!((own - 2.489_879_6 / 200.0).abs() < 1e-8 && carried == 3.0 / 200.0);
        assert_eq!((relative(e(0.0, 0.0), 0.0, 1).0, relative(e(0.0, 1.0), 0.0, 1).0), (0.0, f64::INFINITY));
        assert_eq!((relative(e(1.0, f64::NAN), 0.0, 1).0, relative(None, 0.0, 1).0), (f64::INFINITY, f64::INFINITY));
        assert!((absolute(e(0.25, 0.01), 1024, 1) - 0.024_898_796 - 10.0 / 1024.0).abs() < 1e-8);
        assert!((absolute(e(1.0, 0.0), 1000, 1) - 3.688_879_454e-3).abs() < 1e-9);
    }
}
