//! Which months of a scenario a log covers.

use std::ops::RangeInclusive;

use crate::diagnostic::{Refusal, refuse};
use crate::logs::{date, days};
use crate::scenario::Start;

/// The months of a scenario that a log covers, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Those of which it covers every day.
    pub whole: RangeInclusive<u32>,
    /// Those of which it covers some.
    pub partial: Vec<u32>,
}

impl Covered {
    /// The months of a scenario that begins with `start` and has so many, by the first and the last day with a request: the
    /// days between are covered, both of them as well.
    ///
    /// # Errors
    /// A log of other times, and one without a whole month.
    pub fn new(start: Start, horizon: u32, ends: [i64; 2]) -> Result<Covered, Refusal> {
        let [from, to] = ends.map(date);
        let [first, last] = [days_of(start, 1)[0], days_of(start, horizon)[1]];
        if ends[1] < first {
            let message = format!("the log ends on {to}, and month 1 of the scenario begins on {}", date(first));
            return refuse(message, "read a later log, or begin the scenario earlier: simulation.start");
        }
        if ends[0] > last {
            let message =
                format!("the log begins on {from}, and the last month of the scenario ends on {}", date(last));
            return refuse(message, "read an earlier log, or look further ahead: simulation.horizon_months");
        }
        let is_whole = |month: &u32| {
            let [first, last] = days_of(start, *month);
            ends[0] <= first && last <= ends[1]
        };
        let is_touched = |month: &u32| {
            let [first, last] = days_of(start, *month);
            ends[0] <= last && first <= ends[1]
        };
        let whole: Vec<u32> = (1..=horizon).filter(is_whole).collect();
        let partial = (1..=horizon).filter(|month| is_touched(month) && !is_whole(month)).collect();
        match whole[..] {
            [first, .., last] => Ok(Covered { whole: first..=last, partial }),
            [only] => Ok(Covered { whole: only..=only, partial }),
            [] => refuse(
                format!("the log has requests from {from} to {to}: no whole month of the scenario"),
                "read a log from the first to the last day of a month; several logs are read as one",
            ),
        }
    }
}

/// The first and the last day of a month, in days since 1970.
pub fn days_of(start: Start, month: u32) -> [i64; 2] {
    let first = |month: u32| days(start.period(month)) as i64;
    [first(month), first(month + 1) - 1]
}
