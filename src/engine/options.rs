//! How a scenario is run, and what a run tells while it lasts or when it fails.

use std::fmt;

use super::precision::{Precision, Reached};
use super::watch::Watch;
use crate::diagnostic::Diagnostic;

/// How to run.
#[derive(Clone, Copy, Default)]
pub struct RunOptions<'a> {
    /// Worker threads; all cores if `None`. Results do not depend on it.
    pub threads: Option<usize>,
    /// Randomisations are added until the run is so precise; it starts with at least 262,144 trials.
    pub precision: Option<Precision>,
    /// Who watches the run.
    pub watch: Watch<'a>,
}

/// What a run tells about itself while it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// So many trials were just finished.
    Trials(u64),
    /// The run is so precise by now, and goes on to so many trials.
    Looked(Reached, u64),
}

/// Why a run failed.
#[derive(Debug)]
pub enum RunError {
    /// The scenario cannot be computed.
    Scenario(Diagnostic),
    /// The worker threads could not be started.
    Threads(String),
    /// It was ended early.
    Stopped,
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Scenario(finding) => {
                f.write_str(&finding.message)?;
                finding.help.iter().try_for_each(|help| write!(f, "; {help}"))
            }
            RunError::Threads(why) => write!(f, "the worker threads cannot be started: {why}"),
            RunError::Stopped => f.write_str("the run was ended early"),
        }
    }
}

impl std::error::Error for RunError {}
