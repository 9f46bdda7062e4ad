//! A single plot on the sheet below heading and legend, with its axes named.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::plot::{Area, Plot};
use super::text::{self, Keep};
use super::theme;

/// Height of a line of labels.
pub const LABEL_ROW: f64 = theme::LABEL_SIZE * 1.5;

/// What surrounds the data.
pub struct Frame<'a> {
    /// Where heading and legend end.
    pub top: f64,
    /// Room for notes between the name of the y axis and the plot.
    pub top_room: f64,
    /// Room for notes left of the plot; the tick labels may need more.
    pub left_room: f64,
    /// Room for notes right of the plot.
    pub right_room: f64,
    /// Room for more than one line of tick labels below the plot.
    pub bottom_room: f64,
    /// Name of the x axis.
    pub x_label: &'a str,
    /// Name of the y axis.
    pub y_label: &'a str,
    /// The x axis.
    pub x: Axis,
    /// The y axis.
    pub y: Axis,
}

impl Frame<'_> {
    /// Writes the axes' names and ticks, and returns the plot to draw in.
    pub fn lay_out(self, canvas: &mut Canvas<'_>) -> Plot {
        let letters = Type::label(canvas.look.grey);
        let widest = self.y.ticks.iter().map(|tick| canvas.width(&tick.label, letters)).fold(0.0, f64::max);
        let caption = caption_height(self.y_label);
        let area = Area {
            left: theme::MARGIN + (widest + theme::GAP).max(self.left_room).ceil(),
            top: (self.top + theme::BLOCK_GAP + caption + self.top_room).ceil(),
            right: (theme::WIDTH - theme::MARGIN - self.right_room).floor(),
            bottom: bottom(self.x_label) - self.bottom_room,
        };
        name_axes(canvas, area, area.top - self.top_room, self.x_label, self.y_label);
        let plot = Plot { area, x: self.x, y: self.y };
        plot.label_rows(canvas, letters);
        plot.label_columns(canvas, letters);
        plot
    }
}

/// Room for the name of the y axis, with a gap to the topmost tick label.
pub fn caption_height(y_label: &str) -> f64 {
    if y_label.is_empty() { 0.0 } else { 1.4 * LABEL_ROW }
}

/// Lower edge of the plot, above tick labels and the axis' name.
pub fn bottom(x_label: &str) -> f64 {
    let rows = if x_label.is_empty() { 1.0 } else { 2.0 };
    theme::HEIGHT - 0.6 * theme::MARGIN - rows * LABEL_ROW - theme::GAP
}

/// The name of the y axis stands above it, upright, and that of the x axis below its middle.
pub fn name_axes(canvas: &mut Canvas<'_>, area: Area, top: f64, x_label: &str, y_label: &str) {
    let letters = Type::label(canvas.look.grey);
    let width = theme::WIDTH - 2.0 * theme::MARGIN;
    let y_label = text::fit(canvas, y_label, letters, width, Keep::Start);
    canvas.text(&y_label, (theme::MARGIN, top - 0.8 * LABEL_ROW), letters, Anchor::Start);
    let x_label = text::fit(canvas, x_label, letters, width, Keep::Start);
    let half = canvas.width(&x_label, letters) / 2.0;
    let middle = ((area.left + area.right) / 2.0).max(theme::MARGIN + half).min(theme::WIDTH - theme::MARGIN - half);
    canvas.text(&x_label, (middle, theme::HEIGHT - 0.6 * theme::MARGIN), letters, Anchor::Middle);
}

/// Says that there is nothing to see, so that an empty plot is not taken for a finding.
pub fn no_data(canvas: &mut Canvas<'_>, area: Area) {
    let middle = ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0);
    let letters = Type { size: theme::SUBTITLE_SIZE, bold: false, colour: canvas.look.axis };
    canvas.text("no data to show", middle, letters, Anchor::Middle);
}
