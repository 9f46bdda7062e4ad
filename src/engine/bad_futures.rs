//! What futures have in common that turn out badly: where the inputs lie in the dearest tenth of an option's trials, and in those
//! in which the choice is not the cheapest.

use std::ops::Range;

use rayon::prelude::*;

use super::probe::{Changed, Probe, Trials};
use super::randomisations::CURVE_BLOCKS;
use super::run::Engine;
use super::watch::Halt;
use crate::inputs::Inputs;
use crate::model::at_most;
use crate::sample::{BLOCK, Design, RANDOMISATIONS, Rows};
use crate::stats::Estimate;

/// The share of the trials that are the dearest.
const DEAREST: f64 = 0.1;
/// The share to either side of their edge whose ranks are those of the edge.
const EDGE: f64 = 0.01;

/// Why futures are bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFuture {
    /// They are the dearest tenth of an option's.
    DearestTenth,
    /// The chosen option is not the cheapest.
    WrongChoice,
}

impl BadFuture {
    /// Its word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            BadFuture::DearestTenth => "dearest_tenth",
            BadFuture::WrongChoice => "wrong_choice",
        }
    }
}

/// The bad futures of an option.
#[derive(Clone, Debug)]
pub struct BadFutures {
    /// The option.
    pub option: usize,
    /// Why they are bad.
    pub why: BadFuture,
    /// The share of the trials that are among them.
    pub share: f64,
    /// By variable: the mean of its ranks in them, from 0 for its least values to 1; 0.5 where it makes no difference.
    pub mean_ranks: Vec<Option<Estimate>>,
}

/// Trials, with how much each counts.
struct Weighted {
    option: usize,
    why: BadFuture,
    weights: Vec<f64>,
    /// Of the dearest: the trials around their edge, which is not the same in another sample.
    edge: Option<Vec<f64>>,
}

/// The bad futures of the first trials of a run in which `choice` was chosen.
///
/// # Errors
/// A value that is not finite, or an early end.
pub fn bad_futures(engine: &Engine<'_>, design: &Design, choice: usize) -> Result<Vec<BadFutures>, Halt> {
    if engine.model.program.variables.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<Part> = (0..design.randomisations.min(RANDOMISATIONS)).map(|r| Part::new(design, r)).collect();
    let totals = engine.totals_of(&parts)?;
    let candidates = engine.model.candidates();
    let mut tails: Vec<Weighted> = candidates.iter().map(|i| dearest(*i, &totals[*i])).collect();
    let weights = wrong(&totals, &candidates, choice);
    tails.push(Weighted { option: choice, why: BadFuture::WrongChoice, weights, edge: None });
    tails.retain(|tail| tail.weights.iter().any(|weight| *weight > 0.0));
    Ok(engine.mean_ranks(&parts, &tails))
}

/// The first trials of a randomisation.
struct Part {
    randomisation: u32,
    blocks: Vec<Rows>,
}

impl Part {
    fn new(design: &Design, randomisation: u32) -> Part {
        let blocks = 0..design.blocks(randomisation).min(CURVE_BLOCKS);
        let rows = |block| Rows::of_block(block, design.block_size(randomisation, block));
        Part { randomisation, blocks: blocks.map(rows).collect() }
    }

    fn trials(&self) -> usize {
        self.blocks.iter().map(|rows| rows.count).sum()
    }
}

/// The places of each part's trials among all.
fn places(parts: &[Part]) -> Vec<Range<usize>> {
    let mut end = 0;
    let place = |part: &Part| {
        let start = end;
        end += part.trials();
        start..end
    };
    parts.iter().map(place).collect()
}

/// Weight 1 for the dearest tenth, the trial on the edge by its fraction; of equal ones the first.
fn dearest(option: usize, totals: &[f64]) -> Weighted {
    let mut order: Vec<usize> = (0..totals.len()).collect();
    order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]));
    let all = totals.len() as f64;
    let (mut weights, mut edge) = (vec![0.0; totals.len()], vec![0.0; totals.len()]);
    for (k, trial) in order.into_iter().enumerate() {
        weights[trial] = (DEAREST * all - k as f64).clamp(0.0, 1.0);
        edge[trial] = if (k as f64 + 0.5 - DEAREST * all).abs() <= (EDGE * all).max(1.0) { 1.0 } else { 0.0 };
    }
    Weighted { option, why: BadFuture::DearestTenth, weights, edge: Some(edge) }
}

/// Weight 1 where the choice is not the cheapest candidate.
fn wrong(totals: &[Vec<f64>], candidates: &[usize], choice: usize) -> Vec<f64> {
    let is_wrong = |t: usize| candidates.iter().any(|i| !at_most(totals[choice][t], totals[*i][t]));
    (0..totals[choice].len()).map(|t| if is_wrong(t) { 1.0 } else { 0.0 }).collect()
}

