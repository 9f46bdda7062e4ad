//! What the numbers of an axis are, and how they are written.

use super::number;

/// The unit of an axis and of the numbers beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AxisUnit {
    /// Numbers of anything: `12k`.
    #[default]
    Plain,
    /// Money with its symbol in front: `$12k`.
    Money(&'static str),
    /// Shares of one as percentages: `37 %`.
    Percent,
}

impl AxisUnit {
    /// Of amounts in a currency; one without a symbol of its own is left to the axis' name.
    pub fn of_currency(code: &str) -> Self {
        crate::number::currency_sign(code).map_or(Self::Plain, Self::Money)
    }

    /// A value to three digits.
    pub(super) fn write(self, value: f64) -> String {
        match self {
            Self::Percent => self.dress(number::compact(100.0 * value)),
            Self::Plain | Self::Money(_) => self.dress(number::compact(value)),
        }
    }

    /// A value with as many digits as tell it from others that spread over a span.
    pub(super) fn write_among(self, value: f64, span: f64) -> String {
        match span > 0.0 && span < 0.01 * value.abs() {
            true => self.labels(&[value], super::ticks::round_step(span, 100.0)).swap_remove(0),
            false => self.write(value),
        }
    }

    /// Labels of evenly spaced ticks.
    pub(super) fn labels(self, ticks: &[f64], step: f64) -> Vec<String> {
        let labels = match self {
            Self::Percent => number::labels(&ticks.iter().map(|tick| 100.0 * tick).collect::<Vec<_>>(), 100.0 * step),
            Self::Plain | Self::Money(_) => number::labels(ticks, step),
        };
        labels.into_iter().map(|label| self.dress(label)).collect()
    }

    /// The number with its unit; a minus stands before a symbol.
    fn dress(self, number: String) -> String {
        match (self, number.strip_prefix(number::MINUS)) {
            (Self::Plain, _) => number,
            (Self::Money(symbol), Some(size)) => format!("{}{symbol}{size}", number::MINUS),
            (Self::Money(symbol), None) => format!("{symbol}{number}"),
            (Self::Percent, _) => format!("{number}\u{a0}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_stands_between_sign_and_number() {
        let dollars = AxisUnit::of_currency("USD");
        assert_eq!(dollars.labels(&[-5e5, 0.0, 5e5], 5e5), ["\u{2212}$500k", "$0", "$500k"]);
        assert_eq!(dollars.write(-12_345.0), "\u{2212}$12.3k");
        assert_eq!(AxisUnit::of_currency("EUR").write(3e15), "€3e15");
        assert_eq!(AxisUnit::of_currency("CHF").write(12_345.0), "12.3k");
        assert_eq!(AxisUnit::Percent.write(0.021_34), "2.13\u{a0}%");
        assert_eq!(dollars.write_among(1.000_002_3, 2e-5), "$1.0000023");
        assert_eq!(dollars.write_among(1.05, 0.5), "$1.05");
        assert_eq!(AxisUnit::Percent.labels(&[0.0, 0.05], 0.05), ["0\u{a0}%", "5\u{a0}%"]);
    }
}
