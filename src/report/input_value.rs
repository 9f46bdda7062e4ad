//! The value of an input in the unit of the field that it stands in.

use super::format::{DIGITS, digits_among, money_to, short_to};
use super::understood::plain;
use crate::number::trimmed;
use crate::quantity::{Law, Variable};
use crate::scenario::{Field, Scenario, WrittenQuantity};
use crate::stats::Estimate;

/// A value of a variable: in percent where it is a share or a rate, with the currency where it is money.
pub(super) fn input_value(scenario: &Scenario, variable: &Variable, value: Estimate) -> String {
    let digits = digits(variable, value);
    match field(scenario, variable) {
        _ if is_event(scenario, variable) => percent(value, DIGITS),
        Some(field) => field_value(scenario, field, value, digits),
        None if is_amount(scenario, variable) => money_to(&scenario.currency, value, digits),
        None if digits > DIGITS => short_to(value.value, 0.0, digits),
        None => plain(value.value),
    }
}

/// Digits that tell a variable's values apart.
fn digits(variable: &Variable, value: Estimate) -> usize {
    match &variable.law {
        Law::Fixed(quantiles) => {
            let [low, high] = [0.05, 0.95].map(|u| quantiles.quantile(u));
            digits_among(value.value.abs(), high - low)
        }
        _ => DIGITS,
    }
}

/// A value of whatever is written at a path.
pub(super) fn value_at(scenario: &Scenario, path: &str, value: f64) -> String {
    match field_at(scenario, path) {
        Some(field) => field_value(scenario, field, Estimate::exact(value), DIGITS),
        None => plain(value),
    }
}

fn field_value(scenario: &Scenario, field: Field, value: Estimate, digits: usize) -> String {
    match field {
        _ if is_share(field) => percent(value, digits),
        _ if field.is_money() => money_to(&scenario.currency, value, digits),
        _ if digits > DIGITS => short_to(value.value, 0.0, digits),
        _ => plain(value.value),
    }
}

pub(super) fn field_at(scenario: &Scenario, path: &str) -> Option<Field> {
    meant(scenario, scenario.written.iter().find(|quantity| quantity.path == path)?)
}

/// The field of a quantity. An input has that of the fields which it is the whole of, where these are counted alike.
fn meant(scenario: &Scenario, quantity: &WrittenQuantity) -> Option<Field> {
    let is_whole = |other: &&WrittenQuantity| quantity.variable.is_some() && other.variable == quantity.variable;
    let mut uses = scenario.written.iter().filter(is_whole).filter_map(|other| other.field);
    let first = || {
        let first = uses.next()?;
        uses.all(|other| other.unit() == first.unit()).then_some(first)
    };
    quantity.field.or_else(first)
}

/// The field that a variable is the value of; `None` for a part of a formula.
pub(super) fn field(scenario: &Scenario, variable: &Variable) -> Option<Field> {
    let is_it = |quantity: &&WrittenQuantity| quantity.path == variable.name && quantity.variable.is_some();
    meant(scenario, scenario.written.iter().find(is_it)?)
}

/// Whether a variable is what a custom cost line comes to for each unit.
pub(super) fn is_amount(scenario: &Scenario, variable: &Variable) -> bool {
    let is_it = |quantity: &WrittenQuantity| quantity.path == variable.name && quantity.variable.is_some();
    scenario.written.iter().any(|quantity| quantity.is_amount && is_it(quantity))
}

/// Whether something happens or not: then a mean between 0 and 1 is a probability.
pub(super) fn is_event(scenario: &Scenario, variable: &Variable) -> bool {
    let success = scenario.options.iter().any(|option| option.success == Some(variable.register));
    success || matches!(&variable.law, Law::Fixed(quantiles) if quantiles.dist().family() == "bernoulli")
}

/// Whether a field is a share of something, or a rate, both of which are written in percent.
pub(super) fn is_share(field: Field) -> bool {
    let unit = field.unit();
    unit == "share" || matches!(field, Field::Growth | Field::DiscountRate | Field::PriceChange)
}

/// A share in percent, without digits below the error.
pub(super) fn percent(value: Estimate, digits: usize) -> String {
    let x = 100.0 * value.value;
    if x == 0.0 || !x.is_finite() {
        return format!("{} %", plain(x));
    }
    let wanted = (digits as f64 - 1.0 - crate::math::log10(x.abs()).floor()).clamp(0.0, 3.0 + digits as f64);
    let error = 100.0 * value.std_error.unwrap_or(0.0);
    let trusted = if error > 0.0 { (-crate::math::log10(error).floor()).max(0.0) } else { wanted };
    let digits = wanted.min(trusted) as usize;
    format!("{} %", trimmed(&format!("{x:.digits$}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_have_as_many_digits_as_are_known() {
        let of = |value: f64, error: f64| percent(Estimate { value, std_error: Some(error), freedom: 15.0 }, DIGITS);
        assert_eq!(of(0.021295963, 0.0), "2.13 %");
        assert_eq!(of(0.021295963, 0.00006), "2.13 %");
        assert_eq!(of(0.021295963, 0.006), "2.1 %");
        assert_eq!(of(0.021295963, 0.06), "2 %");
        assert_eq!(of(-0.01, 0.0), "-1 %");
        assert_eq!(of(0.95, 0.0), "95 %");
        assert_eq!(of(0.0, 0.0), "0 %");
    }
}
