//! What the options cost along the range of single inputs: a panel per input, all on one scale of costs.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Point, Type};
use super::curves::Curve;
use super::error::ChartError;
use super::frame;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::panels::{self, Gaps};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::segments::{self, Placed};
use super::unit::AxisUnit;
use crate::palette::Palette;

/// Between neighbouring panels.
const BETWEEN: f64 = 44.0;
/// Room for a tick label of an input.
const TICK_ROOM: f64 = 95.0;
/// An input that is positive and varies by more than this factor has a logarithmic axis.
const FAR: f64 = 12.0;
/// Costs that are further from zero than this share of the largest are not drawn from zero on: lines are compared with
/// each other.
const NEAR_ZERO: f64 = 0.4;
/// Free beside the outermost of single values, as a share of the distance between them.
const BESIDE: f64 = 0.08;
/// Free above and below the lines, as a share of their range.
const HEADROOM: f64 = 0.06;
/// Narrower error bands, as shares of the axis, cannot be seen and need no explanation.
const VISIBLE_BAND: f64 = 0.006;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct OneWay {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the y axis, with the currency.
    pub y_label: String,
    /// The unit of the costs.
    pub unit: AxisUnit,
    /// The inputs; more than thirty are not drawn.
    pub panels: Vec<OneWayPanel>,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct OneWayPanel {
    /// Its name, above the panel.
    pub name: String,
    /// Written below the name, such as "explains 43 %".
    pub note: String,
    /// Of its values.
    pub unit: AxisUnit,
    /// The options' costs by the input's value; those of one name and colour are one entry of the legend.
    pub curves: Vec<Curve>,
    /// Values at which another option becomes the cheapest.
    pub crossings: Vec<f64>,
}

/// Draws the panels.
pub fn one_way(chart: &OneWay, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &OneWay) {
    let shown = &chart.panels[..chart.panels.len().min(panels::MOST)];
    let range = costs(shown);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(chart, shown, range, canvas.look), top);
    let letters = panels::letters(canvas, shown.len());
    let y = Axis::exact(range, if panels::are_few(shown.len()) { 4.0 } else { 2.0 }, chart.unit);
    let whole = panels::place(canvas, &y, ("", &chart.y_label), top, letters);
    draw_panels(canvas, shown, (whole, &y), letters);
    if shown.is_empty() {
        frame::no_data(canvas, whole);
    }
}

fn draw_panels(canvas: &mut Canvas<'_>, shown: &[OneWayPanel], (whole, y): (Area, &Axis), letters: Type) {
    let gaps = Gaps { above: 3.2 * letters.size, below: 2.6 * letters.size, between: BETWEEN };
    let areas = panels::areas(whole, shown.len(), gaps);
    let names = shown.iter().map(|panel| panel.name.as_str());
    let room = areas.first().map_or(0.0, |area| area.right - area.left);
    let bold = panels::name_letters(canvas, names, room, letters);
    let (_, columns) = panels::grid(shown.len());
    for (i, area) in areas.into_iter().enumerate() {
        let plot = Plot { area, x: x_axis(&shown[i], area), y: y.clone() };
        draw_panel(canvas, &plot, &shown[i], letters);
        panels::name(canvas, (area, 1.9 * letters.size), &shown[i].name, bold);
        panels::name(canvas, (area, 0.6 * letters.size), &shown[i].note, letters);
        if i % columns == 0 {
            plot.label_rows(canvas, letters);
        }
    }
}

fn curves(panels: &[OneWayPanel]) -> impl Iterator<Item = &Curve> {
    panels.iter().flat_map(|panel| &panel.curves)
}