impl Engine<'_> {
    /// By option: its total in every trial of some parts.
    fn totals_of(&self, parts: &[Part]) -> Result<Vec<Vec<f64>>, Halt> {
        let probe = Probe::new(self.model, self.seed);
        let of_part = |part: &Part| {
            let (mut block, mut scratch) = (Inputs::block(&self.model.program, BLOCK), probe.scratch(BLOCK));
            let axes = self.inputs.axes(part.randomisation);
            let mut totals = vec![Vec::with_capacity(part.trials()); self.model.options.len()];
            for rows in &part.blocks {
                self.watch.go_on()?;
                let coordinates = self.inputs.place(&axes, *rows, &mut block);
                probe.run(&Trials::new(coordinates, part.randomisation, *rows), Changed::All, &mut scratch)?;
                totals.iter_mut().enumerate().for_each(|(i, all)| all.extend_from_slice(scratch.outcomes.totals(i)));
            }
            Ok(totals)
        };
        let found: Vec<Vec<Vec<f64>>> = parts.par_iter().map(of_part).collect::<Result<_, Halt>>()?;
        let of_option = |i: usize| found.iter().flat_map(|totals| &totals[i]).copied().collect();
        Ok((0..self.model.options.len()).map(of_option).collect())
    }

    /// Where every variable lies in trials by their weights.
    fn mean_ranks(&self, parts: &[Part], tails: &[Weighted]) -> Vec<BadFutures> {
        let weights: Vec<&[f64]> =
            tails.iter().flat_map(|tail| std::iter::once(&tail.weights).chain(&tail.edge)).map(Vec::as_slice).collect();
        let mut sums = self.rank_sums(parts, &weights).into_iter();
        let found = tails.iter().filter_map(|tail| {
            let own = sums.next()?;
            let edge = tail.edge.as_ref().and_then(|_| sums.next());
            let mean_rank = |v: usize| match &edge {
                Some(edge) => own.of_dearest(v, edge.mean(v)),
                None => own.of_chosen(v),
            };
            Some(BadFutures {
                option: tail.option,
                why: tail.why,
                share: own.weights.iter().sum::<f64>() / tail.weights.len() as f64,
                mean_ranks: (0..self.model.program.variables.len()).map(mean_rank).collect(),
            })
        });
        found.collect()
    }

    /// The sums of ranks by some weights.
    fn rank_sums(&self, parts: &[Part], weights: &[&[f64]]) -> Vec<RankSums> {
        let places = places(parts);
        let of_part = |(part, place): (&Part, &Range<usize>)| {
            let own: Vec<&[f64]> = weights.iter().map(|weights| &weights[place.clone()]).collect();
            self.ranks_of(part, &own)
        };
        let ranks: Vec<Vec<Vec<f64>>> = parts.par_iter().zip(&places).map(of_part).collect();
        let sums = |(k, weights): (usize, &&[f64])| RankSums {
            ranks: ranks.iter().map(|ranks| ranks[k].clone()).collect(),
            weights: places.iter().map(|place| weights[place.clone()].iter().sum()).collect(),
            trials: parts.iter().map(|part| part.trials() as f64).collect(),
        };
        weights.iter().enumerate().map(sums).collect()
    }

    /// By weights and variable: the sum of its ranks in a part.
    fn ranks_of(&self, part: &Part, weights: &[&[f64]]) -> Vec<Vec<f64>> {
        let mut block = Inputs::block(&self.model.program, BLOCK);
        let axes = self.inputs.axes(part.randomisation);
        let mut sums = vec![vec![0.0; self.model.program.variables.len()]; weights.len()];
        let mut place = 0;
        for rows in &part.blocks {
            let coordinates = self.inputs.place(&axes, *rows, &mut block);
            for (sums, weights) in sums.iter_mut().zip(weights) {
                let weights = &weights[place..place + rows.count];
                for (v, sum) in sums.iter_mut().enumerate() {
                    *sum += crate::stats::dot(weights, coordinates.column(v, rows.count));
                }
            }
            place += rows.count;
        }
        sums
    }
}

/// Sums over the trials of each part by their weights.
struct RankSums {
    /// By part and variable.
    ranks: Vec<Vec<f64>>,
    /// By part.
    weights: Vec<f64>,
    /// By part: all its trials, of whatever weight.
    trials: Vec<f64>,
}

impl RankSums {
    fn sum(&self, variable: usize) -> f64 {
        self.ranks.iter().map(|ranks| ranks[variable]).sum()
    }

    fn mean(&self, variable: usize) -> f64 {
        self.sum(variable) / self.weights.iter().sum::<f64>()
    }

    /// The mean rank in trials that are chosen one by one: a ratio, with the jackknife's error.
    fn of_chosen(&self, variable: usize) -> Option<Estimate> {
        let (sum, all) = (self.sum(variable), self.weights.iter().sum::<f64>());
        let without =
            self.ranks.iter().zip(&self.weights).map(|(ranks, weight)| (sum - ranks[variable]) / (all - weight));
        Estimate::jackknife(sum / all, &without.collect::<Vec<_>>())
    }

    /// The mean rank in a fixed share of the trials, whose edge moves with the sample: where more trials lie beyond it, those on
    /// it fall out, and `edge` is their mean rank. The error is the spread of what each part says by itself.
    fn of_dearest(&self, variable: usize, edge: f64) -> Option<Estimate> {
        let parts = self.ranks.iter().zip(&self.weights).zip(&self.trials);
        let of_part =
            parts.map(|((ranks, weight), trials)| edge + (ranks[variable] - edge * weight) / (DEAREST * trials));
        let spread = Estimate::of_means(&of_part.collect::<Vec<_>>())?;
        Estimate::new(self.mean(variable), spread.std_error.unwrap_or(f64::NAN), spread.freedom)
    }
}
