//! One slide: the verdict, what each option costs and how sure that is, and the few figures that carry it.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::error::ChartError;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::text::{self, Keep};
use super::theme;
use super::unit::AxisUnit;

/// Height of the picture, 9 of its width's 16.
pub const HEIGHT: f64 = 0.5625 * theme::WIDTH;
/// Where the facts begin.
const FACTS: f64 = HEIGHT - 250.0;
/// More options are not drawn.
const MOST: usize = 8;
/// The share of the sheet that names may take.
const NAMES: f64 = 0.25;
/// Room for one tick label of the x axis.
const TICK_ROOM: f64 = 150.0;
/// Letters of a fact's figure.
const FIGURE_SIZE: f64 = 54.0;
/// Lines of a fact's words.
const LINES: usize = 3;
/// The thickest a range may be.
const BAR: f64 = 16.0;

/// The slide's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// The verdict in a sentence.
    pub heading: Heading,
    /// Name of the x axis, with its unit.
    pub x_label: String,
    /// The unit of the x axis.
    pub unit: AxisUnit,
    /// The options.
    pub costs: Vec<SlideCost>,
    /// Side by side, from the left.
    pub facts: Vec<Fact>,
}

/// What an option costs.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideCost {
    /// Its name.
    pub name: String,
    /// Palette slot, the same for an option in every chart.
    pub colour: usize,
    /// The ends of its 90 % range.
    pub range: [f64; 2],
    /// Its mean.
    pub mean: f64,
}

/// A figure with what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// In large letters.
    pub figure: String,
    /// Below it.
    pub words: String,
}

/// Draws the slide.
pub fn slide(chart: &Slide, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::sheet(&chart.heading.title, HEIGHT, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &Slide) {
    let top = heading::draw(canvas, &chart.heading);
    let mut entries = vec![LegendEntry::new(Swatch::Range, "mean and 90\u{a0}% range")];
    if chart.costs.len() > MOST {
        entries.push(LegendEntry::new(Swatch::Blank, format!("{} more are not shown", chart.costs.len() - MOST)));
    }
    let top = legend::draw(canvas, &entries, top);
    let shown: Vec<&SlideCost> = chart.costs.iter().filter(|cost| cost.mean.is_finite()).take(MOST).collect();
    let plot = lay_out(canvas, chart, &shown, top);
    plot.draw_columns(canvas);
    plot.label_columns(canvas, Type::label(canvas.look.grey));
    let row = (plot.area.bottom - plot.area.top) / shown.len().max(1) as f64;
    for (i, cost) in shown.iter().enumerate() {
        draw_cost(canvas, &plot, (cost, chart.unit), (plot.area.top + (i as f64 + 0.5) * row, row));
    }
    draw_facts(canvas, &chart.facts);
}

fn lay_out(canvas: &mut Canvas<'_>, chart: &Slide, shown: &[&SlideCost], top: f64) -> Plot {
    let letters = Type { bold: true, ..Type::label(canvas.look.ink) };
    let names = shown.iter().map(|cost| canvas.width(&text::clean(&cost.name), letters)).fold(0.0, f64::max);
    let amounts = shown.iter().map(|cost| canvas.width(&chart.unit.write(cost.mean), letters)).fold(0.0, f64::max);
    let area = Area {
        left: (theme::MARGIN + names.min(NAMES * theme::WIDTH) + 2.0 * theme::GAP + amounts + theme::BLOCK_GAP).ceil(),
        top: top + theme::BLOCK_GAP,
        right: theme::WIDTH - theme::MARGIN - theme::BLOCK_GAP,
        bottom: FACTS - 4.2 * theme::LABEL_SIZE,
    };
    let letters = Type::label(canvas.look.grey);
    let label = text::fit(canvas, &chart.x_label, letters, area.right - area.left, Keep::Start);
    let middle = ((area.left + area.right) / 2.0, area.bottom + theme::GAP + 2.6 * letters.size);
    canvas.text(&label, middle, letters, Anchor::Middle);
    let range = Range::of(shown.iter().flat_map(|cost| [cost.range[0], cost.mean, cost.range[1]]));
    let range = range.map_or(Range { low: 0.0, high: 1.0 }, Range::with_zero);
    Plot { area, x: Axis::amounts(range, (area.right - area.left) / TICK_ROOM, chart.unit), y: Axis::probability() }
}

/// Name, mean and range, from the left.
fn draw_cost(canvas: &mut Canvas<'_>, plot: &Plot, (cost, unit): (&SlideCost, AxisUnit), (middle, row): (f64, f64)) {
    let colour = canvas.look.colour(cost.colour);
    let letters = Type { size: theme::LABEL_SIZE.min(0.8 * row), bold: true, colour: canvas.look.text_colour(colour) };
    let baseline = middle + 0.36 * letters.size;
    let name = text::fit(canvas, &text::clean(&cost.name), letters, NAMES * theme::WIDTH, Keep::Ends);
    canvas.text(&name, (theme::MARGIN, baseline), letters, Anchor::Start);
    let amount = unit.write(cost.mean);
    canvas.text(&amount, (plot.area.left - theme::BLOCK_GAP, baseline), letters, Anchor::End);
    let [Some(low), Some(high), Some(mean)] = [cost.range[0], cost.range[1], cost.mean].map(|x| plot.x(x)) else {
        return;
    };
    let half = (0.25 * row).min(BAR / 2.0);
    canvas.rect((low, middle - half), (high, middle + half), colour, 0.35);
    canvas.disc((mean, middle), 1.3 * half, colour);
}

fn draw_facts(canvas: &mut Canvas<'_>, facts: &[Fact]) {
    let width = (theme::WIDTH - 2.0 * theme::MARGIN) / facts.len().max(1) as f64;
    canvas.horizontal(FACTS, theme::MARGIN, theme::WIDTH - theme::MARGIN, canvas.look.axis);
    for (i, fact) in facts.iter().enumerate() {
        let (left, room) = (theme::MARGIN + i as f64 * width, width - theme::BLOCK_GAP);
        let letters = Type { size: FIGURE_SIZE, bold: true, colour: canvas.look.ink };
        let figure = text::fit(canvas, &fact.figure, letters, room, Keep::Start);
        let mut baseline = FACTS + 0.4 * FIGURE_SIZE + FIGURE_SIZE;
        canvas.text(&figure, (left, baseline), letters, Anchor::Start);
        let letters = Type { size: theme::SUBTITLE_SIZE, bold: false, colour: canvas.look.grey };
        for line in text::wrap(canvas, &text::clean(&fact.words), letters, room, LINES) {
            baseline += theme::LEADING * letters.size;
            canvas.text(&line, (left, baseline + 0.4 * letters.size), letters, Anchor::Start);
        }
    }
}
