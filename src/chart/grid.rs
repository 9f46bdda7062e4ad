//! A grid on the sheet: its cells, its frame, and the scenario's own point in it.

use crate::palette::Rgb;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Point, Type};
use super::contour::GridField;
use super::frame::{self, Frame, LABEL_ROW};
use super::grid_axis::{GridAxis, MapAxis};
use super::legend::{LegendEntry, Swatch};
use super::plot::Plot;
use super::text::{self, Keep};
use super::theme;

/// More names than these do not fit below each other.
const MOST_ROWS: usize = 22;
/// The share of the sheet that names of rows may take.
const NAMES: f64 = 0.22;
/// Names of columns are left out rather than cut to less than this.
const SHORTEST: f64 = 120.0;
/// Lines of a column's name.
const MOST_LINES: usize = 3;

/// The axes of a grid, not yet on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisGrid {
    /// Across.
    pub x: GridAxis,
    /// Up.
    pub y: GridAxis,
    labels: (String, String),
    marker: Option<(f64, f64)>,
}

/// Free room around the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Where heading and legend end.
    pub top: f64,
    /// Between the name of the y axis and the plot.
    pub above: f64,
    /// Right of the plot.
    pub right: f64,
}

/// The place of a name, and its lines after the first.
type Further = (f64, Vec<String>);

impl AxisGrid {
    /// The grid of these axes, with a point to be marked if it lies inside.
    pub fn new(x: &MapAxis, y: &MapAxis, marker: Option<(f64, f64)>) -> Self {
        let labels = (x.label.clone(), y.label.clone());
        let (x, y) = (GridAxis::across(x), GridAxis::upward(y));
        let marker = marker.and_then(|point| x.find(point.0).zip(y.find(point.1)));
        Self { x, y, labels, marker }
    }

    /// Of every cell, from the top left one on, row by row: what the function makes of row and column of the data.
    fn rows<T>(&self, of: impl Fn(usize, usize) -> T) -> Vec<Vec<T>> {
        let row = |row: usize| self.x.cells.iter().map(|column| of(row, column.index)).collect();
        self.y.cells.iter().rev().map(|cell| row(cell.index)).collect()
    }

    /// What must be explained about a grid in these colours.
    pub fn entries(&self, colour: impl Fn(usize, usize) -> Option<Rgb>) -> Vec<LegendEntry> {
        let cells: Vec<_> = self.rows(colour).concat();
        let mut entries = Vec::new();
        if cells.iter().all(Option::is_none) {
            return entries;
        }
        if self.marker.is_some() {
            entries.push(LegendEntry::new(Swatch::Target, "the scenario itself"));
        }
        if cells.iter().any(Option::is_none) {
            entries.push(LegendEntry::new(Swatch::Outline, "no result"));
        }
        entries
    }

