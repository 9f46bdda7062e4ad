//! The data at which choices are looked at: as close as these can change.

use super::likelihood::Likelihood;

/// How far beyond the outermost values data are looked at, in standard deviations.
const REACH: usize = 8;
/// Up to so many outcomes all their numbers are looked at.
const EVERY: f64 = 4096.0;

/// Data in rising order: at the mean of every value and between them, so many to a standard deviation and to a gap where they
/// scatter less than values differ.
pub fn data(likelihood: &Likelihood, fineness: usize) -> Vec<f64> {
    match likelihood.outcomes() {
        Some(n) if n <= EVERY => (0..=n as u64).map(|k| k as f64).collect(),
        Some(n) => {
            let mut whole: Vec<f64> =
                smooth(likelihood, fineness).into_iter().map(|d| d.round().clamp(0.0, n)).collect();
            whole.dedup();
            whole
        }
        None => smooth(likelihood, fineness),
    }
}

fn smooth(likelihood: &Likelihood, fineness: usize) -> Vec<f64> {
    let last = likelihood.values() - 1;
    let step = |value: usize| likelihood.spread(value) / fineness as f64;
    let outside = (1..=REACH * fineness).map(|k| k as f64);
    let below = outside.clone().rev().map(|k| likelihood.centre(0) - k * step(0));
    let above = outside.map(|k| likelihood.centre(last) + k * step(last));
    let mut found: Vec<f64> = below.collect();
    // Values closer together than half a step need no data of their own.
    let mut next = f64::NEG_INFINITY;
    for value in 0..last {
        let (from, to) = (likelihood.centre(value), likelihood.centre(value + 1));
        let step = step(value).min(step(value + 1));
        let parts = ((to - from) / step).ceil().clamp(1.0, fineness as f64);
        for k in 0..parts as usize {
            let at = from + (to - from) * k as f64 / parts;
            if at >= next {
                found.push(at);
                next = at + 0.5 * step;
            }
        }
    }
    found.push(likelihood.centre(last));
    found.extend(above);
    found
}
