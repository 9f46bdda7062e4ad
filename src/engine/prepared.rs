//! A scenario that is ready to run.

use super::options::{RunError, RunOptions};
use super::pilot::{Pilot, VariableSummary, pilot};
use super::results::Results;
use super::run::run;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Model;
use crate::scenario::Scenario;

/// A scenario with its model and what its first trials showed.
#[derive(Clone, Debug)]
pub struct Prepared {
    scenario: Scenario,
    model: Model,
    pilot: Pilot,
}

impl Prepared {
    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Its model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What its first trials showed to be wrong or doubtful.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.pilot.findings
    }

    /// Its random variables as they were drawn, by number.
    pub fn variables(&self) -> &[VariableSummary] {
        &self.pilot.variables
    }

    /// By random variable: all its values, where its first trials showed it to take few.
    pub fn values(&self) -> &[Option<Vec<f64>>] {
        &self.pilot.values
    }

    /// Runs it. Results are a function of scenario, seed and version: the number of threads does not matter.
    ///
    /// # Errors
    /// Values that are not finite or lie outside of what is possible, a watch that ended it, threads that cannot be had.
    pub fn simulate(&self, options: RunOptions<'_>) -> Result<Results, RunError> {
        match self.findings().iter().find(|finding| finding.severity == Severity::Error) {
            Some(error) => Err(RunError::Scenario(error.clone())),
            None => run(&self.scenario, &self.model, &self.pilot, options),
        }
    }
}

impl Scenario {
    /// Makes its model, and looks at its first trials.
    pub fn prepare(self) -> Prepared {
        let model = Model::new(&self);
        let pilot = pilot(&self, &model);
        Prepared { scenario: self, model, pilot }
    }

    /// Prepares and runs it: see [`Prepared::simulate`].
    ///
    /// # Errors
    /// Those of [`Prepared::simulate`].
    ///
    /// ```
    /// # use breakeven::scenario::Scenario;
    /// let scenario = Scenario::from_toml(r#"
    ///     simulation = { horizon_months = 12, trials = 4096 }
    ///     workload = { requests_per_month = "50k to 200k", input_tokens = 1000, output_tokens = 100 }
    ///     [[option]]
    ///     name = "Prompting"
    ///     inference = { input_price = 3, output_price = 15 }
    /// "#)?;
    /// let results = scenario.simulate(Default::default())?;
    /// assert!(results.option("Prompting")?.total().mean().value > 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simulate(&self, options: RunOptions<'_>) -> Result<Results, RunError> {
        self.clone().prepare().simulate(options)
    }
}
