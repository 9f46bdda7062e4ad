//! What an option's money is spent on: a bar per option, its cost lines side by side.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::error::ChartError;
use super::frame;
use super::heading::{self, Heading};
use super::legend::{self, LegendEntry, Swatch};
use super::plot::{Area, Plot};
use super::range::Range;
use super::render::{self, ChartStyle};
use super::stack::{Direction, Stack};
use super::stacked::{Panel, StackLine};
use super::text::{self, Keep};
use super::theme;
use super::unit::AxisUnit;
use crate::palette::Palette;

/// More bars than these are not drawn.
const MOST: usize = 24;
/// The widest a bar may be, and what it leaves free between itself and the next.
const BAR: f64 = 110.0;
const FREE: f64 = 0.34;
/// The share of the sheet that names may take.
const NAMES: f64 = 0.26;
/// Room for one tick label of the x axis.
const TICK_ROOM: f64 = 150.0;
/// Bars lower than this have no amounts inside.
const LOWEST: f64 = 24.0;

/// The chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct CostLines {
    /// Title and subtitle.
    pub heading: Heading,
    /// Name of the x axis, with the currency.
    pub x_label: String,
    /// The unit of the amounts.
    pub unit: AxisUnit,
    /// The cost lines with colours of their own, in the order of colours; the others are summed up.
    pub named: Vec<String>,
    /// The options, from above.
    pub options: Vec<CostBar>,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CostBar {
    /// Its name, left of the bar.
    pub name: String,
    /// Names and amounts of its cost lines. Those of one name are one piece; negative ones lie left of zero.
    pub lines: Vec<(String, f64)>,
    /// What it costs in all, written at the end.
    pub total: f64,
}

/// Draws the bars.
pub fn cost_lines(chart: &CostLines, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    render::file(&chart.heading.title, style, |canvas| draw(canvas, chart))
}

fn draw(canvas: &mut Canvas<'_>, chart: &CostLines) {
    let shown = &chart.options[..chart.options.len().min(MOST)];
    let stack = stack(shown, &chart.named);
    let top = heading::draw(canvas, &chart.heading);
    let top = legend::draw(canvas, &entries(&stack, chart.options.len() - shown.len(), canvas.look), top);
    let plot = lay_out(canvas, (chart, shown), &stack, top);
    plot.draw_columns(canvas);
    plot.label_columns(canvas, Type::label(canvas.look.grey));
    let row = (plot.area.bottom - plot.area.top) / shown.len().max(1) as f64;
    for (i, option) in shown.iter().enumerate() {
        let middle = plot.area.top + (i as f64 + 0.5) * row;
        draw_pieces(canvas, &plot, (&stack, i, chart.unit), (middle, row));
        write_ends(canvas, &plot, (&stack, i), (option, chart.unit), (middle, row));
    }
    if let Some(zero) = plot.x(0.0) {
        canvas.vertical(zero, plot.area.top, plot.area.bottom, canvas.look.axis);
    }
    if stack.names.is_empty() {
        frame::no_data(canvas, plot.area);
    }
}

/// The lines of all options under common names, as if of a single month.
fn stack(shown: &[CostBar], named: &[String]) -> Stack {
    let line = |(name, amount): &(String, f64)| StackLine { name: name.clone(), values: vec![*amount] };
    let panel = |option: &CostBar| Panel { name: String::new(), lines: option.lines.iter().map(line).collect() };
    Stack::of(&shown.iter().map(panel).collect::<Vec<_>>(), named)
}

/// Where the pieces of one option's bar end to one side, from zero on; those without an amount end where they begin.
fn ends(stack: &Stack, option: usize, side: Direction) -> Vec<f64> {
    stack.ends(option, side, f64::INFINITY).iter().map(|months| months.first().copied().unwrap_or(0.0)).collect()
}

fn has_negative(stack: &Stack, option: usize) -> bool {
    stack.amounts[option].iter().flatten().any(|amount| *amount < 0.0)
}

fn entries(stack: &Stack, missing: usize, look: &Palette) -> Vec<LegendEntry> {
    let named = stack.names.iter().enumerate();
    let mut entries: Vec<LegendEntry> =
        named.map(|(i, name)| LegendEntry::new(Swatch::Block(look.fill(i)), name.as_str())).collect();
    if (0..stack.amounts.len()).any(|option| has_negative(stack, option)) {
        entries.push(LegendEntry::new(Swatch::Error, "total, where amounts are negative"));
    }
    if missing > 0 {
        entries.push(LegendEntry::new(Swatch::Blank, format!("{missing} more options are not shown")));
    }
    entries
}

