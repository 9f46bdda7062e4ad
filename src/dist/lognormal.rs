//! The lognormal distribution: ln X is normal with mean mu and standard deviation sigma; quantile exp(mu + sigma·Φ⁻¹(u)).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::normal::check_sd;
use super::percentiles::{line, name};
use super::{BadParameter, Dist};
use crate::math::{Level, exp, exp_m1, ln, ln_1p, normal};

/// The logarithm is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    mu: f64,
    sigma: f64,
}

impl LogNormal {
    /// From mean and standard deviation of X itself, parameters 0 and 1: sigma² = ln(1 + (sd/mean)²), mu = ln mean − sigma²/2.
    pub(crate) fn from_mean_sd(mean: f64, sd: f64) -> Result<Dist, BadParameter> {
        check_sd(sd)?;
        check_above_zero("mean", mean, sd)?;
        if sd == 0.0 {
            return Ok(Dist::constant(mean));
        }
        let ratio = sd / mean;
        let variance = if ratio < 1e100 { ln_1p(ratio * ratio) } else { 2.0 * ln(ratio) };
        LogNormal::build(ln(mean) - 0.5 * variance, variance.sqrt())
    }

    /// From the median above 0 and sigma, the standard deviation of ln X; parameters 0 and 1.
    pub(crate) fn from_median_sigma(median: f64, sigma: f64) -> Result<Dist, BadParameter> {
        if sigma < 0.0 {
            let message = format!("sigma must not be negative, is {}", show(sigma));
            return BadParameter::err(&[1], message, format!("write sigma={}", show(-sigma)));
        }
        check_above_zero("median", median, 0.0)?;
        if sigma == 0.0 { Ok(Dist::constant(median)) } else { LogNormal::build(ln(median), sigma) }
    }

    /// Through two percentiles above 0, parameters 0 and 1, at the probabilities given.
    pub(crate) fn through(probabilities: [f64; 2], values: [f64; 2]) -> Result<Dist, BadParameter> {
        for (i, value) in values.into_iter().enumerate() {
            if value <= 0.0 {
                let message = format!("{} of a lognormal must be above 0, is {}", name(probabilities[i]), show(value));
                return BadParameter::err(&[i], message, instead(probabilities, values));
            }
        }
        let (mu, sigma) = line(probabilities, values.map(ln), values)?;
        if values[0] == values[1] { Ok(Dist::constant(values[0])) } else { LogNormal::build(mu, sigma) }
    }

    fn build(mu: f64, sigma: f64) -> Result<Dist, BadParameter> {
        // 8.3 is the normal quantile of 1 − 2⁻⁵³, the last u a draw can have
        if mu + 8.3 * sigma > 709.0 || !sigma.is_finite() {
            let message = format!("the spread is too wide to compute with: sigma of the logarithm is {}", show(sigma));
            return BadParameter::err(&[0, 1], message, "write a narrower spread; a sigma above 3 is rarely meant");
        }
        if sigma <= 0.0 { Ok(Dist::constant(exp(mu))) } else { Ok(Dist::LogNormal(LogNormal { mu, sigma })) }
    }
}

/// Mean or median above 0, parameter 0.
fn check_above_zero(what: &str, value: f64, sd: f64) -> Result<(), BadParameter> {
    if value > 0.0 {
        return Ok(());
    }
    let message = format!("{what} of a lognormal must be above 0, is {}", show(value));
    let help = format!(
        "write normal({}, {}) where negative values are possible, else a {what} above 0",
        show(value),
        show(sd.max(1.0))
    );
    BadParameter::err(&[0], message, help)
}

/// What fits where a percentile is not above 0.
fn instead(p: [f64; 2], x: [f64; 2]) -> String {
    let (low, high) = (x[0].min(x[1]), x[0].max(x[1]));
    let normal = format!("normal({}={}, {}={})", name(p[0]), show(x[0]), name(p[1]), show(x[1]));
    if low == 0.0 && high > 0.0 {
        return format!(
            "write uniform(0, {}) or pert(0, …, {}); {normal} where negative values are possible",
            show(high),
            show(high)
        );
    }
    format!("write {normal} where negative values are possible, else values above 0")
}

impl QuantileFunction for LogNormal {
    fn name(&self) -> &'static str {
        "lognormal"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        exp(self.mu + self.sigma * normal::quantile_at(level)).min(f64::MAX)
    }
    fn level(&self, x: f64) -> Level {
        if x <= 0.0 { Level::NONE } else { normal::level((ln(x) - self.mu) / self.sigma) }
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        exp(self.mu + 0.5 * self.sigma * self.sigma)
    }
    fn variance(&self) -> f64 {
        let s2 = self.sigma * self.sigma;
        // beyond 50 the 1 is below rounding, and the factors apart could overflow
        if s2 > 50.0 {
            return exp(2.0 * self.mu + 2.0 * s2);
        }
        let sd = exp(self.mu + 0.5 * s2) * exp_m1(s2).sqrt();
        sd * sd
    }
}
