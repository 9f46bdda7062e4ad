//! The Weibull distribution: P(X > x) = exp(−(x/scale)^shape), quantile scale·(−ln(1 − u))^(1/shape).

use super::bad_parameter::show;
use super::exponential::{standard_level, standard_quantile};
use super::family::QuantileFunction;
use super::{BadParameter, Dist};
use crate::math::{Level, exp, exp_m1, ln, ln_gamma, pow};

/// The Weibull distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// From shape above 0 and scale at least 0, parameters 0 and 1.
    pub(crate) fn build(shape: f64, scale: f64) -> Result<Dist, BadParameter> {
        if shape <= 0.0 {
            let message = format!("shape must be above 0, is {}", show(shape));
            return BadParameter::err(
                &[0],
                message,
                "write a shape above 0: 1 is the exponential, 3.6 nearly symmetric",
            );
        }
        if scale < 0.0 {
            let message = format!("scale must not be negative, is {}", show(scale));
            return BadParameter::err(&[1], message, format!("write scale={}", show(-scale)));
        }
        if scale == 0.0 {
            return Ok(Dist::constant(0.0));
        }
        // ln 750 stands for the furthest quantile there is
        if ln(scale) + ln(750.0) / shape > 709.0 {
            let message =
                format!("shape {} with scale {} makes values too large to compute with", show(shape), show(scale));
            return BadParameter::err(&[0, 1], message, "write a larger shape; below 0.1 is rarely meant");
        }
        Ok(Dist::Weibull(Weibull { shape, scale }))
    }
}

impl QuantileFunction for Weibull {
    fn name(&self) -> &'static str {
        "weibull"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        self.scale * exp(ln(standard_quantile(level)) / self.shape)
    }
    fn level(&self, x: f64) -> Level {
        if x <= 0.0 { Level::NONE } else { standard_level(pow(x / self.scale, self.shape)) }
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn mean(&self) -> f64 {
        self.scale * exp(ln_gamma(1.0 + 1.0 / self.shape))
    }
    /// scale²·(Γ(1+2/k) − Γ(1+1/k)²), as a factor of the squared mean so that a large shape does not cancel at once.
    fn variance(&self) -> f64 {
        let mean = self.mean();
        let e = 1.0 / self.shape;
        let log_ratio = if e < 1e-3 {
            // Σ ζ(n)(2ⁿ − 2)(−e)ⁿ/n, the series of ln Γ about 1, where the difference would cancel
            e * e
                * (1.644_934_066_848_226_4
                    - e * (2.404_113_806_319_188_6 - e * (3.788_131_317_988_983 - e * 6.221_566_530_860_219)))
        } else {
            ln_gamma(1.0 + 2.0 * e) - 2.0 * ln_gamma(1.0 + e)
        };
        let sd = mean * exp_m1(log_ratio).max(0.0).sqrt();
        sd * sd
    }
}
