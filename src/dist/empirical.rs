//! Equally likely values: resampling a column of data, and the uncertainty of its mean.

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::normal::Normal;
use super::{BadParameter, Dist};
use crate::math::Level;
use std::sync::Arc;

/// Equally likely values, in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    values: Vec<f64>,
}

impl Empirical {
    /// The values in ascending order.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    fn share(&self, count: usize) -> Level {
        let n = self.values.len() as f64;
        Level { below: count as f64 / n, above: (self.values.len() - count) as f64 / n }
    }
}

/// See [`Dist::empirical`].
pub(crate) fn from_values(mut values: Vec<f64>) -> Result<Dist, BadParameter> {
    check_finite(&values, 1)?;
    values.sort_by(f64::total_cmp);
    let (first, last) = (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0));
    Ok(if first == last { Dist::constant(first) } else { Dist::Empirical(Arc::new(Empirical { values })) })
}

/// See [`Dist::mean_of`].
pub(crate) fn mean_of(values: &[f64]) -> Result<Dist, BadParameter> {
    check_finite(values, 2)?;
    let n = values.len() as f64;
    let mean = average(values.iter().copied(), n);
    let variance = average(values.iter().map(|x| (x - mean) * (x - mean)), n - 1.0);
    Normal::build(mean, variance.sqrt() / n.sqrt()).map_err(|mut bad| {
        bad.parameters = Vec::new();
        bad
    })
}

fn check_finite(values: &[f64], least: usize) -> Result<(), BadParameter> {
    if values.len() < least {
        let (plural, n) = (if least == 1 { "" } else { "s" }, values.len());
        return BadParameter::err(
            &[],
            format!("at least {least} value{plural} needed, there are {n}"),
            "add rows to the data",
        );
    }
    match values.iter().position(|x| !x.is_finite()) {
        Some(i) => BadParameter::err(
            &[i],
            format!("value {} is not a finite number: {}", i + 1, show(values[i])),
            "correct or remove the row",
        ),
        None => Ok(()),
    }
}

/// Σ x/n, each divided first so that the sum cannot overflow.
fn average(values: impl Iterator<Item = f64>, n: f64) -> f64 {
    let (mut sum, mut lost) = (0.0, 0.0);
    for x in values {
        // Neumaier's summation: `lost` collects what rounding drops
        let term = x / n;
        let next: f64 = sum + term;
        lost += if f64::abs(sum) >= term.abs() { (sum - next) + term } else { (term - next) + sum };
        sum = next;
    }
    sum + lost
}

impl QuantileFunction for Empirical {
    fn name(&self) -> &'static str {
        "empirical"
    }
    fn quantile(&self, level: Level) -> f64 {
        let n = self.values.len();
        // the cast saturates, also for NaN
        let rank = (level.below * n as f64).ceil() as usize;
        self.values[rank.clamp(1, n) - 1]
    }
    fn level(&self, x: f64) -> Level {
        self.share(self.values.partition_point(|v| *v <= x))
    }
    fn level_below(&self, x: f64) -> Level {
        self.share(self.values.partition_point(|v| *v < x))
    }
    fn support(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }
    fn mean(&self) -> f64 {
        average(self.values.iter().copied(), self.values.len() as f64)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        average(self.values.iter().map(|x| (x - mean) * (x - mean)), self.values.len() as f64)
    }
    fn atom_at_most(&self, x: f64) -> Option<f64> {
        self.values.partition_point(|v| *v <= x).checked_sub(1).map(|i| self.values[i])
    }
}
