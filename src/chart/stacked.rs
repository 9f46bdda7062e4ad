//! Monthly cost by cost line: a panel per option, all on one scale.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::error::ChartError;
use super::frame;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::months::MonthOne;
use super::panels::{self, Gaps};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::stack::{Direction, Stack};
use super::theme;
use super::unit::AxisUnit;
use crate::palette::Palette;

/// Between neighbouring panels.
const BETWEEN: f64 = 40.0;
/// Room for a month's label.
const TICK_ROOM: f64 = 90.0;
/// Narrower bars are drawn without a gap between them.
const WIDE_BAR: f64 = 6.0;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Stacked {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis.
    pub x_label: String,
    /// Which month is the first, where that is known.
    pub first_month: Option<MonthOne>,
    /// Name of the y axis, with the currency.
    pub y_label: String,
    /// The unit of the amounts.
    pub unit: AxisUnit,
    /// The cost lines with colours of their own, in the order of colours; the others are summed up.
    pub named: Vec<String>,
    /// The options; more than thirty are not drawn.
    pub panels: Vec<Panel>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Name above the panel.
    pub name: String,
    /// Its cost lines; those of one name have one colour in all panels.
    pub lines: Vec<StackLine>,
}

/// One cost line.
#[derive(Debug, Clone, PartialEq)]
pub struct StackLine {
    /// Name in the legend.
    pub name: String,
    /// The amount in each month from 0 on; negative amounts are stacked downward.
    pub values: Vec<f64>,
}

/// Draws the panels.
pub fn stacked(chart: &Stacked, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Stacked) {
    let shown = &chart.panels[..chart.panels.len().min(panels::MOST)];
    let stack = Stack::of(shown, &chart.named);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(&stack, chart.panels.len() - shown.len(), canvas.look), top);
    let letters = panels::letters(canvas, shown.len());
    let y = Axis::amounts(stack.range(), if panels::are_few(shown.len()) { 5.0 } else { 2.0 }, chart.unit);
    let whole = panels::place(canvas, &y, (&chart.x_label, &chart.y_label), top, letters);
    let (_, columns) = panels::grid(shown.len());
    let areas = panels::areas(whole, shown.len(), gaps(&stack, letters));
    let bold = Type { bold: true, colour: canvas.look.ink, ..letters };
    for (i, area) in areas.into_iter().enumerate() {
        let plot = Plot { area, x: months(&stack, area, chart.first_month), y: y.clone() };
        draw_panel(canvas, &plot, &stack, (i, chart.unit), letters);
        panels::name(canvas, (area, name_height(&stack) * letters.size), &shown[i].name, bold);
        if i % columns == 0 {
            plot.label_rows(canvas, letters);
        }
    }
    if stack.names.is_empty() {
        frame::no_data(canvas, whole);
    }
}

/// From the plot up to the baseline of its name, in ems; the amounts of cut bars stand in between.
fn name_height(stack: &Stack) -> f64 {
    if stack.is_cut() { 1.9 } else { 0.6 }
}

fn gaps(stack: &Stack, letters: Type) -> Gaps {
    let above = (name_height(stack) + 1.0) * letters.size;
    Gaps { above, below: letters.size * 2.3, between: BETWEEN }
}

/// Bars stand in the middle of their month, half a month is free on both sides.
fn months(stack: &Stack, area: Area, first: Option<MonthOne>) -> Axis {
    let range = Range { low: -0.5, high: stack.months.max(1) as f64 - 0.5 };
    Axis::months(range, (area.right - area.left) / TICK_ROOM, first)
}

fn entries(stack: &Stack, missing: usize, look: &Palette) -> Vec<LegendEntry> {
    let named = stack.names.iter().enumerate();
    let mut entries: Vec<LegendEntry> =
        named.map(|(i, name)| LegendEntry::new(Swatch::Block(look.fill(i)), name.as_str())).collect();
    if missing > 0 {
        entries.push(LegendEntry::new(Swatch::Blank, format!("{missing} more options are not shown")));
    }
    entries
}

fn draw_panel(canvas: &mut Canvas<'_>, plot: &Plot, stack: &Stack, (panel, unit): (usize, AxisUnit), letters: Type) {
    plot.draw_rows(canvas);
    for side in [Direction::Up, Direction::Down] {
        // From the outermost inward, each from zero on: neighbours leave no seam between them.
        for (slot, ends) in stack.ends(panel, side, plot.y.high()).iter().enumerate().rev() {
            draw_layer(canvas, plot, ends, slot);
        }
    }
    draw_cuts(canvas, plot, stack, (panel, unit), letters);
    if let Some(zero) = plot.y(0.0) {
        canvas.horizontal(zero, plot.area.left, plot.area.right, canvas.look.axis);
    }
    plot.label_columns_within(canvas, letters, BETWEEN / 2.0 - 2.0);
}

/// Left and right edge of a month's bar, on whole pixels where bars are wide enough to be uneven otherwise.
fn bar(plot: &Plot, month: usize) -> Option<(f64, f64)> {
    let middle = month as f64;
    let (left, right) = (plot.x(middle - 0.5)?, plot.x(middle + 0.5)?);
    if right - left < WIDE_BAR { Some((left, right)) } else { Some((left.round() + 1.0, right.round() - 1.0)) }
}

/// The bars from zero to where a line ends.
fn draw_layer(canvas: &mut Canvas<'_>, plot: &Plot, ends: &[f64], slot: usize) {
    let Some(zero) = plot.y(0.0) else { return };
    let colour = canvas.look.fill(slot);
    let mut outline = Vec::new();
    for (month, &end) in ends.iter().enumerate() {
        let (Some((left, right)), Some(end)) = (bar(plot, month), plot.y(end)) else {
            continue;
        };
        if right - left >= WIDE_BAR - 2.0 && end != zero {
            canvas.rect((left, zero), (right, end), colour, 1.0);
        } else if right - left < WIDE_BAR - 2.0 {
            outline.extend([(left, end), (right, end)]);
        }
    }
    if let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) {
        outline.extend([(last.0, zero), (first.0, zero)]);
        canvas.polygon(&outline, colour, 1.0);
    }
}

/// Bars that end beyond the scale are slashed and carry their amount.
fn draw_cuts(canvas: &mut Canvas<'_>, plot: &Plot, stack: &Stack, (panel, unit): (usize, AxisUnit), letters: Type) {
    let mut free_from = f64::NEG_INFINITY;
    for month in 0..stack.months {
        let height = stack.height(panel, month);
        let beyond = plot.y.position(height).is_some_and(|place| place > 1.0 + 1e-9);
        let Some((left, right)) = bar(plot, month).filter(|_| beyond) else {
            continue;
        };
        let y = plot.area.top + 16.0;
        let slash = [(left - 2.0, y + 4.0), (right + 2.0, y - 4.0), (right + 2.0, y), (left - 2.0, y + 8.0)];
        canvas.polygon(&slash, canvas.look.paper, 1.0);
        let words = format!("{} ↑", unit.write(height));
        let end = left + canvas.width(&words, letters);
        let left = left - (end - plot.area.right).max(0.0);
        if left >= free_from {
            canvas.text(&words, (left, plot.area.top - 6.0), letters, Anchor::Start);
            free_from = end + theme::GAP;
        }
    }
}