    /// Names the axes and returns the plot to draw in.
    pub fn lay_out(&self, canvas: &mut Canvas<'_>, room: Room) -> Plot {
        let y = self.row_names(canvas);
        let letters = Type::label(canvas.look.grey);
        let left = y.ticks.iter().map(|tick| canvas.width(&tick.label, letters)).fold(0.0, f64::max);
        let (x, further) =
            self.column_names(canvas, theme::WIDTH - 2.0 * theme::MARGIN - left - theme::GAP - room.right);
        let plot = Frame {
            top: room.top,
            top_room: room.above,
            left_room: 0.0,
            right_room: room.right,
            bottom_room: further.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0) as f64 * LABEL_ROW,
            x_label: &self.labels.0,
            y_label: &self.labels.1,
            x,
            y,
        }
        .lay_out(canvas);
        draw_further(canvas, &plot, &further);
        plot
    }

    /// The y axis with names that fit below each other.
    fn row_names(&self, canvas: &mut Canvas<'_>) -> Axis {
        let mut axis = self.y.axis.clone();
        if self.y.categories {
            let every = axis.ticks.len().div_ceil(MOST_ROWS).max(1);
            axis.ticks = axis.ticks.into_iter().rev().step_by(every).collect();
            for tick in &mut axis.ticks {
                let words = text::clean(&tick.label);
                tick.label = text::fit(canvas, &words, Type::label(canvas.look.grey), NAMES * theme::WIDTH, Keep::Ends);
            }
        }
        axis
    }

    /// The x axis with names that fit beside each other, and the lines that follow their first ones.
    fn column_names(&self, canvas: &mut Canvas<'_>, width: f64) -> (Axis, Vec<Further>) {
        let mut axis = self.x.axis.clone();
        let mut further = Vec::new();
        if self.x.categories {
            let cell = width / axis.ticks.len().max(1) as f64;
            let every = (SHORTEST / cell).ceil().max(1.0);
            axis.ticks = axis.ticks.into_iter().step_by(every as usize).collect();
            for tick in &mut axis.ticks {
                let mut lines = name_lines(canvas, &tick.label, every * cell - 1.5 * theme::GAP).into_iter();
                tick.label = lines.next().unwrap_or_default();
                further.push((tick.value, lines.collect()));
            }
        }
        (axis, further)
    }

    /// Fills the cells that have a colour, in each row those of one colour together, and returns whether any has.
    pub fn fill(&self, canvas: &mut Canvas<'_>, plot: &Plot, colour: impl Fn(usize, usize) -> Option<Rgb>) -> bool {
        let mut any = false;
        for (row, colours) in self.y.cells.iter().rev().zip(self.rows(colour)) {
            let (Some(top), Some(bottom)) = (plot.y(row.high), plot.y(row.low)) else { continue };
            let cells: Vec<_> = self.x.cells.iter().zip(colours).collect();
            for run in cells.chunk_by(|a, b| a.1 == b.1) {
                let ends = (plot.x(run[0].0.low), plot.x(run[run.len() - 1].0.high));
                if let (Some(colour), (Some(left), Some(right))) = (run[0].1, ends) {
                    canvas.rect((left.round(), top.round()), (right.round(), bottom.round()), colour, 1.0);
                    any = true;
                }
            }
        }
        any
    }

    /// The frame, and in it the scenario's own point, or that there is nothing to see.
    pub fn finish(&self, canvas: &mut Canvas<'_>, plot: &Plot, filled: bool) {
        let area = plot.area;
        for y in [area.top, area.bottom - 1.0] {
            canvas.horizontal(y, area.left, area.right, canvas.look.axis);
        }
        for x in [area.left, area.right - 1.0] {
            canvas.vertical(x, area.top, area.bottom, canvas.look.axis);
        }
        if filled {
            self.marked(plot).into_iter().for_each(|point| canvas.target(point));
        } else {
            frame::no_data(canvas, area);
        }
    }

    /// Whether there is nothing between the values of an axis.
    pub fn is_of_categories(&self) -> bool {
        self.x.categories || self.y.categories
    }

    /// Where the scenario's own point lies on the sheet.
    pub fn marked(&self, plot: &Plot) -> Option<Point> {
        self.marker.and_then(|(x, y)| plot.point(x, y))
    }

    /// The numbers at the points of the grid, in pixels; nothing between categories.
    pub fn field(&self, plot: &Plot, value: impl Fn(usize, usize) -> f64) -> GridField {
        if self.is_of_categories() {
            return GridField { xs: Vec::new(), ys: Vec::new(), values: Vec::new() };
        }
        let xs = self.x.cells.iter().filter_map(|cell| plot.x(cell.at)).collect();
        let ys = self.y.cells.iter().rev().filter_map(|cell| plot.y(cell.at)).collect();
        GridField { xs, ys, values: self.rows(value) }
    }
}

fn name_lines(canvas: &mut Canvas<'_>, name: &str, width: f64) -> Vec<String> {
    let letters = Type::label(canvas.look.grey);
    let lines = text::wrap(canvas, name, letters, width, MOST_LINES);
    match lines.len() {
        // Names often differ in their last letters only.
        0 | 1 => vec![text::fit(canvas, &text::clean(name), letters, width, Keep::Ends)],
        _ => lines,
    }
}

fn draw_further(canvas: &mut Canvas<'_>, plot: &Plot, further: &[Further]) {
    let letters = Type::label(canvas.look.grey);
    let first = plot.area.bottom + theme::GAP + letters.size;
    for (place, lines) in further {
        for (i, line) in lines.iter().enumerate() {
            let baseline = first + (i + 1) as f64 * theme::LEADING * letters.size;
            plot.x(*place).into_iter().for_each(|x| canvas.text(line, (x, baseline), letters, Anchor::Middle));
        }
    }
}
