//! Whole days and whole weeks of a log.

use super::stretches::Additive;
use super::sums::TokenSums;
use super::tally::Tally;
use crate::diagnostic::{Refusal, refuse};
use crate::logs::date;

/// Days of a week.
pub const WEEK: usize = 7;

/// The whole days of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The first of them, in days since 1970, or since the start.
    pub first: i64,
    /// Their sums.
    pub days: Vec<TokenSums>,
    is_relative: bool,
}

impl Series {
    /// Of a log of single requests the first and the last day are left out: nobody knows whether they are whole.
    pub fn of(tally: &Tally) -> Series {
        let (first, _) = tally.days.span().unwrap_or_default();
        let mut days = tally.days.all(|sums, model| tally.settled(sums, model));
        let is_relative = tally.is_relative();
        if !tally.has_single {
            return Series { first, days, is_relative };
        }
        days.pop();
        days.drain(..days.len().min(1));
        Series { first: first + 1, days, is_relative }
    }

    /// The numbers of its days.
    pub fn range(&self) -> std::ops::Range<i64> {
        self.first..self.first + self.days.len() as i64
    }

    /// Whole weeks, counted back from the last day.
    pub fn weeks(&self) -> Vec<TokenSums> {
        let weeks = self.days.rchunks_exact(WEEK).map(|days| {
            let mut week = TokenSums::default();
            days.iter().for_each(|day| week.add(day));
            week
        });
        let mut weeks: Vec<TokenSums> = weeks.collect();
        weeks.reverse();
        weeks
    }

    /// What `of` says of each week, all above zero; of at most so many weeks, the last.
    ///
    /// # Errors
    /// The week of which it says zero.
    pub fn logs(&self, most: usize, what: &str, of: impl Fn(&TokenSums) -> f64) -> Result<Vec<f64>, Refusal> {
        let weeks = self.weeks();
        let skipped = weeks.len().saturating_sub(most);
        let spare = self.days.len() % WEEK;
        let mut logs = Vec::new();
        for (w, week) in weeks.iter().enumerate().skip(skipped) {
            let x = of(week);
            if x.is_nan() || x <= 0.0 {
                let (from, to) = (self.day(spare + w * WEEK), self.day(spare + w * WEEK + WEEK - 1));
                let message = format!("the week from {from} to {to} has no {what}");
                let next = self.day(spare + w * WEEK + WEEK);
                let help = format!("begin after it, as in --where 'time >= {next}'");
                return refuse(message, help);
            }
            logs.push(crate::math::ln(x));
        }
        Ok(logs)
    }

    fn day(&self, place: usize) -> String {
        let day = self.first + place as i64;
        if self.is_relative { format!("day {day}") } else { date(day) }
    }

    /// The first and the last day, as they are written.
    pub fn ends(&self) -> Option<(String, String)> {
        let last = self.days.len().checked_sub(1)?;
        Some((self.day(0), self.day(last)))
    }
}
