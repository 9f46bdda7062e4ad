//! Gauss-Legendre quadrature.

use super::exp;

/// Positive nodes and weights of the 16-point rule on [−1, 1]; exact for polynomials up to degree 31.
const RULE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];

/// ∫ f over [low, high] by the 16-point rule.
pub fn integrate(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (centre, half) = (0.5 * (low + high), 0.5 * (high - low));
    let mut sum = 0.0;
    for (node, weight) in RULE {
        sum += weight * (f(centre - half * node) + f(centre + half * node));
    }
    sum * half
}

/// ∫₀^∞ exp(exponent(t)) dt for a concave `exponent` with exponent(0) = 0, slope −`slope` ≤ 0 and second derivative
/// −`curvature` < 0 at 0.
pub fn concave_tail(slope: f64, curvature: f64, exponent: impl Fn(f64) -> f64) -> f64 {
    /// exp(−38) is below the rounding of the result.
    const DEPTH: f64 = 38.0;
    let mut end = 2.0 * DEPTH / (slope + (slope * slope + 2.0 * DEPTH * curvature).sqrt());
    for _ in 0..40 {
        if exponent(end) <= -DEPTH {
            break;
        }
        end *= 1.2;
    }
    let f = |t: f64| exp(exponent(t));
    let third = end / 3.0;
    integrate(f, 0.0, third) + (integrate(f, third, 2.0 * third) + integrate(f, 2.0 * third, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_and_tails() {
        assert!((integrate(|x| x * x * x, 1.0, 3.0) - 20.0).abs() < 1e-13);
        assert!((concave_tail(5.0, 1e-9, |t| -5.0 * t) - 0.2).abs() < 1e-15);
        let half_gauss = (std::f64::consts::PI / 2.0).sqrt();
        assert!((concave_tail(0.0, 1.0, |t| -0.5 * t * t) - half_gauss).abs() < 1e-14);
    }
}
