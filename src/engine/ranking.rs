//! Which candidate is the cheapest in each trial of a block, and what the options cost beside it.

use super::counts::Counts;
use super::failure_costs::Ran;
use super::sums::Sums;
use crate::information::{equals, no_dearer, rank, wins};
use crate::model::{Model, Outcomes};
use crate::sample::BLOCK;
use crate::stats::Moments;
use crate::vector::kernels;

/// Ranks the candidates of a block. Columns have one value per trial.
#[derive(Clone, Debug)]
pub struct Ranking {
    candidates: Vec<usize>,
    /// What the cheapest costs.
    best: Vec<f64>,
    /// Its number.
    winner: Vec<f64>,
}

impl Ranking {
    /// For the candidates of a model.
    pub fn new(model: &Model) -> Ranking {
        Ranking { candidates: model.candidates(), best: vec![0.0; BLOCK], winner: vec![0.0; BLOCK] }
    }

    /// The number of the cheapest candidate in each of the trials that were ranked.
    pub fn winner(&self, n: usize) -> &[f64] {
        &self.winner[..n]
    }

    /// Counts which candidate is the cheapest, and how often each costs no more than another.
    pub fn rank(&mut self, outcomes: &Outcomes, n: usize, counts: &mut Counts) {
        rank(&self.candidates, |i| outcomes.totals(i), &mut self.best[..n], &mut self.winner[..n]);
        let options = counts.cheapest.len();
        for i in &self.candidates {
            counts.cheapest[*i] += wins(&self.winner[..n], *i);
            for other in self.candidates.iter().filter(|other| *other != i) {
                counts.no_dearer[i * options + other] += no_dearer(outcomes.totals(*i), outcomes.totals(*other));
            }
        }
    }

    /// What the options cost above the cheapest candidate, and how they rank on invoices and people alone. `room` has a
    /// column for each option.
    pub fn compare(
        &mut self,
        model: &Model,
        ran: &Ran<'_>,
        room: &mut [Vec<f64>],
        counts: &mut Counts,
        sums: &mut Sums,
    ) {
        let baseline = ran.outcomes.totals(model.baseline);
        let n = baseline.len();
        let (best, winner) = (&mut self.best[..n], &mut self.winner[..n]);
        sums.best = Moments::of(best);
        for (i, column) in room.iter_mut().enumerate() {
            let (totals, column) = (ran.outcomes.totals(i), &mut column[..n]);
            less(totals, best, column);
            sums.regret.push(Moments::of(column));
            won(baseline, winner, i as f64, column);
            sums.money.push(Moments::of(column));
            less(totals, ran.path.soft(i), column);
            sums.hard.push(Moments::of(column));
            counts.detailed_cheapest[i] += wins(winner, i);
            counts.unbeaten[i] += equals(totals, best);
            counts.tied[i] += equals(totals, baseline);
        }
        // The trials' own cheapest is not needed any more.
        rank(&self.candidates, |i| &room[i][..n], best, winner);
        for i in &self.candidates {
            counts.hard_cheapest[*i] += wins(winner, *i);
        }
    }
}

kernels! {
    /// What is left of amounts without others.
    fn less(amounts: &[f64], others: &[f64], out: &mut [f64]) {
        for ((out, amount), other) in out.iter_mut().zip(amounts).zip(others) {
            *out = amount - other;
        }
    }

    /// Amounts in the trials that an option wins; 0 in others.
    fn won(amounts: &[f64], winner: &[f64], option: f64, out: &mut [f64]) {
        for ((out, amount), winner) in out.iter_mut().zip(amounts).zip(winner) {
            *out = if *winner == option { *amount } else { 0.0 };
        }
    }
}
