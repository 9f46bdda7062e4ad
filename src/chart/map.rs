//! A probability over two inputs: colours, the line on which it is one half, and that on which means are equal.

use crate::palette::Rgb;

use super::canvas::{Anchor, Canvas, Point, Type};
use super::colour_bar::{self, ColourScale};
use super::contour;
use super::error::ChartError;
use super::grid::{AxisGrid, Room};
use super::grid_axis::MapAxis;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::{Area, Plot};
use super::render::{self, ChartStyle};
use super::theme;

/// The levels of the two lines.
const HALF: f64 = 0.5;
const MEANS_ARE_EQUAL: f64 = 0.0;
/// Half of the paper's width on both sides of the line, so that it can be seen on any colour.
const HALO: f64 = 1.5;
/// How far the line's label keeps from the frame, and from the scenario's own point.
const CLEAR: f64 = 16.0;
const CLEAR_POINT: f64 = 34.0;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct MapChart {
    /// Title and subtitle.
    pub heading: Heading,
    /// The input across.
    pub x: MapAxis,
    /// The input upward.
    pub y: MapAxis,
    /// Name of the colour bar: whose probability of what.
    pub bar_label: String,
    /// Probabilities, 0 to 1, by y, then x; what is not a number is left blank.
    pub rows: Vec<Vec<f64>>,
    /// By y, then x, how much lower the option's mean is than the lowest of the others.
    pub margins: Vec<Vec<f64>>,
    /// Palette slot of the option.
    pub colour: usize,
    /// The scenario's own point; of a category its value.
    pub marker: Option<(f64, f64)>,
}

/// A number of a cell; what is missing is not a number.
fn value(rows: &[Vec<f64>], row: usize, column: usize) -> f64 {
    rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(f64::NAN)
}

/// Draws the map.
pub fn map(chart: &MapChart, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &MapChart) {
    let grid = AxisGrid::new(&chart.x, &chart.y, chart.marker);
    let scale = ColourScale::of(chart.colour, canvas.look);
    let colour = |row: usize, column: usize| -> Option<Rgb> { scale.colour(value(&chart.rows, row, column)) };
    let top = heading::draw(canvas, &chart.heading);
    let entries: Vec<LegendEntry> = entries(chart, &grid).into_iter().chain(grid.entries(colour)).collect();
    let top = legend::draw(canvas, &entries, top);
    let above = colour_bar::top_room(canvas, &chart.bar_label, &chart.y.label);
    let right = colour_bar::room(canvas);
    let plot = grid.lay_out(canvas, Room { top, above, right });
    let filled = grid.fill(canvas, &plot, colour);
    colour_bar::draw(canvas, plot.area, &scale, (&chart.bar_label, above));
    let look = canvas.look;
    for line in lines(&chart.margins, MEANS_ARE_EQUAL, &grid, &plot) {
        canvas.line(&line, look.paper, theme::THIN_LINE + 2.0 * HALO);
        canvas.dashed(&line, look.ink, theme::THIN_LINE);
    }
    let half = lines(&chart.rows, HALF, &grid, &plot);
    for (colour, width) in [(look.paper, theme::MAIN_LINE + 2.0 * HALO), (look.ink, theme::MAIN_LINE)] {
        half.iter().for_each(|line| canvas.line(line, colour, width));
    }
    label_longest(canvas, &plot, &half, grid.marked(&plot));
    grid.finish(canvas, &plot, filled);
}

/// What the lines are, as far as there are any.
fn entries(chart: &MapChart, grid: &AxisGrid) -> Vec<LegendEntry> {
    let crosses = |rows: &[Vec<f64>], level: f64| {
        let known = || rows.iter().flatten().filter(|value| value.is_finite());
        !grid.is_of_categories() && known().any(|value| *value >= level) && known().any(|value| *value < level)
    };
    let all = [
        (&chart.rows, HALF, Swatch::Mean, "as likely as not to be the cheapest"),
        (&chart.margins, MEANS_ARE_EQUAL, Swatch::Middle, "equally cheap on average"),
    ];
    let found = all.into_iter().filter(|(rows, level, ..)| crosses(rows, *level));
    found.map(|(_, _, swatch, words)| LegendEntry::new(swatch, words)).collect()
}

