//! What an option is charged while another one serves in its place.

use super::assemble::Model;
use super::line::Basis;
use super::monthly_costs::MonthlyCosts;
use super::option::OptionModel;
use crate::quantity::{Builder, Registers};
use crate::scenario::{BuiltIn, CostKind};

/// When another option serves in an option's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absence {
    /// Until the launch, and for good if the project fails, the baseline: its charge is charged.
    BeforeLaunch,
    /// After the last month, the option that takes over: its running costs are charged.
    AfterRetirement,
}

/// A cost line of what an option is charged while it is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Substitute {
    /// When.
    pub absence: Absence,
    /// The kind of cost, of those that the option has which serves.
    pub kind: CostKind,
}

impl Substitute {
    /// Its name as a line.
    pub fn name(self) -> &'static str {
        let line = match self.absence {
            Absence::BeforeLaunch => BuiltIn::BeforeLaunch,
            Absence::AfterRetirement => BuiltIn::AfterRetirement,
        };
        line.word()
    }

    /// All that an option has, if any at least one of an absence.
    pub(super) fn all(builder: &Builder, options: &[OptionModel], option: usize, baseline: usize) -> Vec<Substitute> {
        let own = &options[option];
        let is_late = option != baseline && !builder.constant(own.absent_until).is_some_and(|x| x <= 0.0);
        let before = serving(options, baseline).filter(|_| is_late).collect();
        let absences: [(Absence, Vec<usize>); 2] =
            [(Absence::BeforeLaunch, before), (Absence::AfterRetirement, own.successor().into_iter().collect())];
        let lines = |(absence, others): (Absence, Vec<usize>)| {
            kinds(options, &others).into_iter().map(move |kind| Substitute { absence, kind })
        };
        absences.into_iter().filter(|(_, others)| !others.is_empty()).flat_map(lines).collect()
    }

    /// Writes what the other option costs in the current month, as if it served in all trials. `scratch` takes as much.
    pub fn costs(
        self,
        model: &Model,
        registers: &Registers,
        monthly: &MonthlyCosts,
        option: usize,
        [out, scratch]: [&mut [f64]; 2],
    ) {
        let own = |option: usize, out: &mut [f64]| match model.options[option].running(self.kind) {
            Some(terms) => monthly.running_costs(option, terms, registers, out),
            None => out.fill(0.0),
        };
        match (self.absence, model.options[option].successor(), model.options[model.baseline].successor()) {
            (Absence::AfterRetirement, Some(after), _) => own(after, out),
            (Absence::AfterRetirement, None, _) => out.fill(0.0),
            (Absence::BeforeLaunch, _, None) => own(model.baseline, out),
            (Absence::BeforeLaunch, _, Some(after)) => {
                own(model.baseline, out);
                own(after, scratch);
                let others = scratch.iter().zip(monthly.active(model.baseline));
                out.iter_mut().zip(others).filter(|(_, (_, active))| **active == 0.0).for_each(|(x, (y, _))| *x = *y);
            }
        }
    }
}

/// Whoever may serve in the baseline's name.
fn serving(options: &[OptionModel], baseline: usize) -> impl Iterator<Item = usize> {
    std::iter::once(baseline).chain(options[baseline].successor())
}

/// The kinds of running cost that some options have; of those that cost nothing, what vendors are paid.
pub(super) fn kinds(options: &[OptionModel], others: &[usize]) -> Vec<CostKind> {
    let lines = || others.iter().flat_map(|i| &options[*i].lines).filter(|line| line.driver.basis() != Basis::Once);
    let found: Vec<CostKind> = CostKind::all().filter(|kind| lines().any(|line| line.kind == *kind)).collect();
    if found.is_empty() { vec![CostKind::Vendor] } else { found }
}

/// The options whose running costs are charged to others that are absent.
pub(super) fn substitutes(options: &[OptionModel], baseline: usize) -> Vec<usize> {
    let all = || options.iter().flat_map(|option| &option.substitutes);
    let before = all().any(|s| s.absence == Absence::BeforeLaunch).then(|| serving(options, baseline));
    let after = options.iter().filter_map(OptionModel::successor);
    let mut found: Vec<usize> = before.into_iter().flatten().chain(after).collect();
    found.sort_unstable();
    found.dedup();
    found
}
