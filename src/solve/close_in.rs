//! Closing in on the value at which a figure passes a level, with the same random numbers at every value.

use super::goal::Goal;
use crate::stats::Estimate;
use crate::sweep::{Stopped, SweepRange};

/// Evaluations between two values.
const EVALUATIONS: usize = 40;
/// As many follow the line through the ends; a figure that is none by then is halved in on.
const LINES: usize = 15;
/// What sums of costs are exact to, as a share of their size.
const NOISE: f64 = 1e-12;

/// A value of a field, and the figure there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SolvePoint {
    /// The value.
    pub value: f64,
    /// The figure of the goal.
    pub figure: Estimate,
    /// The size of the amounts that it was computed from.
    pub(super) size: f64,
}

impl SolvePoint {
    /// How far the figure is above a level; 0 where that is only noise of the arithmetic.
    pub fn above(&self, level: f64) -> f64 {
        let off = self.figure.value - level;
        if off.abs() <= NOISE * self.size.max(level.abs()) { 0.0 } else { off }
    }

    /// The standard error of the figure, 0 where there is none.
    pub(super) fn error(&self) -> f64 {
        self.figure.std_error.unwrap_or(0.0)
    }
}

/// Runs the scenario with a field at whatever value.
pub(super) struct Seeker<'a> {
    pub range: &'a SweepRange,
    pub goal: &'a Goal,
    pub run: &'a (dyn Fn(f64) -> Result<SolvePoint, Stopped> + Sync),
}

impl Seeker<'_> {
    /// Brings two points together that have a level between them, until one of them is close to it or no value is between
    /// them: by the Illinois method (M. Dowell and P. Jarratt, BIT 11, 1971), which keeps the level between the points, and
    /// by halves where the figure jumps. All that was run is added to `seen`.
    ///
    /// # Errors
    /// A scenario that cannot be run.
    pub fn close_in(
        &self,
        mut ends: [SolvePoint; 2],
        level: f64,
        is_close: impl Fn(&SolvePoint) -> bool,
        seen: &mut Vec<SolvePoint>,
    ) -> Result<[SolvePoint; 2], Stopped> {
        let mut weights = ends.map(|end| end.above(level));
        let is_above = weights[0] > 0.0;
        let mut last = None;
        for k in 0..EVALUATIONS {
            if ends.iter().any(&is_close) {
                break;
            }
            let halves = k % 3 == 2 || k >= LINES;
            let share = if halves { 0.5 } else { weights[0] / (weights[0] - weights[1]) };
            let Some(value) = self.range.between(ends[0].value, ends[1].value, share) else { break };
            let next = (self.run)(value)?;
            seen.push(next);
            let side = usize::from((next.above(level) > 0.0) != is_above);
            // An end that stays counts for less: the line has missed the level on the same side twice.
            if last == Some(side) {
                weights[1 - side] *= 0.5;
            }
            (ends[side], weights[side], last) = (next, next.above(level), Some(side));
        }
        Ok(ends)
    }
}

/// That of two points whose figure is closer to a level.
pub(super) fn closer(ends: [SolvePoint; 2], level: f64) -> SolvePoint {
    let [low, high] = ends.map(|end| end.above(level).abs());
    if low < high { ends[0] } else { ends[1] }
}
