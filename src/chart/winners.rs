//! Which option is the cheapest, over two inputs.

use crate::palette::Rgb;

use super::canvas::Canvas;
use super::error::ChartError;
use super::grid::{AxisGrid, Room};
use super::grid_axis::MapAxis;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::render::{self, ChartStyle};
use super::text;
use crate::palette::Palette;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Winners {
    /// Title and subtitle.
    pub heading: Heading,
    /// The input across.
    pub x: MapAxis,
    /// The input upward.
    pub y: MapAxis,
    /// Names and palette slots of the options.
    pub names: Vec<(String, usize)>,
    /// Palette slot of the option with the lowest expected cost, by y, then x; blank where it is not known.
    pub rows: Vec<Vec<Option<usize>>>,
    /// The scenario's own point; of a category its value.
    pub marker: Option<(f64, f64)>,
}

impl Winners {
    fn colour(&self, row: usize, column: usize, look: &Palette) -> Option<Rgb> {
        let slot = self.rows.get(row).and_then(|row| row.get(column)).copied().flatten();
        slot.map(|slot| look.colour(slot))
    }
}

/// Draws the map.
pub fn winners(chart: &Winners, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Winners) {
    let grid = AxisGrid::new(&chart.x, &chart.y, chart.marker);
    let look = canvas.look;
    let colour = |row: usize, column: usize| chart.colour(row, column, look);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, &grid, look), top);
    let plot = grid.lay_out(canvas, Room { top, above: 0.0, right: 0.0 });
    let filled = grid.fill(canvas, &plot, colour);
    grid.finish(canvas, &plot, filled);
}

/// The options that win somewhere, then those that do not: that is a finding, too.
fn entries(chart: &Winners, grid: &AxisGrid, look: &Palette) -> Vec<LegendEntry> {
    let wins = |slot: usize| chart.rows.iter().flatten().any(|&winner| winner == Some(slot));
    let (winning, losing): (Vec<_>, Vec<_>) = chart.names.iter().partition(|(_, slot)| wins(*slot));
    let entry = |(name, slot): &(String, usize)| LegendEntry::new(Swatch::Block(look.colour(*slot)), name.as_str());
    let mut entries: Vec<LegendEntry> = winning.into_iter().map(entry).collect();
    entries.extend(grid.entries(|row, column| chart.colour(row, column, look)));
    if !losing.is_empty() && !entries.is_empty() {
        let names: Vec<String> = losing.iter().map(|(name, _)| text::clean(name)).collect();
        entries.push(LegendEntry::new(Swatch::Blank, format!("nowhere the cheapest: {}", names.join(", "))));
    }
    entries
}
