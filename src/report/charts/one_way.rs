//! What the options cost along the range of the inputs that explain most.

use super::super::axis_unit::axis_unit;
use super::super::format::percent;
use super::{Chart, by_explained, explained, heading, label, mean_point, name, unit};
use crate::chart::{self, ChartError, ChartStyle};
use crate::dist::{Dist, Form};
use crate::engine::Results;
use crate::information::Slice;
use crate::quantity::Law;
use crate::quantity::program::Shape;
use crate::tables::Verdict;

/// So many inputs are drawn.
const MOST: usize = 6;

/// Whether there is an input with a range.
pub fn has_data(results: &Results, verdict: &Verdict) -> bool {
    !inputs(results, verdict).is_empty()
}

pub(super) const ONE_WAY: Chart = Chart {
    key: "one_way",
    title: "What each input does to the costs",
    reading: |_| {
        "What each option costs on average where one input has the value below and all others vary. \
                          Where lines cross, another option becomes the cheapest."
            .to_owned()
    },
    applies: has_data,
    draw,
};

fn draw(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let shown = inputs(results, verdict);
    let what = "Mean total cost by the value of one input, all others as drawn";
    let chart = chart::OneWay {
        heading: heading(results, title(results, verdict, &shown), what, results.detail_trials()),
        y_label: format!(
            "mean total cost over {} months, {}, by the value of the input",
            results.model.horizon, results.scenario.currency
        ),
        unit: unit(results),
        panels: shown.into_iter().map(|v| panel(results, verdict, v)).collect(),
    };
    chart::one_way(&chart, style)
}

/// The inputs that explain most.
fn inputs(results: &Results, verdict: &Verdict) -> Vec<usize> {
    let drawable = |v: &usize| !is_choice(results, *v) && results.information.ranges[*v].len() > 1;
    by_explained(results, verdict).into_iter().filter(drawable).take(MOST).collect()
}

/// The number of a branch says nothing.
fn is_choice(results: &Results, variable: usize) -> bool {
    matches!(results.model.program.variables[variable].law, Law::Choice(_))
}

/// Between values that are drawn one by one the line is broken: there is nothing.
fn is_continuous(results: &Results, variable: usize) -> bool {
    match &results.model.program.variables[variable].law {
        Law::Fixed(quantiles) => [0.1, 0.5, 0.9].into_iter().all(|u| {
            let (dist, x) = (quantiles.dist(), quantiles.dist().quantile(u));
            dist.cdf(x) - dist.cdf_below(x) < 1e-12
        }),
        Law::Varying(shape) => !counts(shape),
        Law::Choice(_) => false,
    }
}

/// Whether values of a distribution with uncertain parameters are counts.
fn counts(shape: &Shape) -> bool {
    match shape {
        Shape::Fixed(dist) => matches!(dist, Dist::Poisson(_) | Dist::Binomial(_) | Dist::Empirical(_)),
        Shape::Family(form, _) => matches!(form, Form::Poisson | Form::Binomial | Form::Bernoulli),
        Shape::Truncate(inner, ..) => counts(inner),
    }
}

fn panel(results: &Results, verdict: &Verdict, variable: usize) -> chart::OneWayPanel {
    let slices: &[Slice] = &results.information.ranges[variable];
    let curve = |i: usize| chart::Curve {
        name: label(results, i),
        colour: i,
        dashed: !is_continuous(results, variable),
        points: slices.iter().map(|slice| mean_point(slice.value, slice.totals[i])).collect(),
        mark: None,
        end_note: None,
    };
    let crossings = &results.information.crossings[variable];
    chart::OneWayPanel {
        name: results.model.program.variables[variable].name.clone(),
        note: note(results, verdict, variable),
        unit: axis_unit(&results.scenario, &results.model.program.variables[variable]),
        curves: results.model.candidates().into_iter().map(curve).collect(),
        crossings: crossings.iter().filter_map(|crossing| Some(crossing.at?.value)).collect(),
    }
}

/// What the input explains by itself.
fn note(results: &Results, verdict: &Verdict, variable: usize) -> String {
    match explained(results, verdict, variable) {
        Some(share) if share.value < 0.0005 => "alone explains < 0.1 %".to_owned(),
        Some(share) => format!("alone explains {}", percent(share, results.design.trials())),
        None => String::new(),
    }
}

/// What explains most, and whether any of the inputs changes the choice by itself.
fn title(results: &Results, verdict: &Verdict, shown: &[usize]) -> String {
    let Some((first, share)) = shown.first().and_then(|v| Some((*v, explained(results, verdict, *v)?))) else {
        return "What the options cost along the range of single inputs".to_owned();
    };
    let input = &results.model.program.variables[first].name;
    let outcome = match verdict.closest {
        Some(option) => format!("the saving of {}", name(results, option)),
        None => format!("the cost of {}", name(results, results.model.baseline)),
    };
    let share = percent(share, results.design.trials());
    let changing = shown.iter().filter(|v| !results.information.crossings[**v].is_empty()).count();
    let change = match (results.model.candidates().len(), changing) {
        (..2, _) => String::new(),
        (_, 0) => "; none of these inputs changes the choice".to_owned(),
        (_, 1) => "; one of these inputs changes the choice".to_owned(),
        (_, n) => format!("; {n} of these inputs change the choice"),
    };
    match explained(results, verdict, first).is_none_or(|share| share.value < 0.01) {
        true => format!("No input alone explains more than 1 % of how {outcome} varies{change}"),
        false => format!("{input} alone explains {share} of how {outcome} varies{change}"),
    }
}
