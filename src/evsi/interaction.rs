//! How much of what a saving hangs on tested inputs have only together: it is not in a sum of what each says.

use crate::stats::{Estimate, Order};

/// Parts of each input.
const PARTS: usize = 32;
/// Cells of a pair of inputs.
pub const CELLS: usize = PARTS * PARTS;
/// A share of the variance from which on it is said.
const NOTABLE: f64 = 0.05;

/// What two inputs explain of a saving together, beyond what they explain one by one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    /// The places of the two among the tested inputs.
    pub inputs: [usize; 2],
    /// The number of the option whose saving it is.
    pub option: usize,
    /// The share of its variance.
    pub share: Estimate,
}

impl Interaction {
    /// Whether it is more than a twentieth, which a sum of what each input says leaves out; `None` where the trials do not tell.
    pub fn is_notable(&self) -> Option<bool> {
        let over = Estimate { value: self.share.value - NOTABLE, ..self.share };
        match over.order(NOTABLE, 0.95) {
            Order::More => Some(true),
            Order::Less | Order::Equal => Some(false),
            Order::Open => None,
        }
    }
}

/// The cell of two parts, of so many each.
pub fn cell(parts: [usize; 2], counts: [usize; 2]) -> usize {
    let coarse = |k: usize| if counts[k] <= PARTS { parts[k] } else { parts[k] * PARTS / counts[k] };
    coarse(0) * PARTS + coarse(1)
}

/// The share of a variance that the cells of two inputs explain beyond rows and columns. By randomisation: the trials of each
/// cell, and the sum of a number over them.
///
/// The products of deviations in one randomisation and in all others have nothing of the noise of means over few trials, as
/// in first-order indices.
pub fn share(cells: &[(Vec<f64>, Vec<f64>)], variance: f64) -> Option<Estimate> {
    let rows = |k: usize| k / PARTS;
    let columns = |k: usize| k % PARTS;
    let explained = |r: usize, groups: usize, of: &dyn Fn(usize) -> usize| {
        let sums = |keep: &dyn Fn(usize) -> bool| {
            let mut sums = vec![[0.0; 2]; groups];
            for (_, (counts, numbers)) in cells.iter().enumerate().filter(|(k, _)| keep(*k)) {
                for (cell, (count, number)) in counts.iter().zip(numbers).enumerate() {
                    let sum = &mut sums[of(cell)];
                    *sum = [sum[0] + count, sum[1] + number];
                }
            }
            sums
        };
        covariance(&sums(&|k| k == r), &sums(&|k| k != r))
    };
    let beyond = |r: usize| {
        let apart = explained(r, PARTS, &rows) + explained(r, PARTS, &columns);
        (explained(r, CELLS, &|k| k) - apart) / variance
    };
    Estimate::of_means(&(0..cells.len()).map(beyond).collect::<Vec<_>>()).filter(|_| variance > 0.0)
}

/// The covariance of the means of groups in one randomisation with those in others, each as counts and sums.
fn covariance(own: &[[f64; 2]], others: &[[f64; 2]]) -> f64 {
    let filled = || own.iter().zip(others).filter(|(_, others)| others[0] > 0.0);
    let mean = |sums: &mut dyn Iterator<Item = &[f64; 2]>| {
        let [count, sum] = sums.fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
        if count > 0.0 { sum / count } else { 0.0 }
    };
    let own_mean = mean(&mut filled().map(|(own, _)| own));
    let mean = mean(&mut filled().map(|(_, others)| others));
    let count: f64 = filled().map(|(own, _)| own[0]).sum();
    let product = |(own, others): (&[f64; 2], &[f64; 2])| (own[1] - own_mean * own[0]) * (others[1] / others[0] - mean);
    if count > 0.0 { filled().map(product).sum::<f64>() / count } else { 0.0 }
}
