//! Accumulators that can be merged, and the estimates they give.

mod bins;
mod estimate;
mod fold;
mod log_bins;
mod moments;
mod student;
mod sum;

pub use bins::Bins;
pub use estimate::{Estimate, Order, Spread, proportion_error};
pub use fold::{Fold, Merge};
pub use log_bins::LogBins;
pub use moments::Moments;
pub use student::t_quantile;
pub(crate) use sum::{dot, sum};
