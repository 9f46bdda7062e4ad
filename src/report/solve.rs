//! What a goal seek says on the terminal. Lines fit 80 columns.

use super::format::{money, percent};
use super::found_value::{exact_money, found_value};
use super::grid::{TextGrid, fit, wrap};
use super::input_value::value_at;
use super::screen::WIDTH;
use super::sweep::SweepBase;
use crate::engine::{Dearest, Metric, Percentile, Stat};
use crate::number::{grouped, trimmed};
use crate::solve::{GoalFigure, Meeting, Solution, Way};
use crate::stats::Estimate;

/// Points that are shown at most.
const POINTS: usize = 9;
/// Sentences of meetings that are shown at most.
const MEETINGS: usize = 8;

/// The summary of a goal seek.
pub fn solve_summary(base: SweepBase<'_>, solution: &Solution) -> String {
    let words = Words { base, solution };
    [words.title(), words.curve(), words.answers(), words.limits()].join("\n")
}

/// What is found, in words that screen and chart share.
pub(super) struct Words<'a> {
    pub base: SweepBase<'a>,
    pub solution: &'a Solution,
}

impl Words<'_> {
    /// What the figure is called: `Tuned's mean saving`.
    pub fn figure(&self) -> String {
        let name = &self.base.model.options[self.solution.goal.option].name;
        let whose = if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") };
        match self.solution.goal.figure {
            GoalFigure::PCheapest => format!("{whose} probability of being the cheapest"),
            GoalFigure::Metric(metric, Stat::Quantile(Percentile::P50)) => format!("{whose} median {}", noun(metric)),
            GoalFigure::Metric(metric, Stat::Quantile(level)) => {
                format!("the {} percentile of {whose} {}", ordinal(level), noun(metric))
            }
            GoalFigure::Metric(_, Stat::Dearest(dearest)) => {
                let part = match dearest {
                    Dearest::Tenth => "tenth",
                    Dearest::Twentieth => "twentieth",
                };
                format!("{whose} mean total cost in its dearest {part} of trials")
            }
            GoalFigure::Metric(metric, _) => format!("{whose} mean {}", noun(metric)),
        }
    }

    /// A value of the figure.
    pub fn amount(&self, figure: Estimate) -> String {
        match self.solution.goal.figure {
            GoalFigure::PCheapest => percent(figure, self.solution.trials),
            GoalFigure::Metric(..) => money(&self.base.scenario.currency, figure),
        }
    }

    /// The value that it shall have.
    pub fn target(&self) -> String {
        let target = self.solution.goal.target;
        match self.solution.goal.figure {
            GoalFigure::PCheapest => format!("{} %", trimmed(&format!("{:.4}", 100.0 * target))),
            GoalFigure::Metric(..) => exact_money(&self.base.scenario.currency, target),
        }
    }

    /// A value of the field that was found.
    pub fn found(&self, value: Estimate) -> String {
        match self.solution.range.whole {
            true => format!("{}", value.value),
            false => found_value(self.base.scenario, &self.solution.range.path, value),
        }
    }

    /// A value of the field.
    pub fn value(&self, value: f64) -> String {
        value_at(self.base.scenario, &self.solution.range.path, value)
    }

    /// The range in words.
    pub fn range(&self) -> String {
        format!("{} to {}", self.value(self.solution.range.low), self.value(self.solution.range.high))
    }

    /// `Tuned's mean saving is $0 at a price of $1.32 ± $0.02`.
    pub fn meeting(&self, meeting: &Meeting) -> String {
        let (figure, target, path) = (self.figure(), self.target(), &self.solution.range.path);
        capital(&match meeting {
            Meeting::Along { from, to } => {
                format!(
                    "{figure} is {target} at all points of {path} from {} to {}",
                    self.value(*from),
                    self.value(*to)
                )
            }
            Meeting::At { value, way: Way::Touches, .. } => {
                format!("{figure} touches {target} at a {path} of {}, and does not pass it", self.found(*value))
            }
            Meeting::At { value, jump: Some(ends), .. } => {
                let [before, behind] = ends.map(|end| self.amount(end));
                format!("{figure} goes past {target} at a {path} of {}, from {before} to {behind}", self.found(*value))
            }
            Meeting::At { value, .. } => return self.at(&self.found(*value)),
        })
    }

    /// That the figure is what it shall be at some values.
    pub fn at(&self, values: &str) -> String {
        let path = &self.solution.range.path;
        capital(&format!("{} is {} at a {path} of {values}", self.figure(), self.target()))
    }

    /// That it is so at more values than can be named.
    pub fn often(&self, times: usize) -> String {
        let (path, range) = (&self.solution.range.path, self.range());
        capital(&format!("{} meets {} {times} times for a {path} from {range}", self.figure(), self.target()))
    }

    /// That nothing was found.
    pub fn nothing(&self) -> String {
        let (path, range) = (&self.solution.range.path, self.range());
        capital(&format!("{} is not found to be {} at any {path} from {range}", self.figure(), self.target()))
    }

    fn title(&self) -> String {
        let simulation = &self.base.scenario.simulation;
        let [points, trials] =
            [self.solution.points.len() as f64, self.solution.trials as f64].map(|count| grouped(count, 0));
        let word = simulation.sampler.word();
        let facts = format!("{points} points of {trials} trials ({word}), seed {}", simulation.seed);
        let goal = format!("Goal: {}", self.solution.goal.text);
        format!("{}\n{facts}\n{}\n", wrap(&self.base.scenario.title, WIDTH), wrap(&goal, WIDTH))
    }

    /// What the figure is called above its column.
    fn column(&self) -> String {
        match self.solution.goal.figure {
            GoalFigure::PCheapest => "P(cheapest)".to_owned(),
            GoalFigure::Metric(metric, Stat::Quantile(level)) => format!("{}, {}", noun(metric), level.word()),
            GoalFigure::Metric(metric, Stat::Dearest(dearest)) => format!("{}, {}", noun(metric), dearest.word()),
            GoalFigure::Metric(metric, _) => format!("mean {}", noun(metric)),
        }
    }

    /// A row for each of some evenly chosen points.
    fn curve(&self) -> String {
        let mut grid = TextGrid::new(&[&fit(&self.solution.range.path, 40), &self.column(), "± (95 %)"]);
        let step = self.solution.points.len().saturating_sub(1).div_ceil(POINTS - 1).max(1);
        for point in self.solution.points.iter().step_by(step) {
            let reach = point.figure.half_width(0.95).map(Estimate::exact);
            let reach = match (reach, self.solution.goal.figure) {
                (None, _) => "n/a".to_owned(),
                (Some(reach), GoalFigure::Metric(..)) => money(&self.base.scenario.currency, reach),
                (Some(reach), GoalFigure::PCheapest) => format!("{:.2} %", 100.0 * reach.value),
            };
            grid.row(vec![self.value(point.value), self.amount(point.figure), reach]);
        }
        grid.render(WIDTH)
    }

    fn answers(&self) -> String {
        let meetings = &self.solution.meetings;
        let mut lines: Vec<String> = meetings.iter().take(MEETINGS).map(|m| self.answer(m)).collect();
        if meetings.len() > MEETINGS {
            lines.push(format!("{} more are in solve.csv.", meetings.len() - MEETINGS));
        }
        if meetings.is_empty() {
            lines.push(format!("{}.", self.nothing()));
            lines.extend(self.nearest());
        }
        lines.iter().map(|line| wrap(line, WIDTH) + "\n").collect()
    }

    /// A meeting, and on which side of it the figure is more.
    fn answer(&self, meeting: &Meeting) -> String {
        let (above, below) =
            if self.solution.meetings.len() > 1 { ("just above", "just below") } else { ("above", "below") };
        let sides = |more: &str, less: &str| format!(": {above} that it is {more}, {below} it {less}");
        let (sides, error) = match meeting {
            Meeting::At { jump: None, way: Way::Rises, value } => (sides("more", "less"), value.std_error),
            Meeting::At { jump: None, way: Way::Falls, value } => (sides("less", "more"), value.std_error),
            _ => (String::new(), Some(0.0)),
        };
        let unknown = match error {
            Some(_) => "",
            None => " How far the value may be off cannot be told: the figure changes by less than its error.",
        };
        format!("{}{sides}.{unknown}", self.meeting(meeting))
    }

    /// The point that comes nearest to a goal which is not met.
    fn nearest(&self) -> Option<String> {
        let point = self.solution.nearest()?;
        let off = point.above(self.solution.goal.target);
        let distance = match self.solution.goal.figure {
            GoalFigure::PCheapest => format!("{:.1} percentage points", 100.0 * off.abs()),
            GoalFigure::Metric(..) => {
                money(&self.base.scenario.currency, Estimate { value: off.abs(), ..point.figure })
            }
        };
        let side = if off > 0.0 { "above" } else { "below" };
        let (figure, value) = (self.amount(point.figure), self.value(point.value));
        Some(format!("It comes nearest at {value}, where it is {figure}: {distance} {side} the goal."))
    }

    /// What it cannot say.
    fn limits(&self) -> String {
        let Solution { range, points, .. } = self.solution;
        let is_all = range.whole && points.windows(2).all(|pair| pair[1].value - pair[0].value == 1.0);
        let step = format!(
            "Values closer together than a step of the {} points may have been missed: a narrower range looks closer.",
            points.len()
        );
        let meaning = "The field has one value in all trials, and everything else is as the scenario has it; ± is what the \
             simulation may be off by (95 %), not how well the other inputs are known.";
        let lines = (!is_all).then_some(step).into_iter().chain([meaning.to_owned()]);
        lines.map(|line| wrap(&line, WIDTH) + "\n").collect()
    }
}

fn noun(metric: Metric) -> &'static str {
    match metric {
        Metric::Saving => "saving",
        Metric::Monthly => "monthly cost",
        _ => "total cost",
    }
}

fn ordinal(level: Percentile) -> String {
    let number = (100.0 * level.probability()).round();
    let ending = if level == Percentile::P1 { "st" } else { "th" };
    format!("{number}{ending}")
}

/// A sentence with its first letter large, unless that is of a name.
fn capital(text: &str) -> String {
    match text.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => text.to_owned(),
    }
}
