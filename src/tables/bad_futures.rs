//! What the futures have in common in which the choice turns out badly.

use crate::engine::{BadFuture, BadFutures, Results};
use crate::stats::Estimate;

/// A mean rank nearer to the middle than this is not worth a word.
const LEAST: f64 = 0.05;

/// The bad futures of the choice, and the inputs that lie elsewhere in them than usual.
#[derive(Clone, Debug)]
pub struct Telling<'a> {
    /// Which.
    pub futures: &'a BadFutures,
    /// Inputs by number with their mean ranks, farther from the middle than chance and a word's worth; the farthest first.
    pub inputs: Vec<(usize, Estimate)>,
}

impl<'a> Telling<'a> {
    /// Of the futures in which the choice is wrong; where it never is, of its dearest.
    pub fn new(results: &'a Results, choice: usize) -> Option<Telling<'a>> {
        let of = |why| results.bad_futures.iter().find(|f| f.option == choice && f.why == why);
        let futures = of(BadFuture::WrongChoice).or_else(|| of(BadFuture::DearestTenth))?;
        let off = |rank: Estimate| (rank.value - 0.5).abs();
        let is_telling = |rank: &Estimate| off(*rank) > LEAST && rank.half_width(0.95).is_some_and(|e| off(*rank) > e);
        let ranks = futures.mean_ranks.iter().enumerate();
        let mut inputs: Vec<(usize, Estimate)> =
            ranks.filter_map(|(v, rank)| Some((v, rank.filter(is_telling)?))).collect();
        inputs.sort_by(|a, b| off(b.1).total_cmp(&off(a.1)));
        Some(Telling { futures, inputs })
    }
}
