//! What is reported of each option's trials.

use crate::model::{CostPart, Model, Outcomes, PathOutcomes};
use crate::quantity::Registers;
use crate::vector::kernels;

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
    /// The total per 1,000 requests that are answered well.
    PerThousandGood,
    /// The baseline's total less this one's.
    Saving,
    /// The largest amount by which the cumulative cost exceeded the baseline's.
    PeakOutlay,
}

/// What is collected of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collected {
    /// Every metric: of trials that are run in detail.
    All,
    /// Totals and savings: of all trials of a run.
    WithSavings,
    /// Totals alone.
    Totals,
}

impl Metric {
    /// All of them, in the order of the tables.
    pub const ALL: [Metric; 9] = [
        Metric::Total,
        Metric::Monthly,
        Metric::Running,
        Metric::OneTime,
        Metric::LastMonth,
        Metric::PerThousand,
        Metric::PerThousandGood,
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
            Metric::PerThousandGood => "per_1000_good_answers",
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

    /// Whether it is among those that are collected.
    pub fn is_in(self, collected: Collected) -> bool {
        match collected {
            Collected::All => true,
            Collected::WithSavings => matches!(self, Metric::Total | Metric::Monthly | Metric::Saving),
            Collected::Totals => matches!(self, Metric::Total | Metric::Monthly),
        }
    }

    /// The metric of which it is a fixed multiple, with that factor, so that it needs no counts of its own.
    pub fn multiple_of(self, model: &Model) -> Option<(Metric, f64)> {
        match self {
            Metric::Monthly => Some((Metric::Total, 1.0 / f64::from(model.horizon))),
            Metric::PerThousandGood if !model.has_failures() => Some((Metric::PerThousand, 1.0)),
            _ => None,
        }
    }

    /// The metric of every trial of a block in which it is defined; `room` is for those that have to be computed.
    pub fn column<'a>(
        self,
        model: &Model,
        block: &Simulated<'a>,
        option: usize,
        scratch: &'a mut Vec<f64>,
    ) -> &'a [f64] {
        let months = f64::from(model.horizon);
        let Simulated { registers, outcomes, path } = block;
        let totals = outcomes.totals(option);
        let once = || registers.column(model.options[option].once(CostPart::All), totals.len());
        scratch.clear();
        match self {
            Metric::Total => return totals,
            Metric::OneTime => return once(),
            Metric::LastMonth => return path.last_month(option),
            Metric::PeakOutlay => return path.peak_outlay(option),
            Metric::Monthly => scratch.extend(totals.iter().map(|x| x / months)),
            Metric::Running => scratch.extend(totals.iter().zip(once()).map(|(x, o)| (x - o) / months)),
            Metric::PerThousand => per_thousand(totals, path.requests(), scratch),
            Metric::PerThousandGood => per_thousand(totals, path.good_answers(option), scratch),
            Metric::Saving => {
                scratch.resize(totals.len(), 0.0);
                subtract(outcomes.totals(model.baseline), totals, scratch);
            }
        }
        scratch
    }
}

/// Costs per 1,000 of some units, where there are any.
fn per_thousand(totals: &[f64], units: &[f64], scratch: &mut Vec<f64>) {
    let defined = totals.iter().zip(units).filter(|(_, units)| **units > 0.0);
    scratch.extend(defined.map(|(x, units)| 1000.0 * x / units).filter(|x| x.is_finite()));
}

kernels! {
    fn subtract(a: &[f64], b: &[f64], out: &mut [f64]) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = a - b;
        }
    }
}

/// A block after its simulation. Without detail its quantities and its course are those of an earlier one.
#[derive(Clone, Copy)]
pub struct Simulated<'a> {
    /// Its quantities.
    pub registers: &'a Registers,
    /// What its trials came to.
    pub outcomes: &'a Outcomes,
    /// How they came to it.
    pub path: &'a PathOutcomes,
}
