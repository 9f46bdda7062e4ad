//! One block of trials, from coordinates to counts and sums.

use super::counts::Counts;
use super::metric::Metric;
use super::sums::{LedgerSums, Sums, metric_moments};
use super::volume::{VolumeBlock, VolumePlan};
use crate::inputs::{Block, Inputs};
use crate::model::{Depth, EventKeys, Model, Outcomes, Walk};
use crate::quantity::Registers;
use crate::sample::{Axis, BLOCK};
use crate::stats::{Bins, Moments};

/// A value that is not finite, in the path of the field or total that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFinite(pub String);

/// What is the same for all blocks of a randomisation.
pub struct Randomisation {
    /// The axes of all variables.
    pub axes: Vec<Axis>,
    /// The keys of random retrains.
    pub keys: EventKeys,
}

/// The room of one worker.
pub struct Worker {
    /// Registers of the current block.
    pub registers: Registers,
    /// Outcomes of the current block.
    pub outcomes: Outcomes,
    /// Counts since they were cleared.
    pub counts: Counts,
    room: Block,
    walk: Walk,
    ledger: LedgerSums,
    column: Vec<f64>,
    totals: Vec<Vec<f64>>,
}

impl Worker {
    /// Room for a model; `edges` holds the bins of each binned metric.
    pub fn new(model: &Model, edges: &[Bins]) -> Worker {
        Worker {
            registers: Registers::new(&model.program, BLOCK),
            outcomes: Outcomes::new(model, BLOCK),
            counts: Counts::new(model, edges),
            room: Inputs::block(&model.program, BLOCK),
            walk: Walk::new(model, BLOCK),
            ledger: LedgerSums::new(model, BLOCK),
            column: Vec::with_capacity(BLOCK),
            totals: vec![vec![0.0; BLOCK]; model.options.len()],
        }
    }

    /// Draws a block.
    ///
    /// # Errors
    /// A quantity that is not finite in some trial.
    pub fn draw(
        &mut self,
        model: &Model,
        inputs: &Inputs,
        randomisation: &Randomisation,
        block: u64,
        n: usize,
    ) -> Result<(), NotFinite> {
        inputs.draw(&model.program, &randomisation.axes, block, n, &mut self.room, &mut self.registers);
        if let Some(check) = self.registers.take_not_finite() {
            return Err(NotFinite(model.program.checks[check].name.clone()));
        }
        self.walk.draw_events(model, &self.registers, &randomisation.keys, block, n);
        Ok(())
    }

    /// Simulates the block that was drawn and counts it; with detail also ledger, bands and volumes.
    ///
    /// # Errors
    /// A total that is not finite in some trial.
    pub fn simulate(
        &mut self,
        model: &Model,
        randomisation: &Randomisation,
        block: u64,
        n: usize,
        detail: Option<&VolumePlan>,
    ) -> Result<Sums, NotFinite> {
        self.months(model, n, detail.is_some());
        for (i, option) in model.options.iter().enumerate() {
            if self.outcomes.totals(i).iter().any(|x| !x.is_finite()) {
                return Err(NotFinite(format!("{}.total", option.name)));
            }
        }
        let mut sums = Sums::default();
        metric_moments(model, &self.outcomes, &mut self.column, &mut sums);
        self.rank(model, n, &mut sums);
        self.counts.trials += n as u64;
        self.counts.finish(model, &self.outcomes, &mut self.column);
        if let Some(volumes) = detail {
            self.ledger.finish(n, &mut sums);
            self.counts.detailed += n as u64;
            let mut at = VolumeBlock {
                number: block,
                n,
                room: &self.room,
                registers: &mut self.registers,
                walk: &mut self.walk,
                keys: &randomisation.keys,
                totals: &mut self.totals,
            };
            volumes.count(model, &mut at, &mut self.counts);
        }
        Ok(sums)
    }

    fn months(&mut self, model: &Model, n: usize, detail: bool) {
        self.walk.start(model, &self.registers, n, Depth::Kinds);
        self.outcomes.start(model, &self.registers, n);
        if detail {
            self.ledger.start(model, &self.registers, &self.outcomes, n);
            self.counts.band(model, &self.outcomes, 0);
        }
        for month in 1..=model.horizon {
            self.walk.advance(model, &self.registers);
            self.outcomes.month(model, &self.registers, &self.walk);
            self.counts.compare(model, &self.outcomes, month);
            if detail {
                self.ledger.month(model, &self.registers, &self.walk, &self.outcomes, n);
                self.counts.band(model, &self.outcomes, month);
            }
        }
    }

    /// Which candidate is cheapest in each trial, and what the others cost above it.
    fn rank(&mut self, model: &Model, n: usize, sums: &mut Sums) {
        let outcomes = &self.outcomes;
        let candidates = model.candidates();
        let hard = |i: usize, t: usize| outcomes.totals(i)[t] - outcomes.soft(i)[t];
        let mut winners = vec![0; n];
        self.column.clear();
        for (t, winner) in winners.iter_mut().enumerate() {
            let (cheapest, best) = cheapest(&candidates, |i| outcomes.totals(i)[t]);
            self.counts.cheapest[cheapest] += 1;
            self.counts.hard_cheapest[self::cheapest(&candidates, |i| hard(i, t)).0] += 1;
            *winner = cheapest;
            self.column.push(best);
        }
        let best = &self.column;
        sums.best = Moments::of(best.iter().copied());
        let baseline = outcomes.totals(model.baseline);
        for i in 0..model.options.len() {
            let totals = outcomes.totals(i);
            sums.hard.push(Moments::of((0..n).map(|t| hard(i, t))));
            sums.regret.push(Moments::of(totals.iter().zip(best).map(|(x, b)| x - b)));
            let won = |t: usize| if winners[t] == i { baseline[t] } else { 0.0 };
            sums.money.push(Moments::of((0..n).map(won)));
        }
    }

    /// The metric of an option in every trial of the block in which it is defined.
    pub fn metric(&mut self, model: &Model, option: usize, metric: Metric) -> &[f64] {
        metric.fill(model, &self.outcomes, option, &mut self.column);
        &self.column
    }
}

/// The first of the candidates within a relative 1e-9 of the lowest cost, and that lowest cost.
fn cheapest(candidates: &[usize], cost: impl Fn(usize) -> f64) -> (usize, f64) {
    let best = candidates.iter().map(|i| cost(*i)).fold(f64::INFINITY, f64::min);
    let limit = best + 1e-9 * best.abs();
    let first = candidates.iter().copied().find(|i| cost(*i) <= limit);
    (first.unwrap_or(0), best)
}

#[cfg(test)]
mod tests {
    use super::cheapest;

    #[test]
    fn ties_go_to_the_first_listed() {
        let costs = [5.0, 3.0 + 1e-12, 3.0];
        assert_eq!(cheapest(&[0, 1, 2], |i| costs[i]), (1, 3.0));
        assert_eq!(cheapest(&[0, 2], |i| costs[i]), (2, 3.0));
    }
}
