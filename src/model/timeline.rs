//! When things happen to an option: retrains, migrations, and GPUs that follow the traffic.

use crate::quantity::Reg;
use crate::scenario::{SLACK, Timing};

/// Retrains.
#[derive(Clone, Copy, Debug)]
pub struct Retrains {
    /// A year.
    pub rate: Reg,
    /// A month.
    pub monthly: Reg,
    /// At even distances or at random.
    pub timing: Timing,
}

/// Scheduled retrains in `months` of service, at `monthly` a month.
#[inline(always)]
pub(super) fn due(monthly: f64, months: f64) -> f64 {
    (monthly * months + SLACK).floor()
}

/// Scheduled retrains of months up to `months` after the launch, at `monthly` a month.
#[inline(always)]
pub(super) fn scheduled_until(monthly: f64, months: f64) -> f64 {
    let count = due(monthly, months);
    if count > 0.0 { count } else { 0.0 }
}

/// Migrations to another model.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// Months from month 0 to the first.
    pub first: Reg,
    /// Months between them; `None` if there is only one.
    pub every: Option<Reg>,
}

/// Migrations up to the end of a month, counted from the beginning of time.
#[inline(always)]
pub(super) fn migrations_until(first: f64, every: f64, month: f64) -> f64 {
    let since = month + SLACK - first;
    if since < 0.0 { 0.0 } else { (since / every).floor() + 1.0 }
}

/// The same where there is only one.
#[inline(always)]
pub(super) fn first_until(first: f64, month: f64) -> f64 {
    if month + SLACK - first < 0.0 { 0.0 } else { 1.0 }
}

/// GPUs that follow the traffic.
#[derive(Clone, Copy, Debug)]
pub struct Gpus {
    /// GPUs needed per request of the month, at the peak.
    pub per_request: Reg,
    /// The fewest that are rented.
    pub least: Reg,
    /// How many are rented at a time.
    pub step: Reg,
}

/// GPUs rented for a month.
#[inline(always)]
pub(super) fn gpus(need: f64, least: f64, step: f64) -> f64 {
    let count = step * (need / step - SLACK).ceil();
    if count > least { count } else { least }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retrains_fall_on_schedule() {
        let by_month = |rate: f64, launch: f64| -> Vec<f64> {
            (1..=12)
                .map(|m| f64::from(m) - launch)
                .map(|m| scheduled_until(rate / 12.0, m) - scheduled_until(rate / 12.0, m - 1.0))
                .collect()
        };
        assert_eq!(by_month(4.0, 0.0), [0., 0., 1., 0., 0., 1., 0., 0., 1., 0., 0., 1.]);
        assert_eq!(by_month(4.0, 2.0), [0., 0., 0., 0., 1., 0., 0., 1., 0., 0., 1., 0.]);
        assert_eq!(by_month(24.0, 0.0), [2.0; 12]);
        assert_eq!(by_month(0.0, 0.0), [0.0; 12]);
    }

    #[test]
    fn migrations_fall_at_their_months() {
        assert_eq!(first_until(3.0, 2.0), 0.0);
        assert_eq!(first_until(3.0, 3.0), 1.0);
        assert_eq!(migrations_until(3.0, 0.1, 3.0), 1.0);
        assert_eq!(migrations_until(3.0, 0.1, 4.0), 11.0);
        assert_eq!(migrations_until(0.0, 16.0, 0.0), 1.0);
    }

    #[test]
    fn gpus_come_in_steps() {
        assert_eq!(gpus(0.0, 2.0, 1.0), 2.0);
        assert_eq!(gpus(8.0, 1.0, 8.0), 8.0);
        assert_eq!(gpus(8.000_001, 1.0, 8.0), 16.0);
        assert_eq!(gpus(2.5, 1.0, 1.0), 3.0);
    }
}
