//! The built-in font: plotters measures text with it, the renderer draws with it.

use std::sync::{Arc, OnceLock};

use plotters::style::{FontStyle, register_font};
use resvg::usvg::fontdb::{Database, Source};

use super::error::ChartError;

/// Names in the SVG: the built-in font under both names it goes by, then fonts of nearly the same width for
/// viewers that lack it.
pub const FAMILY: &str = "DejaVu Sans Condensed, DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif";
/// The built-in font is the condensed one of its family.
pub const STRETCH: &str = "condensed";

/// Height of the built-in font's line in ems: plotters measures text by it.
pub const LINE_HEIGHT_EM: f64 = 1.164;

/// Makes the font known to plotters, once per process.
pub fn register() -> Result<(), ChartError> {
    static DONE: OnceLock<bool> = OnceLock::new();
    let done = DONE.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, dejavu::sans_condensed::regular()).is_ok()
            && register_font(FAMILY, FontStyle::Bold, dejavu::sans_condensed::bold()).is_ok()
    });
    if *done { Ok(()) } else { Err(ChartError::Draw("the built-in font is damaged".into())) }
}

/// The first letter that the built-in font does not have, and pictures show as a box.
pub fn missing_letter(text: &str) -> Option<char> {
    let bytes = dejavu::sans_condensed::regular();
    let face = ttf_parser::Face::parse(bytes, 0).ok()?;
    text.chars().find(|c| !c.is_whitespace() && !c.is_control() && face.glyph_index(*c).is_none())
}

/// The fonts for the renderer. Those of the machine are left out: they would change the picture.
pub fn database() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans_condensed::regular())));
        fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans_condensed::bold())));
        fonts.set_sans_serif_family("DejaVu Sans");
        Arc::new(fonts)
    }))
}
