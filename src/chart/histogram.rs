//! The costs of all options on the same bins: what was counted, without smoothing.

use super::axis::Axis;
use super::canvas::{Canvas, Point, Type};
use super::error::ChartError;
use super::frame::{self, Frame};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::Plot;
use super::range::Range;
use super::render::{self, ChartStyle};
use super::unit::AxisUnit;
use super::{summary_rows, theme};
use crate::palette::Palette;

/// With more options fillings would hide each other; their outlines remain.
const FEW: usize = 5;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with the currency.
    pub x_label: String,
    /// The unit of the costs.
    pub unit: AxisUnit,
    /// Name of the y axis, whose ticks are percentages.
    pub y_label: String,
    /// Rising edges of the bins, one more than there are bins.
    pub edges: Vec<f64>,
    /// Whether the bins have one ratio rather than one width; their edges are above zero then.
    pub log: bool,
    /// The options.
    pub series: Vec<HistogramSeries>,
}

/// The trials of one option.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistogramSeries {
    /// Name in the legend.
    pub name: String,
    /// Palette slot, the same for an option in every chart.
    pub colour: usize,
    /// Share of the trials in each bin.
    pub shares: Vec<f64>,
    /// Share of the trials below the first edge.
    pub below: f64,
    /// Share of the trials above the last edge.
    pub above: f64,
    /// Mean of all trials.
    pub mean: f64,
    /// 5 % of the trials lie below.
    pub p5: f64,
    /// 95 % of the trials lie below.
    pub p95: f64,
}

/// Draws the histogram.
pub fn histogram(chart: &Histogram, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Histogram) {
    let plot = lay_out(canvas, chart);
    let (few, look) = (chart.series.len() <= FEW, canvas.look);
    plot.draw_rows(canvas);
    let outline = |series: &HistogramSeries| (look.colour(series.colour), outline(&plot, &chart.edges, &series.shares));
    let outlines: Vec<_> = chart.series.iter().map(outline).collect();
    for (colour, outline) in outlines.iter().filter(|_| few) {
        canvas.polygon(outline, *colour, 0.28);
    }
    for (colour, outline) in &outlines {
        canvas.line(outline, *colour, theme::THIN_LINE);
    }
    if let Some(zero) = plot.x(0.0) {
        canvas.vertical(zero, plot.area.top, plot.area.bottom, canvas.look.axis);
    }
    summary_rows::draw(canvas, &plot, &chart.series, few);
    if outlines.iter().all(|(_, outline)| outline.is_empty()) {
        frame::no_data(canvas, plot.area);
    }
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &Histogram) -> Plot {
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, canvas.look), top);
    let tails = summary_rows::room(canvas, &chart.series, Type::label(canvas.look.grey));
    let frame = Frame {
        top,
        top_room: summary_rows::height(chart.series.len()),
        left_room: tails,
        right_room: tails,
        bottom_room: 0.0,
        x_label: &chart.x_label,
        y_label: &chart.y_label,
        x: x_axis(chart),
        y: Axis::shares(largest_share(chart), 5.0),
    };
    frame.lay_out(canvas)
}

/// From the first edge to the last.
pub(super) fn x_axis(chart: &Histogram) -> Axis {
    let edges = Range::of(chart.edges.iter().copied()).unwrap_or(Range { low: 0.0, high: 1.0 });
    if chart.log { Axis::log(edges, chart.unit) } else { Axis::exact(edges, 8.0, chart.unit) }
}

fn entries(chart: &Histogram, look: &Palette) -> Vec<LegendEntry> {
    let few = chart.series.len() <= FEW;
    let entry = |series: &HistogramSeries| LegendEntry {
        swatch: Swatch::Area(look.colour(series.colour)),
        name: series.name.clone(),
        detail: if series.mean.is_finite() && few {
            format!("mean {}", chart.unit.write(series.mean))
        } else {
            String::new()
        },
    };
    let mut entries: Vec<LegendEntry> = chart.series.iter().map(entry).collect();
    if !entries.is_empty() {
        entries.push(LegendEntry::new(Swatch::Range, "mean and 90\u{a0}% range"));
    }
    if chart.series.iter().any(|series| series.below > 0.0 || series.above > 0.0) {
        entries.push(LegendEntry::new(Swatch::Tails, "share beyond the bins"));
    }
    entries
}

fn largest_share(chart: &Histogram) -> f64 {
    let shares = chart.series.iter().flat_map(|series| series.shares.iter().copied());
    Range::of(shares).map_or(0.0, |range| range.high)
}

/// The steps, from the axis up and back to the axis; bins that cannot be drawn are as if empty.
fn outline(plot: &Plot, edges: &[f64], shares: &[f64]) -> Vec<Point> {
    let Some(ground) = plot.y(0.0) else {
        return Vec::new();
    };
    let mut points = Vec::new();
    for (edge, &share) in edges.windows(2).zip(shares) {
        let (Some(left), Some(right)) = (plot.x(edge[0]), plot.x(edge[1])) else {
            continue;
        };
        let height = plot.y(share).unwrap_or(ground);
        if points.is_empty() {
            points.push((left, ground));
        }
        points.extend([(left, height), (right, height)]);
    }
    if let Some(&(right, _)) = points.last() {
        points.push((right, ground));
    }
    points
}
