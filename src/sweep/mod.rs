//! A scenario on a grid: one or two of its fields take value after value, with the same random numbers at each point.

mod axis;
mod best;
mod grid;
mod point;
mod range;

pub use axis::{AxisValue, SweepAxis};
pub use best::{BestValue, best_value};
pub use grid::{GridPoint, Sweep, sweep};
pub(crate) use point::{PointRun, run_with};
pub use point::{Stopped, SweepOptions};
pub use range::SweepRange;
