//! A case in live formulas, on two sheets: what it assumes, and what that costs line by line and month by month. The
//! formulas are read off the program that is simulated.

mod amounts;
mod assumptions;
mod base_case;
mod drivers;
mod formula;
mod plan;

use rust_xlsxwriter::{Color, Format, Formula, Worksheet, XlsxError};

use self::formula::Formulas;
use super::style::AMOUNT;
use crate::engine::OpenCase;

/// The sheet of assumptions.
const ASSUMPTIONS: &str = "assumptions";
/// The sheet of costs.
const BASE_CASE: &str = "base_case";
/// Most cells of the sheet of costs: a formula takes far more memory than a number.
const MOST_CELLS: usize = 200_000;

/// Adds the two sheets, unless they would be too large to be of use; says whether it did.
pub(super) fn add(workbook: &mut rust_xlsxwriter::Workbook, open: &OpenCase) -> Result<bool, XlsxError> {
    let plan = plan::Plan::new(&open.model);
    if plan.rows.len() * (open.model.horizon as usize + 1) > MOST_CELLS {
        return Ok(false);
    }
    let mut formulas = Formulas::new(&open.model.program);
    assumptions::add(workbook.add_worksheet(), open, &mut formulas)?;
    base_case::add(workbook.add_worksheet(), open, &formulas, &plan)?;
    Ok(true)
}

/// Thousands separated from one thousand on; smaller numbers with all their digits.
const NUMBER: &str = "[>=1000]#,##0;[<=-1000]-#,##0;General";

/// The look of numbers of any unit.
fn plain() -> Format {
    Format::new().set_num_format(NUMBER)
}

/// The look of numbers that are to be changed.
fn changeable() -> Format {
    plain().set_font_color(Color::RGB(0x00_00_FF))
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
