//! Amounts as curves over anything, with an error band and places that have names.

use super::axis::Axis;
use super::canvas::Canvas;
use super::curves::{Curve, draw_mark, end_notes};
use super::end_labels;
use super::error::ChartError;
use super::frame::{self, Frame};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::Plot;
use super::range::Range;
use super::render::{self, ChartStyle};
use super::segments;
use super::unit::AxisUnit;
use super::x_scale::XScale;
use crate::palette::Palette;

/// Narrower error bands, as shares of the axis, cannot be seen and need no explanation.
const VISIBLE_BAND: f64 = 0.006;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct AmountCurves {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with its unit.
    pub x_label: String,
    /// How x is scaled.
    pub x_scale: XScale,
    /// Name of the y axis, with the currency.
    pub y_label: String,
    /// The unit of the amounts.
    pub unit: AxisUnit,
    /// What the bands are, where they can be seen.
    pub band: String,
    /// The curves.
    pub series: Vec<Curve>,
}

/// Draws the curves.
pub fn amount_curves(chart: &AmountCurves, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &AmountCurves) {
    let plot = lay_out(canvas, chart);
    plot.draw_columns(canvas);
    plot.draw_rows(canvas);
    let lines = segments::draw(canvas, &plot, &chart.series);
    chart.series.iter().for_each(|curve| draw_mark(canvas, &plot, curve));
    end_labels::draw(canvas, &plot, end_notes(&chart.series, &lines, canvas.look));
    if lines.iter().all(Vec::is_empty) {
        frame::no_data(canvas, plot.area);
    }
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &AmountCurves) -> Plot {
    let range = amounts(chart);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, range, canvas.look), top);
    let notes: Vec<&str> = chart.series.iter().filter_map(|curve| curve.end_note.as_deref()).collect();
    let x = || chart.series.iter().flat_map(|curve| &curve.points).map(|point| point.x);
    let frame = Frame {
        top,
        top_room: 0.0,
        left_room: 0.0,
        right_room: end_labels::room(canvas, &notes),
        bottom_room: 0.0,
        x_label: &chart.x_label,
        y_label: &chart.y_label,
        x: chart.x_scale.axis(chart.x_scale.range(x()), x()),
        y: Axis::amounts(range, 5.0, chart.unit),
    };
    frame.lay_out(canvas)
}

fn amounts(chart: &AmountCurves) -> Range {
    let values = chart.series.iter().flat_map(|curve| &curve.points).flat_map(|point| [point.y, point.high]);
    Range::of(values).unwrap_or(Range { low: 0.0, high: 1.0 })
}

fn entries(chart: &AmountCurves, range: Range, look: &Palette) -> Vec<LegendEntry> {
    let entry = |curve: &Curve| {
        let colour = look.colour(curve.colour);
        let swatch = if curve.dashed { Swatch::Dashed(colour) } else { Swatch::Line(colour) };
        LegendEntry::new(swatch, curve.name.as_str())
    };
    let mut entries: Vec<LegendEntry> = chart.series.iter().map(entry).collect();
    let mut points = chart.series.iter().flat_map(|curve| &curve.points);
    if points.any(|point| point.high - point.low > VISIBLE_BAND * (range.high - range.low)) {
        entries.push(LegendEntry::new(Swatch::Band, chart.band.as_str()));
    }
    entries
}
