//! A level that moves from week to week, seen through noise, and what it will be.
//!
//! `y = level + noise` with `level = level before (+ drift) + step`. Nobody knows which share of the changes are steps: so
//! all shares count, each by how well it explains what was seen.

use crate::math::student::distribution;
use crate::math::{exp, linalg, ln};

/// Shares of steps that are tried are the multiples of this part of one.
const SHARES: u32 = 40;
/// The least variance: that of numbers that do not change at all.
const LEAST: f64 = 1e-24;

/// What is asked for: a sum of levels at future times, each with its weight. The first observation is at 1.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelSum(Vec<(f64, f64)>);

impl LevelSum {
    /// The level at a time.
    pub fn level(time: f64) -> LevelSum {
        LevelSum(vec![(1.0, time)])
    }

    /// The mean of the levels at some times.
    pub fn mean(times: impl ExactSizeIterator<Item = f64>) -> LevelSum {
        let weight = 1.0 / times.len().max(1) as f64;
        LevelSum(times.map(|time| (weight, time)).collect())
    }

    /// What the level rises between two times, in a unit of it.
    pub fn rise(from: f64, to: f64, unit: f64) -> LevelSum {
        LevelSum(vec![(1.0 / unit, to), (-1.0 / unit, from)])
    }

    fn sum(&self, term: impl Fn(f64) -> f64) -> f64 {
        self.0.iter().map(|(weight, time)| weight * term(*time)).sum()
    }
}

/// What is known of targets: a mixture of t distributions.
#[derive(Clone, Debug)]
pub struct StudentMixture {
    components: Vec<Component>,
    freedom: f64,
    targets: usize,
}

/// What is known where the share of steps is given.
#[derive(Clone, Debug)]
struct Component {
    weight: f64,
    centres: Vec<f64>,
    /// Squared scales and their products, a row for each target.
    scales: Vec<f64>,
}

/// What the targets come to, from three observations or more, and with a drift from four.
pub fn local_level(y: &[f64], has_drift: bool, targets: &[LevelSum]) -> Option<StudentMixture> {
    let parameters = if has_drift { 2 } else { 1 };
    let freedom = y.len().checked_sub(parameters).filter(|freedom| *freedom > 0)? as f64;
    let found: Option<Vec<(f64, Component)>> =
        (0..=SHARES).map(|k| component(y, has_drift, targets, f64::from(k) / f64::from(SHARES))).collect();
    let found = found?;
    let most = found.iter().map(|(log, _)| *log).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = found.iter().map(|(log, _)| exp(log - most)).sum();
    let weighted = |(log, component): (f64, Component)| Component { weight: exp(log - most) / total, ..component };
    let components = found.into_iter().map(weighted).collect();
    Some(StudentMixture { components, freedom, targets: targets.len() })
}

