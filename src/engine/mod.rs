//! Running a scenario: blocks of trials on parallel workers, folded in a fixed order into results.

mod bad_futures;
mod block;
mod case;
mod cheapest;
mod counts;
mod crossing;
mod drawn;
mod drive;
mod failure_costs;
mod figures;
mod held;
mod layout;
mod lean;
mod ledger;
mod metric;
mod open;
mod option_results;
mod options;
mod paired;
mod pilot;
mod precision;
mod prepared;
mod probe;
mod randomisations;
mod ranking;
mod reached_ranks;
mod reaching;
mod record;
mod results;
mod run;
mod spend;
mod statistic;
mod sums;
mod tails;
mod totals;
mod trials;
mod volume;
mod watch;
mod whole;

pub use bad_futures::{BadFuture, BadFutures};
pub(crate) use block::NotFinite;
pub use case::{Case, CaseKind};
pub use drawn::Drawn;
pub use metric::{Collected, Metric};
pub use open::OpenCase;
pub use option_results::{OptionResults, Statistics, UnknownOption};
pub use options::{Progress, RunError, RunOptions};
pub use paired::Measure;
pub use pilot::{Training, VariableSummary};
pub use precision::{Precision, Reached};
pub use prepared::Prepared;
pub use probe::{Changed, Trials};
pub(crate) use probe::{Probe, Probed};
pub use reached_ranks::{ReachedRank, reached_ranks};
pub use record::{LedgerEntry, OptionRecord, PathRecord};
pub use results::Results;
pub use run::first_look;
pub(crate) use run::pool;
pub use statistic::{Dearest, MonthlyCurve, Percentile, Stat};
pub use tails::Tail;
pub use totals::{Totals, totals};
pub use trials::{TrialRow, trials};
pub use volume::VOLUMES;
pub(crate) use watch::Halt;
pub use watch::Watch;

/// Trials of which tables that are not about the totals are made, spread evenly over the randomisations.
const DETAIL_TRIALS: u64 = 1 << 18;
/// Those of them that curves are made of (spending and bands by month, volumes, costs of a bad answer): thousands of
/// quantiles and probabilities, which need no more trials and take longest.
const CURVE_TRIALS: u64 = DETAIL_TRIALS / 4;
