//! Which inputs are tested, how, and with how many samples, from what was typed.

use super::costs::Costs;
use super::likelihood::Sampling;
use super::read::Reader;
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::Model;
use crate::scenario::Scenario;

/// A plan as it is typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PilotWords<'a> {
    /// The inputs, `NAME` or `NAME:N`.
    pub learn: &'a [String],
    /// Numbers of samples with commas between them.
    pub samples: Option<&'a str>,
    /// The standard deviation of one measurement, `S` of all inputs or `NAME:S` of one.
    pub sd: &'a [String],
    /// What a test costs, however many samples it has.
    pub cost: Option<&'a str>,
    /// What each sample costs.
    pub cost_per_sample: Option<&'a str>,
}

/// What is tested.
#[derive(Clone, Debug, PartialEq)]
pub struct PilotPlan {
    /// The inputs.
    pub tested: Vec<Tested>,
    /// The tests to compare: samples of each input, rising.
    pub sizes: Vec<Vec<u64>>,
    /// What they cost.
    pub costs: Costs,
}

/// An input that is tested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    /// The number of the random variable.
    pub variable: usize,
    /// What a sample of it is.
    pub sampling: Sampling,
}

impl PilotPlan {
    /// Reads a plan for a scenario; texts become sources, so that errors can point into them.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(
        words: PilotWords<'_>,
        scenario: &Scenario,
        model: &Model,
        sources: &mut Sources,
    ) -> Result<PilotPlan, Vec<Diagnostic>> {
        Reader::new(scenario, model, sources).read(words)
    }
}

/// What is said of an input that has no value in some trials.
pub fn no_value(name: &str) -> Diagnostic {
    Diagnostic::general(format!("`{name}` has no value in some trials, so that no test can measure it"))
        .help("test an input that is drawn in every trial")
}

/// What is said of an input whose outcomes are wanted and that is no probability; its range is told where it is known.
pub fn no_share(name: &str, range: Option<(f64, f64)>) -> Diagnostic {
    let range = range.map_or("beyond 0..1".to_owned(), |(low, high)| format!("from {low} to {high}"));
    Diagnostic::general(format!("`{name}` is no share of outcomes: its values reach {range}"))
        .help("say by --sd how far one measurement of it scatters, such as --sd 120")
        .help("for a share write one that stays within 0..1: `60% to 90%`, `beta(…)` or `truncate(…, min=0, max=1)`")
}
