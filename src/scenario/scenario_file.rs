//! A scenario's text with all that it takes to read it, again and again with other overrides.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::resolve::{Numbers, Preparation};
use super::understand::{Changes, Variation, is_of_quantity, understand};
use super::written::Written;
use super::{DataFiles, LoadOptions, Reading};
use crate::diagnostic::{Diagnostic, Sources, system_words};
use crate::dist::Quantiles;
use crate::quantity::Law;

/// Largest scenario file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// A scenario file that was opened.
#[derive(Clone, Debug)]
pub struct ScenarioFile {
    path: PathBuf,
    written: Arc<Written>,
    overrides: Vec<String>,
    prices: Vec<PathBuf>,
    data: DataFiles,
    /// Distributions of the first reading: those of others are mostly the same.
    known: Arc<Vec<Quantiles>>,
}

impl ScenarioFile {
    /// Opens a scenario file.
    ///
    /// # Errors
    /// A reading that says why it cannot be had.
    pub fn open(path: &Path, options: &LoadOptions) -> Result<ScenarioFile, Box<Reading>> {
        let name = path.display().to_string();
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let stem =
            path.file_stem().map_or_else(|| "scenario".to_owned(), |s| crate::diagnostic::clean(&s.to_string_lossy()));
        let data = DataFiles::beside(folder, options.allow_data_outside);
        match read_file(path) {
            Ok(text) => {
                let (overrides, prices) = (options.overrides.clone(), options.prices.clone());
                let (path, written) = (path.to_owned(), Arc::new(Written::parse(&name, &stem, &text)));
                Ok(ScenarioFile { path, written, overrides, prices, data, known: Arc::default() })
            }
            Err(message) => Err(Box::new(unreadable(&name, &message))),
        }
    }

    /// Reads it, and remembers its data files and distributions.
    pub fn read(&mut self) -> Reading {
        let preparation = self.preparation(Numbers::Folded);
        let changes = Changes { set: &self.overrides, prices: &self.prices, ..Changes::default() };
        let reading = understand(&self.written, changes, &mut self.data, &preparation);
        let variables = reading.scenario.iter().flat_map(|s| &s.quantities.variables);
        let quantiles = variables.filter_map(|v| match &v.law {
            Law::Fixed(quantiles) => Some(quantiles.clone()),
            Law::Varying(_) | Law::Choice(_) => None,
        });
        self.known = Arc::new(quantiles.collect());
        reading
    }

    /// Whether its growth of requests is a number that nobody estimated, which `breakeven workload` says beside it.
    pub fn assumes_growth(&self) -> bool {
        // The number as it was written: of another one somebody has thought, whatever the remark says.
        let is_assumed = |line: &str| {
            let value = line.trim_start().strip_prefix("growth_per_month").and_then(|rest| rest.split_once('#'));
            value.is_some_and(|(value, remark)| {
                value.trim_matches([' ', '=']) == "0" && remark.trim_start().starts_with("not estimated")
            })
        };
        let is_changed =
            self.overrides.iter().any(|change| change.trim_start().starts_with("workload.growth_per_month"));
        !is_changed && self.text().lines().any(is_assumed)
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.written.text
    }

    /// The files that it was read from: its own, and those of data that the last reading named.
    pub fn inputs(&self) -> Vec<PathBuf> {
        std::iter::once(&self.path).chain(self.data.paths()).cloned().collect()
    }

    /// Reads it with further changes. What does not depend on them, such as files and the parsed text, is not read again.
    pub fn read_with(&self, vary: Variation<'_>) -> Reading {
        self.again(vary, Numbers::Folded)
    }

    /// Whether a path, as a variation would have it, is that of quantities.
    ///
    /// # Errors
    /// A path that leads nowhere; it becomes one of the sources under a name.
    pub fn is_of_quantity(&self, (name, path): (&str, &str), sources: &mut Sources) -> Result<bool, Diagnostic> {
        is_of_quantity(&self.written, (&self.overrides, &self.prices), &mut self.data.clone(), (name, path), sources)
    }

    /// Reads it with every written number left open, as if it were to be changed later: the program then says what
    /// follows from each. It is slower to run, and its values are the same but for rounding.
    pub fn read_open(&self) -> Reading {
        self.again(Variation::default(), Numbers::Open)
    }

    fn again(&self, vary: Variation<'_>, numbers: Numbers) -> Reading {
        let changes = Changes { set: &self.overrides, vary, prices: &self.prices };
        understand(&self.written, changes, &mut self.data.clone(), &self.preparation(numbers))
    }

    fn preparation(&self, numbers: Numbers) -> Preparation {
        Preparation { known: Arc::clone(&self.known), numbers, ..Preparation::default() }
    }
}

fn unreadable(name: &str, message: &str) -> Reading {
    let mut sources = Sources::default();
    sources.add(name, "");
    let finding = Diagnostic::general(format!("{name}: {message}"))
        .help("check the path; scenarios are TOML files of at most 1 MiB");
    Reading { sources, findings: vec![finding], scenario: None }
}

fn read_file(path: &Path) -> Result<String, String> {
    let meta = std::fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("the file cannot be read: {}", system_words(&e)),
    })?;
    if !meta.is_file() {
        return Err("this is not a regular file".to_owned());
    }
    if meta.len() > LARGEST {
        return Err(format!("the file has {} bytes, which is too large for a scenario", meta.len()));
    }
    let bytes = std::fs::read(path).map_err(|e| format!("the file cannot be read: {}", system_words(&e)))?;
    let text = String::from_utf8(bytes).map_err(|_| "the file is not UTF-8 text".to_owned())?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
