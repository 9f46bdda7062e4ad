//! What must be true of everything that a run writes and says.

use breakeven::engine::{Case, CaseKind, Results};
use breakeven::model::Model;
use breakeven::report::{self, Dialect};
use breakeven::scenario::Scenario;
use breakeven::tables::{Cell, Table, tables};

/// Columns of quantiles, from the lowest on.
const ASCENDING: [&str; 11] = ["min", "p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "max"];

/// A text for a terminal holds nothing that could move the cursor or turn the writing direction.
pub fn plain(text: &str) {
    let is_unsafe = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    assert_eq!(text.chars().find(|c| is_unsafe(*c)), None, "{text:?}");
}

/// The case at the means, and the first trial, line by line.
pub fn cases(scenario: &Scenario, model: &Model) {
    for at in [CaseKind::Mean, CaseKind::Trial(0)] {
        // An error that the pilot did not meet: at the mean of an input that has none.
        let Ok(case) = Case::new(scenario, model, at) else { continue };
        for option in 0..model.options.len() {
            plain(&report::case_text(scenario, model, &case, at, option, None));
        }
    }
}

/// Everything that a run writes.
pub fn all(results: &Results) {
    plain(&report::summary(results));
    for table in tables(results) {
        for row in &table.rows {
            figures(&table, row);
        }
        written(&table, Dialect::Standard);
        written(&table, Dialect::Excel);
    }
    document(results);
    chances(results);
}

/// Two runs of the same scenario write the same bytes.
pub fn same(one: &Results, other: &Results) {
    assert_eq!(report::json(one), report::json(other));
    let bytes = |results| tables(results).iter().flat_map(|t| report::table_bytes(t, Dialect::Standard)).collect();
    let [one, other]: [Vec<u8>; 2] = [bytes(one), bytes(other)];
    assert!(one == other, "the number of threads changes a table");
}

/// Errors are not negative, probabilities lie in 0..1, quantiles do not fall.
fn figures(table: &Table, row: &[Cell]) {
    assert_eq!(row.len(), table.columns.len(), "{}", table.name);
    let columns = || table.columns.iter().map(|column| &*column.key).zip(row);
    for (name, cell) in columns() {
        let Cell::Number(x) = cell else { continue };
        let error = name == "std_error" || name.ends_with("_se") || name == "sd";
        assert!(!error || x.is_nan() || *x >= 0.0, "{} of {}: {row:?}", name, table.name);
        let probability = name.starts_with("p_") && !error;
        assert!(!probability || x.is_nan() || (0.0..=1.0).contains(x), "{} of {}: {row:?}", name, table.name);
    }
    let cell = |wanted: &str| columns().find(|(name, _)| *name == wanted).map(|(_, cell)| cell);
    let ascending = ASCENDING.iter().filter_map(|name| match cell(name)? {
        Cell::Number(x) => Some(*x).filter(|x| x.is_finite()),
        Cell::Text(_) => None,
    });
    assert!(ascending.is_sorted(), "{}: {row:?}", table.name);
}

/// A table reads back as what it was: numbers to the last bit, no text that begins a formula.
fn written(table: &Table, dialect: Dialect) {
    let bytes = report::table_bytes(table, dialect);
    let (bytes, separator, decimal) = match dialect {
        Dialect::Standard => (bytes.as_slice(), b',', "."),
        Dialect::Excel => (bytes.strip_prefix("\u{feff}".as_bytes()).expect("a mark"), b';', ","),
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(bytes);
    let mut records = reader.records().map(|record| record.expect("as many cells as the header has"));
    let header = records.next().expect("a header");
    assert!(header.iter().zip(&table.columns).all(|(cell, column)| text(cell, &column.key)), "{header:?}");
    let mut rows = 0;
    for (record, row) in records.zip(&table.rows) {
        for (cell, was) in record.iter().zip(row) {
            let kept = match was {
                Cell::Text(was) => text(cell, was),
                Cell::Number(x) if x.is_finite() => cell.replace(decimal, ".").parse() == Ok(*x),
                Cell::Number(_) => cell.is_empty(),
            };
            assert!(kept, "{cell:?} in {} for {was:?}", table.name);
        }
        rows += 1;
    }
    assert_eq!(rows, table.rows.len(), "{}", table.name);
}

/// Whether a cell holds a text as it was, behind an apostrophe where it would begin a formula.
fn text(cell: &str, was: &str) -> bool {
    !cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && (cell == was || cell.strip_prefix('\'') == Some(was))
}

/// The document reads back, and says which scenario it is of.
fn document(results: &Results) {
    let value: serde_json::Value = serde_json::from_str(&report::json(results).to_string()).expect("JSON");
    assert_eq!(value["scenario_hash"], results.scenario.hash());
    assert_eq!(value["options"].as_array().map(Vec::len), Some(results.model.options.len()));
}

/// One candidate is the cheapest in each trial.
fn chances(results: &Results) {
    let options = 0..results.model.options.len();
    let sum: f64 = options.filter_map(|i| results.p_cheapest(i)).map(|p| p.value).sum();
    assert!((sum - 1.0).abs() < 1e-9, "the probabilities of being the cheapest add up to {sum}");
}
