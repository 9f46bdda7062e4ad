//! Accumulators that can be merged, and the estimates they give.

mod bins;
mod estimate;
mod fold;
mod log_bins;
mod moments;
mod spread;
mod sum;

pub use crate::math::student::quantile as t_quantile;
pub use bins::Bins;
pub use estimate::{Estimate, Order, proportion_error};
pub use fold::{Fold, Merge};
pub use log_bins::LogBins;
pub use moments::Moments;
pub use spread::{SdSpread, Spread};
pub(crate) use sum::{dot, sum};
