//! The model at chosen points of the unit cube: what the options cost there.

use super::block::NotFinite;
use crate::model::{Depth, EventKeys, Model, MonthlyCosts, Outcomes, TILE};
use crate::quantity::{Coordinates, Reg, Registers};
use crate::sample::Rows;
use crate::scenario::Timing;

/// Some trials of a block.
#[derive(Clone, Copy, Debug)]
pub struct Trials<'a> {
    /// The coordinates of every variable.
    pub coordinates: &'a Coordinates,
    /// The randomisation whose chance events happen.
    pub events: u32,
    /// The block whose chance events happen.
    pub block: u64,
    /// How many trials.
    pub n: usize,
}

impl<'a> Trials<'a> {
    /// The trials of a block at some coordinates.
    pub fn new(coordinates: &'a Coordinates, events: u32, rows: Rows) -> Trials<'a> {
        Trials { coordinates, events, block: rows.block, n: rows.count }
    }
}

/// What is different from the trials that were evaluated last in the same room.
#[derive(Clone, Copy, Debug)]
pub enum Changed<'a> {
    /// Everything.
    All,
    /// The coordinates of these variables, and chance events if they are of another randomisation.
    Only(&'a [usize]),
}

/// A model that is evaluated wherever it is asked to be, as far as its totals need it.
#[derive(Debug)]
pub struct Probe<'a> {
    model: &'a Model,
    seed: u64,
    /// Whether an operation has to be carried out.
    wanted: Vec<bool>,
    /// Registers that random retrains depend on.
    timing: Vec<Reg>,
    /// Whether it is asked when options pay back.
    pays_back: bool,
}

/// The room of one worker, with what the last trials came to.
#[derive(Debug)]
pub struct Probed {
    /// The values of quantities.
    pub registers: Registers,
    /// What options cost.
    pub outcomes: Outcomes,
    monthly: MonthlyCosts,
    /// Randomisation and block of the chance events that were drawn last.
    events: Option<(u32, u64)>,
}

impl<'a> Probe<'a> {
    /// For a model under a seed.
    pub fn new(model: &'a Model, seed: u64) -> Probe<'a> {
        let mut wanted = vec![false; model.program.operations()];
        model.operations_of_totals().into_iter().for_each(|op| wanted[op] = true);
        let random = |o: &crate::model::OptionModel| {
            let rate = o.retrains.filter(|r| r.timing == Timing::Random)?.rate;
            Some([rate, o.launch])
        };
        let timing = model.options.iter().filter_map(random).flatten().collect();
        Probe { model, seed, wanted, timing, pays_back: false }
    }

    /// The same, and when options pay back.
    pub fn with_payback(self) -> Probe<'a> {
        Probe { pays_back: true, ..self }
    }

    /// The same, and the values of some variables, also where no total needs them.
    pub fn with_values(mut self, variables: impl Iterator<Item = usize>) -> Probe<'a> {
        let registers: Vec<Reg> = variables.map(|v| self.model.program.variables[v].register).collect();
        self.model.program.sources(&registers).into_iter().for_each(|op| self.wanted[op] = true);
        self
    }

    /// The same, and all that is written.
    pub fn with_everything(mut self) -> Probe<'a> {
        self.model.program.per_trial().iter().for_each(|op| self.wanted[*op] = true);
        self
    }

    /// Room for blocks of up to `capacity` trials.
    pub fn scratch(&self, capacity: usize) -> Probed {
        Probed {
            registers: Registers::new(&self.model.program, capacity),
            outcomes: Outcomes::new(self.model, capacity),
            monthly: MonthlyCosts::new(self.model, capacity),
            events: None,
        }
    }

    /// Evaluates trials.
    ///
    /// # Errors
    /// A quantity or a total that is not finite in some of them.
    pub fn run(&self, trials: &Trials<'_>, changed: Changed<'_>, scratch: &mut Probed) -> Result<(), NotFinite> {
        let ops = self.operations(changed);
        scratch.registers.run(&self.model.program, &ops, trials.coordinates, trials.n);
        NotFinite::check(&mut scratch.registers)?;
        self.happen(trials, changed, &ops, scratch);
        self.simulate(trials.n, scratch);
        NotFinite::check(&mut scratch.registers)?;
        let is_finite = |i: usize| scratch.outcomes.totals(i).iter().sum::<f64>().is_finite();
        match (0..self.model.options.len()).find(|i| !is_finite(*i)) {
            Some(i) => Err(NotFinite::Total(i)),
            None => Ok(()),
        }
    }

    /// Goes through the first months of all trials, some of them at a time, and shows each month in all its details.
    ///
    /// # Errors
    /// A quantity that is not finite in some of them.
    pub fn months(
        &self,
        trials: &Trials<'_>,
        last: u32,
        scratch: &mut Probed,
        mut see: impl FnMut(&Registers, &MonthlyCosts),
    ) -> Result<(), NotFinite> {
        let ops = self.operations(Changed::All);
        scratch.registers.run(&self.model.program, &ops, trials.coordinates, trials.n);
        NotFinite::check(&mut scratch.registers)?;
        self.happen(trials, Changed::All, &ops, scratch);
        let Probed { registers, monthly, .. } = scratch;
        for first in (0..trials.n).step_by(TILE) {
            monthly.start(self.model, registers, first..trials.n.min(first + TILE), Depth::Details);
            while monthly.month() < last {
                monthly.advance(self.model, registers);
                see(registers, monthly);
            }
        }
        NotFinite::check(registers)
    }

    fn operations(&self, changed: Changed<'_>) -> Vec<usize> {
        match changed {
            Changed::All => (0..self.wanted.len()).filter(|op| self.wanted[*op]).collect(),
            Changed::Only(variables) => {
                self.model.program.redrawn(variables).into_iter().filter(|op| self.wanted[*op]).collect()
            }
        }
    }

    /// Draws chance events where they are others than the last ones.
    fn happen(&self, trials: &Trials<'_>, changed: Changed<'_>, ops: &[usize], scratch: &mut Probed) {
        let same = scratch.events == Some((trials.events, trials.block)) && matches!(changed, Changed::Only(_));
        if self.timing.is_empty() || same && !self.timing.iter().any(|r| self.model.program.depends(*r, ops)) {
            return;
        }
        let keys = EventKeys::new(self.model, self.seed, trials.events);
        scratch.monthly.draw_events(self.model, &scratch.registers, &keys, Rows::of_block(trials.block, trials.n));
        scratch.events = Some((trials.events, trials.block));
    }

    fn simulate(&self, n: usize, scratch: &mut Probed) {
        let Probed { registers, outcomes, monthly, .. } = scratch;
        outcomes.start(n);
        if self.model.is_steady() {
            outcomes.at_once(self.model, registers, (0, n));
            return;
        }
        for first in (0..n).step_by(TILE) {
            monthly.start(self.model, registers, first..n.min(first + TILE), Depth::Totals);
            while monthly.month() < self.model.horizon {
                monthly.advance(self.model, registers);
                if self.pays_back {
                    outcomes.see(self.model, registers, monthly);
                }
            }
            outcomes.end(monthly);
        }
    }
}
