//! Points from a list: CSV with a row for each, whose header names fields as `--set` does.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use super::axis::AxisValue;
use crate::diagnostic::{Diagnostic, Sources, Span, clean, excerpt, is_unsafe};
use crate::quantity::{parse, plain_number};
use crate::scenario::{Path, ScenarioFile};

/// Largest list that is read, in bytes.
pub const LARGEST_LIST: u64 = 256 << 20;
/// Most columns.
const MOST_COLUMNS: usize = 1000;
/// Wrong rows that are told one by one.
const TOLD: usize = 20;
/// Letters of a cell that a message quotes.
const QUOTED: usize = 60;
/// The column whose cells label rows.
const NAME: &str = "name";
/// Keys of `[simulation]` by which rows share their random numbers.
const SHARED: [&str; 3] = ["trials", "seed", "sampler"];
/// Memory of a reader of one row.
const BUFFER: usize = 512;

/// A list of points. It keeps its text and where rows begin.
#[derive(Clone, Debug)]
pub struct PointList {
    /// What messages call it.
    name: String,
    text: String,
    columns: Vec<ListColumn>,
    /// Where each row begins, in bytes.
    rows: Vec<u32>,
    /// Rows that are wrong by themselves, rising.
    bad: Vec<u32>,
    /// What is wrong with the first of them.
    told: Vec<Diagnostic>,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq)]
enum ListColumn {
    /// The label of a row.
    Name,
    /// A field, and whether quantities stand in it.
    Field { path: String, is_quantity: bool },
}

