//! How all charts look: sizes in pixels and weights; their colours are the palette's. No other file holds such a number
//! twice.

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
