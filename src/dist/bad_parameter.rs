//! Why a distribution cannot be built.

use std::fmt;

/// Why parameters are impossible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadParameter {
    /// Which parameters are at fault, as positions in the parameter list.
    pub parameters: Vec<usize>,
    /// What is wrong, such as "sd must not be negative, is -3".
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl BadParameter {
    pub(crate) fn new(parameters: &[usize], message: impl Into<String>, help: impl Into<String>) -> BadParameter {
        BadParameter { parameters: parameters.to_vec(), message: message.into(), help: help.into() }
    }

    /// `Err` of it, where a check fails.
    pub(crate) fn err<T>(
        parameters: &[usize],
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Result<T, BadParameter> {
        Err(BadParameter::new(parameters, message, help))
    }

    /// The same complaint about parameters that stand elsewhere: position i becomes `positions[i]`.
    pub(crate) fn at(mut self, positions: &[usize]) -> BadParameter {
        for p in &mut self.parameters {
            *p = positions.get(*p).copied().unwrap_or(*p);
        }
        self
    }
}

impl fmt::Display for BadParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BadParameter {}

/// A number as a message shows it: no row of 300 digits.
pub(crate) fn show(x: f64) -> String {
    if x != 0.0 && (x.abs() >= 1e15 || x.abs() < 1e-5) { format!("{x:e}") } else { format!("{x}") }
}
