//! Errors from the spread over independent randomisations.

use super::Moments;

/// The spread of figures over independent randomisations, each figure by Welford's method.
#[derive(Clone, Debug)]
pub struct Spread {
    count: Vec<f64>,
    mean: Vec<f64>,
    squares: Vec<f64>,
}

impl Spread {
    /// For so many figures.
    pub fn new(figures: usize) -> Spread {
        Spread { count: vec![0.0; figures], mean: vec![0.0; figures], squares: vec![0.0; figures] }
    }

    /// Adds the figures of one randomisation. Of a `complete` one a NaN makes a figure's error undefined; the figures that
    /// others leave out are those of fewer randomisations.
    pub fn add(&mut self, figures: &[f64], complete: bool) {
        let mine = self.count.iter_mut().zip(&mut self.mean).zip(&mut self.squares);
        for (x, ((count, mean), squares)) in figures.iter().zip(mine).filter(|(x, _)| complete || !x.is_nan()) {
            *count += 1.0;
            let delta = x - *mean;
            *mean += delta / *count;
            *squares += delta * (x - *mean);
        }
    }

    /// The standard error of a figure's mean over the randomisations; NaN for fewer than two.
    pub fn std_error(&self, figure: usize) -> f64 {
        let n = self.count[figure];
        // Rounding may leave a little less than 0; `max` would make a number of NaN.
        let squares = if self.squares[figure] < 0.0 { 0.0 } else { self.squares[figure] };
        if n > 1.0 { (squares / (n - 1.0) / n).sqrt() } else { f64::NAN }
    }

    /// Over how many randomisations.
    pub fn count(&self, figure: usize) -> f64 {
        self.count[figure]
    }
}

/// The spread over independent randomisations of what a standard deviation comes from. A few extreme values make the
/// deviations of single randomisations too small and too alike; their second moments are right on average.
#[derive(Clone, Copy, Debug, Default)]
pub struct SdSpread {
    count: f64,
    /// The mean of the first, from which all are measured.
    centre: f64,
    /// Of mean and second moment: their means.
    means: [f64; 2],
    /// The sums of their squared deviations, and of the products of both.
    squares: [f64; 3],
}

impl SdSpread {
    /// Adds a randomisation.
    pub fn add(&mut self, part: &Moments) {
        if self.count == 0.0 {
            self.centre = part.mean();
        }
        let mean = part.mean() - self.centre;
        let second = part.variance() + mean * mean;
        self.count += 1.0;
        let deltas = [mean - self.means[0], second - self.means[1]];
        self.means = [self.means[0] + deltas[0] / self.count, self.means[1] + deltas[1] / self.count];
        let rest = [mean - self.means[0], second - self.means[1]];
        let products = [deltas[0] * rest[0], deltas[1] * rest[1], deltas[0] * rest[1]];
        self.squares.iter_mut().zip(products).for_each(|(sum, x)| *sum += x);
    }

    /// The standard error of the standard deviation of all randomisations together; NaN for fewer than two. Second moments
    /// about the common mean vary as `x² − 2·m·x` does, and their root by half of that over itself.
    pub fn std_error(&self, all: &Moments) -> f64 {
        let (n, mean) = (self.count, all.mean() - self.centre);
        let [means, seconds, products] = self.squares;
        let squares = (seconds - 4.0 * mean * products + 4.0 * mean * mean * means).max(0.0);
        match all.sd() {
            Some(sd) if n > 1.0 && sd > 0.0 => (squares / (n - 1.0) / n).sqrt() / (2.0 * sd),
            Some(_) if n > 1.0 => 0.0,
            _ => f64::NAN,
        }
    }

    /// Over how many randomisations.
    pub fn count(&self) -> f64 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Merge;

    #[test]
    fn spread_is_the_usual_formula() {
        let mut spread = Spread::new(3);
        for x in [1.0, 2.0, 3.0, 6.0] {
            spread.add(&[x, 5.0, x], true);
        }
        spread.add(&[2.0, 5.0, f64::NAN], false);
        let four = (14.0f64 / 3.0 / 4.0).sqrt();
        assert!((spread.std_error(2) - four).abs() < 1e-12 && spread.count(2) == 4.0);
        assert!((spread.std_error(0) - (14.8f64 / 4.0 / 5.0).sqrt()).abs() < 1e-12 && spread.count(0) == 5.0);
        assert_eq!(spread.std_error(1), 0.0);
        spread.add(&[2.0, f64::NAN, 3.0], true);
        assert!(spread.std_error(1).is_nan());
    }

    /// The linear error is the jackknife's, but for terms of second order.
    #[test]
    fn the_error_of_a_standard_deviation_is_the_jackknifes() {
        let square = |x: f64| x * x;
        let values: Vec<f64> = (0..16_000).map(|k| 1e6 + square(f64::from(k * 7919 % 16_000))).collect();
        let parts: Vec<Moments> = values.chunks(1000).map(Moments::of).collect();
        let merged = |parts: &mut dyn Iterator<Item = &Moments>| {
            parts.fold(Moments::default(), |mut all, part| {
                all.merge(part);
                all
            })
        };
        let mut spread = SdSpread::default();
        parts.iter().for_each(|part| spread.add(part));
        let without: Vec<f64> = (0..parts.len())
            .filter_map(|k| merged(&mut parts.iter().enumerate().filter(|(r, _)| *r != k).map(|(_, p)| p)).sd())
            .collect();
        let n = without.len() as f64;
        let mean = without.iter().sum::<f64>() / n;
        let jackknife = (without.iter().map(|x| square(x - mean)).sum::<f64>() * (n - 1.0) / n).sqrt();
        let found = spread.std_error(&merged(&mut parts.iter()));
        assert!(jackknife > 0.0 && (found / jackknife - 1.0).abs() < 0.01, "{found} against {jackknife}");
    }
}
