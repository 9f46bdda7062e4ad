//! Sobol indices of first and total order.
//!
//! First order: A. Saltelli et al., "Variance based sensitivity analysis of model output", Comput. Phys. Commun. 181
//! (2010), estimator (b) of their table 2. Total order: M. Jansen, "Analysis of variance designs for model output",
//! Comput. Phys. Commun. 117 (1999). Both take an evaluation for each input and two more for each pair of draws.

use super::draws::{Effort, Pair, Pairs};
use super::evaluate::{Changed, Evaluate, Input, Trials, columns};
use super::function::Function;
use crate::dist::Quantiles;
use crate::engine::Halt;
use crate::quantity::Coordinates;
use crate::sample::{BLOCK, Rows, VariablePoints};
use crate::stats::{Estimate, Merge};

/// Shares of an outcome's variance that an input has. `None` where the outcome does not vary or is not finite, and for
/// inputs that are correlated with others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Index {
    /// By which the variance would fall on average if the input were known: its effect alone.
    pub first_order: Option<Estimate>,
    /// That would be left on average if all others were known: its effect alone and together with others.
    pub total: Option<Estimate>,
}

/// The Sobol indices of a model's inputs, which are independent of each other. `model` gets a column of values for each
/// input and fills as many outcomes.
///
/// Standard errors are the jackknife's over 16 randomisations.
pub fn sobol_indices<F>(inputs: &[Quantiles], model: F, effort: Effort) -> Vec<Index>
where
    F: Fn(&[&[f64]], &mut [f64]) + Sync,
{
    let names: Vec<String> = (0..inputs.len()).map(|i| i.to_string()).collect();
    let all: Vec<Input> = (0..inputs.len()).map(Input::Variable).collect();
    let found = indices(&Function { inputs, function: model }, &Pairs::new(&names, &[], effort), &all);
    // A function says nothing about values that are not finite: they make what they touch undefined.
    found.map_or_else(|_| vec![Index::default(); inputs.len()], |mut outcomes| outcomes.swap_remove(0))
}

/// The indices of some inputs, none of them correlated, by outcome and input.
///
/// # Errors
/// A value that is not finite.
pub fn indices<M: Evaluate>(model: &M, pairs: &Pairs<'_>, inputs: &[Input]) -> Result<Vec<Vec<Index>>, Halt> {
    let study = Study { model, pairs, inputs, centre: centre(model, pairs)? };
    let parts = pairs.by_randomisation(|| study.scratch(), |scratch, r, block| study.block(scratch, r, block))?;
    let of = |outcome: usize| {
        let parts: Vec<&Sums> = parts.iter().map(|part| &part.0[outcome]).collect();
        shares(&parts, inputs.len())
    };
    Ok((0..model.outcomes()).map(of).collect())
}

/// The shares of one outcome from the sums of each randomisation.
fn shares(parts: &[&Sums], inputs: usize) -> Vec<Index> {
    let whole = parts.iter().fold(Sums::new(inputs), |sum, part| sum.plus(part, 1.0));
    let jackknife = |share: &dyn Fn(&Sums) -> f64| {
        let without: Vec<f64> = parts.iter().map(|part| share(&whole.clone().plus(part, -1.0))).collect();
        Estimate::jackknife(share(&whole), &without)
    };
    let index = |i: usize| Index {
        first_order: jackknife(&|sums| sums.first_order(i)),
        total: jackknife(&|sums| sums.total(i)),
    };
    (0..inputs).map(index).collect()
}

/// The mean outcomes of the first block: far from zero the sums of squares would cancel.
fn centre<M: Evaluate>(model: &M, pairs: &Pairs<'_>) -> Result<Vec<f64>, Halt> {
    let n = pairs.design.block_size(0, 0);
    let (mut pair, mut out) = (pairs.scratch(), columns(model.outcomes(), n));
    pairs.draw(&pairs.axes(0), Rows::of_block(0, n), &mut pair);
    let trials = Trials { coordinates: &pair.draws[0], events: 0, block: 0, n };
    model.evaluate(&trials, Changed::All, &mut model.scratch(), &mut out)?;
    Ok(out.iter().map(|column| column.iter().sum::<f64>() / n as f64).collect())
}

struct Study<'a, M> {
    model: &'a M,
    pairs: &'a Pairs<'a>,
    inputs: &'a [Input],
    centre: Vec<f64>,
}

/// The room of one worker: a pair, outcomes of both draws and of a mixture, and the model's own.
struct Scratch<R> {
    pair: Pair,
    outcomes: [Vec<Vec<f64>>; 3],
    model: R,
}

