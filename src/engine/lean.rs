//! The totals of a block without its details: drawn and added up part by part, so that all columns of a part are at
//! hand however many variables and options there are.

use super::block::{NotFinite, Randomisation};
use crate::inputs::{Block, Inputs};
use crate::model::{Model, Outcomes};
use crate::quantity::{Clamped, Registers};
use crate::sample::{BLOCK, Rows, TILE};

/// Memory that the columns of a part may take: about half of what a core has for itself.
const BYTES: usize = 1 << 19;

/// The room for a part, and what is computed in it.
pub struct Lean {
    /// Operations of the program, by number.
    ops: Vec<usize>,
    registers: Registers,
    scratch: Block,
    /// Trials of a part.
    size: usize,
}

impl Lean {
    /// Room for the parts of a steady model.
    pub fn new(model: &Model) -> Lean {
        let fits = |size: &usize| model.program.columns() * size * size_of::<f64>() <= BYTES || *size <= 2 * TILE;
        let size = std::iter::successors(Some(BLOCK), |n| Some(n / 2)).find(fits).unwrap_or(2 * TILE);
        Lean {
            ops: model.operations_of_totals(),
            registers: Registers::new(&model.program, size),
            scratch: Inputs::block(&model.program, size),
            size,
        }
    }

    /// Per check, the values held to a range so far.
    pub fn clamped(&self) -> &[Clamped] {
        self.registers.clamped()
    }

    /// The outcomes of a block's `n` trials.
    ///
    /// # Errors
    /// A quantity that is not finite in some trial.
    pub fn run(
        &mut self,
        model: &Model,
        inputs: &Inputs,
        randomisation: &Randomisation,
        rows: Rows,
        outcomes: &mut Outcomes,
    ) -> Result<(), NotFinite> {
        outcomes.start(rows.count);
        for first in (0..rows.count).step_by(self.size) {
            let part = rows.part(first, self.size);
            let (scratch, registers) = (&mut self.scratch, &mut self.registers);
            inputs.draw(&model.program, &self.ops, &randomisation.axes, part, scratch, registers);
            NotFinite::check(registers)?;
            outcomes.at_once(model, registers, (first, part.count));
        }
        Ok(())
    }
}
