//! The value of information of any model of what options cost.

use std::convert::Infallible;

use crate::dist::Quantiles;
use crate::information::{Choices, Distinct, Gathered, Gathering, SlicePlan, rank};
use crate::quantity::Coordinates;
use crate::sample::{BLOCK, Cube, Design, Group, Rows, Sampler, VariablePoints, correlate};
use crate::stats::{Estimate, Merge};

use super::blocks::by_randomisation;
use super::draws::Effort;

/// By how much the mean cost falls if the option is chosen after learning something.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// After learning everything (EVPI). `None` with fewer than two options.
    pub everything: Option<Estimate>,
    /// After learning one input (EVPPI).
    pub inputs: Vec<Option<Estimate>>,
}

/// The value of information of a model's inputs, of which those of each group are correlated. `costs` gets a column of
/// values for each input and fills one for each option. See the [`Information`](crate::information::Information) of a run.
///
/// Standard errors are those of 16 randomisations.
pub fn value_of_information<F>(
    inputs: &[Quantiles],
    groups: &[Group],
    options: usize,
    costs: F,
    effort: Effort,
) -> Worth
where
    F: Fn(&[&[f64]], &mut [Vec<f64>]) + Sync,
{
    let design = Design::new(Sampler::Sobol, effort.points);
    let values: Vec<Option<Vec<f64>>> = inputs.iter().map(values).collect();
    let plan = SlicePlan::new(options, &values, vec![0.0; inputs.len()], design.trials());
    let study = Study { inputs, groups, options, costs, plan: &plan };
    let cube = Cube::named(design, effort.seed, (0..inputs.len()).map(|i| i.to_string()).collect());
    let block = |scratch: &mut Scratch, (_, axes): (u32, &[VariablePoints]), at| {
        Ok::<_, Infallible>(study.block(axes, at, scratch))
    };
    let Ok(parts) = by_randomisation(|r| cube.axes(r), &design, || study.scratch(), block);
    let mut gathered = Gathered::default();
    for part in parts {
        let regret = part.regret.iter().map(|sum| sum / part.trials).collect();
        gathered.add(Gathering { trials: part.trials, regret, slices: part.slices, moments: Vec::new() });
    }
    let candidates: Vec<usize> = (0..options).collect();
    let choices = Choices { candidates: &candidates, options, baseline: 0 };
    let Ok(found) = gathered.information(choices, &plan, |_| [f64::NAN; 2], &|_, _, _| Ok::<_, Infallible>(Vec::new()));
    Worth { everything: found.everything, inputs: found.inputs }
}

/// The values of an input that takes few: what it takes on a fine grid of its levels.
fn values(input: &Quantiles) -> Option<Vec<f64>> {
    const LEVELS: usize = 1 << 14;
    let mut found = Distinct::default();
    let levels: Vec<f64> = (0..LEVELS).map(|k| (k as f64 + 0.5) / LEVELS as f64).collect();
    let mut drawn = vec![0.0; LEVELS];
    input.fill(&levels, &mut drawn);
    found.see(&drawn);
    found.values()
}

struct Study<'a, F> {
    inputs: &'a [Quantiles],
    groups: &'a [Group],
    options: usize,
    costs: F,
    plan: &'a SlicePlan,
}

/// The room of one worker.
struct Scratch {
    coordinates: Coordinates,
    normals: Vec<Vec<f64>>,
    values: Vec<Vec<f64>>,
    costs: Vec<Vec<f64>>,
    best: Vec<f64>,
    winner: Vec<f64>,
}

/// Sums over trials.
#[derive(Clone)]
struct Sums {
    trials: f64,
    regret: Vec<f64>,
    slices: Vec<f64>,
}

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        self.trials += other.trials;
        self.regret.iter_mut().zip(&other.regret).for_each(|(a, b)| *a += b);
        self.slices.iter_mut().zip(&other.slices).for_each(|(a, b)| *a += b);
    }
}

impl<F: Fn(&[&[f64]], &mut [Vec<f64>])> Study<'_, F> {
    fn scratch(&self) -> Scratch {
        let column = || vec![0.0; BLOCK];
        Scratch {
            coordinates: Coordinates::new(self.inputs.len(), BLOCK),
            normals: Vec::new(),
            values: self.inputs.iter().map(|_| column()).collect(),
            costs: (0..self.options).map(|_| column()).collect(),
            best: column(),
            winner: column(),
        }
    }

    fn block(&self, axes: &[VariablePoints], rows: Rows, scratch: &mut Scratch) -> Sums {
        let n = rows.count;
        let Scratch { coordinates, normals, values, costs, best, winner } = scratch;
        for (input, axis) in axes.iter().enumerate() {
            axis.fill(rows.block, rows.first, coordinates.column_mut(input, n));
        }
        for group in self.groups {
            correlate(group, coordinates, n, normals);
        }
        for (input, (quantiles, values)) in self.inputs.iter().zip(values.iter_mut()).enumerate() {
            quantiles.fill(coordinates.column(input, n), &mut values[..n]);
        }
        let columns: Vec<&[f64]> = values.iter().map(|column| &column[..n]).collect();
        costs.iter_mut().for_each(|column| column.resize(n, 0.0));
        (self.costs)(&columns, costs);
        let costs: Vec<&[f64]> = costs.iter().map(|column| &column[..n]).collect();
        let candidates: Vec<usize> = (0..self.options).collect();
        rank(&candidates, |i| costs[i], &mut best[..n], &mut winner[..n]);
        let regret = |costs: &&[f64]| costs.iter().zip(best.iter()).map(|(cost, best)| cost - best).sum();
        Sums {
            trials: n as f64,
            regret: costs.iter().map(regret).collect(),
            slices: self.plan.add_up(&costs, |i| columns[i], coordinates, &winner[..n]),
        }
    }
}
