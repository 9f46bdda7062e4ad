//! A value of a field that was found, with as many digits as it is known to.

use super::format::{DIGITS, money_to, short_to};
use super::input_value::{field_at, is_share, percent};
use super::understood::plain;
use crate::number::trimmed;
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// Most digits of what is known without error.
const MOST: usize = 6;

/// A value of whatever is written at a path, and how far it may be off at 95 %: of that one digit is enough, and no digit of
/// the value below it means anything.
pub(super) fn found_value(scenario: &Scenario, path: &str, found: Estimate) -> String {
    let Some(reach) = found.half_width(0.95).filter(|reach| *reach > 0.0).map(rounded) else {
        return value_to(scenario, path, Estimate::exact(found.value), digits_of(found.value, MOST));
    };
    let step = crate::math::powi(10.0, place(reach));
    let value = (found.value / step).round() * step;
    let digits = if value == 0.0 { DIGITS } else { (place(value) - place(reach) + 1).max(1) as usize };
    let of = |value: f64| Estimate { value, std_error: Some(reach), ..found };
    format!(
        "{} ± {}",
        value_to(scenario, path, of(value), digits.max(DIGITS)),
        value_to(scenario, path, of(reach), DIGITS)
    )
}

/// An amount of money that is no estimate, with all its digits.
pub(super) fn exact_money(currency: &str, amount: f64) -> String {
    money_to(currency, Estimate::exact(amount), digits_of(amount, 12))
}

/// A value in so many digits, without those below its error.
fn value_to(scenario: &Scenario, path: &str, value: Estimate, digits: usize) -> String {
    match field_at(scenario, path) {
        Some(field) if is_share(field) => percent(value, digits),
        Some(field) if field.is_money() => money_to(&scenario.currency, value, digits),
        _ if value.value.abs() < 1e-3 => plain(value.value),
        _ => {
            let sign = if value.value < 0.0 { "-" } else { "" };
            let size = short_to(value.value.abs(), value.std_error.unwrap_or(0.0), digits);
            // No zeros are left of a number that is known without error.
            if value.std_error.is_none() { format!("{sign}{}", trimmed(&size)) } else { format!("{sign}{size}") }
        }
    }
}

/// Significant digits that a number has, from three to so many.
fn digits_of(x: f64, most: usize) -> usize {
    let is_all = |digits: &usize| {
        let short: f64 = format!("{x:.*e}", digits - 1).parse().unwrap_or(x);
        (short - x).abs() <= 1e-9 * x.abs()
    };
    (DIGITS..most).find(is_all).unwrap_or(most)
}

/// A number above zero to one digit.
fn rounded(x: f64) -> f64 {
    format!("{x:.0e}").parse().unwrap_or(x)
}

/// The place of a number's first digit: 0 for that before the point.
fn place(x: f64) -> i32 {
    crate::math::log10(x.abs()).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_digits_that_are_known() {
        let scenario = Scenario::from_toml(
            "simulation.horizon_months = 1\nworkload = { requests_per_month = 1000, input_tokens = 1, output_tokens = 1, growth_per_month = 0 }\n\
             [[option]]\nname = \"A\"\ninference = { input_price = 1, output_price = 1 }\n",
        )
        .expect("a scenario");
        let of = |path: &str, value: f64, error: f64| {
            found_value(&scenario, path, Estimate { value, std_error: Some(error / 2.131_449_545_6), freedom: 15.0 })
        };
        assert_eq!(of("workload.requests_per_month", 132_345.0, 12.0), "132,350 ± 10");
        assert_eq!(of("workload.requests_per_month", 132_345.0, 2000.0), "132k ± 2k");
        assert_eq!(of("A.inference.input_price", 1.319_87, 0.000_21), "$1.3199 ± $0.0002");
        assert_eq!(of("workload.growth_per_month", 0.512_34, 0.000_2), "51.23 % ± 0.02 %");
        assert_eq!(of("x", -1234.5, 0.0), "-1,234.5");
        assert_eq!(of("x", 3.41, 0.1), "3.4 ± 0.1");
        assert_eq!(of("workload.requests_per_month", 6_691_048.0, 86_000.0), "6.69M ± 90k");
        assert_eq!((exact_money("USD", 12_345.0), exact_money("USD", 5e5)), ("$12,345".to_owned(), "$500k".to_owned()));
    }
}
