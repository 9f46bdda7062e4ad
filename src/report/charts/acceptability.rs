//! Which option is the cheapest at which traffic, and at which cost of a bad answer.

use super::super::format::{money, short};
use super::break_even::{own_volume, requests_label};
use super::{Chart, Words, heading, label, name, point, unit};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::Results;
use crate::stats::Estimate;
use crate::tables::{Along, BadAnswers, own_failure_cost};

pub(super) const ACCEPTABILITY: Chart = Chart {
    key: "acceptability",
    title: "Which is the cheapest at what traffic",
    reading: |Words { unit, .. }| {
        format!(
            "If all {unit} had the traffic below, this would be the share in which each option is the cheapest of all. The \
             broken line follows the option that is the cheapest on average, which is not always the likeliest."
        )
    },
    applies: |results, _| applies(results, Along::Volumes),
    draw: |results, _, style| {
        let frontier = Along::Volumes.frontier(results);
        let axis = Axis {
            title: title(results, &frontier),
            label: requests_label(results).to_owned(),
            unit: chart::AxisUnit::Plain,
            marker: Some(own_volume(results)),
        };
        draw(results, (Along::Volumes, axis), style)
    },
};

pub(super) const BY_FAILURE_COST: Chart = Chart {
    key: "acceptability_bad_answers",
    title: "Which is the cheapest at what cost of a bad answer",
    reading: |Words { unit, .. }| {
        format!(
            "If every bad answer cost what stands below, whoever gave it, this would be the share of {unit} in which each \
             option is the cheapest of all. The broken line follows the option that is the cheapest on average."
        )
    },
    applies: |results, _| applies(results, Along::FailureCosts),
    draw: |results, verdict, style| {
        let own = own_failure_cost(results);
        let axis = Axis {
            title: failure_title(results, verdict.bad_answers.as_ref()),
            label: format!("cost of a bad answer, {}", results.scenario.currency),
            unit: unit(results),
            marker: own.map(|x| chart::Marker::Line { x, label: "this scenario, on average".to_owned() }),
        };
        draw(results, (Along::FailureCosts, axis), style)
    },
};

/// What is said of the x axis.
struct Axis {
    title: String,
    label: String,
    unit: chart::AxisUnit,
    marker: Option<chart::Marker>,
}

fn applies(results: &Results, along: Along) -> bool {
    results.model.candidates().len() > 1 && !along.values(results).is_empty()
}

fn draw(results: &Results, (along, axis): (Along, Axis), style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let values = along.values(results);
    let curve = |i: usize| chart::Curve {
        name: label(results, i),
        colour: i,
        dashed: false,
        points: std::iter::zip(&values, along.p_cheapest(results, i)).map(|(v, p)| point(*v, p)).collect(),
        mark: None,
        end_note: None,
    };
    let frontier = along.frontier(results).into_iter().enumerate();
    let frontier_curve = chart::Curve {
        name: "the cheapest on average".to_owned(),
        colour: results.model.options.len(),
        dashed: true,
        points: frontier.filter_map(|(k, i)| Some(point(values[k], along.p_cheapest(results, i?)[k]))).collect(),
        mark: None,
        end_note: None,
    };
    let chart = chart::Curves {
        heading: heading(
            results,
            axis.title,
            "Probability of being the cheapest at the horizon",
            results.curve_trials(),
        ),
        x_label: axis.label,
        y_label: "probability of being the cheapest".to_owned(),
        x_scale: chart::XScale::Log(axis.unit),
        marker: axis.marker,
        series: results.model.candidates().into_iter().map(curve).chain([frontier_curve]).collect(),
    };
    chart::curves(&chart, style)
}

/// Where the option changes that is the cheapest on average: between two volumes of the curve.
fn title(results: &Results, frontier: &[Option<usize>]) -> String {
    let known: Vec<(f64, usize)> =
        results.volumes.iter().zip(frontier).filter_map(|(v, i)| Some((*v, (*i)?))).collect();
    let changes: Vec<(f64, usize)> = known
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .map(|pair| (crate::math::sqrt(pair[0].0 * pair[1].0), pair[1].1))
        .collect();
    let Some((low, first)) = known.first() else { return "Which is the cheapest".to_owned() };
    let first = name(results, *first);
    match &changes[..] {
        [] => {
            let high = known.last().map_or(*low, |(high, _)| *high);
            let [low, high] = [*low, high].map(|v| short(v, 0.0));
            format!("{first} is the cheapest on average at any volume from {low} to {high} requests a month")
        }
        [(volume, next)] => {
            let volume = short(*volume, 0.1 * volume);
            let next = name(results, *next);
            format!("{first} is the cheapest on average up to about {volume} requests a month, above that {next}")
        }
        _ => "Which option is the cheapest on average changes with the traffic".to_owned(),
    }
}

/// Where it changes with what a bad answer costs.
fn failure_title(results: &Results, found: Option<&BadAnswers>) -> String {
    match found.map(|found| (found, &found.changes[..])) {
        None => {
            let first = Along::FailureCosts.frontier(results).first().copied().flatten();
            let first = first.map_or("One option", |i| name(results, i));
            let costs = &results.failure_costs;
            let ends = [costs.first(), costs.last()].map(|cost| Estimate::exact(cost.copied().unwrap_or(f64::NAN)));
            let [low, high] = ends.map(|cost| money(&results.scenario.currency, cost));
            format!("{first} is the cheapest on average if a bad answer costs anything from {low} to {high}")
        }
        Some((_, [(cost, next)])) => {
            let cost = money(&results.scenario.currency, *cost);
            format!("If a bad answer costs more than {cost}, {} is the cheapest on average", name(results, *next))
        }
        Some(_) => "Which option is the cheapest on average changes with what a bad answer costs".to_owned(),
    }
}
