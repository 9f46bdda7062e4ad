//! For the reader: by which figure of their totals options are chosen.

use crate::scenario::Criterion;

/// Where a total is compared, after the comparison: `cheaper on average`. `unit` is what trials are.
pub(super) fn at(criterion: Criterion, unit: &str) -> String {
    let exceed = |percentile: u32| {
        format!("at the {percentile}th percentile of the total, which {} % of {unit} exceed", 100 - percentile)
    };
    match criterion {
        Criterion::Mean => "on average".to_owned(),
        Criterion::P50 => "at the median total".to_owned(),
        Criterion::P75 => exceed(75),
        Criterion::P80 => exceed(80),
        Criterion::P90 => exceed(90),
        Criterion::P95 => exceed(95),
        Criterion::Cvar90 => format!("on the average of the dearest 10 % of {unit}"),
        Criterion::Cvar95 => format!("on the average of the dearest 5 % of {unit}"),
    }
}
