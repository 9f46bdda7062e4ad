//! Where along a range a figure meets its goal: between points at which it is on different sides of it.

use rayon::prelude::*;

use super::close_in::{Seeker, SolvePoint, closer};
use super::error::Found;
use super::goal::{Goal, GoalFigure};
use crate::diagnostic::{Diagnostic, Sources};
use crate::engine::{Collected, Stat, Totals, pool};
use crate::scenario::{ScenarioFile, Variation};
use crate::stats::Estimate;
use crate::sweep::{PointRun, Stopped, SweepOptions, SweepRange, run_with};

/// Points of the range at which the figure is looked at first.
const POINTS: usize = 33;
/// A crossing is found where the figure is off from the goal by no more than this part of its error.
const CLOSE: f64 = 0.02;
/// What is left of a change between two points that are as close as they come, as a part of it, is a jump.
const JUMP: f64 = 1e-6;

/// How a figure passes its goal as the field grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From below.
    Rises,
    /// From above.
    Falls,
    /// It comes up to it and turns back.
    Touches,
}

/// A place where a figure meets its goal.
#[derive(Clone, Debug, PartialEq)]
pub enum Meeting {
    /// At a value. Its error is that of the figure there over its slope; there is none where the figure only touches the goal,
    /// or where its error is larger than all that it changes by.
    At {
        /// The value: where the figure jumps over the goal the first one behind.
        value: Estimate,
        /// How it passes.
        way: Way,
        /// The figure before and behind, where it jumps over the goal.
        jump: Option<[Estimate; 2]>,
    },
    /// At two or more neighbouring points, these being the first and the last of them.
    Along {
        /// The first.
        from: f64,
        /// The last.
        to: f64,
    },
}

/// What a goal seek found.
#[derive(Clone, Debug)]
pub struct Solution {
    /// Where it was sought.
    pub range: SweepRange,
    /// What was to hold.
    pub goal: Goal,
    /// Trials at each point.
    pub trials: u64,
    /// The points that were looked at first, rising.
    pub points: Vec<SolvePoint>,
    /// Where the goal is met, rising.
    pub meetings: Vec<Meeting>,
    /// What looks suspicious, at the first point at which anything does, with the texts that it points into.
    pub warnings: Option<(Vec<Diagnostic>, Sources)>,
}

impl Solution {
    /// The point whose figure is nearest to the goal.
    pub fn nearest(&self) -> Option<&SolvePoint> {
        let off = |point: &SolvePoint| point.above(self.goal.target).abs();
        self.points.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
    }
}

/// Seeks the values of a field at which a figure meets a goal. Of values that lie between neighbouring points those are found
/// between which the figure changes sides; two in one step are not.
///
/// # Errors
/// A scenario that cannot be run; of several the first.
pub fn solve(
    scenario_file: &ScenarioFile,
    range: &SweepRange,
    goal: &Goal,
    options: SweepOptions<'_>,
) -> Result<Solution, Stopped> {
    let at = |value: f64| evaluated(scenario_file, goal, (range, value), options);
    let run = |value: f64| at(value).map(|found| found.point);
    let seeker = Seeker { range, goal, run: &run };
    let pool = pool(options.threads).map_err(Stopped::Failed)?;
    let values = range.points(POINTS);
    let first: Vec<Result<Evaluated, Stopped>> =
        pool.install(|| values.into_par_iter().with_max_len(1).map(at).collect());
    let first: Vec<Evaluated> = first.into_iter().collect::<Result<_, _>>()?;
    let points: Vec<SolvePoint> = first.iter().map(|found| found.point).collect();
    let places = places(&points, goal.target);
    let met: Vec<Result<Meeting, Stopped>> =
        pool.install(|| places.par_iter().with_max_len(1).map(|place| seeker.meeting(*place, &points)).collect());
    Ok(Solution {
        range: range.clone(),
        goal: goal.clone(),
        trials: first.last().map_or(0, |found| found.trials),
        points,
        meetings: met.into_iter().collect::<Result<_, _>>()?,
        warnings: first.into_iter().find_map(|found| found.warnings),
    })
}

/// The scenario as it was run at a value.
struct Evaluated {
    point: SolvePoint,
    trials: u64,
    warnings: Option<(Vec<Diagnostic>, Sources)>,
}

fn evaluated(
    scenario_file: &ScenarioFile,
    goal: &Goal,
    (range, value): (&SweepRange, f64),
    options: SweepOptions<'_>,
) -> Result<Evaluated, Stopped> {
    let run = run_with(scenario_file, Variation::of(&[range.set(value)]), Collected::WithSavings, options)?;
    let point = point(goal, value, &run)?;
    if let Some(finished) = options.progress {
        finished();
    }
    let PointRun { totals, findings, sources, .. } = run;
    let warnings = (!findings.is_empty()).then_some((findings, sources));
    Ok(Evaluated { point, trials: totals.design.trials(), warnings })
}

