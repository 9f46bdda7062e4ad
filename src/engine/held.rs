//! What options cost on average where one variable is held: the same trials, with the variable at a chosen coordinate.

use std::sync::Mutex;

use rayon::prelude::*;

use super::probe::{Changed, Probe, Probed, Trials};
use super::randomisations::lock;
use super::watch::Halt;
use crate::inputs::Inputs;
use crate::model::Model;
use crate::quantity::Coordinates;
use crate::sample::{Design, RANDOMISATIONS, Rows};

/// Trials of each randomisation: a crossing takes some ten evaluations, and a run shall not take much longer for them.
const POINTS: usize = 256;

/// The first trials of each of a run's first randomisations, one of whose variables is held.
pub struct HeldInput<'a> {
    model: &'a Model,
    inputs: &'a Inputs,
    probe: &'a Probe<'a>,
    variable: usize,
    /// What is redrawn: the variable, and those that move with it.
    moved: Vec<usize>,
    parts: Vec<Mutex<Part>>,
    /// By option and randomisation: how far the mean total of these trials is below that of the whole randomisation, without
    /// the variable held. What makes these trials dear or cheap does so wherever the variable is held.
    offsets: Vec<Vec<f64>>,
}

/// The trials of one randomisation.
struct Part {
    randomisation: u32,
    n: usize,
    /// As drawn.
    drawn: Coordinates,
    /// With the variable held.
    held: Coordinates,
    scratch: Probed,
}

/// What is found at a coordinate.
#[derive(Clone, Debug)]
pub struct CoordinateMeans {
    /// The mean value of the variable.
    pub value: f64,
    /// By option and randomisation: the mean total.
    pub totals: Vec<Vec<f64>>,
}

impl<'a> HeldInput<'a> {
    /// Draws the trials; `means` holds the mean totals of whole randomisations, by randomisation and option.
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn new(
        (model, inputs, probe): (&'a Model, &'a Inputs, &'a Probe<'a>),
        design: &Design,
        variable: usize,
        means: &[Vec<f64>],
    ) -> Result<HeldInput<'a>, Halt> {
        let part = |randomisation: u32| {
            let n = design.block_size(randomisation, 0).min(POINTS);
            let mut block = Inputs::block(&model.program, POINTS);
            let drawn = inputs.place(&inputs.axes(randomisation), Rows::of_block(0, n), &mut block).clone();
            let mut scratch = probe.scratch(POINTS);
            probe.run(&Trials::new(&drawn, randomisation, Rows::of_block(0, n)), Changed::All, &mut scratch)?;
            Ok(Mutex::new(Part { randomisation, n, held: drawn.clone(), drawn, scratch }))
        };
        let randomisations = design.randomisations.min(RANDOMISATIONS);
        let parts: Vec<Mutex<Part>> = (0..randomisations).into_par_iter().map(part).collect::<Result<_, Halt>>()?;
        let offset = |option: usize, (part, means): (&Mutex<Part>, &Vec<f64>)| {
            let part = lock(part);
            means[option] - mean(part.scratch.outcomes.totals(option))
        };
        let by_option = |option| parts.iter().zip(means).map(|pair| offset(option, pair)).collect();
        let offsets = (0..model.options.len()).map(by_option).collect();
        Ok(HeldInput { model, inputs, probe, variable, moved: inputs.moved(variable), parts, offsets })
    }

    /// By randomisation: how much the whole of it tells to add to what `option` costs more than `other` in these trials.
    pub fn offsets(&self, option: usize, other: usize) -> Vec<f64> {
        self.offsets[option].iter().zip(&self.offsets[other]).map(|(a, b)| a - b).collect()
    }

    /// Holds the variable at a coordinate in (0, 1).
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn at(&self, u: f64) -> Result<CoordinateMeans, Halt> {
        let found = self.parts.par_iter().map(|part| self.part_at(&mut lock(part), u));
        let found: Vec<(f64, Vec<f64>)> = found.collect::<Result<_, Halt>>()?;
        let value = found.iter().map(|(value, _)| value).sum::<f64>() / found.len() as f64;
        let totals = (0..self.model.options.len()).map(|i| found.iter().map(|(_, means)| means[i]).collect());
        Ok(CoordinateMeans { value, totals: totals.collect() })
    }

    fn part_at(&self, part: &mut Part, u: f64) -> Result<(f64, Vec<f64>), Halt> {
        let Part { randomisation, n, drawn, held, scratch } = part;
        for v in &self.moved {
            held.column_mut(*v, *n).copy_from_slice(drawn.column(*v, *n));
        }
        self.inputs.hold(&self.moved, u, *n, held);
        self.probe.run(
            &Trials::new(held, *randomisation, Rows::of_block(0, *n)),
            Changed::Only(&self.moved),
            scratch,
        )?;
        let value = mean(scratch.registers.column(self.model.program.variables[self.variable].register, *n));
        Ok((value, (0..self.model.options.len()).map(|i| mean(scratch.outcomes.totals(i))).collect()))
    }
}

fn mean(column: &[f64]) -> f64 {
    crate::stats::sum(column) / column.len() as f64
}
