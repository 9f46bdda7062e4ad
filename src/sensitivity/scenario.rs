//! A scenario as a model whose outcomes are studied.

use super::evaluate::{Changed, Evaluate, Trials};
use crate::engine::{Halt, Probe, Probed, Progress, Watch};
use crate::model::Model;
use crate::sample::BLOCK;

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
    probe: Probe<'a>,
    watch: Watch<'a>,
}

/// The room of one worker.
pub struct Scratch {
    probed: Probed,
    best: Vec<f64>,
}

impl<'a> ScenarioModel<'a> {
    /// The model under a seed, watched at each of its evaluations.
    pub fn new(model: &'a Model, seed: u64, outcomes: Vec<Outcome>, watch: Watch<'a>) -> ScenarioModel<'a> {
        let probe = Probe::new(model, seed);
        let pays_back = outcomes.iter().any(|outcome| matches!(outcome, Outcome::PaidBack(_)));
        let probe = if pays_back { probe.with_payback() } else { probe };
        ScenarioModel { model, outcomes, probe, watch }
    }

    fn write(&self, outcome: Outcome, scratch: &mut Scratch, out: &mut [f64]) {
        let of = |i: usize| scratch.probed.outcomes.totals(i);
        match outcome {
            Outcome::Total(i) => out.copy_from_slice(of(i)),
            Outcome::Saving(i) => subtract(of(self.model.baseline), of(i), out),
            Outcome::PaidBack(i) => {
                let held = scratch.probed.outcomes.held(i);
                out.iter_mut().enumerate().for_each(|(t, out)| *out = f64::from(u8::from(held.first(t).is_some())));
            }
            Outcome::Regret(choice) => {
                let best = &mut scratch.best[..out.len()];
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
    type Scratch = Scratch;

    fn scratch(&self) -> Scratch {
        Scratch { probed: self.probe.scratch(BLOCK), best: vec![0.0; BLOCK] }
    }

    fn outcomes(&self) -> usize {
        self.outcomes.len()
    }

    fn evaluate(
        &self,
        trials: &Trials<'_>,
        changed: Changed<'_>,
        scratch: &mut Scratch,
        out: &mut [Vec<f64>],
    ) -> Result<(), Halt> {
        self.watch.go_on()?;
        self.watch.tell(Progress::Trials(trials.n as u64));
        self.probe.run(trials, changed, &mut scratch.probed)?;
        for (outcome, out) in self.outcomes.iter().zip(out) {
            self.write(*outcome, scratch, &mut out[..trials.n]);
        }
        Ok(())
    }

    fn values<'a>(&self, scratch: &'a Scratch, variable: usize, n: usize) -> &'a [f64] {
        scratch.probed.registers.column(self.model.program.variables[variable].register, n)
    }
}
