//! Tests of several independent inputs at once: what each says of a total is added up.

use super::gains::Gains;
use super::grid;
use super::likelihood::Likelihood;
use super::parts::{Costs, Parts, least};
use crate::sample::{Cube, Design, Sampler};

/// Data to a standard deviation that stand for all between them.
const FINENESS: usize = 32;
/// Sets of data that are drawn in each randomisation.
const POINTS: u64 = 1 << 13;

/// What the data of one input say.
struct Said {
    /// The probability of these data or of lesser ones.
    up_to: Vec<f64>,
    /// In each randomisation, by how much data move the mean totals, by data and candidate.
    own: Vec<Costs>,
    /// The same by view.
    views: Vec<Costs>,
}

/// What tests of several inputs save, of which `likelihoods` are those of their data; an input without one becomes known.
pub fn gains(parts: &[Parts], likelihoods: &[Option<Likelihood>], seed: u64) -> Gains {
    let said: Vec<Said> = parts.iter().zip(likelihoods).map(|(parts, data)| Said::new(parts, data.as_ref())).collect();
    let drawn = Drawn::new(&said, parts, seed);
    let all = parts[0].views.len() - 1;
    let of = |view: usize| (0..all).map(move |r| (r, if view == all { all } else { r }));
    let gain = |(r, view): (usize, usize)| drawn.gain(r, view);
    let changes = |view: usize| drawn.changes(view % all, view);
    Gains {
        itself: of(all).map(gain).collect(),
        others: of(0).map(gain).collect(),
        changes: (0..=all).map(changes).collect(),
    }
}

impl Said {
    fn new(parts: &Parts, likelihood: Option<&Likelihood>) -> Said {
        let weights = match likelihood {
            Some(likelihood) => weights(likelihood),
            None => (0..parts.values.len()).map(|part| (part, vec![1.0])).collect(),
        };
        let share = |(first, row): &(usize, Vec<f64>)| -> f64 {
            row.iter().zip(&parts.shares[*first..]).map(|(weight, share)| weight * share).sum()
        };
        let shares: Vec<f64> = weights.iter().map(share).collect();
        let mut sum = 0.0;
        let up_to = shares.iter().map(|share| {
            sum += share;
            sum
        });
        let up_to = up_to.collect();
        let moved = |costs: &Costs| moved(costs, &weights, &shares);
        Said { up_to, own: parts.own.iter().map(moved).collect(), views: parts.views.iter().map(moved).collect() }
    }
}

/// The probability of each of the data that stand for all, by part: the first part, and those from it on. Those of a part add
/// up to one.
fn weights(likelihood: &Likelihood) -> Vec<(usize, Vec<f64>)> {
    let data = grid::data(likelihood, FINENESS);
    let mut sums = vec![0.0; likelihood.values()];
    let mut rows = Vec::with_capacity(data.len());
    for (k, d) in data.iter().enumerate() {
        let (first, mut row) = likelihood.at(*d);
        let width = 0.5 * (data[(k + 1).min(data.len() - 1)] - data[k.saturating_sub(1)]);
        for (part, weight) in row.iter_mut().enumerate() {
            *weight = likelihood.point(first + part, *d) * width;
            sums[first + part] += *weight;
        }
        rows.push((first, row));
    }
    for (first, row) in &mut rows {
        row.iter_mut().zip(&sums[*first..]).for_each(|(weight, sum)| *weight /= sum.max(f64::MIN_POSITIVE));
    }
    rows
}

/// By how much data move the mean totals.
fn moved(costs: &Costs, weights: &[(usize, Vec<f64>)], shares: &[f64]) -> Costs {
    let candidates = costs.candidates();
    let mut out = Vec::with_capacity(weights.len() * candidates);
    for ((first, row), share) in weights.iter().zip(shares) {
        for (i, total) in costs.totals().iter().enumerate() {
            let sum: f64 = row.iter().enumerate().map(|(k, weight)| weight * costs.of(first + k)[i]).sum();
            out.push(if *share > 0.0 { sum / share - total } else { 0.0 });
        }
    }
    Costs::new(candidates, out)
}

/// Sets of data of all inputs, drawn independently of each other.
struct Drawn<'a> {
    said: &'a [Said],
    parts: &'a [Parts],
    /// By randomisation: the place of the data of each input, set by set.
    sets: Vec<Vec<usize>>,
}

impl<'a> Drawn<'a> {
    fn new(said: &'a [Said], parts: &'a [Parts], seed: u64) -> Drawn<'a> {
        let randomisations = parts[0].own.len() as u32;
        let design = Design::even(Sampler::Sobol, randomisations, POINTS);
        let cube = Cube::named(design, seed, (0..said.len()).map(|k| format!("data of test {k}")).collect());
        let sets = |r: u32| {
            let axes = cube.axes(r);
            let mut sets = vec![0; POINTS as usize * said.len()];
            for (k, (axis, said)) in axes.iter().zip(said).enumerate() {
                for block in 0..design.blocks(r) {
                    let mut levels = vec![0.0; design.block_size(r, block)];
                    axis.fill(block, 0, &mut levels);
                    let first = block as usize * crate::sample::BLOCK;
                    let last = said.up_to.len() - 1;
                    for (t, u) in levels.iter().enumerate() {
                        let whole = said.up_to[last];
                        sets[(first + t) * axes.len() + k] = said.up_to.partition_point(|p| *p < u * whole).min(last);
                    }
                }
            }
            sets
        };
        Drawn { said, parts, sets: (0..randomisations).map(sets).collect() }
    }

    /// The mean totals after a set of data, by a view.
    fn expected(&self, view: usize, set: &[usize], out: &mut Vec<f64>) {
        out.clear();
        out.extend_from_slice(self.parts[0].views[view].totals());
        for (said, place) in self.said.iter().zip(set) {
            out.iter_mut().zip(said.views[view].of(*place)).for_each(|(total, moved)| *total += moved);
        }
    }

    /// What a randomisation saves by the choices of a view.
    fn gain(&self, r: usize, view: usize) -> f64 {
        let blind = self.parts[0].views[view].blind();
        let own = self.parts[0].own[r].totals();
        let mut expected = Vec::new();
        let mut sum = 0.0;
        for set in self.sets[r].chunks_exact(self.said.len()) {
            self.expected(view, set, &mut expected);
            let chosen = least(&expected);
            let moved =
                |i: usize| self.said.iter().zip(set).map(|(said, place)| said.own[r].of(*place)[i]).sum::<f64>();
            sum += own[blind] - own[chosen] + moved(blind) - moved(chosen);
        }
        sum / POINTS as f64
    }

    /// How likely data drawn in a randomisation lead a view to another choice than the one without them.
    fn changes(&self, r: usize, view: usize) -> f64 {
        let blind = self.parts[0].views[view].blind();
        let mut expected = Vec::new();
        let sets = self.sets[r].chunks_exact(self.said.len());
        let changed = sets.filter(|set| {
            self.expected(view, set, &mut expected);
            least(&expected) != blind
        });
        changed.count() as f64 / POINTS as f64
    }
}
