//! `pilot.csv`: a row for each test before deciding.

use super::{Cell, Column, Meaning, Table};
use crate::evsi::{Pilot, PilotPlan, PilotRow};
use crate::model::Model;

/// Between the inputs of a test.
const BETWEEN: &str = ";";

/// The table of what the tests of a plan are worth.
pub fn pilot_table(model: &Model, plan: &PilotPlan, pilot: &Pilot) -> Table {
    let samples = match plan.tested.len() {
        1 => Column::number("samples", Meaning::Samples),
        _ => Column::words("samples", Meaning::Samples),
    };
    let mut table = Table::new("pilot", [Column::words("inputs", Meaning::Subject), samples]);
    table.columns.extend(Column::amount("evsi", Meaning::Evsi).with_error());
    table.columns.push(Column::amount("cost", Meaning::TestCost));
    table.columns.push(Column::amount("enbs", Meaning::Enbs));
    table.columns.push(Column::share("p_changes_choice", Meaning::PChangesChoice));
    let names = plan.tested.iter().map(|tested| model.program.variables[tested.variable].name.as_str());
    let names = Cell::text(names.collect::<Vec<_>>().join(BETWEEN));
    table.rows.extend(pilot.rows.iter().map(|test| row(names.clone(), test)));
    table
}

fn row(names: Cell, test: &PilotRow) -> Vec<Cell> {
    let samples = match test.samples[..] {
        [samples] => Cell::Number(samples as f64),
        _ => Cell::text(test.samples.iter().map(u64::to_string).collect::<Vec<_>>().join(BETWEEN)),
    };
    let [evsi, error] = Cell::estimate(test.evsi);
    vec![
        names,
        samples,
        evsi,
        error,
        Cell::maybe(test.cost),
        Cell::value(test.enbs()),
        Cell::value(test.p_changes_choice),
    ]
}
