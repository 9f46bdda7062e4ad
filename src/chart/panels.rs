//! A grid of equal panels.

use super::plot::Area;

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
