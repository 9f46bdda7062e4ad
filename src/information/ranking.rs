//! Which candidate is cheapest in each trial of a block.

use crate::vector::kernels;

/// Costs within this relative difference of the lowest count as equal to it; the first listed is chosen.
const EQUAL: f64 = 1e-9;

/// Writes the lowest cost of the candidates and the number of the first that has it, by trial.
pub fn rank<'a>(candidates: &[usize], costs: impl Fn(usize) -> &'a [f64], best: &mut [f64], winner: &mut [f64]) {
    best.fill(f64::INFINITY);
    for i in candidates {
        lower(costs(*i), best);
    }
    for i in candidates.iter().rev() {
        win(costs(*i), best, *i as f64, winner);
    }
}

kernels! {
    fn lower(costs: &[f64], best: &mut [f64]) {
        for (best, x) in best.iter_mut().zip(costs) {
            *best = if x < best { *x } else { *best };
        }
    }

    fn win(costs: &[f64], best: &[f64], number: f64, winner: &mut [f64]) {
        for ((winner, x), best) in winner.iter_mut().zip(costs).zip(best) {
            *winner = if *x <= best + EQUAL * best.abs() { number } else { *winner };
        }
    }

    /// In how many trials two costs are the same.
    pub fn equals(costs: &[f64], others: &[f64]) -> u64 {
        costs.iter().zip(others).map(|(a, b)| u64::from((a - b).abs() <= EQUAL * b.abs())).sum()
    }

    /// In how many trials a cost is no more than another.
    pub fn no_dearer(costs: &[f64], others: &[f64]) -> u64 {
        costs.iter().zip(others).map(|(a, b)| u64::from(a - b <= EQUAL * b.abs())).sum()
    }

    /// In how many trials an option won.
    pub fn wins(winner: &[f64], option: usize) -> u64 {
        winner.iter().map(|w| u64::from(*w == option as f64)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_first_listed() {
        let costs = [[5.0], [3.0 + 1e-12], [3.0]];
        let cheapest = |candidates: &[usize]| {
            let (mut best, mut winner) = ([0.0], [9.0]);
            rank(candidates, |i| &costs[i], &mut best, &mut winner);
            (winner[0], best[0], wins(&winner, 1))
        };
        assert_eq!(cheapest(&[0, 1, 2]), (1.0, 3.0, 1));
        assert_eq!(cheapest(&[0, 2]), (2.0, 3.0, 0));
    }
}
