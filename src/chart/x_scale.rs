//! How the x axis of curves and bands is scaled.

use super::axis::Axis;
use super::months::MonthOne;
use super::range::Range;
use super::unit::AxisUnit;

/// The kinds of x axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XScale {
    /// Months: ticks at whole quarters and years, which have names where it is known which month is the first.
    Months(Option<MonthOne>),
    /// Any amount, evenly.
    Linear(AxisUnit),
    /// Equal distances for equal ratios; points at or below zero are left out.
    Log(AxisUnit),
}

impl XScale {
    /// The range of the values that have a place on such an axis, if there are any.
    pub(super) fn range(self, values: impl Iterator<Item = f64>) -> Option<Range> {
        match self {
            Self::Months(_) | Self::Linear(_) => Range::of(values),
            Self::Log(_) => Range::of(values.filter(|&x| x > 0.0)),
        }
    }

    /// The axis for a range of points with these x; without one an axis to show that there is nothing.
    pub(super) fn axis(self, range: Option<Range>, x: impl Iterator<Item = f64>) -> Axis {
        match self {
            Self::Months(first) => Axis::months(range.unwrap_or(Range { low: 0.0, high: 12.0 }), 10.0, first),
            Self::Linear(unit) => {
                let mut values: Vec<f64> = x.filter(|x| x.is_finite()).collect();
                values.sort_by(f64::total_cmp);
                values.dedup();
                Axis::at_or_exact(range.unwrap_or(Range { low: 0.0, high: 1.0 }), &values, 8.0, unit)
            }
            Self::Log(unit) => Axis::log(range.unwrap_or(Range { low: 1.0, high: 10.0 }), unit),
        }
    }
}
