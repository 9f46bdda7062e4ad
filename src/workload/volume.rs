//! Requests in the first month, and how they grow.

use super::MONTH;
use super::estimate::{Correlation, EstimateOptions, EstimatedField, EstimatedLaw, Volume, brief, digits};
use super::local_level::{StudentMixture, local_level};
use super::model::{MOST_WEEKS, growth, next_month, next_weeks};
use super::series::Series;
use super::tally::Tally;
use crate::diagnostic::{Refusal, refuse};
use crate::math::{exp, normal, pow, student};

/// Whole days from which on a log says how many requests a month has.
const FOR_VOLUME: usize = 14;
/// Whole days from which on weeks are enough for a level.
const FOR_LEVEL: usize = 21;
/// Whole days from which on growth is estimated.
pub const FOR_GROWTH: usize = 56;
/// Weeks from which on the estimate of growth is a field.
const FOR_LIVE_GROWTH: usize = 26;
/// The least spread of logarithms that two weeks can claim.
const LEAST_SIGMA: f64 = 0.25;
/// The least correlation of requests and growth that is written.
const LEAST_CORRELATION: f64 = 0.1;

/// Requests and growth.
pub struct VolumeEstimates {
    pub requests: EstimatedField,
    pub growth: EstimatedField,
    pub correlation: Option<Correlation>,
}

/// # Errors
/// A log that is too short, or that does not say how many requests there were.
pub fn volume(tally: &Tally, series: &Series, options: &EstimateOptions) -> Result<VolumeEstimates, Refusal> {
    let days = series.days.len();
    if tally.has_uncounted && !matches!(options.volume, Volume::Given(_)) {
        return refuse(
            "the log holds sums of tokens, and no number of requests",
            "say how many there are, as in --requests-per-month '80k to 120k'",
        );
    }
    let has_weeks = !tally.has_uncounted && days >= FOR_GROWTH;
    let grown = if has_weeks { Some(grown(series, options)?) } else { None };
    let growth = grown.as_ref().map_or_else(|| unknown_growth(days), |(mixture, weeks)| live(mixture, *weeks, options));
    let requests = match &options.volume {
        Volume::Given(text) => given(text),
        Volume::Representative if days < FOR_VOLUME => representative(tally, days),
        _ if days < FOR_VOLUME => return Err(too_short(days)),
        _ if days < FOR_LEVEL => two_weeks(series)?,
        _ => match &grown {
            Some((mixture, weeks)) => by_level(mixture, *weeks, "the level at the middle of the month after the log"),
            None => {
                let logs = series.logs(MOST_WEEKS, "requests", |week| week.requests)?;
                let mixture = local_level(&logs, false, &[next_weeks(logs.len())]).ok_or_else(|| too_short(days))?;
                by_level(&mixture, logs.len(), "the mean of the levels of the next four weeks")
            }
        },
    };
    let correlation = grown.filter(|_| requests.law.is_random()).and_then(|(mixture, _)| together(&mixture));
    Ok(VolumeEstimates { requests, growth, correlation })
}

fn too_short(days: usize) -> Refusal {
    let whole = if days == 1 { "day" } else { "days" };
    Refusal {
        message: format!(
            "the log has {days} whole {whole}, and at least {FOR_VOLUME} say how many requests a month has"
        ),
        help: "say it, as in --requests-per-month '80k to 120k', or that these days stand for all with \
               --assume-representative"
            .to_owned(),
    }
}

/// The model with drift: requests of the next month and growth.
fn grown(series: &Series, options: &EstimateOptions) -> Result<(StudentMixture, usize), Refusal> {
    let logs = series.logs(MOST_WEEKS, "requests", |week| week.requests)?;
    let targets = [next_month(logs.len()), growth(logs.len(), f64::from(options.horizon))];
    let mixture = local_level(&logs, true, &targets).ok_or_else(|| too_short(series.days.len()))?;
    Ok((mixture, logs.len()))
}

fn requests(law: EstimatedLaw, above: Vec<String>) -> EstimatedField {
    EstimatedField { key: "requests_per_month", law, is_of_month: false, above, beside: None }
}

