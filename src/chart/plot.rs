//! A plot: two axes on a piece of the sheet.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Point, Type};
use super::theme;

/// A piece of the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// Axes and their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Where the data are drawn.
    pub area: Area,
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
}

impl Plot {
    /// Pixels from the left; values beyond the axis lie on the plot's edge.
    pub fn x(&self, value: f64) -> Option<f64> {
        let place = self.x.position(value)?.clamp(0.0, 1.0);
        Some(self.area.left + place * (self.area.right - self.area.left))
    }

    /// Pixels from the top; values beyond the axis lie on the plot's edge.
    pub fn y(&self, value: f64) -> Option<f64> {
        let place = self.y.position(value)?.clamp(0.0, 1.0);
        Some(self.area.bottom - place * (self.area.bottom - self.area.top))
    }

    /// Where a pair of values lies.
    pub fn point(&self, x: f64, y: f64) -> Option<Point> {
        Some((self.x(x)?, self.y(y)?))
    }

    /// Lines across the plot at the ticks of the y axis, the one at zero stronger.
    pub fn draw_rows(&self, canvas: &mut Canvas<'_>) {
        for tick in &self.y.ticks {
            let colour = if tick.value == 0.0 { canvas.look.axis } else { canvas.look.grid };
            if let Some(y) = self.y(tick.value) {
                canvas.horizontal(y, self.area.left, self.area.right, colour);
            }
        }
    }

    /// Lines from top to bottom at the ticks of the x axis.
    pub fn draw_columns(&self, canvas: &mut Canvas<'_>) {
        for x in self.x.ticks.iter().filter_map(|tick| self.x(tick.value)) {
            canvas.vertical(x, self.area.top, self.area.bottom, canvas.look.grid);
        }
    }

    /// Labels left of the plot.
    pub fn label_rows(&self, canvas: &mut Canvas<'_>, letters: Type) {
        for tick in &self.y.ticks {
            if let Some(y) = self.y(tick.value) {
                let at = (self.area.left - theme::GAP, y + letters.size * 0.36);
                canvas.text(&tick.label, at, letters, Anchor::End);
            }
        }
    }

    /// Labels below the plot; as many as there is room for, evenly chosen.
    pub fn label_columns(&self, canvas: &mut Canvas<'_>, letters: Type) {
        self.label_columns_within(canvas, letters, f64::INFINITY);
    }

    /// The same, but for labels that would reach farther than that beyond the plot, where a neighbour has its own.
    pub fn label_columns_within(&self, canvas: &mut Canvas<'_>, letters: Type, overhang: f64) {
        let baseline = self.area.bottom + theme::GAP + letters.size;
        let places: Vec<(f64, &str)> =
            self.x.ticks.iter().filter_map(|tick| Some((self.x(tick.value)?, tick.label.as_str()))).collect();
        let every = self.spacing(canvas, &places, letters);
        for &(x, label) in places.iter().step_by(every) {
            canvas.vertical(x, self.area.bottom, self.area.bottom + 6.0, canvas.look.axis);
            let half = canvas.width(label, letters) / 2.0;
            if x - half >= self.area.left - overhang && x + half <= self.area.right + overhang {
                canvas.text(label, (x, baseline), letters, Anchor::Middle);
            }
        }
    }

    /// Every how many-th label can be written without touching the next.
    fn spacing(&self, canvas: &mut Canvas<'_>, places: &[(f64, &str)], letters: Type) -> usize {
        let widest = places.iter().map(|(_, label)| canvas.width(label, letters)).fold(0.0, f64::max);
        let closest = places.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(f64::INFINITY, f64::min);
        let every = ((widest + theme::GAP) / closest.max(1.0)).ceil();
        (every as usize).clamp(1, places.len().max(1))
    }
}
