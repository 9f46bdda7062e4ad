//! What is chosen after which data: stretches of data, each with a candidate.

use super::grid;
use super::likelihood::Likelihood;
use super::parts::{Costs, Parts, least};

/// Data to a standard deviation at which choices are looked at.
const FINENESS: usize = 4;
/// How often a place at which the choice changes is bisected: what is lost by its error goes with the square of it.
const BISECTIONS: usize = 14;

/// A choice for any data.
#[derive(Clone, Debug, PartialEq)]
struct Rule {
    /// After the least data.
    first: usize,
    /// Above which data another candidate is chosen, and which, rising.
    changes: Vec<(f64, usize)>,
}

/// The chance of each candidate to be chosen in each part of an input, by view, after data of a likelihood.
pub fn chances(parts: &Parts, likelihood: &Likelihood) -> Vec<Costs> {
    rules(parts, likelihood).iter().map(|rule| rule.chances(likelihood, parts.views[0].candidates())).collect()
}

/// The same where the part itself becomes known.
pub fn chances_of_knowing(parts: &Parts) -> Vec<Costs> {
    let of = |view: &Costs| {
        let candidates = view.candidates();
        let row = |part: usize| {
            let chosen = least(view.of(part));
            (0..candidates).map(move |i| if i == chosen { 1.0 } else { 0.0 })
        };
        Costs::new(candidates, (0..parts.values.len()).flat_map(row).collect())
    };
    parts.views.iter().map(of).collect()
}

/// The choice of each view.
fn rules(parts: &Parts, likelihood: &Likelihood) -> Vec<Rule> {
    let data = grid::data(likelihood, FINENESS);
    let mut rules: Vec<Rule> = Vec::new();
    for (k, d) in data.iter().enumerate() {
        let found = likelihood.at(*d);
        let chosen = parts.views.iter().map(|view| choice(view, &found));
        if k == 0 {
            rules = chosen.map(|first| Rule { first, changes: Vec::new() }).collect();
            continue;
        }
        for ((rule, view), chosen) in rules.iter_mut().zip(&parts.views).zip(chosen) {
            let last = rule.changes.last().map_or(rule.first, |change| change.1);
            if chosen != last {
                rule.changes.push((change(view, likelihood, [data[k - 1], *d], last), chosen));
            }
        }
    }
    rules
}

/// The candidate that costs least on average after data, of which a view holds the costs by part.
fn choice(view: &Costs, (first, likely): &(usize, Vec<f64>)) -> usize {
    let mut sums = vec![0.0; view.candidates()];
    for (k, weight) in likely.iter().enumerate() {
        sums.iter_mut().zip(view.of(first + k)).for_each(|(sum, cost)| *sum += weight * cost);
    }
    least(&sums)
}

/// The last data between two at which a candidate is still chosen, as it is at the first.
fn change(view: &Costs, likelihood: &Likelihood, [mut low, mut high]: [f64; 2], chosen: usize) -> f64 {
    let is_whole = likelihood.outcomes().is_some();
    for _ in 0..BISECTIONS {
        let middle = 0.5 * (low + high);
        let middle = if is_whole { middle.floor() } else { middle };
        if middle <= low {
            break;
        }
        if choice(view, &likelihood.at(middle)) == chosen { low = middle } else { high = middle }
    }
    if is_whole { low } else { 0.5 * (low + high) }
}

impl Rule {
    /// The chance of each candidate to be chosen in each part.
    fn chances(&self, likelihood: &Likelihood, candidates: usize) -> Costs {
        let row = |part: usize| {
            let mut row = vec![0.0; candidates];
            let (mut before, mut chosen) = (0.0, self.first);
            for (above, next) in &self.changes {
                let below = likelihood.below(part, *above);
                row[chosen] += below - before;
                (before, chosen) = (below, *next);
            }
            row[chosen] += 1.0 - before;
            row
        };
        Costs::new(candidates, (0..likelihood.values()).flat_map(row).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::gains::Gains;
    use super::super::likelihood::Sampling;
    use super::*;

    const VALUES: usize = 300;
    const CANDIDATES: usize = 3;

    /// Costs that wind around each other, with noise that differs by randomisation.
    fn parts() -> Parts {
        let value = |part: usize| 0.2 + 0.6 * (part as f64 + 0.5) / VALUES as f64;
        let noise = |k: usize| crate::math::sin(k as f64 * 12.9898) * 0.01;
        let row = |r: usize, part: usize| {
            let x = value(part);
            let mean = [0.5, x, 0.48 + 0.1 * crate::math::sin(9.0 * x)];
            let cost = |i: usize| 64.0 * (mean[i] + noise(part * 31 + i * 7 + r * 1009));
            [64.0, 64.0 * x].into_iter().chain((0..CANDIDATES).map(cost)).collect::<Vec<_>>()
        };
        let sums: Vec<Vec<f64>> = (0..4).map(|r| (0..VALUES).flat_map(|part| row(r, part)).collect()).collect();
        let sums: Vec<(&[f64], f64)> = sums.iter().map(|sums| (&sums[..], 64.0 * VALUES as f64)).collect();
        Parts::new(&sums, CANDIDATES, false)
    }

    #[test]
    fn stretches_of_outcomes_are_worth_what_all_outcomes_are_one_by_one() {
        let parts = parts();
        let all = parts.views.last().expect("all trials");
        for n in [1, 20, 300, 5000] {
            let likelihood = Likelihood::new(Sampling::Outcomes, n, &parts.values);
            let least = |k: u64| {
                let mut sums = [0.0; CANDIDATES];
                for j in 0..VALUES {
                    let p = likelihood.point(j, k as f64);
                    sums.iter_mut().zip(all.of(j)).for_each(|(sum, cost)| *sum += p * cost);
                }
                sums.into_iter().fold(f64::INFINITY, f64::min)
            };
            let exact = all.totals()[all.blind()] - (0..=n).map(least).sum::<f64>();
            let gains = Gains::new(&parts, &chances(&parts, &likelihood));
            let found = gains.itself.iter().sum::<f64>() / gains.itself.len() as f64;
            assert!((found - exact).abs() < 1e-6 * exact, "{n}: {found} {exact}");
        }
    }
}
