//! A figure along what is varied, against the value that it shall have, with the places where it has it.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Point, Type};
use super::curves::Curve;
use super::error::ChartError;
use super::frame::{self, Frame};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::Plot;
use super::range::Range;
use super::render::{self, ChartStyle};
use super::segments;
use super::theme;
use super::unit::AxisUnit;
use super::x_scale::XScale;

/// Free above and below what is drawn, as a share of its range.
const HEADROOM: f64 = 0.06;
/// Narrower error bands, as shares of the axis, cannot be seen and need no explanation.
const VISIBLE_BAND: f64 = 0.006;
/// Values in whose names there is room for their errors.
const FEW: usize = 3;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalChart {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis.
    pub x_label: String,
    /// How x is scaled.
    pub x_scale: XScale,
    /// Name of the y axis, with its unit.
    pub y_label: String,
    /// Of the figure.
    pub unit: AxisUnit,
    /// The figure.
    pub curve: Curve,
    /// What it shall be, and its name in the legend.
    pub goal: (f64, String),
    /// Where it is that, from the left.
    pub marks: Vec<GoalMark>,
}

/// A place where a figure is what it shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalMark {
    /// Where.
    pub x: f64,
    /// Where it may be as well.
    pub reach: Option<(f64, f64)>,
    /// The value in full, and without its error.
    pub words: [String; 2],
}

/// Draws the curve.
pub fn goal(chart: &GoalChart, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &GoalChart) {
    let plot = lay_out(canvas, chart);
    for (low, high) in chart.marks.iter().filter_map(|mark| mark.reach) {
        if let Some((low, high)) = plot.x(low).zip(plot.x(high)) {
            canvas.rect((low, plot.area.top), (high, plot.area.bottom), canvas.look.shade, 1.0);
        }
    }
    plot.draw_columns(canvas);
    plot.draw_rows(canvas);
    let pieces = segments::of(&plot, &chart.curve);
    pieces.iter().for_each(|piece| segments::draw_band(canvas, piece, &chart.curve));
    if let Some(y) = plot.y(chart.goal.0) {
        canvas.dashed(&[(plot.area.left, y), (plot.area.right, y)], canvas.look.ink, theme::THIN_LINE);
    }
    pieces.iter().for_each(|piece| segments::draw_line(canvas, piece, &chart.curve));
    draw_marks(canvas, &plot, chart);
    if pieces.is_empty() {
        frame::no_data(canvas, plot.area);
    }
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &GoalChart) -> Plot {
    let range = amounts(chart);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(canvas, chart, range), top);
    let x = || chart.curve.points.iter().filter(|point| point.y.is_finite()).map(|point| point.x);
    let frame = Frame {
        top,
        top_room: 0.0,
        left_room: 0.0,
        right_room: 0.0,
        bottom_room: 0.0,
        x_label: &chart.x_label,
        y_label: &chart.y_label,
        x: chart.x_scale.axis(chart.x_scale.range(x()), x()),
        y: Axis::exact(range, 5.0, chart.unit),
    };
    frame.lay_out(canvas)
}

/// What is drawn, the goal too, with some room around it.
fn amounts(chart: &GoalChart) -> Range {
    let points = chart.curve.points.iter().flat_map(|point| [point.low, point.y, point.high]);
    let range = Range::of(points.chain([chart.goal.0])).unwrap_or(Range { low: 0.0, high: 1.0 }).widened();
    let free = HEADROOM * (range.high - range.low);
    Range { low: range.low - free, high: range.high + free }
}

fn entries(canvas: &Canvas<'_>, chart: &GoalChart, range: Range) -> Vec<LegendEntry> {
    let colour = canvas.look.colour(chart.curve.colour);
    let mut entries = vec![
        LegendEntry::new(Swatch::Line(colour), chart.curve.name.as_str()),
        LegendEntry::new(Swatch::Dashed(canvas.look.ink), chart.goal.1.as_str()),
    ];
    if chart.curve.points.iter().any(|point| point.high - point.low > VISIBLE_BAND * (range.high - range.low)) {
        entries.push(LegendEntry::new(Swatch::Band, "95\u{a0}% error of the simulation"));
    }
    if !chart.marks.is_empty() {
        entries.push(LegendEntry::new(Swatch::Target, "the goal is met"));
    }
    entries
}

/// Each mark on the goal's line, tied to its value on the x axis; a value without room is left out.
fn draw_marks(canvas: &mut Canvas<'_>, plot: &Plot, chart: &GoalChart) {
    let letters = Type { bold: true, ..Type::label(canvas.look.ink) };
    let mut free_from = f64::NEG_INFINITY;
    for mark in &chart.marks {
        let Some((x, y)) = plot.point(mark.x, chart.goal.0) else { continue };
        canvas.dashed(&[(x, y), (x, plot.area.bottom)], canvas.look.axis, 1.5);
        canvas.target((x, y));
        let words = &mark.words[usize::from(chart.marks.len() > FEW)];
        let half = canvas.width(words, letters) / 2.0 + 5.0;
        let middle = x.max(plot.area.left + half).min(plot.area.right - half);
        if middle - half >= free_from {
            // On the axis, unless the mark is there.
            let on_axis = plot.area.bottom - 0.75 * letters.size;
            let is_free = on_axis - y > 1.4 * letters.size;
            let at = if is_free { on_axis } else { y - 1.6 * letters.size };
            write_beside(canvas, (middle, at), (words, half), letters);
            free_from = middle + half;
        }
    }
}

/// On the paper's colour, for it may lie on lines.
fn write_beside(canvas: &mut Canvas<'_>, (x, middle): Point, (words, half): (&str, f64), letters: Type) {
    let reach = 0.6 * letters.size;
    canvas.rect((x - half, middle - reach), (x + half, middle + reach), canvas.look.paper, 0.9);
    canvas.text(words, (x, middle + 0.36 * letters.size), letters, Anchor::Middle);
}

#[cfg(test)]
mod tests {
    use super::super::CurvePoint;
    use super::*;

    #[test]
    fn the_goal_is_within_what_is_drawn() {
        let points = [(1.0, 10.0), (2.0, 20.0)].map(|(x, y)| CurvePoint { x, y, low: y - 1.0, high: y + 1.0 });
        let curve = Curve {
            name: String::new(),
            colour: 0,
            dashed: false,
            points: points.to_vec(),
            mark: None,
            end_note: None,
        };
        let chart = GoalChart {
            heading: Heading { scenario: String::new(), title: String::new(), subtitle: String::new() },
            x_label: String::new(),
            x_scale: XScale::Linear(AxisUnit::Plain),
            y_label: String::new(),
            unit: AxisUnit::Plain,
            curve,
            goal: (30.0, String::new()),
            marks: Vec::new(),
        };
        let Range { low, high } = amounts(&chart);
        assert!(low < 9.0 && high > 30.0 && high < 40.0);
    }
}
