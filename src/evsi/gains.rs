//! What choosing by data saves, from what it saves in each randomisation.

use super::parts::{Costs, Parts};
use crate::information::between;
use crate::stats::Estimate;

/// What choosing by data saves on average.
#[derive(Clone, Debug, Default)]
pub struct Gains {
    /// In each randomisation, by the choices of all.
    pub itself: Vec<f64>,
    /// In each randomisation, by the choices of all others.
    pub others: Vec<f64>,
    /// By view, how likely the data lead to another choice than the one without them.
    pub changes: Vec<f64>,
}

impl Gains {
    /// Of one input, by the chances of each candidate to be chosen in each part, by view.
    pub fn new(parts: &Parts, chances: &[Costs]) -> Gains {
        let saved = |own: &Costs, view: usize| {
            let of =
                |part: usize| own.of(part).iter().zip(chances[view].of(part)).map(|(cost, p)| cost * p).sum::<f64>();
            own.totals()[parts.views[view].blind()] - (0..parts.values.len()).map(of).sum::<f64>()
        };
        let all = parts.views.len() - 1;
        let changes = |view: usize| {
            let blind = parts.views[view].blind();
            let other = |(part, share): (usize, &f64)| share * (1.0 - chances[view].of(part)[blind]);
            parts.shares.iter().enumerate().map(other).sum::<f64>().max(0.0)
        };
        Gains {
            itself: parts.own.iter().map(|own| saved(own, all)).collect(),
            others: parts.own.iter().enumerate().map(|(r, own)| saved(own, r)).collect(),
            changes: (0..parts.views.len()).map(changes).collect(),
        }
    }

    /// The value of the data.
    pub fn worth(&self) -> Option<Estimate> {
        Some(between(Estimate::of_means(&self.itself)?, Estimate::of_means(&self.others)?))
    }

    /// How likely they lead to another choice.
    pub fn p_changes(&self) -> Option<Estimate> {
        let (all, without) = self.changes.split_last()?;
        Estimate::jackknife(*all, without)
    }
}
