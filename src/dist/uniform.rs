//! The uniform distribution: density 1/(high − low), quantile low + u·(high − low).

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::{BadParameter, Dist};
use crate::math::Level;
use crate::vector::kernels;

/// Equal density between two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    /// From the bounds, parameters 0 and 1.
    pub(crate) fn build(low: f64, high: f64) -> Result<Dist, BadParameter> {
        check_order(low, high)?;
        Ok(if low == high { Dist::constant(low) } else { Dist::Uniform(Uniform { low, high }) })
    }
}

impl Uniform {
    /// The quantiles at each of `u`.
    pub(crate) fn fill(&self, u: &[f64], out: &mut [f64]) {
        between(self.low, self.high, u, out);
    }
}

kernels! {
    fn between(low: f64, high: f64, u: &[f64], out: &mut [f64]) {
        for (u, out) in u.iter().zip(out) {
            let x = low + u * (high - low);
            *out = if x > high { high } else { x };
        }
    }
}

/// low ≤ high, and not so far apart that the difference overflows.
pub(crate) fn check_order(low: f64, high: f64) -> Result<(), BadParameter> {
    if low > high {
        let message = format!("low must not be above high, is {} > {}", show(low), show(high));
        return BadParameter::err(&[0, 1], message, format!("exchange them: low={}, high={}", show(high), show(low)));
    }
    if !(high - low).is_finite() {
        return BadParameter::err(&[0, 1], "low and high are too far apart", "write bounds within 1e300 of zero");
    }
    Ok(())
}

impl QuantileFunction for Uniform {
    fn name(&self) -> &'static str {
        "uniform"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        (self.low + level.below * (self.high - self.low)).min(self.high)
    }
    fn level(&self, x: f64) -> Level {
        let width = self.high - self.low;
        let x = x.clamp(self.low, self.high);
        Level { below: (x - self.low) / width, above: (self.high - x) / width }
    }
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn mean(&self) -> f64 {
        self.low + 0.5 * (self.high - self.low)
    }
    fn variance(&self) -> f64 {
        let width = self.high - self.low;
        width * width / 12.0
    }
}
