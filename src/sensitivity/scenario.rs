//! A scenario as a model whose outcomes are studied.

use super::evaluate::{Changed, Evaluate, Trials};
use crate::engine::{Halt, NotFinite, Progress, Watch};
use crate::model::{EventKeys, Model, Outcomes, TILE, Walk};
use crate::quantity::{Reg, Registers};
use crate::sample::BLOCK;
use crate::scenario::Timing;

/// A number that each trial gives, whose uncertainty is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An option's total cost.
    Total(usize),
    /// The baseline's total less an option's.
    Saving(usize),
    /// 1 where an option is no dearer than the baseline at the end of some month, else 0.
    PaidBack(usize),
    /// What an option costs above the cheapest candidate.
    Regret(usize),
}

impl Outcome {
    /// Its name in the output files.
    pub fn name(self, model: &Model) -> String {
        let of = |option: usize, word: &str| format!("{}.{word}", model.options[option].name);
        match self {
            Outcome::Total(i) => of(i, "total"),
            Outcome::Saving(i) => of(i, "saving"),
            Outcome::PaidBack(i) => of(i, "paid_back"),
            Outcome::Regret(_) => "regret".to_owned(),
        }
    }

    /// The outcomes of a model when one option is chosen.
    pub fn all(model: &Model, choice: usize) -> Vec<Outcome> {
        let totals = (0..model.options.len()).map(Outcome::Total);
        let challengers = model.challengers();
        let savings = challengers.iter().copied().map(Outcome::Saving);
        let paid_back = challengers.iter().copied().map(Outcome::PaidBack);
        let regret = (model.candidates().len() > 1).then_some(Outcome::Regret(choice));
        totals.chain(savings).chain(paid_back).chain(regret).collect()
    }
}

/// A scenario's model with the outcomes that are looked at.
pub struct ScenarioModel<'a> {
    pub model: &'a Model,
    pub outcomes: Vec<Outcome>,
    seed: u64,
    /// Whether an operation has to be carried out.
    wanted: Vec<bool>,
    /// Registers that random retrains depend on.
    timing: Vec<Reg>,
    watch: Watch<'a>,
}

/// The room of one worker.
pub struct Room {
    registers: Registers,
    outcomes: Outcomes,
    walk: Walk,
    /// Randomisation and block of the chance events that were drawn last.
    events: Option<(u32, u64)>,
    best: Vec<f64>,
}

impl<'a> ScenarioModel<'a> {
    /// The model under a seed, watched at each of its evaluations.
    pub fn new(model: &'a Model, seed: u64, outcomes: Vec<Outcome>, watch: Watch<'a>) -> ScenarioModel<'a> {
        let mut wanted = vec![false; model.program.operations()];
        model.operations_of_totals().into_iter().for_each(|op| wanted[op] = true);
        let random = |o: &crate::model::OptionModel| {
            let rate = o.retrains.filter(|r| r.timing == Timing::Random)?.rate;
            Some([rate, o.launch])
        };
        let timing = model.options.iter().filter_map(random).flatten().collect();
        ScenarioModel { model, outcomes, seed, wanted, timing, watch }
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
    fn happen(&self, trials: &Trials<'_>, changed: Changed<'_>, ops: &[usize], room: &mut Room) {
        let same = room.events == Some((trials.events, trials.block)) && matches!(changed, Changed::Only(_));
        if self.timing.is_empty() || same && !self.timing.iter().any(|r| self.model.program.depends(*r, ops)) {
            return;
        }
        let keys = EventKeys::new(self.model, self.seed, trials.events);
        room.walk.draw_events(self.model, &room.registers, &keys, trials.block, trials.n);
        room.events = Some((trials.events, trials.block));
    }

    fn simulate(&self, n: usize, room: &mut Room) {
        let Room { registers, outcomes, walk, .. } = room;
        outcomes.start(n);
        if self.model.is_steady() {
            outcomes.at_once(self.model, registers, (0, n));
            return;
        }
        for first in (0..n).step_by(TILE) {
            walk.start(self.model, registers, first..n.min(first + TILE));
            while walk.month() < self.model.horizon {
                walk.advance(self.model, registers);
                outcomes.see(self.model, registers, walk);
            }
        }
    }

    fn write(&self, outcome: Outcome, room: &mut Room, out: &mut [f64]) {
        let of = |i: usize| room.outcomes.totals(i);
        match outcome {
            Outcome::Total(i) => out.copy_from_slice(of(i)),
            Outcome::Saving(i) => subtract(of(self.model.baseline), of(i), out),
            Outcome::PaidBack(i) => {
                let held = room.outcomes.held(i);
                out.iter_mut().enumerate().for_each(|(t, out)| *out = f64::from(u8::from(held.first(t).is_some())));
            }
            Outcome::Regret(choice) => {
                let best = &mut room.best[..out.len()];
                best.copy_from_slice(of(choice));
                for i in self.model.candidates() {
                    best.iter_mut().zip(of(i)).for_each(|(best, x)| *best = best.min(*x));
                }
                subtract(of(choice), best, out);
            }
        }
    }
}

fn subtract(a: &[f64], b: &[f64], out: &mut [f64]) {
    out.iter_mut().zip(a.iter().zip(b)).for_each(|(out, (a, b))| *out = a - b);
}

impl Evaluate for ScenarioModel<'_> {
    type Room = Room;

    fn room(&self) -> Room {
        Room {
            registers: Registers::new(&self.model.program, BLOCK),
            outcomes: Outcomes::new(self.model, BLOCK),
            walk: Walk::new(self.model, BLOCK),
            events: None,
            best: vec![0.0; BLOCK],
        }
    }

    fn outcomes(&self) -> usize {
        self.outcomes.len()
    }

    fn evaluate(
        &self,
        trials: &Trials<'_>,
        changed: Changed<'_>,
        room: &mut Room,
        out: &mut [Vec<f64>],
    ) -> Result<(), Halt> {
        self.watch.go_on()?;
        self.watch.tell(Progress::Trials(trials.n as u64));
        let ops = self.operations(changed);
        room.registers.run(&self.model.program, &ops, trials.coordinates, trials.n);
        NotFinite::check(self.model, &mut room.registers)?;
        self.happen(trials, changed, &ops, room);
        self.simulate(trials.n, room);
        for (i, option) in self.model.options.iter().enumerate() {
            if !room.outcomes.totals(i).iter().sum::<f64>().is_finite() {
                return Err(Halt::from(NotFinite(format!("{}.total", option.name))));
            }
        }
        for (outcome, out) in self.outcomes.iter().zip(out) {
            self.write(*outcome, room, &mut out[..trials.n]);
        }
        Ok(())
    }

    fn values<'a>(&self, room: &'a Room, variable: usize, n: usize) -> &'a [f64] {
        room.registers.column(self.model.program.variables[variable].register, n)
    }
}
