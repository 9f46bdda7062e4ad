//! The rows above a histogram: mean and range of each option, and what lies outside the bins.

use super::canvas::{Anchor, Canvas, Type};
use super::histogram::HistogramSeries;
use super::plot::Plot;
use super::{number, theme};

const ROW: f64 = 32.0;
const SMALLEST_ROW: f64 = 5.0;
const MOST: f64 = 260.0;
/// Below this size a label cannot be read and is left out.
const SMALLEST_LETTERS: f64 = 10.0;

/// Height of all rows.
pub fn height(options: usize) -> f64 {
    let gap = if options == 0 { 0.0 } else { theme::GAP };
    row_height(options) * options as f64 + gap
}

fn row_height(options: usize) -> f64 {
    (MOST / options.max(1) as f64).clamp(SMALLEST_ROW.min(MOST / options.max(1) as f64), ROW)
}

/// Room for the labels beside the plot.
pub fn room(canvas: &mut Canvas<'_>, series: &[HistogramSeries], letters: Type) -> f64 {
    let labels = series.iter().flat_map(|series| [left_label(series), right_label(series)]).flatten();
    let widest = labels.map(|label| canvas.width(&label, letters)).fold(0.0, f64::max);
    if widest > 0.0 { widest + theme::GAP } else { 0.0 }
}

fn left_label(series: &HistogramSeries) -> Option<String> {
    (series.below > 0.0).then(|| format!("← {}", number::percent(series.below)))
}

fn right_label(series: &HistogramSeries) -> Option<String> {
    (series.above > 0.0).then(|| format!("{} →", number::percent(series.above)))
}

/// Draws the rows and, where wanted, the lines of the means down through the histogram.
pub fn draw(canvas: &mut Canvas<'_>, plot: &Plot, series: &[HistogramSeries], mean_lines: bool) {
    let row = row_height(series.len());
    let top = plot.area.top - height(series.len());
    for (i, series) in series.iter().enumerate() {
        let middle = top + (i as f64 + 0.5) * row;
        draw_tails(canvas, plot, series, (middle, row));
        if mean_lines {
            draw_mean_line(canvas, plot, series, middle);
        }
        draw_range(canvas, plot, series, (middle, row));
    }
}

fn draw_tails(canvas: &mut Canvas<'_>, plot: &Plot, series: &HistogramSeries, (middle, row): (f64, f64)) {
    let colour = canvas.look.text_colour(canvas.look.colour(series.colour));
    let letters = Type { size: theme::LABEL_SIZE.min(row * 0.95), ..Type::label(colour) };
    if letters.size < SMALLEST_LETTERS {
        return;
    }
    let baseline = middle + letters.size * 0.36;
    if let Some(label) = left_label(series) {
        canvas.text(&label, (plot.area.left - theme::GAP, baseline), letters, Anchor::End);
    }
    if let Some(label) = right_label(series) {
        canvas.text(&label, (plot.area.right + theme::GAP, baseline), letters, Anchor::Start);
    }
}

fn draw_range(canvas: &mut Canvas<'_>, plot: &Plot, series: &HistogramSeries, (middle, row): (f64, f64)) {
    let colour = canvas.look.colour(series.colour);
    if let (Some(low), Some(high)) = (plot.x(series.p5), plot.x(series.p95)) {
        let half = (row * 0.09).clamp(1.0, 2.5);
        canvas.rect((low, middle - half), (high, middle + half), colour, 1.0);
    }
    if let Some(mean) = mean_place(plot, series) {
        canvas.disc((mean, middle), (row * 0.25).clamp(2.0, 7.0), colour);
    }
}

fn draw_mean_line(canvas: &mut Canvas<'_>, plot: &Plot, series: &HistogramSeries, from: f64) {
    if let Some(mean) = mean_place(plot, series) {
        let colour = canvas.look.text_colour(canvas.look.colour(series.colour));
        canvas.dashed(&[(mean, from), (mean, plot.area.bottom)], colour, theme::THIN_LINE);
    }
}

/// A mean beyond the bins has no place: on the edge it would be wrong.
fn mean_place(plot: &Plot, series: &HistogramSeries) -> Option<f64> {
    let place = plot.x.position(series.mean)?;
    if (0.0..=1.0).contains(&place) { plot.x(series.mean) } else { None }
}