impl<M: Evaluate> Study<'_, M> {
    fn scratch(&self) -> Scratch<M::Scratch> {
        let outcomes = [(); 3].map(|()| columns(self.model.outcomes(), BLOCK));
        Scratch { pair: self.pairs.scratch(), outcomes, model: self.model.scratch() }
    }

    fn block(
        &self,
        scratch: &mut Scratch<M::Scratch>,
        (r, axes): (u32, &[VariablePoints]),
        rows: Rows,
    ) -> Result<BySums, Halt> {
        let n = rows.count;
        self.pairs.draw(axes, rows, &mut scratch.pair);
        // The second draw's events are those of a randomisation that is not run.
        let events = [r, r + self.pairs.design.randomisations];
        for draw in [1, 0] {
            let trials = Trials::new(&scratch.pair.draws[draw], events[draw], rows);
            self.model.evaluate(&trials, Changed::All, &mut scratch.model, &mut scratch.outcomes[draw])?;
        }
        let [a, b, _] = &mut scratch.outcomes;
        let mut sums: Vec<Sums> = (0..a.len()).map(|_| Sums::new(self.inputs.len())).collect();
        for (o, sums) in sums.iter_mut().enumerate() {
            sums.see_draws([&mut a[o][..n], &mut b[o][..n]], self.centre[o]);
        }
        self.mix(scratch, events, rows, &mut sums)?;
        Ok(BySums(sums))
    }

    /// Evaluates the first draw with one input after the other from the second.
    fn mix(
        &self,
        scratch: &mut Scratch<M::Scratch>,
        events: [u32; 2],
        rows: Rows,
        sums: &mut [Sums],
    ) -> Result<(), Halt> {
        let Scratch { pair, outcomes: [a, b, mixed], model } = scratch;
        let [first, second] = &mut pair.draws;
        let n = rows.count;
        let mut changed: Vec<usize> = Vec::new();
        for (i, input) in self.inputs.iter().enumerate() {
            changed.extend(input.swap(first, second, n));
            let trials = Trials::new(first, events[usize::from(*input == Input::Events)], rows);
            self.model.evaluate(&trials, Changed::Only(&changed), model, mixed)?;
            for (o, sums) in sums.iter_mut().enumerate() {
                sums.see_change(i, [&a[o][..n], &b[o][..n], &mixed[o][..n]], self.centre[o]);
            }
            changed.clear();
            changed.extend(input.swap(first, second, n));
        }
        Ok(())
    }
}

impl Input {
    /// Exchanges the coordinates of a variable between two draws, and says of which.
    fn swap(self, first: &mut Coordinates, second: &mut Coordinates, n: usize) -> Option<usize> {
        let Input::Variable(v) = self else { return None };
        first.column_mut(v, n).swap_with_slice(second.column_mut(v, n));
        Some(v)
    }
}

/// Sums by outcome.
#[derive(Clone)]
struct BySums(Vec<Sums>);

impl Merge for BySums {
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = std::mem::replace(mine, Sums::new(0)).plus(theirs, 1.0);
        }
    }
}

/// Sums over pairs of draws; outcomes are taken from the centre.
#[derive(Clone, Debug)]
struct Sums {
    /// Pairs.
    count: f64,
    /// Outcomes of both draws, and their squares.
    outcomes: f64,
    squares: f64,
    /// By input: by how much the first draw's outcome changes with that input from the other; that times the other's
    /// outcome; and its square.
    changes: Vec<[f64; 3]>,
}

impl Sums {
    fn new(inputs: usize) -> Sums {
        Sums { count: 0.0, outcomes: 0.0, squares: 0.0, changes: vec![[0.0; 3]; inputs] }
    }

    /// Adds others, or takes them away with a factor of −1.
    fn plus(mut self, other: &Sums, factor: f64) -> Sums {
        self.count += factor * other.count;
        self.outcomes += factor * other.outcomes;
        self.squares += factor * other.squares;
        for (mine, theirs) in self.changes.iter_mut().zip(&other.changes) {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += factor * b);
        }
        self
    }

    /// The outcomes of both draws of a block; they are taken from the centre from now on.
    fn see_draws(&mut self, draws: [&mut [f64]; 2], centre: f64) {
        self.count = draws[0].len() as f64;
        for outcomes in draws {
            outcomes.iter_mut().for_each(|y| *y -= centre);
            self.outcomes += outcomes.iter().sum::<f64>();
            self.squares += outcomes.iter().map(|y| y * y).sum::<f64>();
        }
    }

    /// The outcomes of both, and of the first with an input of the second.
    fn see_change(&mut self, input: usize, [a, b, mixed]: [&[f64]; 3], centre: f64) {
        let changes = &mut self.changes[input];
        for ((a, b), mixed) in a.iter().zip(b).zip(mixed) {
            let change = mixed - centre - a;
            changes[0] += change;
            changes[1] += change * b;
            changes[2] += change * change;
        }
    }

    fn mean(&self) -> f64 {
        self.outcomes / (2.0 * self.count)
    }

    fn variance(&self) -> f64 {
        let variance = self.squares / (2.0 * self.count) - self.mean() * self.mean();
        // What rounding leaves of an outcome that does not vary is no variance.
        if variance > 1e-20 * self.squares / self.count { variance } else { f64::NAN }
    }

    fn first_order(&self, i: usize) -> f64 {
        let [change, product, _] = self.changes[i];
        (product - self.mean() * change) / self.count / self.variance()
    }

    fn total(&self, i: usize) -> f64 {
        self.changes[i][2] / (2.0 * self.count) / self.variance()
    }
}
