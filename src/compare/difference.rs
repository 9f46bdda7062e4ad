//! What a scenario makes of an option, and how that differs from the first.

use super::Compared;
use crate::engine::Measure;
use crate::stats::Estimate;

/// A measure of an option in a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// What it is there.
    pub value: Option<Estimate>,
    /// That less what it is in the first scenario, with the error of paired randomisations; `None` where the first has no such
    /// option.
    pub difference: Option<Estimate>,
}

/// A measure of an option in a scenario, by their numbers, beside the first scenario's option of that name.
pub fn difference(compared: &[Compared], scenario: usize, option: usize, measure: Measure) -> Difference {
    let own_run = &compared[scenario].results;
    let value = own_run.measure(measure, option);
    let first = compared.first().map(|first| &first.results);
    let of_first = first.and_then(|first| {
        let name = &own_run.scenario.options()[option].name;
        let other = first.scenario.options().iter().position(|option| option.name == *name)?;
        Some((first, other))
    });
    let difference = of_first.and_then(|(first, other)| {
        let whole = value?.value - first.measure(measure, other)?.value;
        let [own, others] = [own_run.by_randomisation(measure, option), first.by_randomisation(measure, other)];
        let differences: Vec<f64> = own.iter().zip(others).map(|(own, other)| own - other).collect();
        let Some(spread) = Estimate::of_means(&differences) else { return Some(Estimate::exact(whole)) };
        let is_same = own_run.scenario.hash() == first.scenario.hash();
        // Probabilities on which all randomisations of both agree are as uncertain as each of them is.
        let agree = measure == Measure::PCheapest && !is_same && differences.iter().all(|d| *d == 0.0);
        let error = if agree { value?.std_error } else { spread.std_error };
        Estimate::new(whole, error.unwrap_or(f64::NAN), spread.freedom)
    });
    Difference { value, difference }
}
