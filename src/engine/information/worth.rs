//! The value of information: what choosing after learning something saves on average.

use super::Study;
use crate::stats::Estimate;

impl Study<'_> {
    /// Mean cost above the cheapest candidate, by the choice of all randomisations but `r`, in `r`.
    pub fn everything(&self) -> Option<Estimate> {
        let parts = &self.gathered.parts;
        self.estimate(|r| {
            let others =
                |i: usize| parts.iter().enumerate().filter(|(q, _)| *q != r).map(|(_, p)| p.trials * p.regret[i]).sum();
            parts[r].regret[self.least(others)]
        })
    }

    /// The value of knowing a variable.
    pub fn worth(&self, variable: usize) -> Option<Estimate> {
        let slices = self.plan.slices(variable);
        if slices.is_empty() {
            return None;
        }
        let pooled = self.plan.table(&self.pooled);
        self.estimate(|r| {
            let part = &self.gathered.parts[r];
            let own = self.plan.table(&part.slices);
            let others = |s: usize, i: usize| pooled.cost(s, i) - own.cost(s, i);
            let blind = self.least(|i| slices.clone().map(|s| others(s, i)).sum());
            let saved = |s: usize| {
                let known = pooled.count(s) > own.count(s);
                let informed = if known { self.least(|i| others(s, i)) } else { blind };
                own.cost(s, blind) - own.cost(s, informed)
            };
            slices.clone().map(saved).sum::<f64>() / part.trials
        })
    }
}
