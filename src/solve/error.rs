//! How far the value of a crossing may be off.
//!
//! The error of the figure over its slope: half the distance between the values at which the figure is one standard error
//! below the goal and one above, with the same random numbers. That is the slope where the figure is smooth, and asks for none
//! where it goes up in steps, as probabilities and quantiles of discrete things do: at a jump past both the distance
//! is none, on a level as high as the goal it is as wide as that.

use super::close_in::{Seeker, SolvePoint, closer};
use crate::sweep::Stopped;

/// A figure is as far off as is looked for where it is so to within this part of its error.
const CLOSE: f64 = 0.02;

/// A crossing with the points on its two sides, which may be one.
pub(super) struct Found {
    pub ends: [SolvePoint; 2],
    pub at: SolvePoint,
    pub rises: bool,
}

impl Seeker<'_> {
    /// The standard error of the value of a crossing. Where the figure does not come to be as far off on one of the sides, be
    /// it that it turns back or that the range ends, the other tells alone; `None` where neither does.
    ///
    /// # Errors
    /// A scenario that cannot be run.
    pub fn error(&self, found: &Found, seen: &mut Vec<SolvePoint>) -> Result<Option<f64>, Stopped> {
        let Some(error) = found.at.figure.std_error else { return Ok(None) };
        if error == 0.0 {
            return Ok(Some(0.0));
        }
        let by = if found.rises { error } else { -error };
        let below = self.reach(&found.ends[1], -by, false, seen)?;
        let above = self.reach(&found.ends[0], by, true, seen)?;
        Ok(match (below, above) {
            (Some(below), Some(above)) => Some((above - below) / 2.0),
            (Some(one), None) | (None, Some(one)) => Some((one - found.at.value).abs()),
            (None, None) => None,
        })
    }

    /// The value nearest to a point on one of its sides at which the figure is off from the goal by so much.
    fn reach(
        &self,
        from: &SolvePoint,
        by: f64,
        upwards: bool,
        seen: &mut Vec<SolvePoint>,
    ) -> Result<Option<f64>, Stopped> {
        let level = self.goal.target + by;
        let is_there = |point: &SolvePoint| point.above(level) * by >= 0.0;
        let mut way: Vec<SolvePoint> = seen
            .iter()
            .copied()
            .filter(|p| if upwards { p.value > from.value } else { p.value < from.value })
            .collect();
        way.sort_by(|a, b| a.value.total_cmp(&b.value));
        if !upwards {
            way.reverse();
        }
        let turns = |point: &SolvePoint| point.above(self.goal.target) * by < 0.0;
        let Some(k) = way.iter().position(|point| is_there(point) || turns(point)) else { return Ok(None) };
        if turns(&way[k]) {
            return Ok(None);
        }
        let before = if k == 0 { *from } else { way[k - 1] };
        let ends = if upwards { [before, way[k]] } else { [way[k], before] };
        let is_close = |point: &SolvePoint| point.above(level).abs() <= CLOSE * by.abs();
        Ok(Some(closer(self.close_in(ends, level, is_close, seen)?, level).value))
    }
}
