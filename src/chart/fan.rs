//! Cost by month or by any other amount: the mean, within the range of half and of nine tenths of the trials.
//!
//! Bands of several options would lie on each other in colours that belong to none of them: of several only edges are drawn.

use super::axis::Axis;
use super::canvas::{Canvas, Point};
use super::end_labels::{self, EndLabel};
use super::error::ChartError;
use super::frame::{self, Frame};
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::Plot;
use super::range::Range;
use super::render::{self, ChartStyle};
use super::spans::{self, Span};
use super::theme;
use super::unit::AxisUnit;
use super::x_scale::XScale;
use crate::palette::Palette;

/// With more options the edges of wide bands cannot be followed.
const MOST_WIDE: usize = 4;
/// With more options the ends of the edges have no room for figures.
const MOST_ENDS: usize = 3;

/// How much is drawn of each option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Both bands and the median of the only option.
    Bands,
    /// The wide band of the only option.
    Band,
    /// The edges of the wide bands, and the medians.
    EdgesAndMedians,
    /// The edges of the wide bands.
    Edges,
    /// Means.
    Means,
}

impl Detail {
    fn of(chart: &Fan) -> Self {
        let options = chart.series.len();
        let middle = !lacks_middle(chart);
        match options {
            0 | 1 if middle => Self::Bands,
            0 | 1 => Self::Band,
            2..=MOST_WIDE if middle => Self::EdgesAndMedians,
            2..=MOST_WIDE => Self::Edges,
            _ => Self::Means,
        }
    }

    fn has_edges(self) -> bool {
        self != Self::Means
    }

    fn has_medians(self) -> bool {
        matches!(self, Self::Bands | Self::EdgesAndMedians)
    }

    fn key(self) -> LegendEntry {
        let (swatch, words) = match self {
            Self::Bands => (Swatch::Bands, "mean (dotted: median), 50\u{a0}% and 90\u{a0}% ranges"),
            Self::Band => (Swatch::Band, "mean, 90\u{a0}% range"),
            Self::EdgesAndMedians => (Swatch::Mean, "mean (dotted: median); thin: ends of the 90\u{a0}% range"),
            Self::Edges => (Swatch::Mean, "mean; thin: ends of the 90\u{a0}% range"),
            Self::Means => (Swatch::Mean, "mean"),
        };
        LegendEntry::new(swatch, words)
    }
}

/// Whether only the outer quantiles are given.
fn lacks_middle(chart: &Fan) -> bool {
    let outer = |series: &FanSeries| !(series.p5.is_empty() && series.p95.is_empty());
    let middle = |series: &FanSeries| ![&series.p25, &series.p50, &series.p75].into_iter().all(Vec::is_empty);
    chart.series.iter().any(outer) && !chart.series.iter().any(middle)
}

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with its unit.
    pub x_label: String,
    /// How x is scaled.
    pub x_scale: XScale,
    /// Name of the y axis, with the currency.
    pub y_label: String,
    /// The unit of the costs.
    pub unit: AxisUnit,
    /// The options.
    pub series: Vec<FanSeries>,
    /// Figures of stretches of x, above the plot.
    pub spans: Vec<Span>,
}

/// The cost of one option; all lists go with `x`. Those of the middle half may be empty in all series: then
/// only the mean and the 90 % range are drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FanSeries {
    /// Name in the legend.
    pub name: String,
    /// Palette slot, the same for an option in every chart.
    pub colour: usize,
    /// In rising order.
    pub x: Vec<f64>,
    /// Mean.
    pub mean: Vec<f64>,
    /// 5 % of the trials lie below.
    pub p5: Vec<f64>,
    /// 25 % of the trials lie below.
    pub p25: Vec<f64>,
    /// Half of the trials lie below.
    pub p50: Vec<f64>,
    /// 75 % of the trials lie below.
    pub p75: Vec<f64>,
    /// 95 % of the trials lie below.
    pub p95: Vec<f64>,
}

/// Draws the bands.
pub fn fan(chart: &Fan, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Fan) {
    let plot = lay_out(canvas, chart);
    plot.draw_columns(canvas);
    plot.draw_rows(canvas);
    let detail = Detail::of(chart);
    chart.series.iter().for_each(|series| draw_bands(canvas, &plot, series, detail));
    chart.series.iter().for_each(|series| draw_lines(canvas, &plot, series, detail));
    spans::draw(canvas, &plot, &chart.spans);
    end_labels::draw(canvas, &plot, end_notes(&plot, chart, canvas.look));
    if chart.series.iter().all(|series| path(&plot, series, &series.mean).is_empty()) {
        frame::no_data(canvas, plot.area);
    }
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &Fan) -> Plot {
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, canvas.look), top);
    let ends: Vec<String> =
        chart.series.iter().flat_map(|series| ends(chart, series)).map(|(_, words)| words).collect();
    let ends: Vec<&str> = ends.iter().map(String::as_str).collect();
    let frame = Frame {
        top,
        top_room: spans::height(&chart.spans),
        left_room: 0.0,
        right_room: end_labels::room(canvas, &ends),
        bottom_room: 0.0,
        x_label: &chart.x_label,
        y_label: &chart.y_label,
        x: x_axis(chart),
        y: amounts(chart),
    };
    frame.lay_out(canvas)
}

