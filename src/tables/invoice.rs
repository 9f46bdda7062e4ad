//! The lines of one concrete case with the numbers that they are made of, to be held against an invoice.

use crate::engine::{Case, LedgerEntry};
use crate::model::{CostLine, Role};

/// A number of a product, and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number as it is put.
    pub value: f64,
    /// What it is.
    pub role: Role,
}

impl Amount {
    /// What the cost is multiplied by.
    pub fn multiplier(self) -> f64 {
        if self.role == Role::PerMillion { self.value / 1e6 } else { self.value }
    }
}

/// The numbers whose product a line costs in a month of a case.
pub fn amounts(case: &Case, line: &CostLine, (month, entry): (usize, LedgerEntry)) -> Vec<Amount> {
    let own = line.factors.iter().map(|f| Amount { value: case.record.value(f.amount, month), role: f.role });
    let basis = line.driver.basis().noun().map(|noun| Amount { value: entry.basis, role: Role::Count(noun) });
    let level = (entry.price_level != 1.0)
        .then_some(Amount { value: entry.price_level, role: Role::Level("of the first month's price") });
    let mut amounts: Vec<Amount> = basis.into_iter().chain(own).chain(level).collect();
    // Units are counted in all of the basis.
    if let [basis, units, ..] = amounts.as_mut_slice()
        && let Role::Units(what) = units.role
    {
        *units = Amount { value: basis.value * units.value, role: Role::Count(what) };
        amounts.remove(0);
    }
    amounts
}
