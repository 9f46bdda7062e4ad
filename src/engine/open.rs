//! A case in a model that still says what follows from each number of the scenario.

use super::case::{Case, CaseKind};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::scenario::Scenario;

/// A case with the program that it follows from.
#[derive(Clone, Debug)]
pub struct OpenCase {
    /// The scenario, read with its numbers left open.
    pub scenario: Scenario,
    /// Its model.
    pub model: Model,
    /// The case.
    pub case: Case,
}

impl OpenCase {
    /// The case of every input at its median; `open` is the same scenario with its numbers left open.
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn at_median(scenario: &Scenario, model: &Model, open: Scenario) -> Result<OpenCase, Diagnostic> {
        let closed = Case::new(scenario, model, CaseKind::Median)?;
        let names = model.program.variables.iter().map(|variable| variable.name.as_str());
        let values = names.zip(closed.inputs.iter().copied()).collect();
        let model = Model::new(&open);
        let case = Case::with(&open, &model, &values)?;
        Ok(OpenCase { scenario: open, model, case })
    }
}