fn entries(chart: &Fan, look: &Palette) -> Vec<LegendEntry> {
    let entry = |series: &FanSeries| LegendEntry::new(Swatch::Line(look.colour(series.colour)), series.name.as_str());
    chart.series.iter().map(entry).chain([Detail::of(chart).key()]).collect()
}

/// The figures at the ends of an option's lines: the mean, and the 90 % range where there is room.
fn ends<'a>(chart: &Fan, series: &'a FanSeries) -> Vec<(&'a [f64], String)> {
    let last = |values: &[f64]| values.iter().copied().rfind(|value| value.is_finite());
    let end = |values: &'a Vec<f64>, what: &str| {
        last(values).map(|value| (values.as_slice(), format!("{what}{}", chart.unit.write(value))))
    };
    match Detail::of(chart).has_edges() && chart.series.len() <= MOST_ENDS {
        true => [end(&series.p95, "95\u{a0}%: "), end(&series.mean, "mean: "), end(&series.p5, "5\u{a0}%: ")]
            .into_iter()
            .flatten()
            .collect(),
        false => end(&series.mean, "").into_iter().collect(),
    }
}

fn x_axis(chart: &Fan) -> Axis {
    let values = || chart.series.iter().flat_map(|series| series.x.iter().copied());
    chart.x_scale.axis(chart.x_scale.range(values()), values())
}

fn amounts(chart: &Fan) -> Axis {
    let lists = |series: &FanSeries| -> Vec<f64> {
        let outer: &[&Vec<f64>] = if Detail::of(chart).has_edges() { &[&series.p5, &series.p95] } else { &[] };
        outer.iter().copied().chain([&series.mean]).flatten().copied().collect()
    };
    let range = Range::of(chart.series.iter().flat_map(lists));
    Axis::amounts(range.unwrap_or(Range { low: 0.0, high: 1.0 }), 5.0, chart.unit)
}

/// The drawable points of one list.
fn path(plot: &Plot, series: &FanSeries, values: &[f64]) -> Vec<Point> {
    series.x.iter().zip(values).filter_map(|(&x, &value)| plot.point(x, value)).collect()
}

fn draw_bands(canvas: &mut Canvas<'_>, plot: &Plot, series: &FanSeries, detail: Detail) {
    let wide = matches!(detail, Detail::Bands | Detail::Band).then_some((&series.p5, &series.p95, 0.14));
    let narrow = (detail == Detail::Bands).then_some((&series.p25, &series.p75, 0.22));
    for (low, high, alpha) in wide.into_iter().chain(narrow) {
        let mut outline = path(plot, series, low);
        outline.extend(path(plot, series, high).into_iter().rev());
        canvas.polygon(&outline, canvas.look.colour(series.colour), alpha);
    }
}

fn draw_lines(canvas: &mut Canvas<'_>, plot: &Plot, series: &FanSeries, detail: Detail) {
    let colour = canvas.look.colour(series.colour);
    for edge in [&series.p5, &series.p95].into_iter().filter(|_| detail.has_edges()) {
        canvas.line(&path(plot, series, edge), colour, theme::HAIR_LINE);
    }
    if detail.has_medians() {
        canvas.dotted(&path(plot, series, &series.p50), colour, theme::THIN_LINE);
    }
    match path(plot, series, &series.mean)[..] {
        [only] => canvas.disc(only, theme::MAIN_LINE + 1.0, colour),
        ref points => canvas.line(points, colour, theme::MAIN_LINE),
    }
}

fn end_notes(plot: &Plot, chart: &Fan, look: &Palette) -> Vec<(Point, EndLabel)> {
    let notes = |series: &FanSeries| {
        let note = |(values, words): (&[f64], String)| {
            let end = path(plot, series, values).last().copied()?;
            Some((end, EndLabel { words, colour: look.colour(series.colour) }))
        };
        ends(chart, series).into_iter().filter_map(note).collect::<Vec<_>>()
    };
    chart.series.iter().flat_map(notes).collect()
}
