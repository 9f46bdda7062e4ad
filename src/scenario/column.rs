//! A column of a data file: its numbers, or their mean with the error that blocks of time show.

use std::io::Read;
use std::sync::Arc;

use crate::diagnostic::{Refusal, excerpt, nearest, refuse};
use crate::logs::{self, FORMATS, Filter, LogRow, Rejected, TimeUnit, check_any, time};
use crate::quantity::Data;
use crate::quantity::ast::{DataCall, DataUse};
use crate::workload::{Additive, Blocks, mean_by};

/// Most numbers of a column, which take 128 MiB.
const MOST: usize = 1 << 24;
/// Most letters of a cell or of a column's name that a message quotes.
const QUOTED: usize = 30;
/// Most names of columns that a message lists.
const LISTED: usize = 20;

/// What a file holds of a column.
#[derive(Clone, Debug)]
pub struct DataColumn {
    /// Its numbers or their mean.
    pub data: Data,
    /// Of the file's bytes.
    pub digest: [u8; 32],
    /// What became of the records.
    pub records: DataRecords,
}

/// What became of the records of a data file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataRecords {
    /// All of them.
    pub read: u64,
    /// Those that do not pass the filter.
    pub filtered: u64,
    /// Those without a number.
    pub rejected: Rejected,
    /// The field with the time of a record, where the file is of a known format.
    pub time: Option<String>,
}

/// Reads what a quantity asks for.
///
/// # Errors
/// No such column, too many records without a number in it, or what cannot be read.
pub fn read(mut source: impl Read + Send, call: &DataCall) -> Result<DataColumn, Refusal> {
    let filter = call.filter.as_deref().map(Filter::parse).transpose()?;
    let mut reading = ColumnReading::new(call, filter);
    let read = logs::each(&mut source, &call.file, &mut |row| reading.row(row))?;
    if read.records == 0 {
        return refuse(format!("`{}` has no rows", call.file), "give the column at least one value");
    }
    let records = reading.records.clone();
    let data = reading.finish()?;
    Ok(DataColumn { data, digest: read.digest, records })
}

/// Sums over records: of a column, and of what it is a mean per.
#[derive(Clone, Debug, Default)]
struct Ratio {
    count: f64,
    sum: f64,
}

impl Additive for Ratio {
    fn add(&mut self, other: &Ratio) {
        self.count += other.count;
        self.sum += other.sum;
    }
}

/// A file on the way to its column.
struct ColumnReading<'a> {
    call: &'a DataCall,
    filter: Option<Filter>,
    records: DataRecords,
    values: Vec<f64>,
    blocks: Blocks<Ratio>,
    /// What a number means as a time.
    unit: TimeUnit,
    /// The first record's fields.
    names: Vec<String>,
}

impl<'a> ColumnReading<'a> {
    fn new(call: &'a DataCall, filter: Option<Filter>) -> Self {
        ColumnReading {
            call,
            filter,
            records: DataRecords::default(),
            values: Vec::new(),
            blocks: Blocks::default(),
            unit: TimeUnit::BySize,
            names: Vec::new(),
        }
    }

    fn row(&mut self, row: &LogRow<'_>) -> Result<(), Refusal> {
        if self.records.read == 0 {
            self.first(row)?;
        }
        self.records.read += 1;
        if self.filter.as_ref().is_some_and(|filter| !filter.passes(row, &|_| None)) {
            self.records.filtered += 1;
            return Ok(());
        }
        let added = match &self.call.by {
            None => self.number(row, &self.call.column).and_then(|x| self.keep(x)),
            Some(by) => self.add_to_block(row, by),
        };
        match added {
            Ok(()) => {}
            Err(Fault::OfRecord(fault)) => self.records.rejected.add(&self.call.file, row, &fault),
            Err(Fault::OfFile(error)) => return Err(error),
        }
        Ok(())
    }

