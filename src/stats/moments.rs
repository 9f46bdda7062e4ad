//! Mean, spread and extremes of a stream, in one pass over blocks.

use super::Merge;
use crate::vector::kernels;

/// Count, mean, sum of squared deviations, least and largest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
    min: f64,
    max: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Moments { count: 0.0, mean: 0.0, squares: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Moments {
    /// Of one block, by two passes: deviations from the block's own mean do not cancel.
    pub fn of(values: &[f64]) -> Moments {
        if values.is_empty() {
            return Moments::default();
        }
        let count = values.len() as f64;
        let (sum, min, max) = sum(values);
        // A mean of equal values must be that value, whatever the rounding of the sum.
        let mean = if min <= max { (sum / count).clamp(min, max) } else { sum / count };
        Moments { count, mean, squares: squares(values, mean), min, max }
    }

    /// How many values.
    pub fn count(&self) -> f64 {
        self.count
    }

    /// Whether all of them are finite, and so is their sum.
    pub fn is_finite(&self) -> bool {
        self.mean.is_finite()
    }

    /// Their mean; 0 where there are none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Their mean squared deviation from their mean; 0 where there are none.
    pub fn variance(&self) -> f64 {
        if self.count > 0.0 { self.squares / self.count } else { 0.0 }
    }

    /// Their standard deviation with n − 1; `None` for fewer than two values.
    pub fn sd(&self) -> Option<f64> {
        (self.count > 1.0).then(|| (self.squares / (self.count - 1.0)).sqrt())
    }

    /// Standard error of the mean of independent values.
    pub fn mean_error(&self) -> Option<f64> {
        self.sd().map(|sd| sd / self.count.sqrt())
    }

    /// The least value; infinite where there are none.
    pub fn min(&self) -> f64 {
        self.min
    }

    /// The largest value; minus infinity where there are none.
    pub fn max(&self) -> f64 {
        self.max
    }
}

/// Partial sums that are kept beside each other, whatever the width of vectors.
const LANES: usize = 16;

/// The sum of partial sums, neighbours first.
#[inline(always)]
fn fold(mut lanes: [f64; LANES], f: impl Fn(f64, f64) -> f64) -> f64 {
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for i in 0..width {
            lanes[i] = f(lanes[i], lanes[i + width]);
        }
    }
    lanes[0]
}

#[inline(always)]
fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[inline(always)]
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

kernels! {
    /// Sum, least and largest value.
    fn sum(values: &[f64]) -> (f64, f64, f64) {
        let (mut sums, mut min, mut max) = ([0.0; LANES], [f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        let mut add = |lane: usize, x: f64| {
            sums[lane] += x;
            min[lane] = lesser(x, min[lane]);
            max[lane] = greater(x, max[lane]);
        };
        let (rows, rest) = values.as_chunks::<LANES>();
        for row in rows {
            for lane in 0..LANES {
                add(lane, row[lane]);
            }
        }
        rest.iter().enumerate().for_each(|(lane, x)| add(lane, *x));
        (fold(sums, |a, b| a + b), fold(min, lesser), fold(max, greater))
    }

    /// Sum of squared deviations from a mean.
    fn squares(values: &[f64], mean: f64) -> f64 {
        let mut sums = [0.0; LANES];
        let (rows, rest) = values.as_chunks::<LANES>();
        for row in rows {
            for lane in 0..LANES {
                sums[lane] += (row[lane] - mean) * (row[lane] - mean);
            }
        }
        rest.iter().enumerate().for_each(|(lane, x)| sums[lane] += (x - mean) * (x - mean));
        fold(sums, |a, b| a + b)
    }
}

impl Merge for Moments {
    /// Chan, Golub and LeVeque 1979.
    fn merge(&mut self, other: &Self) {
        if other.count == 0.0 {
            return;
        }
        if self.count == 0.0 {
            *self = *other;
            return;
        }
        let count = self.count + other.count;
        let delta = other.mean - self.mean;
        self.mean += delta * (other.count / count);
        self.squares += other.squares + delta * delta * (self.count * other.count / count);
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.mean = self.mean.clamp(self.min, self.max);
        self.count = count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_at_any_point_gives_the_same() {
        let values: Vec<f64> = (0..100).map(|i| 1e9 + f64::from(i * i % 37)).collect();
        let whole = Moments::of(&values);
        for cut in 0..=values.len() {
            let mut left = Moments::of(&values[..cut]);
            left.merge(&Moments::of(&values[cut..]));
            assert!((left.mean - whole.mean).abs() < 1e-6);
            assert!((left.squares - whole.squares).abs() < 1e-6 * whole.squares);
            assert_eq!((left.min, left.max, left.count), (whole.min, whole.max, whole.count));
        }
    }

    #[test]
    fn equal_values_have_no_spread() {
        let mut m = Moments::of(&[0.1; 7]);
        m.merge(&Moments::of(&[0.1; 1000]));
        assert_eq!((m.mean(), m.sd()), (0.1, Some(0.0)));
        assert_eq!(Moments::of(&[3.0]).sd(), None);
    }
}
