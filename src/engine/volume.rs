//! The probability of being no dearer than the baseline, against the volume of requests.

use super::counts::Counts;
use crate::inputs::{Block, Inputs};
use crate::math;
use crate::model::{Depth, EventKeys, Model, Walk, at_most};
use crate::quantity::Registers;
use crate::scenario::Timing;

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
        let random = |o: &crate::model::OptionModel| {
            let rate = o.retrains.filter(|r| r.timing == Timing::Random).map(|r| r.rate);
            rate.is_some_and(|rate| follows(rate) || follows(o.launch))
        };
        VolumePlan {
            volumes: volumes(median),
            linear: dependents.is_empty() && model.options.iter().all(|o| o.gpus.is_none()),
            moves_events: model.options.iter().any(random),
            pinned: model.program.constant(model.requests),
            dependents,
        }
    }

    /// Counts a block that was just drawn: the registers are left with another volume, or the constant one restored.
    pub fn count(&self, model: &Model, block: &mut VolumeBlock<'_>, counts: &mut Counts) {
        if self.linear {
            self.count_linear(model, block, counts);
        } else {
            for (k, v) in self.volumes.iter().enumerate() {
                self.totals(model, block, *v);
                let totals = &block.totals;
                tally(model, k, block.n, counts, |option, t| totals[option][t]);
            }
        }
        if let Some(v) = self.pinned {
            block.registers.fill(model.requests, v);
        }
    }

    fn count_linear(&self, model: &Model, block: &mut VolumeBlock<'_>, counts: &mut Counts) {
        let top = self.volumes[VOLUMES - 1];
        self.totals(model, block, 0.0);
        let fixed = block.totals.clone();
        self.totals(model, block, top);
        for (k, v) in self.volumes.iter().enumerate() {
            // Where the scenario has no requests the curve is a single point.
            let share = if top > 0.0 { v / top } else { 0.0 };
            let at = |option: usize, t: usize| fixed[option][t] + (block.totals[option][t] - fixed[option][t]) * share;
            tally(model, k, block.n, counts, at);
        }
    }

    /// The total of every option and trial at a volume.
    fn totals(&self, model: &Model, block: &mut VolumeBlock<'_>, volume: f64) {
        let n = block.n;
        block.registers.fill(model.requests, volume);
        Inputs::redraw(&model.program, &self.dependents, n, block.room, block.registers);
        if self.moves_events {
            block.walk.draw_events(model, block.registers, block.keys, block.number, n);
        }
        block.walk.start(model, block.registers, n, Depth::Charges);
        for (option, total) in model.options.iter().zip(block.totals.iter_mut()) {
            total[..n].copy_from_slice(block.registers.column(option.rates.once, n));
        }
        for _ in 0..model.horizon {
            block.walk.advance(model, block.registers);
            for (option, total) in block.totals.iter_mut().enumerate() {
                let (charges, discount) = (block.walk.charges(option), block.walk.discount());
                for t in 0..n {
                    total[t] += charges[t] * discount[t];
                }
            }
        }
    }
}

/// A drawn block and the room to evaluate it at other volumes.
pub struct VolumeBlock<'a> {
    /// Its number.
    pub number: u64,
    /// Its trials.
    pub n: usize,
    /// Its coordinates.
    pub room: &'a Block,
    /// Its registers.
    pub registers: &'a mut Registers,
    /// A walk with its events.
    pub walk: &'a mut Walk,
    /// The keys of its events.
    pub keys: &'a EventKeys,
    /// By option, a column for totals.
    pub totals: &'a mut Vec<Vec<f64>>,
}

fn tally(model: &Model, volume: usize, n: usize, counts: &mut Counts, total: impl Fn(usize, usize) -> f64) {
    for option in model.challengers() {
        let cheaper = (0..n).filter(|t| at_most(total(option, *t), total(model.baseline, *t))).count();
        counts.volumes[option * VOLUMES + volume] += cheaper as u64;
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
