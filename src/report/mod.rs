//! Tables to bytes, and bytes to files.

mod charts;
mod csv;
mod format;
mod grid;
mod json;
mod knowledge;
mod precision;
mod rules_of_thumb;
mod screen;
mod sketch;
mod start;
mod study;
mod study_charts;
mod sweep;
mod sweep_charts;
mod understood;
mod write;

pub use charts::{chart_names, charts};
pub use csv::{header_bytes, row_bytes, table_bytes};
pub use format::{money, number_text};
pub use json::{json, json_bytes};
pub use precision::{missed_precision, precise};
pub use screen::summary;
pub use start::{StartError, start};
pub use study::study_summary;
pub use study_charts::{study_chart_names, study_charts};
pub use sweep::{SweepBase, sweep_summary};
pub use sweep_charts::{sweep_chart_names, sweep_charts};
pub use understood::describe_scenario;
pub use write::{Output, WriteError};
