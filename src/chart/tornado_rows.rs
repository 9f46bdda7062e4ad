//! A row of a tornado: two bars from the base, each with its error, its disc and the input's value.

use crate::palette::Rgb;

use super::canvas::{Anchor, Canvas, Type};
use super::plot::Plot;
use super::text::{self, Keep};
use super::theme;
use super::tornado::{TornadoBar, TornadoEnd};

/// The widest a bar may be, and what it takes of its row.
const BAR: f64 = 44.0;
const TAKEN: f64 = 0.66;
/// The same for each of two bars that lie one above the other, with what is free between them.
const LANE: f64 = 27.0;
const LANE_TAKEN: f64 = 0.43;
const LANE_GAP: f64 = 2.0;
/// The widest an input's value may be.
const INPUT: f64 = 150.0;
const DISC: f64 = 7.0;
/// Half the height of the ends of an error, and how many pixels it must reach to be drawn.
const CAP: f64 = 5.0;
const VISIBLE: f64 = 3.0;

/// The side of the base to which a bar goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// To lower outcomes.
    Left,
    /// To higher ones.
    Right,
}

impl Side {
    fn other(self) -> Self {
        if self == Self::Left { Self::Right } else { Self::Left }
    }

    /// So many pixels farther out.
    fn out(self, x: f64, by: f64) -> f64 {
        if self == Self::Left { x - by } else { x + by }
    }
}

/// What the bars of a row have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TornadoRow {
    /// Where the bars start.
    pub base: f64,
    /// The middle of the row in pixels.
    pub middle: f64,
    /// Its height.
    pub height: f64,
    /// Whether discs are drawn.
    pub discs: bool,
}

/// The sides of the low and of the high end. One without effect keeps out of the other's way.
pub fn sides(bar: &TornadoBar, base: f64) -> (Side, Side) {
    let side = |end: &TornadoEnd| match end.outcome - base {
        ..0.0 => Some(Side::Left),
        distance if distance > 0.0 => Some(Side::Right),
        _ => None,
    };
    match (side(&bar.low), side(&bar.high)) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low.other()),
        (None, Some(high)) => (high.other(), high),
        (None, None) => (Side::Left, Side::Right),
    }
}

/// Room for what stands beyond an end.
pub fn beyond(canvas: &mut Canvas<'_>, end: &TornadoEnd, discs: bool) -> f64 {
    let disc = if discs && end.cheapest.is_some() { theme::GAP + 2.0 * DISC } else { 0.0 };
    disc + theme::GAP + canvas.width(&text::clean(&end.input), Type::label(canvas.look.grey)).min(INPUT)
}

/// Draws the row.
pub fn draw(canvas: &mut Canvas<'_>, plot: &Plot, bar: &TornadoBar, row: TornadoRow) {
    let letters = Type { size: theme::LABEL_SIZE.min(0.8 * row.height), ..Type::label(canvas.look.ink) };
    let room = plot.area.left - theme::MARGIN - theme::GAP;
    let name = text::fit(canvas, &text::clean(&bar.name), letters, room, Keep::Ends);
    let at = (plot.area.left - theme::GAP, row.middle + letters.size * 0.36);
    canvas.text(&name, at, letters, Anchor::End);
    let (low, high) = sides(bar, row.base);
    let tones = (canvas.look.low, canvas.look.high);
    let [upper, lower] = lanes(row, collide(plot, bar, row.base));
    draw_end(canvas, plot, &bar.low, (low, tones.0), TornadoRow { middle: upper.0, height: upper.1, ..row });
    draw_end(canvas, plot, &bar.high, (high, tones.1), TornadoRow { middle: lower.0, height: lower.1, ..row });
}

/// Whether both bars on one line would lie on each other, or an error of one on the other.
fn collide(plot: &Plot, bar: &TornadoBar, base: f64) -> bool {
    let both = bar.low.outcome.is_finite() && bar.high.outcome.is_finite();
    let (low, high) = sides(bar, base);
    let crosses = |(end, side): (&TornadoEnd, Side)| match (error(plot, end), plot.x(base)) {
        (Some((_, reach)), Some(base)) if side == Side::Left => reach > base,
        (Some((reach, _)), Some(base)) => reach < base,
        _ => false,
    };
    both && (low == high || [(&bar.low, low), (&bar.high, high)].into_iter().any(crosses))
}

/// Middle and height of both bars: on one line, or one above the other if they would collide.
fn lanes(row: TornadoRow, apart: bool) -> [(f64, f64); 2] {
    if apart {
        let height = (LANE_TAKEN * row.height).min(LANE);
        let shift = (height + LANE_GAP) / 2.0;
        [(row.middle - shift, height), (row.middle + shift, height)]
    } else {
        [(row.middle, (TAKEN * row.height).min(BAR)); 2]
    }
}

