//! Scenarios beside each other, or variations of one: run with the same random numbers, so that what differs between them is
//! what they say, and not what they drew.

mod changes;
mod difference;
mod variation;

pub use changes::{Changed, changes};
pub use difference::{Difference, difference};
pub use variation::Variation;

use crate::engine::Results;
use crate::scenario::Scenario;

/// A scenario with its name, as it was run.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What it is called among the others.
    pub name: String,
    /// What its run found.
    pub results: Results,
}

/// Why scenarios cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotComparable {
    /// They have other horizons: months of the first, and of another by number.
    Horizons(usize, [u32; 2]),
    /// They count in other currencies: that of the first, and of another by number.
    Currencies(usize, [String; 2]),
}

/// What keeps scenarios from being compared with the first of them.
pub fn not_comparable(scenarios: &[Scenario]) -> Option<NotComparable> {
    let first = scenarios.first()?;
    scenarios.iter().enumerate().skip(1).find_map(|(k, other)| {
        let months = [first, other].map(|scenario| scenario.simulation().horizon);
        let money = [first, other].map(|scenario| scenario.currency().to_owned());
        match (months[0] == months[1], money[0] == money[1]) {
            (false, _) => Some(NotComparable::Horizons(k, months)),
            (true, false) => Some(NotComparable::Currencies(k, money)),
            (true, true) => None,
        }
    })
}

/// Makes scenarios draw the same: seed, sampler, trials, and the dimensions of variables of one name are those of the first.
pub fn align(scenarios: &mut [Scenario]) {
    let Some(simulation) = scenarios.first().map(Scenario::simulation) else { return };
    for scenario in scenarios.iter_mut() {
        scenario.set_seed(simulation.seed);
        scenario.set_sampler(simulation.sampler);
        scenario.set_trials(simulation.trials);
    }
    crate::scenario::share_draws(scenarios);
}
