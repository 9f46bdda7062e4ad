//! The sensitivity study of a scenario: all that its outcomes hang on.

use super::draws::{Effort, Pairs};
use super::evaluate::Input;
use super::indices::{Index, indices};
use super::ranks::{rank_correlations, ranked};
use super::scenario::{Outcome, ScenarioModel};
use super::shapley::effects;
use super::tornado::{Hold, Tornado, cheapest, tornado};
use crate::engine::{Halt, RunError, Watch, pool};
use crate::inputs::Inputs;
use crate::model::Model;
use crate::sample::Design;
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// What is studied, and how thoroughly.
#[derive(Clone, Debug)]
pub struct StudyOptions {
    /// Trials of each evaluation.
    pub trials: u64,
    /// How inputs are held for the tornado.
    pub hold: Hold,
    /// Numbers of the variables that are looked at; all if `None`.
    pub variables: Option<Vec<usize>>,
    /// Names of the outcomes that are looked at; all if `None`.
    pub outcomes: Option<Vec<String>>,
    /// Whether Shapley effects are found even where no inputs are correlated.
    pub shapley: bool,
    /// Worker threads; all cores if `None`. Results do not depend on it.
    pub threads: Option<usize>,
}

impl StudyOptions {
    /// How many trials are evaluated in all.
    pub fn evaluations(&self, scenario: &Scenario, model: &Model) -> u64 {
        let all = model.program.variables.len();
        let variables: Vec<usize> = self.variables.clone().unwrap_or_else(|| (0..all).collect());
        let names: Vec<String> = model.program.variables.iter().map(|v| v.name.clone()).collect();
        let pairs = Pairs::new(&names, &scenario.groups, Effort { points: self.trials, seed: 0 });
        let apart = variables.iter().filter(|v| !pairs.is_correlated(Input::Variable(**v))).count();
        let correlated = (0..all).any(|v| pairs.is_correlated(Input::Variable(v)));
        let events = usize::from(model.has_random_retrains());
        let shared = if correlated || self.shapley { all + events + 1 } else { 0 };
        let design = Design::new(scenario.simulation.sampler, self.trials);
        design.trials() * (1 + 2 * variables.len() as u64)
            + pairs.design.trials() * (2 + apart + events + shared) as u64
            + ranked(&pairs.design)
    }
}

/// What a study found.
#[derive(Clone, Debug)]
pub struct Study {
    /// The outcomes that were looked at.
    pub outcomes: Vec<Outcome>,
    /// The inputs that were looked at: variables, and events if there are any.
    pub inputs: Vec<Input>,
    /// The option with the lowest mean total.
    pub choice: usize,
    /// The trials of each evaluation.
    pub trials: u64,
    /// Evaluations of the model in all.
    pub evaluations: u64,
    /// One input held at a time. Outcomes are those that are money.
    pub tornado: Tornado,
    /// The outcomes of the tornado.
    pub tornado_outcomes: Vec<Outcome>,
    /// By outcome and input.
    pub shares: Vec<Vec<Shares>>,
    /// Whether some inputs are correlated, so that those have Shapley effects and no indices.
    pub correlated: bool,
}

/// What an input has to do with an outcome.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shares {
    /// Sobol indices; none for an input that is correlated with others.
    pub index: Index,
    /// Its Shapley effect, where there was reason to find it.
    pub shapley: Option<Estimate>,
    /// Its rank correlation with the outcome.
    pub rank: Option<Estimate>,
}

/// Studies a scenario.
///
/// # Errors
/// A value that is not finite in some trial, threads that cannot be had, or an early end.
pub fn study(scenario: &Scenario, model: &Model, options: &StudyOptions, watch: Watch<'_>) -> Result<Study, RunError> {
    let found = pool(options.threads)?.install(|| run(scenario, model, options, watch));
    found.map_err(|halt| halt.failure(scenario))
}

fn run(scenario: &Scenario, model: &Model, options: &StudyOptions, watch: Watch<'_>) -> Result<Study, Halt> {
    let seed = scenario.simulation.seed;
    let all: Vec<usize> = (0..model.program.variables.len()).collect();
    let variables = options.variables.clone().unwrap_or(all);
    let money =
        Outcome::all(model, model.baseline).into_iter().filter(|o| matches!(o, Outcome::Total(_) | Outcome::Saving(_)));
    let held = ScenarioModel::new(model, seed, money.collect(), watch);
    let design = Design::new(scenario.simulation.sampler, options.trials);
    let tornado = tornado(&held, &Inputs::new(scenario, &model.program, design), &design, &variables, options.hold)?;
    let choice = cheapest(&held, &tornado.base);
    let wanted = |o: &Outcome| options.outcomes.as_ref().is_none_or(|names| names.contains(&o.name(model)));
    let outcomes: Vec<Outcome> = Outcome::all(model, choice).into_iter().filter(wanted).collect();
    let explained = ScenarioModel::new(model, seed, outcomes.clone(), watch);
    let found = Explained::new(scenario, &explained, &variables, options)?;
    Ok(Study {
        outcomes,
        inputs: found.inputs,
        choice,
        trials: found.trials,
        evaluations: options.evaluations(scenario, model),
        tornado,
        tornado_outcomes: held.outcomes,
        shares: found.shares,
        correlated: found.correlated,
    })
}

/// What explains the variance of outcomes.
struct Explained {
    inputs: Vec<Input>,
    shares: Vec<Vec<Shares>>,
    trials: u64,
    correlated: bool,
}

impl Explained {
    fn new(
        scenario: &Scenario,
        study: &ScenarioModel<'_>,
        variables: &[usize],
        options: &StudyOptions,
    ) -> Result<Explained, Halt> {
        let model = study.model;
        let names: Vec<String> = model.program.variables.iter().map(|v| v.name.clone()).collect();
        let effort = Effort { points: options.trials, seed: scenario.simulation.seed };
        let pairs = Pairs::new(&names, &scenario.groups, effort);
        let of = |variables: &[usize]| {
            let events = model.has_random_retrains().then_some(Input::Events);
            variables.iter().copied().map(Input::Variable).chain(events).collect::<Vec<_>>()
        };
        let inputs = of(variables);
        let mut shares = vec![vec![Shares::default(); inputs.len()]; study.outcomes.len()];
        let apart: Vec<usize> = (0..inputs.len()).filter(|k| !pairs.is_correlated(inputs[*k])).collect();
        let found = indices(study, &pairs, &apart.iter().map(|k| inputs[*k]).collect::<Vec<_>>())?;
        let ranks = rank_correlations(study, &pairs, variables)?;
        let correlated = (0..names.len()).any(|v| pairs.is_correlated(Input::Variable(v)));
        // Credit is shared among all inputs, whichever are looked at.
        let everyone = of(&(0..names.len()).collect::<Vec<_>>());
        let effects = if correlated || options.shapley { Some(effects(study, &pairs, &everyone)?) } else { None };
        for (o, row) in shares.iter_mut().enumerate() {
            apart.iter().zip(&found[o]).for_each(|(k, index)| row[*k].index = *index);
            row.iter_mut().zip(&ranks[o]).for_each(|(shares, rank)| shares.rank = *rank);
            for (input, shares) in inputs.iter().zip(row) {
                let place = everyone.iter().position(|i| i == input);
                shares.shapley = place.and_then(|k| effects.as_ref()?[o][k]);
            }
        }
        Ok(Explained { inputs, shares, trials: pairs.design.trials(), correlated })
    }
}