/// One bar; `lane` has its own middle and height.
fn draw_end(canvas: &mut Canvas<'_>, plot: &Plot, end: &TornadoEnd, (side, tone): (Side, Rgb), lane: TornadoRow) {
    let (Some(base), Some(tip)) = (plot.x(lane.base), plot.x(end.outcome)) else { return };
    let half = lane.height / 2.0;
    let (top, bottom) = ((lane.middle - half).round(), (lane.middle + half).round());
    canvas.rect((base, top), (tip, bottom), tone, 1.0);
    let mut edge = tip;
    if let Some((low, high)) = error(plot, end) {
        canvas.error((low, high), lane.middle, CAP.min(0.6 * half));
        edge = if side == Side::Left { tip.min(low) } else { tip.max(high) };
    }
    if let Some(slot) = end.cheapest.filter(|_| lane.discs) {
        let radius = DISC.min(0.8 * half);
        canvas.disc((side.out(edge, theme::GAP + radius), lane.middle), radius, canvas.look.colour(slot));
        edge = side.out(edge, theme::GAP + 2.0 * radius);
    }
    write_input(canvas, &end.input, (side, side.out(edge, theme::GAP)), lane);
}

/// An error that can be seen.
fn error(plot: &Plot, end: &TornadoEnd) -> Option<(f64, f64)> {
    let (low, high) = (plot.x(end.error.0)?, plot.x(end.error.1)?);
    (high - low >= VISIBLE).then_some((low, high))
}

fn write_input(canvas: &mut Canvas<'_>, input: &str, (side, x): (Side, f64), lane: TornadoRow) {
    // Figures are lower than their line: they may be larger than the bar and still keep apart.
    let letters = Type { size: theme::LABEL_SIZE.min(1.15 * lane.height), ..Type::label(canvas.look.grey) };
    let words = text::fit(canvas, &text::clean(input), letters, INPUT, Keep::Ends);
    let anchor = if side == Side::Left { Anchor::End } else { Anchor::Start };
    canvas.text(&words, (x, lane.middle + letters.size * 0.36), letters, anchor);
}

#[cfg(test)]
mod tests {
    use super::super::axis::Axis;
    use super::super::plot::Area;
    use super::super::range::Range;
    use super::super::unit::AxisUnit;
    use super::*;
    use crate::palette::Theme;

    fn bar(low: f64, high: f64) -> TornadoBar {
        let end = |outcome| TornadoEnd { outcome, error: (outcome, outcome), ..TornadoEnd::default() };
        TornadoBar { name: String::new(), low: end(low), high: end(high) }
    }

    #[test]
    fn an_end_without_effect_keeps_out_of_the_way() {
        assert_eq!(sides(&bar(1.0, 9.0), 5.0), (Side::Left, Side::Right));
        assert_eq!(sides(&bar(9.0, 1.0), 5.0), (Side::Right, Side::Left));
        assert_eq!(sides(&bar(5.0, 1.0), 5.0), (Side::Right, Side::Left));
        assert_eq!(sides(&bar(5.0, 5.0), 5.0), (Side::Left, Side::Right));
        assert_eq!(sides(&bar(6.0, 9.0), 5.0), (Side::Right, Side::Right));
    }

    /// The rectangles of a row in pixels: left, top, right, bottom.
    fn drawn(bar: &TornadoBar) -> Vec<[f64; 4]> {
        let area = Area { left: 100.0, top: 100.0, right: 1100.0, bottom: 200.0 };
        let x = Axis::exact(Range { low: 0.0, high: 10.0 }, 5.0, AxisUnit::Plain);
        let plot = Plot { area, x, y: Axis::probability() };
        let row = TornadoRow { base: 5.0, middle: 150.0, height: 100.0, discs: false };
        let svg =
            super::super::canvas::paint(("", 1000.0), Theme::Light, |canvas| draw(canvas, &plot, bar, row)).unwrap();
        let field = |line: &str, name: &str| -> f64 {
            let rest = line.split_once(&format!(" {name}=\"")).unwrap().1;
            rest.split('"').next().unwrap().parse::<f64>().unwrap() / 10.0
        };
        let rect = |line: &str| {
            let [x, y, w, h] = ["x", "y", "width", "height"].map(|name| field(line, name));
            [x, y, x + w, y + h]
        };
        // The first one is the sheet.
        svg.lines().filter(|line| line.starts_with("<rect")).skip(1).map(rect).collect()
    }

    #[test]
    fn ends_on_both_sides_meet_at_the_base() {
        assert_eq!(drawn(&bar(3.0, 9.0)), [[400.0, 128.0, 600.0, 172.0], [600.0, 128.0, 1000.0, 172.0]]);
    }

    #[test]
    fn an_error_across_the_base_keeps_off_the_other_bar() {
        let mut unsure = bar(3.0, 9.0);
        unsure.low.error = (1.0, 6.0);
        let bars = drawn(&unsure);
        assert!(bars[0][3] < bars[1][1], "{bars:?}");
    }

    #[test]
    fn ends_on_one_side_are_two_bars_one_above_the_other() {
        let bars = drawn(&bar(9.0, 6.0));
        let [[left, _, right, bottom], [other_left, other_top, other_right, _]] = bars[..] else { unreachable!() };
        assert_eq!((left, right), (600.0, 1000.0));
        assert_eq!((other_left, other_right), (600.0, 700.0));
        assert!(bottom < other_top, "{bars:?}");
    }
}
