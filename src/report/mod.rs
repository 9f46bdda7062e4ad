//! Tables to bytes, and bytes to files.

mod charts;
mod csv;
mod format;
mod grid;
mod json;
mod precision;
mod screen;
mod understood;
mod write;

pub use charts::{chart_names, charts};
pub use csv::{header_bytes, row_bytes, table_bytes};
pub use format::{money, number_text};
pub use json::{json, json_bytes};
pub use precision::{missed_precision, precise};
pub use screen::summary;
pub use understood::describe_scenario;
pub use write::{Output, WriteError};
