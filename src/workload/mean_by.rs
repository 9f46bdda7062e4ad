//! How far a mean of many records may be off, where records of one time resemble each other.

use crate::math::{normal, student};

/// A mean, and how uncertain it is.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanBy {
    /// What all sums come to by all counts.
    pub mean: f64,
    /// Its standard error, by the scatter of blocks.
    pub se: f64,
    /// The standard deviation of a normal distribution with the same 90 % interval: blocks are few.
    pub sd: f64,
    /// What each block is above the mean, weighted by its count.
    pub residuals: Vec<f64>,
}

/// The mean of `sums` by `counts`, which are those of blocks in the order of time, empty ones included. Blocks in a row that
/// are off in the same direction widen the error. Nothing with fewer than four blocks or without counts.
pub fn mean_by(counts: &[f64], sums: &[f64]) -> Option<MeanBy> {
    let blocks = counts.len() as f64;
    let count: f64 = counts.iter().sum();
    if counts.len() < 4 || count <= 0.0 {
        return None;
    }
    let mean = sums.iter().sum::<f64>() / count;
    let residual = |(n, s): (&f64, &f64)| (s - mean * n) / (count / blocks);
    let residuals: Vec<f64> = counts.iter().zip(sums).map(residual).collect();
    let squares: f64 = residuals.iter().map(|e| e * e).sum();
    let neighbours: f64 = residuals.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let lag = if squares > 0.0 { neighbours / squares } else { 0.0 };
    let rho = ((blocks * lag + 1.0) / (blocks - 3.0)).clamp(0.0, 0.9);
    let se = (squares / (blocks - 1.0) / blocks).sqrt() * ((1.0 + rho) / (1.0 - rho)).sqrt();
    let sd = se * student::quantile(0.95, blocks - 1.0) / normal::quantile(0.95);
    Some(MeanBy { mean, se, sd, residuals })
}

/// Pearson's correlation of two series of one length; nothing where one of them does not vary.
pub fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product = |x: &[f64], mean_x: f64, y: &[f64], mean_y: f64| {
        x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>()
    };
    let shared = product(a, mean_a, b, mean_b);
    let correlation = shared / (product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b)).sqrt();
    correlation.is_finite().then_some(correlation)
}
