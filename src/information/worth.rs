//! The value of information: what choosing after learning something saves on average.

use super::Study;
use crate::stats::Estimate;

impl Study<'_> {
    /// Mean cost above the cheapest candidate, by the choice of all randomisations but `r`, in `r`.
    pub fn everything(&self) -> Option<Estimate> {
        let parts = &self.gathered.parts;
        let all = |i: usize| parts.iter().map(|p| p.trials * p.regret[i]).sum::<f64>();
        let honest = self.estimate(|r| {
            let others = |i: usize| all(i) - parts[r].trials * parts[r].regret[i];
            parts[r].regret[self.least(others)]
        })?;
        let chosen = self.least(all);
        let seen = self.estimate(|r| parts[r].regret[chosen])?;
        // Whoever knows everything needs no choice that may be wrong; only that without it may be.
        Some(between(seen, honest))
    }

    /// The value of knowing a variable.
    pub fn worth(&self, variable: usize) -> Option<Estimate> {
        let slices = self.plan.slices(variable);
        if slices.is_empty() {
            return None;
        }
        Some(between(self.saved(variable, true)?, self.saved(variable, false)?))
    }

    /// What choosing slice by slice saves in each randomisation, by the choices of all of them, or of all others.
    fn saved(&self, variable: usize, itself: bool) -> Option<Estimate> {
        let slices = self.plan.slices(variable);
        let pooled = self.plan.table(&self.pooled);
        self.estimate(|r| {
            let part = &self.gathered.parts[r];
            let own = self.plan.table(&part.slices);
            let less = if itself { 0.0 } else { 1.0 };
            let chosen_by = |s: usize, i: usize| pooled.cost(s, i) - less * own.cost(s, i);
            let blind = self.least(|i| slices.clone().map(|s| chosen_by(s, i)).sum());
            let saved = |s: usize| {
                let known = pooled.count(s) > less * own.count(s);
                let informed = if known { self.least(|i| chosen_by(s, i)) } else { blind };
                own.cost(s, blind) - own.cost(s, informed)
            };
            slices.clone().map(saved).sum::<f64>() / part.trials
        })
    }
}

/// Choosing and costing on the same trials is too optimistic, and choosing by other trials, of which a few are as good as
/// wrong, too pessimistic: the truth lies between, and the error holds both. Nothing is worth less than nothing.
pub fn between(optimistic: Estimate, honest: Estimate) -> Estimate {
    let half = 0.5 * (optimistic.value - honest.value).abs();
    let value = 0.5 * (optimistic.value + honest.value);
    let std_error = honest.std_error.map(|error| (error * error + half * half / 3.0).sqrt());
    Estimate { value: value.max(0.0), std_error, ..honest }
}
