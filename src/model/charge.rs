//! Who serves in a month, and what an option is charged for it.

use super::months;
use super::option::OptionModel;
use crate::quantity::Reg;

/// What an option is charged in a month, by trial.
#[derive(Clone, Debug, Default)]
pub(super) struct Charge {
    /// 1 where the option itself serves, else 0.
    pub active: Vec<f64>,
    /// The charge.
    pub cost: Vec<f64>,
    /// The part of it that no invoice or payroll shows.
    pub soft: Vec<f64>,
}

/// The own running costs of an option in a month, by trial, and their soft part.
pub(super) type Own<'a> = [&'a [f64]; 2];

impl Charge {
    pub(super) fn new(capacity: usize) -> Charge {
        let column = || vec![0.0; capacity];
        Charge { active: column(), cost: column(), soft: column() }
    }

    /// Writes the charges of a month. `before` is what the baseline is charged, `None` for the baseline itself; `after`
    /// are the own costs of the option that takes over.
    pub(super) fn settle<'a>(
        &mut self,
        option: &OptionModel,
        own: Own<'_>,
        before: Option<&Charge>,
        after: Option<Own<'_>>,
        month: f64,
        column: impl Fn(Reg) -> &'a [f64],
    ) {
        let n = own[0].len();
        self.active[..n].fill(1.0);
        self.cost[..n].copy_from_slice(own[0]);
        self.soft[..n].copy_from_slice(own[1]);
        if option.service.is_some_and(|s| s.holds(month as u32)) {
            return;
        }
        let mut own = [&mut self.cost[..n], &mut self.soft[..n], &mut self.active[..n]];
        if let (Some(retire), Some(after)) = (option.retire, after) {
            months::replace_after(column(retire), month, after, own.each_mut().map(|c| &mut **c));
        }
        if let Some(before) = before {
            let before = [&before.cost[..n], &before.soft[..n]];
            months::replace_until(column(option.absent_until), month, before, own);
        }
    }
}
