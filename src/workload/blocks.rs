//! Sums by blocks of time, from which the error of a mean is read: the longest of day, hour and minute of which a log spans
//! enough.

use super::stretches::{Additive, Stretches};
use crate::diagnostic::{Refusal, refuse};
use crate::logs::Time;

/// Seconds of a day.
pub const DAY: f64 = 86_400.0;
/// Seconds of an hour.
pub const HOUR: f64 = 3_600.0;
/// Seconds of a minute.
const MINUTE: f64 = 60.0;
/// Days between the first and the last record: a century.
const LONGEST: f64 = 36_525.0;
/// Blocks that the error of a mean needs.
const FEWEST: i64 = 14;

/// Sums by blocks, in UTC.
#[derive(Clone, Debug)]
pub struct Blocks<S> {
    stretches: Stretches<S>,
    span: Option<(f64, f64)>,
    is_relative: Option<bool>,
}

impl<S: Additive> Default for Blocks<S> {
    fn default() -> Blocks<S> {
        Blocks { stretches: Stretches::new(MINUTE), span: None, is_relative: None }
    }
}

impl<S: Additive> Blocks<S> {
    /// Adds sums of a model at a time.
    ///
    /// # Errors
    /// Times that do not go together.
    pub fn add(&mut self, time: Time, model: u32, sums: &S) -> Result<(), Refusal> {
        self.reach(time)?;
        self.stretches.add(time.seconds, model, sums);
        Ok(())
    }

    /// Makes room for a time, by longer blocks where there are enough of them.
    fn reach(&mut self, time: Time) -> Result<(), Refusal> {
        let seconds = time.seconds;
        if *self.is_relative.get_or_insert(time.is_relative) != time.is_relative {
            return refuse(
                "some times are dates, others seconds from an unknown start",
                "read logs of one kind, or name the field of dates with --map time=FIELD",
            );
        }
        let (first, last) = self.span.map_or((seconds, seconds), |(a, b)| (a.min(seconds), b.max(seconds)));
        if (last - first) / DAY > LONGEST {
            return refuse(
                "the times of the log lie more than a century apart",
                "leave out records with a wrong time, as in --where 'startTime >= 2026-01-01'",
            );
        }
        self.span = Some((first, last));
        let fits = |width: &f64| {
            let number = |seconds: f64| crate::math::floor(seconds / width) as i64;
            number(last) - number(first) + 1 >= FEWEST
        };
        let width = [DAY, HOUR, MINUTE].into_iter().find(fits).unwrap_or(MINUTE);
        if width > self.width() {
            self.stretches.widen(width);
        }
        Ok(())
    }

    /// What each block, empty ones as well, comes to over all models, whose sums `settle` makes final.
    ///
    /// # Errors
    /// Too few of them.
    pub fn all(&self, settle: impl Fn(&S, u32) -> S) -> Result<Vec<S>, Refusal> {
        let blocks = self.stretches.all(settle);
        if (blocks.len() as i64) < FEWEST {
            let message = format!("the log spans {} minutes, and the error of a mean needs {FEWEST}", blocks.len());
            return refuse(message, "read a longer log");
        }
        Ok(blocks)
    }

    /// Seconds of a block.
    pub fn width(&self) -> f64 {
        self.stretches.width()
    }

    /// What blocks are called.
    pub fn unit(&self) -> &'static str {
        match self.width() {
            DAY => "days",
            HOUR => "hours",
            _ => "minutes",
        }
    }

    /// Seconds from the first to the last record.
    pub fn length(&self) -> f64 {
        self.span.map_or(0.0, |(first, last)| last - first)
    }

    /// Whether times count from an unknown start.
    pub fn is_relative(&self) -> bool {
        self.is_relative.unwrap_or_default()
    }
}
