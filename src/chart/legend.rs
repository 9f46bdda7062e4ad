//! The legend: rows above the plot, where it hides nothing.

use crate::palette::Rgb;

use super::canvas::{Anchor, Canvas, Point, Type};
use super::text::{self, Keep};
use super::theme;

const SWATCH_WIDTH: f64 = 34.0;
const ENTRY_GAP: f64 = 34.0;
const ROW_HEIGHT: f64 = theme::LABEL_SIZE * 1.55;
/// Names are cut to the first of these widths with which the legend keeps to `FEW_ROWS`.
const NAME_WIDTHS: [f64; 5] = [620.0, 420.0, 300.0, 210.0, 140.0];
const FEW_ROWS: usize = 3;
const MOST_ROWS: usize = 5;

/// The mark in front of a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Swatch {
    /// A filled area with its outline.
    Area(Rgb),
    /// A plain block.
    Block(Rgb),
    /// A filled circle.
    Disc(Rgb),
    /// A line.
    Line(Rgb),
    /// A broken line.
    Dashed(Rgb),
    /// A line of no option's colour.
    Mean,
    /// A bar with a dot: a range and its mean.
    Range,
    /// A line with ends: an error.
    Error,
    /// An arrow: what lies beyond the axis.
    Tails,
    /// A line in a shaded band.
    Band,
    /// A line in a band in a wider band.
    Bands,
    /// A ring with a dot: a given point.
    Target,
    /// A shaded range.
    Shade,
    /// A broken line of no option's colour.
    Middle,
    /// An empty block: a place without data.
    Outline,
    /// Nothing.
    Blank,
}

impl Swatch {
    /// Whether it stands for a kind of mark and not for one of the series.
    fn explains(self) -> bool {
        !matches!(self, Self::Area(_) | Self::Block(_) | Self::Disc(_) | Self::Line(_) | Self::Dashed(_))
    }
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// What the mark is.
    pub swatch: Swatch,
    /// The name; shortened where needed.
    pub name: String,
    /// A figure after the name; never shortened.
    pub detail: String,
}

impl LegendEntry {
    /// A name without a figure.
    pub fn new(swatch: Swatch, name: impl Into<String>) -> Self {
        Self { swatch, name: name.into(), detail: String::new() }
    }
}

struct Placed {
    entry: LegendEntry,
    x: f64,
    row: usize,
    name_width: f64,
}

/// Draws the rows and returns where they end.
pub fn draw(canvas: &mut Canvas<'_>, entries: &[LegendEntry], top: f64) -> f64 {
    let top = top + theme::BLOCK_GAP;
    let placed = place(canvas, entries);
    for item in &placed {
        draw_entry(canvas, item, top + (item.row as f64 + 0.5) * ROW_HEIGHT);
    }
    let rows = placed.last().map_or(0, |item| item.row + 1);
    top + rows as f64 * ROW_HEIGHT
}

fn place(canvas: &mut Canvas<'_>, entries: &[LegendEntry]) -> Vec<Placed> {
    let mut placed = Vec::new();
    for width in NAME_WIDTHS {
        placed = flow(canvas, entries, width);
        if placed.last().is_none_or(|item| item.row < FEW_ROWS) {
            break;
        }
    }
    let shown = placed.iter().filter(|item| item.row < MOST_ROWS).count();
    if shown < entries.len() {
        // One entry gives way to the line that says how many are missing.
        let kept = shown.saturating_sub(1);
        let rest = LegendEntry::new(Swatch::Blank, format!("+ {} more", entries.len() - kept));
        let mut shortened = entries[..kept].to_vec();
        shortened.push(rest);
        placed = flow(canvas, &shortened, NAME_WIDTHS[NAME_WIDTHS.len() - 1]);
    }
    placed
}

