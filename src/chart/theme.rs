//! How all charts look: sizes in pixels, colours, weights. No other file holds such a number twice.

use plotters::style::RGBColor;

/// Width of the picture.
pub const WIDTH: f64 = 1600.0;
/// Height of the picture.
pub const HEIGHT: f64 = 1000.0;
/// Free border around everything.
pub const MARGIN: f64 = 48.0;

/// Letters of the title, per em.
pub const TITLE_SIZE: f64 = 34.0;
/// Letters of the subtitle.
pub const SUBTITLE_SIZE: f64 = 23.0;
/// Letters of legend, ticks, axis names and notes.
pub const LABEL_SIZE: f64 = 21.0;
/// From one baseline to the next, in ems.
pub const LEADING: f64 = 1.3;
/// Between a mark and the text that belongs to it.
pub const GAP: f64 = 10.0;
/// Between blocks: heading, legend, plot.
pub const BLOCK_GAP: f64 = 22.0;

/// The line that carries the message.
pub const MAIN_LINE: f64 = 3.5;
/// Outlines and secondary lines.
pub const THIN_LINE: f64 = 2.0;
/// Grid and axes.
pub const HAIR_LINE: f64 = 1.0;

/// The page.
pub const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Title and panel names.
pub const INK: RGBColor = RGBColor(26, 26, 26);
/// Subtitle, ticks and axis names.
pub const GREY: RGBColor = RGBColor(89, 89, 89);
/// Axis lines and the line of one half.
pub const AXIS: RGBColor = RGBColor(140, 140, 140);
/// Grid.
pub const GRID: RGBColor = RGBColor(228, 228, 228);
/// A shaded range behind the data.
pub const SHADE: RGBColor = RGBColor(238, 238, 238);
/// What is summed up as "other".
pub const OTHER: RGBColor = RGBColor(176, 176, 176);

/// Colours that remain apart with the common kinds of colour blindness: Okabe and Ito's, with Tol's wine
/// and a grey in the place of yellow and black, which are too faint and too loud on white.
const PALETTE: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(136, 34, 85),
    RGBColor(110, 110, 110),
];

/// Colours of cost lines: Tol's light ones, made for areas, with a purple and a brown; none is
/// taken for an option's.
const FILLS: [RGBColor; 9] = [
    RGBColor(119, 170, 221),
    RGBColor(238, 136, 102),
    RGBColor(68, 187, 153),
    RGBColor(238, 221, 136),
    RGBColor(255, 170, 187),
    RGBColor(153, 221, 255),
    RGBColor(170, 170, 0),
    RGBColor(150, 120, 180),
    RGBColor(165, 120, 90),
];

/// How many cost lines have a colour of their own.
pub const MOST_FILLS: usize = FILLS.len();

/// The colour of the n-th cost line; the rest share one.
pub fn fill(slot: usize) -> RGBColor {
    FILLS.get(slot).copied().unwrap_or(OTHER)
}

/// How many colours there are before darker and lighter variants begin.
pub const COLOURS: usize = PALETTE.len();

/// The colour of a slot; after the first eight come darker ones, then lighter ones, then the round repeats.
pub fn colour(slot: usize) -> RGBColor {
    let base = PALETTE[slot % COLOURS];
    match slot / COLOURS % 3 {
        0 => base,
        1 => mix(base, INK, 0.45),
        _ => mix(base, PAPER, 0.45),
    }
}

/// A colour dark enough to write in.
pub fn text_colour(colour: RGBColor) -> RGBColor {
    mix(colour, INK, 0.3)
}

/// `share` of the second colour in the first.
pub fn mix(a: RGBColor, b: RGBColor, share: f64) -> RGBColor {
    let part = |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
    RGBColor(part(a.0, b.0), part(a.1, b.1), part(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_has_its_own_colour() {
        let colours: std::collections::HashSet<_> = (0..3 * COLOURS).map(colour).map(|c| (c.0, c.1, c.2)).collect();
        assert_eq!(colours.len(), 3 * COLOURS);
    }
}
