//! The sheet: shapes in pixels with fractions, on plotters' SVG backend.
//!
//! Plotters places everything on whole units. The sheet is therefore ten times as fine as the picture and
//! scaled down by the SVG's `viewBox`, so that slowly rising curves are smooth and hair lines can be laid
//! exactly on a row of pixels. A failure is kept and handed over once, at the end.

use plotters::coord::Shift;
use plotters::prelude::{Circle, DrawingArea, IntoDrawingArea, PathElement, Polygon, Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoTextStyle, RGBColor, ShapeStyle, TextStyle};

use super::error::ChartError;
use super::{font, text, theme};
use crate::palette::{Palette, Rgb, Theme};

/// Units of the sheet per pixel.
const FINENESS: f64 = 10.0;
/// Plotters writes a font size of `size / 1.24` into the SVG.
const PLOTTERS_SIZE_PER_EM: f64 = 1.24;
/// Plotters' anchor "top" puts the baseline this far below the given point, in ems.
const BASELINE_EM: f64 = 0.76;

/// A point in pixels from the top left corner.
pub type Point = (f64, f64);

/// Where the given x lies in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At the first letter.
    Start,
    /// In the middle.
    Middle,
    /// After the last letter.
    End,
}

/// Letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Pixels per em.
    pub size: f64,
    /// Bold letters.
    pub bold: bool,
    /// Their colour.
    pub colour: Rgb,
}

impl Type {
    /// The letters of legend, ticks and notes.
    pub const fn label(colour: Rgb) -> Self {
        Self { size: theme::LABEL_SIZE, bold: false, colour }
    }
}

/// A colour as plotters has it.
fn plotters(colour: Rgb) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

/// The sheet while it is drawn on.
pub struct Canvas<'a> {
    /// Its colours.
    pub look: &'static Palette,
    area: DrawingArea<SVGBackend<'a>, Shift>,
    failure: Option<ChartError>,
}

/// Draws on an empty sheet and returns the SVG. `title` is what a screen reader says.
pub fn paint(
    (title, height): (&str, f64),
    theme: Theme,
    draw: impl FnOnce(&mut Canvas<'_>),
) -> Result<String, ChartError> {
    font::register()?;
    let mut svg = String::new();
    let size = ((theme::WIDTH * FINENESS) as u32, (height * FINENESS) as u32);
    let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
    let mut canvas = Canvas { look: theme.palette(), area, failure: None };
    canvas.rect((0.0, 0.0), (theme::WIDTH, height), canvas.look.paper, 1.0);
    draw(&mut canvas);
    let presented = canvas.area.present().map_err(|error| ChartError::Draw(error.to_string()));
    let failure = canvas.failure.take();
    drop(canvas);
    presented?;
    match failure {
        Some(failure) => Err(failure),
        None => Ok(with_own_header(&svg, title, height)),
    }
}

/// Replaces plotters' opening tag: it would show the fine sheet at ten times the size.
fn with_own_header(svg: &str, title: &str, height: f64) -> String {
    let body = svg.split_once('>').map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
         stroke-linejoin=\"round\" font-stretch=\"{}\" text-rendering=\"geometricPrecision\">\n<title>{}</title>{body}",
        theme::WIDTH,
        height,
        theme::WIDTH * FINENESS,
        height * FINENESS,
        font::STRETCH,
        text::escape(&text::clean(title)),
    )
}

fn unit(pixels: f64) -> i32 {
    (pixels * FINENESS).round() as i32
}

fn units(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().map(|&(x, y)| (unit(x), unit(y))).collect()
}

fn style(letters: Type) -> TextStyle<'static> {
    let size = letters.size * FINENESS * PLOTTERS_SIZE_PER_EM;
    let weight = if letters.bold { FontStyle::Bold } else { FontStyle::Normal };
    let plain = (font::FAMILY, size, weight).into_text_style(&(0, 0));
    TextStyle { color: plotters(letters.colour).to_backend_color(), ..plain }
}

