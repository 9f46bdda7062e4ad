//! Blocks of independent randomisations in parallel, folded in their order.

use rayon::prelude::*;

use crate::sample::{Design, Rows, VariablePoints};
use crate::stats::{Fold, Merge};

/// Blocks that a worker takes on at a time.
const RUN: u64 = 16;

/// What the blocks of each randomisation come to, folded in their order. `axes` makes the axes of a randomisation; `block`
/// gets a worker's room, the randomisation with its axes, and a block with its trials.
///
/// # Errors
/// What `block` says.
pub fn by_randomisation<S: Merge + Clone + Send, R: Send, E: Send>(
    axes: impl Fn(u32) -> Vec<VariablePoints> + Sync,
    design: &Design,
    scratch: impl Fn() -> R + Sync,
    block: impl Fn(&mut R, (u32, &[VariablePoints]), Rows) -> Result<S, E> + Sync,
) -> Result<Vec<S>, E> {
    let randomisation = |r: u32| -> Result<Option<S>, E> {
        let (axes, blocks) = (axes(r), design.blocks(r));
        let run = |scratch: &mut R, first: u64| {
            let mut fold = Fold::default();
            for b in first..blocks.min(first + RUN) {
                fold.push(block(scratch, (r, &axes), Rows::of_block(b, design.block_size(r, b)))?);
            }
            Ok(fold)
        };
        let starts: Vec<u64> = (0..blocks).step_by(RUN as usize).collect();
        let folds: Vec<Result<Fold<S>, E>> = starts.into_par_iter().map_init(&scratch, run).collect();
        let mut whole = Fold::default();
        folds.into_iter().try_for_each(|fold| fold.map(|fold| whole.append(fold)))?;
        Ok(whole.whole())
    };
    let parts: Vec<Result<Option<S>, E>> = (0..design.randomisations).into_par_iter().map(randomisation).collect();
    parts.into_iter().filter_map(Result::transpose).collect()
}
