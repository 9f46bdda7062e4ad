//! Sobol indices of first and total order.
//!
//! First order: A. Saltelli et al., "Variance based sensitivity analysis of model output", Comput. Phys. Commun. 181
//! (2010), estimator (b) of their table 2. Total order: M. Jansen, "Analysis of variance designs for model output",
//! Comput. Phys. Commun. 117 (1999). Both take d + 2 evaluations for each of two draws of all d inputs. The draws are
//! the two halves of one sequence of 2d dimensions: consecutive points of a sequence of d dimensions are far from
//! independent of each other.

use rayon::prelude::*;

use super::model::{Model, Room};
use crate::dist::Quantiles;
use crate::sample::{Axis, BLOCK, Cube, Design};
use crate::scenario::Sampler;
use crate::stats::{Estimate, Fold, Merge};

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Pairs of draws, rounded up to 16 times a power of two; each takes two evaluations more than there are inputs.
    pub points: u64,
    /// Under which seed.
    pub seed: u64,
}

/// Shares of an outcome's variance that an input has. `None` where the outcome does not vary or is not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    let model = Model { inputs, function: model };
    let design = Design::new(Sampler::Sobol, effort.points);
    let names = (0..2 * inputs.len()).map(|k| format!("draw {k}")).collect();
    let cube = Cube::named(design, effort.seed, names);
    let centre = centre(&model, &design, &cube.axes(0));
    let parts: Vec<Sums> =
        (0..design.randomisations).map(|r| randomisation(&model, &design, (r, &cube.axes(r)), centre)).collect();
    let whole = parts.iter().fold(Sums::new(inputs.len()), |sum, part| sum.plus(part, 1.0));
    let jackknife = |share: &dyn Fn(&Sums) -> f64| {
        let without: Vec<f64> = parts.iter().map(|part| share(&whole.clone().plus(part, -1.0))).collect();
        Estimate::jackknife(share(&whole), &without)
    };
    let index = |i: usize| Index {
        first_order: jackknife(&|sums| sums.first_order(i)),
        total: jackknife(&|sums| sums.total(i)),
    };
    (0..inputs.len()).map(index).collect()
}

/// The mean outcome of the first block: far from zero the sums of squares would cancel.
fn centre<F: Fn(&[&[f64]], &mut [f64]) + Sync>(model: &Model<'_, F>, design: &Design, axes: &[Axis]) -> f64 {
    let n = design.block_size(0, 0);
    let (mut room, mut outcomes) = (Room::new(model.inputs.len()), vec![0.0; n]);
    model.draw(axes, (0, n), &mut room);
    model.evaluate(0, None, n, &room, &mut outcomes);
    outcomes.iter().sum::<f64>() / n as f64
}

fn randomisation<F: Fn(&[&[f64]], &mut [f64]) + Sync>(
    model: &Model<'_, F>,
    design: &Design,
    (number, axes): (u32, &[Axis]),
    centre: f64,
) -> Sums {
    let room = || (Room::new(model.inputs.len()), [(); 3].map(|()| vec![0.0; BLOCK]));
    let block = |(room, outcomes): &mut (Room, [Vec<f64>; 3]), block: u64| {
        let n = design.block_size(number, block);
        model.draw(axes, (block, n), room);
        Sums::of(model, n, room, outcomes, centre)
    };
    let sums: Vec<Sums> = (0..design.blocks(number)).into_par_iter().map_init(room, block).collect();
    let mut fold = Fold::default();
    sums.into_iter().for_each(|sums| fold.push(sums));
    fold.whole().unwrap_or_else(|| Sums::new(model.inputs.len()))
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

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        *self = std::mem::replace(self, Sums::new(0)).plus(other, 1.0);
    }
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

    /// Of a block that was drawn.
    fn of<F: Fn(&[&[f64]], &mut [f64])>(
        model: &Model<'_, F>,
        n: usize,
        room: &Room,
        [a, b, mixed]: &mut [Vec<f64>; 3],
        centre: f64,
    ) -> Sums {
        let mut sums = Sums::new(model.inputs.len());
        for (draw, outcomes) in [&mut *a, &mut *b].into_iter().enumerate() {
            model.evaluate(draw, None, n, room, outcomes);
            outcomes[..n].iter_mut().for_each(|y| *y -= centre);
            sums.outcomes += outcomes[..n].iter().sum::<f64>();
            sums.squares += outcomes[..n].iter().map(|y| y * y).sum::<f64>();
        }
        sums.count = n as f64;
        for (i, changes) in sums.changes.iter_mut().enumerate() {
            model.evaluate(0, Some(i), n, room, mixed);
            for ((a, b), mixed) in a.iter().zip(b.iter()).zip(&mixed[..n]) {
                let change = mixed - centre - a;
                changes[0] += change;
                changes[1] += change * b;
                changes[2] += change * change;
            }
        }
        sums
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
