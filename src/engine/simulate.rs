//! A scenario to its results, in one call.

use super::options::{Failure, RunOptions};
use super::pilot::pilot;
use super::results::Results;
use super::run::run;
use crate::diagnostic::Severity;
use crate::model::Model;
use crate::scenario::Scenario;

impl Scenario {
    /// Runs it. Results are a function of scenario, seed and version: the number of threads does not matter.
    ///
    /// # Errors
    /// Values that are not finite or lie outside of what is possible, a watch that ended it, threads that cannot be had.
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
    pub fn simulate(&self, options: RunOptions<'_>) -> Result<Results, Failure> {
        let model = Model::new(self);
        let pilot = pilot(self, &model);
        match pilot.findings.iter().find(|finding| finding.severity == Severity::Error) {
            Some(error) => Err(Failure::Scenario(error.clone())),
            None => run(self, &model, &pilot, options),
        }
    }
}
