//! Shapley effects: shares of an outcome's variance that sum to one, also where inputs are correlated.
//!
//! A. Owen, "Sobol' indices and Shapley value", SIAM/ASA J. Uncertain. Quantif. 2 (2014), and E. Song, B. Nelson and
//! J. Staum, "Shapley effects for global sensitivity analysis: theory and computation", ibid. 4 (2016). In a random order
//! the inputs are redrawn one more at a time, each time from their distribution given those that are kept; an input is
//! credited with the increase that it brings of ½(f(x) − f(x′))², whose mean is the variance that the kept ones leave.
//! That takes an evaluation for each input and one more. Every order is followed by its reverse.
//!
//! Under a Gaussian copula the normals of a group are z = Lε with L the Cholesky factor of their correlations in some
//! order. With those that are kept longest in front, redrawing one more is to exchange one more ε, from the last one on.

use rand::seq::SliceRandom;

use super::draws::{Effort, Pair, Pairs};
use super::evaluate::{Changed, Evaluate, Input, Trials, columns};
use super::function::Function;
use crate::dist::Quantiles;
use crate::engine::Halt;
use crate::math::{linalg, normal};
use crate::quantity::Coordinates;
use crate::sample::{Group, Purpose, Rows, TILE, VariablePoints, coordinate, key, stream};
use crate::stats::{Estimate, Merge};

/// The Shapley effects of a model's inputs, of which those of each group are correlated. `model` gets a column of values
/// for each input and fills as many outcomes. `None` where the outcome does not vary or is not finite.
///
/// Standard errors are the jackknife's over 16 randomisations.
pub fn shapley_effects<F>(inputs: &[Quantiles], groups: &[Group], model: F, effort: Effort) -> Vec<Option<Estimate>>
where
    F: Fn(&[&[f64]], &mut [f64]) + Sync,
{
    let names: Vec<String> = (0..inputs.len()).map(|i| i.to_string()).collect();
    let all: Vec<Input> = (0..inputs.len()).map(Input::Variable).collect();
    let found = effects(&Function { inputs, function: model }, &Pairs::new(&names, groups, effort), &all);
    found.map_or_else(|_| vec![None; inputs.len()], |mut outcomes| outcomes.swap_remove(0))
}

/// The effects of all inputs, by outcome and input.
///
/// # Errors
/// A value that is not finite.
pub fn effects<M: Evaluate>(
    model: &M,
    pairs: &Pairs<'_>,
    inputs: &[Input],
) -> Result<Vec<Vec<Option<Estimate>>>, Halt> {
    let study = Study { model, pairs, inputs };
    let parts = pairs.by_randomisation(|| study.scratch(), |scratch, r, block| study.block(scratch, r, block))?;
    let of = |outcome: usize| {
        let credit = |part: &Credits, input: usize| part.0[outcome * inputs.len() + input];
        let share = |parts: &mut dyn Iterator<Item = &Credits>, input: usize| {
            let (mut own, mut all) = (0.0, 0.0);
            for part in parts {
                own += credit(part, input);
                all += (0..inputs.len()).map(|i| credit(part, i)).sum::<f64>();
            }
            if all > 0.0 { own / all } else { f64::NAN }
        };
        let estimate = |input: usize| {
            let but = |r: usize| parts.iter().enumerate().filter(move |(q, _)| *q != r).map(|(_, part)| part);
            let without: Vec<f64> = (0..parts.len()).map(|r| share(&mut but(r), input)).collect();
            Estimate::jackknife(share(&mut parts.iter(), input), &without)
        };
        (0..inputs.len()).map(estimate).collect()
    };
    Ok((0..model.outcomes()).map(of).collect())
}

struct Study<'a, M> {
    model: &'a M,
    pairs: &'a Pairs<'a>,
    inputs: &'a [Input],
}

/// The room of one worker.
struct Scratch<R> {
    pair: Pair,
    /// Coordinates with some inputs redrawn.
    mixed: Coordinates,
    /// Outcomes of the first draw and of the mixture.
    outcomes: [Vec<Vec<f64>>; 2],
    groups: Vec<Redrawing>,
    model: R,
}

