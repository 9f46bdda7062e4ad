//! What is reported of a metric, a ranking or a curve.

use crate::scenario::Criterion;

/// A statistic of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stat {
    /// Mean.
    Mean,
    /// Standard deviation.
    Sd,
    /// Least value.
    Min,
    /// A quantile.
    Quantile(Percentile),
    /// Largest value.
    Max,
    /// The mean of the largest values; of totals.
    Dearest(Dearest),
}

impl Stat {
    /// The median.
    pub const MEDIAN: Stat = Stat::Quantile(Percentile::P50);
    /// How many statistics a metric has.
    pub(super) const COUNT: usize = Percentile::ALL.len() + 4 + Dearest::ALL.len();

    /// Its number among them.
    pub(super) fn index(self) -> usize {
        match self {
            Stat::Mean => 0,
            Stat::Sd => 1,
            Stat::Min => 2,
            Stat::Quantile(level) => 3 + level as usize,
            Stat::Max => 3 + Percentile::ALL.len(),
            Stat::Dearest(dearest) => 4 + Percentile::ALL.len() + dearest as usize,
        }
    }
}

impl From<Criterion> for Stat {
    fn from(criterion: Criterion) -> Stat {
        match criterion {
            Criterion::Mean => Stat::Mean,
            Criterion::P50 => Stat::MEDIAN,
            Criterion::P75 => Stat::Quantile(Percentile::P75),
            Criterion::P80 => Stat::Quantile(Percentile::P80),
            Criterion::P90 => Stat::Quantile(Percentile::P90),
            Criterion::P95 => Stat::Quantile(Percentile::P95),
            Criterion::Cvar90 => Stat::Dearest(Dearest::Tenth),
            Criterion::Cvar95 => Stat::Dearest(Dearest::Twentieth),
        }
    }
}

/// A level whose quantile is reported, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum Percentile {
    P1,
    P5,
    P10,
    P25,
    P50,
    P75,
    P80,
    P90,
    P95,
    P99,
}

impl Percentile {
    /// All of them, rising.
    pub const ALL: [Percentile; 10] = {
        use Percentile::*;
        [P1, P5, P10, P25, P50, P75, P80, P90, P95, P99]
    };
    /// Their probabilities.
    pub const PROBABILITIES: [f64; 10] = [0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.80, 0.90, 0.95, 0.99];

    /// Its probability.
    pub fn probability(self) -> f64 {
        Percentile::PROBABILITIES[self as usize]
    }

    /// Its column.
    pub fn word(self) -> String {
        format!("p{}", (100.0 * self.probability()).round())
    }
}

/// The dearest trials, whose mean is reported: the conditional value at risk, or expected shortfall. See R. T. Rockafellar and
/// S. Uryasev, "Conditional value-at-risk for general loss distributions", J. Bank. Finance 26 (2002).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dearest {
    /// The dearest tenth.
    Tenth,
    /// The dearest twentieth.
    Twentieth,
}

impl Dearest {
    /// Both.
    pub const ALL: [Dearest; 2] = [Dearest::Tenth, Dearest::Twentieth];

    /// The share of trials that are not among them.
    pub fn probability(self) -> f64 {
        match self {
            Dearest::Tenth => 0.90,
            Dearest::Twentieth => 0.95,
        }
    }

    /// Its column.
    pub fn word(self) -> &'static str {
        match self {
            Dearest::Tenth => "cvar90",
            Dearest::Twentieth => "cvar95",
        }
    }
}

/// A curve of probabilities by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthlyCurve {
    /// It is no dearer than the baseline so far.
    Cheaper,
    /// It has been so at the end of some month.
    PaidBack,
    /// It is so, and stays so to the end.
    StaysCheaper,
}

impl MonthlyCurve {
    /// All of them.
    pub const ALL: [MonthlyCurve; 3] = [MonthlyCurve::Cheaper, MonthlyCurve::PaidBack, MonthlyCurve::StaysCheaper];
}

/// How an option ranks among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// The probability of being the cheapest candidate.
    Cheapest,
    /// The same on what vendors and people are paid.
    HardCheapest,
    /// The mean of what vendors and people are paid.
    HardMean,
    /// Mean cost above the cheapest candidate.
    Regret,
    /// The same over the trials in which another is cheaper.
    LossWhenWrong,
    /// The share of the baseline's money in the trials in which it is the cheapest.
    MoneyShare,
    /// The probability that nothing is cheaper.
    Unbeaten,
    /// The probability of costing the same as the baseline.
    Tied,
}

impl Rank {
    /// How many there are.
    pub(super) const COUNT: usize = Rank::Tied as usize + 1;
}
