//! What can go wrong while a chart is made.

use std::fmt;

/// A chart that could not be made. It never concerns the data: any data give a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartError {
    /// The drawing library refused a shape or a text.
    Draw(String),
    /// The drawing could not be turned into pixels.
    Render(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draw(why) => write!(f, "cannot draw the chart: {why}"),
            Self::Render(why) => write!(f, "cannot turn the chart into a picture: {why}"),
        }
    }
}

impl std::error::Error for ChartError {}
