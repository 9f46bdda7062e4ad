//! The inputs as drawn: a panel per input with its exact distribution, in bins or value by value.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::error::ChartError;
use super::frame::{self, LABEL_ROW};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::panels::{self, Gaps};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::text;
use super::theme;
use super::unit::AxisUnit;
use crate::palette::Palette;

/// Room for a tick label of an input.
const TICK_ROOM: f64 = 85.0;
/// Up to so many values each have their own tick.
const TICKED: usize = 8;
/// What a value's bar takes of the distance to the next, and the widest it may be.
const TAKEN: f64 = 0.7;
const WIDEST: f64 = 44.0;
/// Colours of bars, none an option's.
const BINS: usize = 0;
const VALUES: usize = 7;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct InputsChart {
    /// Title and subtitle.
    pub heading: Heading,
    /// What the heights of bars are.
    pub y_label: String,
    /// The inputs; more than thirty are not drawn.
    pub panels: Vec<InputPanel>,
    /// How many more there are.
    pub missing: usize,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct InputPanel {
    /// Its name, above the panel.
    pub name: String,
    /// How it is distributed.
    pub shape: InputShape,
    /// Of its values.
    pub unit: AxisUnit,
    /// The 5th, 50th and 95th percentile.
    pub quantiles: [f64; 3],
}

/// A distribution.
#[derive(Debug, Clone, PartialEq)]
pub enum InputShape {
    /// The probability of each of some bins.
    Bins {
        /// Rising edges, one more than there are bins.
        edges: Vec<f64>,
        /// Probabilities.
        shares: Vec<f64>,
    },
    /// Rising values, each with its probability.
    Values(Vec<(f64, f64)>),
    /// Only words about it.
    Words(String),
}

/// Draws the panels.
pub fn inputs(chart: &InputsChart, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &InputsChart) {
    let shown = &chart.panels[..chart.panels.len().min(panels::MOST)];
    let missing = chart.missing.saturating_add(chart.panels.len() - shown.len());
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(shown, missing, canvas.look), top);
    let letters = panels::letters(canvas, shown.len());
    let labels = shown.iter().flat_map(|panel| y_axis(panel).ticks).map(|tick| canvas.width(&tick.label, letters));
    let widest = labels.fold(0.0, f64::max);
    let whole = Area {
        left: theme::MARGIN + widest + theme::GAP,
        top: top + theme::BLOCK_GAP + frame::caption_height(&chart.y_label),
        right: theme::WIDTH - theme::MARGIN,
        bottom: frame::bottom("") + LABEL_ROW,
    };
    frame::name_axes(canvas, whole, whole.top, "", &chart.y_label);
    let between = widest + 3.0 * theme::GAP;
    let gaps = Gaps { above: 1.8 * letters.size, below: 2.6 * letters.size, between };
    draw_panels(canvas, shown, panels::areas(whole, shown.len(), gaps), letters);
    if shown.is_empty() {
        frame::no_data(canvas, whole);
    }
}

fn draw_panels(canvas: &mut Canvas<'_>, shown: &[InputPanel], areas: Vec<Area>, letters: Type) {
    let names = shown.iter().map(|panel| panel.name.as_str());
    let room = areas.first().map_or(0.0, |area| area.right - area.left);
    let bold = panels::name_letters(canvas, names, room, letters);
    for (panel, area) in shown.iter().zip(areas) {
        panels::name(canvas, (area, 0.6 * letters.size), &panel.name, bold);
        draw_panel(canvas, panel, area, letters);
    }
}

fn entries(shown: &[InputPanel], missing: usize, look: &Palette) -> Vec<LegendEntry> {
    let mut entries = Vec::new();
    if shown.iter().any(|panel| !matches!(panel.shape, InputShape::Words(_))) {
        entries.push(LegendEntry::new(Swatch::Shade, "90\u{a0}% range"));
        entries.push(LegendEntry::new(Swatch::Middle, "median"));
        if shown.iter().any(|panel| matches!(panel.shape, InputShape::Values(_))) {
            entries.push(LegendEntry::new(Swatch::Block(look.fill(VALUES)), "single values"));
        }
    }
    if missing > 0 {
        entries.push(LegendEntry::new(Swatch::Blank, format!("{missing} more inputs are not shown")));
    }
    entries
}

/// The bars of a shape: left end, right end and height; a value is a bar without width.
fn bars(shape: &InputShape) -> Vec<(f64, f64, f64)> {
    let all: Vec<(f64, f64, f64)> = match shape {
        InputShape::Bins { edges, shares } => {
            edges.windows(2).zip(shares).map(|(edge, share)| (edge[0], edge[1], *share)).collect()
        }
        InputShape::Values(values) => values.iter().map(|&(value, share)| (value, value, share)).collect(),
        InputShape::Words(_) => Vec::new(),
    };
    all.into_iter().filter(|(low, high, share)| [low, high, share].into_iter().all(|x| x.is_finite())).collect()
}

