//! What it would be worth to know more before deciding.
//!
//! Expected value of perfect information, of everything (EVPI) and of one variable (EVPPI): by how much the mean cost
//! falls if the option is chosen after learning it. See J. Oakley, A. Brennan, P. Tappenden and J. Chilcott, "Simulation
//! sample sizes for Monte Carlo partial EVPI calculations", J. Health Econ. 29 (2010), and M. Strong and J. Oakley, "An
//! efficient method for computing single-parameter partial expected value of perfect information", Med. Decis. Making
//! 33 (2013), whose slices are used here.
//!
//! Choosing an option and costing it on the same trials is optimistic: with noise alone the choice would look good. Each
//! randomisation is costed with options chosen by all the others, with and without the information, and the spread of
//! what comes out is the error. A variable that does nothing then is worth 0 within its error.

mod flips;
mod one_way;
mod worth;

pub use flips::{Crossing, Flip};
pub use one_way::Slice;

use flips::Part;

use super::metric::Metric;
use super::slices::SlicePlan;
use super::sums::Sums;
use crate::model::Model;
use crate::stats::Estimate;

/// What is known of costs along the range of each variable.
#[derive(Clone, Debug)]
pub struct Information {
    /// The value of knowing everything beforehand; of random retrains too, so that it is an upper bound where there are
    /// any. `None` without candidates to choose from, or an error to know it by.
    pub everything: Option<Estimate>,
    /// By variable: the value of knowing it.
    pub inputs: Vec<Option<Estimate>>,
    /// By variable: its slices.
    pub ranges: Vec<Vec<Slice>>,
    /// By variable and option, the share of the variance of its total that the variable explains by itself, and of that
    /// of its saving against the baseline.
    pub first_order: Vec<Vec<[Option<Estimate>; 2]>>,
    /// By variable: where along its range another option than the choice has the lowest mean total.
    pub flips: Vec<Vec<Flip>>,
    /// By variable: the values at which the option with the lowest mean total changes, in rising order.
    pub crossings: Vec<Vec<Crossing>>,
}

/// The randomisations' sums, as far as the value of information needs them.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Of each randomisation: trials, mean cost above the cheapest candidate by option, sums by slice.
    parts: Vec<(f64, Vec<f64>, Vec<f64>)>,
}

impl Gathered {
    /// Takes the sums by slice of a randomisation, if it was run in detail.
    pub fn add(&mut self, sums: &mut Sums) {
        if sums.detailed > 0.0 {
            let regret = sums.regret.iter().map(|moments| moments.mean()).collect();
            self.parts.push((sums.detailed, regret, std::mem::take(&mut sums.slices)));
        }
    }

    /// What it all comes to.
    pub fn information(&self, model: &Model, plan: &SlicePlan, sums: &Sums) -> Information {
        let study = Study::new(self, model, plan);
        let variance = |option: usize, metric: Metric| {
            let moments = sums.metrics.get(option * Metric::ALL.len() + metric.index());
            moments.and_then(|m| m.sd()).map_or(f64::NAN, |sd| sd * sd)
        };
        let variables = 0..plan.variables();
        let parts: Vec<Vec<Part>> = variables.clone().map(|v| study.parts(v)).collect();
        Information {
            everything: study.everything(),
            inputs: variables.clone().map(|v| study.worth(v)).collect(),
            ranges: variables.clone().map(|v| study.range(v)).collect(),
            first_order: variables.map(|v| study.first_order(v, &variance)).collect(),
            flips: parts.iter().map(|parts| study.flips(parts)).collect(),
            crossings: parts.iter().map(|parts| study.crossings(parts)).collect(),
        }
    }
}

struct Study<'a> {
    gathered: &'a Gathered,
    candidates: Vec<usize>,
    plan: &'a SlicePlan,
    options: usize,
    baseline: usize,
    /// All randomisations' sums by slice.
    pooled: Vec<f64>,
}

impl<'a> Study<'a> {
    fn new(gathered: &'a Gathered, model: &Model, plan: &'a SlicePlan) -> Study<'a> {
        let mut pooled = vec![0.0; gathered.parts.first().map_or(0, |(_, _, sums)| sums.len())];
        for (_, _, sums) in &gathered.parts {
            pooled.iter_mut().zip(sums).for_each(|(all, x)| *all += x);
        }
        let (candidates, options) = (model.candidates(), model.options.len());
        Study { gathered, candidates, plan, options, baseline: model.baseline, pooled }
    }

    /// The candidate with the least of some numbers; of equal ones the first.
    fn least(&self, number: impl Fn(usize) -> f64) -> usize {
        let first = self.candidates.first().copied().unwrap_or(0);
        self.candidates
            .iter()
            .fold((first, number(first)), |best, i| if number(*i) < best.1 { (*i, number(*i)) } else { best })
            .0
    }

    /// The mean of a number over the randomisations with the error of its spread.
    fn estimate(&self, each: impl Fn(usize) -> f64) -> Option<Estimate> {
        let values: Vec<f64> = (0..self.gathered.parts.len()).map(each).collect();
        Estimate::of_means(&values).filter(|_| values.len() > 1 && self.candidates.len() > 1)
    }
}
