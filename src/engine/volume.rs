//! What options cost, and the probability of being no dearer than the baseline, against the volume of requests.

use super::counts::Counts;
use crate::information::{no_dearer, rank, wins};
use crate::inputs::{Block, Inputs};
use crate::math;
use crate::model::{Depth, EventKeys, Model, MonthlyCosts, Response, TILE, at_most};
use crate::quantity::Registers;
use crate::sample::{BLOCK, Rows};
use crate::scenario::Timing;
use crate::stats::{LogBins, sum};
use crate::vector::kernels;

/// Volumes on the curve: two decades below the scenario's own to two above, ten to a decade.
pub const VOLUMES: usize = 41;

/// What the curve needs to know of a model.
#[derive(Clone, Debug)]
pub struct VolumePlan {
    /// The volumes.
    pub volumes: Vec<f64>,
    /// Operations that follow from the volume.
    dependents: Vec<usize>,
    /// Whether totals are a constant plus a multiple of the volume in every trial.
    linear: bool,
    /// Whether what happens in the months does not depend on the volume.
    is_response: bool,
    /// Whether random retrains move with the volume.
    moves_events: bool,
    /// The scenario's own volume where it is the same in every trial.
    pinned: Option<f64>,
}

impl VolumePlan {
    /// The curve around a median volume.
    pub fn new(model: &Model, median: f64) -> VolumePlan {
        let dependents = model.program.dependents(model.requests);
        let follows = |r| model.program.depends(r, &dependents);
        let sources: Vec<_> = std::iter::once(model.requests).chain(model.formulas.requests()).collect();
        let in_months = model.program.monthly_dependents(&sources);
        let random = |o: &crate::model::OptionModel| {
            let rate = o.retrains.filter(|r| r.timing == Timing::Random).map(|r| r.rate);
            rate.is_some_and(|rate| follows(rate) || follows(o.launch))
        };
        let only_requests = in_months.iter().all(|op| model.of_month.is_some_and(|r| model.program.writes(*op, r)));
        VolumePlan {
            is_response: !model.is_steady() && only_requests && Response::holds(model, follows),
            volumes: volumes(median),
            linear: dependents.iter().chain(&in_months).all(|op| *op >= model.totalling_from)
                && model.options.iter().all(|o| o.gpus.is_none()),
            moves_events: model.options.iter().any(random),
            pinned: model.program.constant(model.requests),
            dependents,
        }
    }

    /// Counts a block that was just drawn, and adds up its totals by option and volume: the registers are left with another
    /// volume, or the constant one restored.
    pub fn count(&self, model: &Model, block: &mut VolumeBlock<'_>, counts: &mut Counts, sums: &mut Vec<f64>) {
        sums.resize(model.options.len() * VOLUMES, 0.0);
        if self.linear {
            self.count_linear(model, block, counts, sums);
        } else {
            let mut before: Vec<Vec<f64>> = Vec::new();
            self.respond(model, block);
            for (k, v) in self.volumes.iter().enumerate() {
                self.totals(model, block, *v);
                for (option, totals) in block.totals.iter().enumerate() {
                    sums[option * VOLUMES + k] = sum(&totals[..block.rows.count]);
                }
                for option in (0..model.options.len()).filter(|i| model.is_challenger(*i)) {
                    let [own, base] = [option, model.baseline].map(|i| &block.totals[i][..block.rows.count]);
                    counts.volumes[option * VOLUMES + k] += no_dearer(own, base);
                    if k > 0 {
                        let [earlier, base_earlier] = [option, model.baseline].map(|i| &before[i][..block.rows.count]);
                        let ends = [self.volumes[k - 1], *v];
                        cross([earlier, own], [base_earlier, base], ends, &mut counts.crossings[option]);
                    }
                }
                before.clone_from(block.totals);
                cheapest(model, |i| &block.totals[i][..block.rows.count], k, counts);
            }
        }
        if let Some(v) = self.pinned {
            block.registers.fill(model.requests, v);
        }
    }

