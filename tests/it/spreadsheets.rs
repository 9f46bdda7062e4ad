//! What a spreadsheet gets: CSV in two dialects and workbooks, read back by parsers that are not ours.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::common::program::{TABLES, folder, program};
use crate::common::{results, scenario};
use breakeven::report::{
    Dialect, NativeCharts, SHEET_ROWS, WorkbookError, header_bytes, row_bytes, table_bytes, workbook,
};
use breakeven::tables::{Cell, Column, Meaning, Table, tables};
use calamine::{Data, Range, Reader, Xlsx};

/// Names that formulas, quotes, separators, references and other scripts are made of.
const HOSTILE: &str = r#"
title = "Hostile; \"names\", for all"
[simulation]
horizon_months = 6
trials = 1024
[inputs]
"p_success" = "uniform(0, 1)"
[workload]
requests_per_month = "80k to 120k"
input_tokens = 1000
output_tokens = 100
[[option]]
name = "=HYPERLINK(\"http://a.b\",\"x\")"
inference.input_price = 3
inference.output_price = 15
[[option]]
name = "@Tuned; +1,5 'q'!A1"
setup.cost = "1k * p_success"
inference.input_price = 1
inference.output_price = 5
[[option]]
name = "-2+3 Größe 模型 🚀"
setup.cost = "500 to 2k"
inference.input_price = 1
inference.output_price = 5
[[option.cost]]
name = "=cmd|' /C calc'!A0"
amount = "+1 to 3"
per = "month"
"#;

fn breakeven(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    charted(folder, &[arguments, &["--no-charts"]].concat())
}

fn charted(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    program(folder).args(arguments).args(["--quiet", "--out", "o"]).assert()
}

/// Header and rows of a CSV file.
fn records(bytes: &[u8], separator: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(bytes);
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn opened(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The parts of a workbook whose names begin so.
fn parts(bytes: &[u8], beginning: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = archive.file_names().map(|name| name.unwrap().into_owned());
    let names: Vec<String> = names.filter(|name| name.starts_with(beginning)).collect();
    let read = |name: &String| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(read).collect()
}

/// A table whose texts a spreadsheet would like to read as something else.
fn texts() -> Table {
    let long = "é".repeat(32_767);
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "a\nb",
        "a\r\nb",
        "a;b",
        "a,b",
        "\"q\"",
        "'",
        "00123",
        "1-2",
        "1,5",
        "1.5",
        "1e5",
        "TRUE",
        "#N/A",
        " spaces ",
        "_x0041_",
        "模型 🚀",
        "\u{1}",
        "<&>",
        "",
        &long,
    ];
    let rows = texts.iter().map(|text| vec![Cell::text(*text), Cell::Number(1.5), Cell::text(*text)]).collect();
    Table { rows, ..Table::new("texts", ["=a", "b;c", "d\ne"].map(|key| Column::words(key, Meaning::Subject))) }
}

#[test]
fn the_excel_dialect_reads_back_to_the_same_cells() {
    let folder = folder(HOSTILE);
    let files = |dialect: &str| {
        breakeven(folder.path(), &["run", "small.toml", "--save-trials", "50", "--csv-dialect", dialect]).success();
        let read = |name: &&str| fs::read(folder.path().join(format!("o/{name}.csv"))).unwrap();
        TABLES.iter().chain(&["trials"]).map(read).collect::<Vec<_>>()
    };
    for (standard, excel) in files("standard").into_iter().zip(files("excel")) {
        let text = String::from_utf8(excel).unwrap();
        let rest = text.strip_prefix('\u{feff}').expect("a byte-order mark");
        assert!(!rest.contains('\u{feff}') && rest.ends_with("\r\n"));
        let [standard, excel] = [records(&standard, b','), records(rest.as_bytes(), b';')];
        assert!(standard.len() > 1 && standard.len() == excel.len());
        for (a, b) in standard.iter().zip(&excel) {
            assert_eq!(a.len(), b.len());
            for (a, b) in a.iter().zip(b) {
                match a.parse::<f64>() {
                    Ok(x) => assert!(!b.contains('.') && b.replace(',', ".").parse() == Ok(x), "{a} and {b}"),
                    Err(_) => assert_eq!(a, b),
                }
            }
        }
    }
}

#[test]
fn no_dialect_lets_a_text_become_a_formula_or_leave_its_cell() {
    let table = texts();
    for (dialect, separator) in [(Dialect::Standard, b','), (Dialect::Excel, b';')] {
        let bytes = table_bytes(&table, dialect);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let read = records(text.trim_start_matches('\u{feff}').as_bytes(), separator);
        assert_eq!(read.len(), 1 + table.rows.len());
        let header: Vec<Cell> = table.columns.iter().map(|column| Cell::text(&column.key)).collect();
        for (row, found) in std::iter::once(&header).chain(&table.rows).zip(&read) {
            for (cell, found) in row.iter().zip(found) {
                let Cell::Text(text) = cell else { continue };
                assert!(!found.starts_with(['=', '+', '-', '@', '\t', '\r']), "{found:?}");
                assert!(**found == **text || *found == format!("'{text}"), "{found:?}");
            }
        }
        let streamed = table.rows.iter().flat_map(|row| row_bytes(row, dialect));
        assert_eq!(header_bytes(&table.columns, dialect).into_iter().chain(streamed).collect::<Vec<u8>>(), bytes);
    }
}

/// Asserts that a sheet holds a table, each cell with its type.
fn holds(sheet: &Range<Data>, table: &Table) {
    let header: Vec<Cell> = table.columns.iter().map(|column| Cell::text(&column.key)).collect();
    let rows = (0u32..).zip(std::iter::once(&header).chain(&table.rows));
    for (r, row) in rows {
        for (c, cell) in (0u32..).zip(row) {
            let found = sheet.get_value((r, c)).unwrap_or(&Data::Empty);
            let same = match cell {
                Cell::Text(text) if text.is_empty() => *found == Data::Empty,
                Cell::Text(text) => *found == Data::String(text.to_string()),
                Cell::Number(x) if x.is_finite() => *found == Data::Float(*x),
                Cell::Number(_) => *found == Data::Empty,
            };
            assert!(same, "{} row {r} column {c}: {found:?} for {cell:?}", table.name);
        }
    }
    let size = (sheet.height(), sheet.width());
    assert_eq!(size, (1 + table.rows.len(), table.columns.len()), "{}", table.name);
}

#[test]
fn a_workbook_holds_every_table_with_every_cell_typed() {
    let found = results(&scenario(HOSTILE), 1);
    let tables = tables(&found);
    let bytes = workbook("", &tables, Some(&NativeCharts::of_run(&found))).unwrap();
    let mut book = opened(bytes.clone());
    let names: Vec<&str> = ["about", "charts"].into_iter().chain(TABLES).chain(["chart_data", "figures"]).collect();
    assert_eq!(book.sheet_names(), names);
    for table in &tables {
        holds(&book.worksheet_range(table.name).unwrap(), table);
    }
    for name in names {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name} has formulas");
    }
    assert!(parts(&bytes, "xl/worksheets/").iter().all(|sheet| !sheet.contains("<f>")));
    assert_eq!(book.worksheet_range("ledger").unwrap().get_value((1, 1)), Some(&Data::Float(0.0)));
}

