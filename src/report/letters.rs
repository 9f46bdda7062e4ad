//! Names that charts have no letters for.

use crate::chart;
use crate::model::Model;
use crate::scenario::Scenario;

/// The first letter of a name on the charts that their font does not have.
pub fn missing_letter(scenario: &Scenario, model: &Model) -> Option<char> {
    let options = model.options.iter().map(|option| option.name.as_str());
    let lines = model.options.iter().flat_map(|option| &option.lines).map(|line| line.name.as_str());
    let inputs = model.program.variables.iter().map(|variable| variable.name.as_str());
    options.chain(lines).chain(inputs).chain([scenario.currency.as_str()]).find_map(chart::missing_letter)
}