    /// Looks for the fields, which every record of a delimited text has.
    fn first(&mut self, row: &LogRow<'_>) -> Result<(), Refusal> {
        self.names = row.names();
        let format = FORMATS.iter().find(|format| format.is(row));
        let time = format.and_then(|format| format.time.iter().flat_map(|sum| sum.iter()).find(|f| row.holds(f)));
        self.records.time = time.map(|field| (*field).to_owned());
        if self.records.time.as_ref() == self.call.by.as_ref() {
            self.unit = format.map_or(TimeUnit::BySize, |format| format.unit);
        }
        let call = self.call;
        for field in [Some(&call.column), call.by.as_ref(), call.per.as_ref()].into_iter().flatten() {
            if row.line().is_some() && row.get(field).is_none() {
                return Err(self.unknown(field));
            }
        }
        Ok(())
    }

    fn unknown(&self, column: &str) -> Refusal {
        let message = format!("`{}` has no column '{}'", self.call.file, excerpt(column, QUOTED));
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let help = match nearest(column, names.iter().copied()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => {
                let listed: Vec<String> = names.iter().take(LISTED).map(|name| excerpt(name, QUOTED)).collect();
                let more = names.len().saturating_sub(LISTED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("its columns are {}{more}", listed.join(", "))
            }
        };
        Refusal { message, help }
    }

    fn number(&self, row: &LogRow<'_>, column: &str) -> Result<f64, Fault> {
        let wrong = |what: String| Fault::OfRecord(format!("{what} in column '{}'", excerpt(column, QUOTED)));
        match row.number(column) {
            Ok(Some(x)) if x.is_finite() => Ok(x),
            Ok(_) => Err(wrong("there is no number".to_owned())),
            Err(text) => Err(wrong(format!("'{}' is not a number", excerpt(text.trim(), QUOTED)))),
        }
    }

    fn keep(&mut self, x: f64) -> Result<(), Fault> {
        if self.values.len() == MOST {
            let message = format!("`{}` has more than {MOST} rows", self.call.file);
            return Err(Fault::OfFile(Refusal { message, help: "keep a sample of them".to_owned() }));
        }
        self.values.push(x);
        Ok(())
    }

    fn add_to_block(&mut self, row: &LogRow<'_>, by: &str) -> Result<(), Fault> {
        let sum = self.number(row, &self.call.column)?;
        let count = self.call.per.as_ref().map_or(Ok(1.0), |per| self.number(row, per))?;
        if count < 0.0 {
            return Err(Fault::OfRecord(format!(
                "{count} in column '{}' is no count",
                self.call.per.as_deref().unwrap_or("")
            )));
        }
        let found = match time(row, by, self.unit) {
            Ok(Some(time)) => time,
            Ok(None) => return Err(Fault::OfRecord(format!("there is no time in column '{by}'"))),
            Err(text) => {
                return Err(Fault::OfRecord(format!("'{}' in column '{by}' is no time", excerpt(&text, QUOTED))));
            }
        };
        let added = self.blocks.add(found, 0, &Ratio { count, sum });
        added.map_err(Fault::OfFile)
    }

    fn finish(mut self) -> Result<Data, Refusal> {
        let DataRecords { read, filtered, rejected, .. } = &self.records;
        let help = "write numbers like 1234.5, or leave records out with where='…'";
        rejected.check(read - filtered, help)?;
        check_any(read - filtered - rejected.count, [*read, *filtered], "where='…'")?;
        if self.call.by.is_some() {
            return self.mean();
        }
        if self.call.wanted == DataUse::Series {
            return self.series();
        }
        self.values.sort_unstable_by(f64::total_cmp);
        Ok(Data::Values(Arc::new(self.values)))
    }

    /// The numbers as they follow each other, none of which may be missing.
    fn series(self) -> Result<Data, Refusal> {
        match self.records.rejected.faults.first() {
            Some(fault) => refuse(fault.as_str(), "a series has a number for every month"),
            None => Ok(Data::Series(Arc::new(self.values))),
        }
    }

    fn mean(&self) -> Result<Data, Refusal> {
        let blocks = self.blocks.all(|ratio, _| ratio.clone())?;
        let counts: Vec<f64> = blocks.iter().map(|block| block.count).collect();
        let sums: Vec<f64> = blocks.iter().map(|block| block.sum).collect();
        match mean_by(&counts, &sums) {
            Some(found) => Ok(Data::Mean { mean: found.mean, sd: found.sd }),
            None => {
                let per = self.call.per.as_deref().unwrap_or_default();
                refuse(format!("column '{per}' of `{}` is 0 throughout", self.call.file), "name the one that counts")
            }
        }
    }
}

/// What is wrong, with a record or with the file.
enum Fault {
    OfRecord(String),
    OfFile(Refusal),
}

#[cfg(test)]
mod tests {
    use super::*;
    fn parse(csv: &[u8], column: &str) -> Result<Vec<f64>, Refusal> {
        let call = DataCall {
            wanted: DataUse::Values,
            file: "f".into(),
            column: column.into(),
            filter: None,
            by: None,
            per: None,
        };
        match read(csv, &call)?.data {
            Data::Values(values) => Ok(values.to_vec()),
            mean => panic!("{mean:?}"),
        }
    }