/// Generalised least squares for one share of steps: the logarithm of its weight, and the targets.
fn component(y: &[f64], has_drift: bool, targets: &[LevelSum], share: f64) -> Option<(f64, Component)> {
    let n = y.len();
    let (noise, step) = ((1.0 - share) * (1.0 - share), share * share);
    let shared = |i: usize, j: usize| step * (i.min(j) + 1) as f64 + if i == j { noise } else { 0.0 };
    let matrix: Vec<f64> = (0..n * n).map(|k| shared(k / n, k % n)).collect();
    let factor = linalg::cholesky(&matrix, n)?;
    // Everything is seen through L⁻¹, which makes errors independent.
    let whiten = |mut column: Vec<f64>| {
        solve_lower(&factor, n, &mut column);
        column
    };
    let mut design = vec![whiten(vec![1.0; n])];
    if has_drift {
        design.push(whiten((1..=n).map(|w| w as f64).collect()));
    }
    let seen = whiten(y.to_vec());
    let p = design.len();
    let normal: Vec<f64> = (0..p * p).map(|k| dot(&design[k / p], &design[k % p])).collect();
    let inner = linalg::cholesky(&normal, p)?;
    let beta = solve(&inner, p, design.iter().map(|x| dot(x, &seen)).collect());
    let residuals: Vec<f64> = (0..n).map(|i| seen[i] - (0..p).map(|k| design[k][i] * beta[k]).sum::<f64>()).collect();
    let freedom = (n - p) as f64;
    let variance = (dot(&residuals, &residuals) / freedom).max(LEAST);
    let log_weight = -log_root(&factor, n) - log_root(&inner, p) - freedom / 2.0 * ln(variance);
    let mut predicted = Vec::new();
    for target in targets {
        let covariance = whiten((1..=n).map(|w| step * target.sum(|time| time.min(w as f64))).collect());
        let own = [target.sum(|_| 1.0), target.sum(|time| time)];
        let gap: Vec<f64> = (0..p).map(|k| own[k] - dot(&design[k], &covariance)).collect();
        let centre = (0..p).map(|k| own[k] * beta[k]).sum::<f64>() + dot(&covariance, &residuals);
        predicted.push((centre, covariance, gap));
    }
    let scale = |(a, b): (usize, usize)| {
        let own = step * targets[a].sum(|s| targets[b].sum(|t| s.min(t)));
        let ((_, seen_a, gap_a), (_, seen_b, gap_b)) = (&predicted[a], &predicted[b]);
        variance * (own - dot(seen_a, seen_b) + dot(gap_a, &solve(&inner, p, gap_b.clone())))
    };
    let m = targets.len();
    let scales = (0..m * m).map(|k| scale((k / m, k % m))).collect();
    let centres = predicted.iter().map(|(centre, ..)| *centre).collect();
    Some((log_weight, Component { weight: 0.0, centres, scales }))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The logarithm of the root of a determinant, by its factor.
fn log_root(factor: &[f64], n: usize) -> f64 {
    (0..n).map(|i| ln(factor[i * n + i])).sum()
}

/// x with L·x = b, in the place of b.
fn solve_lower(factor: &[f64], n: usize, b: &mut [f64]) {
    for i in 0..n {
        let known = dot(&factor[i * n..i * n + i], &b[..i]);
        b[i] = (b[i] - known) / factor[i * n + i];
    }
}

/// x with L·Lᵀ·x = b.
fn solve(factor: &[f64], n: usize, mut b: Vec<f64>) -> Vec<f64> {
    solve_lower(factor, n, &mut b);
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| factor[k * n + i] * b[k]).sum();
        b[i] = (b[i] - known) / factor[i * n + i];
    }
    b
}

impl StudentMixture {
    /// The p-quantile of a target, to about 1e-12 of its scale.
    pub fn quantile(&self, target: usize, p: f64) -> f64 {
        let mut ends = (f64::INFINITY, f64::NEG_INFINITY);
        // No t distribution with a degree of freedom has more than 1e-7 beyond a few million scales.
        for component in &self.components {
            let (centre, reach) = (component.centres[target], 1e7 * component.scale(target, self.targets));
            ends = (ends.0.min(centre - reach), ends.1.max(centre + reach));
        }
        for _ in 0..200 {
            let middle = 0.5 * (ends.0 + ends.1);
            if middle <= ends.0 || middle >= ends.1 {
                break;
            }
            if self.below(target, middle) < p { ends.0 = middle } else { ends.1 = middle }
        }
        0.5 * (ends.0 + ends.1)
    }

    /// The probability that a target is at most `x`.
    fn below(&self, target: usize, x: f64) -> f64 {
        let part = |component: &Component| {
            let scale = component.scale(target, self.targets);
            component.weight * distribution((x - component.centres[target]) / scale, self.freedom)
        };
        self.components.iter().filter(|component| component.weight > 1e-18).map(part).sum()
    }

    /// Pearson's correlation of two targets; nothing with two degrees of freedom or fewer, where it is undefined.
    pub fn correlation(&self, a: usize, b: usize) -> Option<f64> {
        let spread = self.freedom / (self.freedom - 2.0);
        let covariance = |a: usize, b: usize| {
            let mean = |target: usize| self.components.iter().map(|c| c.weight * c.centres[target]).sum::<f64>();
            let (mean_a, mean_b) = (mean(a), mean(b));
            let part = |c: &Component| {
                let between = (c.centres[a] - mean_a) * (c.centres[b] - mean_b);
                c.weight * (c.scales[a * self.targets + b] * spread + between)
            };
            self.components.iter().map(part).sum::<f64>()
        };
        let correlation = covariance(a, b) / (covariance(a, a) * covariance(b, b)).sqrt();
        (self.freedom > 2.0 && correlation.is_finite()).then_some(correlation)
    }
}

impl Component {
    fn scale(&self, target: usize, targets: usize) -> f64 {
        self.scales[target * targets + target].max(LEAST).sqrt()
    }
}
