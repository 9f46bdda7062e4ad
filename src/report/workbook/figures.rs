//! The sheet that says what the columns and metrics of the tables are.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use crate::tables::{Meaning, Table};

/// What it is called.
const NAME: &str = "figures";
const WIDTHS: [f64; 2] = [34.0, 100.0];
/// The height of a line. Not every program fits rows to their texts.
const LINE: f64 = 15.0;

/// Adds the sheet, unless the tables hold nothing that needs explaining.
pub(super) fn add(workbook: &mut Workbook, tables: &[Table]) -> Result<(), XlsxError> {
    let meanings = meanings(tables);
    if meanings.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(NAME)?.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let bold = Format::new().set_bold();
    for (column, (width, title)) in (0..).zip(WIDTHS.into_iter().zip(["figure", "what it is"])) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, title, &bold)?;
    }
    for (row, meaning) in (1..).zip(meanings) {
        let [names, text] = [&meaning.names().join(", "), meaning.text()];
        let lines = [names, text].into_iter().zip(WIDTHS).map(|(text, width)| (text.len() as f64 / width).ceil());
        sheet.set_row_height(row, LINE * lines.fold(1.0, f64::max))?;
        sheet.write_string_with_format(row, 0, names, &top)?;
        sheet.write_string_with_format(row, 1, text, &top)?;
    }
    Ok(())
}

/// What the columns and rows of tables mean, each once.
fn meanings(tables: &[Table]) -> BTreeSet<Meaning> {
    let columns = tables.iter().flat_map(|table| &table.columns).map(|column| column.meaning);
    columns.chain(tables.iter().flat_map(|table| &table.subjects).copied()).collect()
}