    fn count_linear(&self, model: &Model, block: &mut VolumeBlock<'_>, counts: &mut Counts, sums: &mut [f64]) {
        let (n, top) = (block.rows.count, self.volumes[VOLUMES - 1]);
        self.respond(model, block);
        self.totals(model, block, 0.0);
        let fixed = block.totals.clone();
        self.totals(model, block, top);
        // Where the scenario has no requests the curve is a single point.
        let shares: Vec<f64> = self.volumes.iter().map(|v| if top > 0.0 { v / top } else { 0.0 }).collect();
        for (sums, (fixed, whole)) in sums.chunks_exact_mut(VOLUMES).zip(fixed.iter().zip(block.totals.iter())) {
            let ends = [fixed, whole].map(|totals| sum(&totals[..n]));
            sums.iter_mut().zip(&shares).for_each(|(sum, share)| *sum = ends[0] + (ends[1] - ends[0]) * share);
        }
        let base = model.baseline;
        for option in (0..model.options.len()).filter(|i| model.is_challenger(*i)) {
            let at = |i: usize| at_ends(&fixed, block.totals, i, n);
            cross(at(option), at(base), [0.0, top], &mut counts.crossings[option]);
            for (k, share) in shares.iter().enumerate() {
                counts.volumes[option * VOLUMES + k] += cheaper_between(at(option), at(base), *share);
            }
        }
        let mut between = vec![vec![0.0; n]; model.options.len()];
        for (k, share) in shares.iter().enumerate() {
            for i in model.candidates() {
                blend(at_ends(&fixed, block.totals, i, n), *share, &mut between[i]);
            }
            cheapest(model, |i| &between[i], k, counts);
        }
    }

    /// Finds what the totals are made of, where that is the same at every volume.
    fn respond(&self, model: &Model, block: &mut VolumeBlock<'_>) {
        if !self.is_response {
            return;
        }
        self.at_volume(model, block, 1.0);
        let response = block.response.get_or_insert_with(|| Response::new(model, BLOCK));
        response.start();
        for first in (0..block.rows.count).step_by(TILE) {
            let trials = first..block.rows.count.min(first + TILE);
            block.monthly.start(model, block.registers, trials, Depth::Totals);
            while block.monthly.month() < model.horizon {
                block.monthly.advance(model, block.registers);
                response.see(model, block.registers, block.monthly);
            }
        }
    }

    /// What follows from a volume before the months.
    fn at_volume(&self, model: &Model, block: &mut VolumeBlock<'_>, volume: f64) {
        block.registers.fill(model.requests, volume);
        Inputs::redraw(&model.program, &self.dependents, block.rows.count, block.scratch, block.registers);
    }

    /// The total of every option and trial at a volume.
    fn totals(&self, model: &Model, block: &mut VolumeBlock<'_>, volume: f64) {
        let n = block.rows.count;
        self.at_volume(model, block, volume);
        if let Some(response) = block.response.as_mut().filter(|_| self.is_response) {
            for (option, total) in block.totals.iter_mut().enumerate() {
                response.totals(model, block.registers, (option, volume), &mut total[..n]);
            }
            return;
        }
        if self.moves_events {
            block.monthly.draw_events(model, block.registers, block.keys, block.rows);
        }
        if model.is_steady() {
            let registers = &*block.registers;
            let mut paid = [0.0; BLOCK];
            for (option, total) in model.options.iter().zip(block.totals.iter_mut()) {
                if let Some(steady) = &option.steady {
                    steady.total(|r| registers.column(r, n), &mut paid[..n], &mut total[..n]);
                }
            }
            return;
        }
        for first in (0..n).step_by(TILE) {
            let trials = first..n.min(first + TILE);
            block.monthly.start(model, block.registers, trials.clone(), Depth::Totals);
            while block.monthly.month() < model.horizon {
                block.monthly.advance(model, block.registers);
            }
            for (option, total) in block.totals.iter_mut().enumerate() {
                total[trials.clone()].copy_from_slice(block.monthly.total(option));
            }
        }
    }
}

