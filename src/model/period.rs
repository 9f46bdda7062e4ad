//! The periods in which money is spent: months, quarters, years, and all of them.

use crate::scenario::{Decision, Simulation};

/// What a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// A month.
    Month,
    /// Three of them.
    Quarter,
    /// Twelve.
    Year,
    /// All.
    Horizon,
}

impl PeriodKind {
    /// Every one of them, the shortest first.
    pub const ALL: [PeriodKind; 4] = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year, PeriodKind::Horizon];

    /// Its word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::Year => "year",
            PeriodKind::Horizon => "horizon",
        }
    }

    /// Its place among them.
    pub fn index(self) -> usize {
        self as usize
    }

    /// What may be spent in it.
    pub fn budget(self, decision: &Decision) -> Option<f64> {
        match self {
            PeriodKind::Month => decision.monthly_budget,
            PeriodKind::Quarter => None,
            PeriodKind::Year => decision.yearly_budget,
            PeriodKind::Horizon => decision.horizon_budget,
        }
    }

    /// Its months, of a horizon.
    fn length(self, horizon: u32) -> u32 {
        match self {
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::Year => 12,
            PeriodKind::Horizon => horizon,
        }
    }
}

/// A period as far as the horizon has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// What it is.
    pub kind: PeriodKind,
    /// Its first month, from 1; what is paid once belongs to the first of all.
    pub first: u32,
    /// Its last month.
    pub last: u32,
}

impl Period {
    /// All periods of a scenario, by kind and then by month. Quarters and years are those of the calendar, from the month
    /// with which its years begin, where months have dates; else they count from month 1.
    pub fn all(simulation: &Simulation) -> Vec<Period> {
        let begun = simulation.start.map_or(0, |start| {
            let month = u32::from(start.month_one().1.unsigned_abs());
            (month + 12 - simulation.fiscal_year_start) % 12
        });
        PeriodKind::ALL.into_iter().flat_map(|kind| Period::of_kind(kind, simulation.horizon, begun)).collect()
    }

    /// Those of a kind, where so many months of a year lie before month 1.
    fn of_kind(kind: PeriodKind, horizon: u32, begun: u32) -> Vec<Period> {
        let length = kind.length(horizon);
        let mut first = 1;
        let mut found = Vec::new();
        while first <= horizon {
            let before = if kind == PeriodKind::Horizon { 0 } else { (begun + first - 1) % length };
            let last = horizon.min(first + length - 1 - before);
            found.push(Period { kind, first, last });
            first = last + 1;
        }
        found
    }

    /// Its months as they are written: `13-24`, or `13`.
    pub fn months(&self) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}-{}", self.first, self.last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(kind: PeriodKind, horizon: u32, begun: u32) -> Vec<(u32, u32)> {
        Period::of_kind(kind, horizon, begun).into_iter().map(|p| (p.first, p.last)).collect()
    }

    #[test]
    fn periods_are_cut_by_the_horizon_and_by_the_start() {
        assert_eq!(ends(PeriodKind::Quarter, 7, 0), [(1, 3), (4, 6), (7, 7)]);
        // From November: a quarter has two months left, a year as well.
        assert_eq!(ends(PeriodKind::Quarter, 7, 10), [(1, 2), (3, 5), (6, 7)]);
        assert_eq!(ends(PeriodKind::Year, 15, 10), [(1, 2), (3, 14), (15, 15)]);
        assert_eq!(ends(PeriodKind::Horizon, 15, 10), [(1, 15)]);
        assert_eq!(ends(PeriodKind::Month, 2, 10), [(1, 1), (2, 2)]);
    }
}
