//! Tables to bytes, and bytes to files.

mod charts;
mod comparison;
mod csv;
mod format;
mod grid;
mod html;
mod invoice;
mod json;
mod knowledge;
mod precision;
mod reference;
mod rules_of_thumb;
mod screen;
mod study;
mod study_charts;
mod sweep;
mod sweep_charts;
mod understood;
mod workbook;
mod write;

pub use charts::{chart_names, charts};
pub use csv::{Dialect, header_bytes, row_bytes, table_bytes};
pub use format::{grouped, money, number_text};
pub use html::{HTML_NAME, html};
pub use invoice::case_text;
pub use json::{json, json_bytes};
pub use precision::{missed_precision, precise};
pub use reference::{explain_text, reference_markdown, schema};
pub use screen::summary;
pub use study::study_summary;
pub use study_charts::{study_chart_names, study_charts};
pub use sweep::{SweepBase, sweep_summary};
pub use sweep_charts::{sweep_chart_names, sweep_charts};
pub use understood::describe_scenario;
pub use workbook::{NativeCharts, SHEET_ROWS, Workbook, WorkbookError, workbook};
pub use write::{Output, WriteError};
