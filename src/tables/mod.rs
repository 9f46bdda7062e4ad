//! Results as tables: one file per table of the output, rows of text and numbers, not yet bytes.

mod acceptability;
mod actuals;
mod bad_answers;
mod bad_futures;
mod break_even;
mod break_even_month;
mod break_even_volume;
mod column;
mod compare;
mod cost_lines;
mod cumulative;
mod drivers;
mod flip_points;
mod histogram;
mod indices;
mod inputs;
mod invoice;
mod ledger;
mod meaning;
mod one_way;
mod pairs;
mod pilot;
mod portfolio;
mod solve;
mod spend;
mod summary;
mod sweep;
mod tail;
mod tornado;
mod trials;
mod value_of_information;
mod verdict;

pub use acceptability::Along;
pub use actuals::actuals_table;
pub use bad_answers::{BadAnswers, own_failure_cost};
pub use bad_futures::Telling;
pub use column::{Column, Unit};
pub use compare::compare_table;
pub use indices::input_name;
pub use invoice::{Amount, amounts};
pub use meaning::Meaning;
pub use pilot::pilot_table;
pub use portfolio::{BEST_OF_EACH, portfolio_table};
pub use solve::solve_table;
pub use sweep::{sweep_columns, sweep_row, sweep_table};
pub use tornado::longest_first;
pub use trials::{trials_columns, trials_row};
pub use verdict::{Challenger, KindShares, Verdict, WorthKnowing};

use std::sync::Arc;

use crate::engine::Results;
use crate::sensitivity::Study;
use crate::stats::Estimate;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text; rows that say the same share it.
    Text(Arc<str>),
    /// A number; not finite means undefined, an empty cell.
    Number(f64),
}

impl Cell {
    /// An undefined number.
    pub const EMPTY: Cell = Cell::Number(f64::NAN);

    /// A text.
    pub fn text(text: impl AsRef<str>) -> Cell {
        Cell::Text(text.as_ref().into())
    }

    /// A number that may be undefined.
    pub fn maybe(x: Option<f64>) -> Cell {
        Cell::Number(x.unwrap_or(f64::NAN))
    }

    /// The value of an estimate.
    pub fn value(estimate: Option<Estimate>) -> Cell {
        Cell::maybe(estimate.map(|e| e.value))
    }

    /// The standard error of an estimate.
    pub fn error(estimate: Option<Estimate>) -> Cell {
        Cell::maybe(estimate.and_then(|e| e.std_error))
    }

    /// An estimate: its value, and its standard error.
    pub fn estimate(estimate: Option<Estimate>) -> [Cell; 2] {
        [Cell::value(estimate), Cell::error(estimate)]
    }
}

/// Rows of cells in named columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its file, without extension.
    pub name: &'static str,
    /// What stands where in a row.
    pub columns: Vec<Column>,
    /// Rows, with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What rows are of, where that differs from row to row.
    pub subjects: Vec<Meaning>,
}

impl Table {
    /// One without rows.
    pub fn new(name: &'static str, columns: impl IntoIterator<Item = Column>) -> Table {
        Table { name, columns: columns.into_iter().collect(), rows: Vec::new(), subjects: Vec::new() }
    }

    /// The place of the column of a key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

/// A table of a run: its name, and what makes it.
type Maker = (&'static str, fn(&Results) -> Table);

/// In the order of the documentation.
const RUN: [Maker; 16] = [
    ("summary", summary::table),
    ("break_even", break_even::table),
    ("break_even_month", break_even_month::table),
    ("break_even_volume", break_even_volume::table),
    ("cumulative", cumulative::table),
    ("histogram", histogram::table),
    ("cost_lines", cost_lines::table),
    ("ledger", ledger::table),
    ("spend", spend::table),
    ("inputs", inputs::table),
    ("value_of_information", value_of_information::table),
    ("one_way", one_way::table),
    ("drivers", drivers::table),
    ("pairs", pairs::table),
    ("acceptability", acceptability::table),
    ("tail", tail::table),
];

/// The names of the tables of a run, in the order of the documentation.
pub fn run_table_names() -> impl Iterator<Item = &'static str> {
    RUN.into_iter().map(|(name, _)| name)
}

/// All tables of a run, in the order of [`run_table_names`].
pub fn tables(results: &Results) -> Vec<Table> {
    RUN.iter().map(|(_, table)| with_periods(table(results), results)).collect()
}

/// One of the tables of a run.
pub fn table(results: &Results, name: &str) -> Option<Table> {
    RUN.iter().find(|(table, _)| *table == name).map(|(_, table)| with_periods(table(results), results))
}

/// A table with the day on which the month of each row begins, where it has months and these are known.
fn with_periods(mut table: Table, results: &Results) -> Table {
    let (Some(start), Some(place)) = (results.scenario.simulation().start, table.place("month")) else { return table };
    table.columns.push(Column::words("period_start", Meaning::PeriodStart));
    for row in &mut table.rows {
        let Cell::Number(month) = row[place] else { continue };
        row.push(Cell::text(start.period(month as u32).to_string()));
    }
    table
}

/// The names of the tables of a sensitivity study.
pub const STUDY_TABLES: [&str; 3] = ["tornado", "indices", "flip_points"];

/// The names of the tables of a sweep.
pub const SWEEP_TABLES: [&str; 1] = ["sweep"];

/// The names of the tables of a list of tasks.
pub const LIST_TABLES: [&str; 2] = ["sweep", "portfolio"];

/// The names of the tables of a comparison.
pub const COMPARE_TABLES: [&str; 1] = ["compare"];

/// The names of the tables of tests before deciding.
pub const PILOT_TABLES: [&str; 1] = ["pilot"];
/// The names of the tables of a goal seek.
pub const SOLVE_TABLES: [&str; 1] = ["solve"];

/// The names of the tables of months of a log against a scenario.
pub const ACTUALS_TABLES: [&str; 1] = ["actuals"];

/// All tables of a sensitivity study, with the run beside it.
pub fn study_tables(results: &Results, study: &Study, variables: Option<&[usize]>) -> Vec<Table> {
    vec![
        tornado::table(&results.model, study),
        indices::table(&results.model, study),
        flip_points::table(results, variables),
    ]
}

/// The numbers of the random variables in the order of the file.
pub fn variable_order(results: &Results) -> Vec<usize> {
    let variables = &results.model.program.variables;
    let mut order: Vec<usize> = (0..variables.len()).collect();
    order.sort_by_key(|v| variables[*v].dimension);
    order
}

/// The columns of what [`line_labels`] says.
fn line_columns() -> [Column; 3] {
    [("line", Meaning::Line), ("kind", Meaning::Kind), ("driver", Meaning::Driver)]
        .map(|(key, meaning)| Column::words(key, meaning))
}

/// Name, kind and driver of every line of an option, as written in the tables.
pub fn line_labels(results: &Results, option: usize) -> Vec<[&str; 3]> {
    let option = &results.model.options[option];
    let own = option.lines.iter().map(|l| [l.name.as_str(), l.kind.word(), l.driver.word()]);
    let driver = crate::model::Driver::Month.word();
    own.chain(option.substitutes.iter().map(|s| [s.name(), s.kind.word(), driver])).collect()
}
