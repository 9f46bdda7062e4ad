//! The first sheet: what the workbook is about, as the summary on the screen has it.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::sheet::fitting;

/// What it is called.
pub(super) const NAME: &str = "about";
/// Its letters are all of one width, since the summary has columns.
const FONT: &str = "Courier New";
const WIDTH: f64 = 84.0;
const NOTE_WIDTH: f64 = 60.0;
const NOTES: [&str; 3] = [
    "Columns that end in _se are Monte Carlo standard errors of those before;",
    "p_ stands for probabilities. Empty cells are undefined.",
    "The same scenario, seed and version give the same numbers.",
];

/// Fills the sheet.
pub(super) fn add(sheet: &mut Worksheet, summary: &str) -> Result<(), XlsxError> {
    let (mono, title) = (Format::new().set_font_name(FONT), Format::new().set_bold());
    sheet.set_name(NAME)?.set_column_width(0, WIDTH)?.set_screen_gridlines(false).set_print_fit_to_pages(1, 1);
    let version = format!("breakeven {}", env!("CARGO_PKG_VERSION"));
    let lines = summary.lines().chain(["", &version]).chain(NOTES);
    for (row, line) in (0..).zip(lines) {
        sheet.write_string_with_format(row, 0, fitting(line), if row == 0 { &title } else { &mono })?;
    }
    Ok(())
}

/// Adds lines beside the summary.
pub(super) fn add_note(sheet: &mut Worksheet, note: [&str; 2]) -> Result<(), XlsxError> {
    sheet.set_column_width(1, NOTE_WIDTH)?;
    for (row, line) in (0..).zip(note) {
        sheet.write_string(row, 1, line)?;
    }
    Ok(())
}
