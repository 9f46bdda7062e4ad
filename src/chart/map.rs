//! A probability over two inputs: colours, and the line on which it is one half.

use plotters::style::RGBColor;

use super::canvas::{self, Anchor, Canvas, Point, Type};
use super::colour_bar::{self, Scale};
use super::contour;
use super::error::ChartError;
use super::frame;
use super::grid::{Grid, Room};
use super::grid_axis::MapAxis;
use super::heading::{self, Heading};
use super::legend;
use super::plot::{Area, Plot};
use super::render::{self, Format};
use super::theme;

/// Half of the paper's width on both sides of the line, so that it can be seen on any colour.
const HALO: f64 = 1.5;
/// How far the line's label keeps from the frame and from the scenario's own point.
const CLEAR: f64 = 16.0;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
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
    /// Palette slot of the option.
    pub colour: usize,
    /// The scenario's own point; of a category its value.
    pub marker: Option<(f64, f64)>,
}

impl Map {
    fn value(&self, row: usize, column: usize) -> f64 {
        self.rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(f64::NAN)
    }
}

/// Draws the map.
pub fn map(chart: &Map, format: Format) -> Result<Vec<u8>, ChartError> {
    render::encode(canvas::paint(&chart.heading.title, |canvas| draw(canvas, chart))?, format)
}

fn draw(canvas: &mut Canvas<'_>, chart: &Map) {
    let grid = Grid::new(&chart.x, &chart.y, chart.marker);
    let scale = Scale::of(chart.colour);
    let colour = |row: usize, column: usize| -> Option<RGBColor> { scale.colour(chart.value(row, column)) };
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &grid.entries(colour), top);
    let above = colour_bar::top_room(canvas, &chart.bar_label, &chart.y.label);
    let right = colour_bar::room(canvas);
    let plot = grid.lay_out(canvas, Room { top, above, right });
    let any = grid.fill(canvas, &plot, colour);
    colour_bar::draw(canvas, plot.area, &scale, (&chart.bar_label, above));
    let lines = contour::lines(&grid.field(&plot, |row, column| chart.value(row, column)), 0.5);
    for (colour, width) in [(theme::PAPER, theme::MAIN_LINE + 2.0 * HALO), (theme::INK, theme::MAIN_LINE)] {
        lines.iter().for_each(|line| canvas.line(line, colour, width));
    }
    label_longest(canvas, &plot, &lines, grid.marked(&plot));
    grid.finish(canvas, &plot);
    if !any {
        frame::no_data(canvas, plot.area);
    }
}

/// Writes on the longest line what it is.
fn label_longest(canvas: &mut Canvas<'_>, plot: &Plot, lines: &[Vec<Point>], keep_off: Option<Point>) {
    let Some(longest) = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b))) else {
        return;
    };
    let (words, letters) = ("50\u{a0}%", Type { bold: true, ..Type::label(theme::INK) });
    let half = (canvas.width(words, letters) / 2.0 + 6.0, 0.65 * letters.size);
    let places = [0.5, 0.35, 0.65, 0.2, 0.8].map(|share| along(longest, share));
    let free = |&(x, y): &Point| {
        let Area { left, top, right, bottom } = plot.area;
        let inside = |low: f64, at: f64, half: f64, high: f64| at - half > low + CLEAR && at + half < high - CLEAR;
        let off = keep_off.is_none_or(|(a, b)| (a - x).abs() > half.0 + CLEAR || (b - y).abs() > half.1 + CLEAR);
        off && inside(left, x, half.0, right) && inside(top, y, half.1, bottom)
    };
    if let Some((x, y)) = places.into_iter().flatten().find(free) {
        canvas.rect((x - half.0, y - half.1), (x + half.0, y + half.1), theme::PAPER, 0.9);
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
