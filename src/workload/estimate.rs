//! The fields of a workload, by the length of its log.

use super::facts::Facts;
use super::series::Series;
use super::tally::Tally;
use super::{tokens, volume};
use crate::diagnostic::Refusal;
use crate::math::{exp, ln, normal};

/// How requests in a month are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Volume {
    /// By the weeks of the log.
    #[default]
    FromWeeks,
    /// Somebody knows them: a quantity as it is written.
    Given(String),
    /// The log stands for any time, however short it is.
    Representative,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct EstimateOptions {
    /// Months that the scenario looks ahead.
    pub horizon: u32,
    /// How requests in a month are known.
    pub volume: Volume,
    /// Tokens of instructions that are part of every input.
    pub instruction_tokens: Option<f64>,
}

impl Default for EstimateOptions {
    fn default() -> EstimateOptions {
        EstimateOptions { horizon: 24, volume: Volume::default(), instruction_tokens: None }
    }
}

/// A quantity of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum EstimatedLaw {
    /// A number.
    Number(f64),
    /// As somebody wrote it.
    Text(String),
    /// A lognormal distribution by its mean and standard deviation.
    Lognormal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
    /// A lognormal distribution by its median and the standard deviation of its logarithm.
    LognormalSigma {
        /// Its median.
        median: f64,
        /// The standard deviation of its logarithm.
        sigma: f64,
    },
    /// A lognormal distribution by its 5th and 95th percentile.
    LognormalRange {
        /// Its 5th percentile.
        p5: f64,
        /// Its 95th percentile.
        p95: f64,
    },
    /// A normal distribution by its 5th and 95th percentile.
    NormalRange {
        /// Its 5th percentile.
        p5: f64,
        /// Its 95th percentile.
        p95: f64,
    },
}

/// A number with eight digits: more than a log can say, and enough to be compared with.
pub fn digits(x: f64) -> String {
    let rounded: f64 = format!("{x:.7e}").parse().unwrap_or(x);
    rounded.to_string()
}

/// A number with four digits, for what is only read.
pub fn brief(x: f64) -> String {
    let rounded: f64 = format!("{x:.3e}").parse().unwrap_or(x);
    rounded.to_string()
}

impl EstimatedLaw {
    /// In the language of scenarios, without quotation marks; a distribution without width is its number.
    pub fn text(&self) -> String {
        match self {
            EstimatedLaw::Number(x) => digits(*x),
            EstimatedLaw::Text(text) => text.clone(),
            EstimatedLaw::Lognormal { mean, sd } if *sd > 0.0 => {
                format!("lognormal(mean={}, sd={})", digits(*mean), digits(*sd))
            }
            EstimatedLaw::Lognormal { mean, .. } => digits(*mean),
            EstimatedLaw::LognormalSigma { median, sigma } => {
                format!("lognormal(median={}, sigma={})", digits(*median), digits(*sigma))
            }
            EstimatedLaw::LognormalRange { p5, p95 } | EstimatedLaw::NormalRange { p5, p95 }
                if digits(*p5) == digits(*p95) =>
            {
                digits(*p5)
            }
            EstimatedLaw::LognormalRange { p5, p95 } => format!("lognormal(p5={}, p95={})", digits(*p5), digits(*p95)),
            EstimatedLaw::NormalRange { p5, p95 } => format!("normal(p5={}, p95={})", digits(*p5), digits(*p95)),
        }
    }

    /// Its 5th, 50th and 95th percentile; nothing of what somebody wrote.
    pub fn percentiles(&self) -> Option<[f64; 3]> {
        let of_logs = |median: f64, sigma: f64| {
            let factor = exp(sigma * normal::quantile(0.95));
            [median / factor, median, median * factor]
        };
        match self {
            EstimatedLaw::Number(x) => Some([*x; 3]),
            EstimatedLaw::Text(_) => None,
            EstimatedLaw::Lognormal { mean, sd } => {
                let variance = ln(1.0 + (sd / mean) * (sd / mean));
                Some(of_logs(mean / exp(0.5 * variance), variance.sqrt()))
            }
            EstimatedLaw::LognormalSigma { median, sigma } => Some(of_logs(*median, *sigma)),
            EstimatedLaw::LognormalRange { p5, p95 } => Some([*p5, (p5 * p95).sqrt(), *p95]),
            EstimatedLaw::NormalRange { p5, p95 } => Some([*p5, 0.5 * (p5 + p95), *p95]),
        }
    }

    /// Whether it is one random variable.
    pub fn is_random(&self) -> bool {
        let text = self.text();
        !matches!(self, EstimatedLaw::Text(_)) && text.parse::<f64>().is_err()
    }
}

/// A field of the section.
#[derive(Clone, Debug, PartialEq)]
pub struct EstimatedField {
    /// Its name.
    pub key: &'static str,
    /// Its value.
    pub law: EstimatedLaw,
    /// Whether the value is tokens of a month, which have to be divided by its requests.
    pub is_of_month: bool,
    /// What it is and where it comes from: comments above it.
    pub above: Vec<String>,
    /// A comment beside it.
    pub beside: Option<&'static str>,
}

impl EstimatedField {
    /// Its value in the language of scenarios, without quotation marks.
    pub fn text(&self) -> String {
        let text = self.law.text();
        if self.is_of_month { format!("{text} / workload.requests_per_month") } else { text }
    }
}

/// Two fields that are drawn together.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Their names.
    pub keys: [&'static str; 2],
    /// Their correlation of ranks.
    pub rank: f64,
    /// Where it comes from.
    pub above: String,
}

impl Correlation {
    /// By Pearson's correlation, as in a normal copula.
    pub(super) fn of(keys: [&'static str; 2], pearson: f64, above: String) -> Correlation {
        let rank = 6.0 / std::f64::consts::PI * crate::math::asin((pearson / 2.0).clamp(-0.5, 0.5));
        Correlation { keys, rank, above }
    }
}

/// The section of a scenario.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Its fields: requests, growth, input and output tokens.
    pub fields: [EstimatedField; 4],
    /// What is drawn together.
    pub correlations: Vec<Correlation>,
    /// What else the log says.
    pub facts: Facts,
}

/// What a log says of a month to come.
///
/// # Errors
/// A log that is too short for what is asked, or has a week without requests.
pub fn estimate(tally: &Tally, options: &EstimateOptions) -> Result<Workload, Refusal> {
    let series = Series::of(tally);
    let facts = Facts::of(tally, &series, options);
    let volume = volume::volume(tally, &series, options)?;
    let tokens = tokens::tokens(tally, &series, options)?;
    let fields = [volume.requests, volume.growth, tokens.input, tokens.output];
    let random = |key: &str| fields.iter().any(|field| field.key == key && field.law.is_random());
    let found = [volume.correlation, tokens.correlation].into_iter().flatten();
    let correlations = found.filter(|c| c.keys.iter().all(|key| random(key))).collect();
    Ok(Workload { fields, correlations, facts })
}
