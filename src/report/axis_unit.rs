//! The unit of an input's values on the axis of a chart.

use super::input_value::{field, field_at, is_amount, is_event, is_share};
use crate::chart::AxisUnit;
use crate::quantity::Variable;
use crate::scenario::{Field, Scenario};

/// The unit of what is written at a path, on the axis of a chart.
pub(super) fn unit_at(scenario: &Scenario, path: &str) -> AxisUnit {
    field_at(scenario, path).map_or(AxisUnit::Plain, |field| field_unit(scenario, field))
}

/// The unit of a variable's values on the axis of a chart.
pub(super) fn axis_unit(scenario: &Scenario, variable: &Variable) -> AxisUnit {
    match field(scenario, variable) {
        _ if is_event(scenario, variable) => AxisUnit::Percent,
        Some(field) => field_unit(scenario, field),
        None if is_amount(scenario, variable) => AxisUnit::of_currency(&scenario.currency),
        None => AxisUnit::Plain,
    }
}

/// The unit of a field's values on the axis of a chart.
fn field_unit(scenario: &Scenario, field: Field) -> AxisUnit {
    match field {
        _ if is_share(field) => AxisUnit::Percent,
        _ if field.is_money() => AxisUnit::of_currency(&scenario.currency),
        _ => AxisUnit::Plain,
    }
}
