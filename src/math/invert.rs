//! Inverting a cumulative distribution on (0, ∞) by Halley steps on its logarithm.

use super::{Level, exp, ln};

/// What an iteration needs to know of a distribution at a point z.
pub(crate) struct Local {
    /// The probabilities at or below and above z.
    pub level: Level,
    /// w = d(below)/d(ln z).
    pub slope: f64,
    /// d(ln w)/d(ln z).
    pub drift: f64,
}

/// The z > 0 with the wanted probability below it, within [1e-300, 1e300].
///
/// The unknown is ln z and the function the logarithm of the smaller tail, which is close to linear in both tails of a gamma
/// or beta distribution. z is multiplied by exp(step), so its relative precision does not suffer from a large ln z.
pub(crate) fn invert(target: Level, start: f64, at: impl Fn(f64) -> Local) -> f64 {
    let (mut low, mut high) = (1e-300_f64, 1e300_f64);
    let mut z = if start.is_nan() { 1.0 } else { start.clamp(low, high) };
    for _ in 0..200 {
        let (excess, rate, curve) = distance(target, &at(z));
        if excess == 0.0 {
            return z;
        }
        if excess > 0.0 {
            high = z;
        } else {
            low = z;
        }
        let newton = excess / rate;
        let step = newton / (1.0 - 0.5 * newton * curve).clamp(0.5, 2.0);
        let next = z * exp(-step);
        // The error after a Halley step is about the cube of the step, measured in the scale on which the function bends.
        if next >= low && next <= high && (step * (1.0 + rate + curve.abs())).abs() < 1e-5 {
            return next;
        }
        z = if next > low && next < high { next } else { low.sqrt() * high.sqrt() };
        if high <= low * (1.0 + 4.0 * f64::EPSILON) {
            return z;
        }
    }
    z
}

/// How far (in the logarithm of the smaller tail) the point is above the target, the derivative of that by ln z, and the
/// second derivative divided by the first.
fn distance(target: Level, local: &Local) -> (f64, f64, f64) {
    let Level { below, above } = local.level;
    if target.below <= 0.5 {
        let rate = local.slope / below;
        (ln(below / target.below), rate, local.drift - rate)
    } else {
        let rate = local.slope / above;
        (-ln(above / target.above), rate, local.drift + rate)
    }
}
