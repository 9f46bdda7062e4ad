//! Figures of stretches of the x axis, written above the plot: what months come to in a year.

use super::canvas::{Anchor, Canvas, Type};
use super::frame::LABEL_ROW;
use super::plot::Plot;
use super::theme;

/// A stretch of the x axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What it is.
    pub name: String,
    /// Its figures: a palette slot, and the words in full and in short.
    pub figures: Vec<(usize, [String; 2])>,
}

/// Room for all of them.
pub fn height(spans: &[Span]) -> f64 {
    let rows = spans.iter().map(|span| 1 + span.figures.len()).max().unwrap_or(0);
    if rows == 0 { 0.0 } else { rows as f64 * LABEL_ROW + theme::GAP }
}

/// Writes each above its stretch, in full where all have room for that.
pub fn draw(canvas: &mut Canvas<'_>, plot: &Plot, spans: &[Span]) {
    let top = plot.area.top - height(spans);
    let ends: Vec<Option<(f64, f64)>> = spans.iter().map(|span| Some((plot.x(span.from)?, plot.x(span.to)?))).collect();
    let style = [0, 1].into_iter().find(|k| {
        spans.iter().zip(&ends).filter_map(|(span, ends)| Some((span, (*ends)?))).all(|(span, (left, right))| {
            let mut fits =
                |words: &str| canvas.width(words, Type::label(canvas.look.grey)) + theme::GAP <= right - left;
            fits(&span.name) && span.figures.iter().all(|(_, words)| fits(&words[*k]))
        })
    });
    let Some(style) = style else { return };
    for (span, (left, right)) in spans.iter().zip(ends).filter_map(|(span, ends)| Some((span, ends?))) {
        let middle = (left + right) / 2.0;
        let mut baseline = top + theme::LABEL_SIZE;
        canvas.text(&span.name, (middle, baseline), Type::label(canvas.look.grey), Anchor::Middle);
        for (slot, words) in &span.figures {
            baseline += LABEL_ROW;
            let colour = canvas.look.text_colour(canvas.look.colour(*slot));
            canvas.text(&words[style], (middle, baseline), Type::label(colour), Anchor::Middle);
        }
        let rule = plot.area.top - theme::GAP / 2.0;
        canvas.horizontal(rule, left + 3.0, right - 3.0, canvas.look.axis);
    }
}
