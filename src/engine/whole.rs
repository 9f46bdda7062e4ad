//! What is known of the errors of a whole run beside the spread of its figures over the randomisations.

use crate::sample::RANDOMISATIONS;
use crate::stats::{LogBins, SdSpread, proportion_error};

/// A whole run, of one randomisation or more.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// Whether its trials are independent, so that errors have formulas.
    pub is_independent: bool,
    /// Its trials.
    pub trials: u64,
    /// By option and metric, the spread over its randomisations.
    pub deviations: &'a [SdSpread],
}

impl Whole<'_> {
    /// In how many randomisations so many values are: those of detailed trials are in the first.
    fn randomisations(&self, values: f64) -> f64 {
        let all = self.deviations.first().map_or(1.0, SdSpread::count);
        if values < self.trials as f64 { all.min(f64::from(RANDOMISATIONS)) } else { all }
    }

    /// What errors of the rank make of quantiles: half the distance of those one error of the rank to either side. Of
    /// independent trials it is their standard error; of stratified ones the least that there can be: of n points of a
    /// randomisation, p·n is rarely a whole number of strata, and the one that is cut lies below a given value or not. Where one
    /// variable decides, that is all there is, and the quantiles of single randomisations do not show it.
    pub fn rank_errors(&self, bins: &LogBins, probabilities: &[f64]) -> Vec<f64> {
        let n = bins.count() as f64;
        let error = |p: f64| {
            if self.is_independent {
                return proportion_error(p, n);
            }
            let randomisations = self.randomisations(n);
            let cut = (p * n / randomisations).fract();
            (cut * (1.0 - cut) * randomisations).sqrt() / n
        };
        let shifted = |sign: f64| {
            let moved = probabilities.iter().map(|p| (p + sign * error(*p)).clamp(0.0, 1.0));
            bins.quantiles(&moved.collect::<Vec<_>>())
        };
        shifted(-1.0).into_iter().zip(shifted(1.0)).map(|(low, high)| (high - low) / 2.0).collect()
    }
}