fn given(text: &str) -> EstimatedField {
    let law = text.parse().map_or_else(|_| EstimatedLaw::Text(text.to_owned()), EstimatedLaw::Number);
    requests(law, vec!["Requests in month 1: as given, not from the log.".to_owned()])
}

fn representative(tally: &Tally, days: usize) -> EstimatedField {
    // Sums of days reach to the end of the last.
    let length = if tally.has_single { tally.length() } else { days as f64 };
    let count = tally.totals().all.requests;
    let above = format!(
        "Requests in month 1: {} requests in {} days, assumed to stand for any time: nothing is known of the error.",
        digits(count),
        digits(length)
    );
    requests(EstimatedLaw::Number(count / length * MONTH), vec![above])
}

fn two_weeks(series: &Series) -> Result<EstimatedField, Refusal> {
    let logs = series.logs(MOST_WEEKS, "requests", |week| week.requests)?;
    let mean = logs.iter().map(|y| exp(*y)).sum::<f64>() / logs.len() as f64;
    let middle = logs.iter().sum::<f64>() / logs.len() as f64;
    let sd = (logs.iter().map(|y| (y - middle) * (y - middle)).sum::<f64>() / (logs.len() as f64 - 1.0)).sqrt();
    let widened = sd * student::quantile(0.95, 1.0) / normal::quantile(0.95);
    let above = "Requests in month 1: the mean of two whole weeks, which say little of their spread.".to_owned();
    Ok(requests(
        EstimatedLaw::LognormalSigma { median: mean * MONTH / 7.0, sigma: widened.max(LEAST_SIGMA) },
        vec![above],
    ))
}

fn by_level(mixture: &StudentMixture, weeks: usize, what: &str) -> EstimatedField {
    let [p5, median, p95] = [0.05, 0.5, 0.95].map(|p| exp(mixture.quantile(0, p)) * MONTH / 7.0);
    let above = format!("Requests in month 1, from {weeks} whole weeks: {what}; median {}.", digits(median));
    requests(EstimatedLaw::LognormalRange { p5, p95 }, vec![above])
}

fn growth_field(law: EstimatedLaw, above: Vec<String>, beside: Option<&'static str>) -> EstimatedField {
    EstimatedField { key: "growth_per_month", law, is_of_month: false, above, beside }
}

fn unknown_growth(days: usize) -> EstimatedField {
    let above = vec![
        format!(
            "Growth of requests a month: {days} whole days say nothing of it. Where more is known, write it, such as"
        ),
        "growth_per_month = \"normal(p5=-0.01, p95=0.05)\"".to_owned(),
    ];
    growth_field(EstimatedLaw::Number(0.0), above, Some("not estimated: shorter than 8 weeks"))
}

fn live(mixture: &StudentMixture, weeks: usize, options: &EstimateOptions) -> EstimatedField {
    let [p5, median, p95] = [0.05, 0.5, 0.95].map(|p| exp(mixture.quantile(1, p)) - 1.0);
    let horizon = f64::from(options.horizon);
    let law = EstimatedLaw::NormalRange { p5, p95 };
    let [low, high] = [p5, p95].map(|g| brief(pow(1.0 + g, horizon)));
    let factor = format!("over {horizon} months that multiplies the requests by {low} to {high}");
    let what = format!("Growth of requests a month, from {weeks} whole weeks: median {}", digits(median));
    if weeks >= FOR_LIVE_GROWTH {
        return growth_field(law, vec![format!("{what}; {factor}.")], None);
    }
    let above = vec![
        format!("{what}; {factor}. So few weeks do not carry so far: write what else is known, or if nothing is,"),
        format!("growth_per_month = \"{}\"", law.text()),
    ];
    growth_field(EstimatedLaw::Number(0.0), above, Some("not estimated"))
}

fn together(mixture: &StudentMixture) -> Option<Correlation> {
    let pearson = mixture.correlation(0, 1).filter(|p| p.abs() > LEAST_CORRELATION)?;
    let above = "Requests and their growth are estimated from the same weeks.".to_owned();
    Some(Correlation::of(["requests_per_month", "growth_per_month"], pearson, above))
}
