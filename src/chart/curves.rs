//! Probabilities as curves with an error band: break-even by month, or against volume.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Point, Type};
use super::end_labels::{self, EndLabel};
use super::error::ChartError;
use super::frame::{self, Frame, LABEL_ROW};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::Plot;
use super::range::Range;
use super::render::{self, ChartStyle};
use super::segments::{self, Placed};
use super::text::{self, Keep};
use super::theme;
use super::x_scale::XScale;
use crate::palette::Palette;

/// Narrower error bands cannot be seen and need no explanation.
const VISIBLE_BAND: f64 = 0.002;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with its unit.
    pub x_label: String,
    /// Name of the y axis, whose ticks are percentages.
    pub y_label: String,
    /// How x is scaled.
    pub x_scale: XScale,
    /// Something to compare the curves with, such as the scenario's own volume.
    pub marker: Option<Marker>,
    /// The curves.
    pub series: Vec<Curve>,
}

/// A place on the x axis, with a label above the plot.
#[derive(Debug, Clone, PartialEq)]
pub enum Marker {
    /// A vertical line.
    Line {
        /// Where.
        x: f64,
        /// What it is.
        label: String,
    },
    /// A shaded range.
    Range {
        /// From.
        low: f64,
        /// To.
        high: f64,
        /// What it is.
        label: String,
    },
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Name in the legend; one without is not in it.
    pub name: String,
    /// Palette slot, the same for an option in every chart.
    pub colour: usize,
    /// A broken line, for a second kind of probability of the same option.
    pub dashed: bool,
    /// In rising x; a point without a finite x and y interrupts the curve.
    pub points: Vec<CurvePoint>,
    /// A place on it that has a name.
    pub mark: Option<Mark>,
    /// Written at the end of the line, such as "63 % (never: 37 %)".
    pub end_note: Option<String>,
}

/// A place on a curve, with what is written beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub x: f64,
    /// How high.
    pub y: f64,
    /// What is there.
    pub label: String,
}

/// A point of a curve and its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Month, volume, or the value of an input.
    pub x: f64,
    /// A probability, 0 to 1, or a mean cost.
    pub y: f64,
    /// Lower end of the error band.
    pub low: f64,
    /// Upper end of the error band.
    pub high: f64,
}

/// Draws the curves.
pub fn curves(chart: &Curves, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Curves) {
    let plot = lay_out(canvas, chart);
    draw_background(canvas, &plot, chart);
    let lines = segments::draw(canvas, &plot, &chart.series);
    chart.series.iter().for_each(|curve| draw_mark(canvas, &plot, curve));
    end_labels::draw(canvas, &plot, end_notes(&chart.series, &lines, canvas.look));
    if lines.iter().all(Vec::is_empty) {
        frame::no_data(canvas, plot.area);
    }
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &Curves) -> Plot {
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, canvas.look), top);
    let notes: Vec<&str> = chart.series.iter().filter_map(|curve| curve.end_note.as_deref()).collect();
    let frame = Frame {
        top,
        top_room: if chart.marker.is_some() { LABEL_ROW } else { 0.0 },
        left_room: 0.0,
        right_room: end_labels::room(canvas, &notes),
        bottom_room: 0.0,
        x_label: &chart.x_label,
        y_label: &chart.y_label,
        x: x_axis(chart),
        y: Axis::probability(),
    };
    frame.lay_out(canvas)
}

fn entries(chart: &Curves, look: &Palette) -> Vec<LegendEntry> {
    let swatch = |curve: &Curve| {
        let colour = look.colour(curve.colour);
        if curve.dashed { Swatch::Dashed(colour) } else { Swatch::Line(colour) }
    };
    let named = chart.series.iter().filter(|curve| !curve.name.is_empty());
    let mut entries: Vec<LegendEntry> =
        named.map(|curve| LegendEntry::new(swatch(curve), curve.name.as_str())).collect();
    let points = || chart.series.iter().flat_map(|curve| &curve.points);
    if points().any(|point| point.high - point.low > VISIBLE_BAND) {
        entries.push(LegendEntry::new(Swatch::Band, "95\u{a0}% error of the simulation"));
    }
    entries
}

