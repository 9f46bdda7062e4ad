//! Where curves over months and volumes reach what is asked of them.

use crate::math;

/// The first month by which a share of at least `p` of the trials has come; NaN where there is none.
pub fn month_quantile(months: &[u64], p: f64, trials: u64) -> f64 {
    let wanted = p * trials as f64 * (1.0 - 1e-12);
    let mut sum = 0;
    for (i, count) in months.iter().enumerate() {
        sum += count;
        if sum as f64 >= wanted {
            return (i + 1) as f64;
        }
    }
    f64::NAN
}

/// The first volume at which the probability crosses one half, interpolated in the logarithm; NaN where none does.
pub fn even_volume(volumes: &[f64], shares: &[f64]) -> f64 {
    for (v, p) in volumes.windows(2).zip(shares.windows(2)) {
        if (p[0] < 0.5) != (p[1] < 0.5) && v[0] > 0.0 {
            let t = (0.5 - p[0]) / (p[1] - p[0]);
            return v[0] * math::pow(v[1] / v[0], t);
        }
    }
    f64::NAN
}

/// The first volume at which the saving changes its sign, on straight lines between the volumes, as most costs are; NaN
/// where it does not.
pub fn turning_volume(volumes: &[f64], savings: &[f64]) -> f64 {
    for (v, s) in volumes.windows(2).zip(savings.windows(2)) {
        if (s[0] < 0.0) != (s[1] < 0.0) && v[0] < v[1] {
            return v[0] + (v[1] - v[0]) * s[0] / (s[0] - s[1]);
        }
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_volumes() {
        assert_eq!(month_quantile(&[0, 5, 5], 0.5, 20), 3.0);
        assert_eq!(month_quantile(&[0, 5, 5], 0.25, 20), 2.0);
        assert!(month_quantile(&[0, 5, 5], 0.51, 20).is_nan());
        let even = even_volume(&[10.0, 100.0, 1000.0], &[0.0, 0.25, 0.75]);
        assert!((even - 100.0 * 10f64.sqrt()).abs() < 1e-9);
        assert!(even_volume(&[10.0, 100.0], &[0.1, 0.2]).is_nan());
        assert_eq!(turning_volume(&[10.0, 100.0, 200.0], &[-30.0, -10.0, 40.0]), 120.0);
        assert!(turning_volume(&[10.0, 100.0], &[1.0, 2.0]).is_nan());
    }
}
