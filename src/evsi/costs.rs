//! What a test costs.

/// What a test costs, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Costs {
    /// However many samples there are.
    pub fixed: Option<f64>,
    /// Of each sample.
    pub per_sample: Option<f64>,
}

impl Costs {
    /// Of a test with so many samples of each input; `None` where no cost is known.
    pub fn of(&self, samples: &[u64]) -> Option<f64> {
        let all = samples.iter().map(|n| *n as f64).sum::<f64>();
        let is_known = self.fixed.is_some() || self.per_sample.is_some();
        is_known.then(|| self.fixed.unwrap_or(0.0) + self.per_sample.unwrap_or(0.0) * all)
    }
}
