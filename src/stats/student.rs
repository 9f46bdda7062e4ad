//! Quantiles of Student's t distribution.

use crate::math::{Level, beta, normal};

/// The p-quantile of t with `freedom` degrees, p above one half; the normal's where `freedom` is infinite.
pub fn t_quantile(p: f64, freedom: f64) -> f64 {
    if !freedom.is_finite() {
        return normal::quantile(p);
    }
    // P(T > t) = ½·I_x(ν/2, ½) with x = ν/(ν + t²): DLMF 8.17.
    let x = beta::inverse(freedom / 2.0, 0.5, Level::from_below(2.0 * (1.0 - p)));
    (freedom * x.rest / x.x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::t_quantile;

    #[test]
    fn known_values() {
        assert!((t_quantile(0.975, 15.0) - 2.131_449_545_559_323).abs() < 1e-9);
        assert!((t_quantile(0.975, 1.0) - 12.706_204_736_432_095).abs() < 1e-8);
        assert!((t_quantile(0.975, f64::INFINITY) - 1.959_963_984_540_054).abs() < 1e-12);
    }
}
