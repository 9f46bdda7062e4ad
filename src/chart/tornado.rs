//! How far each input moves a mean: bars to both sides of the mean as drawn, the longest on top.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::error::ChartError;
use super::frame::{self, LABEL_ROW};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::text;
use super::theme;
use super::tornado_rows::{self, TornadoRow};
use super::unit::AxisUnit;
use crate::palette::Palette;

/// More bars than these are not drawn.
pub const TORNADO_BARS: usize = 20;
/// The share of the sheet that names may take.
const NAMES: f64 = 0.34;
/// Room for one tick label of the x axis.
const TICK_ROOM: f64 = 150.0;
/// Shorter errors, as shares of the axis, cannot be seen and need no explanation.
const VISIBLE_ERROR: f64 = 0.004;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoChart {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with its unit: what the inputs move.
    pub x_label: String,
    /// The unit of the x axis.
    pub unit: AxisUnit,
    /// The mean with all inputs as drawn, from which the bars start.
    pub base: f64,
    /// What the low end of an input is, such as "input at its 5th percentile".
    pub low_label: String,
    /// What the high end of an input is.
    pub high_label: String,
    /// Names and palette slots of the options; those that are cheapest somewhere come into the legend.
    pub options: Vec<(String, usize)>,
    /// The bars in the order in which they are drawn, from above.
    pub bars: Vec<TornadoBar>,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TornadoBar {
    /// Its name, left of the bar.
    pub name: String,
    /// With the input at its low end.
    pub low: TornadoEnd,
    /// With the input at its high end.
    pub high: TornadoEnd,
}

/// One end of a bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TornadoEnd {
    /// The mean there.
    pub outcome: f64,
    /// Lower and upper end of its error.
    pub error: (f64, f64),
    /// The input's value there, written beyond the end.
    pub input: String,
    /// Palette slot of the option that is cheapest there on average.
    pub cheapest: Option<usize>,
}

/// Draws the bars.
pub fn tornado(chart: &TornadoChart, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &TornadoChart) {
    let drawable = |bar: &&TornadoBar| chart.base.is_finite() && ends(bar).next().is_some();
    let all: Vec<&TornadoBar> = chart.bars.iter().filter(drawable).collect();
    let shown = &all[..all.len().min(TORNADO_BARS)];
    let discs = shows_discs(shown);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, shown, all.len() - shown.len(), canvas.look), top);
    let plot = lay_out(canvas, chart, shown, top);
    plot.draw_columns(canvas);
    plot.label_columns(canvas, Type::label(canvas.look.grey));
    let height = (plot.area.bottom - plot.area.top) / shown.len().max(1) as f64;
    for (i, bar) in shown.iter().enumerate() {
        let middle = plot.area.top + (i as f64 + 0.5) * height;
        tornado_rows::draw(canvas, &plot, bar, TornadoRow { base: chart.base, middle, height, discs });
    }
    draw_base(canvas, &plot, chart);
    if shown.is_empty() {
        frame::no_data(canvas, plot.area);
    }
}

/// The ends that can be drawn.
fn ends(bar: &TornadoBar) -> impl Iterator<Item = &TornadoEnd> {
    [&bar.low, &bar.high].into_iter().filter(|end| end.outcome.is_finite())
}

/// With one and the same option cheapest everywhere discs say nothing.
fn shows_discs(shown: &[&TornadoBar]) -> bool {
    let mut slots = shown.iter().flat_map(|bar| ends(bar)).filter_map(|end| end.cheapest);
    slots.next().is_some_and(|first| slots.any(|slot| slot != first))
}

