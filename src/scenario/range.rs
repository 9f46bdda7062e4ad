//! The values that fields can take.

/// The values a field can take; draws outside are held to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldRange {
    /// The least value.
    pub low: f64,
    /// The largest value.
    pub high: f64,
}

/// At least nothing.
pub const NOT_NEGATIVE: FieldRange = FieldRange { low: 0.0, high: f64::INFINITY };
/// A share of one.
pub const SHARE: FieldRange = FieldRange { low: 0.0, high: 1.0 };
/// A change by the month or by the year.
pub const RATE: FieldRange = FieldRange { low: -0.99, high: 10.0 };
/// Above nothing, so that it can be divided by.
pub const POSITIVE: FieldRange = FieldRange { low: 1e-6, high: f64::INFINITY };
/// At least one.
pub const AT_LEAST_ONE: FieldRange = FieldRange { low: 1.0, high: f64::INFINITY };
/// Retrains a year.
pub const RETRAINS: FieldRange = FieldRange { low: 0.0, high: 1000.0 };
/// Months from one to the next.
pub const MONTHS_BETWEEN: FieldRange = FieldRange { low: 0.1, high: f64::INFINITY };
/// Requests a month.
pub const REQUESTS: FieldRange = FieldRange { low: 0.0, high: 1e15 };

impl FieldRange {
    /// The range of a custom line's amount and of an input: any number.
    pub const ANY: FieldRange = FieldRange { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// The range in words, as a remedy.
    pub fn describe(self) -> String {
        match (self.low, self.high) {
            (0.0, 1.0) => "a share between 0 and 1, such as 0.2 or 20%".to_owned(),
            (low, f64::INFINITY) => format!("a number of at least {low}"),
            (low, high) if high >= 1e6 => format!("a number between {low} and {high:e}"),
            (low, high) => format!("a number between {low} and {high}"),
        }
    }

    /// Whether a value lies in it; NaN does not.
    pub fn contains(self, x: f64) -> bool {
        x >= self.low && x <= self.high
    }
}
