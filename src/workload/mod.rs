//! What a log of requests says of a month to come: requests, their growth, tokens of a request, with the uncertainty that is
//! left.
//!
//! A [`Tally`] adds up requests as they are read; [`estimate`] makes a [`Workload`] of it, and [`toml`](Workload::toml) the
//! section of a scenario.

mod blocks;

mod estimate;
mod facts;
mod list_cost;
mod local_level;
mod mean_by;
mod model;
mod series;
mod stretches;
mod sums;
mod tally;
mod tokens;
mod toml;
mod volume;

pub use blocks::Blocks;
pub use estimate::{Correlation, EstimateOptions, EstimatedField, EstimatedLaw, Volume, Workload, estimate};
pub use facts::{Facts, cached_beside};
pub use list_cost::token_cost;
pub use local_level::{LevelSum, StudentMixture, local_level};
pub use mean_by::{MeanBy, mean_by, pearson};
pub use series::Series;
pub use stretches::Additive;
pub use sums::TokenSums;
pub use tally::{LogTotals, Tally};
pub use toml::LogOrigin;

/// Days of a month, on average.
pub const MONTH: f64 = 365.25 / 12.0;
