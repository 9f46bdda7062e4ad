//! Months on an axis: by their numbers, or by the names that they have in a calendar.

use super::number;

/// Names of the months of a year.
const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Which month of a calendar is month 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOne {
    /// The year.
    pub year: i16,
    /// The month of the year, from 1.
    pub month: i8,
}

impl MonthOne {
    /// The name of a month, counted from 1; what lies before it is named like the first.
    fn name(self, month: f64) -> String {
        let months = i64::from(self.year) * 12 + i64::from(self.month) - 1 + (month.max(1.0) as i64 - 1);
        format!("{} {}", NAMES[months.rem_euclid(12) as usize], months.div_euclid(12))
    }
}

/// Labels of ticks at whole months that are so far apart.
pub(super) fn labels(ticks: &[f64], step: f64, first: Option<MonthOne>) -> Vec<String> {
    let Some(first) = first else { return number::labels(ticks, step) };
    // What is paid at once falls into the first month: both have one name, which is said once.
    let label = |month: &f64| match *month < 1.0 && ticks.contains(&1.0) {
        true => String::new(),
        false => first.name(*month),
    };
    ticks.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_numbers_or_have_names() {
        let first = Some(MonthOne { year: 2026, month: 12 });
        assert_eq!(labels(&[0.0, 6.0, 12.0], 6.0, None), ["0", "6", "12"]);
        assert_eq!(labels(&[0.0, 6.0, 14.0], 6.0, first), ["Dec 2026", "May 2027", "Jan 2028"]);
        assert_eq!(labels(&[0.0, 1.0, 2.0], 1.0, first), ["", "Dec 2026", "Jan 2027"]);
    }
}
