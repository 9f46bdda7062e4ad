//! What tests of an input are worth, as a chart.

use super::heading;
use super::pilot::PilotBase;
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, Curve, CurvePoint, Mark, XScale};
use crate::evsi::{Pilot, PilotRow, Sampling};
use crate::math::{exp, ln};
use crate::number::grouped;
use crate::stats::Estimate;

/// From this ratio of the most samples to the fewest on the axis is logarithmic.
const FAR: f64 = 8.0;
/// How sure the error band is.
const LEVEL: f64 = 0.9;
/// Losses beyond this share of the ceiling are not drawn: nobody would run such a test.
const DEEP: f64 = 0.5;

/// The files of the chart in every format.
pub fn pilot_chart_names() -> Vec<String> {
    ["png", "svg"].map(|format| format!("pilot.{format}")).into()
}

/// The chart with the name of its file; of tests of several inputs, which have no axis of samples, none.
pub fn pilot_charts(
    base: PilotBase<'_>,
    pilot: &Pilot,
    style: ChartStyle,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let [tested] = base.plan.tested[..] else { return Vec::new() };
    let rests_on = [format!(
        "Mean over {} simulated {}",
        grouped(pilot.trials as f64, 0),
        base.scenario.simulation.trials_are.word()
    )];
    let counted = match tested.sampling {
        Sampling::Outcomes => "outcomes",
        Sampling::Measurements { .. } => "measurements",
    };
    let chart = chart::AmountCurves {
        heading: heading::heading(base.scenario, base.finding(pilot), &rests_on),
        x_label: format!("{counted} of {} seen before deciding", base.name(0)),
        x_scale: scale(pilot),
        y_label: format!("mean cost saved over {} months, {}", base.model.horizon, base.scenario.currency),
        unit: AxisUnit::of_currency(&base.scenario.currency),
        band: "90\u{a0}% error of the simulation".to_owned(),
        series: curves(base, pilot),
    };
    vec![(format!("pilot.{}", style.format.extension()), chart::amount_curves(&chart, style))]
}

fn samples(row: &PilotRow) -> f64 {
    row.samples.iter().sum::<u64>() as f64
}

fn scale(pilot: &Pilot) -> XScale {
    let ends = pilot.rows.first().zip(pilot.rows.last()).map(|(first, last)| samples(last) / samples(first));
    if ends.is_some_and(|ratio| ratio >= FAR) { XScale::Log(AxisUnit::Plain) } else { XScale::Linear(AxisUnit::Plain) }
}

/// What tests are worth, what they are above their costs, and what none is worth more than.
fn curves(base: PilotBase<'_>, pilot: &Pilot) -> Vec<Curve> {
    let along = |worth: &dyn Fn(&PilotRow) -> Option<Estimate>| -> Vec<CurvePoint> {
        pilot.rows.iter().map(|row| point(samples(row), worth(row))).collect()
    };
    let end = |worth: Option<Estimate>| worth.map(|_| base.money(worth));
    let last = pilot.rows.last();
    let ceiling = Curve {
        name: "knowing it exactly (EVPPI), the most that a test can be worth".to_owned(),
        colour: 3,
        dashed: true,
        points: along(&|_| pilot.evppi.map(|worth| Estimate { std_error: None, ..worth })),
        mark: None,
        end_note: end(pilot.evppi),
    };
    let worth = Curve {
        name: "what the test is worth (EVSI)".to_owned(),
        colour: 0,
        dashed: false,
        points: along(&|row| row.evsi),
        mark: None,
        end_note: last.and_then(|row| end(row.evsi)),
    };
    let floor = -DEEP * pilot.evppi.map_or(0.0, |worth| worth.value);
    let points =
        above(along(&|row| row.enbs().map(|worth| Estimate { std_error: None, ..worth })), floor, scale(pilot));
    let is_cut = last.and_then(PilotRow::enbs).is_some_and(|worth| worth.value < floor);
    let mark = |row: &PilotRow| {
        let label = format!("best: {}, {} net", grouped(samples(row), 0), base.money(row.enbs()));
        Some(Mark { x: samples(row), y: row.enbs()?.value, label })
    };
    let net = Curve {
        name: "less what it costs (ENBS)".to_owned(),
        colour: 1,
        dashed: false,
        mark: pilot.best().filter(|_| pilot.rows.len() > 1).and_then(mark),
        end_note: last.filter(|_| !is_cut).and_then(|row| end(row.enbs())),
        points,
    };
    let has_costs = pilot.rows.iter().any(|row| row.cost.is_some());
    [Some(ceiling), Some(worth), has_costs.then_some(net)].into_iter().flatten().collect()
}

fn point(x: f64, worth: Option<Estimate>) -> CurvePoint {
    let y = worth.map_or(f64::NAN, |worth| worth.value);
    let reach = worth.and_then(|worth| worth.half_width(LEVEL)).unwrap_or(0.0);
    CurvePoint { x, y, low: (y - reach).max(0.0f64.min(y)), high: y + reach }
}

/// A curve as far as it lies above a floor, up to where it falls below.
fn above(points: Vec<CurvePoint>, floor: f64, scale: XScale) -> Vec<CurvePoint> {
    let crossing = |from: &CurvePoint, to: &CurvePoint| {
        let share = (from.y - floor) / (from.y - to.y);
        let between = |a: f64, b: f64| a + share * (b - a);
        let x = match scale {
            XScale::Log(_) => exp(between(ln(from.x), ln(to.x))),
            XScale::Linear(_) | XScale::Months(_) => between(from.x, to.x),
        };
        CurvePoint { x, y: floor, low: floor, high: floor }
    };
    let mut kept: Vec<CurvePoint> = Vec::new();
    for (k, point) in points.iter().enumerate() {
        match k.checked_sub(1).map(|k| &points[k]) {
            _ if point.y >= floor => kept.push(*point),
            Some(before) if before.y >= floor => kept.push(crossing(before, point)),
            _ => {}
        }
    }
    kept
}