/// Left to right, row after row.
fn flow(canvas: &mut Canvas<'_>, entries: &[LegendEntry], widest: f64) -> Vec<Placed> {
    let letters = Type::label(canvas.look.ink);
    let (mut x, mut row) = (theme::MARGIN, 0);
    let mut placed = Vec::new();
    for entry in entries {
        let widest = if entry.swatch.explains() { NAME_WIDTHS[0] } else { widest };
        let name = text::fit(canvas, &text::clean(&entry.name), letters, widest, Keep::Ends);
        let name_width = canvas.width(&name, letters);
        let mut width = SWATCH_WIDTH + theme::GAP + name_width;
        if !entry.detail.is_empty() {
            width += theme::GAP + canvas.width(&entry.detail, letters);
        }
        if x > theme::MARGIN && x + width > theme::WIDTH - theme::MARGIN {
            (x, row) = (theme::MARGIN, row + 1);
        }
        placed.push(Placed { entry: LegendEntry { name, ..entry.clone() }, x, row, name_width });
        x += width + ENTRY_GAP;
    }
    placed
}

fn draw_entry(canvas: &mut Canvas<'_>, item: &Placed, middle: f64) {
    draw_swatch(canvas, item.entry.swatch, (item.x, middle));
    let colour = if item.entry.swatch.explains() { canvas.look.grey } else { canvas.look.ink };
    let baseline = middle + theme::LABEL_SIZE * 0.36;
    let x = item.x + SWATCH_WIDTH + theme::GAP;
    canvas.text(&item.entry.name, (x, baseline), Type::label(colour), Anchor::Start);
    if !item.entry.detail.is_empty() {
        let x = x + item.name_width + theme::GAP;
        canvas.text(&item.entry.detail, (x, baseline), Type::label(canvas.look.grey), Anchor::Start);
    }
}

fn draw_swatch(canvas: &mut Canvas<'_>, swatch: Swatch, (x, y): (f64, f64)) {
    let (right, middle) = (x + SWATCH_WIDTH, x + SWATCH_WIDTH / 2.0);
    let look = canvas.look;
    let mut block = |half: f64, colour, alpha| canvas.rect((x, y - half), (right, y + half), colour, alpha);
    match swatch {
        Swatch::Area(colour) => {
            block(9.0, colour, 0.3);
            canvas.line(&box_around((x, right), y), colour, theme::THIN_LINE);
        }
        Swatch::Outline => canvas.line(&box_around((x, right), y), look.axis, theme::HAIR_LINE),
        Swatch::Block(colour) => block(9.0, colour, 1.0),
        Swatch::Disc(colour) => canvas.disc((middle, y), 7.0, colour),
        Swatch::Line(colour) => canvas.line(&[(x, y), (right, y)], colour, theme::MAIN_LINE),
        Swatch::Dashed(colour) => canvas.dashed(&[(x, y), (right, y)], colour, theme::MAIN_LINE),
        Swatch::Shade => block(9.0, look.shade, 1.0),
        Swatch::Middle => canvas.dashed(&[(x, y), (right, y)], look.ink, theme::THIN_LINE),
        Swatch::Mean => canvas.line(&[(x, y), (right, y)], look.axis, theme::MAIN_LINE),
        Swatch::Range => {
            block(2.5, look.axis, 1.0);
            canvas.disc((middle, y), 7.0, look.axis);
        }
        Swatch::Error => canvas.error((x + 4.0, right - 4.0), y, 6.0),
        Swatch::Tails => {
            let at = (middle, y + theme::LABEL_SIZE * 0.36);
            canvas.text("←\u{a0}→", at, Type::label(look.grey), Anchor::Middle);
        }
        Swatch::Band | Swatch::Bands => {
            block(10.0, look.axis, 0.25);
            if swatch == Swatch::Bands {
                block(5.0, look.axis, 0.35);
            }
            canvas.line(&[(x, y), (right, y)], look.axis, theme::MAIN_LINE);
        }
        Swatch::Target => canvas.target((middle, y)),
        Swatch::Blank => {}
    }
}

fn box_around((left, right): (f64, f64), y: f64) -> [Point; 5] {
    let (top, bottom) = (y - 9.0, y + 9.0);
    [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
}
