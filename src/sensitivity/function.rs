//! A function of columns of inputs as a model.

use super::evaluate::{Changed, Evaluate, Trials};
use crate::dist::Quantiles;
use crate::engine::Halt;
use crate::sample::BLOCK;

/// Inputs as distributions, and what is made of their values.
pub struct Function<'a, F> {
    pub inputs: &'a [Quantiles],
    pub function: F,
}

impl<F: Fn(&[&[f64]], &mut [f64]) + Sync> Evaluate for Function<'_, F> {
    type Scratch = Vec<Vec<f64>>;

    fn scratch(&self) -> Vec<Vec<f64>> {
        vec![vec![0.0; BLOCK]; self.inputs.len()]
    }

    fn outcomes(&self) -> usize {
        1
    }

    fn evaluate(
        &self,
        trials: &Trials<'_>,
        changed: Changed<'_>,
        scratch: &mut Vec<Vec<f64>>,
        out: &mut [Vec<f64>],
    ) -> Result<(), Halt> {
        let n = trials.n;
        let mut draw = |i: usize| self.inputs[i].fill(trials.coordinates.column(i, n), &mut scratch[i][..n]);
        match changed {
            Changed::All => (0..self.inputs.len()).for_each(&mut draw),
            Changed::Only(inputs) => inputs.iter().copied().for_each(&mut draw),
        }
        let columns: Vec<&[f64]> = scratch.iter().map(|column| &column[..n]).collect();
        (self.function)(&columns, &mut out[0][..n]);
        Ok(())
    }

    fn values<'a>(&self, scratch: &'a Vec<Vec<f64>>, variable: usize, n: usize) -> &'a [f64] {
        &scratch[variable][..n]
    }
}
