//! The chart of a goal seek: the figure along the field, and where it is what it shall be.

use super::axis_unit::unit_at;
use super::heading;
use super::solve::Words;
use super::sweep::SweepBase;
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, GoalMark, XScale};
use crate::number::grouped;
use crate::solve::{GoalFigure, Meeting, Solution};
use crate::stats::Estimate;

/// The chart's file, without extension.
pub const SOLVE_CHART: &str = "solve";
/// Meetings that a title names.
const NAMED: usize = 3;

/// The chart of a goal seek, fit for who decides.
///
/// # Errors
/// A picture that cannot be drawn.
pub fn solve_chart(base: SweepBase<'_>, solution: &Solution, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let words = Words { base, solution };
    let unit = unit_at(base.scenario, &solution.range.path);
    let (figure, goal) = (words.figure(), solution.goal.target);
    let is_share = solution.goal.figure == GoalFigure::PCheapest;
    let currency = &base.scenario.currency;
    let chart = chart::GoalChart {
        heading: heading(&words),
        x_label: solution.range.path.clone(),
        x_scale: if solution.range.log { XScale::Log(unit) } else { XScale::Linear(unit) },
        y_label: if is_share { figure } else { format!("{figure}, {currency}") },
        unit: if is_share { AxisUnit::Percent } else { AxisUnit::of_currency(currency) },
        curve: chart::Curve {
            name: base.model.options[solution.goal.option].name.clone(),
            colour: solution.goal.option,
            dashed: false,
            points: solution.points.iter().map(|point| curve_point(point.value, point.figure, is_share)).collect(),
            mark: None,
            end_note: None,
        },
        goal: (goal, format!("goal: {}", words.target())),
        marks: solution.meetings.iter().flat_map(|meeting| marks(&words, meeting)).collect(),
    };
    chart::goal(&chart, style)
}

fn heading(words: &Words<'_>) -> chart::Heading {
    let Solution { points, trials, .. } = words.solution;
    let unit = words.base.scenario.simulation.trials_are.word();
    let sample = format!("{} points of {} simulated {unit}", points.len(), grouped(*trials as f64, 0));
    heading::heading(words.base.scenario, title(words), &[format!("Goal: {}", words.solution.goal.text), sample])
}

/// The answer.
fn title(words: &Words<'_>) -> String {
    let values = |meeting: &Meeting| match meeting {
        Meeting::At { value, jump: None, .. } => Some(words.found(*value)),
        _ => None,
    };
    let meetings = &words.solution.meetings;
    let all: Option<Vec<String>> = meetings.iter().map(values).collect();
    match (&meetings[..], all) {
        ([], _) => words.nothing(),
        ([only], _) => words.meeting(only),
        (several, Some(values)) if several.len() <= NAMED => {
            let (last, rest) = values.split_last().map_or(("", &[][..]), |(last, rest)| (last.as_str(), rest));
            format!("{} and {last}", words.at(&rest.join(", ")))
        }
        (several, _) => words.often(several.len()),
    }
}

/// A point with its 95 % band.
fn curve_point(x: f64, figure: Estimate, is_share: bool) -> chart::CurvePoint {
    let reach = figure.half_width(0.95).unwrap_or(0.0);
    let (low, high) = (figure.value - reach, figure.value + reach);
    match is_share {
        true => chart::CurvePoint { x, y: figure.value, low: low.max(0.0), high: high.min(1.0) },
        false => chart::CurvePoint { x, y: figure.value, low, high },
    }
}

fn marks(words: &Words<'_>, meeting: &Meeting) -> Vec<GoalMark> {
    match meeting {
        Meeting::At { value, .. } => {
            let reach = value.half_width(0.95).filter(|reach| *reach > 0.0);
            let short = words.value(value.value);
            let reach = reach.map(|reach| (value.value - reach, value.value + reach));
            vec![GoalMark { x: value.value, reach, words: [words.found(*value), short] }]
        }
        Meeting::Along { from, to } => {
            [from, to].map(|x| GoalMark { x: *x, reach: None, words: [words.value(*x), words.value(*x)] }).to_vec()
        }
    }
}
