//! Which candidate is the cheapest so far at the end of each month, of those that are live.

use super::counts::Counts;
use crate::information::{rank, wins};
use crate::model::{Model, MonthlyCosts, TILE};
use crate::quantity::Registers;
use crate::vector::kernels;

/// Room for ranking the candidates of some trials.
#[derive(Clone, Debug)]
pub struct CheapestSoFar {
    candidates: Vec<usize>,
    /// By option: costs so far, infinite where it is not live.
    costs: Vec<Vec<f64>>,
    best: Vec<f64>,
    winner: Vec<f64>,
}

impl CheapestSoFar {
    /// For a model.
    pub fn new(model: &Model) -> CheapestSoFar {
        let column = || vec![0.0; TILE];
        let costs = model.options.iter().map(|_| column()).collect();
        CheapestSoFar { candidates: model.candidates(), costs, best: column(), winner: column() }
    }

    /// Counts the current month of some trials.
    pub fn month(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts, counts: &mut Counts) {
        let (trials, months) = (monthly.trials(), model.horizon as usize);
        let (n, month) = (trials.len(), monthly.month());
        for i in &self.candidates {
            let costs = &mut self.costs[*i][..n];
            costs.copy_from_slice(monthly.total(*i));
            let place = i * months + month as usize - 1;
            counts.live[place] += match *i == model.baseline {
                true => n as u64,
                false => live(registers.part(model.options[*i].absent_until, &trials), f64::from(month), costs),
            };
        }
        let (costs, best, winner) = (&self.costs, &mut self.best[..n], &mut self.winner[..n]);
        rank(&self.candidates, |i| &costs[i][..n], best, winner);
        none(best, winner);
        for i in &self.candidates {
            counts.cheapest_by_month[i * months + month as usize - 1] += wins(winner, *i);
        }
    }
}

kernels! {
    /// Makes costs infinite where an option is not live; says in how many trials it is.
    fn live(absent_until: &[f64], month: f64, costs: &mut [f64]) -> u64 {
        let n = costs.len();
        let (absent_until, mut count) = (&absent_until[..n], 0);
        for t in 0..n {
            let is_live = month > absent_until[t];
            costs[t] = if is_live { costs[t] } else { f64::INFINITY };
            count += u64::from(is_live);
        }
        count
    }

    /// Takes back winners of trials in which no candidate is live.
    fn none(best: &[f64], winner: &mut [f64]) {
        for (winner, best) in winner.iter_mut().zip(best) {
            *winner = if *best == f64::INFINITY { -1.0 } else { *winner };
        }
    }
}
