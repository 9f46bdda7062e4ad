//! A model of independent inputs, drawn and evaluated block by block.

use crate::dist::Quantiles;
use crate::sample::{Axis, BLOCK};

/// Inputs as distributions, and what is made of their values.
pub struct Model<'a, F> {
    pub inputs: &'a [Quantiles],
    pub function: F,
}

/// The room of one worker: two draws of every input, independent of each other, and outcomes.
pub struct Room {
    u: Vec<f64>,
    draws: [Vec<Vec<f64>>; 2],
}

impl Room {
    /// For so many inputs.
    pub fn new(inputs: usize) -> Room {
        let columns = || vec![vec![0.0; BLOCK]; inputs];
        Room { u: vec![0.0; BLOCK], draws: [columns(), columns()] }
    }

    /// One of the two draws of an input.
    fn column(&self, draw: usize, input: usize, n: usize) -> &[f64] {
        &self.draws[draw][input][..n]
    }
}

impl<F: Fn(&[&[f64]], &mut [f64])> Model<'_, F> {
    /// Draws every input twice. Of `axes` the first half is for the first draw, the second for the other.
    pub fn draw(&self, axes: &[Axis], (block, n): (u64, usize), room: &mut Room) {
        for (k, axis) in axes.iter().enumerate() {
            let (draw, input) = (k / self.inputs.len(), k % self.inputs.len());
            axis.fill(block, 0, &mut room.u[..n]);
            self.inputs[input].fill(&room.u[..n], &mut room.draws[draw][input][..n]);
        }
    }

    /// The outcomes of a draw, in which `swapped` comes from the other draw.
    pub fn evaluate(&self, draw: usize, swapped: Option<usize>, n: usize, room: &Room, out: &mut [f64]) {
        let from = |input: usize| if swapped == Some(input) { 1 - draw } else { draw };
        let columns: Vec<&[f64]> = (0..self.inputs.len()).map(|i| room.column(from(i), i, n)).collect();
        (self.function)(&columns, &mut out[..n]);
    }
}
