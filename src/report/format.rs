//! Numbers as text, for files and for people.

use super::grid::fit;
use crate::engine::Results;
use crate::number::{LARGEST, currency_sign, grouped, unit_below};
use crate::stats::Estimate;

/// The shortest decimal that reads back as the same number; empty where it is undefined.
pub fn number_text(x: f64) -> String {
    match x.abs() {
        _ if !x.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        a if !(1e-7..1e17).contains(&a) => format!("{x:e}"),
        _ => format!("{x}"),
    }
}

/// A rank in words: `71st`.
pub fn ordinal(rank: f64) -> String {
    let rank = rank.round() as i64;
    let ending = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{rank}{ending}")
}

/// An amount of money in three digits, with k, M, B or T, fewer where its error reaches further up: `$12.3k`, `450 CHF`.
pub fn money(currency: &str, estimate: Estimate) -> String {
    money_to(currency, estimate, DIGITS)
}

/// The ends of a range of money, with as many digits as tell them apart.
pub fn money_range(currency: &str, ends: [Estimate; 2]) -> [String; 2] {
    let size = ends.map(|end| end.value.abs()).into_iter().fold(0.0, f64::max);
    let digits = digits_among(size, (ends[1].value - ends[0].value).abs());
    // What the simulation is off by does not hide how far the ends are apart.
    ends.map(|end| money_to(currency, if digits > DIGITS { Estimate::exact(end.value) } else { end }, digits))
}

/// An amount of money in so many digits.
pub fn money_to(currency: &str, estimate: Estimate, digits: usize) -> String {
    let amount = short_to(estimate.value.abs(), estimate.std_error.unwrap_or(0.0), digits);
    let sign = if estimate.value < 0.0 && amount != "0" { "-" } else { "" };
    match currency_sign(currency) {
        None => format!("{sign}{amount} {}", fit(currency, CURRENCY)),
        Some(symbol) => format!("{sign}{symbol}{amount}"),
    }
}

/// Columns of a currency without a sign of its own.
const CURRENCY: usize = 6;

/// Significant digits of a number that stands for itself.
pub const DIGITS: usize = 3;
/// The most that are ever written.
const MOST_DIGITS: usize = 12;

/// Significant digits that tell numbers of a size apart which spread over a span.
pub fn digits_among(size: f64, span: f64) -> usize {
    if !(span > 0.0 && span < 0.01 * size && size.is_finite()) {
        return DIGITS;
    }
    (2 + crate::math::log10(size / span).ceil() as usize).min(MOST_DIGITS)
}

/// A size with three digits, fewer where the error reaches further up.
pub fn short(x: f64, error: f64) -> String {
    short_to(x, error, DIGITS)
}

/// A size with so many digits, fewer where the error reaches further up. More than three are not shortened to k or M.
pub fn short_to(x: f64, error: f64, digits: usize) -> String {
    if digits > DIGITS && x < 1e9 {
        let before = if x >= 1.0 { crate::math::log10(x).floor() as i32 + 1 } else { 0 };
        let wanted = (digits as i32 - before).clamp(0, MOST_DIGITS as i32) as usize;
        let trusted = if error > 0.0 { (-crate::math::log10(error).floor()).max(0.0) as usize } else { wanted };
        return grouped(x, wanted.min(trusted));
    }
    // Rounded first, so that 999.9 becomes 1.00k and not 1,000.
    let rounded: f64 = format!("{x:.2e}").parse().unwrap_or(x);
    if rounded >= LARGEST {
        return format!("{rounded:.2e}");
    }
    let (unit, suffix) = unit_below(rounded);
    let digits = decimals(rounded / unit, error / unit);
    format!("{}{suffix}", grouped(x / unit, digits))
}

/// Decimals that leave three significant digits, without those below the error.
fn decimals(x: f64, error: f64) -> usize {
    if x == 0.0 {
        return 0;
    }
    let wanted = (2.0 - crate::math::log10(x).floor()).clamp(0.0, 6.0);
    let trusted = if error > 0.0 { (-crate::math::log10(error).floor()).max(0.0) } else { wanted };
    wanted.min(trusted) as usize
}

/// Stands for the number of trials where nothing is left to chance.
pub const CERTAIN: u64 = u64::MAX;

/// Trials on which all could agree by chance; none where nothing is uncertain.
pub fn chances(results: &Results) -> u64 {
    if results.is_certain() { CERTAIN } else { results.design.trials() }
}

