//! Should this task be prompted, or is it worth fine-tuning a model for it, and from when on?
//!
//! A scenario says what is known of a task and of the ways to serve it, with a distribution wherever a number is not
//! known. From it come costs with their spread, the probability of having broken even by each month, and tables and
//! charts of both. The data flows one way, and the modules stand in its order:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`logs`], [`workload`] | logs of requests | what a month holds, as quantities of a scenario |
//! | [`scenario`], [`quantity`], [`dist`] | text | a validated scenario; mistakes as [`diagnostic`] data |
//! | [`prices`] | price lists as published | what a model costs, by its name |
//! | [`sample`] | seed, design | points of the unit cube, correlated by a Gaussian copula |
//! | [`inputs`] | points | the values of all quantities, a column per block of trials |
//! | [`model`] | quantities | months × cost lines × drivers, and what each trial comes to |
//! | [`information`] | costs by slices of each input | what it is worth to know an input, and where the choice flips |
//! | [`stats`], [`engine`] | trials | mergeable accumulators, then figures with their errors |
//! | [`lint`] | a scenario | what its author probably did not mean |
//! | [`sensitivity`] | any model | how much of an outcome's variance each input explains |
//! | [`evsi`] | a scenario | what a test of its inputs is worth before deciding |
//! | [`sweep`] | a scenario | what its totals come to on a grid of its fields |
//! | [`solve`] | a scenario | where along a field a figure has the value that is wanted |
//! | [`tables`] | figures | tables of estimates, and a verdict |
//! | [`report`], [`chart`] | figures, tables | bytes: CSV, JSON, PNG, SVG, the text of the screen |
//! | [`files`] | bytes | a folder of results that is whole |
//!
//! The [`guide`] says how to model a task and how to read what comes out.
//!
//! A result is a function of scenario, seed and version: the number of threads never matters.
//!
//! ```
//! use breakeven::scenario::Scenario;
//!
//! let text = r#"
//!     [simulation]
//!     horizon_months = 12
//!     trials = 4096
//!
//!     [workload]
//!     requests_per_month = "50k to 200k"
//!     input_tokens = 1000
//!     output_tokens = 100
//!
//!     [[option]]
//!     name = "Prompting"
//!     inference.input_price = 3
//!     inference.output_price = 15
//!
//!     [[option]]
//!     name = "Fine-tuning"
//!     inference.input_price = 0.8
//!     inference.output_price = 3.2
//!     setup.cost = "1k to 5k"
//! "#;
//! let scenario = Scenario::from_toml(text)?;
//! let results = scenario.simulate(Default::default())?;
//! let saving = results.option("Fine-tuning")?.saving();
//! println!("saves {:.0} on average, with a standard deviation of {:.0}", saving.mean(), saving.sd().value);
//! assert!(saving.mean().value > 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
// Forbidden below wherever it can be: the dispatch of vector code needs some, in the modules that have such loops.
#![deny(unsafe_code)]
#![deny(missing_docs)]
#![deny(clippy::disallowed_methods)]

#[macro_use]
mod words;

#[forbid(unsafe_code)]
pub mod actuals;
#[cfg(feature = "charts")]
#[forbid(unsafe_code)]
pub mod chart;
#[forbid(unsafe_code)]
pub mod compare;
pub mod diagnostic;
pub mod dist;
pub mod engine;
#[forbid(unsafe_code)]
pub mod evsi;
#[cfg(feature = "files")]
#[forbid(unsafe_code)]
pub mod files;
#[forbid(unsafe_code)]
pub mod guide;
pub mod information;
#[forbid(unsafe_code)]
pub mod inputs;
#[forbid(unsafe_code)]
pub mod lint;
#[forbid(unsafe_code)]
pub mod logs;
#[forbid(unsafe_code)]
pub mod math;
pub mod model;
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
#[forbid(unsafe_code)]
mod number;
#[forbid(unsafe_code)]
pub mod palette;
#[forbid(unsafe_code)]
pub mod prices;
pub mod quantity;
// Charts, page and workbook share helpers, of which each by itself leaves some idle.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
#[forbid(unsafe_code)]
pub mod report;
pub mod sample;
#[forbid(unsafe_code)]
pub mod scenario;
#[forbid(unsafe_code)]
pub mod sensitivity;
#[forbid(unsafe_code)]
pub mod solve;
pub mod stats;
#[forbid(unsafe_code)]
pub mod sweep;
#[forbid(unsafe_code)]
pub mod tables;
pub mod vector;
#[forbid(unsafe_code)]
pub mod workload;
