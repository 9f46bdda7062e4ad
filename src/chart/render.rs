//! From the SVG text to the bytes of the file.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::canvas::{self, Canvas};
use super::error::ChartError;
use super::font;
use super::theme;
use crate::palette::Theme;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// Pixels: 1600 by 1000, a slide by 900, the same on every machine.
    Png,
    /// Vectors. The viewer's own font is used where it lacks DejaVu Sans Condensed.
    Svg,
}

/// How a chart is drawn, whatever it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartStyle {
    /// The kind of file.
    pub format: ImageFormat,
    /// Its colours.
    pub theme: Theme,
}

impl ImageFormat {
    /// What the names of such files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// Draws on a sheet and returns the file's bytes. `title` is what a screen reader says.
pub fn file(title: &str, style: ChartStyle, draw: impl FnOnce(&mut Canvas<'_>)) -> Result<Vec<u8>, ChartError> {
    sheet(title, theme::HEIGHT, style, draw)
}

/// The same on a sheet of another height.
pub fn sheet(
    title: &str,
    height: f64,
    style: ChartStyle,
    draw: impl FnOnce(&mut Canvas<'_>),
) -> Result<Vec<u8>, ChartError> {
    let svg = canvas::paint((title, height), style.theme, draw)?;
    match style.format {
        ImageFormat::Svg => Ok(svg.into_bytes()),
        ImageFormat::Png => png(&svg),
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
