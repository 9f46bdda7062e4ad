//! The months of a scenario as months of a calendar.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// The month that is month 1: a first of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start(Date);

impl Start {
    /// The month that begins with a day; `None` where the day is no first of a month.
    pub fn new(day: Date) -> Option<Start> {
        (day.day() == 1).then_some(Start(day))
    }

    /// Month 1, by year and month of the year.
    pub fn month_one(self) -> (i16, i8) {
        (self.0.year(), self.0.month())
    }

    /// The first day of a month, counted from 1; what is paid once, in month 0, falls before the first.
    pub fn period(self, month: u32) -> Date {
        let after: Span = i64::from(month.saturating_sub(1)).months();
        // No horizon reaches the end of the calendar.
        self.0.checked_add(after).unwrap_or(Date::MAX)
    }

    /// Months from the beginning of month 1 to a day; `None` before it.
    pub fn months_to(self, day: Date) -> Option<f64> {
        let whole = 12 * (i32::from(day.year()) - i32::from(self.0.year())) + i32::from(day.month())
            - i32::from(self.0.month());
        (day >= self.0).then(|| f64::from(whole) + f64::from(day.day() - 1) / f64::from(day.days_in_month()))
    }

    /// A month as people write it: `Jan 2027`.
    pub fn name(self, month: u32) -> String {
        self.period(month).strftime("%b %Y").to_string()
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_parts_of_their_month() {
        let start = Start::new(date(2026, 12, 1)).expect("a first of a month");
        assert_eq!(start.months_to(date(2027, 1, 14)), Some(1.0 + 13.0 / 31.0));
        assert_eq!(start.months_to(date(2028, 2, 29)), Some(14.0 + 28.0 / 29.0));
        assert_eq!((start.months_to(date(2026, 12, 1)), start.months_to(date(2026, 11, 30))), (Some(0.0), None));
        assert_eq!(Start::new(date(2026, 12, 2)), None);
    }

    #[test]
    fn months_have_names_and_first_days() {
        let start = Start::new(date(2026, 12, 1)).expect("a first of a month");
        assert_eq!([0, 1, 2, 14].map(|m| start.name(m)), ["Dec 2026", "Dec 2026", "Jan 2027", "Jan 2028"]);
        assert_eq!(start.period(601).to_string(), "2076-12-01");
    }
}
