//! A scenario at many points, with the same random numbers at each: on a grid of one or two of its fields, or with the values
//! of a list.

mod axis;
mod best;
mod figures;
mod grid;
mod list;
mod part;
mod parts;
mod point;
mod points;
mod portfolio;
mod range;
mod shard;
mod walk;

pub use axis::{AxisValue, SweepAxis};
pub use best::{BestValue, best_value};
pub use figures::{OptionFigures, PointFigures, PointOutcome};
pub use grid::{Sweep, sweep};
pub use list::{LARGEST_LIST, PointList};
pub use part::{Part, PartError, PartHeader, PartWriter};
pub use parts::Parts;
pub(crate) use point::{PointRun, run_with};
pub use point::{Stopped, SweepOptions};
pub use points::Points;
pub use portfolio::{Portfolio, PortfolioRow};
pub use range::SweepRange;
pub use shard::Shard;
pub use walk::{Known, Taker, Walk, WalkFindings, Warnings};
