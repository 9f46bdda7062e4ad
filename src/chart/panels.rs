//! A grid of equal panels.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::frame::{self, LABEL_ROW};
use super::plot::Area;
use super::text::{self, Keep};
use super::theme;

/// More would be too small to read.
pub const MOST: usize = 30;

/// Rows and columns for so many panels.
pub fn grid(count: usize) -> (usize, usize) {
    let count = count.clamp(1, MOST);
    let columns = match count {
        1..=3 => count,
        4 => 2,
        _ => (count as f64).sqrt().ceil() as usize,
    };
    (count.div_ceil(columns), columns)
}

/// With more panels the letters become smaller.
const FEW: usize = 6;
/// The smaller letters.
const SMALL_SIZE: f64 = 15.0;

/// The least that names may have of the size of other letters.
const SMALLEST: f64 = 0.8;

/// The letters of so many panels.
pub fn letters(canvas: &Canvas<'_>, count: usize) -> Type {
    Type { size: if are_few(count) { theme::LABEL_SIZE } else { SMALL_SIZE }, ..Type::label(canvas.look.grey) }
}

/// Whether so many panels have room for details.
pub fn are_few(count: usize) -> bool {
    count <= FEW
}

/// Room between and around the panels.
#[derive(Debug, Clone, Copy)]
pub struct Gaps {
    /// Above each panel, for its name.
    pub above: f64,
    /// Below each panel, for the labels of its x axis.
    pub below: f64,
    /// Between neighbours.
    pub between: f64,
}

/// The areas of the panels, row by row.
pub fn areas(whole: Area, count: usize, gaps: Gaps) -> Vec<Area> {
    let (rows, columns) = grid(count);
    let width = (whole.right - whole.left - gaps.between * (columns - 1) as f64) / columns as f64;
    let height = (whole.bottom - whole.top) / rows as f64;
    let area = |i: usize| {
        let (row, column) = (i / columns, i % columns);
        let left = (whole.left + column as f64 * (width + gaps.between)).floor();
        let top = (whole.top + row as f64 * height + gaps.above).floor();
        Area { left, top, right: left + width.floor(), bottom: (top + height - gaps.above - gaps.below).floor() }
    };
    (0..count.min(MOST)).map(area).collect()
}

/// Names the axes, of which all panels share the y axis, and returns the area of all panels together.
pub fn place(canvas: &mut Canvas<'_>, y: &Axis, (x_label, y_label): (&str, &str), top: f64, letters: Type) -> Area {
    let widest = y.ticks.iter().map(|tick| canvas.width(&tick.label, letters)).fold(0.0, f64::max);
    let area = Area {
        left: theme::MARGIN + widest + theme::GAP,
        top: top + theme::BLOCK_GAP + frame::caption_height(y_label),
        right: theme::WIDTH - theme::MARGIN,
        bottom: frame::bottom(x_label) + LABEL_ROW,
    };
    frame::name_axes(canvas, area, area.top, x_label, y_label);
    area
}

/// Letters for the names of panels so wide: smaller ones, the same for all, where a name is nearly short enough.
pub fn name_letters<'a>(
    canvas: &mut Canvas<'_>,
    names: impl Iterator<Item = &'a str>,
    room: f64,
    letters: Type,
) -> Type {
    let bold = Type { bold: true, colour: canvas.look.ink, ..letters };
    let widest = names.map(|name| canvas.width(&text::clean(name), bold)).fold(1.0, f64::max);
    Type { size: (room / widest).clamp(SMALLEST, 1.0) * letters.size, ..bold }
}

/// Writes a panel's name above it, so many pixels up.
pub fn name(canvas: &mut Canvas<'_>, (area, above): (Area, f64), name: &str, letters: Type) {
    let name = text::fit(canvas, &text::clean(name), letters, area.right - area.left, Keep::Ends);
    canvas.text(&name, (area.left, area.top - above), letters, Anchor::Start);
}
