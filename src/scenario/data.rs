//! Columns of CSV files that a scenario names, read with the caution due to a stranger's file.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::column::{DataColumn, DataRecords, read};
use crate::diagnostic::{Refusal, refuse, system_words};
use crate::prices::{LARGEST as LARGEST_LIST, List};
use crate::quantity::Data;
use crate::quantity::ast::DataCall;

/// Largest data file that is read, in bytes.
const LARGEST: u64 = 512 << 20;

/// Where data files may lie.
#[derive(Clone, Debug, Default)]
pub struct DataFiles {
    folder: Option<PathBuf>,
    allow_outside: bool,
    columns: HashMap<DataCall, (Data, DataRecords)>,
    lists: HashMap<(PathBuf, Option<Date>), Arc<List>>,
    /// The bytes' digests by file, in the order of first use, for the scenario's hash.
    digests: Vec<(String, [u8; 32])>,
    /// Where those files lie.
    paths: Vec<PathBuf>,
}

impl DataFiles {
    /// No files at all: for scenarios that come as text.
    pub fn none() -> Self {
        DataFiles::default()
    }

    /// Files in the scenario's folder, or anywhere if that is allowed.
    pub fn beside(folder: &Path, allow_outside: bool) -> Self {
        DataFiles { folder: Some(folder.to_owned()), allow_outside, ..DataFiles::default() }
    }

    /// A price list in the scenario's folder, with prices as of a day.
    ///
    /// # Errors
    /// A file that may not or cannot be read, or that is no price list.
    pub fn list(&mut self, file: &str, date: Option<Date>) -> Result<Arc<List>, Refusal> {
        let path = self.place(file)?;
        self.list_at(path, file, date)
    }

    /// A price list that was named on the command line, wherever it lies.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no price list.
    pub fn named_list(&mut self, path: &Path, date: Option<Date>) -> Result<Arc<List>, Refusal> {
        let name = crate::diagnostic::clean(&path.display().to_string());
        self.list_at(path.to_owned(), &name, date)
    }

    fn list_at(&mut self, path: PathBuf, name: &str, date: Option<Date>) -> Result<Arc<List>, Refusal> {
        if let Some(list) = self.lists.get(&(path.clone(), date)) {
            return Ok(Arc::clone(list));
        }
        let mut bytes = Vec::new();
        let read = open(&path, name, LARGEST_LIST)?.take(LARGEST_LIST + 1).read_to_end(&mut bytes);
        if let Err(error) = read {
            return refuse(format!("cannot read `{name}`: {}", describe(&error)), "check the file");
        }
        let list = List::read(name, &bytes, date)?;
        self.digests.push((name.to_owned(), Sha256::digest(&bytes).into()));
        self.paths.push(path.clone());
        let list = Arc::new(list);
        self.lists.insert((path, date), Arc::clone(&list));
        Ok(list)
    }

    /// The digests of the files read so far.
    pub fn digests(&self) -> &[(String, [u8; 32])] {
        &self.digests
    }

    /// Where the files lie that were read so far.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// What a column says, and what became of the records.
    ///
    /// # Errors
    /// A file that is missing, irregular, too large, outside the folder or without numbers in that column.
    pub fn column(&mut self, call: &DataCall) -> Result<(Data, DataRecords), Refusal> {
        if let Some(known) = self.columns.get(call) {
            return Ok(known.clone());
        }
        let file = &call.file;
        let path = self.place(file)?;
        let DataColumn { data, digest, records } = read(open(&path, file, LARGEST)?, call)?;
        match self.digests.iter().find(|(f, _)| f == file) {
            None => {
                self.digests.push((file.clone(), digest));
                self.paths.push(path);
            }
            Some((_, first)) if *first == digest => {}
            Some(_) => return refuse(format!("`{file}` changed while it was read"), "try again"),
        }
        self.columns.insert(call.clone(), (data.clone(), records.clone()));
        Ok((data, records))
    }

    /// Where a file lies, if it may be read.
    fn place(&self, file: &str) -> Result<PathBuf, Refusal> {
        let Some(folder) = &self.folder else {
            return refuse("data files cannot be read here", "the scenario came as a text, without a folder");
        };
        if file.is_empty() || file.chars().any(crate::diagnostic::is_unsafe) {
            return refuse("this is not the name of a file", "write data('usage.csv', 'column')");
        }
        let path = folder.join(file);
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                let help = "the path is relative to the scenario's folder";
                return refuse(format!("cannot read `{file}`: {}", describe(&error)), help);
            }
        };
        let inside = folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
        if !inside && !self.allow_outside {
            let help = "copy it there, or run with --allow-data-outside if you trust the scenario";
            return refuse(format!("`{file}` lies outside the scenario's folder"), help);
        }
        Ok(real)
    }
}

/// Opens a file that can be read to its end.
fn open(path: &Path, file: &str, largest: u64) -> Result<File, Refusal> {
    // Asked before opening: opening a pipe would wait for a writer, reading a device would never end.
    let Ok(meta) = std::fs::metadata(path) else { return refuse(format!("cannot read `{file}`"), "check the path") };
    if !meta.is_file() {
        return refuse(format!("`{file}` is not a regular file"), "name a CSV file");
    }
    if meta.len() > largest {
        let mebibytes = largest >> 20;
        let message = format!("`{file}` has {} bytes, and at most {largest} ({mebibytes} MiB) are read", meta.len());
        return refuse(message, "keep the column that is needed, or a sample");
    }
    File::open(path).or_else(|e| refuse(format!("cannot read `{file}`: {}", describe(&e)), "check its permissions"))
}

/// What the system says, in the words of this program where it knows better.
fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => system_words(error),
    }
}
