//! What is spent in a period, as it is paid: added up trial by trial, so that quantiles are of the trials' own sums.

use super::counts::Counts;
use super::sums::Sums;
use crate::information::wins;
use crate::model::{CostPart, Model, MonthlyCosts, PeriodKind, TILE, at_most};
use crate::quantity::Registers;
use crate::scenario::SpendScope;
use crate::stats::{Merge, Moments};
use crate::vector::kernels;

/// The scope that another is the same as, of a model: without bad answers all is cash.
pub fn source(scope: SpendScope, model: &Model) -> SpendScope {
    if scope == SpendScope::Cash && !model.has(CostPart::Quality) { SpendScope::All } else { scope }
}

/// The place of what an option spends in a period, among all.
pub fn place(model: &Model, option: usize, scope: SpendScope, period: usize) -> usize {
    (option * SpendScope::ALL.len() + scope.index()) * model.periods.len() + period
}

/// Adds up what the trials of a block spend.
#[derive(Clone, Debug)]
pub struct Spend {
    /// Candidates with the scopes that are told apart.
    told: Vec<(usize, SpendScope)>,
    /// By what is told apart and kind of period: the current one, so far.
    so_far: Vec<[Vec<f64>; PeriodKind::ALL.len()]>,
    /// The number of the period of each kind that goes on.
    current: [usize; PeriodKind::ALL.len()],
    moments: Vec<Moments>,
    column: Vec<f64>,
    /// By what is told apart and kind of period: 1 in trials that were over its budget in some period so far.
    over: Vec<[Vec<f64>; PeriodKind::ALL.len()]>,
}

/// The place of an option's periods of a kind, among all.
pub fn kind_place(option: usize, kind: PeriodKind) -> usize {
    option * PeriodKind::ALL.len() + kind.index()
}

impl Spend {
    /// For a model.
    pub fn new(model: &Model) -> Spend {
        let scopes = || SpendScope::ALL.into_iter().filter(|scope| source(*scope, model) == *scope);
        let told: Vec<_> = model.candidates().into_iter().flat_map(|i| scopes().map(move |scope| (i, scope))).collect();
        let size = place(model, model.options.len(), SpendScope::Vendor, 0);
        let columns = || vec![std::array::from_fn(|_| vec![0.0; TILE]); told.len()];
        Spend {
            so_far: columns(),
            over: columns(),
            told,
            current: [0; PeriodKind::ALL.len()],
            moments: vec![Moments::default(); size],
            column: vec![0.0; TILE],
        }
    }

    /// A new block.
    pub fn clear(&mut self) {
        self.moments.fill(Moments::default());
    }

    /// Month 0 of some trials of it: what is paid once belongs to the first period.
    pub fn start(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        self.current = PeriodKind::ALL.map(|kind| model.periods.iter().position(|p| p.kind == kind).unwrap_or(0));
        self.over.iter_mut().flatten().for_each(|over| over.fill(0.0));
        let trials = monthly.trials();
        for ((option, scope), so_far) in self.told.iter().zip(&mut self.so_far) {
            let once = |part| registers.part(model.options[*option].once(part), &trials);
            write(*scope, once, &mut self.column[..trials.len()]);
            so_far.iter_mut().for_each(|sum| sum[..trials.len()].copy_from_slice(&self.column[..trials.len()]));
        }
    }

    /// The current month; what ends with it is counted.
    pub fn month(&mut self, model: &Model, monthly: &MonthlyCosts, counts: &mut Counts) {
        let n = monthly.trials().len();
        let ends = self.current.map(|number| model.periods[number].last == monthly.month());
        let against = source(model.decision.budget_scope, model);
        for (((option, scope), so_far), over) in self.told.iter().zip(&mut self.so_far).zip(&mut self.over) {
            write(*scope, |part| monthly.charges(*option, part), &mut self.column[..n]);
            for (k, sum) in so_far.iter_mut().enumerate() {
                let sum = &mut sum[..n];
                sum.iter_mut().zip(&self.column).for_each(|(sum, x)| *sum += x);
                if ends[k] {
                    let place = place(model, *option, *scope, self.current[k]);
                    counts.spend[place].add(sum);
                    self.moments[place].merge(&Moments::of(sum));
                    let kind = PeriodKind::ALL[k];
                    if let Some(budget) = kind.budget(&model.decision).filter(|_| *scope == against) {
                        counts.over_budget[option * model.periods.len() + self.current[k]] +=
                            exceeds(sum, budget, &mut over[k][..n]);
                        if monthly.month() == model.horizon {
                            counts.over_in_any[kind_place(*option, kind)] += wins(&over[k][..n], 1);
                        }
                    }
                    sum.fill(0.0);
                }
            }
        }
        self.current.iter_mut().zip(ends).for_each(|(number, ends)| *number += usize::from(ends));
    }

    /// Writes the block's sums.
    pub fn finish(&self, sums: &mut Sums) {
        sums.spend.clone_from(&self.moments);
    }
}

kernels! {
    /// In how many trials more is spent than may be, up to rounding; marks them.
    fn exceeds(spent: &[f64], budget: f64, over: &mut [f64]) -> u64 {
        let mut count = 0;
        for (over, spent) in over.iter_mut().zip(spent) {
            let exceeds = !at_most(*spent, budget);
            count += u64::from(exceeds);
            *over = if exceeds { 1.0 } else { *over };
        }
        count
    }
}

/// Writes what is of a scope.
fn write<'a>(scope: SpendScope, part: impl Fn(CostPart) -> &'a [f64], out: &mut [f64]) {
    match scope {
        SpendScope::Vendor => out.copy_from_slice(part(CostPart::Vendor)),
        SpendScope::All => out.copy_from_slice(part(CostPart::All)),
        SpendScope::Cash => {
            let both = part(CostPart::All).iter().zip(part(CostPart::Quality));
            out.iter_mut().zip(both).for_each(|(out, (all, quality))| *out = all - quality);
        }
    }
}
