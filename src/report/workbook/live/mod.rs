//! A case in live formulas, on two sheets: what it assumes, and what that costs line by line and month by month. The
//! formulas are read off the program that is simulated.

mod amounts;
mod assumptions;
mod base_case;
mod drivers;
mod formula;
mod in_month;
mod plan;

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use self::formula::Formulas;
use super::style::{AMOUNT, SHARE};
use crate::engine::OpenCase;
use crate::report::input_value::is_share;
use crate::scenario::Field;

/// The sheet of assumptions.
const ASSUMPTIONS: &str = "assumptions";
/// The sheet of costs.
const BASE_CASE: &str = "base_case";
/// Most cells of the sheet of costs: a formula takes far more memory than a number.
const MOST_CELLS: usize = 200_000;

/// Adds the two sheets, unless they would be too large to be of use; says whether it did.
pub(super) fn add(workbook: &mut rust_xlsxwriter::Workbook, open: &OpenCase) -> Result<bool, XlsxError> {
    let plan = plan::SheetPlan::new(&open.model);
    if plan.rows.len() * (open.model.horizon as usize + 1) > MOST_CELLS {
        return Ok(false);
    }
    let mut formulas = Formulas::new(&open.model.program);
    assumptions::add(workbook.add_worksheet(), open, &mut formulas, &plan)?;
    base_case::add(workbook.add_worksheet(), open, &formulas, &plan)?;
    Ok(true)
}

/// How many sheets they are.
pub(super) const SHEETS: usize = 2;
/// What the first sheet says of them.
pub(super) const NOTE: [&str; 2] = [
    "The sheets assumptions and base_case hold one case in live formulas:",
    "whoever changes a blue number sees the costs follow.",
];

/// The look of a number of any unit: thousands separated where there are any, four digits where that is enough, else as
/// many as the column holds.
fn plain(value: f64) -> Format {
    match value.abs() {
        size if size >= 1000.0 => Format::new().set_num_format("#,##0"),
        size if size >= 0.01 && value.fract() != 0.0 => Format::new().set_num_format("0.00##"),
        _ => Format::new(),
    }
}

/// The look of the numbers of a row, which is one for all of them.
fn plain_row(values: impl Iterator<Item = f64> + Clone) -> Format {
    let most = values.clone().fold(0.0, |most: f64, x| most.max(x.abs()));
    let whole = values.into_iter().all(|x| x.fract() == 0.0);
    match most {
        most if most >= 1000.0 || whole => Format::new().set_num_format("#,##0"),
        most if most >= 0.01 => Format::new().set_num_format("0.0000"),
        _ => Format::new(),
    }
}

/// The look of a number in the unit of its field, if it has one.
fn in_unit(field: Option<Field>, value: f64) -> Format {
    match field {
        Some(field) if is_share(field) => Format::new().set_num_format(SHARE),
        Some(field) if field.is_money() && value.abs() >= 0.01 => amount(),
        _ => plain(value),
    }
}

/// The look of amounts.
fn amount() -> Format {
    Format::new().set_num_format(AMOUNT)
}

/// Writes a formula with what it comes to, for programs that do not work it out themselves.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (formula, value): (&str, f64),
    format: &Format,
) -> Result<(), XlsxError> {
    let formula = Formula::new(format!("={formula}")).set_result(value.to_string());
    sheet.write_formula_with_format(row, column, formula, format)?;
    Ok(())
}