impl<M: Evaluate> Study<'_, M> {
    fn scratch(&self) -> Scratch<M::Scratch> {
        Scratch {
            pair: self.pairs.scratch(),
            mixed: Coordinates::new(self.pairs.inputs(), TILE),
            outcomes: [(); 2].map(|()| columns(self.model.outcomes(), TILE)),
            groups: self.pairs.groups.iter().map(Redrawing::new).collect(),
            model: self.model.scratch(),
        }
    }

    /// A block in parts, each with an order of its own.
    fn block(
        &self,
        scratch: &mut Scratch<M::Scratch>,
        (r, axes): (u32, &[VariablePoints]),
        rows: Rows,
    ) -> Result<Credits, Halt> {
        let mut credits = Credits(vec![0.0; self.model.outcomes() * self.inputs.len()]);
        for first in (0..rows.count).step_by(TILE) {
            let part = rows.part(first, TILE);
            self.pairs.draw_apart(axes, part, &mut scratch.pair);
            // Parts have events and an order of their own, as blocks have.
            let number = rows.block * (crate::sample::BLOCK / TILE) as u64 + (first / TILE) as u64;
            self.part(scratch, r, Rows::of_block(number, part.count), &mut credits)?;
        }
        Ok(credits)
    }

    fn part(&self, scratch: &mut Scratch<M::Scratch>, r: u32, part: Rows, credits: &mut Credits) -> Result<(), Halt> {
        let (order, n) = (self.order(r, part.block), part.count);
        for v in 0..self.pairs.inputs() {
            scratch.mixed.column_mut(v, n).copy_from_slice(scratch.pair.draws[0].column(v, n));
        }
        for group in &mut scratch.groups {
            group.start(&order, self.inputs, &scratch.pair.draws, n);
            group.place(0, &mut scratch.mixed, n);
        }
        let mut events = r;
        let trials = Trials::new(&scratch.mixed, events, part);
        self.model.evaluate(&trials, Changed::All, &mut scratch.model, &mut scratch.outcomes[0])?;
        let mut before = vec![0.0; self.model.outcomes()];
        for input in order {
            let mut changed = Vec::new();
            match self.inputs[input] {
                Input::Events => events = r + self.pairs.design.randomisations,
                Input::Variable(v) => self.redraw(v, scratch, n, &mut changed),
            }
            let trials = Trials::new(&scratch.mixed, events, part);
            let [kept, mixed] = &mut scratch.outcomes;
            self.model.evaluate(&trials, Changed::Only(&changed), &mut scratch.model, mixed)?;
            for (o, before) in before.iter_mut().enumerate() {
                let squares = kept[o][..n].iter().zip(&mixed[o][..n]).map(|(x, y)| (x - y) * (x - y));
                let unexplained = 0.5 * squares.sum::<f64>();
                credits.0[o * self.inputs.len() + input] += unexplained - *before;
                *before = unexplained;
            }
        }
        Ok(())
    }

    /// The order in which a part redraws the inputs: a random one, or the reverse of the part's before.
    fn order(&self, randomisation: u32, part: u64) -> Vec<usize> {
        let key = key(self.pairs.seed(), Purpose::Permutations, "", randomisation);
        let mut order: Vec<usize> = (0..self.inputs.len()).collect();
        order.shuffle(&mut stream(&key, part / 2));
        if !part.is_multiple_of(2) {
            order.reverse();
        }
        order
    }

    /// Redraws a variable given those that are kept; `changed` lists whose coordinates are others now.
    fn redraw(&self, variable: usize, scratch: &mut Scratch<M::Scratch>, n: usize, changed: &mut Vec<usize>) {
        let group = scratch.groups.iter_mut().find(|g| g.order.contains(&variable));
        match group {
            Some(group) => changed.extend(group.redraw_one_more(&scratch.pair.draws[1], &mut scratch.mixed, n)),
            None => {
                scratch.mixed.column_mut(variable, n).copy_from_slice(scratch.pair.draws[1].column(variable, n));
                changed.push(variable);
            }
        }
    }
}

