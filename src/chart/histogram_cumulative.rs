//! The share of trials that cost at most so much, by option: what was counted, bin by bin.

use super::axis::Axis;
use super::canvas::{Canvas, Point};
use super::end_labels::{self, EndLabel};
use super::error::ChartError;
use super::frame::{self, Frame};
use super::heading;
use super::histogram::{self, Histogram, HistogramSeries};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::Plot;
use super::render::{self, ChartStyle};
use super::{number, theme};
use crate::palette::Palette;

/// Draws the bins of a histogram added up from the left, with what lies below the first edge and without what lies
/// above the last. Between two edges, where nothing was counted, the line is straight.
pub fn histogram_cumulative(chart: &Histogram, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Histogram) {
    let plot = lay_out(canvas, chart);
    plot.draw_columns(canvas);
    plot.draw_rows(canvas);
    if let Some(half) = plot.y(0.5) {
        canvas.horizontal(half, plot.area.left, plot.area.right, canvas.look.axis);
    }
    let look = canvas.look;
    let lines: Vec<_> = chart.series.iter().map(|series| (series, line(&plot, &chart.edges, series))).collect();
    for (series, points) in &lines {
        canvas.line(points, look.colour(series.colour), theme::MAIN_LINE);
    }
    let note = |(series, points): &(&HistogramSeries, Vec<Point>)| {
        let label = EndLabel { words: beyond(series)?, colour: look.colour(series.colour) };
        Some((*points.last()?, label))
    };
    end_labels::draw(canvas, &plot, lines.iter().filter_map(note).collect());
    if lines.iter().all(|(_, points)| points.is_empty()) {
        frame::no_data(canvas, plot.area);
    }
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &Histogram) -> Plot {
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, canvas.look), top);
    let notes: Vec<String> = chart.series.iter().filter_map(beyond).collect();
    let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    let frame = Frame {
        top,
        top_room: 0.0,
        left_room: 0.0,
        right_room: end_labels::room(canvas, &notes),
        bottom_room: 0.0,
        x_label: &chart.x_label,
        y_label: &chart.y_label,
        x: histogram::x_axis(chart),
        y: Axis::probability(),
    };
    frame.lay_out(canvas)
}

fn entries(chart: &Histogram, look: &Palette) -> Vec<LegendEntry> {
    let entry =
        |series: &HistogramSeries| LegendEntry::new(Swatch::Line(look.colour(series.colour)), series.name.as_str());
    let mut entries: Vec<LegendEntry> = chart.series.iter().map(entry).collect();
    if chart.series.iter().any(|series| beyond(series).is_some()) {
        entries.push(LegendEntry::new(Swatch::Tails, "share beyond the axis"));
    }
    entries
}

/// What costs more than the axis shows.
fn beyond(series: &HistogramSeries) -> Option<String> {
    (series.above > 0.0).then(|| format!("{} →", number::percent(series.above)))
}

/// Straight from edge to edge; a share that is no number counts as none.
fn line(plot: &Plot, edges: &[f64], series: &HistogramSeries) -> Vec<Point> {
    let counted = |share: f64| if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let mut sum = counted(series.below);
    let mut points: Vec<Point> = edges.first().and_then(|&edge| plot.point(edge, sum)).into_iter().collect();
    for (&edge, &share) in edges.iter().skip(1).zip(&series.shares) {
        sum += counted(share);
        points.extend(plot.point(edge, sum));
    }
    if points.len() > 1 { points } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::plot::Area;
    use super::super::range::Range;
    use super::super::unit::AxisUnit;
    use super::*;

    #[test]
    fn tails_are_counted() {
        let area = Area { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };
        let x = Axis::exact(Range { low: 0.0, high: 10.0 }, 5.0, AxisUnit::Plain);
        let plot = Plot { area, x, y: Axis::probability() };
        let series =
            HistogramSeries { shares: vec![0.5, f64::NAN], below: 0.25, above: 0.25, ..HistogramSeries::default() };
        assert_eq!(line(&plot, &[0.0, 4.0, 10.0], &series), [(0.0, 75.0), (40.0, 25.0), (100.0, 25.0)]);
        assert_eq!(beyond(&series).as_deref(), Some("25\u{a0}% →"));
        assert_eq!(line(&plot, &[], &series), []);
    }
}
