//! Tables as CSV: RFC 4180, points for decimals, and no text that a spreadsheet would take for a formula.

use super::format::number_text;
use crate::tables::{Cell, Table};

/// A whole table.
pub fn table_bytes(table: &Table) -> Vec<u8> {
    let mut bytes = header_bytes(&table.header);
    table.rows.iter().for_each(|row| bytes.extend(row_bytes(row)));
    bytes
}

/// A header.
pub fn header_bytes(header: &[String]) -> Vec<u8> {
    record(header.iter().map(|h| harmless(h)))
}

/// A row.
pub fn row_bytes(row: &[Cell]) -> Vec<u8> {
    record(row.iter().map(|cell| match cell {
        Cell::Text(text) => harmless(text),
        Cell::Number(x) => number_text(*x),
    }))
}

fn record(fields: impl Iterator<Item = String>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail; were it to, an empty line would be seen at once.
    let written = writer.write_record(fields.map(String::into_bytes));
    written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_else(|| b"\r\n".to_vec())
}

/// A text that no spreadsheet reads as a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_and_defused_and_numbers_are_not() {
        let row = [Cell::text("=1+1"), Cell::text("a,\"b\""), Cell::Number(-5.0), Cell::EMPTY, Cell::Number(0.1)];
        assert_eq!(String::from_utf8(row_bytes(&row)).unwrap(), "'=1+1,\"a,\"\"b\"\"\",-5,,0.1\r\n");
    }
}