impl PointList {
    /// Reads a list. Rows that are wrong by themselves are known from then on: cells that are no quantities, too few or too
    /// many of them, names that are there already.
    ///
    /// # Errors
    /// No list at all, or columns that are no fields of the scenario.
    pub fn read(
        name: &str,
        text: String,
        scenario_file: &ScenarioFile,
        sources: &mut Sources,
    ) -> Result<PointList, Vec<Diagnostic>> {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let (columns, rows, bad, told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut list = PointList { name: clean(name), text, columns, rows, bad, told };
        list.read_header(scenario_file, sources)?;
        list.find_rows(sources)?;
        Ok(list)
    }

    /// How many rows it has.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The fields that it changes.
    pub fn paths(&self) -> Vec<&str> {
        let columns = self.columns.iter().filter_map(|column| match column {
            ListColumn::Name => None,
            ListColumn::Field { path, .. } => Some(path.as_str()),
        });
        columns.collect()
    }

    /// The label of a row: its name, or its number where there are no names.
    pub fn label(&self, row: usize) -> String {
        let place = self.columns.iter().position(|column| *column == ListColumn::Name);
        match place {
            Some(place) => self.record(row).get(place).unwrap_or("").trim().to_owned(),
            None => (row + 1).to_string(),
        }
    }

    /// What is wrong with the first rows that are wrong by themselves, and how many there are.
    pub fn bad_rows(&self) -> (&[Diagnostic], usize) {
        (&self.told, self.bad.len())
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a row stands, as a spreadsheet numbers rows.
    pub(super) fn place(&self, row: usize) -> String {
        format!("{}, row {}", self.name, row + 2)
    }

    /// Whether a row is wrong by itself.
    pub(super) fn is_bad(&self, row: usize) -> bool {
        self.bad.binary_search(&(row as u32)).is_ok()
    }

    /// What stands in the fields of a row.
    pub(super) fn values(&self, row: usize) -> Vec<AxisValue> {
        let record = self.record(row);
        let value = |(text, is_quantity): (&str, bool)| AxisValue {
            number: if is_quantity { plain_number(text) } else { None },
            text: text.to_owned(),
        };
        self.fields(&record).map(|(_, is_quantity, cell)| value((cell, is_quantity))).collect()
    }

    /// What a row writes over the scenario; empty cells leave it as it is.
    pub(super) fn changes(&self, row: usize) -> Vec<String> {
        let record = self.record(row);
        let written = self.fields(&record).filter(|(.., cell)| !cell.is_empty());
        written.map(|(path, _, cell)| format!("{path}={cell}")).collect()
    }

    /// The fields of a row with their cells, and whether these are quantities.
    fn fields<'a>(&'a self, record: &'a StringRecord) -> impl Iterator<Item = (&'a str, bool, &'a str)> {
        self.columns.iter().enumerate().filter_map(|(place, column)| match column {
            ListColumn::Name => None,
            ListColumn::Field { path, is_quantity } => {
                Some((path.as_str(), *is_quantity, record.get(place).unwrap_or("").trim()))
            }
        })
    }

    fn record(&self, row: usize) -> StringRecord {
        let text = &self.text.as_bytes()[self.rows[row] as usize..];
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(BUFFER).from_reader(text);
        let mut record = StringRecord::new();
        // The text was read before, and is UTF-8: this cannot fail.
        let _ = reader.read_record(&mut record);
        record
    }

    fn read_header(&mut self, scenario_file: &ScenarioFile, sources: &mut Sources) -> Result<(), Vec<Diagnostic>> {
        let mut reader = ReaderBuilder::new().from_reader(self.text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let place = format!("{}, row 1", self.name);
        let general = |message: &str, help: &str| vec![Diagnostic::general(format!("{place}: {message}")).help(help)];
        let help = "the header names fields as --set does: name,workload.requests_per_month,…";
        if header.iter().all(|cell| cell.trim().is_empty()) {
            return Err(general("there is no header", help));
        }
        if header.len() > MOST_COLUMNS {
            return Err(general("there are more than 1,000 columns", "keep those that differ from row to row"));
        }
        let mut problems = Vec::new();
        for cell in header.iter().map(str::trim) {
            match self.column(cell, scenario_file, (&place, sources)) {
                Ok(column) => self.columns.push(column),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn column(
        &self,
        cell: &str,
        scenario_file: &ScenarioFile,
        (place, sources): (&str, &mut Sources),
    ) -> Result<ListColumn, Diagnostic> {
        let error = |sources: &mut Sources, message: &str, help: &str| {
            let source = sources.add(place, cell);
            Err(Diagnostic::error(Span::new(source, 0, cell.len()), message).help(help))
        };
        let is_shared = |key: &&str| Path::parse(cell).fits(&["simulation", key]);
        let column = match cell {
            NAME => ListColumn::Name,
            "" => return error(sources, "a column has no field", "name it, or leave the column out"),
            _ if SHARED.iter().any(is_shared) => {
                let message = "all rows are run with the same random numbers";
                return error(sources, message, "give --trials, --seed or --sampler");
            }
            _ => {
                let is_quantity = scenario_file.is_of_quantity((place, cell), sources)?;
                ListColumn::Field { path: cell.to_owned(), is_quantity }
            }
        };
        match self.columns.contains(&column) {
            true => error(sources, "this column is there twice", "leave one of them out"),
            false => Ok(column),
        }
    }

    /// Finds where rows begin, and what is wrong with them.
    fn find_rows(&mut self, sources: &mut Sources) -> Result<(), Vec<Diagnostic>> {
        let text = std::mem::take(&mut self.text);
        let mut names: HashMap<u64, u32> = HashMap::new();
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        // Reading from memory cannot fail, and the text is UTF-8.
        while reader.read_record(&mut record).unwrap_or(false) {
            let row = self.rows.len();
            if let Err(finding) = self.check(row, &record, &mut names, sources) {
                self.bad.push(row as u32);
                self.told.extend((self.told.len() < TOLD).then_some(finding));
            }
            let begin = record.position().map_or(0, csv::Position::byte);
            self.rows.push(u32::try_from(begin).unwrap_or(u32::MAX));
        }
        self.text = text;
        match self.rows.is_empty() {
            true => {
                Err(vec![Diagnostic::general(format!("{} has no rows", self.name)).help("write a row for each task")])
            }
            false => Ok(()),
        }
    }

    /// # Errors
    /// What is wrong with a row by itself. Of the first ones the text becomes a source.
    fn check(
        &self,
        row: usize,
        record: &StringRecord,
        names: &mut HashMap<u64, u32>,
        sources: &mut Sources,
    ) -> Result<(), Diagnostic> {
        let place = self.place(row);
        if record.len() != self.columns.len() {
            let message = format!("{place} has {} cells, and the header {}", record.len(), self.columns.len());
            return Err(Diagnostic::general(message).help("cells with a comma stand in quotes"));
        }
        for (column, cell) in self.columns.iter().zip(record).map(|(column, cell)| (column, cell.trim())) {
            match column {
                ListColumn::Name => check_name(cell, (row, &place), names)?,
                ListColumn::Field { path, is_quantity: true } if !cell.is_empty() => {
                    parse(cell).map_err(|error| {
                        // A stranger's list may be wrong in each of millions of rows.
                        if self.told.len() == TOLD {
                            return Diagnostic::general(error.message);
                        }
                        let at = |k: usize| path.len() + 1 + k;
                        let source = sources.add(&*place, format!("{path}={cell}"));
                        let span = Span::new(source, at(error.at.start), at(error.at.end));
                        Diagnostic { help: error.help, ..Diagnostic::error(span, error.message) }
                    })?;
                }
                ListColumn::Field { .. } => {}
            }
        }
        Ok(())
    }
}

/// # Errors
/// A name that labels nothing, or another row.
fn check_name(name: &str, (row, place): (usize, &str), names: &mut HashMap<u64, u32>) -> Result<(), Diagnostic> {
    let error =
        |message: String, help: &str| Err(Diagnostic::general(format!("{place}, column name: {message}")).help(help));
    if name.is_empty() {
        return error("the row has no name".to_owned(), "name it, or leave the column out: rows are numbered then");
    }
    if name.chars().any(is_unsafe) {
        return error("a name stands on one line, without control characters".to_owned(), "write it in letters");
    }
    let digest = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(name));
    let key = u64::from_le_bytes(std::array::from_fn(|k| digest[k]));
    match names.insert(key, row as u32) {
        Some(first) => error(
            format!("`{}` is the name of row {} already", excerpt(name, QUOTED), first + 2),
            "tell them apart, or leave one of them out",
        ),
        None => Ok(()),
    }
}
