//! Who serves in a month, and what an option is charged for it.

use super::months;
use super::option::OptionModel;
use super::part::CostPart;
use crate::quantity::Reg;

/// What an option is charged in a month, by trial.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    /// 1 where the option itself serves, else 0.
    pub active: Vec<f64>,
    /// The charge, and parts of it.
    pub costs: [Vec<f64>; CostPart::COUNT],
}

impl Charge {
    pub(super) fn new(capacity: usize) -> Charge {
        // Until they are charged, options count as serving.
        Charge { active: vec![1.0; capacity], costs: std::array::from_fn(|_| vec![0.0; capacity]) }
    }

    /// Turns the option's own costs of a part, which are written, into its charges. `before` is what the baseline is charged,
    /// `None` for the baseline itself; `after` are the own costs of the option that takes over.
    pub(super) fn settle<'a>(
        &mut self,
        (option, part): (&OptionModel, CostPart),
        before: Option<&Charge>,
        after: Option<&[f64]>,
        (month, n): (f64, usize),
        column: impl Fn(Reg) -> &'a [f64],
    ) {
        let own = &mut self.costs[part.index()][..n];
        if let (Some(retire), Some(after)) = (option.retire, after) {
            months::replace_after(column(retire), month, after, own);
        }
        if let Some(before) = before {
            months::replace_until(column(option.absent_until), month, &before.costs[part.index()][..n], own);
        }
    }

    /// Marks where the option itself serves.
    pub(super) fn mark<'a>(
        &mut self,
        option: &OptionModel,
        is_baseline: bool,
        (month, n): (f64, usize),
        column: impl Fn(Reg) -> &'a [f64],
    ) {
        let active = &mut self.active[..n];
        active.fill(1.0);
        if let Some(retire) = option.retire.filter(|_| option.after_retirement.is_some()) {
            months::clear_after(column(retire), month, active);
        }
        if !is_baseline {
            months::clear_until(column(option.absent_until), month, active);
        }
    }
}
