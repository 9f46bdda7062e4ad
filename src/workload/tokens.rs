//! Tokens of a request, and how input and output go together.

use super::MONTH;
use super::estimate::{Correlation, EstimateOptions, EstimatedField, EstimatedLaw, digits};
use super::local_level::local_level;
use super::mean_by::{mean_by, pearson};
use super::model::{MOST_WEEKS, over_horizon};
use super::series::Series;
use super::sums::TokenSums;
use super::tally::Tally;
use super::volume::FOR_GROWTH;
use crate::diagnostic::{Refusal, refuse};
use crate::math::exp;

/// Input and output.
pub struct TokenEstimates {
    pub input: EstimatedField,
    pub output: EstimatedField,
    pub correlation: Option<Correlation>,
}

/// One of the two.
struct Kind {
    key: &'static str,
    what: &'static str,
    of: fn(&TokenSums) -> f64,
}

const KINDS: [Kind; 2] = [
    Kind { key: "input_tokens", what: "Input", of: |sums| sums.input },
    Kind { key: "output_tokens", what: "Output", of: |sums| sums.output },
];

/// # Errors
/// A log that is too short even for minutes, or has a week without tokens.
pub fn tokens(tally: &Tally, series: &Series, options: &EstimateOptions) -> Result<TokenEstimates, Refusal> {
    if series.days.len() >= FOR_GROWTH { by_weeks(tally, series, options) } else { by_blocks(tally) }
}

fn field(tally: &Tally, kind: &Kind, law: EstimatedLaw, from: &str) -> EstimatedField {
    let is_of_month = tally.has_uncounted;
    let what = if is_of_month { "tokens of a month, by its requests" } else { "tokens per request, on average" };
    let above = vec![format!("{} {what}: {from}.", kind.what)];
    EstimatedField { key: kind.key, law, is_of_month, above, beside: None }
}

/// The level of the weeks' means over the horizon.
fn by_weeks(tally: &Tally, series: &Series, options: &EstimateOptions) -> Result<TokenEstimates, Refusal> {
    let of_one = |kind: &Kind| -> Result<(EstimatedField, Vec<f64>), Refusal> {
        let mean =
            |week: &TokenSums| if tally.has_uncounted { (kind.of)(week) } else { (kind.of)(week) / week.requests };
        let logs = series.logs(MOST_WEEKS, "tokens", mean)?;
        let target = over_horizon(logs.len(), f64::from(options.horizon));
        let Some(mixture) = local_level(&logs, false, &[target]) else {
            return refuse("no weeks", "read a longer log");
        };
        let unit = if tally.has_uncounted { MONTH / 7.0 } else { 1.0 };
        let [p5, median, p95] = [0.05, 0.5, 0.95].map(|p| exp(mixture.quantile(0, p)) * unit);
        let from = format!(
            "the mean level of the next {} months, from {} whole weeks; median {}",
            options.horizon,
            logs.len(),
            digits(median)
        );
        let steps = logs.windows(2).map(|pair| pair[1] - pair[0]).collect();
        Ok((field(tally, kind, EstimatedLaw::LognormalRange { p5, p95 }, &from), steps))
    };
    let ((input, a), (output, b)) = (of_one(&KINDS[0])?, of_one(&KINDS[1])?);
    Ok(TokenEstimates { input, output, correlation: together(&a, &b, "weeks") })
}

/// The mean of all records, with an error by blocks of time.
fn by_blocks(tally: &Tally) -> Result<TokenEstimates, Refusal> {
    let blocks = tally.blocks.all(|sums, model| tally.settled(sums, model))?;
    let unit = tally.blocks.unit();
    let of_month = tally.block_in_months();
    let count = |sums: &TokenSums| if tally.has_uncounted { of_month } else { sums.requests };
    let counts: Vec<f64> = blocks.iter().map(count).collect();
    let of_one = |kind: &Kind| {
        let sums: Vec<f64> = blocks.iter().map(kind.of).collect();
        let Some(found) = mean_by(&counts, &sums) else { return refuse("the log has no requests", "read another") };
        let from = format!("the mean of all, with the error that {} {unit} show: {}", blocks.len(), digits(found.se));
        Ok((field(tally, kind, EstimatedLaw::Lognormal { mean: found.mean, sd: found.sd }, &from), found.residuals))
    };
    let ((input, a), (output, b)) = (of_one(&KINDS[0])?, of_one(&KINDS[1])?);
    Ok(TokenEstimates { input, output, correlation: together(&a, &b, unit) })
}

/// How the two means go together, where that is no chance.
fn together(a: &[f64], b: &[f64], unit: &str) -> Option<Correlation> {
    let pearson = pearson(a, b).filter(|p| p.abs() > 2.0 / (a.len() as f64).sqrt())?;
    let above = format!("Mean input and mean output of the {unit} of the log go together.");
    Some(Correlation::of(["input_tokens", "output_tokens"], pearson, above))
}
