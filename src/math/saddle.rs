//! Point probabilities without cancellation: Loader's saddle-point form (C. Loader, "Fast and accurate computation of
//! binomial probabilities", 2000). It keeps full precision where `exp(a·ln x − x − lnΓ(a))` would lose it: large parameters.

use super::{exp, ln, ln_gamma};

/// ln √(2π).
const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;
/// 2π.
const TWO_PI: f64 = std::f64::consts::TAU;

/// What Stirling's formula misses: ln Γ(n + 1) − ln(√(2πn)·(n/e)ⁿ), n > 0.
pub fn stirling_error(n: f64) -> f64 {
    if n < 15.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * ln(n) + n - LN_ROOT_TWO_PI;
    }
    let r = 1.0 / (n * n);
    let tail = 1.0 / 1188.0 - r * (691.0 / 360_360.0 - r * (1.0 / 156.0 - r * 3617.0 / 122_400.0));
    (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r * tail)))) / n
}

/// x·ln(x/m) + m − x, at least 0: how far `x` is from `m`, by a series where the two are close.
pub fn deviance(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    let d = x - m;
    if d.abs() >= 0.1 * (x + m) {
        // ln x − ln m where the ratio itself would overflow or underflow
        let ratio = x / m;
        let log = if ratio.is_normal() { ln(ratio) } else { ln(x) - ln(m) };
        return x * log + m - x;
    }
    let v = d / (x + m);
    let mut sum = d * v;
    let mut term = 2.0 * x * v;
    for j in 1..40 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// mᵃ·e⁻ᵐ/Γ(a + 1) for real a ≥ 0: the Poisson probability of `a` at mean `m`.
pub fn poisson_point(a: f64, m: f64) -> f64 {
    if a == 0.0 {
        return exp(-m);
    }
    if m <= 0.0 {
        return 0.0;
    }
    if a < 1e-3 {
        return exp(a * ln(m) - m - ln_gamma(a + 1.0));
    }
    exp(-stirling_error(a) - deviance(a, m)) / (TWO_PI * a).sqrt()
}

/// Γ(a+b+1)/(Γ(a+1)Γ(b+1))·xᵃyᵇ for real a, b ≥ 0 and y = 1 − x: the binomial probability of `a` in `a + b` trials.
pub fn binomial_point(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    if a == 0.0 || b == 0.0 {
        let (power, base, other) = if a == 0.0 { (b, y, x) } else { (a, x, y) };
        let log = if base > 0.5 { super::ln_1p(-other) } else { ln(base) };
        return if power == 0.0 { 1.0 } else { exp(power * log) };
    }
    if x <= 0.0 || y <= 0.0 {
        return 0.0;
    }
    let error = stirling_error(n) - stirling_error(a) - stirling_error(b);
    let exponent = error - deviance(a, n * x) - deviance(b, n * y);
    exp(exponent) * (n / (TWO_PI * a)).sqrt() / b.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cases_by_hand() {
        assert!((poisson_point(2.0, 3.0) - 4.5 * exp(-3.0)).abs() < 1e-15);
        assert!((binomial_point(2.0, 3.0, 0.25, 0.75) - 10.0 * 0.0625 * 0.421_875).abs() < 1e-15);
        assert_eq!(binomial_point(0.0, 2.0, 0.5, 0.5), 0.25);
    }

    #[test]
    fn deviance_is_continuous_where_the_method_changes() {
        let m: f64 = 7.0;
        let edge = m * 1.1 / 0.9;
        let (a, b) = (deviance(edge * (1.0 - 1e-13), m), deviance(edge * (1.0 + 1e-13), m));
        assert!((a - b).abs() < 1e-12, "{a} {b}");
    }
}
