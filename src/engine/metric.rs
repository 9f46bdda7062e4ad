//! What is reported of each option's trials.

use crate::model::{Model, Outcomes};

/// A number that each trial gives for each option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// Discounted cost of all months, one-time costs included.
    Total,
    /// The total per month.
    Monthly,
    /// The total without one-time costs, per month.
    Running,
    /// Costs of month 0.
    OneTime,
    /// The undiscounted charge of the last month.
    LastMonth,
    /// The total per 1,000 requests.
    PerThousand,
    /// The baseline's total less this one's.
    Saving,
    /// The largest amount by which the cumulative cost exceeded the baseline's.
    PeakOutlay,
}

impl Metric {
    /// All of them, in the order of the tables.
    pub const ALL: [Metric; 8] = [
        Metric::Total,
        Metric::Monthly,
        Metric::Running,
        Metric::OneTime,
        Metric::LastMonth,
        Metric::PerThousand,
        Metric::Saving,
        Metric::PeakOutlay,
    ];

    /// Those with a histogram.
    pub const BINNED: [Metric; 3] = [Metric::Total, Metric::Monthly, Metric::Saving];

    /// Its word in the output files.
    pub fn word(self) -> &'static str {
        match self {
            Metric::Total => "total",
            Metric::Monthly => "monthly",
            Metric::Running => "running",
            Metric::OneTime => "one_time",
            Metric::LastMonth => "last_month",
            Metric::PerThousand => "per_1000_requests",
            Metric::Saving => "saving",
            Metric::PeakOutlay => "peak_outlay",
        }
    }

    /// Its number.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether it compares with the baseline.
    pub fn is_relative(self) -> bool {
        matches!(self, Metric::Saving | Metric::PeakOutlay)
    }

    /// Whether an option has it: the baseline is not compared with itself, and only candidates are compared at all.
    pub fn applies(self, model: &Model, option: usize) -> bool {
        !self.is_relative() || (option != model.baseline && model.options[option].candidate)
    }

    /// The metric of every trial of a block in which it is defined.
    pub fn fill(self, model: &Model, outcomes: &Outcomes, option: usize, out: &mut Vec<f64>) {
        let months = f64::from(model.horizon);
        let (totals, once) = (outcomes.totals(option), outcomes.one_time(option));
        out.clear();
        match self {
            Metric::Total => out.extend_from_slice(totals),
            Metric::Monthly => out.extend(totals.iter().map(|x| x / months)),
            Metric::Running => out.extend(totals.iter().zip(once).map(|(x, o)| (x - o) / months)),
            Metric::OneTime => out.extend_from_slice(once),
            Metric::LastMonth => out.extend_from_slice(outcomes.last_month(option)),
            Metric::PerThousand => {
                // Without requests there is no cost per request.
                let defined = totals.iter().zip(outcomes.requests()).filter(|(_, r)| **r > 0.0);
                out.extend(defined.map(|(x, r)| 1000.0 * x / r).filter(|x| x.is_finite()));
            }
            Metric::Saving => {
                let baseline = outcomes.totals(model.baseline);
                out.extend(baseline.iter().zip(totals).map(|(b, x)| b - x));
            }
            Metric::PeakOutlay => out.extend_from_slice(outcomes.peak_outlay(option)),
        }
    }
}