fn entries(chart: &OneWay, shown: &[OneWayPanel], range: Range, look: &Palette) -> Vec<LegendEntry> {
    let mut named: Vec<(&str, usize)> = Vec::new();
    for curve in curves(shown) {
        if !named.contains(&(curve.name.as_str(), curve.colour)) {
            named.push((&curve.name, curve.colour));
        }
    }
    let mut entries: Vec<LegendEntry> =
        named.into_iter().map(|(name, slot)| LegendEntry::new(Swatch::Line(look.colour(slot)), name)).collect();
    let points = || curves(shown).flat_map(|curve| &curve.points);
    if points().any(|point| point.high - point.low > VISIBLE_BAND * (range.high - range.low)) {
        entries.push(LegendEntry::new(Swatch::Band, "95\u{a0}% error of the simulation"));
    }
    if shown.iter().any(|panel| !panel.crossings.is_empty()) {
        entries.push(LegendEntry::new(Swatch::Target, "another option becomes the cheapest"));
    }
    if chart.panels.len() > shown.len() {
        entries
            .push(LegendEntry::new(Swatch::Blank, format!("{} more are not shown", chart.panels.len() - shown.len())));
    }
    entries
}

/// From the lowest to the highest cost of all panels, so that they can be compared.
fn costs(shown: &[OneWayPanel]) -> Range {
    let values = curves(shown).flat_map(|curve| &curve.points).filter(|point| point.x.is_finite()).map(|point| point.y);
    let range = Range::of(values).unwrap_or(Range { low: 0.0, high: 1.0 }).widened();
    let free = HEADROOM * (range.high - range.low);
    let padded = Range { low: range.low - free, high: range.high + free };
    let from_zero = range.low >= 0.0 && range.low <= NEAR_ZERO * range.high;
    if from_zero { Range { low: 0.0, ..padded } } else { padded }
}

fn x_axis(panel: &OneWayPanel, area: Area) -> Axis {
    let drawable = |point: &&super::CurvePoint| point.y.is_finite();
    let values = panel.curves.iter().flat_map(|curve| &curve.points).filter(drawable).map(|point| point.x);
    let range = Range::of(values).unwrap_or(Range { low: 0.0, high: 1.0 });
    if range.low > 0.0 && range.high > FAR * range.low {
        return Axis::log(range, panel.unit);
    }
    let target = (area.right - area.left) / TICK_ROOM;
    match panel.curves.iter().find(|curve| curve.dashed) {
        Some(single) => {
            let values: Vec<f64> = single.points.iter().map(|point| point.x).collect();
            let free = BESIDE * (range.high - range.low);
            let range = Range { low: range.low - free, high: range.high + free };
            Axis::at_or_exact(range, &values, target, panel.unit)
        }
        None => Axis::exact(range, target, panel.unit),
    }
}

fn draw_panel(canvas: &mut Canvas<'_>, plot: &Plot, panel: &OneWayPanel, letters: Type) {
    plot.draw_rows(canvas);
    let lines: Vec<Vec<Vec<Placed>>> = panel.curves.iter().map(|curve| segments::of(plot, curve)).collect();
    // All bands first: none may hide a line.
    for (curve, pieces) in panel.curves.iter().zip(&lines) {
        pieces.iter().for_each(|piece| segments::draw_band(canvas, piece, curve));
    }
    for (curve, pieces) in panel.curves.iter().zip(&lines) {
        pieces.iter().for_each(|piece| segments::draw_line(canvas, piece, curve));
        if curve.dashed {
            pieces.iter().for_each(|piece| segments::draw_points(canvas, piece, curve));
        }
    }
    canvas.horizontal(plot.area.bottom, plot.area.left, plot.area.right, canvas.look.axis);
    plot.label_columns_within(canvas, letters, BETWEEN / 2.0 - 2.0);
    draw_crossings(canvas, plot, (panel, &lines), letters);
    if lines.iter().all(Vec::is_empty) {
        frame::no_data(canvas, plot.area);
    }
}

/// Marks the crossings on the lowest line, each tied to its value on the axis.
/// How far the values of a panel's input spread.
fn span(panel: &OneWayPanel) -> f64 {
    let x = panel.curves.iter().flat_map(|curve| &curve.points).map(|point| point.x).filter(|x| x.is_finite());
    Range::of(x).map_or(0.0, |range| range.high - range.low)
}

