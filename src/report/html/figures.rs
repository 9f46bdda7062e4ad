//! Figures of tables: exact for sorting, with the digits for reading that their error leaves.

use crate::number::{self, grouped};

/// A figure and its error in words: `10,800.03` and `± 0.054`.
pub fn figure(x: f64, error: Option<f64>) -> (String, Option<String>) {
    if !x.is_finite() {
        return (String::new(), None);
    }
    match error.filter(|e| e.is_finite() && *e > 0.0) {
        None => (trimmed(x, places(x, 4)), None),
        Some(error) => {
            // Two digits of the error say how far the figure's own can be trusted.
            let digits = places(error, 2);
            (grouped(x, digits), Some(format!("± {}", grouped(error, digits))))
        }
    }
}

/// Decimals that leave so many significant digits.
fn places(x: f64, significant: i32) -> usize {
    if x == 0.0 {
        return 0;
    }
    let first = crate::math::log10(x.abs()).floor() as i32;
    (significant - 1 - first).clamp(0, 9) as usize
}

/// Without zeros that say nothing.
fn trimmed(x: f64, digits: usize) -> String {
    match number::trimmed(&grouped(x, digits)) {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn digits_end_where_the_error_begins() {
        let both = |x, e| {
            let (value, error) = figure(x, e);
            value + &error.map_or(String::new(), |e| format!(" {e}"))
        };
        assert_eq!(both(10_800.033_6, Some(0.054_28)), "10,800.034 ± 0.054");
        assert_eq!(both(-64_073.557, Some(112.2)), "-64,074 ± 112");
        assert_eq!(both(0.5, None), "0.5");
        assert_eq!(both(123_456.7, Some(0.0)), "123,457");
        assert_eq!(both(0.0, Some(0.0)), "0");
        assert_eq!(both(f64::NAN, Some(1.0)), "");
    }
}