/// A group of which more and more variables are redrawn.
struct Redrawing {
    members: Vec<usize>,
    correlation: Vec<f64>,
    /// The variables, from the last to be redrawn to the first.
    order: Vec<usize>,
    /// The factor of their correlations in that order.
    factor: Vec<f64>,
    /// Independent normals and correlated ones, in that order.
    independent: Vec<Vec<f64>>,
    correlated: Vec<Vec<f64>>,
    redrawn: usize,
}

impl Redrawing {
    fn new(group: &Group) -> Redrawing {
        let size = group.members.len();
        let correlation = |k: usize| if k / size == k % size { 1.0 } else { group.correlation(k / size, k % size) };
        Redrawing {
            members: group.members.clone(),
            correlation: (0..size * size).map(correlation).collect(),
            order: group.members.clone(),
            factor: Vec::new(),
            independent: vec![vec![0.0; TILE]; size],
            correlated: vec![vec![0.0; TILE]; size],
            redrawn: 0,
        }
    }

    /// Draws the group from the first of two draws of independent coordinates.
    fn start(&mut self, order: &[usize], inputs: &[Input], draws: &[Coordinates; 2], n: usize) {
        let members = &self.members;
        let own = order.iter().rev().filter_map(|i| match inputs[*i] {
            Input::Variable(v) if members.contains(&v) => Some(v),
            _ => None,
        });
        self.order = own.collect();
        let size = self.order.len();
        let place = |v: &usize| members.iter().position(|m| m == v).unwrap_or(0);
        let places: Vec<usize> = self.order.iter().map(place).collect();
        let at = |k: usize| self.correlation[places[k / size] * size + places[k % size]];
        let matrix: Vec<f64> = (0..size * size).map(at).collect();
        // The correlations have a factor in one order, so they have one in every order.
        self.factor = linalg::cholesky(&matrix, size).unwrap_or(matrix);
        self.redrawn = 0;
        for (i, v) in self.order.iter().enumerate() {
            normals(draws[0].column(*v, n), &mut self.independent[i]);
        }
        for i in 0..size {
            let mut z = vec![0.0; n];
            for j in 0..=i {
                let factor = self.factor[i * size + j];
                z.iter_mut().zip(&self.independent[j]).for_each(|(z, e)| *z += factor * e);
            }
            self.correlated[i][..n].copy_from_slice(&z);
        }
    }

    /// Writes the coordinates of the variables from a place of the order on.
    fn place(&self, from: usize, coordinates: &mut Coordinates, n: usize) {
        for (v, z) in self.order.iter().zip(&self.correlated).skip(from) {
            coordinates.column_mut(*v, n).iter_mut().zip(z).for_each(|(u, z)| *u = coordinate(*z));
        }
    }

    /// Redraws one more variable from the second draw, and with it those that were redrawn before, which it moves.
    fn redraw_one_more(&mut self, second: &Coordinates, mixed: &mut Coordinates, n: usize) -> Vec<usize> {
        let size = self.order.len();
        self.redrawn += 1;
        let place = size - self.redrawn;
        let mut other = vec![0.0; n];
        normals(second.column(self.order[place], n), &mut other);
        for i in place..size {
            let factor = self.factor[i * size + place];
            for (t, z) in self.correlated[i][..n].iter_mut().enumerate() {
                *z += factor * (other[t] - self.independent[place][t]);
            }
        }
        self.place(place, mixed, n);
        self.order[place..].to_vec()
    }
}

fn normals(u: &[f64], out: &mut [f64]) {
    out.iter_mut().zip(u).for_each(|(z, u)| *z = normal::quantile(*u));
}

/// By outcome and input: the variance that it is credited with, times the trials.
#[derive(Clone)]
struct Credits(Vec<f64>);

impl Merge for Credits {
    fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a += b);
    }
}
