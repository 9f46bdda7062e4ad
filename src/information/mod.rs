//! What it would be worth to know more before deciding.
//!
//! Expected value of perfect information, of everything (EVPI) and of one variable (EVPPI): by how much the mean cost
//! falls if the option is chosen after learning it. See J. Oakley, A. Brennan, P. Tappenden and J. Chilcott, "Simulation
//! sample sizes for Monte Carlo partial EVPI calculations", J. Health Econ. 29 (2010), and M. Strong and J. Oakley, "An
//! efficient method for computing single-parameter partial expected value of perfect information", Med. Decis. Making
//! 33 (2013), whose slices are used here.
//!
//! Choosing an option and costing it on the same trials is optimistic: with noise alone the choice would look good. Costing
//! each randomisation with options chosen by all the others is pessimistic: with few trials some are chosen wrongly. The
//! middle of both is reported; its error holds the spread over the randomisations and how far the two are apart. A
//! variable that does nothing is worth 0 within it.

mod distinct;
mod first_order;
mod flips;
mod levels;
mod one_way;
mod ranking;
mod slices;
mod worth;

pub(crate) use distinct::Distinct;
pub(crate) use flips::{Border, Find};
pub use flips::{Crossing, Flip};
pub use one_way::Slice;
pub(crate) use ranking::{equals, no_dearer, rank, wins};
pub(crate) use slices::SlicePlan;
pub(crate) use worth::between;

use flips::flips;
use rayon::prelude::*;

use crate::stats::{Estimate, Moments};

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

/// What the trials of one randomisation came to.
#[derive(Clone, Debug)]
pub struct Gathering {
    /// How many they are.
    pub trials: f64,
    /// Mean cost above the cheapest candidate, by option.
    pub regret: Vec<f64>,
    /// Sums by slice.
    pub slices: Vec<f64>,
    /// By option, of its total and of its saving, over the same trials; empty where no shares of variance are asked for.
    pub moments: Vec<[Moments; 2]>,
}

/// The randomisations' sums, as far as the value of information needs them.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    parts: Vec<Gathering>,
}

/// The options that are chosen from.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    /// The numbers of those that can be chosen.
    pub candidates: &'a [usize],
    /// How many there are in all.
    pub options: usize,
    /// Which the others are compared with.
    pub baseline: usize,
}

impl Gathered {
    /// Takes what a randomisation came to.
    pub fn add(&mut self, gathering: Gathering) {
        self.parts.push(gathering);
    }

    /// What it all comes to. `variances` are those of the total and of the saving of an option over the sliced trials;
    /// `find` finds crossings.
    ///
    /// # Errors
    /// What `find` says.
    pub fn information<E: Send>(
        &self,
        choices: Choices<'_>,
        plan: &SlicePlan,
        variances: impl Fn(usize) -> [f64; 2] + Sync,
        find: Find<'_, E>,
    ) -> Result<Information, E> {
        let study = Study::new(self, choices, plan);
        let variables = 0..plan.variables();
        let crossings = variables.clone().into_par_iter().map(|v| study.crossings(v, &study.parts(v), find));
        let crossings: Vec<Vec<Crossing>> = crossings.collect::<Result<_, _>>()?;
        let choice = study.choice();
        Ok(Information {
            everything: study.everything(),
            inputs: variables.clone().into_par_iter().map(|v| study.worth(v)).collect(),
            ranges: variables.into_par_iter().map(|v| study.range(v)).collect(),
            first_order: study.first_order(&variances),
            flips: crossings.iter().map(|crossings| flips(choice, crossings)).collect(),
            crossings,
        })
    }
}

struct Study<'a> {
    gathered: &'a Gathered,
    choices: Choices<'a>,
    plan: &'a SlicePlan,
    /// All randomisations' sums by slice.
    pooled: Vec<f64>,
}

impl<'a> Study<'a> {
    fn new(gathered: &'a Gathered, choices: Choices<'a>, plan: &'a SlicePlan) -> Study<'a> {
        let mut pooled = vec![0.0; gathered.parts.first().map_or(0, |part| part.slices.len())];
        for part in &gathered.parts {
            pooled.iter_mut().zip(&part.slices).for_each(|(all, x)| *all += x);
        }
        Study { gathered, choices, plan, pooled }
    }

    /// By randomisation and option: the mean total.
    fn means(&self) -> Vec<Vec<f64>> {
        let mean = |part: &Gathering| {
            let table = self.plan.table(&part.slices);
            let of = |i: usize| self.plan.slices(0).map(|s| table.cost(s, i)).sum::<f64>() / part.trials;
            (0..self.choices.options).map(of).collect()
        };
        self.gathered.parts.iter().map(mean).collect()
    }

    /// The candidate with the lowest mean total.
    fn choice(&self) -> usize {
        let table = self.plan.table(&self.pooled);
        let slices = if self.pooled.is_empty() { 0..0 } else { self.plan.slices(0) };
        self.least(|i| slices.clone().map(|s| table.cost(s, i)).sum())
    }

    /// The candidate with the least of some numbers; of equal ones the first.
    fn least(&self, number: impl Fn(usize) -> f64) -> usize {
        let first = self.choices.candidates.first().copied().unwrap_or(0);
        self.choices
            .candidates
            .iter()
            .fold((first, number(first)), |best, i| if number(*i) < best.1 { (*i, number(*i)) } else { best })
            .0
    }

    /// The mean of a number over the randomisations with the error of its spread.
    fn estimate(&self, each: impl Fn(usize) -> f64) -> Option<Estimate> {
        let values: Vec<f64> = (0..self.gathered.parts.len()).map(each).collect();
        Estimate::of_means(&values).filter(|_| values.len() > 1 && self.choices.candidates.len() > 1)
    }
}
