//! The log-uniform distribution: density 1/(x·ln(high/low)), quantile low·(high/low)ᵘ.

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::uniform::check_order;
use super::{BadParameter, Dist};
use crate::math::{Level, exp, ln, ln_1p};

/// The logarithm is uniform between the logarithms of two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogUniform {
    low: f64,
    high: f64,
    ln_low: f64,
    /// ln high − ln low, above 0.
    span: f64,
}

impl LogUniform {
    /// From the bounds, parameters 0 and 1, both above 0.
    pub(crate) fn build(low: f64, high: f64) -> Result<Dist, BadParameter> {
        check_order(low, high)?;
        if low <= 0.0 {
            let message = format!("low must be above 0, is {}", show(low));
            return BadParameter::err(
                &[0],
                message,
                format!("write uniform({}, {}), or a low above 0", show(low), show(high)),
            );
        }
        let ln_low = ln(low);
        // a narrow range by its relative width, which does not cancel
        let width = (high - low) / low;
        let span = if width < 1.0 { ln_1p(width) } else { ln(high) - ln_low };
        Ok(if span <= 0.0 { Dist::constant(low) } else { Dist::LogUniform(LogUniform { low, high, ln_low, span }) })
    }
}

impl QuantileFunction for LogUniform {
    fn name(&self) -> &'static str {
        "loguniform"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        exp(self.ln_low + level.below * self.span).clamp(self.low, self.high)
    }
    fn level(&self, x: f64) -> Level {
        let log = ln(x.clamp(self.low, self.high)) - self.ln_low;
        Level { below: (log / self.span).clamp(0.0, 1.0), above: ((self.span - log) / self.span).clamp(0.0, 1.0) }
    }
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn mean(&self) -> f64 {
        (self.high - self.low) / self.span
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        let half = 0.5 * self.span;
        mean * mean * excess(half * half)
    }
}

/// h·coth h − 1 as a function of h², h half the span: E[X²]/mean² − 1, by its series where the difference would cancel.
fn excess(h2: f64) -> f64 {
    if h2 < 0.04 {
        return h2 * (1.0 / 3.0 - h2 * (1.0 / 45.0 - h2 * (2.0 / 945.0 - h2 * (1.0 / 4725.0 - h2 * 2.0 / 93_555.0))));
    }
    let h = h2.sqrt();
    let small = exp(-2.0 * h);
    h * (1.0 + small) / (1.0 - small) - 1.0
}
