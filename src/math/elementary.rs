//! Elementary functions by the pure-Rust `libm` crate, so that a result does not depend on the platform's library.

/// e to the power of `x`.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power of `x`, minus 1, without cancellation near 0.
#[inline]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// The natural logarithm; −∞ at 0, NaN below.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), without cancellation near 0.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// The logarithm to base 10.
#[inline]
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `x` to the power of `y`.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// `x` to a whole power by repeated squaring; the order of the multiplications is fixed.
#[inline]
pub fn powi(x: f64, n: i32) -> f64 {
    let mut base = if n < 0 { 1.0 / x } else { x };
    let mut left = n.unsigned_abs();
    let mut product = 1.0;
    while left > 0 {
        if left & 1 == 1 {
            product *= base;
        }
        base *= base;
        left >>= 1;
    }
    product
}

/// The sine of `x` radians.
#[inline]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// The cosine of `x` radians.
#[inline]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// The complementary error function 2/√π · ∫ₓ^∞ exp(−t²) dt.
#[inline]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// ln |Γ(x)|.
#[inline]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The square root, correctly rounded by IEEE 754.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// Arc sine.
#[inline]
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// The greatest whole number at most `x`.
#[inline]
pub fn floor(x: f64) -> f64 {
    x.floor()
}

/// The smallest whole number at least `x`.
#[inline]
pub fn ceil(x: f64) -> f64 {
    x.ceil()
}

/// The nearest whole number, halves away from zero.
#[inline]
pub fn round(x: f64) -> f64 {
    x.round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers() {
        assert_eq!(powi(3.0, 4), 81.0);
        assert_eq!(powi(2.0, -3), 0.125);
        assert_eq!(powi(5.0, 0), 1.0);
        assert!(powi(1.5, i32::MIN).is_finite());
    }
}
