//! Student's t distribution.

use super::beta::{self, Fraction};
use super::{Level, normal};

/// P(T ≤ t) with `freedom` degrees.
pub fn distribution(t: f64, freedom: f64) -> f64 {
    // P(T > t) = ½·I_x(ν/2, ½) with x = ν/(ν + t²): DLMF 8.17.
    let all = freedom + t * t;
    let tail = 0.5 * beta::level(freedom / 2.0, 0.5, Fraction { x: freedom / all, rest: t * t / all }).below;
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The p-quantile of t with `freedom` degrees, p above one half; the normal's where `freedom` is infinite.
pub fn quantile(p: f64, freedom: f64) -> f64 {
    if !freedom.is_finite() {
        return normal::quantile(p);
    }
    let x = beta::inverse(freedom / 2.0, 0.5, Level::from_below(2.0 * (1.0 - p)));
    (freedom * x.rest / x.x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert!((quantile(0.975, 15.0) - 2.131_449_545_559_323).abs() < 1e-9);
        assert!((quantile(0.975, 1.0) - 12.706_204_736_432_095).abs() < 1e-8);
        assert!((quantile(0.975, f64::INFINITY) - 1.959_963_984_540_054).abs() < 1e-12);
    }

    #[test]
    fn the_quantile_undoes_the_distribution() {
        for freedom in [1.0, 2.0, 6.0, 59.0, 258.0] {
            for p in [0.6, 0.95, 0.999] {
                let t = quantile(p, freedom);
                assert!((distribution(t, freedom) - p).abs() < 1e-12, "{freedom} {p}");
                assert!((distribution(-t, freedom) - (1.0 - p)).abs() < 1e-12, "{freedom} {p}");
            }
        }
        assert_eq!(distribution(0.0, 3.0), 0.5);
    }
}
