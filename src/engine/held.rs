//! What options cost on average where one variable is held: the same trials, with the variable at a chosen coordinate.

use std::sync::Mutex;

use rayon::prelude::*;

use super::probe::{Changed, Probe, Probed, Trials};
use super::randomisations::lock;
use super::watch::Halt;
use crate::inputs::Inputs;
use crate::model::Model;
use crate::quantity::Coordinates;
use crate::sample::{Design, RANDOMISATIONS};

/// Trials of each randomisation: a crossing takes some ten evaluations, and a run shall not take much longer for them.
const POINTS: usize = 256;

/// The first trials of each of a run's first randomisations, one of whose variables is held.
pub struct Held<'a> {
    model: &'a Model,
    inputs: &'a Inputs,
    probe: &'a Probe<'a>,
    variable: usize,
    /// What is redrawn: the variable, and those that move with it.
    moved: Vec<usize>,
    parts: Vec<Mutex<Part>>,
}

/// The trials of one randomisation.
struct Part {
    randomisation: u32,
    n: usize,
    /// As drawn.
    drawn: Coordinates,
    /// With the variable held.
    held: Coordinates,
    room: Probed,
    /// Whether nothing has been evaluated yet.
    is_new: bool,
}

/// What is found at a coordinate.
#[derive(Clone, Debug)]
pub struct At {
    /// The mean value of the variable.
    pub value: f64,
    /// By option and randomisation: the mean total.
    pub totals: Vec<Vec<f64>>,
}

impl<'a> Held<'a> {
    /// Draws the trials.
    pub fn new(
        (model, inputs, probe): (&'a Model, &'a Inputs, &'a Probe<'a>),
        design: &Design,
        variable: usize,
    ) -> Held<'a> {
        let part = |randomisation: u32| {
            let n = design.block_size(randomisation, 0).min(POINTS);
            let mut block = Inputs::block(&model.program, POINTS);
            let drawn = inputs.place(&inputs.axes(randomisation), (0, n), &mut block).clone();
            Mutex::new(Part { randomisation, n, held: drawn.clone(), drawn, room: probe.room(), is_new: true })
        };
        let randomisations = design.randomisations.min(RANDOMISATIONS);
        let parts = (0..randomisations).into_par_iter().map(part).collect();
        Held { model, inputs, probe, variable, moved: inputs.moved(variable), parts }
    }

    /// Holds the variable at a coordinate in (0, 1).
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn at(&self, u: f64) -> Result<At, Halt> {
        let found = self.parts.par_iter().map(|part| self.part_at(&mut lock(part), u));
        let found: Vec<(f64, Vec<f64>)> = found.collect::<Result<_, Halt>>()?;
        let value = found.iter().map(|(value, _)| value).sum::<f64>() / found.len() as f64;
        let totals = (0..self.model.options.len()).map(|i| found.iter().map(|(_, means)| means[i]).collect());
        Ok(At { value, totals: totals.collect() })
    }

    fn part_at(&self, part: &mut Part, u: f64) -> Result<(f64, Vec<f64>), Halt> {
        let Part { randomisation, n, drawn, held, room, is_new } = part;
        for v in &self.moved {
            held.column_mut(*v, *n).copy_from_slice(drawn.column(*v, *n));
        }
        self.inputs.hold(&self.moved, u, *n, held);
        let changed = if std::mem::take(is_new) { Changed::All } else { Changed::Only(&self.moved) };
        self.probe.run(&Trials::new(held, *randomisation, (0, *n)), changed, room)?;
        let mean = |column: &[f64]| crate::stats::sum(column) / *n as f64;
        let value = mean(room.registers.column(self.model.program.variables[self.variable].register, *n));
        Ok((value, (0..self.model.options.len()).map(|i| mean(room.outcomes.totals(i))).collect()))
    }
}
