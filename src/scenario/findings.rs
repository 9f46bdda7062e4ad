//! Why a text is no scenario, as an error.

use std::fmt;

use super::{DataFiles, LoadOptions, Reading, Scenario, load, read};
use crate::diagnostic::{Diagnostic, Sources, TextStyle, render};

/// What is wrong with a scenario, with the texts that it points into. Shown, it is what the program prints.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The texts.
    pub sources: Sources,
    /// Errors, and what else was found.
    pub findings: Vec<Diagnostic>,
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render(&self.findings, &self.sources, TextStyle::Plain).trim_end())
    }
}

impl std::error::Error for Findings {}

impl Reading {
    /// The scenario.
    ///
    /// # Errors
    /// All findings, if one of them is an error.
    pub fn into_scenario(self) -> Result<Scenario, Findings> {
        let Reading { sources, findings, scenario } = self;
        scenario.ok_or(Findings { sources, findings })
    }
}

impl Scenario {
    /// Reads a scenario from its text, which names no data files.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    ///
    /// ```
    /// use breakeven::scenario::Scenario;
    ///
    /// let error = Scenario::from_toml("simulation.horizon_months = 'long'").unwrap_err();
    /// assert!(error.to_string().contains("takes a whole number from 1 to 600"));
    /// ```
    pub fn from_toml(text: &str) -> Result<Scenario, Findings> {
        read("scenario.toml", "scenario", text, &LoadOptions::default(), DataFiles::none()).into_scenario()
    }

    /// Reads a scenario file and the data files beside it.
    ///
    /// # Errors
    /// Everything that is wrong with it, or why it cannot be read.
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Scenario, Findings> {
        load(path.as_ref(), &LoadOptions::default()).into_scenario()
    }
}
