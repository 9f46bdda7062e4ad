//! A number with its Monte Carlo error.

/// An estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Its value.
    pub value: f64,
    /// Its standard error, where one can be had.
    pub std_error: Option<f64>,
}

impl Estimate {
    /// An estimate, or `None` where the value is undefined (NaN).
    pub fn new(value: f64, std_error: f64) -> Option<Estimate> {
        let std_error = Some(std_error).filter(|e| !e.is_nan());
        (!value.is_nan()).then_some(Estimate { value, std_error })
    }
}

/// The spread of figures over independent randomisations, each figure by Welford's method.
#[derive(Clone, Debug)]
pub struct Spread {
    count: f64,
    mean: Vec<f64>,
    squares: Vec<f64>,
}

impl Spread {
    /// For so many figures.
    pub fn new(figures: usize) -> Spread {
        Spread { count: 0.0, mean: vec![0.0; figures], squares: vec![0.0; figures] }
    }

    /// Adds the figures of one randomisation. A NaN makes a figure's error undefined.
    pub fn add(&mut self, figures: &[f64]) {
        self.count += 1.0;
        for ((x, mean), squares) in figures.iter().zip(&mut self.mean).zip(&mut self.squares) {
            let delta = x - *mean;
            *mean += delta / self.count;
            *squares += delta * (x - *mean);
        }
    }

    /// The standard error of each figure's mean over the randomisations; NaN for fewer than two.
    pub fn std_errors(&self) -> Vec<f64> {
        let n = self.count;
        let error = |squares: &f64| if n > 1.0 { (squares.max(0.0) / (n - 1.0) / n).sqrt() } else { f64::NAN };
        self.squares.iter().map(error).collect()
    }
}

/// Standard error of a share of `n` independent trials.
pub fn proportion_error(share: f64, n: f64) -> f64 {
    (share * (1.0 - share) / n).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_is_the_usual_formula() {
        let mut spread = Spread::new(2);
        for x in [1.0, 2.0, 3.0, 6.0] {
            spread.add(&[x, 5.0]);
        }
        let errors = spread.std_errors();
        assert!((errors[0] - (14.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(errors[1], 0.0);
    }
}