impl Canvas<'_> {
    fn keep<T, E: std::fmt::Display>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.failure.get_or_insert(ChartError::Draw(error.to_string())).clone()).ok()
    }

    /// A filled rectangle between two corners.
    pub fn rect(&mut self, a: Point, b: Point, colour: Rgb, alpha: f64) {
        let (low, high) = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0), a.1.max(b.1)));
        let corners = [(unit(low.0), unit(low.1)), (unit(high.0), unit(high.1))];
        let drawn = self.area.draw(&Rectangle::new(corners, plotters(colour).mix(alpha).filled()));
        self.keep(drawn);
    }

    /// A filled polygon.
    pub fn polygon(&mut self, points: &[Point], colour: Rgb, alpha: f64) {
        let drawn = self.area.draw(&Polygon::new(units(points), plotters(colour).mix(alpha).filled()));
        self.keep(drawn);
    }

    /// A line through the points.
    pub fn line(&mut self, points: &[Point], colour: Rgb, width: f64) {
        let style =
            ShapeStyle { color: plotters(colour).to_rgba(), filled: false, stroke_width: unit(width).max(1) as u32 };
        let drawn = self.area.draw(&PathElement::new(units(points), style));
        self.keep(drawn);
    }

    /// A broken line through the points.
    pub fn dashed(&mut self, points: &[Point], colour: Rgb, width: f64) {
        for dash in dashes(points, width * 3.5, width * 2.5) {
            self.line(&dash, colour, width);
        }
    }

    /// A dotted line through the points.
    pub fn dotted(&mut self, points: &[Point], colour: Rgb, width: f64) {
        for dot in dashes(points, width, width * 2.0) {
            self.line(&dot, colour, width);
        }
    }

    /// An error from left to right, with ends of so much to either side.
    pub fn error(&mut self, (low, high): (f64, f64), y: f64, half: f64) {
        self.line(&[(low, y), (high, y)], self.look.ink, theme::THIN_LINE);
        for x in [low, high] {
            self.line(&[(x, y - half), (x, y + half)], self.look.ink, theme::THIN_LINE);
        }
    }

    /// A hair line from left to right on exactly one row of pixels.
    pub fn horizontal(&mut self, y: f64, from: f64, to: f64, colour: Rgb) {
        let y = y.floor() + 0.5;
        self.line(&[(from, y), (to, y)], colour, theme::HAIR_LINE);
    }

    /// A hair line from top to bottom on exactly one column of pixels.
    pub fn vertical(&mut self, x: f64, from: f64, to: f64, colour: Rgb) {
        let x = x.floor() + 0.5;
        self.line(&[(x, from), (x, to)], colour, theme::HAIR_LINE);
    }

    /// A filled circle.
    pub fn disc(&mut self, centre: Point, radius: f64, colour: Rgb) {
        let place = (unit(centre.0), unit(centre.1));
        let drawn = self.area.draw(&Circle::new(place, unit(radius), plotters(colour).filled()));
        self.keep(drawn);
    }

    /// A ring with a dot that can be seen on any colour: a given point.
    pub fn target(&mut self, centre: Point) {
        let Palette { paper, ink, .. } = *self.look;
        for (radius, colour) in [(12.0, paper), (10.0, ink), (7.0, paper), (3.5, ink)] {
            self.disc(centre, radius, colour);
        }
    }

    /// A line of text; `at.1` is its baseline.
    pub fn text(&mut self, words: &str, at: Point, letters: Type, anchor: Anchor) {
        let across = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let top = (unit(at.0), unit(at.1 - BASELINE_EM * letters.size));
        let style = style(letters).pos(Pos::new(across, VPos::Top));
        let drawn = self.area.draw(&Text::new(text::clean(words), top, style));
        self.keep(drawn);
    }

    /// Width of a text in pixels.
    pub fn width(&mut self, words: &str, letters: Type) -> f64 {
        let measured = self.area.estimate_text_size(&text::clean(words), &style(letters));
        let (width, _) = self.keep(measured).unwrap_or_default();
        // Plotters measures a font whose line is `size` high, the SVG has one whose em is `size / 1.24`.
        f64::from(width) / FINENESS * font::LINE_HEIGHT_EM / PLOTTERS_SIZE_PER_EM
    }
}

/// Cuts a line into dashes of one length, whatever the distance of its points.
fn dashes(points: &[Point], dash: f64, gap: f64) -> Vec<Vec<Point>> {
    let mut pieces = vec![points.first().copied().into_iter().collect::<Vec<_>>()];
    let (mut left, mut on) = (dash, true);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = (to.0 - from.0).hypot(to.1 - from.1);
        while length > left {
            let share = left / length;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            length -= left;
            if on {
                pieces.last_mut().into_iter().for_each(|piece| piece.push(from));
            } else {
                pieces.push(vec![from]);
            }
            on = !on;
            left = if on { dash } else { gap };
        }
        left -= length;
        if on {
            pieces.last_mut().into_iter().for_each(|piece| piece.push(to));
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}
