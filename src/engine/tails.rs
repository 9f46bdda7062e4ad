//! What the few most extreme trials carry of a mean: those that a run of so many has hardly drawn.
//!
//! A mean may hang on what is too rare to be drawn often enough: an outage of probability one in a million, the tail of a
//! lognormal, two rare events together. The spread of what was drawn knows nothing of it. So some trials are drawn from the
//! far ends of all variables on purpose, with weights: the largest totals among them, up to a probability of ten in as many
//! trials as the run has, are what the run may have missed or has seen too few of.

use rayon::prelude::*;

use super::probe::{Changed, Probe, Trials};
use super::watch::Halt;
use crate::dist::Dist;
use crate::model::Model;
use crate::quantity::{Coordinates, Law, Variable};
use crate::sample::{BLOCK, Far, Rows, correlate};
use crate::scenario::Scenario;

/// Blocks that are drawn.
const BLOCKS: u64 = 64;
/// What is expected of fewer trials than these has hardly been drawn.
pub const FEW: f64 = 10.0;
/// The randomisation of chance events, which no run has.
const EVENTS: u32 = u32::MAX;

/// The most extreme totals of each option.
#[derive(Clone, Debug)]
pub struct Tails {
    options: Vec<Vec<Extreme>>,
}

/// All totals from the most extreme to this one.
#[derive(Clone, Copy, Debug)]
struct Extreme {
    /// Their probability.
    probability: f64,
    /// What they carry: the mean of their distance from the mean, 0 elsewhere.
    carried: f64,
    /// The variable that is farthest out in this one.
    variable: usize,
}

/// What is carried of the mean of an option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail {
    /// The option.
    pub option: usize,
    /// Money.
    pub carried: f64,
    /// The variable whose far end, or rare value, it mostly is.
    pub variable: usize,
}

/// A trial: its weight, which variable is farthest out, and totals by option.
struct Drawn {
    weights: Vec<f64>,
    farthest: Vec<usize>,
    totals: Vec<Vec<f64>>,
}

impl Tails {
    /// Draws the far ends of a model's variables; none without variables.
    ///
    /// # Errors
    /// A total that is not finite.
    pub fn new(scenario: &Scenario, model: &Model) -> Result<Tails, Halt> {
        let variables = &model.program.variables;
        if variables.is_empty() {
            return Ok(Tails { options: vec![Vec::new(); model.options.len()] });
        }
        let seed = scenario.simulation.seed;
        // Of all variables together about two are at an end, so that pairs are there often.
        let share = (2.0 / variables.len() as f64).min(0.5);
        let axes: Vec<Far> = variables.iter().map(|v| Far::new(seed, &v.name, share, parts(v))).collect();
        let probe = Probe::new(model, seed);
        let block = |number: u64| draw(scenario, model, &axes, &probe, number);
        let blocks: Vec<Drawn> = (0..BLOCKS).into_par_iter().map(block).collect::<Result<_, _>>()?;
        Ok(Tails { options: (0..model.options.len()).map(|i| extremes(&blocks, i)).collect() })
    }

    /// What those trials carry of an option's mean that a run of so many has hardly drawn.
    pub fn hardly_drawn(&self, option: usize, trials: u64) -> Option<Tail> {
        let probability = FEW / trials as f64;
        let extremes = &self.options[option];
        let whole = extremes.partition_point(|extreme| extreme.probability <= probability);
        let at = |k: usize| extremes.get(k);
        let before = whole.checked_sub(1).and_then(at).map_or((0.0, 0.0), |e| (e.probability, e.carried));
        // Of the next one only as much as still belongs to them.
        let next = at(whole)
            .map_or(0.0, |next| (next.carried - before.1) * (probability - before.0) / (next.probability - before.0));
        let variable = self.farthest(&extremes[..extremes.len().min(whole + 1)])?;
        Some(Tail { option, carried: before.1 + next, variable })
    }

    /// The variable through which most is carried.
    fn farthest(&self, extremes: &[Extreme]) -> Option<usize> {
        let mut carried = vec![0.0; extremes.iter().map(|e| e.variable + 1).max()?];
        let mut before = 0.0;
        for extreme in extremes {
            carried[extreme.variable] += extreme.carried - before;
            before = extreme.carried;
        }
        (0..carried.len()).max_by(|a, b| carried[*a].total_cmp(&carried[*b]))
    }
}

fn draw(scenario: &Scenario, model: &Model, axes: &[Far], probe: &Probe<'_>, number: u64) -> Result<Drawn, Halt> {
    let mut coordinates = Coordinates::new(axes.len(), BLOCK);
    let (mut weights, mut farthest) = (vec![1.0; BLOCK], vec![0; BLOCK]);
    let (mut rarity, mut least) = (vec![1.0; BLOCK], vec![f64::INFINITY; BLOCK]);
    for (v, axis) in axes.iter().enumerate() {
        axis.fill(number, coordinates.column_mut(v, BLOCK), &mut weights, &mut rarity);
        for ((farthest, least), rarity) in farthest.iter_mut().zip(&mut least).zip(&rarity) {
            if rarity < least {
                (*farthest, *least) = (v, *rarity);
            }
        }
    }
    for group in &scenario.groups {
        correlate(group, &mut coordinates, BLOCK, &mut Vec::new());
    }
    let mut scratch = probe.scratch(BLOCK);
    probe.run(&Trials::new(&coordinates, EVENTS, Rows::of_block(number, BLOCK)), Changed::All, &mut scratch)?;
    let totals = (0..model.options.len()).map(|i| scratch.outcomes.totals(i).to_vec()).collect();
    Ok(Drawn { weights, farthest, totals })
}

/// An option's totals by how far they are from the mean, the farthest first, as far as any run has hardly drawn them.
fn extremes(blocks: &[Drawn], option: usize) -> Vec<Extreme> {
    let trials = || blocks.iter().flat_map(|b| b.weights.iter().zip(&b.totals[option]).zip(&b.farthest));
    let [weight, sum] = trials().fold([0.0; 2], |[weight, sum], ((w, x), _)| [weight + w, sum + w * x]);
    let mut found: Vec<(f64, f64, usize)> = trials().map(|((w, x), v)| ((x - sum / weight).abs(), *w, *v)).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut probability, mut carried) = (0.0, 0.0);
    let mut extremes = Vec::new();
    for (distance, w, variable) in found {
        if probability > FEW / super::DETAIL_TRIALS as f64 {
            break;
        }
        probability += w / weight;
        carried += distance * w / weight;
        extremes.push(Extreme { probability, carried, variable });
    }
    extremes
}

/// The parts of a variable's coordinate that stand for one value or one branch each.
fn parts(variable: &Variable) -> Vec<[f64; 2]> {
    let cut = |ends: Vec<f64>| ends.windows(2).map(|w| [w[0], w[1]]).filter(|[low, high]| low < high).collect();
    match &variable.law {
        Law::Choice(cumulative) => cut([0.0].into_iter().chain(cumulative.iter().copied()).collect()),
        Law::Fixed(quantiles) => atoms(quantiles.dist()),
        Law::Varying(_) => Vec::new(),
    }
}

/// The parts of the levels of a mixture that stand for its constants.
fn atoms(dist: &Dist) -> Vec<[f64; 2]> {
    let Dist::Mixture(mixture) = dist else { return Vec::new() };
    let constants = mixture.parts().iter().filter(|(_, part)| matches!(part, Dist::Constant(_)));
    let ends = |x: f64| [dist.level_below(x), dist.level(x)].map(|level| level.below);
    constants.map(|(_, part)| ends(part.mean())).filter(|[low, high]| low < high).collect()
}
