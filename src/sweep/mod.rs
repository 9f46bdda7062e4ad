//! A scenario on a grid: one or two of its fields take value after value, with the same random numbers at each point.

mod axis;
mod best;
mod grid;

pub use axis::{AxisValue, SweepAxis};
pub use best::{BestValue, best_value};
pub use grid::{GridPoint, Stopped, Sweep, SweepOptions, sweep};