/// Where numbers of cells are at a level, in pixels.
fn lines(rows: &[Vec<f64>], level: f64, grid: &AxisGrid, plot: &Plot) -> Vec<Vec<Point>> {
    contour::lines(&grid.field(plot, |row, column| value(rows, row, column)), level)
}

/// Writes on the longest line what it is.
fn label_longest(canvas: &mut Canvas<'_>, plot: &Plot, lines: &[Vec<Point>], keep_off: Option<Point>) {
    let Some(longest) = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b))) else {
        return;
    };
    let (words, letters) = ("50\u{a0}%", Type { bold: true, ..Type::label(canvas.look.ink) });
    let half = (canvas.width(words, letters) / 2.0 + 6.0, 0.65 * letters.size);
    let places = [0.5, 0.35, 0.65, 0.2, 0.8].map(|share| along(longest, share));
    let free = |&(x, y): &Point| {
        let Area { left, top, right, bottom } = plot.area;
        let inside = |low: f64, at: f64, half: f64, high: f64| at - half > low + CLEAR && at + half < high - CLEAR;
        let far = |a: f64, b: f64, half: f64| (a - b).abs() > half + CLEAR_POINT;
        let off = keep_off.is_none_or(|(a, b)| far(a, x, half.0) || far(b, y, half.1));
        off && inside(left, x, half.0, right) && inside(top, y, half.1, bottom)
    };
    if let Some((x, y)) = places.into_iter().flatten().find(free) {
        canvas.rect((x - half.0, y - half.1), (x + half.0, y + half.1), canvas.look.paper, 0.9);
        canvas.text(words, (x, y + 0.36 * letters.size), letters, Anchor::Middle);
    }
}

fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The point at a share of a line's length.
fn along(line: &[Point], share: f64) -> Option<Point> {
    let mut left = share * length(line);
    for pair in line.windows(2) {
        let step = distance(pair[0], pair[1]);
        if step >= left && step > 0.0 {
            let part = left / step;
            return Some((pair[0].0 + part * (pair[1].0 - pair[0].0), pair[0].1 + part * (pair[1].1 - pair[0].1)));
        }
        left -= step;
    }
    line.last().copied()
}

#[cfg(test)]
mod tests {
    use super::super::axis::Axis;
    use super::super::range::Range;
    use super::super::unit::AxisUnit;
    use super::*;
    use crate::math;

    /// The lines of one half of a field over x from 1 to 100 and y from 0 to 10, both in no order, on a sheet of
    /// 1000 by 1000 pixels.
    fn halves(log: bool, of: impl Fn(f64, f64) -> f64) -> Vec<Vec<Point>> {
        let x = MapAxis { values: vec![100.0, 1.0, 10.0, 20.0, 5.0], log, ..MapAxis::default() };
        let y = MapAxis { values: vec![3.0, 10.0, 0.0], ..MapAxis::default() };
        let rows: Vec<Vec<f64>> = y.values.iter().map(|&y| x.values.iter().map(|&x| of(x, y)).collect()).collect();
        let grid = AxisGrid::new(&x, &y, None);
        let across = Range { low: 1.0, high: 100.0 };
        let plot = Plot {
            area: Area { left: 0.0, top: 0.0, right: 1000.0, bottom: 1000.0 },
            x: if log { Axis::log(across, AxisUnit::Plain) } else { Axis::exact(across, 5.0, AxisUnit::Plain) },
            y: Axis::exact(Range { low: 0.0, high: 10.0 }, 5.0, AxisUnit::Plain),
        };
        lines(&rows, HALF, &grid, &plot)
    }

    fn is_at(lines: &[Vec<Point>], expected: f64, of: fn(Point) -> f64) {
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].len() > 2, "{lines:?}");
        assert!(lines[0].iter().all(|&point| (of(point) - expected).abs() < 1e-9), "{lines:?}");
    }

    #[test]
    fn the_line_of_one_half_is_where_it_belongs() {
        is_at(&halves(false, |x, _| (x - 1.0) / 99.0 - 0.25), 750.0, |point| point.0);
        is_at(&halves(true, |x, _| math::ln(x) / math::ln(100.0) - 0.25), 750.0, |point| point.0);
        // High is up.
        is_at(&halves(false, |_, y| y / 10.0 + 0.25), 750.0, |point| point.1);
        is_at(&halves(false, |x, y| (x - 1.0) / 99.0 - y / 10.0 + 0.5), 1000.0, |point| point.0 + point.1);
    }
}
