//! What the estimators ask of a model: outcomes at given coordinates of its inputs.

use crate::engine::Halt;
pub use crate::engine::{Changed, Trials};

/// A model that is evaluated block by block.
pub trait Evaluate: Sync {
    /// The room of one worker.
    type Scratch: Send;

    /// Makes room.
    fn scratch(&self) -> Self::Scratch;

    /// How many outcomes there are.
    fn outcomes(&self) -> usize;

    /// Fills a column for each outcome.
    ///
    /// # Errors
    /// A value that is not finite.
    fn evaluate(
        &self,
        trials: &Trials<'_>,
        changed: Changed<'_>,
        scratch: &mut Self::Scratch,
        out: &mut [Vec<f64>],
    ) -> Result<(), Halt>;

    /// The values of a variable in the trials that were evaluated last.
    fn values<'a>(&self, scratch: &'a Self::Scratch, variable: usize, n: usize) -> &'a [f64];
}

/// What can be redrawn on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A random variable, by number.
    Variable(usize),
    /// All chance events, such as random retrains.
    Events,
}

/// Room for outcomes of up to `n` trials.
pub fn columns(outcomes: usize, n: usize) -> Vec<Vec<f64>> {
    vec![vec![0.0; n]; outcomes]
}
