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

use super::slices::{SlicePlan, Slices};
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
    /// By variable: where along its range another option than the choice has the lowest mean total.
    pub flips: Vec<Vec<Flip>>,
}

/// The trials in which a variable lies in a part of its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Its mean there.
    pub value: f64,
    /// The share of the trials.
    pub share: f64,
    /// Mean total by option.
    pub totals: Vec<f64>,
    /// By option, the probability of being the cheapest candidate.
    pub p_cheapest: Vec<f64>,
}

/// A part of a variable's range in which another option than the choice has the lowest mean total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// The option.
    pub option: usize,
    /// Where it begins; `None` where that is the range's own end.
    pub from: Option<Estimate>,
    /// Where it ends.
    pub to: Option<Estimate>,
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
    pub fn information(&self, model: &Model, plan: &SlicePlan) -> Information {
        let study = Study::new(self, model, plan);
        let variables = 0..plan.variables();
        Information {
            everything: study.everything(),
            inputs: variables.clone().map(|v| study.worth(v)).collect(),
            ranges: variables.clone().map(|v| study.range(v)).collect(),
            flips: variables.map(|v| study.flips(v)).collect(),
        }
    }
}

struct Study<'a> {
    gathered: &'a Gathered,
    candidates: Vec<usize>,
    plan: &'a SlicePlan,
    options: usize,
    /// All randomisations' sums by slice.
    pooled: Vec<f64>,
}

impl<'a> Study<'a> {
    fn new(gathered: &'a Gathered, model: &Model, plan: &'a SlicePlan) -> Study<'a> {
        let mut pooled = vec![0.0; gathered.parts.first().map_or(0, |(_, _, sums)| sums.len())];
        for (_, _, sums) in &gathered.parts {
            pooled.iter_mut().zip(sums).for_each(|(all, x)| *all += x);
        }
        Study { gathered, candidates: model.candidates(), plan, options: model.options.len(), pooled }
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

    /// Mean cost above the cheapest candidate, by the choice of all randomisations but `r`, in `r`.
    fn everything(&self) -> Option<Estimate> {
        let parts = &self.gathered.parts;
        self.estimate(|r| {
            let others = |i: usize| parts.iter().enumerate().filter(|(q, _)| *q != r).map(|(_, p)| p.0 * p.1[i]).sum();
            parts[r].1[self.least(others)]
        })
    }

    fn worth(&self, variable: usize) -> Option<Estimate> {
        let slices = self.plan.slices(variable);
        if slices.is_empty() {
            return None;
        }
        let pooled = self.plan.table(&self.pooled);
        self.estimate(|r| {
            let (trials, _, sums) = &self.gathered.parts[r];
            let own = self.plan.table(sums);
            let others = |s: usize, i: usize| pooled.cost(s, i) - own.cost(s, i);
            let blind = self.least(|i| slices.clone().map(|s| others(s, i)).sum());
            let saved = |s: usize| {
                let known = pooled.count(s) > own.count(s);
                let informed = if known { self.least(|i| others(s, i)) } else { blind };
                own.cost(s, blind) - own.cost(s, informed)
            };
            slices.clone().map(saved).sum::<f64>() / trials
        })
    }

    fn range(&self, variable: usize) -> Vec<Slice> {
        let table = self.plan.table(&self.pooled);
        let all: f64 = self.gathered.parts.iter().map(|(trials, ..)| trials).sum();
        let filled = self.plan.slices(variable).filter(|s| !self.pooled.is_empty() && table.count(*s) > 0.0);
        filled.map(|s| self.slice(&table, s, all)).collect()
    }

    fn slice(&self, table: &Slices<'_>, s: usize, all: f64) -> Slice {
        let count = table.count(s);
        let by_option = |f: &dyn Fn(usize) -> f64| (0..self.options).map(|i| f(i) / count).collect();
        Slice {
            value: table.values(s) / count,
            share: count / all,
            totals: by_option(&|i| table.cost(s, i)),
            p_cheapest: by_option(&|i| table.wins(s, i)),
        }
    }

    /// Neighbouring slices in which the same other option is the cheapest on average, by more than chance.
    fn flips(&self, variable: usize) -> Vec<Flip> {
        let table = self.plan.table(&self.pooled);
        let filled = |s: &usize| !self.pooled.is_empty() && table.count(*s) > 0.0;
        let slices: Vec<usize> = self.plan.slices(variable).filter(filled).collect();
        let undefined = slices.iter().any(|s| !table.values(*s).is_finite());
        if self.candidates.len() < 2 || undefined {
            return Vec::new();
        }
        let choice = self.least(|i| slices.iter().map(|s| table.cost(*s, i)).sum());
        let best: Vec<usize> = slices.iter().map(|s| self.least(|i| table.cost(*s, i))).collect();
        let mut flips = Vec::new();
        let mut start = 0;
        for run in best.chunk_by(|a, b| a == b) {
            let (part, option) = (start..start + run.len(), run[0]);
            start = part.end;
            if option != choice && self.is_cheaper(&slices[part.clone()], option, choice) {
                let between = |after: usize| self.crossing([slices[after - 1], slices[after]], [option, choice]);
                let from = (part.start > 0).then(|| between(part.start)).flatten();
                let to = (part.end < slices.len()).then(|| between(part.end)).flatten();
                flips.push(Flip { option, from, to });
            }
        }
        flips
    }

    /// Where between two neighbouring slices two options cost the same, by straight lines between the slices' means. Its
    /// error is the jackknife's over the randomisations.
    fn crossing(&self, slices: [usize; 2], options: [usize; 2]) -> Option<Estimate> {
        let without: Vec<f64> = (0..self.gathered.parts.len()).map(|r| self.cross(slices, options, Some(r))).collect();
        Estimate::jackknife(self.cross(slices, options, None), &without)
    }

    /// The same, on request without one of the randomisations.
    fn cross(&self, slices: [usize; 2], [option, other]: [usize; 2], without: Option<usize>) -> f64 {
        let sum = |number: &dyn Fn(Slices<'_>) -> f64| {
            let left_out = without.map_or(0.0, |r| number(self.plan.table(&self.gathered.parts[r].2)));
            number(self.plan.table(&self.pooled)) - left_out
        };
        let [(x0, d0), (x1, d1)] = slices.map(|s| {
            let count = sum(&|table| table.count(s));
            let difference = sum(&|table| table.cost(s, option) - table.cost(s, other));
            (sum(&|table| table.values(s)) / count, difference / count)
        });
        let share = d0 / (d0 - d1);
        // Where a third option lies between the two, they need not cross here.
        let share = if (-1.0..=2.0).contains(&share) { share } else { 0.5 };
        x0 + share * (x1 - x0)
    }

    /// Whether an option costs less than another over some slices, with more than the confidence of 97.5 %.
    fn is_cheaper(&self, slices: &[usize], option: usize, other: usize) -> bool {
        let saved = self.estimate(|r| {
            let table = self.plan.table(&self.gathered.parts[r].2);
            slices.iter().map(|s| table.cost(*s, other) - table.cost(*s, option)).sum()
        });
        saved.is_some_and(|saved| saved.reach(0.95).is_some_and(|reach| saved.value > reach))
    }
}
