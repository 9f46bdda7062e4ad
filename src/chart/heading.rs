//! The finding, in words, above every chart.

use super::canvas::{Anchor, Canvas, Type};
use super::{text, theme};

/// Lines of growing, then of lesser weight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// Of what the picture is, wherever it is shown; one line, or empty.
    pub scenario: String,
    /// States the finding; wrapped onto two lines if long.
    pub title: String,
    /// What was simulated and how; one line, or empty.
    pub subtitle: String,
}

/// Draws the heading and returns where it ends.
pub fn draw(canvas: &mut Canvas<'_>, heading: &Heading) -> f64 {
    let title = Type { size: theme::TITLE_SIZE, bold: true, colour: canvas.look.ink };
    let scenario = Type::label(canvas.look.grey);
    let subtitle = Type { size: theme::SUBTITLE_SIZE, bold: false, colour: canvas.look.grey };
    let mut y = theme::MARGIN - 10.0;
    let parts =
        [(&heading.scenario, scenario, 1, 0.0), (&heading.title, title, 2, 0.0), (&heading.subtitle, subtitle, 1, 4.0)];
    for (words, letters, lines, above) in parts {
        y += above;
        for line in text::wrap(canvas, words, letters, theme::WIDTH - 2.0 * theme::MARGIN, lines) {
            y += letters.size * theme::LEADING;
            // The room below the baseline is for the letters that reach down.
            canvas.text(&line, (theme::MARGIN, y - 0.3 * letters.size), letters, Anchor::Start);
        }
    }
    y
}
