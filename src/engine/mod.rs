//! Running a scenario: blocks of trials on parallel workers, folded in a fixed order into results.

mod block;
mod case;
mod counts;
mod drawn;
mod drive;
mod figures;
mod hints;
mod information;
mod layout;
mod lean;
mod ledger;
mod metric;
mod open;
mod options;
mod pilot;
mod precision;
mod randomisations;
mod ranking;
mod reaching;
mod record;
mod results;
mod run;
mod slices;
mod sums;
mod totals;
mod trials;
mod units;
mod volume;
mod watch;

pub(crate) use block::NotFinite;
pub use case::{At, Case};
pub use hints::hints;
pub(crate) use information::{Choices, Gathered, Gathering};
pub use information::{Crossing, Flip, Information, Slice};
pub use layout::{Curve, Stat};
pub use metric::Metric;
pub use open::OpenCase;
pub use options::{Failure, Progress, RunOptions};
pub use pilot::{Pilot, Training, VariableSummary, pilot};
pub use precision::{Precision, Reached};
pub(crate) use ranking::rank;
pub use record::{Entry, Passage, Record};
pub use results::Results;
pub(crate) use run::pool;
pub use run::run;
pub(crate) use slices::SlicePlan;
pub use totals::{Totals, totals};
pub use trials::{Row, trials};
pub use volume::VOLUMES;
pub(crate) use watch::Halt;
pub use watch::Watch;

/// Trials of which tables that are not about the totals are made, spread evenly over the randomisations.
const DETAIL_TRIALS: u64 = 1 << 18;
