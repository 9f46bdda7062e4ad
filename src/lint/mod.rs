//! Looking critically at a scenario that can be run: what its author probably did not mean.

mod hints;
mod models;
mod units;

pub use hints::{heavy_tailed, hints};

use crate::diagnostic::Diagnostic;
use crate::engine::Drawn;
use crate::model::Model;
use crate::scenario::Scenario;

/// Warnings of numbers that change the verdict unnoticed where their unit is wrong, and of options that never go live.
pub fn warnings(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let Some(drawn) = Drawn::new(scenario, model) else { return Vec::new() };
    let mut found = units::units(&drawn);
    found.extend((0..scenario.options.len()).filter_map(|option| hints::no_launch(&drawn, option)));
    found
}
