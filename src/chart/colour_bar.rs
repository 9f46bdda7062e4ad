//! Colours for probabilities, and the bar that explains them.

use crate::palette::Rgb;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Type};
use super::frame::LABEL_ROW;
use super::plot::{Area, Plot};
use super::text::{self, Keep};
use super::theme;
use crate::math;
use crate::palette::{Palette, mix};

const WIDTH: f64 = 28.0;
const BESIDE: f64 = 24.0;
/// As fine as can be told apart; what is equal is drawn in one piece.
const STEPS: f64 = 100.0;
/// How much paper and how much ink are in the colours of 0 and of 100 %.
const FAINTEST: f64 = 0.9;
const STRONGEST: f64 = 0.6;

/// From nearly the paper through the option's colour to one of its hue near the ink. Equal steps of probability are equal
/// steps of lightness, so that it reads the same in grey and with any kind of colour blindness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColourScale {
    faint: Rgb,
    middle: Rgb,
    strong: Rgb,
    /// The probability that has the option's own colour.
    own: f64,
}

impl ColourScale {
    /// The scale of an option.
    pub fn of(slot: usize, look: &Palette) -> Self {
        let middle = look.colour(slot);
        let (faint, strong) = (mix(middle, look.paper, FAINTEST), mix(middle, look.ink, STRONGEST));
        let [start, between, end] = [faint, middle, strong].map(lightness);
        Self { faint, middle, strong, own: ((start - between) / (start - end)).clamp(0.05, 0.95) }
    }

    /// The colour of a probability, if it is a number.
    pub fn colour(&self, probability: f64) -> Option<Rgb> {
        if !probability.is_finite() {
            return None;
        }
        let place = (probability.clamp(0.0, 1.0) * STEPS).round() / STEPS;
        Some(if place < self.own {
            mix(self.faint, self.middle, place / self.own)
        } else {
            mix(self.middle, self.strong, (place - self.own) / (1.0 - self.own))
        })
    }
}

/// The lightness that is seen, 0 to 100.
fn lightness(Rgb(red, green, blue): Rgb) -> f64 {
    let light = |part: u8| math::pow(f64::from(part) / 255.0, 2.2);
    let luminance = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
    116.0 * math::pow(luminance, 1.0 / 3.0) - 16.0
}

/// Room for the bar and its labels right of the plot.
pub fn room(canvas: &mut Canvas<'_>) -> f64 {
    let letters = Type::label(canvas.look.grey);
    let widest = Axis::probability().ticks.iter().map(|tick| canvas.width(&tick.label, letters)).fold(0.0, f64::max);
    (BESIDE + WIDTH + theme::GAP + widest).ceil()
}

/// Room for the bar's name above the plot, if it has none beside the name of the y axis.
pub fn top_room(canvas: &mut Canvas<'_>, label: &str, y_label: &str) -> f64 {
    let letters = Type::label(canvas.look.grey);
    let needed = canvas.width(label, letters) + canvas.width(y_label, letters) + 4.0 * theme::GAP;
    let beside = !y_label.is_empty() && needed <= theme::WIDTH - 2.0 * theme::MARGIN;
    if beside || label.is_empty() { 0.0 } else { LABEL_ROW }
}

/// Draws the bar right of the plot, with its name on top.
pub fn draw(canvas: &mut Canvas<'_>, area: Area, scale: &ColourScale, (label, top_room): (&str, f64)) {
    let left = area.right + BESIDE;
    let bar = Plot { area: Area { left, right: left + WIDTH, ..area }, x: Axis::probability(), y: Axis::probability() };
    draw_steps(canvas, &bar, scale);
    for tick in &bar.y.ticks {
        let Some(y) = bar.y(tick.value) else { continue };
        let at = (bar.area.right + theme::GAP, y + theme::LABEL_SIZE * 0.36);
        canvas.text(&tick.label, at, Type::label(canvas.look.grey), Anchor::Start);
    }
    let letters = Type::label(canvas.look.grey);
    let label = text::fit(canvas, &text::clean(label), letters, theme::WIDTH - 2.0 * theme::MARGIN, Keep::Start);
    let above = if top_room > 0.0 { theme::GAP } else { 0.8 * LABEL_ROW };
    canvas.text(&label, (theme::WIDTH - theme::MARGIN, area.top - above), letters, Anchor::End);
}

fn draw_steps(canvas: &mut Canvas<'_>, bar: &Plot, scale: &ColourScale) {
    // From the top down, each to the bottom: no seams.
    for step in (0..=STEPS as usize).rev() {
        let probability = step as f64 / STEPS;
        let upper = bar.y((probability + 0.5 / STEPS).min(1.0));
        if let (Some(colour), Some(top)) = (scale.colour(probability), upper) {
            canvas.rect((bar.area.left, top), (bar.area.right, bar.area.bottom), colour, 1.0);
        }
    }
    if let Some(half) = bar.y(0.5) {
        canvas.line(&[(bar.area.left, half), (bar.area.right, half)], canvas.look.ink, theme::THIN_LINE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::palette::{COLOURS, Theme};

    #[test]
    fn every_option_leaves_the_paper_with_probability() {
        let slots = (0..3 * COLOURS).flat_map(|slot| [(slot, Theme::Light, -1.0), (slot, Theme::Dark, 1.0)]);
        for (slot, theme, sign) in slots {
            let scale = ColourScale::of(slot, theme.palette());
            let shades: Vec<f64> =
                (0..=10).filter_map(|tenth| scale.colour(f64::from(tenth) / 10.0)).map(lightness).collect();
            assert!(shades.windows(2).all(|pair| sign * (pair[1] - pair[0]) > 1.0), "{slot}: {shades:?}");
        }
        let scale = ColourScale::of(0, Theme::Light.palette());
        assert_eq!(scale.colour(f64::NAN), None);
        assert_eq!(scale.colour(7.0), scale.colour(1.0));
    }
}
