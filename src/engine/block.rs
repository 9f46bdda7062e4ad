//! One block of trials, from coordinates to counts and sums.

use super::cheapest::CheapestSoFar;
use super::counts::Counts;
use super::failure_costs::{self, Ran};
use super::lean::Lean;
use super::ledger::Ledger;
use super::metric::{Collected, Metric, Simulated};
use super::ranking::Ranking;
use super::spend::Spend;
use super::sums::{Sums, metric_moments};
use super::volume::{VolumeBlock, VolumePlan};
use crate::information::SlicePlan;
use crate::inputs::{Block, Inputs};
use crate::model::{Depth, EventKeys, Model, MonthlyCosts, Outcomes, PathOutcomes, Response, TILE};
use crate::quantity::{Clamped, Registers, Undefined};
use crate::sample::{BLOCK, Rows, VariablePoints};
use crate::stats::Bins;

/// What holds a value that is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFinite {
    /// The quantity of a check, in a month if it differs by month.
    Quantity(Undefined),
    /// The total of an option.
    Total(usize),
}

impl NotFinite {
    /// Whether all quantities are finite.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check(registers: &mut Registers) -> Result<(), NotFinite> {
        registers.take_undefined().map_or(Ok(()), |undefined| Err(NotFinite::Quantity(undefined)))
    }
}

/// What is the same for all blocks of a randomisation.
pub struct Randomisation {
    /// Its number.
    pub number: u32,
    /// The axes of all variables.
    pub axes: Vec<VariablePoints>,
    /// The keys of random retrains.
    pub keys: EventKeys,
}

/// What is found out of the detailed trials beside their ledger.
#[derive(Clone, Copy)]
pub struct Detail<'a> {
    /// How variables cut the trials.
    pub slices: &'a SlicePlan,
    /// What curves are along, of the trials that they are made of.
    pub curves: Option<Curves<'a>>,
}

/// What curves are along beside the months.
#[derive(Clone, Copy)]
pub struct Curves<'a> {
    /// Volumes.
    pub volumes: &'a VolumePlan,
    /// Costs of a bad answer.
    pub failure_costs: &'a [f64],
}

/// The room of one worker.
pub struct Worker {
    /// Registers of the current block.
    pub registers: Registers,
    /// Outcomes of the current block.
    pub outcomes: Outcomes,
    /// Counts since they were cleared.
    pub counts: Counts,
    scratch: Block,
    monthly: MonthlyCosts,
    path: PathOutcomes,
    ledger: Ledger,
    spend: Spend,
    cheapest: CheapestSoFar,
    steady: bool,
    /// What is collected of trials without detail.
    collected: Collected,
    /// Operations of the program, by number.
    all: Vec<usize>,
    lean: Option<Lean>,
    column: Vec<f64>,
    ranking: Ranking,
    totals: Vec<Vec<f64>>,
    /// Of the volume curve.
    response: Option<Response>,
}

impl Worker {
    /// Room for a model; `edges` holds the bins of each binned metric. Of trials without detail so much is collected.
    pub fn new(model: &Model, edges: &[Bins], collected: Collected) -> Worker {
        Worker {
            registers: Registers::new(&model.program, BLOCK),
            outcomes: Outcomes::new(model, BLOCK),
            counts: Counts::new(model, edges),
            scratch: Inputs::block(&model.program, BLOCK),
            monthly: MonthlyCosts::new(model, BLOCK),
            path: PathOutcomes::new(model, BLOCK),
            ledger: Ledger::new(model, BLOCK),
            spend: Spend::new(model),
            cheapest: CheapestSoFar::new(model),
            steady: model.is_steady(),
            collected,
            all: model.program.per_trial().to_vec(),
            lean: model.is_steady().then(|| Lean::new(model)),
            column: Vec::with_capacity(BLOCK),
            ranking: Ranking::new(model),
            totals: vec![vec![0.0; BLOCK]; model.options.len()],
            response: None,
        }
    }

