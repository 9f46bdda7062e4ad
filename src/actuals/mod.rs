//! Whether months came out as a scenario expected: requests, tokens and spending of a log against the trials' own.
//!
//! Like is compared with like. A log of one model's calls knows neither salaries nor servers, so of an option only what its own
//! model is sent and paid for counts: the lines of input, instruction and output tokens, undiscounted, at the prices of the month.
//! The option is taken to serve in every compared month, as the log shows that it does. Retries are in tokens and spending as they
//! are billed, not in requests; what is escalated or routed to other options is in none.
//!
//! [`UsageLog`] adds up the log by day and model, [`Observed`] is what it says of the whole months that the scenario has too, and
//! [`actuals`] holds them against the trials.

mod expectation;
mod explain;
mod figure;
mod months;
mod observed;
mod priced;
mod study;
mod usage;
mod walk;

pub use explain::Explanation;
pub use figure::{Figure, UseMetric};
pub use observed::Observed;
pub use priced::UsedPrice;
pub use study::{ActualMonth, Actuals, Explained, Seen, actuals};
pub use usage::{MonthUse, UsageLog};
