//! Mean and variance of a quantile function by quadrature, where there is no closed form.

use crate::math::Level;
use crate::math::quadrature::integrate;

/// ∫₀¹ Q(u) du.
pub(crate) fn mean(quantile: &dyn Fn(Level) -> f64) -> f64 {
    over_levels(&quantile)
}

/// ∫₀¹ (Q(u) − mean)² du; infinite where the mean is.
pub(crate) fn variance(quantile: &dyn Fn(Level) -> f64, mean: f64) -> f64 {
    if mean.is_infinite() {
        return f64::INFINITY;
    }
    over_levels(&|level| {
        let d = quantile(level) - mean;
        d * d
    })
}

/// The integral over dyadic cells [2⁻ᵏ⁻¹, 2⁻ᵏ] towards 0 and, mirrored, towards 1: in each a tail is smooth.
fn over_levels(f: &dyn Fn(Level) -> f64) -> f64 {
    let mut sum = 0.0;
    let mut high = 0.5;
    for k in 0..900 {
        let low = 0.5 * high;
        let lower = cell(&|p| f(Level { below: p, above: 1.0 - p }), low, high, sum);
        let upper = cell(&|p| f(Level { below: 1.0 - p, above: p }), low, high, sum);
        sum += lower + upper;
        let rest = lower.abs() + upper.abs();
        if !sum.is_finite() || (k > 40 && rest <= 1e-18 * sum.abs()) || (k > 100 && sum == 0.0) {
            break;
        }
        high = low;
    }
    sum
}

/// One cell, halved towards a kink or a jump where the rule does not agree with itself.
fn cell(f: &dyn Fn(f64) -> f64, low: f64, high: f64, scale: f64) -> f64 {
    refined(f, low, high, scale, integrate(f, low, high), 14)
}

fn refined(f: &dyn Fn(f64) -> f64, low: f64, high: f64, scale: f64, whole: f64, depth: u32) -> f64 {
    let middle = 0.5 * (low + high);
    let (left, right) = (integrate(f, low, middle), integrate(f, middle, high));
    let error = (left + right - whole).abs();
    if depth == 0 || error.is_nan() || error <= 1e-13 * (scale.abs() + whole.abs()) {
        return left + right;
    }
    refined(f, low, middle, scale, left, depth - 1) + refined(f, middle, high, scale, right, depth - 1)
}
