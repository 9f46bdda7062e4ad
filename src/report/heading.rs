//! What stands above every chart: whose scenario it is, the finding, and what was simulated.

use super::understood::discounting;
use crate::chart::Heading;
use crate::model::Model;
use crate::scenario::Scenario;

/// The finding with what it rests on, which ends with the seed.
pub(super) fn heading(scenario: &Scenario, title: String, rests_on: &[String]) -> Heading {
    let subtitle = format!("{}, seed {}", rests_on.join(", "), scenario.simulation.seed);
    Heading { scenario: scenario.title.clone(), title, subtitle }
}

/// `36 months, discounted at 8 % a year`: over how long costs are added up, and how.
pub(super) fn span(model: &Model) -> String {
    let months = format!("{} months", model.horizon);
    discounting(model).into_iter().fold(months, |months, how| format!("{months}, {how}"))
}
