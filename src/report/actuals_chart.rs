//! Months of a log over what was expected of them.

use super::actuals::ActualsBase;
use super::heading;
use crate::actuals::{Actuals, Figure, UseMetric};
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, Curve, CurvePoint, MonthOne, XScale};
use crate::number::grouped;

/// What is drawn, with the ends of its files' names.
const DRAWN: [(UseMetric, &str); 2] = [(UseMetric::Spend, ""), (UseMetric::Requests, "_requests")];

/// The files of the charts in every format.
pub fn actuals_chart_names() -> Vec<String> {
    let of = |format: &'static str| DRAWN.map(move |(_, end)| format!("actuals{end}.{format}"));
    ["png", "svg"].into_iter().flat_map(of).collect()
}

/// The charts with the names of their files, of what the log knows.
pub fn actuals_charts(
    base: ActualsBase<'_>,
    actuals: &Actuals,
    style: ChartStyle,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let known = DRAWN.into_iter().filter(|(metric, _)| actuals.inside(*metric)[0] > 0);
    let drawn = known.map(|(metric, end)| {
        let name = format!("actuals{end}.{}", style.format.extension());
        (name, chart::amount_curves(&chart_of(base, actuals, metric), style))
    });
    drawn.collect()
}

fn chart_of(base: ActualsBase<'_>, actuals: &Actuals, metric: UseMetric) -> chart::AmountCurves {
    let option = &base.model.options[actuals.option].name;
    let rests_on = [option.clone(), format!("{} trials", grouped(actuals.trials as f64, 0))];
    let (y_label, unit) = match metric {
        UseMetric::Spend => {
            let currency = &base.scenario.currency;
            (format!("spent on tokens in a month, {currency}"), AxisUnit::of_currency(currency))
        }
        _ => ("requests answered in a month".to_owned(), AxisUnit::Plain),
    };
    let start = base.scenario.simulation.start.map(|start| start.month_one());
    chart::AmountCurves {
        heading: heading::heading(base.scenario, base.finding(actuals, metric).replace(" %", "\u{a0}%"), &rests_on),
        x_label: "month".to_owned(),
        x_scale: XScale::Months(start.map(|(year, month)| MonthOne { year, month })),
        y_label,
        unit,
        band: "90\u{a0}% of the trials".to_owned(),
        series: curves(actuals, metric),
    }
}

/// What was expected as a line in its band, and what was seen as points.
fn curves(actuals: &Actuals, metric: UseMetric) -> Vec<Curve> {
    let of = |point: &dyn Fn(f64, &Figure) -> Vec<CurvePoint>| -> Vec<CurvePoint> {
        actuals.months.iter().flat_map(|month| point(f64::from(month.month), month.figure(metric))).collect()
    };
    let curve = |name: &str, colour: usize, points: Vec<CurvePoint>| Curve {
        name: name.to_owned(),
        colour,
        dashed: false,
        points,
        mark: None,
        end_note: None,
    };
    let expected = of(&|x, figure| {
        let [low, y, high] = figure.quantiles;
        vec![CurvePoint { x, y, low, high }]
    });
    let seen = of(&|x, figure| {
        let y = figure.actual.unwrap_or(f64::NAN);
        // Between months there is nothing: a gap after each leaves points.
        [y, f64::NAN].map(|y| CurvePoint { x, y, low: y, high: y }).into()
    });
    vec![curve("expected, the median", 0, expected), curve("actual", 1, seen)]
}
