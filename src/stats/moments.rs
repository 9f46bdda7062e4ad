//! Mean, spread and extremes of a stream, in one pass over blocks.

use super::Merge;

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
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Moments {
        let (mut count, mut sum) = (0.0, 0.0);
        let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
        for x in values.clone() {
            count += 1.0;
            sum += x;
            min = min.min(x);
            max = max.max(x);
        }
        if count == 0.0 {
            return Moments::default();
        }
        // A mean of equal values must be that value, whatever the rounding of the sum.
        let mean = (sum / count).clamp(min, max);
        let squares = values.fold(0.0, |s, x| s + (x - mean) * (x - mean));
        Moments { count, mean, squares, min, max }
    }

    /// How many values.
    pub fn count(&self) -> f64 {
        self.count
    }

    /// Their mean; 0 where there are none.
    pub fn mean(&self) -> f64 {
        self.mean
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
        let whole = Moments::of(values.iter().copied());
        for cut in 0..=values.len() {
            let mut left = Moments::of(values[..cut].iter().copied());
            left.merge(&Moments::of(values[cut..].iter().copied()));
            assert!((left.mean - whole.mean).abs() < 1e-6);
            assert!((left.squares - whole.squares).abs() < 1e-6 * whole.squares);
            assert_eq!((left.min, left.max, left.count), (whole.min, whole.max, whole.count));
        }
    }

    #[test]
    fn equal_values_have_no_spread() {
        let mut m = Moments::of([0.1; 7].into_iter());
        m.merge(&Moments::of([0.1; 1000].into_iter()));
        assert_eq!((m.mean(), m.sd()), (0.1, Some(0.0)));
        assert_eq!(Moments::of([3.0].into_iter()).sd(), None);
    }
}
