//! The points of a grid: every value of a field with every value of another.

use super::axis::{AxisValue, SweepAxis};
use super::figures::{PointFigures, PointOutcome};
use super::point::{Stopped, SweepOptions};
use super::points::Points;
use super::shard::Shard;
use super::walk::{Walk, Warnings};
use crate::scenario::ScenarioFile;

/// A grid that was run.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// What was varied.
    pub axes: Vec<SweepAxis>,
    /// By point; the values of the last axis follow each other.
    pub points: Vec<PointFigures>,
}

impl Sweep {
    /// One of which no point is known yet.
    pub fn of(axes: &[SweepAxis]) -> Sweep {
        Sweep { axes: axes.to_vec(), points: Vec::new() }
    }

    /// The next point: of a grid none is left out. Of maps the randomisations are forgotten: nothing is worked out from them,
    /// and there are many points.
    pub fn push(&mut self, outcome: PointOutcome) {
        let PointOutcome::Ran(mut point) = outcome else { return };
        if self.axes.len() > 1 {
            point.options.iter_mut().for_each(|option| option.by_randomisation = Vec::new());
        }
        self.points.push(point);
    }

    /// The values of a point, by axis.
    pub fn values(&self, point: usize) -> impl Iterator<Item = &AxisValue> {
        values(&self.axes, point)
    }
}

/// Runs a scenario at every point of a grid. Also says what looks suspicious at the first point at which anything does.
///
/// # Errors
/// A scenario that cannot be run; of several the first.
pub fn sweep(
    scenario_file: &ScenarioFile,
    axes: &[SweepAxis],
    options: SweepOptions<'_>,
) -> Result<(Sweep, Option<Warnings>), Stopped> {
    let points = Points::Grid(axes.to_vec());
    let mut sweep = Sweep::of(axes);
    let walk = Walk { scenario_file, points: &points, shard: Shard::WHOLE, skip_bad: false, options };
    let warnings = walk.run(&mut |_| Ok(None), &mut |_, outcome| {
        sweep.push(outcome);
        Ok(())
    })?;
    Ok((sweep, warnings.first.map(|(_, warnings)| warnings)))
}

/// The values of a point, by axis.
pub(super) fn values(axes: &[SweepAxis], mut point: usize) -> impl Iterator<Item = &AxisValue> {
    let mut found: Vec<usize> = Vec::new();
    for axis in axes.iter().rev() {
        found.push(point % axis.values.len());
        point /= axis.values.len();
    }
    axes.iter().zip(found.into_iter().rev()).map(|(axis, place)| &axis.values[place])
}
