//! A grid on the sheet: its cells, its frame, and the scenario's own point in it.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Point, Type};
use super::contour::Field;
use super::frame::Frame;
use super::grid_axis::{GridAxis, MapAxis};
use super::legend::{Entry, Swatch};
use super::plot::Plot;
use super::text::{self, Keep};
use super::theme;

/// More names than these do not fit below each other.
const MOST_ROWS: usize = 22;
/// The share of the sheet that names of rows may take.
const NAMES: f64 = 0.22;
/// Names of columns are left out rather than cut to less than this.
const SHORTEST: f64 = 90.0;

/// The axes of a grid, not yet on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
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

impl Grid {
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
    pub fn entries(&self, colour: impl Fn(usize, usize) -> Option<RGBColor>) -> Vec<Entry> {
        let mut entries = Vec::new();
        if self.marker.is_some() {
            entries.push(Entry::new(Swatch::Target, "the scenario itself"));
        }
        let cells: Vec<_> = self.rows(colour).concat();
        if cells.iter().any(Option::is_none) && cells.iter().any(Option::is_some) {
            entries.push(Entry::new(Swatch::Outline, "no result"));
        }
        entries
    }

    /// Names the axes and returns the plot to draw in.
    pub fn lay_out(&self, canvas: &mut Canvas<'_>, room: Room) -> Plot {
        let mut y = self.y.axis.clone();
        let mut x = self.x.axis.clone();
        let letters = Type::label(theme::GREY);
        let widest = NAMES * theme::WIDTH;
        if self.y.categories {
            let every = y.ticks.len().div_ceil(MOST_ROWS).max(1);
            y.ticks = y.ticks.into_iter().rev().step_by(every).collect();
        }
        for tick in &mut y.ticks {
            tick.label = text::fit(canvas, &text::clean(&tick.label), letters, widest, Keep::Ends);
        }
        let left = y.ticks.iter().map(|tick| canvas.width(&tick.label, letters)).fold(0.0, f64::max);
        let cell = (theme::WIDTH - 2.0 * theme::MARGIN - left - theme::GAP - room.right) / x.ticks.len().max(1) as f64;
        if self.x.categories {
            let every = (SHORTEST / cell).ceil().max(1.0) as usize;
            x.ticks = x.ticks.into_iter().step_by(every).collect();
            for tick in &mut x.ticks {
                let width = every as f64 * cell - 2.0 * theme::GAP;
                tick.label = text::fit(canvas, &text::clean(&tick.label), letters, width, Keep::Ends);
            }
        }
        let (x_label, y_label) = (&self.labels.0, &self.labels.1);
        let Room { top, above, right } = room;
        Frame { top, top_room: above, left_room: 0.0, right_room: right, x_label, y_label, x, y }.lay_out(canvas)
    }

    /// Fills the cells that have a colour, in each row those of one colour together, and returns whether any has.
    pub fn fill(
        &self,
        canvas: &mut Canvas<'_>,
        plot: &Plot,
        colour: impl Fn(usize, usize) -> Option<RGBColor>,
    ) -> bool {
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

    /// The frame, and the scenario's own point.
    pub fn finish(&self, canvas: &mut Canvas<'_>, plot: &Plot) {
        let area = plot.area;
        for y in [area.top, area.bottom - 1.0] {
            canvas.horizontal(y, area.left, area.right, theme::AXIS);
        }
        for x in [area.left, area.right - 1.0] {
            canvas.vertical(x, area.top, area.bottom, theme::AXIS);
        }
        if let Some(point) = self.marked(plot) {
            canvas.target(point);
        }
    }

    /// Where the scenario's own point lies on the sheet.
    pub fn marked(&self, plot: &Plot) -> Option<Point> {
        self.marker.and_then(|(x, y)| plot.point(x, y))
    }

    /// The numbers at the points of the grid, in pixels; nothing between categories.
    pub fn field(&self, plot: &Plot, value: impl Fn(usize, usize) -> f64) -> Field {
        if self.x.categories || self.y.categories {
            return Field { xs: Vec::new(), ys: Vec::new(), values: Vec::new() };
        }
        let xs = self.x.cells.iter().filter_map(|cell| plot.x(cell.at)).collect();
        let ys = self.y.cells.iter().rev().filter_map(|cell| plot.y(cell.at)).collect();
        Field { xs, ys, values: self.rows(value) }
    }
}