fn lay_out(canvas: &mut Canvas<'_>, (chart, shown): (&CostLines, &[CostBar]), stack: &Stack, top: f64) -> Plot {
    let letters = Type::label(canvas.look.ink);
    let bold = Type { bold: true, ..letters };
    let name = |canvas: &mut Canvas<'_>, option: &CostBar| canvas.width(&text::clean(&option.name), letters);
    let names = shown.iter().map(|option| name(canvas, option)).fold(0.0, f64::max).min(NAMES * theme::WIDTH);
    let totals = shown.iter().map(|option| canvas.width(&total(option, chart.unit), bold)).fold(0.0, f64::max);
    let area = Area {
        left: (theme::MARGIN + names + theme::GAP).ceil(),
        top: top + theme::BLOCK_GAP,
        right: (theme::WIDTH - theme::MARGIN - totals - theme::GAP).floor(),
        bottom: frame::bottom(&chart.x_label),
    };
    frame::name_axes(canvas, area, area.top, &chart.x_label, "");
    let sides = [Direction::Down, Direction::Up];
    let all = (0..shown.len()).flat_map(|i| sides.into_iter().flat_map(move |side| ends(stack, i, side)));
    let range = Range::of(all).unwrap_or(Range { low: 0.0, high: 1.0 });
    let x = Axis::amounts(range, (area.right - area.left) / TICK_ROOM, chart.unit);
    Plot { area, x, y: Axis::probability() }
}

fn total(option: &CostBar, unit: AxisUnit) -> String {
    if option.total.is_finite() { unit.write(option.total) } else { String::new() }
}

fn half_height(row: f64) -> f64 {
    ((1.0 - FREE) * row / 2.0).min(BAR / 2.0).round()
}

fn draw_pieces(
    canvas: &mut Canvas<'_>,
    plot: &Plot,
    (stack, option, unit): (&Stack, usize, AxisUnit),
    (middle, row): (f64, f64),
) {
    let half = half_height(row);
    let (top, bottom) = ((middle - half).round(), (middle + half).round());
    for side in [Direction::Up, Direction::Down] {
        let mut from = 0.0;
        for (slot, end) in ends(stack, option, side).into_iter().enumerate() {
            if let (Some(left), Some(right), true) = (plot.x(from), plot.x(end), end != from) {
                canvas.rect((left, top), (right, bottom), canvas.look.fill(slot), 1.0);
                write_inside(canvas, (left, right), middle, (&unit.write(end - from), half));
            }
            from = end;
        }
    }
}

/// The amount in the middle of its piece, if it fits.
fn write_inside(canvas: &mut Canvas<'_>, (a, b): (f64, f64), middle: f64, (words, half): (&str, f64)) {
    let letters = Type::label(canvas.look.on_fill);
    if 2.0 * half >= LOWEST && canvas.width(words, letters) + theme::GAP <= (b - a).abs() {
        canvas.text(words, ((a + b) / 2.0, middle + 0.36 * letters.size), letters, Anchor::Middle);
    }
}

/// Name and total, and a mark at the total where it is not where the bar ends.
fn write_ends(
    canvas: &mut Canvas<'_>,
    plot: &Plot,
    (stack, i): (&Stack, usize),
    (option, unit): (&CostBar, AxisUnit),
    (middle, row): (f64, f64),
) {
    let letters = Type { size: theme::LABEL_SIZE.min(0.8 * row), ..Type::label(canvas.look.ink) };
    let baseline = middle + letters.size * 0.36;
    let room = plot.area.left - theme::MARGIN - theme::GAP;
    let name = text::fit(canvas, &text::clean(&option.name), letters, room, Keep::Ends);
    canvas.text(&name, (plot.area.left - theme::GAP, baseline), letters, Anchor::End);
    let end = ends(stack, i, Direction::Up).last().and_then(|&end| plot.x(end));
    let total_at = plot.x(option.total).filter(|_| has_negative(stack, i));
    let bold = Type { bold: true, ..letters };
    if let Some(end) = end {
        canvas.text(&total(option, unit), (end + theme::GAP, baseline), bold, Anchor::Start);
    }
    if let (Some(x), Some(zero)) = (total_at, plot.x(0.0)) {
        let below = middle + half_height(row) + (0.1 * row).min(8.0);
        canvas.error((zero.min(x), zero.max(x)), below, (0.08 * row).min(5.0));
    }
}