fn x_axis(chart: &Curves) -> Axis {
    let marker = match &chart.marker {
        Some(Marker::Line { x, .. }) => vec![*x],
        Some(Marker::Range { low, high, .. }) => vec![*low, *high],
        None => Vec::new(),
    };
    let points = chart.series.iter().flat_map(|curve| &curve.points).filter(|point| point.y.is_finite());
    let x: Vec<f64> = points.map(|point| point.x).collect();
    let range = chart.x_scale.range(x.iter().copied().chain(marker));
    // Break-even is counted from the start on, even if the first months are missing.
    let from_start = matches!(chart.x_scale, XScale::Months(_));
    let range = if from_start { range.map(Range::with_zero) } else { range };
    chart.x_scale.axis(range, x.into_iter())
}

/// Marker, grid, and the line above which something is likelier than not.
fn draw_background(canvas: &mut Canvas<'_>, plot: &Plot, chart: &Curves) {
    let area = plot.area;
    let marked = match &chart.marker {
        Some(Marker::Line { x, label }) => plot.x(*x).map(|x| (x, x, label)),
        Some(Marker::Range { low, high, label }) => plot.x(*low).zip(plot.x(*high)).map(|(a, b)| (a, b, label)),
        None => None,
    };
    if let Some((from, to, _)) = marked {
        canvas.rect((from, area.top), (to, area.bottom), canvas.look.shade, 1.0);
    }
    plot.draw_columns(canvas);
    plot.draw_rows(canvas);
    if let Some(half) = plot.y(0.5) {
        canvas.horizontal(half, area.left, area.right, canvas.look.axis);
    }
    if let Some((from, to, label)) = marked {
        draw_marker(canvas, plot, (from, to), label);
    }
}

fn draw_marker(canvas: &mut Canvas<'_>, plot: &Plot, (from, to): (f64, f64), label: &str) {
    let area = plot.area;
    for x in [from, to] {
        canvas.dashed(&[(x, area.top - 4.0), (x, area.bottom)], canvas.look.axis, 1.5);
    }
    let letters = Type::label(canvas.look.grey);
    let words = text::fit(canvas, label, letters, area.right - area.left, Keep::Start);
    let half = canvas.width(&words, letters) / 2.0;
    let middle = ((from + to) / 2.0).min(area.right - half).max(area.left + half);
    canvas.text(&words, (middle, area.top - theme::GAP), letters, Anchor::Middle);
}

/// A disc with its label on the side that has room.
pub(super) fn draw_mark(canvas: &mut Canvas<'_>, plot: &Plot, curve: &Curve) {
    let Some(mark) = &curve.mark else { return };
    let Some((x, y)) = plot.point(mark.x, mark.y) else { return };
    let colour = canvas.look.colour(curve.colour);
    canvas.disc((x, y), theme::MAIN_LINE + 3.0, colour);
    let letters = Type::label(canvas.look.text_colour(colour));
    let beside = 2.0 * theme::GAP;
    let (at, anchor) = match x + beside + canvas.width(&mark.label, letters) <= plot.area.right {
        true => (x + beside, Anchor::Start),
        false => (x - beside, Anchor::End),
    };
    canvas.text(&mark.label, (at, y - theme::GAP), letters, anchor);
}

/// What is written at the ends of curves, beside their last points.
pub(super) fn end_notes(series: &[Curve], lines: &[Vec<Vec<Placed>>], look: &Palette) -> Vec<(Point, EndLabel)> {
    let note = |(curve, segments): (&Curve, &Vec<Vec<Placed>>)| {
        let words = curve.end_note.clone()?;
        let end = segments.last()?.last()?.line;
        Some((end, EndLabel { words, colour: look.colour(curve.colour) }))
    };
    series.iter().zip(lines).filter_map(note).collect()
}
