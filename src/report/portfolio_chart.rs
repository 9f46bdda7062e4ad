//! The chart of a list of tasks: what they save, those first that save most.

use super::format::money;
use super::heading;
use super::portfolio::PortfolioWords;
use super::sweep::SweepBase;
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, XScale};
use crate::number::grouped;
use crate::stats::Estimate;
use crate::sweep::Portfolio;

/// Points of a curve; more of them would not be seen.
const POINTS: usize = 400;

/// The files of every chart in every format.
pub fn portfolio_chart_names() -> Vec<String> {
    ["png", "svg"].map(|e| format!("portfolio.{e}")).into()
}

/// The chart, with the name of its file.
pub fn portfolio_charts(
    base: SweepBase<'_>,
    portfolio: &Portfolio,
    style: ChartStyle,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let words = PortfolioWords::new(base, portfolio);
    let (model, currency) = (base.model, base.scenario.currency());
    let sample =
        format!("{} tasks of {} trials", grouped(portfolio.tasks() as f64, 0), grouped(portfolio.trials() as f64, 0));
    let baseline = &model.options[model.baseline].name;
    let rests_on = [
        words.half().map_or_else(|| "Mean total costs".to_owned(), |half| format!("Half of it from {half}")),
        heading::span(model),
        sample,
    ];
    let others = model.candidates().into_iter().filter(|i| *i != model.baseline);
    let series = others.map(|i| curve(base, portfolio, Some(i))).chain([curve(base, portfolio, None)]).collect();
    let chart = chart::AmountCurves {
        heading: heading::heading(base.scenario, words.best_sentence().unwrap_or_default(), &rests_on),
        x_label: "share of the tasks, those first that save most".to_owned(),
        x_scale: XScale::Linear(AxisUnit::Percent),
        y_label: format!("saved together against {baseline}, {currency}"),
        unit: AxisUnit::of_currency(currency),
        band: String::new(),
        series,
    };
    vec![(format!("portfolio.{}", style.format.extension()), chart::amount_curves(&chart, style))]
}

/// What the first tasks save with an option, or with the best of each.
fn curve(base: SweepBase<'_>, portfolio: &Portfolio, option: Option<usize>) -> chart::Curve {
    let savings = portfolio.cumulative_savings(option);
    let last = savings.len() - 1;
    let step = last.div_ceil(POINTS).max(1);
    let shown = (0..last).step_by(step).chain([last]);
    let point = |k: usize| {
        let (x, y) = (k as f64 / last.max(1) as f64, savings[k]);
        chart::CurvePoint { x, y, low: y, high: y }
    };
    let amount = money(base.scenario.currency(), Estimate::exact(savings[last]));
    chart::Curve {
        name: option.map_or_else(|| "the best for each task".to_owned(), |i| base.model.options[i].name.clone()),
        colour: option.unwrap_or(base.model.baseline),
        dashed: option.is_none(),
        points: shown.map(point).collect(),
        mark: None,
        end_note: Some(amount),
    }
}
