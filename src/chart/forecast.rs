//! Series as they were seen, and where what follows is expected: a panel for each, all over the same time.

use super::axis::Axis;
use super::canvas::{Canvas, Type};
use super::curves::{Curve, CurvePoint};
use super::error::ChartError;
use super::frame::{self, LABEL_ROW};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::panels::{self, Gaps};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::segments;
use super::theme;
use super::unit::AxisUnit;

/// Between neighbouring panels, where the labels of the y axis stand.
const BETWEEN: f64 = 110.0;
/// Room for a label of the x axis.
const TICK_ROOM: f64 = 95.0;
/// Free above what is drawn, as a share of its range.
const HEADROOM: f64 = 0.06;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, which counts from the end of what was seen.
    pub x_label: String,
    /// The series.
    pub panels: Vec<ForecastPanel>,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastPanel {
    /// What it is, above the panel.
    pub name: String,
    /// Written below the name.
    pub note: String,
    /// What was seen: time and value.
    pub seen: Vec<[f64; 2]>,
    /// What is expected, from the end of what was seen to a time; nothing where there is no estimate.
    pub ahead: Option<Expected>,
}

/// Where a value is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Until when.
    pub until: f64,
    /// The 5th percentile.
    pub low: f64,
    /// The median.
    pub middle: f64,
    /// The 95th percentile.
    pub high: f64,
}

/// Draws the panels.
pub fn forecast(chart: &Forecast, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Forecast) {
    let top = heading::draw(canvas, &chart.heading);
    let line = Swatch::Line(canvas.look.colour(0));
    let top = legend::draw(
        canvas,
        &[LegendEntry::new(line, "seen, then the median"), LegendEntry::new(Swatch::Band, "90\u{a0}% interval")],
        top,
    );
    let letters = panels::letters(canvas, chart.panels.len());
    let whole = Area {
        left: BETWEEN,
        top: top + theme::BLOCK_GAP,
        right: theme::WIDTH - theme::MARGIN,
        bottom: frame::bottom(&chart.x_label) + LABEL_ROW,
    };
    frame::name_axes(canvas, whole, whole.top, &chart.x_label, "");
    let gaps = Gaps { above: 3.2 * letters.size, below: 2.6 * letters.size, between: BETWEEN };
    let x = chart.panels.iter().flat_map(times);
    let x = Range::of(x).unwrap_or(Range { low: -1.0, high: 1.0 });
    for (panel, area) in chart.panels.iter().zip(panels::areas(whole, chart.panels.len(), gaps)) {
        draw_panel(canvas, panel, (area, x), letters);
    }
}

fn times(panel: &ForecastPanel) -> impl Iterator<Item = f64> {
    panel.seen.iter().map(|[x, _]| *x).chain(panel.ahead.map(|ahead| ahead.until))
}

fn draw_panel(canvas: &mut Canvas<'_>, panel: &ForecastPanel, (area, x): (Area, Range), letters: Type) {
    let values = panel.seen.iter().map(|[_, y]| *y).chain(panel.ahead.iter().flat_map(|a| [a.low, a.high]));
    let most = values.filter(|y| y.is_finite()).fold(0.0, f64::max);
    let high = if most > 0.0 { (1.0 + HEADROOM) * most } else { 1.0 };
    let y = Axis::exact(Range { low: 0.0, high }, 4.0, AxisUnit::Plain);
    let x = Axis::exact(x, (area.right - area.left) / TICK_ROOM, AxisUnit::Plain);
    let plot = Plot { area, x, y };
    plot.draw_rows(canvas);
    let ahead: Option<Curve> = panel.ahead.map(|a| curve([0.0, a.until].map(|x| point(x, [a.low, a.middle, a.high]))));
    let seen = curve(panel.seen.iter().map(|[x, y]| point(*x, [*y; 3])));
    for curve in ahead.iter().chain([&seen]) {
        for piece in segments::of(&plot, curve) {
            segments::draw_band(canvas, &piece, curve);
            segments::draw_line(canvas, &piece, curve);
        }
    }
    segments::of(&plot, &seen).iter().for_each(|piece| segments::draw_points(canvas, piece, &seen));
    plot.label_rows(canvas, letters);
    plot.label_columns_within(canvas, letters, BETWEEN / 4.0);
    let name = Type { bold: true, colour: canvas.look.ink, ..letters };
    panels::name(canvas, (area, 1.9 * letters.size), &panel.name, name);
    panels::name(canvas, (area, 0.6 * letters.size), &panel.note, letters);
    if panel.seen.is_empty() && panel.ahead.is_none() {
        frame::no_data(canvas, area);
    }
}

fn point(x: f64, [low, y, high]: [f64; 3]) -> CurvePoint {
    CurvePoint { x, y, low, high }
}

fn curve(points: impl IntoIterator<Item = CurvePoint>) -> Curve {
    let points = points.into_iter().collect();
    Curve { name: String::new(), colour: 0, dashed: false, points, mark: None, end_note: None }
}