/// A probability in percent. One on which all trials agree is bounded by the rule of three: with n trials of an event
/// that never happened, its probability is below 3/n with 95 % confidence.
pub fn percent(p: Estimate, trials: u64) -> String {
    match 100.0 * p.value {
        x if trials == CERTAIN && (x == 0.0 || x == 100.0) => format!("{x} %"),
        0.0 => format!("< {} %", bound(trials).0),
        100.0 => format!("> {} %", bound(trials).1),
        x if x < 0.05 => "< 0.1 %".to_owned(),
        x if x > 99.95 => "> 99.9 %".to_owned(),
        x => {
            let error = 100.0 * p.std_error.unwrap_or(0.0);
            let digits = usize::from(error < 0.5 && !(10.0..90.0).contains(&x));
            format!("{x:.digits$} %")
        }
    }
}

/// The rule of three in percent, rounded up to one digit, and what it leaves of 100 %.
fn bound(trials: u64) -> (String, String) {
    let exact = (300.0 / trials as f64).min(100.0);
    let digits = (-crate::math::log10(exact).floor()).max(0.0) as usize;
    let step = crate::math::powi(10.0, -(digits as i32));
    let up = (exact / step).ceil() * step;
    (format!("{up:.digits$}"), format!("{:.digits$}", 100.0 - up))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, error: f64) -> Estimate {
        Estimate { value, std_error: Some(error), freedom: 15.0 }
    }

    #[test]
    fn digits_follow_the_spacing() {
        let exact = |ends: [f64; 2]| money_range("USD", ends.map(Estimate::exact));
        assert_eq!(exact([12_000.0, 12_004.0]), ["$12,000.0", "$12,004.0"]);
        assert_eq!(exact([-0.100_01, -0.1]), ["-$0.1000100", "-$0.1000000"]);
        assert_eq!(exact([12_000.0, 14_000.0]), ["$12.0k", "$14.0k"]);
        assert_eq!(exact([5.0, 5.0]), ["$5.00", "$5.00"]);
        assert_eq!(short_to(1.000_002_34, 2e-7, 8), "1.0000023");
        assert_eq!((digits_among(1e6, 300.0), digits_among(1e6, 0.0), digits_among(f64::NAN, 1.0)), (6, 3, 3));
    }

    #[test]
    fn numbers_read_back() {
        for x in [0.1, -5.0, 1e300, 1e-12, 123_456_789.125, 1e16, 0.0] {
            assert_eq!(number_text(x).parse::<f64>().unwrap(), x);
        }
        assert_eq!(number_text(f64::NAN), "");
        assert_eq!(number_text(450.0), "450");
    }

    #[test]
    fn people_get_three_digits() {
        assert_eq!(money("USD", estimate(74_855.66, 1.0)), "$74.9k");
        assert_eq!(money("USD", estimate(-449.89, 0.001)), "-$450");
        assert_eq!(money("CHF", estimate(1_234_567.0, 0.0)), "1.23M CHF");
        assert_eq!(money("USD", estimate(4.5, 0.001)), "$4.50");
        assert_eq!(money("USD", estimate(4_321.0, 0.1)), "$4.32k");
        assert_eq!(money("USD", estimate(0.0, 0.0)), "$0");
        assert_eq!(money("USD", estimate(-0.4, 10.0)), "$0");
        assert_eq!(money("USD", estimate(9_999_600.0, 0.0)), "$10.0M");
        assert_eq!(money("USD", estimate(999.9, 0.0)), "$1.00k");
        assert_eq!(money("USD", estimate(12_345.0, 600.0)), "$12.3k");
        assert_eq!(money("USD", estimate(12_345.0, 6_000.0)), "$12k");
        assert_eq!(money("USD", estimate(-4.1416e12, 0.0)), "-$4.14T");
        assert_eq!(money("USD", estimate(2.0118e19, 0.0)), "$2.01e19");
        assert_eq!(grouped(4.768_37e24, 2), "4.7684e24");
    }

    #[test]
    fn certainty_is_bounded() {
        assert_eq!(percent(estimate(0.0, 0.0), 262_144), "< 0.002 %");
        assert_eq!(percent(estimate(1.0, 0.0), 262_144), "> 99.998 %");
        assert_eq!(percent(estimate(1.0, 0.0), 2), "> 0 %");
        assert_eq!(percent(estimate(1.0, 0.0), CERTAIN), "100 %");
        assert_eq!(percent(estimate(0.4534, 0.0002), 262_144), "45 %");
        assert_eq!(percent(estimate(0.0266, 0.0001), 262_144), "2.7 %");
        assert_eq!(percent(estimate(0.00001, 0.0001), 262_144), "< 0.1 %");
    }
}
