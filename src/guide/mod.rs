//! The guide: how to model a task, what the figures mean, and where the methods come from. There is nothing here but
//! text and examples that run.
//!
//! * [From usage logs to a workload](usage_logs)
//! * [Prices by name](prices)
//! * [What changes while the months go by](time)
//! * [Choosing distributions](distributions)
//! * [Reading break-even curves](break_even)
//! * [Several options](decisions)
//! * [Many tasks](tasks)
//! * [Sensitivity and the value of information](sensitivity)
//! * [What the files hold](tables)
//! * [Files of results](files_of_results)
//! * [Methods and their sources](methods)
//! * [Claimed and true errors](claimed_errors)
//! * [How the house is built](architecture)
//!
//! `breakeven explain` lists every field of a scenario; `breakeven check` says how one is understood, and what may be
//! worth a second look.

pub mod architecture;
pub mod break_even;
pub mod claimed_errors;
pub mod decisions;
pub mod distributions;
pub mod files_of_results;
pub mod methods;
pub mod prices;
pub mod sensitivity;
pub mod tables;
pub mod tasks;
pub mod time;
pub mod usage_logs;