    /// Runs a block; without detail only as far as its totals need it.
    ///
    /// # Errors
    /// A quantity or a total that is not finite in some trial.
    pub fn run(
        &mut self,
        model: &Model,
        inputs: &Inputs,
        randomisation: &Randomisation,
        rows: Rows,
        detail: Option<Detail<'_>>,
    ) -> Result<Sums, NotFinite> {
        if let (None, Some(lean)) = (detail, &mut self.lean) {
            lean.run(model, inputs, randomisation, rows, &mut self.outcomes)?;
            return self.sum_up(model, rows.count, self.collected);
        }
        self.draw(model, inputs, randomisation, rows)?;
        self.simulate(model, randomisation, rows, detail)
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
        rows: Rows,
    ) -> Result<(), NotFinite> {
        let (scratch, registers) = (&mut self.scratch, &mut self.registers);
        inputs.draw(&model.program, &self.all, &randomisation.axes, rows, scratch, registers);
        NotFinite::check(registers)?;
        self.monthly.draw_events(model, &self.registers, &randomisation.keys, rows);
        Ok(())
    }

    /// Simulates the block that was drawn and counts it; with detail also ledger, slices and curves.
    ///
    /// # Errors
    /// A total that is not finite in some trial.
    pub fn simulate(
        &mut self,
        model: &Model,
        randomisation: &Randomisation,
        rows: Rows,
        detail: Option<Detail<'_>>,
    ) -> Result<Sums, NotFinite> {
        let n = rows.count;
        let depth = match detail {
            None => Depth::Totals,
            Some(detail) if detail.curves.is_some() => Depth::Parts,
            Some(_) => Depth::Details,
        };
        self.months(model, n, depth);
        NotFinite::check(&mut self.registers)?;
        let of = if detail.is_some() { Collected::All } else { self.collected };
        let mut sums = self.sum_up(model, n, of)?;
        if let Some(detail) = detail {
            self.ledger.finish(model, &self.registers, n, &mut sums);
            self.counts.detailed += n as u64;
            sums.slices = self.slices(model, detail.slices, n);
            sums.sliced = sums.of_slices(model.options.len());
            let ran = Ran { outcomes: &self.outcomes, path: &self.path };
            self.ranking.compare(model, &ran, &mut self.totals, &mut self.counts, &mut sums);
            if let Some(curves) = detail.curves {
                self.curves(model, randomisation, rows, curves, &mut sums);
            }
        }
        Ok(sums)
    }

    /// What curves are made of, the volumes last: they leave other registers behind.
    fn curves(
        &mut self,
        model: &Model,
        randomisation: &Randomisation,
        rows: Rows,
        curves: Curves<'_>,
        sums: &mut Sums,
    ) {
        self.counts.in_curves += rows.count as u64;
        self.spend.finish(sums);
        let ran = Ran { outcomes: &self.outcomes, path: &self.path };
        sums.failures = failure_costs::count(model, curves.failure_costs, &ran, &mut self.counts, &mut self.totals);
        sums.volumes = self.volumes(model, randomisation, rows, curves.volumes);
    }

    /// Counts the outcomes, adds them up, and ranks the options.
    fn sum_up(&mut self, model: &Model, n: usize, of: Collected) -> Result<Sums, NotFinite> {
        let mut sums = Sums::default();
        let simulated = Simulated { registers: &self.registers, outcomes: &self.outcomes, path: &self.path };
        metric_moments(model, &simulated, of, &mut self.column, &mut sums);
        for i in 0..model.options.len() {
            let total = &sums.metrics[i * Metric::ALL.len() + Metric::Total.index()];
            if !total.is_finite() {
                return Err(NotFinite::Total(i));
            }
        }
        self.counts.trials += n as u64;
        self.counts.finish(model, &simulated, of, &mut self.column);
        self.ranking.rank(&self.outcomes, n, &mut self.counts);
        Ok(sums)
    }

