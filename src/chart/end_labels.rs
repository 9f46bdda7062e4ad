//! Notes at the right ends of lines, moved apart where they would overlap.

use crate::palette::Rgb;

use super::canvas::{Anchor, Canvas, Point, Type};
use super::plot::Plot;
use super::text::{self, Keep};
use super::theme;
use crate::palette::mix;

const WIDEST: f64 = 280.0;
const LEADER: f64 = 18.0;
const ROW: f64 = theme::LABEL_SIZE * 1.2;

/// A note and the end of its line.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// What is written.
    pub words: String,
    /// Colour of the line.
    pub colour: Rgb,
}

/// Room needed right of the plot.
pub fn room(canvas: &mut Canvas<'_>, notes: &[&str]) -> f64 {
    let widest = notes.iter().map(|note| canvas.width(note, Type::label(canvas.look.ink))).fold(0.0, f64::max);
    if widest > 0.0 { LEADER + theme::GAP + widest.min(WIDEST) } else { 0.0 }
}

/// Draws the notes, each tied to the end of its line; those without room are left out.
pub fn draw(canvas: &mut Canvas<'_>, plot: &Plot, mut notes: Vec<(Point, EndLabel)>) {
    let area = plot.area;
    notes.truncate(((area.bottom - area.top) / ROW).max(0.0) as usize);
    notes.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
    let wanted: Vec<f64> = notes.iter().map(|((_, y), _)| *y).collect();
    let x = area.right + LEADER;
    for ((end, note), y) in notes.iter().zip(spread(&wanted, ROW, area.top, area.bottom)) {
        let letters = Type::label(canvas.look.text_colour(note.colour));
        let words = text::fit(canvas, &note.words, letters, WIDEST, Keep::Ends);
        let leader = [*end, (area.right.max(end.0) + 2.0, end.1), (x, y)];
        canvas.line(&leader, mix(note.colour, canvas.look.paper, 0.4), theme::HAIR_LINE);
        canvas.text(&words, (x + 0.5 * theme::GAP, y + letters.size * 0.36), letters, Anchor::Start);
    }
}

/// Rising heights at least `gap` apart, as near to the wanted ones as can be: neighbours that would overlap
/// form a block around the mean of their wishes, and blocks that meet join.
fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    // Without the gaps, "apart" means "not falling".
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (i, place) in wanted.iter().enumerate() {
        let mut block = (place - i as f64 * gap, 1);
        while let Some(&(mean, count)) = blocks.last().filter(|last| last.0 > block.0) {
            let sum = mean * count as f64 + block.0 * block.1 as f64;
            block = (sum / (count + block.1) as f64, count + block.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    let highest = high - wanted.len().saturating_sub(1) as f64 * gap;
    let places = blocks.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean, count));
    places.enumerate().map(|(i, place)| place.min(highest).max(low) + i as f64 * gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_moved_apart() {
        assert_eq!(spread(&[10.0, 11.0, 90.0], 5.0, 0.0, 100.0), [8.0, 13.0, 90.0]);
        assert_eq!(spread(&[99.0, 100.0], 5.0, 0.0, 100.0), [95.0, 100.0]);
    }
}