fn entries(chart: &TornadoChart, shown: &[&TornadoBar], missing: usize, look: &Palette) -> Vec<LegendEntry> {
    let tone = |colour, label: &String| LegendEntry::new(Swatch::Block(colour), label.as_str());
    let mut entries = vec![tone(look.low, &chart.low_label), tone(look.high, &chart.high_label)];
    let span = range(chart.base, shown).map_or(0.0, |range| range.high - range.low);
    let visible = |end: &TornadoEnd| end.error.1 - end.error.0 > VISIBLE_ERROR * span;
    if shown.iter().flat_map(|bar| ends(bar)).any(visible) {
        entries.push(LegendEntry::new(Swatch::Error, "95\u{a0}% error of the simulation"));
    }
    if shows_discs(shown) {
        let occurs = |slot| shown.iter().flat_map(|bar| ends(bar)).any(|end| end.cheapest == Some(slot));
        let named = chart.options.iter().filter(|(_, slot)| occurs(*slot));
        let cheapest = |name: &str| format!("{} cheapest", text::clean(name));
        entries.extend(named.map(|(name, slot)| LegendEntry::new(Swatch::Disc(look.colour(*slot)), cheapest(name))));
    }
    if missing > 0 {
        entries.push(LegendEntry::new(Swatch::Blank, format!("{missing} shorter ones are not shown")));
    }
    entries
}

/// Everything that must have a place on the axis.
fn range(base: f64, shown: &[&TornadoBar]) -> Option<Range> {
    let values = shown.iter().flat_map(|bar| ends(bar)).flat_map(|end| [end.outcome, end.error.0, end.error.1]);
    Range::of(values.chain([base]))
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &TornadoChart, shown: &[&TornadoBar], top: f64) -> Plot {
    let name = |bar: &&TornadoBar| canvas.width(&text::clean(&bar.name), Type::label(canvas.look.ink));
    let names = shown.iter().map(name).fold(0.0, f64::max).min(NAMES * theme::WIDTH);
    let area = Area {
        left: (theme::MARGIN + names + theme::GAP).ceil(),
        top: (top + theme::BLOCK_GAP + LABEL_ROW).ceil(),
        right: theme::WIDTH - theme::MARGIN,
        bottom: frame::bottom(&chart.x_label),
    };
    frame::name_axes(canvas, area, area.top, &chart.x_label, "");
    Plot { area, x: x_axis(canvas, chart, shown, area.right - area.left), y: Axis::probability() }
}

/// Wide enough for the texts beyond the outermost ends.
fn x_axis(canvas: &mut Canvas<'_>, chart: &TornadoChart, shown: &[&TornadoBar], width: f64) -> Axis {
    let range = range(chart.base, shown).unwrap_or(Range { low: 0.0, high: 1.0 }).widened();
    let mut room = (theme::GAP, theme::GAP);
    for bar in shown {
        let (low, high) = tornado_rows::sides(bar, chart.base);
        for (end, side) in [(&bar.low, low), (&bar.high, high)] {
            let needed = tornado_rows::beyond(canvas, end, shows_discs(shown)) + 2.0 * theme::GAP;
            let room = if side == tornado_rows::Side::Left { &mut room.0 } else { &mut room.1 };
            *room = room.max(needed);
        }
    }
    let pixel = (range.high - range.low) / (width - room.0 - room.1);
    let range = Range { low: range.low - room.0 * pixel, high: range.high + room.1 * pixel };
    Axis::exact(range, width / TICK_ROOM, chart.unit)
}

/// The line the bars start from, with its value on top.
fn draw_base(canvas: &mut Canvas<'_>, plot: &Plot, chart: &TornadoChart) {
    let Some(x) = plot.x(chart.base) else { return };
    canvas.vertical(x, plot.area.top - 4.0, plot.area.bottom, canvas.look.ink);
    let letters = Type::label(canvas.look.grey);
    let words = format!("all inputs as drawn: {}", chart.unit.write(chart.base));
    let half = canvas.width(&words, letters) / 2.0;
    let middle = x.min(theme::WIDTH - theme::MARGIN - half).max(theme::MARGIN + half);
    canvas.text(&words, (middle, plot.area.top - theme::GAP), letters, Anchor::Middle);
}
