//! From the SVG text to the bytes of the file.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::error::ChartError;
use super::font;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pixels: 1600 by 1000, the same on every machine.
    Png,
    /// Vectors. The viewer's own font is used where it lacks DejaVu Sans Condensed.
    Svg,
}

/// The file's bytes.
pub fn encode(svg: String, format: Format) -> Result<Vec<u8>, ChartError> {
    match format {
        Format::Svg => Ok(svg.into_bytes()),
        Format::Png => png(&svg),
    }
}

fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    let tree = parse(svg)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| ChartError::Render("no memory for the picture".into()))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| ChartError::Render(error.to_string()))
}

/// Reads the SVG text with the built-in fonts.
pub(super) fn parse(svg: &str) -> Result<Tree, ChartError> {
    let options = Options { fontdb: font::database(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| ChartError::Render(error.to_string()))
}
