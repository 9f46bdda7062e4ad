//! Whatever options and cost lines are called, a reader of the CSV finds their names again, and nothing has moved to
//! another cell.

use std::collections::{BTreeSet, HashMap};

use crate::arithmetic::draft::Draft;
use crate::common::{results, scenario};
use breakeven::engine::Results;
use breakeven::report::{Dialect, header_bytes, table_bytes};
use breakeven::tables::{Cell, Table, tables, trials_columns};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

const CASES: u64 = 40;
const DIALECTS: [(Dialect, u8); 2] = [(Dialect::Standard, b','), (Dialect::Excel, b';')];
/// What names are made of: separators, quotes, beginnings of formulas, and what looks like none of them. Control characters,
/// ends of lines among them, are refused in names.
const PIECES: [&str; 19] =
    ["=", "+", "-", "@", "'", "''", "\"", "\"\"", ",", ";", " ", ".", "#", "\\", "1,5", "total", "größe", "模型", "🚀"];

fn name(random: &mut ChaCha8Rng) -> String {
    let count = random.random_range(1..=5);
    (0..count).map(|_| PIECES[random.random_range(0..PIECES.len())]).collect()
}

/// Different names that are more than space.
fn names(count: usize, random: &mut ChaCha8Rng) -> Vec<String> {
    let mut found = BTreeSet::from(["'=a".to_owned(), "=a".to_owned()]);
    while found.len() < count {
        found.extend(Some(name(random)).filter(|name| !name.trim().is_empty()));
    }
    found.into_iter().collect()
}

/// A draft whose options and cost lines are called otherwise, by what they were called.
fn renamed(case: u64) -> (String, HashMap<String, String>) {
    let mut random = ChaCha8Rng::seed_from_u64(case);
    let old = ["o0", "o1", "o2", "o3", "l0", "l1", "l2"];
    let new = names(old.len(), &mut random);
    let first = random.random_range(0..new.len());
    let names: HashMap<String, String> =
        old.iter().enumerate().map(|(i, old)| ((*old).to_owned(), new[(first + i) % new.len()].clone())).collect();
    let quoted = |name: &str| serde_json::to_string(name).expect("a string");
    let text = names.iter().fold(Draft::new(case).text, |text, (old, new)| text.replace(&quoted(old), &quoted(new)));
    (text, names)
}

/// The name that a cell stands for: an apostrophe before what would begin a formula, were the apostrophes not there, is none
/// of it.
fn meant(cell: &str) -> &str {
    let is_formula = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    cell.strip_prefix('\'').filter(|_| is_formula).unwrap_or(cell)
}

fn records(bytes: &[u8], (dialect, separator): (Dialect, u8)) -> Vec<Vec<String>> {
    let mark = if dialect == Dialect::Excel { "\u{feff}" } else { "" };
    let bytes = bytes.strip_prefix(mark.as_bytes()).expect("the dialect's mark");
    // A row of another length is an error of this reader.
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn reads_back(table: &Table, dialect: (Dialect, u8)) {
    let read = records(&table_bytes(table, dialect.0), dialect);
    let header: Vec<Cell> = table.columns.iter().map(|column| Cell::text(&column.key)).collect();
    assert_eq!(read.len(), 1 + table.rows.len(), "rows of {}", table.name);
    for (row, found) in std::iter::once(&header).chain(&table.rows).zip(&read) {
        assert_eq!(row.len(), found.len(), "columns of {}", table.name);
        for (cell, found) in row.iter().zip(found) {
            assert!(!found.starts_with(['=', '@', '\t', '\r']), "{} has the formula {found:?}", table.name);
            let same = match cell {
                Cell::Text(text) => meant(found) == &**text,
                Cell::Number(x) if x.is_finite() && dialect.0 == Dialect::Excel => {
                    found.replace(',', ".").parse() == Ok(*x)
                }
                Cell::Number(x) if x.is_finite() => found.parse() == Ok(*x),
                Cell::Number(_) => found.is_empty(),
            };
            assert!(same, "{}: {found:?} for {cell:?}", table.name);
        }
    }
}

/// All that stands in a column of the tables, as a reader understands it.
fn column(found: &[Table], table: &str, key: &str, dialect: (Dialect, u8)) -> BTreeSet<String> {
    let table = found.iter().find(|t| t.name == table).expect("the table");
    let place = table.place(key).expect("the column");
    let read = records(&table_bytes(table, dialect.0), dialect);
    read[1..].iter().map(|row| meant(&row[place]).to_owned()).collect()
}

fn trials_have_a_column_each(found: &Results, dialect: (Dialect, u8)) {
    let columns = trials_columns(found);
    let read = records(&header_bytes(&columns, dialect.0), dialect);
    let names: Vec<&str> = read[0].iter().map(|cell| meant(cell)).collect();
    assert_eq!(names, columns.iter().map(|column| &*column.key).collect::<Vec<_>>());
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "two columns have one name: {names:?}");
}

#[test]
fn names_read_back_from_every_table_in_both_dialects() {
    for case in 0..CASES {
        let (text, names) = renamed(case);
        let found = results(&scenario(&text), 1);
        let options: BTreeSet<String> = found.model.options.iter().map(|option| option.name.clone()).collect();
        assert!((0..options.len()).all(|i| options.contains(&names[&format!("o{i}")])), "{options:?} of {names:?}");
        let custom = found.model.options.iter().flat_map(|option| &option.lines).filter(|l| l.name.custom().is_some());
        let lines: BTreeSet<String> = custom.map(|line| line.name.as_str().to_owned()).collect();
        assert!(lines.iter().all(|line| names.values().any(|name| name == line)));
        let tables = tables(&found);
        for dialect in DIALECTS {
            tables.iter().for_each(|table| reads_back(table, dialect));
            trials_have_a_column_each(&found, dialect);
            assert_eq!(column(&tables, "summary", "option", dialect), options);
            assert!(column(&tables, "cost_lines", "line", dialect).is_superset(&lines));
        }
    }
}