    fn months(&mut self, model: &Model, n: usize, depth: Depth) {
        let (detail, curves) = (depth != Depth::Totals, depth == Depth::Parts);
        self.outcomes.start(n);
        if !detail && self.steady {
            self.outcomes.at_once(model, &self.registers, (0, n));
            return;
        }
        if detail {
            self.ledger.start(model, &self.registers, n);
            self.spend.clear();
        }
        for first in (0..n).step_by(TILE) {
            self.monthly.start(model, &self.registers, first..n.min(first + TILE), depth);
            if detail {
                self.path.start(model, &self.registers, &self.monthly);
            }
            if curves {
                self.spend.start(model, &self.registers, &self.monthly);
                self.bands(model);
            }
            while self.monthly.month() < model.horizon {
                self.monthly.advance(model, &mut self.registers);
                self.outcomes.see(model, &self.registers, &self.monthly);
                if detail {
                    self.path.see(model, &self.registers, &self.monthly);
                    self.ledger.month(model, &self.registers, &self.monthly);
                }
                if curves {
                    self.cheapest.month(model, &self.registers, &self.monthly, &mut self.counts);
                    self.spend.month(model, &self.monthly, &mut self.counts);
                    self.bands(model);
                }
            }
        }
    }

    /// Goes to the first month of the block that was drawn: registers that differ by month hold its numbers.
    pub fn first_month(&mut self, model: &Model, n: usize) {
        for first in (0..n).step_by(TILE) {
            self.monthly.start(model, &self.registers, first..n.min(first + TILE), Depth::Details);
            self.monthly.advance(model, &mut self.registers);
        }
    }

    /// Goes through the months of the block that was drawn, for what only their course shows.
    ///
    /// # Errors
    /// A quantity that is not finite in some month.
    pub fn in_detail(&mut self, model: &Model, n: usize) -> Result<Ran<'_>, NotFinite> {
        for first in (0..n).step_by(TILE) {
            self.monthly.start(model, &self.registers, first..n.min(first + TILE), Depth::Details);
            self.path.start(model, &self.registers, &self.monthly);
            while self.monthly.month() < model.horizon {
                self.monthly.advance(model, &mut self.registers);
                self.path.see(model, &self.registers, &self.monthly);
            }
        }
        NotFinite::check(&mut self.registers)?;
        Ok(Ran { outcomes: &self.outcomes, path: &self.path })
    }

    fn bands(&mut self, model: &Model) {
        for option in 0..model.options.len() {
            self.counts.band(model, self.monthly.month(), option, self.monthly.total(option));
        }
    }

    fn slices(&self, model: &Model, plan: &SlicePlan, n: usize) -> Vec<f64> {
        let totals: Vec<&[f64]> = (0..model.options.len()).map(|i| self.outcomes.totals(i)).collect();
        let values = |v: usize| self.registers.column(model.program.variables[v].register, n);
        plan.add_up(&totals, values, self.scratch.coordinates(), self.ranking.winner(n))
    }

    fn volumes(&mut self, model: &Model, randomisation: &Randomisation, rows: Rows, volumes: &VolumePlan) -> Vec<f64> {
        let mut sums = Vec::new();
        let mut at = VolumeBlock {
            rows,
            scratch: &self.scratch,
            registers: &mut self.registers,
            monthly: &mut self.monthly,
            keys: &randomisation.keys,
            response: &mut self.response,
            totals: &mut self.totals,
        };
        volumes.count(model, &mut at, &mut self.counts, &mut sums);
        sums
    }

    /// Per check, the values held to a range in all blocks that were run.
    pub fn clamped(&self) -> Vec<Clamped> {
        let mut clamped = self.registers.clamped().to_vec();
        let lean = self.lean.iter().flat_map(Lean::clamped);
        clamped.iter_mut().zip(lean).for_each(|(all, lean)| all.add(*lean));
        clamped
    }

    /// The metric of an option in every trial of the block in which it is defined.
    pub fn metric(&mut self, model: &Model, option: usize, metric: Metric) -> &[f64] {
        let simulated = Simulated { registers: &self.registers, outcomes: &self.outcomes, path: &self.path };
        metric.column(model, &simulated, option, &mut self.column)
    }
}
