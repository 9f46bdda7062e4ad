//! What there is to say of a data file that could be read.

use super::column::DataRecords;
use crate::diagnostic::{Diagnostic, Span};
use crate::quantity::ast::{DataCall, DataUse};

/// A remark on a use of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataRemark {
    /// Not all records count, or they were put together: how many there are, and what is wrong with the first rejected.
    Records(String, Vec<String>),
    /// Records with a time are taken for independent ones; the field that tells the time.
    TakenAsIndependent(String),
}

/// The remarks on a use.
pub fn remarks(call: &DataCall, records: &DataRecords) -> impl Iterator<Item = DataRemark> {
    let is_plain = call.filter.is_none() && call.by.is_none() && records.rejected.count == 0;
    let counted = (!is_plain).then(|| {
        let summary = format!("`{}`: {}", call.file, records.rejected.summary(records.read, records.filtered));
        DataRemark::Records(summary, records.rejected.faults.clone())
    });
    let is_independent = call.wanted == DataUse::MeanOf && call.by.is_none();
    let independent = records.time.clone().filter(|_| is_independent).map(DataRemark::TakenAsIndependent);
    counted.into_iter().chain(independent)
}

impl DataRemark {
    /// The finding at the place of the use.
    pub fn at(&self, span: Span) -> Diagnostic {
        match self {
            DataRemark::Records(summary, faults) => {
                faults.iter().fold(Diagnostic::hint(span, summary.as_str()), |hint, fault| hint.help(fault.as_str()))
            }
            DataRemark::TakenAsIndependent(field) => {
                let message = "this takes requests as independent, but those of one time resemble each other: \
                               the mean is less certain than it says";
                Diagnostic::warning(span, message)
                    .help(format!("add by='{field}', for the error that blocks of time show"))
            }
        }
    }
}
