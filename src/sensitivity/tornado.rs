//! One input at a time held low and high: how far the mean of an outcome moves.

use rayon::prelude::*;

use super::evaluate::{Changed, Evaluate, Trials, columns};
use super::scenario::{Outcome, ScenarioModel};
use crate::engine::Halt;
use crate::inputs::{Block, Inputs};
use crate::sample::{BLOCK, Design, Rows, VariablePoints};
use crate::stats::Estimate;

/// How inputs are held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hold {
    /// At which two coordinates, 0.05 and 0.95 for the 5th and 95th percentile.
    pub ends: [f64; 2],
    /// Whether correlated inputs stay as drawn, instead of moving along.
    pub partners: bool,
    /// Whether all others are at their medians, instead of as drawn.
    pub at_median: bool,
}

/// What holding an input comes to.
#[derive(Clone, Debug)]
pub struct Swing {
    /// The number of the random variable.
    pub variable: usize,
    /// Its mean value at both ends.
    pub values: [f64; 2],
    /// The mean of each outcome there.
    pub means: [Vec<Option<Estimate>>; 2],
    /// By how much each outcome is higher at the high end.
    pub swings: Vec<Option<Estimate>>,
    /// The candidate with the lowest mean total there.
    pub cheapest: [usize; 2],
}

/// The tornado of some inputs.
#[derive(Clone, Debug)]
pub struct Tornado {
    /// The mean of each outcome without holding anything.
    pub base: Vec<Option<Estimate>>,
    /// The inputs, in the order of the file.
    pub bars: Vec<Swing>,
}

/// Holds some variables, one after the other. The outcomes of the model begin with all options' totals.
///
/// # Errors
/// A value that is not finite.
pub fn tornado(
    scenario: &ScenarioModel<'_>,
    inputs: &Inputs,
    design: &Design,
    variables: &[usize],
    hold: Hold,
) -> Result<Tornado, Halt> {
    let study = Study { scenario, inputs, variables, hold };
    let parts: Vec<Result<Vec<f64>, Halt>> =
        (0..design.randomisations).into_par_iter().map(|r| study.randomisation(r, design)).collect();
    let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
    let table = Table { parts: &parts, width: study.width() };
    let row = |row: usize| (0..scenario.outcomes()).map(|o| table.mean(row, o)).collect::<Vec<_>>();
    let bar = |(k, variable): (usize, &usize)| {
        let rows = [1 + 2 * k, 2 + 2 * k];
        let means = rows.map(row);
        Swing {
            variable: *variable,
            values: rows.map(|row| table.mean(row, scenario.outcomes()).map_or(f64::NAN, |e| e.value)),
            cheapest: [0, 1].map(|end| cheapest(scenario, &means[end])),
            swings: (0..scenario.outcomes()).map(|o| table.swing(rows, o)).collect(),
            means,
        }
    };
    Ok(Tornado { base: row(0), bars: variables.iter().enumerate().map(bar).collect() })
}

/// The means of all randomisations, in rows.
struct Table<'a> {
    parts: &'a [Vec<f64>],
    width: usize,
}

impl Table<'_> {
    fn mean(&self, row: usize, column: usize) -> Option<Estimate> {
        Estimate::of_means(&self.parts.iter().map(|part| part[row * self.width + column]).collect::<Vec<_>>())
    }

    /// By how much the second row lies above the first.
    fn swing(&self, [low, high]: [usize; 2], column: usize) -> Option<Estimate> {
        let at = |part: &Vec<f64>, row: usize| part[row * self.width + column];
        Estimate::of_means(&self.parts.iter().map(|part| at(part, high) - at(part, low)).collect::<Vec<_>>())
    }
}

/// The candidate with the lowest mean total.
pub(super) fn cheapest(scenario: &ScenarioModel<'_>, means: &[Option<Estimate>]) -> usize {
    let total = |i: usize| {
        let place = scenario.outcomes.iter().position(|o| *o == Outcome::Total(i));
        place.and_then(|o| means[o]).map_or(f64::INFINITY, |e| e.value)
    };
    let candidates = scenario.model.candidates();
    let first = candidates.first().copied().unwrap_or(scenario.model.baseline);
    candidates.into_iter().fold(first, |best, i| if total(i) < total(best) { i } else { best })
}

struct Study<'a> {
    scenario: &'a ScenarioModel<'a>,
    inputs: &'a Inputs,
    variables: &'a [usize],
    hold: Hold,
}

impl Study<'_> {
    /// Numbers of a row: the outcomes, and the value of the variable that is held.
    fn width(&self) -> usize {
        self.scenario.outcomes() + 1
    }

    /// Means of a randomisation: a row without holding anything, then two for each variable.
    fn randomisation(&self, r: u32, design: &Design) -> Result<Vec<f64>, Halt> {
        let rows = 1 + 2 * self.variables.len();
        let mut sums = vec![0.0; rows * self.width()];
        let mut scratch = self.scenario.scratch();
        let mut block_room = Inputs::block(&self.scenario.model.program, BLOCK);
        let mut out = columns(self.scenario.outcomes(), BLOCK);
        let axes = self.inputs.axes(r);
        for block in 0..design.blocks(r) {
            let rows = Rows::of_block(block, design.block_size(r, block));
            self.block(&axes, r, rows, (&mut block_room, &mut scratch, &mut out), &mut sums)?;
        }
        let n = design.points_of(r) as f64;
        sums.iter_mut().for_each(|sum| *sum /= n);
        Ok(sums)
    }

    fn block(
        &self,
        axes: &[VariablePoints],
        r: u32,
        rows: Rows,
        (drawn, scratch, out): (&mut Block, &mut super::scenario::Scratch, &mut [Vec<f64>]),
        sums: &mut [f64],
    ) -> Result<(), Halt> {
        let n = rows.count;
        let coordinates = self.inputs.place(axes, rows, drawn);
        self.scenario.evaluate(&Trials::new(coordinates, r, rows), Changed::All, scratch, out)?;
        self.add(0, n, out, sums);
        if self.hold.at_median {
            (0..axes.len()).for_each(|v| coordinates.column_mut(v, n).fill(0.5));
        }
        let mut restored: Vec<usize> = if self.hold.at_median { (0..axes.len()).collect() } else { Vec::new() };
        for (k, variable) in self.variables.iter().enumerate() {
            let moved = self.moved(*variable);
            let kept: Vec<Vec<f64>> = moved.iter().map(|v| coordinates.column(*v, n).to_vec()).collect();
            for (end, u) in self.hold.ends.into_iter().enumerate() {
                self.inputs.hold(&moved, u, n, coordinates);
                restored.extend(&moved);
                self.scenario.evaluate(&Trials::new(coordinates, r, rows), Changed::Only(&restored), scratch, out)?;
                restored.clear();
                let row = 1 + 2 * k + end;
                self.add(row, n, out, sums);
                let values = self.scenario.values(scratch, *variable, n);
                sums[row * self.width() + self.width() - 1] += values.iter().sum::<f64>();
            }
            moved.iter().zip(&kept).for_each(|(v, kept)| coordinates.column_mut(*v, n).copy_from_slice(kept));
            restored = moved;
        }
        Ok(())
    }

    fn add(&self, row: usize, n: usize, out: &[Vec<f64>], sums: &mut [f64]) {
        for (sum, column) in sums[row * self.width()..].iter_mut().zip(out) {
            *sum += column[..n].iter().sum::<f64>();
        }
    }

    /// The variables that move with one, itself first.
    fn moved(&self, variable: usize) -> Vec<usize> {
        if self.hold.partners { vec![variable] } else { self.inputs.moved(variable) }
    }
}