fn draw_crossings(
    canvas: &mut Canvas<'_>,
    plot: &Plot,
    (panel, lines): (&OneWayPanel, &[Vec<Vec<Placed>>]),
    letters: Type,
) {
    let letters = Type { colour: canvas.look.ink, ..letters };
    let mut free_from = f64::NEG_INFINITY;
    for &at in &panel.crossings {
        let inside = plot.x.position(at).is_some_and(|place| (0.0..=1.0).contains(&place));
        let Some(x) = plot.x(at).filter(|_| inside) else { continue };
        let Some(y) = lines.iter().flatten().filter_map(|piece| height(piece, x)).reduce(f64::max) else { continue };
        canvas.dashed(&[(x, y), (x, plot.area.bottom)], canvas.look.axis, 1.5);
        canvas.target((x, y));
        let words = panel.unit.write_among(at, span(panel));
        let half = canvas.width(&words, letters) / 2.0 + 5.0;
        let middle = x.max(plot.area.left + half).min(plot.area.right - half);
        if middle - half >= free_from {
            // On the axis, unless the mark is there.
            let on_axis = plot.area.bottom - 0.75 * letters.size;
            let is_free = on_axis - y > 1.4 * letters.size;
            let at = if is_free { on_axis } else { y - 1.6 * letters.size };
            write_beside(canvas, (middle, at), (&words, half), letters);
            free_from = middle + half;
        }
    }
}

/// On the paper's colour, for it may lie on lines.
fn write_beside(canvas: &mut Canvas<'_>, (x, middle): Point, (words, half): (&str, f64), letters: Type) {
    let reach = 0.6 * letters.size;
    canvas.rect((x - half, middle - reach), (x + half, middle + reach), canvas.look.paper, 0.9);
    canvas.text(words, (x, middle + 0.36 * letters.size), letters, Anchor::Middle);
}

/// Where a line is at a place across the sheet, if it reaches there.
fn height(piece: &[Placed], x: f64) -> Option<f64> {
    let (a, b) = piece.windows(2).map(|pair| (pair[0].line, pair[1].line)).find(|(a, b)| a.0 <= x && x <= b.0)?;
    let share = if b.0 > a.0 { (x - a.0) / (b.0 - a.0) } else { 0.0 };
    Some(a.1 + share * (b.1 - a.1))
}

#[cfg(test)]
mod tests {
    use super::super::CurvePoint;
    use super::*;

    fn panel(lines: &[[f64; 2]]) -> OneWayPanel {
        let point = |x: f64, y: f64| CurvePoint { x, y, low: y, high: y };
        let curve = |(colour, ends): (usize, &[f64; 2])| Curve {
            name: String::new(),
            colour,
            dashed: false,
            points: vec![point(1.0, ends[0]), point(3.0, ends[1])],
            mark: None,
            end_note: None,
        };
        let curves = lines.iter().enumerate().map(curve).collect();
        OneWayPanel { name: String::new(), note: String::new(), unit: AxisUnit::Plain, curves, crossings: Vec::new() }
    }

    #[test]
    fn costs_near_zero_are_drawn_from_zero_on() {
        assert_eq!(costs(&[panel(&[[10.0, 100.0]])]).low, 0.0);
        assert!(costs(&[panel(&[[90.0, 100.0]])]).low > 80.0);
        assert!(costs(&[panel(&[[-10.0, 100.0]])]).low < -10.0);
        assert_eq!(costs(&[]), costs(&[panel(&[[f64::NAN, f64::NAN]])]));
    }

    #[test]
    fn a_crossing_lies_on_the_lowest_line() {
        let panel = panel(&[[0.0, 100.0], [100.0, 0.0], [200.0, 200.0]]);
        let area = Area { left: 0.0, top: 0.0, right: 200.0, bottom: 200.0 };
        let y = Axis::exact(Range { low: 0.0, high: 200.0 }, 4.0, AxisUnit::Plain);
        let plot = Plot { area, x: x_axis(&panel, area), y };
        let lines: Vec<_> = panel.curves.iter().map(|curve| segments::of(&plot, curve)).collect();
        let heights: Vec<f64> = lines.iter().flatten().filter_map(|piece| height(piece, 100.0)).collect();
        assert_eq!(heights, [150.0, 150.0, 0.0]);
        assert_eq!(height(&lines[0][0], 201.0), None);
    }
}
