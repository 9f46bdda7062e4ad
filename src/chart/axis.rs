//! An axis: its range, its ticks, and where a value lies on it.

use super::months::{self, MonthOne};
use super::range::Range;
use super::unit::AxisUnit;
use super::{number, ticks};
use crate::math;

/// A line across the plot with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where.
    pub value: f64,
    /// What is written.
    pub label: String,
}

/// So many values have ticks of their own, if they are as far apart as ticks would be.
const FEW: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Linear,
    Log,
}

/// An axis without a place on the sheet: positions are shares of its length.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    kind: Kind,
    range: Range,
    /// In rising order.
    pub ticks: Vec<Tick>,
}

impl Axis {
    fn linear(range: Range, values: Vec<f64>, labels: Vec<String>) -> Self {
        let ticks = values.into_iter().zip(labels).map(|(value, label)| Tick { value, label }).collect();
        Self { kind: Kind::Linear, range, ticks }
    }

    /// Exactly the given range in a unit, with about `target` ticks.
    pub fn exact(range: Range, target: f64, unit: AxisUnit) -> Self {
        let range = range.widened();
        let step = ticks::round_step(range.high - range.low, target);
        let values = ticks::multiples(range.low, range.high, step);
        let labels = unit.labels(&values, step);
        Self::linear(range, values, labels)
    }

    /// Amounts from zero, to a little beyond the largest.
    pub fn amounts(range: Range, target: f64, unit: AxisUnit) -> Self {
        let range = range.with_zero();
        let range = if range.high > range.low { range } else { Range { low: 0.0, high: 1.0 } };
        Self::exact(Range { low: range.low * 1.03, high: range.high * 1.03 }, target, unit)
    }

    /// Shares from zero to a little above the largest, as percentages.
    pub fn shares(largest: f64, target: f64) -> Self {
        let high = if largest > 0.0 { largest * 1.05 } else { 1.0 };
        Self::exact(Range { low: 0.0, high }, target, AxisUnit::Percent)
    }

    /// Probabilities: always the whole way from 0 to 100 %.
    pub fn probability() -> Self {
        let values: Vec<f64> = (0..=4).map(|quarter| f64::from(quarter) / 4.0).collect();
        let labels = values.iter().map(|&value| number::percent(value)).collect();
        Self::linear(Range { low: 0.0, high: 1.0 }, values, labels)
    }

    /// Exactly the given range, with ticks at these rising values where they are few and apart, else with about `target`.
    pub fn at_or_exact(range: Range, values: &[f64], target: f64, unit: AxisUnit) -> Self {
        let least = (range.high - range.low) / FEW as f64;
        let apart = values.windows(2).all(|pair| pair[1] - pair[0] >= least);
        match apart && (2..=FEW).contains(&values.len()) && least > 0.0 {
            true => Self::at(range, values.to_vec(), unit),
            false => Self::exact(range, target, unit),
        }
    }

    /// A range with ticks at these values, rising.
    pub fn at(range: Range, values: Vec<f64>, unit: AxisUnit) -> Self {
        let labels = values.iter().map(|&value| unit.write(value)).collect();
        Self::linear(range.widened(), values, labels)
    }

    /// Names at 0, 1, 2 and so on, with half a step free on both sides.
    pub fn categories(names: Vec<String>) -> Self {
        let places: Vec<f64> = (0..names.len()).map(|place| place as f64).collect();
        Self::linear(Range { low: -0.5, high: places.len().max(1) as f64 - 0.5 }, places, names)
    }

    /// Months, with ticks at whole quarters and years; names take more room than numbers.
    pub fn months(range: Range, target: f64, first: Option<MonthOne>) -> Self {
        let range = range.widened();
        let target = if first.is_some() { 0.6 * target } else { target };
        let step = ticks::month_step(range.high - range.low, target);
        let values = ticks::multiples(range.low, range.high, step);
        let labels = months::labels(&values, step, first);
        Self::linear(range, values, labels)
    }

    /// Equal distances for equal ratios, in a unit; the range must be above zero.
    pub fn log(range: Range, unit: AxisUnit) -> Self {
        let Range { low, high } = range;
        let low = low.max(f64::MIN_POSITIVE);
        let range = if high > low * 1.001 { Range { low, high } } else { Range { low: low / 2.0, high: low * 2.0 } };
        let values = ticks::decades(range.low, range.high);
        if values.len() < 2 {
            return Self { kind: Kind::Log, ..Self::exact(range, 6.0, unit) };
        }
        let tick = |value| Tick { value, label: unit.write(value) };
        Self { kind: Kind::Log, range, ticks: values.into_iter().map(tick).collect() }
    }

    /// The value at the high end.
    pub fn high(&self) -> f64 {
        self.range.high
    }

    /// Where a value lies, 0 at the low end and 1 at the high end; none for what has no place.
    pub fn position(&self, value: f64) -> Option<f64> {
        let Range { low, high } = self.range;
        let place = match self.kind {
            Kind::Linear => (value - low) / (high - low),
            Kind::Log => (math::ln(value) - math::ln(low)) / (math::ln(high) - math::ln(low)),
        };
        place.is_finite().then_some(place)
    }
}
