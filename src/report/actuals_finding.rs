//! How many months of a log came out as they were expected, in a sentence.

use super::actuals::ActualsBase;
use crate::actuals::{ActualMonth, Actuals, UseMetric};

/// Months that a sentence names.
const NAMED: usize = 2;

impl ActualsBase<'_> {
    /// In how many months a metric lay within its 90 % range, and where it lay in the others, without an end.
    pub(super) fn finding(&self, actuals: &Actuals, metric: UseMetric) -> String {
        let what = match metric {
            UseMetric::Spend => "spending".to_owned(),
            other => other.word().replace('_', " "),
        };
        let [known, inside] = actuals.inside(metric);
        if known == 0 {
            return format!("Nothing is known of {what}");
        }
        let is_outside = |month: &&ActualMonth| month.figure(metric).is_inside() == Some(false);
        let outside: Vec<&ActualMonth> = actuals.months.iter().filter(is_outside).collect();
        let lay = format!("{} {what} lay within the expected 90 % range", counted(known, inside));
        match outside.len() {
            0 => lay,
            1..=NAMED => format!("{lay}: {}", self.named(&outside, metric)),
            _ => format!("{lay}: {}", sides(&outside, metric, inside == 0)),
        }
    }

    /// Some months by their names.
    fn named(&self, outside: &[&ActualMonth], metric: UseMetric) -> String {
        let name = |month: &&ActualMonth| {
            let side = if month.figure(metric).is_above() { "above" } else { "below" };
            format!("{} lay {side}", self.scenario.simulation.month(month.month))
        };
        outside.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

/// So many of all months.
fn counted(known: usize, inside: usize) -> String {
    match (known, inside) {
        (1, 1) => "In the one month so far".to_owned(),
        (1, _) => "Not in the one month so far".to_owned(),
        (_, 0) => format!("In none of {known} months so far"),
        _ if known == inside => format!("In all {known} months so far"),
        _ => format!("In {inside} of {known} months so far"),
    }
}

/// How many months lay on which side; `are_all` where there are no others.
fn sides(outside: &[&ActualMonth], metric: UseMetric, are_all: bool) -> String {
    let above = outside.iter().filter(|month| month.figure(metric).is_above()).count();
    let who = if are_all { "all" } else { "the others" };
    match outside.len() - above {
        0 => format!("{who} lay above"),
        _ if above == 0 => format!("{who} lay below"),
        below => format!("{above} lay above, {below} below"),
    }
}
