//! What is compared of a month, and how what was seen stands to what was expected.

use crate::model::at_most;
use crate::stats::Estimate;

/// The quantiles that are said of what is expected: the ends of the 90 % interval, and the median between them.
pub(super) const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];

/// What is compared of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseMetric {
    /// Requests that were answered.
    Requests,
    /// Tokens that were sent, instructions and what a cache held among them.
    InputTokens,
    /// Tokens that were generated.
    OutputTokens,
    /// What was paid for both.
    Spend,
}

impl UseMetric {
    /// All of them.
    pub const ALL: [UseMetric; 4] =
        [UseMetric::Requests, UseMetric::InputTokens, UseMetric::OutputTokens, UseMetric::Spend];

    /// Its name in tables.
    pub fn word(self) -> &'static str {
        match self {
            UseMetric::Requests => "requests",
            UseMetric::InputTokens => "input_tokens",
            UseMetric::OutputTokens => "output_tokens",
            UseMetric::Spend => "spend",
        }
    }

    /// Its place among all.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// What was seen of something, and what the trials have of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What was seen; `None` where the log does not tell.
    pub actual: Option<f64>,
    /// The mean over the trials.
    pub mean: Option<Estimate>,
    /// Their 5th, 50th and 95th percentile.
    pub quantiles: [f64; 3],
    /// The share of trials at or below what was seen.
    pub percentile: Option<Estimate>,
}

impl Figure {
    /// Whether what was seen lies within the 90 % interval, its ends among it.
    pub fn is_inside(&self) -> Option<bool> {
        let [low, _, high] = self.quantiles;
        self.actual.map(|actual| at_most(low, actual) && at_most(actual, high))
    }

    /// Whether what was seen lies above the median.
    pub fn is_above(&self) -> bool {
        self.actual.is_some_and(|actual| actual > self.quantiles[1])
    }
}
