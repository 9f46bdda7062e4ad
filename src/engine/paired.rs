//! What runs are compared by, kept randomisation by randomisation: a difference between runs that draw the same is far more
//! certain than either figure.

use super::layout::Layout;
use super::metric::Metric;
use super::statistic::{Rank, Stat};
use crate::model::{Model, PeriodKind};

/// A figure by which runs are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The mean total.
    Total,
    /// The mean total per month.
    Monthly,
    /// What is spent in the first year on average, of the scope of budgets; of candidates.
    FirstYearSpend,
    /// The probability of being the cheapest; of candidates.
    PCheapest,
}

impl Measure {
    /// All of them, in the order of the table.
    pub const ALL: [Measure; 4] = [Measure::Total, Measure::Monthly, Measure::FirstYearSpend, Measure::PCheapest];

    /// Its word in the output files.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Total => Metric::Total.word(),
            Measure::Monthly => Metric::Monthly.word(),
            Measure::FirstYearSpend => "first_year_spend",
            Measure::PCheapest => "p_cheapest",
        }
    }

    /// Where it stands among the figures of a model; `None` where the option has none.
    pub(super) fn place(self, layout: &Layout, model: &Model, option: usize) -> Option<usize> {
        let is_candidate = model.options[option].candidate;
        match self {
            Measure::Total => Some(layout.metric(option, Metric::Total, Stat::Mean)),
            Measure::Monthly => Some(layout.metric(option, Metric::Monthly, Stat::Mean)),
            Measure::FirstYearSpend => {
                let first = model.periods.iter().position(|period| period.kind == PeriodKind::Year);
                first.filter(|_| is_candidate).map(|p| layout.spend(option, model.decision.budget_scope, p, 0))
            }
            Measure::PCheapest => is_candidate.then(|| layout.rank(option, Rank::Cheapest)),
        }
    }
}

/// The measures of all options in each randomisation of a run.
#[derive(Clone, Debug)]
pub struct Paired {
    /// By option and measure.
    places: Vec<Option<usize>>,
    /// The same, by randomisation; those without detail have no spending.
    values: Vec<Vec<f64>>,
}

impl Paired {
    /// Nothing yet.
    pub fn new(layout: &Layout, model: &Model) -> Paired {
        let of = |option: usize| Measure::ALL.map(|measure| measure.place(layout, model, option));
        let places: Vec<_> = (0..model.options.len()).flat_map(of).collect();
        Paired { values: vec![Vec::new(); places.len()], places }
    }

    /// The next randomisation's figures.
    pub fn add(&mut self, figures: &[f64]) {
        for (place, values) in self.places.iter().zip(&mut self.values) {
            values.extend(place.map(|place| figures[place]).filter(|value| value.is_finite()));
        }
    }

    /// A measure of an option.
    pub fn of(&self, measure: Measure, option: usize) -> &[f64] {
        &self.values[option * Measure::ALL.len() + measure as usize]
    }
}