/// The figure of a goal in a run.
fn point(goal: &Goal, value: f64, run: &PointRun) -> Result<SolvePoint, Stopped> {
    let Some(figure) = goal.of(&run.totals) else {
        let message = format!("the figure of `{}` is undefined at {value}", goal.text);
        let finding = Diagnostic::general(message).help("take more trials, or another figure");
        return Err(Stopped::At(vec![finding], Box::new(run.sources.clone())));
    };
    Ok(SolvePoint { value, figure, size: size(goal, &run.totals, run.model.baseline) })
}

/// The size of the amounts that a figure is computed from.
fn size(goal: &Goal, totals: &Totals, baseline: usize) -> f64 {
    let mean = |option: usize| totals.total(option, Stat::Mean).map_or(0.0, |mean| mean.value.abs());
    match goal.figure {
        GoalFigure::Metric(..) => mean(goal.option).max(mean(baseline)),
        GoalFigure::PCheapest => 1.0,
    }
}

/// Where points say that a goal is met.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// Between a point and the next.
    Behind(usize),
    /// At a point.
    At(usize, Way),
    /// At all points from one to another.
    Along(usize, usize),
}

fn places(points: &[SolvePoint], target: f64) -> Vec<Place> {
    let above: Vec<f64> = points.iter().map(|point| point.above(target)).collect();
    let mut found = Vec::new();
    let mut k = 0;
    while k < above.len() {
        if above[k] != 0.0 {
            if above.get(k + 1).is_some_and(|next| above[k] * next.signum() < 0.0 && *next != 0.0) {
                found.push(Place::Behind(k));
            }
            k += 1;
            continue;
        }
        let end = k + above[k..].iter().take_while(|off| **off == 0.0).count();
        // At an end of the range one side tells how it passes.
        let before = k.checked_sub(1).map(|k| above[k]);
        let behind = above.get(end).copied();
        let way = match (before.or(behind.map(|x| -x)), behind.or(before.map(|x| -x))) {
            (Some(before), Some(behind)) if before < 0.0 && behind > 0.0 => Way::Rises,
            (Some(before), Some(behind)) if before > 0.0 && behind < 0.0 => Way::Falls,
            _ => Way::Touches,
        };
        found.push(if end == k + 1 { Place::At(k, way) } else { Place::Along(k, end - 1) });
        k = end;
    }
    found
}

impl Seeker<'_> {
    fn meeting(&self, place: Place, points: &[SolvePoint]) -> Result<Meeting, Stopped> {
        let mut seen = points.to_vec();
        match place {
            Place::Along(from, to) => Ok(Meeting::Along { from: points[from].value, to: points[to].value }),
            Place::At(k, Way::Touches) => {
                let value = Estimate::exact(points[k].value);
                Ok(Meeting::At { value, way: Way::Touches, jump: None })
            }
            Place::At(k, way) => self.crossing([points[k]; 2], (way, 0.0), &mut seen),
            Place::Behind(k) => {
                let target = self.goal.target;
                let way = if points[k].above(target) < 0.0 { Way::Rises } else { Way::Falls };
                let is_close = |point: &SolvePoint| point.above(target).abs() <= CLOSE * point.error();
                let ends = self.close_in([points[k], points[k + 1]], target, is_close, &mut seen)?;
                let change = points[k + 1].figure.value - points[k].figure.value;
                self.crossing(ends, (way, change.abs()), &mut seen)
            }
        }
    }

    /// The crossing between two points that are as close as they come, before which the figure changed by so much.
    fn crossing(
        &self,
        ends: [SolvePoint; 2],
        (way, change): (Way, f64),
        seen: &mut Vec<SolvePoint>,
    ) -> Result<Meeting, Stopped> {
        let target = self.goal.target;
        let is_off = |end: &SolvePoint| end.above(target).abs() > end.error().max(JUMP * change);
        let jump = ends.iter().all(is_off);
        let at = if jump { ends[1] } else { closer(ends, target) };
        let std_error = self.error(&Found { ends, at, rises: way == Way::Rises }, seen)?;
        let value = Estimate { value: at.value, std_error, freedom: at.figure.freedom };
        Ok(Meeting::At { value, way, jump: jump.then(|| ends.map(|end| end.figure)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_tell_where_a_goal_is_met() {
        let of = |values: &[f64]| {
            let point = |(k, y): (usize, &f64)| SolvePoint { value: k as f64, figure: Estimate::exact(*y), size: 1.0 };
            places(&values.iter().enumerate().map(point).collect::<Vec<_>>(), 5.0)
        };
        assert_eq!(of(&[1.0, 4.0, 6.0, 4.0]), [Place::Behind(1), Place::Behind(2)]);
        assert_eq!(of(&[4.0, 5.0, 6.0]), [Place::At(1, Way::Rises)]);
        assert_eq!(of(&[6.0, 5.0 + 1e-13, 6.0]), [Place::At(1, Way::Touches)]);
        assert_eq!(of(&[5.0, 6.0, 5.0]), [Place::At(0, Way::Rises), Place::At(2, Way::Falls)]);
        assert_eq!(of(&[5.0, 5.0, 6.0, 4.0, 5.0, 5.0]), [Place::Along(0, 1), Place::Behind(2), Place::Along(4, 5)]);
        assert_eq!(of(&[4.0, 4.0]), []);
    }
}
