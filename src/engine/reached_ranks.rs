//! What rank correlations come to between variables whose values tie.
//!
//! A copula gives coordinates their rank correlation; discrete values tie, and ranks with ties may not reach it: two that are
//! 1 in a fifth of the trials and 0 elsewhere have −0.25 at the least. Spearman's correlation with ties is that of the
//! mid-ranks, (P(X < x) + P(X ≤ x))/2: M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945).

use crate::math::normal;
use crate::model::Model;
use crate::quantity::{Law, Variable};
use crate::sample::coordinate;
use crate::scenario::Scenario;

/// Differences from what was asked for that are worth a word.
const NOTABLE: f64 = 0.02;
/// Values above which ties are too small to matter.
const MOST: usize = 1024;
/// Steps of the normal distribution in either direction: what comes out is exact to some thousandths.
const STEPS: usize = 200;

/// A pair whose ranks are not what was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReachedRank {
    /// The numbers of the variables.
    pub variables: [usize; 2],
    /// The rank correlation that was asked for.
    pub asked: f64,
    /// What it comes to.
    pub reached: f64,
}

/// The pairs of correlated variables whose ties keep their ranks from what was asked for.
pub fn reached_ranks(scenario: &Scenario, model: &Model) -> Vec<ReachedRank> {
    let mut found = Vec::new();
    for group in &scenario.groups {
        let ranks: Vec<MidRanks> = group.members.iter().map(|v| MidRanks::of(&model.program.variables[*v])).collect();
        let pairs = (0..ranks.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
        for (i, j) in pairs.filter(|(i, j)| ranks[*i].ties() || ranks[*j].ties()) {
            let asked = group.rank_correlation(i, j);
            let reached = correlation([&ranks[i], &ranks[j]], group.correlation(i, j));
            if (reached - asked).abs() > NOTABLE {
                found.push(ReachedRank { variables: [group.members[i], group.members[j]], asked, reached });
            }
        }
    }
    found
}

/// The mid-ranks of a variable: where coordinates of one value begin, each up to the next, and the end.
struct MidRanks(Vec<f64>);

impl MidRanks {
    fn of(variable: &Variable) -> MidRanks {
        let Law::Fixed(quantiles) = &variable.law else { return MidRanks(Vec::new()) };
        let dist = quantiles.dist();
        let mut ends = vec![0.0];
        while let Some(below) = ends.last().copied().filter(|below| *below < 1.0 - 1e-9) {
            let x = dist.quantile(below + 1e-12);
            let [low, high] = [dist.level_below(x), dist.level(x)].map(|level| level.below);
            // Between two values of a discrete variable there is nothing; another has no end of them.
            if high <= low || low > below + 1e-9 || ends.len() > MOST {
                return MidRanks(Vec::new());
            }
            ends.push(high);
        }
        MidRanks(ends)
    }

    fn ties(&self) -> bool {
        !self.0.is_empty()
    }

    /// The mid-rank at a coordinate, from the middle.
    fn at(&self, u: f64) -> f64 {
        let place = self.0.partition_point(|end| *end <= u);
        match (place.checked_sub(1).and_then(|k| self.0.get(k)), self.0.get(place)) {
            (Some(low), Some(high)) => 0.5 * (low + high) - 0.5,
            _ => u - 0.5,
        }
    }
}

/// The correlation of two variables' mid-ranks under a normal correlation.
fn correlation(ranks: [&MidRanks; 2], normal: f64) -> f64 {
    let middle = |k: usize| (k as f64 + 0.5) / STEPS as f64;
    let own = (1.0 - normal * normal).max(0.0).sqrt();
    let mut sums = [0.0; 3];
    for z in (0..STEPS).map(|k| normal::quantile(middle(k))) {
        let a = ranks[0].at(coordinate(z));
        for other in (0..STEPS).map(|k| normal::quantile(middle(k))) {
            let b = ranks[1].at(coordinate(normal * z + own * other));
            sums.iter_mut().zip([a * b, a * a, b * b]).for_each(|(sum, x)| *sum += x);
        }
    }
    sums[0] / (sums[1] * sums[2]).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(ends: &[f64]) -> MidRanks {
        MidRanks(ends.to_vec())
    }

    /// With probability 0 of both or of neither there is nothing else for two of a fifth to be; a median split with itself
    /// at normal correlation r has 2/π·asin r.
    #[test]
    fn ties_take_from_ranks_what_they_must() {
        let fifth = steps(&[0.0, 0.8, 1.0]);
        assert!((correlation([&fifth, &fifth], -0.95) + 0.25).abs() < 0.01);
        let half = steps(&[0.0, 0.5, 1.0]);
        let expected = 2.0 / std::f64::consts::PI * crate::math::asin(0.6);
        assert!((correlation([&half, &half], 0.6) - expected).abs() < 0.01);
        let smooth = steps(&[]);
        assert!((correlation([&smooth, &smooth], 0.5) - 0.482_583_7).abs() < 0.005);
    }
}
