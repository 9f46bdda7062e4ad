//! A curve on the sheet: the pieces between its missing points, each with its error band.

use super::canvas::{Canvas, Point};
use super::curves::{Curve, CurvePoint};
use super::plot::Plot;
use super::theme;

/// A point of a curve on the sheet: the line, and the ends of the band where it has one.
pub struct Placed {
    /// The curve itself.
    pub line: Point,
    band: Option<(Point, Point)>,
}

/// The unbroken pieces of a curve.
pub fn of(plot: &Plot, curve: &Curve) -> Vec<Vec<Placed>> {
    let place = |point: &CurvePoint| {
        let line = plot.point(point.x, point.y)?;
        Some(Placed { line, band: plot.point(point.x, point.low).zip(plot.point(point.x, point.high)) })
    };
    let mut segments = vec![Vec::new()];
    for point in &curve.points {
        match (place(point), segments.last_mut()) {
            (Some(placed), Some(segment)) => segment.push(placed),
            _ => segments.push(Vec::new()),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

/// Draws curves with their bands, and hands back the segments of each. All bands first: none may hide a line.
pub fn draw(canvas: &mut Canvas<'_>, plot: &Plot, series: &[Curve]) -> Vec<Vec<Vec<Placed>>> {
    let lines: Vec<Vec<Vec<Placed>>> = series.iter().map(|curve| of(plot, curve)).collect();
    for (curve, pieces) in series.iter().zip(&lines) {
        pieces.iter().for_each(|piece| draw_band(canvas, piece, curve));
    }
    for (curve, pieces) in series.iter().zip(&lines) {
        pieces.iter().for_each(|piece| draw_line(canvas, piece, curve));
    }
    lines
}

/// Draws the error band of a piece.
pub fn draw_band(canvas: &mut Canvas<'_>, segment: &[Placed], curve: &Curve) {
    let bands: Vec<(Point, Point)> = segment.iter().filter_map(|placed| placed.band).collect();
    let lower = bands.iter().map(|&(low, _)| low);
    let outline: Vec<Point> = lower.chain(bands.iter().rev().map(|&(_, high)| high)).collect();
    if bands.len() > 1 {
        canvas.polygon(&outline, canvas.look.colour(curve.colour), 0.2);
    } else if let [(low, high)] = bands[..] {
        canvas.line(&[low, high], canvas.look.colour(curve.colour), theme::THIN_LINE);
    }
}

/// Draws a piece; one of a single point as a dot.
pub fn draw_line(canvas: &mut Canvas<'_>, segment: &[Placed], curve: &Curve) {
    let points: Vec<Point> = segment.iter().map(|placed| placed.line).collect();
    let colour = canvas.look.colour(curve.colour);
    match points[..] {
        [_] => draw_points(canvas, segment, curve),
        _ if curve.dashed => canvas.dashed(&points, colour, theme::MAIN_LINE),
        _ => canvas.line(&points, colour, theme::MAIN_LINE),
    }
}

/// Draws a dot at every point of a piece: between them there is nothing.
pub fn draw_points(canvas: &mut Canvas<'_>, segment: &[Placed], curve: &Curve) {
    segment
        .iter()
        .for_each(|placed| canvas.disc(placed.line, theme::MAIN_LINE + 1.0, canvas.look.colour(curve.colour)));
}