fn y_axis(panel: &InputPanel) -> Axis {
    let highest = bars(&panel.shape).into_iter().map(|(_, _, share)| share).fold(0.0, f64::max);
    Axis::shares(highest, 2.0)
}

/// The smallest distance between neighbours, or the size of a single value.
fn step(values: &[f64]) -> f64 {
    let steps = values.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0.0 && step.is_finite());
    let single = values.first().map_or(1.0, |value| value.abs().max(1e-300));
    steps.reduce(f64::min).unwrap_or(single)
}

fn x_axis(panel: &InputPanel, bars: &[(f64, f64, f64)], area: Area) -> Axis {
    let ends = Range::of(bars.iter().flat_map(|&(low, high, _)| [low, high]));
    let range = ends.unwrap_or(Range { low: 0.0, high: 1.0 });
    let target = (area.right - area.left) / TICK_ROOM;
    let InputShape::Values(_) = panel.shape else { return Axis::exact(range, target, panel.unit) };
    let values: Vec<f64> = bars.iter().map(|bar| bar.0).collect();
    let free = 0.5 * step(&values);
    let range = Range { low: range.low - free, high: range.high + free };
    match values.len() <= TICKED {
        true => Axis::at(range, values, panel.unit),
        false => Axis::exact(range, target, panel.unit),
    }
}

fn draw_panel(canvas: &mut Canvas<'_>, panel: &InputPanel, area: Area, letters: Type) {
    let bars = bars(&panel.shape);
    if bars.is_empty() {
        return write_words(canvas, &panel.shape, area, letters);
    }
    let plot = Plot { area, x: x_axis(panel, &bars, area), y: y_axis(panel) };
    let [low, median, high] = panel.quantiles.map(|value| plot.x(value));
    if let (Some(low), Some(high)) = (low, high) {
        canvas.rect((low, area.top), (high, area.bottom), canvas.look.shade, 1.0);
    }
    plot.draw_rows(canvas);
    match &panel.shape {
        InputShape::Values(_) => draw_values(canvas, &plot, &bars),
        _ => draw_bins(canvas, &plot, &bars),
    }
    canvas.horizontal(area.bottom, area.left, area.right, canvas.look.axis);
    if let Some(x) = median {
        canvas.dashed(&[(x, area.top), (x, area.bottom)], canvas.look.ink, theme::THIN_LINE);
    }
    plot.label_rows(canvas, letters);
    plot.label_columns_within(canvas, letters, 1.5 * theme::GAP);
}

fn draw_bins(canvas: &mut Canvas<'_>, plot: &Plot, bars: &[(f64, f64, f64)]) {
    for &(low, high, share) in bars {
        let Some(((left, top), right)) = plot.point(low, share).zip(plot.x(high)) else { continue };
        // A hair of the page between neighbours, where there is room for it.
        let free = if right - left > 4.0 { 0.5 } else { 0.0 };
        canvas.rect((left + free, top), (right - free, plot.area.bottom), canvas.look.fill(BINS), 1.0);
    }
}

fn draw_values(canvas: &mut Canvas<'_>, plot: &Plot, bars: &[(f64, f64, f64)]) {
    let places: Vec<f64> = bars.iter().filter_map(|bar| plot.x(bar.0)).collect();
    let across = plot.area.right - plot.area.left;
    let distance = if places.len() > 1 { step(&places).min(across) } else { across };
    let half = (TAKEN * distance / 2.0).clamp(0.5, WIDEST / 2.0);
    for &(value, _, share) in bars {
        let Some((x, top)) = plot.point(value, share) else { continue };
        canvas.rect((x - half, top), (x + half, plot.area.bottom), canvas.look.fill(VALUES), 1.0);
    }
}

/// In the middle of a panel without bars.
fn write_words(canvas: &mut Canvas<'_>, shape: &InputShape, area: Area, letters: Type) {
    let InputShape::Words(words) = shape else { return frame::no_data(canvas, area) };
    let lines = text::wrap(canvas, words, letters, area.right - area.left, 4);
    let x = (area.left + area.right) / 2.0;
    let first = (area.top + area.bottom) / 2.0 - (lines.len() as f64 / 2.0 - 0.8) * theme::LEADING * letters.size;
    for (i, line) in lines.iter().enumerate() {
        canvas.text(line, (x, first + i as f64 * theme::LEADING * letters.size), letters, Anchor::Middle);
    }
}
