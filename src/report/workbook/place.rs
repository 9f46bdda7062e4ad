//! Where the numbers of a chart stand.

use rust_xlsxwriter::ChartRange;

use super::sheet;
use crate::tables::{Cell, Table};

/// Rows of a table that follow each other, with what tells where they are on the sheet.
pub(super) struct TableRows<'a> {
    table: &'a Table,
    first: usize,
    last: usize,
}

impl<'a> TableRows<'a> {
    /// The rows, which stand together, whose columns hold these texts; `None` where there are none.
    pub(super) fn of(table: &'a Table, texts: &[(&str, &str)]) -> Option<TableRows<'a>> {
        let places = texts.iter().map(|(column, text)| Some((table.place(column)?, *text)));
        let wanted = places.collect::<Option<Vec<_>>>()?;
        let is = |cell: Option<&Cell>, text: &str| matches!(cell, Some(Cell::Text(found)) if **found == *text);
        TableRows::that(table, |row| wanted.iter().all(|(place, text)| is(row.get(*place), text)))
    }

    /// From the first of them that holds numbers in these columns to the last that does.
    pub(super) fn with_numbers(&self, columns: &[&str]) -> Option<TableRows<'a>> {
        let wanted: Vec<usize> = columns.iter().filter_map(|column| self.table.place(column)).collect();
        let number = |cell: Option<&Cell>| matches!(cell, Some(Cell::Number(x)) if x.is_finite());
        let full = |k: &usize| wanted.iter().all(|place| number(self.table.rows[*k].get(*place)));
        let mut inside = self.first..=self.last;
        let first = inside.find(full)?;
        Some(TableRows { first, last: inside.rfind(full).unwrap_or(first), ..*self })
    }

    /// All rows of a table.
    pub(super) fn of_all(table: &'a Table) -> Option<TableRows<'a>> {
        TableRows::of(table, &[])
    }

    fn that(table: &'a Table, fits: impl Fn(&Vec<Cell>) -> bool) -> Option<TableRows<'a>> {
        let first = table.rows.iter().position(&fits)?;
        let last = table.rows.iter().rposition(&fits)?;
        Some(TableRows { table, first, last })
    }

    /// The cells of a column; `None` where there is no such column.
    pub(super) fn column(&self, column: &str) -> Option<ChartRange> {
        let place = self.table.place(column)?;
        self.cells(place, [self.first + 1, self.last + 1])
    }

    /// The cell of a column in the first of the rows, as a name.
    pub(super) fn name(&self, column: &str) -> Option<ChartRange> {
        let place = self.table.place(column)?;
        self.cells(place, [self.first + 1; 2])
    }

    /// The header of a column, as a name.
    pub(super) fn header(&self, column: &str) -> Option<ChartRange> {
        let place = self.table.place(column)?;
        self.cells(place, [0; 2])
    }

    fn cells(&self, column: usize, rows: [usize; 2]) -> Option<ChartRange> {
        let column = u16::try_from(column).ok()?;
        let [first, last] = [u32::try_from(rows[0]).ok()?, u32::try_from(rows[1]).ok()?];
        Some(ChartRange::new_from_range(&sheet::name(self.table.name), first, column, last, column))
    }
}
