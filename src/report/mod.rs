//! Tables to bytes and to the text of the screen.

mod actuals;
#[cfg(feature = "charts")]
mod actuals_chart;
mod actuals_finding;
mod assumed_growth;
#[cfg(feature = "charts")]
mod axis_unit;
mod budgets;
#[cfg(feature = "charts")]
mod charts;
mod compare;
#[cfg(feature = "charts")]
mod compare_chart;
mod comparison;
mod criterion;
mod csv;
mod decision;
mod first_year;
mod format;
mod found_value;
mod glossary;
mod grid;
#[cfg(feature = "charts")]
mod heading;
#[cfg(feature = "html")]
mod html;
mod input_value;
mod invoice;
mod json;
mod knowledge;
mod labels;
#[cfg(feature = "charts")]
mod letters;
mod models;
mod pilot;
#[cfg(feature = "charts")]
mod pilot_chart;
mod portfolio;
#[cfg(feature = "charts")]
mod portfolio_chart;
mod precision;
mod reference;
mod rules_of_thumb;
mod scale;
mod screen;
mod sketch;
mod solve;
#[cfg(feature = "charts")]
mod solve_chart;
mod solve_head;
mod study;
#[cfg(feature = "charts")]
mod study_charts;
mod sweep;
#[cfg(feature = "charts")]
mod sweep_charts;
mod understood;
#[cfg(feature = "xlsx")]
mod workbook;
#[cfg(feature = "charts")]
mod workload_chart;

pub use crate::number::grouped;
pub use actuals::{ActualsBase, actuals_json, actuals_summary};
#[cfg(feature = "charts")]
pub use actuals_chart::{actuals_chart_names, actuals_charts};
pub use assumed_growth::{GROWTH, assumed_growth};
#[cfg(feature = "charts")]
pub use charts::{chart_names, charts};
pub use compare::{compare_json, compare_summary};
#[cfg(feature = "charts")]
pub use compare_chart::{compare_chart_names, compare_charts};
pub use csv::{Dialect, bytes_of_trials, header_bytes, row_bytes, table_bytes, write_table};
pub use format::{money, number_text};
pub use glossary::{ALL_FIGURES, figure_names, figure_text};
#[cfg(feature = "html")]
pub use html::{HTML_NAME, html};
pub use invoice::case_text;
pub use json::{head, json, run_head, run_schema};
#[cfg(feature = "charts")]
pub use letters::missing_letter;
pub use models::{ListedModel, models_csv, models_json, models_text};
pub use pilot::{PilotBase, pilot_summary};
#[cfg(feature = "charts")]
pub use pilot_chart::{pilot_chart_names, pilot_charts};
pub use portfolio::portfolio_summary;
#[cfg(feature = "charts")]
pub use portfolio_chart::{portfolio_chart_names, portfolio_charts};
pub use precision::{missed_precision, precise};
pub use reference::{ALL_FORMS, explain_text, quantity_text, reference_markdown, reference_text, schema};
pub use screen::summary;
pub use solve::solve_summary;
#[cfg(feature = "charts")]
pub use solve_chart::{SOLVE_CHART, solve_chart};
pub use solve_head::solve_head;
pub use study::study_summary;
#[cfg(feature = "charts")]
pub use study_charts::{study_chart_names, study_charts};
pub use sweep::{SweepBase, sweep_summary};
#[cfg(feature = "charts")]
pub use sweep_charts::{sweep_chart_names, sweep_charts};
pub use understood::describe_scenario;
#[cfg(feature = "xlsx")]
pub use workbook::{NativeCharts, SHEET_ROWS, Workbook, WorkbookError, workbook};
#[cfg(feature = "charts")]
pub use workload_chart::workload_chart;
