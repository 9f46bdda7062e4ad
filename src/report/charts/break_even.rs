//! Break-even by month and by volume.

use super::super::format::{chances, percent, short};
use super::{Chart, Words, compares, heading, label, months_scale, name, point, share_of_trials};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::{MonthlyCurve, Results};
use crate::scenario::VolumeUnit;
use crate::stats::Estimate;
use crate::tables::{Challenger, Verdict};

pub(super) const BREAK_EVEN: Chart = Chart {
    key: "break_even",
    title: "When it pays",
    reading: |Words { unit, baseline }| {
        format!(
            "The solid line is the share of {unit} in which the option has become no dearer than {baseline} by that \
                 month and stays so; the dashed line also counts those in which it falls behind again. The distance \
                 from the solid line's end to 100 % is the probability of never."
        )
    },
    applies: compares,
    draw: months,
};

fn months(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let trials = chances(results);
    let mut series = Vec::new();
    for challenger in &verdict.challengers {
        let option = challenger.option;
        for (curve, dashed) in [(MonthlyCurve::StaysCheaper, false), (MonthlyCurve::Cheaper, true)] {
            let points =
                (1..=results.model.horizon).map(|m| point(f64::from(m), results.curve(option, curve, m))).collect();
            // At the horizon both lines are at one place, which is what is left of the trials that never pay back.
            let ends = challenger.p_cheaper.zip(challenger.p_never).filter(|_| !dashed);
            let end_note = ends.map(|(by_then, never)| end_note(by_then, never, trials));
            // The second line of an option has no entry of its own: the subtitle says what it is.
            let name = if dashed { String::new() } else { label(results, option) };
            series.push(chart::Curve { name, colour: option, dashed, points, mark: None, end_note });
        }
    }
    let chart = chart::Curves {
        heading: heading(
            results,
            months_title(results, verdict),
            "Broken even for good (dashed: at that time)",
            results.design.trials(),
        ),
        x_label: "month".to_owned(),
        y_label: format!("probability of having broken even with {}", name(results, results.model.baseline)),
        x_scale: months_scale(results),
        marker: None,
        series,
    };
    chart::curves(&chart, style)
}

/// What a line comes to; where all trials agree, only what they agree on: both bounds would not fit beside it.
fn end_note(by_then: Estimate, never: Estimate, trials: u64) -> String {
    match (by_then.value > 0.0, never.value > 0.0) {
        (true, true) => format!("{} (never: {})", percent(by_then, trials), percent(never, trials)),
        (true, false) => percent(by_then, trials),
        (false, _) => format!("never: {}", percent(never, trials)),
    }
}

fn months_title(results: &Results, verdict: &Verdict) -> String {
    let best = verdict.challengers.iter().max_by(|a, b| {
        let p = |c: &crate::tables::Challenger| c.p_cheaper.map_or(0.0, |e| e.value);
        p(a).total_cmp(&p(b))
    });
    let Some((challenger, p)) = best.and_then(|c| Some((c, c.p_cheaper?))) else { return "Break-even".to_owned() };
    let (unit, share) = (results.scenario.simulation.trials_are.word(), share_of_trials(results, p));
    let horizon = results.model.horizon;
    match (p.value, verdict.challengers.len()) {
        (0.0, 2..) => format!("No option has paid back for good within {horizon} months in any of the {unit}"),
        _ => format!("{} has paid back for good within {horizon} months in {share}", name(results, challenger.option)),
    }
}

pub(super) const BREAK_EVEN_VOLUME: Chart = Chart {
    key: "break_even_volume",
    title: "At what traffic it pays",
    reading: |Words { unit, baseline }| {
        format!(
            "If all {unit} had the traffic below, this would be the share in which the option costs no more than \
                 {baseline} at the end. Where a line crosses 50 %, the odds turn; the scenario's own traffic is \
                 marked."
        )
    },
    applies: compares,
    draw: volume,
};

fn volume(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let series = verdict.challengers.iter().map(|c| chart::Curve {
        name: label(results, c.option),
        colour: c.option,
        dashed: false,
        points: std::iter::zip(&results.volumes, results.volume_curve(c.option)).map(|(v, p)| point(*v, p)).collect(),
        mark: c.median_break_even_volume.map(|v| chart::Mark {
            x: v.value,
            y: 0.5,
            label: short(v.value, v.std_error.unwrap_or(0.0)),
        }),
        end_note: None,
    });
    let chart = chart::Curves {
        heading: heading(
            results,
            volume_title(results, verdict),
            "Probability of costing no more at the horizon",
            results.curve_trials(),
        ),
        x_label: requests_label(results).to_owned(),
        y_label: format!("probability that it costs no more than {}", name(results, results.model.baseline)),
        x_scale: chart::XScale::Log(chart::AxisUnit::Plain),
        marker: Some(own_volume(results)),
        series: series.collect(),
    };
    chart::curves(&chart, style)
}

/// What an axis of volumes holds.
pub(super) fn requests_label(results: &Results) -> &'static str {
    match results.scenario.volume().map(|volume| volume.unit) {
        None => "requests per month",
        Some(VolumeUnit::FirstMonth) => "requests in month 1",
        Some(VolumeUnit::Average) => "requests in an average month",
    }
}

/// Where the scenario itself lies: the range of its requests, or the one number that they are.
pub(super) fn own_volume(results: &Results) -> chart::Marker {
    match results.requests {
        [low, _, high] if low < high => {
            chart::Marker::Range { low, high, label: "90\u{a0}% range of this scenario".to_owned() }
        }
        [_, x, _] => chart::Marker::Line { x, label: "this scenario".to_owned() },
    }
}

/// On the challenger that would be chosen, or else on the one that is likeliest to be cheaper.
fn volume_title(results: &Results, verdict: &Verdict) -> String {
    let by_choice = verdict.challengers.iter().find(|c| c.option == verdict.choice);
    let p = |c: &Challenger| c.p_cheaper_at_volume.map_or(0.0, |p| p.value);
    let likeliest = || verdict.challengers.iter().max_by(|a, b| p(a).total_cmp(&p(b)));
    let Some(challenger) = by_choice.or_else(likeliest) else { return "Volume".to_owned() };
    let option = name(results, challenger.option);
    if challenger.mostly_ties() {
        return format!("{option} mostly costs the same as {}", name(results, results.model.baseline));
    }
    match challenger.median_break_even_volume {
        Some(volume) => {
            let side = if challenger.gains_with_volume { "above" } else { "below" };
            let volume = short(volume.value, volume.std_error.unwrap_or(0.0));
            format!("{option} is more likely than not to pay {side} {volume} requests a month")
        }
        None => {
            let likely = match challenger.p_cheaper_at_volume.and_then(|p| p.is_likely()) {
                Some(true) => "likely",
                Some(false) => "unlikely",
                None => "as likely as not",
            };
            let [low, high] = [results.volumes.first(), results.volumes.last()].map(|v| short(*v.unwrap_or(&0.0), 0.0));
            format!("{option} is {likely} to pay at any volume from {low} to {high} requests a month")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_trials_agree_on_is_said_once() {
        let note = |p: f64| end_note(Estimate::exact(p), Estimate::exact(1.0 - p), 1 << 18);
        assert_eq!([note(0.0), note(0.25), note(1.0)], ["never: > 99.998 %", "25 % (never: 75 %)", "> 99.998 %"]);
    }
}
