//! Numbers as people read them: 12k, 1.5M, 0.6 %.

use crate::math;
use crate::number::{LARGEST, UNITS, trimmed, unit_below};

/// As wide as a plus.
pub const MINUS: char = '\u{2212}';
/// Below this a number is written with a power of ten.
const SMALLEST: f64 = 1e-3;

/// A number to three digits: 412k, 1.5M, 0.012.
pub fn compact(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    let size = rounded.abs();
    if size == 0.0 {
        return "0".into();
    }
    if !(SMALLEST..LARGEST).contains(&size) {
        return power_of_ten(rounded, 2);
    }
    let (unit, name) = unit_below(size);
    let scaled = rounded / unit;
    let before_point =
        if scaled.abs() < 1.0 { math::log10(scaled.abs()).floor() as i32 } else { math::log10(scaled.abs()) as i32 };
    let decimals = (2 - before_point).clamp(0, 6) as usize;
    signed(&format!("{}{name}", trimmed(&format!("{scaled:.decimals$}"))))
}

/// A share of one: 37 %, 0.6 %, <0.1 %.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    match value {
        v if v > 0.0 && v < 0.05 => "<0.1\u{a0}%".into(),
        v if v > 99.95 && v < 100.0 => ">99.9\u{a0}%".into(),
        v if (9.95..99.5).contains(&v) => format!("{v:.0}\u{a0}%"),
        v => format!("{}\u{a0}%", trimmed(&format!("{v:.1}"))),
    }
}

/// Labels of evenly spaced ticks, all with one unit and as many decimals as the step needs.
pub fn labels(ticks: &[f64], step: f64) -> Vec<String> {
    let size = ticks.iter().fold(0.0_f64, |most, tick| most.max(tick.abs()));
    if size >= LARGEST || (size > 0.0 && size < SMALLEST) {
        let digits = (math::log10(size).floor() - math::log10(step).floor()).clamp(0.0, 6.0) as usize;
        return ticks.iter().map(|&tick| power_of_ten(tick, digits)).collect();
    }
    let plain = (1.0, "");
    let readable = |&&(unit, _): &&(f64, &str)| size >= unit && decimals(step / unit) <= 2;
    let &(unit, name) = UNITS.iter().find(readable).unwrap_or(&plain);
    let places = decimals(step / unit);
    let label = |&tick: &f64| {
        if is_zero(tick, step) { "0".into() } else { grouped(tick / unit, places) + name }
    };
    ticks.iter().map(label).collect()
}

fn is_zero(tick: f64, step: f64) -> bool {
    tick.abs() < step * 1e-6
}

/// Decimals needed to write a step exactly.
fn decimals(step: f64) -> usize {
    let whole = |places: &usize| {
        let scaled = step * math::powi(10.0, *places as i32);
        (scaled - scaled.round()).abs() < 1e-6 * scaled.abs() && scaled.round() >= 1.0
    };
    (0..12).find(whole).unwrap_or(12)
}

fn power_of_ten(value: f64, digits: usize) -> String {
    let written = format!("{value:.digits$e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    if value == 0.0 { "0".into() } else { signed(&format!("{}e{exponent}", trimmed(mantissa))) }
}

/// With commas between the thousands.
fn grouped(value: f64, places: usize) -> String {
    signed(&crate::number::grouped(value, places))
}

/// With a minus sign as wide as a plus.
fn signed(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(rest) => format!("{MINUS}{rest}"),
        None => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short() {
        let cases = [
            (0.0, "0"),
            (0.4, "0.4"),
            (0.0123, "0.0123"),
            (7.0, "7"),
            (412.3, "412"),
            (12_000.0, "12k"),
            (1_540_000.0, "1.54M"),
            (999_999.0, "1M"),
            (-2_500.0, "\u{2212}2.5k"),
            (1e-9, "1e-9"),
            (3e15, "3e15"),
        ];
        for (value, expected) in cases {
            assert_eq!(compact(value), expected);
        }
    }

    #[test]
    fn tick_labels_share_a_unit() {
        assert_eq!(labels(&[0.0, 5e5, 1e6, 1.5e6], 5e5), ["0", "0.5M", "1.0M", "1.5M"]);
        assert_eq!(labels(&[-10.0, 0.0, 10.0], 10.0), ["\u{2212}10", "0", "10"]);
        assert_eq!(labels(&[1_000_002.0, 1_000_004.0], 2.0), ["1,000,002", "1,000,004"]);
        assert_eq!(labels(&[0.0, 1e-9, 2e-9], 1e-9), ["0", "1e-9", "2e-9"]);
    }

    #[test]
    fn shares_are_percentages() {
        let cases = [(0.0, "0"), (1e-5, "<0.1"), (0.006, "0.6"), (0.37, "37"), (0.99999, ">99.9"), (1.0, "100")];
        for (share, expected) in cases {
            assert_eq!(percent(share), format!("{expected}\u{a0}%"));
        }
    }
}