    #[test]
    fn columns_are_found_and_faults_named() {
        let csv = b"\xef\xbb\xbfa, b\n1,4.5\n 3,2\n";
        assert_eq!(parse(csv, "b"), Ok(vec![2.0, 4.5]));
        assert!(parse(csv, "c").is_err());
        assert!(parse(b"a\nx\n", "a").unwrap_err().message.contains("line 2"));
        assert!(parse(b"a\n1\n\nNA\n", "a").unwrap_err().message.contains("line 4"));
        assert_eq!(parse(b"id;b\n1;2,5\n2;3\n", "b"), Ok(vec![2.5, 3.0]));
        assert_eq!(parse(b"id\tb\n1\t2.5\n", "b"), Ok(vec![2.5]));
        assert!(parse(b"a\nNaN\n", "a").is_err());
        assert!(parse(b"a\n", "a").is_err());
        assert!(parse(b"a,b\n1\n", "a").is_err());
        assert!(parse(b"", "a").is_err());
    }

    #[test]
    fn thousands_are_not_taken_for_decimals() {
        for csv in ["t\tb\n\"1,234\"\t2\n", "t;b\n1.234;2\n987;3\n", "t;b\n987;1\n-12,345;2\n"] {
            let error = parse(csv.as_bytes(), "t").unwrap_err();
            assert!(error.message.contains(" can be ") && error.help.starts_with("write "), "{error:?}");
        }
        // What is told apart by another cell, by a lone 0, by an exponent, or by the separator.
        for csv in
            ["t;b\n1.234;2\n1.2340;3\n", "t;b\n0,234;2\n", "t;b\n1.234e3;2\n", "t,b\n1.234,2\n", "t;b\n1234.567;1\n"]
        {
            assert!(parse(csv.as_bytes(), "t").is_ok(), "{csv}");
        }
        assert!(parse(b"t;b\n1.234.567;2\n", "t").is_err());
    }

    #[test]
    fn a_column_of_two_is_refused() {
        let error = parse(b"b,t,t\n0,1,100\n", "t").unwrap_err();
        assert_eq!(error.message, "`f` has two columns 't'");
        assert!(parse(b"b,b,t\n0,1,100\n", "t").is_ok());
    }

    #[test]
    fn messages_quote_little() {
        let header = (0..4000).map(|i| format!("{}{i}", "x".repeat(1000))).collect::<Vec<_>>().join(",");
        let row = ",".repeat(3999);
        let error = parse(format!("{header}\n{row}\n").as_bytes(), "a").unwrap_err();
        assert!(error.help.len() < 1000 && error.help.contains("3980 more"), "{}", error.help);
        let error = parse(format!("a\n{}", "y".repeat(1 << 20)).as_bytes(), "a").unwrap_err();
        assert!(error.message.len() < 200, "{}", error.message);
    }
}
