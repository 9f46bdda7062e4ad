//! The sheet that says what the columns and metrics of the tables are.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use crate::report::glossary::figures_of;
use crate::tables::{Cell, Table};

/// What it is called.
const NAME: &str = "figures";
const WIDTHS: [f64; 2] = [34.0, 100.0];
/// The height of a line. Not every program fits rows to their texts.
const LINE: f64 = 15.0;

/// Adds the sheet, unless the tables hold nothing that needs explaining.
pub(super) fn add(workbook: &mut Workbook, tables: &[Table]) -> Result<(), XlsxError> {
    let figures: Vec<_> = figures_of(&names(tables)).collect();
    if figures.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(NAME)?.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let bold = Format::new().set_bold();
    for (column, (width, title)) in (0..).zip(WIDTHS.into_iter().zip(["figure", "what it is"])) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, title, &bold)?;
    }
    for (row, (names, meaning)) in (1..).zip(figures) {
        let names = names.join(", ");
        let lines = [&names, meaning].into_iter().zip(WIDTHS).map(|(text, width)| (text.len() as f64 / width).ceil());
        sheet.set_row_height(row, LINE * lines.fold(1.0, f64::max))?;
        sheet.write_string_with_format(row, 0, names, &top)?;
        sheet.write_string_with_format(row, 1, meaning, &top)?;
    }
    Ok(())
}

/// The columns of tables, and the metrics that rows are of.
fn names(tables: &[Table]) -> BTreeSet<&str> {
    let metrics = tables.iter().flat_map(|table| {
        let place = table.header.iter().position(|column| column == "metric");
        table.rows.iter().filter_map(move |row| match row.get(place?)? {
            Cell::Text(text) => Some(&**text),
            Cell::Number(_) => None,
        })
    });
    tables.iter().flat_map(|table| &table.header).map(String::as_str).chain(metrics).collect()
}
