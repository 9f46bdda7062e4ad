//! The logit-normal distribution: ln(X/(1 − X)) is normal; quantile 1/(1 + exp(−mu − sigma·Φ⁻¹(u))).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::percentiles::line;
use super::{BadParameter, Dist};
use crate::math::{Level, exp, ln, ln_1p, normal};

/// The logit is normal: a share between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogitNormal {
    mu: f64,
    sigma: f64,
}

impl LogitNormal {
    /// From the 5th and 95th percentile, parameters 0 and 1, both within (0, 1).
    pub(crate) fn interval(low: f64, high: f64) -> Result<Dist, BadParameter> {
        for (i, share) in [low, high].into_iter().enumerate() {
            if !(share > 0.0 && share < 1.0) {
                let message = format!("both bounds must lie between 0 % and 100 %, {} % does not", show(share * 100.0));
                let help = if share == 0.0 || share == 1.0 {
                    "write 0.1% or 99.9%, or uniform(0, 1)"
                } else {
                    "write for example 50% to 90%"
                };
                return BadParameter::err(&[i], message, help);
            }
        }
        let (mu, sigma) = line([0.05, 0.95], [logit(low), logit(high)], [low, high])?;
        if low == high || sigma <= 0.0 {
            Ok(Dist::constant(low))
        } else {
            Ok(Dist::LogitNormal(LogitNormal { mu, sigma }))
        }
    }
}

/// ln(x/(1 − x)).
fn logit(x: f64) -> f64 {
    ln(x) - ln_1p(-x)
}

impl QuantileFunction for LogitNormal {
    fn name(&self) -> &'static str {
        "logit-normal"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        1.0 / (1.0 + exp(-self.mu - self.sigma * normal::quantile_at(level)))
    }
    fn level(&self, x: f64) -> Level {
        if x <= 0.0 {
            Level::NONE
        } else if x >= 1.0 {
            Level::ALL
        } else {
            normal::level((logit(x) - self.mu) / self.sigma)
        }
    }
    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }
}
