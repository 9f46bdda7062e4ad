//! Charts for people who decide: plain data in, a PNG or an SVG out.
//!
//! The module knows nothing about the simulation. Each chart is a struct of names and numbers and a
//! function that turns it into the bytes of a file; the same data give the same bytes. Whatever cannot be
//! drawn (a NaN, an infinite value, a missing bin) is left out; with nothing left the chart says so.
//!
//! Fonts are built in, so that a picture is the same on every machine.

mod amount_curves;
mod axis;
mod bars;
mod canvas;
mod colour_bar;
mod contour;
mod cost_lines;
mod curves;
mod end_labels;
mod error;
mod fan;
mod font;
mod forecast;
mod frame;
mod goal;
mod grid;
mod grid_axis;
mod heading;
mod histogram;
mod histogram_cumulative;
mod inputs;
mod legend;
mod map;
mod months;
mod number;
mod one_way;
mod panels;
mod plot;
mod range;
mod render;
mod segments;
mod slide;
mod spans;
mod stack;
mod stacked;
mod summary_rows;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod ticks;
mod tornado;
mod tornado_rows;
mod unit;
mod winners;
mod x_scale;

pub use crate::palette::Theme;
pub use amount_curves::{AmountCurves, amount_curves};
pub use bars::{Bar, Bars, bars};
pub use cost_lines::{CostBar, CostLines, cost_lines};
pub use curves::{Curve, CurvePoint, Curves, Mark, Marker, curves};
pub use error::ChartError;
pub use fan::{Fan, FanSeries, fan};
pub use font::missing_letter;
pub use forecast::{Expected, Forecast, ForecastPanel, forecast};
pub use goal::{GoalChart, GoalMark, goal};
pub use grid_axis::MapAxis;
pub use heading::Heading;
pub use histogram::{Histogram, HistogramSeries, histogram};
pub use histogram_cumulative::histogram_cumulative;
pub use inputs::{InputPanel, InputShape, InputsChart, inputs};
pub use map::{MapChart, map};
pub use months::MonthOne;
pub use number::percent;
pub use one_way::{OneWay, OneWayPanel, one_way};
pub use render::{ChartStyle, ImageFormat};
pub use slide::{Fact, Slide, SlideCost, slide};
pub use spans::Span;
pub use stack::largest_lines;
pub use stacked::{Panel, StackLine, Stacked, stacked};
pub use tornado::{TORNADO_BARS, TornadoBar, TornadoChart, TornadoEnd, tornado};
pub use unit::AxisUnit;
pub use winners::{Winners, winners};
pub use x_scale::XScale;