/// The totals of an option at the two ends of the volumes.
fn at_ends<'a>(fixed: &'a [Vec<f64>], whole: &'a [Vec<f64>], option: usize, n: usize) -> [&'a [f64]; 2] {
    [&fixed[option][..n], &whole[option][..n]]
}

/// Counts which candidate is the cheapest at a volume.
fn cheapest<'a>(model: &Model, totals: impl Fn(usize) -> &'a [f64], k: usize, counts: &mut Counts) {
    let candidates = model.candidates();
    let Some(first) = candidates.first() else { return };
    let n = totals(*first).len();
    let (mut best, mut winner) = ([0.0; BLOCK], [0.0; BLOCK]);
    rank(&candidates, totals, &mut best[..n], &mut winner[..n]);
    for i in &candidates {
        counts.cheapest_by_volume[i * VOLUMES + k] += wins(&winner[..n], *i);
    }
}

/// A drawn block and the room to evaluate it at other volumes.
pub struct VolumeBlock<'a> {
    /// Its rows.
    pub rows: Rows,
    /// Its coordinates.
    pub scratch: &'a Block,
    /// Its registers.
    pub registers: &'a mut Registers,
    /// Monthly costs with their events.
    pub monthly: &'a mut MonthlyCosts,
    /// The keys of its events.
    pub keys: &'a EventKeys,
    /// What totals are made of, once it was asked for.
    pub response: &'a mut Option<Response>,
    /// By option, a column for totals.
    pub totals: &'a mut Vec<Vec<f64>>,
}

/// Counts the volumes at which costs come to be at most the others', and at which they cease to be, if both are straight
/// lines from one volume to another.
fn cross(own: [&[f64]; 2], base: [&[f64]; 2], [from, to]: [f64; 2], counts: &mut [LogBins; 2]) {
    let mut found = [Vec::new(), Vec::new()];
    for t in 0..own[0].len() {
        let held = [0, 1].map(|end| at_most(own[end][t], base[end][t]));
        if held[0] != held[1] {
            let saved = [0, 1].map(|end| base[end][t] - own[end][t]);
            let share = (saved[0] / (saved[0] - saved[1])).clamp(0.0, 1.0);
            found[usize::from(held[0])].push(from + (to - from) * share);
        }
    }
    counts.iter_mut().zip(&found).for_each(|(counts, found)| counts.add(found));
}

kernels! {
    /// In how many trials a cost is at most another, a share of the way from one pair of costs to another.
    fn cheaper_between(own: [&[f64]; 2], base: [&[f64]; 2], share: f64) -> u64 {
        let n = own[0].len();
        let ([a, b], [c, d]) = (own.map(|x| &x[..n]), base.map(|x| &x[..n]));
        let mut count = 0;
        for t in 0..n {
            count += u64::from(at_most(a[t] + (b[t] - a[t]) * share, c[t] + (d[t] - c[t]) * share));
        }
        count
    }

    /// Costs a share of the way from some to others.
    fn blend(ends: [&[f64]; 2], share: f64, out: &mut [f64]) {
        let n = out.len();
        let [a, b] = ends.map(|x| &x[..n]);
        for t in 0..n {
            out[t] = a[t] + (b[t] - a[t]) * share;
        }
    }
}

/// V·10^((k − 20)/10), with V the median rounded to two significant digits.
fn volumes(median: f64) -> Vec<f64> {
    let centre = two_digits(median);
    (0..VOLUMES).map(|k| centre * math::pow(10.0, (k as f64 - 20.0) / 10.0)).collect()
}

fn two_digits(x: f64) -> f64 {
    if x > 0.0 && x.is_finite() { format!("{x:.1e}").parse().unwrap_or(x) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_is_the_specified_one() {
        let v = volumes(97_014.0);
        assert_eq!((v.len(), v[20], v[30], v[10]), (41, 97_000.0, 970_000.0, 9_700.0));
        assert_eq!(volumes(0.0), vec![0.0; 41]);
    }
}
