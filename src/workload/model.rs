//! How weeks become months: which levels are asked for.

use super::MONTH;
use super::local_level::LevelSum;

/// Weeks after the log whose mean level stands for the first month, where no growth is estimated.
const NEXT_WEEKS: u32 = 4;
/// Most weeks that are looked at, the last ones: five years.
pub const MOST_WEEKS: usize = 260;

/// The mean of the next weeks.
pub fn next_weeks(weeks: usize) -> LevelSum {
    LevelSum::mean((1..NEXT_WEEKS as usize + 1).map(|k| (weeks + k) as f64))
}

/// The middle of the month after the log; the last week's centre is at `weeks`, its end half a week later.
pub fn next_month(weeks: usize) -> LevelSum {
    LevelSum::level(weeks as f64 + 0.5 + MONTH / 14.0)
}

/// What the level rises in a month, on average over half the horizon.
pub fn growth(weeks: usize, horizon: f64) -> LevelSum {
    let ahead = horizon / 2.0;
    LevelSum::rise(weeks as f64, weeks as f64 + ahead * MONTH / 7.0, ahead)
}

/// The mean of the levels over the horizon.
pub fn over_horizon(weeks: usize, horizon: f64) -> LevelSum {
    let ahead = crate::math::round(horizon * MONTH / 7.0).max(1.0) as usize;
    LevelSum::mean((1..ahead + 1).map(|k| (weeks + k) as f64))
}
