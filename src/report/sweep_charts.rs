//! A sweep to charts.

use super::sweep::SweepBase;
use crate::chart::{ChartError, Format};
use crate::model::Model;
use crate::sweep::Sweep;

/// The files of every chart in every format.
pub fn sweep_chart_names(_model: &Model) -> Vec<String> {
    Vec::new()
}

/// The charts of a sweep, with the names of their files.
pub fn sweep_charts(
    _base: SweepBase<'_>,
    _sweep: &Sweep,
    _format: Format,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    Vec::new()
}
