//! A table on a sheet.

use rust_xlsxwriter::{Format, Worksheet};
use unicode_width::UnicodeWidthStr;

use super::{SHEET_ROWS, WorkbookError, guarded, style};
use crate::tables::{Cell, Column, Table};

/// Letters that the name of a sheet may have.
const NAME: usize = 31;
/// UTF-16 units that a cell may have.
const TEXT: usize = 32_767;
/// The narrowest and the widest column, in letters.
const WIDTHS: [usize; 2] = [11, 48];
/// Rows above which a table goes through a temporary file: a cell in memory takes a hundred bytes and more.
const LARGE: usize = 1 << 15;
/// What the button of the filter takes of a header, in letters.
const BUTTON: usize = 3;

/// Adds a sheet with a table.
pub(super) fn add(workbook: &mut rust_xlsxwriter::Workbook, table: &Table) -> Result<(), WorkbookError> {
    let rows = table.rows.len() as u64 + 1;
    if rows > SHEET_ROWS {
        return Err(WorkbookError::TooLong { table: table.name.to_owned(), rows });
    }
    guarded(|| {
        let is_large = table.rows.len() > LARGE;
        let inner = if is_large { workbook.add_worksheet_with_low_memory()? } else { workbook.add_worksheet() };
        let mut sheet = Sheet::begin(inner, table.name, &table.columns, &table.rows)?;
        for row in &table.rows {
            sheet.row(inner, row)?;
        }
        sheet.finish(inner)
    })
}

/// What a sheet is called.
pub(super) fn name(table: &str) -> String {
    table.chars().take(NAME).collect()
}

/// A sheet that is being filled from the top.
pub(super) struct Sheet {
    /// By column, how numbers look.
    formats: Vec<Option<Format>>,
    next: u32,
}

impl Sheet {
    /// Writes the header, which stays in sight; `rows` are known ones, to whose texts the columns are fitted.
    pub(super) fn begin(
        inner: &mut Worksheet,
        table: &str,
        columns: &[Column],
        rows: &[Vec<Cell>],
    ) -> Result<Sheet, WorkbookError> {
        inner.set_name(name(table))?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        inner.set_landscape().set_print_fit_to_pages(1, 0);
        let bold = Format::new().set_bold();
        for (place, column) in (0u16..).zip(columns) {
            let cells = rows.iter().filter_map(|row| row.get(usize::from(place)));
            inner.set_column_width(place, width(&column.key, cells) as f64)?;
            inner.write_string_with_format(0, place, fitting(&column.key), &bold)?;
        }
        Ok(Sheet { formats: columns.iter().map(|column| style::format(column.unit)).collect(), next: 1 })
    }

    /// Writes the next row. A text is never taken for anything else, and an undefined number leaves its cell empty.
    pub(super) fn row(&mut self, inner: &mut Worksheet, row: &[Cell]) -> Result<(), WorkbookError> {
        for ((column, cell), format) in (0u16..).zip(row).zip(&self.formats) {
            match (cell, format) {
                (Cell::Text(text), _) => inner.write_string(self.next, column, fitting(text))?,
                (Cell::Number(x), _) if !x.is_finite() => continue,
                // A sum with zero has no negative zero.
                (Cell::Number(x), Some(format)) => {
                    inner.write_number_with_format(self.next, column, x + 0.0, format)?
                }
                (Cell::Number(x), None) => inner.write_number(self.next, column, x + 0.0)?,
            };
        }
        self.next += 1;
        Ok(())
    }

    /// Lets the rows be filtered.
    pub(super) fn finish(&self, inner: &mut Worksheet) -> Result<(), WorkbookError> {
        let columns = u16::try_from(self.formats.len()).unwrap_or(u16::MAX);
        inner.autofilter(0, 0, self.next - 1, columns.saturating_sub(1))?;
        Ok(())
    }
}

/// The letters that a column takes. Numbers do not count: they are as long as their look.
fn width<'a>(header: &str, cells: impl Iterator<Item = &'a Cell>) -> usize {
    let texts = cells.map(|cell| match cell {
        Cell::Text(text) => text.width() + 1,
        Cell::Number(_) => 0,
    });
    let [least, most] = WIDTHS;
    texts.max().unwrap_or(0).max(header.width() + BUTTON).clamp(least, most)
}

/// The beginning of a text that a cell can hold.
pub(super) fn fitting(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > TEXT
    });
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_where_a_cell_ends() {
        let text = "😀".repeat(20_000);
        assert_eq!(fitting(&text).encode_utf16().count(), 32_766);
        assert_eq!(fitting("short"), "short");
        assert_eq!(name("a_table_with_a_name_longer_than_sheets_have").len(), 31);
    }
}