#[test]
fn a_workbook_says_what_its_columns_are() {
    let tables = tables(&results(&scenario(HOSTILE), 1));
    let mut book = opened(workbook("", &tables, None).unwrap());
    let sheet = book.worksheet_range("figures").unwrap();
    let told: Vec<String> =
        sheet.rows().flat_map(|row| row[0].to_string().split(", ").map(str::to_owned).collect::<Vec<_>>()).collect();
    for column in tables.iter().flat_map(|table| &table.columns).filter(|column| column.error_of.is_none()) {
        assert!(told.iter().any(|told| *told == column.key), "{}: {told:?}", column.key);
    }
    // Of what is in other tables nothing is said.
    assert!(!told.contains(&"shapley".to_owned()) && told.contains(&"peak_outlay".to_owned()));
}

#[test]
fn a_workbook_keeps_any_text() {
    let table = texts();
    let mut book = opened(workbook("", std::slice::from_ref(&table), None).unwrap());
    holds(&book.worksheet_range("texts").unwrap(), &table);
    assert_eq!(book.sheet_names(), ["about", "texts", "figures"]);
}

#[test]
fn charts_refer_to_cells_that_hold_numbers() {
    let found = results(&scenario(HOSTILE), 1);
    let bytes = workbook("", &tables(&found), Some(&NativeCharts::of_run(&found))).unwrap();
    let mut book = opened(bytes.clone());
    let charts = parts(&bytes, "xl/charts/");
    assert_eq!(charts.len(), 4);
    for chart in &charts {
        let values: Vec<&str> = chart.split("<c:val>").skip(1).collect();
        assert!(values.len() >= 3, "{chart}");
        for part in values {
            let reference = part.split("<c:f>").nth(1).and_then(|p| p.split("</c:f>").next()).unwrap();
            let (sheet, cells) = reference.split_once('!').unwrap();
            let [first, last]: [(u32, u32); 2] = [0, 1].map(|k| place(cells.split(':').nth(k).unwrap()));
            let sheet = book.worksheet_range(sheet).unwrap();
            for row in first.0..=last.0 {
                let cell = sheet.get_value((row, first.1));
                assert!(matches!(cell, Some(Data::Float(_))), "{reference} row {row}: {cell:?}");
            }
        }
    }
}

/// Row and column of a reference such as `$B$12`, from 0.
fn place(reference: &str) -> (u32, u32) {
    let parts: Vec<&str> = reference.split('$').collect();
    let column = parts[1].bytes().fold(0, |c, letter| 26 * c + u32::from(letter - b'A') + 1);
    (parts[2].parse::<u32>().unwrap() - 1, column - 1)
}

