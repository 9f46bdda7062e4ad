//! Bars from left to right, the longest on top, each with its name and error.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::error::ChartError;
use super::frame;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::text::{self, Keep};
use super::theme;
use super::unit::AxisUnit;

/// More bars than these are not drawn.
const MOST: usize = 24;
/// The widest a bar may be, and what it leaves free between itself and the next.
const BAR: f64 = 46.0;
const FREE: f64 = 0.34;
/// The share of the sheet that names may take.
const NAMES: f64 = 0.42;
/// Half the height of the ends of an error.
const CAP: f64 = 6.0;
/// Room for one tick label of the x axis.
const TICK_ROOM: f64 = 150.0;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with its unit.
    pub x_label: String,
    /// The unit of the x axis.
    pub unit: AxisUnit,
    /// How far the x axis reaches at least: beside what is at stake a short bar is short.
    pub reach: f64,
    /// The bars in the order in which they are drawn, from above.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name, left of it.
    pub name: String,
    /// Palette slot; `None` for grey.
    pub colour: Option<usize>,
    /// Where it ends.
    pub value: f64,
    /// Lower end of the error.
    pub low: f64,
    /// Upper end of the error.
    pub high: f64,
    /// Written behind it.
    pub note: String,
}

/// Draws the bars.
pub fn bars(chart: &Bars, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Bars) {
    let drawable = |bar: &&Bar| [bar.value, bar.low, bar.high].iter().all(|x| x.is_finite());
    let all: Vec<&Bar> = chart.bars.iter().filter(drawable).collect();
    let shown = &all[..all.len().min(MOST)];
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(all.len() - shown.len()), top);
    let plot = lay_out(canvas, chart, shown, top);
    plot.draw_columns(canvas);
    plot.label_columns(canvas, Type::label(canvas.look.grey));
    let row = (plot.area.bottom - plot.area.top) / shown.len().max(1) as f64;
    for (i, bar) in shown.iter().enumerate() {
        draw_bar(canvas, &plot, bar, plot.area.top + (i as f64 + 0.5) * row, row);
    }
    if let Some(zero) = plot.x(0.0) {
        canvas.vertical(zero, plot.area.top, plot.area.bottom, canvas.look.axis);
    }
    if shown.is_empty() {
        frame::no_data(canvas, plot.area);
    }
}

fn entries(missing: usize) -> Vec<LegendEntry> {
    let mut entries = vec![LegendEntry::new(Swatch::Error, "95\u{a0}% error of the simulation")];
    if missing > 0 {
        entries.push(LegendEntry::new(Swatch::Blank, format!("{missing} shorter ones are not shown")));
    }
    entries
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &Bars, shown: &[&Bar], top: f64) -> Plot {
    let letters = Type::label(canvas.look.ink);
    let mut widest = |of: fn(&Bar) -> &str, most: f64| {
        let width = |canvas: &mut Canvas<'_>, bar: &Bar| canvas.width(&text::clean(of(bar)), letters);
        shown.iter().map(|bar| width(canvas, bar)).fold(0.0, f64::max).min(most)
    };
    let names = widest(|bar| &bar.name, NAMES * theme::WIDTH);
    let notes = widest(|bar| &bar.note, 0.2 * theme::WIDTH);
    let area = Area {
        left: (theme::MARGIN + names + theme::GAP).ceil(),
        top: top + theme::BLOCK_GAP,
        right: (theme::WIDTH - theme::MARGIN - notes - theme::GAP).floor(),
        bottom: frame::bottom(&chart.x_label),
    };
    frame::name_axes(canvas, area, area.top, &chart.x_label, "");
    let ends = shown.iter().flat_map(|bar| [bar.value, bar.low, bar.high]).chain([chart.reach]);
    let range = Range::of(ends).unwrap_or(Range { low: 0.0, high: 1.0 });
    Plot { area, x: Axis::amounts(range, (area.right - area.left) / TICK_ROOM, chart.unit), y: Axis::probability() }
}

fn draw_bar(canvas: &mut Canvas<'_>, plot: &Plot, bar: &Bar, middle: f64, row: f64) {
    let letters = Type { size: theme::LABEL_SIZE.min(0.8 * row), ..Type::label(canvas.look.ink) };
    let (Some(zero), Some(end), Some(low), Some(high)) =
        (plot.x(0.0), plot.x(bar.value), plot.x(bar.low), plot.x(bar.high))
    else {
        return;
    };
    let half = ((1.0 - FREE) * row / 2.0).min(BAR / 2.0).round();
    let (top, bottom) = ((middle - half).round(), (middle + half).round());
    let colour = bar.colour.map_or(canvas.look.other, |slot| canvas.look.colour(slot));
    canvas.rect((zero.min(end), top), (zero.max(end), bottom), colour, 1.0);
    let cap = CAP.min(half);
    canvas.error((low, high), middle, cap);
    let baseline = middle + letters.size * 0.36;
    let room = plot.area.left - theme::MARGIN - theme::GAP;
    let name = text::fit(canvas, &text::clean(&bar.name), letters, room, Keep::Ends);
    canvas.text(&name, (plot.area.left - theme::GAP, baseline), letters, Anchor::End);
    let behind = end.max(high).max(zero) + theme::GAP;
    let note = text::fit(canvas, &text::clean(&bar.note), letters, theme::WIDTH - theme::MARGIN - behind, Keep::Start);
    canvas.text(&note, (behind, baseline), Type { colour: canvas.look.grey, ..letters }, Anchor::Start);
}
