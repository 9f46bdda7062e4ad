//! Records of which something is missing or makes no sense: they are left out and counted, and few may be.

use super::row::LogRow;
use crate::diagnostic::{Refusal, refuse};

/// The largest share of the records that pass the filter.
const MOST: f64 = 0.05;
/// Records of which it is said what is wrong.
const SHOWN: usize = 3;

/// What was rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejected {
    /// How many records.
    pub count: u64,
    /// What is wrong with the first of them, with their places.
    pub faults: Vec<String>,
}

impl Rejected {
    /// Adds a record of what is called `name`.
    pub fn add(&mut self, name: &str, row: &LogRow<'_>, fault: &str) {
        self.count += 1;
        if self.faults.len() < SHOWN {
            let place = match row.line() {
                Some(line) => format!("line {line}"),
                None => format!("record {}", row.number),
            };
            self.faults.push(format!("{place} of `{name}`: {fault}"));
        }
    }

    /// What became of all records.
    pub fn summary(&self, read: u64, filtered: u64) -> String {
        format!("read {read} records, filtered out {filtered}, rejected {}", self.count)
    }

    /// # Errors
    /// Too many of those that pass the filter.
    pub fn check(&self, passed: u64, help: &str) -> Result<(), Refusal> {
        if passed == 0 || self.count as f64 <= MOST * passed as f64 {
            return Ok(());
        }
        refuse(format!("{} of {passed} records are of no use: {}", self.count, self.faults.join("; ")), help)
    }
}

/// # Errors
/// That nothing is left of so many records.
pub fn check_any(accepted: u64, [read, filtered]: [u64; 2], filter: &str) -> Result<(), Refusal> {
    if accepted > 0 {
        return Ok(());
    }
    let message = format!("none of {read} records is left: {filtered} do not pass the filter");
    refuse(message, format!("look at the names and values of fields in {filter}"))
}
