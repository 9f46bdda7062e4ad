//! Which candidate would be the cheapest if every bad answer, of every option, cost the same.
//!
//! The total of option *i* is then Bᵢ + c·Fᵢ, with *c* that cost, Fᵢ the discounted bad answers of whoever serves, and Bᵢ
//! the total without what the scenario charges for them.

use super::block::{NotFinite, Worker};
use super::counts::Counts;
use crate::information::{rank, wins};
use crate::math;
use crate::model::{Model, Outcomes, PathOutcomes};
use crate::quantity::Reg;
use crate::sample::BLOCK;
use crate::scenario::{Field, Scenario};
use crate::stats::{Merge, Moments, sum};
use crate::vector::kernels;

/// Costs of a bad answer that are looked at: two decades below the central one to two above, ten to a decade.
pub const FAILURE_COSTS: usize = 41;
/// Sums of each option: the total without bad answers, and their number.
pub(super) const SUMS: usize = 2;

/// The costs, around a central one; none where there is none.
pub fn failure_costs(centre: Option<f64>) -> Vec<f64> {
    let cost = |centre: f64, k: usize| centre * math::pow(10.0, (k as f64 - 20.0) / 10.0);
    centre.map_or_else(Vec::new, |centre| (0..FAILURE_COSTS).map(|k| cost(centre, k)).collect())
}

/// A block that was run in detail.
pub struct Ran<'a> {
    /// What it came to.
    pub outcomes: &'a Outcomes,
    /// How.
    pub path: &'a PathOutcomes,
}

/// Counts which candidate is the cheapest at each cost, and hands back the sums by option. `room` has a column for each.
pub fn count(model: &Model, costs: &[f64], block: &Ran<'_>, counts: &mut Counts, room: &mut [Vec<f64>]) -> Vec<f64> {
    let candidates = model.candidates();
    if costs.is_empty() {
        return Vec::new();
    }
    let mut sums = vec![0.0; model.options.len() * SUMS];
    candidates.iter().for_each(|i| sums[i * SUMS..][..SUMS].copy_from_slice(&block.sums(*i)));
    let (mut best, mut winner) = ([0.0; BLOCK], [0.0; BLOCK]);
    for (k, cost) in costs.iter().enumerate() {
        let mut n = 0;
        for i in &candidates {
            let Some(bad) = block.path.bad_answers(*i) else { return sums };
            n = bad[0].len();
            charge(block.outcomes.totals(*i), bad, *cost, &mut room[*i][..n]);
        }
        rank(&candidates, |i| &room[i][..n], &mut best[..n], &mut winner[..n]);
        for i in &candidates {
            counts.cheapest_by_failure_cost[i * FAILURE_COSTS + k] += wins(&winner[..n], *i);
        }
    }
    sums
}

impl Ran<'_> {
    /// The total of an option without bad answers, and their number, added up.
    fn sums(&self, option: usize) -> [f64; SUMS] {
        let total = sum(self.outcomes.totals(option));
        let [bad, charged] = self.path.bad_answers(option).map_or([0.0; 2], |columns| columns.map(sum));
        [total - charged, bad]
    }
}

kernels! {
    /// Totals in which bad answers cost something else.
    fn charge(totals: &[f64], answers: [&[f64]; 2], cost: f64, out: &mut [f64]) {
        let n = out.len();
        let (totals, [bad, charged]) = (&totals[..n], answers.map(|x| &x[..n]));
        for t in 0..n {
            out[t] = totals[t] - charged[t] + cost * bad[t];
        }
    }
}

/// The cost of a bad answer at which an option with fewer of them comes to cost as much as another. `a` and `b` are their
/// sums. Nothing where one costs less at any cost above zero.
pub fn crossing(a: &[f64], b: &[f64]) -> Option<f64> {
    let cost = (b[0] - a[0]) / (a[1] - b[1]);
    (cost.is_finite() && cost > 0.0).then_some(cost)
}

/// What finds the central cost: the mean of the baseline's own; where it has none, where the candidate changes that costs
/// least on average.
#[derive(Debug)]
pub struct Centre {
    own: Option<Reg>,
    moments: Moments,
    sums: Vec<f64>,
}

impl Centre {
    /// Of a scenario in which some answers are bad.
    pub fn new(scenario: &Scenario, model: &Model) -> Option<Centre> {
        let own = scenario.options[model.baseline].get(Field::CostPerFailure);
        let own = own.filter(|cost| model.program.constant(*cost) != Some(0.0));
        let sums = vec![0.0; model.options.len() * SUMS];
        model.has_failures().then(|| Centre { own, moments: Moments::default(), sums })
    }

    /// Looks at a block of trials that was drawn.
    ///
    /// # Errors
    /// A quantity that is not finite in some month.
    pub fn see(&mut self, model: &Model, worker: &mut Worker, n: usize) -> Result<(), NotFinite> {
        if let Some(own) = self.own {
            if model.program.is_monthly(own) {
                worker.first_month(model, n);
            }
            self.moments.merge(&Moments::of(worker.registers.column(own, n)));
            return Ok(());
        }
        let block = worker.in_detail(model, n)?;
        for i in model.candidates() {
            let sums = self.sums[i * SUMS..][..SUMS].iter_mut();
            sums.zip(block.sums(i)).for_each(|(sum, x)| *sum += x);
        }
        Ok(())
    }

    /// The central cost, if it is above zero.
    pub fn cost(&self, model: &Model) -> Option<f64> {
        let found = match self.own {
            Some(_) => Some(self.moments.mean()),
            None => frontier(&model.candidates(), |i| &self.sums[i * SUMS..][..SUMS]).first().map(|(cost, _)| *cost),
        };
        found.filter(|cost| cost.is_finite() && *cost > 0.0)
    }
}

/// Where, from a cost of zero on, the candidate changes that costs least, and to which.
pub fn frontier<'a>(candidates: &[usize], sums: impl Fn(usize) -> &'a [f64]) -> Vec<(f64, usize)> {
    let least = |a: usize, b: usize| if sums(b)[0] < sums(a)[0] { b } else { a };
    let Some(mut now) = candidates.iter().copied().reduce(least) else { return Vec::new() };
    let mut found = Vec::new();
    loop {
        let fewer = candidates.iter().copied().filter(|i| sums(*i)[1] < sums(now)[1]);
        let next = fewer.filter_map(|i| Some((crossing(sums(now), sums(i))?, i)));
        let Some(next) = next.min_by(|a, b| a.0.total_cmp(&b.0)) else { return found };
        found.push(next);
        now = next.1;
    }
}
