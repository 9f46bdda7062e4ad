//! What a run that was to be so precise says about it.

use crate::diagnostic::clean;
use crate::engine::{Metric, Results, Stat, Tail};
use crate::number::grouped;

/// A precision in percent, in two digits.
pub fn precise(share: f64) -> String {
    let percent = 100.0 * share;
    if !percent.is_finite() {
        return "undefined".to_owned();
    }
    let digits = (1.0 - crate::math::log10(percent.max(1e-9)).floor()).clamp(0.0, 9.0) as usize;
    let text = format!("{percent:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text} %")
}

/// That the precision was reached, where it was asked for and reached.
pub(super) fn reached_precision(results: &Results) -> Option<String> {
    let reached = results.precision.filter(|p| p.is_enough())?;
    let [reach, wanted] = [reached.reach, reached.asked.wanted].map(precise);
    let randomisations = results.design.randomisations;
    Some(format!("Precise to {reach}, as asked for ({wanted}), after {randomisations} randomisations."))
}

/// That the precision was not reached, where it was asked for and missed.
pub fn missed_precision(results: &Results) -> Option<String> {
    let missed = results.precision.filter(|p| !p.is_enough())?;
    let [reach, wanted] = [missed.reach, missed.asked.wanted].map(precise);
    let trials = results.design.trials() as f64;
    if let Some(tail) = missed.tail {
        return Some(format!("the precision of {wanted} {}", hardly_drawn(results, tail)));
    }
    // Errors fall with the square root of the number of randomisations.
    let factor = missed.reach / missed.asked.wanted;
    let needed = trials * factor * factor;
    let needed =
        if needed < 1e18 { format!("; it would take about {}", grouped(round(needed), 0)) } else { String::new() };
    let trials = grouped(trials, 0);
    Some(format!("the precision of {wanted} was not reached: it is {reach} after {trials} trials{needed}"))
}

/// That the rarest trials carry too much of a mean.
fn hardly_drawn(results: &Results, tail: Tail) -> String {
    let mean = results.metric(tail.option, Metric::Total, Stat::Mean).map_or(f64::NAN, |mean| mean.value);
    let share = precise(tail.carried / mean.abs());
    let trials = grouped(results.design.trials() as f64, 0);
    let option = clean(&results.model.options[tail.option].name);
    let variable = clean(&results.model.program.variables[tail.variable].name);
    format!(
        "cannot be claimed: {share} of the mean of {option} lies in what is too rare to be drawn ten times in {trials} \
         trials, above all the far end of {variable}"
    )
}

/// The next number of one digit and zeros.
fn round(x: f64) -> f64 {
    let unit = crate::math::powi(10.0, crate::math::log10(x).floor() as i32);
    (x / unit).ceil() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits() {
        let text: Vec<String> =
            [0.005, 0.004_326, 0.1, 0.25, 1e-5, 0.0, f64::INFINITY].into_iter().map(precise).collect();
        assert_eq!(text, ["0.5 %", "0.43 %", "10 %", "25 %", "0.001 %", "0 %", "undefined"]);
        assert_eq!((round(1.1e6), round(9.5e6)), (2e6, 1e7));
    }
}