#[test]
fn the_files_of_a_run_agree_and_its_workbook_depends_on_no_thread_and_no_clock() {
    let folder = folder(HOSTILE);
    let run = |threads: &str| {
        breakeven(folder.path(), &["run", "small.toml", "--xlsx", "--save-trials", "700", "--threads", threads])
            .success();
        fs::read(folder.path().join("o/results.xlsx")).unwrap()
    };
    let one = run("1");
    // The clock of an archive has steps of two seconds.
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert!(one == run("2"));
    let mut book = opened(one);
    let other = |name: &&str| !["about", "assumptions", "base_case", "figures"].contains(name);
    let sheets = ["about", "assumptions", "base_case"].iter().chain(&TABLES).chain(&["figures", "trials"]);
    assert_eq!(book.sheet_names(), sheets.copied().collect::<Vec<_>>());
    for name in book.sheet_names().iter().map(String::as_str).filter(other) {
        let csv = records(&fs::read(folder.path().join(format!("o/{name}.csv"))).unwrap(), b',');
        let sheet = book.worksheet_range(name).unwrap();
        assert_eq!(sheet.height(), csv.len());
        for (row, cells) in sheet.rows().zip(&csv) {
            for (found, cell) in row.iter().zip(cells) {
                let same = match found {
                    Data::Float(x) => cell.parse() == Ok(*x),
                    Data::String(text) => cell == text || *cell == format!("'{text}"),
                    other => *other == Data::Empty && cell.is_empty(),
                };
                assert!(same, "{name}: {found:?} and {cell:?}");
            }
        }
    }
}

#[test]
fn studies_and_sweeps_have_workbooks_and_old_ones_do_not_stay() {
    let folder = folder(HOSTILE);
    let vary = ["sweep", "small.toml", "--trials", "256", "--vary", "workload.requests_per_month=50k..2M:log:5"];
    let commands: [(&[&str], &str, usize); 3] = [
        (&["run", "small.toml"], "results.xlsx", 4),
        (&["sensitivity", "small.toml", "--trials", "256"], "sensitivity.xlsx", 1),
        (&vary, "sweep.xlsx", 2),
    ];
    for (command, file, charts) in commands {
        charted(folder.path(), &[command, &["--xlsx"]].concat()).success();
        let bytes = fs::read(folder.path().join("o").join(file)).unwrap();
        assert_eq!(parts(&bytes, "xl/charts/").len(), charts, "{file}");
        let mut book = opened(bytes);
        let table = |name: &String| folder.path().join(format!("o/{name}.csv")).exists();
        assert_eq!(book.sheet_names()[0], "about");
        for name in book.sheet_names().into_iter().filter(table) {
            let rows = records(&fs::read(folder.path().join(format!("o/{name}.csv"))).unwrap(), b',').len();
            // A study without flip points has an empty table.
            assert_eq!(book.worksheet_range(&name).unwrap().height(), rows, "{name}");
        }
        breakeven(folder.path(), command).success();
        assert!(!folder.path().join("o").join(file).exists(), "{file}");
    }
}

#[test]
fn more_trials_than_a_sheet_has_rows_are_written_with_a_warning() {
    let constant = "[simulation]\nhorizon_months = 2\ntrials = 1048576\n[workload]\nrequests_per_month = 1000\n\
        input_tokens = 1000\noutput_tokens = 100\n[[option]]\nname = \"Only\"\ninference.input_price = 3\ninference.output_price = 15\n";
    let folder = folder(constant);
    let trials = || fs::read(folder.path().join("o/trials.csv")).unwrap().iter().filter(|b| **b == b'\n').count();
    let run = breakeven(folder.path(), &["run", "small.toml", "--save-trials", "1048575"]).success();
    let quiet = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(!quiet.contains("spreadsheet"), "{quiet}");
    assert_eq!(trials() as u64, SHEET_ROWS);
    let run = breakeven(folder.path(), &["run", "small.toml", "--save-trials", "2000000", "--xlsx"]).success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("warning: a spreadsheet opens only the first 1,048,575 trials"), "{said}");
    assert_eq!(trials() as u64, SHEET_ROWS + 1);
    let book = opened(fs::read(folder.path().join("o/results.xlsx")).unwrap());
    assert!(!book.sheet_names().contains(&"trials".to_owned()));
}

#[test]
fn a_table_that_is_longer_than_a_sheet_is_no_workbook() {
    let columns = [Column::number("x", Meaning::Value)];
    let table = Table { rows: vec![Vec::new(); SHEET_ROWS as usize], ..Table::new("long", columns) };
    let found = workbook("", &[table], None);
    assert!(matches!(found, Err(WorkbookError::TooLong { rows, .. }) if rows == SHEET_ROWS + 1));
}
