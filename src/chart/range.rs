//! The smallest and the largest of the values that can be drawn.

/// Larger values would overflow when their distance is taken.
const LIMIT: f64 = 1e300;

/// From `low` to `high`, both finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The smaller end.
    pub low: f64,
    /// The larger end.
    pub high: f64,
}

impl Range {
    /// The range of the finite values, if there are any.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        values.into_iter().filter(|value| value.is_finite()).map(|value| value.clamp(-LIMIT, LIMIT)).fold(
            None,
            |range, value| match range {
                None => Some(Self { low: value, high: value }),
                Some(Self { low, high }) => Some(Self { low: low.min(value), high: high.max(value) }),
            },
        )
    }

    /// The range with zero in it: amounts are compared from zero.
    pub fn with_zero(self) -> Self {
        Self { low: self.low.min(0.0), high: self.high.max(0.0) }
    }

    /// At least wide enough to be told apart in floating point: one value alone becomes a range around it.
    pub fn widened(self) -> Self {
        let size = self.low.abs().max(self.high.abs());
        if self.high - self.low > size * 1e-9 {
            return self;
        }
        let half = if size > 0.0 { size * 0.05 } else { 0.5 };
        Self { low: self.low - half, high: self.high + half }
    }
}
