//! What stands above every chart: whose scenario it is, the finding, and what was simulated.

use super::understood::plain;
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

/// At what rate costs are discounted, if they are.
pub(super) fn discounting(model: &Model) -> Option<String> {
    match model.yearly_discount() {
        Some(0.0) => None,
        Some(rate) => Some(format!("discounted at {} % a year", plain(100.0 * rate))),
        None => Some("discounted at an uncertain rate".to_owned()),
    }
}
